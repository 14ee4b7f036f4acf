# SPDX-License-Identifier: Apache-2.0
# Function: functions about functions. Invariant: none of them calls what it is given.
defmodule Function do
  @moduledoc "Functions about functions."

  @type information :: :arity | :env | :index | :module | :name | :new_index | :new_uniq | :pid | :type | :uniq

  @doc """
  Captures a function of a module.

      iex> Function.capture(String, :length, 1)
      &String.length/1
  """
  @spec capture(module, atom, arity) :: fun
  def capture(module, function_name, arity), do: :erlang.make_fun(module, function_name, arity)

  @doc """
  Returns what is known about a function.

      iex> Function.info(&String.length/1)
      [module: String, name: :length, arity: 1, env: [], type: :external]
  """
  @spec info(fun) :: [{information, term}]
  def info(fun), do: :erlang.fun_info(fun)

  @doc """
  Returns one item of what is known about a function.

      iex> Function.info(&String.length/1, :arity)
      {:arity, 1}
  """
  @spec info(fun, item) :: {item, term} when item: information
  def info(fun, item), do: :erlang.fun_info(fun, item)

  @doc """
  Returns its argument.

      iex> Function.identity("Hello")
      "Hello"
  """
  @spec identity(value) :: value when value: var
  def identity(value), do: value
end
