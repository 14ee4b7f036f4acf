# A field that a struct or a map written out has not, with what made the variable known; one warning per clause.
defmodule Fields do
  def head(%URI{} = u), do: u.nope
  def head(x), do: x.nope

  def after_access(u = %URI{}, x) do
    case x do
      1 -> u.path
      2 -> u.other
    end

    u.host
    u.third
  end

  def written() do
    s = %{a: 1}
    s.b
  end

  def changed(%URI{} = u), do: %{u | missing: 1}
  def fine(%URI{} = u), do: {u.path, %{u | path: 1}}
end

# stderr: undefined field "nope" in expression:
# stderr:     u.nope
# stderr: expected one of the following fields: __struct__, authority, fragment, host, path, port, query, scheme, userinfo
# stderr: where "u" was given the type %URI{} in:
# stderr:     %URI{} = u
# stderr: warning_undefined_field.exs:3: Fields.head/1
# stderr: undefined field "other" in expression:
# stderr:     u = %URI{}
# stderr: warning_undefined_field.exs:9: Fields.after_access/2
# stderr: undefined field "b" in expression:
# stderr: expected one of the following fields: a
# stderr: where "s" was given the type map() in:
# stderr:     s = %{a: 1}
# stderr: warning_undefined_field.exs:18: Fields.written/0
# stderr: undefined field "missing" in expression:
# stderr:     %{u | missing: 1}
# stderr: warning_undefined_field.exs:21: Fields.changed/1
IO.inspect(Fields.fine(%URI{}) |> elem(0)) # => nil
