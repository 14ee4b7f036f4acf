// SPDX-License-Identifier: Apache-2.0
// What a file under compilation needs of other modules.
//
// In a build of several files (a process with an error handler: stdlib/mix/phial_builder.ex) a module that is not there yet is waited for, other
// processes compile meanwhile. Invariants: only a process with an error handler waits; what was used while compiling is noted once, in the unit of
// the file.
#include "expand.h"

struct unit *file_unit(struct cx *c)
{
    for (struct unit *u = units_of(c->vm); u; u = u->next)
        if (u->is_file && u->p == c->p) return u;
    return NULL;
}

static bool is_system(struct cx *c, term module)
{
    struct module *m = code_module(c->vm, module);
    return m ? m->system : code_has_natives(c->vm, module);
}

void note_need(struct cx *c, term module)
{
    struct module *m = code_module(c->vm, module);
    struct unit *u = m && m->system ? NULL : file_unit(c);
    if (!u) return;
    if (!u->needs) u->needs = name_set_new(u->a, 8);
    name_set_add(u->a, u->needs, name_key(module, 0));
}

term needs_list(struct cx *c, const struct unit *u)
{
    term list = TERM_NIL;
    for (uint32_t i = 0; u->needs && i < u->needs->capacity; i++) {
        uint64_t key = u->needs->slots[i];
        if (key && !is_system(c, key_name(key))) list = mk_cons(c->h, key_name(key), list);
    }
    return list;
}

static bool has_struct(struct module_state *m)
{
    struct attribute *a = m ? attribute_find(m, AM__struct_) : NULL;
    return a && is_map(a->value);
}

bool await_module(struct cx *c, term module)
{
    note_need(c, module);
    if (code_is_loaded(c->vm, module) || code_ensure_loaded(c->vm, module)) return true;
    if (!c->p->error_handler) return false;
    return call_checked(c, AM_phial_builder, AM_await, 1, &module).value == AM_true;
}

// Its struct is known before the module is done: two modules may name each other's struct in their functions.
struct module_state *await_struct(struct cx *c, term module)
{
    if (!c->p->error_handler || code_is_loaded(c->vm, module) || code_ensure_loaded(c->vm, module)) return NULL;
    note_need(c, module);
    if (!has_struct(module_find(c->vm, module)) && call_checked(c, AM_phial_builder, atom_c(c, "await_struct"), 1, &module).value != AM_true)
        return NULL;
    struct module_state *m = code_is_loaded(c->vm, module) ? NULL : module_find(c->vm, module);
    return has_struct(m) ? m : NULL;
}

struct module_state *module_here(struct cx *c, term name)
{
    struct module_state *m = module_find(c->vm, name);
    return m && c->p->error_handler && m->unit->p != c->p ? NULL : m;
}

void announce_module(struct cx *c, term module)
{
    if (c->p->error_handler) call_checked(c, AM_phial_builder, AM_defined, 1, &module);
}

void announce_warning(struct cx *c, term file, int line, int column, const char *text)
{
    if (!c->p->error_handler) return;
    term place = column ? mk_tuple2(c->h, make_small(line), make_small(column)) : make_small(line);
    term args[3] = {absolute_path(c, file), place, mk_binary_str(c->h, text)};
    call_checked(c, AM_phial_builder, atom_c(c, "warned"), 3, args);
}

void await_others(struct cx *c)
{
    if (c->p->error_handler) call_checked(c, AM_phial_builder, AM_barrier, 0, NULL);
}
