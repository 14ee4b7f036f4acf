# Kernel.ParallelCompiler answers with the warnings, and tells of each file when its modules are there.
dir = Path.join(System.tmp_dir!(), "phial_parallel_#{System.unique_integer([:positive])}")
File.mkdir_p!(dir)

write = fn name, text ->
  file = Path.join(dir, name)
  File.write!(file, text)
  file
end

short = fn list -> for {file, place, text} <- list, do: {Path.basename(file), place, text |> to_string() |> String.slice(0, 24)} end

file = write.("a.ex", "defmodule ParA do\n  def f(x), do: 1\n  def g, do: [\"a\": 1]\nend\n")
each = fn file, module, binary -> IO.inspect({Path.basename(file), module, is_binary(binary)}) end
{:ok, [ParA], warnings} = Kernel.ParallelCompiler.compile([file], each_module: each, each_file: &IO.puts(Path.basename(&1)))
IO.inspect(short.(warnings), width: 150)
# => {"a.ex", ParA, true}
# => a.ex
# => [{"a.ex", {3, 16}, "found quoted keyword \"a\""}, {"a.ex", 2, "variable \"x\" is unused ("}]
# stderr: variable "x" is unused
File.rm_rf!(dir)
