# SPDX-License-Identifier: Apache-2.0
# Exception.Args: which argument of a native was bad, in the words of OTP's error_info.
#
# A table gives for each native what its arguments must be; the first line of a stacktrace holds the arguments.
# Invariant: a native that is missing here yields the plain "argument error", never a wrong text.
defmodule Exception.Args do
  @moduledoc false

  # One letter per argument, by `one/2`; an atom names a clause of `special/3`.
  @types %{
    erlang: %{
      abs: "n", adler32: :checksum, alias: "o", append: "6", append_element: "t_", apply: "aaL", atom_to_binary: :atom_to_binary, atom_to_list: "a", binary_part: :part,
      binary_to_atom: :to_atom, binary_to_existing_atom: :existing_atom, binary_to_float: :to_float, binary_to_integer: :to_integer,
      binary_to_list: :stretch, binary_to_term: :external, bit_size: "B", bitstring_to_list: "B", byte_size: "B",
      cancel_timer: "ro", ceil: "n", convert_time_unit: "iuu", crc32: :checksum, delete_element: :element, demonitor: "ro",
      element: :element, exit: "p_", external_size: "_o", float: "n", float_to_binary: "Fo", float_to_list: "Fo", floor: "n", fun_info: "fa", function_exported: "aaI",
      fun_to_list: "f", garbage_collect: "p", group_leader: "pp", halt: "h", hd: "N", insert_element: :element, integer_to_binary: "iR",
      integer_to_list: "iR", iolist_size: "q", iolist_to_binary: "q", iolist_to_iovec: "q", is_record: :record, is_function: "_I", is_process_alive: "p",
      length: "L", link: "p", list_to_atom: :to_atom, list_to_binary: "Q", list_to_bitstring: "z",
      list_to_existing_atom: :existing_atom, list_to_float: :to_float, list_to_integer: :to_integer, list_to_pid: "y",
      list_to_port: "5", list_to_ref: "4",
      list_to_tuple: "L", make_fun: "aaI", make_tuple: :make_tuple, md5: "q", md5_final: "b", md5_update: "bq",
      module_loaded: "a", monitor: :monitor, node: "p", phash2: :hash, pid_to_list: "p", port_to_list: "7", posixtime_to_universaltime: "i",
      process_flag: :process_flag, process_info: :process_info, read_timer: "ro", ref_to_list: "r", register: :register, round: "n",
      send: :send, send_after: :timer, setelement: :element, size: "e", spawn: :spawn, spawn_link: :spawn,
      spawn_monitor: :spawn, spawn_opt: :spawn, split_binary: :split_binary, start_timer: :timer, subtract: "MM", suspend_process: :suspend_process, system_info: "s",
      system_time: "u", term_to_binary: "_l", time_offset: "u", trace: :trace, tl: "N", trunc: "n", unalias: "r", tuple_size: "t", tuple_to_list: "t",
      unique_integer: "d", universaltime_to_posixtime: "8", unlink: "p", unregister: :unregister, whereis: "a"
    },
    maps: %{
      filter: "2T", filtermap: "2T", fold: "3_T", foreach: "2T", from_list: "M", from_keys: "M_", groups_from_list: :groups, intersect_with: "3mm",
      map: "2T", merge_with: "3mm", next: "Y", update_with: "_1__", with: "l_", without: "l_"
    },
    binary: %{
      at: "DI", bin_to_list: :part, compile_pattern: "k", copy: "DI", decode_hex: :hex, decode_unsigned: "DE", encode_hex: "D_",
      encode_unsigned: "IE", first: "x", last: "x", list_to_bin: "U", longest_common_prefix: "Z", longest_common_suffix: "Z", match: :search,
      matches: :search, part: :part, referenced_byte_size: "D", replace: :search, split: :search
    },
    lists: %{
      keyfind: "_PM", keymember: "_PM", keysearch: "_PM", keysort: :keysort, member: "_M", reverse: "M_", seq: :seq, suffix: "S_",
      ukeysort: :keysort
    },
    math: %{
      acos: "n", acosh: "n", asin: "n", asinh: "n", atan: "n", atan2: "nn", atanh: "n", ceil: "n", cos: "n", cosh: "n",
      exp: "n", floor: "n", fmod: "nn", log: "n", log10: "n", log2: "n", pow: "nn", sin: "n", sinh: "n", sqrt: "n",
      tan: "n", tanh: "n"
    },
    unicode: %{
      characters_to_binary: "wVV", characters_to_list: "wV", characters_to_nfc_binary: "w", characters_to_nfc_list: "w",
      characters_to_nfd_binary: "w", characters_to_nfd_list: "w", characters_to_nfkc_binary: "w", characters_to_nfkc_list: "w",
      characters_to_nfkd_binary: "w", characters_to_nfkd_list: "w"
    },
    os: %{getenv: "l_"},
    phial_unicode: %{split: "b"},
    persistent_term: %{get: "g"},
    io: %{put_chars: "j__", format: "j__", nl: "j"}
  }

  # The message for the error, or nil for the default one. It begins with `prefix`; if there is any, an error's own reason takes its place.
  @doc false
  def text(reason, [{module, function, args, meta} | _] = stacktrace, prefix) when is_list(meta) do
    case own_info(meta, reason, stacktrace) do
      nil when reason == :badarg and is_list(args) -> compose(prefix, nil, native_texts(module, function, args))
      nil -> nil
      info when is_list(args) -> from_info(info, length(args), prefix)
      info -> from_info(info, args, prefix)
    end
  end

  def text(_reason, _stacktrace, _prefix), do: nil

  # An error raised with `error_info: %{module: m}` is described by m.format_error/2.
  defp own_info(meta, reason, stacktrace) do
    with {:error_info, %{module: module} = info} <- :lists.keyfind(:error_info, 1, meta),
         true <- module != Exception and Code.ensure_loaded?(module),
         function = :maps.get(:function, info, :format_error),
         true <- function_exported?(module, function, 2),
         %{} = map when map != %{} <- :erlang.apply(module, function, [reason, stacktrace]) do
      map
    else
      _ -> nil
    end
  rescue
    _ -> nil
  end

  defp from_info(info, arity, prefix) do
    numbered = for n <- positions(1, arity), :erlang.is_map_key(n, info), do: {n, text_of(:erlang.map_get(n, info))}
    prefix = if prefix != "" and is_map_key(info, :reason), do: text_of(info.reason), else: prefix
    compose(prefix, with(%{general: general} <- info, do: text_of(general), else: (_ -> nil)), numbered)
  end

  defp positions(n, arity) when n > arity, do: []
  defp positions(n, arity), do: [n | positions(n + 1, arity)]

  defp text_of(text), do: IO.chardata_to_string(text)

  defp compose(_prefix, nil, []), do: nil
  defp compose(prefix, general, []), do: prefix <> ": " <> general

  defp compose(prefix, _general, numbered) do
    lines = for {n, text} <- numbered, do: ["\n  * ", ordinal(n), " argument: ", text]
    IO.iodata_to_binary([prefix, ":\n", lines, "\n"])
  end

  defp ordinal(1), do: "1st"
  defp ordinal(2), do: "2nd"
  defp ordinal(3), do: "3rd"
  defp ordinal(n), do: "#{n}th"

  defp native_texts(module, function, args) do
    case @types do
      %{^module => %{^function => types}} when is_binary(types) -> numbered(letters(types, args))
      %{^module => %{^function => special}} -> numbered(special(special, function, args))
      _ -> []
    end
  end

  defp numbered(texts), do: for({text, n} <- Enum.with_index(texts, 1), text != nil, do: {n, text})

  defp letters(<<type, rest::binary>>, [arg | args]), do: [one(type, arg) | letters(rest, args)]
  defp letters(_, args), do: nothing(args)

  defp nothing(args), do: for(_ <- args, do: nil)

  defp not_utf8(arg, encoding),
    do: if(is_binary(arg) and encoding != [:latin1] and not String.valid?(arg), do: "invalid UTF8 encoding")

  defp one(?_, _), do: nil
  defp one(?1, arg), do: unless(is_function(arg, 1), do: "not a fun that takes one argument")
  defp one(?2, arg), do: unless(is_function(arg, 2), do: "not a fun that takes two arguments")
  defp one(?3, arg), do: unless(is_function(arg, 3), do: "not a fun that takes three arguments")
  defp one(?4, arg), do: if(is_list(arg), do: "not a textual representation of a reference", else: "not a list")
  defp one(?5, arg), do: if(is_list(arg), do: "not a textual representation of a port", else: "not a list")
  defp one(?6, _), do: "not a list"
  defp one(?7, arg), do: unless(is_port(arg), do: "not a port")
  defp one(?8, _), do: "not a valid universal time"
  defp one(?a, arg), do: unless(is_atom(arg), do: "not an atom")
  defp one(?b, arg), do: unless(is_binary(arg), do: "not a binary")
  defp one(?B, arg), do: unless(is_bitstring(arg), do: "not a bitstring")
  defp one(?C, arg), do: unless(is_integer(arg) and arg >= 0, do: "out of range")
  defp one(?d, arg), do: if(is_list(arg), do: "invalid modifier", else: "not a list")
  defp one(?D, arg), do: if(is_bitstring(arg) and not is_binary(arg), do: "is a bitstring (expected a binary)", else: one(?b, arg))
  defp one(?E, arg), do: unless(arg in [:big, :little], do: "must be 'big' or 'little'")
  defp one(?e, arg), do: unless(is_tuple(arg) or is_bitstring(arg), do: "not tuple or binary")
  defp one(?f, arg), do: unless(is_function(arg), do: "not a fun")
  defp one(?F, arg), do: unless(is_float(arg), do: "not a float")
  defp one(?g, _), do: "no persistent term stored with this key"
  defp one(?h, _), do: "invalid status"
  defp one(?i, arg), do: unless(is_integer(arg), do: "not an integer")
  defp one(?I, arg), do: at_least(arg, 0)
  defp one(?j, arg), do: if(is_atom(arg) or is_pid(arg), do: "the device does not exist")
  defp one(?k, arg), do: unless(pattern?(arg), do: "not a valid pattern")
  defp one(?l, arg), do: unless(is_list(arg), do: "not a list")
  defp one(?L, arg), do: unless(is_list(arg) and proper?(arg), do: "not a list")
  defp one(?m, arg), do: unless(is_map(arg), do: "not a map")
  defp one(?M, arg), do: not_proper(arg)
  defp one(?n, arg), do: unless(is_number(arg), do: "not a number")
  defp one(?N, arg), do: unless(match?([_ | _], arg), do: "not a nonempty list")
  defp one(?o, arg), do: not_proper(arg) || unless(arg == [], do: "invalid option in list")
  defp one(?p, arg), do: unless(is_pid(arg), do: "not a pid")
  defp one(?P, arg), do: at_least(arg, 1)
  defp one(?q, arg), do: unless(iodata?(arg), do: "not an iodata term")
  defp one(?Q, arg), do: unless(is_list(arg) and iodata?(arg), do: "not an iolist term")
  defp one(?r, arg), do: unless(is_reference(arg), do: "not a reference")
  defp one(?R, arg), do: unless(is_integer(arg) and arg in 2..36, do: "not an integer in the range 2 through 36")
  defp one(?s, _), do: "invalid system info item"
  defp one(?S, _), do: "not a list"
  defp one(?t, arg), do: unless(is_tuple(arg), do: "not a tuple")
  defp one(?T, arg), do: map_or_iterator(arg)
  defp one(?u, arg), do: unless(unit?(arg), do: "invalid time unit")
  defp one(?w, arg), do: unless(chardata?(arg), do: "not valid character data (an iodata term)")
  defp one(?x, ""), do: "a zero-sized binary is not allowed"
  defp one(?x, arg), do: one(?D, arg)
  defp one(?y, arg), do: if(is_list(arg), do: "not a textual representation of a pid", else: "not a list")
  defp one(?V, arg), do: unless(encoding?(arg), do: "not a valid encoding")
  defp one(?U, _), do: "not an iodata term"
  defp one(?Z, _), do: "not a flat list of binaries"
  defp one(?Y, _), do: "not a valid iterator"
  defp one(?z, _), do: "not a bitstring list"

  defp at_least(arg, _) when not is_integer(arg), do: "not an integer"
  defp at_least(arg, least), do: if(arg < least, do: "out of range")

  defp pattern?([_ | _] = patterns), do: proper?(patterns) and Enum.all?(patterns, fn p -> is_binary(p) and p != "" end)
  defp pattern?(pattern), do: (is_binary(pattern) and pattern != "") or match?({kind, _} when kind in [:bm, :ac], pattern)

  defp encoding?({encoding, order}), do: encoding in [:utf16, :utf32] and order in [:big, :little]
  defp encoding?(encoding), do: encoding in [:latin1, :unicode, :utf8, :utf16, :utf32]

  defp spawn_options(options), do: not_proper(options) || unless(Enum.all?(options, &spawn_option?/1), do: "invalid spawn option")

  defp spawn_option?(option) when option in [:link, :monitor], do: true
  defp spawn_option?({:priority, priority}), do: priority in [:low, :normal, :high, :max]
  defp spawn_option?({:message_queue_data, where}), do: where in [:on_heap, :off_heap, :mixed]
  defp spawn_option?({:monitor, [_ | _]}), do: false
  defp spawn_option?({key, size}) when key in [:fullsweep_after, :min_heap_size, :min_bin_vheap_size], do: is_integer(size) and size >= 0
  defp spawn_option?({key, _}), do: key in [:monitor, :scheduler, :async_dist]
  defp spawn_option?(_), do: false

  defp unit?(unit) when is_integer(unit), do: unit > 0

  defp unit?(unit) do
    unit in [:second, :millisecond, :microsecond, :nanosecond, :native, :perf_counter, :seconds, :milli_seconds] or
      unit in [:micro_seconds, :nano_seconds]
  end

  defp not_proper(arg) when not is_list(arg), do: "not a list"
  defp not_proper(arg), do: unless(proper?(arg), do: "not a proper list")

  defp proper?([_ | rest]), do: proper?(rest)
  defp proper?(rest), do: rest == []

  defp iodata?(arg) when is_binary(arg), do: true
  defp iodata?([head | tail]) when is_integer(head), do: head in 0..255 and iodata?(tail)
  defp iodata?([head | tail]), do: iodata?(head) and iodata?(tail)
  defp iodata?(arg), do: arg == []

  defp chardata?([head | tail]) when is_integer(head), do: chardata?(tail)
  defp chardata?([head | tail]), do: chardata?(head) and chardata?(tail)
  defp chardata?(arg), do: arg == [] or is_binary(arg)

  defp special(:atom_to_binary, _, [atom | encoding]) do
    bad = for e <- encoding, do: unless(e in [:latin1, :utf8, :unicode], do: "is an invalid encoding option")
    [one(?a, atom) | bad]
  end

  defp special(:to_atom, :list_to_atom, [arg]) do
    [not_proper(arg) || "not a list of characters"]
  end

  defp special(:to_atom, _, [arg | encoding]) do
    bad = for e <- encoding, do: unless(e in [:latin1, :utf8, :unicode], do: "not one of the atoms: latin1, utf8, or unicode")
    [one(?b, arg) || not_utf8(arg, encoding) | bad]
  end

  defp special(:existing_atom, function, [arg | rest]) do
    text =
      cond do
        function == :list_to_existing_atom and not (is_list(arg) and proper?(arg)) -> not_proper(arg)
        function == :list_to_existing_atom and not :lists.all(&is_integer/1, arg) -> "not a list of characters"
        function == :binary_to_existing_atom and not is_binary(arg) -> "not a binary"
        true -> not_utf8(arg, rest) || "not an already existing atom"
      end

    [text | nothing(rest)]
  end

  defp special(:keysort, _, [position, list]) do
    short? = Enum.find(list, fn item -> not (is_tuple(item) and tuple_size(item) >= position) end) |> is_tuple()
    if short?, do: ["out of range", nil], else: [nil, "not a tuple"]
  end

  defp special(:to_integer, function, [arg | rest]) do
    base = for base <- rest, do: one(?R, base)

    cond do
      function == :binary_to_integer and not is_binary(arg) -> ["not a binary" | base]
      function == :list_to_integer and not (is_list(arg) and proper?(arg)) -> ["not a list" | base]
      Enum.any?(base) -> [nil | base]
      true -> ["not a textual representation of an integer" | base]
    end
  end

  defp special(:to_float, :binary_to_float, [arg]) when not is_binary(arg), do: ["not a binary"]

  defp special(:to_float, function, [arg]) do
    if function == :list_to_float and not (is_list(arg) and proper?(arg)),
      do: ["not a list"],
      else: ["not a textual representation of a float"]
  end

  defp special(:external, _, [arg | rest]) do
    text = if is_binary(arg), do: "invalid external representation of a term", else: "not a binary"
    [text | nothing(rest)]
  end

  defp special(:hex, _, [text]) do
    case text do
      _ when not is_binary(text) -> [one(?D, text)]
      _ when rem(byte_size(text), 2) == 1 -> ["must contain an even number of bytes"]
      _ -> ["#{bad_hex(text)} is not a valid hex"]
    end
  end

  defp special(:part, _, [binary, {start, length}]) when is_integer(start) and is_integer(length),
    do: [one(?D, binary), if(is_binary(binary), do: "out of range")]

  defp special(:part, _, [binary, _]), do: [one(?D, binary), "not a valid {Pos,Length} tuple"]

  defp special(:part, _, [binary, start, length]) do
    cond do
      not (is_binary(binary) and is_integer(start) and is_integer(length)) -> [one(?D, binary), one(?i, start), one(?i, length)]
      start < 0 or start > byte_size(binary) -> [nil, "out of range", nil]
      true -> [nil, nil, "out of range"]
    end
  end

  defp special(:part, function, [binary]) when function == :bin_to_list, do: [one(?D, binary)]
  defp special(:part, _, args), do: nothing(args)

  defp special(:checksum, _, [data]), do: [one(?q, data)]
  defp special(:checksum, _, [old, data]), do: [at_least(old, 0), one(?q, data)]
  defp special(:checksum, _, args), do: for(arg <- args, do: one(?i, arg))

  defp special(:hash, _, [_, range]), do: [if(is_integer(range), do: "out of range", else: "not an integer"), nil]
  defp special(:hash, _, args), do: nothing(args)

  # The record's name is the first argument in the text of is_record/2.
  defp special(:record, _, [_, name]), do: [one(?a, name), nil]
  defp special(:record, _, args), do: letters("_ai", args)

  defp special(:make_tuple, _, [size, _]), do: [one(?C, size), nil]

  defp special(:make_tuple, _, [size, _, list]),
    do: [at_least(size, 0), nil, if(is_list(list), do: if(is_integer(size), do: "invalid option in list"), else: "not a list")]

  defp special(:stretch, _, [binary]), do: [one(?b, binary)]

  defp special(:stretch, _, [binary, start, stop]) when is_binary(binary) and is_integer(start) and is_integer(stop) do
    case for(at <- [start, stop], do: if(at < 1 or at > byte_size(binary), do: "out of range")) do
      [nil, nil] -> [nil, "start position greater than stop position", nil]
      texts -> [nil | texts]
    end
  end

  defp special(:stretch, _, args), do: letters("bPP", args)

  defp special(:search, function, args) do
    letters = if function == :replace, do: "DkD", else: "Dk"
    texts = letters(letters, args)
    options = if length(args) > byte_size(letters), do: List.last(args), else: []

    cond do
      options == [] or Enum.any?(texts) -> texts
      function in [:match, :matches] and match?([{:scope, {a, b}}] when is_integer(a) and is_integer(b), options) ->
        List.replace_at(texts, -1, "specified part is not wholly inside binary")

      true ->
        List.replace_at(texts, -1, "invalid options")
    end
  end

  defp special(:split_binary, _, [binary, at]) do
    [one(?b, binary), one(?i, at) || if(is_binary(binary), do: "out of range")]
  end

  defp special(:element, function, [index, tuple | rest]) do
    more = if function == :insert_element, do: 1, else: 0

    at =
      cond do
        not is_integer(index) -> "not an integer"
        index < 1 -> "out of range"
        is_tuple(tuple) and (index < 1 or index > tuple_size(tuple) + more) -> "out of range"
        true -> nil
      end

    [at, one(?t, tuple) | nothing(rest)]
  end

  defp special(:groups, _, [key, list]), do: letters("1M", [key, list])
  defp special(:groups, _, [key, value, list]), do: letters("11M", [key, value, list])

  defp special(:seq, _, [from, to, step] = args) do
    case letters("iii", args) do
      [nil, nil, nil] -> [nil, nil, if(from < to or step == 0 and from <= to, do: "not a positive increment", else: "not a negative increment")]
      bad -> bad
    end
  end

  defp special(:monitor, _, [type, target | rest]) do
    cond do
      type not in [:process, :port, :time_offset] -> ["invalid monitor type", nil | nothing(rest)]
      rest != [] and (is_pid(target) or is_atom(target)) -> [nil, nil, one(?o, hd(rest))]
      true -> [nil, "not a pid" | nothing(rest)]
    end
  end

  defp special(:send, :send, [_, _, options]) when not is_list(options), do: [nil, nil, "not a list"]

  defp special(:send, :send, [_, _, options]) do
    if Enum.all?(options, &(&1 in [:noconnect, :nosuspend])),
      do: ["invalid destination", nil, nil],
      else: [nil, nil, "invalid option in list"]
  end

  defp special(:send, _, [_ | rest]), do: ["invalid destination" | nothing(rest)]
  defp special(:spawn, _, [fun]), do: [one(?f, fun)]
  defp special(:spawn, :spawn_opt, [fun, options]), do: [one(?f, fun), spawn_options(options)]
  defp special(:spawn, :spawn_opt, [module, function, args, options]),
    do: letters("aaM", [module, function, args]) ++ [spawn_options(options)]

  defp special(:spawn, _, [node, fun]), do: [one(?a, node), one(?f, fun)]
  defp special(:spawn, _, [module, function, args | rest]), do: letters("aaM", [module, function, args]) ++ nothing(rest)

  defp special(:register, _, [name, target]) do
    cond do
      not is_atom(name) -> ["not an atom", nil]
      name == :undefined -> ["'undefined' is not a valid name", nil]
      not (is_pid(target) or is_port(target)) -> [nil, "not a pid or port"]
      is_pid(target) and not :erlang.is_process_alive(target) -> [nil, "the pid does not refer to an existing process"]
      :erlang.whereis(name) != :undefined -> ["name is in use", nil]
      true -> [nil, "process is already registered with another name"]
    end
  end

  defp special(:unregister, _, [_]), do: ["not a pid"]
  defp special(:process_info, _, [pid | rest]), do: [one(?p, pid) | for(_ <- rest, do: if(is_pid(pid), do: "invalid item or item list"))]

  @flags [
    :async_dist, :error_handler, :fullsweep_after, :max_heap_size, :message_queue_data, :min_bin_vheap_size, :min_heap_size,
    :priority, :save_calls, :sensitive, :trap_exit
  ]

  defp special(:process_flag, _, args) do
    [flag, _] = :lists.nthtail(length(args) - 2, args)

    cond do
      length(args) == 3 -> [one(?p, hd(args)), "invalid process flag", nil]
      flag in @flags -> [nil, "invalid value for this process flag"]
      true -> ["invalid process flag", nil]
    end
  end

  defp special(:timer, _, [time | rest]) when time > 4_294_967_295_000 and is_integer(time),
    do: ["exceeds the maximum supported time value" | nothing(rest)]

  defp special(:timer, _, [time, dest, _ | options]) do
    texts = [one(?I, time), unless(is_pid(dest) or is_atom(dest), do: "not a pid or an atom")]

    case options do
      [] -> texts ++ [nil]
      [list] -> texts ++ [not_proper(list) || if(texts == [nil, nil], do: one(?o, list)), nil]
    end
  end

  defp special(:suspend_process, _, [pid | options]) do
    texts = [
      cond do
        not is_pid(pid) -> "not a pid"
        pid == self() -> "the pid refers to the current process"
        not :erlang.is_process_alive(pid) -> "the pid does not refer to an existing process"
        true -> nil
      end
    ]

    texts ++ if(options != [] and texts == [nil], do: [one(?o, hd(options))], else: nothing(options))
  end

  @traced [:all, :processes, :ports, :new, :new_processes, :new_ports, :existing, :existing_processes, :existing_ports]

  defp special(:trace, _, [who, how, flags]) do
    who? = is_pid(who) or who in @traced
    [unless(who?, do: "invalid spec for pid or port"), unless(is_boolean(how), do: "not a boolean"), if(who? and is_boolean(how), do: one(?o, flags))]
  end

  defp special(:resume_process, _, [pid]), do: [one(?p, pid) || "process is not suspended or is not alive"]

  defp map_or_iterator(map), do: unless(is_map(map), do: "not a map or an iterator")

  # The first two digits of which one is none.
  defp bad_hex(<<a, b, rest::binary>>), do: if(hex?(a) and hex?(b), do: bad_hex(rest), else: List.to_string([a, b]))

  defp hex?(c), do: c in ?0..?9 or c in ?a..?f or c in ?A..?F
end
