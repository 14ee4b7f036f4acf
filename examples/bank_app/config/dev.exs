import Config

config :bank, accounts: [{"ann", 100}, {"bob", 50}], overdraft: 20
config :bank, Bank.Auditor, limit: 120
