// SPDX-License-Identifier: Apache-2.0
// What a finished definition shows to be useless: clauses behind one that takes everything, and values nobody looks at.
//
// Runs when a module closes, and on what a file does outside of modules (values only), over Core, before the code generator changes it. Invariant: it changes nothing; what a macro marked as generated is
// walked but not warned about; warnings come in the order of lines, each once.
#include "expand.h"

#include <stdlib.h>
#include <string.h>

struct finding { int line; const char *text; };
struct search { struct cx *c; bool values_only; struct finding *all; unsigned n, capacity; };

static void found(struct search *s, int line, const char *text)
{
    struct cx *c = s->c;
    for (unsigned i = s->n; i--;)
        if (s->all[i].line == line && !strcmp(s->all[i].text, text)) return;
    if (s->n == s->capacity) {
        s->capacity = s->capacity ? s->capacity * 2 : 16;
        struct finding *bigger = arena_array(c->a, struct finding, s->capacity);
        if (s->n) memcpy(bigger, s->all, s->n * sizeof *bigger);
        s->all = bigger;
    }
    s->all[s->n++] = (struct finding){line, text};
}

// ---- clauses

static bool takes_all(const struct core *p, const struct var **seen, unsigned *n)
{
    if (p->kind == CORE_WILD) return true;
    if (p->kind == CORE_ALIAS) return takes_all(p->args[0], seen, n) && takes_all(p->args[1], seen, n);
    if (p->kind != CORE_VAR || *n == 16) return false;
    for (unsigned i = 0; i < *n; i++)
        if (seen[i] == p->var) return false;    // a second occurrence compares
    seen[(*n)++] = p->var;
    return true;
}

static bool no_guard(const struct core_clause *k)
{
    for (unsigned i = 0; i < k->nguards; i++)
        if (core_is_lit(k->guards[i]) && k->guards[i]->lit == AM_true) return true;
    return !k->nguards;
}

static bool always_matches(const struct core_clause *k)
{
    const struct var *seen[16];
    unsigned n = 0;
    for (unsigned i = 0; i < k->npatterns; i++)
        if (!takes_all(k->patterns[i], seen, &n)) return false;
    return no_guard(k);
}

// ---- clauses behind others of the same shape

// The clauses as rows of patterns still to be looked at, as a compiler of matches goes through them: column by column, neighbours that take anything
// together, neighbours with a constructor grouped by it. Where no column is left the first row without a guard takes all.
struct column { const struct core *pattern; term literal; struct column *next; };    // pattern NULL: the literal
struct row { const struct core_clause *clause; struct column *columns; bool guarded; };

static struct column *column_new(struct search *s, const struct core *pattern, term literal, struct column *next)
{
    struct column *k = arena_new(s->c->a, struct column);
    *k = (struct column){pattern, literal, next};
    if (pattern && core_is_lit(pattern)) *k = (struct column){NULL, pattern->lit, next};
    return k;
}

static bool any(const struct column *k) { return k->pattern && (k->pattern->kind == CORE_WILD || k->pattern->kind == CORE_VAR); }

// The parts of an alias: a name stands for nothing, two structures are too much here.
static void simplify(struct search *s, struct row *row)
{
    while (row->columns && row->columns->pattern && row->columns->pattern->kind == CORE_ALIAS) {
        const struct core *a = row->columns->pattern->args[0], *b = row->columns->pattern->args[1];
        bool name = a->kind == CORE_VAR || a->kind == CORE_WILD;
        if (!name && b->kind != CORE_VAR && b->kind != CORE_WILD) return;
        row->columns = column_new(s, name ? b : a, TERM_NIL, row->columns->next);
    }
}

enum shape { SHAPE_ANY, SHAPE_OTHER, SHAPE_LITERAL, SHAPE_TUPLE, SHAPE_CONS };

static enum shape shape_of(const struct column *k, unsigned *size)
{
    *size = 2;
    if (any(k)) return SHAPE_ANY;
    if (k->pattern) {
        *size = k->pattern->kind == CORE_TUPLE ? k->pattern->nargs : 2;
        return k->pattern->kind == CORE_TUPLE ? SHAPE_TUPLE : k->pattern->kind == CORE_CONS ? SHAPE_CONS : SHAPE_OTHER;
    }
    if (is_tuple(k->literal)) *size = (unsigned)tuple_arity(k->literal);
    return is_tuple(k->literal) ? SHAPE_TUPLE : is_cons(k->literal) ? SHAPE_CONS : is_map(k->literal) ? SHAPE_OTHER : SHAPE_LITERAL;
}

