# Code that is evaluated names the operands of an operation that failed, as the evaluator of OTP calls functions for them.
why = fn code ->
  try do
    Code.eval_string(code)
  rescue
    error -> IO.puts(Exception.message(elem(Exception.blame(:error, error, __STACKTRACE__), 0)))
  end
end

why.("1 + nil") # => bad argument in arithmetic expression: 1 + nil
why.("x = :a; x - 1") # => bad argument in arithmetic expression: :a - 1
why.("m = %{a: 1}; %{m | b: 2}") # => key :b not found in: %{a: 1}
IO.inspect(elem(Code.eval_string("fn a, b -> a + b end"), 0)) # => #Function<41.3316493/2 in :erl_eval.expr/6>
IO.inspect(&(&1 + &2)) # => &:erlang.+/2
IO.inspect(&elem(&1, &2)) # => &Kernel.elem/2
why.("x = 1; \"a\" <> x") # => errors were found at the given arguments:
# =>
# =>   * 1st argument: not a bitstring
# =>
