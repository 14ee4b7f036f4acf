// SPDX-License-Identifier: Apache-2.0
// Maps and structs: %{}, %Name{}, updates, patterns.
//
// A struct literal is its defaults, known at compile time from Name.__struct__, with the given fields put over them: one literal map as the base of a
// CORE_MAP. Fields that do not exist are errors here, not at run time.
#include "expand.h"

#include <string.h>

// ---- pairs

_Noreturn static void not_a_pair(struct cx *c, term q)
{
    int line = c->line;
    if (c->context == CONTEXT_NONE) (void)expand(c, q);     // its own mistakes come first
    c->line = line;
    fail_compile(c, c->line, "expected key-value pairs in a map, got: %s", show(c, q));
}

// A key is a value, not a pattern: what is pinned in it is read, and nothing else in it is a variable.
static void key_value(struct cx *c, struct core *k, bool inside)
{
    if (k->kind == CORE_VAR || k->kind == CORE_WILD)
        fail_compile(c, c->line,
                     "cannot use variable %s as map key inside a pattern. Map keys in patterns can only be literals (such as atoms, strings, tuples, "
                     "and the like) or an existing variable matched with the pin operator (such as ^some_var)",
                     k->kind == CORE_VAR ? atom_c_text(c, k->var->name) : "_");
    if (k->kind == CORE_PIN && inside) k->kind = CORE_VAR;
    else if (k->kind == CORE_CONS || k->kind == CORE_TUPLE)
        for (unsigned i = 0; i < k->nargs; i++) key_value(c, k->args[i], true);
    for (unsigned i = 0; i < k->npairs; i++) {
        key_value(c, k->pairs[i].key, true);
        key_value(c, k->pairs[i].value, true);
    }
    for (unsigned i = 0; i < k->nsegments; i++) key_value(c, k->segments[i].value, true);
}

static struct core *pattern_key(struct cx *c, term q)
{
    struct core *k = expand(c, q);
    key_value(c, k, false);
    return k;
}

// Elixir compares the quoted keys: tuples but pairs, and maps, are no literals there.
static bool is_written_literal(const struct core *k) { return core_is_lit(k) && !is_map(k->lit) && (!is_tuple(k->lit) || is_tuple_of(k->lit, 2)); }

// Names the map in the warning: "map", or "struct Name".
static void warn_overridden(struct cx *c, const struct core_pair *pairs, unsigned n, const char *what)
{
    for (unsigned i = 0; i < n && n <= 512; i++) {
        if (!is_written_literal(pairs[i].key)) continue;
        for (unsigned j = i + 1; j < n; j++) {
            if (!is_written_literal(pairs[j].key) || !term_same(pairs[i].key->lit, pairs[j].key->lit)) continue;
            const char *text = cx_format(c, "key %s will be overridden in %s", inspect(c, pairs[i].key->lit), what);
            if (c->context == CONTEXT_MATCH) fail_compile(c, c->line, "%s", text);
            warn_at(c, c->line, IN_FILE, "%s", text);
            break;
        }
    }
}

static void expand_pairs(struct cx *c, struct core *to, term list, bool exact)
{
    unsigned n = list_count(list), extra = 1;
    struct core_pair *pairs = arena_array(c->a, struct core_pair, n + extra);
    bool match = c->context == CONTEXT_MATCH;
    term *flat = arena_array(c->a, term, n * 2 + 1);
    for (unsigned i = 0; i < n; i++, list = tail(list)) {
        if (!is_tuple_of(head(list), 2)) not_a_pair(c, head(list));
        flat[2 * i] = tuple_get(head(list), 0);
        flat[2 * i + 1] = tuple_get(head(list), 1);
    }
    struct core **all = match ? NULL : expand_args(c, mk_list(c->h, 2 * n, flat, TERM_NIL), 2 * n);
    for (unsigned i = 0; i < n; i++) {
        pairs[i].key = match ? pattern_key(c, flat[2 * i]) : all[2 * i];
        pairs[i].value = match ? expand(c, flat[2 * i + 1]) : all[2 * i + 1];
        pairs[i].exact = exact;
    }
    to->pairs = pairs;
    to->npairs = n;
    warn_overridden(c, pairs, n, "map");
}

