# Kernel.ParallelCompiler: what it returns and prints for a file that does not compile; Code.required_files/0.
dir = Path.join(System.tmp_dir!(), "phial_parallel_#{System.pid()}")
File.mkdir_p!(dir)
path = fn name, text -> Path.join(dir, name) |> tap(&File.write!(&1, text)) end
good = path.("good.ex", "defmodule PcGood do\nend\n")
used = path.("used.ex", "defmodule PcUsed do\nend\n")

{:ok, [PcGood], []} = Kernel.ParallelCompiler.compile([good])
IO.inspect(Code.required_files()) # => []
{:ok, [PcUsed], []} = Kernel.ParallelCompiler.require([used])
IO.inspect(Enum.map(Code.required_files(), &Path.basename/1)) # => ["used.ex"]
IO.inspect(Code.require_file(used)) # => nil

File.cd!(dir, fn ->
  {:error, [{file, 2, text}], []} = Kernel.ParallelCompiler.compile([path.("bad.ex", "defmodule PcBad do\n  def f, do: g()\nend\n")])
  # =>
  # => == Compilation error in file bad.ex ==
  # => ** (CompileError) bad.ex:2: undefined function g/0 (expected PcBad to define such a function or for it to be imported, but none are available)
  # =>
  IO.inspect({Path.basename(file), String.ends_with?(text, "none are available)\n\n")}) # => {"bad.ex", true}
  device = Process.group_leader()
  {:ok, quiet} = StringIO.open("")
  Process.group_leader(self(), quiet)
  {:error, [{_, 1, raised}], []} = Kernel.ParallelCompiler.compile([path.("raises.ex", "raise \"x\"\n")])
  {:error, [{_, {3, 1}, _}], []} = Kernel.ParallelCompiler.compile([path.("ends.ex", "defmodule PcEnds do\n  def f(\nend\n")])
  Process.group_leader(self(), device)
  IO.puts(hd(String.split(raised, "\n"))) # => ** (RuntimeError) x
end)

File.rm_rf!(dir)
IO.inspect(Code.prepend_path("/nowhere/at/all")) # => {:error, :bad_directory}
