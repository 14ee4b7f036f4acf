// SPDX-License-Identifier: Apache-2.0
// Which module implements a protocol for a type: the one question every protocol call asks at run time.
//
// The answer is Protocol.Type, if such a module is there (loaded, or loadable) and is an implementation. Found ones stay found; nothing is remembered of the
// others, so that an implementation that comes later counts. (The name may be no atom yet: modules of the image are read when first asked for.)
#include "expand.h"

#include <string.h>

static size_t without_elixir(struct atom_text t, const char **text)
{
    size_t prefix = t.len > 7 && !memcmp(t.bytes, "Elixir.", 7) ? 7 : 0;
    *text = t.bytes + prefix;
    return t.len - prefix;
}

NATIVE("phial_module", "struct_impl", 2, module_struct_impl, "The module that implements a protocol for a type, or nil.")
{
    char name[2 * ATOM_MAX_BYTES];
    const char *type;
    if (!is_atom(arg[0]) || !is_atom(arg[1])) return AM_nil;
    struct atom_text protocol = atom_text(p->vm, arg[0]);
    size_t len = without_elixir(atom_text(p->vm, arg[1]), &type);
    if (protocol.len + len + 1 > ATOM_MAX_BYTES) return AM_nil;
    memcpy(name, protocol.bytes, protocol.len);
    name[protocol.len] = '.';
    memcpy(name + protocol.len + 1, type, len);
    term module = atom_intern(p->vm, name, protocol.len + 1 + len);
    if (module == TERM_NONE || module_find(p->vm, module)) return AM_nil;
    if (!code_is_loaded(p->vm, module) && !code_ensure_loaded(p->vm, module)) return AM_nil;
    return code_exported(p->vm, module, AM__impl_, 1) ? module : AM_nil;
}
