# Errors of devices: closed, unknown, opened for reading only, unable to hold the text.
path = Path.join(System.tmp_dir!(), "phial_closed_device_#{System.pid()}")
File.write!(path, "é")
try_it = fn fun -> try do fun.() rescue e -> Exception.message(e) |> String.split("* ") |> List.last() |> String.trim() end |> IO.inspect() end
{:ok, file} = File.open(path)
File.close(file)
try_it.(fn -> IO.puts(file, "x") end) # => "Erlang error: :terminated"
try_it.(fn -> IO.binwrite(file, "x") end) # => {:error, :terminated}
try_it.(fn -> IO.read(file, :line) end) # => {:error, :terminated}
try_it.(fn -> IO.puts(:nobody, "x") end) # => "1st argument: the device does not exist"
try_it.(fn -> IO.read(:nobody, :line) end) # => {:error, :arguments}
try_it.(fn -> IO.write([1, :a]) end) # => "2nd argument: not valid character data (an iodata term)"
try_it.(fn -> IO.binwrite([1, 300]) end) # => {:error, :badarg}
try_it.(fn -> IO.puts("text", "x") end) # => "no function clause matching in IO.puts/2"
{:ok, file} = File.open(path)
try_it.(fn -> IO.write(file, "x") end) # => "1st argument: bad file number (ebadf)"
{:ok, file} = File.open(path, [:read, :charlist])
try_it.(fn -> IO.read(file, 1) end) # => [195]
{:ok, file} = File.open(path, [:write])
try_it.(fn -> IO.write(file, "→") end) # => "Erlang error: :no_translation"
try_it.(fn -> IO.write(file, "a") end) # => "Erlang error: :terminated"
File.rm!(path)
