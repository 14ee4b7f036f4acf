// SPDX-License-Identifier: Apache-2.0
// :unicode natives: chardata between encodings, normal forms.
//
// A conversion walks nested data with its own stack, decodes into code points one by one and encodes them again. What could not be
// converted is put together again from the stack, in the shape OTP returns it.
// Invariant: the whole of the data is checked for shape first (anything but integers and binaries in lists is badarg); utf8proc sees valid UTF-8
// only.
#include <stdlib.h>
#include <utf8proc.h>

#include "buffer.h"
#include "native.h"
#include "unicode.h"

#define BAD_DATA "not valid character data (an iodata term)"
#define BAD_ENCODING "not a valid encoding"

enum encoding { ENC_NONE, ENC_UTF8, ENC_LATIN1, ENC_UTF16_BIG, ENC_UTF16_LITTLE, ENC_UTF32_BIG, ENC_UTF32_LITTLE, ENC_LIST };

static enum encoding encoding_of(term t)
{
    if (t == AM_utf8 || t == AM_unicode) return ENC_UTF8;
    if (t == AM_latin1) return ENC_LATIN1;
    if (t == AM_utf16) return ENC_UTF16_BIG;
    if (t == AM_utf32) return ENC_UTF32_BIG;
    if (!is_tuple_of(t, 2) || (tuple_get(t, 1) != AM_big && tuple_get(t, 1) != AM_little)) return ENC_NONE;
    bool little = tuple_get(t, 1) == AM_little;
    if (tuple_get(t, 0) == AM_utf16) return little ? ENC_UTF16_LITTLE : ENC_UTF16_BIG;
    if (tuple_get(t, 0) == AM_utf32) return little ? ENC_UTF32_LITTLE : ENC_UTF32_BIG;
    return ENC_NONE;
}

static bool is_scalar(uint32_t c) { return c <= 0x10ffff && (c < 0xd800 || c > 0xdfff); }

// ---- decoding: bytes taken, UTF8_BAD, or UTF8_SHORT

// A truncated sequence is short as long as its bytes have the right form, even if no continuation could make it valid.
static int decode_utf8(const uint8_t *s, size_t len, uint32_t *c)
{
    if (s[0] < 0x80) return *c = s[0], 1;
    int n = s[0] < 0xc0 || s[0] >= 0xf8 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
    if (!n) return UTF8_BAD;
    for (int i = 1; i < n; i++) {
        if ((size_t)i >= len) return UTF8_SHORT;
        if ((s[i] & 0xc0) != 0x80) return UTF8_BAD;
    }
    return utf8_decode(s, len, c) > 0 ? n : UTF8_BAD;
}

static uint32_t unit16(const uint8_t *s, bool little) { return little ? s[0] | (uint32_t)s[1] << 8 : s[1] | (uint32_t)s[0] << 8; }

static int decode_utf16(const uint8_t *s, size_t len, bool little, uint32_t *c)
{
    if (len < 2) return !little && s[0] >> 2 == 0xdc >> 2 ? UTF8_BAD : UTF8_SHORT;
    *c = unit16(s, little);
    if (*c < 0xd800 || *c > 0xdfff) return 2;
    if (*c >= 0xdc00) return UTF8_BAD;
    if (len < 4) return len == 3 && !little && s[2] >> 2 != 0xdc >> 2 ? UTF8_BAD : UTF8_SHORT;
    uint32_t low = unit16(s + 2, little);
    if (low < 0xdc00 || low > 0xdfff) return UTF8_BAD;
    *c = 0x10000 + ((*c - 0xd800) << 10) + (low - 0xdc00);
    return 4;
}

// Fewer than four bytes: too few, or no beginning of a character.
static int short_utf32(const uint8_t *s, size_t len, bool little)
{
    if (little) return len == 3 && s[2] > 0x10 ? UTF8_BAD : UTF8_SHORT;
    if (s[0] || (len > 1 && s[1] > 0x10)) return UTF8_BAD;
    return len == 3 && !s[1] && s[2] >> 3 == 0xd8 >> 3 ? UTF8_BAD : UTF8_SHORT;
}

static int decode_char(enum encoding e, const uint8_t *s, size_t len, uint32_t *c)
{
    switch (e) {
    case ENC_LATIN1: return *c = s[0], 1;
    case ENC_UTF16_BIG: return decode_utf16(s, len, false, c);
    case ENC_UTF16_LITTLE: return decode_utf16(s, len, true, c);
    case ENC_UTF32_BIG:
    case ENC_UTF32_LITTLE:
        if (len < 4) return short_utf32(s, len, e == ENC_UTF32_LITTLE);
        *c = 0;
        for (int i = 0; i < 4; i++) *c = *c << 8 | s[e == ENC_UTF32_BIG ? i : 3 - i];
        return is_scalar(*c) ? 4 : UTF8_BAD;
    default: return decode_utf8(s, len, c);
    }
}

