// SPDX-License-Identifier: Apache-2.0
// Conditions: comparisons and type tests as fused compare-and-branch, and/or/not as jumps, `if` and the cases that are really ifs.
//
// A test jumps to t or f and never falls through; jumps to the next instruction vanish in asm.c. No boolean is made unless somebody wants its value.
#include "../vm/atom.h"
#include "gen.h"

static void jump(struct gen *g, label l) { asm_jump(&g->as, OP_JUMP, 0, 0, l); }

static void test_lit(struct gen *g, unsigned op, int r, term k, label t, label f)
{
    asm_jump(&g->as, op, (unsigned)r, 0, f);
    asm_x_lit(&g->as, k);
    jump(g, t);
}

void test_reg(struct gen *g, int r, const struct dest *d)
{
    if (!d->strict) {
        asm_jump(&g->as, OP_TRUTHY, (unsigned)r, 0, d->f);
        jump(g, d->t);
        return;
    }
    label no = d->other ? asm_label(&g->as) : d->f;
    test_lit(g, OP_EQK, r, AM_true, d->t, no);
    if (!d->other) return;
    label neither = asm_label(&g->as);
    asm_bind(&g->as, no);
    test_lit(g, OP_EQK, r, AM_false, d->f, neither);
    asm_bind(&g->as, neither);
    if (d->reg != r) asm_emit(&g->as, OP_MOVE, (unsigned)d->reg, (unsigned)r, 0);
    jump(g, d->other);
}

void gen_test(struct gen *g, struct core *e, bool strict, label t, label f)
{
    struct dest d = {.kind = D_TEST, .strict = strict, .reg = -1, .t = t, .f = f};
    gen(g, e, &d);
}

// ---- comparisons
static int swapped_op(int op)
{
    switch (op) {
    case OP_LTI: return OP_GTI;
    case OP_LEI: return OP_GEI;
    case OP_GTI: return OP_LTI;
    case OP_GEI: return OP_LEI;
    default: return op;
    }
}

// Opcode that compares with a 16-bit constant; -1: none.
static int immediate_compare(enum intrinsic i)
{
    switch (i) {
    case I_eq: return OP_EQI;
    case I_ne: return OP_NEI;
    case I_lt: return OP_LTI;
    case I_le: return OP_LEI;
    case I_gt: return OP_GTI;
    case I_ge: return OP_GEI;
    default: return -1;
    }
}

static bool is_number_term(term t) { return is_number(t); }

// x === literal (also == when the literal is no number and holds none).
static bool compare_literal(struct gen *g, struct core *e, enum intrinsic i, unsigned which, label t, label f)
{
    if (!is_lit(e->args[1 - which])) return false;
    term k = e->args[1 - which]->lit;
    bool exact = i == I_eqx || i == I_nex;
    bool plain = (is_immediate(k) && !is_number_term(k)) || is_bitstring(k);
    if ((i != I_eq && i != I_ne && !exact) || (!exact && !plain)) return false;
    int r = gen_any(g, e->args[which], -1);
    reg_release(g, r);
    bool negative = i == I_nex || i == I_ne;
    if (is_immediate(k)) test_lit(g, negative ? OP_NEK : OP_EQK, r, k, t, f);
    else test_lit(g, OP_EQL, r, k, negative ? f : t, negative ? t : f);
    return true;
}

static bool compare_small(struct gen *g, struct core *e, enum intrinsic i, unsigned which, label t, label f)
{
    int imm, op = immediate_compare(i);
    if (op < 0 || !is_small16(e->args[1 - which], &imm)) return false;
    int r = gen_any(g, e->args[which], -1);
    reg_release(g, r);
    asm_jump(&g->as, (unsigned)(which ? swapped_op(op) : op), (unsigned)r, (unsigned)imm & 0xffff, f);
    jump(g, t);
    return true;
}

