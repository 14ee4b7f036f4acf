# Config.Reader as a provider of configuration, and where configuration may lie.
dir = Path.join(System.tmp_dir!(), "phial_config_#{System.pid()}")
File.mkdir_p!(dir)
file = Path.join(dir, "runtime.exs")
File.write!(file, "import Config\nconfig :app, b: config_env()\n")
state = Config.Reader.init(path: file, env: :prod)
IO.inspect(state == {file, [env: :prod]}) # => true
IO.inspect(Config.Reader.load([app: [a: 1]], state)) # => [app: [a: 1, b: :prod]]
System.put_env("PHIAL_CONFIG_DIR", dir)
IO.inspect(Config.Reader.load([], Config.Reader.init(path: {:system, "PHIAL_CONFIG_DIR", "/runtime.exs"}, env: :dev))) # => [app: [b: :dev]]
IO.inspect(Config.Provider.validate_config_path!("/etc/app.exs")) # => :ok
IO.inspect(Config.Provider.resolve_config_path!("/etc/app.exs")) # => "/etc/app.exs"
try do
  Config.Reader.init("relative.exs")
rescue
  error -> IO.puts(error.message)
end
# => expected configuration path to be:
# =>
# =>   * a binary representing an absolute path
# =>   * a tuple {:system, system_var, path} where the config is the concatenation of the `system_var` with the given `path`
# =>
# => Got: "relative.exs"
# =>
File.rm_rf!(dir)
