// SPDX-License-Identifier: Apache-2.0
// Expansion of a quoted form: the main switch, blocks, arguments, literals, variables; and the makers of core nodes.
//
// Invariant: expand() reads c->vars as the scope before the form and leaves in it the scope after it. Whoever opens a scope of his own (a clause,
// a do-block) restores it with scope_leave(). The quoted forms are never changed.
#include "expand.h"

#include <stdarg.h>

// ---- quoted forms

bool is_call_of(term q, term name, unsigned arity)
{
    return is_form(q) && form_name(q) == name && is_list(form_args(q)) && list_count(form_args(q)) == arity;
}

term meta_get(term meta, term key)
{
    for (; is_cons(meta); meta = tail(meta))
        if (is_tuple_of(head(meta), 2) && tuple_get(head(meta), 0) == key) return tuple_get(head(meta), 1);
    return TERM_NONE;
}

int meta_line(struct cx *c, term meta)
{
    term line = meta_get(meta, AM_line);
    return line != TERM_NONE && is_small(line) ? (int)small_value(line) : c->line;
}

bool meta_generated(term meta) { return meta_get(meta, AM_generated) == AM_true; }

unsigned list_count(term list)
{
    unsigned n = 0;
    for (; is_cons(list); list = tail(list)) n++;
    return n;
}

term list_at(term list, unsigned i)
{
    while (i--) list = tail(list);
    return head(list);
}

term list_reverse(struct cx *c, term list)
{
    term r = TERM_NIL;
    for (; is_cons(list); list = tail(list)) r = mk_cons(c->h, head(list), r);
    return r;
}

bool keyword_get(term list, term key, term *value)
{
    term v = is_list(list) ? meta_get(list, key) : TERM_NONE;
    if (v == TERM_NONE) return false;
    *value = v;
    return true;
}

bool is_keyword_list(term list)
{
    for (; is_cons(list); list = tail(list))
        if (!is_tuple_of(head(list), 2) || !is_atom(tuple_get(head(list), 0))) return false;
    return is_nil(list);
}

term mk_form(struct cx *c, term name, term meta, term args) { return mk_tuple3(c->h, name, meta, args); }

term mk_list_of(struct cx *c, unsigned n, ...)
{
    term elems[16];
    va_list ap;
    va_start(ap, n);
    for (unsigned i = 0; i < n; i++) elems[i] = va_arg(ap, term);
    va_end(ap);
    return mk_list(c->h, n, elems, TERM_NIL);
}

term line_meta(struct cx *c, int line) { return mk_list_of(c, 1, mk_tuple2(c->h, AM_line, make_small(line))); }

term remote_form(struct cx *c, int line, term module, term function, term args)
{
    term meta = line_meta(c, line);
    return mk_form(c, mk_form(c, AM_op_dot, meta, mk_list_of(c, 2, module, function)), meta, args);
}

term atom_c(struct cx *c, const char *text) { return atom_from_c(c->vm, text); }

// ---- core nodes

struct core *core_new(struct cx *c, enum core_kind kind)
{
    struct core *k = arena_new(c->a, struct core);
    k->kind = kind;
    k->line = c->line;
    return k;
}

struct core *core_lit(struct cx *c, term t)
{
    struct core *k = core_new(c, CORE_LIT);
    k->lit = t;
    return k;
}

struct core *core_stacktrace(struct cx *c, struct var *v) { return core_erlang(c, "build_stacktrace", 1, core_var(c, v)); }

struct core *core_var(struct cx *c, struct var *v)
{
    struct core *k = core_new(c, CORE_VAR);
    k->var = v;
    v->uses++;
    return k;
}

static struct core *core_with(struct cx *c, enum core_kind kind, unsigned n, struct core **args)
{
    struct core *k = core_new(c, kind);
    k->nargs = n;
    k->args = args;
    return k;
}

static struct core *core_va(struct cx *c, enum core_kind kind, unsigned n, va_list ap)
{
    struct core **args = arena_array(c->a, struct core *, n);
    for (unsigned i = 0; i < n; i++) args[i] = va_arg(ap, struct core *);
    return core_with(c, kind, n, args);
}

#define CORE_FROM_VARARGS(KIND, LAST)                       \
    va_list ap;                                             \
    va_start(ap, LAST);                                     \
    struct core *k = core_va(c, KIND, n, ap);               \
    va_end(ap)

