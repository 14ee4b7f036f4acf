# SPDX-License-Identifier: Apache-2.0
# The settings of the shell: what IEx.configure/1 was given, the colours and widths that follow from it.
# Invariant: they live in the environment of the application :iex, where a project's configuration may have put them before.
defmodule IEx.Config do
  @moduledoc false

  @keys [:default_prompt, :continuation_prompt, :history_size, :width, :inspect, :colors, :alive_prompt, :alive_continuation_prompt, :parser,
         :dot_iex]
  @defaults [
    default_prompt: "%prefix(%counter)>",
    history_size: 20,
    inspect: [pretty: true],
    colors: [],
    alive_prompt: "%prefix(%node)%counter>"
  ]
  @colors [
    eval_interrupt: [:yellow],
    eval_result: [:yellow],
    eval_error: [:red],
    eval_info: [:normal],
    stack_info: [:red],
    blame_diff: [:red],
    ls_directory: [:blue],
    ls_device: [:green]
  ]
  @syntax [
    atom: :cyan,
    boolean: :magenta,
    charlist: :yellow,
    list: :default_color,
    map: :default_color,
    nil: :magenta,
    number: :yellow,
    string: :green,
    tuple: :default_color
  ]
  @docs [
    doc_bold: [:bright],
    doc_code: [:cyan],
    doc_headings: [:yellow],
    doc_metadata: [:cyan],
    doc_quote: [:light_black],
    doc_inline_code: [:cyan],
    doc_table_heading: [:reverse],
    doc_title: [:reverse, :yellow],
    doc_underline: [:underline]
  ]

  @spec configuration() :: keyword
  def configuration, do: for(key <- @keys, value = get(key, @defaults[key]), do: {key, value})

  defp get(key, default), do: Application.get_env(:iex, key, default)

  # What was put there without configure/1 may be anything, and the shell goes on.
  defp options(key) do
    options = get(key, @defaults[key])
    if Keyword.keyword?(options), do: options, else: @defaults[key]
  end

  @spec configure(keyword) :: :ok
  def configure(options) do
    for {key, value} <- Enum.map(options, &pair/1) do
      checked = check(key, value)
      merged = if key in [:colors, :inspect], do: Keyword.merge(get(key, @defaults[key]), checked), else: checked
      Application.put_env(:iex, key, merged)
    end

    :ok
  end

  defp pair({key, value}), do: {key, value}
  defp pair(other), do: raise(ArgumentError, "invalid configuration #{inspect(other)}")

  defp check(key, value) when key in [:colors, :inspect] and is_list(value), do: value
  defp check(:history_size, size) when is_integer(size), do: size
  defp check(:width, width) when is_integer(width), do: width
  defp check(:dot_iex, path) when is_binary(path), do: path
  defp check(:parser, {m, f, a} = parser) when is_atom(m) and is_atom(f) and is_list(a), do: parser

  defp check(key, text) when key in [:default_prompt, :continuation_prompt, :alive_prompt, :alive_continuation_prompt] and is_binary(text), do: text

  defp check(key, value), do: raise(ArgumentError, "invalid configuration #{inspect({key, value})}")

  # ---- what follows from them

  @spec width() :: pos_integer
  def width, do: get(:width, nil) || min(columns(), 80)

  @doc "The columns of the terminal."
  @spec columns() :: pos_integer
  def columns do
    case :io.columns() do
      {:ok, columns} -> columns
      {:error, _} -> 80
    end
  end

  @spec history_size() :: integer
  def history_size, do: get(:history_size, 20)

  @spec parser() :: {module, atom, list}
  def parser, do: get(:parser, {IEx.Evaluator, :parse, []})

  @spec colors?() :: boolean
  def colors?, do: Keyword.get_lazy(options(:colors), :enabled, &IO.ANSI.enabled?/0)

  @doc "The ANSI sequence of a role, nil without colours."
  @spec color(atom) :: nil | atom | list
  def color(role) do
    colors = options(:colors)
    if colors?(), do: Keyword.get_lazy(colors, role, fn -> @colors[role] || @docs[role] end)
  end

  @doc "The options of the renderer of documentation, nil to print the text as it is."
  @spec docs_options() :: keyword
  def docs_options do
    colors = options(:colors)
    [width: width(), enabled: colors?()] ++ for {role, default} <- @docs, do: {role, Keyword.get(colors, role, default)}
  end

  @spec inspect_opts() :: keyword
  def inspect_opts do
    options = Keyword.merge([width: width()], options(:inspect))
    if colors?(), do: [{:syntax_colors, syntax_colors()} | options], else: options
  end

  defp syntax_colors do
    case Keyword.fetch(options(:colors), :syntax_colors) do
      {:ok, colors} when is_list(colors) -> with_reset(colors)
      {:ok, _} -> []
      :error -> with_reset(@syntax)
    end
  end

  # Behind a coloured part goes on what the result as a whole is written in.
  defp with_reset(colors), do: colors ++ [reset: [:reset | List.wrap(color(:eval_result))]]

  # ---- prompts

  @doc "The prompt of a statement: kind is :default or :continuation."
  @spec prompt(:default | :continuation, String.t(), pos_integer) :: String.t()
  def prompt(kind, prefix, counter) do
    {key, fallback} = prompt_key(kind, Node.alive?())
    template = Enum.find([get(key, nil), get(fallback, nil), @defaults[fallback]], &is_binary/1)
    prefix = if kind == :continuation and get(key, nil) == nil, do: "...", else: prefix

    text =
      template
      |> String.replace("%prefix", prefix)
      |> String.replace("%counter", Integer.to_string(counter))
      |> String.replace("%node", Atom.to_string(node()))

    text <> " "
  end

  defp prompt_key(:default, false), do: {:default_prompt, :default_prompt}
  defp prompt_key(:default, true), do: {:alive_prompt, :alive_prompt}
  defp prompt_key(:continuation, false), do: {:continuation_prompt, :default_prompt}
  defp prompt_key(:continuation, true), do: {:alive_continuation_prompt, :alive_prompt}

  # ---- IEx.after_spawn

  @spec after_spawn((() -> term)) :: :ok
  def after_spawn(fun) when is_function(fun, 0), do: :persistent_term.put({__MODULE__, :after_spawn}, [fun | after_spawn()])

  @spec after_spawn() :: [(() -> term)]
  def after_spawn, do: :persistent_term.get({__MODULE__, :after_spawn}, [])
end
