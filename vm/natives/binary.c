// SPDX-License-Identifier: Apache-2.0
// :binary natives. Searching finds the earliest match, and of several patterns there the longest.
//
// Invariant: results are parts of the subject where they can be (no bytes copied); a compiled pattern is {bm, patterns}.
#define _GNU_SOURCE
#include <stdlib.h>

#include "buffer.h"
#include "native.h"

#define COPY_MAX ((size_t)1 << 32)      // bytes one native makes
#define NOT_BINARY "not a binary"
#define BAD_PATTERN "not a valid pattern"
#define BAD_OPTIONS "invalid options"

NATIVE("phial_binary", "starts", 2, phial_binary_starts, "Whether the first binary starts with the second.")
{
    if (!is_binary(arg[1])) return raise_badarg(p, 1, "not a bitstring");
    size_t n, m;
    const uint8_t *s = binary_bytes(&p->heap, arg[0], &n), *start = binary_bytes(&p->heap, arg[1], &m);
    return mk_bool(n >= m && !memcmp(s, start, m));
}
NATIVE("phial_binary", "ends", 2, phial_binary_ends, "Whether the first binary ends with the second.")
{
    if (!is_binary(arg[1])) return raise_badarg(p, 1, "not a bitstring");
    size_t n, m;
    const uint8_t *s = binary_bytes(&p->heap, arg[0], &n), *end = binary_bytes(&p->heap, arg[1], &m);
    return mk_bool(n >= m && !memcmp(s + n - m, end, m));
}

// ---- patterns

struct piece { const uint8_t *bytes; size_t len; };
struct search {
    const uint8_t *bytes;
    size_t len;             // of the subject
    size_t from, to;        // scope
    struct piece *patterns, one;
    size_t count;
    uint64_t first[4];      // bitmap of first bytes, with several patterns
};
enum { OPT_GLOBAL = 1, OPT_TRIM = 2, OPT_TRIM_ALL = 4 };

static bool add_pattern(struct process *p, struct search *s, term t)
{
    if (!is_binary(t) || !bits_of(t).size) return false;
    struct piece *piece = &s->patterns[s->count++];
    piece->bytes = binary_bytes(&p->heap, t, &piece->len);
    s->first[piece->bytes[0] >> 6] |= (uint64_t)1 << (piece->bytes[0] & 63);
    return true;
}

// False: not a pattern. On success s->patterns is to be freed with search_done.
static bool search_init(struct process *p, struct search *s, term subject, term pattern)
{
    size_t n;
    memset(s, 0, sizeof *s);
    s->bytes = binary_bytes(&p->heap, subject, &s->len);
    s->to = s->len;
    if (is_tuple_of(pattern, 2) && tuple_get(pattern, 0) == AM_bm) pattern = tuple_get(pattern, 1);
    s->patterns = &s->one;
    if (is_bitstring(pattern)) return add_pattern(p, s, pattern);
    if (!is_cons(pattern) || !list_length(pattern, &n)) return false;
    if (n > 1) s->patterns = malloc(n * sizeof *s->patterns);
    if (!s->patterns) abort();
    for (; is_cons(pattern); pattern = tail(pattern)) {
        if (add_pattern(p, s, head(pattern))) continue;
        if (s->patterns != &s->one) free(s->patterns);
        return false;
    }
    return true;
}

static void search_done(struct search *s)
{
    if (s->patterns != &s->one) free(s->patterns);
}

// The next match at or after s->from; moves s->from behind it.
static bool search_next(struct search *s, size_t *at, size_t *len)
{
    if (s->from >= s->to) return false;
    if (s->count == 1) {
        const uint8_t *found = memmem(s->bytes + s->from, s->to - s->from, s->patterns[0].bytes, s->patterns[0].len);
        if (!found) return false;
        *at = (size_t)(found - s->bytes);
        *len = s->patterns[0].len;
        s->from = *at + *len;
        return true;
    }
    for (size_t i = s->from; i < s->to; i++) {
        uint8_t c = s->bytes[i];
        if (!(s->first[c >> 6] >> (c & 63) & 1)) continue;
        size_t best = 0;
        for (size_t k = 0; k < s->count; k++) {
            const struct piece *q = &s->patterns[k];
            if (q->len > best && q->len <= s->to - i && !memcmp(q->bytes, s->bytes + i, q->len)) best = q->len;
        }
        if (!best) continue;
        *at = i;
        *len = best;
        s->from = i + best;
        return true;
    }
    return false;
}