static bool compare_float(struct gen *g, struct core *e, enum intrinsic i, unsigned which, label t, label f)
{
    struct core *k = e->args[1 - which];
    int op = immediate_compare(i);
    if (op < OP_LTI || !is_lit(k) || !is_float_imm(k->lit)) return false;
    int r = gen_any(g, e->args[which], -1);
    reg_release(g, r);
    test_lit(g, OP_LTK + (unsigned)((which ? swapped_op(op) : op) - OP_LTI), r, k->lit, t, f);
    return true;
}

static void compare_regs(struct gen *g, struct core *e, enum intrinsic i, label t, label f)
{
    int a = gen_any(g, e->args[0], -1), b = gen_any(g, e->args[1], -1);
    reg_release(g, a);
    reg_release(g, b);
    unsigned op = intrinsic_op(i);
    if (i == I_gt || i == I_ge) {
        int x = a;
        a = b;
        b = x;
        op = i == I_gt ? OP_LT : OP_LE;
    }
    asm_jump(&g->as, op, (unsigned)a, (unsigned)b, f);
    jump(g, t);
}

static void test_compare(struct gen *g, struct core *e, enum intrinsic i, label t, label f)
{
    for (unsigned which = 0; which < 2; which++) {
        if (is_lit(e->args[which])) continue;
        if (compare_literal(g, e, i, which, t, f) || compare_small(g, e, i, which, t, f) || compare_float(g, e, i, which, t, f)) return;
    }
    compare_regs(g, e, i, t, f);
}

static void test_type(struct gen *g, struct core *e, enum intrinsic i, label t, label f)
{
    int r = gen_any(g, e->args[0], -1);
    reg_release(g, r);
    unsigned n = i == I_is_fun_n ? (unsigned)small_value(e->args[1]->lit) : 0;
    asm_jump(&g->as, intrinsic_op(i), (unsigned)r, n, f);
    jump(g, t);
}

// ---- not, andalso, orelse
// Operand of a connective: jumps to t if true, to f if false; else the guard fails, or badarg is raised.
static void test_boolean_operand(struct gen *g, struct core *e, label t, label f)
{
    if (core_is_boolean(g, e)) {
        gen_test(g, e, true, t, f);
        return;
    }
    int r = gen_any(g, e, -1);
    reg_release(g, r);
    label no = asm_label(&g->as), neither = asm_label(&g->as);
    test_lit(g, OP_EQK, r, AM_true, t, no);
    asm_bind(&g->as, no);
    test_lit(g, OP_EQK, r, AM_false, f, neither);
    asm_bind(&g->as, neither);
    if (g->guard_fail) {
        jump(g, g->guard_fail);
        return;
    }
    reg_hold(g, r);
    unsigned base = (unsigned)reg_base(g, e->to);
    reg_release(g, r);
    asm_emit(&g->as, OP_MOVE, base + 1, (unsigned)r, 0);
    asm_emit(&g->as, OP_CALLX, base, 1, 0)->n = 1;
    asm_x_export(&g->as, AM_erlang, atom_from_c(g->vm, "not"), 1);
    jump(g, f);
}

static void test_connective(struct gen *g, struct core *e, enum intrinsic i, struct dest d)
{
    label right = asm_label(&g->as);
    if (i == I_andalso) test_boolean_operand(g, e->args[0], right, d.f);
    else test_boolean_operand(g, e->args[0], d.t, right);
    asm_bind(&g->as, right);
    gen(g, e->args[1], &d);
}

static void connective_value(struct gen *g, struct core *e, enum intrinsic i, struct dest *d)
{
    label decided = asm_label(&g->as), right = asm_label(&g->as), end = asm_label(&g->as);
    if (i == I_andalso) test_boolean_operand(g, e->args[0], right, decided);
    else test_boolean_operand(g, e->args[0], decided, right);
    dest_settle(g, d, e->to);
    asm_bind(&g->as, right);
    gen(g, e->args[1], d);
    jump(g, end);
    asm_bind(&g->as, decided);
    deliver_lit(g, d, i == I_andalso ? AM_false : AM_true);
    asm_bind(&g->as, end);
}

