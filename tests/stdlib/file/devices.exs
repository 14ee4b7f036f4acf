# SPDX-License-Identifier: Apache-2.0
# Devices of files: charlists, bytes of raw files, text that is not in the file's encoding, reading and writing at a place.
path = Path.join(System.tmp_dir!(), "devices_#{System.pid()}")
File.write!(path, <<"ab\nc", 255, "\n">>)

open = fn modes, fun -> path |> File.open!(modes, fun) |> IO.inspect() end

open.([:read, :charlist], &{IO.binread(&1, 2), IO.binread(&1, :line), IO.read(&1, 1)}) # => {'ab', '\n', 'c'}
open.([:read, :charlist], &IO.read(&1, :all)) # => [97, 98, 10, 99, 255, 10]
open.([:read, :raw], &{IO.binread(&1, 1), IO.binread(&1, :line), IO.binread(&1, :all)}) # => {"a", "b\n", <<99, 255, 10>>}
open.([:read, :utf8], &{IO.read(&1, :line), IO.read(&1, :line)}) # => {"ab\n", {:error, {:no_translation, :unicode, :unicode}}}
open.([:read, :utf8], &{IO.read(&1, 4), IO.read(&1, 1), IO.read(&1, 1)}) # => {"ab\nc", {:error, :invalid_unicode}, {:error, :terminated}}
open.([:read, :utf8], &IO.read(&1, :all)) # => {:error, {:no_translation, :unicode, :unicode}}
open.([:utf8], &:io.getopts/1) # => [binary: true, encoding: :unicode]
open.([:read], &:io.setopts(&1, encoding: :none)) # => {:error, :badarg}

File.write!(path, "日本")
open.([:utf8], &IO.binread(&1, :line)) # => {:error, {:no_translation, :unicode, :latin1}}

open.([:write, :raw], &IO.binwrite(&1, ["abcdef", ?g])) # => :ok
open.([:read, :write], &{:file.pread(&1, 1, 2), IO.read(&1, 1), :file.pwrite(&1, 4, "E"), IO.read(&1, :all)}) # => {{:ok, "bc"}, "d", :ok, "fg"}

raw = File.open!(path, [:read, :raw])
IO.inspect({File.close(raw), :file.read(raw, 1), File.close(raw)}) # => {:ok, {:error, :einval}, {:error, :einval}}

{:ok, device} = StringIO.open("", encoding: :latin1)
IO.inspect(try do IO.write(device, "日") rescue e -> e.original end) # => :no_translation
File.rm!(path)
