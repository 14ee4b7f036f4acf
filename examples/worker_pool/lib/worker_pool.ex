defmodule WorkerPool do
  @moduledoc "What callers use: they never see a worker."

  alias WorkerPool.Hasher

  @doc "The hash of a text, made by whichever worker is free."
  def hash(text), do: :poolboy.transaction(:hashers, &Hasher.hash(&1, text))

  @doc "Many texts at once; the pool bounds how many are worked on."
  def hash_all(texts) do
    texts
    |> Enum.map(&Task.async(fn -> {&1, hash(&1)} end))
    |> Task.await_many()
    |> Map.new()
  end

  @doc "What the pool says of itself: state, free workers, extra ones, lent ones."
  def status, do: :poolboy.status(:hashers)
end
