// SPDX-License-Identifier: Apache-2.0
// The atom table: texts in blocks that never move, an open-addressing index over them, and each text's hash and
// first bytes for fast comparison.
//
// Invariant: an atom's index never changes and its text never moves; entries are only added. One scheduler thread writes.
#include "atom.h"

#include <stdio.h>
#include <stdlib.h>

#include "vm.h"

#define BLOCK_BYTES 65536

struct atom_entry {
    const char *bytes;
    uint32_t len, hash;
    uint64_t prefix;    // first eight bytes, big-endian, zero padded: orders most pairs
};

struct text_block { struct text_block *next; char bytes[]; };

struct atom_table {
    struct atom_entry *entries;     // by index
    uint32_t count, capacity;
    uint32_t *index;                // hash slots: entry index + 1, 0: free
    uint32_t index_size;            // a power of two
    struct text_block *blocks;
    size_t block_left;
    char *block_at;
};

static const struct { const char *text; uint32_t len; } fixed[] = {
#define ATOM(NAME, TEXT) {TEXT, sizeof TEXT - 1},
#include "atoms.def"
#undef ATOM
};

static void *checked(void *p)
{
    if (p) return p;
    fprintf(stderr, "phial: out of memory for atoms\n");
    abort();
}

// FNV-1a, then mixed so that low bits depend on everything.
static uint32_t text_hash(const char *bytes, size_t len)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < len; i++) h = (h ^ (uint8_t)bytes[i]) * 16777619u;
    h ^= h >> 16;
    h *= 0x7feb352du;
    h ^= h >> 15;
    h *= 0x846ca68bu;
    return h ^ h >> 16;
}

static uint64_t text_prefix(const char *bytes, size_t len)
{
    uint64_t v = 0;
    for (size_t i = 0; i < 8; i++) v = v << 8 | (i < len ? (uint8_t)bytes[i] : 0);
    return v;
}

// The slot that holds this text, or the free one where it belongs.
static uint32_t find_slot(const struct atom_table *t, const char *bytes, size_t len, uint32_t hash)
{
    uint32_t mask = t->index_size - 1, i = hash & mask;
    for (; t->index[i]; i = (i + 1) & mask) {
        const struct atom_entry *e = &t->entries[t->index[i] - 1];
        if (e->hash == hash && e->len == len && !memcmp(e->bytes, bytes, len)) break;
    }
    return i;
}

static const char *store_text(struct atom_table *t, const char *bytes, size_t len)
{
    if (t->block_left < len + 1) {
        struct text_block *b = checked(malloc(sizeof *b + BLOCK_BYTES));
        b->next = t->blocks;
        t->blocks = b;
        t->block_left = BLOCK_BYTES;
        t->block_at = b->bytes;
    }
    char *at = t->block_at;
    memcpy(at, bytes, len);
    at[len] = 0;
    t->block_at += len + 1;
    t->block_left -= len + 1;
    return at;
}

static void grow_index(struct atom_table *t)
{
    free(t->index);
    t->index_size *= 2;
    t->index = checked(calloc(t->index_size, sizeof *t->index));
    uint32_t mask = t->index_size - 1;
    for (uint32_t n = 0; n < t->count; n++) {
        uint32_t i = t->entries[n].hash & mask;
        while (t->index[i]) i = (i + 1) & mask;
        t->index[i] = n + 1;
    }
}

// `text` must outlive the table.
static uint32_t add_entry(struct atom_table *t, const char *text, size_t len, uint32_t hash)
{
    if (t->count == t->capacity) {
        t->capacity *= 2;
        t->entries = checked(realloc(t->entries, t->capacity * sizeof *t->entries));
    }
    uint32_t n = t->count++;
    t->entries[n] = (struct atom_entry){text, (uint32_t)len, hash, text_prefix(text, len)};
    t->index[find_slot(t, text, len, hash)] = n + 1;
    if (t->count * 2 > t->index_size) grow_index(t);
    return n;
}

struct atom_table *atoms_new(void)
{
    struct atom_table *t = checked(calloc(1, sizeof *t));
    t->capacity = 2048;
    t->entries = checked(malloc(t->capacity * sizeof *t->entries));
    t->index_size = 4096;
    t->index = checked(calloc(t->index_size, sizeof *t->index));
    for (size_t i = 0; i < ATOM_FIXED_COUNT; i++) {
        uint32_t hash = text_hash(fixed[i].text, fixed[i].len);
        if (t->index[find_slot(t, fixed[i].text, fixed[i].len, hash)]) {
            fprintf(stderr, "phial: atoms.def lists '%s' twice\n", fixed[i].text);
            abort();
        }
        add_entry(t, fixed[i].text, fixed[i].len, hash);
    }
    return t;
}

void atoms_free(struct atom_table *t)
{
    while (t->blocks) {
        struct text_block *next = t->blocks->next;
        free(t->blocks);
        t->blocks = next;
    }
    free(t->entries);
    free(t->index);
    free(t);
}

static bool too_long(const char *bytes, size_t len)
{
    if (len <= 255) return false;
    if (len > ATOM_MAX_BYTES) return true;
    size_t chars = 0;
    for (size_t i = 0; i < len; i++) chars += (bytes[i] & 0xc0) != 0x80;
    return chars > 255;
}

static term intern(struct vm *vm, const char *bytes, size_t len, uint32_t limit)
{
    struct atom_table *t = vm->atoms;
    uint32_t hash = text_hash(bytes, len), slot = find_slot(t, bytes, len, hash);
    if (t->index[slot]) return make_atom(t->index[slot] - 1);
    if (too_long(bytes, len) || t->count >= limit) return TERM_NONE;
    return make_atom(add_entry(t, store_text(t, bytes, len), len, hash));
}

term atom_intern(struct vm *vm, const char *bytes, size_t len) { return intern(vm, bytes, len, ATOM_LIMIT); }
term atom_of_code(struct vm *vm, const char *bytes, size_t len) { return intern(vm, bytes, len, ATOM_LIMIT + ATOM_RESERVE); }
term atom_from_c(struct vm *vm, const char *cstr) { return atom_of_code(vm, cstr, strlen(cstr)); }

term atom_existing(struct vm *vm, const char *bytes, size_t len)
{
    struct atom_table *t = vm->atoms;
    uint32_t n = t->index[find_slot(t, bytes, len, text_hash(bytes, len))];
    return n ? make_atom(n - 1) : TERM_NONE;
}

struct atom_text atom_text(struct vm *vm, term atom)
{
    const struct atom_entry *e = &vm->atoms->entries[atom_index(atom)];
    return (struct atom_text){e->bytes, e->len};
}

uint32_t atom_hash(struct vm *vm, term atom) { return vm->atoms->entries[atom_index(atom)].hash; }

int atom_compare(struct vm *vm, term a, term b)
{
    if (a == b) return 0;
    const struct atom_entry *x = &vm->atoms->entries[atom_index(a)], *y = &vm->atoms->entries[atom_index(b)];
    if (x->prefix != y->prefix) return x->prefix < y->prefix ? -1 : 1;
    size_t n = x->len < y->len ? x->len : y->len;
    int c = memcmp(x->bytes, y->bytes, n);
    return c ? c : x->len < y->len ? -1 : x->len > y->len;
}

uint32_t atom_count(struct vm *vm) { return vm->atoms->count; }
