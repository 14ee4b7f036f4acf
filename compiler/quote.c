// SPDX-License-Identifier: Apache-2.0
// quote: from a quoted form to code that builds it.
//
// What holds no unquote is a literal term; only the path down to an unquote becomes construction code (struct quoted: a term, or a core
// node). Hygiene goes into the metadata: `alias:` what an alias means here, `context:`/`imports:` whom an imported name belongs to; variables get
// the module as their context. A definition with unquote fragments uses the same walk without hygiene (quote_escaped).
#include "expand.h"

#include <string.h>

struct quoted { term lit; struct core *core; };     // core NULL: the literal

enum line_mode { LINE_DROP, LINE_SET, LINE_KEEP_ALL };
struct quoter {
    struct cx *c;
    bool unquote, hygiene, generated;
    struct quoted context, line;
    struct var *context_var, *line_var;     // when they are computed
    enum line_mode line_mode;
    term keep_file;                 // location: :keep; TERM_NONE
};

static struct quoted quote_term(struct quoter *q, term t);

static struct quoted lit(term t) { return (struct quoted){t, NULL}; }
static struct core *as_core(struct cx *c, struct quoted v) { return v.core ? v.core : core_lit(c, v.lit); }
static struct quoted context_of(struct quoter *q) { return q->context_var ? (struct quoted){0, core_var(q->c, q->context_var)} : q->context; }
static struct quoted line_of(struct quoter *q) { return q->line_var ? (struct quoted){0, core_var(q->c, q->line_var)} : q->line; }
static struct quoted of_core(struct core *k) { return core_is_lit(k) ? lit(k->lit) : (struct quoted){0, k}; }

static struct quoted quoted_cons(struct cx *c, struct quoted hd, struct quoted tl)
{
    if (!hd.core && !tl.core) return lit(mk_cons(c->h, hd.lit, tl.lit));
    return (struct quoted){0, core_args(c, CORE_CONS, 2, as_core(c, hd), as_core(c, tl))};
}

static struct quoted quoted_pair(struct cx *c, struct quoted a, struct quoted b)
{
    if (!a.core && !b.core) return lit(mk_tuple2(c->h, a.lit, b.lit));
    return (struct quoted){0, core_args(c, CORE_TUPLE, 2, as_core(c, a), as_core(c, b))};
}

static struct quoted quoted_form(struct cx *c, struct quoted name, struct quoted meta, struct quoted args)
{
    if (!name.core && !meta.core && !args.core) return lit(mk_form(c, name.lit, meta.lit, args.lit));
    return (struct quoted){0, core_args(c, CORE_TUPLE, 3, as_core(c, name), as_core(c, meta), as_core(c, args))};
}

// ---- metadata

static struct quoted quoted_meta(struct quoter *q, term meta, term extra)
{
    struct cx *c = q->c;
    if (!q->hygiene) return lit(meta);
    term line = meta_get(meta, AM_line), *elems = arena_array(c->a, term, list_count(meta) + 1);
    unsigned n = 0;
    bool placed = false;
    struct quoted list = lit(extra);
    for (; is_cons(meta); meta = tail(meta)) {
        term key = is_tuple(head(meta)) ? tuple_get(head(meta), 0) : AM_nil;
        if (key == AM_column || (is_cons(extra) && (key == AM_context || key == AM_imports) && meta_get(extra, key) != TERM_NONE)) continue;
        if (key == AM_line && q->line_mode != LINE_KEEP_ALL) {
            if (q->line_mode == LINE_SET && !q->line.core && q->keep_file == TERM_NONE) {
                elems[n++] = mk_tuple2(c->h, AM_line, q->line.lit);
                placed = true;
            }
            continue;
        }
        elems[n++] = head(meta);
    }
    if (q->line_mode == LINE_SET && q->keep_file == TERM_NONE && !placed)
        list = quoted_cons(c, quoted_pair(c, lit(AM_line), line_of(q)), list);
    while (n) list = quoted_cons(c, lit(elems[--n]), list);
    if (q->keep_file != TERM_NONE) {
        term at = mk_tuple2(c->h, q->keep_file, line == TERM_NONE ? make_small(0) : line);
        list = quoted_cons(c, lit(mk_tuple2(c->h, AM_keep, at)), list);
    }
    if (q->generated) list = quoted_cons(c, lit(mk_tuple2(c->h, AM_generated, AM_true)), list);
    return list;
}

