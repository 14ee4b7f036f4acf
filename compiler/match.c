// SPDX-License-Identifier: Apache-2.0
// Pattern matching to decision trees. See match.h for the idea.
//
// Invariants: until a clause is chosen nothing that was live is overwritten (what a match loads gets fresh registers), so a clause that fails
// leaves the arguments as they were. Where a test has several constructors, each constructor's rows are tried once.
#include "match.h"

#include <stdlib.h>
#include <string.h>

#include "../vm/atom.h"

// ---- state
void match_set(struct match *m, int64_t *field, int64_t value)
{
    trail_save(m->g, field);
    *field = value;
}

int match_take(struct match *m)
{
    int r = reg_take(m->g, 0);
    size_t cap = m->cap_held;
    m->held = asm_grow(m->held, &cap, (size_t)m->nheld + 1, sizeof *m->held);
    m->cap_held = (uint32_t)cap;
    m->held[m->nheld] = r;
    match_set(m, &m->nheld, m->nheld + 1);
    return r;
}

struct occ *match_child(struct match *m, struct occ *parent, enum occ_kind kind, unsigned index)
{
    for (struct occ *o = parent->children; o; o = o->next)
        if (o->kind == kind && o->index == index && kind != OCC_VALUE && kind != OCC_POS) return o;
    struct occ *o = arena_new(m->g->arena, struct occ);
    *o = (struct occ){.parent = parent, .next = parent->children, .kind = (uint8_t)kind, .index = index, .reg = -1, .pos_reg = -1,
                      .ctx = parent->ctx};
    parent->children = o;
    return o;
}

static void emit_load(struct gen *g, const struct occ *o, int to, int from)
{
    switch (o->kind) {
    case OCC_ELEM: asm_emit(&g->as, OP_GET, (unsigned)to, (unsigned)from, o->index); break;
    case OCC_HEAD: asm_emit(&g->as, OP_HEAD, (unsigned)to, (unsigned)from, 0); break;
    case OCC_TAIL: asm_emit(&g->as, OP_TAIL, (unsigned)to, (unsigned)from, 0); break;
    default: asm_emit(&g->as, OP_BS_REST, (unsigned)to, (unsigned)from, 0); break;
    }
}

// Register of what a place is taken out of.
static int source_reg(struct match *m, struct occ *o)
{
    return o->kind == OCC_REST ? (int)o->ctx->reg : match_load(m, o->parent);
}

int match_load(struct match *m, struct occ *o)
{
    if (o->reg >= 0 || !o->parent) return (int)o->reg;
    int from = source_reg(m, o), to = match_take(m);
    emit_load(m->g, o, to, from);
    match_set(m, &o->reg, to);
    return to;
}

// ---- items
static void save_positions(struct match *m, struct row *rows)
{
    for (struct row *r = rows; r; r = r->next)
        for (struct cell *c = r->cells; c; c = c->next) {
            if (c->kind != CELL_BITS || c->o->kind != OCC_POS || c->o->pos_reg >= 0) continue;
            int t = match_take(m);
            asm_emit(&m->g->as, OP_BS_POS, (unsigned)t, (unsigned)c->o->ctx->reg, 0);
            match_set(m, &c->o->pos_reg, t);
        }
}

struct item *match_push(struct match *m, struct row *rows, struct item *fail)
{
    struct gen *g = m->g;
    if (m->nctxs) save_positions(m, rows);
    struct item *i = arena_new(g->arena, struct item);
    *i = (struct item){.below = m->pending, .at = asm_label(&g->as), .mark = trail_mark(g), .rows = rows, .fail = fail, .nctxs = m->nctxs};
    if (m->nctxs) {
        i->cur = arena_array(g->arena, struct occ *, m->nctxs);
        i->dirty = arena_array(g->arena, bool, m->nctxs);
        for (unsigned k = 0; k < m->nctxs; k++) i->cur[k] = m->ctxs[k]->cur;
    }
    m->pending = i;
    return i;
}

// The label to jump to, noting from which positions of contexts one comes.
label match_fail(struct match *m, struct item *i)
{
    if (!i) return m->job->fail;
    for (unsigned k = 0; k < i->nctxs; k++)
        if (i->cur[k] != m->ctxs[k]->cur) i->dirty[k] = true;
    return i->at;
}

