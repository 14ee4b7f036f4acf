# SPDX-License-Identifier: Apache-2.0
# A circuit breaker: after a few failures in a row it stops calling and answers at once, until it dares to try again.

defmodule CircuitBreaker do
  use GenServer

  defstruct [:threshold, :timeout, failures: 0, state: :closed, opened_at: nil]

  def start_link(opts), do: GenServer.start_link(__MODULE__, opts, name: __MODULE__)
  def call(fun), do: GenServer.call(__MODULE__, {:call, fun})
  def state, do: GenServer.call(__MODULE__, :state)

  @impl true
  def init(opts) do
    {:ok, struct!(__MODULE__, Keyword.merge([threshold: 5, timeout: 60_000], opts))}
  end

  @impl true
  def handle_call(:state, _from, breaker) do
    {:reply, {breaker.state, breaker.failures}, breaker}
  end

  def handle_call({:call, fun}, _from, %{state: :open} = breaker) do
    if now() - breaker.opened_at > breaker.timeout do
      attempt(fun, %{breaker | state: :half_open})
    else
      {:reply, {:error, :circuit_open}, breaker}
    end
  end

  def handle_call({:call, fun}, _from, breaker), do: attempt(fun, breaker)

  defp attempt(fun, breaker) do
    result = fun.()
    {:reply, {:ok, result}, %{breaker | failures: 0, state: :closed, opened_at: nil}}
  rescue
    error -> {:reply, {:error, Exception.message(error)}, failed(breaker)}
  catch
    kind, reason -> {:reply, {:error, {kind, reason}}, failed(breaker)}
  end

  defp failed(%{failures: n, threshold: threshold, state: state} = breaker)
       when state == :half_open or n + 1 >= threshold do
    %{breaker | failures: n + 1, state: :open, opened_at: now()}
  end

  defp failed(breaker), do: %{breaker | failures: breaker.failures + 1}

  defp now, do: System.monotonic_time(:millisecond)
end

{:ok, _} = CircuitBreaker.start_link(threshold: 3, timeout: 200)

try_it = fn label, fun ->
  result = CircuitBreaker.call(fun)
  IO.puts("#{label}: #{inspect(result)}, now #{inspect(CircuitBreaker.state())}")
end

try_it.("works", fn -> 6 * 7 end)
try_it.("raises", fn -> raise "no connection" end)
try_it.("recovers", fn -> :fine end)
try_it.("throws", fn -> throw(:ball) end)
try_it.("exits", fn -> exit(:gone) end)
try_it.("matches nothing", fn -> {:ok, _} = {:error, :enoent} end)
try_it.("is refused", fn -> :never_called end)

Process.sleep(300)
try_it.("half open, fails", fn -> Enum.fetch!([], 3) end)
try_it.("is refused", fn -> :never_called end)

Process.sleep(300)
try_it.("half open, works", fn -> :back end)
