# An environment that holds what no compiler puts there is an error at most.
defmodule Attempt do
  def run(fun) do
    fun.()
    :ok
  rescue
    _ -> :ok
  catch
    _, _ -> :ok
  end
end

environments = [
  %{__ENV__ | file: nil},
  %{__ENV__ | versioned_vars: %{1 => 2}},
  %{__ENV__ | versioned_vars: %{{"a", 1} => 2, {:b, %{}} => 3}, context_modules: [1]},
  %{__ENV__ | functions: [{"x", 1}, {1, [{:foo, 1}]}, {%{}, [{:foo, 1}]}], macros: :x},
  %{__ENV__ | function: {"a", :b}, line: :a},
  %{__ENV__ | module: "x"},
  %{__ENV__ | aliases: [{Bar, "q"}, {1, 2}], requires: ["a", {}]}
]

forms = [quote(do: foo(1) + Bar.baz()), quote(do: %{a: _} = 1), quote(do: alias(Bar.X)), quote(do: if(true, do: 1))]

results =
  for env <- environments, form <- forms do
    {Attempt.run(fn -> Code.eval_quoted(form, [], env) end), Attempt.run(fn -> Macro.expand(form, env) end)}
  end

IO.inspect(Enum.uniq(results)) # => [ok: :ok]
