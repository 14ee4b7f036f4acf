# Where a module comes from: nowhere if it was compiled in memory, a file of the code path, or built in.
defmodule Here do
end
IO.inspect({:code.which(Here), :code.is_loaded(Here), :code.module_status(Here)}) # => {[], {:file, []}, :loaded}
IO.inspect(List.keyfind(:code.all_loaded(), Here, 0)) # => {Here, []}
IO.inspect({:code.which(Nowhere), :code.is_loaded(Nowhere), :code.module_status(Nowhere)}) # => {:non_existing, false, :not_loaded}
IO.inspect({:code.which(:erlang), :code.is_loaded(:erlang)}) # => {:preloaded, {:file, :preloaded}}
dir = Path.join(System.tmp_dir!(), "phial_code_origin_#{System.pid()}")
File.mkdir_p!(dir)
[{OnDisk, binary}] = Code.compile_string("defmodule OnDisk do def x, do: 1 end")
:code.purge(OnDisk)
:code.delete(OnDisk)
:code.purge(OnDisk)
File.write!(Path.join(dir, "Elixir.OnDisk.beam"), binary)
Code.append_path(dir)
IO.inspect(OnDisk.x()) # => 1
IO.inspect(Path.basename(:code.which(OnDisk))) # => "Elixir.OnDisk.beam"
IO.inspect(:code.module_status(OnDisk)) # => :loaded
File.rm_rf!(dir)
