// SPDX-License-Identifier: Apache-2.0
// Scopes: which variable a name means, and warnings about variables nobody reads.
//
// A scope is a linked list, innermost first; entering and leaving one is saving and restoring its head (struct scope_mark), together with
// the lexical environment, since aliases and imports end where variables do. A variable is known by its name and its
// context: the module whose quote made it, or the counter of the macro call that brought it in.
#include "expand.h"

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

// By name, those of one name oldest first: `list` has the newest first.
static void sort_declared(struct cx *c, struct declared **list, unsigned n)
{
    for (unsigned i = 1; i < n; i++) {
        struct declared *d = list[i];
        const char *name = atom_c_text(c, d->var->name);
        unsigned k = i;
        for (; k && strcmp(atom_c_text(c, list[k - 1]->var->name), name) >= 0; k--) list[k] = list[k - 1];
        list[k] = d;
    }
}

void scope_check_unused(struct cx *c, struct declared *mark)
{
    struct declared *list[256];
    unsigned n = 0;
    for (struct declared *d = c->declared; d && d != mark; d = d->next)
        if (n < 256 && wants_use(c, d)) list[n++] = d;
    c->declared = mark;
    sort_declared(c, list, n);
    for (unsigned i = 0; i < n; i++) {
        const char *name = atom_c_text(c, list[i]->var->name);
        if (is_compiler_name(atom_text(c->vm, list[i]->var->name)))
            warn_at(c, list[i]->var->line, IN_FUNCTION,
                    "unknown compiler variable \"%s\" (expected one of __MODULE__, __ENV__, __DIR__, __CALLER__, __STACKTRACE__)", name);
        else if (list[i]->over)
            warn_at(c, list[i]->var->line, IN_FUNCTION,
                    "variable \"%s\" is unused (there is a variable with the same name in the context, use the pin operator (^) to match "
                    "on it or prefix this variable with underscore if it is not meant to be used)", name);
        else
            warn_at(c, list[i]->var->line, IN_FUNCTION,
                    "variable \"%s\" is unused (if the variable is not meant to be used, prefix it with an underscore)", name);
    }
}