static bool scope_option(struct search *s, term o)
{
    int64_t at, n;
    if (!is_tuple_of(o, 2) || tuple_get(o, 0) != AM_scope || !is_tuple_of(tuple_get(o, 1), 2)) return false;
    if (binary_part_range(tuple_get(tuple_get(o, 1), 0), tuple_get(tuple_get(o, 1), 1), (int64_t)s->len, &at, &n)) return false;
    s->from = (size_t)at;
    s->to = (size_t)(at + n);
    return true;
}

// Reads options; those in `allowed` set *flags. `replaced` (may be NULL) receives {insert_replaced, _}.
static bool search_options(struct search *s, term options, int allowed, int *flags, term *replaced)
{
    for (; is_cons(options); options = tail(options)) {
        term o = head(options);
        int flag = o == AM_global ? OPT_GLOBAL : o == AM_trim ? OPT_TRIM : o == AM_trim_all ? OPT_TRIM_ALL : 0;
        if (flag && (flag & allowed)) *flags |= flag;
        else if (replaced && is_tuple_of(o, 2) && tuple_get(o, 0) == AM_insert_replaced) *replaced = tuple_get(o, 1);
        else if (!scope_option(s, o)) return false;
    }
    return is_nil(options);
}

NATIVE("binary", "compile_pattern", 1, binary_compile_pattern, "A pattern in the form searches like best.")
{
    struct search s;
    term empty = mk_binary(&p->heap, "", 0);
    if (!search_init(p, &s, empty, arg[0])) return raise_badarg(p, 1, BAD_PATTERN);
    search_done(&s);
    return is_tuple(arg[0]) ? arg[0] : mk_tuple2(&p->heap, AM_bm, arg[0]);
}

// ---- searching

// Prepares a search of arg[0] for arg[1] with options; false: raised.
static bool begin(struct process *p, struct search *s, const term *arg, term options, int allowed, int *flags, term *replaced, int position)
{
    if (!is_binary(arg[0])) return raise_badarg(p, 1, NOT_BINARY), false;
    if (!search_init(p, s, arg[0], arg[1])) return raise_badarg(p, 2, BAD_PATTERN), false;
    if (search_options(s, options, allowed, flags, replaced)) {
        native_charge(p, s->len / 500);
        return true;
    }
    search_done(s);
    return raise_badarg(p, position, BAD_OPTIONS), false;
}

static term part_tuple(struct process *p, size_t at, size_t len) { return mk_tuple2(&p->heap, make_small((int64_t)at), make_small((int64_t)len)); }

static term match(struct process *p, const term *arg, term options)
{
    struct search s;
    int flags = 0;
    size_t at, len;
    if (!begin(p, &s, arg, options, 0, &flags, NULL, 3)) return TERM_NONE;
    term t = search_next(&s, &at, &len) ? part_tuple(p, at, len) : AM_nomatch;
    search_done(&s);
    return t;
}
NATIVE("binary", "match", 2, binary_match_2, "{position, length} of the first match, or nomatch.") { return match(p, arg, TERM_NIL); }
NATIVE("binary", "match", 3, binary_match_3, "{position, length} of the first match within a scope, or nomatch.") { return match(p, arg, arg[2]); }

static term matches(struct process *p, const term *arg, term options)
{
    struct search s;
    struct list_builder out;
    int flags = 0;
    size_t at, len;
    if (!begin(p, &s, arg, options, 0, &flags, NULL, 3)) return TERM_NONE;
    list_begin(&out, &p->heap);
    while (search_next(&s, &at, &len)) list_add(&out, part_tuple(p, at, len));
    search_done(&s);
    return list_end(&out, TERM_NIL);
}
NATIVE("binary", "matches", 2, binary_matches_2, "{position, length} of every match.") { return matches(p, arg, TERM_NIL); }
NATIVE("binary", "matches", 3, binary_matches_3, "{position, length} of every match within a scope.") { return matches(p, arg, arg[2]); }