static term arities_in(struct cx *c, struct import_entry *imports, term name, term list)
{
    for (; imports; imports = imports->next)
        for (unsigned arity = 12; arity-- > 0;)
            if (name_set_has(imports->names, name_key(name, arity))) {
                usage_mark(imports->usage, name_key(name, arity));
                list = mk_cons(c->h, mk_tuple2(c->h, make_small(arity), imports->module), list);
            }
    return list;
}

// [{arity, module}] of what is imported by that name, by arity.
static term imports_of(struct cx *c, term name)
{
    term all = arities_in(c, c->env->functions, name, arities_in(c, c->env->macros, name, TERM_NIL)), sorted = TERM_NIL;
    for (; is_cons(all); all = tail(all)) {
        term *at = &sorted;
        while (is_cons(*at) && tuple_get(head(*at), 0) < tuple_get(head(all), 0)) at = &cons_ptr(*at)[1];
        if (is_cons(*at) && tuple_get(head(*at), 0) == tuple_get(head(all), 0)) continue;
        *at = mk_cons(c->h, head(all), *at);
    }
    return sorted;
}

static void trace_imports(struct cx *c, term name, term imports)
{
    term arities = TERM_NIL, module = tuple_get(head(imports), 1);
    for (term l = list_reverse(c, imports); is_cons(l); l = tail(l))
        if (tuple_get(head(l), 1) == module) arities = mk_cons(c->h, tuple_get(head(l), 0), arities);
    term values[3] = {module, name, arities};
    trace_event(c, c->line, "imported_quoted", 3, values);
}

static bool imports_arity(term imports, unsigned arity)
{
    for (; is_cons(imports); imports = tail(imports))
        if (tuple_get(head(imports), 0) == make_small(arity)) return true;
    return false;
}

static bool is_definer(term name)
{
    return name == AM_def || name == AM_defp || name == AM_defmacro || name == AM_defmacrop || name == AM_op_at;
}
static bool is_lexical(term name) { return name == AM_alias || name == AM_import || name == AM_require || name == AM_quote; }

static term context_meta(struct quoter *q, term rest)
{
    if (q->context.core) return rest;
    return mk_cons(q->c->h, mk_tuple2(q->c->h, AM_context, q->context.lit), rest);
}

// context: and imports: for a name used with `args` (a list, or the context of a variable).
static term name_meta(struct quoter *q, term name, term args)
{
    if (!q->hygiene) return TERM_NIL;
    if (is_lexical(name) && is_cons(args)) return context_meta(q, TERM_NIL);
    term imports = imports_of(q->c, name);
    if (is_nil(imports)) return TERM_NIL;
    if (tracing(q->c)) trace_imports(q->c, name, imports);
    term pair = mk_tuple2(q->c->h, AM_imports, imports);
    return context_meta(q, mk_list_of(q->c, 1, pair));
}

// ---- unquote

static struct quoted unquoted(struct quoter *q, term expr)
{
    struct cx *c = q->c;
    int line = c->line;
    struct quoted v = of_core(expand(c, expr));
    c->line = line;
    return v;
}

static bool is_splice(struct quoter *q, term t) { return q->unquote && is_call_of(t, AM_unquote_splicing, 1); }

static struct quoted quote_list(struct quoter *q, term list)
{
    struct cx *c = q->c;
    unsigned n = list_count(list);
    term *elems = arena_array(c->a, term, n + 1);
    term rest = list;
    for (unsigned i = 0; i < n; i++, rest = tail(rest)) elems[i] = head(rest);
    struct quoted *values = arena_array(c->a, struct quoted, n + 1);
    bool *spliced = arena_array(c->a, bool, n + 1);
    struct quoted result = is_nil(rest) ? lit(rest) : quote_term(q, rest);
    term bar = n ? elems[n - 1] : TERM_NIL;
    unsigned plain = n;
    if (n && q->unquote && is_call_of(bar, AM_op_bar, 2) && is_splice(q, head(form_args(bar)))) plain--;
    for (unsigned i = 0; i < plain; i++) {      // in the order of evaluation
        spliced[i] = is_splice(q, elems[i]);
        values[i] = spliced[i] ? of_core(expand(c, head(form_args(elems[i])))) : quote_term(q, elems[i]);
    }
    if (plain < n) {    // [a, unquote_splicing(b) | c]
        struct core *b = expand(c, head(form_args(head(form_args(bar)))));
        struct quoted end = quote_term(q, list_at(form_args(bar), 1));
        result = (struct quoted){0, core_call(c, AM_phial_compiler, AM_splice_tail, 2, b, as_core(c, end))};
    }
    while (plain--)
        if (spliced[plain])
            result = (struct quoted){0, core_call(c, AM_phial_compiler, AM_splice, 2, as_core(c, values[plain]), as_core(c, result))};
        else result = quoted_cons(c, values[plain], result);
    return result;
}

