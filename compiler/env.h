// SPDX-License-Identifier: Apache-2.0
// The expander's data: environments, scopes, modules under compilation, and the context of one expansion.
//
// Owner of vm->compiling: a list of units, one per coroutine that expands something. All else lies in arenas.
// Invariants: struct env is never changed once made (a change makes a copy that shares its lists), so a pointer to one is a snapshot.
// Handles (small integers) name a record of a unit: serial of the unit << RECORD_BITS | index. A unit goes when its coroutine ends
// (compile_arena_gone) or when its process is found dead: only units_of() may walk the list. Failures leave an expansion by longjmp
// (errors.c), so an expansion owns no memory outside the arena.
#ifndef PHIAL_ENV_H
#define PHIAL_ENV_H

#include "arena.h"
#include "compiler.h"
#include "core.h"

#include "../vm/code.h"
#include "../vm/native.h"
#include "../vm/table.h"

#include <setjmp.h>

enum context { CONTEXT_NONE, CONTEXT_MATCH, CONTEXT_GUARD };

struct cx;

// ---- names: sets of name/arity
struct name_set { uint32_t capacity, count; uint64_t *slots; };
static inline uint64_t name_key(term name, unsigned arity) { return (uint64_t)atom_index(name) << 16 | arity << 1 | 1; }
static inline term key_name(uint64_t key) { return make_atom((uint32_t)(key >> 16)); }
static inline unsigned key_arity(uint64_t key) { return (unsigned)(key >> 1 & 0x7fff); }
struct name_set *name_set_new(struct arena *a, uint32_t expected);
void name_set_add(struct arena *a, struct name_set *s, uint64_t key);
bool name_set_has(const struct name_set *s, uint64_t key);

// ---- lexical environment
// What an alias or import was used for; reported at the end of the file when `warn` and never used.
// `only`: the list of name/arity of an import, of which `seen` were used.
struct usage { term what, only; int line; bool used, import; struct name_set *seen; struct arena *a; struct usage *next; };
struct lexical { struct arena *a; struct usage *usages; };               // of one file, or of a module that is evaluated; usages lie in its arena

struct alias_entry { term from, to; struct usage *usage; struct alias_entry *next; };
struct import_entry { term module; struct name_set *names; term list; struct usage *usage; struct import_entry *next; };
struct atom_entry { term atom; struct atom_entry *next; };

struct env {
    term module;                    // AM_nil outside modules
    term file;                      // binary
    term function; unsigned arity;  // AM_nil: not in a definition
    struct alias_entry *aliases, *macro_aliases;
    struct import_entry *functions, *macros;
    struct atom_entry *requires, *context_modules;
    struct lexical *lexical;        // NULL: nobody is told about unused aliases
};

// ---- scope
struct binding {
    term name, context;             // context: atom or counter
    struct var *var;
    struct binding *next;           // outer
};
struct declared { struct var *var; term context; bool over; struct declared *next; };   // newest first; for unused warnings

// ---- modules under compilation
enum def_kind { KIND_DEF, KIND_DEFP, KIND_DEFMACRO, KIND_DEFMACROP };
static inline bool kind_is_macro(enum def_kind k) { return k >= KIND_DEFMACRO; }
static inline bool kind_is_private(enum def_kind k) { return k & 1; }

struct call_edge { uint64_t key; int line; bool macro_use; struct call_edge *next; };

struct def {
    uint64_t key;
    term name; unsigned arity;      // of the source; a macro's function has one argument more
    enum def_kind kind;
    int line;                       // of the first clause or header
    term file;
    unsigned defaults;              // how many
    bool header_default;            // the defaults stood in a bodiless head
    bool generated_default;         // a clause made for the defaults of another definition
    bool bodiless;                  // head only so far
    bool from_context;              // defined by a macro (meta context:)
    term context;                   // that macro's module, where the first clause came from one
    bool unchecked;                 // its last clause came from a macro or unquote fragments: no warning that it should be grouped
    bool hidden;                    // an overridden definition that super calls; `name` is its full name
    bool documented;                // it has its entry in the docs
    const char **names, **values;   // of the arguments in the docs, and their defaults, NULL: none
    bool *guessed;                  // the name was made of the pattern
    bool reached;                   // unused-function analysis
    struct core_clause *clauses; unsigned nclauses, capacity;
    term raw;                       // [{meta, args, guards, body}] newest first, for get_definition
    term heads;                     // [{args, guard | nil}] newest first, for blame
    struct call_edge *calls;        // local functions it names
    struct core_fun *fun;           // made when needed
    term thunk;                     // compiled macro: a fun; 0: none
    struct thunk_part { struct def *def; unsigned nclauses; struct thunk_part *next; } *thunk_parts;   // what it was made of
    struct def *next_by_key, *next;
};

