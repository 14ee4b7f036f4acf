// SPDX-License-Identifier: Apache-2.0
// Bitstrings at work: fields taken off a match context, bitstrings built from segments, bits copied.
//
// Bits are numbered from the most significant of byte 0. Invariants: spare bits of the last byte of a fresh bitstring are zero; a refbin's bytes
// beyond `used` belong to nobody, so the one value whose length is `used` may append to them in place.
#include "bits.h"

#include <math.h>
#include <stdlib.h>

#include "atom.h"
#include "native.h"

enum { APPEND_MIN = 256 };              // smallest capacity of a binary that is being appended to, bytes
#define BITS_LIMIT (1ull << 35)         // a bitstring's size: 4 GiB

struct bits bits_of(term t)
{
    const term *p = boxed_ptr(t);
    switch (header_type(p[0])) {
    case TYPE_HEAPBIN: return (struct bits){(const uint8_t *)(p + 2), 0, p[1]};
    case TYPE_REFBIN: return (struct bits){((const struct refbin *)p[1])->bytes, 0, p[2]};
    case TYPE_SUBBIN: {
        struct bits b = bits_of(p[1]);
        return (struct bits){b.base, (uint64_t)small_value(p[2]), (uint64_t)small_value(p[3])};
    }
    default: {                          // TYPE_MATCHCTX: what is left
        struct bits b = bits_of(p[1]);
        return (struct bits){b.base, (uint64_t)small_value(p[2]), (uint64_t)small_value(p[3] - p[2])};
    }
    }
}

// ---- copying
static unsigned get_bits8(const uint8_t *p, uint64_t bit, unsigned n)     // n of 1..8, right-aligned; reads no byte it does not need
{
    p += bit >> 3;
    unsigned shift = bit & 7, have = 8 - shift;
    unsigned v = *p & (0xffu >> shift);
    if (n <= have) return v >> (have - n);
    return v << (n - have) | (unsigned)p[1] >> (8 - (n - have));
}

static void put_bits8(uint8_t *p, uint64_t bit, unsigned v, unsigned n)   // within one byte: (bit & 7) + n <= 8
{
    p += bit >> 3;
    unsigned shift = 8 - (bit & 7) - n, mask = ((1u << n) - 1) << shift;
    *p = (uint8_t)((*p & ~mask) | (v << shift & mask));
}

void bits_copy(uint8_t *to, uint64_t to_bit, const uint8_t *from, uint64_t from_bit, uint64_t n)
{
    while (n && to_bit & 7) {
        unsigned room = 8 - (to_bit & 7), k = n < room ? (unsigned)n : room;
        put_bits8(to, to_bit, get_bits8(from, from_bit, k), k);
        to_bit += k;
        from_bit += k;
        n -= k;
    }
    if (!n) return;
    uint8_t *d = to + (to_bit >> 3);
    const uint8_t *s = from + (from_bit >> 3);
    unsigned shift = from_bit & 7;
    uint64_t bytes = n >> 3;
    if (!shift) memmove(d, s, bytes);
    else
        for (uint64_t i = 0; i < bytes; i++) d[i] = (uint8_t)(s[i] << shift | s[i + 1] >> (8 - shift));
    unsigned left = n & 7;
    if (left) put_bits8(d + bytes, 0, get_bits8(s + bytes, shift, left), left);
}

// ---- floats of 16 bits
static double half_to_double(uint16_t h)
{
    int e = h >> 10 & 31, m = h & 1023;
    double d = e == 0 ? ldexp(m, -24) : e == 31 ? (m ? NAN : INFINITY) : ldexp(1024 + m, e - 25);
    return h & 0x8000 ? -d : d;
}

// What is too large becomes infinite, as on the BEAM.
static uint16_t double_to_half(double d)
{
    uint16_t sign = signbit(d) ? 0x8000 : 0;
    int e;
    double m = frexp(fabs(d), &e);      // |d| = m * 2^e, m in [0.5, 1)
    if (d == 0) return sign;
    e--;
    if (e < -14) return sign | (uint16_t)rint(ldexp(fabs(d), 24));
    int q = (int)rint(ldexp(m, 11));
    if (q == 2048) {
        q = 1024;
        e++;
    }
    return sign | (e > 15 ? 0x7c00 : (uint16_t)((e + 15) << 10 | (q - 1024)));
}

