// SPDX-License-Identifier: Apache-2.0
// for: generators, filters and the ways to collect.
//
// A generator is a loop function (CORE_LETFUN) of the rest and the accumulator; the loops nest. A list is walked as it is; a map or a range is asked
// for list cells by :phial_for.next/1, whose answer is a list that may end in something to ask again (the rest of a range). Any other enumerable
// is answered as {:phial_reduce, enumerable}: it is reduced, and the reducer calls the loop with one element. So the body is there once.
#include "expand.h"

#include "../vm/code.h"

#include <string.h>

enum collect { INTO_LIST, INTO_BINARY, INTO_MAP, INTO_ANY, INTO_REDUCE, INTO_NOTHING };
struct comprehension {
    enum collect collect;
    bool uniq;
    bool bits_only;     // Erlang's own comprehension: of bitstrings alone, into a list or a binary; it has its own word for what is none
    term body;
    struct var *into_fun;
};

static struct core *pattern_var(struct cx *c, struct var *v)
{
    struct core *k = core_new(c, CORE_VAR);
    k->var = v;
    return k;
}

// ---- the innermost: the body and the new accumulator

static struct core *collected(struct cx *c, struct comprehension *f, struct core *acc, struct core *value)
{
    switch (f->collect) {
    case INTO_LIST: case INTO_MAP: return core_args(c, CORE_CONS, 2, value, acc);
    case INTO_NOTHING: return core_is_lit(value) || value->kind == CORE_VAR ? acc : core_seq(c, 2, value, acc);
    case INTO_ANY:
        return core_args(c, CORE_APPLY, 3, core_var(c, f->into_fun), acc, core_args(c, CORE_TUPLE, 2, core_lit(c, AM_cont), value));
    default: break;
    }
    struct core *k = core_new(c, CORE_BITS);
    unsigned n = value->kind == CORE_BITS ? value->nsegments : 1;
    k->segments = arena_array(c->a, struct core_segment, n + 1);
    k->nsegments = n + 1;
    k->segments[0] = (struct core_segment){.value = acc, .type = BITS_BINARY, .flags = BITS_COLLECTED, .unit = 1};
    if (value->kind == CORE_BITS) memcpy(k->segments + 1, value->segments, n * sizeof *k->segments);
    else k->segments[1] = (struct core_segment){.value = value, .type = BITS_BINARY, .flags = BITS_COLLECTED, .unit = 1};
    return k;
}

// The accumulator is {collected, map of values seen}.
static struct core *collect_unique(struct cx *c, struct comprehension *f, struct var *acc, struct core *value)
{
    struct var *v = var_fresh(c, "value"), *old = var_fresh(c, "acc"), *seen = var_fresh(c, "seen");
    struct core *parts = core_args(c, CORE_TUPLE, 2, pattern_var(c, old), pattern_var(c, seen));
    struct core *put = core_call(c, AM_maps, atom_c(c, "put"), 3, core_var(c, v), core_lit(c, AM_true), core_var(c, seen));
    struct core *added = core_args(c, CORE_TUPLE, 2, collected(c, f, core_var(c, old), core_var(c, v)), put);
    struct core *test = core_args(c, CORE_IF, 3, core_erlang(c, "is_map_key", 2, core_var(c, v), core_var(c, seen)), core_var(c, acc), added);
    test->strict = true;
    return core_seq(c, 3, core_bind(c, v, value), core_args(c, CORE_MATCH, 2, parts, core_var(c, acc)), test);
}

static struct core *reduce_body(struct cx *c, struct comprehension *f, struct var *acc)
{
    static const char text[] =
        "when using :reduce with comprehensions, the do block must be written using acc -> expr clauses, where each clause expects the accumulator "
        "as a single argument";
    if (!is_clauses(f->body) || list_count(head(form_args(head(f->body)))) != 1) fail_compile(c, c->line, "%s", text);
    struct core *k = core_args(c, CORE_CASE, 1, core_var(c, acc));
    k->fail = FAIL_CASE_CLAUSE;
    k->clauses = expand_clauses(c, f->body, "for", "do", 1, &k->nclauses);
    return k;
}

