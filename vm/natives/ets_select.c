// SPDX-License-Identifier: Apache-2.0
// :ets natives that run match specifications over a table: select, match, and what changes many objects.
//
// A traversal with a limit returns a continuation {table, kind, head or specification, limit, key or slot, entries of it done}.
// Invariants: results are copied out before the table can change; on hash tables they come newest slot first, as on the BEAM.
#include <stdlib.h>

#include "ets.h"

// ---- what to run

enum kind { KIND_SELECT, KIND_MATCH, KIND_OBJECT };     // body given, [$$], [$_]

struct query {
    struct process *p;
    struct ets_table *t;
    struct ets_spec spec;
    enum kind kind;
    term given;             // specification or pattern
    bool backwards;
};

static bool query_init(struct query *q, struct process *p, struct ets_table *t, enum kind kind, term given, bool backwards)
{
    *q = (struct query){.p = p, .t = t, .kind = kind, .given = given, .backwards = backwards};
    if (kind == KIND_SELECT) {
        if (ets_spec_init(&q->spec, p, given, t->keypos)) return true;
        return raise_badarg(p, 2, BAD_SPEC), false;
    }
    ets_spec_pattern(&q->spec, p, given, kind == KIND_MATCH ? AM_dollar_dollar : AM_dollar_underscore, t->keypos);
    return true;
}

static term run_copy(struct query *q, struct ets_object *o)
{
    term t = ets_spec_run(&q->spec, o->tuple);
    return t == TERM_NONE ? t : term_copy(q->p->vm, &q->p->heap, t);
}

// ---- everything at once

// The objects that can match: those of the one key in the pattern, else all. A snapshot: malloc'ed, in traversal order.
static struct ets_object **candidates(struct query *q, size_t *n)
{
    struct ets_table *t = q->t;
    struct ets_cursor c;
    term key = ets_spec_key(&q->spec);
    struct ets_object **a = malloc((t->count + 1) * sizeof *a);
    if (!a) abort();
    *n = 0;
    if (key != TERM_NONE) {
        for (struct ets_object *o = ets_find(q->p->vm, t, key); o; o = ets_next_same(o)) a[(*n)++] = o;
    } else {
        for (bool more = ets_first(t, &c, q->backwards); more; more = ets_next(t, &c, q->backwards)) a[(*n)++] = c.object;
    }
    native_charge(q->p, *n / 5);
    return a;
}

static term select_all(struct query *q)
{
    size_t n, kept = 0;
    struct ets_object **a = candidates(q, &n);
    term *found = malloc((n + 1) * sizeof *found);
    if (!found) abort();
    for (size_t i = 0; i < n; i++) {
        term t = run_copy(q, a[i]);
        if (t != TERM_NONE) found[kept++] = t;
    }
    term list = TERM_NIL;
    if (q->t->type == ETS_ORDERED) list = mk_list(&q->p->heap, kept, found, TERM_NIL);
    else
        for (size_t i = 0; i < kept; i++) list = mk_cons(&q->p->heap, found[i], list);
    free(found);
    free(a);
    ets_spec_free(&q->spec);
    return list;
}

static term select_native(struct process *p, term id, enum kind kind, term given, bool backwards)
{
    struct query q;
    struct ets_table *t = ets_open(p, id, ETS_READ);
    if (!t || !query_init(&q, p, t, kind, given, backwards)) return TERM_NONE;
    return select_all(&q);
}

NATIVE("ets", "select", 2, ets_select_2, "What a match specification makes of the objects.") { return select_native(p, arg[0], KIND_SELECT, arg[1], false); }
NATIVE("ets", "select_reverse", 2, ets_select_reverse_2, "Like select/2, from the last object to the first.") { return select_native(p, arg[0], KIND_SELECT, arg[1], true); }
NATIVE("ets", "match", 2, ets_match_2, "The variables of a pattern for each object that matches.") { return select_native(p, arg[0], KIND_MATCH, arg[1], false); }
NATIVE("ets", "match_object", 2, ets_match_object_2, "The objects that match a pattern.") { return select_native(p, arg[0], KIND_OBJECT, arg[1], false); }
NATIVE("ets", "tab2list", 1, ets_tab2list, "All objects.") { return select_native(p, arg[0], KIND_OBJECT, AM_underscore, false); }