static uint64_t float_to_bits(double d, uint64_t size)
{
    uint64_t whole;
    float f = (float)d;
    uint32_t u;
    switch (size) {
    case 16: return double_to_half(d);
    case 32: memcpy(&u, &f, 4); return u;
    default: memcpy(&whole, &d, 8); return whole;
    }
}

static double float_from_bits(uint64_t v, uint64_t size)
{
    float f;
    double d;
    uint32_t u = (uint32_t)v;
    if (size == 16) return half_to_double((uint16_t)v);
    if (size == 32) {
        memcpy(&f, &u, 4);
        return f;
    }
    memcpy(&d, &v, 8);
    return d;
}

// ---- integers out of bits
// n bits at `bit` as a number, n <= 64. Little-endian: whole bytes from the least significant one on, the rest last.
static uint64_t get_uint(const uint8_t *p, uint64_t bit, uint64_t n, bool little)
{
    uint64_t v = 0;
    if (little) {
        for (uint64_t i = 0; i < n; i += 8) v |= (uint64_t)get_bits8(p, bit + i, n - i < 8 ? (unsigned)(n - i) : 8) << i;
        return v;
    }
    unsigned odd = n & 7;
    if (odd) v = get_bits8(p, bit, odd);
    for (uint64_t i = odd; i < n; i += 8) v = v << 8 | get_bits8(p, bit + i, 8);
    return v;
}

static term big_from_limbs(struct heap *h, uint64_t *limb, size_t n, bool negative)
{
    while (n && !limb[n - 1]) n--;
    if (n == 0) return make_small(0);
    if (n == 1 && limb[0] <= (uint64_t)SMALL_MAX + negative) return make_small(negative ? -(int64_t)limb[0] : (int64_t)limb[0]);
    term *p = heap_alloc(h, n + 1);
    p[0] = make_header(negative ? TYPE_BIGNEG : TYPE_BIGPOS, n);
    memcpy(p + 1, limb, n * 8);
    return make_boxed(p);
}

static term get_big(struct heap *h, const uint8_t *p, uint64_t bit, uint64_t n, unsigned flags)
{
    size_t limbs = (n + 63) / 64;
    uint64_t *limb = calloc(limbs, 8);
    if (!limb) abort();
    for (size_t i = 0; i < limbs; i++) {
        uint64_t low = 64 * (uint64_t)i, k = n - low < 64 ? n - low : 64;
        if (flags & BITS_LITTLE) limb[i] = get_uint(p, bit + low, k, true);
        else limb[i] = get_uint(p, bit + n - low - k, k, false);
    }
    unsigned top = (unsigned)((n - 1) & 63);
    bool negative = flags & BITS_SIGNED && limb[limbs - 1] >> top & 1;
    if (negative) {     // magnitude: 2^n - value
        if (top < 63) limb[limbs - 1] |= ~0ull << (top + 1);
        uint64_t carry = 1;
        for (size_t i = 0; i < limbs; i++) {
            limb[i] = ~limb[i] + carry;
            carry = carry && !limb[i];
        }
    }
    term t = big_from_limbs(h, limb, limbs, negative);
    free(limb);
    return t;
}

static term get_integer(struct heap *h, const uint8_t *p, uint64_t bit, uint64_t n, unsigned flags)
{
    if (n == 0) return make_small(0);
    if (n > 60) return get_big(h, p, bit, n, flags);
    uint64_t v = get_uint(p, bit, n, flags & BITS_LITTLE);
    if (flags & BITS_SIGNED && v >> (n - 1) & 1) return make_small((int64_t)(v | ~0ull << n));
    return make_small((int64_t)v);
}

