// SPDX-License-Identifier: Apache-2.0
// Code that builds: lists, tuples, maps, bitstrings, funs. Operands are evaluated in the order they are written, then one instruction
// builds; what is very long is built in pieces so that no function needs a register per element.
#include <stdlib.h>

#include "../vm/atom.h"
#include "../vm/native.h"
#include "gen.h"

enum { PIECE = 500 };   // elements per instruction

struct operands { struct core **e; int *r; unsigned n; };

static struct operands operands_new(struct gen *g, unsigned n)
{
    return (struct operands){arena_array(g->arena, struct core *, n + 1), arena_array(g->arena, int, n + 1), 0};
}

static void operand_add(struct gen *g, struct operands *o, struct core *e)
{
    o->e[o->n] = e;
    o->r[o->n++] = gen_operand(g, e);
}

static void operands_release(struct gen *g, const struct operands *o)
{
    for (unsigned i = 0; i < o->n; i++)
        if (o->r[i] >= 0) reg_release(g, o->r[i]);
}

static void operands_emit(struct gen *g, const struct operands *o)
{
    for (unsigned i = 0; i < o->n; i++) emit_operand(g, o->e[i], o->r[i]);
}

static void finish(struct gen *g, struct dest *d, int r)
{
    if (d->kind != D_REG && d->kind != D_ANY) deliver(g, d, r);
}

// ---- lists
static void emit_cell(struct gen *g, int d, const struct core *h, int rh, const struct core *t, int rt)
{
    if (rh < 0 && rt < 0) {     // both literals: only when folding stopped short
        load_lit(g, d, t->lit);
        rt = d;
    }
    if (rh < 0) {
        asm_emit(&g->as, OP_CONSK, (unsigned)d, (unsigned)rt, 0);
        asm_x_lit(&g->as, h->lit);
    } else if (rt < 0) {
        asm_emit(&g->as, OP_CONSL, (unsigned)d, (unsigned)rh, 0);
        asm_x_lit(&g->as, t->lit);
    } else {
        asm_emit(&g->as, OP_CONS, (unsigned)d, (unsigned)rh, (unsigned)rt);
    }
}

static bool all_simple(struct core **e, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (!is_simple(e[i])) return false;
    return true;
}

static void gen_short_list(struct gen *g, struct core **e, unsigned n, struct dest *d)
{
    struct operands o = operands_new(g, n);
    for (unsigned i = 0; i < n; i++) operand_add(g, &o, e[i]);
    operands_release(g, &o);
    int r = dest_reg(g, d);
    if (n == 2) {
        emit_cell(g, r, e[0], o.r[0], e[1], o.r[1]);
    } else {
        asm_emit(&g->as, OP_LIST, (unsigned)r, n, 0);
        operands_emit(g, &o);
    }
    finish(g, d, r);
}

// Elements whose order of evaluation does not matter: pieces from the end. As that is not the order of their points of evaluation,
// variables are held until all is done.
static void gen_simple_list(struct gen *g, struct core *e, struct core **elems, unsigned n, struct dest *d)
{
    g->hold++;
    int acc = gen_any(g, elems[n - 1], -1), into = reg_take(g, 0);
    for (unsigned left = n - 1; left;) {
        unsigned k = left < PIECE ? left : PIECE;
        struct operands o = operands_new(g, k);
        for (unsigned i = left - k; i < left; i++) operand_add(g, &o, elems[i]);
        operands_release(g, &o);
        asm_emit(&g->as, OP_LIST, (unsigned)into, k + 1, 0);
        operands_emit(g, &o);
        asm_x_reg(&g->as, (unsigned)acc);
        if (acc != into) reg_release(g, acc);
        acc = into;
        left -= k;
    }
    g->hold--;
    for (unsigned i = 0; i < n; i++)
        if (elems[i]->kind == CORE_VAR) var_consumed(g, info_in(g, g->fun, elems[i]->var), e->to);
    reg_release(g, into);
    deliver(g, d, into);
}

// Many elements with operations of their own: collected backwards as they are evaluated, then reversed onto the tail.
static void gen_long_list(struct gen *g, struct core *e, struct core **elems, unsigned n, struct dest *d)
{
    int acc = reg_take(g, 0);
    load_lit(g, acc, TERM_NIL);
    for (unsigned i = 0; i + 1 < n; i++) {
        int r = gen_operand(g, elems[i]);
        if (r >= 0) asm_emit(&g->as, OP_CONS, (unsigned)acc, (unsigned)r, (unsigned)acc);
        else {
            asm_emit(&g->as, OP_CONSK, (unsigned)acc, (unsigned)acc, 0);
            asm_x_lit(&g->as, elems[i]->lit);
        }
        if (r >= 0) reg_release(g, r);
    }
    int tail = gen_any(g, elems[n - 1], -1);
    int base = reg_base(g, e->to);
    asm_emit(&g->as, OP_MOVE, (unsigned)base + 1, (unsigned)acc, 0);
    asm_emit(&g->as, OP_MOVE, (unsigned)base + 2, (unsigned)tail, 0);
    asm_emit(&g->as, OP_CALLX, (unsigned)base, 2, 0)->n = 2;
    asm_x_export(&g->as, atom_from_c(g->vm, "lists"), atom_from_c(g->vm, "reverse"), 2);
    reg_release(g, acc);
    reg_release(g, tail);
    deliver(g, d, base);
}

