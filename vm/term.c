// SPDX-License-Identifier: Apache-2.0
// Equality, the standard order of terms, and sorting by it.
// number < atom < reference < fun < port < pid < tuple < map < [] < list < bitstring
//
// Invariant: no C recursion on the depth of a term. Both walks keep a stack of word ranges still to compare, which moves to
// malloc when it outgrows the C frame. Only ordering maps of more than 32 keys recurses, once per map nested in a KEY, up to ORDER_DEPTH.
#include "term.h"

#include <stdio.h>
#include <stdlib.h>

#include "atom.h"
#include "code.h"
#include "native.h"
#include "vm.h"

#define ORDER_DEPTH 200     // big maps nested in keys of big maps: deeper ones are ordered by hash

// ---- the stack of ranges to compare

struct pair { const term *a, *b; size_t n; bool exact; };
struct owned { struct owned *next; term words[]; };
struct walk {
    struct pair *items, local[48];
    size_t count, capacity;
    struct owned *owned;        // arrays that ranges point into
};

static void walk_init(struct walk *w)
{
    w->items = w->local;
    w->count = 0;
    w->capacity = sizeof w->local / sizeof *w->local;
    w->owned = NULL;
}

static void walk_done(struct walk *w)
{
    if (w->items != w->local) free(w->items);
    while (w->owned) {
        struct owned *next = w->owned->next;
        free(w->owned);
        w->owned = next;
    }
}

static void *checked(void *p)
{
    if (p) return p;
    fprintf(stderr, "phial: out of memory comparing terms\n");
    abort();
}

static void push(struct walk *w, const term *a, const term *b, size_t n, bool exact)
{
    if (!n) return;
    if (w->count == w->capacity) {
        struct pair *bigger = checked(malloc(2 * w->capacity * sizeof *bigger));
        memcpy(bigger, w->items, w->count * sizeof *bigger);
        if (w->items != w->local) free(w->items);
        w->items = bigger;
        w->capacity *= 2;
    }
    w->items[w->count++] = (struct pair){a, b, n, exact};
}

static bool pop(struct walk *w, term *a, term *b, bool *exact)
{
    if (!w->count) return false;
    struct pair *p = &w->items[w->count - 1];
    *a = *p->a++;
    *b = *p->b++;
    *exact = p->exact;
    if (!--p->n) w->count--;
    return true;
}

// ---- bitstrings

static uint8_t byte_at(struct bits b, uint64_t i)
{
    uint64_t bit = b.offset + i * 8;
    const uint8_t *p = b.base + (bit >> 3);
    unsigned shift = bit & 7;
    uint64_t left = b.size - i * 8;
    unsigned v = shift ? (unsigned)p[0] << shift : p[0];
    if (shift && left > 8 - shift) v |= p[1] >> (8 - shift);
    return (uint8_t)(left < 8 ? v & (0xff00u >> left) : v);
}

int bits_compare(struct bits a, struct bits b)
{
    uint64_t least = a.size < b.size ? a.size : b.size, i = 0;
    if (!((a.offset | b.offset) & 7)) {
        int c = memcmp(a.base + (a.offset >> 3), b.base + (b.offset >> 3), least >> 3);
        if (c) return c;
        i = least >> 3;
    }
    for (; i * 8 < least; i++) {
        uint8_t x = byte_at(a, i), y = byte_at(b, i);
        if (least - i * 8 < 8) {
            uint8_t mask = (uint8_t)(0xff00u >> (least - i * 8));
            x &= mask;
            y &= mask;
        }
        if (x != y) return x < y ? -1 : 1;
    }
    return a.size < b.size ? -1 : a.size > b.size;
}

// ---- equality

