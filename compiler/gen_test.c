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

void test_reg(struct gen *g, int r, bool strict, label t, label f)
{
    if (strict) {
        test_lit(g, OP_EQK, r, AM_true, t, f);
        return;
    }
    asm_jump(&g->as, OP_TRUTHY, (unsigned)r, 0, f);
    jump(g, t);
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

static void test_connective(struct gen *g, struct core *e, enum intrinsic i, bool strict, label t, label f)
{
    label right = asm_label(&g->as);
    if (i == I_andalso) test_boolean_operand(g, e->args[0], right, f);
    else test_boolean_operand(g, e->args[0], t, right);
    asm_bind(&g->as, right);
    gen_test(g, e->args[1], strict, t, f);
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

static void test_op(struct gen *g, struct core *e, enum intrinsic i, bool strict, label t, label f)
{
    switch (intrinsic_kind(i)) {
    case INTRINSIC_COMPARE: test_compare(g, e, i, t, f); break;
    case INTRINSIC_TEST: case INTRINSIC_FUN_N: test_type(g, e, i, t, f); break;
    case INTRINSIC_NOT: test_boolean_operand(g, e->args[0], f, t); break;
    default: test_connective(g, e, i, strict, t, f); break;
    }
}

void gen_boolean(struct gen *g, struct core *e, struct dest *d)
{
    enum intrinsic i = core_intrinsic(g, e);
    if (d->kind == D_TEST) {
        test_op(g, e, i, d->strict, d->t, d->f);
        return;
    }
    if (i == I_andalso || i == I_orelse) {
        connective_value(g, e, i, d);
        return;
    }
    label t = asm_label(&g->as), f = asm_label(&g->as), end = asm_label(&g->as);
    test_op(g, e, i, true, t, f);
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
static bool is_exact_test(struct gen *g, const struct core *e, const struct var *x, term k)
{
    enum intrinsic i = core_intrinsic(g, e);
    return (i == I_eqx || i == I_eq) && e->args[0]->kind == CORE_VAR && e->args[0]->var == x && is_lit(e->args[1]) && e->args[1]->lit == k;
}

// x === false or x === nil
static bool is_falsy_guard(struct gen *g, const struct core *e, const struct var *x)
{
    if (core_intrinsic(g, e) != I_orelse) return false;
    const struct core *a = e->args[0], *b = e->args[1];
    return (is_exact_test(g, a, x, AM_false) && is_exact_test(g, b, x, AM_nil)) ||
           (is_exact_test(g, a, x, AM_nil) && is_exact_test(g, b, x, AM_false));
}

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

static bool is_var(const struct core *e, const struct var_info *v) { return v && e->kind == CORE_VAR && e->var == v->var; }

// case subject do x when x in [nil, false] -> no; y -> yes end
static void truthy_case(struct gen *g, struct core *e, struct dest *d)
{
    struct core *subject = e->args[0], *no = e->clauses[0].body, *yes = e->clauses[1].body;
    struct var_info *x = bound_by(g, e->clauses[0].patterns[0]), *y = bound_by(g, e->clauses[1].patterns[0]);
    bool boolean = core_is_boolean(g, subject), test = d->kind == D_TEST;
    bool x_used = used_in(x, no), y_used = used_in(y, yes);
    if (x_used && is_var(no, x) && !y_used && (test || boolean)) {          // a && b
        struct core *f = arena_new(g->arena, struct core);
        *f = (struct core){.kind = CORE_LIT, .lit = AM_false, .from = no->from, .to = no->to};
        if_else(g, e, subject, false, yes, f, d);
    } else if (y_used && is_var(yes, y) && !x_used && ((test && !d->strict) || boolean)) {     // a || b
        struct core *t = arena_new(g->arena, struct core);
        *t = (struct core){.kind = CORE_LIT, .lit = AM_true, .from = yes->from, .to = yes->to};
        if_else(g, e, subject, false, t, no, d);
    } else if (!x_used && !y_used) {
        if_else(g, e, subject, false, yes, no, d);
    } else {
        int r = gen_any(g, subject, d->kind == D_REG && reg_free(g, d->reg) ? d->reg : -1);
        label t = asm_label(&g->as), f = asm_label(&g->as);
        if (x_used) var_bind(g, x, r);
        if (y_used) var_bind(g, y, r);
        reg_release(g, r);
        test_reg(g, r, false, t, f);
        two_branches(g, e, yes, t, no, f, d);
    }
}

static bool is_wild(struct gen *g, const struct core_clause *c)
{
    if (c->nguards) return false;
    if (c->patterns[0]->kind == CORE_WILD) return true;
    return c->patterns[0]->kind == CORE_VAR && !used_in(bound_by(g, c->patterns[0]), c->body);
}

static bool is_bool_pattern(const struct core_clause *c, term k)
{
    return !c->nguards && is_lit(c->patterns[0]) && c->patterns[0]->lit == k;
}

bool gen_case_as_test(struct gen *g, struct core *e, struct dest *d)
{
    struct core_clause *c = e->clauses;
    if (e->nclauses < 2) return false;
    if (e->nclauses == 2 && c[0].nguards == 1 && c[0].patterns[0]->kind == CORE_VAR && is_falsy_guard(g, c[0].guards[0], c[0].patterns[0]->var) &&
        !c[1].nguards && (c[1].patterns[0]->kind == CORE_WILD || c[1].patterns[0]->kind == CORE_VAR)) {
        truthy_case(g, e, d);
        return true;
    }
    if (!core_is_boolean(g, e->args[0])) return false;
    bool true_first = is_bool_pattern(&c[0], AM_true) && (is_bool_pattern(&c[1], AM_false) || is_wild(g, &c[1]));
    bool false_first = is_bool_pattern(&c[0], AM_false) && (is_bool_pattern(&c[1], AM_true) || is_wild(g, &c[1]));
    if (!true_first && !false_first) return false;
    struct core *yes = c[true_first ? 0 : 1].body, *no = c[true_first ? 1 : 0].body;
    if_else(g, e, e->args[0], true, yes, no, d);
    return true;
}