// left.unquote(name)(args): what it is depends on the value of name.
static struct quoted quote_dot(struct quoter *q, term meta, term left, term name, term args)
{
    struct cx *c = q->c;
    struct quoted l = quote_term(q, left), r = unquoted(q, name), m = quoted_meta(q, meta, TERM_NIL);
    struct quoted a = args == TERM_NONE ? lit(AM_nil) : quote_term(q, args);
    return (struct quoted){0, core_call(c, AM_phial_compiler, AM_quote_dot, 4, as_core(c, m), as_core(c, l), as_core(c, r), as_core(c, a))};
}

// {{:., m, [left, :unquote]}, _, [name]}
static bool is_unquote_dot(term t)
{
    if (!is_form(t) || !is_form(form_name(t)) || !is_cons(form_args(t)) || !is_nil(tail(form_args(t)))) return false;
    term dot = form_name(t);
    return form_name(dot) == AM_op_dot && is_list(form_args(dot)) && list_count(form_args(dot)) == 2 && list_at(form_args(dot), 1) == AM_unquote;
}

// ---- the walk

static struct quoted quote_alias(struct quoter *q, term t)
{
    struct cx *c = q->c;
    term meta = form_meta(t), parts = form_args(t), extra = TERM_NIL;
    if (q->hygiene && is_cons(parts) && is_atom(head(parts)) && head(parts) != AM_Elixir && meta_get(meta, AM_alias) == TERM_NONE) {
        term full = alias_expand(c, meta, parts), plain = alias_expand(c, mk_list_of(c, 1, mk_tuple2(c->h, AM_alias, AM_false)), parts);
        extra = mk_list_of(c, 1, mk_tuple2(c->h, AM_alias, full == plain || full == TERM_NONE ? AM_false : full));
    }
    return quoted_form(c, lit(AM_aliases), quoted_meta(q, meta, extra), quote_list(q, parts));
}

// The head of a definition is marked with the context, so that warnings know a macro made it.
static term mark_head(struct quoter *q, term args)
{
    struct cx *c = q->c;
    if (!is_cons(args) || !is_form(head(args)) || q->context.core || !is_list(form_meta(head(args)))) return args;
    term h = head(args);
    if (q->unquote && (form_name(h) == AM_unquote || is_unquote_dot(h))) return args;
    if (meta_get(form_meta(h), AM_context) != TERM_NONE) return args;
    term pair = mk_tuple2(c->h, AM_context, q->context.lit);
    return mk_cons(c->h, mk_form(c, form_name(h), mk_cons(c->h, pair, form_meta(h)), form_args(h)), tail(args));
}

// &name/arity: the hygiene of the name stands on the & too.
static term capture_meta(struct quoter *q, term t)
{
    term arg = is_call_of(t, AM_op_capture, 1) ? head(form_args(t)) : TERM_NIL;
    if (!q->hygiene || !is_call_of(arg, AM_op_div, 2)) return TERM_NIL;
    term name = head(form_args(arg)), arity = list_at(form_args(arg), 1);
    if (!is_variable(name) || !is_small(arity)) return TERM_NIL;
    term imports = imports_of(q->c, form_name(name));
    if (!imports_arity(imports, (unsigned)small_value(arity))) return TERM_NIL;
    return mk_cons(q->c->h, mk_tuple2(q->c->h, AM_imports, imports), context_meta(q, TERM_NIL));
}

static struct quoted quote_call(struct quoter *q, term t)
{
    struct cx *c = q->c;
    term name = form_name(t), meta = form_meta(t), args = form_args(t);
    if (!is_atom(name)) {
        struct quoted n = quote_term(q, name);
        return quoted_form(c, n, quoted_meta(q, meta, TERM_NIL), quote_term(q, args));
    }
    if (is_atom(args)) {
        struct quoted context = args == AM_nil && q->hygiene ? context_of(q) : lit(args);
        return quoted_form(c, lit(name), quoted_meta(q, meta, name_meta(q, name, args)), context);
    }
    if (!is_list(args)) return quoted_form(c, lit(name), quoted_meta(q, meta, TERM_NIL), quote_term(q, args));
    if (q->hygiene && is_definer(name)) args = mark_head(q, args);
    if (name == AM_op_arrow && list_count(args) == 2 && is_splice(q, list_at(args, 1)))     // -> unquote_splicing(x): a block
        args = mk_list_of(c, 2, head(args), mk_form(c, AM_block, TERM_NIL, tail(args)));
    term extra = name == AM_op_capture ? capture_meta(q, t) : name_meta(q, name, args);
    struct quoted m = quoted_meta(q, meta, extra);
    if (name == AM_quote) {     // an inner quote keeps its own unquotes
        bool unquote = q->unquote;
        q->unquote = false;
        struct quoted inner = quote_list(q, args);
        q->unquote = unquote;
        return quoted_form(c, lit(name), m, inner);
    }
    return quoted_form(c, lit(name), m, quote_list(q, args));
}

