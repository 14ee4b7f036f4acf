# Kernel.SpecialForms is a module whose docs and macros can be asked for.
{:docs_v1, _, :elixir, "text/markdown", %{"en" => _}, _, entries} = Code.fetch_docs(Kernel.SpecialForms)
for {id, _, signature, %{"en" => _}, _} <- entries, do: IO.inspect({id, signature})
IO.inspect(Kernel.SpecialForms.__info__(:macros), limit: :infinity)
IO.inspect(Kernel.SpecialForms.__info__(:functions))
