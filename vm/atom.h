// SPDX-License-Identifier: Apache-2.0
// Atoms: one table per VM, text to index and back. Owner of its locking rule: today one scheduler thread; the table
// only grows, an index never changes its text, the limit is ATOM_LIMIT (raise system_limit beyond).
// Atoms the C code names are listed once, in atoms.def, and have fixed indices: AM_name is the term.
#ifndef PHIAL_ATOM_H
#define PHIAL_ATOM_H

#include "term.h"

#define ATOM_LIMIT (1u << 20)
#define ATOM_RESERVE (1u << 16)     // beyond the limit, for code: a program that has used up the atoms can still be talked to
#define ATOM_MAX_BYTES 1020   // 255 characters of up to four bytes

enum atom_fixed {
#define ATOM(NAME, TEXT) ATOM_##NAME,
#include "atoms.def"
#undef ATOM
    ATOM_FIXED_COUNT
};

enum {
#define ATOM(NAME, TEXT) AM_##NAME = ATOM_##NAME << 3 | TAG_ATOM,
#include "atoms.def"
#undef ATOM
};

struct atom_text { const char *bytes; uint32_t len; };   // UTF-8, NUL-terminated as well

struct atom_table;
struct atom_table *atoms_new(void);
void atoms_free(struct atom_table *t);
// The atom with this text, created if new. TERM_NONE: the table is full or the text is too long (255 characters).
term atom_intern(struct vm *vm, const char *bytes, size_t len);
// the same, from the reserve if need be: names in code that is loaded or generated
term atom_of_code(struct vm *vm, const char *bytes, size_t len);
term atom_from_c(struct vm *vm, const char *cstr);
term atom_existing(struct vm *vm, const char *bytes, size_t len);  // TERM_NONE if there is none
struct atom_text atom_text(struct vm *vm, term atom);
uint32_t atom_hash(struct vm *vm, term atom);                       // of the text alone
int atom_compare(struct vm *vm, term a, term b);                    // by text
uint32_t atom_count(struct vm *vm);

#endif
