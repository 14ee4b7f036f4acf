# SPDX-License-Identifier: Apache-2.0
# Stream: lazy enumerables. A %Stream{} is an enumerable with a list of stages, each a function from the next
# reducer to a reducer; a stage with state is told where in the accumulator it lies as well, which then is [user's acc | state]
# or, with several such stages, the tuple {user's acc, state of the first, ...}. So a stage's last act is the call of the next reducer.
# What cannot be a stage (zip, resource, ...) is a function of arity 2, a reduce/3 without its enumerable.
# Invariant: nothing is evaluated before the stream is reduced, and :halt and :suspend reach every source.
defmodule Stream do
  @moduledoc "Functions for lazy collections."

  defstruct enum: nil, funs: [], accs: [], done: nil

  @type acc :: any
  @type element :: any
  @type index :: non_neg_integer
  @type default :: any
  @type timer :: non_neg_integer | :infinity

  # Stages

  defp lazy(%Stream{done: nil, funs: funs} = lazy, stage), do: %{lazy | funs: [stage | funs]}
  defp lazy(enum, stage), do: %Stream{enum: enum, funs: [stage]}

  defp lazy(%Stream{done: nil, funs: funs, accs: accs} = lazy, acc, stage),
    do: %{lazy | funs: [stage | funs], accs: [acc | accs]}

  defp lazy(enum, acc, stage), do: %Stream{enum: enum, funs: [stage], accs: [acc]}

  # The accumulator with the state at `at` replaced.
  defmacrop put_state(acc, at, state) do
    quote do
      state = unquote(state)

      case unquote(acc) do
        [user | _] -> [user | state]
        acc -> :erlang.setelement(unquote(at), acc, state)
      end
    end
  end

  defmacrop state(acc, at) do
    quote do
      case unquote(acc) do
        [_ | state] -> state
        acc -> :erlang.element(unquote(at), acc)
      end
    end
  end

  @doc """
  Chunks with control, as `Enum.chunk_while/4`.

      iex> Stream.chunk_while([1, 2], 0, fn x, acc -> {:cont, x, acc} end, fn acc -> {:cont, acc} end) |> Enum.to_list()
      [1, 2]
  """
  @spec chunk_while(Enumerable.t(), acc, (element, acc -> term), (acc -> term)) :: Enumerable.t()
  def chunk_while(enum, acc, chunk_fun, after_fun) when is_function(chunk_fun, 2) and is_function(after_fun, 1) do
    stage = fn next, at ->
      fn x, acc ->
        case chunk_fun.(x, state(acc, at)) do
          {:cont, chunk, state} -> next.(chunk, put_state(acc, at, state)) |> stopped(at)
          {:cont, state} -> {:cont, put_state(acc, at, state)}
          {:halt, state} -> {:halt, put_state(acc, at, state)}
        end
      end
    end

    done = fn
      {:stopped, _state}, _acc, _fun ->
        :nothing

      state, acc, fun ->
        case after_fun.(state) do
          {:cont, _state} -> :nothing
          {:cont, chunk, _state} -> fun.(chunk, acc)
        end
    end

    %{lazy(enum, acc, stage) | done: done}
  end

  # A consumer that halts wants no last chunk; one that suspends wants it later, even if the enumerable ends right here.
  defp stopped({:cont, _} = answer, _at), do: answer
  defp stopped({:halt, acc}, at), do: {:halt, put_state(acc, at, {:stopped, state(acc, at)})}
  defp stopped({:suspend, acc}, at), do: {:suspend, put_state(acc, at, {:held, state(acc, at)})}

  @doc """
  Chunks where `fun` answers a new value.

      iex> Stream.chunk_by([1, 3, 2], &(rem(&1, 2))) |> Enum.to_list()
      [[1, 3], [2]]
  """
  @spec chunk_by(Enumerable.t(), (element -> any)) :: Enumerable.t()
  def chunk_by(enum, fun) when is_function(fun, 1) do
    chunk_fun = fn
      x, nil ->
        {:cont, {fun.(x), [x]}}

      x, {key, group} ->
        case fun.(x) do
          ^key -> {:cont, {key, [x | group]}}
          other -> {:cont, :lists.reverse(group), {other, [x]}}
        end
    end

    after_fun = fn
      nil -> {:cont, nil}
      {_key, group} -> {:cont, :lists.reverse(group), nil}
    end

    chunk_while(enum, nil, chunk_fun, after_fun)
  end

  @doc "The same as `chunk_every(enum, count, count)`."
  @spec chunk_every(Enumerable.t(), pos_integer) :: Enumerable.t()
  def chunk_every(enum, count), do: chunk_every(enum, count, count, [])

  @doc """
  Makes chunks of `count` elements, as `Enum.chunk_every/4`.

      iex> Stream.chunk_every([1, 2, 3], 2) |> Enum.to_list()
      [[1, 2], [3]]
  """
  @spec chunk_every(Enumerable.t(), pos_integer, pos_integer, Enumerable.t() | :discard) :: Enumerable.t()
  def chunk_every(enum, count, step, leftover \\ [])

  def chunk_every(enum, count, step, leftover)
      when is_integer(count) and count > 0 and is_integer(step) and step > 0 do
    stage = fn next, at ->
      fn x, acc ->
        case state(acc, at) do
          [1 | buffer] ->
            state = after_chunk([x | buffer], count, step)
            next.(:lists.reverse(buffer, [x]), put_state(acc, at, state)) |> stopped(at)

          [missing | buffer] ->
            {:cont, put_state(acc, at, [missing - 1, x | buffer])}

          1 ->
            {:cont, put_state(acc, at, [count])}

          skip ->
            {:cont, put_state(acc, at, skip - 1)}
        end
      end
    end

    %{lazy(enum, [count], stage) | done: &last_chunk(&1, &2, &3, leftover)}
  end

  # The state: [how many the chunk lacks | its elements, last first], or how many to skip.
  defp after_chunk(_buffer, count, count), do: [count]
  defp after_chunk(_buffer, count, step) when step > count, do: step - count
  defp after_chunk(buffer, count, step), do: [step | Enum.take(buffer, count - step)]

  defp last_chunk([missing | [_ | _] = buffer], acc, fun, leftover) when leftover != :discard,
    do: fun.(:lists.reverse(buffer, Enum.take(leftover, missing)), acc)

  defp last_chunk(_state, _acc, _fun, _leftover), do: :nothing

  @doc false
  @deprecated "Use Stream.chunk_every/2 instead"
  def chunk(enum, count), do: chunk_every(enum, count, count, :discard)

  @doc false
  @deprecated "Use Stream.chunk_every/3 instead"
  def chunk(enum, count, step), do: chunk_every(enum, count, step, :discard)

  @doc false
  @deprecated "Use Stream.chunk_every/4 instead"
  def chunk(enum, count, step, leftover), do: chunk_every(enum, count, step, leftover || :discard)

  @doc """
  Collapses runs of equal elements.

      iex> Stream.dedup([1, 1, 2]) |> Enum.to_list()
      [1, 2]
  """
  @spec dedup(Enumerable.t()) :: Enumerable.t()
  def dedup(enum), do: dedup_by(enum, fn x -> x end)

  @doc """
  Collapses runs for which `fun` answers the same.

      iex> Stream.dedup_by([{1, :x}, {1, :y}], &elem(&1, 0)) |> Enum.to_list()
      [{1, :x}]
  """
  @spec dedup_by(Enumerable.t(), (element -> term)) :: Enumerable.t()
  def dedup_by(enum, fun) when is_function(fun, 1) do
    lazy(enum, nil, fn next, at ->
      fn x, acc ->
        last = state(acc, at)

        case {:key, fun.(x)} do
          ^last -> {:cont, acc}
          key -> next.(x, put_state(acc, at, key))
        end
      end
    end)
  end

  @doc """
  Drops the next `n` elements; if `n` is negative, the last ones.

      iex> Stream.drop(1..4, 2) |> Enum.to_list()
      [3, 4]
  """
  @spec drop(Enumerable.t(), integer) :: Enumerable.t()
  def drop(enum, n) when is_integer(n) and n >= 0 do
    lazy(enum, n, fn next, at ->
      fn x, acc ->
        case state(acc, at) do
          0 -> next.(x, acc)
          left -> {:cont, put_state(acc, at, left - 1)}
        end
      end
    end)
  end

  def drop(enum, n) when is_integer(n) and n < 0 do
    lazy(enum, {0, :queue.new()}, fn next, at ->
      fn x, acc ->
        case state(acc, at) do
          {size, queue} when size < -n ->
            {:cont, put_state(acc, at, {size + 1, :queue.in(x, queue)})}

          {size, queue} ->
            {{:value, oldest}, queue} = :queue.out(:queue.in(x, queue))
            next.(oldest, put_state(acc, at, {size, queue}))
        end
      end
    end)
  end

  @doc """
  Drops every `nth` element, starting with the first.

      iex> Stream.drop_every(1..4, 2) |> Enum.to_list()
      [2, 4]
  """
  @spec drop_every(Enumerable.t(), non_neg_integer) :: Enumerable.t()
  def drop_every(enum, nth)
  def drop_every(enum, 0), do: %Stream{enum: enum}
  def drop_every([], _nth), do: %Stream{enum: []}

  def drop_every(enum, nth) when is_integer(nth) and nth > 0 do
    lazy(enum, 0, fn next, at ->
      fn x, acc ->
        case state(acc, at) do
          0 -> {:cont, put_state(acc, at, nth - 1)}
          n -> next.(x, put_state(acc, at, n - 1))
        end
      end
    end)
  end

  @doc """
  Drops elements while `fun` is truthy.

      iex> Stream.drop_while(1..4, &(&1 < 3)) |> Enum.to_list()
      [3, 4]
  """
  @spec drop_while(Enumerable.t(), (element -> as_boolean(term))) :: Enumerable.t()
  def drop_while(enum, fun) when is_function(fun, 1) do
    lazy(enum, true, fn next, at ->
      fn x, acc ->
        cond do
          not state(acc, at) -> next.(x, acc)
          fun.(x) -> {:cont, acc}
          true -> next.(x, put_state(acc, at, false))
        end
      end
    end)
  end

  @doc """
  Calls `fun` for each element that passes.

      iex> Stream.each([1, 2], fn x -> x end) |> Enum.to_list()
      [1, 2]
  """
  @spec each(Enumerable.t(), (element -> term)) :: Enumerable.t()
  def each(enum, fun) when is_function(fun, 1) do
    lazy(enum, fn next ->
      fn x, acc ->
        fun.(x)
        next.(x, acc)
      end
    end)
  end

  @doc """
  Lets elements pass for which `fun` is truthy.

      iex> Stream.filter([1, 2, 3], &(&1 > 1)) |> Enum.to_list()
      [2, 3]
  """
  @spec filter(Enumerable.t(), (element -> as_boolean(term))) :: Enumerable.t()
  def filter(enum, fun) when is_function(fun, 1) do
    lazy(enum, fn next -> fn x, acc -> if fun.(x), do: next.(x, acc), else: {:cont, acc} end end)
  end

  @doc false
  @deprecated "Use Stream.filter/2 + Stream.map/2 instead"
  def filter_map(enum, filter, mapper), do: enum |> filter(filter) |> map(mapper)

  @doc """
  Keeps back elements for which `fun` is truthy.

      iex> Stream.reject([1, 2, 3], &(&1 > 1)) |> Enum.to_list()
      [1]
  """
  @spec reject(Enumerable.t(), (element -> as_boolean(term))) :: Enumerable.t()
  def reject(enum, fun) when is_function(fun, 1) do
    lazy(enum, fn next -> fn x, acc -> if fun.(x), do: {:cont, acc}, else: next.(x, acc) end end)
  end

  @doc """
  Maps the elements.

      iex> Stream.map([1, 2], &(&1 * 2)) |> Enum.to_list()
      [2, 4]
  """
  @spec map(Enumerable.t(), (element -> any)) :: Enumerable.t()
  def map(enum, fun) when is_function(fun, 1) do
    lazy(enum, fn next -> fn x, acc -> next.(fun.(x), acc) end end)
  end

  @doc """
  Maps every `nth` element, starting with the first.

      iex> Stream.map_every(1..3, 2, &(&1 * 10)) |> Enum.to_list()
      [10, 2, 30]
  """
  @spec map_every(Enumerable.t(), non_neg_integer, (element -> any)) :: Enumerable.t()
  def map_every(enum, nth, fun)
  def map_every(enum, 1, fun), do: map(enum, fun)
  def map_every(enum, 0, _fun), do: %Stream{enum: enum}
  def map_every([], nth, _fun) when is_integer(nth) and nth > 1, do: %Stream{enum: []}

  def map_every(enum, nth, fun) when is_integer(nth) and nth > 0 do
    lazy(enum, 0, fn next, at ->
      fn x, acc ->
        case state(acc, at) do
          0 -> next.(fun.(x), put_state(acc, at, nth - 1))
          n -> next.(x, put_state(acc, at, n - 1))
        end
      end
    end)
  end

  @doc """
  Puts `separator` between the elements.

      iex> Stream.intersperse([1, 2], 0) |> Enum.to_list()
      [1, 0, 2]
  """
  @spec intersperse(Enumerable.t(), any) :: Enumerable.t()
  def intersperse(enum, separator) do
    transform(enum, false, fn
      x, true -> {[separator, x], true}
      x, false -> {[x], true}
    end)
  end

  @doc """
  Passes the running results of `fun`, which starts with the first element.

      iex> Stream.scan(1..3, &(&1 + &2)) |> Enum.to_list()
      [1, 3, 6]
  """
  @spec scan(Enumerable.t(), (element, acc -> any)) :: Enumerable.t()
  def scan(enum, fun) when is_function(fun, 2) do
    lazy(enum, :first, fn next, at ->
      fn x, acc ->
        value =
          case state(acc, at) do
            :first -> x
            {:last, last} -> fun.(x, last)
          end

        next.(value, put_state(acc, at, {:last, value}))
      end
    end)
  end

  @doc """
  Passes the running results of `fun`, which starts with `acc`.

      iex> Stream.scan(1..3, 0, &(&1 + &2)) |> Enum.to_list()
      [1, 3, 6]
  """
  @spec scan(Enumerable.t(), acc, (element, acc -> any)) :: Enumerable.t()
  def scan(enum, acc, fun) when is_function(fun, 2) do
    lazy(enum, acc, fn next, at ->
      fn x, acc ->
        value = fun.(x, state(acc, at))
        next.(value, put_state(acc, at, value))
      end
    end)
  end

  @doc """
  Takes the next `count` elements; if it is negative, the last ones.

      iex> Stream.take(1..100, 2) |> Enum.to_list()
      [1, 2]
  """
  @spec take(Enumerable.t(), integer) :: Enumerable.t()
  def take(enum, count)
  def take(_enum, 0), do: %Stream{enum: []}
  def take([], count) when is_integer(count), do: %Stream{enum: []}

  def take(enum, count) when is_integer(count) and count > 0 do
    lazy(enum, count, fn next, at ->
      fn x, acc ->
        case state(acc, at) do
          1 ->
            {_command, acc} = next.(x, put_state(acc, at, 0))
            {:halt, acc}

          n ->
            next.(x, put_state(acc, at, n - 1))
        end
      end
    end)
  end

  def take(enum, count) when is_integer(count) and count < 0, do: &Enumerable.reduce(Enum.take(enum, count), &1, &2)

  @doc """
  Takes every `nth` element, starting with the first.

      iex> Stream.take_every(1..4, 2) |> Enum.to_list()
      [1, 3]
  """
  @spec take_every(Enumerable.t(), non_neg_integer) :: Enumerable.t()
  def take_every(enum, nth)
  def take_every(_enum, 0), do: %Stream{enum: []}
  def take_every([], nth) when is_integer(nth) and nth > 0, do: %Stream{enum: []}

  def take_every(enum, nth) when is_integer(nth) and nth > 0 do
    lazy(enum, 0, fn next, at ->
      fn x, acc ->
        case state(acc, at) do
          0 -> next.(x, put_state(acc, at, nth - 1))
          n -> {:cont, put_state(acc, at, n - 1)}
        end
      end
    end)
  end

  @doc """
  Takes elements while `fun` is truthy.

      iex> Stream.take_while(1..100, &(&1 < 3)) |> Enum.to_list()
      [1, 2]
  """
  @spec take_while(Enumerable.t(), (element -> as_boolean(term))) :: Enumerable.t()
  def take_while(enum, fun) when is_function(fun, 1) do
    lazy(enum, fn next -> fn x, acc -> if fun.(x), do: next.(x, acc), else: {:halt, acc} end end)
  end

  @doc """
  Lets first occurrences pass.

      iex> Stream.uniq([1, 2, 1]) |> Enum.to_list()
      [1, 2]
  """
  @spec uniq(Enumerable.t()) :: Enumerable.t()
  def uniq(enum), do: uniq_by(enum, fn x -> x end)

  @doc false
  @deprecated "Use Stream.uniq_by/2 instead"
  def uniq(enum, fun), do: uniq_by(enum, fun)

  @doc """
  Lets elements pass for which `fun` answers something new.

      iex> Stream.uniq_by([{1, :x}, {1, :y}], &elem(&1, 0)) |> Enum.to_list()
      [{1, :x}]
  """
  @spec uniq_by(Enumerable.t(), (element -> term)) :: Enumerable.t()
  def uniq_by(enum, fun) when is_function(fun, 1) do
    lazy(enum, %{}, fn next, at ->
      fn x, acc ->
        key = fun.(x)

        case state(acc, at) do
          %{^key => _} -> {:cont, acc}
          seen -> next.(x, put_state(acc, at, :maps.put(key, true, seen)))
        end
      end
    end)
  end

  @doc """
  Pairs each element with its index, or calls a function with both.

      iex> Stream.with_index(["a", "b"], 1) |> Enum.to_list()
      [{"a", 1}, {"b", 2}]
  """
  @spec with_index(Enumerable.t(), integer | (element, index -> any)) :: Enumerable.t()
  def with_index(enum, fun_or_offset \\ 0)

  def with_index(enum, offset) when is_integer(offset) do
    lazy(enum, offset, fn next, at ->
      fn x, acc ->
        i = state(acc, at)
        next.({x, i}, put_state(acc, at, i + 1))
      end
    end)
  end

  def with_index(enum, fun) when is_function(fun, 2) do
    lazy(enum, 0, fn next, at ->
      fn x, acc ->
        i = state(acc, at)
        next.(fun.(x, i), put_state(acc, at, i + 1))
      end
    end)
  end

  # Transforming

  @doc """
  Concatenates the enumerables in an enumerable.

      iex> Stream.concat([1..2, 3..4]) |> Enum.to_list()
      [1, 2, 3, 4]
  """
  @spec concat(Enumerable.t()) :: Enumerable.t()
  def concat(enumerables), do: flat_map(enumerables, fn x -> x end)

  @doc """
  Concatenates two enumerables.

      iex> Stream.concat(1..2, [3]) |> Enum.to_list()
      [1, 2, 3]
  """
  @spec concat(Enumerable.t(), Enumerable.t()) :: Enumerable.t()
  def concat(first, second), do: flat_map([first, second], fn x -> x end)

  @doc """
  Maps, and concatenates the resulting enumerables.

      iex> Stream.flat_map([1, 2], fn x -> [x, x] end) |> Enum.to_list()
      [1, 1, 2, 2]
  """
  @spec flat_map(Enumerable.t(), (element -> Enumerable.t())) :: Enumerable.t()
  def flat_map(enum, mapper) when is_function(mapper, 1), do: transform(enum, nil, fn x, nil -> {mapper.(x), nil} end)

  @doc """
  Maps with an accumulator: `reducer` answers `{enumerable, acc}` or `{:halt, acc}`.

      iex> Stream.transform(1..9, 0, fn x, n -> if n < 2, do: {[x], n + 1}, else: {:halt, n} end) |> Enum.to_list()
      [1, 2]
  """
  @spec transform(Enumerable.t(), acc, (element, acc -> {Enumerable.t(), acc} | {:halt, acc})) :: Enumerable.t()
  def transform(enum, acc, reducer) when is_function(reducer, 2), do: &plain_transform(enum, acc, reducer, &1, &2)

  @doc "The same, with functions that make the accumulator at the start and use it at the end."
  @spec transform(Enumerable.t(), (() -> acc), (element, acc -> {Enumerable.t(), acc} | {:halt, acc}), (acc -> term)) ::
          Enumerable.t()
  def transform(enum, start_fun, reducer, after_fun)
      when is_function(start_fun, 0) and is_function(reducer, 2) and is_function(after_fun, 1) do
    &full_transform(enum, start_fun, reducer, nil, after_fun, &1, &2)
  end

  @doc "The same, with `last_fun`, which may emit when the enumerable has ended."
  @spec transform(
          Enumerable.t(),
          (() -> acc),
          (element, acc -> {Enumerable.t(), acc} | {:halt, acc}),
          (acc -> {Enumerable.t(), acc} | {:halt, acc}),
          (acc -> term)
        ) :: Enumerable.t()
  def transform(enum, start_fun, reducer, last_fun, after_fun)
      when is_function(start_fun, 0) and is_function(reducer, 2) and is_function(last_fun, 1) and
             is_function(after_fun, 1) do
    &full_transform(enum, start_fun, reducer, last_fun, after_fun, &1, &2)
  end

  # Without functions for start and end the enumerable is reduced in one go. The accumulator is {user's acc,
  # consumer's acc, rest}, where rest continues the emission in which the consumer has suspended, or is nil; it is :over once the
  # consumer has halted: what the enumerable emits then is not wanted.
  defp plain_transform(enum, user, reducer, {command, acc}, fun) do
    step = fn
      x, {user, acc, nil} ->
        case reducer.(x, user) do
          {:halt, user} -> {:halt, {user, acc, nil}}
          {[], user} -> {:cont, {user, acc, nil}}
          {items, user} -> emitted(emit(items, {:cont, acc}, fun), user)
        end

      _x, over ->
        {:halt, over}
    end

    plain_result(Enumerable.reduce(enum, {command, {user, acc, over(command)}}, step))
  end

  defp over(:halt), do: :over
  defp over(_), do: nil

  defp emitted({:done, acc}, user), do: {:cont, {user, acc, nil}}
  defp emitted({:halted, acc}, user), do: {:halt, {user, acc, nil}}
  defp emitted({:suspended, acc, rest}, user), do: {:suspend, {user, acc, rest}}

  defp plain_result({:suspended, {user, acc, rest}, continuation}),
    do: {:suspended, acc, &plain_resume(&1, user, rest, continuation)}

  # The enumerable has ended at the element whose emission the consumer suspended.
  defp plain_result({reason, {user, acc, rest}}) when is_function(rest),
    do: {:suspended, acc, &plain_resume(&1, user, rest, fn {_command, state} -> {reason, state} end)}

  defp plain_result({_reason, {_user, acc, _}}), do: {:halted, acc}

  defp plain_resume({command, acc}, user, nil, continuation),
    do: plain_result(continuation.({command, {user, acc, over(command)}}))

  defp plain_resume(command, user, rest, continuation) do
    case rest.(command) do
      {:done, acc} -> plain_result(continuation.({:cont, {user, acc, nil}}))
      {:halted, acc} -> plain_result(continuation.({:halt, {user, acc, :over}}))
      {:suspended, acc, rest} -> {:suspended, acc, &plain_resume(&1, user, rest, continuation)}
    end
  end

  # Reduces `items` with the consumer's function. Unlike Enumerable.reduce/3 it answers :halted only if the
  # consumer has halted, not if the items are a stream that ends itself.
  defp emit([], {:cont, acc}, _fun), do: {:done, acc}
  defp emit([x], {:cont, acc}, fun), do: emit_end(fun.(x, acc))
  defp emit([x | rest], {:cont, acc}, fun), do: emit(rest, fun.(x, acc), fun)
  defp emit(items, {:suspend, acc}, fun) when is_list(items), do: {:suspended, acc, &emit(items, &1, fun)}
  defp emit(items, {:halt, acc}, _fun) when is_list(items), do: {:halted, acc}

  defp emit(items, {command, acc}, fun) do
    # The items may end themselves at an element on which the consumer has said something else.
    tagged = fn x, {_, acc} ->
      {command, acc} = fun.(x, acc)
      {command, {command, acc}}
    end

    emit_result(Enumerable.reduce(items, {command, {command, acc}}, tagged))
  end

  defp emit_end({:cont, acc}), do: {:done, acc}
  defp emit_end({:halt, acc}), do: {:halted, acc}
  defp emit_end({:suspend, acc}), do: {:suspended, acc, &emit_end/1}

  defp emit_result({:suspended, {_, acc}, continuation}),
    do: {:suspended, acc, fn {command, acc} -> emit_result(continuation.({command, {command, acc}})) end}

  defp emit_result({_reason, answer}), do: emit_end(answer)

  # With functions for start and end, elements are pulled one by one, so that the accumulator is known here
  # whatever goes wrong.
  defp full_transform(enum, start_fun, reducer, last_fun, after_fun, command, fun) do
    transform_loop(puller(enum), start_fun.(), {reducer, last_fun, after_fun, fun}, command)
  end

  defp transform_loop(pull, user, {_, _, after_fun, _}, {:halt, acc}) do
    pull.({:halt, []})
    after_fun.(user)
    {:halted, acc}
  end

  defp transform_loop(pull, user, funs, {:suspend, acc}), do: {:suspended, acc, &transform_loop(pull, user, funs, &1)}

  defp transform_loop(pull, user, {reducer, last_fun, after_fun, _} = funs, {:cont, acc}) do
    case protected(fn -> pulled(pull.({:cont, []})) end, user, after_fun) do
      {:suspended, [x], pull} -> transform_step(reducer, [x, user], pull, user, funs, acc)
      {_reason, [x]} -> transform_step(reducer, [x, user], :ended, user, funs, acc)
      {_reason, []} when last_fun == nil -> transform_end(user, after_fun, acc)
      {_reason, []} -> transform_step(last_fun, [user], :last, user, funs, acc)
    end
  end

  # `pull` is the function that gets the next element, or :ended (no more elements) or :last (last_fun was called).
  defp transform_step(call, args, pull, user, {_, _, after_fun, fun} = funs, acc) do
    case protected(fn -> checked_step(apply(call, args)) end, user, &give_up(pull, &1, after_fun)) do
      {:halt, user} when pull in [:last, :ended] ->
        transform_end(user, after_fun, acc)

      {:halt, user} ->
        transform_loop(pull, user, funs, {:halt, acc})

      {items, user} ->
        protected(fn -> emit(items, {:cont, acc}, fun) end, user, &give_up(pull, &1, after_fun))
        |> transform_emitted(pull, user, funs)
    end
  end

  defp checked_step({_, _} = answer), do: answer
  defp checked_step(other), do: :erlang.error({:case_clause, other})

  defp transform_emitted({:done, acc}, :last, user, {_, _, after_fun, _}), do: transform_end(user, after_fun, acc)
  defp transform_emitted({:done, acc}, pull, user, funs), do: transform_loop(pulls(pull), user, funs, {:cont, acc})
  defp transform_emitted({:halted, acc}, pull, user, funs), do: transform_loop(pulls(pull), user, funs, {:halt, acc})

  defp transform_emitted({:suspended, acc, rest}, pull, user, {_, _, after_fun, _} = funs) do
    resume = fn command ->
      protected(fn -> rest.(command) end, user, &give_up(pull, &1, after_fun)) |> transform_emitted(pull, user, funs)
    end

    {:suspended, acc, resume}
  end

  defp give_up(pull, user, after_fun) do
    pulls(pull).({:halt, []})
    after_fun.(user)
  end

  defp pulls(pull) when is_function(pull), do: pull
  defp pulls(_ended), do: fn _command -> {:done, []} end

  defp transform_end(user, after_fun, acc) do
    after_fun.(user)
    {:halted, acc}
  end

  # Calls `fun`; if that fails, `after_fun` is called before the failure goes on.
  defp protected(fun, user, after_fun) do
    try do
      fun.()
    catch
      kind, reason ->
        after_fun.(user)
        :erlang.raise(kind, reason, __STACKTRACE__)
    end
  end

  @doc """
  Puts the elements that pass into a collectable, as a side effect.

      iex> Stream.into([1, 2], []) |> Enum.to_list()
      [1, 2]
  """
  @spec into(Enumerable.t(), Collectable.t(), (term -> term)) :: Enumerable.t()
  def into(enum, collectable, transform \\ fn x -> x end) when is_function(transform, 1),
    do: &collecting(enum, collectable, transform, &1, &2)

  defp collecting(enum, collectable, transform, command, fun) do
    {initial, collect} = Collectable.into(collectable)

    step = fn x, {collected, acc} ->
      collected = collect.(collected, {:cont, transform.(x)})
      {command, acc} = fun.(x, acc)
      {command, {collected, acc}}
    end

    collecting_loop(&Enumerable.reduce(enum, &1, step), initial, collect, command)
  end

  defp collecting_loop(reduce, collected, collect, {command, acc}) do
    try do
      reduce.({command, {collected, acc}})
    catch
      kind, reason ->
        collect.(collected, :halt)
        :erlang.raise(kind, reason, __STACKTRACE__)
    else
      {:suspended, {collected, acc}, continuation} ->
        {:suspended, acc, &collecting_loop(continuation, collected, collect, &1)}

      {reason, {collected, acc}} ->
        collect.(collected, :done)
        {reason, acc}
    end
  end

  # Sources

  @doc false
  # A function that answers a command as Enumerable.reduce/3 does and suspends at each element.
  def puller(enumerable), do: &Enumerable.reduce(enumerable, &1, fn x, acc -> {:suspend, [x | acc]} end)

  @doc false
  # What a puller answered, with one element: a stage that halts passes over that its consumer has suspended, and one that
  # emits at the end then emits a second element, which is for the next pull.
  def pulled({:suspended, [_ | [_ | _]] = elements, next}), do: first_pulled(:lists.reverse(elements), next)
  def pulled({reason, [_ | [_ | _]] = elements}), do: first_pulled(:lists.reverse(elements), fn {_command, acc} -> {reason, acc} end)
  def pulled(answer), do: answer

  defp first_pulled([x], next), do: {:suspended, [x], next}

  defp first_pulled([x | rest], next) do
    later = fn
      {:cont, _} -> first_pulled(rest, next)
      command -> next.(command)
    end

    {:suspended, [x], later}
  end

  @doc """
  Repeats an enumerable for ever.

      iex> Stream.cycle([1, 2]) |> Enum.take(3)
      [1, 2, 1]
  """
  @spec cycle(Enumerable.t()) :: Enumerable.t()
  def cycle(enumerable)
  def cycle([]), do: cannot_cycle()
  def cycle(enumerable), do: &cycle_loop(enumerable, &1, &2)

  defp cannot_cycle, do: raise(ArgumentError, "cannot cycle over an empty enumerable")

  # Each round starts :idle; if it ends so, there is nothing to repeat.
  defp cycle_loop(enumerable, {:cont, acc}, fun) do
    counted = fn x, {_, acc} ->
      {command, acc} = fun.(x, acc)
      {command, {:busy, acc}}
    end

    cycle_round(enumerable, fun, emit(enumerable, {:cont, {:idle, acc}}, counted))
  end

  defp cycle_loop(enumerable, {:suspend, acc}, fun), do: {:suspended, acc, &cycle_loop(enumerable, &1, fun)}
  defp cycle_loop(_enumerable, {:halt, acc}, _fun), do: {:halted, acc}

  defp cycle_round(_enumerable, _fun, {:done, {:idle, _acc}}), do: cannot_cycle()
  defp cycle_round(enumerable, fun, {:done, {:busy, acc}}), do: cycle_loop(enumerable, {:cont, acc}, fun)
  defp cycle_round(_enumerable, _fun, {:halted, {_, acc}}), do: {:halted, acc}

  defp cycle_round(enumerable, fun, {:suspended, {flag, acc}, rest}),
    do: {:suspended, acc, fn {command, acc} -> cycle_round(enumerable, fun, rest.({command, {flag, acc}})) end}

  @doc """
  Emits `start_value`, then what `next_fun` makes of the last value, for ever.

      iex> Stream.iterate(1, &(&1 * 2)) |> Enum.take(4)
      [1, 2, 4, 8]
  """
  @spec iterate(element, (element -> element)) :: Enumerable.t()
  def iterate(start_value, next_fun) when is_function(next_fun, 1) do
    &iterate_first(start_value, next_fun, &1, &2)
  end

  defp iterate_first(value, next_fun, {:cont, acc}, fun), do: iterate_loop(value, next_fun, fun.(value, acc), fun)
  defp iterate_first(value, next_fun, {:suspend, acc}, fun), do: {:suspended, acc, &iterate_first(value, next_fun, &1, fun)}
  defp iterate_first(_value, _next_fun, {:halt, acc}, _fun), do: {:halted, acc}

  defp iterate_loop(last, next_fun, {:cont, acc}, fun) do
    value = next_fun.(last)
    iterate_loop(value, next_fun, fun.(value, acc), fun)
  end

  defp iterate_loop(last, next_fun, {:suspend, acc}, fun), do: {:suspended, acc, &iterate_loop(last, next_fun, &1, fun)}
  defp iterate_loop(_last, _next_fun, {:halt, acc}, _fun), do: {:halted, acc}

  @doc """
  Emits what `generator_fun` answers, for ever.

      iex> Stream.repeatedly(fn -> 1 end) |> Enum.take(2)
      [1, 1]
  """
  @spec repeatedly((() -> element)) :: Enumerable.t()
  def repeatedly(generator_fun) when is_function(generator_fun, 0), do: &repeat_loop(generator_fun, &1, &2)

  defp repeat_loop(generator, {:cont, acc}, fun), do: repeat_loop(generator, fun.(generator.(), acc), fun)
  defp repeat_loop(generator, {:suspend, acc}, fun), do: {:suspended, acc, &repeat_loop(generator, &1, fun)}
  defp repeat_loop(_generator, {:halt, acc}, _fun), do: {:halted, acc}

  @doc """
  Emits `value` `n` times.

      iex> Stream.duplicate("hi", 2) |> Enum.to_list()
      ["hi", "hi"]
  """
  @spec duplicate(any, non_neg_integer) :: Enumerable.t()
  def duplicate(value, n) when is_integer(n) and n >= 0 do
    unfold(n, fn
      0 -> nil
      left -> {value, left - 1}
    end)
  end

  @doc """
  Emits a count from 0, one each `n` milliseconds.

      iex> Stream.interval(1) |> Enum.take(2)
      [0, 1]
  """
  @spec interval(timer) :: Enumerable.t()
  def interval(n) when (is_integer(n) and n >= 0) or n == :infinity do
    unfold(0, fn count ->
      Process.sleep(n)
      {count, count + 1}
    end)
  end

  @doc """
  Emits 0 after `n` milliseconds.

      iex> Stream.timer(1) |> Enum.to_list()
      [0]
  """
  @spec timer(timer) :: Enumerable.t()
  def timer(n) when (is_integer(n) and n >= 0) or n == :infinity, do: take(interval(n), 1)

  @doc """
  Emits values while `next_fun` answers `{value, next_acc}`; `nil` is the end.

      iex> Stream.unfold(3, fn 0 -> nil; n -> {n, n - 1} end) |> Enum.to_list()
      [3, 2, 1]
  """
  @spec unfold(acc, (acc -> {element, acc} | nil)) :: Enumerable.t()
  def unfold(next_acc, next_fun) when is_function(next_fun, 1), do: &unfold_loop(next_acc, next_fun, &1, &2)

  defp unfold_loop(next_acc, next_fun, {:cont, acc}, fun) do
    case next_fun.(next_acc) do
      nil -> {:done, acc}
      {value, next_acc} -> unfold_loop(next_acc, next_fun, fun.(value, acc), fun)
    end
  end

  defp unfold_loop(next_acc, next_fun, {:suspend, acc}, fun), do: {:suspended, acc, &unfold_loop(next_acc, next_fun, &1, fun)}
  defp unfold_loop(_next_acc, _next_fun, {:halt, acc}, _fun), do: {:halted, acc}

  @doc """
  Emits what `next_fun` answers from a resource that is opened at the start and closed at the end.

      iex> Stream.resource(fn -> 0 end, fn 2 -> {:halt, 2}; n -> {[n], n + 1} end, fn _ -> :ok end) |> Enum.to_list()
      [0, 1]
  """
  @spec resource((() -> acc), (acc -> {[element], acc} | {:halt, acc}), (acc -> term)) :: Enumerable.t()
  def resource(start_fun, next_fun, after_fun)
      when is_function(start_fun, 0) and is_function(next_fun, 1) and is_function(after_fun, 1) do
    &resource_loop(start_fun.(), next_fun, after_fun, &1, &2)
  end

  defp resource_loop(next_acc, next_fun, after_fun, {:cont, acc}, fun) do
    try do
      checked_next(next_fun.(next_acc))
    catch
      kind, reason ->
        after_fun.(next_acc)
        :erlang.raise(kind, reason, __STACKTRACE__)
    else
      {:halt, next_acc} ->
        after_fun.(next_acc)
        {:halted, acc}

      {items, next_acc} ->
        resource_emit(items, next_acc, next_fun, after_fun, acc, fun)
    end
  end

  defp resource_loop(next_acc, next_fun, after_fun, {:suspend, acc}, fun),
    do: {:suspended, acc, &resource_loop(next_acc, next_fun, after_fun, &1, fun)}

  defp resource_loop(next_acc, _next_fun, after_fun, {:halt, acc}, _fun) do
    after_fun.(next_acc)
    {:halted, acc}
  end

  defp resource_emit(items, next_acc, next_fun, after_fun, acc, fun) do
    try do
      emit(items, {:cont, acc}, fun)
    catch
      kind, reason ->
        after_fun.(next_acc)
        :erlang.raise(kind, reason, __STACKTRACE__)
    else
      answer -> resource_emitted(answer, next_acc, next_fun, after_fun, fun)
    end
  end

  defp checked_next({_, _} = answer), do: answer
  defp checked_next(other), do: :erlang.error({:try_clause, other})

  defp resource_emitted({:done, acc}, next_acc, next_fun, after_fun, fun),
    do: resource_loop(next_acc, next_fun, after_fun, {:cont, acc}, fun)

  defp resource_emitted({:halted, acc}, next_acc, next_fun, after_fun, fun),
    do: resource_loop(next_acc, next_fun, after_fun, {:halt, acc}, fun)

  defp resource_emitted({:suspended, acc, rest}, next_acc, next_fun, after_fun, fun) do
    {:suspended, acc,
     fn command ->
       protected(fn -> rest.(command) end, next_acc, after_fun) |> resource_emitted(next_acc, next_fun, after_fun, fun)
     end}
  end

  @doc """
  Runs the stream for its effects.

      iex> Stream.run(Stream.map([1], & &1))
      :ok
  """
  @spec run(Enumerable.t()) :: :ok
  def run(stream) do
    Enumerable.reduce(stream, {:cont, nil}, fn _, _ -> {:cont, nil} end)
    :ok
  end

  # Zipping

  @doc """
  Zips two enumerables.

      iex> Stream.zip(1..3, ["a", "b"]) |> Enum.to_list()
      [{1, "a"}, {2, "b"}]
  """
  @spec zip(Enumerable.t(), Enumerable.t()) :: Enumerable.t()
  def zip(enumerable1, enumerable2), do: zip_with([enumerable1, enumerable2], &:erlang.list_to_tuple/1)

  @doc """
  Zips any number of enumerables.

      iex> Stream.zip([1..2, [:a, :b]]) |> Enum.to_list()
      [{1, :a}, {2, :b}]
  """
  @spec zip(Enumerable.t()) :: Enumerable.t()
  def zip(enumerables), do: zip_with(enumerables, &:erlang.list_to_tuple/1)

  @doc """
  Zips two enumerables with a function.

      iex> Stream.zip_with([1, 2], [3, 4], &(&1 + &2)) |> Enum.to_list()
      [4, 6]
  """
  @spec zip_with(Enumerable.t(), Enumerable.t(), (term, term -> term)) :: Enumerable.t()
  def zip_with(enumerable1, enumerable2, zip_fun) when is_function(zip_fun, 2),
    do: zip_with([enumerable1, enumerable2], fn [x, y] -> zip_fun.(x, y) end)

  @doc """
  Zips any number of enumerables with a function of a list.

      iex> Stream.zip_with([[1, 2], [3, 4]], &Enum.sum/1) |> Enum.to_list()
      [4, 6]
  """
  @spec zip_with(Enumerable.t(), ([term] -> term)) :: Enumerable.t()
  def zip_with(enumerables, zip_fun) when is_function(zip_fun, 1) do
    if is_list(enumerables) and :lists.all(&is_list/1, enumerables),
      do: &zip_lists(enumerables, &1, &2, zip_fun),
      else: &zip_sources(Enum.map(enumerables, fn e -> puller(e) end), &1, &2, zip_fun)
  end

  defp zip_lists(lists, {:suspend, acc}, fun, zip_fun), do: {:suspended, acc, &zip_lists(lists, &1, fun, zip_fun)}
  defp zip_lists(_lists, {:halt, acc}, _fun, _zip_fun), do: {:halted, acc}
  defp zip_lists([[x | xs], [y | ys]], {:cont, acc}, fun, zip_fun), do: zip_lists([xs, ys], fun.(zip_fun.([x, y]), acc), fun, zip_fun)
  defp zip_lists([], {:cont, acc}, _fun, _zip_fun), do: {:done, acc}

  defp zip_lists(lists, {:cont, acc}, fun, zip_fun) do
    case heads_and_tails(lists, [], []) do
      :ended -> {:done, acc}
      {heads, tails} -> zip_lists(tails, fun.(zip_fun.(heads), acc), fun, zip_fun)
    end
  end

  defp heads_and_tails([[h | t] | lists], heads, tails), do: heads_and_tails(lists, [h | heads], [t | tails])
  defp heads_and_tails([[] | _], _heads, _tails), do: :ended
  defp heads_and_tails([], heads, tails), do: {:lists.reverse(heads), :lists.reverse(tails)}

  defp zip_sources(sources, {:suspend, acc}, fun, zip_fun), do: {:suspended, acc, &zip_sources(sources, &1, fun, zip_fun)}

  defp zip_sources(sources, {:halt, acc}, _fun, _zip_fun) do
    halt_sources(sources)
    {:halted, acc}
  end

  defp zip_sources([], {:cont, acc}, _fun, _zip_fun), do: {:done, acc}

  # After an error each source is halted where it was when the round began.
  defp zip_sources(sources, {:cont, acc}, fun, zip_fun) do
    try do
      case zip_pull(sources, [], []) do
        :ended -> :ended
        {values, sources} -> {fun.(zip_fun.(values), acc), sources}
      end
    catch
      kind, reason ->
        halt_after_error(sources)
        :erlang.raise(kind, reason, __STACKTRACE__)
    else
      :ended -> {:done, acc}
      {command, sources} -> zip_sources(sources, command, fun, zip_fun)
    end
  end

  # One value of each source and the sources after it; if one has ended, the others are halted.
  defp zip_pull([source | rest], values, pulled) do
    case pulled(source.({:cont, []})) do
      {:suspended, [value], source} ->
        zip_pull(rest, [value | values], [source | pulled])

      {_reason, [value]} ->
        zip_pull(rest, [value | values], [fn {_command, acc} -> {:done, acc} end | pulled])

      {_reason, []} ->
        halt_sources(:lists.reverse(pulled, rest))
        :ended
    end
  end

  defp zip_pull([], values, pulled), do: {:lists.reverse(values), :lists.reverse(pulled)}

  defp halt_sources(sources), do: :lists.foreach(fn source -> source.({:halt, []}) end, sources)

  # The first error wins: what cannot be halted is left alone.
  defp halt_after_error([source | rest]) do
    try do
      source.({:halt, []})
    catch
      _kind, _reason -> :ok
    end

    halt_after_error(rest)
  end

  defp halt_after_error([]), do: :ok
