// SPDX-License-Identifier: Apache-2.0
// :phial_unicode natives: what String needs of Unicode, over UTF-8 binaries, on utf8proc.
//
// Bytes that are no valid UTF-8 stand for themselves, one by one, everywhere, as in Elixir.
// Invariants: ASCII takes the short way in every function; results are parts of the argument where they can be.
#include <stdlib.h>
#include <utf8proc.h>

#include "buffer.h"
#include "native.h"
#include "unicode.h"

struct text { struct process *p; term bin; const uint8_t *s; size_t len; };

static bool text_of(struct process *p, term bin, struct text *t)
{
    if (!is_binary(bin)) return raise_badarg(p, 1, "not a binary"), false;
    t->p = p;
    t->bin = bin;
    t->s = binary_bytes(&p->heap, bin, &t->len);
    native_charge(p, t->len / 200);
    return true;
}

static term part(const struct text *t, size_t from, size_t to)
{
    return mk_sub_binary(&t->p->heap, t->bin, (uint64_t)from * 8, (uint64_t)(to - from) * 8);
}

// The code point at i and its length; an invalid byte is length 1 and returns false.
static bool char_at(const struct text *t, size_t i, uint32_t *c, size_t *n)
{
    int got = utf8_decode(t->s + i, t->len - i, c);
    *n = got > 0 ? (size_t)got : 1;
    return got > 0;
}

// ---- graphemes

// Where the grapheme cluster that starts at i ends.
static size_t grapheme_end(const struct text *t, size_t i)
{
    uint32_t c, next;
    size_t n;
    if (t->s[i] < 0x80 && t->s[i] != '\r' && (i + 1 == t->len || t->s[i + 1] < 0x80)) return i + 1;
    if (!char_at(t, i, &c, &n)) return i + 1;
    utf8proc_int32_t state = 0;
    for (i += n; i < t->len; i += n) {
        if (!char_at(t, i, &next, &n)) break;
        if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)c, (utf8proc_int32_t)next, &state)) break;
        c = next;
    }
    return i;
}

NATIVE("phial_unicode", "next_grapheme", 1, phial_unicode_next_grapheme, "{first grapheme, the rest}, or nil.")
{
    struct text t;
    if (!text_of(p, arg[0], &t)) return TERM_NONE;
    if (!t.len) return AM_nil;
    size_t end = grapheme_end(&t, 0);
    term first = part(&t, 0, end);
    return mk_tuple2(&p->heap, first, part(&t, end, t.len));
}
NATIVE("phial_unicode", "graphemes", 1, phial_unicode_graphemes, "The graphemes as binaries.")
{
    struct text t;
    struct list_builder out;
    if (!text_of(p, arg[0], &t)) return TERM_NONE;
    list_begin(&out, &p->heap);
    for (size_t i = 0, end; i < t.len; i = end) {
        end = grapheme_end(&t, i);
        list_add(&out, part(&t, i, end));
    }
    return list_end(&out, TERM_NIL);
}
NATIVE("phial_unicode", "length", 1, phial_unicode_length, "The number of graphemes.")
{
    struct text t;
    int64_t n = 0;
    if (!text_of(p, arg[0], &t)) return TERM_NONE;
    for (size_t i = 0; i < t.len; n++) i = grapheme_end(&t, i);
    return make_small(n);
}
NATIVE("phial_unicode", "codepoints", 1, phial_unicode_codepoints, "The code points as binaries; an invalid byte is one of them.")
{
    struct text t;
    struct list_builder out;
    uint32_t c;
    if (!text_of(p, arg[0], &t)) return TERM_NONE;
    list_begin(&out, &p->heap);
    for (size_t i = 0, n; i < t.len; i += n) {
        char_at(&t, i, &c, &n);
        list_add(&out, part(&t, i, i + n));
    }
    return list_end(&out, TERM_NIL);
}

// ---- case

// Code points that become several.
struct special { uint16_t from; uint16_t to[4]; };

