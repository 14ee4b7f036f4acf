// SPDX-License-Identifier: Apache-2.0
// Which module implements a protocol for a type: the one question every protocol call asks at run time.
//
// The answer is Protocol.Type, if such a module is there (loaded, or loadable) and is an implementation. What is found is cached, nothing is remembered of the
// rest, so that an implementation that comes later counts. (The name may be no atom yet: modules of the image are read when first asked for.)
#include "expand.h"

#include <string.h>

static size_t without_elixir(struct atom_text t, const char **text)
{
    size_t prefix = t.len > 7 && !memcmp(t.bytes, "Elixir.", 7) ? 7 : 0;
    *text = t.bytes + prefix;
    return t.len - prefix;
}

// The module by that name, which may not be there; TERM_NONE: no such name can be.
static term impl_name(struct process *p, term protocol_atom, term type_atom)
{
    char name[2 * ATOM_MAX_BYTES];
    const char *type;
    struct atom_text protocol = atom_text(p->vm, protocol_atom);
    size_t len = without_elixir(atom_text(p->vm, type_atom), &type);
    if (protocol.len + len + 1 > ATOM_MAX_BYTES) return TERM_NONE;
    memcpy(name, protocol.bytes, protocol.len);
    name[protocol.len] = '.';
    memcpy(name + protocol.len + 1, type, len);
    return atom_of_code(p->vm, name, protocol.len + 1 + len);
}

static bool is_loaded_impl(struct process *p, term module) { return code_is_loaded(p->vm, module) && code_exported(p->vm, module, AM__impl_, 1); }

NATIVE("phial_module", "struct_impl", 2, module_struct_impl, "The module that implements a protocol for a type, or nil.")
{
    if (!is_atom(arg[0]) || !is_atom(arg[1])) return AM_nil;
    uint64_t key = (uint64_t)atom_index(arg[0]) << 32 | atom_index(arg[1]);
    struct impl *cached = &compile_state(p->vm)->impls[(key * 0x9e3779b97f4a7c15ull) >> 56];
    if (cached->key == key && is_loaded_impl(p, cached->module)) return cached->module;
    term module = impl_name(p, arg[0], arg[1]);
    if (module == TERM_NONE) return AM_nil;
    if (!code_is_loaded(p->vm, module) && (module_find(p->vm, module) || !code_ensure_loaded(p->vm, module))) return AM_nil;
    if (!is_loaded_impl(p, module)) return AM_nil;
    *cached = (struct impl){key, module};
    return module;
}
