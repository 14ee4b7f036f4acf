IO.inspect(String.pad_leading("5", 3, "0")) # => "005"
IO.inspect(String.pad_trailing("ab", 5)) # => "ab   "
IO.inspect(String.pad_leading("abc", 2)) # => "abc"
IO.inspect(String.pad_leading("a", 6, ["x", "yz"])) # => "xyzxyzxa"
