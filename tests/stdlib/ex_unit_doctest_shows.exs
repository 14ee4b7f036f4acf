# What a doctest shows that failed: the expected text as it is written, matches as assertions; each expression counts its lines from its test on.
# The documentation of types and callbacks is tested too.
Application.ensure_all_started(:ex_unit)
folder = Path.join(System.tmp_dir!(), "doctest_shows")
File.mkdir_p!(folder)
Code.prepend_path(folder)

docs = """
    iex> Docs.f( 1 )
    [1,
      2]

    iex> {:ok, 1} = {:ok, 2}
    iex> 1
    1

    iex> x = 1
    iex> ^x = 2
    2

    iex> {1, 2} = {1, 2}
    {1, 3}

    iex> x = 1
    2

    iex> 1
    1
    iex> raise "x"
    1

    iex> raise "x"
    ** (RuntimeError)   x

    iex> {:ok, self()}
    {:ok, #PID<0.1.2>}
"""

code = """
defmodule Docs do
  @doc #{inspect(docs)}
  def f(x), do: x
  @typedoc "    iex> 1\\n    2\\n"
  @type t :: 1
end
"""

{{:module, name, code, _}, _} = Code.eval_string(code)
File.write!(Path.join(folder, "#{name}.beam"), code)
:code.purge(name)
:code.delete(name)

defmodule Formatter do
  use GenServer
  def init(_opts), do: {:ok, nil}
  def handle_cast({:test_finished, test}, state), do: (IO.puts("#{test.name} #{shown(test.state)}"); {:noreply, state})
  def handle_cast(_event, state), do: {:noreply, state}

  defp shown({:failed, [{_, error, stack}]}) do
    line = hd(for {_, _, _, place} <- stack, place[:file] not in [nil, []], do: place[:line])
    "#{line} #{error |> text() |> String.replace(~r/\s+/, " ")}"
  end

  defp shown(nil), do: "passed"

  defp text(%{expr: {_, _, _} = code}), do: Macro.to_string(code)
  defp text(error), do: Regex.replace(~r/.*code:(.*)left:.*/s, Exception.message(error), "\\1")
end

ExUnit.start(autorun: false, formatters: [Formatter], seed: 0)

Code.eval_string("defmodule DocsTest do\nuse ExUnit.Case\ndoctest Docs\nend")
ExUnit.Server.modules_loaded()
IO.inspect(ExUnit.run())
File.rm_rf!(folder)
# => doctest Docs.f/1 (1) 3  Docs.f(1) === [1, 2] 
# => doctest Docs.f/1 (2) 7 {:ok, 1} = {:ok, 2}
# => doctest Docs.f/1 (3) 12 ^x = 2
# => doctest Docs.f/1 (4) 15  ExUnit.DocTest.__assert__({1, 2} = {1, 2}) === {1, 3} 
# => doctest Docs.f/1 (5) 18  x = 1 === 2 
# => doctest Docs.f/1 (6) 21 x
# => doctest Docs.f/1 (7) passed
# => doctest Docs.f/1 (8) 29  Doctest did not compile, got: (TokenMissingError) nofile:29:7: missing terminator: } (for "{" starting at line 29) | 29 | {:ok, #PID<0.1.2>} | ^ If you are planning to assert on the result of an iex> expression which contains a value inspected as #Name<...>, please make sure the inspected value is placed at the beginning of the expression; otherwise Elixir will treat it as a comment due to the leading sign #. doctest: iex> {:ok, self()} {:ok, #PID<0.1.2>} 
# => doctest Docs.t/0 (9) 5  1 === 2 
# => %{excluded: 0, failures: 8, skipped: 0, total: 9}
# stderr: variable "x" is unused
