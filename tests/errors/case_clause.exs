case Process.get(:v, :z) do # stderr: ** (CaseClauseError) no case clause matching: :z
  :a -> 1
end
# exit: 1
