# What compiling gives as a binary can be loaded again, from memory or the code path; damaged bytes are refused.
:logger.set_primary_config(:level, :none)
[{Shelf, binary}] = Code.compile_string("defmodule Shelf do\n  def add(x), do: Enum.map(1..2, fn y -> {x + y, 1.5, %{a: 12345678901234567890}} end)\n  def len, do: &String.length/1\nend")
IO.inspect(:code.delete(Shelf)) # => true
:code.purge(Shelf)
IO.inspect(Code.ensure_loaded?(Shelf)) # => false
IO.inspect(:code.load_binary(Shelf, 'shelf.ex', binary)) # => {:module, Shelf}
IO.inspect(Shelf.add(3)) # => [{4, 1.5, %{a: 12345678901234567890}}, {5, 1.5, %{a: 12345678901234567890}}]
IO.inspect(Shelf.len().("abc")) # => 3

dir = Path.join(System.tmp_dir!(), "phial_load_#{System.pid()}")
File.mkdir_p!(dir)
File.write!(Path.join(dir, "Elixir.Shelf.beam"), binary)
:code.delete(Shelf)
:code.purge(Shelf)
IO.inspect(Code.prepend_path(dir)) # => true
IO.inspect(length(Shelf.add(0))) # => 2
IO.inspect(:code.load_binary(Shelf, 'shelf.ex', "junk")) # => {:error, :badfile}
File.rm_rf!(dir)
