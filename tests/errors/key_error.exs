m = Process.get(:m, %{a: 1})
m.b # stderr: ** (KeyError) key :b not found in: %{a: 1}
# exit: 1
