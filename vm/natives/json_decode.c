// SPDX-License-Identifier: Apache-2.0
// :phial_json's reading half: JSON text to terms, and one token at a time for decoders with callbacks.
//
// Invariants: nesting costs heap, never C stack; whatever is wrong is told with the byte offset where it was noticed; strings are
// checked to be UTF-8, so that every binary made here is a String.
#include <math.h>
#include <stdlib.h>

#include "native.h"

enum { KEY_CACHE = 128, KEY_CACHED_BYTES = 32 };
struct open_value { size_t base; bool object; };        // `base`: where its items start on the stack of terms
struct cached_key { term key; size_t len; const uint8_t *text; };

struct reader {
    struct process *p;
    const uint8_t *start, *at, *end;
    term error;                                         // TERM_NONE while all is well
    term *items;            size_t nitems, items_capacity;
    struct open_value *open; size_t nopen, open_capacity;
    term *pairs;            size_t pairs_capacity;
    struct cached_key cache[KEY_CACHE];
};

// ---- errors: {unexpected_end, Offset}, {invalid_byte, Offset, Byte}, {unexpected_sequence, Offset, Bytes}

static term fail_end(struct reader *r)
{
    r->error = mk_tuple2(&r->p->heap, atom_from_c(r->p->vm, "unexpected_end"), make_small(r->end - r->start));
    return TERM_NONE;
}

static term fail_at(struct reader *r, const uint8_t *at)
{
    if (at >= r->end) return fail_end(r);
    r->error = mk_tuple3(&r->p->heap, atom_from_c(r->p->vm, "invalid_byte"), make_small(at - r->start), make_small(*at));
    return TERM_NONE;
}

static term fail_sequence(struct reader *r, const uint8_t *at, size_t len)
{
    struct heap *h = &r->p->heap;
    r->error = mk_tuple3(h, atom_from_c(r->p->vm, "unexpected_sequence"), make_small(at - r->start), mk_binary(h, at, len));
    return TERM_NONE;
}

static void skip_blanks(struct reader *r)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' || *r->at == '\r' || *r->at == '\t')) r->at++;
}

// ---- strings

