// SPDX-License-Identifier: Apache-2.0
// Special forms: the switch over their names, and case, cond, receive, fn, with, super.
//
// The other large ones have files of their own: try.c, comprehension.c, capture.c, quote.c, binary.c, struct.c.
#include "expand.h"

#include <string.h>

static void only_in_body(struct cx *c, term name, int line)
{
    const char *text = atom_c_text(c, name);
    if (c->context == CONTEXT_MATCH) fail_compile(c, line, "invalid pattern in match, %s is not allowed in matches", text);
    if (c->context == CONTEXT_GUARD)
        fail_compile(c, line,
                     "invalid expression in guards, %s is not allowed in guards. To learn more about guards, visit: "
                     "https://hexdocs.pm/elixir/patterns-and-guards.html", text);
}

// The keyword list of blocks of `what`: only names in `allowed` (ended by 0) may occur.
void check_blocks(struct cx *c, term blocks, const char *what, const term *allowed)
{
    if (!is_keyword_list(blocks)) fail_compile(c, c->line, "invalid arguments for \"%s\"", what);
    for (term l = blocks; is_cons(l); l = tail(l)) {
        term key = tuple_get(head(l), 0);
        const term *a = allowed;
        while (*a && *a != key) a++;
        if (!*a) fail_compile(c, c->line, "unexpected option %s in \"%s\"", inspect_atom(c, key), what);
        for (term r = tail(l); is_cons(r); r = tail(r))
            if (tuple_get(head(r), 0) == key)
                fail_compile(c, c->line, "duplicated %s clauses given for \"%s\"", inspect_atom(c, key), what);
    }
}

// ---- case

// `x when x in [false, nil] -> a` then `_ -> b` or `x -> x`, as Kernel's `if && ||` write it: a test of truth.
static bool is_truth_clause(term clause, term *var)
{
    if (!is_call_of(clause, AM_op_arrow, 2)) return false;
    term args = head(form_args(clause));
    if (!is_cons(args) || !is_nil(tail(args)) || !is_call_of(head(args), AM_kw_when, 2)) return false;
    term pattern = head(form_args(head(args))), guard = list_at(form_args(head(args)), 1);
    if (!is_variable(pattern) || !is_form(guard) || !is_form(form_name(guard))) return false;
    term dot = form_name(guard);
    if (form_name(dot) != AM_op_dot || list_count(form_args(dot)) != 2 || head(form_args(dot)) != AM_Kernel || list_at(form_args(dot), 1) != AM_kw_in)
        return false;
    term in = form_args(guard);
    if (list_count(in) != 2 || !is_variable(head(in)) || form_name(head(in)) != form_name(pattern)) return false;
    term list = list_at(in, 1);
    *var = pattern;
    return is_cons(list) && head(list) == AM_false && is_cons(tail(list)) && head(tail(list)) == AM_nil && is_nil(tail(tail(list)));
}

static struct core *truth_branch(struct cx *c, term pattern, term body, struct var *subject)
{
    struct scope_mark mark = scope_enter(c);
    if (form_name(pattern) != AM_underscore) {
        struct binding *b = arena_new(c->a, struct binding);
        *b = (struct binding){form_name(pattern), var_context(form_meta(pattern), form_args(pattern)), subject, c->vars};
        c->vars = b;
    }
    struct core *k = expand(c, body);
    scope_leave(c, mark);
    return k;
}

static struct core *expand_truth_case(struct cx *c, term subject, term first, term second)
{
    term var, other = head(head(form_args(second)));
    if (!is_truth_clause(first, &var)) return NULL;
    int line = c->line;
    struct core *value = expand(c, subject);
    struct var *v = var_fresh(c, "x");
    struct core *no = truth_branch(c, var, list_at(form_args(first), 1), v);
    struct core *yes = truth_branch(c, other, list_at(form_args(second), 1), v);
    c->line = line;
    if (!v->uses) return core_args(c, CORE_IF, 3, value, yes, no);
    return core_seq(c, 2, core_bind(c, v, value), core_args(c, CORE_IF, 3, core_var(c, v), yes, no));
}

static struct core *truth_case(struct cx *c, term subject, term clauses)
{
    if (list_count(clauses) != 2) return NULL;
    term second = list_at(clauses, 1);
    if (!is_call_of(second, AM_op_arrow, 2)) return NULL;
    term args = head(form_args(second));
    if (!is_cons(args) || !is_nil(tail(args)) || !is_variable(head(args))) return NULL;
    return expand_truth_case(c, subject, head(clauses), second);
}

