// SPDX-License-Identifier: Apache-2.0
// Calls: choosing the window's base and putting arguments where the callee finds them; operations that have an instruction.
//
// Arguments that are operations of their own are evaluated first, each straight into its slot if nothing there is needed any more. The rest
// (variables, items, literals) is a set of assignments to be done at once: they are ordered so that each slot is read before it is written, and a
// cycle is cut with a temporary or a SWAP.
#include <string.h>

#include "../vm/atom.h"
#include "../vm/code.h"
#include "gen.h"

enum arg_state { ARG_LATER, ARG_MOVE, ARG_ITEM, ARG_LIT, ARG_DONE };

// In the order of evaluation; `slot` counts from the first argument register.
struct arg { struct core *e; struct var_info *v; unsigned slot; int src; int *ops; uint8_t state; };

static bool is_complex(const struct core *e) { return e && !is_simple(e) && !(e->flags & CORE_ITEM); }

// ---- arithmetic with a small constant
static bool immediate_form(struct gen *g, enum intrinsic i, struct core **args, unsigned *op, int *imm, unsigned *which)
{
    if (g->m->name == AM_erl_eval && (i == I_add || i == I_sub)) return false;      // an error tells the operands in their order
    int v;
    bool left = is_small16(args[0], &v), right = !left && is_small16(args[1], &v);
    if (!left && !right) return false;
    *which = right ? 0 : 1;
    *imm = v;
    switch (i) {
    case I_add: *op = OP_ADDI; return true;
    case I_mul: *op = OP_MULI; return true;
    case I_band: *op = OP_BANDI; return true;
    case I_sub:
        *op = OP_ADDI;
        *imm = -v;
        return right && v != -32768;
    case I_idiv: *op = OP_IDIVI; return right && v;
    case I_rem: *op = OP_REMI; return right && v;
    case I_bsl: *op = OP_BSLI; return right;
    case I_bsr: *op = OP_BSRI; return right;
    default: return false;
    }
}

// ---- arithmetic with a constant float
static bool constant_form(enum intrinsic i, struct core **args, unsigned *op, unsigned *which)
{
    bool left = is_lit(args[0]) && is_float_imm(args[0]->lit), right = is_lit(args[1]) && is_float_imm(args[1]->lit);
    if (left == right) return false;
    *which = right ? 0 : 1;
    switch (i) {
    case I_add: *op = OP_ADDK; return true;
    case I_mul: *op = OP_MULK; return true;
    case I_sub: *op = OP_SUBK; return right;
    case I_fdiv: *op = OP_DIVK; return right;
    default: return false;
    }
}

static void emit_constant_form(struct gen *g, unsigned op, int d, int r, struct core **args, unsigned which)
{
    asm_emit(&g->as, op, (unsigned)d, (unsigned)r, which);
    asm_x_lit(&g->as, args[1 - which]->lit);
}

// Writes an item, whose operands lie in ops (-1: literal), to register d. Temporaries are taken from `from` on.
static void emit_item(struct gen *g, const struct arg *a, int d, int from)
{
    struct core *e = a->e;
    unsigned op, which;
    int imm;
    if (e->kind == CORE_TUPLE) {
        asm_emit(&g->as, OP_TUPLE, (unsigned)d, e->nargs, 0);
        for (unsigned i = 0; i < e->nargs; i++) emit_operand(g, e->args[i], a->ops[i]);
    } else if (e->kind == CORE_CONS) {
        struct core *h = e->args[0], *t = e->args[1];
        if (a->ops[0] < 0) {
            asm_emit(&g->as, OP_CONSK, (unsigned)d, (unsigned)a->ops[1], 0);
            asm_x_lit(&g->as, h->lit);
        } else if (a->ops[1] < 0) {
            asm_emit(&g->as, OP_CONSL, (unsigned)d, (unsigned)a->ops[0], 0);
            asm_x_lit(&g->as, t->lit);
        } else {
            asm_emit(&g->as, OP_CONS, (unsigned)d, (unsigned)a->ops[0], (unsigned)a->ops[1]);
        }
    } else if (immediate_form(g, core_intrinsic(g, e), e->args, &op, &imm, &which)) {
        int r = a->ops[which];
        if (r < 0) {
            r = d;
            load_lit(g, r, e->args[which]->lit);
        }
        asm_emit(&g->as, op, (unsigned)d, (unsigned)r, (unsigned)imm & 0xffff);
    } else if (constant_form(core_intrinsic(g, e), e->args, &op, &which) && a->ops[which] >= 0) {
        emit_constant_form(g, op, d, a->ops[which], e->args, which);
    } else {
        int r[2], taken[2] = {-1, -1};
        for (unsigned i = 0; i < 2; i++) {
            r[i] = a->ops[i];
            if (r[i] >= 0) continue;
            r[i] = taken[i] = reg_take(g, from);
            load_lit(g, r[i], e->args[i]->lit);
        }
        asm_emit(&g->as, intrinsic_op(core_intrinsic(g, e)), (unsigned)d, (unsigned)r[0], (unsigned)r[1]);
        for (unsigned i = 0; i < 2; i++)
            if (taken[i] >= 0) reg_release(g, taken[i]);
    }
}

