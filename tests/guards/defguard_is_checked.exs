# What no guard can hold is found where the guard is defined.
for body <- ["String.length(x) > 1", "unknown(x)", "is_binary(x) and byte_size(x) > 1"] do
  try do
    Code.compile_string("defmodule Checked do\n  defguard small(x) when #{body}\nend")
    IO.puts("defined")
  rescue
    e in CompileError -> IO.puts(Exception.message(e))
  end
end

# => nofile:2: cannot invoke remote function String.length/1 inside guards
# => nofile:2: cannot find or invoke local unknown/1 inside guards. Only macros can be invoked in a guards and they must be defined before their invocation. Called as: unknown(x)
# => defined
