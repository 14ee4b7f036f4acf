// SPDX-License-Identifier: Apache-2.0
// :erlang conversions between terms and text or bytes: atoms, integers, floats, lists, iodata.
//
// Invariant: arguments are checked first and reported in OTP's words; nothing here depends on the C locale's numeric format
// (the program never calls setlocale).
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "buffer.h"
#include "native.h"

#define RADIX "not an integer in the range 2 through 36"
#define SECOND "\n  * 2nd argument: "
#define THIRD "\n  * 3rd argument: "

static term bytes_to_list(struct heap *h, const uint8_t *s, size_t n, term rest)
{
    if (!n) return rest;
    term *c = heap_alloc(h, 2 * n), first = make_cons_ptr(c);
    for (size_t i = 0; i < n; i++, c += 2) {
        c[0] = make_small(s[i]);
        c[1] = make_cons_ptr(c + 2);
    }
    c[-1] = rest;
    return first;
}

// Latin-1 characters of a list, malloc'ed; NULL: something else is in it.
static char *list_text(term list, size_t *len)
{
    size_t n, i = 0;
    if (!list_length(list, &n)) return NULL;
    char *s = malloc(n + 1);
    if (!s) abort();
    for (; is_cons(list); list = tail(list)) {
        term c = head(list);
        if (!is_small(c) || c > make_small(255)) return free(s), NULL;
        s[i++] = (char)small_value(c);
    }
    s[n] = 0;
    *len = n;
    return s;
}

// ---- atoms

NATIVE("erlang", "atom_to_binary", 1, erlang_atom_to_binary_1, "The text of an atom as UTF-8.")
{
    if (!is_atom(arg[0])) return raise_badarg(p, 1, "not an atom");
    struct atom_text t = atom_text(p->vm, arg[0]);
    return mk_binary(&p->heap, t.bytes, t.len);
}
NATIVE("erlang", "atom_to_binary", 2, erlang_atom_to_binary_2, "The text of an atom in an encoding: utf8, unicode or latin1.")
{
    bool latin1 = arg[1] == AM_latin1;
    if (!is_atom(arg[0])) return raise_badarg(p, 1, "not an atom");
    if (!latin1 && arg[1] != AM_utf8 && arg[1] != AM_unicode) return raise_badarg(p, 2, "is an invalid encoding option");
    if (!latin1) return erlang_atom_to_binary_1(p, arg);
    struct atom_text t = atom_text(p->vm, arg[0]);
    uint8_t out[ATOM_MAX_BYTES];
    size_t n = 0;
    for (uint32_t i = 0; i < t.len; i++) {
        uint8_t c = (uint8_t)t.bytes[i];
        if (c >= 0xc4) return raise_badarg(p, 1, "contains a character not expressible in latin1");
        out[n++] = c < 0x80 ? c : (uint8_t)(c << 6 | ((uint8_t)t.bytes[++i] & 63));
    }
    return mk_binary(&p->heap, out, n);
}
NATIVE("erlang", "atom_to_list", 1, erlang_atom_to_list, "The characters of an atom.")
{
    if (!is_atom(arg[0])) return raise_badarg(p, 1, "not an atom");
    struct atom_text t = atom_text(p->vm, arg[0]);
    return mk_charlist(&p->heap, t.bytes, t.len);
}

static term text_to_atom(struct process *p, const char *s, size_t len, bool existing)
{
    term t = existing ? atom_existing(p->vm, s, len) : atom_intern(p->vm, s, len);
    if (t != TERM_NONE) return t;
    return existing ? raise_badarg(p, 1, "not an already existing atom") : raise_system_limit(p);
}

