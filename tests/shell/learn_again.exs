# Each lesson begins in a process of its own, `again` begins it anew; helpers are there; a variable named like a command is the variable.
# differs: Elixir has no `phial learn`
# cmd: sed -n 's/^# | //p' "$FILE" > "$TMP/in"; XDG_STATE_HOME="$TMP/state" "$PHIAL" learn 24 < "$TMP/in" 2>&1 | sed -n -E -e "s, *$,," -e "/^learn|^✓|^Not yet|^That was|^\(|defmacro/p"
# | me = self(); send(me, :kept)
# | send(self(), :hello)
# | {me == self(), Process.info(self(), :messages)}
# | go 37
# | for _ <- 1..3, do: DynamicSupervisor.start_child(games, {Counter, []}); :three
# | again
# | for _ <- 1..2, do: DynamicSupervisor.start_child(games, {Counter, []}); :two
# | list = [1, 2]
# | list
# | import Enum; sum(list)
# | h IEx.pry/0
# | go 3
# | reason = :enoent
# | go 40
# | skip
# => learn(1)> :kept
# => learn(2)> :hello
# => ✓ Exactly.
# => learn(3)> {false, {:messages, [spam: 1, letter: "Dear Ada"]}}
# => Not yet: use receive
# => learn(4)>
# => learn(5)> :three
# => Not yet: these are 3 already: type again to begin anew
# => learn(6)>
# => learn(7)> :two
# => ✓ Well done.
# => learn(8)> [1, 2]
# => learn(9)> [1, 2]
# => learn(10)> 3
# => learn(11)>
# =>                                  defmacro pry()
# => learn(12)>
# => learn(13)> :enoent
# => Not yet: use a tuple as the pattern
# => learn(14)>
# => learn(15)>
# => That was the last lesson. These are not done yet: 1 to 23, 25 to 36, 38 to 40.
# => (phial learn 1 begins with lesson 1.)
