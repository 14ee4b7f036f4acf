apply(Foo, :bar, [1]) # stderr: ** (UndefinedFunctionError) function Foo.bar/1 is undefined (module Foo is not available)
# exit: 1