static const struct special special_upper[] = {
    {0x00df, {0x53, 0x53}}, {0x0149, {0x2bc, 0x4e}}, {0x01f0, {0x4a, 0x30c}}, {0x0390, {0x399, 0x308, 0x301}},
    {0x03b0, {0x3a5, 0x308, 0x301}}, {0x0587, {0x535, 0x552}}, {0x1e96, {0x48, 0x331}}, {0x1e97, {0x54, 0x308}}, {0x1e98, {0x57, 0x30a}},
    {0x1e99, {0x59, 0x30a}}, {0x1e9a, {0x41, 0x2be}}, {0x1f50, {0x3a5, 0x313}}, {0x1f52, {0x3a5, 0x313, 0x300}},
    {0x1f54, {0x3a5, 0x313, 0x301}}, {0x1f56, {0x3a5, 0x313, 0x342}}, {0x1f80, {0x1f08, 0x399}}, {0x1f81, {0x1f09, 0x399}},
    {0x1f82, {0x1f0a, 0x399}}, {0x1f83, {0x1f0b, 0x399}}, {0x1f84, {0x1f0c, 0x399}}, {0x1f85, {0x1f0d, 0x399}}, {0x1f86, {0x1f0e, 0x399}},
    {0x1f87, {0x1f0f, 0x399}}, {0x1f88, {0x1f08, 0x399}}, {0x1f89, {0x1f09, 0x399}}, {0x1f8a, {0x1f0a, 0x399}}, {0x1f8b, {0x1f0b, 0x399}},
    {0x1f8c, {0x1f0c, 0x399}}, {0x1f8d, {0x1f0d, 0x399}}, {0x1f8e, {0x1f0e, 0x399}}, {0x1f8f, {0x1f0f, 0x399}}, {0x1f90, {0x1f28, 0x399}},
    {0x1f91, {0x1f29, 0x399}}, {0x1f92, {0x1f2a, 0x399}}, {0x1f93, {0x1f2b, 0x399}}, {0x1f94, {0x1f2c, 0x399}}, {0x1f95, {0x1f2d, 0x399}},
    {0x1f96, {0x1f2e, 0x399}}, {0x1f97, {0x1f2f, 0x399}}, {0x1f98, {0x1f28, 0x399}}, {0x1f99, {0x1f29, 0x399}}, {0x1f9a, {0x1f2a, 0x399}},
    {0x1f9b, {0x1f2b, 0x399}}, {0x1f9c, {0x1f2c, 0x399}}, {0x1f9d, {0x1f2d, 0x399}}, {0x1f9e, {0x1f2e, 0x399}}, {0x1f9f, {0x1f2f, 0x399}},
    {0x1fa0, {0x1f68, 0x399}}, {0x1fa1, {0x1f69, 0x399}}, {0x1fa2, {0x1f6a, 0x399}}, {0x1fa3, {0x1f6b, 0x399}}, {0x1fa4, {0x1f6c, 0x399}},
    {0x1fa5, {0x1f6d, 0x399}}, {0x1fa6, {0x1f6e, 0x399}}, {0x1fa7, {0x1f6f, 0x399}}, {0x1fa8, {0x1f68, 0x399}}, {0x1fa9, {0x1f69, 0x399}},
    {0x1faa, {0x1f6a, 0x399}}, {0x1fab, {0x1f6b, 0x399}}, {0x1fac, {0x1f6c, 0x399}}, {0x1fad, {0x1f6d, 0x399}}, {0x1fae, {0x1f6e, 0x399}},
    {0x1faf, {0x1f6f, 0x399}}, {0x1fb2, {0x1fba, 0x399}}, {0x1fb3, {0x391, 0x399}}, {0x1fb4, {0x386, 0x399}}, {0x1fb6, {0x391, 0x342}},
    {0x1fb7, {0x391, 0x342, 0x399}}, {0x1fbc, {0x391, 0x399}}, {0x1fc2, {0x1fca, 0x399}}, {0x1fc3, {0x397, 0x399}},
    {0x1fc4, {0x389, 0x399}}, {0x1fc6, {0x397, 0x342}}, {0x1fc7, {0x397, 0x342, 0x399}}, {0x1fcc, {0x397, 0x399}},
    {0x1fd2, {0x399, 0x308, 0x300}}, {0x1fd3, {0x399, 0x308, 0x301}}, {0x1fd6, {0x399, 0x342}}, {0x1fd7, {0x399, 0x308, 0x342}},
    {0x1fe2, {0x3a5, 0x308, 0x300}}, {0x1fe3, {0x3a5, 0x308, 0x301}}, {0x1fe4, {0x3a1, 0x313}}, {0x1fe6, {0x3a5, 0x342}},
    {0x1fe7, {0x3a5, 0x308, 0x342}}, {0x1ff2, {0x1ffa, 0x399}}, {0x1ff3, {0x3a9, 0x399}}, {0x1ff4, {0x38f, 0x399}},
    {0x1ff6, {0x3a9, 0x342}}, {0x1ff7, {0x3a9, 0x342, 0x399}}, {0x1ffc, {0x3a9, 0x399}}, {0xfb00, {0x46, 0x46}}, {0xfb01, {0x46, 0x49}},
    {0xfb02, {0x46, 0x4c}}, {0xfb03, {0x46, 0x46, 0x49}}, {0xfb04, {0x46, 0x46, 0x4c}}, {0xfb05, {0x53, 0x54}}, {0xfb06, {0x53, 0x54}},
    {0xfb13, {0x544, 0x546}}, {0xfb14, {0x544, 0x535}}, {0xfb15, {0x544, 0x53b}}, {0xfb16, {0x54e, 0x546}}, {0xfb17, {0x544, 0x53d}},
};
// Where it differs from upper case.
static const struct special special_title[] = {
    {0x00df, {0x53, 0x73}}, {0x0149, {0x2bc, 0x4e}}, {0x01f0, {0x4a, 0x30c}}, {0x0390, {0x399, 0x308, 0x301}},
    {0x03b0, {0x3a5, 0x308, 0x301}}, {0x0587, {0x535, 0x582}}, {0x1e96, {0x48, 0x331}}, {0x1e97, {0x54, 0x308}}, {0x1e98, {0x57, 0x30a}},
    {0x1e99, {0x59, 0x30a}}, {0x1e9a, {0x41, 0x2be}}, {0x1f50, {0x3a5, 0x313}}, {0x1f52, {0x3a5, 0x313, 0x300}},
    {0x1f54, {0x3a5, 0x313, 0x301}}, {0x1f56, {0x3a5, 0x313, 0x342}}, {0x1fb2, {0x1fba, 0x345}}, {0x1fb4, {0x386, 0x345}},
    {0x1fb6, {0x391, 0x342}}, {0x1fb7, {0x391, 0x342, 0x345}}, {0x1fc2, {0x1fca, 0x345}}, {0x1fc4, {0x389, 0x345}},
    {0x1fc6, {0x397, 0x342}}, {0x1fc7, {0x397, 0x342, 0x345}}, {0x1fd2, {0x399, 0x308, 0x300}}, {0x1fd3, {0x399, 0x308, 0x301}},
    {0x1fd6, {0x399, 0x342}}, {0x1fd7, {0x399, 0x308, 0x342}}, {0x1fe2, {0x3a5, 0x308, 0x300}}, {0x1fe3, {0x3a5, 0x308, 0x301}},
    {0x1fe4, {0x3a1, 0x313}}, {0x1fe6, {0x3a5, 0x342}}, {0x1fe7, {0x3a5, 0x308, 0x342}}, {0x1ff2, {0x1ffa, 0x345}},
    {0x1ff4, {0x38f, 0x345}}, {0x1ff6, {0x3a9, 0x342}}, {0x1ff7, {0x3a9, 0x342, 0x345}}, {0xfb00, {0x46, 0x66}}, {0xfb01, {0x46, 0x69}},
    {0xfb02, {0x46, 0x6c}}, {0xfb03, {0x46, 0x66, 0x69}}, {0xfb04, {0x46, 0x66, 0x6c}}, {0xfb05, {0x53, 0x74}}, {0xfb06, {0x53, 0x74}},
    {0xfb13, {0x544, 0x576}}, {0xfb14, {0x544, 0x565}}, {0xfb15, {0x544, 0x56b}}, {0xfb16, {0x54e, 0x576}}, {0xfb17, {0x544, 0x56d}},
};