// ---- in portions

// Moves behind `done` objects of the bucket, or behind the key. False: the table ends there.
static bool resume(struct query *q, struct ets_cursor *c, term place, int64_t done)
{
    bool missing;
    if (q->t->type == ETS_ORDERED) return ets_after(q->p->vm, q->t, place, c, q->backwards, &missing);
    size_t bucket = (size_t)small_value(place);
    if (!ets_hash_from(q->t, c, bucket)) return false;
    while (done-- > 0 && c->bucket == bucket)
        if (!ets_next(q->t, c, false)) return false;
    return true;
}

static term continuation(struct query *q, const struct ets_cursor *c, int64_t limit, int64_t done)
{
    struct heap *h = &q->p->heap;
    bool ordered = q->t->type == ETS_ORDERED;
    term place = ordered ? term_copy(q->p->vm, h, ets_key(q->t, c->object)) : make_small((int64_t)c->bucket);
    term words[6] = {q->t->named ? q->t->name : q->t->ref, make_small((int64_t)q->kind * 2 + q->backwards), q->given, make_small(limit), place, make_small(done)};
    return mk_tuple(h, 6, words);
}

// From the cursor on until `limit` results. `done`: how many objects of its bucket lie behind the cursor.
static term portion(struct query *q, struct ets_cursor c, bool more, int64_t limit, int64_t done)
{
    struct list_builder out;
    struct heap *h = &q->p->heap;
    term reversed = TERM_NIL, next = AM_end_of_table;
    int64_t n = 0, steps = 0;
    bool ordered = q->t->type == ETS_ORDERED;
    list_begin(&out, h);
    while (more) {
        term t = run_copy(q, c.object);
        struct ets_cursor here = c;
        steps++;
        if (t != TERM_NONE) {
            n++;
            if (ordered) list_add(&out, t);
            else reversed = mk_cons(h, t, reversed);
        }
        more = ets_next(q->t, &c, q->backwards);
        if (more) done = c.bucket == here.bucket ? done + 1 : 0;
        if (n < limit) continue;
        if (more) next = continuation(q, ordered ? &here : &c, limit, done);
        break;
    }
    term list = ordered ? list_end(&out, TERM_NIL) : reversed;
    native_charge(q->p, (size_t)steps / 5);
    ets_spec_free(&q->spec);
    return n ? mk_tuple2(h, list, next) : AM_end_of_table;
}

static term select_limited(struct process *p, const term *arg, enum kind kind, bool backwards)
{
    struct query q;
    struct ets_cursor c;
    struct ets_table *t = ets_open(p, arg[0], ETS_READ);
    if (!t) return TERM_NONE;
    if (!is_integer(arg[2])) return raise_badarg(p, 3, "not an integer");
    if (num_compare(arg[2], make_small(1)) < 0) return raise_badarg(p, 3, "out of range");
    if (!query_init(&q, p, t, kind, arg[1], backwards)) return TERM_NONE;
    bool more = ets_first(t, &c, backwards);
    return portion(&q, c, more, is_small(arg[2]) ? small_value(arg[2]) : SMALL_MAX, 0);
}