// A map of literals is a literal.
static struct core *fold_map(struct cx *c, struct core *k)
{
    if (c->context == CONTEXT_MATCH || (k->base && !core_is_lit(k->base))) return k;
    for (unsigned i = 0; i < k->npairs; i++)
        if (!core_is_lit(k->pairs[i].key) || !core_is_lit(k->pairs[i].value)) return k;
    term map = k->base ? k->base->lit : map_empty(c->h);
    if (!is_map(map)) return k;
    for (unsigned i = 0; i < k->npairs; i++) {
        if (k->pairs[i].exact && map_get(c->vm, map, k->pairs[i].key->lit) == TERM_NONE) return k;
        map = map_put(c->vm, c->h, map, k->pairs[i].key->lit, k->pairs[i].value->lit);
    }
    return core_lit(c, map);
}

static bool is_update(term args) { return is_cons(args) && is_nil(tail(args)) && is_call_of(head(args), AM_op_bar, 2); }

// base | pairs: the pairs do not see what the base binds.
static void expand_updated(struct cx *c, struct core *k, term parts, int line)
{
    struct binding *before = c->vars, *after = before;
    k->base = expand(c, head(parts));
    next_argument(c, before, &after);
    c->line = line;
    expand_pairs(c, k, list_at(parts, 1), true);
    next_argument(c, before, &after);
    c->vars = after;
}

struct core *expand_map(struct cx *c, term meta, term args)
{
    int line = c->line = meta_line(c, meta);
    struct core *k = core_new(c, CORE_MAP);
    if (is_update(args)) {
        if (c->context == CONTEXT_MATCH)
            fail_compile(c, line, "cannot use map/struct update syntax in match, got: %s", show(c, mk_form(c, AM_op_map, meta, args)));
        term parts = form_args(head(args));
        expand_updated(c, k, parts, line);
        k->lit = mk_form(c, AM_op_map, meta, args);
    } else expand_pairs(c, k, args, false);
    c->line = line;
    return fold_map(c, k);
}

// ---- structs

_Noreturn static void fail_struct(struct cx *c, term name, unsigned arity, const char *text)
{
    struct call_result r = raised_compile_error(c->vm, c->h, c->env->file, c->line, text);
    fail_expanding(c, r, "expanding struct", name, AM__struct_, AM__struct_, arity, c->line);
}

_Noreturn static void struct_undefined(struct cx *c, term name, unsigned arity)
{
    const char *text = inspect_atom(c, name);
    bool in_own_function = c->env->function != AM_nil && name == c->env->module;
    for (struct atom_entry nil = {AM_nil, c->env->context_modules}, *m = in_own_function ? NULL : &nil; m; m = m->next)
        if (m->atom == name)
            fail_struct(c, name, arity, cx_format(c, "cannot access struct %s, the struct was not yet defined or the struct is being accessed in "
                                                     "the same context that defines it", text));
    fail_struct(c, name, arity, cx_format(c,
                 "%s.__struct__/%u is undefined, cannot expand struct %s. Make sure the struct name is correct. If the struct name exists and is "
                 "correct but it still cannot be found, you likely have cyclic module usage in your code", text, arity, text));
}

// What keys there are, told with the failure.
static void hint_keys(struct cx *c, term map)
{
    struct map_iter it;
    term key, value;
    const char *list = "";
    unsigned n = 0;
    map_iter_init_up(&it, map);
    while (map_iter_next(&it, &key, &value) && n < 12)
        if (is_atom(key) && key != AM__struct_ && key != AM__exception_) list = cx_format(c, "%s%s%s", list, n++ ? ", " : "", inspect(c, key));
    place_hint(c, n ? cx_format(c, "the keys of the struct are %s", list) : "the struct has no keys");
}

static void hint_keys_of(struct cx *c, term name)
{
    struct call_result r = compiler_call(c->p, c->a, name, AM__struct_, 0, NULL);
    if (r.status == CALL_OK && is_map(r.value)) hint_keys(c, r.value);
}

// What __struct__/1 would raise.
_Noreturn static void raise_in_struct(struct cx *c, term name, const char *exception, term arg)
{
    struct call_result r = {.status = CALL_RAISED, .cls = AM_error, .trace = TERM_NIL};
    r.reason = call_checked(c, atom_c(c, exception), AM_exception, 1, &arg).value;
    fail_expanding(c, r, "expanding struct", name, AM__struct_, AM__struct_, 1, c->line);
}

