# Modules in different files may name each other's structs in their functions: a struct is there before its module is done. In the bodies
# of both modules it is a deadlock.
# differs: the command is Phial's
# cmd: PHIAL=$(realpath "$PHIAL")
# cmd: mkdir -p $TMP/p/lib && cd $TMP/p
# cmd: echo 'defmodule P.MixProject do use Mix.Project; def project, do: [app: :p, version: "0.1.0"] end' > mix.exs
# cmd: echo 'defmodule User do @enforce_keys [:name]; defstruct [:name, posts: []]; def add(%User{} = u, %Post{author: nil} = p), do: %User{u | posts: [%Post{p | author: u.name}]} end' > lib/a.ex
# cmd: echo 'defmodule Post do defstruct [:author, meta: %{a: [1]}]; def by(%User{name: n}), do: %Post{author: n}; def anon, do: %User{name: "anon"} end' > lib/b.ex
# cmd: $PHIAL run -e 'IO.inspect({User.add(Post.anon(), %Post{}), Post.by(Post.anon())}, width: 200)'
# => {%User{name: "anon", posts: [%Post{author: "anon", meta: %{a: [1]}}]}, %Post{author: "anon", meta: %{a: [1]}}}
# cmd: echo 'defmodule Post do defstruct [:author]; def f, do: %User{posts: 1} end' > lib/b.ex; $PHIAL run 2>&1 | grep -A1 Error
# => ** (ArgumentError) the following keys must also be given when building struct User: [:name]
# =>     expanding struct: User.__struct__/1
# cmd: echo 'defmodule User do A.x(); %Post{}; defstruct [:a] end' > lib/a.ex
# cmd: printf 'defmodule Post do\n  %%User{}\n  defstruct [:a]\nend' > lib/b.ex
# cmd: printf 'defmodule A do\n  def x, do: 1\nend' > lib/c.ex; $PHIAL run 2>/dev/null
# =>
# => == Compilation error in file lib/b.ex ==
# => ** (CompileError)  deadlocked waiting on struct User
# =>
# =>
# => == Compilation error in file lib/a.ex ==
# => ** (CompileError)  deadlocked waiting on struct Post
# =>
# =>
# => Compilation failed because of a deadlock between files.
# => The following files depended on the following modules:
# =>
# =>   lib/b.ex => User
# =>   lib/a.ex => Post
# =>
# => Ensure there are no compile-time dependencies between those files and that the modules they reference exist and are correctly named
# =>
# exit: 1
