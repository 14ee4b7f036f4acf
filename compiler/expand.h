// SPDX-License-Identifier: Apache-2.0
// The expander's functions, by file. See env.h for its data and invariants.
#ifndef PHIAL_EXPAND_H
#define PHIAL_EXPAND_H

#include "env.h"

// ---- quoted forms
static inline bool is_form(term q) { return is_tuple_of(q, 3); }
static inline term form_name(term q) { return tuple_get(q, 0); }
static inline term form_meta(term q) { return tuple_get(q, 1); }
static inline term form_args(term q) { return tuple_get(q, 2); }
static inline bool is_variable(term q) { return is_form(q) && is_atom(form_name(q)) && is_atom(form_args(q)); }
static inline bool is_call_to(term q, term name) { return is_form(q) && form_name(q) == name && is_list(form_args(q)); }
bool is_call_of(term q, term name, unsigned arity);
term meta_get(term meta, term key);                        // TERM_NONE
int meta_line(struct cx *c, term meta);                    // c->line when it has none
bool meta_generated(term meta);
unsigned list_count(term list);                            // proper part
term list_at(term list, unsigned i);
term list_reverse(struct cx *c, term list);
bool keyword_get(term list, term key, term *value);
bool is_keyword_list(term list);
term mk_form(struct cx *c, term name, term meta, term args);
term mk_list_of(struct cx *c, unsigned n, ...);
term line_meta(struct cx *c, int line);
term remote_form(struct cx *c, int line, term module, term function, term args);   // {{:., m, [mod, fun]}, m, args}

// ---- core builders (expand.c)
struct core *core_new(struct cx *c, enum core_kind kind);
struct core *core_lit(struct cx *c, term t);
struct core *core_var(struct cx *c, struct var *v);        // counts a use
struct core *core_stacktrace(struct cx *c, struct var *v); // the list that a catch clause's raw trace stands for
struct core *core_args(struct cx *c, enum core_kind kind, unsigned n, ...);
struct core *core_call(struct cx *c, term m, term f, unsigned n, ...);
struct core *core_bind(struct cx *c, struct var *v, struct core *value);
struct core *core_seq(struct cx *c, unsigned n, ...);
struct core *core_erlang(struct cx *c, const char *function, unsigned n, ...);
struct core_clause *core_clause_set(struct cx *c, struct core *of, unsigned i, struct core *pattern, struct core *body);   // one pattern, no guards
static inline bool core_is_lit(const struct core *k) { return k->kind == CORE_LIT; }
term atom_c(struct cx *c, const char *text);

// ---- expand.c
struct core *expand(struct cx *c, term q);
// puts what was bound since `before` on top of `onto`
void rebind(struct cx *c, struct binding *from, struct binding *before, struct binding **onto);
// Between arguments, which do not see what the others bind: what the last one bound joins `after`, the next begins in the scope `before`.
void next_argument(struct cx *c, struct binding *before, struct binding **after);
struct core **expand_args(struct cx *c, term list, unsigned n);    // each in the scope before; bindings of all visible after
struct core *expand_source(struct cx *c, term q);   // what stands right of <-: what it binds is not visible outside
struct core *expand_call_args(struct cx *c, enum core_kind kind, term list);
struct core *expand_block(struct cx *c, term list);
struct core *expand_scoped(struct cx *c, term q);          // its bindings end with it

// ---- pattern.c
struct core *expand_pattern(struct cx *c, term q);         // one pattern whose variables are visible afterwards
struct core *expand_pattern_in(struct cx *c, struct pattern *p, term q);
void pattern_publish(struct cx *c, struct pattern *p);
struct core *expand_match(struct cx *c, term meta, term left, term right);
void def_reach(struct module_state *m, struct def *d);      // used, with all that it calls so far
bool is_special_form(struct cx *c, term name, unsigned arity);
struct core *expand_pin(struct cx *c, term meta, term arg);
struct core *pattern_variable(struct cx *c, term q);
struct core *pattern_of_literal(struct cx *c, term value); // maps become map patterns
void expand_guards(struct cx *c, term guard, struct core_clause *to);
// Patterns (with guards in a `when`) and body of one `->` clause or definition; `arity` patterns.
void expand_clause(struct cx *c, struct core_clause *to, term args, term body, int line);
term split_guards(struct cx *c, term args, term *guard);   // args without the `when`; *guard TERM_NONE if there is none
struct core_clause *expand_clauses(struct cx *c, term list, const char *what, const char *kind, unsigned arity, unsigned *n);
bool is_clauses(term q);                                   // non-empty list of ->

