# SPDX-License-Identifier: Apache-2.0
# `:beam_lib`: what the bytes of a compiled module hold, read without loading it.
#
# Phial's modules are not BEAM code: there are chunks for documentation, attributes and exports, none for code, atoms or debug information.
# Invariant: nothing here loads a module or runs code.
defmodule :beam_lib do
  @moduledoc "Reads compiled modules."

  @named [:attributes, :exports, :compile_info, :indexed_imports, :imports, :labeled_exports, :labeled_locals, :locals, :atoms, :abstract_code, :debug_info]

  @doc "The chunks of a module, which is given as its bytes or as a file: `{:ok, {module, [{chunk, data}]}}`."
  @spec chunks(binary | charlist | atom, [atom | charlist], [:allow_missing_chunks]) ::
          {:ok, {module, [{atom | charlist, term}]}} | {:error, :beam_lib, term}
  def chunks(beam, references, options \\ []) do
    with {:ok, object} <- object(beam), do: collect(references, object, beam, :lists.member(:allow_missing_chunks, options), [])
  end

  defp collect([reference | rest], object, beam, missing?, done) do
    case chunk(reference, object) do
      :missing when missing? -> collect(rest, object, beam, missing?, [{reference, :missing_chunk} | done])
      :missing -> {:error, :beam_lib, {:missing_chunk, named(beam), chunk_name(reference)}}
      :unknown -> {:error, :beam_lib, {:unknown_chunk, named(beam), reference}}
      data -> collect(rest, object, beam, missing?, [{reference, data} | done])
    end
  end

  defp collect([], {module, _, _, _}, _beam, _missing?, done), do: {:ok, {module, :lists.reverse(done)}}

  defp chunk('Docs', {_, nil, _, _}), do: :missing
  defp chunk('Docs', {_, docs, _, _}), do: docs |> put_elem(6, Code.__in_order__(elem(docs, 6))) |> :erlang.term_to_binary()
  defp chunk('Attr', {_, _, attributes, _}), do: :erlang.term_to_binary(:lists.keysort(1, attributes))
  defp chunk('CInf', _object), do: :erlang.term_to_binary([])
  defp chunk(:attributes, {_, _, attributes, _}), do: :lists.keysort(1, attributes)
  defp chunk(:exports, {_, _, _, exports}), do: :lists.sort(exports)
  defp chunk(:compile_info, _object), do: []
  defp chunk(:abstract_code, _object), do: :no_abstract_code
  defp chunk(reference, _object) when reference in @named or is_list(reference), do: :missing
  defp chunk(_reference, _object), do: :unknown

  defp chunk_name(:debug_info), do: 'Dbgi'
  defp chunk_name(:locals), do: 'LocT'
  defp chunk_name(:labeled_locals), do: 'LocT'
  defp chunk_name(:labeled_exports), do: 'ExpT'
  defp chunk_name(:atoms), do: 'AtU8'
  defp chunk_name(name) when name in [:imports, :indexed_imports], do: 'ImpT'
  defp chunk_name(name), do: name

  @doc "The name and the `@vsn` of a module."
  @spec version(binary | charlist | atom) :: {:ok, {module, [term]}} | {:error, :beam_lib, term}
  def version(beam) do
    with {:ok, {module, _, attributes, _}} <- object(beam) do
      {:ok, {module, with({:vsn, version} <- :lists.keyfind(:vsn, 1, attributes), do: version, else: (_ -> []))}}
    end
  end

  @doc "The name of a module and a digest of its bytes."
  @spec md5(binary | charlist | atom) :: {:ok, {module, binary}} | {:error, :beam_lib, term}
  def md5(beam) do
    with {:ok, bytes} <- bytes(beam), {:ok, {module, _, _, _}} <- object(bytes), do: {:ok, {module, :erlang.md5(bytes)}}
  end

  @doc "What the file is, which module it holds, and the names of the chunks."
  @spec info(binary | charlist | atom) :: keyword | {:error, :beam_lib, term}
  def info(beam) do
    with {:ok, {module, docs, _, _}} <- object(beam) do
      names = if docs, do: ['Attr', 'CInf', 'Docs'], else: ['Attr', 'CInf']
      place = if is_binary(beam), do: {:binary, beam}, else: {:file, named(beam)}
      [place, {:module, module}, {:chunks, for(name <- names, do: {name, 0, 0})}]
    end
  end

  @doc "Text for what follows `{:error, :beam_lib, _}`."
  @spec format_error(term) :: iolist
  def format_error({:error, error}), do: format_error(error)
  def format_error({:error, :beam_lib, error}), do: format_error(error)
  def format_error({:not_a_beam_file, file}), do: :io_lib.format("~tp: Not a BEAM file~n", [file])
  def format_error({:missing_chunk, file, chunk}), do: :io_lib.format("~tp: Not a BEAM file: no IFF \"~ts\" chunk~n", [file, chunk])
  def format_error({:unknown_chunk, file, chunk}), do: :io_lib.format("~tp: Cannot find chunk ~tp~n", [file, chunk])
  def format_error({:file_error, file, reason}), do: :io_lib.format("~tp: ~tp~n", [file, :file.format_error(reason)])
  def format_error(error), do: :io_lib.format("~tp~n", [error])

  defp object(beam) do
    with {:ok, bytes} <- bytes(beam) do
      case :phial.object_in(bytes) do
        false -> {:error, :beam_lib, {:not_a_beam_file, named(beam)}}
        object -> {:ok, object}
      end
    end
  end

  defp bytes(beam) when is_binary(beam), do: {:ok, beam}

  defp bytes(file) do
    name = named(file)
    with {:error, reason} <- :file.read_file(name), do: {:error, :beam_lib, {:file_error, name, reason}}
  end

  defp named(beam) when is_binary(beam), do: beam

  defp named(file) do
    name = if is_atom(file), do: :erlang.atom_to_list(file), else: file
    if :filename.extension(name) == '.beam', do: name, else: name ++ '.beam'
  end
end