// A context that must go back does so when the item starts.
static void seek_back(struct match *m, const struct item *i)
{
    for (unsigned k = 0; k < i->nctxs; k++) {
        struct bits_ctx *c = m->ctxs[k];
        if (!i->dirty[k] || !c->cur || c->cur->pos_reg < 0) continue;
        asm_emit(&m->g->as, OP_BS_SEEK, (unsigned)c->reg, (unsigned)c->cur->pos_reg, 0);
    }
}

struct item *match_rest(struct match *m, struct row *rows, unsigned n, struct item *fail, struct row **first)
{
    struct row *head = NULL, **tail = &head, *r = rows;
    for (unsigned k = 0; k < n; k++, r = r->next) {
        struct row *copy = arena_new(m->g->arena, struct row);
        *copy = *r;
        copy->next = NULL;
        *tail = copy;
        tail = &copy->next;
    }
    *first = head;
    return r ? match_push(m, r, fail) : fail;
}

// ---- rows
struct cell *match_cell(const struct row *r, const struct occ *o)
{
    for (struct cell *c = r->cells; c; c = c->next)
        if (c->o == o) return c;
    return NULL;
}

static struct cell *add_cell(struct match *m, enum cell_kind kind, struct occ *o, struct cell ***tail)
{
    struct cell *c = arena_new(m->g->arena, struct cell);
    c->kind = (uint8_t)kind;
    c->o = o;
    **tail = c;
    *tail = &c->next;
    return c;
}

void match_add_lit(struct match *m, struct occ *o, term t, struct cell ***tail) { add_cell(m, CELL_LIT, o, tail)->lit = t; }

static void add_var(struct match *m, struct row *r, struct occ *o, struct core *p, struct cell ***tail)
{
    struct var_info *v = info_in(m->g, m->g->fun, p->var);
    if (!v) return gen_error(m->g, "a pattern binds a variable nobody knows", p->line);
    for (struct row_bind *b = r->binds; b; b = b->next)
        if (b->v == v) {
            if (b->o != o) add_cell(m, CELL_EQ, o, tail)->other = b->o;
            return;
        }
    struct row_bind *b = arena_new(m->g->arena, struct row_bind);
    *b = (struct row_bind){r->binds, v, o};
    r->binds = b;
}

void match_add_pattern(struct match *m, struct row *r, struct occ *o, struct core *p, struct cell ***tail)
{
    while (p->kind == CORE_ALIAS) {
        match_add_pattern(m, r, o, p->args[0], tail);
        p = p->args[1];
    }
    struct cell *c;
    switch (p->kind) {
    case CORE_WILD: return;
    case CORE_VAR: add_var(m, r, o, p, tail); return;
    case CORE_LIT: match_add_lit(m, o, p->lit, tail); return;
    case CORE_PIN: c = add_cell(m, CELL_PIN, o, tail); break;
    case CORE_CALL: c = add_cell(m, CELL_ATOM, o, tail); break;
    case CORE_CONS: c = add_cell(m, CELL_CONS, o, tail); break;
    case CORE_TUPLE: c = add_cell(m, CELL_TUPLE, o, tail); break;
    case CORE_MAP:
        c = add_cell(m, CELL_MAP, o, tail);
        c->npairs = p->npairs;
        c->pairs = arena_array(m->g->arena, unsigned, p->npairs + 1);
        for (unsigned i = 0; i < p->npairs; i++) c->pairs[i] = i;
        break;
    case CORE_BITS: c = add_cell(m, CELL_BITS, o, tail); break;
    default: gen_error(m->g, "this cannot stand in a pattern", p->line); return;
    }
    c->p = p;
}

// A copy of the row without cell c; its other cells are copied so that new ones can be put among them.
struct row *match_row_without(struct match *m, const struct row *r, const struct cell *drop)
{
    struct row *copy = arena_new(m->g->arena, struct row);
    *copy = *r;
    copy->next = NULL;
    struct cell **tail = &copy->cells;
    const struct cell *c;
    for (c = r->cells; c && c != drop; c = c->next) {
        *tail = arena_new(m->g->arena, struct cell);
        **tail = *c;
        tail = &(*tail)->next;
    }
    *tail = c ? c->next : NULL;
    return copy;
}