struct attribute {
    term key, value;
    int line;
    bool accumulate, persist, read, reserved;
    struct attribute *next;
};

struct overridable { uint64_t key; struct def *def; unsigned count; bool overridden; struct overridable *next; };

struct used_import { uint64_t key; term from; int line; struct used_import *next; };

// typespec.c: a type, spec or callback as written
struct typespec { term kind, quoted; struct env *env; int line; struct typespec *next; };

struct module_state {
    term name, file; int line;
    struct arena *a;
    struct unit *unit;
    struct def *by_key[64];
    struct def *first, **last;      // in order of definition
    struct def *previous;           // the one that got a clause last
    unsigned version;               // counts changes of definitions
    struct attribute *attributes;
    struct overridable *overridables;
    struct used_import *used_imports;   // imported names that definitions use
    struct name_set *used_names;        // their keys
    term docs;                      // entries of the docs chunk, newest first
    term doc_meta, module_meta;     // pairs of `@doc since: ...` for the next definition, of `@moduledoc since: ...`
    term impls;                     // [{{name, arity}, kind, value, how many defaults, line, made by a macro?}]
    term deprecated;                // [{{name, arity}, text}]
    struct typespec *typespecs;     // newest first
    term type_meta;                 // pairs of `@typedoc since: ...` for the next type
    struct env *outer;              // environment of the body's start
};

// ---- units and records
#define RECORD_BITS 24
struct live_env { struct env *env; enum context context; int line; struct binding *vars; };
// body AM_nil: none; made of unquote fragments; macro module or TERM_NONE
struct pending_def { enum def_kind kind; term call, body; struct env *env; int line; bool unquotes; term context; };
struct pending_module { term body; struct env *env; int line; unsigned nvars; term *names, *contexts; };
struct record {
    enum { RECORD_FREE, RECORD_ENV, RECORD_DEF, RECORD_MODULE } kind;
    union { struct live_env *env; struct pending_def *def; struct pending_module *module; };
};
struct unit {                       // malloc'ed: it outlives the arena of a killed process until that is noticed
    struct arena *a;
    struct process *p; term pid;
    uint64_t serial;
    struct record *records; unsigned nrecords, capacity;
    struct module_state *module;    // being compiled by this coroutine
    bool is_file;
    struct remote_use *remote_uses; // remote_check.c, as is given_up: what it knows of the modules used
    struct given_up *given_up;
    const char *source; size_t source_len; term source_file;    // place.c: the text of a file, in the arena; or NULL
    term compiled;                  // [{module, binary}] newest first; of file units
    term to_verify;                 // [{module, @after_verify}] newest first; of file units
    bool kept;                      // its modules go to files: blame may ask for their heads
    struct name_set *needs;         // modules used while compiling, as name/0; of file units (await.c)
    struct unit *next;              // older
};
struct object;
struct compile_state {
    struct unit *units;             // innermost first
    uint64_t next_serial, next_counter, next_thunk;
    void (*on_object)(void *ctx, struct vm *vm, struct object *o);   // each module's object, before it is loaded
    void *on_object_ctx;
    struct impl { uint64_t key; struct export *impl; const uint64_t *code; term target; } impls[256];   // protocol.c: implementations found
    bool quiet;                     // no warnings: a definition is tried
    term tracers[16]; unsigned ntracers;    // tracers.c
    char *story, *story_of, *hint, *also;      // place.c: malloc'ed
    struct table intrinsics; struct reg *registers;     // codegen.c
    struct import_entry *kernel[2];         // Kernel's functions and macros, once it is loaded; malloc'ed, the lists in the literal area
};
struct compile_state *compile_state(struct vm *vm);        // made at first use
void compile_state_free(struct vm *vm);
void codegen_state_free(struct compile_state *s);
void place_forget(struct vm *vm);                          // place.c: hints and further errors of a failure that is no more
// What names this arena is forgotten; called when a coroutine ends.
void compile_arena_gone(struct vm *vm, struct arena *a);
void compile_set_on_object(struct vm *vm, void (*fn)(void *ctx, struct vm *vm, struct object *o), void *ctx);
struct unit *units_of(struct vm *vm);                      // without those of dead processes; NULL: none
struct unit *unit_new(struct cx *c);
struct record *record_find(struct vm *vm, term handle, struct unit **unit);
term record_add(struct cx *c, struct unit *u, struct record r);   // the handle
struct module_state *module_find(struct vm *vm, term name);

