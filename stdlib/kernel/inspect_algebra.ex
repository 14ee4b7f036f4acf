# SPDX-License-Identifier: Apache-2.0
# Inspect.Opts and Inspect.Algebra: the options of inspect, and the documents it lays out.
#
# A document is a binary or one of the `doc_` terms below. Invariant: `format/2` visits each node once and `fits?` stops
# at the first line end, so layout is linear in the text for every width.
defmodule Inspect.Opts do
  @moduledoc "The options of the `Inspect` protocol."

  defstruct base: :decimal,
            binaries: :infer,
            char_lists: :infer,
            charlists: :infer,
            custom_options: [],
            inspect_fun: &Inspect.inspect/2,
            limit: 50,
            pretty: false,
            printable_limit: 4096,
            safe: true,
            structs: true,
            syntax_colors: [],
            width: 80

  @type t :: %{__struct__: __MODULE__}

  @doc "Options from a keyword list, over the defaults; unknown keys are ignored.\n\n    iex> Inspect.Opts.new(limit: 3).limit\n    3"
  @spec new(keyword) :: t
  def new(opts), do: put(opts, %{__struct__() | inspect_fun: default_inspect_fun()})

  defp put([{key, value} | rest], opts) do
    case opts do
      %{^key => _} when key != :__struct__ -> put(rest, %{opts | key => value})
      _ -> put(rest, opts)
    end
  end

  defp put([], opts), do: opts

  @doc "The function that inspects terms by default."
  @spec default_inspect_fun() :: (term, t -> Inspect.Algebra.t())
  def default_inspect_fun(), do: :persistent_term.get({__MODULE__, :inspect_fun}, &Inspect.inspect/2)

  @doc "Sets the function that inspects terms by default."
  @spec default_inspect_fun((term, t -> Inspect.Algebra.t())) :: :ok
  def default_inspect_fun(fun) when is_function(fun, 2), do: :persistent_term.put({__MODULE__, :inspect_fun}, fun)
end

