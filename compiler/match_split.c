// SPDX-License-Identifier: Apache-2.0
// Constructors that exclude each other: rows told apart by the kind of value at one place.
//
// The first rows that ask for a constructor there are filed under keys, one test or jump table finds the key, and each key's rows go on below it.
// Rows in between that ask for nothing are copied under every key as long as the budget lasts; else the group ends before them.
#include <stdlib.h>

#include "../vm/atom.h"
#include "match.h"

// Constructors of one place that exclude each other.
enum key_kind { KEY_IMM, KEY_CONS, KEY_TUPLE, KEY_TAGGED, KEY_LIT };
struct match_key {
    struct match_key *next, *chain;
    uint8_t kind;
    bool listed;            // in a jump table
    unsigned arity;
    term t;
    struct row *rows, **tail;
    struct item *item;
};

bool match_exclusive(const struct cell *c)
{
    if (!c) return false;
    return c->kind == CELL_CONS || c->kind == CELL_TUPLE || (c->kind == CELL_LIT && !is_map(c->lit));
}

// The cell's first tuple element if it is an immediate literal.
static bool cell_tag(const struct cell *c, term *tag)
{
    if (c->kind == CELL_LIT) {
        if (!is_tuple(c->lit) || !tuple_arity(c->lit)) return false;
        *tag = tuple_get(c->lit, 0);
    } else {
        if (c->p->nargs == 0 || !is_lit(c->p->args[0])) return false;
        *tag = c->p->args[0]->lit;
    }
    return is_immediate(*tag) && !is_float_imm(*tag);
}

static void key_of(const struct cell *c, bool alone, struct match_key *k)
{
    *k = (struct match_key){.kind = KEY_LIT};
    if (c->kind == CELL_CONS) k->kind = KEY_CONS;
    else if (c->kind == CELL_TUPLE) {
        k->kind = KEY_TUPLE;
        k->arity = c->p->nargs;
    } else if (is_immediate(c->lit)) k->kind = KEY_IMM;
    else if (alone) k->kind = KEY_LIT;
    else if (is_cons(c->lit)) k->kind = KEY_CONS;
    else if (is_tuple(c->lit) && tuple_arity(c->lit) < 65536) {
        k->kind = KEY_TUPLE;
        k->arity = (unsigned)tuple_arity(c->lit);
    }
    if (k->kind == KEY_IMM || k->kind == KEY_LIT) k->t = c->lit;
}

static bool same_key(const struct match_key *a, const struct match_key *b)
{
    if (a->kind != b->kind || a->arity != b->arity) return false;
    if (a->kind == KEY_IMM || a->kind == KEY_TAGGED) return a->t == b->t;
    return a->kind != KEY_LIT || term_equal(a->t, b->t);
}

struct keys { struct match_key *first, **tail; struct table known; unsigned n; };

static uint64_t key_hash(const struct match_key *k)
{
    uint64_t h = k->kind == KEY_LIT || k->kind == KEY_CONS ? 1 : k->t * 0x9e3779b97f4a7c15u;
    if (k->kind == KEY_LIT && is_bitstring(k->t)) {
        struct bits b = bits_of(k->t);
        h = b.size;
        for (uint64_t i = 0; i < b.size / 8 && !(b.offset & 7); i++) h = h * 31 + b.base[b.offset / 8 + i];
    }
    return (h ^ (uint64_t)k->kind << 32 ^ (uint64_t)k->arity << 40) | 1;
}

static struct match_key *find_key(struct match *m, struct keys *ks, const struct match_key *k)
{
    uint64_t at = 0, h = key_hash(k);
    table_get(&ks->known, h, &at);
    struct match_key *first = (struct match_key *)(uintptr_t)at;
    for (struct match_key *x = first; x; x = x->chain)
        if (same_key(x, k)) return x;
    struct match_key *n = arena_new(m->g->arena, struct match_key);
    *n = *k;
    n->chain = first;
    n->tail = &n->rows;
    table_put(&ks->known, h, (uintptr_t)n);
    *ks->tail = n;
    ks->tail = &n->next;
    ks->n++;
    return n;
}