static struct quoted quote_form(struct quoter *q, term t)
{
    if (q->unquote) {
        if (is_call_of(t, AM_unquote, 1)) return unquoted(q, head(form_args(t)));
        if (is_call_of(t, AM_unquote_splicing, 1))
            fail_argument(q->c, "unquote_splicing only works inside arguments and block contexts, wrap it in parens if you want it to work with "
                                "one-liners");
        if (is_unquote_dot(t)) {
            term dot = form_name(t);
            return quote_dot(q, form_meta(dot), head(form_args(dot)), head(form_args(t)), TERM_NONE);
        }
        if (is_unquote_dot(form_name(t))) {
            term inner = form_name(t), dot = form_name(inner);
            return quote_dot(q, form_meta(dot), head(form_args(dot)), head(form_args(inner)), form_args(t));
        }
    }
    if (form_name(t) == AM_aliases && is_list(form_args(t))) return quote_alias(q, t);
    return quote_call(q, t);
}

static struct quoted quote_term(struct quoter *q, term t)
{
    struct cx *c = q->c;
    if (is_immediate(t)) return lit(t);
    check_nesting(c);
    struct quoted v;
    if (is_cons(t)) v = quote_list(q, t);
    else if (is_form(t) && is_list(form_meta(t))) v = quote_form(q, t);
    else if (is_tuple_of(t, 2) && (is_splice(q, tuple_get(t, 0)) || is_splice(q, tuple_get(t, 1))))    // no pair any more
        v = quoted_form(c, lit(AM_op_tuple), lit(TERM_NIL), quote_list(q, mk_list_of(c, 2, tuple_get(t, 0), tuple_get(t, 1))));
    else if (is_tuple_of(t, 2)) {
        struct quoted a = quote_term(q, tuple_get(t, 0));
        v = quoted_pair(c, a, quote_term(q, tuple_get(t, 1)));
    } else v = lit(t);
    return v;
}

// ---- entry points

struct core *quote_escaped(struct cx *c, term t, bool unquote)
{
    struct quoter q = {.c = c, .unquote = unquote, .keep_file = TERM_NONE, .line_mode = LINE_KEEP_ALL};
    return as_core(c, quote_term(&q, t));
}

bool has_unquotes(struct cx *c, term t)
{
    if (is_immediate(t)) return false;
    check_nesting(c);
    for (; is_cons(t); t = tail(t))
        if (has_unquotes(c, head(t))) return true;
    if (is_tuple_of(t, 2)) return has_unquotes(c, tuple_get(t, 0)) || has_unquotes(c, tuple_get(t, 1));
    if (!is_form(t)) return false;
    term name = form_name(t);
    if (name == AM_quote && is_cons(form_args(t))) return false;
    if (is_call_of(t, AM_unquote, 1) || is_call_of(t, AM_unquote_splicing, 1) || is_unquote_dot(t)) return true;
    return (is_tuple(name) && has_unquotes(c, name)) || has_unquotes(c, form_args(t));
}

static bool literal_option(struct cx *c, struct core *k, const char *name, term *value)
{
    if (!core_is_lit(k)) fail_argument(c, "quote expects option :%s to be known at compile time", name);
    *value = k->lit;
    return true;
}

