// SPDX-License-Identifier: Apache-2.0
// Patterns, guards and clauses.
//
// A pattern is expanded with c->context == CONTEXT_MATCH and c->pattern set. Its variables are gathered in pattern->bound (a second occurrence is the
// same struct var, which the code generator compares) and become visible all at once, by pattern_publish(). c->vars stays the scope before
// the match: that is where pins and sizes look first.
#include "expand.h"

#include <string.h>

static struct binding *bound_before(struct cx *c, term name, term context) { return scope_find(c->vars, name, context); }

static void warn_again(struct cx *c, term name, term kind, int line)
{
    const char *text = atom_c_text(c, name);
    if (*text != '_') return;
    const char *context = kind == AM_nil || !is_atom(kind) ? "" : cx_format(c, " (context %s)", inspect_atom(c, kind));
    warn_at(c, line, IN_FUNCTION,
            "the underscored variable \"%s\"%s appears more than once in a match. This means the pattern will only match if all \"%s\" bind to the "
            "same value. If this is the intended behaviour, please remove the leading underscore from the variable name, otherwise give the "
            "variables different names", text, context, text);
}

struct core *pattern_variable(struct cx *c, term q)
{
    term name = form_name(q), meta = form_meta(q), context = var_context(meta, form_args(q));
    struct pattern *p = c->pattern;
    struct binding *b = scope_find(p->bound, name, context);
    struct core *k = core_new(c, CORE_VAR);
    if (b) {
        b->var->uses++;
        k->var = b->var;
        warn_again(c, name, form_args(q), meta_line(c, meta));
        return k;
    }
    struct var *v = arena_new(c->a, struct var);
    *v = (struct var){.name = name, .line = meta_line(c, meta)};
    b = arena_new(c->a, struct binding);
    *b = (struct binding){name, context, v, p->bound};
    p->bound = b;
    if (!meta_generated(meta)) {
        struct declared *d = arena_new(c->a, struct declared);
        *d = (struct declared){v, context, bound_before(c, name, context) != NULL, c->declared};
        c->declared = d;
    }
    k->var = v;
    return k;
}

void pattern_publish(struct cx *c, struct pattern *p)
{
    struct binding *last = p->bound;
    if (!last) return;
    while (last->next) last = last->next;
    last->next = c->vars;
    c->vars = p->bound;
    p->bound = NULL;
}

struct core *expand_pattern_in(struct cx *c, struct pattern *p, term q)
{
    struct pattern *outer = c->pattern;
    enum context context = c->context;
    c->pattern = p;
    c->context = CONTEXT_MATCH;
    struct core *k = expand(c, q);
    c->pattern = outer;
    c->context = context;
    return k;
}

struct core *expand_pattern(struct cx *c, term q)
{
    struct pattern p = {0};
    struct core *k = expand_pattern_in(c, &p, q);
    pattern_publish(c, &p);
    return k;
}

struct core *expand_match(struct cx *c, term meta, term left, term right)
{
    int line = meta_line(c, meta);
    if (c->context == CONTEXT_MATCH) {
        struct core *a = expand(c, left), *b = expand(c, right), *k = core_args(c, CORE_ALIAS, 2, a, b);
        if (a->kind == CORE_MAP || b->kind == CORE_MAP) k->lit = mk_form(c, AM_op_match, meta, mk_list_of(c, 2, left, right));
        return k;
    }
    if (c->context == CONTEXT_GUARD) fail_compile(c, line, "invalid expression in guards, = is not allowed in guards. To learn more about guards, "
                                                           "visit: https://hexdocs.pm/elixir/patterns-and-guards.html");
    struct core *value = expand(c, right);
    c->line = line;
    struct core *pattern = expand_pattern(c, left);
    c->line = line;
    if (pattern->kind == CORE_WILD) {       // `_ = value` says that it is not looked at
        value->generated = true;
        return value;
    }
    struct core *k = core_args(c, CORE_MATCH, 2, pattern, value);
    if (pattern->kind == CORE_MAP || value->kind == CORE_MAP || (core_is_lit(value) && is_map(value->lit)))
        k->lit = mk_form(c, AM_op_match, meta, mk_list_of(c, 2, left, right));
    return k;
}

// __MODULE__ and its like stand for values, they are no variables that a pattern could name.
static bool is_compiler_variable(struct cx *c, term name)
{
    const char *text = atom_c_text(c, name);
    return !strcmp(text, "__MODULE__") || !strcmp(text, "__ENV__") || !strcmp(text, "__DIR__") || !strcmp(text, "__STACKTRACE__");
}

struct core *expand_pin(struct cx *c, term meta, term arg)
{
    int line = meta_line(c, meta);
    if (c->context != CONTEXT_MATCH) fail_compile(c, line, "cannot use ^%s outside of match clauses", show(c, arg));
    if (!is_variable(arg) || is_compiler_variable(c, form_name(arg)))
        fail_compile(c, line, "invalid argument for unary operator ^, expected an existing variable, got: ^%s", show(c, arg));
    struct binding *b = bound_before(c, form_name(arg), var_context(form_meta(arg), form_args(arg)));
    if (!b) {
        const char *name = atom_c_text(c, form_name(arg));
        fail_compile(c, line, "undefined variable ^%s. No variable \"%s\" has been defined before the current pattern", name, name);
    }
    struct core *k = core_new(c, CORE_PIN);
    k->var = b->var;
    b->var->uses++;
    return k;
}