static term select_more(struct process *p, term next)
{
    struct query q;
    struct ets_cursor c = {0};
    if (next == AM_end_of_table) return next;
    if (!is_tuple_of(next, 6) || !is_small(tuple_get(next, 1)) || !is_small(tuple_get(next, 3)) || !is_small(tuple_get(next, 5)))
        return raise_badarg(p, 1, "invalid continuation");
    struct ets_table *t = ets_open(p, tuple_get(next, 0), ETS_READ);
    if (!t) return TERM_NONE;
    int64_t kind = small_value(tuple_get(next, 1)), limit = small_value(tuple_get(next, 3)), done = small_value(tuple_get(next, 5));
    bool place_fits = t->type == ETS_ORDERED || (is_small(tuple_get(next, 4)) && small_value(tuple_get(next, 4)) >= 0);
    if (kind < 0 || kind > 5 || limit < 1 || done < 0 || !place_fits) return raise_badarg(p, 1, "invalid continuation");
    if (!query_init(&q, p, t, (enum kind)(kind / 2), tuple_get(next, 2), kind & 1)) return TERM_NONE;
    bool more = resume(&q, &c, tuple_get(next, 4), done);
    return portion(&q, c, more, limit, done);
}

NATIVE("ets", "select", 3, ets_select_3, "{some results, continuation}, or the end of the table.") { return select_limited(p, arg, KIND_SELECT, false); }
NATIVE("ets", "select", 1, ets_select_1, "The next results of a continuation.") { return select_more(p, arg[0]); }
NATIVE("ets", "select_reverse", 3, ets_select_reverse_3, "{some results, continuation}, from the last object on.") { return select_limited(p, arg, KIND_SELECT, true); }
NATIVE("ets", "select_reverse", 1, ets_select_reverse_1, "The next results of a continuation.") { return select_more(p, arg[0]); }
NATIVE("ets", "match", 3, ets_match_3, "{variables of some matches, continuation}.") { return select_limited(p, arg, KIND_MATCH, false); }
NATIVE("ets", "match", 1, ets_match_1, "The next matches of a continuation.") { return select_more(p, arg[0]); }
NATIVE("ets", "match_object", 3, ets_match_object_3, "{some objects that match, continuation}.") { return select_limited(p, arg, KIND_OBJECT, false); }
NATIVE("ets", "match_object", 1, ets_match_object_1, "The next objects of a continuation.") { return select_more(p, arg[0]); }

// ---- changes

enum change { CHANGE_COUNT, CHANGE_DELETE, CHANGE_REPLACE };

static bool replace_object(struct query *q, struct ets_object *o, term tuple)
{
    struct ets_table *t = q->t;
    if (!is_tuple(tuple) || tuple_arity(tuple) < t->keypos || !term_same(tuple_get(tuple, t->keypos - 1), ets_key(t, o))) return false;
    ets_replace(q->p->vm, t, o, tuple);
    return true;
}

static term change_all(struct query *q, enum change change)
{
    size_t n, changed = 0;
    struct ets_object **a = candidates(q, &n);
    for (size_t i = 0; i < n; i++) {
        term t = ets_spec_run(&q->spec, a[i]->tuple);
        if (t == TERM_NONE) continue;
        if (change == CHANGE_REPLACE) changed += replace_object(q, a[i], t);
        if (change == CHANGE_REPLACE || t != AM_true) continue;
        changed++;
        if (change == CHANGE_DELETE) ets_remove(q->p->vm, q->t, a[i]);
    }
    free(a);
    ets_spec_free(&q->spec);
    return make_small((int64_t)changed);
}

static term change_native(struct process *p, const term *arg, enum change change)
{
    struct query q;
    struct ets_table *t = ets_open(p, arg[0], change == CHANGE_COUNT ? ETS_READ : ETS_WRITE);
    if (!t || !query_init(&q, p, t, KIND_SELECT, arg[1], false)) return TERM_NONE;
    return change_all(&q, change);
}

NATIVE("ets", "select_count", 2, ets_select_count, "For how many objects a match specification is true.") { return change_native(p, arg, CHANGE_COUNT); }
NATIVE("ets", "select_delete", 2, ets_select_delete, "Deletes the objects for which a match specification is true.") { return change_native(p, arg, CHANGE_DELETE); }