// ---- arguments
static void eval_complex(struct gen *g, struct arg *a, unsigned n, int first, bool direct)
{
    for (unsigned i = 0; i < n; i++) {
        if (!is_complex(a[i].e) || a[i].state != ARG_LATER) continue;
        int target = first + (int)a[i].slot;
        if (direct && reg_writable(g, target, a[i].e->to)) {
            gen_to(g, a[i].e, target);
            reg_hold(g, target);
            a[i].state = ARG_DONE;
        } else {
            a[i].src = gen_any(g, a[i].e, direct ? reg_lowest(g, first + (int)n) : -1);
            a[i].state = ARG_MOVE;
        }
    }
}

static int hold_var(struct gen *g, struct var_info *v)
{
    reg_hold(g, (int)v->reg);
    return (int)v->reg;
}

// Registers of what is left are held, then the variables that end here let go.
static void fetch_simple(struct gen *g, struct arg *a, unsigned n, uint32_t end)
{
    for (unsigned i = 0; i < n; i++) {
        struct core *e = a[i].e;
        if (a[i].state != ARG_LATER) continue;
        if (a[i].v || e->kind == CORE_VAR) {
            if (!a[i].v) a[i].v = var_here(g, e->var, e->line);
            a[i].src = hold_var(g, a[i].v);
            a[i].state = ARG_MOVE;
        } else if (is_lit(e)) {
            a[i].state = ARG_LIT;
        } else {
            a[i].ops = arena_array(g->arena, int, e->nargs + 1);
            for (unsigned k = 0; k < e->nargs; k++)
                a[i].ops[k] = is_lit(e->args[k]) ? -1 : hold_var(g, var_here(g, e->args[k]->var, e->line));
            a[i].state = ARG_ITEM;
        }
    }
    for (unsigned i = 0; i < n; i++) {
        if (a[i].v) var_consumed(g, a[i].v, end);
        if (a[i].state != ARG_ITEM) continue;
        for (unsigned k = 0; k < a[i].e->nargs; k++) {
            struct core *o = a[i].e->args[k];
            struct var_info *v = is_lit(o) ? NULL : info_in(g, g->fun, o->var);
            if (v) var_consumed(g, v, end);
        }
    }
}

static void release_sources(struct gen *g, struct arg *a)
{
    if (a->state == ARG_MOVE) reg_release(g, a->src);
    if (a->state == ARG_ITEM)
        for (unsigned k = 0; k < a->e->nargs; k++)
            if (a->ops[k] >= 0) reg_release(g, a->ops[k]);
}

static void write_arg(struct gen *g, struct arg *a, int d, int from)
{
    if (a->state == ARG_ITEM) emit_item(g, a, d, from);
    else if (a->src != d) asm_emit(&g->as, OP_MOVE, (unsigned)d, (unsigned)a->src, 0);
    release_sources(g, a);
}

// Nobody but the argument itself still reads its slot.
static bool slot_ready(struct gen *g, const struct arg *a, int first)
{
    int target = first + (int)a->slot;
    uint64_t own = 0;
    if (a->state == ARG_MOVE) own = a->src == target;
    else
        for (unsigned k = 0; k < a->e->nargs; k++) own += a->ops[k] == target;
    return g->regs[target < MAX_REGS ? target : MAX_REGS].holds == own;
}

static bool swap_pair(struct gen *g, struct arg *a, unsigned n, int first)
{
    for (unsigned i = 0; i < n; i++)
        for (unsigned j = i + 1; j < n; j++) {
            int x = first + (int)a[i].slot, y = first + (int)a[j].slot;
            if (a[i].state != ARG_MOVE || a[j].state != ARG_MOVE || a[i].src != y || a[j].src != x) continue;
            if (g->regs[x].holds != 1 || g->regs[y].holds != 1) continue;
            asm_emit(&g->as, OP_SWAP, (unsigned)x, (unsigned)y, 0);
            a[i].state = a[j].state = ARG_DONE;
            return true;
        }
    return false;
}

