// SPDX-License-Identifier: Apache-2.0
// Calls: which function or macro a name means, macro calls and their hygiene, inlining, what is allowed in guards and patterns.
//
// Invariant: a macro's caller is named by a handle that is good only while the macro runs; the expansion is stamped before anyone looks at it:
// variables of the macro's own quotes get a counter, nodes without a line get the caller's.
#include "expand.h"

#include <stdlib.h>
#include <string.h>

// ---- inlining

struct rewrite { const char *module, *name, *to_module, *to_name, *order; unsigned arity; };
static const struct rewrite rewrites[] = {
#define REWRITE(MOD, NAME, ARITY, ERLMOD, ERLNAME, ORDER) {MOD, NAME, ERLMOD, ERLNAME, ORDER, ARITY},
#include "rewrite.def"
#undef REWRITE
};

static const struct rewrite *rewrite_find(const char *module, const char *name, unsigned arity)
{
    for (size_t i = 0; i < sizeof rewrites / sizeof *rewrites; i++) {
        const struct rewrite *r = &rewrites[i];
        if (r->arity == arity && r->name[0] == name[0] && !strcmp(r->name, name) && !strcmp(r->module, module)) return r;
    }
    return NULL;
}

static struct core *plus_one(struct cx *c, struct core *k)
{
    if (core_is_lit(k) && is_small(k->lit) && small_value(k->lit) < SMALL_MAX) return core_lit(c, make_small(small_value(k->lit) + 1));
    return core_erlang(c, "+", 2, k, core_lit(c, make_small(1)));
}

static struct core *rewritten_call(struct cx *c, const struct rewrite *r, struct core **args)
{
    struct core *k = core_call(c, atom_c(c, r->to_module), atom_c(c, r->to_name), 0);
    k->args = arena_array(c->a, struct core *, strlen(r->order));
    for (const char *o = r->order + (r->order[0] == '='); *o; o++) {
        if (*o == 'u') {
            k->args[k->nargs++] = core_lit(c, AM_utf8);
            continue;
        }
        struct core *arg = args[*o - '1'];
        if (o[1] == '+') {
            arg = plus_one(c, arg);
            o++;
        }
        k->args[k->nargs++] = arg;
    }
    return k;
}

// Arguments that must be evaluated as they are written, though the call has them in another order: variables, bound before it.
static struct core *bind_in_order(struct cx *c, const struct rewrite *r, struct core **args)
{
    struct core **steps = arena_array(c->a, struct core *, r->arity + 1);
    unsigned n = 0;
    for (unsigned i = 0; i < r->arity; i++) n += args[i]->kind != CORE_LIT && args[i]->kind != CORE_VAR;
    if (r->order[0] != '=' || n < 2) return NULL;
    n = 0;
    for (unsigned i = 0; i < r->arity; i++) {
        if (args[i]->kind == CORE_LIT || args[i]->kind == CORE_VAR) continue;
        struct var *v = var_fresh(c, "argument");
        steps[n++] = core_bind(c, v, args[i]);
        args[i] = core_var(c, v);
    }
    struct core *k = core_new(c, CORE_SEQ);
    k->args = steps;
    k->nargs = n;
    return k;
}

static int guard_name(const void *key, const void *entry) { return strcmp(key, *(const char *const *)entry); }

static bool guard_allowed(const char *name)
{
    static const char *const names[] = {
        "*", "+", "-", "/", "/=", "<", "=/=", "=:=", "=<", "==", ">", ">=", "abs", "and", "andalso", "band", "binary_part", "bit_size", "bnot", "bor",
        "bsl", "bsr", "bxor", "byte_size", "ceil", "div", "element", "float", "floor", "hd", "is_atom", "is_binary", "is_bitstring", "is_boolean",
        "is_float", "is_function", "is_integer", "is_list", "is_map", "is_map_key", "is_number", "is_pid", "is_port", "is_record", "is_reference",
        "is_tuple", "length", "map_get", "map_size", "node", "not", "or", "orelse", "rem", "round", "self", "size", "tl", "trunc", "tuple_size",
        "xor",
    };
    return bsearch(name, names, sizeof names / sizeof *names, sizeof *names, guard_name) != NULL;
}

static bool is_boolean_core(struct cx *c, const struct core *k)
{
    static const char *const names[] = {"==", "/=", "=:=", "=/=", "<", ">", "=<", ">=", "not", "and", "or"};
    if (core_is_lit(k)) return k->lit == AM_true || k->lit == AM_false;
    if (k->kind == CORE_IF) return k->strict;
    if (k->kind != CORE_CALL || k->m != AM_erlang) return false;
    const char *f = atom_c_text(c, k->f);
    if (!strncmp(f, "is_", 3)) return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(f, names[i])) return true;
    return false;
}

