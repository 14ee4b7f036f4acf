# SPDX-License-Identifier: Apache-2.0
# Stresses: a JSON round trip of a megabyte: by the JSON module where there is one, else, as in Elixir 1.14, by a codec in plain Elixir.
Code.require_file("plain_json.ex", __DIR__)
codec = if Code.ensure_loaded?(JSON), do: JSON, else: PlainJson
item = ~s({"id": 12345, "name": "Some name of a thing", "tags": ["a", "bb", "ccc"], "ok": true, "none": null, "nested": {"x": -1, "y": [1, 2, 3, 4]}})
text = "[" <> Enum.join(List.duplicate(item, 8000), ", ") <> "]"

for _ <- 1..3 do
  term = codec.decode!(text)
  ^term = codec.decode!(codec.encode!(term))
  length(term)
end
|> IO.inspect()