static struct core *innermost(struct cx *c, struct comprehension *f, struct var *acc)
{
    if (f->collect == INTO_REDUCE) return reduce_body(c, f, acc);
    struct core *value = expand_scoped(c, f->body);
    return f->uniq ? collect_unique(c, f, acc, value) : collected(c, f, core_var(c, acc), value);
}

// ---- generators

static struct core *step_from(struct cx *c, struct comprehension *f, term steps, struct var *acc);

static struct core *again(struct cx *c, struct core_fun *loop, struct core *rest, struct core *acc)
{
    struct core *k = core_args(c, CORE_CALL_LETFUN, 2, rest, acc);
    k->fun = loop;
    return k;
}

// A clause of the loop: first pattern, fresh accumulator variable.
static struct core_clause *loop_clause(struct cx *c, struct core_fun *loop, struct core *pattern, struct var **acc)
{
    struct core_clause *k = &loop->clauses[loop->nclauses++];
    *acc = var_fresh(c, "acc");
    k->npatterns = 2;
    k->patterns = arena_array(c->a, struct core *, 2);
    k->patterns[0] = pattern;
    k->patterns[1] = pattern_var(c, *acc);
    k->line = c->line;
    k->generated = true;
    return k;
}

static struct core_fun *loop_new(struct cx *c)
{
    struct core_fun *loop = arena_new(c->a, struct core_fun);
    *loop = (struct core_fun){.name = AM_empty, .arity = 2, .line = c->line, .clauses = arena_array(c->a, struct core_clause, 5)};
    return loop;
}

// The clause that takes an element: what it does with the steps that follow, then the loop goes on.
static void take_clause(struct cx *c, struct comprehension *f, struct core_fun *loop, struct core *pattern, term guard, struct var *rest, term steps)
{
    struct var *acc;
    int line = c->line;
    struct core_clause *k = loop_clause(c, loop, pattern, &acc);
    k->generated = false;
    if (guard != TERM_NONE) expand_guards(c, guard, k);
    struct core *next = step_from(c, f, steps, acc);
    c->line = line;
    k->body = again(c, loop, core_var(c, rest), next);
}

static bool takes_all(const struct core *p, const struct core_clause *k)
{
    return !k->nguards && (p->kind == CORE_WILD || p->kind == CORE_VAR);
}

static struct core *loop_over(struct cx *c, struct core_fun *loop, struct core *source, struct var *acc)
{
    struct core *k = core_new(c, CORE_LETFUN);
    k->fun = loop;
    k->body = again(c, loop, source, core_var(c, acc));
    return k;
}

// What is no list is asked for its first cells before the loop: what it raises comes from the function that the comprehension is in.
static struct core *cells_of(struct cx *c, struct core *source)
{
    if (core_is_lit(source) && is_list(source->lit)) return source;
    struct var *list = var_fresh(c, "list"), *other = var_fresh(c, "other");
    struct core *k = core_args(c, CORE_CASE, 1, source);
    k->nclauses = 2;
    k->clauses = arena_array(c->a, struct core_clause, 2);
    for (unsigned i = 0; i < 2; i++) {
        struct core_clause *clause = &k->clauses[i];
        *clause = (struct core_clause){.npatterns = 1, .patterns = arena_array(c->a, struct core *, 1), .line = c->line, .generated = true};
        clause->patterns[0] = pattern_var(c, i ? other : list);
    }
    k->clauses[0].guards = arena_array(c->a, struct core *, 1);
    k->clauses[0].guards[k->clauses[0].nguards++] = core_erlang(c, "is_list", 1, core_var(c, list));
    k->clauses[0].body = core_var(c, list);
    k->clauses[1].body = core_call(c, atom_c(c, "phial_for"), atom_c(c, "next"), 1, core_var(c, other));
    return k;
}

// fn x, acc -> {:cont, loop([x], acc)} end
static struct core *reducer(struct cx *c, struct core_fun *loop)
{
    struct core *k = core_new(c, CORE_FN);
    struct core_fun *f = k->fun = arena_new(c->a, struct core_fun);
    *f = (struct core_fun){.name = AM_empty, .arity = 2, .line = c->line, .clauses = arena_array(c->a, struct core_clause, 1)};
    struct var *x = var_fresh(c, "x"), *acc;
    struct core_clause *clause = loop_clause(c, f, pattern_var(c, x), &acc);
    struct core *element = core_args(c, CORE_CONS, 2, core_var(c, x), core_lit(c, TERM_NIL));
    clause->body = core_args(c, CORE_TUPLE, 2, core_lit(c, AM_cont), again(c, loop, element, core_var(c, acc)));
    return k;
}

