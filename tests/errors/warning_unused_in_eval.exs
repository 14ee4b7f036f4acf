# Variables of the outermost scope of evaluated code are not called unused; those of inner scopes are.
IO.inspect(Code.eval_string("shown = 1; shown = 2") |> elem(0)) # => 2
Code.eval_string("if true do\n inner = 1\n inner = 2\nend")
# stderr: variable "inner" is unused (if the variable is not meant to be used, prefix it with an underscore)
# stderr: nofile:2
