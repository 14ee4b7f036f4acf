IO.inspect(is_integer(System.system_time())) # => true
IO.inspect(System.monotonic_time() <= System.monotonic_time()) # => true
IO.inspect(is_binary(System.version())) # => true
IO.inspect(System.version() |> String.starts_with?("1.14")) # => true
IO.inspect(is_integer(System.unique_integer())) # => true
IO.inspect(System.otp_release()) # => "25"
IO.inspect(System.convert_time_unit(1500, :millisecond, :second)) # => 1
IO.inspect(System.put_env("PHIAL_T", "v")) # => :ok
IO.inspect(System.get_env("PHIAL_T")) # => "v"
IO.inspect(System.fetch_env("PHIAL_NONE")) # => :error
IO.inspect(System.delete_env("PHIAL_T")) # => :ok
IO.inspect(System.get_env("PHIAL_T")) # => nil
