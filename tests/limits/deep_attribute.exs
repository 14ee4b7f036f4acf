# An attribute may be nested as deeply as memory allows: reading it in a definition is an error at most.
defmodule Attempt do
  def compile(code) do
    Code.eval_string(code)
    :ok
  rescue
    CompileError -> :ok
  end
end

depth = if :erlang.system_info(:machine) == 'BEAM', do: 1000, else: 1_500_000   # the BEAM's compiler takes minutes

body = fn use ->
  """
  defmodule DeepAttribute#{System.unique_integer([:positive])} do
    deep = Enum.reduce(1..#{depth}, [], fn _, acc -> [acc] end)
    @deep deep
    #{use}
  end
  """
end

IO.inspect(Attempt.compile(body.("def get, do: @deep"))) # => :ok
IO.inspect(Attempt.compile(body.("def get(x), do: match?(@deep, x)"))) # => :ok
many = "defmodule ManyInPattern do\n  many = Enum.to_list(1..#{depth})\n  @many many\n  def all?(x), do: match?(@many, x)\nend"
IO.inspect(Attempt.compile(many)) # => :ok
IO.inspect(Attempt.compile("A.B.C.D.E.F.G.H.I.J.K.L.M.N.O.P.Q.R.S.T.U.V.W.X.Y.Z.A.B.C.D.E.F.G.H.I.J.K.L.M.N.O.P.Q.R.S.T.U.V.W.X.Y.Z.A.B.C.D.E.F.G.H.I.J.K.L.M.N.O.P.Q")) # => :ok
