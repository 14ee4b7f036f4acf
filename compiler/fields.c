// SPDX-License-Identifier: Apache-2.0
// Fields that a map is known not to have: `var.field` where the variable was matched with a struct pattern or bound to a map written out.
//
// Runs when a module closes, over Core. Invariant: it changes nothing; a variable is only known where every path has seen what it is, and
// of each clause the first mistake is told, with what made the variable known.
#include "expand.h"

#include <string.h>

// keys: a map with what fields there are, TERM_NONE: those of the struct `name`; quoted: the match that says so; `uses`: accesses since, newest
// first.
struct use { int line; const char *text; struct use *next; };
struct known { const struct var *var; term keys, name, quoted; int line; struct use *uses; struct known *next; };
struct check { struct cx *c; struct known *known; bool done; };

static void walk(struct check *s, const struct core *e);

// ---- what is known

static term struct_name(struct cx *c, const struct core *k)
{
    if (core_is_lit(k)) {
        term name = is_map(k->lit) ? map_get(c->vm, k->lit, AM__struct_) : TERM_NONE;
        return name != TERM_NONE && is_atom(name) ? name : AM_nil;
    }
    if (k->kind != CORE_MAP) return AM_nil;
    if (k->base) return struct_name(c, k->base);
    for (unsigned i = 0; i < k->npairs; i++)
        if (core_is_lit(k->pairs[i].key) && k->pairs[i].key->lit == AM__struct_ && core_is_lit(k->pairs[i].value) && is_atom(k->pairs[i].value->lit))
            return k->pairs[i].value->lit;
    return AM_nil;
}

static void know(struct check *s, const struct var *v, term keys, term name, const struct core *at)
{
    struct known *k = arena_new(s->c->a, struct known);
    *k = (struct known){v, keys, name, at->lit, at->line, NULL, s->known};
    s->known = k;
}

static const struct core *var_of(const struct core *a, const struct core *b) { return a->kind == CORE_VAR ? a : b->kind == CORE_VAR ? b : NULL; }

static bool written_as_struct(term match)
{
    return is_call_of(head(form_args(match)), AM_op_struct, 2) || is_call_of(list_at(form_args(match), 1), AM_op_struct, 2);
}

// `%Name{} = var` in a pattern, either way round.
static void pattern(struct check *s, const struct core *p)
{
    check_nesting(s->c);
    if (p->kind == CORE_ALIAS && p->lit) {
        const struct core *v = var_of(p->args[0], p->args[1]), *other = v == p->args[0] ? p->args[1] : p->args[0];
        term name = v && written_as_struct(p->lit) ? struct_name(s->c, other) : AM_nil;
        if (name != AM_nil) know(s, v->var, TERM_NONE, name, p);
    }
    for (unsigned i = 0; i < p->nargs; i++) pattern(s, p->args[i]);
    for (unsigned i = 0; i < p->npairs; i++) pattern(s, p->pairs[i].value);
}

// The fields of a map that is written out; TERM_NONE if they are not all known.
static term written_keys(struct cx *c, const struct core *k)
{
    if (core_is_lit(k)) return is_map(k->lit) ? k->lit : TERM_NONE;
    if (k->kind != CORE_MAP || (k->base && !core_is_lit(k->base))) return TERM_NONE;
    term map = k->base ? k->base->lit : map_empty(c->h);
    for (unsigned i = 0; i < k->npairs && map != TERM_NONE; i++)
        map = core_is_lit(k->pairs[i].key) ? map_put(c->vm, c->h, map, k->pairs[i].key->lit, AM_nil) : TERM_NONE;
    return map;
}

static void match(struct check *s, const struct core *e)
{
    const struct core *left = e->args[0], *value = e->args[1];
    pattern(s, left);
    if (!e->lit) return;
    if (left->kind == CORE_VAR) {
        term keys = written_keys(s->c, value);
        if (keys != TERM_NONE && is_map(keys) && map_size(keys)) know(s, left->var, keys, struct_name(s->c, value), e);
    } else if (value->kind == CORE_VAR && left->kind == CORE_MAP && written_as_struct(e->lit) && struct_name(s->c, left) != AM_nil)
        know(s, value->var, TERM_NONE, struct_name(s->c, left), e);
}

// ---- what is told

