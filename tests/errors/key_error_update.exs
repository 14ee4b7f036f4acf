m = Process.get(:m, %{a: 1})
%{m | b: 2} # stderr: ** (KeyError) key :b not found
# exit: 1
