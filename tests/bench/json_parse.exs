# SPDX-License-Identifier: Apache-2.0
# Stresses: a binary parsing loop: JSON in plain Elixir, by clauses on prefixes.
Code.require_file("plain_json.ex", __DIR__)
item = ~s({"id": 12345, "name": "Some name of a thing", "tags": ["a", "bb", "ccc"], "ok": true, "none": null, "nested": {"x": -1, "y": [1, 2, 3, 4]}})
text = "[" <> Enum.join(List.duplicate(item, 8000), ", ") <> "]"
for _ <- 1..3 do
  result = PlainJson.decode!(text)
  length(result)
end |> IO.inspect()
IO.inspect(hd(PlainJson.decode!(text)))
