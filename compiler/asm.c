// SPDX-License-Identifier: Apache-2.0
// The emitter's first and last steps: collecting instructions, threading jumps, layout and writing. See asm.h.
#include "asm.h"

#include <stdlib.h>
#include <string.h>

#include "../vm/atom.h"

// Instructions that can raise, ones that only compute, ones that end a straight line: what the passes must know beyond the operand letters.
#define R_ OPF_RAISES
#define B_ OPF_BARRIER
static const uint8_t base_flags[OP_COUNT + 4] = {
    [OP_MOVE] = OPF_PURE, [OP_LOADK] = OPF_PURE, [OP_LOADI] = OPF_PURE, [OP_HEAD] = OPF_PURE, [OP_TAIL] = OPF_PURE,
    [OP_UNCONS] = OPF_PURE, [OP_GET] = OPF_PURE, [OP_CONS] = OPF_PURE, [OP_CONSK] = OPF_PURE, [OP_CONSL] = OPF_PURE,
    [OP_LIST] = OPF_PURE, [OP_TUPLE] = OPF_PURE, [OP_CLOSURE] = OPF_PURE, [OP_MAP_LIT] = OPF_PURE | B_,
    [OP_MAP_NEW] = OPF_PURE | B_, [OP_BS_POS] = OPF_PURE, [OP_BS_REST] = OPF_PURE | B_, [OP_SELF] = OPF_PURE,
    [OP_TRACE] = OPF_PURE | B_,
    [OP_CALL] = R_ | B_ | OPF_CALL, [OP_CALLX] = R_ | B_ | OPF_CALL, [OP_CALLN] = R_ | B_ | OPF_CALL,
    [OP_CALLF] = R_ | B_ | OPF_CALL, [OP_CALLMF] = R_ | B_ | OPF_CALL,
    [OP_TCALL] = R_ | OPF_END | OPF_TAIL, [OP_TCALLX] = R_ | OPF_END | OPF_TAIL, [OP_TCALLN] = R_ | OPF_END | OPF_TAIL,
    [OP_TCALLF] = R_ | OPF_END | OPF_TAIL, [OP_TCALLMF] = R_ | OPF_END | OPF_TAIL,
    [OP_RET] = OPF_END, [OP_RETK] = OPF_END, [OP_JUMP] = OPF_END, [OP_SWITCH] = OPF_END, [OP_JTAB] = OPF_END,
    [OP_ADD] = R_ | B_, [OP_SUB] = R_ | B_, [OP_MUL] = R_ | B_, [OP_ADDI] = R_ | B_, [OP_DIV] = R_ | B_,
    [OP_IDIV] = R_ | B_, [OP_REM] = R_ | B_, [OP_BAND] = R_ | B_, [OP_BOR] = R_ | B_, [OP_BXOR] = R_ | B_,
    [OP_BSL] = R_ | B_, [OP_BSR] = R_ | B_, [OP_NEG] = R_ | B_, [OP_MULI] = R_ | B_, [OP_IDIVI] = R_ | B_,
    [OP_REMI] = R_ | B_, [OP_BANDI] = R_ | B_, [OP_BSLI] = R_ | B_, [OP_BSRI] = R_ | B_,
    [OP_ADDK] = R_ | B_, [OP_SUBK] = R_ | B_, [OP_MULK] = R_ | B_, [OP_DIVK] = R_ | B_,
    [OP_MULADD] = R_ | B_, [OP_MULSUB] = R_ | B_, [OP_ADDMUL] = R_ | B_, [OP_SUBMUL] = R_ | B_,
    [OP_HD] = R_, [OP_TL] = R_, [OP_ELEMENT] = R_, [OP_ELEM] = R_, [OP_FIELD] = R_,
    [OP_MAP_PUT] = R_ | B_, [OP_MAP_UPDATE] = R_ | B_, [OP_BS_BUILD] = R_ | B_, [OP_BS_GET] = B_,
    [OP_RECV_PEEK] = B_, [OP_RECV_ACCEPT] = B_, [OP_RECV_NEXT] = OPF_END, [OP_RECV_WAIT] = OPF_END | B_,
    [OP_RECV_WAIT_T] = R_ | B_,
    [OP_RAISE] = R_ | OPF_END, [OP_BADMATCH] = R_ | OPF_END, [OP_CASE_CLAUSE] = R_ | OPF_END, [OP_TRY_CLAUSE] = R_ | OPF_END,
    [OP_WITH_CLAUSE] = R_ | OPF_END, [OP_COND_CLAUSE] = R_ | OPF_END, [OP_FUNCTION_CLAUSE] = R_ | OPF_END,
    [OP_FUN_CLAUSE] = R_ | OPF_END, [OP_HALT_PROC] = OPF_END, [OP_SITE] = B_,
};

