# Two versions of a module: local calls stay in the old one, qualified calls enter the new one; purging kills who lingers.
Code.compiler_options(ignore_module_conflict: true)

defmodule Hot do
  def load(version) do
    Code.compile_string("""
    defmodule Server do
      def version, do: #{version}
      def adder, do: fn x -> {x, #{version}} end
      def data, do: {:version, [#{version}, "text"], %{key: #{version}}}

      def loop do
        receive do
          {:ask, from} -> send(from, {version(), Server.version()}) && loop()
          {:switch, from} -> send(from, :switching) && Server.loop()
          {:data, from} -> send(from, data()) && loop()
        end
      end
    end
    """)
  end

  def ask(pid, what) do
    send(pid, {what, self()})
    receive do: (answer -> answer)
  end
end

Hot.load(1)
pid = spawn(fn -> Server.loop() end)
IO.inspect({:erlang.check_old_code(Server), Hot.ask(pid, :ask)})
[{Server, binary}] = Hot.load(2)
IO.inspect({:erlang.check_old_code(Server), :erlang.check_process_code(pid, Server), :erlang.check_process_code(self(), Server)})
IO.inspect(Hot.ask(pid, :ask))
data = Hot.ask(pid, :data)
IO.inspect({:code.soft_purge(Server), Process.alive?(pid)})
IO.inspect(Hot.ask(pid, :switch))
IO.inspect(Hot.ask(pid, :ask))
IO.inspect({:erlang.check_process_code(pid, Server), :code.soft_purge(Server), Process.alive?(pid), data})

adder = Server.adder()
Hot.load(3)
IO.inspect({adder.(1), :code.purge(Server), Process.alive?(pid), :code.purge(Server)})
IO.inspect({is_function(adder, 1), :erlang.fun_info(adder, :module)})
IO.inspect(try do adder.(1) rescue e in BadFunctionError -> {:bad, e.term == adder} end)

# the same code again: its funs work again
IO.inspect({:code.load_binary(Server, 'nofile', binary), adder.(1)})

# a third version purges the first: who is in it is killed
pid = spawn(fn -> Server.loop() end)
ref = Process.monitor(pid)
Hot.load(4)
IO.inspect(Hot.ask(pid, :ask))
Hot.load(5)
receive do: ({:DOWN, ^ref, _, _, reason} -> IO.inspect(reason))

IO.inspect(:code.purge(Server))
IO.inspect({:erlang.delete_module(Server), :erlang.check_old_code(Server)})
IO.inspect(try do Server.version() rescue e -> Exception.message(e) end)
IO.inspect(:erlang.purge_module(Server))
for call <- [fn -> :erlang.purge_module(Server) end, fn -> :erlang.check_process_code(self(), 1) end, fn -> :erlang.check_old_code(1) end] do
  IO.inspect(try do call.() rescue e -> e.__struct__ end)
end
IO.inspect({:erlang.delete_module(Nope), :code.delete(Nope), :code.purge(Nope), :code.soft_purge(Nope)})
IO.inspect(:erlang.check_process_code(self(), Server, async: :id))
receive do: (message -> IO.inspect(message))
