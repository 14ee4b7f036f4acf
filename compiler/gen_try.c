// SPDX-License-Identifier: Apache-2.0
// try and receive.
//
// The body of a try is a region; its result and the three words of an exception (class, reason, raw trace) share the registers from T on, where T is
// above everything alive. `after` is a region around all the rest whose normal end looks like an exception with class [], so that its code stands
// once.
#include <stdlib.h>

#include "../vm/atom.h"
#include "gen.h"

static struct match_clause *clauses_of(struct gen *g, const struct core_clause *c, unsigned n)
{
    struct match_clause *out = arena_array(g->arena, struct match_clause, n + 1);
    for (unsigned i = 0; i < n; i++)
        out[i] = (struct match_clause){.patterns = c[i].patterns, .guards = c[i].guards, .nguards = c[i].nguards, .body = c[i].body};
    return out;
}

static struct match_clause *catches_of(struct gen *g, const struct core *e)
{
    struct match_clause *out = arena_array(g->arena, struct match_clause, e->ncatches + 1);
    for (unsigned i = 0; i < e->ncatches; i++) {
        const struct core_catch *c = &e->catches[i];
        struct core **patterns = arena_array(g->arena, struct core *, 2);
        patterns[0] = c->cls;
        patterns[1] = c->reason;
        out[i] = (struct match_clause){.patterns = patterns, .guards = c->guards, .nguards = c->nguards, .body = c->body, .stack = c->stack};
    }
    return out;
}

// Code between these is protected; cold code it needs stands inside.
static void protect(struct gen *g, label handler, int t, struct cold **outer)
{
    *outer = g->cold;
    g->cold = NULL;
    asm_region_begin(&g->as, REGION_TRY, handler, (unsigned)t);
}

static void unprotect(struct gen *g, struct cold *outer)
{
    flush_cold(g);
    asm_region_end(&g->as);
    g->cold = outer;
}

static void gen_handler(struct gen *g, struct core *e, int t, uint32_t pos, struct dest *d, label end)
{
    for (int i = 0; i < 3; i++) reg_hold(g, t + i);
    kill_dead(g, pos);
    int roots[2] = {t, t + 1};
    struct match_job job = {.n = 2, .nclauses = e->ncatches, .roots = roots, .clauses = catches_of(g, e), .dest = d, .zone_to = e->to, .end = end,
        .release_roots = true, .trace_reg = t + 2};
    job.fail = cold_raise(g, OP_RAISE, t, e->line ? e->line : g->as.line);
    gen_match(g, &job);
}

static void gen_else(struct gen *g, struct core *e, int t, struct dest *d, label end)
{
    reg_hold(g, t);
    int roots[1] = {t};
    struct match_job job = {.n = 1, .nclauses = e->nclauses, .roots = roots, .clauses = clauses_of(g, e->clauses, e->nclauses), .dest = d,
        .zone_to = e->to, .end = end, .release_roots = true};
    job.fail = cold_raise(g, OP_TRY_CLAUSE, t, e->line ? e->line : g->as.line);
    gen_match(g, &job);
}

static void gen_try_catch(struct gen *g, struct core *e, struct dest *d)
{
    dest_settle(g, d, e->to);
    struct core *body = e->args[0];
    uint32_t else_end = e->nclauses ? e->clauses[e->nclauses - 1].body->to : body->to;
    int t = reg_base(g, body->from);
    label handler = asm_label(&g->as), end = asm_label(&g->as);
    struct cold *outer;
    size_t mark = trail_mark(g);
    protect(g, handler, t, &outer);
    gen_to(g, body, t);
    unprotect(g, outer);
    trail_undo(g, mark);
    if (e->nclauses) {
        kill_dead(g, body->to);
        gen_else(g, e, t, d, end);
    } else {
        struct dest own = *d;
        deliver(g, &own, t);
        asm_jump(&g->as, OP_JUMP, 0, 0, end);
    }
    trail_undo(g, mark);
    asm_bind(&g->as, handler);
    gen_handler(g, e, t, else_end, d, end);
    trail_undo(g, mark);
    asm_bind(&g->as, end);
    kill_dead(g, e->to);
}

