# SPDX-License-Identifier: Apache-2.0
# :ets, the functions that take functions or are built on others; the tables themselves are natives. Invariant: a fold sees
# the objects there were when it began.
defmodule :ets do
  @moduledoc "Tables."

  @doc "Folds the objects of a table from its first to its last."
  def foldl(fun, acc, table) when is_function(fun, 2), do: :lists.foldl(fun, acc, :ets.tab2list(table))

  @doc "Folds the objects of a table from its last to its first."
  def foldr(fun, acc, table) when is_function(fun, 2), do: :lists.foldr(fun, acc, :ets.tab2list(table))

  @doc "Fills a table by calling a function with `:read` until it answers `:end_of_input`."
  def init_table(table, fun) do
    :ets.delete_all_objects(table)
    fill(table, fun)
  end

  defp fill(table, fun) do
    case fun.(:read) do
      {objects, next} when is_list(objects) ->
        :ets.insert(table, objects)
        fill(table, next)

      :end_of_input ->
        true
    end
  end

  @doc false
  def fun2ms(fun) when is_function(fun) do
    words = ~w(function called with real fun should be transformed with parse_transform or called with a fun generated in the shell)a
    :erlang.exit({:badarg, {:ets, :fun2ms, words}})
  end

  @doc "What a match specification makes of one tuple: {:ok, result} or {:error, reasons}."
  def test_ms(tuple, spec) do
    case :ets.match_spec_run([tuple], :ets.match_spec_compile(spec)) do
      [result] -> {:ok, result}
      [] -> {:ok, false}
    end
  rescue
    _ -> {:error, [error: ~c"invalid match specification"]}
  end

  def match_spec_run_r(objects, compiled, acc), do: :lists.reverse(:ets.match_spec_run(objects, compiled), acc)
  def repair_continuation(continuation, _spec), do: continuation

  # -- files ------------------------------------------------------------------------------

  def tab2file(table, name), do: tab2file(table, name, [])

  @doc "Writes a table to a file."
  def tab2file(table, name, _options) do
    info = for key <- [:name, :type, :protection, :named_table, :keypos], do: {key, :ets.info(table, key)}
    :file.write_file(name, :erlang.term_to_binary({:phial_ets, info, :ets.tab2list(table)}))
  end

  def file2tab(name), do: file2tab(name, [])

  @doc "The table that tab2file/2 wrote: {:ok, table} or {:error, reason}."
  def file2tab(name, _options) do
    with {:ok, info, objects} <- read_table(name) do
      named = if info[:named_table], do: [:named_table], else: []
      table = :ets.new(info[:name], [info[:type], info[:protection], {:keypos, info[:keypos]} | named])
      :lists.foreach(&:ets.insert(table, &1), objects)
      {:ok, table}
    end
  end

  defp read_table(name) do
    with {:ok, bytes} <- :file.read_file(name) do
      case :erlang.binary_to_term(bytes) do
        {:phial_ets, info, objects} -> {:ok, info, objects}
        _ -> {:error, :badfile}
      end
    end
  rescue
    ArgumentError -> {:error, :badfile}
  end

  @doc "What a file of tab2file/2 says of its table."
  def tabfile_info(name) do
    with {:ok, info, objects} <- read_table(name), do: {:ok, info ++ [size: length(objects)]}
  end
end
