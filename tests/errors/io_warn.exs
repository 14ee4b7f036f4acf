# stderr: warning: careful
IO.warn("careful", [])