void *asm_grow(void *array, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap) return array;
    size_t n = *cap ? *cap * 2 : 64;
    if (n < need) n = need;
    array = realloc(array, n * size);
    if (!array) abort();
    *cap = n;
    return array;
}

// Same for the assembler's own arrays, whose capacities are 32-bit.
static void *grow32(void *array, uint32_t *cap, uint32_t need, size_t size)
{
    size_t c = *cap;
    array = asm_grow(array, &c, need, size);
    *cap = (uint32_t)c;
    return array;
}

static bool is_jump(unsigned op)
{
    if (op >= OP_COUNT || op == OP_CALL || op == OP_TCALL) return false;
    if (op == OP_LOADI || op == OP_GCTEST) return false;
    const char *f = op_formats[op];
    while (*f && *f != 'j' && *f != 'J') f++;
    return *f;
}

void asm_init(struct assembler *as, struct vm *vm, struct object *o)
{
    *as = (struct assembler){.vm = vm, .o = o};
    for (unsigned op = 0; op < OP_COUNT + 4; op++) as->flags[op] = base_flags[op] | (is_jump(op) ? OPF_JUMP : 0);
}

void asm_free(struct assembler *as)
{
    free(as->ins);
    free(as->x);
    free(as->labels);
    free(as->regions);
    free(as->fixups);
    free(as->rename);
    free(as->literals.slots);
    free(as->imports.slots);
}

// ---- emission
void asm_function_begin(struct assembler *as, unsigned arity)
{
    as->nins = as->nx = as->nregions = 0;
    as->nlabels = 0;
    asm_label(as);      // label 0 is no label
    as->dead = as->loops = false;
    as->arity = arity;
    as->window = arity;
}

label asm_label(struct assembler *as)
{
    as->labels = grow32(as->labels, &as->cap_labels, as->nlabels + 1, sizeof *as->labels);
    as->labels[as->nlabels] = (struct asm_label){.at = -1};
    return as->nlabels++;
}

bool asm_used(struct assembler *as, label l) { return as->labels[l].refs > 0; }

static struct ins *append(struct assembler *as, unsigned op)
{
    as->ins = grow32(as->ins, &as->cap_ins, as->nins + 1, sizeof *as->ins);
    struct ins *i = &as->ins[as->nins++];
    *i = (struct ins){.op = (uint16_t)op, .x = as->nx};
    return i;
}

void asm_bind(struct assembler *as, label l)
{
    as->labels[l].at = (int32_t)as->nins;
    append(as, PSEUDO_LABEL)->target = l;
    if (as->labels[l].refs) as->dead = false;
}

void asm_bind_loop(struct assembler *as, label l)
{
    asm_bind(as, l);
    as->labels[l].back = true;
    as->loops = true;
}

void asm_region_begin(struct assembler *as, enum region_kind kind, label target, unsigned reg)
{
    as->regions = grow32(as->regions, &as->cap_regions, as->nregions + 1, sizeof *as->regions);
    as->regions[as->nregions] = (struct asm_region){target, (uint16_t)reg, (uint8_t)kind, 0};
    append(as, PSEUDO_BEGIN)->target = as->nregions++;
    if (!as->dead) as->labels[target].refs++;
}

