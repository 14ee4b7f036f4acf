// SPDX-License-Identifier: Apache-2.0
// Hashes of terms: term_hash places keys in big maps, term_phash2 is erlang:phash2. Both are OTP's functions (Bob Jenkins' mix with
// per-type constants), so big maps with number, string, tuple and list keys enumerate in the BEAM's order. Atoms hash by text.
//
// Invariant (law 3): a hash depends on the value alone; never on an address or an atom's index. Equal terms hash equally.
// The walk keeps its own stack; depth is not limited by the C stack.
#include <stdio.h>
#include <stdlib.h>

#include "code.h"
#include "native.h"

#define GOLDEN 0x9e3779b9u
#define CONST(K) (GOLDEN * (K))
#define KEY_SALT 3432918353u
#define PHASH2_NIL 3468870702u
#define BEAM_SMALL_MAX (((int64_t)1 << 59) - 1)
#define BEAM_SMALL_MIN (-((int64_t)1 << 59))

enum frame_kind { FRAME_RANGE, FRAME_CDR, FRAME_PAIR, FRAME_MAP };
struct frame { enum frame_kind kind; const term *at; size_t n; uint32_t hash, pairs; struct map_iter *it; };
struct hasher {
    struct vm *vm;
    bool key;               // term_hash rather than phash2
    uint32_t hash;
    uint32_t pairs;         // of the map being hashed: entries xor-ed, so that their order is free
    struct frame *items, *local;    // local: on the C stack; not cleared, since most terms need none
    size_t count, capacity;
};

static struct frame *push(struct hasher *s, enum frame_kind kind, const term *at, size_t n)
{
    if (s->count == s->capacity) {
        struct frame *bigger = malloc(2 * s->capacity * sizeof *bigger);
        if (!bigger) abort();
        memcpy(bigger, s->items, s->count * sizeof *bigger);
        if (s->items != s->local) free(s->items);
        s->items = bigger;
        s->capacity *= 2;
    }
    struct frame *f = &s->items[s->count++];
    *f = (struct frame){.kind = kind, .at = at, .n = n};
    return f;
}

static inline void mix(uint32_t *a, uint32_t *b, uint32_t *c)
{
    uint32_t x = *a, y = *b, z = *c;
    x = (x - y - z) ^ z >> 13;
    y = (y - z - x) ^ x << 8;
    z = (z - x - y) ^ y >> 13;
    x = (x - y - z) ^ z >> 12;
    y = (y - z - x) ^ x << 16;
    z = (z - x - y) ^ y >> 5;
    x = (x - y - z) ^ z >> 3;
    y = (y - z - x) ^ x << 10;
    z = (z - x - y) ^ y >> 15;
    *a = x;
    *b = y;
    *c = z;
}

static inline void add2(struct hasher *s, uint32_t x, uint32_t y, uint32_t k)
{
    uint32_t a = k + x, b = k + y;
    mix(&a, &b, &s->hash);
}
static inline void add1(struct hasher *s, uint32_t x, uint32_t k) { add2(s, x, 0, k); }
static inline void add_const(struct hasher *s, uint32_t k)
{
    s->hash ^= k;
    s->hash = s->hash << 17 ^ s->hash >> 15;
}

// ---- leaves

static uint32_t little32(const uint8_t *p) { return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24; }

static uint32_t block_hash(const uint8_t *p, size_t len, uint32_t init)
{
    uint32_t a = GOLDEN, b = GOLDEN, c = init;
    size_t left = len;
    for (; left >= 12; left -= 12, p += 12) {
        a += little32(p);
        b += little32(p + 4);
        c += little32(p + 8);
        mix(&a, &b, &c);
    }
    uint8_t rest[12] = {0};
    memcpy(rest, p, left);
    a += little32(rest);
    b += little32(rest + 4);
    c += (uint32_t)len + (little32(rest + 8) << 8);
    mix(&a, &b, &c);
    return c;
}

static void hash_bits(struct hasher *s, term t)
{
    struct bits b = bits_of(t);
    uint32_t init = CONST(13) + s->hash;
    if (!b.size) {
        s->hash = init;
        return;
    }
    uint8_t local[256], *copy = NULL;
    const uint8_t *p = b.base + (b.offset >> 3);
    size_t len = b.size >> 3;
    unsigned shift = b.offset & 7, spare = b.size & 7;
    if (shift) {
        uint8_t *to = len < sizeof local ? local : (copy = malloc(len + 1));
        if (!to) abort();
        size_t last = (shift + b.size - 1) >> 3;
        for (size_t i = 0; i * 8 < b.size; i++) to[i] = (uint8_t)(p[i] << shift | (i + 1 <= last ? p[i + 1] >> (8 - shift) : 0));
        p = to;
    }
    s->hash = block_hash(p, len, init);
    if (spare) add2(s, spare, p[len] >> (8 - spare), CONST(15));
    free(copy);
}