// andalso, orelse: an IF; a left side that is no boolean fails.
static struct core *short_circuit(struct cx *c, struct core *left, struct core *right, bool and)
{
    if (!is_boolean_core(c, left)) left = core_erlang(c, "and", 2, left, core_lit(c, AM_true));
    struct core *k = and ? core_args(c, CORE_IF, 3, left, right, core_lit(c, AM_false)) : core_args(c, CORE_IF, 3, left, core_lit(c, AM_true), right);
    k->strict = true;
    return k;
}

// -1 and +1 of literals.
static struct core *fold_sign(struct cx *c, bool minus, struct core *arg)
{
    if (!core_is_lit(arg) || !is_number(arg->lit)) return NULL;
    if (!minus) return arg;
    if (is_float(arg->lit)) return core_lit(c, mk_float(c->h, -float_value(arg->lit)));
    return core_lit(c, term_copy(c->vm, c->h, num_neg(c->p, arg->lit)));
}

// [a, b] ++ rest in a pattern.
static struct core *append_pattern(struct cx *c, struct core *left, struct core *right)
{
    if (core_is_lit(left)) {
        if (is_nil(left->lit)) return right;
        if (!is_cons(left->lit)) return NULL;
        struct core *rest = append_pattern(c, core_lit(c, tail(left->lit)), right);
        return rest ? core_args(c, CORE_CONS, 2, core_lit(c, head(left->lit)), rest) : NULL;
    }
    if (left->kind != CORE_CONS) return NULL;
    struct core *rest = append_pattern(c, left->args[1], right);
    return rest ? core_args(c, CORE_CONS, 2, left->args[0], rest) : NULL;
}

const char *mfa_text(struct cx *c, term module, term function, unsigned arity)
{
    const char *f = inspect_atom(c, function);
    return cx_format(c, "%s.%s/%u", inspect_atom(c, module), f[0] == ':' ? f + 1 : f, arity);
}

static void check_allowed(struct cx *c, int line, term module, term function, unsigned n)
{
    if (c->context == CONTEXT_MATCH) fail_compile(c, line, "cannot invoke remote function %s inside a match", mfa_text(c, module, function, n));
    if (c->context == CONTEXT_GUARD && (module != AM_erlang || !guard_allowed(atom_c_text(c, function))))
        fail_compile(c, line, "cannot invoke remote function %s inside guards", mfa_text(c, module, function, n));
}

// + - * of small literals.
static struct core *fold_arithmetic(struct cx *c, const char *f, struct core *a, struct core *b)
{
    int64_t v;
    if (f[1] || !core_is_lit(a) || !core_is_lit(b) || !both_small(a->lit, b->lit)) return NULL;
    int64_t x = small_value(a->lit), y = small_value(b->lit);
    bool overflow = f[0] == '+' ? __builtin_add_overflow(x, y, &v) : f[0] == '-' ? __builtin_sub_overflow(x, y, &v)
        : f[0] == '*' ? __builtin_mul_overflow(x, y, &v) : true;
    return overflow || !fits_small(v) ? NULL : core_lit(c, make_small(v));
}

static struct core *erlang_call(struct cx *c, int line, struct core *k)
{
    const char *f = atom_c_text(c, k->f);
    if (k->nargs == 2 && c->context != CONTEXT_MATCH) {
        struct core *folded = fold_arithmetic(c, f, k->args[0], k->args[1]);
        if (folded) return folded;
    }
    if (k->nargs == 1 && (!strcmp(f, "-") || !strcmp(f, "+"))) {
        struct core *folded = fold_sign(c, f[0] == '-', k->args[0]);
        if (folded) return folded;
    }
    if (k->nargs == 2 && !strcmp(f, "andalso")) return short_circuit(c, k->args[0], k->args[1], true);
    if (k->nargs == 2 && !strcmp(f, "orelse")) return short_circuit(c, k->args[0], k->args[1], false);
    if (c->context == CONTEXT_MATCH && k->nargs == 2 && !strcmp(f, "++")) {
        struct core *list = append_pattern(c, k->args[0], k->args[1]);
        if (list) return list;
    }
    if (c->context) check_allowed(c, line, k->m, k->f, k->nargs);
    return k;
}

struct core *rewrite_call(struct cx *c, int line, term module, term function, unsigned n, struct core **args)
{
    const struct rewrite *r = rewrite_find(atom_c_text(c, module), atom_c_text(c, function), n);
    struct core *k, *before = NULL;
    c->line = line;
    if (r && (module != c->env->module || module == AM_Kernel)) {
        before = bind_in_order(c, r, args);
        k = rewritten_call(c, r, args);
    } else {
        k = core_call(c, module, function, 0);
        k->args = args;
        k->nargs = n;
        note_remote_call(c, module, function, n);
    }
    trace_call(c, line, "remote_function", k->m, k->f, k->nargs);
    if (k->m == AM_erlang) return erlang_call(c, line, k);
    if (c->context) check_allowed(c, line, module, function, n);
    if (!before) return k;
    before->args[before->nargs++] = k;
    return before;
}