NATIVE("phial_unicode", "casefold", 1, phial_unicode_casefold, "The text for comparison without regard to case.")
{
    struct text t;
    utf8proc_uint8_t *folded = NULL;
    if (!text_of(p, arg[0], &t)) return TERM_NONE;
    utf8proc_ssize_t n = utf8proc_map(t.s, (utf8proc_ssize_t)t.len, &folded, UTF8PROC_CASEFOLD);
    if (n < 0) return raise_badarg(p, 1, "not valid UTF-8");
    term result = mk_binary(&p->heap, folded, (size_t)n);
    free(folded);
    return result;
}

static void put_char(struct buffer *o, uint32_t c)
{
    uint8_t bytes[4];
    buffer_put(o, bytes, utf8_encode(c, bytes));
}

static const struct special *find_special(const struct special *table, size_t n, uint32_t c)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (table[mid].from == c) return &table[mid];
        if (table[mid].from < c) low = mid + 1;
        else high = mid;
    }
    return NULL;
}
#define FIND(TABLE, C) find_special(TABLE, sizeof TABLE / sizeof *TABLE, C)

static void put_special(struct buffer *o, const struct special *x)
{
    for (int i = 0; i < 4 && x->to[i]; i++) put_char(o, x->to[i]);
}

static void put_upper(struct buffer *o, uint32_t c, term mode)
{
    const struct special *x = FIND(special_upper, c);
    if (mode == AM_turkic && c == 'i') put_char(o, 0x130);
    else if (x) put_special(o, x);
    else put_char(o, (uint32_t)utf8proc_toupper((utf8proc_int32_t)c));
}

