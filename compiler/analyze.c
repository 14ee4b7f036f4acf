// SPDX-License-Identifier: Apache-2.0
// What the generator must know before it emits: constant structures folded into literals, the points of evaluation numbered in the order in
// which code will be generated, where each variable is used, and what each fun captures.
//
// Invariant: the numbering here and the order of generation agree. Arguments of a call: first those that are operations of their own, in order,
// then variables, literals and items (CORE_ITEM). Everything else: as written.
#include <stdlib.h>
#include <string.h>

#include "../vm/native.h"
#include "gen.h"

static void visit(struct gen *g, struct core **pe);

// ---- intrinsics
static const struct { uint8_t kind; uint16_t op; } intrinsic_table[I_COUNT] = {
    {INTRINSIC_NONE, 0},
#define INTRINSIC(NAME, TEXT, ARITY, KIND, OP) {INTRINSIC_##KIND, OP},
#include "intrinsics.def"
#undef INTRINSIC
};

enum intrinsic_kind intrinsic_kind(enum intrinsic i) { return (enum intrinsic_kind)intrinsic_table[i].kind; }
unsigned intrinsic_op(enum intrinsic i) { return intrinsic_table[i].op; }

enum intrinsic core_intrinsic(struct gen *g, const struct core *e)
{
    uint64_t i;
    if (e->kind != CORE_CALL || e->m != AM_erlang) return I_none;
    if (!table_get(g->intrinsic_of, e->f << 8 | (e->nargs + 1), &i)) return I_none;
    if (i == I_is_fun_n && !(is_lit(e->args[1]) && is_small(e->args[1]->lit) && small_value(e->args[1]->lit) >= 0 &&
                             small_value(e->args[1]->lit) < 256))
        return I_none;
    return (enum intrinsic)i;
}

bool is_small16(const struct core *e, int *value)
{
    if (!is_lit(e) || !is_small(e->lit)) return false;
    int64_t v = small_value(e->lit);
    *value = (int)v;
    return v >= -32768 && v <= 32767;
}

bool core_is_connected(const struct core *e)
{
    return e->kind == CORE_SEQ && e->nargs == 2 && e->args[0]->kind == CORE_BIND && e->args[1]->kind == CORE_IF && !e->args[1]->strict &&
           core_is_var(e->args[1]->args[0], e->args[0]->var);
}

static bool boolean_within(struct gen *g, const struct core *e, int depth);

static bool connected_boolean(struct gen *g, const struct core *e, int depth)
{
    const struct core *iff = e->args[1];
    for (unsigned i = 1; i <= 2; i++) {
        const struct core *k = core_is_var(iff->args[i], e->args[0]->var) ? e->args[0]->args[0] : iff->args[i];
        if (!boolean_within(g, k, depth + 1)) return false;
    }
    return true;
}

// Is e a call that never comes back?
static bool only_raises(const struct core *e)
{
    if (e->kind == CORE_SEQ) return only_raises(e->args[e->nargs - 1]);
    return e->kind == CORE_CALL && e->m == AM_erlang && (e->f == AM_error || ((e->f == AM_throw || e->f == AM_exit) && e->nargs == 1));
}

static bool boolean_within(struct gen *g, const struct core *e, int depth)
{
    if (depth > 8) return false;
    if (only_raises(e)) return true;
    switch (e->kind) {
    case CORE_LIT: return e->lit == AM_true || e->lit == AM_false;
    case CORE_SEQ: return core_is_connected(e) ? connected_boolean(g, e, depth) : boolean_within(g, e->args[e->nargs - 1], depth + 1);
    case CORE_IF: return boolean_within(g, e->args[1], depth + 1) && boolean_within(g, e->args[2], depth + 1);
    case CORE_CASE:
        for (unsigned i = 0; i < e->nclauses; i++)
            if (!boolean_within(g, e->clauses[i].body, depth + 1)) return false;
        return e->nclauses > 0;
    case CORE_CALL:
        switch (intrinsic_kind(core_intrinsic(g, e))) {
        case INTRINSIC_COMPARE: case INTRINSIC_TEST: case INTRINSIC_FUN_N: case INTRINSIC_NOT: return true;
        case INTRINSIC_ANDALSO: case INTRINSIC_ORELSE: return boolean_within(g, e->args[1], depth + 1);
        default: return false;
        }
    default: return false;
    }
}

bool core_is_boolean(struct gen *g, const struct core *e) { return boolean_within(g, e, 0); }

