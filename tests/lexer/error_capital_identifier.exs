# stderr: SyntaxError
# exit: 1
Foo?()