static inline bool equal_bitstrings(term a, term b)
{
    const term *p = boxed_ptr(a), *q = boxed_ptr(b);
    if (header_type(p[0]) == TYPE_HEAPBIN && header_type(q[0]) == TYPE_HEAPBIN) {
        if (p[1] != q[1]) return false;
        if (!(p[1] & 7)) return !memcmp(p + 2, q + 2, p[1] >> 3);
    }
    struct bits x = bits_of(a), y = bits_of(b);
    return x.size == y.size && bits_compare(x, y) == 0;
}

// What follows the words that are the same, if anything does.
static inline bool push_rest(struct walk *w, const term *a, const term *b, size_t n, bool exact)
{
    for (; n && *a == *b; n--, a++, b++) {}
    push(w, a, b, n, exact);
    return true;
}

static bool equal_boxed(struct walk *w, term a, term b, bool exact)
{
    const term *p = boxed_ptr(a), *q = boxed_ptr(b);
    enum type type = header_type(p[0]);
    if (type == TYPE_FLOAT && header_type(q[0]) == TYPE_FLOAT) return float_value(a) == float_value(b);
    if (is_bitstring(a)) return is_bitstring(b) && equal_bitstrings(a, b);
    if (p[0] != q[0]) return false;
    size_t n = header_size(p[0]);
    switch (type) {
    case TYPE_TUPLE: return push_rest(w, p + 1, q + 1, n, exact);
    case TYPE_BIGPOS:
    case TYPE_BIGNEG: return !memcmp(p + 1, q + 1, n * sizeof(term));
    case TYPE_EXPORT: return p[1] == q[1];
    case TYPE_FUN:
        return p[1] == q[1] && push_rest(w, p + 2, q + 2, n - 1, exact);
    case TYPE_FLATMAP:
        push_rest(w, p + 2, q + 2, n - 1, exact);
        if (p[1] != q[1]) push(w, p + 1, q + 1, 1, true);
        return true;
    case TYPE_HASHMAP:
        if (p[1] != q[1]) return false;
        push(w, p + 2, q + 2, 1, exact);
        return true;
    case TYPE_MAPNODE:
    case TYPE_MAPCOLLISION:
        if (p[1] != q[1]) return false;
        for (size_t i = 2; i <= n; i++) {
            if (p[i] == q[i]) continue;
            if (is_cons(p[i]) != is_cons(q[i])) return false;
            if (is_cons(p[i])) {
                push(w, cons_ptr(p[i]) + 1, cons_ptr(q[i]) + 1, 1, exact);
                push(w, cons_ptr(p[i]), cons_ptr(q[i]), 1, true);
            } else {
                push(w, p + i, q + i, 1, exact);
            }
        }
        return true;
    default: return p[1] == q[1];
    }
}

static bool equal_deep(term a, term b, bool exact)
{
    struct walk w;
    walk_init(&w);
    bool same = true;
    do {
        while (a != b && is_cons(a) && is_cons(b)) {
            const term *p = cons_ptr(a), *q = cons_ptr(b);
            if (p[1] != q[1]) push(&w, p + 1, q + 1, 1, exact);
            a = p[0];
            b = q[0];
        }
        if (a == b) continue;
        if (is_boxed(a) && is_boxed(b) && (exact || !is_number(a))) same = equal_boxed(&w, a, b, exact);
        else same = !exact && is_number(a) && is_number(b) && num_compare(a, b) == 0;
    } while (same && pop(&w, &a, &b, &exact));
    walk_done(&w);
    return same;
}

bool term_equal(term a, term b)
{
    if (a == b) return true;
    if (is_immediate(a) || is_immediate(b)) return false;
    if (is_bitstring(a) && is_bitstring(b)) return equal_bitstrings(a, b);
    if (!is_tuple(a) || !is_tuple(b)) return equal_deep(a, b, true);
    // Most tuples are of immediates and binaries.
    const term *p = boxed_ptr(a), *q = boxed_ptr(b), *end = p + tuple_arity(a);
    if (*p != *q) return false;
    while (++q, ++p <= end) {
        if (*p == *q) continue;
        if (is_immediate(*p) || is_immediate(*q)) return false;
        if (!is_bitstring(*p) || !is_bitstring(*q)) return equal_deep(a, b, true);
        if (!equal_bitstrings(*p, *q)) return false;
    }
    return true;
}

