// SPDX-License-Identifier: Apache-2.0
// The buckets of set, bag and duplicate_bag tables: linear hashing that grows by one bucket at a time, as on the BEAM, so that tables
// enumerate in its order.
//
// A bucket has a slot for each key, in the order in which the keys came: the address of the key's newest object, above it 16 bits of
// its hash. Older objects of the key hang on that one. So memory is read twice to find a key, once to add one: other keys' objects
// stay out of it, in searches as in growth. The keys that four slots do not hold lie in a spill, whose address, plus one, then stands
// in the fourth.
// Invariants: the slots in use are the first ones of a bucket; a spill holds at least two. While a table is fixed, removed objects
// stay as dead ones and the number of buckets does not change.
#include <stdlib.h>
#include <string.h>

#include "ets.h"

enum {
    FIRST_BUCKETS = 256,
    OWN_SLOTS = 4,
    TAG_SHIFT = 48, TAG_FIRST_BIT = 8, TAG_BITS = 16,       // the hash's bits 8 to 23 lie above the address
    SPILL_FIRST = 4,
    AHEAD = 8,                                              // how many buckets before its turn an object is asked for from memory
};

struct ets_bucket { uint64_t slot[OWN_SLOTS]; };
struct spill { size_t n, capacity; uint64_t slot[]; };      // slot[0] is the bucket's fourth

// ---- slots

static uint64_t tag_of(uint32_t hash) { return (uint64_t)(hash >> TAG_FIRST_BIT & 0xffff) << TAG_SHIFT; }
static uint64_t slot_of(const struct ets_object *o) { return (uint64_t)(uintptr_t)o | tag_of(o->hash); }
static void *address_of(uint64_t slot) { return (void *)(uintptr_t)(slot << (64 - TAG_SHIFT) >> (64 - TAG_SHIFT)); }
static struct ets_object *object_of(uint64_t slot) { return address_of(slot); }

static struct spill *spill_of(const struct ets_bucket *b)
{
    uint64_t last = b->slot[OWN_SLOTS - 1];
    return last & 1 ? address_of(last - 1) : NULL;
}

static void set_spill(struct ets_bucket *b, struct spill *s) { b->slot[OWN_SLOTS - 1] = (uint64_t)(uintptr_t)s + 1; }

// Slot i of the bucket, 0 if it has no such.
static uint64_t slot_at(const struct ets_bucket *b, size_t i)
{
    const struct spill *s = i >= OWN_SLOTS - 1 ? spill_of(b) : NULL;
    if (s) return i - (OWN_SLOTS - 1) < s->n ? s->slot[i - (OWN_SLOTS - 1)] : 0;
    return i < OWN_SLOTS ? b->slot[i] : 0;
}

static uint64_t *slot_place(struct ets_bucket *b, size_t i)
{
    struct spill *s = i >= OWN_SLOTS - 1 ? spill_of(b) : NULL;
    return s ? &s->slot[i - (OWN_SLOTS - 1)] : &b->slot[i];
}

static void slot_append(struct ets_table *t, struct ets_bucket *b, uint64_t slot)
{
    struct spill *s = spill_of(b);
    if (!s) {
        size_t n = 0;
        while (n < OWN_SLOTS && b->slot[n]) n++;
        if (n < OWN_SLOTS) {
            b->slot[n] = slot;
            return;
        }
        s = ets_checked(malloc(sizeof *s + SPILL_FIRST * sizeof s->slot[0]));
        s->n = 1;
        s->capacity = SPILL_FIRST;
        s->slot[0] = b->slot[OWN_SLOTS - 1];
        set_spill(b, s);
        t->spills++;
    }
    if (s->n == s->capacity) {
        s->capacity *= 2;
        s = ets_checked(realloc(s, sizeof *s + s->capacity * sizeof s->slot[0]));
        set_spill(b, s);
    }
    s->slot[s->n++] = slot;
}

static void slot_remove(struct ets_table *t, struct ets_bucket *b, size_t i)
{
    for (uint64_t next; (next = slot_at(b, i + 1)); i++) *slot_place(b, i) = next;
    struct spill *s = spill_of(b);
    if (!s) {
        b->slot[i] = 0;
    } else if (--s->n == 1) {
        b->slot[OWN_SLOTS - 1] = s->slot[0];
        free(s);
        t->spills--;
    }
}

// ---- buckets

static size_t mask_of(const struct ets_table *t) { return ((size_t)2 << (63 - __builtin_clzll(t->active - 1))) - 1; }

