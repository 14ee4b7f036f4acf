// SPDX-License-Identifier: Apache-2.0
// ETS storage: the objects of a table, the sorted blocks of an ordered_set, and what all types of tables have in common. The buckets
// of the other types are ets_hash.c's.
//
// Invariant: the blocks are sorted and none is empty; keys[i] of a block is the key of items[i], lasts[b] the last key of blocks[b].
#include "ets.h"

#include <stdio.h>
#include <stdlib.h>

#define BLOCK_MAX (sizeof((struct ets_block *)0)->items / sizeof(struct ets_object *))

void *ets_checked(void *p)
{
    if (p) return p;
    fprintf(stderr, "phial: out of memory for ETS\n");
    abort();
}

void *ets_memory(size_t bytes) { return bytes < HUGE_PAGE ? ets_checked(aligned_alloc(64, bytes)) : huge_alloc(bytes); }

// ---- objects

static bool is_pooled(size_t bytes) { return bytes / 16 < ETS_CLASSES; }

static void add_chunk(struct ets_pool *pool, size_t bytes)
{
    size_t size = pool->chunks ? 2 * pool->chunks->size : ETS_CHUNK_MIN;
    if (size > ETS_CHUNK_MAX) size = ETS_CHUNK_MAX;
    while (size < bytes + sizeof(struct ets_chunk)) size *= 2;
    struct ets_chunk *c = ets_memory(size);
    *c = (struct ets_chunk){pool->chunks, size};
    pool->chunks = c;
    pool->at = (char *)(c + 1);
    pool->end = (char *)c + size;
}

// `bytes` is a multiple of 16.
static void *pool_take(struct ets_pool *pool, size_t bytes)
{
    if (!is_pooled(bytes)) return ets_checked(malloc(bytes));
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
    uint32_t hash = 0;
    if (t->type != ETS_ORDERED) {
        hash = ets_hash(vm, tuple_get(tuple, t->keypos - 1));
        ets_hash_approach(t, hash);     // its bucket comes while the tuple is copied
    }
    size_t words = term_size(vm, tuple);
    if (words > UINT32_MAX) ets_checked(NULL);
    struct ets_object *o = pool_take(&t->pool, object_bytes(words));
    struct heap h;
    heap_init(&h);
    h.top = o->mem;
    h.end = o->mem + words;
    o->next = NULL;
    o->words = (uint32_t)words;
    o->hash = hash;
    o->dead = false;
    o->tuple = term_copy(vm, &h, tuple);
    o->refbins = h.refbins;
    t->pool.visited += is_visited(o);
    return o;
}

void ets_object_free(struct ets_table *t, struct ets_object *o)
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

// ---- tables

static void reset_storage(struct ets_table *t)
{
    t->count = t->ndead = t->nblocks = 0;
}

struct ets_table *ets_table_new(void)
{
    struct ets_table *t = ets_checked(calloc(1, sizeof *t));
    heap_init(&t->heir_heap);
    ets_hash_free(t);
    reset_storage(t);
    return t;
}

static void free_visited(struct ets_object *o, void *t) { ets_object_free(t, o); }

static void free_objects(struct ets_table *t)
{
    ets_hash_visit(t, free_visited, t);
    for (size_t b = 0; b < t->nblocks; b++)
        for (size_t i = 0; i < t->blocks[b]->n; i++) ets_object_free(t, t->blocks[b]->items[i]);
}

void ets_table_clear(struct ets_table *t)
{
    if (t->pool.visited) free_objects(t);
    pool_free(&t->pool);
    ets_hash_free(t);
    for (size_t b = 0; b < t->nblocks; b++) free(t->blocks[b]);
    free(t->blocks);
    free(t->lasts);
    t->blocks = NULL;
    t->lasts = NULL;
    t->blocks_capacity = 0;
    reset_storage(t);
}

struct visit { memory_visitor *see; void *ctx; };

static void visit_object(struct ets_object *o, void *visit)
{
    struct visit *v = visit;
    v->see(v->ctx, &o->tuple, &o->tuple + 1);
    v->see(v->ctx, o->mem, o->mem + o->words);
}

void ets_table_visit(struct ets_table *t, memory_visitor *see, void *ctx)
{
    struct visit v = {see, ctx};
    ets_hash_visit(t, visit_object, &v);
    for (size_t b = 0; b < t->nblocks; b++)
        for (size_t i = 0; i < t->blocks[b]->n; i++) visit_object(t->blocks[b]->items[i], &v);
}

void ets_table_free(struct ets_table *t)
{
    ets_table_clear(t);
    heap_free(&t->heir_heap);
    table_free(&t->fixers);
    free(t);
}

// ---- sorted blocks

// a is below b, or equal to it and `or_equal`.
static inline bool below(struct vm *vm, term a, term b, bool or_equal)
{
    if (both_small(a, b)) return (int64_t)a < (int64_t)b + or_equal;
    return term_compare(vm, a, b) < or_equal;
}

// How many of the n sorted keys are below `key` (above: at or below it). Without a branch on the outcome of a comparison.
static size_t rank(struct vm *vm, const term *keys, size_t n, term key, bool above)
{
    const term *from = keys;
    while (n > 1) {
        size_t half = n / 2;
        from = below(vm, from[half - 1], key, above) ? from + half : from;
        n -= half;
    }
    return (size_t)(from - keys) + (n && below(vm, *from, key, above));
}