// How many of the first rows one test can split, and how many of them say nothing about the place.
static unsigned group_size(struct match *m, struct row *rows, struct occ *o, unsigned *wild)
{
    unsigned n = 0, end = 0, w = 0, first_wild = 0, keys = 0;
    *wild = 0;
    for (struct row *r = rows; r; r = r->next, n++) {
        struct cell *c = match_cell(r, o);
        if (match_exclusive(c)) {
            end = n + 1;
            *wild = w;
            keys++;
        } else if (c) {
            break;
        } else {
            if (!w) first_wild = n;
            w++;
            if (w > 8) break;
        }
    }
    if (*wild && (int)(*wild * keys) > m->budget) {
        *wild = 0;
        return first_wild;
    }
    if (*wild) m->budget -= (int)(*wild * keys);
    return end;
}

// Are all tuples of this arity among the rows told apart by few first elements?
static bool few_tags(struct row *rows, unsigned n, struct occ *o, unsigned arity)
{
    term tags[3], t;
    unsigned ntags = 0;
    for (struct row *r = rows; n--; r = r->next) {
        struct cell *c = match_cell(r, o);
        struct match_key k;
        if (!c) return false;
        key_of(c, false, &k);
        if (k.kind != KEY_TUPLE || k.arity != arity) continue;
        if (!cell_tag(c, &t)) return false;
        unsigned i = 0;
        while (i < ntags && tags[i] != t) i++;
        if (i == ntags && ntags == 3) return false;
        if (i == ntags) tags[ntags++] = t;
    }
    return true;
}

struct arity_memo { unsigned arity; bool known, few; };

// The key a row is filed under: tuples with few tags by their tag.
static void filed_key(struct row *rows, unsigned n, struct occ *o, const struct cell *c, struct arity_memo *memo, struct match_key *k)
{
    key_of(c, n == 1, k);
    if (k->kind != KEY_TUPLE) return;
    if (!memo->known || memo->arity != k->arity) *memo = (struct arity_memo){k->arity, true, few_tags(rows, n, o, k->arity)};
    term tag;
    if (!memo->few || !cell_tag(c, &tag)) return;
    k->kind = KEY_TAGGED;
    k->t = tag;
}

// The row below a constructor: its parts take the cell's place.
static struct row *expand(struct match *m, struct row *r, struct cell *c, const struct match_key *k)
{
    struct row *n = match_row_without(m, r, c);
    struct cell *parts = NULL, **tail = &parts;
    if (k->kind == KEY_CONS) {
        struct occ *h = match_child(m, c->o, OCC_HEAD, 0), *t = match_child(m, c->o, OCC_TAIL, 0);
        if (c->kind == CELL_LIT) {
            match_add_lit(m, h, cons_ptr(c->lit)[0], &tail);
            match_add_lit(m, t, cons_ptr(c->lit)[1], &tail);
        } else {
            match_add_pattern(m, n, h, c->p->args[0], &tail);
            match_add_pattern(m, n, t, c->p->args[1], &tail);
        }
    } else if (k->kind == KEY_TUPLE || k->kind == KEY_TAGGED) {
        for (unsigned i = k->kind == KEY_TAGGED; i < k->arity; i++) {
            struct occ *o = match_child(m, c->o, OCC_ELEM, i);
            if (c->kind == CELL_LIT) match_add_lit(m, o, tuple_get(c->lit, i), &tail);
            else match_add_pattern(m, n, o, c->p->args[i], &tail);
        }
    }
    *tail = n->cells;
    n->cells = parts;
    return n;
}

static void append_row(struct match_key *k, struct row *r)
{
    *k->tail = r;
    k->tail = &r->next;
}

static struct row *copy_row(struct match *m, const struct row *r)
{
    struct row *c = arena_new(m->g->arena, struct row);
    *c = *r;
    c->next = NULL;
    return c;
}