end

defimpl Enumerable, for: Stream do
  def count(_lazy), do: {:error, __MODULE__}
  def member?(_lazy, _value), do: {:error, __MODULE__}
  def slice(_lazy), do: {:error, __MODULE__}

  # Stages without state pass the accumulator on as it is.
  def reduce(%{enum: enum, funs: funs, accs: [], done: nil}, command, fun),
    do: Enumerable.reduce(enum, command, :lists.foldl(fn stage, next -> stage.(next) end, fun, funs))

  def reduce(%{enum: enum, funs: funs, accs: accs, done: done}, command, fun) do
    composed = compose(funs, length(accs) + 1, consumer(accs, fun))
    run(&Enumerable.reduce(enum, &1, composed), done && {done, fun}, :lists.reverse(accs), command)
  end

  defp consumer([_], fun) do
    fn x, [acc | state] ->
      {command, acc} = fun.(x, acc)
      {command, [acc | state]}
    end
  end

  defp consumer(_accs, fun) do
    fn x, acc ->
      {command, user} = fun.(x, :erlang.element(1, acc))
      {command, :erlang.setelement(1, acc, user)}
    end
  end

  # `at`: where the state of the next stage that has one lies, counted from 1, the last stage coming first.
  defp compose([stage | funs], at, next) when is_function(stage, 2), do: compose(funs, at - 1, stage.(next, at))
  defp compose([stage | funs], at, next), do: compose(funs, at, stage.(next))
  defp compose([], 1, next), do: next

  # What is halted from outside ends as at its end; whoever halts it does not want what it emits.
  defp run(reduce, done, states, {:halt, acc}) do
    _ = reduce.({:halt, pack(acc, states)})
    if done, do: finish(done, :lists.last(states), :halted, acc)
    {:halted, acc}
  end

  defp run(reduce, done, states, {command, acc}) do
    {reason, answer} =
      case reduce.({command, pack(acc, states)}) do
        {:suspended, acc, continuation} -> {continuation, acc}
        other -> other
      end

    {acc, states} = unpack(answer)

    cond do
      is_function(reason) -> {:suspended, acc, &run(reason, done, if(done, do: released(states), else: states), &1)}
      done == nil -> {reason, acc}
      true -> ended(:lists.last(states), done, reason, acc)
    end
  end

  # The mark of a consumer that has suspended is taken off when it goes on.
  defp released([{:held, state}]), do: [state]
  defp released([state]), do: [state]
  defp released([state | states]), do: [state | released(states)]

  defp ended({:held, state}, done, reason, acc), do: {:suspended, acc, &finish_later(&1, done, state, reason)}
  defp ended(state, done, reason, acc), do: finish(done, state, reason, acc)

  defp finish_later({:cont, acc}, done, state, reason), do: finish(done, state, reason, acc)
  defp finish_later({:suspend, acc}, done, state, reason), do: {:suspended, acc, &finish_later(&1, done, state, reason)}

  defp finish_later({:halt, acc}, done, state, _reason) do
    finish(done, state, :halted, acc)
    {:halted, acc}
  end

  defp pack(acc, [state]), do: [acc | state]
  defp pack(acc, states), do: :erlang.list_to_tuple([acc | states])

  defp unpack([acc | state]), do: {acc, [state]}

  defp unpack(answer) do
    [acc | states] = :erlang.tuple_to_list(answer)
    {acc, states}
  end

  # The last stage of a stream with `done` may emit once more at the end.
  defp finish({done, fun}, state, reason, acc) do
    case done.(state, acc, fun) do
      :nothing -> {reason, acc}
      {:cont, acc} -> {reason, acc}
      {:halt, acc} -> {:halted, acc}
      {:suspend, acc} -> {:suspended, acc, &{:done, elem(&1, 1)}}
    end
  end
end

defimpl Inspect, for: Stream do
  import Inspect.Algebra

  def inspect(%{enum: enum, funs: funs}, opts),
    do: concat(["#Stream<", to_doc([enum: enum, funs: :lists.reverse(funs)], opts), ">"])
end