static bool is_pending(const struct arg *a) { return a->state == ARG_MOVE || a->state == ARG_ITEM; }

// Does argument i read the slot of another one that is still waiting?
static bool blocks_another(const struct arg *a, unsigned n, unsigned i, int first)
{
    for (unsigned j = 0; j < n; j++) {
        int target = first + (int)a[j].slot;
        if (j == i || !is_pending(&a[j])) continue;
        if (a[i].state == ARG_MOVE) {
            if (a[i].src == target) return true;
        } else {
            for (unsigned k = 0; k < a[i].e->nargs; k++)
                if (a[i].ops[k] == target) return true;
        }
    }
    return false;
}

// Temporaries lie above the slots, so each cut leaves fewer arguments that block others.
static void cut_cycle(struct gen *g, struct arg *a, unsigned n, int first, int from)
{
    if (n <= 16 && swap_pair(g, a, n, first)) return;
    for (unsigned i = 0; i < n; i++) {
        if (!is_pending(&a[i]) || !blocks_another(a, n, i, first)) continue;
        int t = reg_take(g, from);
        write_arg(g, &a[i], t, from);
        a[i].state = ARG_MOVE;
        a[i].src = t;
        return;
    }
    gen_error(g, "the generator lost track of a register (please report this)", 0);
}

static void assign_slots(struct gen *g, struct arg *a, unsigned n, int first, int from)
{
    for (bool left = true; left && !g->error;) {
        bool progress = false;
        left = false;
        for (unsigned i = 0; i < n; i++) {
            if (!is_pending(&a[i])) continue;
            if (!slot_ready(g, &a[i], first)) {
                left = true;
                continue;
            }
            write_arg(g, &a[i], first + (int)a[i].slot, from);
            reg_hold(g, first + (int)a[i].slot);
            a[i].state = ARG_DONE;
            progress = true;
        }
        if (left && !progress) cut_cycle(g, a, n, first, from);
    }
    for (unsigned i = 0; i < n; i++) {
        if (a[i].state != ARG_LIT) continue;
        load_lit(g, first + (int)a[i].slot, a[i].e->lit);
        reg_hold(g, first + (int)a[i].slot);
    }
}

// ---- the window
static int choose_base(struct gen *g, const struct arg *a, unsigned n, uint32_t end, const struct dest *d)
{
    for (unsigned i = 0; i < n; i++)
        if (is_complex(a[i].e) && a[i].e->flags & CORE_HAS_CALL) end = a[i].e->to;
    int base = reg_base(g, end);
    if ((d->kind == D_REG || d->kind == D_ANY) && d->reg > base) base = d->reg;
    return base;
}

static bool any_binds(const struct arg *a, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (is_complex(a[i].e) && a[i].e->flags & CORE_BINDS) return true;
    return false;
}

// Places the arguments; returns the base of the window (-1 for a tail call).
static int gen_window(struct gen *g, struct core *e, struct arg *a, unsigned n, struct dest *d)
{
    int base = -1;
    bool tail = d->kind == D_TAIL;
    if (!tail && any_binds(a, n)) {
        eval_complex(g, a, n, 0, false);
        fetch_simple(g, a, n, e->to);
        base = reg_base(g, e->to);
    } else {
        if (!tail) base = choose_base(g, a, n, e->to, d);
        eval_complex(g, a, n, base + 1, true);
        fetch_simple(g, a, n, e->to);
    }
    if (e->line) g->as.line = e->line;
    assign_slots(g, a, n, base + 1, base + 1 + (int)n);
    return base;
}

static void window_done(struct gen *g, unsigned n, int base)
{
    for (unsigned i = 0; i < n; i++) reg_release(g, base + 1 + (int)i);
}

