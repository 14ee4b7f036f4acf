defmodule WorkerPool.Application do
  @moduledoc "Starts the pool: two workers, and up to one more when all are busy."
  use Application

  @impl true
  def start(_type, _args) do
    pool = [name: {:local, :hashers}, worker_module: WorkerPool.Hasher, size: 2, max_overflow: 1]
    Supervisor.start_link([:poolboy.child_spec(:hashers, pool, rounds: 1000)], strategy: :one_for_one, name: WorkerPool.Supervisor)
  end
end
