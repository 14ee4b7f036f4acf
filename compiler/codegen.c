// SPDX-License-Identifier: Apache-2.0
// The code generator: modules, functions and expressions. Core in (core.h), an object out (object.h). See gen.h for how the parts work together.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "../vm/atom.h"
#include "env.h"
#include "gen.h"

void gen_error(struct gen *g, const char *what, int line)
{
    if (g->error) return;
    g->error = what;
    g->error_line = line ? line : g->as.line;
}

// ---- destinations
int dest_reg(struct gen *g, struct dest *d)
{
    if (d->kind == D_REG) return d->reg;
    if (d->kind == D_ANY) {
        if (d->reg < 0 || !reg_free(g, d->reg)) d->reg = reg_lowest(g, 0);
        return d->reg;
    }
    return reg_lowest(g, 0);
}

void dest_settle(struct gen *g, struct dest *d, uint32_t end)
{
    if (d->kind != D_ANY) return;
    if (d->reg < 0 || !reg_writable(g, d->reg, end))
        for (d->reg = 0; !reg_writable(g, d->reg, end); d->reg++) {}
    d->kind = D_REG;
}

void load_lit(struct gen *g, int r, term t)
{
    if (is_small(t) && small_value(t) >= INT32_MIN && small_value(t) <= INT32_MAX) {
        asm_emit(&g->as, OP_LOADI, (unsigned)r, 0, 0)->target = (uint32_t)(int32_t)small_value(t);
    } else {
        asm_emit(&g->as, OP_LOADK, (unsigned)r, 0, 0);
        asm_x_lit(&g->as, t);
    }
}

void deliver(struct gen *g, struct dest *d, int r)
{
    switch (d->kind) {
    case D_REG:
        if (d->reg != r) asm_emit(&g->as, OP_MOVE, (unsigned)d->reg, (unsigned)r, 0);
        break;
    case D_ANY: d->reg = r; break;
    case D_TAIL: asm_emit(&g->as, OP_RET, (unsigned)r, 0, 0); break;
    case D_TEST: test_reg(g, r, d); break;
    default: break;
    }
}

void deliver_lit(struct gen *g, struct dest *d, term t)
{
    switch (d->kind) {
    case D_REG: case D_ANY: load_lit(g, dest_reg(g, d), t); break;
    case D_TAIL:
        asm_emit(&g->as, OP_RETK, 0, 0, 0);
        asm_x_lit(&g->as, t);
        break;
    case D_TEST: {
        if (d->other && t != AM_true && t != AM_false) {
            load_lit(g, d->reg, t);
            asm_jump(&g->as, OP_JUMP, 0, 0, d->other);
            break;
        }
        bool yes = d->strict ? t == AM_true : t != AM_nil && t != AM_false;
        asm_jump(&g->as, OP_JUMP, 0, 0, yes ? d->t : d->f);
        break;
    }
    default: break;
    }
}

// ---- values in registers
struct var_info *var_here(struct gen *g, struct var *v, int line)
{
    struct var_info *i = info_in(g, g->fun, v);
    if (i && i->reg >= 0) return i;
    gen_error(g, "a variable is used where it has no value", line);
    if (!i) {
        i = arena_new(g->arena, struct var_info);
        i->var = v;
        i->fun = g->fun;
    }
    i->reg = 0;
    return i;
}

int gen_any(struct gen *g, struct core *e, int hint)
{
    if (e->kind == CORE_VAR) {
        struct var_info *v = var_here(g, e->var, e->line);
        int r = (int)v->reg;
        reg_hold(g, r);
        var_consumed(g, v, e->to);
        return r;
    }
    struct dest d = {.kind = D_ANY, .reg = hint};
    gen(g, e, &d);
    reg_hold(g, d.reg);
    return d.reg;
}

void gen_to(struct gen *g, struct core *e, int reg)
{
    struct dest d = {.kind = D_REG, .reg = reg};
    gen(g, e, &d);
}

void gen_effect(struct gen *g, struct core *e)
{
    struct dest d = {.kind = D_EFFECT, .reg = -1};
    gen(g, e, &d);
}

