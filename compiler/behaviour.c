// SPDX-License-Identifier: Apache-2.0
// Behaviours: whether a module defines the callbacks it promises, and whether its @impl marks are true.
//
// Runs when a module closes. Invariant: one entry for each name/arity, of the behaviour declared last, in the order of names.
#include "expand.h"

#include <stdlib.h>
#include <string.h>

struct callback { struct callback *next; term name, behaviour; unsigned arity; bool macro, optional, marked; };

// A mark: {{name, arity}, kind, value, how many defaults, line, made by a macro?}, see definition.c.
static term mark_pair(term mark) { return tuple_get(mark, 0); }
static bool mark_is_macro(term mark) { return tuple_get(mark, 1) == AM_macro; }
static term mark_value(term mark) { return tuple_get(mark, 2); }
static int64_t mark_defaults(term mark) { return small_value(tuple_get(mark, 3)); }
static int mark_line(term mark) { return (int)small_value(tuple_get(mark, 4)); }
static bool mark_from_macro(term mark) { return tuple_get(mark, 5) == AM_true; }

static const char *kind_of(bool macro) { return macro ? "macro" : "function"; }

static bool pair_in(term list, term pair)
{
    for (; is_cons(list); list = tail(list))
        if (term_same(head(list), pair)) return true;
    return false;
}

static term behaviour_info(struct cx *c, term behaviour, const char *what)
{
    term key = atom_c(c, what), fun = atom_c(c, "behaviour_info");
    struct call_result r = compiler_call(c->p, c->a, behaviour, fun, 1, &key);
    return r.status == CALL_OK && is_list(r.value) ? r.value : TERM_NIL;
}

static bool declares(struct attribute *behaviours, term module)
{
    for (term l = behaviours->value; is_cons(l); l = tail(l))
        if (head(l) == module) return true;
    return false;
}

// ---- what is promised

static void note_conflict(struct cx *c, struct module_state *m, const struct callback *k, term behaviour)
{
    const char *name = atom_c_text(c, k->name), *module = inspect_atom(c, m->name), *first = inspect_atom(c, k->behaviour);
    if (k->behaviour == behaviour)
        warn_at(c, m->line, IN_MODULE, "the behavior %s has been declared twice (conflict in %s %s/%u in module %s)", first, kind_of(k->macro), name,
                k->arity, module);
    else
        warn_at(c, m->line, IN_MODULE, "conflicting behaviours found. %s %s/%u is required by %s and %s (in module %s)", kind_of(k->macro), name,
                k->arity, first, inspect_atom(c, behaviour), module);
}

static void add_callback(struct cx *c, struct module_state *m, struct callback **all, term behaviour, term pair, bool optional)
{
    const char *name = atom_c_text(c, tuple_get(pair, 0));
    bool macro = !strncmp(name, "MACRO-", 6);
    if (macro) name += 6;
    unsigned arity = (unsigned)small_value(tuple_get(pair, 1)) - macro;
    for (; *all; all = &(*all)->next) {
        int order = strcmp(atom_c_text(c, (*all)->name), name);
        if (order > 0 || (!order && (*all)->arity > arity)) break;
        if (order || (*all)->arity != arity) continue;
        note_conflict(c, m, *all, behaviour);
        (*all)->behaviour = behaviour;
        (*all)->macro = macro;
        (*all)->optional = optional;
        return;
    }
    struct callback *k = arena_new(c->a, struct callback);
    *k = (struct callback){*all, atom_c(c, name), behaviour, arity, macro, optional, false};
    *all = k;
}

static struct callback *promised(struct cx *c, struct module_state *m, struct attribute *behaviours)
{
    struct callback *all = NULL;
    for (term l = list_reverse(c, behaviours->value); is_cons(l); l = tail(l)) {
        term behaviour = head(l);
        if (!is_atom(behaviour) || behaviour == m->name) continue;
        if (!module_here(c, behaviour) && !await_module(c, behaviour)) {
            warn_at(c, m->line, IN_MODULE, "@behaviour %s does not exist (in module %s)", inspect_atom(c, behaviour), inspect_atom(c, m->name));
            continue;
        }
        if (module_here(c, behaviour)) continue;
        if (!code_exported(c->vm, behaviour, atom_c(c, "behaviour_info"), 1)) {
            warn_at(c, m->line, IN_MODULE, "module %s is not a behaviour (in module %s)", inspect_atom(c, behaviour), inspect_atom(c, m->name));
            continue;
        }
        term optional = behaviour_info(c, behaviour, "optional_callbacks");
        for (term k = behaviour_info(c, behaviour, "callbacks"); is_cons(k); k = tail(k))
            add_callback(c, m, &all, behaviour, head(k), pair_in(optional, head(k)));
    }
    return all;
}

// ---- @impl

static bool fits(const struct callback *k, term mark)
{
    int64_t arity = small_value(tuple_get(mark_pair(mark), 1));
    return tuple_get(mark_pair(mark), 0) == k->name && k->arity <= arity && k->arity >= arity - mark_defaults(mark);
}