static bool same_constructor(const struct column *a, const struct column *b)
{
    unsigned m, n;
    enum shape x = shape_of(a, &m), y = shape_of(b, &n);
    if (x != y || x == SHAPE_OTHER) return a == b;
    return x == SHAPE_LITERAL ? term_same(a->literal, b->literal) : m == n;
}

// What is inside of the constructor comes in front of the other columns.
static struct column *inside(struct search *s, const struct column *k)
{
    unsigned size;
    enum shape shape = shape_of(k, &size);
    struct column *rest = k->next;
    if (shape == SHAPE_CONS && !k->pattern) return column_new(s, NULL, head(k->literal), column_new(s, NULL, tail(k->literal), rest));
    if (shape == SHAPE_TUPLE && !k->pattern)
        while (size--) rest = column_new(s, NULL, tuple_get(k->literal, size), rest);
    else if (shape == SHAPE_TUPLE || shape == SHAPE_CONS)
        while (size--) rest = column_new(s, k->pattern->args[size], TERM_NIL, rest);
    return rest;
}

static void shadowed(struct search *s, const struct row *row, const struct core_clause *by)
{
    if (!row->clause->generated && row->clause->line != by->line)
        found(s, row->clause->line, cx_format(s->c, "this clause cannot match because a previous clause at line %d always matches", by->line));
}

static const struct core_clause *match_rows(struct search *s, struct row *rows, unsigned n);

static const struct core_clause *match_anything(struct search *s, struct row *rows, unsigned n)
{
    for (unsigned i = 0; i < n; i++) rows[i].columns = rows[i].columns->next;
    return match_rows(s, rows, n);
}

static void match_constructors(struct search *s, const struct row *rows, unsigned n)
{
    struct row *group = arena_array(s->c->a, struct row, n);
    bool *done = arena_array(s->c->a, bool, n);
    for (unsigned i = 0; i < n; i++) {
        unsigned m = 0;
        for (unsigned j = i; j < n && !done[i]; j++) {
            if (done[j] || !same_constructor(rows[i].columns, rows[j].columns)) continue;
            if (j > i) done[j] = true;
            group[m] = rows[j];
            group[m].guarded |= shape_of(rows[j].columns, &(unsigned){0}) == SHAPE_OTHER;
            group[m++].columns = inside(s, rows[j].columns);
        }
        if (m > 1) match_rows(s, group, m);
    }
}

// The clause that takes all that comes to these rows, or NULL.
static const struct core_clause *match_rows(struct search *s, struct row *rows, unsigned n)
{
    const struct core_clause *taker = NULL;
    check_nesting(s->c);
    for (unsigned i = 0, j; i < n; i = j) {
        for (j = i; j < n; j++) simplify(s, &rows[j]);
        j = i + 1;
        if (taker || !rows[i].columns) {
            if (taker) shadowed(s, &rows[i], taker);
            else if (!rows[i].guarded) taker = rows[i].clause;
            continue;
        }
        bool anything = any(rows[i].columns);
        while (j < n && any(rows[j].columns) == anything) j++;
        if (anything) taker = match_anything(s, rows + i, j - i);
        else match_constructors(s, rows + i, j - i);
    }
    return taker;
}

// A second occurrence of a variable, or a pin, compares.
static bool compares(struct search *s, const struct core *p, const struct var **seen, unsigned *n)
{
    check_nesting(s->c);
    if (p->kind == CORE_PIN) return true;
    if (p->kind == CORE_VAR) {
        for (unsigned i = 0; i < *n; i++)
            if (seen[i] == p->var) return true;
        if (*n == 64) return true;
        seen[(*n)++] = p->var;
        return false;
    }
    for (unsigned i = 0; i < p->nargs; i++)
        if (compares(s, p->args[i], seen, n)) return true;
    return false;
}