void asm_region_end(struct assembler *as) { append(as, PSEUDO_END); }

struct ins *asm_emit(struct assembler *as, unsigned op, unsigned a, unsigned b, unsigned c)
{
    as->swallowed = as->dead;
    struct ins *i = as->dead ? &as->scratch : append(as, op);
    i->a = (uint16_t)a;
    i->b = (uint16_t)b;
    i->c = (uint16_t)c;
    if (as->flags[op] & OPF_RAISES || op == OP_RECV_WAIT) i->line = line_of_file(as->file, as->line);     // a process that waits says where
    if (as->flags[op] & OPF_END) as->dead = true;
    return i;
}

struct ins *asm_jump(struct assembler *as, unsigned op, unsigned a, unsigned b, label l)
{
    if (!as->dead) as->labels[l].refs++;
    struct ins *i = asm_emit(as, op, a, b, 0);
    i->target = l;
    return i;
}

static void add_x(struct assembler *as, uint64_t v, enum xkind kind)
{
    if (as->swallowed) return;
    struct ins *i = &as->ins[as->nins - 1];
    as->x = grow32(as->x, &as->cap_x, as->nx + 1, sizeof *as->x);
    as->x[as->nx++] = (struct xword){v, (uint8_t)kind};
    i->nx++;
    if (kind == X_LABEL) as->labels[v].refs++;
}

void asm_x_lit(struct assembler *as, term t) { add_x(as, t, X_LIT); }
void asm_x_reg(struct assembler *as, unsigned r) { add_x(as, r, X_REG); }
void asm_x_lambda(struct assembler *as, unsigned index) { add_x(as, index, X_LAMBDA); }
void asm_x_label(struct assembler *as, label l) { add_x(as, l, X_LABEL); }
void asm_x_export(struct assembler *as, term module, term function, unsigned arity)
{
    add_x(as, asm_import(as, module, function, arity), X_EXPORT);
}

// ---- what an instruction reads and writes
void asm_visit(struct assembler *as, struct ins *i, reg_visitor *visit, void *ctx)
{
    const char *f = op_formats[i->op];
    uint16_t *field[3] = {&i->a, &i->b, &i->c};
    // Reads first: a written register may equal a read one.
    for (int k = 0; k < 3 && f[k]; k++) {
        if (f[k] == 'J') break;
        if (f[k] == 'r' && *field[k] != NO_REGISTER) visit(ctx, field[k], REG_READ);
    }
    for (uint32_t k = 0; k < i->nx; k++) {
        struct xword *x = &as->x[i->x + k];
        if (x->kind != X_REG) continue;
        uint16_t r = (uint16_t)x->v;
        visit(ctx, &r, REG_READ);
        x->v = r;
    }
    for (int k = 0; k < 3 && f[k]; k++) {
        if (f[k] == 'J') break;
        if (f[k] == 'd') visit(ctx, field[k], REG_WRITE);
    }
}

unsigned asm_alloc_words(const struct ins *i)
{
    switch (i->op) {
    case OP_CONS: case OP_CONSK: case OP_CONSL: return 2;
    case OP_LIST: return 2 * (i->b - 1u);
    case OP_TUPLE: return 1u + i->b;
    case OP_CLOSURE: return 2u + i->b;
    case OP_BS_START: return 4;
    default: return 0;
    }
}

// ---- jump threading
static uint32_t skip_pseudo(struct assembler *as, uint32_t i)
{
    while (i < as->nins && as->ins[i].op >= OP_COUNT) i++;
    return i;
}

static label thread(struct assembler *as, label l)
{
    for (int hops = 0; hops < 16; hops++) {
        int32_t at = as->labels[l].at;
        if (at < 0) break;
        uint32_t i = skip_pseudo(as, (uint32_t)at);
        if (i >= as->nins || as->ins[i].op != OP_JUMP || as->ins[i].target == l) break;
        l = as->ins[i].target;
    }
    return l;
}

