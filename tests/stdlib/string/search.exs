IO.inspect(String.contains?("hello", "ell")) # => true
IO.inspect(String.contains?("hello", ["x", "l"])) # => true
IO.inspect(String.starts_with?("hello", "he")) # => true
IO.inspect(String.starts_with?("hello", ["x", "h"])) # => true
IO.inspect(String.ends_with?("hello", "lo")) # => true
IO.inspect(String.replace("a-b-c", "-", "+")) # => "a+b+c"
IO.inspect(String.replace("a-b-c", "-", "+", global: false)) # => "a+b-c"
IO.inspect(String.replace("abc", "b", fn m -> m <> m end)) # => "abbc"
IO.inspect(String.replace_prefix("abc", "a", "X")) # => "Xbc"
IO.inspect(String.replace_suffix("abc", "c", "X")) # => "abX"
IO.inspect(String.replace_leading("aab", "a", "x")) # => "xxb"
IO.inspect(String.replace_trailing("abb", "b", "x")) # => "axx"
IO.inspect("hello" =~ "ell") # => true
IO.inspect(String.match?("abc", ~r/b/)) # => true
IO.inspect(String.replace("a1b2", ~r/\d/, "#")) # => "a#b#"
IO.inspect(String.split("a1b22c", ~r/\d+/)) # => ["a", "b", "c"]