static struct core *expand_case(struct cx *c, term meta, term args)
{
    term clauses = TERM_NIL, subject = head(args), blocks = list_at(args, 1);
    int line = meta_line(c, meta);
    check_blocks(c, blocks, "case", (const term[]){AM_do, 0});
    if (!keyword_get(blocks, AM_do, &clauses)) fail_compile(c, line, "missing :do option in \"case\"");
    struct core *truth = is_clauses(clauses) ? truth_case(c, subject, clauses) : NULL;
    if (truth) return truth;
    struct core *value = expand(c, subject);
    c->line = line;
    struct core *k = core_args(c, CORE_CASE, 1, value);
    k->fail = FAIL_CASE_CLAUSE;
    k->clauses = expand_clauses(c, clauses, "case", "do", 1, &k->nclauses);
    return k;
}

// ---- cond

// `last`: the line of the clause before, where the failure of all is said to be.
static struct core *cond_from(struct cx *c, term clauses, int last)
{
    if (is_nil(clauses)) {
        struct core *failure = core_erlang(c, "error", 1, core_lit(c, AM_cond_clause));
        failure->line = last;
        return failure;
    }
    term clause = head(clauses);
    if (!is_call_of(clause, AM_op_arrow, 2) || list_count(head(form_args(clause))) != 1)
        fail_compile(c, c->line, "expected one argument for :do clauses (->) in \"cond\"");
    int line = c->line;
    struct scope_mark mark = scope_enter(c);
    c->line = meta_line(c, form_meta(clause));
    term condition = head(head(form_args(clause)));
    if (is_variable(condition) && form_name(condition) == AM_underscore)
        fail_compile(c, c->line, "invalid use of _ inside \"cond\". If you want the last clause to always match, you probably meant to use: true ->");
    struct core *test = expand(c, condition);
    struct core *body = expand(c, list_at(form_args(clause), 1));
    scope_leave(c, mark);
    c->line = line;
    struct core *rest = cond_from(c, tail(clauses), meta_line(c, form_meta(clause)));
    if (core_is_lit(test) && test->lit != AM_false && test->lit != AM_nil) return body;
    return core_args(c, CORE_IF, 3, test, body, rest);
}

static struct core *expand_cond(struct cx *c, term blocks)
{
    term clauses = TERM_NIL;
    check_blocks(c, blocks, "cond", (const term[]){AM_do, 0});
    if (!keyword_get(blocks, AM_do, &clauses)) fail_compile(c, c->line, "missing :do option in \"cond\"");
    if (!is_clauses(clauses)) fail_compile(c, c->line, "expected -> clauses for :do in \"cond\"");
    return cond_from(c, clauses, c->line);
}

// ---- receive

static bool is_empty_block(term q) { return is_call_of(q, AM_block, 0) || q == AM_nil; }

static void receive_after(struct cx *c, struct core *k, term after)
{
    if (is_clauses(after) && is_nil(tail(after)) && list_count(head(form_args(head(after)))) != 1)
        fail_compile(c, c->line, "expected one argument for :after clauses (->) in \"receive\"");
    if (!is_clauses(after) || !is_nil(tail(after)))
        fail_compile(c, c->line, "expected a single -> clause for :after in \"receive\"");
    struct scope_mark mark = scope_enter(c);
    k->args[0] = expand(c, head(head(form_args(head(after)))));
    k->args[1] = expand(c, list_at(form_args(head(after)), 1));
    scope_leave(c, mark);
}

static struct core *expand_receive(struct cx *c, term blocks)
{
    term clauses = AM_nil, after;
    check_blocks(c, blocks, "receive", (const term[]){AM_do, AM_kw_after, 0});
    bool has_do = keyword_get(blocks, AM_do, &clauses), has_after = keyword_get(blocks, AM_kw_after, &after);
    if (!has_do && !has_after) fail_compile(c, c->line, "missing :do/:after option in \"receive\"");
    struct core *k = core_args(c, CORE_RECEIVE, 2, NULL, NULL);
    if (has_do && !is_empty_block(clauses)) k->clauses = expand_clauses(c, clauses, "receive", "do", 1, &k->nclauses);
    if (has_after) receive_after(c, k, after);
    return k;
}

// ---- fn

