contents = quote do
  def hello, do: :world
end
Module.create(Dyn, contents, Macro.Env.location(__ENV__))
IO.inspect(apply(Dyn, :hello, [])) # => :world
