x = '''
abc
'''
IO.inspect(x) # => 'abc\n'