// ---- encoding

static void put16(uint8_t *to, uint32_t v, bool little)
{
    to[little] = (uint8_t)(v >> 8);
    to[!little] = (uint8_t)v;
}

// False: the encoding has no such character.
static bool encode_char(enum encoding e, uint32_t c, struct buffer *o)
{
    uint8_t *to = buffer_room(o, 4);
    o->len -= 4;        // what of it is used is added below
    bool little = e == ENC_UTF16_LITTLE || e == ENC_UTF32_LITTLE;
    switch (e) {
    case ENC_LATIN1:
        if (c > 255) return false;
        *to = (uint8_t)c;
        o->len++;
        return true;
    case ENC_UTF16_BIG:
    case ENC_UTF16_LITTLE:
        if (c < 0x10000) {
            put16(to, c, little);
            o->len += 2;
        } else {
            put16(to, 0xd800 + ((c - 0x10000) >> 10), little);
            put16(to + 2, 0xdc00 + ((c - 0x10000) & 0x3ff), little);
            o->len += 4;
        }
        return true;
    case ENC_UTF32_BIG:
    case ENC_UTF32_LITTLE:
        for (int i = 0; i < 4; i++) to[little ? i : 3 - i] = (uint8_t)(c >> 8 * i);
        o->len += 4;
        return true;
    case ENC_LIST:
        memcpy(to, &c, 4);
        o->len += 4;
        return true;
    default: o->len += utf8_encode(c, to); return true;
    }
}

// ---- the walk

struct stack { term *items; size_t count, capacity; };

static void push(struct stack *s, term t)
{
    if (s->count == s->capacity) {
        s->capacity = s->capacity ? s->capacity * 2 : 32;
        s->items = realloc(s->items, s->capacity * sizeof *s->items);
        if (!s->items) abort();
    }
    s->items[s->count++] = t;
}

// Lists, possibly ending in a binary, of integers, binaries and such lists; or a binary.
static bool is_chardata(term t)
{
    struct stack s = {0};
    bool good = is_list(t) || is_binary(t);
    while (good) {
        for (; is_cons(t); t = tail(t)) {
            term h = head(t);
            if (is_cons(h)) push(&s, h);
            else if (!is_integer(h) && !is_nil(h) && !is_binary(h)) good = false;
        }
        if (!is_nil(t) && !is_binary(t)) good = false;
        if (!good || !s.count) break;
        t = s.items[--s.count];
    }
    free(s.items);
    return good;
}

struct convert {
    struct process *p;
    enum encoding in, out;
    struct buffer output;
    struct stack tails;         // of the lists around the one being walked, innermost last
    uint8_t pending[8];         // an incomplete character at the end of a binary
    size_t npending;
};

// What is left, `rest` being what is left of the innermost list.
static term rebuild(struct convert *v, term rest)
{
    for (size_t i = v->tails.count; i-- > 0;) rest = mk_cons(&v->p->heap, rest, v->tails.items[i]);
    return rest;
}

// The pending bytes cannot be continued by what follows.
static term broken(struct convert *v, size_t n, term rest)
{
    struct heap *h = &v->p->heap;
    return mk_cons(h, mk_binary(h, v->pending, n), mk_cons(h, rebuild(v, rest), TERM_NIL));
}

// Converts a binary; returns how many bytes could not be (0: all, or pending), or -1 if the pending bytes are broken.
static int64_t convert_bytes(struct convert *v, const uint8_t *s, size_t len)
{
    size_t i = 0;
    uint32_t c;
    while (v->npending && i < len) {
        v->pending[v->npending++] = s[i++];
        int n = decode_char(v->in, v->pending, v->npending, &c);
        if (n == UTF8_BAD || (n > 0 && !encode_char(v->out, c, &v->output))) return v->npending--, -1;
        if (n > 0) v->npending = 0;
    }
    while (i < len) {
        int n = decode_char(v->in, s + i, len - i, &c);
        if (n == UTF8_SHORT) {
            v->npending = len - i;
            memcpy(v->pending, s + i, v->npending);
            return 0;
        }
        if (n == UTF8_BAD || !encode_char(v->out, c, &v->output)) return (int64_t)(len - i);
        i += (size_t)n;
    }
    return 0;
}

static bool integer_fits(struct convert *v, term t)
{
    if (!is_small(t) || small_value(t) < 0 || small_value(t) > 0x10ffff) return false;
    return v->in == ENC_LATIN1 ? small_value(t) < 256 : is_scalar((uint32_t)small_value(t));
}

