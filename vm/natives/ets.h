// SPDX-License-Identifier: Apache-2.0
// ETS tables: what the storage (ets_table.c), the match specifications (ets_match.c) and the natives (ets.c) share.
//
// Invariant: an object is one block of its table's that owns its tuple; nothing on a process heap points into a table, nothing in a
// table points to a process heap. Locking rule: one scheduler thread; with several, a table takes a lock of its own.
#ifndef PHIAL_ETS_H
#define PHIAL_ETS_H

#include "native.h"
#include "table.h"

enum ets_type { ETS_SET, ETS_ORDERED, ETS_BAG, ETS_DUPLICATE };
enum ets_access { ETS_READ, ETS_WRITE, ETS_OWN };

struct ets_object {
    struct ets_object *next;        // an older one with the same key
    term *refbins;                  // those of the tuple, as in struct heap
    term tuple;
    uint32_t words;                 // of mem
    uint32_t hash : 31;
    bool dead : 1;                  // deleted while the table was fixed
    term mem[];
};

// Where a table's objects lie: small ones in chunks, by classes of 16 bytes; a table that is dropped gives back its chunks whole.
enum { ETS_CLASSES = 32, ETS_CHUNK_MIN = 1024, ETS_CHUNK_MAX = HUGE_PAGE };
struct ets_chunk { struct ets_chunk *next; size_t size; };
struct ets_pool {
    struct ets_chunk *chunks;       // the newest first
    char *at, *end;                 // free in that
    void *freed[ETS_CLASSES];       // lists through the first word
    size_t visited;                 // objects that must be seen one by one when all go: large ones, those with reference-counted binaries
};

// Sorted objects in blocks of bounded size; their keys stand together, so that a search reads no objects.
struct ets_block { size_t n; term keys[128]; struct ets_object *items[128]; };

struct ets_table {
    term ref, name;
    bool named, read_concurrency, write_concurrency, compressed;
    enum ets_type type;
    term protection;                // AM_public, AM_protected, AM_private
    size_t keypos;                  // from 1
    term owner, heir;               // heir: pid or AM_none
    struct heap heir_heap;
    term heir_data;
    struct ets_pool pool;
    size_t count, ndead;            // live objects, dead ones still in buckets
    struct ets_bucket *buckets;     // hash types: `active` of `capacity` are in use (ets_hash.c)
    size_t active, capacity, spills;
    struct ets_block **blocks;      // ordered_set
    term *lasts;                    // the last key of each block
    size_t nblocks, blocks_capacity;
    struct table fixers;            // pid -> count
    size_t fixed;                   // sum of those counts
    struct ets_table *next, *prev;
};

struct ets {
    struct ets_table *first;        // newest
    struct table by_ref, by_name;   // -> struct ets_table *
    struct table owners;            // pid -> number of tables
    size_t fixed;                   // of all tables
};

// Where a traversal is: the object it stands at, and how to go on from there.
struct ets_cursor { size_t bucket, at; struct ets_object *object; };

#define BAD_TYPE "the table identifier refers to an ETS table of a type not supported by this operation"
#define BAD_SPEC "not a valid match specification"
// The table with the access that is wanted; NULL: raised.
struct ets_table *ets_open(struct process *p, term id, enum ets_access access);

// ---- buckets (ets_hash.c)
uint32_t ets_hash(struct vm *vm, term key);
void ets_hash_approach(const struct ets_table *t, uint32_t hash);       // brings the bucket into the cache
struct ets_object *ets_hash_find(struct vm *vm, const struct ets_table *t, term key);   // the newest, which may be dead
void ets_hash_put(struct ets_table *t, struct ets_object *o);           // takes o over
void ets_hash_replace(struct ets_table *t, struct ets_object *old, struct ets_object *o);
void ets_hash_remove(struct ets_table *t, struct ets_object *o);        // out of its bucket: it is the caller's then
void ets_hash_purge(struct ets_table *t);
void ets_hash_visit(struct ets_table *t, void see(struct ets_object *o, void *ctx), void *ctx);     // all, dead ones too; `see` may free o
void ets_hash_free(struct ets_table *t);                                // the buckets; the table can be filled again
size_t ets_hash_bytes(const struct ets_table *t);
bool ets_hash_from(const struct ets_table *t, struct ets_cursor *c, size_t bucket);     // the first live object from that bucket on
bool ets_hash_next(const struct ets_table *t, struct ets_cursor *c);
bool ets_hash_after(struct vm *vm, const struct ets_table *t, term key, struct ets_cursor *c, bool *missing);

// ---- storage
void *ets_checked(void *p);                                             // p; NULL ends the program
void *ets_memory(size_t bytes);                                         // a multiple of 64, on whole cache lines; to be freed
void ets_object_free(struct ets_table *t, struct ets_object *o);
struct ets_table *ets_table_new(void);
void ets_table_free(struct ets_table *t);
void ets_table_clear(struct ets_table *t);
void ets_table_visit(struct ets_table *t, memory_visitor *see, void *ctx);     // the memory of all objects
struct ets_object *ets_object_new(struct vm *vm, struct ets_table *t, term tuple);
static inline term ets_key(const struct ets_table *t, const struct ets_object *o) { return tuple_get(o->tuple, t->keypos - 1); }
struct ets_object *ets_find(struct vm *vm, struct ets_table *t, term key);      // the newest with that key
struct ets_object *ets_next_same(struct ets_object *o);                         // an older one, or NULL
void ets_put(struct vm *vm, struct ets_table *t, struct ets_object *o);         // takes o over
void ets_replace(struct vm *vm, struct ets_table *t, struct ets_object *o, term tuple);             // same key; o is gone or another
void ets_remove(struct vm *vm, struct ets_table *t, struct ets_object *o);
void ets_purge(struct ets_table *t);                                            // dead objects, once nothing is fixed
bool ets_first(struct ets_table *t, struct ets_cursor *c, bool backwards);
bool ets_next(struct ets_table *t, struct ets_cursor *c, bool backwards);
// Stands at the first object after (before) the key; a hash table must hold the key (false: *missing says it does not).
bool ets_after(struct vm *vm, struct ets_table *t, term key, struct ets_cursor *c, bool backwards, bool *missing);

// ---- match specifications
struct ets_var { uint32_t number; term value; };
struct ets_clause { term head, guards, body; struct ets_var *vars; size_t nvars; };
struct ets_calls { struct export *known[4]; size_t n; };         // natives that its guards and bodies have called
struct ets_spec { struct process *p; struct ets_clause *clauses; size_t n; size_t keypos; struct ets_calls calls; };
bool ets_spec_init(struct ets_spec *s, struct process *p, term spec, size_t keypos);    // false: not a valid specification
void ets_spec_pattern(struct ets_spec *s, struct process *p, term head, term body, size_t keypos); // [{head, [], [body]}]
void ets_spec_free(struct ets_spec *s);
// Runs the specification on a tuple. TERM_NONE: no match; else the result, which may point into the tuple.
term ets_spec_run(struct ets_spec *s, term tuple);
// The only key that can match, or TERM_NONE.
term ets_spec_key(struct ets_spec *s);

// ---- process exit: hands tables to their heirs or deletes them
void ets_owner_exits(struct vm *vm, term pid);
void ets_free(struct vm *vm);
size_t ets_bytes(struct vm *vm);    // of all tables

#endif
