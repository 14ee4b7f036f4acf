# SPDX-License-Identifier: Apache-2.0
# :io.fread leaves the rest of a line to the next reader and goes on in the next line.
# stdin: 1 2 3
# stdin: 4
# stdin:   hello world
# stdin: 16#ff -12
# stdin: end
IO.inspect(:io.fread("", ~c"~d")) # => {:ok, [1]}
IO.inspect(:io.fread("", ~c"~d")) # => {:ok, [2]}
IO.inspect(:io.fread("", ~c"~d ~d")) # => {:ok, [3, 4]}
IO.inspect(:io.fread("", ~c"~s ~s")) # => {:ok, ['hello', 'world']}
IO.inspect(:io.fread("", ~c"~#~d")) # => {:ok, [255, -12]}
IO.inspect(:io.fread("", ~c"~*1c~a")) # => {:ok, [:nd]}
IO.inspect(:io.fread("", ~c"~d")) # => :eof

{:ok, device} = StringIO.open("5 6 7\n8 x\n9")
IO.inspect(:io.fread(device, "", ~c"~d")) # => {:ok, [5]}
IO.inspect(:io.fread(device, "", ~c"~d ~d ~d")) # => {:ok, [6, 7, 8]}
IO.inspect(StringIO.contents(device)) # => {" x\n9", ""}
IO.inspect(:io.fread(device, "", ~c"~d")) # => {:error, {:fread, :integer}}
IO.inspect(:io.fread(device, "", ~c"~d")) # => {:ok, '\t'}
IO.inspect(:io.fread(device, "", ~c"~d")) # => :eof

{:more, more} = :io_lib.fread([], ~c"1", ~c"~d,~d")
IO.inspect(:io_lib.fread(more, ~c"2,3\nrest", ~c"~d,~d")) # => {:done, {:ok, [12, 3]}, 'rest'}
IO.inspect(:io_lib.fread(~c"~3s~2d~16u~-~*s~l", ~c"a bc12ff-x")) # => {:error, {:fread, :integer}}
IO.inspect(:io_lib.fread(~c"~3s~2d ~16u~- ~*s~l", ~c"a b12 ff- x")) # => {:ok, ['a b', 12, 255, -1, 11], []}
IO.inspect(:io_lib.fread(~c"~2c~f", ~c"ab1.5e2")) # => {:ok, ['ab', 150.0], []}
IO.inspect(:io_lib.fread(~c"~d ~d", ~c"1 ")) # => {:more, '~d', 2, [1]}
