# SPDX-License-Identifier: Apache-2.0
# URI: parsing, building and merging URIs, and percent-encoding (RFC 3986). Invariant: `parse/1` takes any string
# apart without judging it, `new/1` only valid ones; nothing is decoded while parsing.
defmodule URI do
  @moduledoc "Functions for URIs."

  defstruct [:scheme, :authority, :userinfo, :host, :port, :path, :query, :fragment]

  @type t :: %__MODULE__{
          scheme: nil | binary,
          authority: nil | binary,
          userinfo: nil | binary,
          host: nil | binary,
          port: nil | :inet.port_number(),
          path: nil | binary,
          query: nil | binary,
          fragment: nil | binary
        }

  defmodule Error do
    @moduledoc "Raised by `URI.new!/1`."
    defexception [:action, :reason, :part]

    @impl true
    def message(%{action: action, reason: reason, part: part}),
      do: "cannot #{action} due to reason #{reason}: #{inspect(part)}"
  end

  @default_ports %{"ftp" => 21, "http" => 80, "https" => 443, "ldap" => 389, "sftp" => 22, "tftp" => 69, "ws" => 80, "wss" => 443}

  @doc """
  Returns the default port of a scheme, or `nil`.

      iex> URI.default_port("https")
      443
  """
  @spec default_port(binary) :: nil | non_neg_integer
  def default_port(scheme) when is_binary(scheme) do
    case registered_ports() do
      %{^scheme => port} -> port
      %{} -> :maps.get(scheme, @default_ports, nil)
    end
  end

  @doc "Registers the default port of a scheme."
  @spec default_port(binary, non_neg_integer) :: :ok
  def default_port(scheme, port) when is_binary(scheme) and is_integer(port) and port >= 0,
    do: Application.put_env(:elixir, :uri_ports, :maps.put(scheme, port, registered_ports()))

  defp registered_ports, do: Application.get_env(:elixir, :uri_ports, %{})

  # Queries

  @doc """
  Encodes pairs as a query; `:rfc3986` writes spaces as `%20`.

      iex> URI.encode_query(a: 1, b: "x y")
      "a=1&b=x+y"
  """
  @spec encode_query(Enumerable.t(), :rfc3986 | :www_form) :: binary
  def encode_query(enumerable, encoding \\ :www_form), do: Enum.map_join(enumerable, "&", &encode_kv_pair(&1, encoding))

  defp encode_kv_pair({key, _}, _encoding) when is_list(key),
    do: raise(ArgumentError, "encode_query/2 keys cannot be lists, got: #{inspect(key)}")

  defp encode_kv_pair({_, value}, _encoding) when is_list(value),
    do: raise(ArgumentError, "encode_query/2 values cannot be lists, got: #{inspect(value)}")

  defp encode_kv_pair({key, value}, :rfc3986),
    do: :phial_text.percent(Kernel.to_string(key), "~_-.") <> "=" <> :phial_text.percent(Kernel.to_string(value), "~_-.")

  defp encode_kv_pair({key, value}, :www_form),
    do: encode_www_form(Kernel.to_string(key)) <> "=" <> encode_www_form(Kernel.to_string(value))

  @doc """
  Decodes a query into a map.

      iex> URI.decode_query("a=1&b=x+y")
      %{"a" => "1", "b" => "x y"}
  """
  @spec decode_query(binary, %{optional(binary) => binary}, :rfc3986 | :www_form) :: %{optional(binary) => binary}
  def decode_query(query, map \\ %{}, encoding \\ :www_form)

  def decode_query(query, %{} = map, encoding) when is_binary(query),
    do: Enum.reduce(query_decoder(query, encoding), map, fn {key, value}, map -> :maps.put(key, value, map) end)

  @doc """
  Returns a stream of the pairs of a query.

      iex> URI.query_decoder("a=1&b") |> Enum.to_list()
      [{"a", "1"}, {"b", ""}]
  """
  @spec query_decoder(binary, :rfc3986 | :www_form) :: Enumerable.t()
  def query_decoder(query, encoding \\ :www_form) when is_binary(query) do
    Stream.unfold(query, fn
      "" ->
        nil

      query ->
        {pair, rest} = cut(query, "&")
        {key, value} = cut(pair, "=")
        {{decode_with(key, encoding), decode_with(value || "", encoding)}, rest || ""}
    end)
  end

  defp cut(string, mark) do
    case :binary.split(string, mark) do
      [left, right] -> {left, right}
      [all] -> {all, nil}
    end
  end

  defp decode_with(string, :www_form), do: decode_www_form(string)
  defp decode_with(string, :rfc3986), do: decode(string)

  @doc """
  Appends a query to the one the URI has.

      iex> URI.append_query(URI.parse("http://a/?x=1"), "y=2").query
      "x=1&y=2"
  """
  @spec append_query(t, binary) :: t
  def append_query(%URI{} = uri, query) when is_binary(query) and uri.query in [nil, ""], do: %{uri | query: query}

  def append_query(%URI{} = uri, query) when is_binary(query) do
    if String.ends_with?(uri.query, "&"), do: %{uri | query: uri.query <> query}, else: %{uri | query: uri.query <> "&" <> query}
  end

  # Characters

  @doc """
  Tells whether a character is reserved.

      iex> URI.char_reserved?(?+)
      true
  """
  @spec char_reserved?(byte) :: boolean
  def char_reserved?(character), do: character in ':/?#[]@!$&\'()*+,;='

  @doc """
  Tells whether a character is unreserved.

      iex> URI.char_unreserved?(?_)
      true
  """
  @spec char_unreserved?(byte) :: boolean
  def char_unreserved?(character),
    do: character in ?0..?9 or character in ?a..?z or character in ?A..?Z or character in '~_-.'

  @doc """
  Tells whether a character needs no escape in a URI.

      iex> URI.char_unescaped?(?{)
      false
  """
  @spec char_unescaped?(byte) :: boolean
  def char_unescaped?(character), do: char_reserved?(character) or char_unreserved?(character)

  @doc """
  Percent-encodes the bytes for which `predicate` is falsy.

      iex> URI.encode("a b&c")
      "a%20b&c"
  """
  @spec encode(binary, (byte -> as_boolean(term))) :: binary
  def encode(string, predicate \\ &char_unescaped?/1) when is_binary(string) and is_function(predicate, 1),
    do: for(<<byte <- string>>, into: "", do: if(predicate.(byte), do: <<byte>>, else: percent(byte)))

  defp percent(byte), do: <<"%", hex(:erlang.bsr(byte, 4)), hex(:erlang.band(byte, 15))>>

  defp hex(n) when n < 10, do: ?0 + n
  defp hex(n), do: ?A + n - 10

  @doc """
  Encodes as in a form: spaces become `+`.

      iex> URI.encode_www_form("a b&c")
      "a+b%26c"
  """
  @spec encode_www_form(binary) :: binary
  def encode_www_form(string) when is_binary(string), do: string |> :phial_text.percent("~_-.") |> :binary.replace("%20", "+", [:global])

  @doc """
  Decodes percent-escapes.

      iex> URI.decode("a%20b")
      "a b"
  """
  @spec decode(binary) :: binary
  def decode(uri) when is_binary(uri), do: :phial_text.unpercent(uri)

  @doc """
  Decodes percent-escapes and `+`.

      iex> URI.decode_www_form("a+b%20c")
      "a b c"
  """
  @spec decode_www_form(binary) :: binary
  def decode_www_form(string) when is_binary(string), do: string |> :binary.replace("+", " ", [:global]) |> :phial_text.unpercent()

  # Parsing

  @doc """
  Takes a URI apart.

      iex> URI.parse("https://elixir-lang.org/docs?x#y").host
      "elixir-lang.org"
  """
  @spec parse(t | binary) :: t
  def parse(%URI{} = uri), do: uri

  def parse(string) when is_binary(string) do
    {scheme, authority, path, query, fragment} = take_apart(string)
    scheme = scheme && String.downcase(scheme)
    {userinfo, host, port} = split_authority(authority)

    %URI{
      scheme: scheme,
      authority: authority,
      userinfo: userinfo,
      host: host,
      port: port || (scheme && default_port(scheme)),
      path: if(path == "", do: nil, else: path),
      query: query,
      fragment: fragment
    }
  end

  defp take_apart(string) do
    {rest, fragment} = cut(string, "#")
    {rest, query} = cut(rest, "?")
    {scheme, rest} = split_scheme(rest)
    {authority, path} = split_path(rest)
    {scheme, authority, path, query, fragment}
  end

  defp split_scheme(string) do
    with [scheme, rest] <- :binary.split(string, ":"), true <- scheme?(scheme) do
      {scheme, rest}
    else
      _ -> {nil, string}
    end
  end

  defp scheme?(<<first, rest::binary>>) when first in ?a..?z or first in ?A..?Z, do: scheme_chars?(rest)
  defp scheme?(_), do: false

  defp scheme_chars?(<<char, rest::binary>>) when char in ?a..?z or char in ?A..?Z or char in ?0..?9 or char in '+-.',
    do: scheme_chars?(rest)

  defp scheme_chars?(rest), do: rest == ""

  defp split_path("//" <> rest) do
    case :binary.match(rest, "/") do
      {position, _} -> {:binary.part(rest, 0, position), :binary.part(rest, position, byte_size(rest) - position)}
      :nomatch -> {rest, ""}
    end
  end

  defp split_path(path), do: {nil, path}

  # {userinfo, host, port}; the last @ ends the user's part.
  defp split_authority(nil), do: {nil, nil, nil}
  defp split_authority(""), do: {nil, "", nil}

  defp split_authority(authority) do
    {userinfo, rest} =
      case :binary.matches(authority, "@") do
        [] -> {nil, authority}
        matches -> split_around(authority, :lists.last(matches))
      end

    {host, port} = split_port(rest)
    {if(userinfo == "", do: nil, else: userinfo), if(host == "", do: nil, else: host), port}
  end

  defp split_around(string, {position, size}) do
    after_it = position + size
    {:binary.part(string, 0, position), :binary.part(string, after_it, byte_size(string) - after_it)}
  end

  defp split_port("[" <> rest) do
    {host, rest} = cut(rest, "]")

    case rest do
      ":" <> port -> {host, port_number(port)}
      _ -> {host, nil}
    end
  end

  defp split_port(string) do
    {host, port} = cut(string, ":")
    {host, port && port_number(port)}
  end

  defp port_number(port) do
    case port do
      <<digit, _::binary>> when digit in ?0..?9 -> port |> Integer.parse() |> elem(0)
      _ -> nil
    end
  end

  # Validating

  @doc """
  Parses a valid URI: `{:ok, uri}` or `{:error, part}`.

      iex> URI.new("/greater/>")
      {:error, ">"}
  """
  @spec new(t | binary) :: {:ok, t} | {:error, binary}
  def new(%URI{} = uri), do: {:ok, uri}

  def new(string) when is_binary(string) do
    case invalid_part(string) do
      nil -> {:ok, strict(string)}
      part -> {:error, part}
    end
  end

  @doc """
  The same, but returns the URI or raises `URI.Error`.

      iex> URI.new!("http://a").host
      "a"
  """
  @spec new!(t | binary) :: t
  def new!(uri) do
    case new(uri) do
      {:ok, uri} -> uri
      {:error, part} -> raise URI.Error, action: :parse, reason: :invalid_uri, part: part
    end
  end

  defp strict(string) do
    uri = parse(string)
    empty_port? = uri.authority != nil and String.ends_with?(uri.authority, ":")
    %{uri | authority: nil, port: if(empty_port?, do: :undefined, else: uri.port)}
  end

  # A URI that goes wrong after its scheme is wrong at the colon, which no relative path may begin with.
  defp invalid_part(string) do
    {scheme, authority, path, query, fragment} = take_apart(string)

    bad =
      bad_authority(authority) || bad_colon(scheme, authority, path) || bad_char(path, ':@/') || bad_char(query || "", ':@/?') ||
        bad_char(fragment || "", ':@/?')

    if bad && scheme, do: ":", else: bad
  end

  defp bad_colon(nil, nil, path) do
    {first_segment, _} = cut(path, "/")
    {before, colon} = cut(first_segment, ":")
    if colon, do: bad_char(before, '@') || ":"
  end

  defp bad_colon(_scheme, _authority, _path), do: nil

  defp bad_char(string, extra) do
    case for(<<char::utf8 <- string>>, not pchar?(char, extra), do: <<char::utf8>>) do
      [] -> nil
      [bad | _] -> bad
    end
  end

  defp pchar?(char, extra), do: char_unreserved?(char) or char in '!$&\'()*+,;=%' or char in extra

  defp bad_authority(nil), do: nil

  defp bad_authority(authority) do
    {userinfo, rest} =
      case :binary.matches(authority, "@") do
        [] -> {"", authority}
        matches -> split_around(authority, :lists.last(matches))
      end

    bad_char(userinfo, ':') || bad_host(rest)
  end

  defp bad_host("[" <> rest) do
    case cut(rest, "]") do
      {_, nil} -> "["
      {host, port} -> bad_char(host, ':') || bad_port(port)
    end
  end

  defp bad_host(rest) do
    {host, port} = cut(rest, ":")
    bad_char(host, '') || (port && bad_digits(port))
  end

  defp bad_port(""), do: nil
  defp bad_port(":" <> port), do: bad_digits(port)
  defp bad_port(rest), do: rest

  defp bad_digits(port), do: if(for(<<char <- port>>, char not in ?0..?9, do: char) == [], do: nil, else: ":")

  # Building

  @doc """
  Converts to a string.

      iex> URI.to_string(URI.parse("http://foo.com:80/x"))
      "http://foo.com/x"
  """
  @spec to_string(t) :: binary
  def to_string(%URI{host: host, path: <<first, _::binary>>} = uri) when host != nil and first != ?/ do
    raise ArgumentError, ":path in URI must be empty or an absolute path if URL has a :host, got: #{inspect(uri)}"
  end

  def to_string(%URI{} = uri) do
    authority = authority_text(uri)

    :erlang.iolist_to_binary([
      if(uri.scheme, do: [uri.scheme, ":"], else: []),
      if(authority, do: ["//", authority], else: []),
      uri.path || [],
      if(uri.query, do: ["?", uri.query], else: []),
      if(uri.fragment, do: ["#", uri.fragment], else: [])
    ])
  end

  defp authority_text(%URI{host: nil, authority: authority}), do: authority

  defp authority_text(%URI{host: host, userinfo: userinfo, port: port, scheme: scheme}) do
    [
      if(userinfo, do: [userinfo, "@"], else: []),
      if(String.contains?(host, ":"), do: ["[", host, "]"], else: host),
      if(is_integer(port) and default_port(scheme || "") != port, do: [":", Integer.to_string(port)], else: [])
    ]
  end

  @doc """
  Resolves a reference against a base.

      iex> URI.merge("http://a/b/c", "../d") |> to_string()
      "http://a/d"
  """
  @spec merge(t | binary, t | binary) :: t
  def merge(base, rel)
  def merge(%URI{host: nil}, _rel), do: raise(ArgumentError, "you must merge onto an absolute URI")
  def merge(%URI{}, %URI{scheme: scheme} = rel) when scheme != nil, do: %{rel | path: remove_dots(rel.path)}

  def merge(%URI{scheme: scheme}, %URI{host: host} = rel) when host != nil,
    do: %{rel | scheme: scheme, path: remove_dots(rel.path)}

  def merge(%URI{} = base, %URI{path: nil} = rel), do: %{base | query: rel.query || base.query, fragment: rel.fragment}

  def merge(%URI{} = base, %URI{} = rel),
    do: %{base | path: merge_paths(base.path, rel.path), query: rel.query, fragment: rel.fragment}

  def merge(base, rel), do: merge(parse(base), parse(rel))

  defp merge_paths(_base, "/" <> _ = rel), do: remove_dots(rel)
  defp merge_paths(nil, rel), do: merge_paths("/", rel)

  defp merge_paths(base, rel) do
    directory = base |> String.split("/") |> Enum.drop(-1) |> Enum.join("/")
    remove_dots(directory <> "/" <> rel)
  end

  defp remove_dots(nil), do: nil

  # The first segment stays: it is empty where the path is absolute.
  defp remove_dots(path), do: path |> String.split("/") |> dots([]) |> Enum.join("/")

  defp dots(["." | rest], acc), do: dots(rest, acc)
  defp dots([".." | rest], [_, before | acc]), do: dots(rest, [before | acc])
  defp dots([".." | rest], acc), do: dots(rest, acc)
  defp dots([segment | rest], acc), do: dots(rest, [segment | acc])
  defp dots([], acc), do: :lists.reverse(acc)
end

defimpl String.Chars, for: URI do
  defdelegate to_string(uri), to: URI
end

# The authority, which host and port replace, is shown only where it is set.
defimpl Inspect, for: URI do
  import Inspect.Algebra

  def inspect(uri, opts) do
    names = [:scheme, :authority, :userinfo, :host, :port, :path, :query, :fragment]
    fields = for name <- names, name != :authority or uri.authority != nil, do: {name, :maps.get(name, uri)}
    open = color("%URI{", :map, opts)
    close = color("}", :map, opts)
    container_doc(open, fields, close, opts, &Inspect.List.keyword/2, separator: color(",", :map, opts), break: :strict)
  end
end