struct core *core_args(struct cx *c, enum core_kind kind, unsigned n, ...)
{
    CORE_FROM_VARARGS(kind, n);
    return k;
}

struct core *core_call(struct cx *c, term m, term f, unsigned n, ...)
{
    CORE_FROM_VARARGS(CORE_CALL, n);
    k->m = m;
    k->f = f;
    return k;
}

struct core *core_erlang(struct cx *c, const char *function, unsigned n, ...)
{
    CORE_FROM_VARARGS(CORE_CALL, n);
    k->m = AM_erlang;
    k->f = atom_c(c, function);
    return k;
}

struct core *core_seq(struct cx *c, unsigned n, ...)
{
    CORE_FROM_VARARGS(CORE_SEQ, n);
    return k;
}

struct core *core_bind(struct cx *c, struct var *v, struct core *value)
{
    struct core *k = core_args(c, CORE_BIND, 1, value);
    k->var = v;
    return k;
}

struct core_clause *core_clause_set(struct cx *c, struct core *of, unsigned i, struct core *pattern, struct core *body)
{
    struct core_clause *k = &of->clauses[i];
    k->npatterns = 1;
    k->patterns = arena_array(c->a, struct core *, 1);
    k->patterns[0] = pattern;
    k->body = body;
    k->line = c->line;
    return k;
}

// ---- arguments and blocks

// What was bound since `before` goes on top of `onto`, oldest first.
void rebind(struct cx *c, struct binding *from, struct binding *before, struct binding **onto)
{
    unsigned n = 0;
    for (struct binding *b = from; b != before; b = b->next) n++;
    struct binding **fresh = arena_array(c->a, struct binding *, n + 1);
    for (n = 0; from != before; from = from->next) fresh[n++] = from;
    while (n--) {
        struct binding *b = arena_new(c->a, struct binding);
        *b = *fresh[n];
        b->next = *onto;
        *onto = b;
    }
}

void next_argument(struct cx *c, struct binding *before, struct binding **after)
{
    if (c->vars == before) return;
    if (*after == before) *after = c->vars;
    else rebind(c, c->vars, before, after);
    c->vars = before;
}

struct core *expand_source(struct cx *c, term q)
{
    struct binding *before = c->vars;
    struct core *k = expand(c, q);
    c->vars = before;
    return k;
}

struct core **expand_args(struct cx *c, term list, unsigned n)
{
    struct core **args = arena_array(c->a, struct core *, n);
    if (n == 1 || c->context == CONTEXT_MATCH) {
        for (unsigned i = 0; i < n; i++, list = tail(list)) args[i] = expand(c, head(list));
        return args;
    }
    struct binding *before = c->vars, *after = before;
    for (unsigned i = 0; i < n; i++, list = tail(list)) {
        args[i] = expand(c, head(list));
        next_argument(c, before, &after);
    }
    c->vars = after;
    return args;
}

struct core *expand_call_args(struct cx *c, enum core_kind kind, term list)
{
    int line = c->line;
    unsigned n = list_count(list);
    struct core *k = core_with(c, kind, n, expand_args(c, list, n));
    k->line = line;
    return k;
}

static bool is_constant(const struct core *k) { return k->kind == CORE_LIT; }

// What stands in a block, not last, without doing anything.
static void warn_no_effect(struct cx *c, term q)
{
    if (is_number(q) || is_binary(q))
        warn_at(c, 0, IN_FUNCTION, "code block contains unused literal %s (remove the literal or assign it to _ to avoid warnings)", inspect(c, q));
    if (is_variable(q) && !meta_generated(form_meta(q)) && scope_find(c->vars, form_name(q), var_context(form_meta(q), form_args(q))))
        warn_at(c, meta_line(c, form_meta(q)), IN_FUNCTION,
                "variable %s in code block has no effect as it is never returned (remove the variable or assign it to _ to avoid warnings)",
                atom_c_text(c, form_name(q)));
    if (is_call_of(q, AM_op_at, 1) && is_variable(head(form_args(q))) && c->env->module != AM_nil)
        warn_at(c, meta_line(c, form_meta(q)), IN_FUNCTION,
                "module attribute @%s in code block has no effect as it is never returned (remove the attribute or assign it to _ to avoid warnings)",
                atom_c_text(c, form_name(head(form_args(q)))));
}