static void check_enforced(struct cx *c, struct module_state *m, term given)
{
    struct attribute *enforce = attribute_find(m, AM_enforce_keys);
    if (!enforce || enforce->value == TERM_NONE) return;
    term missing = TERM_NIL, keys = is_list(enforce->value) ? enforce->value : mk_list_of(c, 1, enforce->value);
    for (term l = list_reverse(c, keys); is_cons(l); l = tail(l))
        if (meta_get(given, head(l)) == TERM_NONE) missing = mk_cons(c->h, head(l), missing);
    if (is_nil(missing)) return;
    const char *text = cx_format(c, "the following keys must also be given when building struct %s: %s", inspect_atom(c, m->name),
                                 inspect(c, missing));
    if (m->unit->p == c->p) fail_argument(c, "%s", text);
    raise_in_struct(c, m->name, "Elixir.ArgumentError", mk_binary_str(c->h, text));
}

// Defaults of a struct of a module that is being compiled.
static term own_struct(struct cx *c, struct module_state *m, term given, bool build)
{
    struct attribute *a = attribute_find(m, AM__struct_);
    if (!a || !is_map(a->value)) {
        struct def *d = def_find(m, name_key(AM__struct_, build ? 1 : 0));
        if (!d) struct_undefined(c, m->name, build ? 1 : 0);
        term fun = def_thunk(c, m, d);
        struct call_result r = compiler_call_fun(c->p, c->a, fun, build ? 1 : 0, &given);
        if (r.status == CALL_RAISED) fail_raised(c, r);
        return r.value;
    }
    if (build) {
        for (term l = given; is_cons(l); l = tail(l))
            if (map_get(c->vm, a->value, tuple_get(head(l), 0)) == TERM_NONE) {
                hint_keys(c, a->value);
                raise_in_struct(c, m->name, "Elixir.KeyError", mk_list_of(c, 1, mk_tuple2(c->h, AM_key, tuple_get(head(l), 0))));
            }
        check_enforced(c, m, given);
    }
    return a->value;
}

static term struct_defaults(struct cx *c, term name, term given, bool build)
{
    struct module_state *m = module_here(c, name);
    if (m) return own_struct(c, m, given, build);
    if ((m = await_struct(c, name))) return term_copy(c->vm, c->h, own_struct(c, m, given, build));
    unsigned arity = build ? 1 : 0;
    if (!await_module(c, name) || !code_exported(c->vm, name, AM__struct_, arity)) struct_undefined(c, name, arity);
    struct call_result r = compiler_call(c->p, c->a, name, AM__struct_, arity, &given);
    if (r.status == CALL_RAISED) {
        if (build) hint_keys_of(c, name);
        fail_expanding(c, r, "expanding struct", name, AM__struct_, AM__struct_, arity, c->line);
    }
    term map = r.value;
    if (!is_map(map) || map_get(c->vm, map, AM__struct_) != name)
        fail_compile(c, c->line, "expected %s.__struct__/%u to return a map with a :__struct__ key that holds the name of the struct (atom), got: %s",
                     inspect_atom(c, name), arity, inspect(c, map));
    return map;
}

term struct_of_name(struct cx *c, term name) { return struct_defaults(c, name, TERM_NIL, false); }

// Keys as a keyword list of nils: what __struct__/1 checks.
static term given_keys(struct cx *c, struct core *k)
{
    term list = TERM_NIL;
    for (unsigned i = k->npairs; i-- > 0;) {
        struct core *key = k->pairs[i].key;
        if (!core_is_lit(key))
            fail_compile(c, c->line, "expected key to be an atom in struct");
        list = mk_cons(c->h, mk_tuple2(c->h, key->lit, AM_nil), list);
    }
    return list;
}

static void check_keys(struct cx *c, struct core *k, term defaults, term name)
{
    for (unsigned i = 0; i < k->npairs; i++) {
        struct core *key = k->pairs[i].key;
        if (!core_is_lit(key) || map_get(c->vm, defaults, key->lit) != TERM_NONE) continue;
        hint_keys(c, defaults);
        fail_struct(c, name, 0, cx_format(c, "unknown key %s for struct %s", inspect(c, key->lit), inspect_atom(c, name)));
    }
}

