# SPDX-License-Identifier: Apache-2.0
# In a set, a hyphen after a class is a hyphen, and \R, \X and \B are letters.
IO.inspect(Regex.run(~r/[\w-.]+/, "me@a-b.c, d", capture: :first)) # => ["me"]
IO.inspect(Regex.run(~r/^[\w-.]+@[\w-.]+$/, "a.b-c@d-e.f")) # => ["a.b-c@d-e.f"]
IO.inspect(Regex.scan(~r/[\d-\w]+/, "1-a b")) # => [["1-a"], ["b"]]
IO.inspect(Regex.scan(~r/[[:alpha:]-z]+/u, "é-z 1")) # => [["é-z"]]
IO.inspect(Regex.scan(~r/[\w--a]+/, "x.,-")) # => [["x."], ["-"]]
IO.inspect(Regex.run(~r/[\R\X\B]+/, "xRXB")) # => ["RXB"]
IO.inspect(Regex.compile("[\\w-.](")) # => {:error, {'missing )', 7}}
IO.inspect(Regex.compile("[a-\\d-z]")) # => {:error, {'invalid range in character class', 4}}
IO.inspect(Regex.compile("[\\N]")) # => {:error, {'\\N is not supported in a class', 2}}
