// SPDX-License-Identifier: Apache-2.0
// Core: the intermediate form between the expander and the code generator.
//
// Owner: everything lives in the compilation's arena (struct arena) and is freed with it; terms inside live in the arena's heap,
// which nothing moves. Invariants: all names are resolved: a variable is a struct var made once per binding (rebinding makes
// another), scoping is lexical, macros and special forms are gone, Kernel's inlined functions are calls to :erlang.
// A variable bound inside an expression (a match in an argument) is visible in what is evaluated after it in the same scope.
#ifndef PHIAL_CORE_H
#define PHIAL_CORE_H

#include "../vm/bits.h"
#include "../vm/object.h"
#include "../vm/term.h"

struct arena;   // arena.h
struct core;
struct core_fun;

struct var {
    term name;              // for debugging and messages
    int line;
    unsigned uses;          // counted by the expander
    void *gen;              // the code generator's own
};

enum core_kind {
    // ---- values; those marked P also stand in patterns
    CORE_LIT,       // P  term
    CORE_VAR,       // P  var. In a pattern: binds it; if it is bound already by the same pattern (or same clause head): must be equal (===)
    CORE_PIN,       // P  only in patterns: var bound before the pattern; must be equal
    CORE_WILD,      // P  only in patterns: _
    CORE_ALIAS,     // P  only in patterns: a = b, both patterns match the same value (args[0], args[1])
    CORE_CONS,      // P  args[0], args[1]
    CORE_TUPLE,     // P  args
    CORE_MAP,       // P  base (or NULL) and pairs; in patterns: keys are LIT or PIN or guard-safe expressions of bound variables, no base
    CORE_BITS,      // P  segments
    // ---- calls
    CORE_CALL,      // module:function(args), both constant atoms (m, f). Operators and guards' tests are calls to :erlang.
                    // P: only is_atom without arguments, of the value matched; stands in an ALIAS
    CORE_CALL_DYN,  // args[0]:args[1](args[2..]): module and/or function computed; args[1] may be a LIT
    CORE_LOCAL,     // f(args) in this module; the function may be defined later
    CORE_LOCAL_FUN, // &f/arity of this module: f, arity
    CORE_APPLY,     // args[0].(args[1..])
    CORE_DOT,       // args[0].f without parentheses: a map's key or a module's function of no arguments
    CORE_FN,        // fun: an anonymous function (name may be given for stack traces)
    // in `body`, `fun` can be called by CORE_CALL_LETFUN; it sees outer variables. Comprehensions are made of these: no closure is built
    CORE_LETFUN,
    CORE_CALL_LETFUN, // fun, args. Tail calls are jumps
    // ---- control
    CORE_SEQ,       // args in order, value of the last; n >= 1
    CORE_MATCH,     // pattern = expr (args[0], args[1]); value is that of expr; badmatch
    CORE_CASE,      // args[0] = subject, clauses (one pattern each), fail says what happens when none matches
    CORE_IF,        // args[0] ? args[1] : args[2] by truthiness (nil and false are false); `strict`: only true/false occur
    CORE_RECEIVE,   // clauses; args[0] = timeout or NULL, args[1] = after body
    CORE_TRY,       // args[0] = body; clauses = else clauses (or none); catches; args[1] = after body or NULL
    CORE_BIND,      // var = args[0]; no pattern: a plain let whose scope is the rest of the enclosing SEQ. Value: the variable
};

enum core_fail { FAIL_CASE_CLAUSE, FAIL_BADMATCH, FAIL_WITH_CLAUSE, FAIL_COND_CLAUSE, FAIL_TRY_CLAUSE, FAIL_NEVER };

// One clause of case, receive, fn, def, try-else. Guards: `guard` is one core expression or NULL; it succeeds when its value is true; an error
// in it makes it fail. Alternatives (`when a when b`) are several guards.
struct core_clause {
    struct core **patterns; unsigned npatterns;
    struct core **guards; unsigned nguards;     // alternatives: the clause is taken if any is true; an error in one only fails that one
    struct core *body;
    int line;
    bool generated;         // made by a macro: no warnings about it
};

// catch clause of try: value of pattern `cls` (LIT atom, VAR or WILD) against the class, `reason` against the reason. `stack`: variable bound to the
// stack trace list, or NULL (then no trace list is built). Guards as above.
struct core_catch { struct core *cls, *reason; struct var *stack; struct core **guards; unsigned nguards; struct core *body; int line; };

struct core_pair { struct core *key, *value; bool exact; };   // exact: key must exist (%{m | k: v})

// Segment of <<>>. Size is in units; NULL: by spec (see bits.h); value is pattern or expression. A string literal segment is a LIT binary with type
// BITS_BINARY. `size` may use variables bound by earlier segments of the same pattern.
struct core_segment { struct core *value, *size; enum bits_type type; unsigned flags, unit; };

struct core {
    uint8_t kind;           // enum core_kind
    uint8_t fail;           // CASE: enum core_fail
    bool strict;            // IF
    bool generated;         // from a macro: no warnings
    int line;
    term lit;               // LIT; MATCH, ALIAS: the quoted form where a map stands in it, or 0; MAP: that of an update, or 0
    term m, f;              // CALL, LOCAL, LOCAL_FUN, DOT: module and function atoms
    unsigned arity;         // LOCAL_FUN
    struct var *var;        // VAR, PIN, BIND
    struct core_fun *fun;   // FN, LETFUN, CALL_LETFUN
    struct core *body;      // LETFUN
    struct core *base;      // MAP
    unsigned nargs, nclauses, npairs, nsegments, ncatches;
    struct core **args;
    struct core_clause *clauses;
    struct core_pair *pairs;
    struct core_segment *segments;
    struct core_catch *catches;
    uint32_t from, to;      // the code generator's own: first and last point of its evaluation in the function
    uint8_t flags;          // the code generator's own
};

struct core_fun {
    term name;              // def name; for fn: name used in stack traces, "-outer/1-fun-0-" is made by the generator
    unsigned arity;
    struct core_clause *clauses; unsigned nclauses;   // npatterns == arity
    int line;
    term file;              // binary: of the source; 0: the module's
    bool exported;          // def / defmacro ("MACRO-name"/arity+1)
    bool part;              // stack traces show the function that it is in
    void *gen;              // the code generator's own
};

struct core_module {
    term name, file;        // atom; binary
    struct core_fun **funs; unsigned nfuns;
    term attributes;        // persisted attributes: [{key, [values]}]
    term docs;              // as struct object
    const char *error;      // set when the generator refuses: what is too large, for a message
    int error_line;
};

// The code generator (codegen.c). Adds nothing but what it is given: __info__/1 and module_info/0,1 are functions of the core_module made by the
// expander.
struct compile_ctx;
// Core is a tree (no node is shared; the generator changes it in place). NULL: a limit was passed, m->error and m->error_line say which.
struct object *codegen_module(struct vm *vm, struct arena *arena, struct core_module *m);

#endif
