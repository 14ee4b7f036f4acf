# differs: Elixir has no IEx.OTP
# Outside --virtual-time the clock is not ours.
import IEx.OTP
clock() # => the clock is the world's; start phial with --virtual-time to have one of your own
clock(:stop) # => the clock is the world's; start phial with --virtual-time to have one of your own
IO.inspect(:phial_world.stop(1)) # => false
