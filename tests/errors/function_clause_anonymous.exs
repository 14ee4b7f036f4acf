f = fn :a -> 1 end
f.(:b) # stderr: ** (FunctionClauseError) no function clause matching in :elixir_compiler_0.__FILE__/1    
# exit: 1
