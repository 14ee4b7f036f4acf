// SPDX-License-Identifier: Apache-2.0
// Inside the code generator: what codegen.c, gen_*.c, match*.c share.
//
// The generator walks Core once, in evaluation order, and hands out registers as on a stack: temporaries are held while they wait, a variable
// keeps its register until its last use on this path. Last uses come from analyze.c, which numbers every point of evaluation of a function.
// Invariants: code on one side of a branch never sees the register state of the other (the trail takes it back); a register given as
// destination is written only after everything that lies in it has been read.
#ifndef PHIAL_GEN_H
#define PHIAL_GEN_H

#include "arena.h"
#include "asm.h"
#include "core.h"
#include "../vm/table.h"

struct fun_info;

// A variable in one function: its owner, or a fun that captures it.
struct var_info {
    struct var *var;
    struct fun_info *fun;
    struct var_info *next;          // the same variable in other functions
    struct var_info *in_reg;        // others in the same register
    struct var_info *of_fun;        // all of the function
    uint32_t *uses, nuses, cap;     // points of evaluation, ascending once the function is generated
    bool unsorted;
    bool repeated;                  // stands more than once in its pattern: its value is compared
    uint16_t slot;                  // argument of a tail call + 1 that it becomes; 0: none. A hint for its register
    int64_t reg;                    // -1: has none (yet, or any more)
};

struct capture { struct var_info *info; };
struct site { struct fun_info *fun; uint32_t pos; };

struct fun_info {
    struct core_fun *core;
    struct fun_info *parent;        // NULL: a definition of the module
    struct fun_info *root;          // the definition it is in
    struct var_info **captures; uint32_t ncaptures, cap_captures;   // in the order of the extra parameters
    struct site *sites; uint32_t nsites, cap_sites;                 // where it is called or made into a fun
    struct var_info *vars;
    uint32_t pos;                   // points numbered so far
    uint32_t index;                 // in the object's functions
    uint32_t lambda;                // in the object's lambdas, if a fun value
    uint32_t nfuns;                 // root: funs numbered so far
    uint32_t number;                // among the funs of its root, inner ones first
    bool letfun, has_lambda;
    term name;
};

// Points of evaluation that are another alternative's: from `from` (exclusive) to `to`.
struct zone { struct zone *up; uint32_t from, to; };

struct reg { uint64_t holds; struct var_info *vars; };
struct trail_entry { void **at; void *old; };
enum { MAX_REGS = 65000, REGS_BYTES = (MAX_REGS + 600) * sizeof(struct reg) };      // with room for code that has failed already

enum intrinsic_kind { INTRINSIC_NONE, INTRINSIC_ARITH, INTRINSIC_UNARY, INTRINSIC_ELEMENT, INTRINSIC_SELF, INTRINSIC_COMPARE,
    INTRINSIC_TEST, INTRINSIC_FUN_N, INTRINSIC_NOT, INTRINSIC_ANDALSO, INTRINSIC_ORELSE };
enum intrinsic {
    I_none,
#define INTRINSIC(NAME, TEXT, ARITY, KIND, OP) I_##NAME,
#include "intrinsics.def"
#undef INTRINSIC
    I_COUNT
};

// Code that is entered rarely: written at the end of the region or function.
struct cold { struct cold *next; label at, back; uint8_t kind; unsigned op; int r, base, d; term f; int32_t line; };

struct gen {
    struct vm *vm;
    struct arena *arena;
    struct core_module *m;
    struct object *o;
    struct assembler as;
    struct reg *regs;               // MAX_REGS + some: REGS_BYTES
    int top;                        // no register above it is in use
    int low;                        // no register below it is free
    struct trail_entry *trail; size_t ntrail, cap_trail;
    struct zone *zone;
    struct fun_info *fun;           // being generated or analysed
    struct fun_info **queue; uint32_t nqueue, cap_queue;
    struct cold *cold;
    label guard_fail;               // where an error in a guard goes; NO_LABEL outside guards
    int hold;                       // > 0: variables keep their registers though it is the last use (matching may try again)
    struct table locals;            // (name, arity) -> function index + 1
    const struct table *intrinsic_of;   // (name, arity) -> enum intrinsic
    size_t cap_functions, cap_lambdas;
    struct table local_funs;        // function index + 1 -> lambda index + 1
    const char *error; int error_line;
};

