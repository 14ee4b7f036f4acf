// SPDX-License-Identifier: Apache-2.0
// Objects: making and freeing them, and their code as text. What an instruction consists of comes from ops.def alone.
#include "object.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "atom.h"
#include "bits.h"
#include "native.h"

const char *const op_names[OP_COUNT] = {
#define OP(NAME, OPERANDS, MEANING) #NAME,
#include "ops.def"
#undef OP
};

const char *const op_formats[OP_COUNT] = {
#define OP(NAME, OPERANDS, MEANING) OPERANDS,
#include "ops.def"
#undef OP
};

struct object *object_new(void)
{
    struct object *o = calloc(1, sizeof *o);
    if (!o) abort();
    heap_init(&o->heap);
    o->attributes = TERM_NIL;
    o->files = AM_nil;
    o->docs = AM_nil;
    return o;
}

void object_free(struct object *o)
{
    if (!o) return;
    free(o->code);
    free(o->relocs);
    free(o->literals);
    free(o->imports);
    free(o->functions);
    free(o->lambdas);
    free(o->lines);
    free(o->regions);
    free(o->masks);
    heap_free(&o->heap);
    free(o);
}

// ---- instructions
static unsigned field(uint64_t w, int k) { return (unsigned)(w >> (16 + 16 * k)) & 0xffff; }

// Words of the repeated part.
static size_t repeated(enum opcode op, uint64_t w)
{
    size_t b = field(w, 1), c = field(w, 2);
    switch (op) {
    case OP_SWITCH: case OP_MAP_NEW: return 2 * b;
    case OP_JTAB: case OP_TUPLE: case OP_LIST: case OP_CLOSURE: case OP_MAP_LIT: return b;
    case OP_MAP_PUT: case OP_MAP_UPDATE: return 2 * c;
    case OP_BS_BUILD: return 3 * b;
    default: return 0;
    }
}

enum opcode op_own(const uint64_t *at)
{
    unsigned op = (unsigned)(*at & 0xffff);
    static const uint8_t firsts[] = {
#define OP(NAME, OPERANDS, MEANING)
#define JOIN(FIRST, SECOND) OP_##FIRST,
#include "ops.def"
#undef OP
    };
    while (op - OP_COUNT < sizeof firsts) op = firsts[op - OP_COUNT];     // a triple's first is a pair
    return (enum opcode)op;
}

enum opcode op_joined(enum opcode first, enum opcode second)
{
    switch ((unsigned)first << 8 | (unsigned)second) {
#define OP(NAME, OPERANDS, MEANING)
#define JOIN(FIRST, SECOND) case OP_##FIRST << 8 | OP_##SECOND: return OP_##FIRST##_##SECOND;
#include "ops.def"
#undef OP
    default: return first;
    }
}

// Words of an instruction but for the repeated part, by its letters; above that a bit if there is one.
static uint8_t parse_length(const char *letters)
{
    uint8_t n = 1;
    for (const char *l = letters; *l; l++) {
        if (*l == '*') n |= 128;
        else if (*l == 'K' || *l == 'X' || *l == 'F' || *l == 'M' || *l == 'C') n++;
        else if (*l == 'O' && l[1] != '*') n++;
    }
    return n;
}

size_t op_length(const uint64_t *at)
{
    static uint8_t lengths[OP_COUNT];
    enum opcode op = op_own(at);
    if (op >= OP_COUNT) return 1;
    if (!lengths[op]) lengths[op] = parse_length(op_formats[op]);
    return lengths[op] & 128 ? (lengths[op] & 127) + repeated(op, *at) : lengths[op];
}

// ---- text
struct printer { struct vm *vm; const struct object *o; FILE *f; uint8_t *kinds; };   // kinds: of relocated words, + 1

static void print_term(struct printer *p, term t, int depth);

static void print_bits(struct printer *p, term t)
{
    struct bits b = bits_of(t);
    fprintf(p->f, "<<");
    for (uint64_t i = 0; i + 8 <= b.size && i < 8 * 40; i += 8) {
        uint8_t byte;
        bits_copy(&byte, 0, b.base, b.offset + i, 8);
        fprintf(p->f, byte >= 32 && byte < 127 ? "%c" : "\\x%02x", byte);
    }
    fprintf(p->f, b.size > 8 * 40 || b.size % 8 ? "... %" PRIu64 " bits>>" : ">>", b.size);
}

