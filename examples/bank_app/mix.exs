defmodule Bank.MixProject do
  use Mix.Project

  def project, do: [app: :bank, version: "0.1.0", elixir: "~> 1.14"]

  # `mod` is started with the application, `env` is what the configuration may overrule.
  def application do
    [
      mod: {Bank.Application, []},
      extra_applications: [:logger],
      env: [currency: "EUR", overdraft: 0, accounts: []]
    ]
  end
end
