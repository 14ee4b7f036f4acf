// SPDX-License-Identifier: Apache-2.0
// The generator behind :rand that everybody uses, exsss (xorshift116** of 58-bit words); stdlib/erlang/rand.ex has the others and what is made of the
// numbers.
//
// Invariant: as there, a state is {algorithm, [s1|s0]}, the process's own is in its dictionary, and the numbers are Erlang's, draw for draw.
#include "../native.h"

#define MASK58 0x3ffffffffffffffull

struct words { uint64_t s1, s0; };

static bool words_of(term t, struct words *w)
{
    if (!is_cons(t) || !is_small(head(t)) || !is_small(tail(t))) return false;
    *w = (struct words){(uint64_t)small_value(head(t)) & MASK58, (uint64_t)small_value(tail(t)) & MASK58};
    return true;
}

static term words_term(struct heap *h, struct words w) { return mk_cons(h, make_small((int64_t)w.s1), make_small((int64_t)w.s0)); }

static term next(struct words *w)
{
    uint64_t s0 = w->s0, t = w->s1 ^ (w->s1 << 24 & MASK58), v = s0 * 5 & MASK58;
    *w = (struct words){s0, t ^ s0 ^ t >> 11 ^ s0 >> 41};
    v = (v << 7 & MASK58) | v >> 51;
    return make_small((int64_t)(v * 9 & MASK58));
}

NATIVE("phial_rand", "exsss", 1, phial_rand_exsss, "{58 random bits, the next words} of the words of an exsss state.")
{
    struct words w;
    if (!words_of(arg[0], &w)) return raise_error(p, AM_function_clause);
    term v = next(&w);
    return mk_tuple2(&p->heap, v, words_term(&p->heap, w));
}

NATIVE("phial_rand", "draw", 0, phial_rand_draw,
       "58 random bits from the process's own exsss state, which goes on; nil if it has none, or of another kind.")
{
    struct words w;
    (void)arg;
    if (is_nil(p->dictionary)) return AM_nil;
    term state = map_get(p->vm, p->dictionary, AM_rand_seed);
    if (state == TERM_NONE || !is_tuple_of(state, 2) || !is_map(tuple_get(state, 0)) || !words_of(tuple_get(state, 1), &w)) return AM_nil;
    if (map_get(p->vm, tuple_get(state, 0), AM_type) != AM_exsss) return AM_nil;
    term v = next(&w);
    state = mk_tuple2(&p->heap, tuple_get(state, 0), words_term(&p->heap, w));
    p->dictionary = map_put(p->vm, &p->heap, p->dictionary, AM_rand_seed, state);
    return v;
}