static term binary_to_atom(struct process *p, term bin, term encoding, bool existing)
{
    if (encoding != AM_utf8 && encoding != AM_unicode && encoding != AM_latin1)
        return raise_badarg(p, 2, "not one of the atoms: latin1, utf8, or unicode");
    if (!is_binary(bin)) return raise_badarg(p, 1, "not a binary");
    size_t len;
    const uint8_t *s = binary_bytes(&p->heap, bin, &len);
    if (encoding == AM_latin1) {
        uint8_t utf8[512];
        size_t n = 0;
        if (len > 255) return existing ? raise_badarg(p, 1, "not an already existing atom") : raise_system_limit(p);
        for (size_t i = 0; i < len; i++) n += utf8_encode(s[i], utf8 + n);
        return text_to_atom(p, (const char *)utf8, n, existing);
    }
    if (!utf8_valid(s, len)) return raise_badarg(p, 1, "invalid UTF8 encoding");
    return text_to_atom(p, (const char *)s, len, existing);
}
NATIVE("erlang", "binary_to_atom", 1, erlang_binary_to_atom_1, "The atom with a text.") { return binary_to_atom(p, arg[0], AM_utf8, false); }
NATIVE("erlang", "binary_to_atom", 2, erlang_binary_to_atom_2, "The atom with a text in an encoding.")
{
    return binary_to_atom(p, arg[0], arg[1], false);
}
NATIVE("erlang", "binary_to_existing_atom", 1, erlang_binary_to_existing_atom_1, "The atom with a text, if there is one already.")
{
    return binary_to_atom(p, arg[0], AM_utf8, true);
}
NATIVE("erlang", "binary_to_existing_atom", 2, erlang_binary_to_existing_atom_2, "The atom with a text in an encoding, if there is one already.")
{
    return binary_to_atom(p, arg[0], arg[1], true);
}

static term list_to_atom(struct process *p, term list, bool existing)
{
    size_t n, len = 0;
    if (!list_length(list, &n)) return raise_badarg(p, 1, "not a list");
    uint8_t text[ATOM_MAX_BYTES];
    for (; is_cons(list); list = tail(list)) {
        term c = head(list);
        if (!is_small(c) || c > make_small(0x10ffff) || (c >= make_small(0xd800) && c <= make_small(0xdfff)))
            return raise_badarg(p, 1, "not a list of characters");
        if (n <= 255) len += utf8_encode((uint32_t)small_value(c), text + len);
    }
    if (n > 255) return existing ? raise_badarg(p, 1, "not an already existing atom") : raise_system_limit(p);
    return text_to_atom(p, (const char *)text, len, existing);
}
NATIVE("erlang", "list_to_atom", 1, erlang_list_to_atom, "The atom with these characters.") { return list_to_atom(p, arg[0], false); }
NATIVE("erlang", "list_to_existing_atom", 1, erlang_list_to_existing_atom, "The atom with these characters, if there is one already.")
{
    return list_to_atom(p, arg[0], true);
}

// ---- integers

// Sign and digits of `base`, nothing else. TERM_NONE: not a number (nothing raised).
static term parse_integer(struct heap *h, const char *s, size_t len, int base)
{
    bool neg = len && *s == '-';
    if (len && (*s == '-' || *s == '+')) s++, len--;
    if (!len) return TERM_NONE;
    for (size_t i = 0; i < len; i++) {
        char c = s[i];
        int v = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'z' ? c - 'a' + 10 : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : 99;
        if (v >= base) return TERM_NONE;
    }
    term t = num_parse(h, s, len, base);
    if (!neg) return t;
    if (is_small(t)) return make_small(-small_value(t));
    term *obj = boxed_ptr(t);
    size_t n = header_size(obj[0]);
    if (n == 1 && obj[1] == (uint64_t)1 << 60) return make_small(SMALL_MIN);
    obj[0] = make_header(TYPE_BIGNEG, n);
    return t;
}

static int radix_of(term t) { return is_small(t) && small_value(t) >= 2 && small_value(t) <= 36 ? (int)small_value(t) : 0; }

