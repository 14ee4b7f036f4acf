import Config

# Read when the program starts, not when it is compiled: the place for what the machine decides.
if overdraft = System.get_env("BANK_OVERDRAFT") do
  config :bank, overdraft: String.to_integer(overdraft)
end