// ---- characters out of bits: the code point, and the bits it takes in *n; -1: none
static int32_t get_utf8(const uint8_t *p, uint64_t bit, uint64_t left, uint64_t *n)
{
    static const int32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    if (left < 8) return -1;
    unsigned c = get_bits8(p, bit, 8), len = c < 0x80 ? 1 : c >= 0xc2 && c < 0xe0 ? 2 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xf0 && c < 0xf5 ? 4 : 0;
    if (!len || left < 8 * len) return -1;
    int32_t v = len == 1 ? (int32_t)c : (int32_t)(c & (0x7fu >> len));
    for (unsigned i = 1; i < len; i++) {
        unsigned b = get_bits8(p, bit + 8 * i, 8);
        if ((b & 0xc0) != 0x80) return -1;
        v = v << 6 | (int32_t)(b & 0x3f);
    }
    *n = 8 * len;
    return v < least[len] || v > 0x10ffff || (v >= 0xd800 && v < 0xe000) ? -1 : v;
}

static int32_t get_utf16(const uint8_t *p, uint64_t bit, uint64_t left, bool little, uint64_t *n)
{
    if (left < 16) return -1;
    int32_t v = (int32_t)get_uint(p, bit, 16, little);
    *n = 16;
    if (v < 0xd800 || v >= 0xe000) return v;
    if (v >= 0xdc00 || left < 32) return -1;
    int32_t low = (int32_t)get_uint(p, bit + 16, 16, little);
    *n = 32;
    return low < 0xdc00 || low >= 0xe000 ? -1 : 0x10000 + ((v & 0x3ff) << 10) + (low & 0x3ff);
}

static int32_t get_utf32(const uint8_t *p, uint64_t bit, uint64_t left, bool little, uint64_t *n)
{
    if (left < 32) return -1;
    uint64_t v = get_uint(p, bit, 32, little);
    *n = 32;
    return v > 0x10ffff || (v >= 0xd800 && v < 0xe000) ? -1 : (int32_t)v;
}

// ---- matching
// Bits a sized field takes; false: the size is no count or more than is left.
static bool field_size(term spec, term size, uint64_t left, uint64_t *n)
{
    uint64_t units = spec_size(spec);
    if (units == BITS_SIZE_NONE) {
        if (is_nil(size)) {
            *n = left;
            return left % spec_unit(spec) == 0;
        }
        if (!is_small(size) || small_value(size) < 0) return false;
        units = (uint64_t)small_value(size);
    }
    unsigned unit = spec_unit(spec);
    if (unit && units > left / unit) return false;
    *n = units * unit;
    return true;
}

static bool get_float(struct heap *h, const uint8_t *bytes, uint64_t at, uint64_t n, bool little, bool skip, term *value)
{
    if (n != 16 && n != 32 && n != 64) return false;
    double d = float_from_bits(get_uint(bytes, at, n, little), n);
    if (isnan(d) || isinf(d)) return false;
    if (!skip) *value = mk_float(h, d);
    return true;
}

bool bits_get(struct process *p, term ctx, term spec, term size, bool skip, term *value)
{
    term *c = boxed_ptr(ctx);
    uint64_t at = (uint64_t)small_value(c[2]), left = (uint64_t)small_value(c[3]) - at, n = 0;
    const uint8_t *bytes = bits_of(c[1]).base;
    enum bits_type type = spec_type(spec);
    bool little = spec_flags(spec) & BITS_LITTLE;
    if (type >= BITS_UTF8) {
        int32_t v = type == BITS_UTF8 ? get_utf8(bytes, at, left, &n) : type == BITS_UTF16 ? get_utf16(bytes, at, left, little, &n)
                                                                                           : get_utf32(bytes, at, left, little, &n);
        if (v < 0) return false;
        if (!skip) *value = make_small(v);
    } else {
        if (!field_size(spec, size, left, &n)) return false;
        if (type == BITS_FLOAT) {
            if (!get_float(&p->heap, bytes, at, n, little, skip, value)) return false;
        } else if (!skip) {
            *value = type == BITS_BINARY ? mk_sub_binary(&p->heap, c[1], at, n) : get_integer(&p->heap, bytes, at, n, spec_flags(spec));
        }
    }
    c[2] = make_small((int64_t)(at + n));
    return true;
}

