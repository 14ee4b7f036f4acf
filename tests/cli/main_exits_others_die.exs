spawn(fn -> Process.sleep(300); IO.puts("never") end)
IO.puts("main done") # => main done
