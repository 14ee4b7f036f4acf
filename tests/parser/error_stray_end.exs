# stderr: SyntaxError
# stderr: parser/error_stray_end.exs
# exit: 1
x = 1
end
