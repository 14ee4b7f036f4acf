String.upcas("x") # stderr: ** (UndefinedFunctionError) function String.upcas/1 is undefined or private. Did you mean:
# stderr: Did you mean:
# stderr: * upcase/1
# stderr: * upcase/2
# exit: 1