void gen_cons(struct gen *g, struct core *e, struct dest *d)
{
    unsigned n = 1;
    struct core *c;
    for (c = e; c->kind == CORE_CONS; c = c->args[1]) n++;
    struct core **elems = arena_array(g->arena, struct core *, n);
    unsigned i = 0;
    for (c = e; c->kind == CORE_CONS; c = c->args[1]) elems[i++] = c->args[0];
    elems[i] = c;
    if (n <= PIECE) gen_short_list(g, elems, n, d);
    else if (all_simple(elems, n)) gen_simple_list(g, e, elems, n, d);
    else gen_long_list(g, e, elems, n, d);
}

// ---- tuples
void gen_tuple(struct gen *g, struct core *e, struct dest *d)
{
    struct operands o = operands_new(g, e->nargs);
    for (unsigned i = 0; i < e->nargs; i++) operand_add(g, &o, e->args[i]);
    operands_release(g, &o);
    int r = dest_reg(g, d);
    if (e->nargs > 65000) gen_error(g, "a tuple has more than 65000 elements", e->line);
    asm_emit(&g->as, OP_TUPLE, (unsigned)r, e->nargs, 0);
    operands_emit(g, &o);
    finish(g, d, r);
}

// ---- maps
struct sorted_key { term key; unsigned index; };

// Keys in the order of flat maps; false when they are no literals, too many or not distinct.
static bool sort_keys(struct gen *g, const struct core *e, struct sorted_key *out)
{
    if (e->npairs > 32) return false;
    for (unsigned i = 0; i < e->npairs; i++) {
        if (!is_lit(e->pairs[i].key)) return false;
        term k = e->pairs[i].key->lit;
        unsigned at = i;
        while (at && term_compare_exact(g->vm, k, out[at - 1].key) < 0) {
            out[at] = out[at - 1];
            at--;
        }
        if (at && term_compare_exact(g->vm, k, out[at - 1].key) == 0) return false;
        out[at] = (struct sorted_key){k, i};
    }
    return true;
}

static void gen_flat_map(struct gen *g, struct core *e, const struct sorted_key *keys, struct dest *d)
{
    struct operands o = operands_new(g, e->npairs);
    for (unsigned i = 0; i < e->npairs; i++) operand_add(g, &o, e->pairs[i].value);
    operands_release(g, &o);
    term *p = heap_alloc(&g->arena->heap, e->npairs + 1);
    p[0] = make_header(TYPE_TUPLE, e->npairs);
    for (unsigned i = 0; i < e->npairs; i++) p[1 + i] = keys[i].key;
    int r = dest_reg(g, d);
    asm_emit(&g->as, OP_MAP_LIT, (unsigned)r, e->npairs, 0);
    asm_x_lit(&g->as, make_boxed(p));
    for (unsigned i = 0; i < e->npairs; i++) emit_operand(g, o.e[keys[i].index], o.r[keys[i].index]);
    finish(g, d, r);
}

// Pairs from `first` on of the same kind, at most PIECE.
static unsigned run_of_pairs(const struct core *e, unsigned first)
{
    unsigned k = first;
    while (k < e->npairs && k - first < PIECE && e->pairs[k].exact == e->pairs[first].exact) k++;
    return k - first;
}

static void gen_pairs(struct gen *g, struct core *e, struct dest *d)
{
    unsigned first = 0;
    int map = e->base ? gen_any(g, e->base, -1) : -1;
    do {
        unsigned n = run_of_pairs(e, first);
        struct operands o = operands_new(g, 2 * n);
        for (unsigned i = first; i < first + n; i++) {
            operand_add(g, &o, e->pairs[i].key);
            operand_add(g, &o, e->pairs[i].value);
        }
        operands_release(g, &o);
        if (map >= 0) reg_release(g, map);
        bool last = first + n >= e->npairs;
        int r = last ? dest_reg(g, d) : reg_lowest(g, 0);
        g->as.line = e->line ? e->line : g->as.line;
        if (map < 0) asm_emit(&g->as, OP_MAP_NEW, (unsigned)r, n, 0);
        else asm_emit(&g->as, n && e->pairs[first].exact ? OP_MAP_UPDATE : OP_MAP_PUT, (unsigned)r, (unsigned)map, n);
        operands_emit(g, &o);
        first += n;
        map = r;
        if (!last) reg_hold(g, map);
    } while (first < e->npairs);
    finish(g, d, map);
}