int gen_operand(struct gen *g, struct core *e) { return is_lit(e) ? -1 : gen_any(g, e, -1); }

void emit_operand(struct gen *g, struct core *e, int r)
{
    if (r < 0) asm_x_lit(&g->as, e->lit);
    else asm_x_reg(&g->as, (unsigned)r);
}

// ---- code out of the way
label cold_raise(struct gen *g, unsigned op, int r, int line)
{
    for (struct cold *c = g->cold; c; c = c->next)
        if (c->kind == 0 && c->op == op && c->r == r && c->line == line) return c->at;
    struct cold *c = arena_new(g->arena, struct cold);
    c->op = op;
    c->r = r;
    c->line = line;
    c->at = asm_label(&g->as);
    c->next = g->cold;
    g->cold = c;
    return c->at;
}

static void cold_call(struct gen *g, struct cold *c)     // R[r].f(): a module in a variable
{
    unsigned b = (unsigned)c->base;
    asm_emit(&g->as, OP_MOVE, b + 1, (unsigned)c->r, 0);
    load_lit(g, (int)b + 2, c->f);
    asm_emit(&g->as, OP_CALLMF, b, 0, b + 1);
    if (c->d != c->base) asm_emit(&g->as, OP_MOVE, (unsigned)c->d, b, 0);
    asm_jump(&g->as, OP_JUMP, 0, 0, c->back);
}

// Everything cold belongs to the region that is open now.
void flush_cold(struct gen *g)
{
    struct cold *first = NULL;
    for (struct cold *c = g->cold, *next; c; c = next) {
        next = c->next;
        c->next = first;
        first = c;
    }
    g->cold = NULL;
    if (!first) return;
    bool dead = g->as.dead;
    label over = asm_label(&g->as);
    asm_jump(&g->as, OP_JUMP, 0, 0, over);
    for (struct cold *c = first; c; c = c->next) {
        asm_bind(&g->as, c->at);
        g->as.line = c->line;
        if (c->kind) cold_call(g, c);
        else if (c->op == OP_RAISE) asm_emit(&g->as, OP_RAISE, (unsigned)c->r, (unsigned)c->r + 1, (unsigned)c->r + 2);
        else asm_emit(&g->as, c->op, (unsigned)c->r, 0, 0);
        g->as.dead = true;
    }
    asm_bind(&g->as, over);
    g->as.dead = dead;
}

// ---- expressions
static void gen_var(struct gen *g, struct core *e, struct dest *d)
{
    struct var_info *v = var_here(g, e->var, e->line);
    int r = (int)v->reg;
    var_consumed(g, v, e->to);
    deliver(g, d, r);
}

static void gen_seq(struct gen *g, struct core *e, struct dest *d)
{
    if (gen_connected(g, e, d)) return;
    for (unsigned i = 0; i + 1 < e->nargs; i++) gen_effect(g, e->args[i]);
    gen(g, e->args[e->nargs - 1], d);
}

// A value that gets the name v from here on. Its register is the value's own if nobody else needs that one.
void gen_bind(struct gen *g, struct core *e, struct var *var, struct core *value, struct dest *d)
{
    int hint = d->kind == D_REG && reg_free(g, d->reg) && !var_live(g, info_in(g, g->fun, var), e->to) ? d->reg : -1;
    int r = gen_any(g, value, hint);
    struct var_info *v = info_in(g, g->fun, var);
    if (v && var_live(g, v, e->to)) var_bind(g, v, r);
    reg_release(g, r);
    if (d->kind != D_EFFECT) deliver(g, d, r);
}

static void gen_letfun(struct gen *g, struct core *e, struct dest *d)
{
    struct fun_info *f = e->fun->gen;
    queue_fun(g, f);
    gen(g, e->body, d);
}