bool term_equal_num(term a, term b)
{
    if (a == b) return true;
    if (both_small(a, b)) return false;
    return equal_deep(a, b, false);
}

// ---- order

enum rank { RANK_NUMBER, RANK_ATOM, RANK_REF, RANK_FUN, RANK_PORT, RANK_PID, RANK_TUPLE, RANK_MAP, RANK_NIL, RANK_LIST, RANK_BITS };

static enum rank rank_of(term t)
{
    switch (term_tag(t)) {
    case TAG_SMALL: return RANK_NUMBER;
    case TAG_ATOM: return RANK_ATOM;
    case TAG_CONS: return RANK_LIST;
    case TAG_IMM:
        if (is_nil(t)) return RANK_NIL;
        return is_pid(t) ? RANK_PID : is_ref(t) ? RANK_REF : RANK_PORT;
    case TAG_BOXED: break;
    default: return RANK_NUMBER;
    }
    switch (boxed_type(t)) {
    case TYPE_TUPLE: return RANK_TUPLE;
    case TYPE_FUN:
    case TYPE_EXPORT: return RANK_FUN;
    case TYPE_FLATMAP:
    case TYPE_HASHMAP:
    case TYPE_MAPNODE:
    case TYPE_MAPCOLLISION: return RANK_MAP;
    case TYPE_FLOAT:
    case TYPE_BIGPOS:
    case TYPE_BIGNEG: return RANK_NUMBER;
    default: return RANK_BITS;
    }
}

static int order_words(uint64_t a, uint64_t b) { return a < b ? -1 : a > b; }

static int order_exports(struct vm *vm, term a, term b)
{
    const struct export *x = (const struct export *)boxed_ptr(a)[1], *y = (const struct export *)boxed_ptr(b)[1];
    int c = atom_compare(vm, x->module, y->module);
    if (!c) c = atom_compare(vm, x->function, y->function);
    return c ? c : order_words(x->arity, y->arity);
}

static int order_funs(struct vm *vm, struct walk *w, term a, term b, bool exact)
{
    if (boxed_type(a) != boxed_type(b)) return boxed_type(a) == TYPE_FUN ? -1 : 1;
    if (boxed_type(a) == TYPE_EXPORT) return order_exports(vm, a, b);
    const struct lambda *x = (const struct lambda *)boxed_ptr(a)[1], *y = (const struct lambda *)boxed_ptr(b)[1];
    int c = atom_compare(vm, x->module->name, y->module->name);
    if (!c) c = order_words((uint64_t)x->index, (uint64_t)y->index);
    if (!c) c = order_words(x->uniq, y->uniq);
    size_t n = header_size(boxed_header(a)), m = header_size(boxed_header(b));
    if (!c) c = order_words(n, m);
    if (!c) push(w, boxed_ptr(a) + 2, boxed_ptr(b) + 2, n - 1, exact);
    return c;
}

static int order_parts(struct vm *vm, term a, term b, bool exact, unsigned depth);
static void sort_terms(struct vm *vm, size_t n, term *items, int64_t by, bool exact, unsigned depth);

// The keys of a map in order, then their values in the same order, in an array owned by the walk.
static const term *sorted_entries(struct vm *vm, struct walk *w, term map, size_t n, unsigned depth)
{
    struct owned *o = checked(malloc(sizeof *o + 3 * n * sizeof(term)));
    o->next = w->owned;
    w->owned = o;
    term *cells = o->words + 2 * n, key, value;
    struct map_iter it;
    map_iter_init(&it, map);
    // Entries of hash maps are conses; map_iter has just gone past them, so the pairs are laid out first and sorted by head.
    for (size_t i = 0; map_iter_next(&it, &key, &value); i++) {
        o->words[2 * i] = key;
        o->words[2 * i + 1] = value;
        cells[i] = make_cons_ptr(o->words + 2 * i);
    }
    sort_terms(vm, n, cells, SORT_HEAD, true, depth + 1);
    struct owned *out = checked(malloc(sizeof *out + 2 * n * sizeof(term)));
    out->next = w->owned;
    w->owned = out;
    for (size_t i = 0; i < n; i++) {
        out->words[i] = head(cells[i]);
        out->words[n + i] = tail(cells[i]);
    }
    return out->words;
}