static const char *indented(struct cx *c, const char *text)
{
    const char *line, *out = "";
    for (; (line = strchr(text, '\n')); text = line + 1) out = cx_format(c, "%s%.*s\n    ", out, (int)(line - text), text);
    return cx_format(c, "%s%s", out, text);
}

static int by_name(struct cx *c, term a, term b) { return strcmp(atom_c_text(c, a), atom_c_text(c, b)); }

static const char *field_names(struct cx *c, term keys)
{
    term sorted = TERM_NIL, key, value;
    struct map_iter it;
    map_iter_init(&it, keys);
    while (map_iter_next(&it, &key, &value)) {
        if (!is_atom(key)) continue;
        term *at = &sorted;
        while (is_cons(*at) && by_name(c, head(*at), key) < 0) at = &cons_ptr(*at)[1];
        *at = mk_cons(c->h, key, *at);
    }
    const char *text = "";
    for (; is_cons(sorted); sorted = tail(sorted)) text = cx_format(c, "%s%s%s", text, *text ? ", " : "", atom_c_text(c, head(sorted)));
    return text;
}

// The alias of a struct is shown as what it stands for; a struct that is built, with all its fields.
static term named(struct check *s, const struct known *k, term q, bool built)
{
    struct cx *c = s->c;
    if (!is_call_of(q, AM_op_struct, 2) || k->name == AM_nil) return q;
    term map = list_at(form_args(q), 1), given = form_args(map), pairs = TERM_NIL, key, value;
    if (built && is_map(k->keys)) {
        for (term l = list_reverse(c, given); is_cons(l); l = tail(l)) pairs = mk_cons(c->h, head(l), pairs);
        term sorted = TERM_NIL;
        struct map_iter it;
        map_iter_init(&it, struct_of_name(c, k->name));
        while (map_iter_next(&it, &key, &value)) {
            if (key == AM__struct_ || meta_get(given, key) != TERM_NONE) continue;
            term *at = &sorted;
            while (is_cons(*at) && by_name(c, tuple_get(head(*at), 0), key) < 0) at = &cons_ptr(*at)[1];
            *at = mk_cons(c->h, mk_tuple2(c->h, key, escape_term(c, value)), *at);
        }
        for (term l = list_reverse(c, sorted); is_cons(l); l = tail(l)) pairs = mk_cons(c->h, head(l), pairs);
        map = mk_form(c, AM_op_map, form_meta(map), pairs);
    }
    return mk_form(c, AM_op_struct, form_meta(q), mk_list_of(c, 2, k->name, map));
}

static const char *origin(struct check *s, const struct known *k)
{
    struct cx *c = s->c;
    term left = head(form_args(k->quoted)), right = list_at(form_args(k->quoted), 1);
    term q = mk_form(c, AM_op_match, form_meta(k->quoted), mk_list_of(c, 2, named(s, k, left, false), named(s, k, right, k->keys != TERM_NONE)));
    return indented(c, show(c, q));
}

static const char *given(struct cx *c, const char *var, const char *type, const char *how, const char *file, int line, const char *text)
{
    return cx_format(c, "where \"%s\" was given the type %s%s in:\n\n    # %s:%d\n    %s\n\n", var, type, how, file, line, text);
}

static const char *accesses(struct cx *c, const struct use *u, const char *var, const char *type, const char *file)
{
    static const char how[] = " (due to calling var.field)";
    if (!u) return "";
    const char *before = accesses(c, u->next, var, type, file);
    return cx_format(c, "%s%s%s", before, given(c, var, "map()", how, file, u->line, u->text), given(c, var, type, how, file, u->line, u->text));
}

static void tell(struct check *s, const struct known *k, int line, term field, const char *text, term keys)
{
    struct cx *c = s->c;
    const char *var = atom_c_text(c, k->var->name), *file = term_text(c, relative_path(c->h, c->env->file));
    const char *type = k->name == AM_nil ? "map()" : cx_format(c, "%%%s{}", inspect_atom(c, k->name));
    static const char hint[] = "HINT: \"var.field\" (without parentheses) implies \"var\" is a map() while \"var.fun()\" (with parentheses) implies "
                               "\"var\" is an atom()\n\n";
    warn_at(c, line, IN_FUNCTION, "undefined field \"%s\" in expression:\n\n    # %s:%d\n    %s\n\nexpected one of the following fields: "
                                  "%s\n\n%s%s%sConflict found at",
            atom_c_text(c, field), file, line, text, field_names(c, keys), given(c, var, type, "", file, k->line, origin(s, k)),
            accesses(c, k->uses, var, type, file), k->uses ? hint : "");
    s->done = true;
}

