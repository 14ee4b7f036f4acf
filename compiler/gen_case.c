// SPDX-License-Identifier: Apache-2.0
// `case` and `pattern = value`: the match compiler set to work on them. A tuple made only to be matched is never built.
#include "gen.h"

static unsigned fail_op(enum core_fail f)
{
    switch (f) {
    case FAIL_BADMATCH: return OP_BADMATCH;
    case FAIL_WITH_CLAUSE: return OP_WITH_CLAUSE;
    case FAIL_COND_CLAUSE: return OP_COND_CLAUSE;
    case FAIL_TRY_CLAUSE: return OP_TRY_CLAUSE;
    default: return OP_CASE_CLAUSE;
    }
}

static bool is_unused_var(struct gen *g, const struct core *p)
{
    struct var_info *v = p->kind == CORE_VAR ? info_in(g, g->fun, p->var) : NULL;
    return v && !v->nuses;
}

// {a, b} matched only against {_, _} and _: the elements are matched instead.
static bool elementwise(struct gen *g, const struct core *value, struct core **patterns, unsigned n)
{
    if (value->kind != CORE_TUPLE || value->nargs == 0 || value->nargs > 16 || value->flags & CORE_BINDS) return false;
    bool any = false;
    for (unsigned i = 0; i < n; i++) {
        const struct core *p = patterns[i];
        if ((p->kind == CORE_TUPLE && p->nargs == value->nargs) || (p->kind == CORE_LIT && is_tuple_of(p->lit, value->nargs))) any = true;
        else if (p->kind != CORE_WILD && !is_unused_var(g, p)) return false;
    }
    return any;
}

// The columns of a row: the tuple's parts, or as many wildcards.
static void columns(struct gen *g, struct match_clause *c, unsigned n)
{
    if (c->patterns[0]->kind == CORE_TUPLE) {
        c->patterns = c->patterns[0]->args;
        return;
    }
    const struct core *whole = c->patterns[0];
    c->patterns = arena_array(g->arena, struct core *, n);
    for (unsigned i = 0; i < n; i++) {
        struct core *part = arena_new(g->arena, struct core);
        part->kind = whole->kind == CORE_LIT ? CORE_LIT : CORE_WILD;
        if (whole->kind == CORE_LIT) part->lit = tuple_get(whole->lit, i);
        c->patterns[i] = part;
    }
}

// Fills in the job's roots: the value's register, or those of its elements.
static void gen_roots(struct gen *g, struct match_job *job, struct core *value, bool elements, int hint)
{
    job->n = elements ? value->nargs : 1;
    job->roots = arena_array(g->arena, int, job->n);
    if (!elements) {
        job->roots[0] = gen_any(g, value, hint);
        return;
    }
    for (unsigned i = 0; i < job->n; i++) job->roots[i] = gen_any(g, value->args[i], -1);
    for (unsigned i = 0; i < job->nclauses; i++) columns(g, &job->clauses[i], job->n);
}

static void release_roots(struct gen *g, const struct match_job *job)
{
    for (unsigned i = 0; i < job->n; i++) reg_release(g, job->roots[i]);
}

static void hold_roots(struct gen *g, const struct match_job *job)
{
    for (unsigned i = 0; i < job->n; i++) reg_hold(g, job->roots[i]);
}

// Where a match of elements fails the tuple is built after all, for the exception.
static void raise_tuple(struct gen *g, const struct match_job *job, unsigned op)
{
    int r = reg_lowest(g, 0);
    asm_emit(&g->as, OP_TUPLE, (unsigned)r, job->n, 0);
    for (unsigned i = 0; i < job->n; i++) asm_x_reg(&g->as, (unsigned)job->roots[i]);
    asm_emit(&g->as, op, (unsigned)r, 0, 0);
}

void gen_case(struct gen *g, struct core *e, struct dest *d)
{
    struct match_clause *clauses = arena_array(g->arena, struct match_clause, e->nclauses + 1);
    struct core **patterns = arena_array(g->arena, struct core *, e->nclauses + 1);
    for (unsigned i = 0; i < e->nclauses; i++) {
        struct core_clause *c = &e->clauses[i];
        clauses[i] = (struct match_clause){.patterns = c->patterns, .guards = c->guards, .nguards = c->nguards, .body = c->body};
        patterns[i] = c->patterns[0];
    }
    struct match_job job = {.nclauses = e->nclauses, .clauses = clauses, .dest = d, .zone_to = e->to, .release_roots = true};
    bool elements = elementwise(g, e->args[0], patterns, e->nclauses);
    gen_roots(g, &job, e->args[0], elements, -1);
    release_roots(g, &job);     // the result may lie where the value does: it is written when that has been read
    dest_settle(g, d, e->to);
    hold_roots(g, &job);
    int line = e->line ? e->line : g->as.line;
    unsigned op = fail_op((enum core_fail)e->fail);
    job.fail = elements ? asm_label(&g->as) : cold_raise(g, op, job.roots[0], line);
    job.end = asm_label(&g->as);
    size_t mark = trail_mark(g);
    gen_match(g, &job);
    trail_undo(g, mark);
    if (elements && asm_used(&g->as, job.fail)) {
        asm_bind(&g->as, job.fail);
        g->as.line = line;
        raise_tuple(g, &job, op);
    }
    asm_bind(&g->as, job.end);
    release_roots(g, &job);
    kill_dead(g, e->to);
}

void gen_match_expr(struct gen *g, struct core *e, struct dest *d)
{
    struct core *p = e->args[0], *value = e->args[1];
    if (p->kind == CORE_WILD) {
        gen(g, value, d);
        return;
    }
    if (p->kind == CORE_VAR) {
        gen_bind(g, e, p->var, value, d);
        return;
    }
    struct match_clause clause = {.patterns = &p};
    bool wanted = d->kind != D_EFFECT, elements = !wanted && elementwise(g, value, &p, 1);
    struct match_job job = {.nclauses = 1, .clauses = &clause, .dest = d, .keep_pos = e->to, .release_roots = !wanted};
    gen_roots(g, &job, value, elements, -1);
    int line = e->line ? e->line : g->as.line;
    g->as.line = line;
    job.fail = elements ? asm_label(&g->as) : cold_raise(g, OP_BADMATCH, job.roots[0], line);
    gen_match(g, &job);
    if (elements && asm_used(&g->as, job.fail)) {
        label over = asm_label(&g->as);
        asm_jump(&g->as, OP_JUMP, 0, 0, over);
        asm_bind(&g->as, job.fail);
        raise_tuple(g, &job, OP_BADMATCH);
        asm_bind(&g->as, over);
    }
    if (!wanted) return;
    release_roots(g, &job);
    deliver(g, d, job.roots[0]);
}