// ---- context of an expansion
struct pattern {
    struct binding *bound;          // by this pattern so far
    struct binding *sized_from;     // what was bound before the <<>> that is being expanded: its sizes do not see it
    bool in_size;                   // the size of a segment is being expanded
    bool in_generator;              // of a comprehension over a bitstring: every segment has an end
};

// A macro call whose expansion is being expanded: a frame of the stack trace of what goes wrong in it. Lies on the C stack.
struct expanding { term module, name; unsigned arity; int line; struct env *env; struct expanding *outer; };

struct cx {
    struct process *p;
    struct vm *vm;
    struct arena *a;
    struct heap *h;
    struct unit *unit;
    struct env *env;
    struct binding *vars;
    struct declared *declared;
    struct pattern *pattern;        // in a match
    enum context context;
    int line;                       // of the form under expansion
    term unwanted;                  // arguments of a statement whose value nobody gets; TERM_NONE: none
    unsigned fn_depth;              // inside fn: handles cannot be trusted to be alive when it runs
    struct module_state *m;         // when expanding a definition or a body
    struct def *def;                // the definition under expansion
    struct var *caller;             // __CALLER__
    struct var *stacktrace; bool stacktrace_used, in_catch;
    char *outer_stack_low;          // of a borrowed arena, to be put back
    struct expanding *expanding;    // innermost
    int def_line;                   // of the definition that is stored; 0: none
    jmp_buf fail_to;
    struct call_result failure;
};

// ---- env.c
struct env *env_copy(struct cx *c);                        // c->env becomes a copy, to be changed at once
struct env *env_for_file(struct cx *c, term file);         // Kernel imported if there is one
term env_to_map(struct vm *vm, struct heap *h, const struct live_env *live);
void env_from_options(struct cx *c, term options);         // c->env takes functions:, macros:, aliases:, requires:
bool env_from_map(struct cx *c, term map, struct live_env *out);   // false: not a %Macro.Env{}
term alias_lookup(struct cx *c, term from);                // TERM_NONE
bool env_requires(const struct env *e, term module);
void env_require(struct cx *c, term module);
void env_add_alias(struct cx *c, term from, term to, term meta, bool warn);
bool ensure_module(struct cx *c, term module);             // loaded, or being compiled
struct import_entry *module_names(struct cx *c, term module, bool macros);   // a fresh entry of all its functions or macros

struct usage *usage_new(struct cx *c, term what, int line, bool import);     // noted for the end of the file
void usage_mark(struct usage *u, uint64_t key);            // a name of an import is used
void report_usages(struct cx *c, struct lexical *l);

// ---- scope.c
struct binding *scope_find(struct binding *vars, term name, term context);
struct binding *scope_find_until(struct binding *vars, struct binding *end, term name, term context);     // before `end`
struct var *scope_declare(struct cx *c, term name, term context, int line);   // outside patterns: a fresh variable, visible from now on
struct var *var_fresh(struct cx *c, const char *name);
void scope_check_unused(struct cx *c, struct declared *mark);  // warns about what was declared since, and forgets it
term var_context(term meta, term kind);
struct scope_mark { struct binding *vars; struct declared *declared; struct env *env; };
struct scope_mark scope_enter(struct cx *c);
void scope_leave(struct cx *c, struct scope_mark m);

#endif
