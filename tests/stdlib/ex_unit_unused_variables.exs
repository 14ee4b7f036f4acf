# Which variables of an assertion are said to be unused: not those that its own guard uses.
ExUnit.start(autorun: false)
import ExUnit.CaptureIO

warnings =
  capture_io(:stderr, fn ->
    Code.eval_string("""
    defmodule UnusedTest do
      use ExUnit.Case
      test "all" do
        assert_receive {:a, free}
        assert_receive {:b, guarded} when guarded > 3
        assert {:c, matched} = {:c, 1}
        assert {twice, twice} = {1, 1}
        assert match?({:d, asked}, {:d, 1})
        assert match?({:e, limited} when limited > 0, {:e, 1})
        refute_receive {:f, refused}
      end
    end
    """)
  end)

IO.inspect(Enum.sort(Regex.scan(~r/variable "(\w+)"/, warnings, capture: :all_but_first)))
# => [["asked"], ["free"], ["matched"], ["refused"]]
IO.puts(warnings =~ ~s(UnusedTest."test all"/1))
# => true
