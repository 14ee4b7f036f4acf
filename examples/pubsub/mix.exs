defmodule PubSub.MixProject do
  use Mix.Project

  def project, do: [app: :pubsub, version: "0.1.0", elixir: "~> 1.14"]
  def application, do: [mod: {PubSub.Application, []}]
end