static void print_elements(struct printer *p, const term *e, uint64_t n, int depth)
{
    for (uint64_t i = 0; i < n && i < 20; i++) {
        if (i) fprintf(p->f, ", ");
        print_term(p, e[i], depth + 1);
    }
    if (n > 20) fprintf(p->f, ", ...");
}

static void print_list(struct printer *p, term t, int depth)
{
    fprintf(p->f, "[");
    for (int i = 0; is_cons(t); i++, t = tail(t)) {
        if (i) fprintf(p->f, ", ");
        if (i == 20) {
            fprintf(p->f, "...]");
            return;
        }
        print_term(p, head(t), depth + 1);
    }
    if (!is_nil(t)) {
        fprintf(p->f, " | ");
        print_term(p, t, depth + 1);
    }
    fprintf(p->f, "]");
}

static void print_float(struct printer *p, double d)
{
    char text[40];
    fprintf(p->f, "%.*s", float_format_short(d, text), text);
}

static void print_term(struct printer *p, term t, int depth)
{
    if (depth > 5) fprintf(p->f, "...");
    else if (is_small(t)) fprintf(p->f, "%" PRId64, small_value(t));
    else if (is_atom(t)) fprintf(p->f, ":%s", atom_text(p->vm, t).bytes);
    else if (is_list(t)) print_list(p, t, depth);
    else if (is_float(t)) print_float(p, float_value(t));
    else if (!is_boxed(t)) fprintf(p->f, "#%" PRIx64, t);
    else if (is_tuple(t)) {
        fprintf(p->f, "{");
        print_elements(p, boxed_ptr(t) + 1, tuple_arity(t), depth);
        fprintf(p->f, "}");
    } else if (is_bitstring(t)) print_bits(p, t);
    else fprintf(p->f, "#<type %d>", (int)boxed_type(t));
}

static void print_import(struct printer *p, uint64_t i)
{
    const struct import *m = &p->o->imports[i];
    fprintf(p->f, " %s:%s/%u", atom_text(p->vm, m->module).bytes, atom_text(p->vm, m->function).bytes, m->arity);
}

static void print_function_name(struct printer *p, const struct function *fn)
{
    fprintf(p->f, "%s/%u", atom_text(p->vm, fn->name).bytes, fn->arity);
}

// A term or operand word.
static void print_word(struct printer *p, size_t at)
{
    uint64_t w = p->o->code[at];
    int kind = p->kinds[at] - 1;
    if (kind == RELOC_EXPORT) print_import(p, w);
    else if (kind == RELOC_LAMBDA) {
        fprintf(p->f, " fun ");
        print_function_name(p, &p->o->functions[p->o->lambdas[w].function]);
    } else if (kind < 0 && is_header(w)) fprintf(p->f, " r%" PRIu64, w >> 8);
    else {
        fprintf(p->f, " ");
        print_term(p, kind == RELOC_LITERAL ? p->o->literals[w] : w, 0);
    }
}

static void print_mask(struct printer *p, uint64_t m)
{
    const uint64_t *words = &m;
    uint64_t n = 1;
    if (m & MASK_POOLED) {
        n = p->o->masks[m & 0xffffffffu];
        words = &p->o->masks[(m & 0xffffffffu) + 1];
    }
    fprintf(p->f, " live{");
    const char *sep = "";
    for (uint64_t i = 0; i < 64 * n; i++) {
        if (!(words[i / 64] >> i % 64 & 1)) continue;
        fprintf(p->f, "%sr%" PRIu64, sep, i);
        sep = " ";
    }
    fprintf(p->f, "}");
}

static void print_call_target(struct printer *p, size_t target)
{
    for (size_t i = 0; i < p->o->nfunctions; i++)
        if (p->o->functions[i].entry == target) {
            fprintf(p->f, " ");
            print_function_name(p, &p->o->functions[i]);
            return;
        }
    fprintf(p->f, " ->%zu", target);
}