// ---- resolution

static struct import_entry *import_of(struct import_entry *e, uint64_t key, struct import_entry **second)
{
    struct import_entry *first = NULL;
    for (; e; e = e->next)
        if (name_set_has(e->names, key)) {
            if (!first) first = e;
            else if (e->module != first->module) *second = e;
        }
    return first;
}

bool resolve_remote_macro(struct cx *c, term module, term name, unsigned arity, term meta)
{
    (void)meta;
    if (module == AM_Kernel && is_builtin_macro(name, arity)) return true;
    if (!code_is_loaded(c->vm, module) && !code_ensure_loaded(c->vm, module)) return false;
    char text[ATOM_MAX_BYTES + 8];
    struct atom_text t = atom_text(c->vm, name);
    memcpy(text, "MACRO-", 6);
    memcpy(text + 6, t.bytes, t.len);
    term full = atom_existing(c->vm, text, t.len + 6);
    if (full == TERM_NONE || !code_exported(c->vm, module, full, arity + 1)) return false;
    note_need(c, module);
    return true;
}

static bool meta_import(term meta, unsigned arity, term *module)
{
    term imports = meta_get(meta, AM_imports);
    if (imports == TERM_NONE || meta_get(meta, AM_context) == TERM_NONE) return false;
    for (; is_cons(imports); imports = tail(imports))
        if (is_tuple_of(head(imports), 2) && tuple_get(head(imports), 0) == make_small(arity)) {
            *module = tuple_get(head(imports), 1);
            return is_atom(*module);
        }
    return false;
}

static struct def *local_macro(struct cx *c, term name, unsigned arity)
{
    struct def *d = c->m && c->m->name == c->env->module ? def_find(c->m, name_key(name, arity)) : NULL;
    return d && kind_is_macro(d->kind) && !d->bodiless ? d : NULL;
}

_Noreturn static void import_conflict(struct cx *c, term module, term name, unsigned arity)
{
    fail_compile(c, c->line, "imported %s conflicts with local function", mfa_text(c, module, name, arity));
}

struct resolved resolve_import(struct cx *c, term meta, term name, unsigned arity)
{
    term module;
    uint64_t key = name_key(name, arity);
    if (meta_import(meta, arity, &module) && module != c->env->module)
        return (struct resolved){resolve_remote_macro(c, module, name, arity, meta) ? CALL_MACRO : CALL_FUNCTION, module, NULL};
    struct import_entry *second = NULL, *function = import_of(c->env->functions, key, &second), *macro = import_of(c->env->macros, key, &second);
    struct import_entry *found = function ? function : macro;
    if (function && macro && function->module != macro->module) second = macro;
    struct def *d = local_macro(c, name, arity);
    if (found && second)
        fail_compile(c, c->line, "function %s/%u imported from both %s and %s, call is ambiguous", atom_c_text(c, name), arity,
                     inspect_atom(c, found->module), inspect_atom(c, second->module));
    if (d) {
        if (found && found->module != c->env->module) import_conflict(c, found->module, name, arity);
        return (struct resolved){CALL_LOCAL_MACRO, c->env->module, d};
    }
    if (!found) return (struct resolved){CALL_LOCAL, AM_nil, NULL};
    usage_mark(found->usage, key);
    if (macro) return (struct resolved){CALL_MACRO, macro->module, NULL};
    return (struct resolved){CALL_FUNCTION, function->module, NULL};
}

static void note_import(struct cx *c, term module, term name, unsigned arity)
{
    struct module_state *m = c->m;
    uint64_t key = name_key(name, arity);
    if (!m || !c->def || m->name == module) return;
    if (!m->used_names) m->used_names = name_set_new(m->a, 32);
    if (name_set_has(m->used_names, key)) return;
    name_set_add(m->a, m->used_names, key);
    struct used_import *u = arena_new(m->a, struct used_import);
    *u = (struct used_import){key, module, c->line, m->used_imports};
    m->used_imports = u;
}

static void note_edge(struct cx *c, uint64_t key, int line, bool macro_use)
{
    if (!c->def) return;
    for (struct call_edge *e = c->def->calls; e; e = e->next)
        if (e->key == key && e->line == line && e->macro_use == macro_use) return;
    struct call_edge *e = arena_new(c->a, struct call_edge);
    *e = (struct call_edge){.key = key, .line = line, .macro_use = macro_use, .next = c->def->calls};
    c->def->calls = e;
}

void note_local_call(struct cx *c, term name, unsigned arity, int line) { note_edge(c, name_key(name, arity), line, false); }

// ---- macros

// Arguments that a macro of Kernel puts into its expansion without a look at them stay here: the macro gets a small form in place of each,
// and the expansion gets them back as it is stamped. So the cost of a macro does not grow with what is nested in it.
struct holes { term kept[4]; unsigned n; };
struct stamp { struct cx *c; term receiver, counter, line; const struct holes *holes; };