defmodule Inspect.Algebra do
  @moduledoc "Documents that are laid out to fit a width."

  @type t :: binary | atom | tuple

  @doc "Is the term a document? Allowed in guards."
  defmacro is_doc(doc) do
    quote do
      is_binary(unquote(doc)) or unquote(doc) == :doc_nil or unquote(doc) == :doc_line or
        (is_tuple(unquote(doc)) and tuple_size(unquote(doc)) >= 2 and
           elem(unquote(doc), 0) in [
             :doc_string,
             :doc_cons,
             :doc_nest,
             :doc_break,
             :doc_group,
             :doc_color,
             :doc_force,
             :doc_fits,
             :doc_collapse,
             :doc_limit
           ])
    end
  end

  ## From terms

  @doc "The document of `term` by the `Inspect` protocol."
  @spec to_doc(any, Inspect.Opts.t()) :: t
  def to_doc(term, opts)

  def to_doc(%_{} = struct, %{__struct__: Inspect.Opts, inspect_fun: fun} = opts) do
    if opts.structs do
      try do
        fun.(struct, opts)
      rescue
        exception -> failed_doc(exception, __STACKTRACE__, struct, opts)
      end
    else
      Inspect.Map.inspect(struct, opts)
    end
  end

  def to_doc(term, %{__struct__: Inspect.Opts, inspect_fun: fun} = opts), do: fun.(term, opts)

  # An implementation that raises must not hide what was inspected. The trap keeps the
  # message of the error from inspecting the same struct again.
  defp failed_doc(exception, stacktrace, struct, opts) do
    if :erlang.get(:inspect_trap) == true do
      Inspect.Map.inspect(struct, opts)
    else
      try do
        :erlang.put(:inspect_trap, true)
        plain = %{opts | syntax_colors: []}
        text = :erlang.iolist_to_binary(format(Inspect.Map.inspect(struct, plain), opts.width))

        error =
          Inspect.Error.exception(exception: exception, stacktrace: stacktrace, inspected_struct: text)

        if opts.safe do
          Inspect.inspect(error, %{opts | inspect_fun: Inspect.Opts.default_inspect_fun()})
        else
          :erlang.raise(:error, error, stacktrace)
        end
      after
        :erlang.erase(:inspect_trap)
      end
    end
  end

  # The text of a term by Inspect.Opts, laid out for a width. Where no group has to be broken, terms without structs are written straight to iodata.
  @doc false
  def __inspect__(term, opts, width) do
    case plain_text(term, opts) do
      text when text != nil and (width == :infinity or byte_size(text) <= width) -> text
      _ -> :erlang.iolist_to_binary(format(group(to_doc(term, opts)), width))
    end
  end

  # nil: it takes documents. A limit that is none is one beyond all sizes.
  defp plain_text(term, %{limit: limit} = opts) when limit == :infinity or (is_integer(limit) and limit >= 0) do
    if %{opts | limit: 50, width: 80, pretty: false} === %Inspect.Opts{},
      do: :erlang.iolist_to_binary(Inspect.Plain.text(term, if(limit == :infinity, do: 1_000_000_000_000, else: limit)))
  catch
    :throw, :struct -> nil
  end

  defp plain_text(_term, _opts), do: nil

  @doc """
  Wraps `collection` between `left` and `right`, its items made by `fun` and separated.

      iex> doc = Inspect.Algebra.container_doc("[", [1, 2], "]", %Inspect.Opts{limit: :infinity}, fn i, _ -> to_string(i) end)
      iex> Inspect.Algebra.format(doc, 80) |> IO.iodata_to_binary()
      "[1, 2]"
  """
  @spec container_doc(t, [any], t, Inspect.Opts.t(), (term, Inspect.Opts.t() -> t), keyword) :: t
  def container_doc(left, collection, right, inspect_opts, fun, opts \\ [])

  def container_doc(left, [], right, _inspect_opts, fun, opts) when is_function(fun, 2) and is_list(opts),
    do: concat(left, right)

  def container_doc(left, collection, right, inspect_opts, fun, opts) when is_function(fun, 2) and is_list(opts) do
    break = option(opts, :break, :maybe)
    separator = option(opts, :separator, ",")
    {docs, simple?} = items(collection, inspect_opts.limit, inspect_opts, fun, [], break == :maybe)
    flex? = simple? or break == :flex
    docs = fold_doc(docs, fn left, right -> join(left, right, flex?, separator) end)

    if flex? do
      group(concat(concat(left, nest(docs, 1)), right))
    else
      group(glue(nest(glue(left, "", docs), 2), "", right))
    end
  end

  defp option(opts, key, default) do
    case :lists.keyfind(key, 1, opts) do
      {_, value} -> value
      false -> default
    end
  end

  defp items([], _limit, _opts, _fun, acc, simple?), do: {:lists.reverse(acc), simple?}
  defp items(_, 0, _opts, _fun, acc, simple?), do: {:lists.reverse(["..." | acc]), simple?}

  defp items([item | rest], limit, opts, fun, acc, simple?) when is_list(rest) do
    fewer = decrement(limit)
    doc = fun.(item, %{opts | limit: fewer})
    limit = if doc == :doc_nil, do: limit, else: fewer
    items(rest, limit, opts, fun, [doc | acc], simple? and simple?(doc))
  end

  defp items([item | tail], limit, opts, fun, acc, simple?) do
    opts = %{opts | limit: decrement(limit)}
    item = fun.(item, opts)
    tail = fun.(tail, opts)
    simple? = simple? and simple?(item) and simple?(tail)
    {:lists.reverse([join(item, tail, simple?, " |") | acc]), simple?}
  end

  defp decrement(:infinity), do: :infinity
  defp decrement(limit), do: limit - 1

  defp join(:doc_nil, :doc_nil, _, _), do: :doc_nil
  defp join(left, :doc_nil, _, _), do: left
  defp join(:doc_nil, right, _, _), do: right
  defp join(left, right, true, separator), do: flex_glue(concat(left, separator), right)
  defp join(left, right, false, separator), do: glue(concat(left, separator), right)

  defp simple?({:doc_cons, left, right}), do: simple?(left) and simple?(right)
  defp simple?({:doc_color, doc, _}), do: simple?(doc)
  defp simple?({:doc_string, _, _}), do: true
  defp simple?(:doc_nil), do: true
  defp simple?(other), do: is_binary(other)

  ## Constructors

  @doc "The empty document."
  @spec empty() :: :doc_nil
  def empty(), do: :doc_nil

  @doc "A document of one string, as wide as its graphemes."
  @spec string(String.t()) :: t
  def string(string) when is_binary(string), do: {:doc_string, string, String.length(string)}

  @doc "Two documents side by side."
  @spec concat(t, t) :: t
  def concat(doc1, doc2) when is_doc(doc1) and is_doc(doc2), do: {:doc_cons, doc1, doc2}

  @doc "A list of documents side by side."
  @spec concat([t]) :: t
  def concat(docs) when is_list(docs), do: fold_doc(docs, fn left, right -> concat(left, right) end)

  @doc "Indents what follows a line end inside `doc` by `level`."
  @spec nest(t, non_neg_integer | :cursor | :reset, :always | :break) :: t
  def nest(doc, level, mode \\ :always)
  def nest(doc, :cursor, mode) when is_doc(doc) and mode in [:always, :break], do: {:doc_nest, doc, :cursor, mode}
  def nest(doc, :reset, mode) when is_doc(doc) and mode in [:always, :break], do: {:doc_nest, doc, :reset, mode}
  def nest(doc, 0, mode) when is_doc(doc) and mode in [:always, :break], do: doc

  def nest(doc, level, mode) when is_doc(doc) and is_integer(level) and level > 0 and mode in [:always, :break],
    do: {:doc_nest, doc, level, mode}

  @doc "A break: `string` when the group fits, a line end otherwise."
  @spec break(binary) :: t
  def break(string \\ " ") when is_binary(string), do: {:doc_break, string, :strict}

  @doc "A break that decides for itself."
  @spec flex_break(binary) :: t
  def flex_break(string \\ " ") when is_binary(string), do: {:doc_break, string, :flex}

  @doc "Two documents with a break between."
  @spec glue(t, binary, t) :: t
  def glue(doc1, break_string \\ " ", doc2) when is_binary(break_string), do: concat(doc1, concat(break(break_string), doc2))

  @doc "Two documents with a flex break between."
  @spec flex_glue(t, binary, t) :: t
  def flex_glue(doc1, break_string \\ " ", doc2) when is_binary(break_string),
    do: concat(doc1, concat(flex_break(break_string), doc2))

  @doc "A group: its breaks are all spaces or all line ends."
  @spec group(t, :self | :inherit) :: t
  def group(doc, mode \\ :self) when is_doc(doc) and mode in [:self, :inherit], do: {:doc_group, doc, mode}

  @doc "Two documents with a space between."
  @spec space(t, t) :: t
  def space(doc1, doc2), do: concat(doc1, concat(" ", doc2))

  @doc "A line end."
  @spec line() :: t
  def line(), do: :doc_line

  @doc "Two documents with a line end between."
  @spec line(t, t) :: t
  def line(doc1, doc2), do: concat(doc1, concat(line(), doc2))

  @doc "Folds documents from the right."
  @spec fold_doc([t], (t, t -> t)) :: t
  def fold_doc(docs, folder)
  def fold_doc([], _folder), do: empty()
  def fold_doc([doc], _folder), do: doc
  def fold_doc([doc | docs], folder) when is_function(folder, 2), do: folder.(doc, fold_doc(docs, folder))

  @doc "Colors `doc` if the options have a color for the key."
  @spec color(t, atom, Inspect.Opts.t()) :: t
  def color(doc, color_key, opts)
  def color(doc, _key, %{syntax_colors: []}), do: doc

  def color(doc, key, %{syntax_colors: colors}) do
    case option(colors, key, nil) do
      nil -> doc
      color -> concat({:doc_color, doc, color}, {:doc_color, empty(), option(colors, :reset, :reset)})
    end
  end

  @doc "The group of `doc` never fits."
  @spec force_unfit(t) :: t
  def force_unfit(doc) when is_doc(doc), do: {:doc_force, doc}

  @doc "The next break of `doc` counts as fitting."
  @spec next_break_fits(t, :enabled | :disabled) :: t
  def next_break_fits(doc, mode \\ :enabled) when is_doc(doc) and mode in [:enabled, :disabled], do: {:doc_fits, doc, mode}

  @doc "Merges the line ends after it into at most `max`."
  @spec collapse_lines(pos_integer) :: t
  def collapse_lines(max) when is_integer(max) and max > 0, do: {:doc_collapse, max}

  @doc "Lays `doc` out as if the width had no limit."
  @spec no_limit(t) :: t
  def no_limit(doc), do: {:doc_limit, doc, :infinity}

  @doc false
  @deprecated "Use a combination of concat/2 and nest/2 instead"
  def surround(left, doc, right) when is_doc(left) and is_doc(doc) and is_doc(right) do
    if doc == :doc_nil, do: concat(left, right), else: concat(concat(left, nest(doc, 1)), right)
  end

  @doc false
  @deprecated "Use Inspect.Algebra.container_doc/6 instead"
  def surround_many(left, docs, right, %{__struct__: Inspect.Opts} = opts, fun, separator \\ ",") when is_function(fun, 2),
    do: container_doc(left, docs, right, opts, fun, separator: separator)

  ## Layout

  @doc """
  Lays the document out for the width, as iodata.

      iex> doc = Inspect.Algebra.group(Inspect.Algebra.glue("a", "b"))
      iex> Inspect.Algebra.format(doc, 1) |> IO.iodata_to_binary()
      "a\\nb"
  """
  @spec format(t, non_neg_integer | :infinity) :: iodata
  def format(doc, width) when is_doc(doc) and (width == :infinity or width >= 0), do: format(width, 0, [{0, :flat, doc}])

  # w: width, k: column; a work item is {indentation, mode, doc}. Modes: :flat and :break lay out; while
  # fitting also :flat_no_break (may not enter :break) and :break_no_flat (its next break ends the test).
  defp format(_w, _k, []), do: []
  defp format(_w, k, [{:width, w} | rest]), do: format(w, k, rest)
  defp format(w, k, [{_, _, text} | rest]) when is_binary(text), do: [text | format(w, k + byte_size(text), rest)]
  defp format(w, k, [{i, m, {:doc_cons, x, y}} | rest]), do: format(w, k, [{i, m, x}, {i, m, y} | rest])

  defp format(w, k, [{i, m, {:doc_break, text, mode}} | rest]) do
    after_text = k + byte_size(text)

    if m != :break or (mode == :flex and (w == :infinity or fits?(w, after_text, true, rest))) do
      [text | format(w, after_text, rest)]
    else
      [indent(i) | format(w, i, rest)]
    end
  end

  defp format(w, k, [{i, m, {:doc_nest, x, level, mode}} | rest]) do
    i = if mode == :always or m == :break, do: nesting(i, k, level), else: i
    format(w, k, [{i, m, x} | rest])
  end

  defp format(w, k, [{i, :break, {:doc_group, x, :inherit}} | rest]), do: format(w, k, [{i, :break, x} | rest])
  defp format(:infinity, k, [{i, _, {:doc_group, x, _}} | rest]), do: format(:infinity, k, [{i, :flat, x} | rest])

  defp format(w, k, [{i, _, {:doc_group, x, _}} | rest]) do
    mode = if fits?(w, k, false, [{i, :flat, x}]), do: :flat, else: :break
    format(w, k, [{i, mode, x} | rest])
  end

  defp format(w, k, [{_, _, {:doc_string, text, length}} | rest]), do: [text | format(w, k + length, rest)]
  defp format(w, k, [{_, _, :doc_nil} | rest]), do: format(w, k, rest)
  defp format(w, _k, [{i, _, :doc_line} | rest]), do: [indent(i) | format(w, i, rest)]
  defp format(w, k, [{i, m, {:doc_color, x, color}} | rest]), do: [ansi(color) | format(w, k, [{i, m, x} | rest])]
  defp format(w, k, [{i, m, {:doc_force, x}} | rest]), do: format(w, k, [{i, m, x} | rest])
  defp format(w, k, [{i, m, {:doc_fits, x, _}} | rest]), do: format(w, k, [{i, m, x} | rest])
  defp format(w, _k, [{i, _, {:doc_collapse, max}} | rest]), do: collapse(format(w, i, rest), max, 0, i)
  defp format(w, k, [{i, _, {:doc_limit, x, :infinity}} | rest]), do: format(:infinity, k, [{i, :flat, x}, {:width, w} | rest])
  defp format(w, k, [{i, m, {:doc_limit, x, width}} | rest]), do: format(width, k, [{i, m, x}, {:width, w} | rest])

  # Does the text up to the first line end fit? `break?` tells whether a break was met: without one, too long a text
  # cannot be helped by breaking here.
  defp fits?(w, k, break?, _) when k > w and break?, do: false
  defp fits?(_, _, _, []), do: true
  defp fits?(w, k, _, {:tail, break?, rest}), do: fits?(w, k, break?, rest)
  defp fits?(_, k, break?, [{:width, w} | rest]), do: fits?(w, k, break?, rest)

  defp fits?(w, k, break?, [{i, _, {:doc_fits, x, :disabled}} | rest]),
    do: fits?(w, k, break?, [{i, :flat_no_break, x} | rest])

  defp fits?(w, k, break?, [{i, :flat_no_break, {:doc_fits, x, _}} | rest]),
    do: fits?(w, k, break?, [{i, :flat_no_break, x} | rest])

  defp fits?(w, k, break?, [{i, _, {:doc_fits, x, :enabled}} | rest]),
    do: fits?(w, k, break?, [{i, :break_no_flat, x} | rest])

  defp fits?(w, k, break?, [{i, :break_no_flat, {:doc_force, x}} | rest]),
    do: fits?(w, k, break?, [{i, :break_no_flat, x} | rest])

  defp fits?(_, _, _, [{_, m, {:doc_break, _, _}} | _]) when m == :break_no_flat or m == :break, do: true
  defp fits?(_, _, _, [{_, m, :doc_line} | _]) when m == :break_no_flat or m == :break, do: true

  defp fits?(w, k, break?, [{i, :break, {:doc_group, x, _}} | rest]),
    do: fits?(w, k, break?, [{i, :flat, x} | {:tail, break?, rest}])

  defp fits?(w, k, break?, [{_, _, text} | rest]) when is_binary(text), do: fits?(w, k + byte_size(text), break?, rest)
  defp fits?(w, k, break?, [{i, m, {:doc_cons, x, y}} | rest]), do: fits?(w, k, break?, [{i, m, x}, {i, m, y} | rest])
  defp fits?(w, k, _break?, [{_, _, {:doc_break, text, _}} | rest]), do: fits?(w, k + byte_size(text), true, rest)
  defp fits?(w, k, break?, [{i, m, {:doc_nest, x, _, :break}} | rest]), do: fits?(w, k, break?, [{i, m, x} | rest])

  defp fits?(w, k, break?, [{i, m, {:doc_nest, x, level, :always}} | rest]),
    do: fits?(w, k, break?, [{nesting(i, k, level), m, x} | rest])

  # Nor do the breaks inside a group help the text after it.
  defp fits?(w, k, break?, [{i, m, {:doc_group, x, _}} | rest]), do: fits?(w, k, break?, [{i, m, x} | {:tail, break?, rest}])
  defp fits?(w, k, break?, [{_, _, {:doc_string, _, length}} | rest]), do: fits?(w, k + length, break?, rest)
  defp fits?(w, k, break?, [{_, _, :doc_nil} | rest]), do: fits?(w, k, break?, rest)
  defp fits?(w, _k, _break?, [{i, _, :doc_line} | rest]), do: fits?(w, i, false, rest)
  defp fits?(w, k, break?, [{i, m, {:doc_color, x, _}} | rest]), do: fits?(w, k, break?, [{i, m, x} | rest])
  defp fits?(_, _, _, [{_, _, {:doc_force, _}} | _]), do: false
  defp fits?(w, _k, break?, [{i, _, {:doc_collapse, _}} | rest]), do: fits?(w, i, break?, rest)

  # Breaks of a text without a limit do not help the text after it.
  defp fits?(w, k, break?, [{i, _, {:doc_limit, x, :infinity}} | rest]),
    do: fits?(:infinity, k, break?, [{i, :flat, x} | {:tail, break?, [{:width, w} | rest]}])

  defp fits?(w, k, break?, [{i, m, {:doc_limit, x, width}} | rest]),
    do: fits?(width, k, break?, [{i, m, x}, {:width, w} | rest])

  defp nesting(_i, k, :cursor), do: k
  defp nesting(_i, _k, :reset), do: 0
  defp nesting(i, _k, level), do: i + level

  defp indent(0), do: "\n"
  defp indent(i), do: "\n" <> :binary.copy(" ", i)

  defp ansi(color), do: IO.ANSI.format_fragment(color, true)

  defp collapse([[?\n | _] | rest], max, count, i), do: collapse(rest, max, count + 1, i)
  defp collapse(["\n" <> _ | rest], max, count, i), do: collapse(rest, max, count + 1, i)
  defp collapse([["\n" | _] | rest], max, count, i), do: collapse(rest, max, count + 1, i)
  defp collapse(["" | rest], max, count, i), do: collapse(rest, max, count, i)

  defp collapse(rest, max, count, i) do
    [:lists.duplicate(min(max, count), "\n"), :lists.duplicate(i, ?\s) | rest]
  end
end