// What a program calls and then waits for: of such a tail call the place is noted, for those who ask where a process waits.
static bool may_wait(struct gen *g, const struct core *e)
{
    static const char *const modules[] = {"Elixir.GenServer", "Elixir.Agent", "Elixir.Task", "Elixir.Process", "Elixir.Supervisor",
        "Elixir.DynamicSupervisor", "Elixir.Task.Supervisor", "Elixir.PartitionSupervisor", "gen_server", "gen_statem", "gen_event", "sys", "timer"};
    static const char *const functions[] = {"call", "get", "get_and_update", "update", "await", "await_many", "yield", "yield_many", "sleep",
        "stop", "shutdown", "which_children", "count_children", "start_child", "restart_child", "terminate_child", "start_link", "get_state"};
    if (e->kind != CORE_CALL || !code_has_image(g->vm)) return false;
    const char *module = atom_text(g->vm, e->m).bytes, *function = atom_text(g->vm, e->f).bytes;
    size_t m = 0, f = 0;
    while (m < sizeof modules / sizeof *modules && strcmp(modules[m], module) != 0) m++;
    while (f < sizeof functions / sizeof *functions && strcmp(functions[f], function) != 0) f++;
    return m < sizeof modules / sizeof *modules && f < sizeof functions / sizeof *functions;
}

// Map.get and Access.get have natives that know the common cases and leave the others to the functions (natives/maps.c).
static term called_module(const struct core *e, unsigned n)
{
    if (e->f != AM_get || (n != 2 && n != 3)) return e->m;
    return e->m == AM_Map ? AM_phial_map : e->m == AM_Access ? AM_phial_access : e->m;
}

// As the Erlang compiler does, so that their errors come from :erlang: maps:get/2 and maps:is_key/2 are operators, but not in evaluated code.
static void emit_export(struct gen *g, const struct core *e, unsigned n)
{
    bool compiled = g->m->name != AM_erl_eval, operator = compiled && e->m == AM_maps && n == 2;
    bool get = operator && e->f == AM_get, is_key = operator && e->f == AM_is_key;
    if (get || is_key) asm_x_export(&g->as, AM_erlang, get ? AM_map_get : AM_is_map_key, n);
    else asm_x_export(&g->as, called_module(e, n), e->f, n);
}

static void emit_call(struct gen *g, struct core *e, struct dest *d, int base, unsigned n, int fun_reg)
{
    bool tail = d->kind == D_TAIL;
    unsigned b = tail ? 0 : (unsigned)base;
    struct ins *i = NULL;
    if (tail && may_wait(g, e)) asm_emit(&g->as, OP_SITE, 0, 0, 0);
    label done = NO_LABEL;
    if (!tail && e->kind == CORE_CALL && e->m == AM_String_Chars && e->f == AM_to_string && n == 1) {   // a binary is its own text
        label convert = asm_label(&g->as);
        done = asm_label(&g->as);
        asm_emit(&g->as, OP_MOVE, b, b + 1, 0);
        asm_jump(&g->as, OP_IS_BIN, b, 0, convert);
        asm_jump(&g->as, OP_JUMP, 0, 0, done);
        asm_bind(&g->as, convert);
    }
    switch (e->kind) {
    case CORE_LOCAL: case CORE_CALL_LETFUN: {
        uint32_t f = e->kind == CORE_LOCAL ? local_function(g, e->f, n) : queue_fun(g, e->fun->gen);
        i = asm_emit(&g->as, tail ? OP_TCALL : OP_CALL, b, 0, 0);
        i->target = f;
        break;
    }
    case CORE_APPLY: i = asm_emit(&g->as, tail ? OP_TCALLF : OP_CALLF, b, n, (unsigned)fun_reg); break;
    case CORE_CALL_DYN: i = asm_emit(&g->as, tail ? OP_TCALLMF : OP_CALLMF, b, n, (unsigned)fun_reg); break;
    default: i = asm_emit(&g->as, tail ? OP_TCALLX : OP_CALLX, b, n, 0); break;
    }
    i->n = (uint16_t)n;
    if (e->kind == CORE_CALL) emit_export(g, e, n);
    if (done != NO_LABEL) asm_bind(&g->as, done);
    if (e->kind == CORE_LOCAL && i->target == UINT32_MAX) gen_error(g, "a function that is not defined is called", e->line);
}

// A fun in a variable is called where it lies if the window does not cover it.
static int fun_in_place(struct gen *g, const struct core *e, const struct dest *d, int base, unsigned n)
{
    const struct core *f = e->args[0];
    if (f->kind != CORE_VAR) return -1;
    int r = (int)var_here(g, f->var, f->line)->reg;
    if (d->kind == D_TAIL) return r >= (int)n ? r : -1;
    return r < base ? r : -1;
}