// The clauses for what is no list: an enumerable to reduce, and what has further cells.
static void other_clauses(struct cx *c, struct core_fun *loop)
{
    struct var *other = var_fresh(c, "other"), *enumerable = var_fresh(c, "enumerable"), *a;
    term phial_for = atom_c(c, "phial_for");
    struct core *tagged = core_args(c, CORE_TUPLE, 2, core_lit(c, atom_c(c, "phial_reduce")), pattern_var(c, enumerable));
    struct core_clause *k = loop_clause(c, loop, tagged, &a);
    k->body = core_call(c, phial_for, atom_c(c, "over"), 3, core_var(c, enumerable), core_var(c, a), reducer(c, loop));
    k = loop_clause(c, loop, pattern_var(c, other), &a);
    k->body = again(c, loop, core_call(c, phial_for, atom_c(c, "next"), 1, core_var(c, other)), core_var(c, a));
}

static struct core *list_generator(struct cx *c, struct comprehension *f, term step, term steps, struct var *acc)
{
    int line = c->line = meta_line(c, form_meta(step));
    struct core *source = cells_of(c, expand_source(c, list_at(form_args(step), 1)));
    term guard, patterns = split_guards(c, mk_list_of(c, 1, head(form_args(step))), &guard);
    if (list_count(patterns) != 1)
        fail_compile(c, line, "expected one pattern on the left of <- in \"for\", got: %s", show(c, head(form_args(step))));
    term pattern = head(patterns);
    c->line = line;
    struct core_fun *loop = loop_new(c);
    struct var *rest = var_fresh(c, "rest"), *a;
    struct core *element = expand_pattern(c, pattern);
    c->line = line;
    take_clause(c, f, loop, core_args(c, CORE_CONS, 2, element, pattern_var(c, rest)), guard, rest, steps);
    if (!takes_all(element, &loop->clauses[0])) {
        struct var *skip = var_fresh(c, "rest");
        struct core_clause *k = loop_clause(c, loop, core_args(c, CORE_CONS, 2, core_new(c, CORE_WILD), pattern_var(c, skip)), &a);
        k->body = again(c, loop, core_var(c, skip), core_var(c, a));
    }
    struct core_clause *end = loop_clause(c, loop, core_lit(c, TERM_NIL), &a);
    end->body = core_var(c, a);
    other_clauses(c, loop);
    return loop_over(c, loop, source, acc);
}

static bool is_binary_generator(term q)
{
    if (!is_form(q) || form_name(q) != AM_op_bits || !is_cons(form_args(q))) return false;
    return is_call_of(list_at(form_args(q), list_count(form_args(q)) - 1), AM_op_left_arrow, 2);
}

static struct core *with_rest(struct cx *c, struct core *bits, struct core *rest)
{
    struct core *k = core_new(c, CORE_BITS);
    unsigned n = bits->kind == CORE_BITS ? bits->nsegments : 1;
    k->segments = arena_array(c->a, struct core_segment, n + 1);
    if (bits->kind == CORE_BITS) memcpy(k->segments, bits->segments, n * sizeof *k->segments);
    else k->segments[0] = (struct core_segment){.value = bits, .type = BITS_BINARY, .unit = 8};
    k->segments[n] = (struct core_segment){.value = rest, .type = BITS_BINARY, .unit = 1};
    k->nsegments = n + 1;
    return k;
}