// ---- building
// OTP's description of the segment goes into the trace as a first entry {error_info, cause, []} (trace.c).
static term describe_segment(struct process *p, unsigned i, term spec, const char *what, term value)
{
    static const char *const types[] = {"integer", "float", "binary", "utf8", "utf16", "utf32"};
    term e[4] = {make_small(i + 1), atom_from_c(p->vm, types[spec_type(spec)]), atom_from_c(p->vm, what), value};
    p->raised.trace = mk_tuple3(&p->heap, atom_from_c(p->vm, "error_info"), mk_tuple(&p->heap, 4, e), TERM_NIL);
    return TERM_NONE;
}

static term bad_segment(struct process *p, unsigned i, term spec, const char *what, term value)
{
    if (spec_flags(spec) & BITS_COLLECTED) return raise_error(p, mk_tuple2(&p->heap, AM_badarg, value));
    raise_badarg(p, 0, NULL);
    return describe_segment(p, i, spec, what, value);
}

static bool is_char(term t)
{
    return is_small(t) && small_value(t) >= 0 && small_value(t) <= 0x10ffff && (small_value(t) < 0xd800 || small_value(t) >= 0xe000);
}

static uint64_t char_bits(enum bits_type type, int64_t c)
{
    if (type == BITS_UTF32) return 32;
    if (type == BITS_UTF16) return c < 0x10000 ? 16 : 32;
    return c < 0x80 ? 8 : c < 0x800 ? 16 : c < 0x10000 ? 24 : 32;
}

// Bits of a segment; false: raised.
static bool segment_bits(struct process *p, unsigned i, const term *s, uint64_t *n)
{
    term spec = s[0], v = s[1], size = s[2];
    enum bits_type type = spec_type(spec);
    if (type >= BITS_UTF8) {
        if (!is_char(v)) return bad_segment(p, i, spec, "type", v), false;
        *n = char_bits(type, small_value(v));
        return true;
    }
    uint64_t units = spec_size(spec), unit = spec_unit(spec);
    bool whole = units == BITS_SIZE_NONE && is_nil(size);
    if (type == BITS_BINARY && !is_bitstring(v)) return bad_segment(p, i, spec, "type", v), false;
    if (units == BITS_SIZE_NONE && !whole) {
        if (!is_integer(size) || (is_small(size) && small_value(size) < 0) || is_type(size, TYPE_BIGNEG))
            return bad_segment(p, i, spec, "size", size), false;
        if (!is_small(size) || (unit && (uint64_t)small_value(size) > BITS_LIMIT / unit)) {
            raise_system_limit(p);
            return describe_segment(p, i, spec, "size", size), false;
        }
        units = (uint64_t)small_value(size);
    }
    if (type == BITS_BINARY) {
        uint64_t have = bits_of(v).size;
        if (whole && unit && have % unit) return bad_segment(p, i, spec, "unit", v), false;
        *n = whole ? have : units * unit;
        if (*n > have) return bad_segment(p, i, spec, "short", v), false;
        return true;
    }
    *n = units * unit;
    if (type == BITS_INTEGER) return is_integer(v) || (bad_segment(p, i, spec, "type", v), false);
    if (!is_number(v)) return bad_segment(p, i, spec, "type", v), false;
    if (*n != 16 && *n != 32 && *n != 64) return bad_segment(p, i, spec, "invalid", whole ? v : make_small((int64_t)*n)), false;
    double d;
    if (!num_to_double(v, &d)) return bad_segment(p, i, spec, "no_float", v), false;
    return true;
}

// The low n bits of v, n <= 64.
static void put_uint(uint8_t *to, uint64_t bit, uint64_t v, uint64_t n, bool little)
{
    uint8_t b[8] = {0};
    unsigned odd = n & 7;
    uint64_t whole = n >> 3;
    if (little) {
        for (uint64_t i = 0; i < whole; i++) b[i] = (uint8_t)(v >> 8 * i);
        bits_copy(to, bit, b, 0, 8 * whole);
        if (!odd) return;
        uint8_t last = (uint8_t)(v >> 8 * whole);
        bits_copy(to, bit + 8 * whole, &last, 8 - odd, odd);
        return;
    }
    if (n < 64) v <<= 64 - n;
    for (unsigned i = 0; i < 8; i++) b[i] = (uint8_t)(v >> (56 - 8 * i));
    bits_copy(to, bit, b, 0, n);
}