// Per argument: 'o' not looked at, 'k' a list of pairs whose values are not looked at, '-' looked at. NULL: all are looked at.
static const char *unseen_arguments(struct cx *c, struct resolved r, term name, unsigned n)
{
    static const struct { const char *name, *arguments; } macros[] = {{"if", "ok"}, {"unless", "ok"}, {"&&", "oo"}, {"||", "oo"}, {"|>", "o-"}};
    if (r.kind != CALL_MACRO || r.module != AM_Kernel || n != 2) return NULL;
    const char *text = atom_c_text(c, name);
    for (size_t i = 0; i < sizeof macros / sizeof *macros; i++)
        if (!strcmp(macros[i].name, text)) return macros[i].arguments;
    return NULL;
}

static term hole(struct cx *c, struct holes *h, term arg)
{
    if (is_immediate(arg) || h->n == sizeof h->kept / sizeof *h->kept) return arg;
    h->kept[h->n] = arg;
    return mk_form(c, AM_hole, TERM_NIL, mk_list_of(c, 1, make_small(h->n++)));
}

static term with_holes(struct cx *c, struct holes *h, char how, term arg)
{
    if (how == 'o') return hole(c, h, arg);
    if (how != 'k' || !is_list(arg) || list_count(arg) > 2 || !is_keyword_list(arg)) return arg;
    term pairs[2];
    unsigned n = 0;
    for (; is_cons(arg); arg = tail(arg)) pairs[n++] = mk_tuple2(c->h, tuple_get(head(arg), 0), hole(c, h, tuple_get(head(arg), 1)));
    return mk_list(c->h, n, pairs, TERM_NIL);
}

static term stamp_meta(struct stamp *s, term meta, bool counter)
{
    struct cx *c = s->c;
    term line = meta_get(meta, AM_line);
    if (s->line != make_small(0) && (line == TERM_NONE || line == make_small(0)))
        meta = mk_cons(c->h, mk_tuple2(c->h, AM_line, s->line), meta);
    if (counter && meta_get(meta, AM_counter) == TERM_NONE) meta = mk_cons(c->h, mk_tuple2(c->h, AM_counter, s->counter), meta);
    return meta;
}

static term stamp(struct stamp *s, term t);

static term stamp_list(struct stamp *s, term list)
{
    struct cx *c = s->c;
    term same = list, rest = list;      // `same`: from here on nothing changed
    term out = TERM_NONE, *at = &out;
    for (; is_cons(rest); rest = tail(rest)) {
        term item = stamp(s, head(rest));
        if (item == head(rest)) continue;
        for (; same != rest; same = tail(same)) {
            *at = mk_cons(c->h, head(same), TERM_NIL);
            at = &cons_ptr(*at)[1];
        }
        *at = mk_cons(c->h, item, TERM_NIL);
        at = &cons_ptr(*at)[1];
        same = tail(rest);
    }
    if (out == TERM_NONE) return list;
    *at = same;
    return out;
}

static term stamp_form(struct stamp *s, term t)
{
    term name = form_name(t), meta = form_meta(t), args = form_args(t);
    if (name == AM_hole && s->holes->n && is_cons(args) && is_small(head(args))) return s->holes->kept[small_value(head(args)) % s->holes->n];
    bool lexical = name == AM_alias || name == AM_import || name == AM_require || name == AM_aliases;
    bool counter = is_atom(args) ? args == s->receiver && name != AM_underscore && is_atom(name) : lexical && is_cons(args);
    term new_meta = stamp_meta(s, meta, counter), new_name = is_atom(name) ? name : stamp(s, name), new_args = stamp(s, args);
    if (new_meta == meta && new_name == name && new_args == args) return t;
    return mk_form(s->c, new_name, new_meta, new_args);
}

static term stamp(struct stamp *s, term t)
{
    if (is_immediate(t)) return t;
    struct cx *c = s->c;
    check_nesting(c);
    term result = t;
    if (is_cons(t)) result = stamp_list(s, t);
    else if (is_form(t) && is_list(form_meta(t))) result = stamp_form(s, t);
    else if (is_tuple_of(t, 2)) {
        term a = stamp(s, tuple_get(t, 0)), b = stamp(s, tuple_get(t, 1));
        if (a != tuple_get(t, 0) || b != tuple_get(t, 1)) result = mk_tuple2(c->h, a, b);
    }
    return result;
}

