# A test file that does not compile is told of on standard output, as a file of the project is; the status is 1.
# differs: the command is Phial's
# cmd: PHIAL=$(realpath "$PHIAL")
# cmd: mkdir -p $TMP/p/test && cd $TMP/p
# cmd: echo 'defmodule P.MixProject do use Mix.Project; def project, do: [app: :p, version: "0.1.0"] end' > mix.exs
# cmd: echo 'ExUnit.start(exclude: [:slow])' > test/test_helper.exs
# cmd: echo 'defmodule PTest do use ExUnit.Case; test "t", do: nowhere() end' > test/p_test.exs
# cmd: $PHIAL test | head -6; $PHIAL test > $TMP/out 2> $TMP/err; echo $?; wc -c < $TMP/err
# => Excluding tags: [:slow]
# =>
# =>
# => == Compilation error in file test/p_test.exs ==
# => ** (CompileError) test/p_test.exs:1: undefined function nowhere/0 (expected PTest to define such a function or for it to be imported, but none are available)
# =>
# => 1
# => 0