// ---- variables
struct fun_info *fun_info_new(struct gen *g, struct core_fun *core, struct fun_info *parent)
{
    struct fun_info *f = arena_new(g->arena, struct fun_info);
    f->core = core;
    f->parent = parent;
    f->root = parent ? parent->root : f;
    core->gen = f;
    return f;
}

static void *grow(struct gen *g, void *old, uint32_t n, uint32_t *cap, size_t size)
{
    if (n < *cap) return old;
    uint32_t c = *cap ? *cap * 2 : 4;
    void *p = arena_alloc(g->arena, c * size);
    if (n) memcpy(p, old, n * size);
    *cap = c;
    return p;
}

static struct var_info *find_info(struct fun_info *fun, struct var *v)
{
    for (struct var_info *i = v->gen; i; i = i->next)
        if (i->fun == fun) return i;
    return NULL;
}

static struct var_info *make_info(struct gen *g, struct fun_info *fun, struct var *v)
{
    struct var_info *i = arena_new(g->arena, struct var_info);
    i->var = v;
    i->fun = fun;
    i->next = v->gen;
    v->gen = i;
    i->of_fun = fun->vars;
    fun->vars = i;
    i->reg = -1;
    return i;
}

static void use_at(struct gen *g, struct fun_info *fun, struct var *v, uint32_t pos);

// A fun that captures one variable more needs it wherever it is called or made.
static struct var_info *capture(struct gen *g, struct fun_info *fun, struct var *v)
{
    struct var_info *i = find_info(fun, v);
    if (i || !fun->parent) return i;
    if (!capture(g, fun->parent, v)) return NULL;
    i = make_info(g, fun, v);
    fun->captures = grow(g, fun->captures, fun->ncaptures, &fun->cap_captures, sizeof *fun->captures);
    fun->captures[fun->ncaptures++] = i;
    for (uint32_t s = 0; s < fun->nsites; s++) use_at(g, fun->sites[s].fun, v, fun->sites[s].pos);
    return i;
}

struct var_info *info_in(struct gen *g, struct fun_info *fun, struct var *v) { (void)g; return find_info(fun, v); }

static void use_at(struct gen *g, struct fun_info *fun, struct var *v, uint32_t pos)
{
    struct var_info *i = capture(g, fun, v);
    if (!i) return gen_error(g, "a variable is used where it has no value", v->line);
    i->uses = grow(g, i->uses, i->nuses, &i->cap, sizeof *i->uses);
    if (i->nuses && i->uses[i->nuses - 1] > pos) i->unsorted = true;
    i->uses[i->nuses++] = pos;
}

static void bind_var(struct gen *g, struct var *v)
{
    struct var_info *known = find_info(g->fun, v);
    if (known) known->repeated = true;
    else make_info(g, g->fun, v);
}

static void add_site(struct gen *g, struct fun_info *f, uint32_t pos)
{
    f->sites = grow(g, f->sites, f->nsites, &f->cap_sites, sizeof *f->sites);
    f->sites[f->nsites++] = (struct site){g->fun, pos};
    for (uint32_t c = 0; c < f->ncaptures; c++) use_at(g, g->fun, f->captures[c]->var, pos);
}

// ---- folding: what is made of literals is a literal
static void become_lit(struct core *e, term t)
{
    e->kind = CORE_LIT;
    e->lit = t;
    e->nargs = e->npairs = e->nsegments = 0;
}

static void fold_tuple(struct gen *g, struct core *e)
{
    for (unsigned i = 0; i < e->nargs; i++)
        if (!is_lit(e->args[i])) return;
    term *p = heap_alloc(&g->arena->heap, e->nargs + 1);
    p[0] = make_header(TYPE_TUPLE, e->nargs);
    for (unsigned i = 0; i < e->nargs; i++) p[1 + i] = e->args[i]->lit;
    become_lit(e, make_boxed(p));
}

static void fold_map(struct gen *g, struct core *e)
{
    if (e->base) return;
    for (unsigned i = 0; i < e->npairs; i++)
        if (!is_lit(e->pairs[i].key) || !is_lit(e->pairs[i].value)) return;
    term *k = arena_array(g->arena, term, 2 * e->npairs + 1), *v = k + e->npairs;
    for (unsigned i = 0; i < e->npairs; i++) {
        k[i] = e->pairs[i].key->lit;
        v[i] = e->pairs[i].value->lit;
    }
    become_lit(e, map_from_pairs(g->vm, &g->arena->heap, e->npairs, k, v));
}

