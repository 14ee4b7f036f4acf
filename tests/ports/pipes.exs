# differs: opening a pipe whose other side is missing blocks more of the BEAM than the caller
# Named pipes: reading and writing wait for the other side, and only the process that reads or writes waits.
dir = Path.join(System.tmp_dir!(), "phial_pipes_#{System.pid()}")
File.mkdir_p!(dir)
path = Path.join(dir, "fifo")
{"", 0} = System.cmd("mkfifo", [path])
task = Task.async(fn -> File.read(path) end)
Process.sleep(50)
IO.inspect(Task.yield(task, 0)) # => nil
System.shell("echo whole > #{path}")
IO.inspect(Task.await(task)) # => {:ok, "whole\n"}
reader = Task.async(fn -> System.cmd("wc", ["-c", path]) |> elem(0) |> String.split() |> hd() end)
File.write!(path, String.duplicate("x", 200_000))
IO.inspect(Task.await(reader)) # => "200000"
reader = Task.async(fn -> System.cmd("sh", ["-c", "sleep 0.1; cat < #{path}"]) end)
{:ok, file} = File.open(path, [:write])
IO.puts(file, "one")
IO.puts(file, "two")
File.close(file)
IO.inspect(Task.await(reader)) # => {"one\ntwo\n", 0}
File.rm_rf!(dir)
