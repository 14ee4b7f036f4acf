# Random keys in terminals of several sizes: afterwards the editor still submits what is typed.
# differs: the editor is Phial's own
# stress: too much work for a collection at every call
# cmd: "${FILE%.exs}.sh" "$PHIAL" 1 10
# => 2 2: 10 rounds
# => 9 3: 10 rounds
# => 33 8: 10 rounds
# => 80 24: 10 rounds
# => 200 50: 10 rounds