// A value known at compile time, as a pattern: the maps in it match as map patterns do.
static struct core *pattern_of_list(struct cx *c, term list)
{
    unsigned n = list_count(list);
    term *cells = arena_array(c->a, term, n);
    for (unsigned i = 0; i < n; i++, list = tail(list)) cells[i] = list;
    struct core *k = pattern_of_literal(c, list);
    while (n-- > 0) {
        struct core *hd = pattern_of_literal(c, head(cells[n]));
        k = core_is_lit(hd) && core_is_lit(k) ? core_lit(c, cells[n]) : core_args(c, CORE_CONS, 2, hd, k);
    }
    return k;
}

struct core *pattern_of_literal(struct cx *c, term value)
{
    check_nesting(c);
    if (is_map(value)) {
        struct core *k = core_new(c, CORE_MAP);
        k->pairs = arena_array(c->a, struct core_pair, map_size(value));
        struct map_iter it;
        term key, v;
        map_iter_init(&it, value);
        while (map_iter_next(&it, &key, &v))
            k->pairs[k->npairs++] = (struct core_pair){.key = core_lit(c, key), .value = pattern_of_literal(c, v)};
        return k;
    }
    if (is_cons(value)) return pattern_of_list(c, value);
    if (is_tuple(value)) {
        struct core *k = core_new(c, CORE_TUPLE);
        bool literal = true;
        k->nargs = (unsigned)tuple_arity(value);
        k->args = arena_array(c->a, struct core *, k->nargs);
        for (unsigned i = 0; i < k->nargs; i++) {
            k->args[i] = pattern_of_literal(c, tuple_get(value, i));
            literal &= core_is_lit(k->args[i]);
        }
        return literal ? core_lit(c, value) : k;
    }
    return core_lit(c, value);
}

// ---- guards

static struct core *expand_guard(struct cx *c, term guard)
{
    enum context context = c->context;
    struct scope_mark mark = scope_enter(c);
    c->context = CONTEXT_GUARD;
    struct core *k = expand(c, guard);
    c->context = context;
    scope_leave(c, mark);
    return k;
}

void expand_guards(struct cx *c, term guard, struct core_clause *to)
{
    unsigned n = 1;
    for (term g = guard; is_call_of(g, AM_kw_when, 2); g = list_at(form_args(g), 1)) n++;
    to->guards = arena_array(c->a, struct core *, n);
    to->nguards = n;
    for (unsigned i = 0; i < n; i++) {
        bool more = i + 1 < n;
        to->guards[i] = expand_guard(c, more ? head(form_args(guard)) : guard);
        if (more) guard = list_at(form_args(guard), 1);
    }
}

// ---- clauses

term split_guards(struct cx *c, term args, term *guard)
{
    *guard = TERM_NONE;
    if (!is_cons(args) || !is_nil(tail(args)) || !is_form(head(args)) || form_name(head(args)) != AM_kw_when) return args;
    term all = form_args(head(args));
    unsigned n = list_count(all);
    if (n < 1) return args;
    *guard = list_at(all, n - 1);
    term *elems = arena_array(c->a, term, n);
    for (unsigned i = 0; i + 1 < n; i++, all = tail(all)) elems[i] = head(all);
    return mk_list(c->h, n - 1, elems, TERM_NIL);
}

// Patterns and guard; the scope is open for the body afterwards.
static void clause_head(struct cx *c, struct core_clause *to, term args, term guard)
{
    unsigned n = list_count(args);
    struct pattern p = {0};
    to->npatterns = n;
    to->patterns = arena_array(c->a, struct core *, n);
    for (unsigned i = 0; i < n; i++, args = tail(args)) to->patterns[i] = expand_pattern_in(c, &p, head(args));
    pattern_publish(c, &p);
    if (guard != TERM_NONE) expand_guards(c, guard, to);
}

void expand_clause(struct cx *c, struct core_clause *to, term args, term body, int line)
{
    struct scope_mark mark = scope_enter(c);
    term guard;
    to->line = c->line = line;
    args = split_guards(c, args, &guard);
    clause_head(c, to, args, guard);
    to->body = expand(c, body);
    scope_leave(c, mark);
}

bool is_clauses(term q) { return is_cons(q) && is_form(head(q)) && form_name(head(q)) == AM_op_arrow; }

struct core_clause *expand_clauses(struct cx *c, term list, const char *what, const char *kind, unsigned arity, unsigned *n)
{
    if (!is_clauses(list)) fail_compile(c, c->line, "expected -> clauses for :%s in \"%s\"", kind, what);
    int outer = c->line;
    *n = list_count(list);
    struct core_clause *clauses = arena_array(c->a, struct core_clause, *n);
    for (unsigned i = 0; i < *n; i++, list = tail(list)) {
        term clause = head(list), guard;
        if (!is_call_of(clause, AM_op_arrow, 2)) fail_compile(c, outer, "expected -> clauses for :%s in \"%s\"", kind, what);
        int line = meta_line(c, form_meta(clause));
        term args = head(form_args(clause));
        if (list_count(split_guards(c, args, &guard)) != arity)
            fail_compile(c, outer, "expected one argument for :%s clauses (->) in \"%s\"", kind, what);
        expand_clause(c, &clauses[i], args, list_at(form_args(clause), 1), line);
        clauses[i].generated = meta_generated(form_meta(clause));
    }
    c->line = outer;
    return clauses;
}