static term part(struct process *p, term bin, size_t from, size_t to)
{
    return mk_sub_binary(&p->heap, bin, (uint64_t)from * 8, (uint64_t)(to - from) * 8);
}

static term split(struct process *p, const term *arg, term options)
{
    struct search s;
    struct list_builder out;
    int flags = 0;
    size_t at, len, done = 0;
    if (!begin(p, &s, arg, options, OPT_GLOBAL | OPT_TRIM | OPT_TRIM_ALL, &flags, NULL, 3)) return TERM_NONE;
    list_begin(&out, &p->heap);
    // With trim, empty parts are held back until something follows them.
    size_t held = 0;
    bool more = true;
    while (more) {
        more = search_next(&s, &at, &len);
        size_t end = more ? at : s.len;
        bool empty = end == done;
        if (empty && flags & OPT_TRIM && !(flags & OPT_TRIM_ALL)) held++;
        if (!empty)
            for (; held; held--) list_add(&out, part(p, arg[0], 0, 0));
        if (!empty || !(flags & (OPT_TRIM | OPT_TRIM_ALL))) list_add(&out, part(p, arg[0], done, end));
        if (more) done = at + len;
        if (more && !(flags & OPT_GLOBAL)) s.from = s.to;
    }
    search_done(&s);
    return list_end(&out, TERM_NIL);
}
NATIVE("binary", "split", 2, binary_split_2, "The parts before and after the first match.") { return split(p, arg, TERM_NIL); }
NATIVE("binary", "split", 3, binary_split_3, "The parts between matches; options global, trim, trim_all, scope.") { return split(p, arg, arg[2]); }

// ---- replacing

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

// The offsets of {insert_replaced, N or list} in order, malloc'ed; false: invalid.
static bool insert_offsets(term t, size_t len, int64_t **offsets, size_t *n)
{
    term one[2] = {t, TERM_NIL};
    if (is_small(t)) t = make_cons_ptr(one);
    if (t == TERM_NONE) t = TERM_NIL;
    if (!list_length(t, n)) return false;
    *offsets = malloc((*n + 1) * sizeof **offsets);
    if (!*offsets) abort();
    for (size_t i = 0; i < *n; i++, t = tail(t)) {
        if (!is_small(head(t)) || small_value(head(t)) < 0 || (size_t)small_value(head(t)) > len) return free(*offsets), false;
        (*offsets)[i] = small_value(head(t));
    }
    qsort(*offsets, *n, sizeof **offsets, by_number);
    return true;
}

static term replace(struct process *p, const term *arg, term options)
{
    struct search s;
    struct buffer out = {0};
    int flags = 0;
    int64_t *offsets;
    size_t at, len, done = 0, count, rlen;
    term replaced = TERM_NONE;
    if (!is_binary(arg[0])) return raise_badarg(p, 1, NOT_BINARY);
    if (!is_binary(arg[2])) return raise_badarg(p, 3, NOT_BINARY);
    if (!begin(p, &s, arg, options, OPT_GLOBAL, &flags, &replaced, 4)) return TERM_NONE;
    const uint8_t *r = binary_bytes(&p->heap, arg[2], &rlen);
    if (!insert_offsets(replaced, rlen, &offsets, &count)) return search_done(&s), raise_badarg(p, 4, BAD_OPTIONS);
    while (search_next(&s, &at, &len)) {
        buffer_put(&out, s.bytes + done, at - done);
        size_t used = 0;
        for (size_t i = 0; i < count; i++) {
            buffer_put(&out, r + used, (size_t)offsets[i] - used);
            used = (size_t)offsets[i];
            buffer_put(&out, s.bytes + at, len);
        }
        buffer_put(&out, r + used, rlen - used);
        done = at + len;
        if (!(flags & OPT_GLOBAL)) break;
    }
    native_charge(p, out.len / 1000);
    term t = arg[0];
    if (done) {
        buffer_put(&out, s.bytes + done, s.len - done);
        t = mk_binary(&p->heap, out.bytes, out.len);
    }
    free(out.bytes);
    free(offsets);
    search_done(&s);
    return t;
}
NATIVE("binary", "replace", 3, binary_replace_3, "The binary with the first match replaced.") { return replace(p, arg, TERM_NIL); }
NATIVE("binary", "replace", 4, binary_replace_4, "The binary with matches replaced; options global, scope, insert_replaced.")
{
    return replace(p, arg, arg[3]);
}