void match_key_test(struct match *m, const struct match_key *k, struct occ *o, label fail)
{
    struct gen *g = m->g;
    unsigned r = (unsigned)match_load(m, o);
    switch (k->kind) {
    case KEY_CONS: asm_jump(&g->as, OP_IS_CONS, r, 0, fail); return;
    case KEY_TUPLE: asm_jump(&g->as, OP_IS_TUPLE_N, r, k->arity, fail); return;
    case KEY_TAGGED: asm_jump(&g->as, OP_IS_TAGGED, r, k->arity, fail); break;
    case KEY_IMM:
        asm_jump(&g->as, is_nil(k->t) ? OP_IS_NIL : OP_EQK, r, 0, fail);
        if (is_nil(k->t)) return;
        break;
    default: asm_jump(&g->as, OP_EQL, r, 0, fail); break;
    }
    asm_x_lit(&g->as, k->t);
}

// ---- jump tables
static int by_word(const void *a, const void *b)
{
    term x = (*(struct match_key *const *)a)->t, y = (*(struct match_key *const *)b)->t;
    return (x > y) - (x < y);
}

static int by_small(const void *a, const void *b)
{
    int64_t x = small_value((*(struct match_key *const *)a)->t), y = small_value((*(struct match_key *const *)b)->t);
    return (x > y) - (x < y);
}

static void emit_jtab(struct gen *g, int r, struct match_key **k, unsigned n, label otherwise)
{
    int64_t low = small_value(k[0]->t), range = small_value(k[n - 1]->t) - low + 1;
    asm_jump(&g->as, OP_JTAB, (unsigned)r, (unsigned)range, otherwise);
    asm_x_lit(&g->as, make_small(low));
    for (int64_t v = 0, i = 0; v < range; v++) {
        bool hit = small_value(k[i]->t) == low + v;
        asm_x_label(&g->as, hit ? k[i]->item->at : otherwise);
        i += hit;
    }
}

static void emit_switch(struct gen *g, int r, struct match_key **k, unsigned n, label otherwise)
{
    while (n) {
        unsigned part = n < 30000 ? n : 30000;
        label next = part < n ? asm_label(&g->as) : otherwise;
        asm_jump(&g->as, OP_SWITCH, (unsigned)r, part, next);
        for (unsigned i = 0; i < part; i++) {
            asm_x_lit(&g->as, k[i]->t);
            asm_x_label(&g->as, k[i]->item->at);
        }
        if (part < n) asm_bind(&g->as, next);
        k += part;
        n -= part;
    }
}

static bool dense(struct match_key **k, unsigned n)
{
    if (n < 4) return false;
    int64_t low = small_value(k[0]->t), high = small_value(k[n - 1]->t);
    return (uint64_t)(high - low) < (uint64_t)n * 3 + 8 && high - low < 60000;
}

static bool in_table(const struct match_key *k, bool small)
{
    return k->kind == KEY_IMM && !is_float_imm(k->t) && is_small(k->t) == small;
}

static unsigned gather(struct match *m, struct keys *ks, bool small, bool other, struct match_key ***out)
{
    struct match_key **k = *out = arena_array(m->g->arena, struct match_key *, ks->n + 1);
    unsigned n = 0;
    for (struct match_key *x = ks->first; x; x = x->next)
        if ((small && in_table(x, true)) || (other && in_table(x, false))) k[n++] = x;
    return n;
}

// Puts the immediates of a big group in tables. What they do not find goes to `otherwise`.
static bool tables(struct match *m, struct keys *ks, struct occ *o, label otherwise)
{
    struct gen *g = m->g;
    struct match_key **k;
    unsigned n = gather(m, ks, true, false, &k);
    qsort(k, n, sizeof *k, by_small);
    int r = match_load(m, o);
    bool jtab = dense(k, n);
    struct match_key **rest;
    unsigned nrest = gather(m, ks, !jtab, true, &rest);
    qsort(rest, nrest, sizeof *rest, by_word);
    if (nrest < 4) nrest = 0;
    if (!jtab && !nrest) return false;
    label next = jtab && nrest ? asm_label(&g->as) : otherwise;
    if (jtab) emit_jtab(g, r, k, n, next);
    if (jtab && nrest) asm_bind(&g->as, next);
    if (nrest) emit_switch(g, r, rest, nrest, otherwise);
    for (unsigned i = 0; jtab && i < n; i++) k[i]->listed = true;
    for (unsigned i = 0; i < nrest; i++) rest[i]->listed = true;
    return true;
}

