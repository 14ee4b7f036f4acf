// SPDX-License-Identifier: Apache-2.0
// erlang:phash, the older portable hash: it decides the order of :dict and of :sets in their first form.
//
// Invariant: the value is OTP's for data terms (those of pids, references and funs are Phial's own); any depth takes heap, not C stack.
#include <stdlib.h>
#include <string.h>

#include "bits.h"
#include "heap.h"
#include "vm.h"

// The multipliers of OTP's function, by its numbering.
enum {
    F1 = 268440163, F2 = 268439161, F3 = 268435459, F4 = 268436141, F5 = 268438633, F6 = 268437017, F8 = 268437511,
    F9 = 268439627, F12 = 268440581, F13 = 268440593, F14 = 268440611
};

// What remains to be hashed: the tail of a list, or the elements of a tuple and then its size.
struct todo { term tail; const term *at; size_t left, size; };
struct walk { struct vm *vm; uint32_t hash; struct todo *items; size_t count, capacity; };

static void push(struct walk *w, struct todo todo)
{
    if (w->count == w->capacity) {
        w->capacity = w->capacity ? 2 * w->capacity : 16;
        if (!(w->items = realloc(w->items, w->capacity * sizeof *w->items))) abort();
    }
    w->items[w->count++] = todo;
}

static uint32_t step(uint32_t hash, uint32_t word, uint32_t factor)
{
    for (int i = 0; i < 4; i++, word >>= 8) hash = hash * factor + (word & 255);
    return hash;
}

static uint32_t integer_hash(uint32_t hash, const uint64_t *limb, size_t n, bool negative)
{
    for (size_t i = 0; i < n; i++) {
        hash = step(hash, (uint32_t)limb[i], F2);
        if (i + 1 < n || limb[i] >> 32) hash = step(hash, (uint32_t)(limb[i] >> 32), F2);
    }
    return hash * (negative ? F4 : F3);
}

static uint32_t float_hash(uint32_t hash, double d)
{
    uint64_t u;
    if (d == 0) d = 0;
    memcpy(&u, &d, sizeof u);
    return hash * F6 ^ ((uint32_t)u ^ (uint32_t)(u >> 32));
}

static uint8_t byte_at(const struct bits *b, size_t i)
{
    const uint8_t *p = b->base + (b->offset >> 3) + i;
    unsigned shift = b->offset & 7, end = (b->offset & 7) + (unsigned)(b->size - i * 8 < 8 ? b->size - i * 8 : 8);
    return (uint8_t)(p[0] << shift | (end > 8 ? p[1] >> (8 - shift) : 0));
}

static uint32_t bits_hash(uint32_t hash, term t)
{
    struct bits b = bits_of(t);
    size_t size = b.size >> 3;
    unsigned spare = b.size & 7;
    for (size_t i = 0; i < size; i++) hash = hash * F1 + byte_at(&b, i);
    if (spare) hash = (hash * F1 + (byte_at(&b, size) >> (8 - spare))) * F12 + spare;
    return hash * F4 + (uint32_t)size;
}

static void immediate_hash(struct walk *w, term t)
{
    if (is_small(t)) {
        uint64_t magnitude = small_value(t) < 0 ? -(uint64_t)small_value(t) : (uint64_t)small_value(t);
        w->hash = integer_hash(w->hash, &magnitude, 1, small_value(t) < 0);
    } else if (is_float_imm(t)) w->hash = float_hash(w->hash, float_imm_value(t));
    else if (is_nil(t)) w->hash = w->hash * F3 + 1;
    else if (is_atom(t)) w->hash = w->hash * F1 + atom_pjw(w->vm, t);
    else w->hash = step(w->hash, (uint32_t)imm_value(t), F5) * F6;
}

static void boxed_hash(struct walk *w, term t)
{
    const term *p = boxed_ptr(t);
    size_t n = header_size(p[0]);
    switch (header_type(p[0])) {
    case TYPE_TUPLE: push(w, (struct todo){.tail = TERM_NONE, .at = p + 1, .left = n, .size = n}); break;
    case TYPE_FLOAT: w->hash = float_hash(w->hash, float_value(t)); break;
    case TYPE_BIGPOS: w->hash = integer_hash(w->hash, p + 1, n, false); break;
    case TYPE_BIGNEG: w->hash = integer_hash(w->hash, p + 1, n, true); break;
    case TYPE_FUN:
    case TYPE_EXPORT:
    case TYPE_FLATMAP:
    case TYPE_HASHMAP: w->hash = w->hash * F13 + F14 + term_phash2(w->vm, t); break;
    default: w->hash = bits_hash(w->hash, t); break;
    }
}

// Bytes at the head of a list are hashed as a string; returns the first other element, or what ends the list.
static term list_hash(struct walk *w, term t)
{
    for (; is_cons(t); t = tail(t)) {
        term h = head(t);
        if (!is_small(h) || small_value(h) < 0 || small_value(h) > 255) {
            push(w, (struct todo){.tail = tail(t)});
            return h;
        }
        w->hash = w->hash * F2 + (uint32_t)small_value(h);
    }
    push(w, (struct todo){.tail = TERM_NONE});
    return t;
}

// The next term to hash; TERM_NONE at the end.
static term next_term(struct walk *w)
{
    while (w->count) {
        struct todo *todo = &w->items[w->count - 1];
        if (todo->at && todo->left) {
            todo->left--;
            return *todo->at++;
        }
        struct todo done = *todo;
        w->count--;
        if (done.at) w->hash = w->hash * F9 + (uint32_t)done.size;
        else if (done.tail == TERM_NONE) w->hash *= F8;
        else if (is_cons(done.tail)) return list_hash(w, done.tail);
        else {
            push(w, (struct todo){.tail = TERM_NONE});
            return done.tail;
        }
    }
    return TERM_NONE;
}

uint32_t term_phash(struct vm *vm, term t)
{
    struct walk w = {.vm = vm};
    for (; t != TERM_NONE; t = next_term(&w)) {
        while (is_cons(t)) t = list_hash(&w, t);
        if (is_boxed(t)) boxed_hash(&w, t);
        else immediate_hash(&w, t);
    }
    free(w.items);
    return w.hash;
}