static struct row *first_rows(struct match *m)
{
    struct match_job *job = m->job;
    struct occ *roots = arena_array(m->g->arena, struct occ, job->n + 1);
    for (unsigned i = 0; i < job->n; i++) roots[i] = (struct occ){.kind = OCC_ROOT, .reg = job->roots[i], .pos_reg = -1};
    struct row *head = NULL, **rows = &head;
    for (unsigned i = 0; i < job->nclauses; i++) {
        struct row *r = arena_new(m->g->arena, struct row);
        r->clause = i;
        struct cell **tail = &r->cells;
        for (unsigned k = 0; k < job->n; k++) match_add_pattern(m, r, &roots[k], job->clauses[i].patterns[k], &tail);
        *rows = r;
        rows = &r->next;
    }
    return head;
}

// ---- guards
static bool guard_may_raise(struct gen *g, const struct core *e)
{
    switch (e->kind) {
    case CORE_LIT: case CORE_VAR: return false;
    case CORE_CALL:
        switch (intrinsic_kind(core_intrinsic(g, e))) {
        case INTRINSIC_COMPARE: case INTRINSIC_TEST: case INTRINSIC_FUN_N: case INTRINSIC_ANDALSO: case INTRINSIC_ORELSE:
        case INTRINSIC_SELF: case INTRINSIC_NOT: break;
        default: return true;
        }
        break;
    case CORE_CONS: case CORE_TUPLE: break;
    default: return true;
    }
    for (unsigned i = 0; i < e->nargs; i++)
        if (guard_may_raise(g, e->args[i])) return true;
    return false;
}

// Binds the variables used in (from, to].
static void match_bind_for(struct match *m, struct row *r, uint32_t from, uint32_t to)
{
    for (struct row_bind *b = r->binds; b; b = b->next)
        for (uint32_t i = 0; i < b->v->nuses; i++) {
            if (b->v->uses[i] <= from || b->v->uses[i] > to) continue;
            var_bind(m->g, b->v, match_load(m, b->o));
            break;
        }
}

int match_eval(struct match *m, struct row *r, struct core *e, struct item *fail)
{
    struct gen *g = m->g;
    struct core *v = e->kind == CORE_PIN ? e : NULL;
    if (v) return (int)var_here(g, v->var, e->line)->reg;
    match_bind_for(m, r, e->from, e->to);
    if (e->kind == CORE_VAR) return (int)var_here(g, e->var, e->line)->reg;
    label outer = g->guard_fail;
    g->guard_fail = match_fail(m, fail);
    if (guard_may_raise(g, e)) asm_region_begin(&g->as, REGION_GUARD, g->guard_fail, 0);
    int value = gen_any(g, e, -1);
    if (guard_may_raise(g, e)) asm_region_end(&g->as);
    g->guard_fail = outer;
    reg_release(g, value);
    int keep = match_take(m);       // the same register, as it was just free, or a copy
    if (keep != value) asm_emit(&g->as, OP_MOVE, (unsigned)keep, (unsigned)value, 0);
    return keep;
}

// Jumps to `fail` unless one of the guards holds; goes on otherwise.
static void gen_guards(struct match *m, struct row *r, const struct match_clause *c, label fail)
{
    struct gen *g = m->g;
    label outer = g->guard_fail, taken = asm_label(&g->as);
    match_bind_for(m, r, c->guards[0]->from, c->guards[c->nguards - 1]->to);
    for (unsigned i = 0; i < c->nguards; i++) {
        label next = i + 1 < c->nguards ? asm_label(&g->as) : fail;
        bool raises = guard_may_raise(g, c->guards[i]);
        g->guard_fail = next;
        if (raises) asm_region_begin(&g->as, REGION_GUARD, next, 0);
        gen_test(g, c->guards[i], true, taken, next);
        if (raises) asm_region_end(&g->as);
        if (i + 1 < c->nguards) asm_bind(&g->as, next);
    }
    g->guard_fail = outer;
    asm_bind(&g->as, taken);
}

// ---- a clause is chosen
// What is bound and still to be loaded, one parent after the other.
struct load { struct var_info *v; struct occ *o; int from, to; uint32_t last; bool done; };

static uint32_t last_use(const struct var_info *v) { return v->nuses ? v->uses[v->nuses - 1] : 0; }