// Nodes of the expansion without a line get `stamp_line`; 0: none.
static term macro_call_stamped(struct cx *c, int line, int stamp_line, struct resolved r, term name, term args)
{
    struct compile_state *state = compile_state(c->vm);
    unsigned n = list_count(args);
    term *argv = arena_array(c->a, term, n + 1);
    if (!c->unit) c->unit = unit_new(c);
    struct live_env live = {c->env, c->context, line, c->vars};
    struct live_env *kept = arena_new(c->a, struct live_env);
    *kept = live;
    unsigned mark = c->unit->nrecords;
    argv[0] = record_add(c, c->unit, (struct record){.kind = RECORD_ENV, .env = kept});
    const char *unseen = unseen_arguments(c, r, name, n);
    struct holes holes = {.n = 0};
    term given = args;
    for (unsigned i = 0; i < n; i++, args = tail(args)) argv[i + 1] = unseen ? with_holes(c, &holes, unseen[i], head(args)) : head(args);
    struct call_result result;
    term full = atom_c(c, cx_format(c, "MACRO-%s", atom_c_text(c, name)));
    if (r.kind == CALL_LOCAL_MACRO && !c->def) def_reach(c->m, r.def);      // Macro.expand asks
    if (r.kind == CALL_LOCAL_MACRO) result = compiler_call_fun(c->p, c->a, def_thunk(c, c->m, r.def), n + 1, argv);
    else result = compiler_call(c->p, c->a, r.module, full, n + 1, argv);
    if (result.status == CALL_RAISED && holes.n) {      // the message may show the arguments
        for (unsigned i = 0; i < n; i++, given = tail(given)) argv[i + 1] = head(given);
        result = compiler_call(c->p, c->a, r.module, full, n + 1, argv);
        holes.n = 0;
    }
    if (result.status == CALL_RAISED) fail_expanding(c, result, "expanding macro", r.module, full, name, n, line);
    if (c->unit->nrecords == mark + 1) c->unit->nrecords = mark;
    else c->unit->records[mark].kind = RECORD_FREE;
    struct stamp s = {c, r.module, make_small((int64_t)++state->next_counter), make_small(stamp_line), &holes};
    return stamp(&s, result.value);
}

// The expansion, stamped for hygiene.
static term macro_call(struct cx *c, int line, struct resolved r, term name, term args) { return macro_call_stamped(c, line, line, r, name, args); }

// Variables of a macro call's own are named by nothing behind it: they leave the scope, which many calls would make long.
static void forget_own(struct cx *c, struct binding *before, term counter)
{
    struct binding *kept = before, *b = c->vars;
    unsigned n = 0, own = 0;
    for (; b && b != before; b = b->next, n++) own += b->context == counter;
    if (!own || b != before) return;
    struct binding **list = arena_array(c->a, struct binding *, n);
    n = 0;
    for (b = c->vars; b != before; b = b->next)
        if (b->context != counter) list[n++] = b;
    while (n--) {
        b = arena_new(c->a, struct binding);
        *b = *list[n];
        b->next = kept;
        kept = b;
    }
    c->vars = kept;
}

static struct core *expand_macro(struct cx *c, int line, struct resolved r, term name, term args)
{
    if (r.kind != CALL_LOCAL_MACRO && r.module != AM_Kernel) warn_deprecated(c, line, r.module, name, list_count(args));
    term result = macro_call(c, line, r, name, args);
    term counter = make_small((int64_t)compile_state(c->vm)->next_counter);
    struct binding *before = c->vars;
    struct expanding e = {r.module, name, list_count(args), line, c->env, c->expanding};
    c->expanding = &e;
    struct core *k = expand(c, result);
    c->expanding = e.outer;
    if (c->env->module != AM_nil && !c->context) forget_own(c, before, counter);
    return k;
}

// ---- local calls

// f(do: (x -> y)) of a function.
static void check_no_clauses(struct cx *c, int line, term name, term args)
{
    unsigned n = list_count(args);
    for (term l = n ? list_at(args, n - 1) : TERM_NIL; is_cons(l); l = tail(l)) {
        if (!is_tuple_of(head(l), 2) || !is_atom(tuple_get(head(l), 0))) return;
        term value = tuple_get(head(l), 1);
        if (!is_cons(value) || !is_form(head(value)) || form_name(head(value)) != AM_op_arrow) continue;
        fail_compile(c, line, "the function \"%s\" cannot handle clauses with the -> operator because it is not a macro. "
                     "Please make sure you are invoking the proper name and that it is a macro", atom_c_text(c, name));
    }
}

static struct core *local_call(struct cx *c, term q, term name, term args, int line)
{
    unsigned n = list_count(args);
    const char *text = atom_c_text(c, name);
    if (c->env->function == AM_nil) fail_compile(c, line, "undefined function %s/%u (there is no such import)", text, n);
    if (c->context == CONTEXT_MATCH)
        fail_compile(c, line, "cannot find or invoke local %s/%u inside match. Only macros can be invoked in a match and they must be defined before "
                     "their invocation. Called as: %s", text, n, show(c, q));
    if (c->context == CONTEXT_GUARD)
        fail_compile(c, line, "cannot find or invoke local %s/%u inside guards. Only macros can be invoked in a guards and they must be defined "
                              "before their invocation. Called as: %s", text, n, show(c, q));
    check_no_clauses(c, line, name, args);
    note_local_call(c, name, n, line);
    trace_call(c, line, "local_function", TERM_NONE, name, n);
    struct core *k = expand_call_args(c, CORE_LOCAL, args);
    k->line = line;
    k->f = name;
    return k;
}

