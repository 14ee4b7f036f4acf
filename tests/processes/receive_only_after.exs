IO.inspect((receive do after 5 -> :done end)) # => :done
# flags: --virtual-time
