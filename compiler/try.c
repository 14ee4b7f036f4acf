// SPDX-License-Identifier: Apache-2.0
// try: rescue, catch, else, after.
//
// A rescue clause becomes a catch of class :error whose guards test the reason: an exception struct of one of the names, or an Erlang
// reason that ErlangError.rescued/2 would turn into one of them (the table below). Only then, or when the clause takes anything,
// is the reason normalised and the stack trace built.
#include "expand.h"

#include <string.h>

// size 0: the reason is the atom itself; otherwise a tuple of that size whose first element is the atom.
static const struct { const char *exception, *reason; int size; } erlang_reasons[] = {
    {"ArithmeticError", "badarith", 0}, {"ArgumentError", "badarg", 0}, {"ArgumentError", "badarg", 2}, {"SystemLimitError", "system_limit", 0},
    {"CondClauseError", "cond_clause", 0}, {"FunctionClauseError", "function_clause", 0}, {"UndefinedFunctionError", "undef", 0},
    {"BadArityError", "badarity", 2}, {"BadFunctionError", "badfun", 2}, {"BadMapError", "badmap", 2}, {"BadStructError", "badstruct", 3},
    {"BadBooleanError", "badbool", 3}, {"MatchError", "badmatch", 2}, {"CaseClauseError", "case_clause", 2},
    {"TryClauseError", "try_clause", 2}, {"WithClauseError", "with_clause", 2}, {"KeyError", "badkey", 2}, {"KeyError", "badkey", 3},
};

struct rescue { struct var *reason; struct core **guards; unsigned nguards; bool normalise; };

static struct core *both(struct cx *c, struct core *a, struct core *b)
{
    struct core *k = core_args(c, CORE_IF, 3, a, b, core_lit(c, AM_false));
    k->strict = true;
    return k;
}

static struct core *same(struct cx *c, struct core *a, term value) { return core_erlang(c, "=:=", 2, a, core_lit(c, value)); }

static struct core *map_field(struct cx *c, struct rescue *r, const char *key)
{
    return core_erlang(c, "map_get", 2, core_lit(c, atom_c(c, key)), core_var(c, r->reason));
}

static void rescue_erlang(struct cx *c, struct rescue *r, const char *name)
{
    for (size_t i = 0; i < sizeof erlang_reasons / sizeof *erlang_reasons; i++) {
        if (strcmp(erlang_reasons[i].exception, name)) continue;
        term reason = atom_c(c, erlang_reasons[i].reason);
        int size = erlang_reasons[i].size;
        r->normalise = true;
        struct core *whole = core_var(c, r->reason);
        r->guards[r->nguards++] = !size ? same(c, whole, reason)
            : both(c, same(c, core_erlang(c, "tuple_size", 1, whole), make_small(size)),
                   same(c, core_erlang(c, "element", 2, core_lit(c, make_small(1)), core_var(c, r->reason)), reason));
    }
}

static void rescue_name(struct cx *c, struct rescue *r, term name)
{
    const char *text = atom_c_text(c, name);
    r->guards[r->nguards++] = both(c, same(c, map_field(c, r, "__struct__"), name), same(c, map_field(c, r, "__exception__"), AM_true));
    if (strncmp(text, "Elixir.", 7)) return;
    if (strcmp(text + 7, "ErlangError")) {
        rescue_erlang(c, r, text + 7);
        return;
    }
    // Whatever is no exception: not a map, or a map without the mark.
    r->normalise = true;
    r->guards[r->nguards++] = core_erlang(c, "not", 1, core_erlang(c, "is_map", 1, core_var(c, r->reason)));
    r->guards[r->nguards++] =
        core_erlang(c, "not", 1, core_erlang(c, "is_map_key", 2, core_lit(c, AM__exception_), core_var(c, r->reason)));
}

_Noreturn static void bad_rescue(struct cx *c)
{
    fail_compile(c, c->line, "invalid \"rescue\" clause. The clause should match on an alias, a variable or be in the \"var in [alias]\" format");
}