// ---- special.c: NULL when the name is no special form of that arity
struct core *expand_special(struct cx *c, term q, term name, term meta, term args);
void check_blocks(struct cx *c, term blocks, const char *what, const term *allowed);    // `allowed` ends with 0
struct core *expand_fn(struct cx *c, term meta, term clauses);
struct core *expand_try(struct cx *c, term meta, term blocks);
struct core *expand_map(struct cx *c, term meta, term args);
struct core *expand_struct(struct cx *c, term meta, term name, term map);
term struct_of_name(struct cx *c, term name);              // the struct with its defaults
struct core *expand_binary(struct cx *c, term meta, term args);
struct core *expand_for(struct cx *c, term meta, term args);
struct core *expand_capture(struct cx *c, term meta, term arg);
struct core *expand_quote(struct cx *c, term meta, term args);
struct core *quote_escaped(struct cx *c, term q, bool unquote);   // the term itself, with unquote fragments evaluated
bool has_unquotes(struct cx *c, term q);
struct core *expand_env_literal(struct cx *c);

// ---- dispatch.c
struct core *expand_local(struct cx *c, term q, term name, term meta, term args);
struct core *expand_remote(struct cx *c, term q);
struct core *expand_aliases(struct cx *c, term q);
term alias_expand(struct cx *c, term meta, term parts);    // atom or TERM_NONE when it is computed
term alias_atom(struct cx *c, term q);                     // what q is as an atom at compile time (alias, atom, __MODULE__), or TERM_NONE
term alias_concat(struct cx *c, unsigned n, const term *parts);
term alias_concat_list(struct cx *c, term parts);          // TERM_NONE: not all are atoms
term alias_last(struct cx *c, term module);                // Elixir.C of Elixir.A.B.C
struct core *expand_alias_directive(struct cx *c, term meta, term args);
struct core *expand_require(struct cx *c, term meta, term args);
struct core *expand_import(struct cx *c, term meta, term args);
struct core *rewrite_call(struct cx *c, int line, term module, term function, unsigned n, struct core **args);
struct resolved { enum { CALL_LOCAL, CALL_FUNCTION, CALL_MACRO, CALL_LOCAL_MACRO } kind; term module; struct def *def; };
struct resolved resolve_import(struct cx *c, term meta, term name, unsigned arity);
bool resolve_remote_macro(struct cx *c, term module, term name, unsigned arity, term meta);
bool expand_once(struct cx *c, term q, term *result);      // Macro.expand_once
bool is_builtin_macro(term name, unsigned arity);
term builtin_macro_pairs(struct cx *c);                     // [{name, arity}]
void note_local_call(struct cx *c, term name, unsigned arity, int line);

const char *mfa_text(struct cx *c, term module, term function, unsigned arity);
void note_remote_call(struct cx *c, term module, term function, unsigned arity);    // remote_check.c
void warn_deprecated(struct cx *c, int line, term module, term function, unsigned arity);
term escape_term(struct cx *c, term t);                    // attribute.c: the quoted form that gives a value
void announce_warning(struct cx *c, term file, int line, int column, const char *text);    // await.c; column 0: none
void check_remote_calls(struct cx *c, struct unit *u);     // warns about those that do not exist
void verify_modules(struct cx *c, struct unit *u);         // the hooks of @after_verify

// ---- tracers.c: compilation tracers
bool tracing(struct cx *c);
void trace_atom(struct cx *c, const char *event);
void trace_event(struct cx *c, int line, const char *event, unsigned n, const term *values);       // only when tracing()
void trace_call(struct cx *c, int line, const char *event, term module, term name, unsigned arity);    // module TERM_NONE: a local call
void trace_alias(struct cx *c, term q, term module);
void trace_directive(struct cx *c, int line, const char *what, term module, term name, term options);  // name TERM_NONE: none
void trace_module(struct cx *c, term binary);

// ---- await.c
struct unit *file_unit(struct cx *c);                      // of the file this process compiles, or NULL
void note_need(struct cx *c, term module);                 // the file must be compiled again when this module changes
term needs_list(struct cx *c, const struct unit *u);
bool await_module(struct cx *c, term module);              // loaded, loadable, or compiled by another process of the build meanwhile
struct module_state *await_struct(struct cx *c, term module);   // what another process compiles, if its struct is there by now; or NULL
struct module_state *module_here(struct cx *c, term name); // being compiled, in a build by this process; or NULL
void announce_module(struct cx *c, term module);           // it is there: who waits for it goes on
void await_others(struct cx *c);                           // until all files of the build have defined their modules

