import Config

# What holds everywhere; the file of the environment comes after it and wins.
config :bank, currency: "CHF"
config :bank, Bank.Auditor, interval: 60_000, limit: 10_000
config :logger, level: :warning

import_config "#{config_env()}.exs"
