# SPDX-License-Identifier: Apache-2.0
# Lines of standard input end in a newline alone; text that is no UTF-8 comes as it is.
# cmd: printf 'a\r\nb\r\n' | "$PHIAL" -e 'IO.inspect({IO.gets(""), IO.gets("")})'
# cmd: printf 'a\r\nb\rc' | "$PHIAL" -e 'IO.inspect(IO.read(:stdio, :eof))'
# cmd: printf 'a\r\nb' | "$PHIAL" -e 'IO.inspect(Enum.to_list(IO.stream()))'
# cmd: printf 'a\r\nb' | "$PHIAL" -e 'IO.inspect(IO.binread(:stdio, :eof))'
# cmd: printf 'a\377\r\n' | "$PHIAL" -e 'IO.inspect(IO.read(:stdio, :eof))'
# cmd: printf 'a\r\nb' | "$PHIAL" -e 'IO.inspect(IO.getn("", 3))'
# => {"a\n", "b\n"}
# => "a\nb\rc"
# => ["a\n", "b"]
# => "a\r\nb"
# => <<97, 255, 10>>
# => "a\r\n"