static int order_maps(struct vm *vm, struct walk *w, term a, term b, bool exact, unsigned depth)
{
    size_t n = map_size(a), m = map_size(b);
    if (n != m) return n < m ? -1 : 1;
    const term *p = boxed_ptr(a), *q = boxed_ptr(b);
    if (header_type(p[0]) == TYPE_FLATMAP) {
        push(w, p + 2, q + 2, n, exact);
        if (p[1] != q[1]) push(w, p + 1, q + 1, 1, true);
        return 0;
    }
    if (depth >= ORDER_DEPTH) return order_words(term_hash(vm, a), term_hash(vm, b));
    const term *x = sorted_entries(vm, w, a, n, depth), *y = sorted_entries(vm, w, b, n, depth);
    push(w, x + n, y + n, n, exact);
    push(w, x, y, n, true);
    return 0;
}

// Neither a == b nor both conses.
static int order_one(struct vm *vm, struct walk *w, term a, term b, bool exact, unsigned depth)
{
    enum rank x = rank_of(a), y = rank_of(b);
    if (x != y) return x < y ? -1 : 1;
    switch (x) {
    case RANK_NUMBER:
        if (exact && is_float(a) != is_float(b)) return is_float(a) ? 1 : -1;
        return num_compare(a, b);
    case RANK_ATOM: return atom_compare(vm, a, b);
    case RANK_REF:
    case RANK_PORT:
    case RANK_PID: return order_words(imm_value(a), imm_value(b));
    case RANK_FUN: return order_funs(vm, w, a, b, exact);
    case RANK_TUPLE: {
        size_t n = tuple_arity(a), m = tuple_arity(b);
        if (n != m) return n < m ? -1 : 1;
        push(w, boxed_ptr(a) + 1, boxed_ptr(b) + 1, n, exact);
        return 0;
    }
    case RANK_MAP: return order_maps(vm, w, a, b, exact, depth);
    case RANK_BITS: return bits_compare(bits_of(a), bits_of(b));
    default: return 0;
    }
}

// Of two bitstrings in the heap by their first eight bytes; 0: they are no such, or one begins like the other.
static inline int order_beginnings(const term *p, const term *q)
{
    if (header_type(p[0]) != TYPE_HEAPBIN || header_type(q[0]) != TYPE_HEAPBIN || !p[1] || !q[1]) return 0;
    uint64_t least = p[1] < q[1] ? p[1] : q[1], spare = least < 64 ? 64 - least : 0;
    return order_words(__builtin_bswap64(p[2]) >> spare, __builtin_bswap64(q[2]) >> spare);
}

#define NO_LEAVES 2
// Of two different words: small integers, atoms, floats, binaries; else NO_LEAVES.
static inline int order_leaves(struct vm *vm, term a, term b)
{
    if (both_small(a, b)) return (int64_t)a < (int64_t)b ? -1 : 1;
    if (is_atom(a) && is_atom(b)) return atom_compare(vm, a, b);
    if (is_float(a) && is_float(b)) return num_compare(a, b);
    if (!is_bitstring(a) || !is_bitstring(b)) return NO_LEAVES;
    int c = order_beginnings(boxed_ptr(a), boxed_ptr(b));
    if (c) return c;
    c = bits_compare(bits_of(a), bits_of(b));
    return c < 0 ? -1 : c > 0;
}