static void rescue_names(struct cx *c, struct rescue *r, term names)
{
    unsigned n = is_list(names) ? list_count(names) : 1;
    r->guards = arena_array(c->a, struct core *, n * 3 + 1);
    if (!is_list(names)) names = mk_list_of(c, 1, names);
    for (; is_cons(names); names = tail(names)) {
        term name = alias_atom(c, head(names));
        if (name == TERM_NONE) bad_rescue(c);
        rescue_name(c, r, name);
    }
}

// Splits `var in names`, `names` or `var`. Names TERM_NONE: anything; var TERM_NONE: not bound.
static void rescue_parts(struct cx *c, term pattern, term *var, term *names)
{
    *var = *names = TERM_NONE;
    if (is_call_of(pattern, AM_kw_when, 2)) fail_compile(c, c->line, "undefined function when/2 (there is no such import)");
    if (is_call_of(pattern, AM_kw_in, 2)) {
        *var = head(form_args(pattern));
        if (!is_variable(*var)) bad_rescue(c);
        term right = list_at(form_args(pattern), 1);
        if (!(is_variable(right) && form_name(right) == AM_underscore)) *names = right;
    } else if (is_variable(pattern) && form_name(pattern) != AM__MODULE_) *var = pattern;
    else *names = pattern;
    if (*var != TERM_NONE && form_name(*var) == AM_underscore) *var = TERM_NONE;
}

static struct var *fresh_stack(struct cx *c)
{
    c->stacktrace_used = false;
    c->in_catch = true;
    return c->stacktrace = var_fresh(c, "stacktrace");
}

// The exception that `reason` is or stands for. A struct is taken as it is, without making its stack trace.
static struct core *normalised(struct cx *c, struct core *reason, struct var *stack)
{
    struct var *v = reason->var;
    struct core *made = core_call(c, AM_ErlangError, AM_rescued, 2, reason, core_stacktrace(c, stack));
    struct core *map = core_erlang(c, "is_map", 1, core_var(c, v));
    struct core *marked = core_erlang(c, "is_map_key", 2, core_lit(c, AM__exception_), core_var(c, v));
    struct core *test = core_args(c, CORE_IF, 3, map, marked, core_lit(c, AM_false));
    return core_args(c, CORE_IF, 3, test, core_var(c, v), made);
}

static void expand_rescue(struct cx *c, struct core_catch *to, term clause, const char *what)
{
    if (!is_call_of(clause, AM_op_arrow, 2) || list_count(head(form_args(clause))) != 1)
        fail_compile(c, is_call_of(clause, AM_op_arrow, 2) ? meta_line(c, form_meta(clause)) : c->line,
                     "expected one argument for :rescue clauses (->) in \"%s\"", what);
    struct scope_mark mark = scope_enter(c);
    struct rescue r = {.reason = var_fresh(c, "reason")};
    term var, names;
    to->line = c->line = meta_line(c, form_meta(clause));
    rescue_parts(c, head(head(form_args(clause))), &var, &names);
    struct var *stack = fresh_stack(c);
    if (names == TERM_NONE) r.normalise = true;
    else rescue_names(c, &r, names);
    to->cls = core_lit(c, AM_error);
    to->reason = core_new(c, CORE_VAR);
    to->reason->var = r.reason;
    to->guards = r.guards;
    to->nguards = r.nguards;
    struct core *bind = NULL;
    if (var != TERM_NONE) {
        struct core *value = core_var(c, r.reason);
        if (r.normalise) value = normalised(c, value, stack);
        bind = core_bind(c, NULL, value);
        struct pattern p = {0};
        bind->var = expand_pattern_in(c, &p, var)->var;
        pattern_publish(c, &p);
    }
    struct core *body = expand(c, list_at(form_args(clause), 1));
    to->body = bind ? core_seq(c, 2, bind, body) : body;
    if (c->stacktrace_used || (bind && r.normalise)) to->stack = stack;
    scope_leave(c, mark);
}

