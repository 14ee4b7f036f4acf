# SPDX-License-Identifier: Apache-2.0
# ExUnit.CaseTemplate: what several test modules share. The template's setups run before those of the modules.
defmodule ExUnit.CaseTemplate do
  @moduledoc "Templates for test modules."

  defmacro __using__(_) do
    quote do
      use ExUnit.Callbacks
      import ExUnit.Callbacks
      import ExUnit.Assertions
      import unquote(__MODULE__)

      defmacro __using__(opts) do
        unquote(__MODULE__).__proxy__(__MODULE__, opts)
      end

      defoverridable __using__: 1
    end
  end

  @doc false
  def __proxy__(module, opts) do
    quote do
      use ExUnit.Case, unquote(opts)
      setup_all(context, do: unquote(module).__ex_unit__(:setup_all, context))
      setup(context, do: unquote(module).__ex_unit__(:setup, context))
    end
  end

  @doc "Defines what `use` of the template adds, beside its setups."
  defmacro using(var \\ quote(do: _), do: block) do
    quote do
      defmacro __using__(unquote(var) = opts) do
        parent = unquote(__MODULE__).__proxy__(__MODULE__, opts)
        result = unquote(block)
        {:__block__, [], [parent, result]}
      end
    end
  end
end