static void test_op(struct gen *g, struct core *e, enum intrinsic i, const struct dest *d)
{
    switch (intrinsic_kind(i)) {
    case INTRINSIC_COMPARE: test_compare(g, e, i, d->t, d->f); break;
    case INTRINSIC_TEST: case INTRINSIC_FUN_N: test_type(g, e, i, d->t, d->f); break;
    case INTRINSIC_NOT: test_boolean_operand(g, e->args[0], d->f, d->t); break;
    default: test_connective(g, e, i, *d); break;
    }
}

void gen_boolean(struct gen *g, struct core *e, struct dest *d)
{
    enum intrinsic i = core_intrinsic(g, e);
    if (d->kind == D_TEST) {
        test_op(g, e, i, d);
        return;
    }
    if (i == I_andalso || i == I_orelse) {
        connective_value(g, e, i, d);
        return;
    }
    label t = asm_label(&g->as), f = asm_label(&g->as), end = asm_label(&g->as);
    test_op(g, e, i, &(struct dest){.kind = D_TEST, .strict = true, .reg = -1, .t = t, .f = f});
    dest_settle(g, d, e->to);
    asm_bind(&g->as, t);
    deliver_lit(g, d, AM_true);
    jump(g, end);
    asm_bind(&g->as, f);
    deliver_lit(g, d, AM_false);
    asm_bind(&g->as, end);
}

// ---- if
void gen_branch(struct gen *g, struct core *body, struct dest *d, uint32_t end)
{
    struct zone z = {g->zone, body->to, end};
    g->zone = &z;
    kill_dead(g, body->from);
    struct dest own = *d;
    gen(g, body, &own);
    g->zone = z.up;
}

static void two_branches(struct gen *g, struct core *e, struct core *yes, label t, struct core *no, label f, struct dest *d)
{
    label end = asm_label(&g->as);
    dest_settle(g, d, e->to);
    size_t mark = trail_mark(g);
    asm_bind(&g->as, t);
    gen_branch(g, yes, d, e->to);
    jump(g, end);
    trail_undo(g, mark);
    asm_bind(&g->as, f);
    gen_branch(g, no, d, e->to);
    trail_undo(g, mark);
    asm_bind(&g->as, end);
    kill_dead(g, e->to);
}

static void if_else(struct gen *g, struct core *e, struct core *cond, bool strict, struct core *yes, struct core *no, struct dest *d)
{
    label t = asm_label(&g->as), f = asm_label(&g->as);
    gen_test(g, cond, strict, t, f);
    two_branches(g, e, yes, t, no, f, d);
}

void gen_if(struct gen *g, struct core *e, struct dest *d)
{
    if_else(g, e, e->args[0], e->strict, e->args[1], e->args[2], d);
}

// ---- cases that are ifs
static struct var_info *bound_by(struct gen *g, const struct core *pattern)
{
    return pattern->kind == CORE_VAR ? info_in(g, g->fun, pattern->var) : NULL;
}

static bool used_in(const struct var_info *v, const struct core *body)
{
    for (uint32_t i = 0; v && i < v->nuses; i++)
        if (v->uses[i] > body->from && v->uses[i] <= body->to) return true;
    return false;
}

static struct core *boolean_at(struct gen *g, const struct core *place, term value)
{
    struct core *k = arena_new(g->arena, struct core);
    *k = (struct core){.kind = CORE_LIT, .lit = value, .from = place->from, .to = place->to};
    return k;
}

// a && b, a || b: where a's value is not wanted beyond its truth, nobody makes it. false: it is.
bool gen_connected(struct gen *g, struct core *e, struct dest *d)
{
    if (!core_is_connected(e)) return false;
    struct core *value = e->args[0]->args[0], *yes = e->args[1]->args[1], *no = e->args[1]->args[2];
    struct var *x = e->args[0]->var;
    struct var_info *v = info_in(g, g->fun, x);
    if (!v || v->nuses != 2) return false;      // tested, and one branch
    bool boolean = core_is_boolean(g, value), test = d->kind == D_TEST && !d->other;
    if (core_is_var(no, x) && (test || boolean)) if_else(g, e, value, false, yes, boolean_at(g, no, AM_false), d);
    else if (core_is_var(yes, x) && ((test && !d->strict) || boolean)) if_else(g, e, value, false, boolean_at(g, yes, AM_true), no, d);
    else return false;
    return true;
}

