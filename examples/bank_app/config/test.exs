import Config

config :bank, overdraft: 5
