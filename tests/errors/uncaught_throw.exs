throw(:ball) # stderr: ** (throw) :ball
# exit: 1