static void hash_limbs(struct hasher *s, const uint64_t *limb, size_t n, bool neg)
{
    for (size_t i = 0; i < n; i++) add2(s, (uint32_t)limb[i], (uint32_t)(limb[i] >> 32), neg ? CONST(10) : CONST(11));
}

static void hash_small(struct hasher *s, int64_t v)
{
    uint64_t magnitude = v < 0 ? -(uint64_t)v : (uint64_t)v;
    if (s->key) {
        if (v > BEAM_SMALL_MAX || v < BEAM_SMALL_MIN) return hash_limbs(s, &magnitude, 1, v < 0);
        uint64_t word = (uint64_t)v << 4 | 15;
        add2(s, (uint32_t)word, (uint32_t)(word >> 32), GOLDEN);
        return;
    }
    if (v >= 1 << 27 || v < -(1 << 27)) return hash_limbs(s, &magnitude, 1, v < 0);
    if (v < 0) add1(s, (uint32_t)-v, GOLDEN);
    add1(s, (uint32_t)v, GOLDEN);
}

static void hash_float(struct hasher *s, double d)
{
    uint64_t u;
    if (d == 0) d = 0;
    memcpy(&u, &d, 8);
    uint32_t low = (uint32_t)u, high = (uint32_t)(u >> 32);
    add2(s, s->key ? low : high, s->key ? high : low, CONST(12));
}

// The text hash that phash and phash2 use: each code point below 256 counts as one byte.
uint32_t atom_pjw(struct vm *vm, term atom)
{
    struct atom_text text = atom_text(vm, atom);
    uint32_t h = 0;
    for (uint32_t i = 0; i < text.len; i++) {
        uint8_t c = (uint8_t)text.bytes[i];
        if ((c & 0xfe) == 0xc2) c = (uint8_t)(c << 6 | ((uint8_t)text.bytes[++i] & 63));
        h = (h << 4) + c;
        uint32_t g = h & 0xf0000000u;
        if (g) h ^= g >> 24 ^ g;
    }
    return h;
}

static void hash_immediate(struct hasher *s, term t)
{
    if (is_small(t)) return hash_small(s, small_value(t));
    if (is_float_imm(t)) return hash_float(s, float_imm_value(t));
    if (is_atom(t)) {
        if (s->key) return add2(s, atom_hash(s->vm, t), 0x0b, GOLDEN);
        uint32_t h = atom_pjw(s->vm, t);
        if (s->hash) add1(s, h, CONST(3));
        else s->hash = h;
        return;
    }
    if (is_nil(t)) {
        if (s->key) add2(s, 0x3b, 0, GOLDEN);
        else if (s->hash) add1(s, 2, CONST(2));
        else s->hash = PHASH2_NIL;
        return;
    }
    add2(s, (uint32_t)imm_value(t), (uint32_t)(imm_value(t) >> 32), is_pid(t) ? CONST(5) : is_ref(t) ? CONST(7) : CONST(6));
}

// ---- containers

static bool is_byte(term t) { return t <= make_small(255) && is_small(t); }

// Runs of bytes are hashed four at a time. Leaves the walk at what follows them.
static term hash_cons(struct hasher *s, term t)
{
    uint32_t word = 0, c = 0;
    while (is_cons(t) && is_byte(head(t))) {
        word = (word << 8) + (uint32_t)small_value(head(t));
        if (c == 3) {
            add1(s, word, CONST(4));
            c = word = 0;
        } else {
            c++;
        }
        t = tail(t);
    }
    if (c) {
        if (s->key) add2(s, word, c, CONST(22));
        else add1(s, word, CONST(4));
    }
    if (!is_cons(t)) return t;
    const term *p = cons_ptr(t);
    if (s->key) add_const(s, CONST(17));
    push(s, s->key && !is_cons(p[1]) ? FRAME_CDR : FRAME_RANGE, p + 1, 1);
    return p[0];
}

