defmodule Hook do
  defmacro __after_compile__(env, bytecode) do
    IO.inspect({env.module, is_binary(bytecode)})
    nil
  end
end

defmodule A do
  @after_compile Hook
end
# => {A, true}
