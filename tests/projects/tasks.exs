# A task of a project is run by name, once unless it is enabled again; Mix.Shell.Process is the shell of its tests.
Mix.start()

defmodule Mix.Tasks.Greet.Loudly do
  use Mix.Task
  @shortdoc "Greets"
  def run(args), do: Mix.shell().info(Enum.join(["HELLO" | args], " "))
end

Mix.shell(Mix.Shell.Process)
IO.inspect(Mix.Task.run("greet.loudly", ["you"])) # => :ok
IO.inspect(Mix.Task.run("greet.loudly", ["you"])) # => :noop
IO.inspect(Mix.Task.rerun("greet.loudly")) # => :ok
send(self(), {:mix_shell_input, :yes?, true})
IO.inspect(Mix.shell().yes?("sure?")) # => true
IO.inspect(Process.info(self(), :messages) |> elem(1) |> Enum.map(&elem(&1, 2))) # => [["HELLO you"], ["HELLO"], ["sure?"]]
Mix.Shell.Process.flush()
IO.inspect(Process.info(self(), :message_queue_len)) # => {:message_queue_len, 0}
IO.inspect({Mix.Task.get("no.such"), Mix.Task.task_name(Mix.Tasks.Greet.Loudly), Mix.Task.shortdoc(Mix.Tasks.Greet.Loudly)}) # => {nil, "greet.loudly", "Greets"}
IO.inspect(Mix.compilers()) # => [:yecc, :leex, :erlang, :elixir, :app]
