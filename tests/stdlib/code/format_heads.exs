# Operators that break inside the head of one of several clauses stand further in; parentheses around a negation stay.
source = ~S'''
cond do
  (x = case a do b -> c end) -> d
  not (not e) -> !(not (f not in g))
  (with h <- (for i <- j do k end) do l end) -> m
end
'''

IO.puts(Code.format_string!(source))
# => cond do
# =>   x =
# =>       (case a do
# =>          b -> c
# =>        end) ->
# =>     d
# =>
# =>   not (not e) ->
# =>     !(not (f not in g))
# =>
# =>   (with h <-
# =>             (for i <- j do
# =>                k
# =>              end) do
# =>      l
# =>    end) ->
# =>     m
# => end
