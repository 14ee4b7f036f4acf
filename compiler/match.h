// SPDX-License-Identifier: Apache-2.0
// Inside the match compiler: match.c (rows, choice, bodies), match_split.c (constructors), match_bits.c (maps and bitstrings).
//
// A match is a list of rows: what is still to be tested (cells) and what is bound. One test splits the rows: those it says something
// about go on where it holds, the others wait in an item. Items are code not written yet, taken up in last-in, first-out order with the
// state of registers they were made in. No body is written twice.
#ifndef PHIAL_MATCH_H
#define PHIAL_MATCH_H

#include "gen.h"

// A place in the matched values. Fields that the trail saves are 64 bits wide.
enum occ_kind { OCC_ROOT, OCC_ELEM, OCC_HEAD, OCC_TAIL, OCC_VALUE, OCC_POS, OCC_REST };
struct occ {
    struct occ *parent, *children, *next;
    uint8_t kind;
    unsigned index;         // ELEM
    int64_t reg;            // -1: not loaded
    struct bits_ctx *ctx;   // POS, REST
    int64_t pos_reg;        // POS: register with the saved position, -1
    int64_t aligned;        // POS: what is left is whole bytes
    struct core *key;       // VALUE of a map
};
struct bits_ctx { int64_t reg; struct occ *cur; };

enum cell_kind { CELL_LIT, CELL_CONS, CELL_TUPLE, CELL_MAP, CELL_BITS, CELL_PIN, CELL_EQ, CELL_ATOM };
struct cell {
    struct cell *next;
    struct occ *o;
    struct core *p;
    term lit;
    struct occ *other;      // EQ
    unsigned segment;       // BITS: next one
    uint64_t offset;        // BITS: bytes of a literal segment already matched
    unsigned *pairs, npairs; // MAP: still to be looked at
    uint8_t kind;
    bool typed;             // MAP: known to be one
};
struct row_bind { struct row_bind *next; struct var_info *v; struct occ *o; };
struct row { struct row *next; struct cell *cells; struct row_bind *binds; unsigned clause; };

struct item;
struct match_body { label at; bool shared; unsigned n; struct var_info **vars; int *regs; };
struct match {
    struct gen *g;
    struct match_job *job;
    struct item *pending;
    int *held; uint32_t cap_held;
    int64_t nheld;          // registers that places and contexts hold
    struct bits_ctx **ctxs; unsigned nctxs, cap_ctxs;
    int budget;             // rows that may still be copied into several branches
    struct match_body *bodies;
};

// Code to come: rows to try with the register state of `mark`.
struct item {
    struct item *below;
    label at;
    size_t mark;
    struct row *rows;
    struct item *fail;      // where it goes when none matches; NULL: the job's fail
    struct match_key *test; // made first, on `o`; if it does not hold: `otherwise`
    struct occ *o;
    struct item *otherwise;
    struct occ **cur;       // position of each context
    bool *dirty;            // somebody comes from another position
    unsigned nctxs;
};

struct item *match_push(struct match *m, struct row *rows, struct item *fail);
label match_fail(struct match *m, struct item *i);
struct row *match_row_without(struct match *m, const struct row *r, const struct cell *c);
void match_add_pattern(struct match *m, struct row *r, struct occ *o, struct core *p, struct cell ***tail);
void match_add_lit(struct match *m, struct occ *o, term t, struct cell ***tail);
struct cell *match_cell(const struct row *r, const struct occ *o);
struct occ *match_child(struct match *m, struct occ *parent, enum occ_kind kind, unsigned index);
int match_load(struct match *m, struct occ *o);
int match_take(struct match *m);                    // a register held for the match
void match_set(struct match *m, int64_t *field, int64_t value);     // trailed
// A pattern or guard expression evaluated while matching; an error goes to `fail`. The register is held for the match.
int match_eval(struct match *m, struct row *r, struct core *e, struct item *fail);
// Splits off the rows after the first n as an item; their place is `fail` if there are none.
struct item *match_rest(struct match *m, struct row *rows, unsigned n, struct item *fail, struct row **first);

// match_split.c
bool match_exclusive(const struct cell *c);         // its constructor excludes the others that this is true of
struct row *match_split(struct match *m, struct row *rows, struct occ *o, struct item **fail);
void match_key_test(struct match *m, const struct match_key *k, struct occ *o, label fail);

// match_bits.c: one step for the first row's cell; the rows to go on with, `*fail` updated.
struct row *match_map_step(struct match *m, struct row *rows, struct cell *c, struct item **fail);
struct row *match_bits_step(struct match *m, struct row *rows, struct cell *c, struct item **fail);

#endif
