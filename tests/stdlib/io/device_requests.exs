# SPDX-License-Identifier: Apache-2.0
# What a device of one's own is asked, and what its answers become.
defmodule Device do
  def start(answers) do
    owner = self()
    spawn_link(fn -> loop(answers, owner) end)
  end

  defp loop(answers, owner) do
    receive do
      {:io_request, from, ref, request} ->
        send(owner, {:asked, request})
        {answer, answers} = List.pop_at(answers, 0, :eof)
        send(from, {:io_reply, ref, answer})
        loop(answers, owner)
    end
  end
end

show = fn answers, fun ->
  answer = fun.(Device.start(answers))
  asked = fn asked -> receive(do: ({:asked, request} -> [request | asked.(asked)]), after: (0 -> [])) end
  IO.inspect({answer, asked.(asked)}, width: 200)
end

show.(["a\n", "b"], &IO.read(&1, :eof)) # => {"a\nb", [{:get_line, :unicode, []}, {:get_line, :unicode, []}, {:get_line, :unicode, []}]}
show.([<<255>>], &IO.binread(&1, :eof)) # => {<<255>>, [{:get_chars, :latin1, :"", 4096}, {:get_chars, :latin1, :"", 4096}]}
show.(["x\n"], &IO.gets(&1, "p> ")) # => {"x\n", [{:get_line, :unicode, "p> "}]}
show.(["x\n"], &IO.binread(&1, :line)) # => {"x\n", [{:get_line, :latin1, :""}]}
show.([:ok], &IO.puts(&1, [?é, "x"])) # => {:ok, [{:put_chars, :unicode, "éx\n"}]}
show.([:ok], &:io.format(&1, "~p~n", [1])) # => {:ok, [{:put_chars, :unicode, :io_lib, :format, ["~p~n", [1]]}]}
show.([:ok], &:io.write(&1, {:a})) # => {:ok, [{:put_chars, :unicode, :io_lib, :write, [{:a}]}]}
show.([{:ok, [1]}], &:io.fread(&1, "", ~c"~d")) # => {{:ok, [1]}, [{:get_until, :unicode, "", :io_lib, :fread, ['~d']}]}
show.([70], &:io.columns/1) # => {{:ok, 70}, [get_geometry: :columns]}
show.([{:error, :einval}], &IO.read(&1, 3)) # => {{:error, :einval}, [{:get_chars, :unicode, [], 3}]}