// ---- bytes

NATIVE("binary", "at", 2, binary_at, "The byte at a position from 0.")
{
    size_t len;
    if (!is_binary(arg[0])) return raise_badarg(p, 1, NOT_BINARY);
    if (!is_integer(arg[1])) return raise_badarg(p, 2, "not an integer");
    if (num_compare(arg[1], make_small(0)) < 0) return raise_badarg(p, 2, "out of range");
    const uint8_t *s = binary_bytes(&p->heap, arg[0], &len);
    if (!is_small(arg[1]) || (size_t)small_value(arg[1]) >= len) return raise_badarg(p, 0, NULL);
    return make_small(s[small_value(arg[1])]);
}

static term end_byte(struct process *p, term bin, bool last)
{
    size_t len;
    if (!is_binary(bin)) return raise_badarg(p, 1, NOT_BINARY);
    const uint8_t *s = binary_bytes(&p->heap, bin, &len);
    return len ? make_small(s[last ? len - 1 : 0]) : raise_badarg(p, 1, "a zero-sized binary is not allowed");
}
NATIVE("binary", "first", 1, binary_first, "The first byte.") { return end_byte(p, arg[0], false); }
NATIVE("binary", "last", 1, binary_last, "The last byte.") { return end_byte(p, arg[0], true); }

static term copies(struct process *p, term bin, size_t n)
{
    size_t len;
    uint8_t *to;
    const uint8_t *s = binary_bytes(&p->heap, bin, &len);
    if (len && n > COPY_MAX / len) return raise_system_limit(p);
    term t = mk_binary_uninit(&p->heap, len * n, &to);
    for (size_t i = 0; len && i < n; i++) memcpy(to + i * len, s, len);
    native_charge(p, len * n / 1000);
    return t;
}
NATIVE("binary", "copy", 1, binary_copy_1, "A copy that shares no memory.")
{
    return is_binary(arg[0]) ? copies(p, arg[0], 1) : raise_badarg(p, 1, NOT_BINARY);
}
NATIVE("binary", "copy", 2, binary_copy_2, "The bytes n times over.")
{
    if (!is_binary(arg[0])) return raise_badarg(p, 1, NOT_BINARY);
    if (!is_integer(arg[1])) return raise_badarg(p, 2, "not an integer");
    if (num_compare(arg[1], make_small(0)) < 0) return raise_badarg(p, 2, "out of range");
    return copies(p, arg[0], is_small(arg[1]) ? (size_t)small_value(arg[1]) : SIZE_MAX);
}

