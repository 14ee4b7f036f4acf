exit(:gone) # stderr: ** (exit) :gone
# exit: 1