// [] is the rarer case of a list: test for a cell first.
static void cons_before_nil(struct keys *ks)
{
    struct match_key **nil = NULL;
    for (struct match_key **p = &ks->first; *p; p = &(*p)->next) {
        if ((*p)->kind == KEY_IMM && is_nil((*p)->t)) nil = p;
        if ((*p)->kind != KEY_CONS || !nil) continue;
        struct match_key *cons = *p;
        *p = cons->next;
        cons->next = *nil;
        *nil = cons;
        return;
    }
}

// Will any of the keys stand in a table?
static bool wants_tables(struct match *m, struct keys *ks)
{
    struct match_key **k;
    return gather(m, ks, true, true, &k) >= 4;
}

// Splits the first rows by the constructor of place o.
struct row *match_split(struct match *m, struct row *rows, struct occ *o, struct item **fail)
{
    unsigned wild, n = group_size(m, rows, o, &wild);
    struct row *group;
    match_load(m, o);
    struct item *rest = match_rest(m, rows, n, *fail, &group), *otherwise = rest;
    struct keys ks = {.tail = &ks.first};
    struct arity_memo memo = {0};
    struct match_key k;
    for (struct row *r = group; r; r = r->next) {
        struct cell *c = match_cell(r, o);
        if (!c) continue;
        filed_key(group, n, o, c, &memo, &k);
        find_key(m, &ks, &k);
    }
    struct row *wilds = NULL, **wild_tail = &wilds;
    memo.known = false;
    for (struct row *r = group; r; r = r->next) {
        struct cell *c = match_cell(r, o);
        if (c) {
            filed_key(group, n, o, c, &memo, &k);
            struct match_key *at = find_key(m, &ks, &k);
            append_row(at, expand(m, r, c, at));
        } else {
            m->bodies[r->clause].shared = true;
            for (struct match_key *x = ks.first; x; x = x->next) append_row(x, copy_row(m, r));
            *wild_tail = copy_row(m, r);
            wild_tail = &(*wild_tail)->next;
        }
    }
    table_free(&ks.known);
    if (wilds) otherwise = match_push(m, wilds, rest);
    *fail = rest;
    if (ks.n == 1) {
        match_key_test(m, ks.first, o, match_fail(m, otherwise));
        return ks.first->rows;
    }
    cons_before_nil(&ks);
    // Items of all keys; the one pushed last is taken up first.
    struct match_key **order = arena_array(m->g->arena, struct match_key *, ks.n + 1);
    unsigned count = 0;
    for (struct match_key *x = ks.first; x; x = x->next) order[count++] = x;
    bool tabled = wants_tables(m, &ks);
    for (unsigned i = count; i-- > 0;) order[i]->item = match_push(m, order[i]->rows, rest);
    label chain = tabled ? asm_label(&m->g->as) : NO_LABEL;
    if (tabled && !tables(m, &ks, o, chain)) tabled = false;
    struct item *next = otherwise;
    struct match_key *first_tested = NULL;
    for (unsigned i = count; i-- > 0;) {
        if (order[i]->listed) continue;
        struct item *it = order[i]->item;
        it->test = order[i];
        it->o = o;
        it->otherwise = next;
        next = it;
        first_tested = order[i];
    }
    if (tabled) {
        asm_bind(&m->g->as, chain);
        asm_jump(&m->g->as, OP_JUMP, 0, 0, first_tested ? match_fail(m, first_tested->item) : match_fail(m, otherwise));
    } else if (first_tested) {
        asm_jump(&m->g->as, OP_JUMP, 0, 0, match_fail(m, first_tested->item));
    }
    return NULL;
}
