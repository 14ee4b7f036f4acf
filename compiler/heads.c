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

static term reduced(struct cx *c, term q, unsigned depth)
{
    if (is_immediate(q) || depth > HEAD_DEPTH) return q;
    if (is_cons(q)) return reduced_list(c, q, depth + 1);
    if (is_tuple_of(q, 2)) return mk_tuple2(c->h, reduced(c, tuple_get(q, 0), depth + 1), reduced(c, tuple_get(q, 1), depth + 1));
    if (!is_form(q)) return q;
    term name = form_name(q), args = form_args(q);
    if (name == AM__MODULE_ && is_atom(args)) return c->m->name;
    if (name == AM_aliases && is_cons(args)) {
        term atom = alias_expand(c, form_meta(q), args);
        if (atom != TERM_NONE) return atom;
    }
    return mk_tuple3(c->h, is_form(name) ? reduced(c, name, depth + 1) : name, TERM_NIL, is_variable(q) ? AM_nil : reduced(c, args, depth + 1));
}

term kept_head(struct cx *c, term args, term guard)
{
    return mk_tuple2(c->h, reduced_list(c, args, 0), guard == TERM_NONE ? AM_nil : reduced(c, guard, 0));
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
