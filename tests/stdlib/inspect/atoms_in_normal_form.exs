# An atom stands without quotes only if its text is its own normal form.
quoted? = fn atom -> inspect(atom) == ":\"" <> Atom.to_string(atom) <> "\"" end
IO.inspect(Enum.map([:"e\u0301", :"\u00B5", :"\u{FF41}", :é, :日本], quoted?)) # => [true, true, true, false, false]
IO.inspect(Macro.classify_atom(:"ae\u0301")) # => :quoted