static unsigned collect_loads(struct match *m, struct row *r, uint32_t pos, struct load *loads)
{
    struct gen *g = m->g;
    unsigned n = 0;
    for (struct row_bind *b = r->binds; b; b = b->next) {
        if (!var_live(g, b->v, pos)) continue;
        if (b->o->reg >= 0) {
            var_bind(g, b->v, (int)b->o->reg);
            continue;
        }
        loads[n] = (struct load){.v = b->v, .o = b->o, .from = source_reg(m, b->o), .last = last_use(b->v)};
        reg_hold(g, loads[n].from);
        n++;
    }
    return n;
}

// The register it will be needed in is free.
static bool has_place(struct gen *g, const struct load *l) { return l->v->slot && reg_free(g, l->v->slot - 1); }

static bool comes_first(struct gen *g, const struct load *a, const struct load *b)
{
    bool x = has_place(g, a), y = has_place(g, b);
    return x != y ? x : a->last > b->last;
}

// Registers for the loads out of one parent: after those that have a place of their own, what lives longest gets the lowest. Whoever overwrites the
// parent goes last.
static void load_family(struct gen *g, struct load *loads, unsigned n, unsigned first)
{
    int from = loads[first].from;
    for (unsigned i = first; i < n; i++)
        if (loads[i].from == from && !loads[i].done) reg_release(g, from);
    for (;;) {
        struct load *best = NULL;
        for (unsigned i = first; i < n; i++)
            if (loads[i].from == from && !loads[i].done && (!best || comes_first(g, &loads[i], best))) best = &loads[i];
        if (!best) break;
        best->done = true;
        struct load *same = NULL;
        for (unsigned i = first; i < n; i++)
            if (loads[i].done && &loads[i] != best && loads[i].o == best->o) same = &loads[i];
        best->to = same ? same->to : has_place(g, best) ? best->v->slot - 1 : reg_lowest(g, 0);
        var_bind(g, best->v, best->to);
    }
    for (int last = 0; last < 2; last++)
        for (unsigned i = first; i < n; i++) {
            bool repeated = false;
            for (unsigned k = first; k < i; k++) repeated |= loads[k].o == loads[i].o;
            if (loads[i].from == from && !repeated && (loads[i].to == from) == (last == 1)) emit_load(g, loads[i].o, loads[i].to, from);
        }
}

static void drop_holds(struct match *m)
{
    struct gen *g = m->g;
    for (int64_t i = 0; i < m->nheld; i++) reg_release(g, m->held[i]);
    match_set(m, &m->nheld, 0);
    if (m->job->release_roots)
        for (unsigned i = 0; i < m->job->n; i++) reg_release(g, m->job->roots[i]);
}

static void bind_row(struct match *m, struct row *r, uint32_t pos)
{
    struct gen *g = m->g;
    unsigned n = 0;
    for (struct row_bind *b = r->binds; b; b = b->next) n++;
    struct load *loads = arena_array(g->arena, struct load, n + 1);
    n = collect_loads(m, r, pos, loads);
    drop_holds(m);
    kill_dead(g, pos);
    for (unsigned i = 0; i < n; i++)
        if (!loads[i].done) load_family(g, loads, n, i);
}

static void run_body(struct match *m, const struct match_clause *c)
{
    struct gen *g = m->g;
    if (c->stack) {
        struct var_info *v = info_in(g, g->fun, c->stack);
        if (v && var_live(g, v, c->body->from)) {
            int r = reg_lowest(g, 0);
            asm_emit(&g->as, OP_MOVE, (unsigned)r, (unsigned)m->job->trace_reg, 0);
            var_bind(g, v, r);
        }
    }
    if (m->job->trace_reg) reg_release(g, m->job->trace_reg);
    if (m->job->timeout_reg) reg_release(g, m->job->timeout_reg - 1);
    if (m->job->accept) asm_emit(&g->as, OP_RECV_ACCEPT, 0, 0, 0);
    struct dest d = *m->job->dest;
    gen(g, c->body, &d);
    asm_jump(&g->as, OP_JUMP, 0, 0, m->job->end);
}