// `bind_quoted: [a: x]`: matches that evaluate x now, before the body.
static struct quoted bound_block(struct quoter *q, term bindings, struct quoted body)
{
    struct cx *c = q->c;
    term flat = bindings;
    if (!is_keyword_list(flat))
        fail_compile(c, c->line, "invalid :bind_quoted for quote, expected a keyword list of variable names, got: %s", show(c, bindings));
    unsigned n = list_count(flat);
    struct quoted *values = arena_array(c->a, struct quoted, n + 1);
    term list = flat;
    for (unsigned i = 0; i < n; i++, list = tail(list)) values[i] = unquoted(q, tuple_get(head(list), 1));
    struct quoted block = quoted_cons(c, body, lit(TERM_NIL));
    for (unsigned i = n; i-- > 0;) {
        term name = tuple_get(list_at(flat, i), 0);
        struct quoted var = quoted_form(c, lit(name), lit(line_meta(c, c->line)), context_of(q));
        struct quoted pair = quoted_cons(c, var, quoted_cons(c, values[i], lit(TERM_NIL)));
        block = quoted_cons(c, quoted_form(c, lit(AM_op_match), lit(TERM_NIL), pair), block);
    }
    return quoted_form(c, lit(AM_block), lit(TERM_NIL), block);
}

_Noreturn static void bad_option(struct cx *c, term key, const char *value)
{
    fail_argument(c, "invalid runtime value for option :%s in quote, got: %s", atom_c_text(c, key), value);
}

static bool is_bool(term t) { return t == AM_true || t == AM_false; }

// The value of an option that must be known when the code is compiled.
static term known_option(struct cx *c, term key, term value, struct core *k)
{
    if (!core_is_lit(k)) bad_option(c, key, show(c, value));
    return k->lit;
}

static void quote_option(struct quoter *q, term key, term value, term *bindings, bool *explicit_unquote)
{
    struct cx *c = q->c;
    term v;
    if (key == AM_bind_quoted) {
        while (!is_list(value) && expand_once(c, value, &value)) continue;    // `bind_quoted: binding()`
        *bindings = value;
        if (!*explicit_unquote) q->unquote = false;
        return;
    }
    struct core *k = expand(c, value);
    switch (key) {
    case AM_unquote:
        literal_option(c, k, "unquote", &v);
        if (!is_bool(v)) bad_option(c, key, inspect(c, v));
        q->unquote = v == AM_true;
        *explicit_unquote = true;
        break;
    case AM_line:
        if (core_is_lit(k) && !is_integer(k->lit)) {
            if (!is_bool(k->lit)) bad_option(c, key, inspect(c, k->lit));
            q->line_mode = k->lit == AM_true ? LINE_KEEP_ALL : LINE_DROP;
            break;
        }
        q->line = of_core(k);
        q->line_mode = LINE_SET;
        break;
    case AM_file:
        if (!core_is_lit(k)) break;
        if (!is_binary(k->lit) && k->lit != AM_nil) bad_option(c, key, inspect(c, k->lit));
        if (is_binary(k->lit)) q->keep_file = k->lit;
        break;
    case AM_location: if (known_option(c, key, value, k) == AM_keep) q->keep_file = relative_path(c->h, c->env->file); break;
    case AM_generated:
        v = known_option(c, key, value, k);
        if (!is_bool(v)) bad_option(c, key, inspect(c, v));
        q->generated = v == AM_true;
        break;
    case AM_context:
        if (core_is_lit(k) && (!is_atom(k->lit) || k->lit == AM_nil)) bad_option(c, key, inspect(c, k->lit));
        q->context = of_core(k);
        break;
    default: fail_compile(c, c->line, "unsupported option %s given to quote", inspect_atom(c, key));
    }
}

// A line or context that is computed is used many times: a variable holds it.
static struct var *hold(struct quoter *q, struct quoted *v, const char *name) { return v->core ? var_fresh(q->c, name) : NULL; }

struct core *expand_quote(struct cx *c, term meta, term args)
{
    struct quoter q = {.c = c, .unquote = true, .hygiene = true, .keep_file = TERM_NONE, .line_mode = LINE_DROP};
    int line = c->line = meta_line(c, meta);
    q.context = lit(c->env->module == AM_nil ? AM_Elixir : c->env->module);
    bool two = is_cons(tail(args)), explicit_unquote = false;
    term options = two ? head(args) : TERM_NIL, blocks = two ? list_at(args, 1) : head(args), body = TERM_NONE, bindings = TERM_NONE;
    if (!is_list(blocks) || !keyword_get(blocks, AM_do, &body) || !is_keyword_list(blocks))
        fail_compile(c, line, !is_list(blocks) ? "invalid arguments for \"quote\"" : "missing :do option in \"quote\"");
    for (term l = blocks; is_cons(l); l = tail(l))
        if (tuple_get(head(l), 0) != AM_do) options = mk_cons(c->h, head(l), options);
    if (!is_list(options)) fail_compile(c, line, "invalid options for quote, expected a keyword list, got: %s", show(c, options));
    for (; is_cons(options); options = tail(options))
        if (is_tuple_of(head(options), 2)) quote_option(&q, tuple_get(head(options), 0), tuple_get(head(options), 1), &bindings, &explicit_unquote);
    c->line = line;
    struct var *line_var = hold(&q, &q.line, "line"), *context_var = hold(&q, &q.context, "context");
    struct core *line_value = line_var ? q.line.core : NULL, *context_value = context_var ? q.context.core : NULL;
    q.line_var = line_var;
    q.context_var = context_var;
    struct quoted result = quote_term(&q, body);
    if (bindings != TERM_NONE) result = bound_block(&q, bindings, result);
    c->line = line;
    struct core *k = as_core(c, result);
    if (context_var) k = core_seq(c, 2, core_bind(c, context_var, context_value), k);
    if (line_var) k = core_seq(c, 2, core_bind(c, line_var, line_value), k);
    return k;
}