// a + b + c ...: the chain of calls of one function of two arguments down their left sides, without recursion.
static struct core *expand_chain(struct cx *c, term q, term name)
{
    unsigned n = 0, capacity = 16;
    term *nodes = arena_array(c->a, term, capacity);
    struct binding *before = c->vars, *after = before;
    for (; is_call_of(q, name, 2); q = head(form_args(q))) {
        if (n == capacity) {
            term *bigger = arena_array(c->a, term, capacity * 2);
            memcpy(bigger, nodes, n * sizeof *nodes);
            nodes = bigger;
            capacity *= 2;
        }
        nodes[n++] = q;
    }
    struct core *k = expand(c, q);
    after = c->vars;
    while (n--) {
        struct core **args = arena_array(c->a, struct core *, 2);
        int line = meta_line(c, form_meta(nodes[n]));
        struct resolved r = resolve_import(c, form_meta(nodes[n]), name, 2);
        c->vars = before;
        args[0] = k;
        args[1] = expand(c, list_at(form_args(nodes[n]), 1));
        if (after == before) after = c->vars;
        else if (c->vars != before) rebind(c, c->vars, before, &after);
        note_import(c, r.module, name, 2);
        k = rewrite_call(c, line, r.module, name, 2, args);
    }
    c->vars = after;
    return k;
}

// `a -1` where a is a variable.
static void check_ambiguous(struct cx *c, term name, term meta, term args)
{
    term kind = meta_get(meta, AM_ambiguous_op);
    if (kind == TERM_NONE || !scope_find(c->vars, name, var_context(meta, kind))) return;
    const char *text = atom_c_text(c, name), *given = show(c, head(args));
    fail_compile(c, c->line, "\"%s %s\" looks like a function call but there is a variable named \"%s\". If you want to perform a function call, "
                             "use parentheses:\n\n"
                 "    %s(%s)\n\nIf you want to perform an operation on the variable %s, use spaces around the unary operator", text, given, text,
                 text, given, text);
}

static bool is_order(struct cx *c, term name)
{
    const char *text = is_atom(name) ? atom_c_text(c, name) : "";
    return (text[0] == '<' || text[0] == '>') && (!text[1] || (text[1] == '=' && !text[2]));
}

// x < y < z
static void warn_nested_order(struct cx *c, term q, int line)
{
    bool nested = false;
    if (!is_order(c, form_name(q))) return;
    for (term l = form_args(q); is_cons(l); l = tail(l))
        nested |= is_form(head(l)) && is_order(c, form_name(head(l))) && is_call_of(head(l), form_name(head(l)), 2);
    if (nested)
        warn_at(c, line, IN_FUNCTION,
                "Elixir does not support nested comparisons. Something like\n\n     x < y < z\n\nis equivalent to\n\n     (x < y) < z\n\nwhich "
                "ultimately compares z with the boolean result of (x < y). Instead, consider joining together each comparison segment with an "
                "\"and\", for example,\n\n"
                "     x < y and y < z\n\nYou wrote: %s", show(c, q));
}

struct core *expand_local(struct cx *c, term q, term name, term meta, term args)
{
    int line = c->line;
    unsigned n = list_count(args);
    if (n == 1) check_ambiguous(c, name, meta, args);
    struct resolved r = resolve_import(c, meta, name, n);
    switch (r.kind) {
    case CALL_MACRO:
        trace_call(c, line, "imported_macro", r.module, name, n);
        if (r.module == AM_Kernel && is_builtin_macro(name, n)) return expand_builtin(c, q, name, meta, args);
        /* fall through */
    case CALL_LOCAL_MACRO:
        if (r.kind == CALL_LOCAL_MACRO) trace_call(c, line, "local_macro", TERM_NONE, name, n);
        if (r.kind == CALL_LOCAL_MACRO) note_edge(c, r.def->key, line, true);
        else if (r.kind == CALL_MACRO) note_import(c, r.module, name, n);
        return expand_macro(c, line, r, name, args);
    case CALL_FUNCTION:
        if (n == 2 && r.module == AM_Kernel) warn_nested_order(c, q, line);
        trace_call(c, line, "imported_function", r.module, name, n);
        if (n == 2 && !c->context && is_call_of(head(args), name, 2) && is_call_of(head(form_args(head(args))), name, 2)) {
            term other;
            bool same = !meta_import(form_meta(head(args)), 2, &other) || other == r.module;
            if (same) return expand_chain(c, q, name);
        }
        note_import(c, r.module, name, n);
        check_no_clauses(c, line, name, args);
        struct core **values = expand_args(c, args, n);
        if (c->context == CONTEXT_MATCH && r.module == AM_Kernel && !strcmp(atom_c_text(c, name), "++") && !append_pattern(c, values[0], values[1]))
            fail_compile(c, line, "invalid argument for ++ operator inside a match, expected a literal proper list, got: %s", show(c, head(args)));
        return rewrite_call(c, line, r.module, name, n, values);
    default: return local_call(c, q, name, args, line);
    }
}

