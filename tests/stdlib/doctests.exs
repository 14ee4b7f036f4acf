# SPDX-License-Identifier: Apache-2.0
# The examples in the library's own documentation are true.
# differs: the documentation is Phial's own
ExUnit.start(autorun: false, formatters: [])

defmodule LibraryDocTest do
  use ExUnit.Case, async: true

  for module <- [
        Kernel, Enum, List, Map, Keyword, String, Integer, Float, Tuple, Atom, Base, Access, Range, MapSet, URI, Version, Path,
        Date, Time, NaiveDateTime, DateTime, Calendar.ISO, Function, OptionParser, Inspect.Algebra, StringIO, Exception
      ],
      do: doctest(module)
end

IO.inspect(ExUnit.run().failures) # => 0