struct core *expand_fn(struct cx *c, term meta, term clauses)
{
    struct core *k = core_new(c, CORE_FN);
    struct core_fun *f = k->fun = arena_new(c->a, struct core_fun);
    struct var *caller = c->caller;
    int line = f->line = meta_line(c, meta);
    unsigned n = list_count(clauses), at = 0;
    bool in_catch = c->in_catch;
    f->name = AM_empty;
    f->clauses = arena_array(c->a, struct core_clause, n);
    f->nclauses = n;
    c->fn_depth++;
    for (; is_cons(clauses); clauses = tail(clauses), at++) {
        term clause = head(clauses), guard;
        if (!is_call_of(clause, AM_op_arrow, 2)) fail_compile(c, line, "expected -> clauses in fn");
        for (term l = split_guards(c, head(form_args(clause)), &guard); is_cons(l); l = tail(l))
            if (is_call_of(head(l), AM_op_default, 2))
                fail_compile(c, meta_line(c, form_meta(clause)), "anonymous functions cannot have optional arguments");
        unsigned arity = list_count(split_guards(c, head(form_args(clause)), &guard));
        expand_clause(c, &f->clauses[at], head(form_args(clause)), list_at(form_args(clause), 1), meta_line(c, form_meta(clause)));
        f->clauses[at].generated = meta_generated(form_meta(clause));
        if (at && arity != f->arity) fail_compile(c, line, "cannot mix clauses with different arities in anonymous functions");
        f->arity = arity;
    }
    c->fn_depth--;
    c->caller = caller;
    c->in_catch = in_catch;
    c->line = line;
    return k;
}

// ---- with

struct with { struct core_fun *otherwise; term blocks; bool may_fail; };

// What happens to a value that did not match: the else clauses, or it is the result.
static struct core *with_failed(struct cx *c, struct with *w, struct var *value)
{
    if (!w->otherwise) return core_var(c, value);
    struct core *k = core_args(c, CORE_CALL_LETFUN, 1, core_var(c, value));
    k->fun = w->otherwise;
    return k;
}

static struct core *with_body(struct cx *c, struct with *w)
{
    term body = AM_nil;
    keyword_get(w->blocks, AM_do, &body);
    return expand(c, body);
}

static bool always_matches(const struct core_clause *k)
{
    return !k->nguards && (k->patterns[0]->kind == CORE_VAR || k->patterns[0]->kind == CORE_WILD);
}

static struct core *with_from(struct cx *c, struct with *w, term steps);

static struct core *with_generator(struct cx *c, struct with *w, term step, term rest)
{
    int line = meta_line(c, form_meta(step));
    w->may_fail = true;
    struct core *k = core_args(c, CORE_CASE, 1, expand_source(c, list_at(form_args(step), 1)));
    term guard, args = split_guards(c, mk_list_of(c, 1, head(form_args(step))), &guard);
    if (list_count(args) != 1)
        fail_compile(c, line, "expected one pattern on the left of <- in \"with\", got: %s", show(c, head(form_args(step))));
    k->line = c->line = line;
    k->fail = FAIL_NEVER;
    k->clauses = arena_array(c->a, struct core_clause, 2);
    struct core_clause *match = core_clause_set(c, k, 0, expand_pattern(c, head(args)), NULL);
    if (guard != TERM_NONE) expand_guards(c, guard, match);
    match->body = with_from(c, w, rest);
    k->nclauses = 1;
    if (always_matches(match)) return k;
    struct var *other = var_fresh(c, "other");
    struct core *pattern = core_new(c, CORE_VAR);
    pattern->var = other;
    core_clause_set(c, k, 1, pattern, with_failed(c, w, other))->generated = true;
    k->nclauses = 2;
    return k;
}

static struct core *with_from(struct cx *c, struct with *w, term steps)
{
    if (is_nil(steps)) return with_body(c, w);
    if (is_call_of(head(steps), AM_op_left_arrow, 2)) return with_generator(c, w, head(steps), tail(steps));
    struct core *first = expand(c, head(steps));
    return core_seq(c, 2, first, with_from(c, w, tail(steps)));
}

static struct core_fun *with_else(struct cx *c, term clauses)
{
    struct core_fun *f = arena_new(c->a, struct core_fun);
    struct var *value = var_fresh(c, "other");
    *f = (struct core_fun){.name = AM_empty, .arity = 1, .line = c->line, .nclauses = 1, .part = true};
    struct core *k = core_args(c, CORE_CASE, 1, core_var(c, value)), *pattern = core_new(c, CORE_VAR);
    k->fail = FAIL_WITH_CLAUSE;
    k->clauses = expand_clauses(c, clauses, "with", "else", 1, &k->nclauses);
    pattern->var = value;
    f->clauses = arena_new(c->a, struct core_clause);
    *f->clauses = (struct core_clause){.patterns = arena_array(c->a, struct core *, 1), .npatterns = 1, .body = k, .line = c->line};
    f->clauses->patterns[0] = pattern;
    return f;
}

