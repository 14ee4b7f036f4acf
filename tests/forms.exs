# SPDX-License-Identifier: Apache-2.0
#
# Over all sources of the repository: a line per file with the digest of its quoted form, columns included, which must be real Elixir's
# (`make oracle` compares them), and "otherwise" where the form's text does not parse to the same form again, parentheses aside.
#
#   build/phial tests/forms.exs
plain = fn quoted ->
  Macro.postwalk(quoted, fn
    {:__block__, _, [one]} -> one
    {name, meta, args} when is_list(meta) -> {name, [], args}
    other -> other
  end)
end

for path <- Enum.sort(Path.wildcard("{compiler,docs,examples,repl,stdlib,tests,vm}/**/*.{ex,exs}")) do
  result = Code.string_to_quoted(File.read!(path), columns: true, token_metadata: true)
  IO.puts("#{path} #{Base.encode16(:crypto.hash(:md5, inspect(result, limit: :infinity, printable_limit: :infinity)))}")

  with {:ok, quoted} <- result do
    again = Code.string_to_quoted(Macro.to_string(quoted))
    if not match?({:ok, _}, again) or plain.(elem(again, 1)) != plain.(quoted), do: IO.puts("#{path} otherwise")
  end
end
