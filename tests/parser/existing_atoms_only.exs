IO.inspect(match?({:error, _}, Code.string_to_quoted(":never_seen_atom_zzq", existing_atoms_only: true))) # => true
IO.inspect(Code.string_to_quoted(":ok", existing_atoms_only: true), width: :infinity) # => {:ok, :ok}