static int inverse_test(unsigned op)
{
    switch (op) {
    case OP_EQK: return OP_NEK;
    case OP_NEK: return OP_EQK;
    case OP_EQ: return OP_NE;
    case OP_NE: return OP_EQ;
    case OP_EQN: return OP_NEN;
    case OP_NEN: return OP_EQN;
    case OP_EQI: return OP_NEI;
    case OP_NEI: return OP_EQI;
    case OP_LTI: return OP_GEI;
    case OP_GEI: return OP_LTI;
    case OP_LEI: return OP_GTI;
    case OP_GTI: return OP_LEI;
    case OP_LTK: return OP_GEK;
    case OP_GEK: return OP_LTK;
    case OP_LEK: return OP_GTK;
    case OP_GTK: return OP_LEK;
    case OP_TRUTHY: return OP_FALSY;
    case OP_FALSY: return OP_TRUTHY;
    case OP_LT: return OP_LE;      // with swapped operands
    case OP_LE: return OP_LT;
    default: return -1;
    }
}

// Does control reach label `l` from just after instruction i without doing anything?
static bool falls_to(struct assembler *as, uint32_t i, label l)
{
    for (i++; i < as->nins && as->ins[i].op >= OP_COUNT; i++)
        if (as->ins[i].op == PSEUDO_LABEL && as->ins[i].target == l) return true;
    return false;
}

// test -> f; JUMP t; f:   becomes   opposite test -> t; f:
static void invert_over_jump(struct assembler *as, uint32_t i)
{
    struct ins *test = &as->ins[i];
    uint32_t j = i + 1;
    while (j < as->nins && as->ins[j].op == PSEUDO_NOP) j++;
    if (j >= as->nins || as->ins[j].op != OP_JUMP || !falls_to(as, j, test->target)) return;
    int inverse = inverse_test(test->op);
    if (inverse < 0) return;
    if (test->op == OP_LT || test->op == OP_LE) {
        uint16_t a = test->a;
        test->a = test->b;
        test->b = a;
    }
    test->op = (uint16_t)inverse;
    test->target = as->ins[j].target;
    as->ins[j].op = PSEUDO_NOP;
}

static void count_refs(struct assembler *as)
{
    for (uint32_t l = 0; l < as->nlabels; l++) as->labels[l].refs = 0;
    for (uint32_t i = 0; i < as->nins; i++) {
        struct ins *in = &as->ins[i];
        if (in->op == PSEUDO_BEGIN) as->labels[as->regions[in->target].target].refs++;
        if (as->flags[in->op] & OPF_JUMP) as->labels[in->target].refs++;
        if (in->op != OP_SWITCH && in->op != OP_JTAB) continue;
        for (uint32_t k = 0; k < in->nx; k++)
            if (as->x[in->x + k].kind == X_LABEL) as->labels[as->x[in->x + k].v].refs++;
    }
}

static bool drop_unreachable(struct assembler *as)
{
    bool dead = false, changed = false;
    for (uint32_t i = 0; i < as->nins; i++) {
        struct ins *in = &as->ins[i];
        if (in->op == PSEUDO_LABEL && as->labels[in->target].refs) dead = false;
        if (in->op >= OP_COUNT) continue;
        if (dead || (in->op == OP_JUMP && falls_to(as, i, in->target))) {
            in->op = PSEUDO_NOP;
            in->nx = 0;
            changed = true;
        } else if (as->flags[in->op] & OPF_END) {
            dead = true;
        }
    }
    return changed;
}