static term byte_list(struct process *p, term bin, size_t from, size_t n)
{
    size_t len;
    const uint8_t *s = binary_bytes(&p->heap, bin, &len) + from;
    if (!n) return TERM_NIL;
    term *c = heap_alloc(&p->heap, 2 * n), list = make_cons_ptr(c);
    for (size_t i = 0; i < n; i++, c += 2) {
        c[0] = make_small(s[i]);
        c[1] = i + 1 < n ? make_cons_ptr(c + 2) : TERM_NIL;
    }
    native_charge(p, n / 50);
    return list;
}
NATIVE("binary", "bin_to_list", 1, binary_bin_to_list_1, "The bytes as a list.")
{
    if (!is_binary(arg[0])) return raise_badarg(p, 1, NOT_BINARY);
    return byte_list(p, arg[0], 0, bits_of(arg[0]).size / 8);
}
NATIVE("binary", "bin_to_list", 2, binary_bin_to_list_2, "The bytes of a {position, length} part as a list.")
{
    int64_t at, n;
    if (!is_binary(arg[0])) return raise_badarg(p, 1, NOT_BINARY);
    if (!is_tuple_of(arg[1], 2) || !is_integer(tuple_get(arg[1], 0)) || !is_integer(tuple_get(arg[1], 1)))
        return raise_badarg(p, 2, "not a valid {Pos,Length} tuple");
    if (binary_part_range(tuple_get(arg[1], 0), tuple_get(arg[1], 1), (int64_t)(bits_of(arg[0]).size / 8), &at, &n))
        return raise_badarg(p, 2, "out of range");
    return byte_list(p, arg[0], (size_t)at, (size_t)n);
}
NATIVE("binary", "bin_to_list", 3, binary_bin_to_list_3, "The bytes of a part as a list.")
{
    int64_t at, n;
    if (!is_binary(arg[0])) return raise_badarg(p, 1, NOT_BINARY);
    if (!is_integer(arg[1])) return raise_badarg(p, 2, "not an integer");
    if (!is_integer(arg[2])) return raise_badarg(p, 3, "not an integer");
    int bad = binary_part_range(arg[1], arg[2], (int64_t)(bits_of(arg[0]).size / 8), &at, &n);
    return bad ? raise_badarg(p, bad + 1, "out of range") : byte_list(p, arg[0], (size_t)at, (size_t)n);
}
NATIVE("binary", "list_to_bin", 1, binary_list_to_bin, "The bytes of an iolist as one binary.")
{
    term t = is_list(arg[0]) ? iodata_binary(p, arg[0]) : TERM_NONE;
    return t == TERM_NONE ? raise_badarg(p, 1, "not an iodata term") : t;
}
NATIVE("binary", "referenced_byte_size", 1, binary_referenced_byte_size, "Size of the memory block a binary lies in.")
{
    if (!is_binary(arg[0])) return raise_badarg(p, 1, NOT_BINARY);
    const term *o = boxed_ptr(arg[0]);
    if (header_type(o[0]) == TYPE_SUBBIN) o = boxed_ptr(o[1]);
    if (header_type(o[0]) == TYPE_HEAPBIN) return make_small((int64_t)(o[1] / 8));
    return make_small((int64_t)((const struct refbin *)o[1])->used);
}

// ---- common parts

static term common(struct process *p, term list, bool suffix)
{
    size_t n, len = 0, best = SIZE_MAX;
    const uint8_t *first = NULL;
    size_t first_len = 0;
    if (!is_cons(list) || !list_length(list, &n)) return raise_badarg(p, 1, "not a flat list of binaries");
    for (; is_cons(list); list = tail(list)) {
        if (!is_binary(head(list))) return raise_badarg(p, 1, "not a flat list of binaries");
        const uint8_t *s = binary_bytes(&p->heap, head(list), &len);
        if (!first) first = s, first_len = len;
        size_t i = 0, most = len < first_len ? len : first_len;
        if (most > best) most = best;
        while (i < most && (suffix ? s[len - 1 - i] == first[first_len - 1 - i] : s[i] == first[i])) i++;
        best = i;
    }
    return make_small((int64_t)best);
}
NATIVE("binary", "longest_common_prefix", 1, binary_longest_common_prefix, "Length of the longest common prefix of binaries.")
{
    return common(p, arg[0], false);
}
NATIVE("binary", "longest_common_suffix", 1, binary_longest_common_suffix, "Length of the longest common suffix of binaries.")
{
    return common(p, arg[0], true);
}

// ---- integers

static bool endianness(struct process *p, term t, bool *little)
{
    *little = t == AM_little;
    if (*little || t == AM_big) return true;
    return raise_badarg(p, 2, "must be 'big' or 'little'"), false;
}

static term decode_unsigned(struct process *p, term bin, bool little)
{
    size_t len;
    if (!is_binary(bin)) return raise_badarg(p, 1, NOT_BINARY);
    const uint8_t *s = binary_bytes(&p->heap, bin, &len);
    while (len && !s[little ? len - 1 : 0]) s += !little, len--;
    size_t n = (len + 7) / 8;
    uint64_t one = 0;
    term *obj = n > 1 ? heap_alloc(&p->heap, n + 1) : NULL;
    uint64_t *limb = obj ? obj + 1 : &one;
    for (size_t i = 0; obj && i < n; i++) limb[i] = 0;
    for (size_t i = 0; i < len; i++) limb[i / 8] |= (uint64_t)s[little ? i : len - 1 - i] << 8 * (i % 8);
    native_charge(p, len / 500);
    if (!obj) return mk_uint(&p->heap, one);
    obj[0] = make_header(TYPE_BIGPOS, n);
    return make_boxed(obj);
}
NATIVE("binary", "decode_unsigned", 1, binary_decode_unsigned_1, "The integer that big-endian bytes stand for.")
{
    return decode_unsigned(p, arg[0], false);
}
NATIVE("binary", "decode_unsigned", 2, binary_decode_unsigned_2, "The integer that bytes of an endianness stand for.")
{
    bool little;
    if (!is_binary(arg[0])) return raise_badarg(p, 1, NOT_BINARY);
    return endianness(p, arg[1], &little) ? decode_unsigned(p, arg[0], little) : TERM_NONE;
}

