# A seed that the test helper sets is the seed of the run; one on the command line comes first.
# differs: the command is Phial's
# cmd: PHIAL=$(realpath "$PHIAL")
# cmd: mkdir -p $TMP/p/test && cd $TMP/p
# cmd: echo 'defmodule P.MixProject do use Mix.Project; def project, do: [app: :p, version: "0.1.0"] end' > mix.exs
# cmd: echo 'ExUnit.start(seed: 0)' > test/test_helper.exs
# cmd: echo 'defmodule PTest do use ExUnit.Case; for i <- 1..6 do test("t#{i}", do: IO.write(unquote(i))) end end' > test/p_test.exs
# cmd: $PHIAL test | sed -n 's/[.]//g;/^123456\|^Randomized/p'
# => 123456
# => Randomized with seed 0
# cmd: $PHIAL test --seed 7 | grep Randomized
# => Randomized with seed 7
