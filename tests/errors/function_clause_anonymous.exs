Enum.each([:b], fn :a -> 1 end) # stderr: ** (FunctionClauseError) no function clause matching in anonymous fn/1 in :elixir_compiler_0.__FILE__/1    
# exit: 1