// Most comparisons end here: at leaves, or at leaves of tuples of one size.
static int order(struct vm *vm, term a, term b, bool exact, unsigned depth)
{
    if (a == b) return 0;
    int c = order_leaves(vm, a, b);
    if (c != NO_LEAVES) return c;
    if (!is_tuple(a) || !is_tuple(b) || tuple_arity(a) != tuple_arity(b)) return order_parts(vm, a, b, exact, depth);
    const term *p = boxed_ptr(a) + 1, *q = boxed_ptr(b) + 1, *end = p + tuple_arity(a);
    for (c = 0; p < end && !c; p++, q++)
        if (*p != *q) c = order_leaves(vm, *p, *q);
    return c == NO_LEAVES ? order_parts(vm, a, b, exact, depth) : c;
}

static int order_parts(struct vm *vm, term a, term b, bool exact, unsigned depth)
{
    struct walk w;
    walk_init(&w);
    int c = 0;
    do {
        while (a != b && is_cons(a) && is_cons(b)) {
            const term *p = cons_ptr(a), *q = cons_ptr(b);
            if (p[1] != q[1]) push(&w, p + 1, q + 1, 1, exact);
            a = p[0];
            b = q[0];
        }
        if (a != b) c = order_one(vm, &w, a, b, exact, depth);
    } while (!c && pop(&w, &a, &b, &exact));
    walk_done(&w);
    return c;
}

int term_compare(struct vm *vm, term a, term b) { return order(vm, a, b, false, 0); }
int term_compare_exact(struct vm *vm, term a, term b) { return order(vm, a, b, true, 0); }

// ---- sorting: insertion in short runs, then merging them

#define RUN 8

static term sort_key(term t, int64_t by)
{
    return by == SORT_WHOLE ? t : by == SORT_HEAD ? head(t) : tuple_get(t, (uint64_t)by - 1);
}

static void sort_runs(struct vm *vm, size_t n, term *items, int64_t by, bool exact, unsigned depth)
{
    for (size_t start = 0; start < n; start += RUN) {
        size_t end = start + RUN < n ? start + RUN : n;
        for (size_t i = start + 1; i < end; i++) {
            term t = items[i], key = sort_key(t, by);
            size_t j = i;
            for (; j > start && order(vm, sort_key(items[j - 1], by), key, exact, depth) > 0; j--) items[j] = items[j - 1];
            items[j] = t;
        }
    }
}

static void merge(struct vm *vm, const term *a, size_t na, const term *b, size_t nb, term *out, int64_t by, bool exact, unsigned depth)
{
    // Already in order: one comparison.
    if (nb && order(vm, sort_key(a[na - 1], by), sort_key(b[0], by), exact, depth) <= 0) {
        memcpy(out, a, na * sizeof(term));
        memcpy(out + na, b, nb * sizeof(term));
        return;
    }
    while (na && nb) {
        if (order(vm, sort_key(*a, by), sort_key(*b, by), exact, depth) <= 0) *out++ = *a++, na--;
        else *out++ = *b++, nb--;
    }
    memcpy(out, na ? a : b, (na + nb) * sizeof(term));
}

static void sort_terms(struct vm *vm, size_t n, term *items, int64_t by, bool exact, unsigned depth)
{
    if (n < 2) return;
    sort_runs(vm, n, items, by, exact, depth);
    if (n <= RUN) return;
    term *spare = checked(malloc(n * sizeof(term))), *from = items, *to = spare;
    for (size_t width = RUN; width < n; width *= 2) {
        for (size_t i = 0; i < n; i += 2 * width) {
            size_t na = n - i < width ? n - i : width, nb = n - i - na < width ? n - i - na : width;
            merge(vm, from + i, na, from + i + na, nb, to + i, by, exact, depth);
        }
        term *swap = from;
        from = to;
        to = swap;
    }
    if (from != items) memcpy(items, from, n * sizeof(term));
    free(spare);
}

void term_sort(struct vm *vm, size_t n, term *items, int64_t by, bool exact) { sort_terms(vm, n, items, by, exact, 0); }