// ---- where a value goes
enum dest_kind { D_REG, D_ANY, D_TAIL, D_EFFECT, D_TEST };
struct dest {
    uint8_t kind;
    bool strict;        // D_TEST: only `true` is true (guards); else nil and false are false
    int reg;            // D_REG: there. D_ANY: a hint, -1 for none; set to where the value is
    label t, f;         // D_TEST
    label other;        // D_TEST, strict: where what is neither true nor false goes, then in `reg`; NO_LABEL: to f
};

void gen_error(struct gen *g, const char *what, int line);

// ---- analyze.c
// Flags of a node. ITEM: an operation without calls on variables and literals; as an argument it is evaluated after the others, in any order.
enum { CORE_HAS_CALL = 1, CORE_BINDS = 2, CORE_SEEN = 4, CORE_ITEM = 8 };
void analyze_fun(struct gen *g, struct fun_info *f);
void analyze_sort(struct fun_info *f);  // before its code is generated
struct fun_info *fun_info_new(struct gen *g, struct core_fun *core, struct fun_info *parent);
struct var_info *info_in(struct gen *g, struct fun_info *fun, struct var *v);   // NULL: not visible there
enum intrinsic core_intrinsic(struct gen *g, const struct core *e);
enum intrinsic_kind intrinsic_kind(enum intrinsic i);
unsigned intrinsic_op(enum intrinsic i);
bool core_is_boolean(struct gen *g, const struct core *e);     // its value is true or false whatever happens
bool core_is_connected(const struct core *e);                  // v = a; if v, do: b, else: c: as `a && b` and `a || b` come from the expander
static inline bool core_is_var(const struct core *e, const struct var *v) { return e->kind == CORE_VAR && e->var == v; }
static inline bool is_lit(const struct core *e) { return e->kind == CORE_LIT; }
static inline bool is_simple(const struct core *e) { return e->kind == CORE_LIT || e->kind == CORE_VAR; }
bool is_small16(const struct core *e, int *value);

// ---- regs.c
static inline bool reg_free(struct gen *g, int r) { return !g->regs[r].holds && !g->regs[r].vars; }
int reg_lowest(struct gen *g, int from);            // lowest free register, not taken yet
int reg_take(struct gen *g, int from);              // the same, held
void reg_hold(struct gen *g, int r);
void reg_release(struct gen *g, int r);
bool reg_writable(struct gen *g, int r, uint32_t pos);  // nothing in it is needed after `pos`
int reg_base(struct gen *g, uint32_t pos);          // lowest window base: above all that is needed after `pos`
void var_bind(struct gen *g, struct var_info *v, int r);
void var_unbind(struct gen *g, struct var_info *v);
bool var_live(struct gen *g, struct var_info *v, uint32_t pos); // used after `pos` on some path
void var_consumed(struct gen *g, struct var_info *v, uint32_t pos);
void kill_dead(struct gen *g, uint32_t pos);
size_t trail_mark(struct gen *g);
void trail_undo(struct gen *g, size_t mark);
void trail_save(struct gen *g, void *word);         // remember the 8 bytes there
void regs_reset(struct gen *g);

