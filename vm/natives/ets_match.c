// SPDX-License-Identifier: Apache-2.0
// Match specifications: [{head, guards, body}], checked once, then interpreted on each object.
//
// Invariants: recursion is bounded by DEPTH_MAX, checked when the specification is; functions called in guards and bodies are natives of
// :erlang from the list below, which neither continue in the interpreter nor have effects; a failing guard is false, a failing body EXIT.
#include <stdlib.h>

#include "code.h"
#include "ets.h"

#define DEPTH_MAX 200

// ---- variables

// The number of '$N', or -1.
static int64_t var_number(struct vm *vm, term t)
{
    if (!is_atom(t)) return -1;
    if (t >= AM_dollar_0 && t <= AM_dollar_9) return (int64_t)(t - AM_dollar_0) / (int64_t)(AM_dollar_1 - AM_dollar_0);
    struct atom_text a = atom_text(vm, t);
    if (a.len < 2 || a.len > 9 || a.bytes[0] != '$') return -1;
    int64_t n = 0;
    for (uint32_t i = 1; i < a.len; i++) {
        if (a.bytes[i] < '0' || a.bytes[i] > '9') return -1;
        n = n * 10 + (a.bytes[i] - '0');
    }
    return n;
}

static struct ets_var *find_var(const struct ets_clause *c, uint32_t number)
{
    for (size_t i = 0; i < c->nvars; i++)
        if (c->vars[i].number == number) return &c->vars[i];
    return NULL;
}

// Keeps variables sorted by number: $$ lists them so.
static void add_var(struct ets_clause *c, uint32_t number)
{
    if (find_var(c, number)) return;
    c->vars = realloc(c->vars, (c->nvars + 1) * sizeof *c->vars);
    if (!c->vars) abort();
    size_t i = c->nvars++;
    for (; i > 0 && c->vars[i - 1].number > number; i--) c->vars[i] = c->vars[i - 1];
    c->vars[i].number = number;
}

// Collects the variables of a pattern; false: nested too deeply. *ground becomes false if it has any, or '_'.
static bool scan_pattern(struct vm *vm, struct ets_clause *c, term t, unsigned depth, bool *ground)
{
    if (depth > DEPTH_MAX) return false;
    for (; is_cons(t); t = tail(t))
        if (!scan_pattern(vm, c, head(t), depth + 1, ground)) return false;
    int64_t number = var_number(vm, t);
    if (number >= 0 || t == AM_underscore) *ground = false;
    if (number >= 0 && c) add_var(c, (uint32_t)number);
    if (is_tuple(t))
        for (uint64_t i = 0; i < tuple_arity(t); i++)
            if (!scan_pattern(vm, c, tuple_get(t, i), depth + 1, ground)) return false;
    if (is_map(t)) {
        struct map_iter it;
        term key, value;
        map_iter_init(&it, t);
        while (map_iter_next(&it, &key, &value))
            if (!scan_pattern(vm, c, value, depth + 1, ground)) return false;
    }
    return true;
}

// ---- matching

static bool match(struct vm *vm, struct ets_clause *c, term pattern, term t)
{
    while (is_cons(pattern)) {
        if (!is_cons(t) || !match(vm, c, head(pattern), head(t))) return false;
        pattern = tail(pattern);
        t = tail(t);
    }
    if (is_atom(pattern)) {
        if (pattern == AM_underscore) return true;
        int64_t number = var_number(vm, pattern);
        if (number < 0) return pattern == t;
        struct ets_var *v = find_var(c, (uint32_t)number);
        if (v->value != TERM_NONE) return term_same(v->value, t);
        v->value = t;
        return true;
    }
    if (is_tuple(pattern)) {
        if (!is_boxed(t) || boxed_header(t) != boxed_header(pattern)) return false;
        for (uint64_t i = 0; i < tuple_arity(pattern); i++)
            if (!match(vm, c, tuple_get(pattern, i), tuple_get(t, i))) return false;
        return true;
    }
    if (is_map(pattern)) {
        struct map_iter it;
        term key, value;
        if (!is_map(t)) return false;
        map_iter_init(&it, pattern);
        while (map_iter_next(&it, &key, &value)) {
            term found = map_get(vm, t, key);
            if (found == TERM_NONE || !match(vm, c, value, found)) return false;
        }
        return true;
    }
    return term_same(pattern, t);
}