// ---- remote calls

_Noreturn static void invalid_call(struct cx *c, term q) { fail_compile(c, c->line, "invalid call %s", show(c, q)); }

static struct core *call_fun(struct cx *c, term q, term fun, term args)
{
    int line = c->line;
    if (c->context == CONTEXT_MATCH) fail_compile(c, line, "invalid pattern in match, anonymous call is not allowed in matches");
    if (c->context) fail_compile(c, line, "anonymous call is not allowed in guards");
    term atom = alias_atom(c, fun);
    (void)q;
    struct core *k = expand_call_args(c, CORE_APPLY, mk_cons(c->h, fun, args));
    if (atom != TERM_NONE) fail_compile(c, line, "invalid function call :%s.()", atom_c_text(c, atom));
    k->line = line;
    return k;
}

// x.f(): a call, but for the value of a map that has the key f.
static struct core *call_or_field(struct cx *c, struct core *receiver, term function)
{
    struct var *value = var_fresh(c, "value"), *module = var_fresh(c, "module");
    struct core *k = core_args(c, CORE_CASE, 1, receiver), *field = core_new(c, CORE_MAP), *name = core_new(c, CORE_VAR),
        *other = core_new(c, CORE_VAR);
    name->var = value;
    other->var = module;
    field->pairs = arena_array(c->a, struct core_pair, 1);
    field->npairs = 1;
    field->pairs[0] = (struct core_pair){.key = core_lit(c, function), .value = name};
    k->fail = FAIL_NEVER;
    k->generated = true;
    k->nclauses = 2;
    k->clauses = arena_array(c->a, struct core_clause, 2);
    core_clause_set(c, k, 0, field, core_var(c, value));
    core_clause_set(c, k, 1, other, core_args(c, CORE_CALL_DYN, 2, core_var(c, module), core_lit(c, function)));
    return k;
}

static struct core *call_dynamic(struct cx *c, term q, struct core *receiver, term function, term args, int line)
{
    unsigned n = list_count(args);
    c->line = line;
    term no_parens = mk_list_of(c, 1, mk_tuple2(c->h, AM_no_parens, AM_true));
    if (c->context == CONTEXT_GUARD && !n && meta_get(form_meta(q), AM_no_parens) != AM_true)
        fail_compile(c, line, "cannot invoke remote function in guards. If you want to do a map lookup instead, please remove parens from %s",
                     show(c, q));
    if (c->context == CONTEXT_MATCH || (c->context == CONTEXT_GUARD && n))
        fail_compile(c, line, "cannot invoke remote function %s/%u inside %s", show(c, mk_form(c, form_name(q), no_parens, TERM_NIL)), n,
                     c->context == CONTEXT_MATCH ? "a match" : "guards");
    term known = !n && core_is_lit(receiver) && is_map(receiver->lit) ? map_get(c->vm, receiver->lit, function) : TERM_NONE;
    if (known != TERM_NONE) return core_lit(c, known);      // __ENV__.file: the rest of it need not be kept
    if (!n && c->context == CONTEXT_GUARD) return core_erlang(c, "map_get", 2, core_lit(c, function), receiver);
    if (!n && meta_get(form_meta(q), AM_no_parens) != AM_true) return call_or_field(c, receiver, function);
    if (!n) {
        struct core *k = core_args(c, CORE_DOT, 1, receiver);
        k->f = function;
        return k;
    }
    struct core *k = core_args(c, CORE_CALL_DYN, 0);
    struct core **rest = expand_args(c, args, n);
    k->args = arena_array(c->a, struct core *, n + 2);
    k->args[0] = receiver;
    k->args[1] = core_lit(c, function);
    memcpy(k->args + 2, rest, n * sizeof *rest);
    k->nargs = n + 2;
    k->line = line;
    return k;
}

static bool is_required(struct cx *c, term meta, term module)
{
    return module == c->env->module || meta_get(meta, AM_required) == AM_true || env_requires(c->env, module);
}