// ---- module.c, definition.c, attribute.c
struct core *expand_builtin(struct cx *c, term q, term name, term meta, term args);
struct def *definition_store(struct cx *c, struct pending_def *d, term call, term body);
void definition_try(struct cx *c, struct pending_def *p);
struct def *def_find(struct module_state *m, uint64_t key);
void def_remove(struct module_state *m, struct def *d);
void def_restore(struct module_state *m, struct def *d);    // back into the table
struct core_fun *core_copy(struct arena *a, const struct core_fun *f);    // core_copy.c
struct object *generate(struct cx *c, struct core_module *m);  // codegen_module, or a compile error
term doc_metadata(struct cx *c, term pairs);
struct core_fun *def_core(struct cx *c, struct module_state *m, struct def *d);
term def_thunk(struct cx *c, struct module_state *m, struct def *d);    // fun of a local macro
term run_core(struct cx *c, struct core *body, const char *name, struct var *arg, term arg_value);   // as a thunk
term run_evaluated(struct cx *c, struct core *body, struct var *arg, term arg_value);     // as a thunk, a statement of eval_quoted
struct attribute *attribute_find(struct module_state *m, term key);
term typespec_form(term entry);                             // of an entry of @type, @spec, @callback, ...
struct core *expand_attribute(struct cx *c, term meta, term arg);
bool expand_attribute_once(struct cx *c, term meta, term arg, term *result);
void attributes_init(struct cx *c, struct module_state *m);
term attributes_persisted(struct cx *c, struct module_state *m);
void check_behaviours(struct cx *c, struct module_state *m);
void add_module_functions(struct cx *c, struct module_state *m, struct core_module *cm);
term check_module(struct cx *c, struct module_state *m);     // the types and specs, translated; checks.c
term kept_head(struct cx *c, term args, term guard);      // heads.c
term module_heads(struct cx *c, const struct module_state *m);
struct call_result define_module(struct process *p, struct arena *a, unsigned n, const term *args);
const char *kind_text(enum def_kind k);
term absolute_path(struct cx *c, term path);
term relative_path(struct heap *h, term file);            // to the working directory, if below it

void check_nesting(struct cx *c);                          // fails when the C stack is used up

// ---- errors.c
_Noreturn void fail_raised(struct cx *c, struct call_result r);
// As fail_raised, of a call made while expanding: the trace ends in what was expanded and where.
_Noreturn void fail_expanding(struct cx *c, struct call_result r, const char *what, term module, term called, term name, unsigned arity, int line);
_Noreturn void fail_compile(struct cx *c, int line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
_Noreturn void fail_argument(struct cx *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
_Noreturn void fail_macro(struct cx *c, int line, const char *name, unsigned arity, const char *where);   // one of Kernel, not to be used here
struct call_result raised_compile_error(struct vm *vm, struct heap *h, term file, int line, const char *text);
enum warn_place { IN_MODULE, IN_FUNCTION, IN_FILE };      // what is named beside file and line
void warn_at(struct cx *c, int line, enum warn_place in, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
// ---- typespec.c
void typespec_put(struct cx *c, struct module_state *m, term kind, term quoted, struct env *env, int line);
term typespecs_translate(struct cx *c, struct module_state *m);
// ---- attribute_check.c
bool attribute_is_checked(struct vm *vm, term key);
void check_attribute_value(struct cx *c, term key, term value, bool dynamic);     // dynamic: by Module.put_attribute
void check_attribute_names(struct cx *c, struct module_state *m);

// ---- place.c
struct parse_error;
const char *place_text(struct cx *c, term file, int line, const char *text);      // source line and caret for a diagnostic, or ""
const char *place_column_text(struct cx *c, term file, int line, unsigned column);
void place_syntax_error(struct cx *c, term file, const char *src, size_t len, const struct parse_error *e);
void place_hint(struct cx *c, const char *text);           // advice to be told with the failure that follows
void place_also(struct cx *c, term file, int line, const char *text);
void place_failure(struct cx *c);
bool compile_error_parts(struct cx *c, const struct call_result *r, const char **text, int *line, term *file);
void check_useless(struct cx *c, struct module_state *m);  // useless.c
void check_useless_values(struct cx *c, const struct core *body);     // of a file
void check_fields(struct cx *c, struct module_state *m);   // fields.c
void warn_text(struct process *p, struct arena *a, const char *text);
const char *cx_format(struct cx *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
const char *atom_c_text(struct cx *c, term atom);          // as is
const char *inspect_atom(struct cx *c, term atom);         // as Elixir prints it
const char *term_text(struct cx *c, term binary);
const char *show(struct cx *c, term q);                    // Macro.to_string
const char *inspect(struct cx *c, term t);                 // Kernel.inspect
struct call_result call_checked(struct cx *c, term mod, term fun, unsigned n, const term *args);   // longjmps when it raises

#endif
