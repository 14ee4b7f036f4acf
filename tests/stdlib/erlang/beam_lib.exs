# What the bytes of a module hold.
source = "defmodule Kept do\n@moduledoc \"x\"\n@vsn 3\nModule.register_attribute(__MODULE__, :kept, persist: true)\n@kept 5\ndef f(a), do: a\nend"
[{_, bytes}] = Code.compile_string(source)
IO.inspect(:beam_lib.chunks(bytes, [:attributes])) # => {:ok, {Kept, [attributes: [kept: [5], vsn: [3]]]}}
IO.inspect(:beam_lib.chunks(bytes, [:exports])) # => {:ok, {Kept, [exports: [__info__: 1, f: 1, module_info: 0, module_info: 1]]}}
IO.inspect(:beam_lib.version(bytes)) # => {:ok, {Kept, [3]}}
{:error, :beam_lib, {:missing_chunk, _, 'Nope'}} = :beam_lib.chunks(bytes, ['Nope'])
IO.inspect(:beam_lib.chunks(bytes, ['Nope'], [:allow_missing_chunks])) # => {:ok, {Kept, [{'Nope', :missing_chunk}]}}
IO.inspect(:beam_lib.chunks("abc", [:exports])) # => {:error, :beam_lib, {:not_a_beam_file, "abc"}}
IO.inspect(:beam_lib.chunks('/nowhere/x', [:exports])) # => {:error, :beam_lib, {:file_error, '/nowhere/x.beam', :enoent}}

# A file of these bytes has its documentation.
folder = Path.join(System.tmp_dir!(), "phial_beam_lib_#{System.pid()}")
File.mkdir_p!(folder)
path = Path.join(folder, "Elixir.Kept.beam")
File.write!(path, bytes)
{:docs_v1, 2, :elixir, "text/markdown", %{"en" => "x"}, %{}, [entry]} = Code.fetch_docs(path)
IO.inspect(entry) # => {{:function, :f, 1}, 6, ["f(a)"], :none, %{}}
IO.inspect(Code.fetch_docs(Path.join(folder, "none.beam"))) # => {:error, :module_not_found}
File.rm_rf!(folder)
