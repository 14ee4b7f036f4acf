# stderr: ** (CompileError) tests/errors/compile_error_bad_guard.exs:3: cannot invoke remote function String.length/1 inside guards
# exit: 1
case 1 do x when String.length(x) > 1 -> 1; _ -> 2 end
