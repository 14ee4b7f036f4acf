// SPDX-License-Identifier: Apache-2.0
// The object's tables of literals and imports: equal entries share one index.
//
// Equal means here: the same bits. 0.0 and -0.0, 1 and 1.0 are different literals whatever the language's === says. The hash and
// the comparison look at a bounded part of deep terms: sharing is a saving, not a promise.
#include <stdlib.h>
#include <string.h>

#include "asm.h"

enum { HASH_NODES = 200, SAME_DEPTH = 100 };

static uint64_t mix(uint64_t h, uint64_t v)
{
    h ^= v;
    h *= 0x9e3779b97f4a7c15u;
    return h ^ h >> 29;
}

static bool holds_terms(enum type t)
{
    return t == TYPE_TUPLE || t == TYPE_FLATMAP || t == TYPE_HASHMAP || t == TYPE_MAPNODE || t == TYPE_MAPCOLLISION;
}

static uint64_t hash_bits(uint64_t h, term t)
{
    struct bits b = bits_of(t);
    h = mix(h, b.size);
    uint64_t n = b.size / 8 < 64 ? b.size / 8 : 64;
    if (b.offset & 7) return h;
    for (uint64_t i = 0; i < n; i++) h = mix(h, b.base[b.offset / 8 + i]);
    return h;
}

static uint64_t hash_term(term t, int *budget)
{
    uint64_t h = 7;
    while (is_cons(t) && (*budget)-- > 0) {
        h = mix(h, hash_term(head(t), budget));
        t = tail(t);
    }
    if (is_cons(t) || (*budget)-- <= 0) return h;
    if (!is_boxed(t)) return mix(h, t);
    term *p = boxed_ptr(t);
    h = mix(h, p[0]);
    uint64_t n = header_size(p[0]);
    if (is_bitstring(t)) return hash_bits(header_type(p[0]), t);
    if (!holds_terms(header_type(p[0]))) {
        for (uint64_t i = 1; i <= n && i < 32; i++) h = mix(h, p[i]);
        return h;
    }
    for (uint64_t i = 1; i <= n && *budget > 0; i++) h = mix(h, hash_term(p[i], budget));
    return h;
}

static bool same_bits(term a, term b)
{
    struct bits x = bits_of(a), y = bits_of(b);
    if (x.size != y.size || x.offset & 7 || y.offset & 7 || x.size & 7) return false;
    return !memcmp(x.base + x.offset / 8, y.base + y.offset / 8, x.size / 8);
}

static bool same(term a, term b, int depth)
{
    while (is_cons(a) && is_cons(b) && a != b) {
        if (!same(head(a), head(b), depth + 1)) return false;
        a = tail(a);
        b = tail(b);
    }
    if (a == b) return true;
    if (!is_boxed(a) || !is_boxed(b) || depth > SAME_DEPTH) return false;
    term *p = boxed_ptr(a), *q = boxed_ptr(b);
    if (is_bitstring(a) && is_bitstring(b)) return same_bits(a, b);
    if (p[0] != q[0]) return false;
    uint64_t n = header_size(p[0]);
    if (!holds_terms(header_type(p[0]))) return !memcmp(p + 1, q + 1, n * 8);
    for (uint64_t i = 1; i <= n; i++)
        if (!same(p[i], q[i], depth + 1)) return false;
    return true;
}

// ---- open addressing over indices + 1
static void pool_insert(struct literal_pool *pool, uint64_t h, uint32_t index)
{
    uint32_t i = (uint32_t)h & (pool->nslots - 1);
    while (pool->slots[2 * i]) i = (i + 1) & (pool->nslots - 1);
    pool->slots[2 * i] = index + 1;
    pool->slots[2 * i + 1] = (uint32_t)(h >> 32);
}

// Slots hold index + 1 and the upper half of the hash; growing rehashes through `hash`.
static void pool_room(struct literal_pool *pool, size_t count, uint64_t (*hash)(struct assembler *, uint32_t), struct assembler *as)
{
    if ((count + 1) * 2 <= pool->nslots) return;
    uint32_t old = pool->nslots, *slots = pool->slots;
    pool->nslots = old ? old * 2 : 64;
    pool->slots = calloc(pool->nslots * 2u, sizeof *pool->slots);
    if (!pool->slots) abort();
    for (uint32_t i = 0; i < old; i++)
        if (slots[2 * i]) pool_insert(pool, hash(as, slots[2 * i] - 1), slots[2 * i] - 1);
    free(slots);
}

static uint64_t hash_literal(struct assembler *as, uint32_t index)
{
    int budget = HASH_NODES;
    return hash_term(as->o->literals[index], &budget) * 0x9e3779b97f4a7c15u;
}

uint32_t asm_literal(struct assembler *as, term t)
{
    struct object *o = as->o;
    int budget = HASH_NODES;
    uint64_t h = hash_term(t, &budget) * 0x9e3779b97f4a7c15u;
    pool_room(&as->literals, o->nliterals, hash_literal, as);
    struct literal_pool *pool = &as->literals;
    for (uint32_t i = (uint32_t)h & (pool->nslots - 1); pool->slots[2 * i]; i = (i + 1) & (pool->nslots - 1))
        if (pool->slots[2 * i + 1] == (uint32_t)(h >> 32) && same(o->literals[pool->slots[2 * i] - 1], t, 0)) return pool->slots[2 * i] - 1;
    o->literals = asm_grow(o->literals, &as->cap_literals, o->nliterals + 1, sizeof *o->literals);
    uint32_t index = (uint32_t)o->nliterals++;
    o->literals[index] = is_immediate(t) ? t : term_copy(as->vm, &o->heap, t);
    pool_insert(pool, h, index);
    return index;
}

static uint64_t hash_import(struct assembler *as, uint32_t index)
{
    const struct import *i = &as->o->imports[index];
    return mix(mix(mix(1, i->module), i->function), i->arity) * 0x9e3779b97f4a7c15u;
}

uint32_t asm_import(struct assembler *as, term module, term function, unsigned arity)
{
    struct object *o = as->o;
    o->imports = asm_grow(o->imports, &as->cap_imports, o->nimports + 1, sizeof *o->imports);
    o->imports[o->nimports] = (struct import){module, function, arity};
    uint64_t h = hash_import(as, (uint32_t)o->nimports);
    pool_room(&as->imports, o->nimports, hash_import, as);
    struct literal_pool *pool = &as->imports;
    for (uint32_t i = (uint32_t)h & (pool->nslots - 1); pool->slots[2 * i]; i = (i + 1) & (pool->nslots - 1)) {
        const struct import *m = &o->imports[pool->slots[2 * i] - 1];
        if (m->module == module && m->function == function && m->arity == arity) return pool->slots[2 * i] - 1;
    }
    pool_insert(pool, h, (uint32_t)o->nimports);
    return (uint32_t)o->nimports++;
}