// The first object not below `key` (above: not at or below it) is item *at of block *b; *b == nblocks: there is none.
static void locate(struct vm *vm, struct ets_table *t, term key, bool above, size_t *b, size_t *at)
{
    *b = rank(vm, t->lasts, t->nblocks, key, above);
    *at = *b == t->nblocks ? 0 : rank(vm, t->blocks[*b]->keys, t->blocks[*b]->n, key, above);
}

// The last key of block b stands beside the block's address too, so that a search reads one block only.
static void note_last(struct ets_table *t, size_t b) { t->lasts[b] = t->blocks[b]->keys[t->blocks[b]->n - 1]; }

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
        t->blocks = ets_checked(realloc(t->blocks, t->blocks_capacity * sizeof *t->blocks));
        t->lasts = ets_checked(realloc(t->lasts, t->blocks_capacity * sizeof *t->lasts));
    }
    memmove(t->blocks + b + 1, t->blocks + b, (t->nblocks - b) * sizeof *t->blocks);
    memmove(t->lasts + b + 1, t->lasts + b, (t->nblocks - b) * sizeof *t->lasts);
    t->blocks[b] = block;
    t->nblocks++;
}

static void ordered_put(struct vm *vm, struct ets_table *t, struct ets_object *o)
{
    size_t b, at;
    struct ets_object **slot = ordered_slot(vm, t, ets_key(t, o), &b, &at);
    if (slot) {
        ets_object_free(t, *slot);
        *slot = o;
        t->blocks[b]->keys[at] = ets_key(t, o);
        note_last(t, b);
        return;
    }
    t->count++;
    if (b == t->nblocks) {
        if (!b) {
            insert_block(t, 0, ets_checked(calloc(1, sizeof(struct ets_block))));
        } else {
            b--;
            at = t->blocks[b]->n;
        }
    }
    struct ets_block *block = t->blocks[b];
    if (block->n == BLOCK_MAX) {
        // At the very end an almost full block stays behind: ascending insertion fills blocks.
        size_t keep = b + 1 == t->nblocks && at == block->n ? BLOCK_MAX - 8 : BLOCK_MAX / 2;
        struct ets_block *right = ets_checked(calloc(1, sizeof *right));
        right->n = block->n - keep;
        memcpy(right->items, block->items + keep, right->n * sizeof *right->items);
        memcpy(right->keys, block->keys + keep, right->n * sizeof *right->keys);
        block->n = keep;
        insert_block(t, b + 1, right);
        note_last(t, b);
        note_last(t, b + 1);
        if (at > keep) {
            at -= keep;
            block = t->blocks[++b];
        }
    }
    memmove(block->items + at + 1, block->items + at, (block->n - at) * sizeof *block->items);
    memmove(block->keys + at + 1, block->keys + at, (block->n - at) * sizeof *block->keys);
    block->items[at] = o;
    block->keys[at] = ets_key(t, o);
    block->n++;
    note_last(t, b);
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
        memmove(t->lasts + b, t->lasts + b + 1, (t->nblocks - b - 1) * sizeof *t->lasts);
        t->nblocks--;
    } else {
        note_last(t, b);
    }
    t->count--;
    ets_object_free(t, o);
}

// ---- the interface

struct ets_object *ets_next_same(struct ets_object *o)
{
    do o = o->next;
    while (o && o->dead);
    return o;
}

struct ets_object *ets_find(struct vm *vm, struct ets_table *t, term key)
{
    if (t->type == ETS_ORDERED) {
        size_t b, at;
        struct ets_object **slot = ordered_slot(vm, t, key, &b, &at);
        return slot ? *slot : NULL;
    }
    struct ets_object *o = ets_hash_find(vm, t, key);
    return o && o->dead ? ets_next_same(o) : o;
}

void ets_put(struct vm *vm, struct ets_table *t, struct ets_object *o)
{
    if (t->type == ETS_ORDERED) ordered_put(vm, t, o);
    else ets_hash_put(t, o);
}

// Makes o's tuple equal to `tuple` where it lies, if they differ in immediate terms only. A literal (no words of its own) stays as it is.
static bool assign(struct ets_object *o, term tuple)
{
    if (!o->words) return false;
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
        note_last(t, b);
    } else {
        ets_hash_replace(t, old, o);
    }
    ets_object_free(t, old);
}

void ets_remove(struct vm *vm, struct ets_table *t, struct ets_object *o)
{
    if (t->type == ETS_ORDERED) return ordered_remove(vm, t, o);
    t->count--;
    if (t->fixed) {
        o->dead = true;
        t->ndead++;
    } else {
        ets_hash_remove(t, o);
        ets_object_free(t, o);
    }
}

void ets_purge(struct ets_table *t)
{
    if (!t->ndead || t->fixed) return;
    ets_hash_purge(t);
    t->ndead = 0;
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
    if (t->type != ETS_ORDERED) return ets_hash_from(t, c, 0);
    if (!t->nblocks) return false;
    if (backwards) {
        c->bucket = t->nblocks - 1;
        c->at = t->blocks[c->bucket]->n - 1;
    }
    return stand(t, c);
}

bool ets_next(struct ets_table *t, struct ets_cursor *c, bool backwards)
{
    if (t->type != ETS_ORDERED) return ets_hash_next(t, c);
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

bool ets_after(struct vm *vm, struct ets_table *t, term key, struct ets_cursor *c, bool backwards, bool *missing)
{
    *missing = false;
    if (t->type != ETS_ORDERED) return ets_hash_after(vm, t, key, c, missing);
    locate(vm, t, key, !backwards, &c->bucket, &c->at);
    if (!backwards) return stand(t, c);
    if (c->bucket == t->nblocks) return ets_first(t, c, true);
    return ets_next(t, c, true);
}