static void add_struct_pair(struct cx *c, struct core *k, struct core *name)
{
    struct core_pair *pairs = arena_array(c->a, struct core_pair, k->npairs + 1);
    if (k->npairs) memcpy(pairs + 1, k->pairs, k->npairs * sizeof *pairs);
    pairs[0] = (struct core_pair){.key = core_lit(c, AM__struct_), .value = name};
    k->pairs = pairs;
    k->npairs++;
}

static struct core *struct_pattern(struct cx *c, term name, struct core *left, struct core *k)
{
    if (core_is_lit(left)) {
        given_keys(c, k);
        check_keys(c, k, struct_defaults(c, name, TERM_NIL, false), name);
    } else if (left->kind != CORE_PIN) left = core_args(c, CORE_ALIAS, 2, core_erlang(c, "is_atom", 0), left);
    add_struct_pair(c, k, left);
    return k;
}

// %Name{value | fields}: the value must be such a struct.
static struct core *struct_update(struct cx *c, term name, struct core *k)
{
    check_keys(c, k, struct_defaults(c, name, TERM_NIL, false), name);
    struct var *v = var_fresh(c, "struct"), *other = var_fresh(c, "other");
    struct core *test = core_args(c, CORE_CASE, 1, k->base), *pattern = core_new(c, CORE_MAP), *value = core_new(c, CORE_VAR);
    add_struct_pair(c, pattern, core_lit(c, name));
    value->var = v;
    test->clauses = arena_array(c->a, struct core_clause, 2);
    test->nclauses = 2;
    k->base = core_var(c, v);
    core_clause_set(c, test, 0, core_args(c, CORE_ALIAS, 2, pattern, value), k);
    struct core *rest = core_new(c, CORE_VAR);
    rest->var = other;
    struct core *reason = core_args(c, CORE_TUPLE, 3, core_lit(c, AM_badstruct), core_lit(c, name), core_var(c, other));
    core_clause_set(c, test, 1, rest, core_erlang(c, "error", 1, reason));
    return test;
}

static struct core *struct_build(struct cx *c, term name, struct core *k)
{
    term defaults = struct_defaults(c, name, given_keys(c, k), true);
    k->base = core_lit(c, defaults);
    for (unsigned i = 0; i < k->npairs; i++) k->pairs[i].exact = true;
    return fold_map(c, k);
}

static void trace_struct(struct cx *c, int line, term name, term pairs)
{
    if (!tracing(c) || name == TERM_NONE) return;
    term keys = TERM_NIL;
    for (; is_cons(pairs); pairs = tail(pairs))
        if (is_tuple_of(head(pairs), 2)) keys = mk_cons(c->h, tuple_get(head(pairs), 0), keys);
    term values[2] = {name, list_reverse(c, keys)};
    trace_event(c, line, "struct_expansion", 2, values);
}

struct core *expand_struct(struct cx *c, term meta, term left, term map)
{
    int line = c->line = meta_line(c, meta);
    if (!is_form(map) || form_name(map) != AM_op_map) fail_compile(c, line, "expected struct to be followed by a map, got: %s", show(c, map));
    bool match = c->context == CONTEXT_MATCH, update = is_update(form_args(map));
    term name = alias_atom(c, left);
    trace_alias(c, left, name);
    struct core *type = NULL;
    if (match) type = name == TERM_NONE ? expand(c, left) : core_lit(c, name);
    else if (name == TERM_NONE) {
        type = expand(c, left);
        if (!core_is_lit(type) || !is_atom(type->lit))
            fail_compile(c, line, "expected struct name to be a compile time atom or alias, got: %s", show(c, left));
        name = type->lit;
    }
    if (match && update) fail_compile(c, line, "cannot use map/struct update syntax in match, got: %s", show(c, map));
    struct core *k = core_new(c, CORE_MAP);
    if (update) {
        term parts = form_args(head(form_args(map)));
        expand_updated(c, k, parts, line);
        trace_struct(c, line, name, TERM_NIL);
        return struct_update(c, name, k);
    }
    expand_pairs(c, k, form_args(map), false);
    c->line = line;
    trace_struct(c, line, name, form_args(map));
    return match ? struct_pattern(c, name, type, k) : struct_build(c, name, k);
}