static void expand_catch(struct cx *c, struct core_catch *to, term clause, const char *what)
{
    term guard, args = is_call_of(clause, AM_op_arrow, 2) ? split_guards(c, head(form_args(clause)), &guard) : TERM_NIL;
    unsigned n = list_count(args);
    if (n != 1 && n != 2)
        fail_compile(c, n ? meta_line(c, form_meta(clause)) : c->line, "expected one or two args for :catch clauses (->) in \"%s\"", what);
    struct scope_mark mark = scope_enter(c);
    struct pattern p = {0};
    struct core_clause guards = {0};
    to->line = c->line = meta_line(c, form_meta(clause));
    to->cls = n == 1 ? core_lit(c, AM_throw) : expand_pattern_in(c, &p, head(args));
    to->reason = expand_pattern_in(c, &p, list_at(args, n - 1));
    pattern_publish(c, &p);
    if (guard != TERM_NONE) expand_guards(c, guard, &guards);
    to->guards = guards.guards;
    to->nguards = guards.nguards;
    struct var *stack = fresh_stack(c);
    to->body = expand(c, list_at(form_args(clause), 1));
    if (c->stacktrace_used) to->stack = stack;
    scope_leave(c, mark);
}

// The catch clauses of the given block are added to k.
static void add_catches(struct cx *c, struct core *k, term clauses, const char *kind, const char *what,
                        void (*one)(struct cx *, struct core_catch *, term, const char *))
{
    if (!is_clauses(clauses)) fail_compile(c, c->line, "expected -> clauses for :%s in \"%s\"", kind, what);
    struct core_catch *all = arena_array(c->a, struct core_catch, k->ncatches + list_count(clauses));
    if (k->ncatches) memcpy(all, k->catches, k->ncatches * sizeof *all);
    k->catches = all;
    struct var *stack = c->stacktrace;
    bool used = c->stacktrace_used, in_catch = c->in_catch;
    int line = c->line;
    for (; is_cons(clauses); clauses = tail(clauses)) one(c, &all[k->ncatches++], head(clauses), what);
    c->stacktrace = stack;
    c->stacktrace_used = used;
    c->in_catch = in_catch;
    c->line = line;
}

struct core *expand_try(struct cx *c, term meta, term blocks)
{
    int line = meta_line(c, meta);
    static const term allowed[] = {AM_do, AM_kw_rescue, AM_kw_catch, AM_kw_else, AM_kw_after, 0};
    c->line = line;
    check_blocks(c, blocks, "try", allowed);
    term body, clauses, after, definition = meta_get(meta, AM_implicit);       // of a function's body: def, defp, ...
    const char *what = definition == TERM_NONE ? "try" : atom_c_text(c, definition);
    if (!keyword_get(blocks, AM_do, &body)) fail_compile(c, line, "missing :do option in \"try\"");
    bool has_after = keyword_get(blocks, AM_kw_after, &after);
    if (list_count(blocks) == 1) fail_compile(c, line, "missing :catch/:rescue/:after option in \"try\"");
    if (list_count(blocks) == 2 && keyword_get(blocks, AM_kw_else, &clauses) && definition == TERM_NONE)
        warn_at(c, line, IN_FUNCTION, "\"else\" shouldn't be used as the only clause in \"try\", use \"case\" instead");
    struct core *k = core_args(c, CORE_TRY, 2, expand_scoped(c, body), NULL);
    k->line = c->line = line;
    for (term l = blocks; is_cons(l); l = tail(l)) {    // in the order written
        term key = tuple_get(head(l), 0);
        clauses = tuple_get(head(l), 1);
        if (key == AM_kw_rescue) add_catches(c, k, clauses, "rescue", what, expand_rescue);
        else if (key == AM_kw_catch) add_catches(c, k, clauses, "catch", what, expand_catch);
        else if (key == AM_kw_else) k->clauses = expand_clauses(c, clauses, what, "else", 1, &k->nclauses);
    }
    k->fail = FAIL_TRY_CLAUSE;
    if (has_after) k->args[1] = expand_scoped(c, after);
    c->line = line;
    return k;
}
