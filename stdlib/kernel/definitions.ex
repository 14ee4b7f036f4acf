# SPDX-License-Identifier: Apache-2.0
# What Kernel's macros that define something are documented by. The expander (compiler/module.c, compiler/definition.c) implements them.
# Invariant: one macro per name that compiler/env.c counts as Kernel's, with the same arity; none is ever called.
defmodule :phial_definitions do
  @moduledoc false

  @doc """
  Defines a module. Nested ones get the outer module's name in front, and an alias for their own.

      iex> defmodule Meters do
      ...>   def to_feet(m), do: m * 3.28084
      ...> end
      iex> Meters.to_feet(100)
      328.084
  """
  defmacro defmodule(alias, do_block), do: built_in([alias, do_block])

  @doc """
  Defines a public function. Clauses of the same name and arity are tried from top to bottom. `when` gives a clause a guard; `rescue`,
  `catch`, `else` and `after` may follow the body. Behind two backslashes an argument has its default.

      defmodule Shop do
        def price(item, count \\\\ 1)
        def price(:tea, count) when count > 0, do: 3 * count
        def price(_, _), do: raise(ArgumentError, "not sold")
      end
  """
  defmacro def(call, expr \\ nil), do: built_in([call, expr])

  @doc "Defines a private function: as `def/2`, but it can be called in its module only, and is reported when nobody calls it."
  defmacro defp(call, expr \\ nil), do: built_in([call, expr])

  @doc """
  Defines a macro: a function that gets quoted arguments, and whose result, a quoted form, takes the place of the call.

      defmodule Loud do
        defmacro twice(expression) do
          quote do
            unquote(expression)
            unquote(expression)
          end
        end
      end

  Who calls it must `require` or `import` the module first.
  """
  defmacro defmacro(call, expr \\ nil), do: built_in([call, expr])

  @doc "Defines a private macro, which stands before its uses in the module."
  defmacro defmacrop(call, expr \\ nil), do: built_in([call, expr])

  @doc """
  Reads or sets a module attribute: `@name` is its value at this place, `@name value` sets it.

  Attributes serve as constants, as annotations such as `@doc`, `@spec` and `@behaviour`, and keep values while the module is compiled.
  """
  defmacro @expr, do: built_in([expr])

  defp built_in(args), do: :erlang.error({:built_in, args})
end