// One integer or binary. `tail` is what follows it in its list; TERM_NONE: it is no list element. TERM_NONE: fine; else what is left.
static term convert_leaf(struct convert *v, term t, term after)
{
    struct heap *h = &v->p->heap;
    term whole = after == TERM_NONE ? t : mk_cons(h, t, after);
    if (is_integer(t)) {
        if (v->npending) return broken(v, v->npending, whole);
        if (!integer_fits(v, t)) return rebuild(v, whole);
        if (encode_char(v->out, (uint32_t)small_value(t), &v->output)) return TERM_NONE;
        return rebuild(v, mk_cons(h, mk_cons(h, t, TERM_NIL), after));
    }
    size_t len;
    const uint8_t *s = binary_bytes(h, t, &len);
    int64_t left = convert_bytes(v, s, len);
    if (left < 0) return broken(v, v->npending, whole);
    if (!left) return TERM_NONE;
    term rest = mk_sub_binary(h, t, (len - (uint64_t)left) * 8, (uint64_t)left * 8);
    return rebuild(v, after == TERM_NONE ? rest : mk_cons(h, rest, after));
}

static term convert_all(struct convert *v, term t)
{
    for (;;) {
        while (is_cons(t)) {
            term h = head(t);
            if (is_list(h)) {
                push(&v->tails, tail(t));
                t = h;
                continue;
            }
            term left = convert_leaf(v, h, tail(t));
            if (left != TERM_NONE) return left;
            t = tail(t);
        }
        if (!is_nil(t)) {
            term left = convert_leaf(v, t, TERM_NONE);
            if (left != TERM_NONE) return left;
        }
        if (!v->tails.count) return TERM_NONE;
        t = v->tails.items[--v->tails.count];
    }
}

static term take_output(struct convert *v)
{
    struct buffer *o = &v->output;
    if (v->out != ENC_LIST) return mk_binary(&v->p->heap, o->bytes, o->len);
    term list = TERM_NIL;
    for (size_t i = o->len / 4; i-- > 0;) {
        uint32_t c;
        memcpy(&c, o->bytes + 4 * i, 4);
        list = mk_cons(&v->p->heap, make_small(c), list);
    }
    return list;
}

// Of valid UTF-8.
static term code_points(struct heap *h, const uint8_t *s, size_t len)
{
    struct list_builder out;
    uint32_t c = 0;
    list_begin(&out, h);
    for (const uint8_t *end = s + len; s < end; list_add(&out, make_small(c)))
        if (*s < 0x80) c = *s++;
        else s += utf8_decode(s, (size_t)(end - s), &c);
    return list_end(&out, TERM_NIL);
}

static term convert(struct process *p, term data, enum encoding in, enum encoding out)
{
    if (is_binary(data) && in == ENC_UTF8 && (out == in || out == ENC_LIST)) {
        size_t len;
        const uint8_t *s = binary_bytes(&p->heap, data, &len);
        native_charge(p, len / (out == in ? 1000 : 100));
        if (utf8_valid(s, len)) return out == in ? data : code_points(&p->heap, s, len);
    }
    uint8_t *bytes;
    size_t n;
    if (is_list(data) && in == ENC_UTF8 && out == in && chardata_bytes(data, &bytes, &n)) {
        term text = mk_binary(&p->heap, bytes, n);
        free(bytes);
        native_charge(p, n / 200);
        return text;
    }
    if (!is_chardata(data)) return raise_badarg(p, 1, BAD_DATA);
    struct convert v = {.p = p, .in = in, .out = out};
    term left = convert_all(&v, data), result = take_output(&v);
    if (left != TERM_NONE) result = mk_tuple3(&p->heap, AM_error, result, left);
    else if (v.npending) result = mk_tuple3(&p->heap, AM_incomplete, result, mk_binary(&p->heap, v.pending, v.npending));
    native_charge(p, v.output.len / 200);
    free(v.output.bytes);
    free(v.tails.items);
    return result;
}