// Several places lead to one body: each puts the variables where the first has them.
static void move_together(struct gen *g, unsigned n, int *from, const int *to)
{
    for (unsigned left = n; left;) {
        bool progress = false;
        for (unsigned i = 0; i < n; i++) {
            bool blocked = from[i] < 0;
            for (unsigned k = 0; k < n && !blocked; k++) blocked = k != i && from[k] == to[i] && from[k] >= 0;
            if (blocked) continue;
            if (from[i] != to[i]) asm_emit(&g->as, OP_MOVE, (unsigned)to[i], (unsigned)from[i], 0);
            from[i] = -1;
            left--;
            progress = true;
        }
        if (progress) continue;
        for (unsigned i = 0; i < n; i++) {
            if (from[i] < 0) continue;
            int t = reg_lowest(g, g->top + 1);
            for (unsigned k = 0; k < n; k++)
                if (to[k] >= t) t = to[k] + 1;
            asm_emit(&g->as, OP_MOVE, (unsigned)t, (unsigned)from[i], 0);
            from[i] = t;
            break;
        }
    }
}

static void join_shared(struct match *m, struct row *r, struct match_body *b, uint32_t pos)
{
    struct gen *g = m->g;
    unsigned n = 0;
    if (!b->at) {
        for (struct row_bind *x = r->binds; x; x = x->next) n++;
        b->at = asm_label(&g->as);
        b->vars = arena_array(g->arena, struct var_info *, n + 1);
        b->regs = arena_array(g->arena, int, n + 1);
        for (struct row_bind *x = r->binds; x; x = x->next) {
            if (!var_live(g, x->v, pos)) continue;
            b->vars[b->n] = x->v;
            b->regs[b->n++] = (int)x->v->reg;
        }
    }
    int *from = arena_array(g->arena, int, b->n + 1);
    for (unsigned i = 0; i < b->n; i++) from[i] = (int)b->vars[i]->reg;
    move_together(g, b->n, from, b->regs);
    asm_jump(&g->as, OP_JUMP, 0, 0, b->at);
}

static void choose(struct match *m, struct row *r)
{
    struct gen *g = m->g;
    const struct match_clause *c = &m->job->clauses[r->clause];
    struct match_body *b = &m->bodies[r->clause];
    int hold = g->hold;
    g->hold = 0;
    if (!c->body) {
        bind_row(m, r, m->job->keep_pos);
    } else {
        struct zone z = {g->zone, c->body->to, m->job->zone_to};
        g->zone = &z;
        bind_row(m, r, c->body->from);
        if (b->shared) join_shared(m, r, b, c->body->from);
        else run_body(m, c);
        g->zone = z.up;
    }
    g->hold = hold;
}

// Bodies that several places lead to, written when all of them are known.
static void write_shared(struct match *m, size_t mark)
{
    struct gen *g = m->g;
    for (unsigned i = 0; i < m->job->nclauses; i++) {
        struct match_body *b = &m->bodies[i];
        const struct match_clause *c = &m->job->clauses[i];
        if (!b->at) continue;
        trail_undo(g, mark);
        int hold = g->hold;
        g->hold = 0;
        struct zone z = {g->zone, c->body->to, m->job->zone_to};
        g->zone = &z;
        asm_bind(&g->as, b->at);
        drop_holds(m);
        for (unsigned k = 0; k < b->n; k++) var_bind(g, b->vars[k], b->regs[k]);
        kill_dead(g, c->body->from);
        run_body(m, c);
        g->zone = z.up;
        g->hold = hold;
    }
}

// ---- equality with a variable; being an atom
static struct row *equality_step(struct match *m, struct row *rows, struct cell *c, struct item **fail)
{
    struct gen *g = m->g;
    struct row *group, *out = NULL, **tail = &out;
    unsigned n = 0;
    for (struct row *r = rows; r; r = r->next, n++) {
        struct cell *x = match_cell(r, c->o);
        if (!x || x->kind != c->kind) break;
        if (x->kind == CELL_PIN ? x->p->var != c->p->var : x->kind == CELL_EQ && n > 0) break;
    }
    *fail = match_rest(m, rows, n, *fail, &group);
    int a = match_load(m, c->o);
    if (c->kind == CELL_ATOM) asm_jump(&g->as, OP_IS_ATOM, (unsigned)a, 0, match_fail(m, *fail));
    else {
        int b = c->kind == CELL_PIN ? (int)var_here(g, c->p->var, c->p->line)->reg : match_load(m, c->other);
        asm_jump(&g->as, OP_EQ, (unsigned)a, (unsigned)b, match_fail(m, *fail));
    }
    for (struct row *r = group; r; r = r->next) {
        struct cell *x = match_cell(r, c->o);
        if (r == group) for (x = r->cells; x->o != c->o || x->kind != c->kind; x = x->next) {}
        *tail = match_row_without(m, r, x);
        tail = &(*tail)->next;
    }
    return out;
}