void gen_map(struct gen *g, struct core *e, struct dest *d)
{
    struct sorted_key keys[33];
    if (!e->base && sort_keys(g, e, keys)) gen_flat_map(g, e, keys, d);
    else gen_pairs(g, e, d);
}

// ---- bitstrings
term segment_spec(const struct core_segment *s, bool match, bool *needs_size)
{
    (void)match;
    unsigned flags = s->flags & BITS_NATIVE ? (s->flags & ~(unsigned)BITS_NATIVE) | BITS_LITTLE : s->flags;
    unsigned unit = s->unit ? s->unit : s->type == BITS_BINARY ? 8 : 1;
    uint32_t size = BITS_SIZE_NONE;
    *needs_size = false;
    if (s->type >= BITS_UTF8) {
        unit = 1;
    } else if (!s->size) {
        if (s->type == BITS_INTEGER) size = 8;
        if (s->type == BITS_FLOAT) size = 64;
        if (s->type != BITS_BINARY) unit = 1;
    } else if (is_lit(s->size) && is_small(s->size->lit) && small_value(s->size->lit) >= 0 && small_value(s->size->lit) < BITS_SIZE_NONE) {
        size = (uint32_t)small_value(s->size->lit);
    } else {
        *needs_size = true;
    }
    return bits_spec(s->type, flags, unit, size);
}

void gen_bits(struct gen *g, struct core *e, struct dest *d)
{
    int so_far = -1;
    unsigned first = 0;
    do {
        unsigned n = e->nsegments - first < PIECE ? e->nsegments - first : PIECE;
        struct operands o = operands_new(g, 2 * n);
        for (unsigned i = first; i < first + n; i++) {
            bool sized;
            segment_spec(&e->segments[i], false, &sized);
            operand_add(g, &o, e->segments[i].value);
            if (sized) operand_add(g, &o, e->segments[i].size);
        }
        operands_release(g, &o);
        if (so_far >= 0) reg_release(g, so_far);
        bool last = first + n >= e->nsegments;
        int r = last ? dest_reg(g, d) : reg_lowest(g, 0);
        g->as.line = e->line ? e->line : g->as.line;
        asm_emit(&g->as, OP_BS_BUILD, (unsigned)r, n + (so_far >= 0), 0);
        if (so_far >= 0) {
            asm_x_lit(&g->as, bits_spec(BITS_BINARY, 0, 1, BITS_SIZE_NONE));
            asm_x_reg(&g->as, (unsigned)so_far);
            asm_x_lit(&g->as, TERM_NIL);
        }
        for (unsigned i = first, k = 0; i < first + n; i++) {
            bool sized;
            asm_x_lit(&g->as, segment_spec(&e->segments[i], false, &sized));
            emit_operand(g, o.e[k], o.r[k]);
            k++;
            if (sized) {
                emit_operand(g, o.e[k], o.r[k]);
                k++;
            } else {
                asm_x_lit(&g->as, TERM_NIL);
            }
        }
        first += n;
        so_far = r;
        if (!last) reg_hold(g, so_far);
    } while (first < e->nsegments);
    finish(g, d, so_far);
}

// ---- funs
void gen_fn(struct gen *g, struct core *e, struct dest *d)
{
    uint32_t lambda = 0;
    struct fun_info *f = NULL;
    if (e->kind == CORE_FN) {
        f = e->fun->gen;
        lambda = fun_lambda(g, f, 0);
    } else {
        uint32_t function = local_function(g, e->f, e->arity);
        if (function == UINT32_MAX) gen_error(g, "a function that is not defined is captured", e->line);
        else lambda = fun_lambda(g, NULL, function);
    }
    unsigned n = f ? f->ncaptures : 0;
    int *regs = arena_array(g->arena, int, n + 1);
    for (unsigned i = 0; i < n; i++) regs[i] = (int)var_here(g, f->captures[i]->var, e->line)->reg;
    for (unsigned i = 0; i < n; i++) var_consumed(g, var_here(g, f->captures[i]->var, e->line), e->to);
    int r = dest_reg(g, d);
    asm_emit(&g->as, OP_CLOSURE, (unsigned)r, n, 0);
    asm_x_lambda(&g->as, lambda);
    for (unsigned i = 0; i < n; i++) asm_x_reg(&g->as, (unsigned)regs[i]);
    finish(g, d, r);
}
