text = """
  first
    indented
  "quoted" #{1 + 1}
  """
IO.inspect(text) # => "first\n  indented\n\"quoted\" 2\n"
flush = """
flush
"""
IO.inspect(flush) # => "flush\n"
