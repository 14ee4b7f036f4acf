# What differs between the two sides of an assertion is marked: in texts, lists, maps, structs and patterns.
Application.ensure_all_started(:ex_unit)

defmodule User do
  defstruct [:name, :age]
end

defmodule Shown do
  defstruct [:data]

  defimpl Inspect do
    def inspect(%{data: data}, _), do: "#Shown<#{data}>"
  end
end

defmodule Show do
  import ExUnit.Assertions

  def marked(kind, doc) do
    case kind do
      :diff_enabled? -> true
      :diff_delete -> Inspect.Algebra.concat(["-", doc, "-"])
      :diff_insert -> Inspect.Algebra.concat(["+", doc, "+"])
      :diff_delete_whitespace -> Inspect.Algebra.concat(["-_", doc, "_-"])
      :diff_insert_whitespace -> Inspect.Algebra.concat(["+_", doc, "_+"])
      _ -> doc
    end
  end

  defmacro diff(assertion) do
    quote do
      try do
        assert unquote(assertion)
      rescue
        error in ExUnit.AssertionError ->
          test = %ExUnit.Test{name: :test, module: Show, tags: %{file: "x", line: 1}}
          text = ExUnit.Formatter.format_test_failure(test, [{:error, error, []}], 1, 80, &Show.marked/2)
          [_, left] = Regex.run(~r/left:  (.*)/, text)
          [_, right] = Regex.run(~r/right: (.*)/, text)
          IO.puts(left <> "   " <> right)
      end
    end
  end
end

defmodule Run do
  import Show

  def run() do
    diff(512 === 512.0) # => 512   512+.0+
    diff("fox hops" == "fox jumps") # => "fox -ho-ps"   "fox +jum+ps"
    diff(<<0, 1>> == <<0, 2>>) # => "\0\x0-1-"   "\0\x0+2+"
    diff("a  b" == "a b") # => "a -_ _-b"   "a b"
    diff([1, 11, 22, 3] == [1, 12, 3]) # => [1, 1-1-, -22-, 3]   [1, 1+2+, 3]
    diff([1, 12, 3] == [1, 11, 22, 3]) # => [1, 1-2-, -3-]   [1, 1+1+, +22+, +3+]
    diff([[1, 2], 5, [3]] == [[1, 3], [4]]) # => [[1, -2-], -5-, -[3]-]   [[1, +3+], +[4]+]
    diff([a: 1, b: 2, c: 3] == [a: 2, c: 4]) # => [{:a, -1-}, {-:b-, -2-}, -{:c, 3}-]   [a: +2+, +c:+ +4+]
    diff([1, 2 | 3] == [1, 2, 3, 4]) # => [1, 2 | -3-]   [1, 2, +3+, +4+]
    diff(%{a: 1, b: 2} == %{a: 1, c: 3}) # => %{a: 1, -b: 2-}   %{a: 1, +c: 3+}
    diff(%User{name: "a"} == %{age: nil}) # => %-User-{age: nil, -name: "a"-}   %{age: nil}
    diff(%Shown{data: 1} == %Shown{data: 2}) # => #Shown<-1->   #Shown<+2+>
    diff(%Shown{data: 1} == %User{}) # => -#Shown<1>-   +%User{name: nil, age: nil}+
    diff(~D[2020-01-01] == ~N[2020-01-02 00:00:00]) # => ~-D-[2020-01-0-1-]   ~+N+[2020-01-0+2 00:00:00+]
    x = 1
    diff({^x, 2} = {2, 2}) # => {-^x-, 2}   {+2+, 2}
    diff(%{^x => 1} = %{1 => 2}) # => %{^x => -1-}   %{1 => +2+}
    diff([y, 2, y] = [1, 2, 3]) # => [y, 2, -y-]   [1, 2, +3+]
    diff([1, 2 | _] = [1, 3, 4]) # => [1, -2- | _]   [1, +3+, 4]
    diff([1, 2] ++ _ = [1, 3, 4]) # => [1, -2-] ++ _   [1, +3+, 4]
    diff("foo" <> _ = "fox") # => "fo-o-" <> _   "fo+x+"
    diff(%User{age: 1} = %User{age: 2}) # => %User{age: -1-}   %User{age: +2+, name: nil}
    diff(%_{age: 1} = %User{age: 2}) # => %{__struct__: _, age: -1-}   %User{age: +2+, name: nil}
    diff(~D[2020-01-01] = ~D[2020-01-02]) # => -~D[2020-01-01]-   ~D[2020-01-0+2+]
    diff(match?({:ok, y} when y > 3 and is_integer(y), {:ok, String.length("ab")})) # => {:ok, y} when -y > 3- and is_integer(y)   {:ok, 2}
  end
end

Run.run()