static size_t bucket_of(const struct ets_table *t, uint32_t hash)
{
    size_t mask = mask_of(t), i = hash & mask;
    return i < t->active ? i : i & mask >> 1;
}

static void ensure_buckets(struct ets_table *t)
{
    if (t->buckets) return;
    t->active = t->capacity = FIRST_BUCKETS;
    t->buckets = ets_memory(t->capacity * sizeof *t->buckets);
    memset(t->buckets, 0, t->capacity * sizeof *t->buckets);
}

static void double_capacity(struct ets_table *t)
{
    struct ets_bucket *larger = ets_memory(2 * t->capacity * sizeof *larger);
    memcpy(larger, t->buckets, t->capacity * sizeof *larger);
    memset(larger + t->capacity, 0, t->capacity * sizeof *larger);
    free(t->buckets);
    t->buckets = larger;
    t->capacity *= 2;
}

// Bit `bit` of the hash of a slot's key.
static bool hash_bit(uint64_t slot, unsigned bit)
{
    if (bit < TAG_FIRST_BIT + TAG_BITS) return slot >> (TAG_SHIFT + bit - TAG_FIRST_BIT) & 1;
    return object_of(slot)->hash >> bit & 1;
}

// One more bucket: it takes its share of the bucket it splits off, both in the old order.
static void grow(struct ets_table *t)
{
    if (t->active == t->capacity) double_capacity(t);
    size_t fresh = t->active++;
    unsigned bit = 63 - (unsigned)__builtin_clzll(fresh);
    struct ets_bucket *from = &t->buckets[fresh ^ (size_t)1 << bit], old = *from;
    *from = (struct ets_bucket){{0}};
    uint64_t slot;
    for (size_t i = 0; (slot = slot_at(&old, i)); i++) slot_append(t, hash_bit(slot, bit) ? &t->buckets[fresh] : from, slot);
    if (spill_of(&old)) {
        free(spill_of(&old));
        t->spills--;
    }
}

static bool same_key(const struct ets_table *t, const struct ets_object *o, uint32_t hash, term key)
{
    return o->hash == hash && term_same(ets_key(t, o), key);
}

// Which slot of bucket b has the key; false: none.
static bool find_slot(const struct ets_table *t, const struct ets_bucket *b, uint32_t hash, term key, size_t *at)
{
    uint64_t slot, tag = tag_of(hash);
    for (size_t i = 0; (slot = slot_at(b, i)); i++) {
        if ((slot ^ tag) >> TAG_SHIFT || !same_key(t, object_of(slot), hash, key)) continue;
        *at = i;
        return true;
    }
    return false;
}

// The place that refers to `o`: its key's slot (NULL is returned then, *b and *at say which) or the newer object's `next`.
static struct ets_object **find_link(struct ets_table *t, const struct ets_object *o, struct ets_bucket **b, size_t *at)
{
    *b = &t->buckets[bucket_of(t, o->hash)];
    if (!find_slot(t, *b, o->hash, ets_key(t, o), at)) abort();
    struct ets_object *x = object_of(slot_at(*b, *at));
    if (x == o) return NULL;
    while (x->next != o) x = x->next;
    return &x->next;
}

// ---- what the tables ask for

uint32_t ets_hash(struct vm *vm, term key) { return (is_atom(key) ? term_phash2(vm, key) : term_hash(vm, key)) & 0x7fffffff; }

void ets_hash_approach(const struct ets_table *t, uint32_t hash)
{
    if (t->buckets) __builtin_prefetch(&t->buckets[bucket_of(t, hash)]);
}

struct ets_object *ets_hash_find(struct vm *vm, const struct ets_table *t, term key)
{
    if (!t->buckets) return NULL;
    uint32_t hash = ets_hash(vm, key);
    const struct ets_bucket *b = &t->buckets[bucket_of(t, hash)];
    size_t at;
    return find_slot(t, b, hash, key, &at) ? object_of(slot_at(b, at)) : NULL;
}

static void revive(struct ets_table *t, struct ets_object *o)
{
    if (!o->dead) return;
    o->dead = false;
    t->ndead--;
    t->count++;
}

