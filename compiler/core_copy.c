// SPDX-License-Identifier: Apache-2.0
// A deep copy of a function's core. The code generator changes what it is given, so a definition that is both compiled into a local macro's
// thunk and, later, into its module is copied for the first.
//
// Invariant: variables and loop functions map to their copies through a table that lives for one call; a variable bound outside the function does not
// exist.
#include "expand.h"

#include <string.h>

struct map_entry { const void *from; void *to; };
struct copier { struct arena *a; struct map_entry *slots; uint32_t capacity, count; };

static struct map_entry *entry_of(struct copier *s, const void *from)
{
    uint32_t i = (uint32_t)(((uintptr_t)from >> 3) * 0x9e3779b97f4a7c15ull >> 32) & (s->capacity - 1);
    while (s->slots[i].from && s->slots[i].from != from) i = (i + 1) & (s->capacity - 1);
    return &s->slots[i];
}

static void *remember(struct copier *s, const void *from, void *to)
{
    if (++s->count * 2 > s->capacity) {
        struct copier old = *s;
        s->capacity = old.capacity ? old.capacity * 2 : 64;
        s->slots = arena_array(s->a, struct map_entry, s->capacity);
        for (uint32_t i = 0; i < old.capacity; i++)
            if (old.slots[i].from) *entry_of(s, old.slots[i].from) = old.slots[i];
    }
    *entry_of(s, from) = (struct map_entry){from, to};
    return to;
}

static struct var *copy_var(struct copier *s, const struct var *v)
{
    if (!v) return NULL;
    struct map_entry *e = s->capacity ? entry_of(s, v) : NULL;
    if (e && e->from) return e->to;
    struct var *to = arena_new(s->a, struct var);
    *to = *v;
    return remember(s, v, to);
}

static struct core *copy(struct copier *s, const struct core *k);

static struct core **copy_array(struct copier *s, struct core **from, unsigned n)
{
    if (!from) return NULL;
    struct core **to = arena_array(s->a, struct core *, n);
    for (unsigned i = 0; i < n; i++) to[i] = copy(s, from[i]);
    return to;
}

static struct core_clause *copy_clauses(struct copier *s, const struct core_clause *from, unsigned n)
{
    if (!n) return NULL;
    struct core_clause *to = arena_array(s->a, struct core_clause, n);
    for (unsigned i = 0; i < n; i++) {
        to[i] = from[i];
        to[i].patterns = copy_array(s, from[i].patterns, from[i].npatterns);
        to[i].guards = copy_array(s, from[i].guards, from[i].nguards);
        to[i].body = copy(s, from[i].body);
    }
    return to;
}

static struct core_fun *copy_fun(struct copier *s, const struct core_fun *f)
{
    if (!f) return NULL;
    struct map_entry *e = s->capacity ? entry_of(s, f) : NULL;
    if (e && e->from) return e->to;
    struct core_fun *to = arena_new(s->a, struct core_fun);
    *to = *f;
    remember(s, f, to);
    to->clauses = copy_clauses(s, f->clauses, f->nclauses);
    return to;
}

static void copy_parts(struct copier *s, struct core *to, const struct core *k)
{
    if (k->npairs) {
        to->pairs = arena_array(s->a, struct core_pair, k->npairs);
        for (unsigned i = 0; i < k->npairs; i++)
            to->pairs[i] = (struct core_pair){copy(s, k->pairs[i].key), copy(s, k->pairs[i].value), k->pairs[i].exact};
    }
    if (k->nsegments) {
        to->segments = arena_array(s->a, struct core_segment, k->nsegments);
        for (unsigned i = 0; i < k->nsegments; i++) {
            to->segments[i] = k->segments[i];
            to->segments[i].value = copy(s, k->segments[i].value);
            to->segments[i].size = copy(s, k->segments[i].size);
        }
    }
    if (k->ncatches) {
        to->catches = arena_array(s->a, struct core_catch, k->ncatches);
        for (unsigned i = 0; i < k->ncatches; i++) {
            const struct core_catch *from = &k->catches[i];
            struct core_catch *c = &to->catches[i];
            *c = *from;
            c->cls = copy(s, from->cls);
            c->reason = copy(s, from->reason);
            c->stack = copy_var(s, from->stack);
            c->guards = copy_array(s, from->guards, from->nguards);
            c->body = copy(s, from->body);
        }
    }
}

static struct core *copy(struct copier *s, const struct core *k)
{
    if (!k) return NULL;
    struct core *to = arena_new(s->a, struct core);
    *to = *k;
    to->var = copy_var(s, k->var);
    to->fun = copy_fun(s, k->fun);
    to->body = copy(s, k->body);
    to->base = copy(s, k->base);
    to->args = copy_array(s, k->args, k->nargs);
    to->clauses = copy_clauses(s, k->clauses, k->nclauses);
    copy_parts(s, to, k);
    return to;
}

struct core_fun *core_copy(struct arena *a, const struct core_fun *f)
{
    struct copier s = {.a = a};
    return copy_fun(&s, f);
}