static void gen_try_after(struct gen *g, struct core *e, struct dest *d)
{
    dest_settle(g, d, e->to);
    struct core *after = e->args[1];
    int t = reg_base(g, e->from);
    label handler = asm_label(&g->as), raise;
    struct cold *outer;
    size_t mark = trail_mark(g);
    protect(g, handler, t, &outer);
    if (e->ncatches || e->nclauses) {
        struct core inner = *e;
        inner.nargs = 1;
        inner.to = after->from;
        struct dest value = {.kind = D_REG, .reg = t + 1};
        gen_try_catch(g, &inner, &value);
    } else {
        gen_to(g, e->args[0], t + 1);
    }
    unprotect(g, outer);
    trail_undo(g, mark);
    load_lit(g, t, TERM_NIL);
    load_lit(g, t + 2, make_small(0));
    asm_bind(&g->as, handler);
    for (int i = 0; i < 3; i++) reg_hold(g, t + i);
    kill_dead(g, after->from);
    gen_effect(g, after);
    raise = cold_raise(g, OP_RAISE, t, e->line ? e->line : g->as.line);
    asm_jump(&g->as, OP_EQK, (unsigned)t, 0, raise);
    asm_x_lit(&g->as, TERM_NIL);
    for (int i = 0; i < 3; i++) reg_release(g, t + i);
    deliver(g, d, t + 1);
}

void gen_try(struct gen *g, struct core *e, struct dest *d)
{
    if (e->nargs > 1 && e->args[1]) gen_try_after(g, e, d);
    else gen_try_catch(g, e, d);
}

// ---- receive
static bool has_parts(const struct core *p) { return p->kind == CORE_TUPLE || p->kind == CORE_ALIAS || p->kind == CORE_CONS; }

static bool requires_pin(const struct core *p, const struct var *v)
{
    if (p->kind == CORE_PIN) return p->var == v;
    if (!has_parts(p)) return false;
    for (unsigned i = 0; i < p->nargs; i++)
        if (requires_pin(p->args[i], v)) return true;
    return false;
}

// A pinned variable without which no clause matches: its value may be a fresh reference.
static struct var *common_pin(const struct core *e, const struct core *p)
{
    if (p->kind == CORE_PIN) {
        for (unsigned i = 0; i < e->nclauses; i++)
            if (!requires_pin(e->clauses[i].patterns[0], p->var)) return NULL;
        return p->var;
    }
    if (!has_parts(p)) return NULL;
    for (unsigned i = 0; i < p->nargs; i++) {
        struct var *v = common_pin(e, p->args[i]);
        if (v) return v;
    }
    return NULL;
}

static void gen_wait(struct gen *g, struct core *e, int timeout, label peek, struct dest *d)
{
    g->as.line = e->line ? e->line : g->as.line;
    if (timeout < 0) {
        asm_jump(&g->as, OP_RECV_WAIT, 0, 0, peek);
        return;
    }
    asm_jump(&g->as, OP_RECV_WAIT_T, (unsigned)timeout, 0, peek);
    reg_release(g, timeout);
    struct core *after = e->nargs > 1 ? e->args[1] : NULL;
    if (after) gen_branch(g, after, d, e->to);
    else deliver_lit(g, d, AM_nil);
}

void gen_receive(struct gen *g, struct core *e, struct dest *d)
{
    struct core *limit = e->nargs ? e->args[0] : NULL;
    bool timed = limit && !(is_lit(limit) && limit->lit == AM_infinity);
    int timeout = timed ? gen_any(g, limit, -1) : -1;
    dest_settle(g, d, e->to);
    struct var *pin = e->nclauses ? common_pin(e, e->clauses[0].patterns[0]) : NULL;
    label peek = asm_label(&g->as), wait = asm_label(&g->as), end = asm_label(&g->as), next = asm_label(&g->as);
    asm_emit(&g->as, OP_RECV_START, pin ? (unsigned)var_here(g, pin, e->line)->reg : NO_REGISTER, 0, 0);
    asm_bind_loop(&g->as, peek);
    size_t mark = trail_mark(g);
    int message = reg_take(g, 0);
    asm_jump(&g->as, OP_RECV_PEEK, (unsigned)message, 0, wait);
    struct match_clause *clauses = clauses_of(g, e->clauses, e->nclauses);
    struct match_job job = {.n = 1, .nclauses = e->nclauses, .roots = &message, .clauses = clauses, .dest = d, .zone_to = e->to, .end = end,
        .fail = next, .accept = true, .release_roots = true, .timeout_reg = timeout + 1};
    gen_match(g, &job);
    trail_undo(g, mark);
    asm_bind(&g->as, next);
    asm_jump(&g->as, OP_RECV_NEXT, 0, 0, peek);
    asm_bind(&g->as, wait);
    gen_wait(g, e, timeout, peek, d);
    trail_undo(g, mark);
    asm_bind(&g->as, end);
    if (timeout >= 0) reg_release(g, timeout);
    kill_dead(g, e->to);
}