// The same sizes with nothing compared: steps over an element that does not match.
static struct core *skip_pattern(struct cx *c, term quoted, struct core *rest)
{
    struct scope_mark mark = scope_enter(c);
    struct pattern p = {.in_generator = true};
    struct core *bits = expand_pattern_in(c, &p, quoted);
    c->declared = mark.declared;
    scope_leave(c, mark);
    if (bits->kind == CORE_BITS)
        for (unsigned i = 0; i < bits->nsegments; i++) {
            struct core_segment *s = &bits->segments[i];
            if (core_is_lit(s->value) && is_binary(s->value->lit))
                *s = (struct core_segment){.value = core_new(c, CORE_WILD), .size = core_lit(c, make_small((int64_t)bits_of(s->value->lit).size)),
                                           .type = BITS_INTEGER, .unit = 1};
            else if (s->value->kind != CORE_VAR) s->value = core_new(c, CORE_WILD);
        }
    else {
        struct core *k = core_new(c, CORE_BITS);
        k->segments = arena_array(c->a, struct core_segment, 1);
        k->nsegments = 1;
        k->segments[0] = (struct core_segment){.value = core_new(c, CORE_WILD), .type = BITS_INTEGER, .unit = 1,
                                               .size = core_lit(c, make_small((int64_t)bits_of(bits->lit).size))};
        bits = k;
    }
    return with_rest(c, bits, rest);
}

static struct core *binary_generator(struct cx *c, struct comprehension *f, term step, term steps, struct var *acc)
{
    int line = c->line = meta_line(c, form_meta(step));
    unsigned n = list_count(form_args(step));
    term arrow = list_at(form_args(step), n - 1), *elems = arena_array(c->a, term, n), l = form_args(step);
    struct core *source = expand_source(c, list_at(form_args(arrow), 1));
    for (unsigned i = 0; i + 1 < n; i++, l = tail(l)) elems[i] = head(l);
    elems[n - 1] = head(form_args(arrow));
    term quoted = mk_form(c, AM_op_bits, form_meta(step), mk_list(c->h, n, elems, TERM_NIL));
    c->line = line;
    struct core_fun *loop = loop_new(c);
    struct var *skipped = var_fresh(c, "rest"), *rest = var_fresh(c, "rest"), *a;
    struct core *skip = skip_pattern(c, quoted, pattern_var(c, skipped));
    struct pattern p = {.in_generator = true};
    struct core *element = expand_pattern_in(c, &p, quoted);
    pattern_publish(c, &p);
    struct core *pattern = with_rest(c, element, pattern_var(c, rest));
    c->line = line;
    take_clause(c, f, loop, pattern, TERM_NONE, rest, steps);
    struct core_clause *k = loop_clause(c, loop, skip, &a);
    k->body = again(c, loop, core_var(c, skipped), core_var(c, a));
    struct core *any = core_new(c, CORE_BITS);
    any->segments = arena_array(c->a, struct core_segment, 1);
    any->segments[0] = (struct core_segment){.value = core_new(c, CORE_WILD), .type = BITS_BINARY, .unit = 1};
    any->nsegments = 1;
    k = loop_clause(c, loop, any, &a);
    k->body = core_var(c, a);
    struct var *bad = var_fresh(c, "bad");
    k = loop_clause(c, loop, pattern_var(c, bad), &a);
    k->body = core_erlang(c, "error", 1, core_args(c, CORE_TUPLE, 2, core_lit(c, f->bits_only ? atom_c(c, "bad_generator") : AM_badarg), core_var(c, bad)));
    return loop_over(c, loop, source, acc);
}

static struct core *step_from(struct cx *c, struct comprehension *f, term steps, struct var *acc)
{
    if (is_nil(steps)) return innermost(c, f, acc);
    term step = head(steps);
    if (is_call_of(step, AM_op_left_arrow, 2)) return list_generator(c, f, step, tail(steps), acc);
    if (is_binary_generator(step)) return binary_generator(c, f, step, tail(steps), acc);
    struct core *test = expand(c, step);
    struct core *inner = step_from(c, f, tail(steps), acc);
    return core_args(c, CORE_IF, 3, test, inner, core_var(c, acc));
}

// ---- the whole

// Runs the loops from `initial` and finishes what they collected.
static struct core *run_loops(struct cx *c, struct comprehension *f, term steps, struct core *initial)
{
    struct var *acc = var_fresh(c, "acc");
    if (f->uniq) initial = core_args(c, CORE_TUPLE, 2, initial, core_lit(c, map_empty(c->h)));
    struct core *bind = core_bind(c, acc, initial), *result = step_from(c, f, steps, acc);
    if (f->uniq) result = core_erlang(c, "element", 2, core_lit(c, make_small(1)), result);
    if (f->collect == INTO_LIST || f->collect == INTO_MAP) result = core_call(c, AM_lists, AM_reverse, 1, result);
    if (f->collect == INTO_MAP) result = core_call(c, AM_maps, atom_c(c, "from_list"), 1, result);
    return core_seq(c, 2, bind, result);
}