// Bytes of a segment made of literals: -1 if it is not whole bytes of integers or a whole binary.
static int64_t literal_segment_bytes(const struct core_segment *s)
{
    if (!is_lit(s->value)) return -1;
    term v = s->value->lit;
    if (s->type == BITS_BINARY) return !s->size && is_bitstring(v) && bits_of(v).size % 8 == 0 ? (int64_t)bits_of(v).size / 8 : -1;
    if (s->type != BITS_INTEGER || !is_small(v) || s->flags & (BITS_LITTLE | BITS_NATIVE)) return -1;
    int64_t size = 8, unit = s->unit ? s->unit : 1;
    if (s->size) {
        if (!is_lit(s->size) || !is_small(s->size->lit)) return -1;
        size = small_value(s->size->lit);
    }
    if (size < 0 || size > 64 || size * unit > 56 || size * unit % 8) return -1;
    return size * unit / 8;
}

static void fold_bits(struct gen *g, struct core *e)
{
    int64_t total = 0;
    for (unsigned i = 0; i < e->nsegments; i++) {
        int64_t n = literal_segment_bytes(&e->segments[i]);
        if (n < 0) return;
        total += n;
    }
    uint8_t *bytes = arena_alloc(g->arena, (size_t)total + 8), *p = bytes;
    for (unsigned i = 0; i < e->nsegments; i++) {
        const struct core_segment *s = &e->segments[i];
        int64_t n = literal_segment_bytes(s);
        if (s->type == BITS_BINARY) {
            struct bits b = bits_of(s->value->lit);
            bits_copy(p, 0, b.base, b.offset, b.size);
        } else {
            for (int64_t k = 0; k < n; k++) p[k] = (uint8_t)(small_value(s->value->lit) >> 8 * (n - 1 - k));
        }
        p += n;
    }
    become_lit(e, mk_binary(&g->arena->heap, bytes, (size_t)total));
}

// ---- visiting
static void inherit(struct core *e, const struct core *part) { e->flags |= part->flags & (CORE_HAS_CALL | CORE_BINDS); }
static void inherit_calls(struct core *e, const struct core *part) { e->flags |= part->flags & CORE_HAS_CALL; }

static void visit_args(struct gen *g, struct core *e, unsigned from)
{
    for (unsigned i = from; i < e->nargs; i++) {
        visit(g, &e->args[i]);
        inherit(e, e->args[i]);
    }
}

static bool all_simple(const struct core *e)
{
    for (unsigned i = 0; i < e->nargs; i++)
        if (!is_simple(e->args[i])) return false;
    return true;
}

static bool looks_like_item(struct gen *g, const struct core *e)
{
    if (e->kind != CORE_CONS && e->kind != CORE_TUPLE && e->kind != CORE_CALL) return false;
    if (e->nargs > 16 || !all_simple(e)) return false;
    return e->kind != CORE_CALL || intrinsic_kind(core_intrinsic(g, e)) == INTRINSIC_ARITH;
}

// Arguments of a call, in the order in which gen_call.c evaluates them.
static void visit_call_args(struct gen *g, struct core *e)
{
    for (unsigned i = 0; i < e->nargs; i++) {
        struct core *a = e->args[i];
        if (is_simple(a)) continue;
        if (looks_like_item(g, a)) a->flags |= CORE_ITEM;
        else {
            visit(g, &e->args[i]);
            inherit(e, e->args[i]);
        }
    }
    for (unsigned i = 0; i < e->nargs; i++)
        if (!(e->args[i]->flags & CORE_SEEN) || is_simple(e->args[i])) visit(g, &e->args[i]);
    e->flags |= CORE_HAS_CALL;
}

static void visit_list(struct gen *g, struct core *e)
{
    unsigned n = 1;
    for (struct core *c = e->args[1]; c->kind == CORE_CONS; c = c->args[1]) n++;
    struct core **cells = malloc(n * sizeof *cells);
    if (!cells) abort();
    struct core *c = e;
    for (unsigned i = 0; i < n; i++) {
        cells[i] = c;
        c->flags |= CORE_SEEN;
        visit(g, &c->args[0]);
        inherit(e, c->args[0]);
        c = c->args[1];
    }
    visit(g, &cells[n - 1]->args[1]);
    inherit(e, cells[n - 1]->args[1]);
    for (unsigned i = n; i-- > 0;) {
        c = cells[i];
        if (!is_lit(c->args[0]) || !is_lit(c->args[1])) break;
        become_lit(c, mk_cons(&g->arena->heap, c->args[0]->lit, c->args[1]->lit));
    }
    free(cells);
}

