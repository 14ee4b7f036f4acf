# SPDX-License-Identifier: Apache-2.0
# File.cp and File.cp_r take :on_conflict and :dereference_symlinks.
dir = Path.join(System.tmp_dir!(), "copy_options_#{System.pid()}")
File.mkdir_p!(dir <> "/a")
File.write!(dir <> "/a/x", "1")
File.write!(dir <> "/b", "2")
File.ln_s!("x", dir <> "/a/l")

IO.inspect(File.cp(dir <> "/a/x", dir <> "/b", on_conflict: fn _, _ -> false end)) # => :ok
IO.inspect(File.read!(dir <> "/b")) # => "2"
File.cp!(dir <> "/a/x", dir <> "/b", on_conflict: fn s, t -> IO.inspect({Path.basename(s), Path.basename(t)}) end) # => {"x", "b"}
IO.inspect(File.read!(dir <> "/b")) # => "1"
IO.inspect(length(File.cp_r!(dir <> "/a", dir <> "/c", dereference_symlinks: true))) # => 3
IO.inspect({File.lstat!(dir <> "/c/l").type, File.read!(dir <> "/c/l")}) # => {:regular, "1"}
IO.inspect(length(File.cp_r!(dir <> "/a", dir <> "/d"))) # => 3
IO.inspect(File.lstat!(dir <> "/d/l").type) # => :symlink
IO.inspect(File.cp_r(dir <> "/a/x", dir <> "/b", on_conflict: fn _, _ -> nil end)) # => {:ok, []}
File.ln_s!("nothing", dir <> "/a/n")
{:error, reason, path} = File.cp_r(dir <> "/a", dir <> "/e", dereference_symlinks: true)
IO.inspect({reason, Path.basename(path)}) # => {:enoent, "nothing"}
IO.inspect(File.cp(dir <> "/a/x", dir <> "/b", [])) # => :ok
File.rm_rf!(dir)