static void print_long(struct printer *p, enum opcode op, uint64_t w, size_t end)
{
    int32_t j = (int32_t)(w >> 32);
    if (op == OP_LOADI || op == OP_GCTEST) fprintf(p->f, " %d", j);
    else if (op == OP_CALL || op == OP_TCALL) print_call_target(p, (size_t)((int64_t)end + j));
    else fprintf(p->f, " ->%" PRId64, (int64_t)end + j);
}

static void print_fields(struct printer *p, enum opcode op, uint64_t w, size_t end)
{
    const char *f = op_formats[op];
    for (int k = 0; k < 3 && f[k]; k++) {
        switch (f[k]) {
        case 'd': case 'r':
            if (field(w, k) == NO_REGISTER) fprintf(p->f, " -");
            else fprintf(p->f, " r%u", field(w, k));
            break;
        case 'u': fprintf(p->f, " %u", field(w, k)); break;
        case 'i': fprintf(p->f, " %d", (int16_t)field(w, k)); break;
        case 'j': fprintf(p->f, " ->%" PRId64, (int64_t)end + (int16_t)field(w, k)); break;
        case 'J': print_long(p, op, w, end); return;
        default: break;
        }
    }
}

static void print_repeated(struct printer *p, enum opcode op, size_t at, size_t end)
{
    for (size_t i = at; i < end; i++) {
        bool jump = op == OP_JTAB || (op == OP_SWITCH && (i - at) % 2);
        if (jump) fprintf(p->f, " ->%" PRId64, (int64_t)end + (int64_t)p->o->code[i]);
        else print_word(p, i);
    }
}

static size_t print_ins(struct printer *p, size_t at)
{
    uint64_t w = p->o->code[at];
    enum opcode op = (enum opcode)(w & 0xffff);
    if (op >= OP_COUNT) {
        fprintf(p->f, "%6zu  ? %" PRIx64 "\n", at, w);
        return at + 1;
    }
    size_t end = at + op_length(&p->o->code[at]), x = at + 1;
    fprintf(p->f, "%6zu  %-12s", at, op_names[op]);
    print_fields(p, op, w, end);
    const char *f = op_formats[op];
    for (const char *l = f; *l; l++) {
        if (*l == 'M') print_mask(p, p->o->code[x++]);
        else if (*l == 'C') x++;
        else if (*l == '*') print_repeated(p, op, x, end);
        else if (*l == 'K' || *l == 'X' || *l == 'F' || (*l == 'O' && l[1] != '*')) print_word(p, x++);
    }
    fprintf(p->f, "\n");
    return end;
}

static void print_regions(struct printer *p, const struct function *fn)
{
    for (size_t i = 0; i < p->o->nregions; i++) {
        const struct region *r = &p->o->regions[i];
        if (r->start < fn->entry || r->start >= fn->end) continue;
        fprintf(p->f, "        %s [%u, %u) -> %u", r->kind == REGION_TRY ? "try" : "guard", r->start, r->end, r->target);
        fprintf(p->f, r->kind == REGION_TRY ? " r%u\n" : "\n", r->reg);
    }
}

void object_disassemble(struct vm *vm, const struct object *o, void *file)
{
    struct printer p = {vm, o, file, calloc(o->ncode + 1, 1)};
    if (!p.kinds) abort();
    for (size_t i = 0; i < o->nrelocs; i++) p.kinds[o->relocs[i].at] = (uint8_t)(o->relocs[i].kind + 1);
    fprintf(p.f, "module %s\n", atom_text(vm, o->module).bytes);
    size_t line = 0;
    for (size_t i = 0; i < o->nfunctions; i++) {
        const struct function *fn = &o->functions[i];
        fprintf(p.f, "\n%s", fn->exported ? "" : "private ");
        print_function_name(&p, fn);
        fprintf(p.f, "\n");
        while (line < o->nlines && o->lines[line].at < fn->entry) line++;
        for (size_t at = fn->entry; at < fn->end;) {
            if (line < o->nlines && o->lines[line].at == at) fprintf(p.f, "        line %d\n", o->lines[line++].line & MAX_LINE);
            at = print_ins(&p, at);
        }
        print_regions(&p, fn);
    }
    free(p.kinds);
}