// {initial, fun} = Collectable.into(target), and fun.(acc, :halt) if the body fails.
static struct core *run_into(struct cx *c, struct comprehension *f, term steps, struct core *target)
{
    struct var *initial = var_fresh(c, "initial"), *result = var_fresh(c, "result"), *cls = var_fresh(c, "class"), *reason = var_fresh(c, "reason");
    f->into_fun = var_fresh(c, "fun");
    struct core *open = core_args(c, CORE_MATCH, 2, core_args(c, CORE_TUPLE, 2, pattern_var(c, initial), pattern_var(c, f->into_fun)),
                                  core_call(c, atom_c(c, "Elixir.Collectable"), atom_c(c, "into"), 1, target));
    struct core *try = core_args(c, CORE_TRY, 2, run_loops(c, f, steps, core_var(c, initial)), NULL);
    struct core_catch *k = try->catches = arena_new(c->a, struct core_catch);
    struct core *halt = core_args(c, CORE_APPLY, 3, core_var(c, f->into_fun), core_var(c, initial), core_lit(c, AM_halt));
    try->ncatches = 1;
    *k = (struct core_catch){.cls = pattern_var(c, cls), .reason = pattern_var(c, reason), .stack = var_fresh(c, "stack"), .line = c->line};
    k->body = core_seq(c, 2, halt, core_erlang(c, "raise", 3, core_var(c, cls), core_var(c, reason), core_stacktrace(c, k->stack)));
    struct core *done = core_args(c, CORE_APPLY, 3, core_var(c, f->into_fun), core_var(c, result), core_lit(c, AM_done));
    return core_seq(c, 3, open, core_bind(c, result, try), done);
}

// The options: the keyword list at the end, with the one before it if do ... end followed.
static term split_options(struct cx *c, term args, term *steps)
{
    unsigned n = list_count(args), keep = n;
    term options = TERM_NIL;
    for (int i = 0; i < 2 && keep; i++) {
        term last = list_at(args, keep - 1);
        if (!is_cons(last) || !is_keyword_list(last)) break;
        for (term l = list_reverse(c, last); is_cons(l); l = tail(l)) options = mk_cons(c->h, head(l), options);
        keep--;
        if (i == 0 && !(list_count(last) == 1 && tuple_get(head(last), 0) == AM_do)) break;
    }
    term *elems = arena_array(c->a, term, n + 1);
    for (unsigned i = 0; i < keep; i++, args = tail(args)) elems[i] = head(args);
    *steps = mk_list(c->h, keep, elems, TERM_NIL);
    return options;
}

static void check_options(struct cx *c, term options)
{
    term v;
    for (term l = options; is_cons(l); l = tail(l)) {
        term key = tuple_get(head(l), 0);
        if (key != AM_do && key != AM_into && key != AM_uniq && key != AM_reduce)
            fail_compile(c, c->line, "unsupported option %s given to for", inspect_atom(c, key));
    }
    if (keyword_get(options, AM_reduce, &v) && (keyword_get(options, AM_into, &v) || keyword_get(options, AM_uniq, &v)))
        fail_compile(c, c->line, "cannot use :reduce alongside :into/:uniq in comprehension");
}