static void thread_jumps(struct assembler *as)
{
    for (uint32_t i = 0; i < as->nins; i++) {
        struct ins *in = &as->ins[i];
        if (!(as->flags[in->op] & OPF_JUMP)) continue;
        in->target = thread(as, in->target);
        if (in->op == OP_SWITCH || in->op == OP_JTAB) {
            for (uint32_t k = 0; k < in->nx; k++)
                if (as->x[in->x + k].kind == X_LABEL) as->x[in->x + k].v = thread(as, (label)as->x[in->x + k].v);
        } else if (in->op == OP_JUMP) {
            uint32_t to = skip_pseudo(as, (uint32_t)as->labels[in->target].at);
            if (to < as->nins && (as->ins[to].op == OP_RET || as->ins[to].op == OP_RETK)) *in = as->ins[to];
        } else {
            invert_over_jump(as, i);
            in->target = thread(as, in->target);
        }
    }
    for (int round = 0; round < 4; round++) {
        count_refs(as);
        if (!drop_unreachable(as)) break;
    }
    count_refs(as);
}

// ---- last peephole: pairs of instructions
static bool pair(struct assembler *as, struct ins *p, struct ins *q)
{
    if (q->gc_words) return false;
    if ((p->op == OP_HEAD && q->op == OP_TAIL) || (p->op == OP_TAIL && q->op == OP_HEAD)) {
        if (p->b != q->b || p->a == p->b || p->a == q->a) return false;
        uint16_t hd = p->op == OP_HEAD ? p->a : q->a, tl = p->op == OP_HEAD ? q->a : p->a;
        p->op = OP_UNCONS;
        p->a = q->b;
        p->b = hd;
        p->c = tl;
    } else if (p->op == OP_MOVE && q->op == OP_MOVE) {
        p->op = OP_MOVE2;
        p->c = q->a;
        p->x = as->nx;
        p->nx = 1;
        as->x = grow32(as->x, &as->cap_x, as->nx + 1, sizeof *as->x);
        as->x[as->nx++] = (struct xword){q->b, X_REG};
    } else {
        return false;
    }
    q->op = PSEUDO_NOP;
    return true;
}

static void pair_all(struct assembler *as)
{
    struct ins *prev = NULL;
    for (uint32_t i = 0; i < as->nins; i++) {
        struct ins *in = &as->ins[i];
        if (in->op == PSEUDO_NOP) continue;
        if (in->op == PSEUDO_LABEL && !as->labels[in->target].refs) continue;
        if (in->op >= OP_COUNT) prev = NULL;
        else if (!prev || !pair(as, prev, in)) prev = in;
    }
}

// ---- layout
static bool has_letter(unsigned op, char c) { return strchr(op_formats[op], c) != NULL; }

static uint32_t words_of(const struct assembler *as, const struct ins *i)
{
    uint32_t n = 1 + i->nx + (has_letter(i->op, 'M') ? 1 : 0) + (has_letter(i->op, 'C') ? 1 : 0);
    if (i->gc_words) n += 2;
    if (i->far) n += (as->flags[i->op] & OPF_END) ? 1 : 2;
    return n;
}

static void place(struct assembler *as, uint32_t start)
{
    uint32_t at = start;
    for (uint32_t i = 0; i < as->nins; i++) {
        struct ins *in = &as->ins[i];
        if (in->op == PSEUDO_LABEL) as->labels[in->target].offset = at;
        if (in->op < OP_COUNT) at += words_of(as, in);
    }
}

static bool short_jump(const struct assembler *as, unsigned op) { return (as->flags[op] & OPF_JUMP) && has_letter(op, 'j'); }

// Marks jumps that do not reach; true if any was newly marked.
static bool mark_far(struct assembler *as, uint32_t start)
{
    bool changed = false;
    uint32_t at = start;
    for (uint32_t i = 0; i < as->nins; i++) {
        struct ins *in = &as->ins[i];
        if (in->op >= OP_COUNT) continue;
        at += words_of(as, in);
        if (in->far || !short_jump(as, in->op)) continue;
        int64_t d = (int64_t)as->labels[in->target].offset - at;
        if (d < -32768 || d > 32767) in->far = changed = true;
    }
    return changed;
}

// ---- writing
static void word(struct assembler *as, uint64_t w)
{
    struct object *o = as->o;
    o->code = asm_grow(o->code, &as->cap_code, o->ncode + 1, sizeof *o->code);
    o->code[o->ncode++] = w;
}