struct core *expand_remote(struct cx *c, term q)
{
    term dot = form_name(q), meta = form_meta(q), args = form_args(q);
    int line = c->line;
    if (!is_form(dot) || form_name(dot) != AM_op_dot || !is_list(form_args(dot))) invalid_call(c, q);
    term parts = form_args(dot);
    unsigned np = list_count(parts), n = list_count(args);
    if (np == 1) return call_fun(c, q, head(parts), args);
    if (np != 2 || !is_atom(list_at(parts, 1))) invalid_call(c, q);
    term function = list_at(parts, 1), module = alias_atom(c, head(parts));
    struct binding *before = c->vars;
    trace_alias(c, head(parts), module);
    if (module == TERM_NONE) {
        struct core *receiver = expand(c, head(parts));
        c->line = line;
        if (!core_is_lit(receiver) || is_map(receiver->lit)) {
            struct binding *bound = c->vars;
            c->vars = n ? before : bound;
            struct core *k = call_dynamic(c, q, receiver, function, args, line);
            if (c->vars == before) c->vars = bound;
            return k;
        }
        if (!is_atom(receiver->lit)) invalid_call(c, q);
        module = receiver->lit;
    }
    bool field = (module == AM_nil || module == AM_true || module == AM_false) && !n && meta_get(meta, AM_no_parens) == AM_true && !c->context;
    if (field) return call_dynamic(c, q, core_lit(c, module), function, args, line);
    // Interpolation: what Kernel's macro gives, at once.
    if (module == AM_Kernel && function == AM_to_string && n == 1)
        return rewrite_call(c, line, atom_c(c, "Elixir.String.Chars"), function, 1, expand_args(c, args, 1));
    struct resolved r = {CALL_MACRO, module, NULL};
    if (module == c->env->module && (r.def = local_macro(c, function, n))) r.kind = CALL_LOCAL_MACRO;
    else if (!is_required(c, meta, module) || module == c->env->module || !resolve_remote_macro(c, module, function, n, meta)) {
        check_no_clauses(c, line, function, args);
        return rewrite_call(c, line, module, function, n, expand_args(c, args, n));
    }
    trace_call(c, line, "remote_macro", module, function, n);
    if (r.kind == CALL_MACRO && module == AM_Kernel && is_builtin_macro(function, n)) return expand_builtin(c, q, function, meta, args);
    return expand_macro(c, line, r, function, args);
}

// ---- Macro.expand_once

static bool is_special_name(term name)
{
    switch (name) {
    case AM_op_match: case AM_block: case AM_aliases: case AM_op_map: case AM_op_struct: case AM_op_bits: case AM_op_caret: case AM_op_arrow:
    case AM_op_type: case AM_unquote: case AM_unquote_splicing: case AM_op_capture: case AM_alias: case AM_require: case AM_import: case AM_quote:
    case AM_case: case AM_cond: case AM_receive: case AM_try: case AM_for: case AM_with: case AM_kw_fn: case AM_super: case AM_op_tuple: return true;
    }
    return false;
}

static bool expand_once_remote(struct cx *c, term q, term *result)
{
    term dot = form_name(q), args = form_args(q);
    if (!is_form(dot) || form_name(dot) != AM_op_dot || !is_list(form_args(dot)) || list_count(form_args(dot)) != 2 || !is_list(args)) return false;
    term function = list_at(form_args(dot), 1), module = alias_atom(c, head(form_args(dot)));
    unsigned n = list_count(args);
    if (module == TERM_NONE || !is_atom(function)) return false;
    struct resolved r = {CALL_MACRO, module, NULL};
    if (module == c->env->module) {
        if (!(r.def = local_macro(c, function, n))) return false;
        r.kind = CALL_LOCAL_MACRO;
    } else if (!is_required(c, form_meta(q), module) || !resolve_remote_macro(c, module, function, n, form_meta(q))) return false;
    if (module == AM_Kernel && is_builtin_macro(function, n)) return false;
    *result = macro_call_stamped(c, c->line, 0, r, function, args);
    return true;
}

bool expand_once(struct cx *c, term q, term *result)
{
    *result = q;
    if (!is_form(q) || !is_list(form_meta(q))) return false;
    term name = form_name(q), args = form_args(q);
    c->line = meta_line(c, form_meta(q));
    if (!is_atom(name)) return expand_once_remote(c, q, result);
    if (name == AM_aliases) {
        struct core *k = expand_aliases(c, q);
        if (!core_is_lit(k)) return false;
        *result = k->lit;
        return true;
    }
    if (is_atom(args)) {
        if (name != AM__MODULE_ && name != AM__DIR_ && name != AM__ENV_) return false;
        struct core *k = expand(c, q);
        *result = name == AM__ENV_ ? escape_term(c, k->lit) : k->lit;
        return true;
    }
    if (!is_list(args) || is_special_name(name)) return false;
    unsigned n = list_count(args);
    struct resolved r = resolve_import(c, form_meta(q), name, n);
    if (r.kind == CALL_MACRO && r.module == AM_Kernel && name == AM_op_at && n == 1)
        return expand_attribute_once(c, form_meta(q), head(args), result);
    if (r.kind == CALL_LOCAL || r.kind == CALL_FUNCTION || (r.kind == CALL_MACRO && r.module == AM_Kernel && is_builtin_macro(name, n))) return false;
    *result = macro_call_stamped(c, c->line, 0, r, name, args);
    return true;
}