static struct core *expand_with(struct cx *c, term meta, term args)
{
    struct with w = {.blocks = TERM_NIL};
    int line = meta_line(c, meta);
    unsigned n = list_count(args);
    term last = n ? list_at(args, n - 1) : TERM_NIL, clauses, body;
    if (is_cons(last) && is_keyword_list(last)) {
        w.blocks = last;
        term *steps = arena_array(c->a, term, n);
        for (unsigned i = 0; i + 1 < n; i++, args = tail(args)) steps[i] = head(args);
        args = mk_list(c->h, n - 1, steps, TERM_NIL);
    }
    if (!keyword_get(w.blocks, AM_do, &body)) fail_compile(c, line, "missing :do option in \"with\"");
    check_blocks(c, w.blocks, "with", (const term[]){AM_do, AM_kw_else, 0});
    if (keyword_get(w.blocks, AM_kw_else, &clauses)) {
        struct scope_mark mark = scope_enter(c);
        w.otherwise = with_else(c, clauses);
        scope_leave(c, mark);
    }
    struct scope_mark mark = scope_enter(c);
    struct core *k = with_from(c, &w, args);
    scope_leave(c, mark);
    c->line = line;
    if (!w.otherwise) return k;
    if (!w.may_fail) warn_at(c, line, IN_FILE, "\"else\" clauses will never match because all patterns in \"with\" will always match");
    struct core *let = core_new(c, CORE_LETFUN);
    let->fun = w.otherwise;
    let->body = k;
    return let;
}

// ---- super

static struct core *super_arity(struct cx *c, term args)
{
    const char *f = atom_c_text(c, c->def->name);
    if (list_count(args) != c->def->arity)
        fail_compile(c, c->line, "super must be called with the same number of arguments as the current definition");
    const char *others = "";
    for (struct overridable *o = c->m->overridables; o; o = o->next)
        others = cx_format(c, "%s/%u%s%s", atom_c_text(c, key_name(o->key)), key_arity(o->key), *others ? ", " : "", others);
    fail_compile(c, c->line, "no super defined for %s/%u in module %s. Overridable functions available are: %s", f, c->def->arity,
                 inspect_atom(c, c->env->module), others);
}

static struct core *expand_super(struct cx *c, term meta, term args)
{
    c->line = meta_line(c, meta);
    only_in_body(c, AM_super, c->line);
    if (c->env->module == AM_nil) fail_compile(c, c->line, "cannot invoke super outside module");
    if (!c->def) fail_compile(c, c->line, "cannot invoke super outside function");
    struct overridable *o = c->m->overridables;
    while (o && o->key != c->def->key) o = o->next;
    if (!o || list_count(args) != c->def->arity) return super_arity(c, args);
    if (o->def->context == atom_c(c, "Elixir.GenServer") && strcmp(atom_c_text(c, c->def->name), "child_spec"))
        warn_at(c, c->line, IN_FUNCTION, "calling super for GenServer callback %s/%u is deprecated", atom_c_text(c, c->def->name), c->def->arity);
    struct core *k = expand_call_args(c, CORE_LOCAL, args);
    term hidden = atom_c(c, cx_format(c, "%s (overridable %u)", atom_c_text(c, c->def->name), o->count));
    k->f = hidden;
    if (!o->overridden) {       // the definition comes back under its hidden name
        o->overridden = true;
        o->def->hidden = true;
        o->def->name = hidden;
        o->def->key = name_key(hidden, c->def->arity);
        def_restore(c->m, o->def);
    }
    if (kind_is_macro(c->def->kind)) {
        struct core **args2 = arena_array(c->a, struct core *, k->nargs + 1);
        args2[0] = core_var(c, c->caller);
        memcpy(args2 + 1, k->args, k->nargs * sizeof *args2);
        k->args = args2;
        k->nargs++;
    }
    note_local_call(c, hidden, c->def->arity, c->line);
    return k;
}

// ---- the switch