// ---- what quotes call at run time

// The n elements of a list, then the rest.
static term list_before(struct process *p, term list, size_t n, term rest)
{
    if (!n) return rest;
    if (is_nil(rest)) return list;
    term *cells = heap_alloc(&p->heap, 2 * n);
    for (size_t i = 0; i < n; i++, list = tail(list)) {
        cells[2 * i] = head(list);
        cells[2 * i + 1] = i + 1 < n ? make_cons_ptr(cells + 2 * i + 2) : rest;
    }
    return make_cons_ptr(cells);
}

NATIVE("phial_compiler", "splice", 2, quote_splice, "Puts a list in front of quoted arguments: unquote_splicing.")
{
    size_t n;
    if (!list_length(arg[0], &n)) return trap_mfa(p, atom_from_c(p->vm, "Elixir.Kernel.Utils"), atom_from_c(p->vm, "raise_splice"), 1, arg);
    return list_before(p, arg[0], n, arg[1]);
}

NATIVE("phial_compiler", "splice_tail", 2, quote_splice_tail, "[unquote_splicing(list) | tail]: the last element takes the tail.")
{
    size_t n;
    if (!list_length(arg[0], &n)) return trap_mfa(p, atom_from_c(p->vm, "Elixir.Kernel.Utils"), atom_from_c(p->vm, "raise_splice"), 1, arg);
    if (!n || is_list(arg[1])) return list_before(p, arg[0], n, arg[1]);
    term list = arg[0], result, *at = &result;
    for (; n > 1; n--, list = tail(list)) {
        *at = mk_cons(&p->heap, head(list), TERM_NIL);
        at = &cons_ptr(*at)[1];
    }
    term pair = mk_cons(&p->heap, head(list), mk_cons(&p->heap, arg[1], TERM_NIL));
    *at = mk_cons(&p->heap, mk_tuple3(&p->heap, AM_op_bar, TERM_NIL, pair), TERM_NIL);
    return result;
}

static bool is_alias_name(struct vm *vm, term name) { return is_atom(name) && !strncmp(atom_text(vm, name).bytes, "Elixir.", 7); }

NATIVE("phial_compiler", "quote_dot", 4, quote_dot_native, "The call left.name(args) of a quote whose name was unquoted; args nil: no parentheses.")
{
    struct heap *h = &p->heap;
    term meta = arg[0], left = arg[1], name = arg[2], args = arg[3];
    bool alias = is_form(name) && form_name(name) == AM_aliases && is_list(form_args(name));
    if (alias && args == AM_nil) return mk_tuple3(h, AM_aliases, meta, mk_cons(h, left, form_args(name)));
    if (args == AM_nil && is_alias_name(p->vm, name)) return mk_tuple3(h, AM_aliases, meta, mk_cons(h, left, mk_cons(h, name, TERM_NIL)));
    if (is_form(name) && is_atom(form_name(name)) && !alias) {    // unquote gave a variable or a call
        if (is_list(form_args(name))) args = form_args(name);
        name = form_name(name);
    } else if (!is_atom(name)) return trap_mfa(p, atom_from_c(p->vm, "Elixir.Kernel.Utils"), atom_from_c(p->vm, "raise_dot"), 1, &arg[2]);
    term dot = mk_tuple3(h, AM_op_dot, meta, mk_cons(h, left, mk_cons(h, name, TERM_NIL)));
    if (args != AM_nil) return mk_tuple3(h, dot, meta, args);
    return mk_tuple3(h, dot, mk_cons(h, mk_tuple2(h, AM_no_parens, AM_true), meta), TERM_NIL);
}
