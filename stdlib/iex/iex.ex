# SPDX-License-Identifier: Apache-2.0
# IEx, the shell's face to programs: its settings, what a result looks like, prying.
# Invariant: every function works, without effect, when no shell runs.
defmodule IEx do
  @moduledoc """
  The interactive shell.

  Start it by `phial` in a terminal or by `phial iex`. A statement is evaluated when it is complete; its result is
  printed and kept for `v/1`. `#iex:break` on a line of its own gives up a statement that cannot be completed.

  `h()` tells about the helpers, `h(Enum.map)` about a function, `i(value)` about a value.
  The file `.iex.exs`, in the working directory or at home, is evaluated first: its variables and imports stay.
  `IEx.configure/1` sets colours, limits and prompts. `IEx.pry/0` and `dbg/1` stop a program in the middle of a function
  and open a shell there; `break!/2` does so at the call of any function.
  """

  @doc """
  Sets options of the shell: `:colors`, `:inspect`, `:history_size`, `:width`, `:default_prompt`, `:continuation_prompt`,
  `:alive_prompt`, `:alive_continuation_prompt`, `:parser`.

      iex> IEx.configure(history_size: 50)
      :ok

  `:colors` is a keyword list of roles (`:eval_result`, `:eval_error`, `:stack_info`, `:doc_code`, ...) with ANSI escapes and `:enabled`;
  `:inspect` holds options of `inspect/2`. Prompts may contain `%counter`, `%prefix` and `%node`.
  """
  @spec configure(keyword) :: :ok
  defdelegate configure(options), to: IEx.Config

  @doc "The options that are set."
  @spec configuration() :: keyword
  defdelegate configuration, to: IEx.Config

  @doc "Registers a function that runs when a session begins, in its process."
  @spec after_spawn((... -> any)) :: :ok
  defdelegate after_spawn(fun), to: IEx.Config

  @doc "The functions given to `after_spawn/1`."
  @spec after_spawn() :: [(... -> any)]
  defdelegate after_spawn, to: IEx.Config

  @doc "Whether a shell runs."
  @spec started?() :: boolean
  def started?, do: Process.whereis(:phial_shell) != nil

  @doc "The text in the colour of a role such as `:eval_result`, as it is without colours."
  @spec color(atom, String.t()) :: String.t()
  def color(role, text) do
    case IEx.Config.color(role) do
      nil -> text
      ansi -> IO.iodata_to_binary([IO.ANSI.format_fragment(ansi, true), text, IO.ANSI.reset()])
    end
  end

  @doc "The columns that results may take."
  @spec width() :: pos_integer
  defdelegate width, to: IEx.Config

  @doc "The options results are inspected with."
  @spec inspect_opts() :: keyword
  defdelegate inspect_opts, to: IEx.Config

  @doc "The value a function returns so that the shell prints no result."
  @spec dont_display_result() :: atom
  def dont_display_result, do: :"do not show this result in output"

  @doc """
  Stops the process that calls it and offers it to the shell, with the variables of this place.

  `continue` (or `respawn`) in the shell lets the process go on. Without a shell the process goes on at once.
  """
  defmacro pry do
    quote do
      IEx.Pry.pry(binding(), __ENV__)
    end
  end

  @doc """
  Opens a shell when the function is called: `break!(URI.parse/1)`, `break!(URI.parse("https://" <> _), 3)` stop
  the next call, or the next three calls, with matching arguments. Returns the number of the breakpoint.
  """
  defmacro break!(ast, stops \\ 1) do
    IEx.__break__!(ast, stops, __CALLER__)
  end

  @doc "As `break!/2`, of module, function, arity."
  @spec break!(module, atom, arity, non_neg_integer) :: pos_integer
  def break!(module, function, arity, stops \\ 1), do: IEx.Pry.break!(module, function, arity, quote(do: _), stops, __ENV__)

  @doc false
  def __break__!({:/, _, [call, arity]} = ast, stops, env) when is_integer(arity) do
    with {module, function, []} <- Macro.decompose_call(call), module when is_atom(module) <- Macro.expand(module, env) do
      quote(do: IEx.Pry.break!(unquote(module), unquote(function), unquote(arity), nil, unquote(stops), __ENV__))
    else
      _ -> bad_break(ast)
    end
  end

  def __break__!(ast, stops, env) do
    {call, guard} = with {:when, _, [call, guard]} <- ast, do: {call, guard}, else: (_ -> {ast, true})

    with {module, function, args} when is_list(args) <- Macro.decompose_call(call), module when is_atom(module) <- Macro.expand(module, env) do
      pattern = {:when, [], args ++ [guard]}

      quote do
        IEx.Pry.break!(unquote(module), unquote(function), unquote(length(args)), unquote(Macro.escape(pattern)), unquote(stops), __ENV__)
      end
    else
      _ -> bad_break(ast)
    end
  end

  defp bad_break(ast) do
    raise ArgumentError, "expected Mod.fun/arity or Mod.fun(arg1, ...), such as URI.parse/1 or URI.parse(_), got: #{Macro.to_string(ast)}"
  end

  @doc false
  def start(options \\ [], _mfa \\ nil), do: spawn(fn -> IEx.Server.run(options) end)
end