// Names that nobody can define or import; arity -1: with any.
bool is_special_form(struct cx *c, term name, unsigned arity)
{
    static const struct { const char *name; int arity; } forms[] = {
        {"&", 1}, {"^", 1}, {"=", 2}, {"%", 2}, {"|", 2}, {".", 2}, {"::", 2}, {"{}", -1}, {"%{}", -1}, {"<<>>", -1}, {"->", -1}, {"fn", -1},
        {"__aliases__", -1}, {"__block__", -1}, {"__ENV__", 0}, {"__CALLER__", 0}, {"__STACKTRACE__", 0}, {"__MODULE__", 0}, {"__DIR__", 0},
        {"alias", 1}, {"alias", 2}, {"import", 1}, {"import", 2}, {"require", 1}, {"require", 2}, {"quote", 1}, {"quote", 2}, {"unquote", 1},
        {"unquote_splicing", 1}, {"case", 2}, {"cond", 1}, {"receive", 1}, {"try", 1}, {"for", -1}, {"with", -1}, {"super", -1},
    };
    const char *text = atom_c_text(c, name);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (!strcmp(forms[i].name, text) && (forms[i].arity < 0 || forms[i].arity == (int)arity)) return true;
    return false;
}

_Noreturn static void misplaced(struct cx *c, term name)
{
    if (name == AM_op_type)
        fail_compile(c, c->line,
                     "misplaced operator ::/2\n\nThe :: operator is typically used in bitstrings to specify types and sizes of segments:\n\n"
                     "    <<size::32-integer, letter::utf8, rest::binary>>\n\n"
                     "It is also used in typespecs, such as @type and @spec, to describe inputs and outputs");
    fail_compile(c, c->line,
                 "misplaced operator |/2\n\nThe | operator is typically used between brackets as the cons operator:\n\n    [head | tail]\n\n"
                 "where head is a single element and the tail is the remaining of a list.\n"
                 "It is also used to update maps and structs, via the %%{map | key: value} notation,\n"
                 "and in typespecs, such as @type and @spec, to express the union of two types");
}

struct core *expand_special(struct cx *c, term q, term name, term meta, term args)
{
    unsigned n = list_count(args);
    switch (name) {
    case AM_op_match: return n == 2 ? expand_match(c, meta, head(args), list_at(args, 1)) : NULL;
    case AM_block: return expand_block(c, args);
    case AM_aliases: return expand_aliases(c, q);
    case AM_op_map: return expand_map(c, meta, args);
    case AM_op_struct: return n == 2 ? expand_struct(c, meta, head(args), list_at(args, 1)) : NULL;
    case AM_op_bits: return expand_binary(c, meta, args);
    case AM_op_caret: return n == 1 ? expand_pin(c, meta, head(args)) : NULL;
    case AM_op_arrow: fail_compile(c, c->line, "unhandled operator ->");
    case AM_op_type: case AM_op_bar:
        if (n == 2 && c->env->function == AM_nil) misplaced(c, name);
        return NULL;
    case AM_unquote: case AM_unquote_splicing:
        if (n == 1) fail_compile(c, c->line, "%s called outside quote", atom_c_text(c, name));
        return NULL;
    case AM_op_capture: case AM_alias: case AM_require: case AM_import: case AM_quote: case AM_case: case AM_cond:
    case AM_receive: case AM_try: case AM_for: case AM_with: case AM_kw_fn: break;
    case AM_super: return expand_super(c, meta, args);
    default: return NULL;
    }
    bool unary = name == AM_op_capture || name == AM_cond || name == AM_receive || name == AM_try;
    if ((unary && n != 1) || (name == AM_case && n != 2)) return NULL;
    if ((name == AM_alias || name == AM_require || name == AM_import || name == AM_quote) && n != 1 && n != 2) return NULL;
    only_in_body(c, name, c->line);
    switch (name) {
    case AM_op_capture: return expand_capture(c, meta, head(args));
    case AM_alias: return expand_alias_directive(c, meta, args);
    case AM_require: return expand_require(c, meta, args);
    case AM_import: return expand_import(c, meta, args);
    case AM_quote: return expand_quote(c, meta, args);
    case AM_case: return expand_case(c, meta, args);
    case AM_cond: return expand_cond(c, head(args));
    case AM_receive: return expand_receive(c, head(args));
    case AM_try: return expand_try(c, meta, head(args));
    case AM_for: return expand_for(c, meta, args);
    case AM_with: return expand_with(c, meta, args);
    default: return expand_fn(c, meta, args);
    }
}