static void reloc_word(struct assembler *as, enum reloc_kind kind, uint32_t index)
{
    struct object *o = as->o;
    o->relocs = asm_grow(o->relocs, &as->cap_relocs, o->nrelocs + 1, sizeof *o->relocs);
    o->relocs[o->nrelocs++] = (struct reloc){(uint32_t)o->ncode, (uint8_t)kind};
    word(as, index);
}

static void write_line(struct assembler *as, int32_t line, uint32_t function_start)
{
    struct object *o = as->o;
    if (!line) return;
    if (o->nlines && o->lines[o->nlines - 1].line == line && o->lines[o->nlines - 1].at >= function_start) return;
    o->lines = asm_grow(o->lines, &as->cap_lines, o->nlines + 1, sizeof *o->lines);
    o->lines[o->nlines++] = (struct line_entry){(uint32_t)o->ncode, line};
}

static void write_x(struct assembler *as, const struct xword *x, uint32_t end)
{
    switch ((enum xkind)x->kind) {
    case X_LIT:
        if (is_small(x->v) || is_nil(x->v)) word(as, x->v);
        else reloc_word(as, RELOC_LITERAL, asm_literal(as, x->v));
        break;
    case X_REG: word(as, make_operand_reg((unsigned)x->v)); break;
    case X_EXPORT: reloc_word(as, RELOC_EXPORT, (uint32_t)x->v); break;
    case X_LAMBDA: reloc_word(as, RELOC_LAMBDA, (uint32_t)x->v); break;
    case X_LABEL: word(as, (uint64_t)((int64_t)as->labels[x->v].offset - end)); break;
    }
}

static void write_gctest(struct assembler *as, const struct ins *i)
{
    word(as, make_instr_long(OP_GCTEST, 0, (int32_t)i->gc_words));
    word(as, i->gc_mask);
}

static void write_ins(struct assembler *as, const struct ins *i)
{
    const char *f = op_formats[i->op];
    uint32_t start = (uint32_t)as->o->ncode;
    uint32_t end = start + words_of(as, i) - (i->gc_words ? 2 : 0);
    uint32_t own_end = i->far ? end - ((as->flags[i->op] & OPF_END) ? 1 : 2) : end;
    unsigned a = i->a, b = i->b, c = i->c;
    if (i->op == OP_CALL || i->op == OP_TCALL) {
        as->fixups = grow32(as->fixups, &as->cap_fixups, as->nfixups + 1, sizeof *as->fixups);
        as->fixups[as->nfixups++] = (struct fixup){start, end, i->target};
        word(as, make_instr_long((enum opcode)i->op, i->op == OP_CALL ? a : 0, 0));
    } else if (f[1] == 'J') {
        int32_t j = i->op == OP_LOADI ? (int32_t)i->target : (int32_t)((int64_t)as->labels[i->target].offset - end);
        word(as, make_instr_long((enum opcode)i->op, a, j));
    } else {
        if (as->flags[i->op] & OPF_JUMP) {
            int64_t d = (int64_t)as->labels[i->target].offset - end;
            if (i->far) d = (as->flags[i->op] & OPF_END) ? 0 : 1;
            if (f[1] == 'j') b = (unsigned)d & 0xffff;
            else c = (unsigned)d & 0xffff;
        }
        word(as, make_instr((enum opcode)i->op, a, b, c));
    }
    uint32_t x = i->x, xend = i->x + i->nx;
    for (const char *l = f; *l; l++) {
        if (*l == 'M') word(as, i->mask);
        else if (*l == 'C') word(as, 0);
        else if (*l == '*') { while (x < xend) write_x(as, &as->x[x++], own_end); }
        else if (strchr("KOXF", *l) && x < xend) write_x(as, &as->x[x++], own_end);
    }
    if (!i->far) return;
    if (!(as->flags[i->op] & OPF_END)) word(as, make_instr_long(OP_JUMP, 0, 1));
    word(as, make_instr_long(OP_JUMP, 0, (int32_t)((int64_t)as->labels[i->target].offset - end)));
}

