// SPDX-License-Identifier: Apache-2.0
// Which module implements a protocol for a type: the one question every protocol call asks at run time.
//
// The answer is what the __impl__(:target) of Protocol.Type gives, if such a module is there (loaded, or loadable) and is an implementation. What is
// found is cached, as long as the code that said so is loaded; nothing is remembered of the rest, so that an implementation that comes later counts.
// (The name may be no atom yet: modules of the image are read when first asked for.)
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

static uint64_t impl_key(term protocol, term type) { return (uint64_t)atom_index(protocol) << 32 | atom_index(type); }
static struct impl *impl_slot(struct vm *vm, uint64_t key) { return &compile_state(vm)->impls[(key * 0x9e3779b97f4a7c15ull) >> 56]; }

// The type that an implementation for a value is named after.
static term type_of(struct vm *vm, term value)
{
    if (is_small(value)) return AM_Integer;
    if (is_atom(value)) return AM_Atom;
    if (is_list(value)) return AM_List;
    if (is_map(value)) {
        term module = map_get(vm, value, AM__struct_);
        return module != TERM_NONE && is_atom(module) ? module : AM_Map;
    }
    if (is_bitstring(value)) return AM_BitString;
    if (is_tuple(value)) return AM_Tuple;
    if (is_float(value)) return AM_Float;
    return AM_nil;      // the rest is rare
}

NATIVE("phial_module", "impl_target", 2, module_impl_target, "The module that a protocol calls for a value, if it has been noted; else nil.")
{
    term type = is_atom(arg[0]) ? type_of(p->vm, arg[1]) : AM_nil;
    if (type == AM_nil) return AM_nil;
    uint64_t key = impl_key(arg[0], type);
    struct impl *cached = impl_slot(p->vm, key);
    return cached->key == key && cached->code && cached->impl->entry == cached->code ? cached->target : AM_nil;
}

NATIVE("phial_module", "note_impl", 4, module_note_impl, "Notes the target that an implementation module gave for a protocol and a type; the target.")
{
    uint64_t key = impl_key(arg[0], arg[1]);
    struct export *impl = code_export(p->vm, arg[2], AM__impl_, 1);
    *impl_slot(p->vm, key) = (struct impl){key, impl, impl->entry, arg[3]};
    return arg[3];
}

NATIVE("phial_module", "struct_impl", 2, module_struct_impl, "The module that implements a protocol for a type, or nil.")
{
    if (!is_atom(arg[0]) || !is_atom(arg[1])) return AM_nil;
    term module = impl_name(p, arg[0], arg[1]);
    if (module == TERM_NONE) return AM_nil;
    if (!code_is_loaded(p->vm, module) && (module_find(p->vm, module) || !code_ensure_loaded(p->vm, module))) return AM_nil;
    return is_loaded_impl(p, module) ? module : AM_nil;
}
