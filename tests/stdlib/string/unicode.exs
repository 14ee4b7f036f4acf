IO.inspect(String.upcase("straße")) # => "STRASSE"
IO.inspect(String.downcase("ΑΣ")) # => "ασ"
IO.inspect(String.normalize("e\u0301", :nfc) == "é") # => true
IO.inspect(String.normalize("é", :nfd) |> byte_size()) # => 3
IO.inspect(String.equivalent?("e\u0301", "é")) # => true
IO.inspect(String.upcase("ﬁ")) # => "FI"
IO.inspect(String.capitalize("éa")) # => "Éa"
IO.inspect(String.downcase("İ") |> byte_size()) # => 3
IO.inspect(String.upcase("aé", :ascii)) # => "Aé"