static void gen_apply(struct gen *g, struct core *e, struct dest *d)
{
    unsigned n = e->nargs - 1;
    struct arg *a = arena_array(g->arena, struct arg, e->nargs);
    for (unsigned i = 0; i < n; i++) a[i + 1] = (struct arg){.e = e->args[i + 1], .slot = i};
    a[0] = (struct arg){.e = e->args[0], .slot = n};
    int guess = d->kind == D_TAIL || any_binds(a, n + 1) ? 0 : choose_base(g, a, n + 1, e->to, d);
    int in_place = d->kind != D_TAIL && any_binds(a, n + 1) ? -1 : fun_in_place(g, e, d, guess, n);
    struct var_info *f = in_place >= 0 ? info_in(g, g->fun, e->args[0]->var) : NULL;
    if (f) reg_hold(g, in_place);   // before the window: nothing is placed or taken there
    int base = f ? gen_window(g, e, a + 1, n, d) : gen_window(g, e, a, n + 1, d);
    if (f) var_consumed(g, f, e->to);       // no error if it is an argument too: then the window has let go of it
    emit_call(g, e, d, base, n, in_place >= 0 ? in_place : base + 1 + (int)n);
    window_done(g, in_place >= 0 ? n : n + 1, base);
    if (in_place >= 0) reg_release(g, in_place);
    if (d->kind != D_TAIL) deliver(g, d, base);
}

static void gen_call_dyn(struct gen *g, struct core *e, struct dest *d)
{
    unsigned n = e->nargs - 2;
    struct arg *a = arena_array(g->arena, struct arg, e->nargs);
    a[0] = (struct arg){.e = e->args[0], .slot = n};
    a[1] = (struct arg){.e = e->args[1], .slot = n + 1};
    for (unsigned i = 0; i < n; i++) a[i + 2] = (struct arg){.e = e->args[i + 2], .slot = i};
    int base = gen_window(g, e, a, n + 2, d);
    emit_call(g, e, d, base, n, base + 1 + (int)n);
    window_done(g, n + 2, base);
    if (d->kind != D_TAIL) deliver(g, d, base);
}

void gen_call(struct gen *g, struct core *e, struct dest *d)
{
    if (e->kind == CORE_APPLY) return gen_apply(g, e, d);
    if (e->kind == CORE_CALL_DYN) return gen_call_dyn(g, e, d);
    struct fun_info *f = e->kind == CORE_CALL_LETFUN ? e->fun->gen : NULL;
    unsigned extra = f ? f->ncaptures : 0, n = e->nargs + extra;
    struct arg *a = arena_array(g->arena, struct arg, n + 1);
    for (unsigned i = 0; i < e->nargs; i++) a[i] = (struct arg){.e = e->args[i], .slot = i};
    for (unsigned i = 0; i < extra; i++)
        a[e->nargs + i] = (struct arg){.v = var_here(g, f->captures[i]->var, e->line), .slot = e->nargs + i};
    int base = gen_window(g, e, a, n, d);
    emit_call(g, e, d, base, n, 0);
    window_done(g, n, base);
    if (d->kind != D_TAIL) deliver(g, d, base);
}

// ---- a.b without parentheses
void gen_dot(struct gen *g, struct core *e, struct dest *d)
{
    int r = gen_any(g, e->args[0], -1);
    reg_release(g, r);
    int base = reg_base(g, e->to);
    int to = dest_reg(g, d);
    if (e->line) g->as.line = e->line;
    if (!g->as.dead) {
        struct cold *c = NULL;
        label other = g->guard_fail;
        if (!other) {
            c = arena_new(g->arena, struct cold);
            *c = (struct cold){.next = g->cold, .at = asm_label(&g->as), .back = asm_label(&g->as), .kind = 1, .r = r, .base = base, .d = to,
                .f = e->f, .line = g->as.line};
            g->cold = c;
            other = c->at;
        }
        asm_jump(&g->as, OP_FIELD, (unsigned)to, (unsigned)r, other);
        asm_x_lit(&g->as, e->f);
        if (c) asm_bind_loop(&g->as, c->back);
    }
    if (d->kind != D_REG && d->kind != D_ANY) deliver(g, d, to);
}

// ---- operations
static bool is_product(struct gen *g, struct core *e)
{
    int imm;
    unsigned op, which;
    if (is_simple(e) || core_intrinsic(g, e) != I_mul) return false;
    return !immediate_form(g, I_mul, e->args, &op, &imm, &which) && !constant_form(I_mul, e->args, &op, &which);
}