static void find_shadowed(struct search *s, const struct core_clause *all, unsigned n)
{
    struct row *rows = arena_array(s->c->a, struct row, n);
    for (unsigned i = 0; i < n; i++) {
        const struct var *seen[64];
        unsigned nseen = 0;
        rows[i] = (struct row){.clause = &all[i], .guarded = !no_guard(&all[i])};
        for (unsigned j = all[i].npatterns; j-- > 0;) {
            rows[i].guarded |= compares(s, all[i].patterns[j], seen, &nseen);
            rows[i].columns = column_new(s, all[i].patterns[j], TERM_NIL, rows[i].columns);
        }
    }
    if (n > 1) match_rows(s, rows, n);
}

static void walk(struct search *s, const struct core *e);

// `of`: the name of a definition, or NULL.
static void walk_clauses(struct search *s, const struct core_clause *all, unsigned n, const struct def *of)
{
    const struct core_clause *taker = NULL;
    unsigned live = 0;
    while (live < n && (!live || !always_matches(&all[live - 1]))) live++;
    if (!s->values_only) find_shadowed(s, all, live);
    for (unsigned i = 0; i < n; i++) {
        const struct core_clause *k = &all[i];
        if (taker && !s->values_only && !k->generated && !(of && k->line == taker->line)) {
            const char *which = of ? cx_format(s->c, " for %s/%u", atom_c_text(s->c, of->name), of->arity) : "";
            found(s, k->line, cx_format(s->c, "this clause%s cannot match because a previous clause at line %d always matches", which, taker->line));
        }
        if (!taker && always_matches(k)) taker = k;
        walk(s, k->body);
    }
}

// ---- values

static bool among(const char *name, const char *const *list)
{
    while (*list && strcmp(*list, name)) list++;
    return *list != NULL;
}

// Of :erlang: what has no effect, and what has none but may fail. As the Erlang compiler knows them.
static const char *const idle[] = {"date/0", "get/0", "get/1", "get_keys/1", "group_leader/0", "is_alive/0", "is_atom/1",
    "is_binary/1", "is_bitstring/1", "is_boolean/1", "is_float/1", "is_function/1", "is_integer/1", "is_list/1", "is_map/1", "is_number/1", "is_pid/1",
    "is_port/1", "is_reference/1", "is_tuple/1", "make_ref/0", "max/2", "min/2", "node/0", "nodes/0", "pre_loaded/0", "processes/0", "registered/0",
    "self/0", "term_to_binary/1", "time/0", NULL};
static const char *const pure[] = {"abs/1", "atom_to_binary/1", "atom_to_binary/2", "atom_to_list/1", "binary_part/2", "binary_part/3",
    "binary_to_atom/1", "binary_to_atom/2", "binary_to_float/1", "binary_to_integer/1", "binary_to_list/1", "binary_to_list/3", "bit_size/1",
    "byte_size/1", "ceil/1", "element/2", "float/1", "float_to_binary/1", "float_to_list/1", "floor/1", "hd/1", "integer_to_binary/1",
    "integer_to_list/1", "is_function/2", "is_map_key/2", "is_record/2", "is_record/3", "length/1", "list_to_atom/1", "list_to_binary/1",
    "list_to_float/1", "list_to_integer/1", "list_to_integer/2", "list_to_pid/1", "list_to_tuple/1", "map_get/2", "pid_to_list/1", "round/1",
    "setelement/3", "size/1", "split_binary/2", "tl/1", "trunc/1", "tuple_size/1", "tuple_to_list/1", NULL};

static const char *ignored(struct search *s, const char *what)
{
    return cx_format(s->c, "the result of %s is ignored (suppress the warning by assigning the expression to the _ variable)", what);
}

