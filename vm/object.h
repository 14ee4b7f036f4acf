// SPDX-License-Identifier: Apache-2.0
// An object: a compiled module before loading, position-independent. The code generator makes it, the loader (code.c) turns
// it into a struct module, the image writer stores it.
//
// Invariant: code words that name something outside the code (literals, exports, lambdas) hold an index; `relocs` lists them all.
// Terms lie in `heap` and belong to the object.
#ifndef PHIAL_OBJECT_H
#define PHIAL_OBJECT_H

#include "heap.h"

enum opcode {
#define OP(NAME, OPERANDS, MEANING) OP_##NAME,
#include "ops.def"
#undef OP
    OP_COUNT,
    OP_BEFORE_JOINED = OP_COUNT - 1,
#define OP(NAME, OPERANDS, MEANING)
#define JOIN(FIRST, SECOND) OP_##FIRST##_##SECOND,
#include "ops.def"
#undef OP
};

static inline uint64_t make_instr(enum opcode op, unsigned a, unsigned b, unsigned c)
{
    return (uint64_t)op | (uint64_t)(a & 0xffff) << 16 | (uint64_t)(b & 0xffff) << 32 | (uint64_t)(c & 0xffff) << 48;
}
static inline uint64_t make_instr_long(enum opcode op, unsigned a, int32_t bc)
{
    return (uint64_t)op | (uint64_t)(a & 0xffff) << 16 | (uint64_t)(uint32_t)bc << 32;
}
// Operand words (letter O): a register is told from a literal by the header tag, which no term has.
static inline uint64_t make_operand_reg(unsigned r) { return (uint64_t)r << 8 | TAG_HEADER; }
#define MASK_POOLED (1ull << 63)
#define NO_REGISTER 65535

enum reloc_kind { RELOC_LITERAL, RELOC_EXPORT, RELOC_LAMBDA };   // the code word at `at` is an index into that table
struct reloc { uint32_t at; uint8_t kind; };

struct import { term module, function; unsigned arity; };
// A function or fun body. `entry` is the word of its ENTER. Lambdas get their captured values as arguments after the declared ones.
struct function { term name; unsigned arity; uint32_t entry, end; bool exported; int line; };
struct lambda_def { uint32_t function; unsigned arity; unsigned captured; int index; uint32_t uniq; }; // arity: as seen by callers
// Source line of the instructions from `at` to the next entry's; sorted. Recorded where something can raise or call.
// `line` has the number of the file, in which the line counts, in its upper bits: 0 for the object's file, n for the nth of its files.
struct line_entry { uint32_t at; int32_t line; };
enum { LINE_BITS = 24, MAX_LINE = (1 << LINE_BITS) - 1, MAX_FILES = 100 };
static inline int32_t line_of_file(unsigned file, int32_t line)
{
    return line <= 0 ? 0 : (line > MAX_LINE ? MAX_LINE : line) | (int32_t)(file << LINE_BITS);
}
// Exceptions from [start, end) go to `target`. kind TRY: R[reg], R[reg+1], R[reg+2] = class, reason, raw trace; registers below `reg`
// that the handler uses are live through the region. kind GUARD: nothing is set. Sorted by start; an inner region comes after its outer one.
enum region_kind { REGION_TRY, REGION_GUARD };
struct region { uint32_t start, end, target; uint16_t reg; uint8_t kind; };

struct object {
    term module;                // atom
    term file;                  // binary: source path as shown in stack traces
    term files;                 // tuple of such, of functions that come from elsewhere; or nil
    struct heap heap;           // the literals' home
    uint64_t *code;             size_t ncode;
    struct reloc *relocs;       size_t nrelocs;
    term *literals;             size_t nliterals;
    struct import *imports;     size_t nimports;
    struct function *functions; size_t nfunctions;
    struct lambda_def *lambdas; size_t nlambdas;
    struct line_entry *lines;   size_t nlines;
    struct region *regions;     size_t nregions;
    uint64_t *masks;            size_t nmasks;      // pool: at index i, word count then words
    term attributes;            // [{key, [values]}] for __info__ / module_info
    // {docs chunk | nil, {types, specs, callbacks} | nil, heads (compiler/heads.c) | nil} or nil; kept apart in the image, loaded on demand
    term docs;
};

// Name and operand letters of each instruction, from ops.def. The fields come first: 'J' fills two of the three.
extern const char *const op_names[OP_COUNT];
extern const char *const op_formats[OP_COUNT];
// Number of words that extra words of an instruction at `at` take (it needs the decoded instruction for '*').
size_t op_length(const uint64_t *at);
// The opcode of an instruction in loaded code, where it may be joined with the next: its own.
enum opcode op_own(const uint64_t *at);
// What FIRST becomes before SECOND: itself, if they are no pair.
enum opcode op_joined(enum opcode first, enum opcode second);

struct object *object_new(void);    // all empty; arrays are malloc'ed, grown by the maker
void object_free(struct object *o);
// verify.c: is the code one the interpreter may run? Every jump lands on an instruction of its function, every register read was written on all
// paths, live masks hold no garbage, allocations were reserved. `exact`: masks hold nothing dead either. False: `message` says what is wrong where.
bool object_verify(struct vm *vm, const struct object *o, bool exact, char *message, size_t size);
// Prints the code as text (phial --disasm).
void object_disassemble(struct vm *vm, const struct object *o, void *file);

#endif
