# SPDX-License-Identifier: Apache-2.0
# ExUnit.Callbacks: setup and setup_all, what is to be undone, processes that end with the test. Invariant: the
# callbacks stand in @ex_unit_setup and @ex_unit_setup_all, newest first, as function names or {describe, names}.
defmodule ExUnit.Callbacks do
  @moduledoc "Callbacks before and after tests."

  @reserved [:case, :file, :line, :test, :async, :registered, :describe]

  defmacro __using__(_) do
    quote do
      unless Module.has_attribute?(__MODULE__, :ex_unit_setup) do
        @ex_unit_setup []
        @ex_unit_setup_all []
        @before_compile ExUnit.Callbacks
      end
    end
  end

  @doc "Defines a callback before each test; a block, or the names of functions of one argument."
  defmacro setup(block_or_functions), do: callback(:setup, quote(do: _), block_or_functions)

  @doc "Like `setup/1`, with a pattern for the context."
  defmacro setup(context, block), do: callback(:setup, context, block)

  @doc "Defines a callback before all tests of the module, in a process of its own."
  defmacro setup_all(block_or_functions), do: callback(:setup_all, quote(do: _), block_or_functions)

  @doc "Like `setup_all/1`, with a pattern for the context."
  defmacro setup_all(context, block), do: callback(:setup_all, context, block)

  defp callback(kind, context, [{:do, _} | _] = block) do
    quote bind_quoted: [kind: kind, context: Macro.escape(context, unquote: true), body: Macro.escape(body(block), unquote: true)] do
      name = ExUnit.Callbacks.__callback__(kind, __MODULE__)
      defp unquote(name)(unquote(context)), do: unquote(body)
    end
  end

  defp callback(kind, _context, functions) do
    quote do
      ExUnit.Callbacks.__named__(unquote(kind), __MODULE__, unquote(functions))
    end
  end

  defp body(do: block), do: block
  defp body(clauses), do: quote(do: try(unquote(clauses)))

  @doc false
  def __callback__(kind, module) do
    check_place(kind, module)
    key = attribute(kind)
    name = :"__ex_unit_#{kind}#{describe_part(module)}_#{length(Module.get_attribute(module, key))}"
    put(kind, module, name)
    name
  end

  @doc false
  def __named__(kind, module, functions) do
    check_place(kind, module)
    for name <- validate(functions), do: put(kind, module, name)
    :ok
  end

  defp describe_part(module) do
    case Module.get_attribute(module, :ex_unit_describe) do
      {_line, _name, counter} -> "_#{counter}"
      nil -> ""
    end
  end

  defp check_place(:setup_all, module) do
    if Module.get_attribute(module, :ex_unit_describe) do
      raise "cannot invoke setup_all/1-2 inside describe as setup_all always applies to all tests in a module"
    end
  end

  defp check_place(:setup, _module), do: :ok

  defp validate(functions) do
    for name <- List.wrap(functions) do
      unless is_atom(name) do
        raise ArgumentError, "setup/setup_all expect a callback name as an atom or a list of callback names, got: #{inspect(name)}"
      end

      name
    end
  end

  defp attribute(:setup), do: :ex_unit_setup
  defp attribute(:setup_all), do: :ex_unit_setup_all

  defp put(kind, module, name) do
    key = attribute(kind)
    describe = with {_line, describe, _counter} <- Module.get_attribute(module, :ex_unit_describe), do: describe
    Module.put_attribute(module, key, [{describe, name} | Module.get_attribute(module, key)])
  end

  @doc false
  defmacro __before_compile__(env) do
    all = env.module |> Module.get_attribute(:ex_unit_setup_all) |> Enum.reverse() |> Enum.map(&elem(&1, 1))
    setups = env.module |> Module.get_attribute(:ex_unit_setup) |> Enum.reverse()
    general = for {nil, name} <- setups, do: name
    describes = for {describe, _} <- setups, describe != nil, uniq: true, do: describe

    clauses =
      for describe <- describes do
        names = general ++ for {^describe, name} <- setups, do: name
        clause(env.module, :setup, quote(do: %{describe: unquote(describe)} = context), names)
      end

    context = quote(do: context)

    quote do
      (unquote_splicing(clauses))
      unquote(clause(env.module, :setup, context, general))
      unquote(clause(env.module, :setup_all, context, all))
    end
  end

  defp clause(module, kind, pattern, names) do
    body =
      Enum.reduce(names, quote(do: context), fn name, acc ->
        quote do
          context = unquote(acc)
          ExUnit.Callbacks.__merge__(unquote(module), context, unquote(name)(context))
        end
      end)

    quote do
      def __ex_unit__(unquote(kind), unquote(pattern)), do: unquote(body)
    end
  end


  @doc false
  def __merge__(module, context, value), do: merge(module, context, value, value)

  defp merge(_module, context, :ok, _), do: context
  defp merge(module, context, {:ok, value}, original), do: merge(module, context, value, original)
  defp merge(module, context, %{__struct__: _}, original), do: raise_merge_failed!(module, original || context)

  defp merge(module, context, data, original) when is_list(data) do
    if Keyword.keyword?(data), do: merge_map(module, context, Map.new(data)), else: raise_merge_failed!(module, original)
  end

  defp merge(module, context, data, _) when is_map(data), do: merge_map(module, context, data)
  defp merge(module, _context, _data, original), do: raise_merge_failed!(module, original)

  defp merge_map(module, context, data) do
    Map.merge(context, data, fn
      key, old, new when key in @reserved ->
        if old == new,
          do: new,
          else: raise("ExUnit callback in #{inspect(module)} is trying to set reserved field #{inspect(key)} to #{inspect(new)}")

      _key, _old, new ->
        new
    end)
  end

  defp raise_merge_failed!(module, value) do
    raise "expected ExUnit callback in #{inspect(module)} to return :ok | keyword | map, got #{inspect(value)} instead"
  end

  @doc "Registers a function that runs after the test, in another process; a name replaces its older function."
  @spec on_exit(term, (() -> term)) :: :ok
  def on_exit(name_or_ref \\ make_ref(), callback) when is_function(callback, 0) do
    case handled(fn -> ExUnit.OnExitHandler.add(self(), name_or_ref, callback) end) do
      :ok -> :ok
      :error -> raise ArgumentError, "on_exit/2 callback can only be invoked from the test process"
    end
  end

  defp handled(fun) do
    if ExUnit.Server.running?(), do: fun.(), else: :error
  end

  defp supervisor!(function) do
    case handled(&ExUnit.fetch_test_supervisor/0) do
      {:ok, supervisor} -> supervisor
      :error -> raise ArgumentError, "#{function} can only be invoked from the test process"
    end
  end

  @doc "Starts a child under the supervisor of the test; it is stopped before the next test."
  @spec start_supervised(Supervisor.child_spec() | module | {module, term}, keyword) :: Supervisor.on_start_child()
  def start_supervised(child_spec_or_module, opts \\ []) do
    supervisor = supervisor!("start_supervised/2")
    spec = Supervisor.child_spec(child_spec_or_module, opts)

    case Supervisor.start_child(supervisor, spec) do
      {:error, {:already_started, _pid}} -> {:error, {:duplicate_child_name, spec.id}}
      other -> other
    end
  end

  @doc "Like `start_supervised/2`, but returns the pid or raises."
  @spec start_supervised!(Supervisor.child_spec() | module | {module, term}, keyword) :: pid
  def start_supervised!(child_spec_or_module, opts \\ []) do
    case start_supervised(child_spec_or_module, opts) do
      {:ok, pid} ->
        pid

      {:ok, pid, _info} ->
        pid

      {:error, reason} ->
        raise "failed to start child with the spec #{inspect(child_spec_or_module)}.\nReason: #{start_failure(reason)}"
    end
  end

  @doc "Like `start_supervised!/2`, and links the child to the test process."
  @spec start_link_supervised!(Supervisor.child_spec() | module | {module, term}, keyword) :: pid
  def start_link_supervised!(child_spec_or_module, opts \\ []) do
    pid = start_supervised!(child_spec_or_module, opts)
    Process.link(pid)
    pid
  end

  defp start_failure({:duplicate_child_name, id}) do
    "bad child specification, more than one child specification has the id: #{inspect(id)}.\n" <>
      "If using maps as child specifications, make sure the :id keys are unique.\n" <>
      "If using a module or {module, arg} as child, use Supervisor.child_spec/2 to change the :id, for example:\n\n" <>
      "    children = [\n" <>
      "      Supervisor.child_spec({MyWorker, arg}, id: :my_worker_1),\n" <>
      "      Supervisor.child_spec({MyWorker, arg}, id: :my_worker_2)\n" <>
      "    ]\n"
  end

  defp start_failure({{:EXIT, reason}, _child}), do: Exception.format_exit(reason)
  defp start_failure({reason, {:child, _, _, _, _, _, _, _, _}}), do: Exception.format_exit(reason)
  defp start_failure(reason), do: Exception.format_exit({:start_spec, reason})

  @doc "Stops a child of the test's supervisor, by the id of its specification."
  @spec stop_supervised(term) :: :ok | {:error, :not_found}
  def stop_supervised(id) do
    supervisor = supervisor!("stop_supervised/1")

    with {_, pid, _, _} when is_pid(pid) <- List.keyfind(Supervisor.which_children(supervisor), id, 0, {:error, :not_found}) do
      Process.unlink(pid)
    end

    with :ok <- Supervisor.terminate_child(supervisor, id), do: Supervisor.delete_child(supervisor, id)
  end

  @doc "Like `stop_supervised/1`, but raises."
  @spec stop_supervised!(term) :: :ok
  def stop_supervised!(id) do
    case stop_supervised(id) do
      :ok -> :ok
      {:error, :not_found} -> raise "could not stop child ID #{inspect(id)} because it was not found"
    end
  end
end