static term text_to_integer(struct process *p, term text, int base)
{
    size_t len = 0;
    term t;
    if (!base) return raise_badarg(p, 2, RADIX);
    if (is_list(text)) {
        char *s = list_text(text, &len);
        t = s ? parse_integer(&p->heap, s, len, base) : TERM_NONE;
        free(s);
    } else {
        const char *s = (const char *)binary_bytes(&p->heap, text, &len);
        t = parse_integer(&p->heap, s, len, base);
    }
    native_charge(p, len / 100);
    return t == TERM_NONE ? raise_badarg(p, 1, "not a textual representation of an integer") : t;
}
NATIVE("erlang", "binary_to_integer", 1, erlang_binary_to_integer_1, "The integer that a text in base 10 stands for.")
{
    return is_binary(arg[0]) ? text_to_integer(p, arg[0], 10) : raise_badarg(p, 1, "not a binary");
}
NATIVE("erlang", "binary_to_integer", 2, erlang_binary_to_integer_2, "The integer that a text in a base stands for.")
{
    return is_binary(arg[0]) ? text_to_integer(p, arg[0], radix_of(arg[1])) : raise_badarg(p, 1, "not a binary");
}
NATIVE("erlang", "list_to_integer", 1, erlang_list_to_integer_1, "The integer that characters in base 10 stand for.")
{
    return is_list(arg[0]) ? text_to_integer(p, arg[0], 10) : raise_badarg(p, 1, "not a list");
}
NATIVE("erlang", "list_to_integer", 2, erlang_list_to_integer_2, "The integer that characters in a base stand for.")
{
    return is_list(arg[0]) ? text_to_integer(p, arg[0], radix_of(arg[1])) : raise_badarg(p, 1, "not a list");
}

static term integer_to_text(struct process *p, term t, int base, bool list)
{
    if (!is_integer(t)) return raise_badarg(p, 1, base ? "not an integer" : "not an integer" SECOND RADIX);
    if (!base) return raise_badarg(p, 2, RADIX);
    size_t len;
    if (is_small(t)) {
        char text[SMALL_TEXT], *end = text + sizeof text, *at = num_format_small(small_value(t), base, end);
        len = (size_t)(end - at);
        return list ? bytes_to_list(&p->heap, (uint8_t *)at, len, TERM_NIL) : mk_binary(&p->heap, at, len);
    }
    char *s = num_format(t, base, &len);
    term result = list ? bytes_to_list(&p->heap, (uint8_t *)s, len, TERM_NIL) : mk_binary(&p->heap, s, len);
    free(s);
    native_charge(p, len / 100);
    return result;
}
NATIVE("erlang", "integer_to_binary", 1, erlang_integer_to_binary_1, "An integer in base 10.") { return integer_to_text(p, arg[0], 10, false); }
NATIVE("erlang", "integer_to_binary", 2, erlang_integer_to_binary_2, "An integer in a base.")
{
    return integer_to_text(p, arg[0], radix_of(arg[1]), false);
}
NATIVE("erlang", "integer_to_list", 1, erlang_integer_to_list_1, "An integer in base 10 as characters.")
{
    return integer_to_text(p, arg[0], 10, true);
}
NATIVE("erlang", "integer_to_list", 2, erlang_integer_to_list_2, "An integer in a base as characters.")
{
    return integer_to_text(p, arg[0], radix_of(arg[1]), true);
}

// ---- floats

#define FLOAT_TEXT 512

struct float_format { enum { FORMAT_SCIENTIFIC, FORMAT_DECIMALS, FORMAT_SHORT } kind; int digits; bool compact; };

static bool float_option(struct float_format *f, term o)
{
    if (o == AM_compact) return f->compact = true;
    if (o == AM_short) return f->kind = FORMAT_SHORT, true;
    if (!is_tuple_of(o, 2) || !is_small(tuple_get(o, 1))) return false;
    int64_t n = small_value(tuple_get(o, 1));
    if (tuple_get(o, 0) == AM_decimals && n >= 0 && n <= 253) f->kind = FORMAT_DECIMALS;
    else if (tuple_get(o, 0) == AM_scientific && n >= 0 && n <= 249) f->kind = FORMAT_SCIENTIFIC;
    else return false;
    f->digits = (int)n;
    return true;
}

