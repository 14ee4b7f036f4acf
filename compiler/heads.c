// SPDX-License-Identifier: Apache-2.0
// The heads of a module's clauses, kept beside its docs so that an error can tell which clauses a call did not match (Exception.blame_mfa/3).
//
// Invariant: heads are quoted forms without metadata, in which aliases and __MODULE__ are the atoms they meant where the clause stood.
#include "expand.h"

enum { HEAD_DEPTH = 200 };      // what is nested deeper is left as it is

static term reduced(struct cx *c, term q, unsigned depth);

static term reduced_list(struct cx *c, term list, unsigned depth)
{
    struct list_builder out;
    list_begin(&out, c->h);
    for (; is_cons(list); list = tail(list)) list_add(&out, reduced(c, head(list), depth));
    return list_end(&out, is_nil(list) ? list : reduced(c, list, depth));
}

// A value as a quoted form, or TERM_NONE if it holds what is seldom a part of a head.
static term form_of(struct cx *c, term value, unsigned depth)
{
    if (is_immediate(value) || is_binary(value)) return value;
    if (depth > HEAD_DEPTH || (!is_cons(value) && !is_tuple(value))) return TERM_NONE;
    struct list_builder out;
    list_begin(&out, c->h);
    uint64_t n = is_tuple(value) ? tuple_arity(value) : 0;
    term items = value;
    for (uint64_t i = 0; is_cons(items) || i < n; i++) {
        term item = form_of(c, n ? tuple_get(value, i) : head(items), depth + 1);
        if (item == TERM_NONE) return TERM_NONE;
        list_add(&out, item);
        if (!n) items = tail(items);
    }
    term list = list_end(&out, TERM_NIL);
    if (is_cons(value)) return is_nil(items) ? list : TERM_NONE;
    return n == 2 ? mk_tuple2(c->h, head(list), head(tail(list))) : mk_tuple3(c->h, AM_op_tuple, TERM_NIL, list);
}

static term attribute_form(struct cx *c, term name)
{
    struct attribute *a = attribute_find(c->m, name);
    return a && a->value != TERM_NONE ? form_of(c, a->value, 0) : TERM_NONE;
}

// Guards of one's own stand for what they say.
static bool own_guard(struct cx *c, term q, term *says)
{
    if (c->context != CONTEXT_GUARD || !is_list(form_args(q))) return false;
    if (is_form(form_name(q))) return expand_once(c, q, says);
    if (!is_atom(form_name(q))) return false;
    struct resolved r = resolve_import(c, form_meta(q), form_name(q), list_count(form_args(q)));
    if (r.kind != CALL_LOCAL_MACRO && (r.kind != CALL_MACRO || r.module == AM_Kernel)) return false;
    return expand_once(c, q, says);
}

static term reduced(struct cx *c, term q, unsigned depth)
{
    if (is_immediate(q) || depth > HEAD_DEPTH) return q;
    if (is_cons(q)) return reduced_list(c, q, depth + 1);
    if (is_tuple_of(q, 2)) return mk_tuple2(c->h, reduced(c, tuple_get(q, 0), depth + 1), reduced(c, tuple_get(q, 1), depth + 1));
    if (!is_form(q)) return q;
    term name = form_name(q), args = form_args(q), value;
    if (name == AM_op_at && is_cons(args) && is_variable(head(args)) && (value = attribute_form(c, form_name(head(args)))) != TERM_NONE) return value;
    if (name == AM__MODULE_ && is_atom(args)) return c->m->name;
    if (own_guard(c, q, &value)) return reduced(c, value, depth + 1);
    if (name == AM_aliases && is_cons(args)) {
        term atom = alias_expand(c, form_meta(q), args);
        if (atom != TERM_NONE) return atom;
    }
    return mk_tuple3(c->h, is_form(name) ? reduced(c, name, depth + 1) : name, TERM_NIL, is_variable(q) ? AM_nil : reduced(c, args, depth + 1));
}

term kept_head(struct cx *c, term args, term guard)
{
    term patterns = reduced_list(c, args, 0), when = AM_nil;
    struct unit *u = file_unit(c);
    enum context context = c->context;
    if (u && u->kept) c->context = CONTEXT_GUARD;
    if (guard != TERM_NONE) when = reduced(c, guard, 0);
    c->context = context;
    return mk_tuple2(c->h, patterns, when);
}

term module_heads(struct cx *c, const struct module_state *m)
{
    term all = TERM_NIL;
    for (const struct def *d = m->first; d; d = d->next) {
        if (d->hidden || d->generated_default || is_nil(d->heads) || (d->kind != KIND_DEF && d->kind != KIND_DEFP)) continue;
        term key = mk_tuple2(c->h, d->name, make_small((int64_t)d->arity));
        all = mk_cons(c->h, mk_tuple3(c->h, key, atom_c(c, kind_text(d->kind)), list_reverse(c, d->heads)), all);
    }
    return all;
}
