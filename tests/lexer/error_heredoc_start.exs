# stderr: SyntaxError
# exit: 1
x = """abc
"""
