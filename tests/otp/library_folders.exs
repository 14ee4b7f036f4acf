# The applications of the system have folders, too; Erlang's modules are sticky.
IO.inspect(Path.basename(Application.app_dir(:elixir))) # => "elixir"
IO.inspect(Path.basename(Application.app_dir(:logger, "priv"))) # => "priv"
IO.inspect(Path.relative_to(Application.app_dir(:elixir, ["a", "b"]), Application.app_dir(:elixir))) # => "a/b"
IO.inspect(List.starts_with?(:filename.basename(:code.lib_dir(:kernel)), 'kernel-')) # => true
IO.inspect(Path.dirname(to_string(:code.lib_dir(:stdlib))) == to_string(:code.lib_dir())) # => true
IO.inspect(:code.lib_dir(:nowhere)) # => {:error, :bad_name}
IO.inspect(for module <- [:lists, :erlang, String, Nowhere], do: :code.is_sticky(module)) # => [true, true, false, false]