// ---- expressions: checking

static const struct { const char *name; uint8_t arity; } functions[] = {
    {"is_atom", 1}, {"is_float", 1}, {"is_integer", 1}, {"is_list", 1}, {"is_number", 1}, {"is_pid", 1}, {"is_port", 1}, {"is_reference", 1},
    {"is_tuple", 1}, {"is_map", 1}, {"is_map_key", 2}, {"is_binary", 1}, {"is_bitstring", 1}, {"is_boolean", 1}, {"is_function", 1}, {"is_function", 2},
    {"is_record", 3}, {"not", 1}, {"xor", 2}, {"abs", 1}, {"element", 2}, {"hd", 1}, {"length", 1}, {"round", 1}, {"size", 1}, {"map_size", 1},
    {"map_get", 2}, {"bit_size", 1}, {"byte_size", 1}, {"tuple_size", 1}, {"tl", 1}, {"trunc", 1}, {"float", 1}, {"binary_part", 2}, {"binary_part", 3},
    {"ceil", 1}, {"floor", 1}, {"min", 2}, {"max", 2}, {"+", 2}, {"-", 2}, {"*", 2}, {"/", 2}, {"+", 1}, {"-", 1}, {"div", 2}, {"rem", 2}, {"band", 2}, {"bor", 2},
    {"bxor", 2}, {"bnot", 1}, {"bsl", 2}, {"bsr", 2}, {">", 2}, {">=", 2}, {"<", 2}, {"=<", 2}, {"=:=", 2}, {"==", 2}, {"=/=", 2}, {"/=", 2},
};

static bool is_logical(term op) { return op == AM_kw_and || op == AM_kw_or || op == AM_andalso || op == AM_orelse; }

static bool is_function_name(struct vm *vm, term op, uint64_t arity)
{
    if (!is_atom(op)) return false;
    struct atom_text a = atom_text(vm, op);
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (functions[i].arity == arity && !strcmp(functions[i].name, a.bytes)) return true;
    return false;
}

static bool check_expression(struct vm *vm, const struct ets_clause *c, term t, unsigned depth);

static bool check_elements(struct vm *vm, const struct ets_clause *c, term tuple, uint64_t from, unsigned depth)
{
    for (uint64_t i = from; i < tuple_arity(tuple); i++)
        if (!check_expression(vm, c, tuple_get(tuple, i), depth + 1)) return false;
    return true;
}

static bool check_call(struct vm *vm, const struct ets_clause *c, term t, unsigned depth)
{
    uint64_t n = tuple_arity(t);
    if (n == 1 && is_tuple(tuple_get(t, 0))) return check_elements(vm, c, tuple_get(t, 0), 0, depth);
    if (!n) return false;
    term op = tuple_get(t, 0);
    if (op == AM_const) return n == 2;
    if (op == AM_self) return n == 1;
    if (op == AM_node) return n <= 2 && check_elements(vm, c, t, 1, depth);
    if (!(is_logical(op) && n > 1) && !is_function_name(vm, op, n - 1)) return false;
    return check_elements(vm, c, t, 1, depth);
}

static bool check_expression(struct vm *vm, const struct ets_clause *c, term t, unsigned depth)
{
    if (depth > DEPTH_MAX) return false;
    for (; is_cons(t); t = tail(t))
        if (!check_expression(vm, c, head(t), depth + 1)) return false;
    if (is_tuple(t)) return check_call(vm, c, t, depth);
    if (is_map(t)) {
        struct map_iter it;
        term key, value;
        map_iter_init(&it, t);
        while (map_iter_next(&it, &key, &value))
            if (!check_expression(vm, c, key, depth + 1) || !check_expression(vm, c, value, depth + 1)) return false;
    }
    int64_t number = var_number(vm, t);
    return number < 0 || find_var(c, (uint32_t)number);
}