// ---- the walk

static struct known *find(struct check *s, const struct core *e)
{
    struct known *k = e->kind == CORE_VAR ? s->known : NULL;
    while (k && k->var != e->var) k = k->next;
    return k;
}

static term keys_of(struct check *s, const struct known *k) { return k->keys != TERM_NONE ? k->keys : struct_of_name(s->c, k->name); }

// var.field
static void access(struct check *s, const struct core *e)
{
    struct cx *c = s->c;
    struct known *k = find(s, e->args[0]);
    if (!k) return;
    term keys = keys_of(s, k);
    const char *text = cx_format(c, "%s.%s", atom_c_text(c, k->var->name), atom_c_text(c, e->f));
    if (map_get(c->vm, keys, e->f) == TERM_NONE) return tell(s, k, e->line, e->f, text, keys);
    struct use *u = arena_new(c->a, struct use);
    struct known *after = arena_new(c->a, struct known);
    *u = (struct use){e->line, text, k->uses};
    *after = *k;
    after->uses = u;
    after->next = s->known;
    s->known = after;
}

// %{var | field: value}
static void update(struct check *s, const struct core *e)
{
    struct known *k = find(s, e->base);
    if (!k) return;
    term keys = keys_of(s, k);
    for (unsigned i = 0; i < e->npairs && !s->done; i++)
        if (core_is_lit(e->pairs[i].key) && is_atom(e->pairs[i].key->lit) && map_get(s->c->vm, keys, e->pairs[i].key->lit) == TERM_NONE)
            tell(s, k, e->line, e->pairs[i].key->lit, indented(s->c, show(s->c, e->lit)), keys);
}

static void walk_apart(struct check *s, const struct core *e)
{
    struct known *known = s->known;
    walk(s, e);
    s->known = known;
}

static void walk_clauses(struct check *s, const struct core_clause *all, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        struct known *known = s->known;
        for (unsigned j = 0; j < all[i].npatterns; j++) pattern(s, all[i].patterns[j]);
        walk(s, all[i].body);
        s->known = known;
    }
}

static void walk(struct check *s, const struct core *e)
{
    if (!e || core_is_lit(e) || s->done) return;
    check_nesting(s->c);
    if (e->kind == CORE_IF) {
        walk(s, e->args[0]);
        walk_apart(s, e->args[1]);
        walk_apart(s, e->args[2]);
        return;
    }
    for (unsigned i = 0; i < e->nargs; i++)
        if (e->kind == CORE_TRY || e->kind == CORE_RECEIVE) walk_apart(s, e->args[i]);
        else walk(s, e->args[i]);
    if (s->done) return;
    if (e->kind == CORE_MATCH) match(s, e);
    if (e->kind == CORE_DOT && !e->generated) access(s, e);
    if (e->kind == CORE_MAP && e->base && e->lit) update(s, e);
    walk_clauses(s, e->clauses, e->nclauses);
    for (unsigned i = 0; i < e->ncatches; i++) walk_apart(s, e->catches[i].body);
    walk(s, e->base);
    for (unsigned i = 0; i < e->npairs; i++) {
        walk(s, e->pairs[i].key);
        walk(s, e->pairs[i].value);
    }
    for (unsigned i = 0; i < e->nsegments; i++) walk(s, e->segments[i].value);
    if (e->kind == CORE_FN || e->kind == CORE_LETFUN) walk_clauses(s, e->fun->clauses, e->fun->nclauses);
    walk(s, e->body);
}

void check_fields(struct cx *c, struct module_state *m)
{
    struct env *env = c->env;
    for (struct def *d = m->first; d; d = d->next) {
        if (!d->reached || d->from_context || d->hidden) continue;
        struct env *own = env_copy(c);
        own->function = d->name;
        own->arity = d->arity;
        for (unsigned i = 0; i < d->nclauses; i++) {
            struct check s = {.c = c};
            walk_clauses(&s, &d->clauses[i], 1);
        }
        c->env = env;
    }
}