struct core *expand_block(struct cx *c, term list)
{
    if (is_nil(list)) return core_lit(c, AM_nil);
    if (is_nil(tail(list))) return expand(c, head(list));
    struct core *seq = core_new(c, CORE_SEQ);
    seq->args = arena_array(c->a, struct core *, list_count(list));
    for (; is_cons(list); list = tail(list)) {
        term q = head(list);
        bool last = is_nil(tail(list));
        if (!last) warn_no_effect(c, q);
        if (!last && is_form(q)) c->unwanted = form_args(q);
        struct core *k = expand(c, q);
        c->unwanted = TERM_NONE;
        if (!last && is_constant(k)) continue;
        seq->args[seq->nargs++] = k;
    }
    return seq->nargs == 1 ? seq->args[0] : seq;
}

struct core *expand_scoped(struct cx *c, term q)
{
    struct scope_mark mark = scope_enter(c);
    struct core *k = expand(c, q);
    scope_leave(c, mark);
    return k;
}

// ---- literals

// Long lists are common as data: no recursion along the tail.
static struct core *expand_list(struct cx *c, term q)
{
    unsigned n = list_count(q);
    term last = TERM_NIL, rest = q;
    if (n && is_call_of(list_at(q, n - 1), AM_op_bar, 2)) last = list_at(q, n - 1);
    unsigned plain = last == TERM_NIL ? n : n - 1;
    term *flat = arena_array(c->a, term, n + 1);
    for (unsigned i = 0; i < plain; i++, rest = tail(rest)) flat[i] = head(rest);
    if (last != TERM_NIL) {
        flat[plain] = head(form_args(last));
        flat[plain + 1] = head(tail(form_args(last)));
    }
    unsigned total = last == TERM_NIL ? n : n + 1;
    struct core **elems = expand_args(c, mk_list(c->h, total, flat, TERM_NIL), total);
    struct core *list = last == TERM_NIL ? core_lit(c, TERM_NIL) : elems[--total];
    bool match = c->context == CONTEXT_MATCH;
    while (total--) {
        if (core_is_lit(list) && core_is_lit(elems[total]) && !(match && is_map(elems[total]->lit)))
            list = core_lit(c, mk_cons(c->h, elems[total]->lit, list->lit));
        else list = core_args(c, CORE_CONS, 2, elems[total], list);
    }
    return list;
}

static struct core *fold_tuple(struct cx *c, struct core *k)
{
    for (unsigned i = 0; i < k->nargs; i++)
        if (!core_is_lit(k->args[i])) return k;
    term *elems = arena_array(c->a, term, k->nargs);
    for (unsigned i = 0; i < k->nargs; i++) elems[i] = k->args[i]->lit;
    return core_lit(c, mk_tuple(c->h, k->nargs, elems));
}

static struct core *expand_tuple(struct cx *c, term args) { return fold_tuple(c, expand_call_args(c, CORE_TUPLE, args)); }

// ---- variables and other names without arguments

static struct core *undefined_variable(struct cx *c, term q)
{
    term name = form_name(q), meta = form_meta(q);
    const char *text = atom_c_text(c, name);
    term policy = meta_get(meta, AM_if_undefined);
    int line = meta_line(c, meta);
    if (policy == AM_raise || c->context == CONTEXT_MATCH || (c->pattern && c->pattern->in_size))
        fail_compile(c, line, "undefined variable \"%s\"", text);
    if (policy != AM_apply)
        warn_at(c, line, IN_FUNCTION,
                "variable \"%s\" does not exist and is being expanded to \"%s()\", please use parentheses to remove the ambiguity or change the "
                "variable name", text, text);
    return expand(c, mk_form(c, name, meta, TERM_NIL));
}

static struct core *expand_variable(struct cx *c, term q)
{
    term name = form_name(q), meta = form_meta(q);
    struct binding *b = scope_find(c->vars, name, var_context(meta, form_args(q)));
    if (!b && c->pattern && c->context == CONTEXT_GUARD)    // sizes see what the segments before them bound
        b = scope_find_until(c->pattern->bound, c->pattern->sized_from, name, var_context(meta, form_args(q)));
    if (!b) return undefined_variable(c, q);
    if (b->context == AM_nil && !b->var->uses && !meta_generated(meta)) {
        const char *text = atom_c_text(c, name);
        if (text[0] == '_' && text[1])
            warn_at(c, meta_line(c, meta), IN_FUNCTION,
                    "the underscored variable \"%s\" is used after being set. A leading underscore indicates that the value of the variable should "
                    "be ignored. If this is intended please rename the variable to remove the underscore", text);
    }
    return core_var(c, b->var);
}

