# SPDX-License-Identifier: Apache-2.0
# `:queue`: a queue is {rear, front}, two lists; the rear is reversed. Invariant, as Erlang's: neither list is
# empty while the other has two elements or more, so that both ends are reached in O(1).
defmodule :queue do
  @moduledoc "Erlang's double-ended queues."

  import Kernel, except: [in: 2]

  def new, do: {[], []}

  def is_queue({rear, front}) when is_list(rear) and is_list(front), do: true
  def is_queue(_), do: false

  def is_empty({[], []}), do: true
  def is_empty({rear, front}) when is_list(rear) and is_list(front), do: false
  def is_empty(queue), do: bad(queue)

  defp bad(_), do: :erlang.error(:badarg)

  def len({rear, front}) when is_list(rear) and is_list(front), do: length(rear) + length(front)
  def len(queue), do: bad(queue)

  def to_list({rear, front}) when is_list(rear) and is_list(front), do: front ++ :lists.reverse(rear)
  def to_list(queue), do: bad(queue)

  def from_list([]), do: {[], []}
  def from_list([_] = one), do: {one, []}

  def from_list(list) when is_list(list) do
    {front, rear} = :lists.split(div(length(list), 2), list)
    {:lists.reverse(rear), front}
  end

  def from_list(other), do: bad(other)

  # A queue whose elements are all in front, or all in the rear (reversed).
  defp from_front([]), do: {[], []}
  defp from_front([_] = one), do: {one, []}
  defp from_front([x, y]), do: {[y], [x]}

  defp from_front(list) do
    {front, rear} = :lists.split(div(length(list), 2), list)
    {:lists.reverse(rear), front}
  end

  defp from_rear([]), do: {[], []}
  defp from_rear([_] = one), do: {[], one}
  defp from_rear([y, x]), do: {[y], [x]}

  defp from_rear(list) do
    {rear, front} = :lists.split(div(length(list), 2), list)
    {rear, :lists.reverse(front)}
  end

  def member(x, {rear, front}) when is_list(rear) and is_list(front), do: :lists.member(x, rear) or :lists.member(x, front)
  def member(_x, queue), do: bad(queue)

  # In and out

  def unquote(:in)(x, {[_] = rear, []}), do: {[x], rear}
  def unquote(:in)(x, {rear, front}) when is_list(rear) and is_list(front), do: {[x | rear], front}
  def unquote(:in)(_x, queue), do: bad(queue)

  def in_r(x, {[], [_] = front}), do: {front, [x]}
  def in_r(x, {rear, front}) when is_list(rear) and is_list(front), do: {rear, [x | front]}
  def in_r(_x, queue), do: bad(queue)

  def out({[], []} = queue), do: {:empty, queue}
  def out({[x], []}), do: {{:value, x}, {[], []}}
  def out({[y | rear], []}) do
    [x | front] = :lists.reverse(rear, [])
    {{:value, x}, {[y], front}}
  end

  def out({rear, [x]}) when is_list(rear), do: {{:value, x}, from_rear(rear)}
  def out({rear, [x | front]}) when is_list(rear), do: {{:value, x}, {rear, front}}
  def out(queue), do: bad(queue)

  def out_r({[], []} = queue), do: {:empty, queue}
  def out_r({[], [x]}), do: {{:value, x}, {[], []}}
  def out_r({[], [y | front]}) do
    [x | rear] = :lists.reverse(front, [])
    {{:value, x}, {rear, [y]}}
  end

  def out_r({[x], front}) when is_list(front), do: {{:value, x}, from_front(front)}
  def out_r({[x | rear], front}) when is_list(front), do: {{:value, x}, {rear, front}}
  def out_r(queue), do: bad(queue)

  # Looking

  def get({[], []}), do: :erlang.error(:empty)
  def get({_, [x | _]}), do: x
  def get({[_ | _] = rear, []}), do: :lists.last(rear)
  def get(queue), do: bad(queue)

  def get_r({[], []}), do: :erlang.error(:empty)
  def get_r({[x | _], front}) when is_list(front), do: x
  def get_r({[], [_ | _] = front}), do: :lists.last(front)
  def get_r(queue), do: bad(queue)

  def peek({[], []}), do: :empty
  def peek(queue), do: {:value, get(queue)}

  def peek_r({[], []}), do: :empty
  def peek_r(queue), do: {:value, get_r(queue)}

  def drop({[], []}), do: :erlang.error(:empty)
  def drop(queue), do: elem(out(queue), 1)

  def drop_r({[], []}), do: :erlang.error(:empty)
  def drop_r(queue), do: elem(out_r(queue), 1)

  # Whole queues

  def reverse({rear, front}) when is_list(rear) and is_list(front), do: {front, rear}
  def reverse(queue), do: bad(queue)

  def join({r, f} = queue, {[], []}) when is_list(r) and is_list(f), do: queue
  def join({[], []}, {r, f} = queue) when is_list(r) and is_list(f), do: queue
  def join({r1, f1}, {r2, f2}) when is_list(r1) and is_list(f1) and is_list(r2) and is_list(f2), do: {r2, f1 ++ :lists.reverse(r1, f2)}
  def join(queue, _), do: bad(queue)

  def split(0, {rear, front} = queue) when is_list(rear) and is_list(front), do: {{[], []}, queue}

  def split(n, {rear, front} = queue) when is_integer(n) and n >= 1 and is_list(rear) and is_list(front) do
    case len(queue) do
      1 when n == 1 and front == [] -> {queue, {[], []}}
      size when n <= size -> split_lists(n, queue)
      _ -> bad(queue)
    end
  end

  def split(_n, queue), do: bad(queue)

  defp split_lists(n, {rear, front}) do
    case length(front) do
      size when n < size ->
        {left, right} = :lists.split(n, front)
        {one_in_front(left), tidy(rear, right)}

      size when n > size ->
        {right, left} = :lists.split(length(rear) - (n - size), rear)
        {tidy(left, front), one_in_rear(right)}

      _ ->
        {from_front(front), from_rear(rear)}
    end
  end

  defp one_in_front([x | rest]), do: {:lists.reverse(rest), [x]}

  defp one_in_rear([]), do: {[], []}
  defp one_in_rear([x | rest]), do: {[x], :lists.reverse(rest)}

  defp tidy([], front), do: from_front(front)
  defp tidy(rear, []), do: from_rear(rear)
  defp tidy(rear, front), do: {rear, front}

  # Functions

  def filter(fun, {rear, front}) when is_function(fun, 1) and is_list(rear) and is_list(front) do
    front = filter_front(fun, front)
    tidy(filter_rear(fun, rear), front)
  end

  def filter(_fun, queue), do: bad(queue)

  defp filter_front(fun, [x | rest]), do: kept(fun.(x), x) ++ filter_front(fun, rest)
  defp filter_front(_fun, []), do: []

  # Called from the queue's front to its end, that is from the end of the list.
  defp filter_rear(fun, [x | rest]) do
    rest = filter_rear(fun, rest)
    :lists.reverse(kept(fun.(x), x), rest)
  end

  defp filter_rear(_fun, []), do: []

  defp kept(true, x), do: [x]
  defp kept(false, _x), do: []
  defp kept(list, _x) when is_list(list), do: list

  def filtermap(fun, {rear, front}) when is_function(fun, 1) and is_list(rear) and is_list(front) do
    front = :lists.filtermap(fun, front)
    tidy(:lists.reverse(:lists.filtermap(fun, :lists.reverse(rear))), front)
  end

  def filtermap(_fun, queue), do: bad(queue)

  def fold(fun, acc, {rear, front}) when is_function(fun, 2) and is_list(rear) and is_list(front),
    do: :lists.foldr(fun, :lists.foldl(fun, acc, front), rear)

  def fold(_fun, _acc, queue), do: bad(queue)

  def any(fun, {rear, front}) when is_function(fun, 1) and is_list(rear) and is_list(front),
    do: :lists.any(fun, front) or :lists.any(fun, rear)

  def any(_fun, queue), do: bad(queue)

  def all(fun, {rear, front}) when is_function(fun, 1) and is_list(rear) and is_list(front),
    do: :lists.all(fun, front) and :lists.all(fun, rear)

  def all(_fun, queue), do: bad(queue)

  def delete(x, queue), do: delete_with(fn y -> y === x end, queue)
  def delete_r(x, queue), do: delete_with_r(fn y -> y === x end, queue)

  def delete_with(fun, {rear, front} = queue) when is_function(fun, 1) and is_list(rear) and is_list(front) do
    case without_first(fun, front) do
      :none ->
        case without_first(fun, :lists.reverse(rear)) do
          :none -> queue
          rear -> tidy(:lists.reverse(rear), front)
        end

      front ->
        tidy(rear, front)
    end
  end

  def delete_with(_fun, queue), do: bad(queue)

  def delete_with_r(fun, queue), do: reverse(delete_with(fun, reverse(queue)))

  defp without_first(fun, [x | rest]) do
    case fun.(x) do
      true ->
        rest

      false ->
        case without_first(fun, rest) do
          :none -> :none
          rest -> [x | rest]
        end
    end
  end

  defp without_first(_fun, []), do: :none

  # The names of Okasaki's interface

  def cons(x, queue), do: in_r(x, queue)
  def head(queue), do: get(queue)
  def tail(queue), do: drop(queue)
  def snoc(queue, x), do: unquote(:in)(x, queue)
  def daeh(queue), do: get_r(queue)
  def last(queue), do: get_r(queue)
  def liat(queue), do: drop_r(queue)
  def init(queue), do: drop_r(queue)
  def lait(queue), do: drop_r(queue)
end
