# Records of an Erlang file: defaults that are constants, types, macros, conditions, records in records.
path = Path.join(System.tmp_dir!(), "phial_records_#{System.pid()}.hrl")

File.write!(path, ~S"""
%% comment
-define(FIVE, 5).
-define(PAIR(A), {A, ?FIVE}).
-type foo() :: integer().
-record(a, {x = ?FIVE, y = ?PAIR(1), z = fun lists:map/2, w = 1 + 2 * 3, v = "a" "b", u = $a, q = [1|2], m = #{a => <<1,2>>}}).
-record(b, {aa :: [integer()] | undefined,
            bb = #a{w = 0} :: tuple(),  % trailing
            'odd name' = true}).
-ifdef(NOTHING).
-record(c, {}).
-else.
-record(d, {e}).
-endif.
""")

for {name, fields} <- Record.extract_all(from: path), do: IO.inspect({name, fields})
# => {:a,
# =>  [
# =>    x: 5,
# =>    y: {1, 5},
# =>    z: &:lists.map/2,
# =>    w: 7,
# =>    v: 'ab',
# =>    u: 97,
# =>    q: [1 | 2],
# =>    m: %{a: <<1, 2>>}
# =>  ]}
# => {:b,
# =>  [
# =>    aa: :undefined,
# =>    bb: {:a, 5, {1, 5}, &:lists.map/2, 0, 'ab', 97, [1 | 2], %{a: <<1, 2>>}},
# =>    "odd name": true
# =>  ]}
# => {:d, [e: :undefined]}

try do
  Record.extract(:zz, from: path)
rescue
  error in ArgumentError -> IO.puts(String.replace(Exception.message(error), path, "PATH"))
end

# => no record zz found at PATH. Or the record does not exist or its entry is malformed or depends on other include files
File.rm!(path)
IO.inspect(Record.extract(:file_info, from_lib: "kernel/include/file.hrl") |> Keyword.keys() |> hd()) # => :size