static int strip_zeros(char *s, int len)
{
    if (!memchr(s, '.', (size_t)len)) return len;
    while (s[len - 1] == '0' && s[len - 2] != '.') len--;
    s[len] = 0;
    return len;
}

// At least `width` digits; returns their end.
static char *put_decimal(char *to, uint64_t n, int width)
{
    char text[24];
    int at = 24;
    do text[--at] = (char)('0' + n % 10); while ((n /= 10) || 24 - at < width);
    memcpy(to, text + at, (size_t)(24 - at));
    return to + (24 - at);
}

// Rounds on the double scaled by a power of ten, not on its exact decimal expansion, as OTP does.
static int format_decimals(double d, int digits, char *out)
{
    if (fabs(d) >= 0x1p53 || digits > 18) return snprintf(out, FLOAT_TEXT, "%.*f", digits, d);
    double whole = floor(fabs(d)), scale = 1;
    for (int i = 0; i < digits; i++) scale *= 10;
    double frac = (fabs(d) - whole) * scale, cut = floor(frac);
    if (frac - cut >= 0.5) cut++;
    if (cut >= scale) {
        cut -= scale;
        whole++;
    }
    char *to = out;
    if (signbit(d)) *to++ = '-';
    to = put_decimal(to, (uint64_t)whole, 1);
    if (digits) *to++ = '.', to = put_decimal(to, (uint64_t)cut, digits);
    *to = 0;
    return (int)(to - out);
}

static int format_float(double d, const struct float_format *f, char *out)
{
    if (f->kind == FORMAT_SHORT) return float_format_short(d, out);
    if (f->kind == FORMAT_SCIENTIFIC) return snprintf(out, FLOAT_TEXT, "%.*e", f->digits, d);
    int len = format_decimals(d, f->digits, out);
    if (len >= 256) return -1;
    return f->compact ? strip_zeros(out, len) : len;
}

static term float_to_text(struct process *p, const term *arg, bool options, bool list)
{
    struct float_format f = {FORMAT_SCIENTIFIC, 20, false};
    if (!is_float(arg[0])) return raise_badarg(p, 1, "not a float");
    if (options) {
        term o = arg[1];
        for (; is_cons(o); o = tail(o))
            if (!float_option(&f, head(o))) return raise_badarg(p, 2, "invalid option in list");
        if (!is_nil(o)) return raise_badarg(p, 2, "not a list");
    }
    char text[FLOAT_TEXT];
    int len = format_float(float_value(arg[0]), &f, text);
    if (len < 0) return raise_badarg(p, 2, "invalid option in list");
    return list ? bytes_to_list(&p->heap, (uint8_t *)text, (size_t)len, TERM_NIL) : mk_binary(&p->heap, text, (size_t)len);
}
NATIVE("erlang", "float_to_binary", 1, erlang_float_to_binary_1, "A float with 20 decimals and an exponent.")
{
    return float_to_text(p, arg, false, false);
}
NATIVE("erlang", "float_to_binary", 2, erlang_float_to_binary_2, "A float by options: decimals, scientific, compact, short.")
{
    return float_to_text(p, arg, true, false);
}
NATIVE("erlang", "float_to_list", 1, erlang_float_to_list_1, "A float with 20 decimals and an exponent, as characters.")
{
    return float_to_text(p, arg, false, true);
}
NATIVE("erlang", "float_to_list", 2, erlang_float_to_list_2, "A float by options, as characters.") { return float_to_text(p, arg, true, true); }

static size_t skip_digits(const char *s, size_t i)
{
    while (s[i] >= '0' && s[i] <= '9') i++;
    return i;
}

