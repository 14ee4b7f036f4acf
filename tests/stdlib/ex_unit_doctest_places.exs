# A doctest's prompts and what follows one stand at the same column; prompts are written in few ways.
Application.ensure_all_started(:ex_unit)
folder = Path.join(System.tmp_dir!(), "doctest_places")
File.mkdir_p!(folder)
Code.prepend_path(folder)

docs = ["    iex> 1\n  1\n", "    iex> 1\n    1\n      iex> 2\n      2\n", "    iex(a@b)1> 1\n    1\n", "iex>1\n1\n"]

for {doc, index} <- Enum.with_index(docs) do
  {{:module, name, code, _}, _} = Code.eval_string("defmodule Doc#{index} do\n@doc #{inspect(doc)}\ndef a, do: 1\nend")
  File.write!(Path.join(folder, "#{name}.beam"), code)
  :code.purge(name)
  :code.delete(name)

  try do
    Code.eval_string("defmodule DocTest#{index} do\nuse ExUnit.Case\ndoctest #{inspect(name)}\nend")
    IO.puts("ok")
  rescue
    error -> error |> Exception.message() |> String.split("\n") |> hd() |> IO.puts()
  end
end

File.rm_rf!(folder)
# => nofile:4: indentation level mismatch on doctest line: "  1"
# => nofile:5: indentation level mismatch on doctest line: "      iex> 2"
# => nofile:3: unknown IEx prompt: "iex(a@b)1> 1".
# => ok