static term encode_unsigned(struct process *p, term t, bool little)
{
    if (!is_integer(t)) return raise_badarg(p, 1, "not an integer");
    if (num_compare(t, make_small(0)) < 0) return raise_badarg(p, 1, "out of range");
    uint64_t one = is_small(t) ? (uint64_t)small_value(t) : 0;
    const uint64_t *limb = is_small(t) ? &one : boxed_ptr(t) + 1;
    size_t n = is_small(t) ? 1 : header_size(boxed_header(t));
    size_t len = n * 8 - (limb[n - 1] ? (size_t)__builtin_clzll(limb[n - 1]) / 8 : 7);
    uint8_t *to;
    term bin = mk_binary_uninit(&p->heap, len, &to);
    for (size_t i = 0; i < len; i++) to[little ? i : len - 1 - i] = (uint8_t)(limb[i / 8] >> 8 * (i % 8));
    native_charge(p, len / 500);
    return bin;
}
NATIVE("binary", "encode_unsigned", 1, binary_encode_unsigned_1, "The big-endian bytes of an integer.") { return encode_unsigned(p, arg[0], false); }
NATIVE("binary", "encode_unsigned", 2, binary_encode_unsigned_2, "The bytes of an integer in an endianness.")
{
    bool little;
    return endianness(p, arg[1], &little) ? encode_unsigned(p, arg[0], little) : TERM_NONE;
}

// ---- hexadecimal

NATIVE("binary", "encode_hex", 1, binary_encode_hex, "The bytes in upper-case hexadecimal.")
{
    static const char digit[] = "0123456789ABCDEF";
    size_t len;
    uint8_t *to;
    if (!is_binary(arg[0])) return raise_badarg(p, 1, NOT_BINARY);
    const uint8_t *s = binary_bytes(&p->heap, arg[0], &len);
    term t = mk_binary_uninit(&p->heap, 2 * len, &to);
    for (size_t i = 0; i < len; i++) {
        to[2 * i] = (uint8_t)digit[s[i] >> 4];
        to[2 * i + 1] = (uint8_t)digit[s[i] & 15];
    }
    native_charge(p, len / 500);
    return t;
}

static int hex_value(uint8_t c)
{
    if (c >= '0' && c <= '9') return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// Two bytes are no hexadecimal digits. Errors point to constant text; the atom table keeps these few thousand for good.
static term bad_hex(struct process *p, uint8_t a, uint8_t b)
{
    char text[32] = "?? is not a valid hex";
    if (a < 32 || a > 126 || b < 32 || b > 126) return raise_badarg(p, 1, "not a valid hex");
    text[0] = (char)a;
    text[1] = (char)b;
    return raise_badarg(p, 1, atom_text(p->vm, atom_from_c(p->vm, text)).bytes);
}
NATIVE("binary", "decode_hex", 1, binary_decode_hex, "The bytes that hexadecimal digits stand for.")
{
    size_t len;
    uint8_t *to;
    if (!is_binary(arg[0])) return raise_badarg(p, 1, NOT_BINARY);
    const uint8_t *s = binary_bytes(&p->heap, arg[0], &len);
    if (len & 1) return raise_badarg(p, 1, "must contain an even number of bytes");
    term t = mk_binary_uninit(&p->heap, len / 2, &to);
    for (size_t i = 0; i < len; i += 2) {
        int a = hex_value(s[i]), b = hex_value(s[i + 1]);
        if (a < 0 || b < 0) return bad_hex(p, s[i], s[i + 1]);
        to[i / 2] = (uint8_t)(a << 4 | b);
    }
    native_charge(p, len / 500);
    return t;
}