void ets_hash_put(struct ets_table *t, struct ets_object *o)
{
    ensure_buckets(t);
    struct ets_bucket *b = &t->buckets[bucket_of(t, o->hash)];
    size_t at;
    if (!find_slot(t, b, o->hash, ets_key(t, o), &at)) {
        slot_append(t, b, slot_of(o));
    } else {
        struct ets_object *head = object_of(slot_at(b, at));
        if (t->type == ETS_SET) {
            revive(t, head);
            *slot_place(b, at) = slot_of(o);
            ets_object_free(t, head);
            return;
        }
        for (struct ets_object *x = t->type == ETS_BAG ? head : NULL; x; x = x->next) {
            if (!term_same(x->tuple, o->tuple)) continue;
            revive(t, x);
            ets_object_free(t, o);
            return;
        }
        o->next = head;
        *slot_place(b, at) = slot_of(o);
    }
    t->count++;
    if (t->count > t->active && !t->fixed) grow(t);
}

void ets_hash_replace(struct ets_table *t, struct ets_object *old, struct ets_object *o)
{
    struct ets_bucket *b;
    size_t at;
    struct ets_object **link = find_link(t, old, &b, &at);
    o->next = old->next;
    if (link) *link = o;
    else *slot_place(b, at) = slot_of(o);
}

void ets_hash_remove(struct ets_table *t, struct ets_object *o)
{
    struct ets_bucket *b;
    size_t at;
    struct ets_object **link = find_link(t, o, &b, &at);
    if (link) *link = o->next;
    else if (o->next) *slot_place(b, at) = slot_of(o->next);
    else slot_remove(t, b, at);
}

void ets_hash_purge(struct ets_table *t)
{
    for (size_t i = 0; i < t->active; i++) {
        struct ets_bucket *b = &t->buckets[i];
        for (size_t at = 0; slot_at(b, at);) {
            struct ets_object *head = object_of(slot_at(b, at));
            for (struct ets_object **link = &head, *o; (o = *link);) {
                if (!o->dead) {
                    link = &o->next;
                    continue;
                }
                *link = o->next;
                ets_object_free(t, o);
            }
            if (head) *slot_place(b, at++) = slot_of(head);
            else slot_remove(t, b, at);
        }
    }
}

void ets_hash_visit(struct ets_table *t, void see(struct ets_object *o, void *ctx), void *ctx)
{
    for (size_t i = 0; t->buckets && i < t->active; i++) {
        for (size_t at = 0; slot_at(&t->buckets[i], at); at++) {
            for (struct ets_object *o = object_of(slot_at(&t->buckets[i], at)), *next; o; o = next) {
                next = o->next;
                see(o, ctx);
            }
        }
    }
}

void ets_hash_free(struct ets_table *t)
{
    for (size_t i = 0; t->spills; i++) {
        struct spill *s = spill_of(&t->buckets[i]);
        if (!s) continue;
        free(s);
        t->spills--;
    }
    free(t->buckets);
    t->buckets = NULL;
    t->active = FIRST_BUCKETS;
    t->capacity = 0;
}

size_t ets_hash_bytes(const struct ets_table *t) { return t->buckets ? t->capacity * sizeof *t->buckets : 0; }

// ---- traversal: a cursor stands at an object of slot `at` of its bucket

// The first live one: `o` and those behind it, then those of the slots behind the cursor's.
static bool settle(const struct ets_table *t, struct ets_cursor *c, struct ets_object *o)
{
    for (;;) {
        while (o && o->dead) o = o->next;
        if (o) return c->object = o, true;
        o = object_of(slot_at(&t->buckets[c->bucket], ++c->at));
        while (!o) {
            if (++c->bucket >= t->active) return false;
            const struct ets_bucket *b = &t->buckets[c->bucket];
            if (c->bucket + AHEAD < t->active) {
                for (size_t i = 0; i < 2; i++) {
                    const struct ets_object *ahead = object_of(b[AHEAD].slot[i]);
                    __builtin_prefetch(ahead);
                    __builtin_prefetch(ahead + 1);
                }
            }
            c->at = 0;
            o = object_of(b->slot[0]);
        }
    }
}

bool ets_hash_from(const struct ets_table *t, struct ets_cursor *c, size_t bucket)
{
    if (!t->buckets || bucket >= t->active) return false;
    *c = (struct ets_cursor){.bucket = bucket};
    return settle(t, c, object_of(t->buckets[bucket].slot[0]));
}

bool ets_hash_next(const struct ets_table *t, struct ets_cursor *c) { return settle(t, c, c->object->next); }

bool ets_hash_after(struct vm *vm, const struct ets_table *t, term key, struct ets_cursor *c, bool *missing)
{
    uint32_t hash = ets_hash(vm, key);
    c->bucket = t->buckets ? bucket_of(t, hash) : 0;
    *missing = !t->buckets || !find_slot(t, &t->buckets[c->bucket], hash, key, &c->at);
    return !*missing && settle(t, c, NULL);
}
