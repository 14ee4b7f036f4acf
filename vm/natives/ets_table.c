// SPDX-License-Identifier: Apache-2.0
// ETS storage. set, bag, duplicate_bag: linear hashing that grows by one bucket at a time, as on the BEAM, so that tables enumerate
// in its order. ordered_set: sorted blocks.
//
// Invariants: objects of one key are neighbours in their bucket, the newest first; a new key goes to the end of its bucket. While a
// table is fixed, removed objects stay as dead ones and the number of buckets does not change.
#include "ets.h"

#include <stdio.h>
#include <stdlib.h>

#define FIRST_BUCKETS 256
#define BLOCK_MAX (sizeof((struct ets_block *)0)->items / sizeof(struct ets_object *))

static void *checked(void *p)
{
    if (p) return p;
    fprintf(stderr, "phial: out of memory for ETS\n");
    abort();
}

// ---- objects

static bool is_pooled(size_t bytes) { return bytes / 16 < ETS_CLASSES; }

static void add_chunk(struct ets_pool *pool, size_t bytes)
{
    size_t size = pool->chunks ? 2 * pool->chunks->size : ETS_CHUNK_MIN;
    if (size > ETS_CHUNK_MAX) size = ETS_CHUNK_MAX;
    while (size < bytes + sizeof(struct ets_chunk)) size *= 2;
    struct ets_chunk *c = large_alloc(size);
    *c = (struct ets_chunk){pool->chunks, size};
    pool->chunks = c;
    pool->at = (char *)(c + 1);
    pool->end = (char *)c + size;
}

// `bytes` is a multiple of 16.
static void *pool_take(struct ets_pool *pool, size_t bytes)
{
    if (!is_pooled(bytes)) return checked(malloc(bytes));
    void *p = pool->freed[bytes / 16];
    if (p) {
        memcpy(&pool->freed[bytes / 16], p, sizeof p);
        return p;
    }
    if ((size_t)(pool->end - pool->at) < bytes) add_chunk(pool, bytes);
    p = pool->at;
    pool->at += bytes;
    return p;
}

static void pool_give(struct ets_pool *pool, void *p, size_t bytes)
{
    if (!is_pooled(bytes)) {
        free(p);
        return;
    }
    memcpy(p, &pool->freed[bytes / 16], sizeof p);
    pool->freed[bytes / 16] = p;
}