struct core *expand_for(struct cx *c, term meta, term args)
{
    struct comprehension f = {.collect = c->unwanted == args ? INTO_NOTHING : INTO_LIST};
    c->unwanted = TERM_NONE;
    int line = c->line = meta_line(c, meta);
    term steps, options = split_options(c, args, &steps), into, uniq, reduce;
    if (!keyword_get(options, AM_do, &f.body)) fail_compile(c, line, "missing :do option in \"for\"");
    check_options(c, options);
    if (is_nil(steps) || !(is_call_of(head(steps), AM_op_left_arrow, 2) || is_binary_generator(head(steps)))) {
        if (!is_nil(steps)) expand(c, head(steps));     // what is wrong with it is told first
        fail_compile(c, line, "for comprehensions must start with a generator");
    }
    struct scope_mark mark = scope_enter(c);
    struct core *initial = core_lit(c, TERM_NIL);
    if (keyword_get(options, AM_into, &into)) {
        initial = expand(c, into);
        c->line = line;
        bool literal = core_is_lit(initial);
        if (literal && is_nil(initial->lit)) f.collect = f.collect == INTO_NOTHING ? INTO_NOTHING : INTO_LIST;
        else if (literal && is_binary(initial->lit) && !bits_of(initial->lit).size) f.collect = INTO_BINARY;
        else if (literal && is_map(initial->lit) && !map_size(initial->lit)) f.collect = INTO_MAP, initial = core_lit(c, TERM_NIL);
        else f.collect = INTO_ANY;
    }
    if (keyword_get(options, AM_uniq, &uniq)) {
        struct core *k = expand(c, uniq);
        if (!core_is_lit(k) || (k->lit != AM_true && k->lit != AM_false))
            fail_compile(c, line, ":uniq option for comprehensions only accepts a boolean, got: %s", show(c, uniq));
        f.uniq = k->lit == AM_true;
    }
    if (keyword_get(options, AM_reduce, &reduce)) {
        f.collect = INTO_REDUCE;
        initial = expand(c, reduce);
        c->line = line;
    } else if (is_clauses(f.body))
        fail_compile(c, line, "the do block was written using acc -> expr clauses but the :reduce option was not given");
    f.bits_only = !f.uniq && (f.collect == INTO_LIST || f.collect == INTO_NOTHING || f.collect == INTO_BINARY);
    for (term l = steps; is_cons(l); l = tail(l)) f.bits_only &= !is_call_of(head(l), AM_op_left_arrow, 2);
    struct core *k = f.collect == INTO_ANY ? run_into(c, &f, steps, initial) : run_loops(c, &f, steps, initial);
    scope_leave(c, mark);
    c->line = line;
    return k;
}

// ---- what the loops call

// Cells of a range from `first` on, at most RANGE_CHUNK of them, ending in the range that is left.
enum { RANGE_CHUNK = 64 };

static term range_cells(struct process *p, term range, int64_t first, int64_t last, int64_t step)
{
    term list = TERM_NIL, *at = &list;
    for (int n = 0; step > 0 ? first <= last : first >= last; n++, first += step) {
        if (n == RANGE_CHUNK) {
            *at = map_put(p->vm, &p->heap, range, AM_first, make_small(first));
            break;
        }
        *at = mk_cons(&p->heap, make_small(first), TERM_NIL);
        at = &cons_ptr(*at)[1];
    }
    return list;
}

static bool small_limit(term t) { return is_small(t) && small_value(t) < SMALL_MAX / 4 && small_value(t) > SMALL_MIN / 4; }

static term map_cells(struct process *p, term map)
{
    struct map_iter it;
    term key, value, list = TERM_NIL, *at = &list;
    map_iter_init_up(&it, map);
    while (map_iter_next(&it, &key, &value)) {
        *at = mk_cons(&p->heap, mk_tuple2(&p->heap, key, value), TERM_NIL);
        at = &cons_ptr(*at)[1];
    }
    native_charge(p, map_size(map) / 16);
    return list;
}

NATIVE("phial_for", "next", 1, for_next, "The next list cells of what a comprehension walks: an enumerable, or what an earlier answer ended in; or {phial_reduce, enumerable}.")
{
    term source = arg[0];
    if (is_map(source)) {
        term type = map_get(p->vm, source, AM__struct_);
        if (type == TERM_NONE) return map_cells(p, source);
        if (type == AM_Range) {
            term first = map_get(p->vm, source, AM_first), last = map_get(p->vm, source, AM_last), step = map_get(p->vm, source, AM_step);
            if (step == TERM_NONE) step = make_small(first <= last ? 1 : -1);
            if (small_limit(first) && small_limit(last) && small_limit(step) && step != make_small(0))
                return range_cells(p, source, small_value(first), small_value(last), small_value(step));
        }
    }
    return trap_mfa(p, atom_from_c(p->vm, "phial_for"), atom_from_c(p->vm, "start"), 1, arg);
}