// ---- which cell of the first row to look at
static unsigned agreeing_rows(struct row *rows, const struct cell *c)
{
    unsigned n = 0;
    for (struct row *r = rows; r && n < 64; r = r->next, n++) {
        struct cell *x = match_cell(r, c->o);
        if (!x || (match_exclusive(x) != match_exclusive(c)) || (!match_exclusive(c) && x->kind != c->kind)) break;
    }
    return n;
}

static struct cell *choose_cell(struct row *rows)
{
    struct cell *best = NULL;
    unsigned most = 0, looked = 0;
    if (!rows->next) {
        for (struct cell *c = rows->cells; c; c = c->next)
            if (c->kind != CELL_EQ && match_cell(rows, c->o) == c) return c;
        return rows->cells;
    }
    for (struct cell *c = rows->cells; c && looked < 8; c = c->next, looked++) {
        if (c->kind == CELL_EQ || match_cell(rows, c->o) != c) continue;
        unsigned n = agreeing_rows(rows, c);
        if (n > most) {
            most = n;
            best = c;
        }
    }
    return best ? best : rows->cells;
}

// The first row matches: guards, then its body. What is left are the rows after it, if a guard can fail.
static void leaf(struct match *m, struct row *rows, struct item *fail)
{
    const struct match_clause *c = &m->job->clauses[rows->clause];
    if (c->nguards) {
        if (rows->next) {
            // What the guard needs is loaded first: the rows after it may use it as well.
            match_bind_for(m, rows, c->guards[0]->from, c->guards[c->nguards - 1]->to);
            fail = match_push(m, rows->next, fail);
        }
        gen_guards(m, rows, c, match_fail(m, fail));
    }
    choose(m, rows);
}

static void solve(struct match *m, struct row *rows, struct item *fail)
{
    while (rows && !m->g->error) {
        struct cell *c = rows->cells ? choose_cell(rows) : NULL;
        if (!c) {
            leaf(m, rows, fail);
            return;
        }
        switch (c->kind) {
        case CELL_PIN: case CELL_EQ: case CELL_ATOM: rows = equality_step(m, rows, c, &fail); break;
        case CELL_MAP: rows = match_map_step(m, rows, c, &fail); break;
        case CELL_BITS: rows = match_bits_step(m, rows, c, &fail); break;
        default:
            if (match_exclusive(c)) rows = match_split(m, rows, c->o, &fail);
            else rows = match_map_step(m, rows, c, &fail);     // a literal map
            if (!rows) return;
        }
    }
}

static void take_up(struct match *m, struct item *i)
{
    struct gen *g = m->g;
    trail_undo(g, i->mark);
    if (!asm_used(&g->as, i->at)) return;
    asm_bind(&g->as, i->at);
    seek_back(m, i);
    if (i->test) match_key_test(m, i->test, i->o, match_fail(m, i->otherwise));
    solve(m, i->rows, i->fail);
}

void gen_match(struct gen *g, struct match_job *job)
{
    // In the arena: the trail may come back to its fields after this function has returned.
    struct match *m = arena_new(g->arena, struct match);
    *m = (struct match){.g = g, .job = job, .budget = (int)(4 * job->nclauses + 24)};
    m->bodies = arena_array(g->arena, struct match_body, job->nclauses + 1);
    size_t mark = trail_mark(g);
    g->hold++;
    struct row *rows = first_rows(m);
    if (rows) solve(m, rows, NULL);
    else asm_jump(&g->as, OP_JUMP, 0, 0, job->fail);
    while (m->pending && !g->error) {
        struct item *i = m->pending;
        m->pending = i->below;
        take_up(m, i);
    }
    write_shared(m, mark);
    g->hold--;
    free(m->held);
    free(m->ctxs);
}