// Whether `made`, the key element of a body, is evidently the key that the head's key element `key` matched.
static bool is_same_key(term made, term key, size_t keypos)
{
    if (is_tuple_of(made, 2) && tuple_get(made, 0) == AM_const) return term_same(tuple_get(made, 1), key);
    if (is_tuple_of(made, 3) && tuple_get(made, 0) == AM_element)
        return tuple_get(made, 1) == make_small((int64_t)keypos) && tuple_get(made, 2) == AM_dollar_underscore;
    return key != AM_underscore && term_same(made, key);
}

// Every clause must evidently keep the key: the body is $_, or a tuple with the head's key in its place.
static bool keeps_key(const struct ets_spec *s)
{
    for (size_t i = 0; i < s->n; i++) {
        term h = s->clauses[i].head, b = s->clauses[i].body;
        while (is_cons(tail(b))) b = tail(b);
        b = head(b);
        if (b == AM_dollar_underscore) continue;
        if (!is_tuple(h) || tuple_arity(h) < s->keypos || !is_tuple_of(b, 1) || !is_tuple(tuple_get(b, 0))) return false;
        term made = tuple_get(b, 0);
        if (tuple_arity(made) < s->keypos || !is_same_key(tuple_get(made, s->keypos - 1), tuple_get(h, s->keypos - 1), s->keypos)) return false;
    }
    return true;
}

NATIVE("ets", "select_replace", 2, ets_select_replace, "Replaces objects by what a match specification makes of them; keys stay.")
{
    struct query q;
    struct ets_table *t = ets_open(p, arg[0], ETS_WRITE);
    if (!t) return TERM_NONE;
    if (t->type == ETS_BAG) return raise_badarg(p, 1, BAD_TYPE);
    if (!query_init(&q, p, t, KIND_SELECT, arg[1], false)) return TERM_NONE;
    if (!keeps_key(&q.spec)) return ets_spec_free(&q.spec), raise_badarg(p, 2, BAD_SPEC);
    return change_all(&q, CHANGE_REPLACE);
}
NATIVE("ets", "match_delete", 2, ets_match_delete, "Deletes the objects that match a pattern.")
{
    struct query q;
    struct ets_table *t = ets_open(p, arg[0], ETS_WRITE);
    if (!t) return TERM_NONE;
    ets_spec_pattern(&q.spec, p, arg[1], AM_true, t->keypos);
    q = (struct query){.p = p, .t = t, .spec = q.spec, .kind = KIND_SELECT, .given = arg[1]};
    return change_all(&q, CHANGE_DELETE) == TERM_NONE ? TERM_NONE : AM_true;
}

NATIVE("ets", "is_compiled_ms", 1, ets_is_compiled_ms, "Whether a term is a compiled match specification.")
{
    return mk_bool(is_tuple_of(arg[0], 2) && tuple_get(arg[0], 0) == AM_compiled_ms);
}
NATIVE("ets", "match_spec_compile", 1, ets_match_spec_compile, "A match specification for match_spec_run.")
{
    struct ets_spec s;
    if (!ets_spec_init(&s, p, arg[0], 1)) return raise_badarg(p, 1, BAD_SPEC);
    ets_spec_free(&s);
    return mk_tuple2(&p->heap, AM_compiled_ms, arg[0]);
}
NATIVE("ets", "match_spec_run", 2, ets_match_spec_run, "What a compiled match specification makes of the tuples in a list.")
{
    struct ets_spec s;
    struct list_builder out;
    size_t n;
    if (!list_length(arg[0], &n)) return raise_badarg(p, 1, "not a proper list");
    if (!is_tuple_of(arg[1], 2) || tuple_get(arg[1], 0) != AM_compiled_ms || !ets_spec_init(&s, p, tuple_get(arg[1], 1), 1))
        return raise_badarg(p, 2, "not a valid compiled match specification");
    list_begin(&out, &p->heap);
    for (term l = arg[0]; is_cons(l); l = tail(l)) {
        term t = ets_spec_run(&s, head(l));
        if (t != TERM_NONE) list_add(&out, t);
    }
    ets_spec_free(&s);
    native_charge(p, n / 5);
    return list_end(&out, TERM_NIL);
}
