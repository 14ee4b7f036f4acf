# SPDX-License-Identifier: Apache-2.0
# EEx.Engine: the behaviour of what turns the pieces of a template into a quoted form, and the two engines that come with EEx.
#
# State: `binary` holds the parts of the output, `dynamic` the expressions before it, both newest first. Invariant: each output is
# bound to a variable of its own, in the order of the template, before the binary is put together.
defmodule EEx.Engine do
  @moduledoc """
  What an engine must do, and a basic one that joins everything into a binary.

      iex> EEx.Engine.init([])
      %{binary: [], dynamic: [], vars_count: 0}
  """

  @type state :: term

  @doc "The state to start with; gets all options of the compilation."
  @callback init(opts :: keyword) :: state

  @doc "Ends the template."
  @callback handle_body(state) :: Macro.t()

  @doc "A text of the template."
  @callback handle_text(state, [line: pos_integer, column: pos_integer], text :: String.t()) :: state

  @doc "An expression; the marker is what follows `<%`."
  @callback handle_expr(state, marker :: String.t(), expr :: Macro.t()) :: state

  @doc "The state for the contents of a block."
  @callback handle_begin(state) :: state

  @doc "Ends the contents of a block."
  @callback handle_end(state) :: Macro.t()

  @doc false
  defmacro __using__(_) do
    quote do
      @behaviour EEx.Engine

      def init(opts), do: EEx.Engine.init(opts)
      def handle_body(state), do: EEx.Engine.handle_body(state)
      def handle_begin(state), do: EEx.Engine.handle_begin(state)
      def handle_end(state), do: EEx.Engine.handle_end(state)
      def handle_text(state, text), do: EEx.Engine.handle_text(state, [], text)
      def handle_expr(state, marker, expr), do: EEx.Engine.handle_expr(state, marker, expr)
      defoverridable EEx.Engine
      defoverridable handle_text: 2
    end
  end

  @doc "`@name` becomes a fetch from the variable `assigns`; other expressions stay."
  @spec handle_assign(Macro.t()) :: Macro.t()
  def handle_assign({:@, meta, [{name, _, context}]}) when is_atom(name) and is_atom(context) do
    quote line: meta[:line] || 0 do
      EEx.Engine.fetch_assign!(var!(assigns), unquote(name))
    end
  end

  def handle_assign(expr), do: expr

  @doc """
  The assign of that name; nil with a warning if there is none.

      iex> EEx.Engine.fetch_assign!([a: 1], :a)
      1
  """
  @spec fetch_assign!(Access.t(), Access.key()) :: term | nil
  def fetch_assign!(assigns, key) do
    case Access.fetch(assigns, key) do
      {:ok, value} ->
        value

      :error ->
        names = Enum.map(assigns, &elem(&1, 0))

        IO.warn(
          "assign @#{key} not available in EEx template. Please ensure all assigns are given as options. " <>
            "Available assigns: #{inspect(names)}"
        )

        nil
    end
  end

  @doc false
  def init(_opts), do: %{binary: [], dynamic: [], vars_count: 0}

  @doc false
  def handle_begin(state), do: %{state | binary: [], dynamic: []}

  @doc false
  def handle_end(state), do: handle_body(state)

  @doc false
  def handle_body(%{binary: binary, dynamic: dynamic}),
    do: {:__block__, [], :lists.reverse([{:<<>>, [], :lists.reverse(binary)} | dynamic])}

  @doc false
  def handle_text(state, _meta, text), do: %{state | binary: [text | state.binary]}

  @doc false
  def handle_expr(state, "=", expr) do
    var = Macro.var(:"arg#{state.vars_count}", __MODULE__)
    bound = quote(do: unquote(var) = String.Chars.to_string(unquote(expr)))
    segment = quote(do: unquote(var) :: binary)
    %{state | dynamic: [bound | state.dynamic], binary: [segment | state.binary], vars_count: state.vars_count + 1}
  end

  def handle_expr(state, "", expr), do: %{state | dynamic: [expr | state.dynamic]}

  def handle_expr(_state, marker, _expr) when marker in ["/", "|"] do
    raise EEx.SyntaxError,
          "unsupported EEx syntax <%#{marker} %> (the syntax is valid but not supported by the current EEx engine)"
  end
end

defmodule EEx.SmartEngine do
  @moduledoc """
  The engine used by default: `EEx.Engine`, with `@name` for what is in `assigns`.

      iex> EEx.eval_string("<%= @foo %>", assigns: [foo: 1])
      "1"
  """

  @behaviour EEx.Engine

  @impl true
  defdelegate init(opts), to: EEx.Engine

  @impl true
  defdelegate handle_body(state), to: EEx.Engine

  @impl true
  defdelegate handle_begin(state), to: EEx.Engine

  @impl true
  defdelegate handle_end(state), to: EEx.Engine

  @impl true
  defdelegate handle_text(state, meta, text), to: EEx.Engine

  @impl true
  def handle_expr(state, marker, expr) do
    EEx.Engine.handle_expr(state, marker, Macro.prewalk(expr, &EEx.Engine.handle_assign/1))
  end
end