// A product and a sum or difference in one instruction. The order of evaluation is the program's.
static bool gen_fused(struct gen *g, struct core *e, enum intrinsic i, struct dest *d)
{
    if (i != I_add && i != I_sub) return false;
    bool right = is_product(g, e->args[1]);
    if (!right && (is_lit(e->args[1]) || !is_simple(e->args[1]) || !is_product(g, e->args[0]))) return false;
    struct core *product = e->args[right], *other = e->args[!right];
    if (is_lit(other)) return false;
    int o = right ? gen_any(g, other, -1) : -1;
    int a = gen_any(g, product->args[0], -1), b = gen_any(g, product->args[1], -1);
    if (!right) o = gen_any(g, other, -1);
    reg_release(g, o);
    reg_release(g, a);
    reg_release(g, b);
    if (e->line) g->as.line = e->line;
    unsigned op = right ? i == I_add ? OP_ADDMUL : OP_SUBMUL : i == I_add ? OP_MULADD : OP_MULSUB;
    asm_emit(&g->as, op, (unsigned)dest_reg(g, d), (unsigned)a, (unsigned)b);
    asm_x_reg(&g->as, (unsigned)o);
    return true;
}

static void gen_arith(struct gen *g, struct core *e, enum intrinsic i, struct dest *d)
{
    unsigned op = intrinsic_op(i), which;
    int imm, hint = (d->kind == D_REG && reg_free(g, d->reg)) || d->kind == D_ANY ? d->reg : -1;
    if (immediate_form(g, i, e->args, &op, &imm, &which)) {
        int r = gen_any(g, e->args[which], hint);
        reg_release(g, r);
        if (e->line) g->as.line = e->line;
        asm_emit(&g->as, op, (unsigned)dest_reg(g, d), (unsigned)r, (unsigned)imm & 0xffff);
        return;
    }
    if (constant_form(i, e->args, &op, &which)) {
        int r = gen_any(g, e->args[which], hint);
        reg_release(g, r);
        if (e->line) g->as.line = e->line;
        emit_constant_form(g, op, dest_reg(g, d), r, e->args, which);
        return;
    }
    if (gen_fused(g, e, i, d)) return;
    op = intrinsic_op(i);
    int a = gen_any(g, e->args[0], hint), b = gen_any(g, e->args[1], -1);
    reg_release(g, a);
    reg_release(g, b);
    if (e->line) g->as.line = e->line;
    asm_emit(&g->as, op, (unsigned)dest_reg(g, d), (unsigned)a, (unsigned)b);
}

static void gen_unary(struct gen *g, struct core *e, enum intrinsic i, struct dest *d)
{
    int r = gen_any(g, e->args[0], -1);
    reg_release(g, r);
    if (e->line) g->as.line = e->line;
    asm_emit(&g->as, intrinsic_op(i), (unsigned)dest_reg(g, d), (unsigned)r, 0);
}

static void gen_element(struct gen *g, struct core *e, struct dest *d)
{
    int k;
    if (!is_small16(e->args[0], &k) || k < 1) {
        gen_arith(g, e, I_element, d);
        return;
    }
    int r = gen_any(g, e->args[1], -1);
    reg_release(g, r);
    if (e->line) g->as.line = e->line;
    asm_emit(&g->as, OP_ELEM, (unsigned)dest_reg(g, d), (unsigned)r, (unsigned)k - 1);
}

void gen_operation(struct gen *g, struct core *e, enum intrinsic i, struct dest *d)
{
    struct dest value = *d;
    if (d->kind == D_EFFECT || d->kind == D_TAIL || d->kind == D_TEST) value = (struct dest){.kind = D_ANY, .reg = -1};
    switch (intrinsic_kind(i)) {
    case INTRINSIC_ARITH: gen_arith(g, e, i, &value); break;
    case INTRINSIC_UNARY: gen_unary(g, e, i, &value); break;
    case INTRINSIC_ELEMENT: gen_element(g, e, &value); break;
    case INTRINSIC_SELF: asm_emit(&g->as, OP_SELF, (unsigned)dest_reg(g, &value), 0, 0); break;
    case INTRINSIC_NOT:
        if (d->kind != D_TEST && !core_is_boolean(g, e->args[0])) {
            gen_call(g, e, d);
            return;
        }
        // fall through
    default:
        gen_boolean(g, e, d);
        return;
    }
    if (d->kind == D_REG || d->kind == D_ANY) d->reg = value.reg;
    else deliver(g, d, value.reg);
}
