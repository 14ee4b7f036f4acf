// SPDX-License-Identifier: Apache-2.0
// Scopes: which variable a name means, and warnings about variables nobody reads.
//
// A scope is a linked list, innermost first; entering and leaving one is saving and restoring its head (struct scope_mark), together with
// the lexical environment, since aliases and imports end where variables do. A variable is known by its name and its
// context: the module whose quote made it, or the counter of the macro call that brought it in.
#include "expand.h"

#include <stdlib.h>
#include <string.h>

struct binding *scope_find_until(struct binding *vars, struct binding *end, term name, term context)
{
    for (struct binding *b = vars; b && b != end; b = b->next)
        if (b->name == name && term_same(b->context, context)) return b;
    return NULL;
}

struct binding *scope_find(struct binding *vars, term name, term context) { return scope_find_until(vars, NULL, name, context); }

term var_context(term meta, term kind)
{
    term counter = meta_get(meta, AM_counter);
    return counter == TERM_NONE ? kind : counter;
}

struct var *var_fresh(struct cx *c, const char *name)
{
    struct var *v = arena_new(c->a, struct var);
    v->name = atom_c(c, name);
    v->line = c->line;
    return v;
}

struct var *scope_declare(struct cx *c, term name, term context, int line)
{
    struct var *v = arena_new(c->a, struct var);
    *v = (struct var){.name = name, .line = line};
    struct binding *b = arena_new(c->a, struct binding);
    *b = (struct binding){name, context, v, c->vars};
    c->vars = b;
    return v;
}

struct scope_mark scope_enter(struct cx *c) { return (struct scope_mark){c->vars, c->declared, c->env}; }

void scope_leave(struct cx *c, struct scope_mark m)
{
    scope_check_unused(c, m.declared);
    c->vars = m.vars;
    c->env = m.env;
}

// __NAME__
static bool is_compiler_name(struct atom_text t)
{
    if (t.len < 5 || memcmp(t.bytes, "__", 2) || memcmp(t.bytes + t.len - 2, "__", 2)) return false;
    for (size_t i = 2; i + 2 < t.len; i++)
        if (t.bytes[i] != '_' && (t.bytes[i] < 'A' || t.bytes[i] > 'Z')) return false;
    return true;
}

static bool wants_use(struct cx *c, const struct declared *d)
{
    if (d->var->uses || d->context != AM_nil) return false;
    struct atom_text t = atom_text(c->vm, d->var->name);
    return (t.len && t.bytes[0] != '_') || is_compiler_name(t);
}

struct unread { const char *name; unsigned age; const struct declared *d; };     // age: how many were declared since

// By name, those of one name oldest first.
static int by_name(const void *a, const void *b)
{
    const struct unread *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order ? order : (x->age < y->age) - (x->age > y->age);
}

void scope_check_unused(struct cx *c, struct declared *mark)
{
    unsigned n = 0;
    for (struct declared *d = c->declared; d && d != mark; d = d->next) n += wants_use(c, d);
    struct unread *list = n ? arena_array(c->a, struct unread, n) : NULL;
    n = 0;
    for (struct declared *d = c->declared; d && d != mark; d = d->next)
        if (wants_use(c, d)) list[n] = (struct unread){atom_c_text(c, d->var->name), n, d}, n++;
    c->declared = mark;
    if (n) qsort(list, n, sizeof *list, by_name);
    for (unsigned i = 0; i < n; i++) {
        const struct declared *d = list[i].d;
        const char *name = list[i].name;
        if (is_compiler_name(atom_text(c->vm, d->var->name)))
            warn_at(c, d->var->line, IN_FUNCTION,
                    "unknown compiler variable \"%s\" (expected one of __MODULE__, __ENV__, __DIR__, __CALLER__, __STACKTRACE__)", name);
        else if (d->over)
            warn_at(c, d->var->line, IN_FUNCTION,
                    "variable \"%s\" is unused (there is a variable with the same name in the context, use the pin operator (^) to match "
                    "on it or prefix this variable with underscore if it is not meant to be used)", name);
        else
            warn_at(c, d->var->line, IN_FUNCTION,
                    "variable \"%s\" is unused (if the variable is not meant to be used, prefix it with an underscore)", name);
    }
}