// sign? digits '.' digits (e sign? digits)?, NUL-terminated.
static bool is_float_text(const char *s, size_t len)
{
    size_t i = *s == '-' || *s == '+', from = i;
    if ((i = skip_digits(s, i)) == from || s[i] != '.') return false;
    from = ++i;
    if ((i = skip_digits(s, i)) == from) return false;
    if (s[i] == 'e' || s[i] == 'E') {
        i++;
        if (s[i] == '-' || s[i] == '+') i++;
        from = i;
        if ((i = skip_digits(s, i)) == from) return false;
    }
    return i == len;
}

static term text_to_float(struct process *p, char *s, size_t len)
{
    double d = s && is_float_text(s, len) ? strtod(s, NULL) : INFINITY;
    free(s);
    return isfinite(d) ? mk_float(&p->heap, d) : raise_badarg(p, 1, "not a textual representation of a float");
}
NATIVE("erlang", "binary_to_float", 1, erlang_binary_to_float, "The float that a text stands for.")
{
    if (!is_binary(arg[0])) return raise_badarg(p, 1, "not a binary");
    size_t len;
    const uint8_t *s = binary_bytes(&p->heap, arg[0], &len);
    char *copy = malloc(len + 1);
    if (!copy) abort();
    memcpy(copy, s, len);
    copy[len] = 0;
    return text_to_float(p, copy, len);
}
NATIVE("erlang", "list_to_float", 1, erlang_list_to_float, "The float that characters stand for.")
{
    if (!is_list(arg[0])) return raise_badarg(p, 1, "not a list");
    size_t len = 0;
    char *s = list_text(arg[0], &len);
    return text_to_float(p, s, len);
}

static size_t digits_at(const uint8_t *s, size_t len, int64_t base)
{
    size_t n = 0;
    for (; n < len; n++) {
        int c = s[n] | 0x20, value = s[n] <= '9' ? s[n] - '0' : c >= 'a' && c <= 'z' ? c - 'a' + 10 : 99;
        if (value < 0 || value >= base) break;
    }
    return n;
}
NATIVE("phial_text", "digits", 2, phial_text_digits, "How many bytes at the start of a binary are digits of a base.")
{
    if (!is_binary(arg[0]) || !is_small(arg[1])) return raise_error(p, AM_function_clause);
    size_t len;
    const uint8_t *s = binary_bytes(&p->heap, arg[0], &len);
    native_charge(p, len / 200);
    return make_small((int64_t)digits_at(s, len, small_value(arg[1])));
}
NATIVE("phial_text", "parse_integer", 2, phial_text_parse_integer, "{the integer that a binary starts with, the rest}, or error.")
{
    if (!is_binary(arg[0]) || !is_small(arg[1])) return raise_error(p, AM_function_clause);
    size_t len;
    const uint8_t *s = binary_bytes(&p->heap, arg[0], &len);
    size_t sign = len && (*s == '-' || *s == '+'), n = sign + digits_at(s + sign, len - sign, small_value(arg[1]));
    native_charge(p, n / 100);
    if (n == sign) return AM_error;
    term integer = parse_integer(&p->heap, (const char *)s, n, (int)small_value(arg[1]));
    return mk_tuple2(&p->heap, integer, mk_sub_binary(&p->heap, arg[0], n * 8, (len - n) * 8));
}
NATIVE("phial_text", "integer_digits", 2, phial_text_integer_digits, "The digits of an integer in a base, if both are small; else nil.")
{
    if (!is_small(arg[0]) || !is_small(arg[1])) return AM_nil;
    int64_t n = small_value(arg[0]), base = small_value(arg[1]);
    term digits = TERM_NIL;
    do digits = mk_cons(&p->heap, make_small(n % base), digits);
    while (n /= base);
    return digits;
}

// ---- percent-escapes

static int hex_digit(uint8_t c) { return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1; }

