// SPDX-License-Identifier: Apache-2.0
// &: captures of functions by name and arity, and functions written as an expression with &1, &2, ...
//
// The placeholders are replaced, in the quoted form, by variables with a counter of their own before anything is expanded.
#include "expand.h"

#include <string.h>

struct placeholders { struct cx *c; bool seen[256]; unsigned max; term counter; };

static term numbered_variable(struct placeholders *p, const char *prefix, unsigned n, term meta)
{
    struct cx *c = p->c;
    term counter = mk_tuple2(c->h, AM_counter, p->counter);
    return mk_form(c, atom_c(c, cx_format(c, "%s%u", prefix, n)), mk_cons(c->h, counter, meta), AM_nil);
}

static term placeholder_variable(struct placeholders *p, unsigned n, term meta) { return numbered_variable(p, "&", n, meta); }

_Noreturn static void too_high(struct cx *c, const struct placeholders *p, int64_t n)
{
    unsigned missing = 1;
    while (missing < 255 && p->seen[missing]) missing++;
    fail_compile(c, c->line, "capture argument &%lld cannot be defined without &%u (you cannot skip arguments, all arguments must be numbered)",
                 (long long)n, missing);
}

// Shares what holds no placeholder.
static term replace(struct placeholders *p, term q)
{
    struct cx *c = p->c;
    if (is_immediate(q)) return q;
    if (is_cons(q)) {
        term hd = replace(p, head(q)), tl = replace(p, tail(q));
        return hd == head(q) && tl == tail(q) ? q : mk_cons(c->h, hd, tl);
    }
    if (is_tuple_of(q, 2)) {
        term a = replace(p, tuple_get(q, 0)), b = replace(p, tuple_get(q, 1));
        return a == tuple_get(q, 0) && b == tuple_get(q, 1) ? q : mk_tuple2(c->h, a, b);
    }
    if (!is_form(q)) return q;
    if (is_call_of(q, AM_op_capture, 1)) {
        term n = head(form_args(q));
        if (!is_small(n))
            fail_compile(c, meta_line(c, form_meta(q)),
                         "nested captures are not allowed. You cannot define a function using  the capture operator & inside another function "
                         "defined via &. Got invalid nested capture: %s", show(c, q));
        if (small_value(n) < 1)
            fail_compile(c, c->line, "capture argument &%d must be numbered between 1 and 255", (int)small_value(n));
        if (small_value(n) > 255) too_high(c, p, small_value(n));
        unsigned i = (unsigned)small_value(n);
        p->seen[i] = true;
        if (i > p->max) p->max = i;
        return placeholder_variable(p, i, form_meta(q));
    }
    check_nesting(c);
    term name = is_atom(form_name(q)) ? form_name(q) : replace(p, form_name(q)), args = replace(p, form_args(q));
    return name == form_name(q) && args == form_args(q) ? q : mk_form(c, name, form_meta(q), args);
}

_Noreturn static void bad_capture(struct cx *c, term q)
{
    fail_compile(c, c->line,
                 "invalid args for &, expected one of:\n\n  * &Mod.fun/arity to capture a remote function, such as &Enum.map/2\n  * &fun/arity to "
                 "capture a local or imported function, such as &is_atom/1\n  * &some_code(&1, ...) containing at least one argument as &1, such as "
                 "&List.flatten(&1)\n\nGot: %s", show(c, q));
}

// ---- functions by name

static struct core *export_of(struct cx *c, struct core *module, term function, unsigned arity)
{
    return core_erlang(c, "make_fun", 3, module, core_lit(c, function), core_lit(c, make_small(arity)));
}

// fn a, b -> call(a, b) end, for macros and for inlined functions whose arguments change places.
static struct core *wrapped(struct cx *c, term name, term meta, unsigned arity)
{
    struct placeholders p = {.c = c, .counter = make_small((int64_t)++compile_state(c->vm)->next_counter)};
    term args = TERM_NIL;
    for (unsigned i = arity; i > 0; i--) args = mk_cons(c->h, numbered_variable(&p, "x", i, TERM_NIL), args);
    term arrow = mk_form(c, AM_op_arrow, meta, mk_list_of(c, 2, args, mk_form(c, name, meta, args)));
    return expand_fn(c, meta, mk_list_of(c, 1, arrow));
}

static struct core *capture_function(struct cx *c, term module, term function, unsigned arity)
{
    // Inlined functions are captured as what they are inlined to, if the arguments stay as they are.
    struct core *args[255], *given[255];
    for (unsigned i = 0; i < arity; i++) given[i] = args[i] = core_lit(c, AM_nil);
    struct core *call = rewrite_call(c, c->line, module, function, arity, args);
    bool same = call->kind == CORE_CALL && call->nargs == arity;
    for (unsigned i = 0; same && i < arity; i++) same = call->args[i] == given[i];
    if (same) return export_of(c, core_lit(c, call->m), call->f, arity);
    return export_of(c, core_lit(c, module), function, arity);
}

static struct core *capture_local(struct cx *c, term name, term meta, unsigned arity)
{
    struct resolved r = resolve_import(c, meta, name, arity);
    if (name == AM_super && r.kind == CALL_LOCAL) return wrapped(c, name, meta, arity);
    if (r.kind == CALL_FUNCTION) trace_call(c, c->line, "imported_function", r.module, name, arity);
    if (r.kind == CALL_FUNCTION) return capture_function(c, r.module, name, arity);
    if (r.kind != CALL_LOCAL || is_special_form(c, name, arity)) return wrapped(c, name, meta, arity);
    if (c->env->function == AM_nil) fail_compile(c, c->line, "undefined function %s/%u (there is no such import)", atom_c_text(c, name), arity);
    note_local_call(c, name, arity, c->line);
    trace_call(c, c->line, "local_function", TERM_NONE, name, arity);
    struct core *k = core_new(c, CORE_LOCAL_FUN);
    k->f = name;
    k->arity = arity;
    return k;
}