static void write_regions(struct assembler *as, const struct ins *i, uint32_t *open, uint32_t *depth)
{
    struct object *o = as->o;
    if (i->op == PSEUDO_BEGIN) {
        struct asm_region *r = &as->regions[i->target];
        o->regions = asm_grow(o->regions, &as->cap_regions_out, o->nregions + 1, sizeof *o->regions);
        r->index = (uint32_t)o->nregions++;
        o->regions[r->index] = (struct region){.start = (uint32_t)o->ncode, .target = as->labels[r->target].offset, .reg = r->reg, .kind = r->kind};
        open[(*depth)++] = r->index;
    } else {
        o->regions[open[--*depth]].end = (uint32_t)o->ncode;
    }
}

// Regions that came out empty are taken out again.
static void drop_empty_regions(struct object *o, size_t from)
{
    size_t n = from;
    for (size_t i = from; i < o->nregions; i++)
        if (o->regions[i].end > o->regions[i].start) o->regions[n++] = o->regions[i];
    o->nregions = n;
}

static void count_window(void *ctx, uint16_t *r, int kind)
{
    (void)kind;
    unsigned *w = ctx;
    if (*r + 1u > *w) *w = *r + 1u;
}

static void measure_window(struct assembler *as)
{
    for (uint32_t i = 0; i < as->nins; i++) {
        struct ins *in = &as->ins[i];
        if (in->op >= OP_COUNT) continue;
        asm_visit(as, in, count_window, &as->window);
        unsigned need = 0;
        if (as->flags[in->op] & OPF_CALL) need = in->a + 1u + in->n;
        if (in->op == OP_CALLMF || in->op == OP_TCALLMF) need = need > in->c + 2u ? need : in->c + 2u;
        if (as->flags[in->op] & OPF_TAIL && in->n > need) need = in->n;
        if (need > as->window) as->window = need;
    }
    for (uint32_t r = 0; r < as->nregions; r++)
        if (as->regions[r].kind == REGION_TRY && as->regions[r].reg + 3u > as->window) as->window = as->regions[r].reg + 3u;
    if (as->window > 65000) as->error = "a function needs more than 65000 registers";
}

void asm_function_end(struct assembler *as, uint32_t *entry, uint32_t *end)
{
    struct object *o = as->o;
    thread_jumps(as);
    measure_window(as);
    if (as->error) return;
    asm_liveness(as);
    pair_all(as);
    uint32_t start = (uint32_t)o->ncode + 1;
    do place(as, start);
    while (mark_far(as, start));

    *entry = (uint32_t)o->ncode;
    word(as, make_instr(OP_ENTER, as->window, as->arity, 0));
    uint32_t *open = calloc(as->nregions + 1, sizeof *open), depth = 0;
    if (!open) abort();
    size_t first_region = o->nregions;
    for (uint32_t i = 0; i < as->nins; i++) {
        const struct ins *in = &as->ins[i];
        if (in->op == PSEUDO_BEGIN || in->op == PSEUDO_END) write_regions(as, in, open, &depth);
        if (in->op >= OP_COUNT) continue;
        if (in->gc_words) write_gctest(as, in);
        write_line(as, in->line, *entry);
        write_ins(as, in);
    }
    free(open);
    drop_empty_regions(o, first_region);
    *end = (uint32_t)o->ncode;
}

void asm_link(struct assembler *as)
{
    for (uint32_t k = 0; k < as->nfixups; k++) {
        const struct fixup *f = &as->fixups[k];
        uint64_t *w = &as->o->code[f->at];
        int32_t d = (int32_t)((int64_t)as->o->functions[f->function].entry - f->end);
        *w = (*w & 0xffffffffu) | (uint64_t)(uint32_t)d << 32;
    }
}
