// SPDX-License-Identifier: Apache-2.0
// Registers while code is generated: who lies where, what is free, which variable is used again on this path, and the trail that takes
// the state back when another branch is generated.
//
// Invariant: every change of state that a branch can make goes through trail_save().
#include <stdlib.h>
#include <string.h>

#include "gen.h"

// ---- trail
size_t trail_mark(struct gen *g) { return g->ntrail; }

void trail_save(struct gen *g, void *word)
{
    g->trail = asm_grow(g->trail, &g->cap_trail, g->ntrail + 1, sizeof *g->trail);
    void *old;
    memcpy(&old, word, sizeof old);
    g->trail[g->ntrail++] = (struct trail_entry){word, old};
}

void trail_undo(struct gen *g, size_t mark)
{
    while (g->ntrail > mark) {
        struct trail_entry *e = &g->trail[--g->ntrail];
        memcpy(e->at, &e->old, sizeof e->old);
        uintptr_t off = (uintptr_t)e->at - (uintptr_t)g->regs;
        if (off >= REGS_BYTES) continue;
        int r = (int)(off / sizeof *g->regs);
        if (!reg_free(g, r)) {
            if (r > g->top) g->top = r;
        } else if (r < g->low) {
            g->low = r;
        }
    }
}

void regs_reset(struct gen *g)
{
    memset(g->regs, 0, (size_t)(g->top + 1) * sizeof *g->regs);
    g->top = -1;
    g->low = 0;
    g->ntrail = 0;
    g->zone = NULL;
}

// ---- taking and giving back
static int too_many(struct gen *g)
{
    gen_error(g, "a function needs more than 65000 registers", 0);
    return MAX_REGS;
}

int reg_lowest(struct gen *g, int from)
{
    if (from <= g->low) {
        while (g->low <= g->top && !reg_free(g, g->low)) g->low++;
        from = g->low;
    } else {
        while (from <= g->top && !reg_free(g, from)) from++;
    }
    return from < MAX_REGS ? from : too_many(g);
}

static void note_used(struct gen *g, int r)
{
    if (r > g->top) g->top = r;
}

static void note_free(struct gen *g, int r)
{
    if (r < g->low && reg_free(g, r)) g->low = r;
}

void reg_hold(struct gen *g, int r)
{
    if (r > MAX_REGS) r = too_many(g);
    trail_save(g, &g->regs[r].holds);
    g->regs[r].holds++;
    note_used(g, r);
}

void reg_release(struct gen *g, int r)
{
    if (r > MAX_REGS) r = MAX_REGS;
    if (!g->regs[r].holds) return;
    trail_save(g, &g->regs[r].holds);
    g->regs[r].holds--;
    note_free(g, r);
}

int reg_take(struct gen *g, int from)
{
    int r = reg_lowest(g, from);
    reg_hold(g, r);
    return r;
}

// ---- variables
void var_bind(struct gen *g, struct var_info *v, int r)
{
    if (r > MAX_REGS) r = too_many(g);
    if (v->reg >= 0) var_unbind(g, v);
    trail_save(g, &v->reg);
    trail_save(g, &v->in_reg);
    trail_save(g, &g->regs[r].vars);
    v->reg = r;
    v->in_reg = g->regs[r].vars;
    g->regs[r].vars = v;
    note_used(g, r);
}

void var_unbind(struct gen *g, struct var_info *v)
{
    int r = v->reg;
    if (r < 0) return;
    struct var_info **p = &g->regs[r].vars;
    while (*p && *p != v) p = &(*p)->in_reg;
    if (*p) {
        trail_save(g, p);
        *p = v->in_reg;
    }
    trail_save(g, &v->reg);
    v->reg = -1;
    note_free(g, r);
}

// First use after `pos`, or nuses.
static uint32_t next_use(const struct var_info *v, uint32_t pos)
{
    uint32_t lo = 0, hi = v->nuses;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (v->uses[mid] > pos) hi = mid;
        else lo = mid + 1;
    }
    return lo;
}

bool var_live(struct gen *g, struct var_info *v, uint32_t pos)
{
    const struct zone *z = g->zone;
    uint32_t i = next_use(v, pos);
    while (i < v->nuses) {
        uint32_t u = v->uses[i];
        while (z && u > z->to) z = z->up;
        if (!z || u <= z->from) return true;
        i = next_use(v, z->to);
    }
    return false;
}

void var_consumed(struct gen *g, struct var_info *v, uint32_t pos)
{
    if (!g->hold && v->reg >= 0 && !var_live(g, v, pos)) var_unbind(g, v);
}

void kill_dead(struct gen *g, uint32_t pos)
{
    if (g->hold) return;
    for (int r = 0; r <= g->top; r++)
        for (struct var_info *v = g->regs[r].vars, *next; v; v = next) {
            next = v->in_reg;
            if (!var_live(g, v, pos)) var_unbind(g, v);
        }
}

static bool needed(struct gen *g, int r, uint32_t pos)
{
    if (g->regs[r].holds) return true;
    for (struct var_info *v = g->regs[r].vars; v; v = v->in_reg)
        if (g->hold || var_live(g, v, pos)) return true;
    return false;
}

bool reg_writable(struct gen *g, int r, uint32_t pos) { return !needed(g, r, pos); }

int reg_base(struct gen *g, uint32_t pos)
{
    while (g->top >= 0 && reg_free(g, g->top)) g->top--;
    int r = g->top;
    while (r >= 0 && !needed(g, r, pos)) r--;
    return r + 1;
}