static void put_title(struct buffer *o, uint32_t c, term mode)
{
    const struct special *x = FIND(special_title, c);
    if (mode == AM_turkic && c == 'i') put_char(o, 0x130);
    else if (x) put_special(o, x);
    else put_char(o, (uint32_t)utf8proc_totitle((utf8proc_int32_t)c));
}

static bool is_cased(uint32_t c)
{
    utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
    return k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LL || k == UTF8PROC_CATEGORY_LT;
}

static bool is_case_ignorable(uint32_t c)
{
    static const uint16_t marks[] = {'\'', '.', ':', 0xb7, 0x387, 0x55f, 0x5f4, 0x2018, 0x2019, 0x2024, 0x2027, 0xfe13, 0xfe52, 0xfe55, 0xff07,
                                     0xff0e, 0xff1a};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i] == c) return true;
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_SK: return true;
    default: return false;
    }
}

// Whether the capital sigma before `i` ends a word: a letter (not ASCII, as in Elixir) before it and none after.
static bool is_final_sigma(const struct text *t, size_t i, uint32_t previous)
{
    uint32_t c;
    size_t n;
    if (previous < 0x80 || !is_cased(previous)) return false;
    for (; i < t->len && char_at(t, i, &c, &n); i += n)
        if (!is_case_ignorable(c)) return !is_cased(c);
    return true;
}

static void put_lower(struct buffer *o, const struct text *t, size_t next, uint32_t c, uint32_t previous, term mode)
{
    if (mode == AM_greek && c == 0x3a3) return put_char(o, is_final_sigma(t, next, previous) ? 0x3c2 : 0x3c3);
    if (mode == AM_turkic && (c == 'I' || c == 0x130)) return put_char(o, c == 'I' ? 0x131 : 'i');
    if (c == 0x130) return put_char(o, 'i'), put_char(o, 0x307);
    put_char(o, (uint32_t)utf8proc_tolower((utf8proc_int32_t)c));
}