static term directory_of(struct cx *c, term file)
{
    size_t len;
    const char *path = (const char *)binary_bytes(c->h, file, &len);
    while (len && path[len - 1] != '/') len--;
    if (len > 1) len--;
    return len ? mk_binary(c->h, path, len) : mk_binary_str(c->h, ".");
}

static struct core *expand_caller(struct cx *c, int line)
{
    if (!c->caller || c->context) fail_compile(c, line, "__CALLER__ is available only inside defmacro and defmacrop");
    return core_call(c, AM_phial_compiler, AM_env_of, 1, core_var(c, c->caller));
}

static struct core *expand_stacktrace(struct cx *c, int line)
{
    if (!c->in_catch) fail_compile(c, line, "__STACKTRACE__ is available only inside catch and rescue clauses of try expressions");
    c->stacktrace_used = true;
    return core_stacktrace(c, c->stacktrace);
}

// A name without arguments: a variable, or one of the special names. No match context here but for the names.
static struct core *expand_name(struct cx *c, term q)
{
    int line = meta_line(c, form_meta(q));
    c->line = line;
    bool stateful = form_name(q) == AM__ENV_ || form_name(q) == AM__CALLER_ || form_name(q) == AM__STACKTRACE_;
    if (stateful && c->context == CONTEXT_MATCH)
        fail_compile(c, line, "invalid pattern in match, %s is not allowed in matches", atom_c_text(c, form_name(q)));
    switch (form_name(q)) {
    case AM__MODULE_: return core_lit(c, c->env->module);
    case AM__DIR_: return core_lit(c, directory_of(c, c->env->file));
    case AM__ENV_: return expand_env_literal(c);
    case AM__CALLER_: return expand_caller(c, line);
    case AM__STACKTRACE_: return expand_stacktrace(c, line);
    case AM_underscore:
        if (c->context == CONTEXT_MATCH) return core_new(c, CORE_WILD);
        fail_compile(c, line, "invalid use of _. \"_\" represents a value to be ignored in a pattern and cannot be used in expressions");
    }
    return c->context == CONTEXT_MATCH ? pattern_variable(c, q) : expand_variable(c, q);
}

struct core *expand_env_literal(struct cx *c)
{
    struct live_env live = {c->env, c->context, c->line, c->vars};
    return core_lit(c, env_to_map(c->vm, c->h, &live));
}

// ---- the switch

// What the hooks of a module are given.
static bool is_environment(struct cx *c, term q) { return map_get(c->vm, q, AM__struct_) == atom_c(c, "Elixir.Macro.Env"); }

_Noreturn static void invalid_quoted(struct cx *c, term q)
{
    fail_compile(c, 0,
                 "invalid quoted expression: %s\n\nPlease make sure your quoted expressions are made of valid AST nodes. If you would like to "
                 "introduce a value into the AST, such as a four-element tuple or a map, make sure to call Macro.escape/1 before", inspect(c, q));
}

static struct core *expand_form(struct cx *c, term q)
{
    term name = form_name(q), meta = form_meta(q), args = form_args(q);
    if (is_atom(name) && is_atom(args)) return expand_name(c, q);
    if (!is_list(args)) invalid_quoted(c, q);
    c->line = meta_line(c, meta);
    struct core *k;
    if (is_atom(name)) {
        if (name == AM_op_tuple) return expand_tuple(c, args);
        k = expand_special(c, q, name, meta, args);
        if (!k) k = expand_local(c, q, name, meta, args);
    } else k = expand_remote(c, q);
    if (meta_generated(meta)) k->generated = true;
    return k;
}

static struct core *expand_other(struct cx *c, term q)
{
    if (is_cons(q)) return expand_list(c, q);
    if (is_tuple_of(q, 2)) return expand_tuple(c, mk_list_of(c, 2, tuple_get(q, 0), tuple_get(q, 1)));
    if (is_tuple(q) || (is_map(q) && !is_environment(c, q))) invalid_quoted(c, q);
    if (c->context == CONTEXT_MATCH) return pattern_of_literal(c, q);
    return core_lit(c, q);
}

struct core *expand(struct cx *c, term q)
{
    if (is_immediate(q)) return core_lit(c, q);
    check_nesting(c);
    return is_form(q) && (is_list(form_meta(q))) ? expand_form(c, q) : expand_other(c, q);
}