// Hashes the immediates at the front of a range. Returns the term behind them, whose turn it is, leaving the rest to the walk; or TERM_NONE.
static term hash_range(struct hasher *s, const term *at, size_t n)
{
    for (; n; at++, n--) {
        if (is_immediate(*at)) {
            hash_immediate(s, *at);
            continue;
        }
        if (n > 1) push(s, FRAME_RANGE, at + 1, n - 1);
        return *at;
    }
    return TERM_NONE;
}

static void hash_fun(struct hasher *s, term t)
{
    const term *p = boxed_ptr(t);
    if (header_type(p[0]) == TYPE_EXPORT) {
        const struct export *e = (const struct export *)p[1];
        add2(s, e->arity, atom_hash(s->vm, e->module), CONST(8));
        add1(s, atom_hash(s->vm, e->function), CONST(8));
        return;
    }
    const struct lambda *l = (const struct lambda *)p[1];
    add2(s, (uint32_t)l->index, l->uniq, CONST(8));
    add1(s, atom_hash(s->vm, l->module->name), CONST(8));
    if (header_size(p[0]) > 1) push(s, FRAME_RANGE, p + 2, header_size(p[0]) - 1);
}

static void hash_map(struct hasher *s, term t)
{
    uint32_t size = (uint32_t)map_size(t);
    add1(s, size, CONST(16));
    if (!size) return;
    struct frame *f = push(s, FRAME_MAP, NULL, 0);
    f->hash = s->hash;
    f->pairs = s->pairs;
    f->it = malloc(sizeof *f->it);
    if (!f->it) abort();
    map_iter_init(f->it, t);
    s->pairs = 0;
}

// Returns the next term to hash where that is known already, else TERM_NONE.
static term hash_boxed(struct hasher *s, term t)
{
    const term *p = boxed_ptr(t);
    size_t n = header_size(p[0]);
    switch (header_type(p[0])) {
    case TYPE_TUPLE:
        add1(s, (uint32_t)n, CONST(9));
        return hash_range(s, p + 1, n);
    case TYPE_FLOAT: hash_float(s, float_value(t)); break;
    case TYPE_BIGPOS: hash_limbs(s, p + 1, n, false); break;
    case TYPE_BIGNEG: hash_limbs(s, p + 1, n, true); break;
    case TYPE_FUN:
    case TYPE_EXPORT: hash_fun(s, t); break;
    case TYPE_FLATMAP:
    case TYPE_HASHMAP: hash_map(s, t); break;
    default: hash_bits(s, t); break;
    }
    return TERM_NONE;
}

// ---- the walk

// The next term to hash, from the innermost frame; TERM_NONE at the end.
static term next_term(struct hasher *s)
{
    while (s->count) {
        struct frame *f = &s->items[s->count - 1];
        if (f->kind == FRAME_MAP) {
            term key, value;
            if (f->n) {                             // an entry is done
                s->pairs ^= s->hash;
                f->n = 0;
            }
            if (!map_iter_next(f->it, &key, &value)) {
                uint32_t pairs = s->pairs;
                s->hash = f->hash;
                s->pairs = f->pairs;
                free(f->it);
                s->count--;
                add1(s, pairs, CONST(19));
                continue;
            }
            f->n = 1;
            s->hash = s->key ? KEY_SALT : 0;
            f->it->pending = value;
            push(s, FRAME_PAIR, &f->it->pending, 1);
            return key;
        }
        if (f->kind == FRAME_RANGE) {
            s->count--;
            term t = hash_range(s, f->at, f->n);
            if (t != TERM_NONE) return t;
            continue;
        }
        if (f->kind == FRAME_CDR) add_const(s, CONST(18));
        s->count--;
        return *f->at;
    }
    return TERM_NONE;
}

static uint32_t hash_deep(struct vm *vm, term t, bool key)
{
    struct frame local[32];
    struct hasher s = {.vm = vm, .key = key, .hash = key ? KEY_SALT : 0, .items = local, .local = local, .capacity = 32};
    while (t != TERM_NONE) {
        while (is_cons(t)) t = hash_cons(&s, t);
        if (is_boxed(t)) {
            t = hash_boxed(&s, t);
        } else {
            hash_immediate(&s, t);
            t = TERM_NONE;
        }
        if (t == TERM_NONE) t = next_term(&s);
    }
    if (s.items != s.local) free(s.items);
    return s.hash;
}

uint32_t term_hash(struct vm *vm, term t)
{
    if (!is_small(t)) return hash_deep(vm, t, true);
    struct hasher s = {.key = true, .hash = KEY_SALT};
    hash_small(&s, small_value(t));
    return s.hash;
}

uint32_t term_phash2(struct vm *vm, term t) { return hash_deep(vm, t, false); }