static const char *known(struct cx *c, const struct callback *all)
{
    if (!all) return "There are no known callbacks, please specify the proper @behaviour and make sure it defines callbacks";
    const char *text = "The known callbacks are:\n\n";
    for (; all; all = all->next)
        text = cx_format(c, "%s  * %s.%s/%u (%s)\n", text, inspect_atom(c, all->behaviour), atom_c_text(c, all->name), all->arity,
                         kind_of(all->macro));
    return text;
}

// The behaviours are told of this mark: the callbacks it covers are marked, what is wrong with it is warned about.
static void check_mark(struct cx *c, struct attribute *behaviours, struct callback *all, term mark)
{
    term value = mark_value(mark);
    struct callback *found = NULL;
    for (struct callback *k = all; k; k = k->next) {
        if (!fits(k, mark) || (value != AM_true && value != AM_false && value != k->behaviour)) continue;
        if (!found) found = k;
        if (value != AM_false) k->marked = true;
    }
    const char *what = cx_format(c, "got \"@impl %s\" for %s %s/%d", inspect(c, value), kind_of(mark_is_macro(mark)),
                                 atom_c_text(c, tuple_get(mark_pair(mark), 0)), (int)small_value(tuple_get(mark_pair(mark), 1)));
    int line = mark_line(mark);
    if (is_nil(behaviours->value)) warn_at(c, line, IN_MODULE, "%s but no behaviour was declared", what);
    else if (value == AM_false && found)
        warn_at(c, line, IN_MODULE, "%s but it is a callback specified in %s", what, inspect_atom(c, found->behaviour));
    else if (value == AM_false || found) return;
    else if (value == AM_true)
        warn_at(c, line, IN_MODULE, "%s but no behaviour specifies such callback. %s", what, known(c, all));
    else if (!declares(behaviours, value)) warn_at(c, line, IN_MODULE, "%s but this behaviour was not declared with @behaviour", what);
    else warn_at(c, line, IN_MODULE, "%s but this behaviour does not specify such callback. %s", what, known(c, all));
}

// Once one definition is marked, those of other callbacks want to be, too.
static void check_unmarked(struct cx *c, struct module_state *m, struct callback *all)
{
    unsigned n = 0;
    for (struct callback *k = all; k; k = k->next) n++;
    struct callback **list = arena_array(c->a, struct callback *, n + 1);
    n = 0;
    for (; all; all = all->next)
        if (!all->marked) list[n++] = all;
    while (n--) {
        struct callback *k = list[n];
        struct def *d = def_find(m, name_key(k->name, k->arity));
        if (!d || d->from_context || kind_is_private(d->kind)) continue;
        warn_at(c, d->line, IN_MODULE,
                "module attribute @impl was not set for %s %s/%u callback (specified in %s). This either means you forgot to add the \"@impl true\" "
                "annotation before the definition or that you are accidentally overriding this callback",
                kind_of(kind_is_macro(d->kind)), atom_c_text(c, k->name), k->arity, inspect_atom(c, k->behaviour));
    }
}

static void check_marks(struct cx *c, struct module_state *m, struct attribute *behaviours, struct callback *all)
{
    bool marked = false;
    for (term l = list_reverse(c, m->impls); is_cons(l); l = tail(l)) {
        check_mark(c, behaviours, all, head(l));
        marked |= !mark_from_macro(head(l));
    }
    if (marked) check_unmarked(c, m, all);
}

// ---- what is missing

static void check_promise(struct cx *c, struct module_state *m, const struct callback *k)
{
    struct def *d = def_find(m, name_key(k->name, k->arity));
    if (k->optional || k->marked || (d && kind_is_macro(d->kind) == k->macro && !kind_is_private(d->kind))) return;
    const char *of = code_exported(c->vm, k->behaviour, atom_c(c, "__protocol__"), 1) ? "protocol" : "behaviour";
    const char *what = cx_format(c, "%s %s/%u required by %s %s", kind_of(k->macro), atom_c_text(c, k->name), k->arity, of,
                                 inspect_atom(c, k->behaviour));
    if (d)
        warn_at(c, m->line, IN_MODULE, "%s was implemented as \"%s\" but should have been \"%s\" (in module %s)", what, kind_text(d->kind),
                k->macro ? "defmacro" : "def", inspect_atom(c, m->name));
    else warn_at(c, m->line, IN_MODULE, "%s is not implemented (in module %s)", what, inspect_atom(c, m->name));
}

// While the image is built modules come in an order that behaviours need not follow.
static bool building_image(struct cx *c, struct attribute *behaviours)
{
    if (!compile_state(c->vm)->on_object) return false;
    for (term l = behaviours->value; is_cons(l); l = tail(l))
        if (!module_find(c->vm, head(l)) && !code_ensure_loaded(c->vm, head(l))) return true;
    return false;
}

void check_behaviours(struct cx *c, struct module_state *m)
{
    struct attribute *behaviours = attribute_find(m, AM_behaviour);
    if (building_image(c, behaviours)) return;
    struct callback *all = promised(c, m, behaviours);
    if (is_cons(m->impls)) check_marks(c, m, behaviours, all);
    for (struct callback *k = all; k; k = k->next) check_promise(c, m, k);
}
