exit({:shutdown, 3})
# exit: 3
