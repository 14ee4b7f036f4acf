# What the compiler refuses: directives. The first line of each message, cut.
check = fn source ->
  try do
    Code.compile_string(source <> "\n", "s.exs")
  rescue
    e ->
      text = inspect(e.__struct__) <> ": " <> hd(String.split(Exception.message(e), "\n"))
      IO.puts(String.trim_trailing(String.slice(text, 0, 110)))
  end
end

check.("alias Foo, as: Bar.Baz")
# => CompileError: s.exs:1: invalid value for option :as, expected a simple alias, got nested alias: Bar.Baz
check.("alias :foo")
# => CompileError: s.exs:1: alias cannot be inferred automatically for module: :foo, please use the :as option. Imp
check.("alias Foo, foo: 1")
# => CompileError: s.exs:1: unsupported option :foo given to alias
check.("require NoSuchMod")
# => CompileError: s.exs:1: module NoSuchMod is not loaded and could not be found
check.("require Enum, foo: 1")
# => CompileError: s.exs:1: unsupported option :foo given to require
check.("x = Enum\nrequire x")
# => CompileError: s.exs:2: invalid argument for require, expected a compile time atom or alias, got: x
check.("import NoSuchMod")
# => CompileError: s.exs:1: module NoSuchMod is not loaded and could not be found
check.("import Enum, only: [foo: 1]")
# => CompileError: s.exs:1: cannot import Enum.foo/1 because it is undefined or private
check.("import Enum, only: 1")
# => CompileError: s.exs:1: invalid :only option for import, expected value to be an atom :functions, :macros, or a
check.("import Enum, only: :foo")
# => CompileError: s.exs:1: invalid :only option for import, expected value to be an atom :functions, :macros, or a
check.("import Enum, except: 1")
# => CompileError: s.exs:1: invalid :except option for import, expected value to be a list literal, got: 1
check.("import Enum, foo: 1")
# => CompileError: s.exs:1: unsupported option :foo given to import
check.("use NoSuchMod")
# => CompileError: s.exs:1: module NoSuchMod is not loaded and could not be found
check.("use Enum")
# => UndefinedFunctionError: function Enum.__using__/1 is undefined or private
check.("use 1")
# => ArgumentError: invalid arguments for use, expected a compile time atom or alias, got: 1
check.("x = Foo\nx.Bar")
# => CompileError: s.exs:2: invalid alias: "x.Bar". If you wanted to define an alias, an alias must expand to an at