static void visit_pattern(struct gen *g, struct core *p)
{
    while (p->kind == CORE_CONS || p->kind == CORE_ALIAS) {
        visit_pattern(g, p->args[0]);
        p = p->args[1];
    }
    switch (p->kind) {
    case CORE_VAR: bind_var(g, p->var); break;
    case CORE_PIN:
        p->from = p->to = ++g->fun->pos;
        use_at(g, g->fun, p->var, p->to);
        break;
    case CORE_TUPLE:
        for (unsigned i = 0; i < p->nargs; i++) visit_pattern(g, p->args[i]);
        break;
    case CORE_MAP:
        for (unsigned i = 0; i < p->npairs; i++) {
            if (p->pairs[i].key->kind == CORE_PIN) visit_pattern(g, p->pairs[i].key);
            else visit(g, &p->pairs[i].key);
            visit_pattern(g, p->pairs[i].value);
        }
        break;
    case CORE_BITS:
        for (unsigned i = 0; i < p->nsegments; i++) {
            struct core_segment *s = &p->segments[i];
            if (s->size && s->size->kind == CORE_PIN) visit_pattern(g, s->size);
            else if (s->size) visit(g, &s->size);
            visit_pattern(g, s->value);
        }
        break;
    default: break;
    }
}

static void visit_guards(struct gen *g, struct core **guards, unsigned n)
{
    for (unsigned i = 0; i < n; i++) visit(g, &guards[i]);
}

static void visit_clauses(struct gen *g, struct core *e, struct core_clause *clauses, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        struct core_clause *c = &clauses[i];
        for (unsigned k = 0; k < c->npatterns; k++) visit_pattern(g, c->patterns[k]);
        visit_guards(g, c->guards, c->nguards);
        visit(g, &c->body);
        if (e) inherit_calls(e, c->body);
    }
}

static void visit_try(struct gen *g, struct core *e)
{
    visit(g, &e->args[0]);
    visit_clauses(g, e, e->clauses, e->nclauses);
    for (unsigned i = 0; i < e->ncatches; i++) {
        struct core_catch *c = &e->catches[i];
        visit_pattern(g, c->cls);
        visit_pattern(g, c->reason);
        if (c->stack) bind_var(g, c->stack);
        visit_guards(g, c->guards, c->nguards);
        visit(g, &c->body);
    }
    if (e->nargs > 1 && e->args[1]) visit(g, &e->args[1]);
    e->flags |= CORE_HAS_CALL;
}

static void visit_fun(struct gen *g, struct core_fun *core)
{
    struct fun_info *f = fun_info_new(g, core, g->fun);
    analyze_fun(g, f);
    f->number = f->root->nfuns++;
}

static void visit_map(struct gen *g, struct core *e)
{
    if (e->base) {
        visit(g, &e->base);
        inherit(e, e->base);
    }
    for (unsigned i = 0; i < e->npairs; i++) {
        visit(g, &e->pairs[i].key);
        visit(g, &e->pairs[i].value);
        inherit(e, e->pairs[i].key);
        inherit(e, e->pairs[i].value);
    }
    fold_map(g, e);
}

static void visit_bits(struct gen *g, struct core *e)
{
    for (unsigned i = 0; i < e->nsegments; i++) {
        visit(g, &e->segments[i].value);
        inherit(e, e->segments[i].value);
        if (!e->segments[i].size) continue;
        visit(g, &e->segments[i].size);
        inherit(e, e->segments[i].size);
    }
    fold_bits(g, e);
}