static struct core *capture_remote(struct cx *c, term dot, term meta, unsigned arity)
{
    term left = head(form_args(dot)), function = list_at(form_args(dot), 1), module = alias_atom(c, left);
    if (!is_atom(function)) bad_capture(c, dot);
    trace_alias(c, left, module);
    int line = c->line;
    if (module == TERM_NONE) {
        struct core *k = expand(c, left);
        c->line = line;
        if (!core_is_lit(k)) return export_of(c, k, function, arity);
        if (!is_atom(k->lit)) return wrapped(c, dot, meta, arity);
        module = k->lit;
    }
    if ((env_requires(c->env, module) && resolve_remote_macro(c, module, function, arity, meta)))
        return wrapped(c, mk_form(c, AM_op_dot, meta, mk_list_of(c, 2, module, function)), meta, arity);
    return capture_function(c, module, function, arity);
}

// name/arity or Mod.name/arity; NULL if `arg` is not of that form.
static struct core *capture_by_name(struct cx *c, term meta, term arg)
{
    if (!is_call_of(arg, AM_op_div, 2)) return NULL;
    term what = head(form_args(arg)), arity = list_at(form_args(arg), 1);
    if (!is_small(arity) || !is_form(what)) return NULL;
    if (small_value(arity) < 0 || small_value(arity) > 255)
        fail_compile(c, c->line, "capture argument &%lld must be numbered between 1 and 255", (long long)small_value(arity));
    unsigned n = (unsigned)small_value(arity);
    if (is_variable(what)) {
        term imports = meta_get(meta, AM_imports), m = form_meta(what);     // a quote puts the hygiene on the &
        if (imports != TERM_NONE && meta_get(m, AM_imports) == TERM_NONE) m = meta;
        return capture_local(c, form_name(what), m, n);
    }
    term dot = form_name(what);
    if (is_form(dot) && form_name(dot) == AM_op_dot && list_count(form_args(dot)) == 2 && is_nil(form_args(what)))
        return capture_remote(c, dot, form_meta(what), n);
    return NULL;
}

// ---- expressions

static bool is_sequence(term args, unsigned n)
{
    for (unsigned i = 1; i <= n; i++, args = tail(args)) {
        if (!is_cons(args) || !is_call_of(head(args), AM_op_capture, 1) || head(form_args(head(args))) != make_small(i)) return false;
    }
    return is_nil(args);
}

// &foo(&1, &2) is &foo/2.
static struct core *capture_plain_call(struct cx *c, term q)
{
    term args = form_args(q), name = form_name(q);
    unsigned n = list_count(args);
    if (!n || !is_sequence(args, n)) return NULL;
    if (is_form(name) && form_name(name) == AM_op_dot && list_count(form_args(name)) == 2) {
        if (alias_atom(c, head(form_args(name))) == TERM_NONE) return NULL;
        return capture_remote(c, name, form_meta(q), n);
    }
    if (!is_atom(name)) return NULL;
    struct resolved r = resolve_import(c, form_meta(q), name, n);
    if (r.kind == CALL_LOCAL && name != AM_super && c->env->function != AM_nil) {
        switch (name) {
        case AM_op_tuple: case AM_op_map: case AM_op_bits: case AM_block: case AM_op_match: case AM_op_struct: case AM_with: case AM_for:
        case AM_kw_fn: case AM_case: case AM_quote: case AM_op_bar: case AM_op_type: return NULL;
        }
        return capture_local(c, name, form_meta(q), n);
    }
    return r.kind == CALL_FUNCTION ? capture_local(c, name, form_meta(q), n) : NULL;
}

static struct core *capture_expression(struct cx *c, term meta, term q)
{
    int line = c->line;
    struct placeholders p = {.c = c, .counter = make_small((int64_t)++compile_state(c->vm)->next_counter)};
    if (is_form(q) && is_list(form_args(q)) && form_name(q) != AM_op_capture) {
        struct core *plain = capture_plain_call(c, q);
        if (plain) return plain;
    }
    term body = replace(&p, q);
    if (!p.max) bad_capture(c, q);
    for (unsigned i = 1; i <= p.max; i++)
        if (!p.seen[i])
            fail_compile(c, line, "capture argument &%u cannot be defined without &%u (you cannot skip arguments, all arguments must be numbered)",
                         p.max, i);
    term args = TERM_NIL;
    for (unsigned i = p.max; i > 0; i--) args = mk_cons(c->h, placeholder_variable(&p, i, TERM_NIL), args);
    term arrow = mk_form(c, AM_op_arrow, meta, mk_list_of(c, 2, args, body));
    return expand_fn(c, meta, mk_list_of(c, 1, arrow));
}

struct core *expand_capture(struct cx *c, term meta, term arg)
{
    c->line = meta_line(c, meta);
    while (is_call_of(arg, AM_block, 1)) arg = head(form_args(arg));
    if (is_small(arg)) fail_compile(c, c->line, "capture argument &%d must be used within the capture operator &", (int)small_value(arg));
    if (is_form(arg) && form_name(arg) == AM_block && is_list(form_args(arg)))
        fail_compile(c, c->line, "block expressions are not allowed inside the capture operator &, got: %s", show(c, arg));
    struct core *k = capture_by_name(c, meta, arg);
    if (k) return k;
    if (is_immediate(arg) || is_variable(arg)) bad_capture(c, arg);
    return capture_expression(c, meta, arg);
}