static bool check_list(struct vm *vm, const struct ets_clause *c, term list)
{
    size_t n;
    return list_length(list, &n) && check_expression(vm, c, list, 0);
}

// ---- expressions: evaluation

struct eval { struct process *p; const struct ets_clause *c; struct ets_calls *calls; term object; };

static term eval(struct eval *e, term t);

static term all_vars(struct eval *e)
{
    term list = TERM_NIL;
    for (size_t i = e->c->nvars; i-- > 0;) list = mk_cons(&e->p->heap, e->c->vars[i].value, list);
    return list;
}

static term eval_atom(struct eval *e, term t)
{
    if (t == AM_dollar_underscore) return e->object;
    if (t == AM_dollar_dollar) return all_vars(e);
    int64_t number = var_number(e->p->vm, t);
    return number < 0 ? t : find_var(e->c, (uint32_t)number)->value;
}

static term eval_tuple(struct eval *e, term t)
{
    uint64_t n = tuple_arity(t);
    term *p = heap_alloc(&e->p->heap, n + 1);
    p[0] = make_header(TYPE_TUPLE, n);
    for (uint64_t i = 0; i < n; i++) {
        p[1 + i] = eval(e, tuple_get(t, i));
        if (p[1 + i] != TERM_NONE) continue;
        for (; i < n; i++) p[1 + i] = TERM_NIL;
        return TERM_NONE;
    }
    return make_boxed(p);
}

static term eval_list(struct eval *e, term t)
{
    struct list_builder out;
    list_begin(&out, &e->p->heap);
    for (; is_cons(t); t = tail(t)) {
        term v = eval(e, head(t));
        if (v == TERM_NONE) return list_end(&out, TERM_NIL), TERM_NONE;
        list_add(&out, v);
    }
    term rest = eval(e, t);
    term list = list_end(&out, rest == TERM_NONE ? TERM_NIL : rest);
    return rest == TERM_NONE ? rest : list;
}

static term eval_map(struct eval *e, term t)
{
    struct map_iter it;
    term key, value, map = map_empty(&e->p->heap);
    map_iter_init(&it, t);
    while (map_iter_next(&it, &key, &value)) {
        term k = eval(e, key), v = eval(e, value);
        if (k == TERM_NONE || v == TERM_NONE) return TERM_NONE;
        map = map_put(e->p->vm, &e->p->heap, map, k, v);
    }
    return map;
}

static term eval_logical(struct eval *e, term t)
{
    term op = tuple_get(t, 0);
    bool is_and = op == AM_kw_and || op == AM_andalso, lazy = op == AM_andalso || op == AM_orelse, result = is_and;
    for (uint64_t i = 1; i < tuple_arity(t); i++) {
        term v = eval(e, tuple_get(t, i));
        if (v != AM_true && v != AM_false) return TERM_NONE;
        if ((v == AM_true) == is_and) continue;
        result = !is_and;
        if (lazy) break;
    }
    return mk_bool(result);
}

// The native :erlang.op/arity; looked up once, since a table has many objects.
static struct export *function_of(struct eval *e, term op, unsigned arity)
{
    for (size_t i = 0; i < e->calls->n; i++)
        if (e->calls->known[i]->function == op && e->calls->known[i]->arity == arity) return e->calls->known[i];
    struct export *x = code_export(e->p->vm, AM_erlang, op, arity);
    if (!code_resolve(e->p->vm, x) || !x->fn) return NULL;
    if (e->calls->n < sizeof e->calls->known / sizeof e->calls->known[0]) e->calls->known[e->calls->n++] = x;
    return x;
}