static void gen_by_kind(struct gen *g, struct core *e, struct dest *d)
{
    switch ((enum core_kind)e->kind) {
    case CORE_LIT: deliver_lit(g, d, e->lit); break;
    case CORE_VAR: gen_var(g, e, d); break;
    case CORE_PIN: case CORE_WILD: case CORE_ALIAS: gen_error(g, "a pattern stands where a value is needed", e->line); break;
    case CORE_CONS: gen_cons(g, e, d); break;
    case CORE_TUPLE: gen_tuple(g, e, d); break;
    case CORE_MAP: gen_map(g, e, d); break;
    case CORE_BITS: gen_bits(g, e, d); break;
    case CORE_CALL: {
        enum intrinsic i = core_intrinsic(g, e);
        if (i == I_none) gen_call(g, e, d);
        else gen_operation(g, e, i, d);
        break;
    }
    case CORE_CALL_DYN: case CORE_LOCAL: case CORE_APPLY: case CORE_CALL_LETFUN: gen_call(g, e, d); break;
    case CORE_LOCAL_FUN: case CORE_FN: gen_fn(g, e, d); break;
    case CORE_DOT: gen_dot(g, e, d); break;
    case CORE_LETFUN: gen_letfun(g, e, d); break;
    case CORE_SEQ: gen_seq(g, e, d); break;
    case CORE_MATCH: gen_match_expr(g, e, d); break;
    case CORE_BIND: gen_bind(g, e, e->var, e->args[0], d); break;
    case CORE_CASE:
        if (!gen_case_as_test(g, e, d)) gen_case(g, e, d);
        break;
    case CORE_IF: gen_if(g, e, d); break;
    case CORE_RECEIVE: gen_receive(g, e, d); break;
    case CORE_TRY: gen_try(g, e, d); break;
    }
}

void gen(struct gen *g, struct core *e, struct dest *d)
{
    if (g->error) {
        if (d->reg < 0) d->reg = 0;
        return;
    }
    if (e->line) g->as.line = e->line;
    if (stack_is_low(g->arena)) gen_error(g, "expressions are nested too deeply", e->line);
    else gen_by_kind(g, e, d);
    if (d->kind == D_ANY && d->reg < 0) d->reg = reg_lowest(g, 0);
}

// ---- functions
static uint32_t new_function(struct gen *g, term name, unsigned arity, bool exported, int line)
{
    struct object *o = g->o;
    o->functions = asm_grow(o->functions, &g->cap_functions, o->nfunctions + 1, sizeof *o->functions);
    o->functions[o->nfunctions] = (struct function){.name = name, .arity = arity, .exported = exported, .line = line};
    return (uint32_t)o->nfunctions++;
}

static term fun_name(struct gen *g, struct fun_info *f);

// "-outer/2-part-0-" (vm/trace.c)
static term part_name(struct gen *g, struct fun_info *f)
{
    const struct fun_info *in = f->parent;
    struct atom_text outer = atom_text(g->vm, in->parent ? fun_name(g, f->parent) : in->core->name);
    size_t room = outer.len + 64;
    char *text = arena_alloc(g->arena, room);
    int n = snprintf(text, room, "-%.*s/%u-part-%u-", (int)outer.len, outer.bytes, in->core->arity + in->ncaptures, f->number);
    term name = atom_of_code(g->vm, text, (size_t)n);
    return name == TERM_NONE ? in->core->name : name;
}

// "-outer/2-fun-0-"
static term fun_name(struct gen *g, struct fun_info *f)
{
    if (f->core->part && f->parent) return part_name(g, f);
    bool evaluated = g->m->name == AM_erl_eval;
    struct atom_text outer = evaluated ? (struct atom_text){"expr", 4} : atom_text(g->vm, f->root->core->name);
    char *text = arena_alloc(g->arena, outer.len + 64);
    char tail[48];
    int n = snprintf(tail, sizeof tail, "/%u-fun-%u-", evaluated ? 6 : f->root->core->arity, f->number);
    text[0] = '-';
    memcpy(text + 1, outer.bytes, outer.len);
    memcpy(text + 1 + outer.len, tail, (size_t)n);
    term name = atom_of_code(g->vm, text, outer.len + 1 + (size_t)n);
    return name == TERM_NONE ? f->root->core->name : name;
}

