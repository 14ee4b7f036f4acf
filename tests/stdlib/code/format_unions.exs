# The parts of a long union of types stand below each other, and what breaks inside of a part is set to its column.
spec = "@callback f(term()) :: {:reply, term(), timeout() | {:continue, term()}} | {:noreply, [aaaaaaaaaaaa()], bbbbbbbbbbbb()} | :ok"
IO.puts(Code.format_string!(spec, line_length: 40))
# => @callback f(term()) ::
# =>             {:reply, term(),
# =>              timeout()
# =>              | {:continue, term()}}
# =>             | {:noreply,
# =>                [aaaaaaaaaaaa()],
# =>                bbbbbbbbbbbb()}
# =>             | :ok