static bool is_wild(struct gen *g, const struct core_clause *c)
{
    if (c->nguards) return false;
    if (c->patterns[0]->kind == CORE_WILD) return true;
    return c->patterns[0]->kind == CORE_VAR && !used_in(bound_by(g, c->patterns[0]), c->body);
}

static bool is_catch_all(const struct core_clause *c)
{
    return !c->nguards && (c->patterns[0]->kind == CORE_WILD || c->patterns[0]->kind == CORE_VAR);
}

static bool is_bool_pattern(const struct core_clause *c, term k)
{
    return !c->nguards && is_lit(c->patterns[0]) && c->patterns[0]->lit == k;
}

// Does e make its value by branches, some of which know it?
static bool branches(struct gen *g, const struct core *e)
{
    if (e->flags & CORE_BINDS) return false;
    switch (e->kind) {
    case CORE_CASE: case CORE_IF: return true;
    case CORE_SEQ: return branches(g, e->args[e->nargs - 1]);
    case CORE_CALL: return core_intrinsic(g, e) == I_andalso || core_intrinsic(g, e) == I_orelse;
    default: return false;
    }
}

// case subject do true -> yes; false -> no; x -> rest end, where the subject branches: what is known there goes straight to yes or no.
static void boolean_case(struct gen *g, struct core *e, struct core *yes, struct core *no, struct core_clause *rest, struct dest *d)
{
    struct dest value = {.kind = D_ANY, .reg = -1};
    dest_settle(g, &value, e->args[0]->to);
    struct dest test = {.kind = D_TEST, .strict = true, .reg = value.reg, .t = asm_label(&g->as), .f = asm_label(&g->as), .other = asm_label(&g->as)};
    gen(g, e->args[0], &test);
    label end = asm_label(&g->as);
    dest_settle(g, d, e->to);
    size_t mark = trail_mark(g);
    asm_bind(&g->as, test.other);
    struct var_info *x = bound_by(g, rest->patterns[0]);
    if (used_in(x, rest->body)) var_bind(g, x, value.reg);
    gen_branch(g, rest->body, d, e->to);
    jump(g, end);
    trail_undo(g, mark);
    asm_bind(&g->as, test.t);
    gen_branch(g, yes, d, e->to);
    jump(g, end);
    trail_undo(g, mark);
    asm_bind(&g->as, test.f);
    gen_branch(g, no, d, e->to);
    trail_undo(g, mark);
    asm_bind(&g->as, end);
    kill_dead(g, e->to);
}

bool gen_case_as_test(struct gen *g, struct core *e, struct dest *d)
{
    struct core_clause *c = e->clauses;
    if (e->nclauses < 2) return false;
    bool true_first = is_bool_pattern(&c[0], AM_true) && is_bool_pattern(&c[1], AM_false);
    bool false_first = is_bool_pattern(&c[0], AM_false) && is_bool_pattern(&c[1], AM_true);
    if (!core_is_boolean(g, e->args[0])) {
        if (e->nclauses != 3 || !(true_first || false_first) || !is_catch_all(&c[2]) || !branches(g, e->args[0])) return false;
        boolean_case(g, e, c[true_first ? 0 : 1].body, c[true_first ? 1 : 0].body, &c[2], d);
        return true;
    }
    true_first |= is_bool_pattern(&c[0], AM_true) && is_wild(g, &c[1]);
    false_first |= is_bool_pattern(&c[0], AM_false) && is_wild(g, &c[1]);
    if (!true_first && !false_first) return false;
    struct core *yes = c[true_first ? 0 : 1].body, *no = c[true_first ? 1 : 0].body;
    if_else(g, e, e->args[0], true, yes, no, d);
    return true;
}