// The object's function for a fun or local function; its code is generated later.
uint32_t queue_fun(struct gen *g, struct fun_info *f)
{
    if (f->name) return f->index;
    f->name = fun_name(g, f);
    f->index = new_function(g, f->name, f->core->arity + f->ncaptures, false, f->core->line);
    size_t cap = g->cap_queue;
    g->queue = asm_grow(g->queue, &cap, g->nqueue + 1, sizeof *g->queue);
    g->cap_queue = (uint32_t)cap;
    g->queue[g->nqueue++] = f;
    return f->index;
}

static uint32_t new_lambda(struct gen *g, uint32_t function, unsigned arity, unsigned captured)
{
    struct object *o = g->o;
    o->lambdas = asm_grow(o->lambdas, &g->cap_lambdas, o->nlambdas + 1, sizeof *o->lambdas);
    o->lambdas[o->nlambdas] = (struct lambda_def){.function = function, .arity = arity, .captured = captured,
        .index = (int)o->nlambdas, .uniq = 0};
    return (uint32_t)o->nlambdas++;
}

// Index of the lambda for f, or for a function of the module when f is NULL: then `arity` is its index.
uint32_t fun_lambda(struct gen *g, struct fun_info *f, unsigned arity)
{
    if (f) {
        if (!f->has_lambda) f->lambda = new_lambda(g, queue_fun(g, f), f->core->arity, f->ncaptures);
        f->has_lambda = true;
        return f->lambda;
    }
    uint64_t known;
    if (table_get(&g->local_funs, arity + 1u, &known)) return (uint32_t)known - 1;
    uint32_t l = new_lambda(g, arity, g->o->functions[arity].arity, 0);
    table_put(&g->local_funs, arity + 1u, l + 1u);
    return l;
}

// Where the file of a function stands among the object's files, counted from 1; 0: it is the module's.
static uint8_t file_number(struct gen *g, term file)
{
    if (!is_binary(file)) return 0;
    struct object *o = g->o;
    term files[MAX_FILES];
    unsigned n = is_tuple(o->files) ? (unsigned)tuple_arity(o->files) : 0;
    for (unsigned i = 0; i < n; i++)
        if (term_same(files[i] = tuple_get(o->files, i), file)) return (uint8_t)(i + 1);
    if (n == MAX_FILES) return 0;
    files[n] = term_copy(g->vm, &o->heap, file);
    o->files = mk_tuple(&o->heap, n + 1, files);
    return (uint8_t)(n + 1);
}

static void gen_function(struct gen *g, struct fun_info *f)
{
    struct core_fun *core = f->core;
    unsigned arity = core->arity + f->ncaptures;
    regs_reset(g);
    analyze_sort(f);
    g->fun = f;
    g->cold = NULL;
    g->hold = 0;
    g->guard_fail = NO_LABEL;
    asm_function_begin(&g->as, arity);
    g->as.line = core->line;
    g->as.file = file_number(g, f->root->core->file);
    for (uint32_t i = 0; i < f->ncaptures; i++) var_bind(g, f->captures[i], (int)(core->arity + i));
    int *roots = arena_array(g->arena, int, core->arity + 1);
    for (unsigned i = 0; i < core->arity; i++) {
        roots[i] = (int)i;
        reg_hold(g, (int)i);
    }
    struct match_clause *clauses = arena_array(g->arena, struct match_clause, core->nclauses + 1);
    for (unsigned i = 0; i < core->nclauses; i++) {
        struct core_clause *c = &core->clauses[i];
        clauses[i] = (struct match_clause){.patterns = c->patterns, .guards = c->guards, .nguards = c->nguards, .body = c->body};
    }
    struct dest d = {.kind = D_TAIL, .reg = -1};
    struct match_job job = {.n = core->arity, .nclauses = core->nclauses, .roots = roots, .clauses = clauses, .dest = &d,
        .fail = asm_label(&g->as), .end = asm_label(&g->as), .zone_to = UINT32_MAX, .release_roots = true};
    gen_match(g, &job);
    asm_bind(&g->as, job.end);
    asm_bind(&g->as, job.fail);
    g->as.line = core->line;
    asm_emit(&g->as, f->parent ? OP_FUN_CLAUSE : OP_FUNCTION_CLAUSE, f->parent ? core->arity : arity, 0, 0);
    flush_cold(g);
    if (g->error) return;
    uint32_t entry, end;
    asm_function_end(&g->as, &entry, &end);
    if (g->as.error) gen_error(g, g->as.error, core->line);
    g->o->functions[f->index].entry = entry;
    g->o->functions[f->index].end = end;
}

