# The application with configuration among the examples says the same under `phial run` and `mix run`, and passes its tests.
# cmd: [ "$PHIAL" = elixir ] && M=mix || M=$(realpath "$PHIAL")
# cmd: cp -r examples/bank_app $TMP; cd $TMP/bank_app; export MIX_HOME=$TMP/mix
# cmd: $M run demo.exs | grep -v -e ^Compiling -e ^Generated
# cmd: BANK_OVERDRAFT=0 $M run demo.exs | sed -n 2p
# cmd: $M test | grep failures
# => opened by the configuration: {"100 CHF", "50 CHF"}
# => ann gives 115: :ok
# => and 10 more: {:error, :insufficient_funds}
# => to nobody: {:error, :no_account}
# => with more credit: :ok
# => {"-25 CHF", "175 CHF"}
# => audit: {125, true, 60000}
# => bob closes: {:ok, 175}
# => version: '0.1.0'
# => started: true
# => the bank closes with 1 accounts
# => the bank is closed
# => after the stop: nil
# => started again: {[:bank], "100 CHF"}
# => ann gives 115: {:error, :insufficient_funds}
# => 4 tests, 0 failures