static term ascii_case(const struct text *t, uint8_t first, uint8_t last)
{
    uint8_t *to;
    size_t i = 0;
    while (i < t->len && (t->s[i] < first || t->s[i] > last)) i++;
    if (i == t->len) return t->bin;
    term bin = mk_binary_uninit(&t->p->heap, t->len, &to);
    for (i = 0; i < t->len; i++) to[i] = t->s[i] >= first && t->s[i] <= last ? t->s[i] ^ 32 : t->s[i];
    return bin;
}

static bool is_ascii(const struct text *t)
{
    for (size_t i = 0; i < t->len; i++)
        if (t->s[i] >= 0x80) return false;
    return true;
}

static term convert_case(const struct text *t, term mode, bool up)
{
    struct buffer o = {0};
    uint32_t c = 0, previous = 0;
    if (mode == AM_ascii || (mode != AM_turkic && is_ascii(t))) return ascii_case(t, up ? 'a' : 'A', up ? 'z' : 'Z');
    for (size_t i = 0, n; i < t->len; i += n, previous = c) {
        if (!char_at(t, i, &c, &n)) c = 0, buffer_put(&o, t->s + i, 1);
        else if (up) put_upper(&o, c, mode);
        else put_lower(&o, t, i + n, c, previous, mode);
    }
    term bin = mk_binary(&t->p->heap, o.bytes, o.len);
    free(o.bytes);
    return bin;
}

static bool is_mode(term t) { return t == AM_default || t == AM_ascii || t == AM_greek || t == AM_turkic; }

NATIVE("phial_unicode", "upcase", 2, phial_unicode_upcase, "Upper case; mode default, ascii, greek or turkic.")
{
    struct text t;
    if (!is_mode(arg[1])) return raise_badarg(p, 2, "invalid mode");
    return text_of(p, arg[0], &t) ? convert_case(&t, arg[1], true) : TERM_NONE;
}
NATIVE("phial_unicode", "downcase", 2, phial_unicode_downcase, "Lower case; mode default, ascii, greek or turkic.")
{
    struct text t;
    if (!is_mode(arg[1])) return raise_badarg(p, 2, "invalid mode");
    return text_of(p, arg[0], &t) ? convert_case(&t, arg[1], false) : TERM_NONE;
}

static term titlecase_first(struct process *p, term bin, term mode)
{
    struct text t;
    struct buffer o = {0};
    uint32_t c;
    size_t n;
    if (!text_of(p, bin, &t)) return TERM_NONE;
    if (!t.len) return mk_tuple2(&p->heap, bin, bin);
    bool valid = char_at(&t, 0, &c, &n);
    if (!valid || (mode == AM_ascii && (c < 'a' || c > 'z'))) buffer_put(&o, t.s, n);
    else put_title(&o, c, mode);
    term first = mk_binary(&p->heap, o.bytes, o.len);
    free(o.bytes);
    return mk_tuple2(&p->heap, first, part(&t, n, t.len));
}
NATIVE("phial_unicode", "titlecase_first", 1, phial_unicode_titlecase_first_1, "{first character in title case, the rest}.")
{
    return titlecase_first(p, arg[0], AM_default);
}
NATIVE("phial_unicode", "titlecase_first", 2, phial_unicode_titlecase_first_2, "{first character in title case by a mode, the rest}.")
{
    if (!is_mode(arg[1])) return raise_badarg(p, 2, "invalid mode");
    return titlecase_first(p, arg[0], arg[1]);
}

// ---- white space

static bool is_space(uint32_t c)
{
    if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13);
    return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
           c == 0x205f || c == 0x3000;
}

// Spaces that do not break a line do not separate words.
static bool is_separator(uint32_t c) { return is_space(c) && c != 0xa0 && c != 0x2007 && c != 0x202f; }

NATIVE("phial_unicode", "trim_leading", 1, phial_unicode_trim_leading, "The text without white space at its start.")
{
    struct text t;
    uint32_t c;
    size_t i = 0, n;
    if (!text_of(p, arg[0], &t)) return TERM_NONE;
    for (; i < t.len && char_at(&t, i, &c, &n) && is_space(c); i += n) {}
    return part(&t, i, t.len);
}

