# Pruned metadata keeps the line and the mark of a call without parentheses.
quoted = {{:., [line: 3, column: 2], [{:a, [line: 3, counter: 1], nil}, :b]}, [no_parens: true, line: 3, column: 4], []}
{pruned, _} = Code.eval_quoted(Macro.escape(quoted, prune_metadata: true))
IO.inspect(pruned)
# => {{:., [line: 3], [{:a, [line: 3], nil}, :b]}, [no_parens: true, line: 3], []}
