# Which calls are told of when nobody looks at their result: those without effect, and those that could only fail.
# cmd: cat > $TMP/a.exs <<'END'
# cmd: defmodule A do
# cmd:   def a(m) do
# cmd:     Map.fetch!(m, :a)
# cmd:     Map.put(m, :a, 1)
# cmd:     Map.has_key?(m, :b)
# cmd:     String.to_integer(m)
# cmd:     Integer.to_string(m)
# cmd:     Atom.to_string(m)
# cmd:     List.to_tuple(m)
# cmd:     put_elem(m, 0, 1)
# cmd:     is_map_key(m, 1)
# cmd:     is_map(m)
# cmd:     max(m, 1)
# cmd:     map_size(m)
# cmd:     :math.sqrt(m)
# cmd:     String.to_existing_atom(m)
# cmd:     Enum.reverse(m)
# cmd:     Process.get(m)
# cmd:     :erlang.get(m)
# cmd:     m
# cmd:   end
# cmd: end
# cmd: END
# cmd: $PHIAL $TMP/a.exs 2>&1 | grep -o '^warning: .*ignored\|^warning: .*effect\|exs:[0-9]*$'
# => warning: the result of calling map_get/2 is ignored
# => exs:3
# => warning: the result of calling maps:get/2 is ignored
# => exs:3
# => warning: the result of calling is_map_key/2 is ignored
# => exs:5
# => warning: the result of calling maps:is_key/2 is ignored
# => exs:5
# => warning: the result of calling binary_to_integer/1 is ignored
# => exs:6
# => warning: the result of calling integer_to_binary/1 is ignored
# => exs:7
# => warning: the result of calling atom_to_binary/1 is ignored
# => exs:8
# => warning: the result of calling list_to_tuple/1 is ignored
# => exs:9
# => warning: the result of calling setelement/3 is ignored
# => exs:10
# => warning: the result of calling is_map_key/2 is ignored
# => exs:11
# => warning: the call to is_map/1 has no effect
# => exs:12
# => warning: the call to max/2 has no effect
# => exs:13
# => warning: the result of calling math:sqrt/1 is ignored
# => exs:15
# => warning: the call to get/1 has no effect
# => exs:19