NATIVE("unicode", "characters_to_binary", 1, unicode_characters_to_binary_1, "Chardata as UTF-8.") { return convert(p, arg[0], ENC_UTF8, ENC_UTF8); }
NATIVE("unicode", "characters_to_binary", 2, unicode_characters_to_binary_2, "Chardata in an encoding as UTF-8.")
{
    enum encoding in = encoding_of(arg[1]);
    return in ? convert(p, arg[0], in, ENC_UTF8) : raise_badarg(p, 2, BAD_ENCODING);
}
NATIVE("unicode", "characters_to_binary", 3, unicode_characters_to_binary_3, "Chardata from one encoding in another.")
{
    enum encoding in = encoding_of(arg[1]), out = encoding_of(arg[2]);
    if (!in) return raise_badarg(p, 2, BAD_ENCODING);
    return out ? convert(p, arg[0], in, out) : raise_badarg(p, 3, BAD_ENCODING);
}
NATIVE("unicode", "characters_to_list", 1, unicode_characters_to_list_1, "Chardata as a list of code points.")
{
    return convert(p, arg[0], ENC_UTF8, ENC_LIST);
}
NATIVE("unicode", "characters_to_list", 2, unicode_characters_to_list_2, "Chardata in an encoding as a list of code points.")
{
    enum encoding in = encoding_of(arg[1]);
    return in ? convert(p, arg[0], in, ENC_LIST) : raise_badarg(p, 2, BAD_ENCODING);
}

// ---- byte order marks

NATIVE("unicode", "bom_to_encoding", 1, unicode_bom_to_encoding, "{encoding, length} that a byte order mark at the start tells.")
{
    static const struct { uint8_t bytes[4], len; term name, order; } marks[] = {
        {{0xef, 0xbb, 0xbf}, 3, AM_utf8, TERM_NONE},         {{0, 0, 0xfe, 0xff}, 4, AM_utf32, AM_big},
        {{0xff, 0xfe, 0, 0}, 4, AM_utf32, AM_little},        {{0xfe, 0xff}, 2, AM_utf16, AM_big},
        {{0xff, 0xfe}, 2, AM_utf16, AM_little},
    };
    if (!is_binary(arg[0])) return raise_error(p, AM_function_clause);
    size_t len;
    const uint8_t *s = binary_bytes(&p->heap, arg[0], &len);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (len < marks[i].len || memcmp(s, marks[i].bytes, marks[i].len)) continue;
        term name = marks[i].order == TERM_NONE ? marks[i].name : mk_tuple2(&p->heap, marks[i].name, marks[i].order);
        return mk_tuple2(&p->heap, name, make_small(marks[i].len));
    }
    return mk_tuple2(&p->heap, AM_latin1, make_small(0));
}
NATIVE("unicode", "encoding_to_bom", 1, unicode_encoding_to_bom, "The byte order mark of an encoding.")
{
    struct buffer o = {0};
    enum encoding e = encoding_of(arg[0]);
    if (!e) return raise_error(p, AM_function_clause);
    if (e != ENC_LATIN1) encode_char(e, 0xfeff, &o);
    term t = mk_binary(&p->heap, o.bytes, o.len);
    free(o.bytes);
    return t;
}

// ---- normal forms

uint8_t *unicode_normal_form(const uint8_t *s, size_t len, term form, size_t *out_len)
{
    utf8proc_option_t options = UTF8PROC_STABLE;
    options |= form == AM_nfc || form == AM_nfkc ? UTF8PROC_COMPOSE : UTF8PROC_DECOMPOSE;
    if (form == AM_nfkc || form == AM_nfkd) options |= UTF8PROC_COMPAT;
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t n = utf8proc_map(s, (utf8proc_ssize_t)len, &out, options);
    if (n < 0) return NULL;
    *out_len = (size_t)n;
    return out;
}

static term normalized(struct process *p, term data, term form, bool list)
{
    term text = convert(p, data, ENC_UTF8, ENC_UTF8), good = text;
    if (text == TERM_NONE) return text;
    bool failed = is_tuple(text);
    if (failed) good = tuple_get(text, 1);
    size_t len, out_len;
    const uint8_t *s = binary_bytes(&p->heap, good, &len);
    uint8_t *out = unicode_normal_form(s, len, form, &out_len);
    if (!out) return raise_system_limit(p);
    term t = list ? mk_charlist(&p->heap, (const char *)out, out_len) : mk_binary(&p->heap, out, out_len);
    free(out);
    return failed ? mk_tuple3(&p->heap, AM_error, t, tuple_get(text, 2)) : t;
}

#define NORMAL_FORM(FORM, TEXT)                                                                                                     \
    NATIVE("unicode", "characters_to_" #FORM "_binary", 1, unicode_##FORM##_binary, "Chardata in normal form " TEXT ", as UTF-8.") \
    {                                                                                                                               \
        return normalized(p, arg[0], AM_##FORM, false);                                                                             \
    }                                                                                                                               \
    NATIVE("unicode", "characters_to_" #FORM "_list", 1, unicode_##FORM##_list, "Chardata in normal form " TEXT ", as code points.") \
    {                                                                                                                               \
        return normalized(p, arg[0], AM_##FORM, true);                                                                              \
    }
NORMAL_FORM(nfc, "C")
NORMAL_FORM(nfd, "D")
NORMAL_FORM(nfkc, "KC")
NORMAL_FORM(nfkd, "KD")
