defmodule WorkerPool.MixProject do
  use Mix.Project

  def project, do: [app: :worker_pool, version: "0.1.0", elixir: "~> 1.14", deps: [{:poolboy, "~> 1.5"}]]
  def application, do: [mod: {WorkerPool.Application, []}, extra_applications: [:logger]]
end
