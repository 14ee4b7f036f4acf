// SPDX-License-Identifier: Apache-2.0
// The emitter: one function's instructions in symbolic form, then optimised, laid out and written into the object.
//
// The generator appends instructions with physical registers, labels and literal terms; asm_function_end() threads jumps,
// drops dead code, computes what is live (asm_live.c: live masks, GCTESTs, moves folded into what computes them), chooses short
// or long jumps and writes words, relocations, lines, regions and masks. Invariant: masks are not the generator's business,
// they follow from the instructions; so a wrong guess of the generator about a register costs a word, never a live term.
#ifndef PHIAL_ASM_H
#define PHIAL_ASM_H

#include "../vm/object.h"
#include "arena.h"

typedef uint32_t label;
#define NO_LABEL 0u

enum xkind { X_LIT, X_REG, X_EXPORT, X_LAMBDA, X_LABEL };
struct xword { uint64_t v; uint8_t kind; };

// Pseudo instructions of the symbolic form.
enum { PSEUDO_LABEL = OP_COUNT, PSEUDO_BEGIN, PSEUDO_END, PSEUDO_NOP };

struct ins {
    uint16_t op;
    uint16_t a, b, c;
    uint16_t n;             // calls: number of arguments
    bool far;               // its short jump does not reach
    uint32_t target;        // label; CALL and TCALL: function index
    uint32_t x, nx;         // extra words: K, O, X, F and the repeated part; M and C are implied
    int32_t line;           // 0: cannot raise
    uint32_t gc_words;      // a GCTEST for so many words goes before it
    uint64_t mask, gc_mask; // encoded live masks
};

struct asm_label { uint32_t refs, left; int32_t at; uint32_t offset; uint64_t *live; bool back; };
struct asm_region { label target; uint16_t reg; uint8_t kind; uint32_t index; };
struct fixup { uint32_t at, end, function; };

struct literal_pool { uint32_t *slots; uint32_t nslots; };

// What the passes must know of an instruction beyond its operand letters.
enum op_flags {
    OPF_END = 1,        // never goes on with the next instruction
    OPF_PURE = 2,       // nothing but its result matters
    OPF_RAISES = 4,     // may raise (calls included)
    OPF_CALL = 8,       // field a is a window base
    OPF_TAIL = 16,      // reads its n arguments from R[0..]
    OPF_BARRIER = 32,   // a safe point, or it allocates by itself: words reserved before it are gone
    OPF_JUMP = 64,      // `target` is a label
};

struct assembler {
    struct vm *vm;
    struct object *o;
    struct ins *ins; uint32_t nins, cap_ins;
    struct xword *x; uint32_t nx, cap_x;
    struct asm_label *labels; uint32_t nlabels, cap_labels;
    struct asm_region *regions; uint32_t nregions, cap_regions;
    struct fixup *fixups; uint32_t nfixups, cap_fixups;
    uint32_t *rename; uint32_t cap_rename;
    struct literal_pool literals, imports;
    size_t cap_code, cap_relocs, cap_literals, cap_imports, cap_lines, cap_regions_out, cap_masks;
    bool dead;              // the point of emission cannot be reached
    bool swallowed;         // the instruction emitted last was dropped for that
    bool loops;             // the function has jumps backwards
    unsigned arity;
    unsigned window;        // words the function's window needs
    uint8_t file;           // of the function, as in struct line_entry
    int32_t line;           // of what is emitted now
    uint8_t flags[OP_COUNT + 4]; // enum op_flags, by opcode
    const char *error;
    struct ins scratch;     // takes what is emitted at a dead point
};

void asm_init(struct assembler *as, struct vm *vm, struct object *o);
void asm_free(struct assembler *as);    // the object stays

void asm_function_begin(struct assembler *as, unsigned arity);
// Writes the function; its words are [*entry, *end).
void asm_function_end(struct assembler *as, uint32_t *entry, uint32_t *end);
// After the last function: entries[i] is the entry of function i.
void asm_link(struct assembler *as);

label asm_label(struct assembler *as);
void asm_bind(struct assembler *as, label l);           // a label nothing refers to does not make the point reachable
void asm_bind_loop(struct assembler *as, label l);      // for jumps backwards
bool asm_used(struct assembler *as, label l);

// Regions nest. An instruction that raises between begin and end goes to `target`.
void asm_region_begin(struct assembler *as, enum region_kind kind, label target, unsigned reg);
void asm_region_end(struct assembler *as);

struct ins *asm_emit(struct assembler *as, unsigned op, unsigned a, unsigned b, unsigned c);
struct ins *asm_jump(struct assembler *as, unsigned op, unsigned a, unsigned b, label l);   // any with a j or J
// Extra words of the instruction emitted last.
void asm_x_lit(struct assembler *as, term t);
void asm_x_reg(struct assembler *as, unsigned r);
void asm_x_export(struct assembler *as, term module, term function, unsigned arity);
void asm_x_lambda(struct assembler *as, unsigned index);
void asm_x_label(struct assembler *as, label l);

// ---- shared by asm.c and asm_live.c
// Registers an instruction reads and writes through its fields and operands (calls' arguments excluded).
// Calls `reg(ctx, r, kind)` for each; kind 0: read, 1: written. The visitor may replace the register.
enum { REG_READ, REG_WRITE };
typedef void reg_visitor(void *ctx, uint16_t *r, int kind);
void asm_visit(struct assembler *as, struct ins *i, reg_visitor *visit, void *ctx);
unsigned asm_alloc_words(const struct ins *i);          // of the words GCTEST reserves
void asm_liveness(struct assembler *as);                // asm_live.c
uint32_t asm_literal(struct assembler *as, term t);     // literals.c: index in the object's table
uint32_t asm_import(struct assembler *as, term module, term function, unsigned arity);
void *asm_grow(void *array, size_t *cap, size_t need, size_t size);

#endif
