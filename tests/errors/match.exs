v = Process.get(:v, {:error, 1})
{:ok, _} = v # stderr: ** (MatchError) no match of right hand side value: {:error, 1}
# exit: 1