static const char *idle_text(struct search *s, const struct core *e)
{
    static const char *const compares[][2] = {{"==", "=="}, {"/=", "!="}, {"=:=", "==="}, {"=/=", "!=="}, {"<", "<"}, {">", ">"}, {"=<", "<="},
                                              {">=", ">="}};
    static const char *const operators[] = {"+", "-", "*", "/", "div", "rem", "++", "--", "and", "or", "band", "bor", "bxor", "bnot", "bsl", "bsr",
                                            "not", "xor", NULL};
    if (e->kind != CORE_CALL || e->m != AM_erlang) return NULL;
    const char *f = atom_c_text(s->c, e->f), *name = cx_format(s->c, "%s/%u", f, e->nargs);
    for (size_t i = 0; i < sizeof compares / sizeof *compares; i++)
        if (e->nargs == 2 && !strcmp(f, compares[i][0])) return cx_format(s->c, "use of operator %s has no effect", compares[i][1]);
    if (among(name, idle)) return cx_format(s->c, "the call to %s has no effect", name);
    if (among(f, operators)) return ignored(s, cx_format(s->c, "evaluating operator '%s'/%u", f, e->nargs));
    if (!strcmp(f, "make_fun")) return ignored(s, "fun construction");
    return among(name, pure) ? ignored(s, cx_format(s->c, "calling %s", name)) : NULL;
}

// The few pure functions of other modules; two of them are operators too, and told of as such before.
static void find_idle_call(struct search *s, const struct core *e)
{
    static const char *const others[] = {"lists:append/2", "lists:subtract/2", "maps:get/2", "maps:is_key/2", "maps:new/0", "math:pi/0", NULL};
    if (e->kind != CORE_CALL || !is_atom(e->m)) return;
    const char *module = atom_c_text(s->c, e->m), *name = cx_format(s->c, "%s:%s/%u", module, atom_c_text(s->c, e->f), e->nargs);
    bool math = !strcmp(module, "math") && (e->nargs == 1 || e->nargs == 2);
    if (!math && !among(name, others)) return;
    if (!strcmp(name, "maps:get/2")) found(s, e->line, ignored(s, "calling map_get/2"));
    if (!strcmp(name, "maps:is_key/2")) found(s, e->line, ignored(s, "calling is_map_key/2"));
    found(s, e->line, ignored(s, cx_format(s->c, "calling %s", name)));
}

static void walk_sequence(struct search *s, const struct core *e)
{
    for (unsigned i = 0; i + 1 < e->nargs; i++) {
        const struct core *k = e->args[i];
        if (k->generated || k->line <= 0) continue;
        const char *text = idle_text(s, k);
        if (text) found(s, k->line, text);
        find_idle_call(s, k);
    }
}

// ---- the walk

static void walk(struct search *s, const struct core *e)
{
    if (!e || core_is_lit(e)) return;
    check_nesting(s->c);
    if (e->kind == CORE_SEQ) walk_sequence(s, e);
    for (unsigned i = 0; i < e->nargs; i++) walk(s, e->args[i]);
    if (e->fail == FAIL_WITH_CLAUSE || (e->kind == CORE_CASE && core_is_lit(e->args[0])))   // no more than Elixir does
        for (unsigned i = 0; i < e->nclauses; i++) walk(s, e->clauses[i].body);
    else walk_clauses(s, e->clauses, e->nclauses, NULL);
    for (unsigned i = 0; i < e->ncatches; i++) walk(s, e->catches[i].body);
    walk(s, e->base);
    for (unsigned i = 0; i < e->npairs; i++) {
        walk(s, e->pairs[i].key);
        walk(s, e->pairs[i].value);
    }
    for (unsigned i = 0; i < e->nsegments; i++) walk(s, e->segments[i].value);
    if (e->kind == CORE_FN || e->kind == CORE_LETFUN) walk_clauses(s, e->fun->clauses, e->fun->nclauses, NULL);
    walk(s, e->body);
}

static int by_line(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;
    return x->line != y->line ? (x->line > y->line) - (x->line < y->line) : strcmp(x->text, y->text);
}

static void tell(struct search *s)
{
    if (s->n) qsort(s->all, s->n, sizeof *s->all, by_line);
    for (unsigned i = 0; i < s->n; i++) warn_at(s->c, s->all[i].line, IN_FILE, "%s", s->all[i].text);
}

void check_useless_values(struct cx *c, const struct core *body)
{
    struct search s = {.c = c, .values_only = true};
    walk(&s, body);
    tell(&s);
}

void check_useless(struct cx *c, struct module_state *m)
{
    struct search s = {.c = c};
    for (struct def *d = m->first; d; d = d->next)
        if (d->reached && d->kind != KIND_DEFMACROP && !(d->from_context && d->line == m->line)) walk_clauses(&s, d->clauses, d->nclauses, d);
    tell(&s);
}
