// SPDX-License-Identifier: Apache-2.0
// Terms as text for people who debug the VM itself: the image builder's errors and the disassembler. Programs use Inspect.
#include <inttypes.h>
#include <stdio.h>

#include "code.h"

enum { DUMP_DEPTH = 12, DUMP_ITEMS = 40 };

static void dump(struct vm *vm, FILE *f, term t, int depth);

static void dump_list(struct vm *vm, FILE *f, term t, int depth)
{
    int n = 0;
    fputc('[', f);
    for (; is_cons(t) && n < DUMP_ITEMS; t = tail(t)) {
        if (n++) fputs(", ", f);
        dump(vm, f, head(t), depth - 1);
    }
    if (is_cons(t)) fputs(", ...", f);
    else if (!is_nil(t)) {
        fputs(" | ", f);
        dump(vm, f, t, depth - 1);
    }
    fputc(']', f);
}

static void dump_bits(FILE *f, term t)
{
    struct bits b = bits_of(t);
    fputc('"', f);
    for (uint64_t i = 0; i + 8 <= b.size && i < 8 * 200; i += 8) {
        uint64_t at = b.offset + i;
        unsigned v = at & 7 ? (unsigned)(b.base[at >> 3] << 8 | b.base[(at >> 3) + 1]) >> (8 - (at & 7)) & 255 : b.base[at >> 3];
        if (v < 32 || v == '"') fprintf(f, "\\x%02x", v);
        else fputc((int)v, f);
    }
    fputc('"', f);
    if (b.size & 7) fprintf(f, "+%u bits", (unsigned)(b.size & 7));
}

static void dump_map(struct vm *vm, FILE *f, term t, int depth)
{
    struct map_iter it;
    term k, v;
    int n = 0;
    fputs("%{", f);
    for (map_iter_init(&it, t); map_iter_next(&it, &k, &v) && n < DUMP_ITEMS;) {
        if (n++) fputs(", ", f);
        dump(vm, f, k, depth - 1);
        fputs(" => ", f);
        dump(vm, f, v, depth - 1);
    }
    fputc('}', f);
}

static void dump_boxed(struct vm *vm, FILE *f, term t, int depth)
{
    switch (boxed_type(t)) {
    case TYPE_TUPLE:
        fputc('{', f);
        for (uint64_t i = 0; i < tuple_arity(t) && i < DUMP_ITEMS; i++) {
            if (i) fputs(", ", f);
            dump(vm, f, tuple_get(t, i), depth - 1);
        }
        fputc('}', f);
        return;
    case TYPE_BIGPOS: case TYPE_BIGNEG: fputs("<big>", f); return;
    case TYPE_FUN: fprintf(f, "#Fun<%s>", atom_text(vm, ((struct lambda *)boxed_ptr(t)[1])->name).bytes); return;
    case TYPE_EXPORT: {
        struct export *e = (struct export *)boxed_ptr(t)[1];
        fprintf(f, "&%s.%s/%u", atom_text(vm, e->module).bytes, atom_text(vm, e->function).bytes, e->arity);
        return;
    }
    case TYPE_FLATMAP: case TYPE_HASHMAP: dump_map(vm, f, t, depth); return;
    case TYPE_HEAPBIN: case TYPE_REFBIN: case TYPE_SUBBIN: dump_bits(f, t); return;
    default: fprintf(f, "<type %d>", boxed_type(t)); return;
    }
}

static void dump(struct vm *vm, FILE *f, term t, int depth)
{
    if (depth == 0) fputs("...", f);
    else if (is_small(t)) fprintf(f, "%" PRId64, small_value(t));
    else if (is_float(t)) fprintf(f, "%.17g", float_value(t));
    else if (is_atom(t)) fprintf(f, ":%s", atom_text(vm, t).bytes);
    else if (is_nil(t)) fputs("[]", f);
    else if (is_cons(t)) dump_list(vm, f, t, depth);
    else if (is_boxed(t)) dump_boxed(vm, f, t, depth);
    else fprintf(f, "#imm<%u:%" PRIu64 ">", (unsigned)(t >> 3 & 7), imm_value(t));
}

void term_dump(struct vm *vm, void *file, term t) { dump(vm, file, t, DUMP_DEPTH); }