// Limb i of an integer in two's complement without end. *carry starts as 1 for a negative one.
static uint64_t limb_of(term v, size_t i, uint64_t *carry)
{
    if (is_small(v)) return i == 0 ? (uint64_t)small_value(v) : small_value(v) < 0 ? ~0ull : 0;
    uint64_t limb = i < header_size(boxed_header(v)) ? boxed_ptr(v)[1 + i] : 0;
    if (boxed_type(v) == TYPE_BIGPOS) return limb;
    limb = ~limb + *carry;
    *carry = *carry && !limb;
    return limb;
}

static void put_integer(uint8_t *to, uint64_t bit, term v, uint64_t n, bool little)
{
    if (n == 8 && !(bit & 7) && is_small(v)) {
        to[bit >> 3] = (uint8_t)small_value(v);
        return;
    }
    uint64_t carry = 1;
    for (uint64_t low = 0; low < n; low += 64) {
        uint64_t k = n - low < 64 ? n - low : 64, limb = limb_of(v, low / 64, &carry);
        put_uint(to, little ? bit + low : bit + n - low - k, limb, k, little);
    }
}

static void put_char(uint8_t *to, uint64_t bit, enum bits_type type, uint32_t c, bool little)
{
    if (type == BITS_UTF32) put_uint(to, bit, c, 32, little);
    else if (type == BITS_UTF16) {
        if (c < 0x10000) put_uint(to, bit, c, 16, little);
        else {
            put_uint(to, bit, 0xd800 + ((c - 0x10000) >> 10), 16, little);
            put_uint(to, bit + 16, 0xdc00 + ((c - 0x10000) & 0x3ff), 16, little);
        }
    } else {
        uint8_t b[4];
        unsigned n = (unsigned)char_bits(type, c) / 8;
        for (unsigned i = n - 1; i > 0; i--, c >>= 6) b[i] = (uint8_t)(0x80 | (c & 0x3f));
        b[0] = (uint8_t)(n == 1 ? c : c | (0xf00u >> n & 0xff));
        bits_copy(to, bit, b, 0, 8 * n);
    }
}

static void put_segment(uint8_t *to, uint64_t bit, const term *s, uint64_t n)
{
    bool little = spec_flags(s[0]) & BITS_LITTLE;
    switch (spec_type(s[0])) {
    case BITS_INTEGER: put_integer(to, bit, s[1], n, little); break;
    case BITS_FLOAT: {
        double d;
        num_to_double(s[1], &d);
        put_uint(to, bit, float_to_bits(d, n), n, little);
        break;
    }
    case BITS_BINARY: {
        struct bits b = bits_of(s[1]);
        bits_copy(to, bit, b.base, b.offset, n);
        break;
    }
    default: put_char(to, bit, spec_type(s[0]), (uint32_t)small_value(s[1]), little); break;
    }
}

static void put_segments(uint8_t *to, uint64_t bit, unsigned n, const term *seg, const uint64_t *sizes)
{
    for (unsigned i = 0; i < n; i++) {
        put_segment(to, bit, seg + 3 * i, sizes[i]);
        bit += sizes[i];
    }
}

static bool is_whole(const term *s) { return spec_type(s[0]) == BITS_BINARY && spec_size(s[0]) == BITS_SIZE_NONE && is_nil(s[2]); }

static bool is_whole_binary(const term *s) { return is_whole(s) && bits_of(s[1]).size % 8 == 0; }

// One more view of b, which has become longer.
static term longer_view(struct process *p, struct refbin *b, uint64_t bit_size)
{
    __atomic_add_fetch(&b->refs, 1, __ATOMIC_RELAXED);
    term t = mk_refbin(&p->heap, b, bit_size);
    p->heap.refbin_bytes -= b->capacity;        // counted when it was made
    return t;
}