static size_t char_start(const struct text *t, size_t end)
{
    size_t i = end - 1;
    while (i > 0 && end - i < 4 && (t->s[i] & 0xc0) == 0x80) i--;
    return i;
}

NATIVE("phial_unicode", "trim_trailing", 1, phial_unicode_trim_trailing, "The text without white space at its end.")
{
    struct text t;
    uint32_t c;
    if (!text_of(p, arg[0], &t)) return TERM_NONE;
    size_t end = t.len, n;
    while (end) {
        size_t i = char_start(&t, end);
        if (!char_at(&t, i, &c, &n) || i + n != end || !is_space(c)) break;
        end = i;
    }
    return part(&t, 0, end);
}
NATIVE("phial_unicode", "split", 1, phial_unicode_split, "The words between white space.")
{
    struct text t;
    struct list_builder out;
    uint32_t c;
    size_t start = 0, n;
    if (!text_of(p, arg[0], &t)) return TERM_NONE;
    list_begin(&out, &p->heap);
    for (size_t i = 0; i < t.len; i += n) {
        if (!char_at(&t, i, &c, &n) || !is_separator(c)) continue;
        if (i > start) list_add(&out, part(&t, start, i));
        start = i + n;
    }
    if (t.len > start) list_add(&out, part(&t, start, t.len));
    return list_end(&out, TERM_NIL);
}

// ---- properties and normal forms

static bool is_printable(uint32_t c)
{
    if (c < 0x80) return (c >= 0x20 && c < 0x7f) || (c >= 7 && c <= 13) || c == 0x1b || c == 0x7f;
    return c >= 0xa0 && c != 0xfffe && c != 0xffff;
}

static term printable(struct process *p, term bin, int64_t limit)
{
    struct text t;
    uint32_t c;
    size_t n;
    if (!text_of(p, bin, &t)) return TERM_NONE;
    for (size_t i = 0; i < t.len && limit != 0; i += n, limit--)
        if (!char_at(&t, i, &c, &n) || !is_printable(c)) return AM_false;
    return AM_true;
}
NATIVE("phial_unicode", "printable?", 1, phial_unicode_printable_1, "Whether all characters are printable.") { return printable(p, arg[0], -1); }
NATIVE("phial_unicode", "printable?", 2, phial_unicode_printable_2, "Whether the first characters, up to a limit or infinity, are printable.")
{
    return printable(p, arg[0], is_small(arg[1]) ? small_value(arg[1]) : -1);
}
NATIVE("phial_unicode", "valid?", 1, phial_unicode_valid, "Whether it is a binary of valid UTF-8.")
{
    struct text t;
    return text_of(p, arg[0], &t) ? mk_bool(utf8_valid(t.s, t.len)) : TERM_NONE;
}

NATIVE("phial_unicode", "normalize", 2, phial_unicode_normalize, "The text in normal form nfc, nfd, nfkc or nfkd.")
{
    struct text t;
    struct buffer o = {0};
    uint32_t c;
    size_t n, valid_to;
    if (arg[1] != AM_nfc && arg[1] != AM_nfd && arg[1] != AM_nfkc && arg[1] != AM_nfkd) return raise_badarg(p, 2, "invalid normalization mode");
    if (!text_of(p, arg[0], &t)) return TERM_NONE;
    if (is_ascii(&t)) return arg[0];
    for (size_t i = 0; i < t.len; i = valid_to) {
        for (valid_to = i; valid_to < t.len && char_at(&t, valid_to, &c, &n); valid_to += n) {}
        if (valid_to == i) {
            buffer_put(&o, t.s + i, 1);
            valid_to++;
            continue;
        }
        size_t len;
        uint8_t *s = unicode_normal_form(t.s + i, valid_to - i, arg[1], &len);
        if (!s) break;
        buffer_put(&o, s, len);
        free(s);
    }
    term bin = mk_binary(&p->heap, o.bytes, o.len);
    free(o.bytes);
    return bin;
}
