# stderr: ** (CompileError) tests/errors/compile_error_missing_module_alias.exs:3: module Nope.Nope is not loaded and could not be found
# exit: 1
import Nope.Nope
