// SPDX-License-Identifier: Apache-2.0
// What a finished definition shows to be useless: clauses behind one that takes everything, and values nobody looks at.
//
// Runs when a module closes, over Core, before the code generator changes it. Invariant: it changes nothing; what a macro marked as generated is
// walked but not warned about; warnings come in the order of lines, each once.
#include "expand.h"

#include <stdlib.h>
#include <string.h>

struct finding { int line; const char *text; };
struct search { struct cx *c; struct finding *all; unsigned n, capacity; };

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

static bool always_matches(const struct core_clause *k)
{
    const struct var *seen[16];
    unsigned n = 0;
    for (unsigned i = 0; i < k->npatterns; i++)
        if (!takes_all(k->patterns[i], seen, &n)) return false;
    for (unsigned i = 0; i < k->nguards; i++)
        if (core_is_lit(k->guards[i]) && k->guards[i]->lit == AM_true) return true;
    return !k->nguards;
}

static void walk(struct search *s, const struct core *e);

// `of`: the name of a definition, or NULL.
static void walk_clauses(struct search *s, const struct core_clause *all, unsigned n, const struct def *of)
{
    const struct core_clause *taker = NULL;
    for (unsigned i = 0; i < n; i++) {
        const struct core_clause *k = &all[i];
        if (taker && !k->generated && !(of && k->line == taker->line)) {
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

static const char *idle_text(struct search *s, const struct core *e)
{
    static const char *const compares[][2] = {{"==", "=="}, {"/=", "!="}, {"=:=", "==="}, {"=/=", "!=="}, {"<", "<"}, {">", ">"}, {"=<", "<="}, {">=", ">="}};
    static const char *const operators[] = {"+", "-", "*", "/", "div", "rem", "++", "--", "band", "bor", "bxor", "bnot", "bsl", "bsr", "not", "xor", NULL};
    static const char *const idle[] = {"self", "node", "make_ref", NULL};
    static const char *const pure[] = {"abs", "hd", "tl", "length", "element", "byte_size", "bit_size", "round", "trunc", "tuple_size", "map_size", "float", NULL};
    if (e->kind != CORE_CALL || e->m != AM_erlang) return NULL;
    const char *f = atom_c_text(s->c, e->f), *what;
    for (size_t i = 0; i < sizeof compares / sizeof *compares; i++)
        if (e->nargs == 2 && !strcmp(f, compares[i][0])) return cx_format(s->c, "use of operator %s has no effect", compares[i][1]);
    if (!strncmp(f, "is_", 3) || among(f, idle)) return cx_format(s->c, "the call to %s/%u has no effect", f, e->nargs);
    if (among(f, operators)) what = cx_format(s->c, "evaluating operator '%s'/%u", f, e->nargs);
    else if (!strcmp(f, "make_fun")) what = "fun construction";
    else if (among(f, pure)) what = cx_format(s->c, "calling %s/%u", f, e->nargs);
    else return NULL;
    return cx_format(s->c, "the result of %s is ignored (suppress the warning by assigning the expression to the _ variable)", what);
}

static void walk_sequence(struct search *s, const struct core *e)
{
    for (unsigned i = 0; i + 1 < e->nargs; i++) {
        const struct core *k = e->args[i];
        const char *text = k->generated || k->line <= 0 ? NULL : idle_text(s, k);
        if (text) found(s, k->line, text);
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

void check_useless(struct cx *c, struct module_state *m)
{
    struct search s = {.c = c};
    for (struct def *d = m->first; d; d = d->next)
        if (d->reached && d->kind != KIND_DEFMACROP && !(d->from_context && d->line == m->line)) walk_clauses(&s, d->clauses, d->nclauses, d);
    if (s.n) qsort(s.all, s.n, sizeof *s.all, by_line);
    for (unsigned i = 0; i < s.n; i++) warn_at(c, s.all[i].line, IN_FILE, "%s", s.all[i].text);
}
