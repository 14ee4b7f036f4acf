# What `phial test` takes of `mix test`: partitions, a helper that is missing, misnamed files, `--raise`, the clauses of a module built just now.
# differs: the command is Phial's
# cmd: PHIAL=$(realpath "$PHIAL")
# cmd: mkdir -p $TMP/p/test $TMP/p/lib && cd $TMP/p
# cmd: echo 'defmodule P.MixProject do use Mix.Project; def project, do: [app: :p, version: "0.1.0"] end' > mix.exs
# cmd: echo 'defmodule P do def one(1), do: 1 end' > lib/p.ex
# cmd: for i in 1 2 3; do echo "defmodule P${i}Test do use ExUnit.Case; test(\"t\", do: IO.puts(P.one($i))) end" > test/p${i}_test.exs; done
# cmd: $PHIAL test 2>&1; echo $?
# => ** (Mix) Cannot run tests because test helper file "test/test_helper.exs" does not exist
# => 1
# cmd: echo 'ExUnit.start(seed: 0)' > test/test_helper.exs; touch test/q_test.ex
# cmd: $PHIAL test --partitions 2 2>&1
# => ** (Mix) The MIX_TEST_PARTITION environment variable must be set to an integer between 1..2 when the --partitions option is set, got: nil
# cmd: MIX_TEST_PARTITION=2 $PHIAL test --partitions 2 --no-deps-check | sed 's/ *$//' | grep -A4 'no function clause\|tests\?,\|clauses\|warning'
# => warning: test/q_test.ex does not match "*_test.exs" and won't be loaded
# =>
# =>
# =>   1) test t (P2Test)
# =>      test/p2_test.exs:1
# =>      ** (FunctionClauseError) no function clause matching in P.one/1
# =>
# =>      The following arguments were given to P.one/1:
# =>
# =>          # 1
# => --
# =>      Attempted function clauses (showing 1 out of 1):
# =>
# =>          def one(-1-)
# =>
# =>      code: defmodule P2Test do use ExUnit.Case; test("t", do: IO.puts(P.one(2))) end
# => --
# => 1 test, 1 failure
# =>
# => Randomized with seed 0
# cmd: $PHIAL test --raise test/p3_test.exs 2>&1 > $TMP/out; echo $?
# => ** (Mix) "mix test" failed
# => 1
# cmd: $PHIAL test --only module:P1Test | grep tests
# => 3 tests, 0 failures, 2 excluded