static int hex_digit(uint8_t c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// The code unit of a "\uXXXX" at `at`; -1: not one.
static int32_t code_unit(const uint8_t *at)
{
    int32_t c = 0;
    for (int i = 2; i < 6; i++) {
        int d = hex_digit(at[i]);
        if (d < 0) return -1;
        c = c << 4 | d;
    }
    return c;
}

// Reads the \u escape at r->at (a pair of them for a surrogate) and writes UTF-8; 0: failed.
static size_t unicode_escape(struct reader *r, uint8_t *out)
{
    const uint8_t *at = r->at;
    if (r->end - at < 6) return fail_end(r), 0;
    int32_t high = code_unit(at);
    if (high < 0 || (high >= 0xDC00 && high < 0xE000)) return fail_sequence(r, at, 6), 0;
    r->at += 6;
    if (high < 0xD800 || high >= 0xE000) return utf8_encode((uint32_t)high, out);
    if (r->end - at < 12 && (r->at == r->end || (*r->at == '\\' && (r->at + 1 == r->end || r->at[1] == 'u')))) return fail_end(r), 0;
    if (r->at[0] != '\\') return fail_at(r, r->at), 0;
    if (r->at[1] != 'u') return fail_at(r, r->at + 1), 0;
    int32_t low = code_unit(at + 6);
    if (low < 0xDC00 || low >= 0xE000) return fail_sequence(r, at, 12), 0;
    r->at += 6;
    return utf8_encode(0x10000 + ((uint32_t)(high - 0xD800) << 10) + (uint32_t)(low - 0xDC00), out);
}

static size_t escape(struct reader *r, uint8_t *out)
{
    if (r->at + 1 >= r->end) return fail_end(r), 0;
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    const char *found = memchr(from, r->at[1], sizeof from - 1);
    if (r->at[1] == 'u') return unicode_escape(r, out);
    if (!found) return fail_at(r, r->at + 1), 0;
    *out = (uint8_t)to[found - from];
    r->at += 2;
    return 1;
}

// Moves r->at over plain characters, to a quote, a backslash or the end; false: failed.
static bool skip_plain(struct reader *r)
{
    const uint8_t *at = r->at;
    while (at < r->end && *at != '"' && *at != '\\') {
        uint32_t c;
        int n = *at < 0x80 ? (*at >= 0x20) : utf8_decode(at, (size_t)(r->end - at), &c);
        if (n == UTF8_SHORT) return fail_end(r), false;
        if (n <= 0) return fail_at(r, at), false;
        at += n;
    }
    r->at = at;
    return at < r->end || (fail_end(r), false);
}

// The rest of a string with escapes; what stands before the first one starts at `from`.
static term string_with_escapes(struct reader *r, const uint8_t *from)
{
    size_t capacity = (size_t)(r->at - from) + 64, len = 0;
    uint8_t *text = malloc(capacity);
    term result = TERM_NONE;
    for (;;) {
        size_t run = (size_t)(r->at - from);
        if (len + run + 8 > capacity) {
            capacity = (len + run + 8) * 2;
            text = realloc(text, capacity);
        }
        if (!text) abort();
        memcpy(text + len, from, run);
        len += run;
        if (*r->at == '"') {
            r->at++;
            result = mk_binary(&r->p->heap, text, len);
            break;
        }
        size_t n = escape(r, text + len);
        if (!n) break;
        len += n;
        from = r->at;
        if (!skip_plain(r)) break;
    }
    free(text);
    return result;
}

// r->at stands behind the opening quote. Short keys that come again share one binary.
static term read_string(struct reader *r, bool key)
{
    const uint8_t *from = r->at;
    if (!skip_plain(r)) return TERM_NONE;
    if (*r->at == '\\') return string_with_escapes(r, from);
    size_t len = (size_t)(r->at - from);
    r->at++;
    if (!key || !len || len > KEY_CACHED_BYTES) return mk_binary(&r->p->heap, from, len);
    struct cached_key *slot = &r->cache[(len * 31 + from[0] * 7 + from[len - 1] * 13 + from[len / 2]) % KEY_CACHE];
    if (slot->len == len && !memcmp(slot->text, from, len)) return slot->key;
    *slot = (struct cached_key){mk_binary(&r->p->heap, from, len), len, from};
    return slot->key;
}

// ---- numbers

static bool skip_digits(struct reader *r)
{
    const uint8_t *from = r->at;
    while (r->at < r->end && *r->at >= '0' && *r->at <= '9') r->at++;
    return r->at > from || (fail_at(r, r->at), false);
}

// Moves r->at over a number; false: failed.
static bool skip_number(struct reader *r, bool *is_float)
{
    if (*r->at == '-') r->at++;
    if (r->at < r->end && *r->at == '0') r->at++;
    else if (!skip_digits(r)) return false;
    *is_float = false;
    if (r->at < r->end && *r->at == '.') {
        *is_float = true;
        r->at++;
        if (!skip_digits(r)) return false;
    }
    if (r->at < r->end && (*r->at == 'e' || *r->at == 'E')) {
        *is_float = true;
        r->at++;
        if (r->at < r->end && (*r->at == '+' || *r->at == '-')) r->at++;
        if (!skip_digits(r)) return false;
    }
    return true;
}

static term make_integer(struct process *p, const uint8_t *text, size_t len)
{
    bool negative = *text == '-';
    const uint8_t *digits = text + negative;
    size_t n = len - negative;
    if (n > 18) {
        native_charge(p, n * n / 100000);
        term t = num_parse(&p->heap, (const char *)digits, n, 10);
        return negative ? num_neg(p, t) : t;
    }
    int64_t v = 0;
    for (size_t i = 0; i < n; i++) v = v * 10 + (digits[i] - '0');
    return mk_int(&p->heap, negative ? -v : v);
}

static term make_float(struct reader *r, const uint8_t *text, size_t len)
{
    char buffer[64], *copy = len < sizeof buffer ? buffer : malloc(len + 1);
    if (!copy) abort();
    memcpy(copy, text, len);
    copy[len] = 0;
    double d = strtod(copy, NULL);
    if (copy != buffer) free(copy);
    return isfinite(d) ? mk_float(&r->p->heap, d) : fail_sequence(r, text, len);
}

static term read_number(struct reader *r)
{
    const uint8_t *from = r->at;
    bool is_float;
    if (!skip_number(r, &is_float)) return TERM_NONE;
    size_t len = (size_t)(r->at - from);
    return is_float ? make_float(r, from, len) : make_integer(r->p, from, len);
}

static term read_word(struct reader *r, const char *word, term value)
{
    for (; *word; word++, r->at++)
        if (r->at >= r->end || *r->at != (uint8_t)*word) return fail_at(r, r->at);
    return value;
}

static term read_scalar(struct reader *r)
{
    if (r->at >= r->end) return fail_end(r);
    switch (*r->at) {
    case '"': r->at++; return read_string(r, false);
    case 't': return read_word(r, "true", AM_true);
    case 'f': return read_word(r, "false", AM_false);
    case 'n': return read_word(r, "null", AM_nil);
    case '-': case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9': return read_number(r);
    default: return fail_at(r, r->at);
    }
}

// ---- arrays and objects

static void push_item(struct reader *r, term t)
{
    if (r->nitems == r->items_capacity) {
        r->items_capacity = r->items_capacity ? r->items_capacity * 2 : 256;
        r->items = realloc(r->items, r->items_capacity * sizeof *r->items);
        if (!r->items) abort();
    }
    r->items[r->nitems++] = t;
}

static void push_open(struct reader *r, bool object)
{
    if (r->nopen == r->open_capacity) {
        r->open_capacity = r->open_capacity ? r->open_capacity * 2 : 64;
        r->open = realloc(r->open, r->open_capacity * sizeof *r->open);
        if (!r->open) abort();
    }
    r->open[r->nopen++] = (struct open_value){r->nitems, object};
    r->at++;
}

// Keys and values lie by turns on the stack; the map maker wants them apart.
static term make_object(struct reader *r, const term *items, size_t n)
{
    if (r->pairs_capacity < n) {
        r->pairs_capacity = n * 2;
        r->pairs = realloc(r->pairs, r->pairs_capacity * sizeof *r->pairs);
        if (!r->pairs) abort();
    }
    size_t half = n / 2;
    for (size_t i = 0; i < half; i++) r->pairs[i] = items[2 * i], r->pairs[half + i] = items[2 * i + 1];
    return half ? map_from_pairs(r->p->vm, &r->p->heap, half, r->pairs, r->pairs + half) : map_empty(&r->p->heap);
}

static term close_value(struct reader *r)
{
    struct open_value *o = &r->open[--r->nopen];
    size_t n = r->nitems - o->base;
    const term *items = n ? r->items + o->base : NULL;
    r->at++;
    r->nitems = o->base;
    return o->object ? make_object(r, items, n) : mk_list(&r->p->heap, n, items, TERM_NIL);
}

// Reads `"key" :`, leaving r->at before the value.
static bool read_key(struct reader *r)
{
    skip_blanks(r);
    if (r->at >= r->end || *r->at != '"') return fail_at(r, r->at), false;
    r->at++;
    term key = read_string(r, true);
    if (key == TERM_NONE) return false;
    push_item(r, key);
    skip_blanks(r);
    if (r->at >= r->end || *r->at != ':') return fail_at(r, r->at), false;
    r->at++;
    return true;
}

// Opens arrays and objects up to the first scalar or empty one, which it returns.
static term read_start(struct reader *r)
{
    for (;;) {
        skip_blanks(r);
        if (r->at >= r->end || (*r->at != '[' && *r->at != '{')) return read_scalar(r);
        bool object = *r->at == '{';
        push_open(r, object);
        skip_blanks(r);
        if (r->at < r->end && *r->at == (object ? '}' : ']')) return close_value(r);
        if (object && !read_key(r)) return TERM_NONE;
    }
}

static term read_value(struct reader *r)
{
    term value = read_start(r);
    while (value != TERM_NONE && r->nopen) {
        bool object = r->open[r->nopen - 1].object;
        push_item(r, value);
        skip_blanks(r);
        if (r->at < r->end && *r->at == (object ? '}' : ']')) {
            value = close_value(r);
        } else if (r->at < r->end && *r->at == ',') {
            r->at++;
            value = object && !read_key(r) ? TERM_NONE : read_start(r);
        } else {
            return fail_at(r, r->at);
        }
    }
    return value;
}

static void reader_free(struct reader *r)
{
    free(r->items);
    free(r->open);
    free(r->pairs);
}

NATIVE("phial_json", "decode", 1, phial_json_decode, "`{:ok, term}`, or `{:error, reason}` with the byte offset of what is wrong.")
{
    if (!is_binary(arg[0])) return raise_badarg(p, 1, "not a binary");
    struct reader r = {.p = p, .error = TERM_NONE};
    size_t len;
    r.start = r.at = binary_bytes(&p->heap, arg[0], &len);
    r.end = r.start + len;
    term value = read_value(&r);
    if (value != TERM_NONE) {
        skip_blanks(&r);
        if (r.at < r.end) fail_at(&r, r.at);
    }
    native_charge(p, len / 200);
    reader_free(&r);
    return r.error == TERM_NONE ? mk_tuple2(&p->heap, AM_ok, value) : mk_tuple2(&p->heap, AM_error, r.error);
}

// ---- one token

static term token_at(struct reader *r)
{
    struct heap *h = &r->p->heap;
    const uint8_t *from = r->at;
    bool is_float;
    term kind = AM_value, value;
    if (from < r->end && (*from == '-' || (*from >= '0' && *from <= '9'))) {
        if (!skip_number(r, &is_float)) return TERM_NONE;
        kind = atom_from_c(r->p->vm, is_float ? "float" : "integer");
        value = mk_binary(h, from, (size_t)(r->at - from));
    } else if (from < r->end && memchr("[]{},:", *from, 6)) {
        kind = atom_from_c(r->p->vm, "mark");
        value = make_small(*r->at++);
    } else {
        if (from < r->end && *from == '"') kind = atom_from_c(r->p->vm, "string");
        value = read_scalar(r);
        if (value == TERM_NONE) return TERM_NONE;
    }
    return mk_tuple3(h, kind, value, make_small(r->at - r->start));
}

NATIVE("phial_json", "token", 2, phial_json_token,
       "The token at a byte offset, blanks skipped: `{kind, value, next offset}` (:mark :string :integer :float :value) or `{:error, reason}`.")
{
    if (!is_binary(arg[0])) return raise_badarg(p, 1, "not a binary");
    size_t len;
    struct reader r = {.p = p, .error = TERM_NONE};
    r.start = binary_bytes(&p->heap, arg[0], &len);
    if (!is_small(arg[1]) || small_value(arg[1]) < 0 || (size_t)small_value(arg[1]) > len) return raise_badarg(p, 2, "out of range");
    r.at = r.start + small_value(arg[1]);
    r.end = r.start + len;
    skip_blanks(&r);
    const uint8_t *from = r.at;
    term token = token_at(&r);
    native_charge(p, (size_t)(r.at - from) / 200);
    return token == TERM_NONE ? mk_tuple2(&p->heap, AM_error, r.error) : token;
}