static void visit_by_kind(struct gen *g, struct core *e)
{
    switch ((enum core_kind)e->kind) {
    case CORE_LIT: case CORE_PIN: case CORE_WILD: case CORE_ALIAS: break;
    case CORE_VAR:
        e->from = ++g->fun->pos;
        use_at(g, g->fun, e->var, e->from);
        break;
    case CORE_CONS: visit_list(g, e); break;
    case CORE_TUPLE:
        visit_args(g, e, 0);
        fold_tuple(g, e);
        break;
    case CORE_MAP: visit_map(g, e); break;
    case CORE_BITS: visit_bits(g, e); break;
    case CORE_CALL:
        switch (intrinsic_kind(core_intrinsic(g, e))) {
        case INTRINSIC_NONE: visit_call_args(g, e); break;
        case INTRINSIC_NOT: e->flags |= CORE_HAS_CALL; visit_args(g, e, 0); break;
        default: visit_args(g, e, 0);
        }
        break;
    case CORE_CALL_DYN: case CORE_LOCAL: case CORE_APPLY: visit_call_args(g, e); break;
    case CORE_DOT:
        visit_args(g, e, 0);
        e->flags |= CORE_HAS_CALL;
        break;
    case CORE_LOCAL_FUN: break;
    case CORE_FN:
        visit_fun(g, e->fun);
        add_site(g, e->fun->gen, ++g->fun->pos);
        break;
    case CORE_LETFUN:
        visit_fun(g, e->fun);
        ((struct fun_info *)e->fun->gen)->letfun = true;
        visit(g, &e->body);
        inherit(e, e->body);
        break;
    case CORE_CALL_LETFUN:
        visit_call_args(g, e);
        if (e->fun->gen) add_site(g, e->fun->gen, ++g->fun->pos);
        else gen_error(g, "a local function is called where it is not visible", e->line);
        break;
    case CORE_SEQ: visit_args(g, e, 0); break;
    case CORE_MATCH:
        visit(g, &e->args[1]);
        inherit_calls(e, e->args[1]);
        visit_pattern(g, e->args[0]);
        e->flags |= CORE_BINDS;
        break;
    case CORE_BIND:
        visit(g, &e->args[0]);
        inherit_calls(e, e->args[0]);
        bind_var(g, e->var);
        e->flags |= CORE_BINDS;
        break;
    case CORE_CASE:
        visit(g, &e->args[0]);
        inherit(e, e->args[0]);
        visit_clauses(g, e, e->clauses, e->nclauses);
        break;
    case CORE_IF:
        visit(g, &e->args[0]);
        inherit(e, e->args[0]);
        visit(g, &e->args[1]);
        visit(g, &e->args[2]);
        inherit_calls(e, e->args[1]);
        inherit_calls(e, e->args[2]);
        break;
    case CORE_RECEIVE:
        if (e->nargs > 0 && e->args[0]) {
            visit(g, &e->args[0]);
            inherit(e, e->args[0]);
        }
        visit_clauses(g, e, e->clauses, e->nclauses);
        if (e->nargs > 1 && e->args[1]) visit(g, &e->args[1]);
        e->flags |= CORE_HAS_CALL;
        break;
    case CORE_TRY: visit_try(g, e); break;
    }
}

static void visit(struct gen *g, struct core **pe)
{
    struct core *e = *pe;
    if (e->flags & CORE_SEEN && is_simple(e)) {     // a leaf that stands in two places
        struct core *copy = arena_new(g->arena, struct core);
        *copy = *e;
        *pe = e = copy;
    }
    e->flags |= CORE_SEEN;
    if (is_lit(e)) {
        e->from = e->to = g->fun->pos;
        return;
    }
    if (stack_is_low(g->arena)) gen_error(g, "expressions are nested too deeply", e->line);
    else {
        uint32_t from = g->fun->pos;
        visit_by_kind(g, e);
        e->from = from;
        e->to = e->kind == CORE_VAR ? g->fun->pos : ++g->fun->pos;
    }
}

static int by_position(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

// Variables that go straight into an argument of a tail call had best lie there from the start.
static void hint_tail(struct fun_info *f, struct core *e)
{
    for (;;) {
        switch (e->kind) {
        case CORE_SEQ: e = e->args[e->nargs - 1]; continue;
        case CORE_LETFUN: e = e->body; continue;
        case CORE_IF:
            hint_tail(f, e->args[1]);
            e = e->args[2];
            continue;
        case CORE_CASE: case CORE_RECEIVE:
            for (unsigned i = 0; i < e->nclauses; i++) hint_tail(f, e->clauses[i].body);
            return;
        case CORE_CALL: case CORE_LOCAL: case CORE_CALL_LETFUN:
            for (unsigned i = 0; i < e->nargs && i < 255; i++) {
                struct var_info *v = e->args[i]->kind == CORE_VAR ? find_info(f, e->args[i]->var) : NULL;
                if (v) v->slot = (uint16_t)(i + 1);
            }
            return;
        default: return;
        }
    }
}

void analyze_fun(struct gen *g, struct fun_info *f)
{
    struct fun_info *outer = g->fun;
    g->fun = f;
    visit_clauses(g, NULL, f->core->clauses, f->core->nclauses);
    for (unsigned i = 0; i < f->core->nclauses && !g->error; i++) hint_tail(f, f->core->clauses[i].body);
    g->fun = outer;
}

// Captures found late have put points out of order.
void analyze_sort(struct fun_info *f)
{
    for (struct var_info *v = f->vars; v; v = v->of_fun)
        if (v->unsorted) qsort(v->uses, v->nuses, sizeof *v->uses, by_position);
}