// ---- modules
static uint64_t local_key(term name, unsigned arity) { return name << 8 | (arity + 1); }

uint32_t local_function(struct gen *g, term name, unsigned arity)
{
    uint64_t f;
    return table_get(&g->locals, local_key(name, arity), &f) ? (uint32_t)f - 1 : UINT32_MAX;
}

// What one module's generation leaves to the next: the table of intrinsics, and the registers, a megabyte of zeros of which a module touches a page
// (not by calloc, which would clear it all).
static struct compile_state *prepared(struct vm *vm)
{
    struct compile_state *s = compile_state(vm);
    if (s->registers) return s;
    s->registers = mmap(NULL, REGS_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (s->registers == MAP_FAILED) abort();
#define INTRINSIC(NAME, TEXT, ARITY, KIND, OP) table_put(&s->intrinsics, atom_from_c(vm, TEXT) << 8 | (ARITY + 1), I_##NAME);
#include "intrinsics.def"
#undef INTRINSIC
    return s;
}

void codegen_state_free(struct compile_state *s)
{
    table_free(&s->intrinsics);
    if (s->registers) munmap(s->registers, REGS_BYTES);
}

static void gen_module(struct gen *g)
{
    struct core_module *m = g->m;
    for (unsigned i = 0; i < m->nfuns && !g->error; i++) {
        struct fun_info *f = fun_info_new(g, m->funs[i], NULL);
        f->name = m->funs[i]->name;
        f->index = new_function(g, f->name, m->funs[i]->arity, m->funs[i]->exported, m->funs[i]->line);
        table_put(&g->locals, local_key(f->name, m->funs[i]->arity), f->index + 1);
    }
    for (unsigned i = 0; i < m->nfuns && !g->error; i++) {
        struct fun_info *f = m->funs[i]->gen;
        analyze_fun(g, f);
        g->nqueue = 0;
        if (!g->error) gen_function(g, f);
        for (uint32_t k = 0; k < g->nqueue && !g->error; k++) gen_function(g, g->queue[k]);
    }
    if (g->error) return;
    asm_link(&g->as);
    g->o->attributes = term_copy(g->vm, &g->o->heap, m->attributes ? m->attributes : TERM_NIL);
    g->o->docs = term_copy(g->vm, &g->o->heap, m->docs ? m->docs : AM_nil);
}

// In debug builds the verifier looks at all that is generated, at its live masks word for word.
static void check_generated(struct vm *vm, const struct object *o)
{
#ifdef PHIAL_DEBUG
    char message[200];
    if (object_verify(vm, o, true, message, sizeof message)) return;
    fprintf(stderr, "phial: the code generated is wrong: %s\n", message);
    abort();
#else
    (void)vm, (void)o;
#endif
}

struct object *codegen_module(struct vm *vm, struct arena *arena, struct core_module *m)
{
    struct gen g = {.vm = vm, .arena = arena, .m = m, .o = object_new(), .top = -1};
    g.intrinsic_of = &prepared(vm)->intrinsics;
    g.regs = prepared(vm)->registers;
    g.o->module = m->name;
    g.o->file = term_copy(vm, &g.o->heap, m->file);
    asm_init(&g.as, vm, g.o);
    gen_module(&g);
    asm_free(&g.as);
    regs_reset(&g);
    free(g.trail);
    free(g.queue);
    table_free(&g.locals);
    table_free(&g.local_funs);
    m->error = g.error;
    m->error_line = g.error_line;
    if (g.error) {
        object_free(g.o);
        return NULL;
    }
    check_generated(vm, g.o);
    return g.o;
}