// Appending to the first segment: in place if it is the last owner's view of a refbin with room, else in a new refbin with room to grow.
static term append(struct process *p, unsigned n, const term *seg, const uint64_t *sizes, uint64_t total)
{
    uint64_t bytes = (total + 7) / 8, have = sizes[0] / 8;
    struct refbin *b = is_type(seg[1], TYPE_REFBIN) ? (struct refbin *)boxed_ptr(seg[1])[1] : NULL;
    if (b && b->used == have && b->capacity >= bytes) {
        memset(b->bytes + have, 0, bytes - have);
        put_segments(b->bytes, sizes[0], n - 1, seg + 3, sizes + 1);
        b->used = bytes;
        return longer_view(p, b, total);
    }
    b = refbin_new(2 * bytes > APPEND_MIN ? 2 * bytes : APPEND_MIN);
    b->bytes[bytes - 1] = 0;
    put_segments(b->bytes, 0, n, seg, sizes);
    b->used = bytes;
    return mk_refbin(&p->heap, b, total);
}

static term build(struct process *p, unsigned n, const term *seg, const uint64_t *sizes, uint64_t total)
{
    uint64_t bytes = (total + 7) / 8;
    if (n > 1 && bytes > HEAPBIN_MAX && is_whole_binary(seg) && sizes[0] >= total / 2) return append(p, n, seg, sizes, total);
    if (n == 1 && spec_type(seg[0]) == BITS_BINARY && sizes[0] == bits_of(seg[1]).size) return seg[1];
    uint8_t small[HEAPBIN_MAX], *to = small;
    if (bytes <= HEAPBIN_MAX) {
        memset(small, 0, sizeof small);
        put_segments(to, 0, n, seg, sizes);
        return mk_bitstring(&p->heap, small, total);
    }
    struct refbin *b = refbin_new(bytes);
    b->bytes[bytes - 1] = 0;
    put_segments(b->bytes, 0, n, seg, sizes);
    b->used = bytes;
    return mk_refbin(&p->heap, b, total);
}

static bool is_byte(const term *s) { return spec_type(s[0]) == BITS_INTEGER && spec_size(s[0]) * (uint64_t)spec_unit(s[0]) == 8 && is_small(s[1]); }

// <<acc::binary, c>>, the step of most loops that build a binary: bytes for the room behind the last owner's view. TERM_NONE: it is not that.
static term append_bytes(struct process *p, unsigned n, const term *seg)
{
    if (!is_type(seg[1], TYPE_REFBIN) || !is_whole(seg)) return TERM_NONE;
    struct refbin *b = (struct refbin *)boxed_ptr(seg[1])[1];
    if (boxed_ptr(seg[1])[2] != b->used * 8 || b->capacity - b->used < n - 1) return TERM_NONE;
    for (unsigned i = 1; i < n; i++)
        if (!is_byte(seg + 3 * i)) return TERM_NONE;
    for (unsigned i = 1; i < n; i++) b->bytes[b->used++] = (uint8_t)small_value(seg[3 * i + 1]);
    return longer_view(p, b, b->used * 8);
}

term bits_build(struct process *p, unsigned n, const term *segments)
{
    term appended = n > 1 ? append_bytes(p, n, segments) : TERM_NONE;
    if (appended != TERM_NONE) return appended;
    uint64_t few[16], *sizes = n <= 16 ? few : malloc(n * sizeof *sizes), total = 0;
    if (!sizes) abort();
    term t = TERM_NONE;
    unsigned i = 0, uncounted = spec_flags(segments[0]) & BITS_COLLECTED ? 1 : 0;
    while (i < n && segment_bits(p, i - uncounted, segments + 3 * i, &sizes[i])) {
        total += sizes[i++];
        if (total <= BITS_LIMIT) continue;
        raise_system_limit(p);
        break;
    }
    if (i == n && total <= BITS_LIMIT) t = build(p, n, segments, sizes, total);
    if (t != TERM_NONE) native_charge(p, (size_t)(total >> 13));
    if (sizes != few) free(sizes);
    return t;
}
