x = """
one \
two
"""
IO.inspect(x) # => "one two\n"
