# Metadata of @doc and @moduledoc, and the names that arguments get in the documentation.
# differs: Elixir keeps the documentation of modules on disk only; the expectations are those of `elixirc` and Code.fetch_docs/1
defmodule Documented do
  @moduledoc "text"
  @moduledoc since: "1.0"
  @doc "f"
  @doc since: "2.0"
  def f(a, _b), do: a
  def h({_, _}, %{}, [_ | _], "x", 1, :a, nil, %URI{}, x = 1, _ \\ nil), do: x
  def k(a, b \\ [])
  def k(a, 1), do: a
  @deprecated "no"
  def old, do: 1
  defguard big(x) when x > 1
end

{:docs_v1, _, :elixir, _, %{"en" => text}, meta, docs} = Code.fetch_docs(Documented)
IO.inspect({text, meta}) # => {"text", %{since: "1.0"}}
for {{_, name, _}, _, [signature], _, meta} <- Enum.sort(docs), do: IO.inspect({name, signature, meta})
# => {:f, "f(a, b)", %{since: "2.0"}}
# => {:h, "h(arg, map, list, binary, int, atom1, atom2, uri, x, _ \\\\ nil)",
# =>  %{defaults: 1}}
# => {:k, "k(a, b \\\\ [])", %{defaults: 1}}
# => {:old, "old()", %{deprecated: "no"}}
# => {:big, "big(x)", %{guard: true}}