static term eval_call(struct eval *e, term t)
{
    uint64_t n = tuple_arity(t);
    term op = tuple_get(t, 0), args[4];
    if (n == 1 && is_tuple(op)) return eval_tuple(e, op);
    if (op == AM_const) return tuple_get(t, 1);
    if (op == AM_self) return e->p->pid;
    if (op == AM_node) return AM_nonode;
    if (is_logical(op)) return eval_logical(e, t);
    for (uint64_t i = 1; i < n; i++)
        if ((args[i - 1] = eval(e, tuple_get(t, i))) == TERM_NONE) return TERM_NONE;
    struct export *x = function_of(e, op, (unsigned)(n - 1));
    return x ? x->fn(e->p, args) : TERM_NONE;
}

static term eval(struct eval *e, term t)
{
    if (is_atom(t)) return eval_atom(e, t);
    if (is_cons(t)) return eval_list(e, t);
    if (is_tuple(t)) return eval_call(e, t);
    if (is_map(t)) return eval_map(e, t);
    return t;
}

static bool guards_hold(struct eval *e, term guards)
{
    for (; is_cons(guards); guards = tail(guards))
        if (eval(e, head(guards)) != AM_true) return false;
    return true;
}

// ---- the interface

void ets_spec_free(struct ets_spec *s)
{
    for (size_t i = 0; i < s->n; i++) free(s->clauses[i].vars);
    free(s->clauses);
    s->clauses = NULL;
    s->n = 0;
}

static bool clause_init(struct ets_spec *s, struct ets_clause *c, term t)
{
    bool ground = true;
    memset(c, 0, sizeof *c);
    if (!is_tuple_of(t, 3)) return false;
    c->head = tuple_get(t, 0);
    c->guards = tuple_get(t, 1);
    c->body = tuple_get(t, 2);
    struct vm *vm = s->p->vm;
    return scan_pattern(vm, c, c->head, 0, &ground) && check_list(vm, c, c->guards) && is_cons(c->body) && check_list(vm, c, c->body);
}

bool ets_spec_init(struct ets_spec *s, struct process *p, term spec, size_t keypos)
{
    size_t n;
    *s = (struct ets_spec){.p = p, .keypos = keypos};
    if (!list_length(spec, &n)) return false;
    s->clauses = calloc(n + 1, sizeof *s->clauses);
    if (!s->clauses) abort();
    for (; is_cons(spec); spec = tail(spec)) {
        if (clause_init(s, &s->clauses[s->n++], head(spec))) continue;
        ets_spec_free(s);
        return false;
    }
    return true;
}

// A pattern nested too deeply becomes a specification that matches nothing.
void ets_spec_pattern(struct ets_spec *s, struct process *p, term head, term body, size_t keypos)
{
    term clause = mk_tuple3(&p->heap, head, TERM_NIL, mk_cons(&p->heap, body, TERM_NIL));
    if (!ets_spec_init(s, p, mk_cons(&p->heap, clause, TERM_NIL), keypos)) *s = (struct ets_spec){.p = p, .keypos = keypos};
}

term ets_spec_run(struct ets_spec *s, term tuple)
{
    for (size_t i = 0; i < s->n; i++) {
        struct ets_clause *c = &s->clauses[i];
        struct eval e = {s->p, c, &s->calls, tuple};
        for (size_t k = 0; k < c->nvars; k++) c->vars[k].value = TERM_NONE;
        if (!match(s->p->vm, c, c->head, tuple) || !guards_hold(&e, c->guards)) continue;
        term result = TERM_NONE;
        for (term b = c->body; is_cons(b); b = tail(b)) {
            result = eval(&e, head(b));
            if (result == TERM_NONE) return AM_EXIT;
        }
        return result;
    }
    return TERM_NONE;
}

term ets_spec_key(struct ets_spec *s)
{
    if (s->n != 1 || !is_tuple(s->clauses[0].head) || tuple_arity(s->clauses[0].head) < s->keypos) return TERM_NONE;
    term key = tuple_get(s->clauses[0].head, s->keypos - 1);
    bool ground = true;
    return scan_pattern(s->p->vm, NULL, key, 0, &ground) && ground && !is_map(key) ? key : TERM_NONE;
}