NATIVE("phial_text", "unpercent", 1, phial_text_unpercent, "Text with the bytes that its %XX stand for.")
{
    size_t len;
    const uint8_t *s = binary_bytes(&p->heap, arg[0], &len), *end = s + len;
    if (!memchr(s, '%', len)) return arg[0];
    struct buffer b = {0};
    uint8_t *to = buffer_room(&b, len);
    while (s < end) {
        bool escaped = *s == '%' && end - s > 2 && hex_digit(s[1]) >= 0 && hex_digit(s[2]) >= 0;
        *to++ = escaped ? (uint8_t)(hex_digit(s[1]) << 4 | hex_digit(s[2])) : *s;
        s += escaped ? 3 : 1;
    }
    term t = mk_binary(&p->heap, b.bytes, (size_t)(to - b.bytes));
    free(b.bytes);
    native_charge(p, len / 100);
    return t;
}
NATIVE("phial_text", "percent", 2, phial_text_percent, "Text with all bytes but ASCII letters, digits and some others as %XX.")
{
    size_t len, n;
    const uint8_t *s = binary_bytes(&p->heap, arg[0], &len), *others = binary_bytes(&p->heap, arg[1], &n);
    struct buffer b = {0};
    for (size_t i = 0; i < len; i++) {
        uint8_t c = s[i], low = c | 0x20;
        if ((low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') || memchr(others, c, n)) {
            *buffer_room(&b, 1) = c;
        } else {
            uint8_t *to = buffer_room(&b, 3);
            to[0] = '%', to[1] = (uint8_t)"0123456789ABCDEF"[c >> 4], to[2] = (uint8_t)"0123456789ABCDEF"[c & 15];
        }
    }
    term t = mk_binary(&p->heap, b.bytes, b.len);
    free(b.bytes);
    native_charge(p, len / 100);
    return t;
}

// ---- bytes and lists

NATIVE("erlang", "list_to_binary", 1, erlang_list_to_binary, "The bytes of an iolist as one binary.")
{
    term t = is_list(arg[0]) ? iodata_binary(p, arg[0]) : TERM_NONE;
    return t == TERM_NONE ? raise_badarg(p, 1, "not an iolist term") : t;
}
NATIVE("erlang", "iolist_to_binary", 1, erlang_iolist_to_binary, "The bytes of iodata as one binary.")
{
    term t = is_binary(arg[0]) ? arg[0] : iodata_binary(p, arg[0]);
    return t == TERM_NONE ? raise_badarg(p, 1, "not an iodata term") : t;
}
NATIVE("erlang", "iolist_to_iovec", 1, erlang_iolist_to_iovec, "The bytes of iodata as a list of binaries.")
{
    term t = erlang_iolist_to_binary(p, arg);
    if (t == TERM_NONE) return t;
    return bits_of(t).size ? mk_cons(&p->heap, t, TERM_NIL) : TERM_NIL;
}
NATIVE("erlang", "iolist_size", 1, erlang_iolist_size, "Number of bytes of iodata.")
{
    size_t len;
    if (!iodata_length(arg[0], &len)) return raise_badarg(p, 1, "not an iodata term");
    native_charge(p, len / 500);
    return make_small((int64_t)len);
}

static term bits_to_list(struct process *p, term bin, uint64_t from, uint64_t bytes)
{
    struct bits b = bits_of(bin);
    uint64_t spare = from || bytes * 8 < (b.size & ~(uint64_t)7) ? 0 : b.size & 7;
    term rest = spare ? mk_cons(&p->heap, mk_sub_binary(&p->heap, bin, b.size - spare, spare), TERM_NIL) : TERM_NIL;
    term part = mk_sub_binary(&p->heap, bin, from * 8, bytes * 8);
    size_t len;
    const uint8_t *s = binary_bytes(&p->heap, part, &len);
    native_charge(p, len / 100);
    return bytes_to_list(&p->heap, s, len, rest);
}
NATIVE("erlang", "binary_to_list", 1, erlang_binary_to_list_1, "The bytes of a binary.")
{
    if (!is_binary(arg[0])) return raise_badarg(p, 1, "not a binary");
    return bits_to_list(p, arg[0], 0, bits_of(arg[0]).size / 8);
}
NATIVE("erlang", "bitstring_to_list", 1, erlang_bitstring_to_list, "The bytes of a bitstring, then the bits left over.")
{
    if (!is_bitstring(arg[0])) return raise_badarg(p, 1, "not a bitstring");
    return bits_to_list(p, arg[0], 0, bits_of(arg[0]).size / 8);
}
NATIVE("erlang", "binary_to_list", 3, erlang_binary_to_list_3, "The bytes of a binary between two positions from 1.")
{
    if (!is_binary(arg[0])) return raise_badarg(p, 1, "not a binary");
    if (!is_integer(arg[1])) return raise_badarg(p, 2, is_integer(arg[2]) ? "not an integer" : "not an integer" THIRD "not an integer");
    if (!is_integer(arg[2])) return raise_badarg(p, 3, "not an integer");
    term size = make_small((int64_t)(bits_of(arg[0]).size / 8));
    if (num_compare(arg[1], make_small(1)) < 0 || num_compare(arg[1], size) > 0) {
        if (size != make_small(0)) return raise_badarg(p, 2, "out of range");
    }
    if (num_compare(arg[2], make_small(1)) < 0 || num_compare(arg[2], size) > 0) return raise_badarg(p, 3, "out of range");
    if (num_compare(arg[1], arg[2]) > 0) return raise_badarg(p, 2, "start position greater than stop position");
    uint64_t from = (uint64_t)small_value(arg[1]) - 1;
    return bits_to_list(p, arg[0], from, (uint64_t)small_value(arg[2]) - from);
}

// ---- bitstring lists

struct bit_buffer { uint8_t *bytes; uint64_t size, capacity; };   // capacity in bytes

static void add_bits(struct bit_buffer *out, const uint8_t *from, uint64_t offset, uint64_t n)
{
    if ((out->size + n + 15) / 8 > out->capacity) {
        out->capacity = (out->size + n) / 4 + 64;
        out->bytes = realloc(out->bytes, out->capacity);
        if (!out->bytes) abort();
    }
    if (!((out->size | offset) & 7)) {
        memcpy(out->bytes + out->size / 8, from + offset / 8, (n + 7) / 8);
        out->size += n;
        return;
    }
    for (uint64_t i = 0; i < n; i++, out->size++) {
        unsigned bit = from[(offset + i) >> 3] >> (7 - ((offset + i) & 7)) & 1;
        uint8_t *at = out->bytes + (out->size >> 3);
        unsigned shift = 7 - (out->size & 7);
        *at = (uint8_t)((*at & ~(1u << shift)) | bit << shift);
    }
}

NATIVE("erlang", "list_to_bitstring", 1, erlang_list_to_bitstring, "Bytes and bitstrings in nested lists as one bitstring.")
{
    struct bit_buffer out = {0};
    term *stack = NULL, t = arg[0];
    size_t count = 0, capacity = 0;
    bool good = is_list(t), in_list = false;
    while (good) {
        if (is_cons(t)) {
            if (count == capacity) {
                capacity = capacity ? capacity * 2 : 32;
                stack = realloc(stack, capacity * sizeof *stack);
                if (!stack) abort();
            }
            stack[count++] = tail(t);
            t = head(t);
            in_list = true;
            continue;
        }
        if (is_bitstring(t)) {
            struct bits b = bits_of(t);
            add_bits(&out, b.base, b.offset, b.size);
        } else if (in_list && is_small(t) && t <= make_small(255)) {
            uint8_t byte = (uint8_t)small_value(t);
            add_bits(&out, &byte, 0, 8);
        } else if (!is_nil(t)) {
            good = false;
        }
        if (!count) break;
        t = stack[--count];
        in_list = false;
    }
    free(stack);
    native_charge(p, out.size / 1000);
    term result = good ? mk_bitstring(&p->heap, out.bytes, out.size) : raise_badarg(p, 1, "not a bitstring list");
    free(out.bytes);
    return result;
}