// ---- codegen.c: expressions
void gen(struct gen *g, struct core *e, struct dest *d);
int gen_any(struct gen *g, struct core *e, int hint);       // result held
void gen_to(struct gen *g, struct core *e, int reg);
void gen_effect(struct gen *g, struct core *e);
int dest_reg(struct gen *g, struct dest *d);                // register for a result that is written now
void deliver(struct gen *g, struct dest *d, int r);         // the value is in r
void deliver_lit(struct gen *g, struct dest *d, term t);
void dest_settle(struct gen *g, struct dest *d, uint32_t end);  // before branches that end at `end`: D_ANY becomes a definite register
void load_lit(struct gen *g, int r, term t);
struct var_info *var_here(struct gen *g, struct var *v, int line);
// An operand word: a literal, or a register (held; -1 if literal).
int gen_operand(struct gen *g, struct core *e);
void emit_operand(struct gen *g, struct core *e, int r);
void flush_cold(struct gen *g);
label cold_raise(struct gen *g, unsigned op, int r, int line);
uint32_t fun_lambda(struct gen *g, struct fun_info *f, unsigned arity);
uint32_t queue_fun(struct gen *g, struct fun_info *f);
// Index of the module's function; UINT32_MAX if it has none.
uint32_t local_function(struct gen *g, term name, unsigned arity);
// d = (var = value): a value that gets a name.
void gen_bind(struct gen *g, struct core *e, struct var *var, struct core *value, struct dest *d);

// ---- gen_data.c
void gen_cons(struct gen *g, struct core *e, struct dest *d);
void gen_tuple(struct gen *g, struct core *e, struct dest *d);
void gen_map(struct gen *g, struct core *e, struct dest *d);
void gen_bits(struct gen *g, struct core *e, struct dest *d);
void gen_fn(struct gen *g, struct core *e, struct dest *d);
term segment_spec(const struct core_segment *s, bool match, bool *needs_size);

// ---- gen_call.c
void gen_call(struct gen *g, struct core *e, struct dest *d);  // every kind of call
void gen_dot(struct gen *g, struct core *e, struct dest *d);
void gen_operation(struct gen *g, struct core *e, enum intrinsic i, struct dest *d);

// ---- gen_test.c
void gen_test(struct gen *g, struct core *e, bool strict, label t, label f);
void gen_boolean(struct gen *g, struct core *e, struct dest *d);   // a test as a value
void gen_if(struct gen *g, struct core *e, struct dest *d);
// One alternative of a construct that ends at `end`. The caller takes the state back.
void gen_branch(struct gen *g, struct core *body, struct dest *d, uint32_t end);
bool gen_connected(struct gen *g, struct core *e, struct dest *d);
bool gen_case_as_test(struct gen *g, struct core *e, struct dest *d); // false: a general case
void test_reg(struct gen *g, int r, const struct dest *d);

// ---- gen_try.c
void gen_try(struct gen *g, struct core *e, struct dest *d);
void gen_receive(struct gen *g, struct core *e, struct dest *d);

// ---- match.c
struct match_clause {
    struct core **patterns;
    struct core **guards; unsigned nguards;
    struct core *body;              // NULL: code goes on after the match
    struct var *stack;              // catch: bound to the trace of the job's trace_reg
};
struct match_job {
    unsigned n, nclauses;
    int *roots;                     // registers of the values matched
    struct match_clause *clauses;
    label fail;                     // where no match goes
    struct dest *dest;              // of the bodies
    uint32_t zone_to;               // end of the construct
    uint32_t keep_pos;              // no body: what is used after it must be bound
    label end;                      // where bodies go when done
    bool accept;                    // receive: RECV_ACCEPT when a clause is chosen
    bool release_roots;             // the roots are held by the caller for the match only
    int timeout_reg;                // receive: register + 1 of the time-out, let go when a clause is chosen; 0: none
    int trace_reg;                  // catch: the raw trace, held by the caller until a body starts; 0: none
};
void gen_match(struct gen *g, struct match_job *job);
void gen_case(struct gen *g, struct core *e, struct dest *d);
void gen_match_expr(struct gen *g, struct core *e, struct dest *d);

#endif