static void pool_free(struct ets_pool *pool)
{
    for (struct ets_chunk *c = pool->chunks, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    *pool = (struct ets_pool){0};
}

static size_t object_bytes(size_t words) { return (sizeof(struct ets_object) + words * sizeof(term) + 15) & ~(size_t)15; }

static bool is_visited(const struct ets_object *o) { return o->refbins || !is_pooled(object_bytes(o->words)); }

struct ets_object *ets_object_new(struct vm *vm, struct ets_table *t, term tuple)
{
    size_t words = term_size(vm, tuple);
    if (words > UINT32_MAX) checked(NULL);
    struct ets_object *o = pool_take(&t->pool, object_bytes(words));
    struct heap h;
    heap_init(&h);
    h.top = o->mem;
    h.end = o->mem + words;
    o->next = NULL;
    o->words = (uint32_t)words;
    o->hash = 0;
    o->dead = false;
    o->tuple = term_copy(vm, &h, tuple);
    o->refbins = h.refbins;
    t->pool.visited += is_visited(o);
    return o;
}

static void object_free(struct ets_table *t, struct ets_object *o)
{
    t->pool.visited -= is_visited(o);
    if (o->refbins) {
        struct heap h;
        heap_init(&h);
        h.refbins = o->refbins;
        heap_free(&h);
    }
    pool_give(&t->pool, o, object_bytes(o->words));
}

static uint32_t key_hash(struct vm *vm, term key) { return (is_atom(key) ? term_phash2(vm, key) : term_hash(vm, key)) & 0x7fffffff; }

// ---- tables

static void reset_storage(struct ets_table *t)
{
    t->count = t->ndead = t->nblocks = 0;
    t->active = FIRST_BUCKETS;
}

struct ets_table *ets_table_new(void)
{
    struct ets_table *t = checked(calloc(1, sizeof *t));
    heap_init(&t->heir_heap);
    reset_storage(t);
    return t;
}

static void free_objects(struct ets_table *t)
{
    for (size_t i = 0; t->buckets && i < t->active; i++) {
        for (struct ets_object *o = t->buckets[i]; o;) {
            struct ets_object *next = o->next;
            object_free(t, o);
            o = next;
        }
    }
    for (size_t b = 0; b < t->nblocks; b++)
        for (size_t i = 0; i < t->blocks[b]->n; i++) object_free(t, t->blocks[b]->items[i]);
}

void ets_table_clear(struct ets_table *t)
{
    if (t->pool.visited) free_objects(t);
    pool_free(&t->pool);
    free(t->buckets);
    t->buckets = NULL;
    t->capacity = 0;
    for (size_t b = 0; b < t->nblocks; b++) free(t->blocks[b]);
    free(t->blocks);
    t->blocks = NULL;
    t->blocks_capacity = 0;
    reset_storage(t);
}

static void visit_object(const struct ets_object *o, memory_visitor *see, void *ctx)
{
    see(ctx, &o->tuple, &o->tuple + 1);
    see(ctx, o->mem, o->mem + o->words);
}

void ets_table_visit(struct ets_table *t, memory_visitor *see, void *ctx)
{
    for (size_t i = 0; t->buckets && i < t->active; i++)
        for (const struct ets_object *o = t->buckets[i]; o; o = o->next) visit_object(o, see, ctx);
    for (size_t b = 0; b < t->nblocks; b++)
        for (size_t i = 0; i < t->blocks[b]->n; i++) visit_object(t->blocks[b]->items[i], see, ctx);
}

void ets_table_free(struct ets_table *t)
{
    ets_table_clear(t);
    heap_free(&t->heir_heap);
    table_free(&t->fixers);
    free(t);
}

// ---- hashing

static size_t mask_of(const struct ets_table *t) { return ((size_t)2 << (63 - __builtin_clzll(t->active - 1))) - 1; }

static size_t bucket_of(const struct ets_table *t, uint32_t hash)
{
    size_t mask = mask_of(t), i = hash & mask;
    return i < t->active ? i : i & mask >> 1;
}

static void ensure_buckets(struct ets_table *t)
{
    if (t->buckets) return;
    t->capacity = FIRST_BUCKETS;
    t->buckets = checked(calloc(t->capacity, sizeof *t->buckets));
}

// One more bucket: it takes its share of the bucket it splits off, both in the old order.
static void grow(struct ets_table *t)
{
    if (t->active == t->capacity) {
        struct ets_object **larger = large_alloc(2 * t->capacity * sizeof *larger);
        memcpy(larger, t->buckets, t->capacity * sizeof *larger);
        memset(larger + t->capacity, 0, t->capacity * sizeof *larger);
        free(t->buckets);
        t->buckets = larger;
        t->capacity *= 2;
    }
    size_t fresh = t->active++;
    struct ets_object **from = &t->buckets[fresh & mask_of(t) >> 1], **to = &t->buckets[fresh];
    while (*from) {
        struct ets_object *o = *from;
        if (bucket_of(t, o->hash) != fresh) {
            from = &o->next;
            continue;
        }
        *from = o->next;
        o->next = NULL;
        *to = o;
        to = &o->next;
    }
}

static bool same_key(const struct ets_table *t, const struct ets_object *o, uint32_t hash, term key)
{
    return o->hash == hash && term_same(ets_key(t, o), key);
}

static struct ets_object **hash_link(struct ets_table *t, uint32_t hash, term key)
{
    struct ets_object **link = &t->buckets[bucket_of(t, hash)];
    while (*link && !same_key(t, *link, hash, key)) link = &(*link)->next;
    return link;
}

static void hash_put(struct vm *vm, struct ets_table *t, struct ets_object *o)
{
    ensure_buckets(t);
    o->hash = key_hash(vm, ets_key(t, o));
    struct ets_object **link = hash_link(t, o->hash, ets_key(t, o)), *old = *link;
    if (old && t->type == ETS_SET) {
        if (old->dead) t->ndead--, t->count++;
        o->next = old->next;
        *link = o;
        object_free(t, old);
        return;
    }
    if (old && t->type == ETS_BAG) {
        for (struct ets_object *x = old; x && same_key(t, x, o->hash, ets_key(t, o)); x = x->next) {
            if (!term_same(x->tuple, o->tuple)) continue;
            if (x->dead) x->dead = false, t->ndead--, t->count++;
            object_free(t, o);
            return;
        }
    }
    o->next = old;
    *link = o;
    t->count++;
    if (t->count > t->active && !t->fixed) grow(t);
}

static void hash_unlink(struct ets_table *t, struct ets_object *o)
{
    struct ets_object **link = &t->buckets[bucket_of(t, o->hash)];
    while (*link != o) link = &(*link)->next;
    *link = o->next;
    object_free(t, o);
}

void ets_purge(struct ets_table *t)
{
    if (!t->ndead || t->fixed) return;
    for (size_t i = 0; i < t->active; i++) {
        for (struct ets_object **link = &t->buckets[i]; *link;) {
            struct ets_object *o = *link;
            if (!o->dead) {
                link = &o->next;
                continue;
            }
            *link = o->next;
            object_free(t, o);
        }
    }
    t->ndead = 0;
}

// ---- sorted blocks

// The order of numbers and all other terms, small integers here.
static inline int order_of(struct vm *vm, term a, term b)
{
    if (both_small(a, b)) return ((int64_t)a > (int64_t)b) - ((int64_t)a < (int64_t)b);
    return term_compare(vm, a, b);
}

// The first object not below `key` (above: not at or below it) is item *at of block *b; *b == nblocks: there is none.
static void locate(struct vm *vm, struct ets_table *t, term key, bool above, size_t *b, size_t *at)
{
    size_t low = 0, high = t->nblocks;
    while (low < high) {            // the first block whose last item qualifies
        size_t mid = (low + high) / 2;
        const struct ets_block *block = t->blocks[mid];
        int c = order_of(vm, block->keys[block->n - 1], key);
        if (c < 0 || (above && c == 0)) low = mid + 1;
        else high = mid;
    }
    *b = low;
    *at = 0;
    if (low == t->nblocks) return;
    const struct ets_block *block = t->blocks[low];
    size_t from = 0, to = block->n;
    while (from < to) {
        size_t mid = (from + to) / 2;
        int c = order_of(vm, block->keys[mid], key);
        if (c < 0 || (above && c == 0)) from = mid + 1;
        else to = mid;
    }
    *at = from;
}

static struct ets_object **ordered_slot(struct vm *vm, struct ets_table *t, term key, size_t *b, size_t *at)
{
    locate(vm, t, key, false, b, at);
    if (*b == t->nblocks || !term_equal_num(t->blocks[*b]->keys[*at], key)) return NULL;
    return &t->blocks[*b]->items[*at];
}

static void insert_block(struct ets_table *t, size_t b, struct ets_block *block)
{
    if (t->nblocks == t->blocks_capacity) {
        t->blocks_capacity = t->blocks_capacity ? t->blocks_capacity * 2 : 4;
        t->blocks = checked(realloc(t->blocks, t->blocks_capacity * sizeof *t->blocks));
    }
    memmove(t->blocks + b + 1, t->blocks + b, (t->nblocks - b) * sizeof *t->blocks);
    t->blocks[b] = block;
    t->nblocks++;
}

static void ordered_put(struct vm *vm, struct ets_table *t, struct ets_object *o)
{
    size_t b, at;
    struct ets_object **slot = ordered_slot(vm, t, ets_key(t, o), &b, &at);
    if (slot) {
        object_free(t, *slot);
        *slot = o;
        t->blocks[b]->keys[at] = ets_key(t, o);
        return;
    }
    t->count++;
    if (b == t->nblocks) {
        if (!b) {
            insert_block(t, 0, checked(calloc(1, sizeof(struct ets_block))));
        } else {
            b--;
            at = t->blocks[b]->n;
        }
    }
    struct ets_block *block = t->blocks[b];
    if (block->n == BLOCK_MAX) {
        // At the very end an almost full block stays behind: ascending insertion fills blocks.
        size_t keep = b + 1 == t->nblocks && at == block->n ? BLOCK_MAX - 8 : BLOCK_MAX / 2;
        struct ets_block *right = checked(calloc(1, sizeof *right));
        right->n = block->n - keep;
        memcpy(right->items, block->items + keep, right->n * sizeof *right->items);
        memcpy(right->keys, block->keys + keep, right->n * sizeof *right->keys);
        block->n = keep;
        insert_block(t, b + 1, right);
        if (at > keep) {
            at -= keep;
            block = right;
        }
    }
    memmove(block->items + at + 1, block->items + at, (block->n - at) * sizeof *block->items);
    memmove(block->keys + at + 1, block->keys + at, (block->n - at) * sizeof *block->keys);
    block->items[at] = o;
    block->keys[at] = ets_key(t, o);
    block->n++;
}

static void ordered_remove(struct vm *vm, struct ets_table *t, struct ets_object *o)
{
    size_t b, at;
    if (!ordered_slot(vm, t, ets_key(t, o), &b, &at)) return;
    struct ets_block *block = t->blocks[b];
    memmove(block->items + at, block->items + at + 1, (block->n - at - 1) * sizeof *block->items);
    memmove(block->keys + at, block->keys + at + 1, (block->n - at - 1) * sizeof *block->keys);
    if (--block->n == 0) {
        free(block);
        memmove(t->blocks + b, t->blocks + b + 1, (t->nblocks - b - 1) * sizeof *t->blocks);
        t->nblocks--;
    }
    t->count--;
    object_free(t, o);
}

// ---- the interface

static struct ets_object *skip_dead(struct ets_table *t, struct ets_object *o, uint32_t hash, term key)
{
    while (o && o->dead) o = o->next;
    return o && same_key(t, o, hash, key) ? o : NULL;
}

struct ets_object *ets_find(struct vm *vm, struct ets_table *t, term key)
{
    if (t->type == ETS_ORDERED) {
        size_t b, at;
        struct ets_object **slot = ordered_slot(vm, t, key, &b, &at);
        return slot ? *slot : NULL;
    }
    if (!t->buckets) return NULL;
    uint32_t hash = key_hash(vm, key);
    struct ets_object *o = *hash_link(t, hash, key);
    return skip_dead(t, o, hash, key);
}

struct ets_object *ets_next_same(struct vm *vm __attribute__((unused)), struct ets_table *t, struct ets_object *o)
{
    if (t->type == ETS_ORDERED || t->type == ETS_SET) return NULL;
    return skip_dead(t, o->next, o->hash, ets_key(t, o));
}

void ets_put(struct vm *vm, struct ets_table *t, struct ets_object *o)
{
    if (t->type == ETS_ORDERED) ordered_put(vm, t, o);
    else hash_put(vm, t, o);
}

// Makes o's tuple equal to `tuple` where it lies, if they differ in immediate terms only.
static bool assign(struct ets_object *o, term tuple)
{
    size_t n = tuple_arity(tuple);
    term *old = boxed_ptr(o->tuple) + 1;
    const term *new = boxed_ptr(tuple) + 1;
    if (tuple_arity(o->tuple) != n) return false;
    for (size_t i = 0; i < n; i++)
        if (old[i] != new[i] && !(is_immediate(old[i]) && is_immediate(new[i])) && !term_same(old[i], new[i])) return false;
    for (size_t i = 0; i < n; i++)
        if (is_immediate(new[i])) old[i] = new[i];
    return true;
}

void ets_replace(struct vm *vm, struct ets_table *t, struct ets_object *old, term tuple)
{
    if (assign(old, tuple)) return;
    struct ets_object *o = ets_object_new(vm, t, tuple);
    if (t->type == ETS_ORDERED) {
        size_t b, at;
        struct ets_object **slot = ordered_slot(vm, t, ets_key(t, old), &b, &at);
        *slot = o;
        t->blocks[b]->keys[at] = ets_key(t, o);
    } else {
        struct ets_object **link = &t->buckets[bucket_of(t, old->hash)];
        while (*link != old) link = &(*link)->next;
        o->hash = old->hash;
        o->next = old->next;
        *link = o;
    }
    object_free(t, old);
}

void ets_remove(struct vm *vm, struct ets_table *t, struct ets_object *o)
{
    if (t->type == ETS_ORDERED) return ordered_remove(vm, t, o);
    t->count--;
    if (t->fixed) {
        o->dead = true;
        t->ndead++;
    } else {
        hash_unlink(t, o);
    }
}

// The first live object from bucket c->bucket on, or from `o` on if it is not NULL.
static bool settle(struct ets_table *t, struct ets_cursor *c, struct ets_object *o)
{
    for (;;) {
        while (o && o->dead) o = o->next;
        if (o) return c->object = o, true;
        if (!t->buckets || ++c->bucket >= t->active) return false;
        o = t->buckets[c->bucket];
    }
}

static bool stand(struct ets_table *t, struct ets_cursor *c)
{
    if (c->bucket >= t->nblocks) return false;
    c->object = t->blocks[c->bucket]->items[c->at];
    return true;
}

bool ets_first(struct ets_table *t, struct ets_cursor *c, bool backwards)
{
    c->at = c->bucket = 0;
    if (t->type != ETS_ORDERED) return t->buckets && settle(t, c, t->buckets[0]);
    if (!t->nblocks) return false;
    if (backwards) {
        c->bucket = t->nblocks - 1;
        c->at = t->blocks[c->bucket]->n - 1;
    }
    return stand(t, c);
}

bool ets_next(struct ets_table *t, struct ets_cursor *c, bool backwards)
{
    if (t->type != ETS_ORDERED) return settle(t, c, c->object->next);
    if (backwards) {
        if (c->at) c->at--;
        else if (!c->bucket) return false;
        else c->at = t->blocks[--c->bucket]->n - 1;
        return stand(t, c);
    }
    if (++c->at == t->blocks[c->bucket]->n) {
        c->bucket++;
        c->at = 0;
    }
    return stand(t, c);
}

static bool hash_after(struct vm *vm, struct ets_table *t, term key, struct ets_cursor *c, bool *missing)
{
    uint32_t hash = key_hash(vm, key);
    struct ets_object *o = t->buckets ? *hash_link(t, hash, key) : NULL;
    if (!o) return *missing = true, false;
    while (o && same_key(t, o, hash, key)) o = o->next;
    c->bucket = bucket_of(t, hash);
    c->at = 0;
    return settle(t, c, o);
}

bool ets_after(struct vm *vm, struct ets_table *t, term key, struct ets_cursor *c, bool backwards, bool *missing)
{
    *missing = false;
    if (t->type != ETS_ORDERED) return hash_after(vm, t, key, c, missing);
    locate(vm, t, key, !backwards, &c->bucket, &c->at);
    if (!backwards) return stand(t, c);
    if (c->bucket == t->nblocks) return ets_first(t, c, true);
    return ets_next(t, c, true);
}
