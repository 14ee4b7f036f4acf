// SPDX-License-Identifier: Apache-2.0
// Loaded code, funs, pids as text, and the VM itself, seen from the language: :code, parts of :erlang, :init, :phial.
#include "../code.h"

#include <stdio.h>
#include <stdlib.h>

#include "../../compiler/compiler.h"
#include "../code_path.h"
#include "../gc.h"
#include "../image.h"
#include "../sched.h"
#include "../world.h"
#include "../../repl/editor.h"
#include "ets.h"

// ---- modules

NATIVE("erlang", "function_exported", 3, erlang_function_exported, "Whether a loaded module exports the function.")
{
    if (!is_atom(arg[0])) return raise_badarg(p, 1, "not an atom");
    if (!is_atom(arg[1])) return raise_badarg(p, 2, "not an atom");
    if (!is_integer(arg[2])) return raise_badarg(p, 3, "not an integer");
    if (!is_small(arg[2]) || small_value(arg[2]) < 0) return AM_false;
    return mk_bool(small_value(arg[2]) <= 255 && code_exported(p->vm, arg[0], arg[1], (unsigned)small_value(arg[2])));
}
NATIVE("erlang", "module_loaded", 1, erlang_module_loaded, "Whether the module is loaded.")
{
    if (!is_atom(arg[0])) return raise_badarg(p, 1, "not an atom");
    return mk_bool(code_is_loaded(p->vm, arg[0]) || code_has_natives(p->vm, arg[0]));
}
NATIVE("code", "ensure_loaded", 1, code_ensure_loaded_1, "Loads the module if need be: {module, name} or {error, nofile}.")
{
    if (is_atom(arg[0]) && code_ensure_loaded(p->vm, arg[0])) return mk_tuple2(&p->heap, AM_module, arg[0]);
    return mk_tuple2(&p->heap, AM_error, AM_nofile);
}
// Where a module comes from: the library's source, a file of the code path, or [] if it was compiled in memory.
static term origin(struct process *p, const struct module *m, term name)
{
    if (!m || name == AM_erlang) return AM_preloaded;
    if (m->system) {
        size_t len;
        const uint8_t *file = binary_bytes(&p->heap, m->file, &len);
        return mk_charlist(&p->heap, (const char *)file, len);
    }
    char *file = code_path_file(p->vm, name);
    term t = file ? mk_charlist(&p->heap, file, strlen(file)) : TERM_NIL;
    free(file);
    return t;
}
NATIVE("code", "is_loaded", 1, code_is_loaded_1, "{file, Path} if the module is loaded, else false.")
{
    struct module *m = is_atom(arg[0]) ? code_module(p->vm, arg[0]) : NULL;
    return m ? mk_tuple2(&p->heap, AM_file, origin(p, m, arg[0])) : AM_false;
}
NATIVE("code", "which", 1, code_which_1, "Where the module comes from, or non_existing.")
{
    if (!is_atom(arg[0]) || !code_ensure_loaded(p->vm, arg[0])) return AM_non_existing;
    return origin(p, code_module(p->vm, arg[0]), arg[0]);
}
NATIVE("erlang", "check_old_code", 1, erlang_check_old_code, "Whether the module has an old version.")
{
    if (!is_atom(arg[0])) return raise_badarg(p, 1, "not an atom");
    return mk_bool(code_old(p->vm, arg[0]) != NULL);
}
NATIVE("erlang", "delete_module", 1, erlang_delete_module, "Makes the current version old: true, or undefined when it is not loaded.")
{
    if (!is_atom(arg[0])) return raise_badarg(p, 1, "not an atom");
    if (code_old(p->vm, arg[0])) return raise_badarg(p, 0, NULL);
    return code_delete(p->vm, arg[0]) ? AM_true : AM_undefined;
}
NATIVE("erlang", "purge_module", 1, erlang_purge_module, "Removes the old version, whoever runs in it: its funs are bad funs from now on.")
{
    if (!is_atom(arg[0])) return raise_badarg(p, 1, "not an atom");
    return code_purge(p->vm, arg[0]) ? AM_true : raise_badarg(p, 0, NULL);
}
NATIVE("erlang", "check_process_code", 2, erlang_check_process_code, "Whether the process runs old code of the module: it answers for itself.")
{
    if (!is_pid(arg[0])) return raise_badarg(p, 1, "not a pid");
    if (!is_atom(arg[1])) return raise_badarg(p, 2, "not an atom");
    if (arg[0] == p->pid) return mk_bool(code_check_process(p, arg[1]));
    struct process *other = process_find(p->vm, arg[0]);
    if (!other || !code_old(p->vm, arg[1])) return AM_false;
    term ref = vm_make_ref(p->vm);
    signal_deliver(p->vm, other, signal_new(p->vm, SIGNAL_ASK, p->pid, ref, mk_tuple2(&p->heap, AM_check_process_code, arg[1])));
    return trap_mfa(p, AM_phial_process, AM_await, 1, &ref);
}
NATIVE_RAISER("phial", "purged_fun", 1, phial_purged_fun,
       "What a call of a fun of purged code does: the same fun of the version that is loaded, or badfun.")
{
    const struct lambda *l = (const struct lambda *)arg[0];     // its address looks like a small integer
    const term *captured = arg - 1 - l->captured, *args = captured - l->arity;
    code_ensure_loaded(p->vm, l->module->name);
    const struct module *now = code_module(p->vm, l->module->name);
    const struct lambda *same = NULL;
    for (size_t i = 0; now && i < now->nlambdas; i++) {
        const struct lambda *n = &now->lambdas[i];
        if (n->index == l->index && n->uniq == l->uniq && n->arity == l->arity && n->captured == l->captured) same = n;
    }
    term *f = heap_alloc(&p->heap, 2 + l->captured);
    f[0] = make_header(TYPE_FUN, 1 + l->captured);
    f[1] = (term)(same ? same : l);
    memcpy(f + 2, captured, l->captured * sizeof *f);
    if (!same) return raise_error(p, mk_tuple2(&p->heap, AM_badfun, make_boxed(f)));
    return trap_apply(p, make_boxed(f), TERM_NONE, TERM_NONE, mk_list(&p->heap, l->arity, args, TERM_NIL));
}
NATIVE("code", "all_loaded", 0, code_all_loaded_0, "[{module, file}] of all loaded modules.")
{
    term list = TERM_NIL;
    for (term l = code_all_loaded(p->vm, &p->heap); is_cons(l); l = tail(l)) {
        term name = tuple_get(head(l), 0);
        list = mk_cons(&p->heap, mk_tuple2(&p->heap, name, origin(p, code_module(p->vm, name), name)), list);
    }
    return list;
}
NATIVE("phial", "words", 1, phial_words, "Words that a copy of a term takes in a heap.")
{
    size_t words = term_size(p->vm, arg[0]);
    native_charge(p, words / 100);
    return make_small((int64_t)words);
}
NATIVE("phial", "modules", 0, phial_modules, "The standard library's modules.") { return code_library(p->vm, &p->heap); }
NATIVE("phial", "atoms", 1, phial_atoms, "Texts of the atoms that begin with a binary.")
{
    size_t len, n = atom_count(p->vm);
    if (!is_binary(arg[0])) return raise_badarg(p, 1, "not a binary");
    const char *prefix = (const char *)binary_bytes(&p->heap, arg[0], &len);
    term list = TERM_NIL;
    for (size_t i = 0; i < n; i++) {
        struct atom_text t = atom_text(p->vm, (term)i << 3 | TAG_ATOM);
        if (t.len >= len && memcmp(t.bytes, prefix, len) == 0) list = mk_cons(&p->heap, mk_binary(&p->heap, t.bytes, t.len), list);
    }
    native_charge(p, n / 100);
    return list;
}
NATIVE("phial", "docs", 1, phial_docs, "The documentation chunk of a module, or nil.")
{
    if (!is_atom(arg[0]) || !code_ensure_loaded(p->vm, arg[0])) return AM_nil;
    term docs = code_docs(p->vm, &p->heap, arg[0]);
    return is_tuple_of(docs, 3) ? tuple_get(docs, 0) : AM_nil;
}
NATIVE("phial", "native_docs", 1, phial_native_docs, "What stands beside the natives of a module: [{name, arity, text}].")
{
    return is_atom(arg[0]) ? code_native_docs(p->vm, &p->heap, arg[0]) : TERM_NIL;
}
NATIVE("phial", "heads", 1, phial_heads, "[{{name, arity}, kind, [{args, guard | nil}]}] of a module that is kept somewhere, or nil.")
{
    term docs = is_atom(arg[0]) && code_ensure_loaded(p->vm, arg[0]) ? code_docs(p->vm, &p->heap, arg[0]) : AM_nil;
    return is_tuple_of(docs, 3) ? tuple_get(docs, 2) : AM_nil;
}
NATIVE("phial", "typespecs", 1, phial_typespecs, "{types, specs, callbacks} of a loaded module, or nil.")
{
    term docs = is_atom(arg[0]) ? code_docs(p->vm, &p->heap, arg[0]) : AM_nil;
    return is_tuple_of(docs, 3) ? tuple_get(docs, 1) : AM_nil;
}
NATIVE("phial", "typespecs_in", 1, phial_typespecs_in, "{types, specs, callbacks} of a compiled module's bytes, or nil; false: no such bytes.")
{
    if (!is_binary(arg[0])) return raise_badarg(p, 1, "not a binary");
    size_t len;
    const uint8_t *bytes = binary_bytes(&p->heap, arg[0], &len);
    struct object *o = object_from_bytes(p->vm, bytes, len);
    if (!o) return AM_false;
    term specs = is_tuple_of(o->docs, 3) ? term_copy(p->vm, &p->heap, tuple_get(o->docs, 1)) : AM_nil;
    object_free(o);
    return specs;
}
NATIVE("phial", "object_in", 1, phial_object_in, "{module, docs | nil, attributes, exports} of a compiled module's bytes; false: no such bytes.")
{
    if (!is_binary(arg[0])) return raise_badarg(p, 1, "not a binary");
    size_t len;
    const uint8_t *bytes = binary_bytes(&p->heap, arg[0], &len);
    struct object *o = object_from_bytes(p->vm, bytes, len);
    if (!o) return AM_false;
    struct heap *h = &p->heap;
    term exports = TERM_NIL;
    for (size_t i = o->nfunctions; i-- > 0;)
        if (o->functions[i].exported) exports = mk_cons(h, mk_tuple2(h, o->functions[i].name, make_small(o->functions[i].arity)), exports);
    term docs = is_tuple_of(o->docs, 3) ? term_copy(p->vm, h, tuple_get(o->docs, 0)) : AM_nil;
    term parts[] = {o->module, docs, term_copy(p->vm, h, o->attributes), exports};
    object_free(o);
    native_charge(p, len / 100);
    return mk_tuple(h, 4, parts);
}
NATIVE("phial", "exports", 1, phial_exports, "Exported functions of a module as [{name, arity}].")
{
    if (!is_atom(arg[0])) return raise_badarg(p, 1, "not an atom");
    code_ensure_loaded(p->vm, arg[0]);
    return code_exports(p->vm, &p->heap, arg[0]);
}
NATIVE("phial", "build_id", 0, phial_build_id, "A number that changes with the standard library this Phial was built with.")
{
    return make_small((int64_t)(code_image_id(p->vm) >> 8));
}
NATIVE("phial", "attributes", 1, phial_attributes, "Persisted attributes of a loaded module: [{key, values}].")
{
    struct module *m = is_atom(arg[0]) ? code_module(p->vm, arg[0]) : NULL;
    return m ? m->attributes : TERM_NIL;
}

// ---- funs

NATIVE("erlang", "make_fun", 3, erlang_make_fun, "The external fun &mod.name/arity.")
{
    if (!is_atom(arg[0])) return raise_badarg(p, 1, "not an atom");
    if (!is_atom(arg[1])) return raise_badarg(p, 2, "not an atom");
    if (!is_small(arg[2]) || small_value(arg[2]) < 0 || small_value(arg[2]) > 255) return raise_badarg(p, 3, "out of range");
    return mk_export(p->vm, &p->heap, arg[0], arg[1], (unsigned)small_value(arg[2]));
}

static term fun_item(struct process *p, term fun, term item)
{
    term *f = boxed_ptr(fun);
    struct heap *h = &p->heap;
    bool local = header_type(*f) == TYPE_FUN;
    struct lambda *l = local ? (struct lambda *)f[1] : NULL;
    struct export *e = local ? NULL : (struct export *)f[1];
    if (item == AM_type) return local ? AM_local : AM_external;
    if (item == AM_module) return local ? l->module->name : e->module;
    if (item == AM_name) return local ? l->name : e->function;
    if (item == AM_arity) return make_small(fun_arity(fun));
    if (item == AM_env) return local ? mk_list(h, l->captured, f + 2, TERM_NIL) : TERM_NIL;
    if (!local) return TERM_NONE;
    if (item == AM_index || item == AM_new_index) return make_small(l->index);
    if (item == AM_uniq || item == AM_new_uniq) return make_small(l->uniq);
    if (item == AM_pid) return p->pid;
    return TERM_NONE;
}

NATIVE("erlang", "fun_info", 2, erlang_fun_info_2, "{item, value} about a fun.")
{
    if (!is_fun(arg[0])) return raise_badarg(p, 1, "not a fun");
    term v = fun_item(p, arg[0], arg[1]);
    if (v == TERM_NONE) return boxed_type(arg[0]) == TYPE_EXPORT ? mk_tuple2(&p->heap, arg[1], AM_undefined) : raise_badarg(p, 2, "invalid item");
    return mk_tuple2(&p->heap, arg[1], v);
}
NATIVE("erlang", "fun_info", 1, erlang_fun_info_1, "All that fun_info/2 tells.")
{
    if (!is_fun(arg[0])) return raise_badarg(p, 1, "not a fun");
    static const term items[] = {AM_pid, AM_module, AM_new_index, AM_new_uniq, AM_index, AM_uniq, AM_name, AM_arity, AM_env, AM_type};
    term list = TERM_NIL;
    for (unsigned i = sizeof items / sizeof *items; i-- > 0;) {
        term v = fun_item(p, arg[0], items[i]);
        if (v != TERM_NONE) list = mk_cons(&p->heap, mk_tuple2(&p->heap, items[i], v), list);
    }
    return list;
}

NATIVE("phial", "fun_file", 1, phial_fun_file, "The file of a fun made by a script's own code, outside modules; nil for others.")
{
    if (!is_fun(arg[0])) return raise_badarg(p, 1, "not a fun");
    const struct module *m = boxed_type(arg[0]) == TYPE_FUN ? ((struct lambda *)boxed_ptr(arg[0])[1])->module : NULL;
    return m && m->thunk && m->name != AM_erl_eval ? m->file : AM_nil;
}

// ---- pids, references and funs as text

static term ascii_list(struct process *p, const char *s) { return mk_charlist(&p->heap, s, strlen(s)); }

// Characters as a C string; false: others than ASCII are among them, or more than there is room for.
static bool ascii_text(term list, char *text, size_t size)
{
    size_t n = 0;
    for (; is_cons(list) && n < size - 1; list = tail(list)) {
        if (!is_small(head(list)) || small_value(head(list)) < 1 || small_value(head(list)) > 127) return false;
        text[n++] = (char)small_value(head(list));
    }
    text[n] = 0;
    return is_nil(list);
}

// Whether the text of a list is what `format` reads into three numbers, to its last character.
static bool reads_as(term list, const char *format, unsigned *a, unsigned *b, unsigned *c)
{
    char text[80];
    int end = 0;
    return ascii_text(list, text, sizeof text) && sscanf(text, format, a, b, c, &end) == 3 && end > 0 && !text[end];
}

NATIVE("erlang", "pid_to_list", 1, erlang_pid_to_list, "\"<0.N.0>\" as a charlist.")
{
    char text[64];
    if (!is_pid(arg[0])) return raise_badarg(p, 1, "not a pid");
    snprintf(text, sizeof text, "<0.%u.%u>", pid_slot(arg[0]), pid_generation(arg[0]));
    return ascii_list(p, text);
}
NATIVE("erlang", "list_to_pid", 1, erlang_list_to_pid, "The pid that pid_to_list/1 wrote.")
{
    unsigned node, slot, generation;
    if (!reads_as(arg[0], "<%u.%u.%u>%n", &node, &slot, &generation)) return raise_badarg(p, 1, "not a textual representation of a pid");
    return make_pid(slot, generation);
}
NATIVE("erlang", "ref_to_list", 1, erlang_ref_to_list, "\"#Ref<0.A.B.C>\" as a charlist.")
{
    char text[64];
    if (!is_ref(arg[0])) return raise_badarg(p, 1, "not a reference");
    uint64_t v = imm_value(arg[0]);
    snprintf(text, sizeof text, "#Ref<0.%u.%u.%u>", (unsigned)(v >> 40), (unsigned)(v >> 20 & 0xfffff), (unsigned)(v & 0xfffff));
    return ascii_list(p, text);
}
NATIVE("erlang", "list_to_ref", 1, erlang_list_to_ref, "The reference that ref_to_list/1 wrote.")
{
    unsigned a, b, c;
    if (!reads_as(arg[0], "#Ref<0.%u.%u.%u>%n", &a, &b, &c)) return raise_badarg(p, 1, "not a textual representation of a reference");
    return make_imm(IMM_REF, (uint64_t)a << 40 | (uint64_t)b << 20 | c);
}
NATIVE("erlang", "fun_to_list", 1, erlang_fun_to_list, "A fun as text.")
{
    if (!is_fun(arg[0])) return raise_badarg(p, 1, "not a fun");
    char text[2 * ATOM_MAX_BYTES + 40];
    term *f = boxed_ptr(arg[0]);
    if (header_type(*f) == TYPE_EXPORT) {
        struct export *e = (struct export *)f[1];
        snprintf(text, sizeof text, "fun %s:%s/%u", atom_text(p->vm, e->module).bytes, atom_text(p->vm, e->function).bytes, e->arity);
    } else {
        struct lambda *l = (struct lambda *)f[1];
        snprintf(text, sizeof text, "#Fun<%s.%d.%u>", atom_text(p->vm, l->module->name).bytes, l->index, l->uniq);
    }
    return ascii_list(p, text);
}
NATIVE("erlang", "port_to_list", 1, erlang_port_to_list, "A port as text.")
{
    char text[64];
    if (!is_port(arg[0])) return raise_badarg(p, 1, "not a port");
    snprintf(text, sizeof text, "#Port<0.%llu>", (unsigned long long)imm_value(arg[0]));
    return ascii_list(p, text);
}

NATIVE("erlang", "list_to_port", 1, erlang_list_to_port, "The port that port_to_list/1 wrote.")
{
    char text[64];
    unsigned long long n;
    int end = 0;
    if (!ascii_text(arg[0], text, sizeof text) || sscanf(text, "#Port<0.%llu>%n", &n, &end) != 1 || !end || text[end])
        return raise_badarg(p, 1, "not a textual representation of a port");
    return make_imm(IMM_PORT, n);
}

// ---- nodes: this is the only one

NATIVE("erlang", "node", 0, erlang_node_0, "This node's name.") { return AM_nonode; }
NATIVE("erlang", "node", 1, erlang_node_1, "The node of a pid, port or reference: this one.")
{
    if (!is_pid(arg[0]) && !is_ref(arg[0]) && !is_port(arg[0])) return raise_badarg(p, 1, "not a pid, port or reference");
    return AM_nonode;
}
NATIVE("erlang", "nodes", 0, erlang_nodes_0, "Other nodes: none.") { return TERM_NIL; }
NATIVE("erlang", "nodes", 1, erlang_nodes_1, "Nodes of a kind, or of any of a list of kinds: this one when `this` or `known` is asked.")
{
    bool here = false;
    for (term t = arg[0]; !is_nil(t); t = is_cons(t) ? tail(t) : TERM_NIL) {
        term kind = is_cons(t) ? head(t) : t;
        if (kind == AM_this || kind == AM_known) here = true;
        else if (kind != AM_visible && kind != AM_hidden && kind != AM_connected) return raise_badarg(p, 0, NULL);
    }
    return here ? mk_cons(&p->heap, AM_nonode, TERM_NIL) : TERM_NIL;
}
NATIVE("erlang", "is_alive", 0, erlang_is_alive, "Whether this node can reach others: false.") { return AM_false; }

// ---- the VM

// A text instead of a status is the program's last word.
enum { SLOGAN_MAX = 1023 };
static bool last_word(struct vm *vm, term chars)
{
    uint8_t text[SLOGAN_MAX * 4 + 2];
    size_t len = 0;
    for (int n = 0; is_cons(chars); chars = tail(chars), n++) {
        if (!is_small(head(chars)) || small_value(head(chars)) < 0 || small_value(head(chars)) > 0x10ffff) return false;
        if (n < SLOGAN_MAX) len += utf8_encode((uint32_t)small_value(head(chars)), text + len);
    }
    if (!is_nil(chars)) return false;
    text[len++] = '\r';
    text[len++] = '\n';
    if (vm->editor) editor_free(vm);
    world_write(vm->world, 2, text, len);
    return true;
}

static term halt(struct process *p, term status)
{
    if (status == AM_abort) abort();
    if (is_small(status) && small_value(status) >= 0) p->vm->exit_code = (int)(small_value(status) & 255);
    else if (is_list(status) && last_word(p->vm, status)) p->vm->exit_code = 1;
    else return raise_badarg(p, 1, "invalid status");
    p->vm->halting = true;
    native_charge(p, 100000);
    return trap_mfa(p, AM_phial_process, AM_await, 1, &p->pid);     // waits for what never comes: the turn ends
}
NATIVE("erlang", "halt", 0, erlang_halt_0, "Ends the VM with status 0.") { return halt(p, make_small(0)); }
NATIVE("erlang", "halt", 1, erlang_halt_1, "Ends the VM with a status.") { return halt(p, arg[0]); }
NATIVE("erlang", "halt", 2, erlang_halt_2, "halt/1; output is always flushed.") { return halt(p, arg[0]); }

NATIVE("phial", "argv", 0, phial_argv, "The program's arguments as binaries.")
{
    term list = TERM_NIL;
    for (int i = p->vm->argc; i-- > 0;) list = mk_cons(&p->heap, mk_binary_str(&p->heap, p->vm->argv[i]), list);
    return list;
}

// What never changes here: atoms, numbers, texts.
static const struct { const char *name, *atom; int number; } facts[] = {
    {"heap_type", "private", 0}, {"build_type", "opt", 0}, {"debug_compiled", "false", 0}, {"kernel_poll", "true", 0},
    {"multi_scheduling", "enabled", 0}, {"time_correction", "true", 0}, {"time_warp_mode", "no_time_warp", 0}, {"time_offset", "final", 0},
    {"tolerant_timeofday", "enabled", 0}, {"scheduler_bind_type", "unbound", 0}, {"message_queue_data", "on_heap", 0}, {"break_ignored", "false", 0},
    {"dynamic_trace", "none", 0}, {"modified_timing_level", "undefined", 0}, {"port_parallelism", "false", 0}, {"scheduler_id", NULL, 1},
    {"compat_rel", NULL, 25}, {"creation", NULL, 0}, {"thread_pool_size", NULL, 1}, {"dirty_io_schedulers", NULL, 10},
    {"trace_control_word", NULL, 0}, {"update_cpu_info", "unchanged", 0}, {"eager_check_io", "true", 0}, {"emu_type", "opt", 0},
    {"emu_flavor", "emu", 0}, {"delayed_node_table_gc", NULL, 60}, {"dist_buf_busy_limit", NULL, 1048576}, {"start_time", NULL, 0},
    {"outstanding_system_requests_limit", NULL, 134217727},
};

static int64_t table_count(const struct vm *vm)
{
    int64_t n = 0;
    for (struct ets_table *t = vm->ets ? vm->ets->first : NULL; t; t = t->next) n++;
    return n;
}

// What concerns the processors, and the settings of processes: pairs, lists and maps. TERM_NONE: something else.
static term built_fact(struct process *p, term what)
{
    struct heap *h = &p->heap;
    term n = make_small(world_processors(p->vm->world));
    if (what == AM_schedulers_state) return mk_tuple3(h, n, n, n);
    if (what == AM_min_heap_size) return mk_tuple2(h, what, make_small(233));
    if (what == AM_min_bin_vheap_size) return mk_tuple2(h, what, make_small(46422));
    if (what == AM_fullsweep_after) return mk_tuple2(h, what, make_small(65535));
    if (what == AM_max_heap_size) {
        term keys[] = {AM_error_logger, AM_kill, AM_size}, values[] = {AM_true, AM_true, make_small(0)};
        return map_from_pairs(p->vm, h, 3, keys, values);
    }
    if (what != AM_garbage_collection) return TERM_NONE;
    term pairs[] = {mk_tuple2(h, AM_max_heap_size, make_small(0)), built_fact(p, AM_min_bin_vheap_size), built_fact(p, AM_min_heap_size),
                    built_fact(p, AM_fullsweep_after)};
    return mk_list(h, 4, pairs, TERM_NIL);
}

static term fixed_fact(struct process *p, term what)
{
    struct atom_text text = atom_text(p->vm, what);
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        if (strlen(facts[i].name) != text.len || memcmp(facts[i].name, text.bytes, text.len)) continue;
        return facts[i].atom ? atom_from_c(p->vm, facts[i].atom) : make_small(facts[i].number);
    }
    return raise_badarg(p, 1, "invalid system info item");
}

NATIVE("erlang", "system_info", 1, erlang_system_info, "Facts about the VM by name.")
{
    struct vm *vm = p->vm;
    struct heap *h = &p->heap;
    term what = arg[0];
    if (what == AM_process_count) return make_small(vm->sched->live);
    if (what == AM_process_limit) return make_small(PROCESS_LIMIT);
    if (what == AM_atom_count) return make_small(atom_count(vm));
    if (what == AM_atom_limit) return make_small(ATOM_LIMIT);
    if (what == AM_schedulers || what == AM_schedulers_online || what == AM_logical_processors || what == AM_logical_processors_online
        || what == AM_dirty_cpu_schedulers || what == AM_dirty_cpu_schedulers_online || what == AM_schedulers_total
        || what == AM_logical_processors_available) return make_small(world_processors(vm->world));
    if (what == AM_wordsize) return make_small(8);
    if (what == AM_otp_release) return ascii_list(p, "25");
    if (what == AM_version) return ascii_list(p, "13.1.5");
    if (what == AM_system_version) return ascii_list(p, "Phial\n");
    if (what == AM_system_architecture) return ascii_list(p, "phial");
    if (what == AM_machine) return ascii_list(p, "PHIAL");
    if (what == AM_smp_support || what == AM_threads) return AM_false;
    if (what == AM_endian) return AM_little;
    if (what == AM_os_type) return mk_tuple2(h, AM_unix, AM_linux);
    if (what == AM_ets_count) return make_small(table_count(vm));
    if (what == AM_end_time) return mk_int(h, INT64_C(8646911283000000000));
    if (what == AM_nif_version) return ascii_list(p, "2.16");
    if (what == AM_driver_version) return ascii_list(p, "3.3");
    if (what == AM_ets_limit || what == AM_port_limit) return make_small(PROCESS_LIMIT);
    if (what == AM_port_count) return make_small(0);
    if (is_tuple_of(what, 2) && tuple_get(what, 0) == AM_wordsize) return make_small(8);
    term built = built_fact(p, what);
    if (built != TERM_NONE) return built;
    return is_atom(what) ? fixed_fact(p, what) : raise_badarg(p, 1, "invalid system info item");
}
NATIVE("os", "type", 0, os_type, "{unix, linux}.") { return mk_tuple2(&p->heap, AM_unix, AM_linux); }

static size_t all_process_bytes(struct vm *vm)
{
    size_t bytes = 0;
    for (uint32_t i = 0; i < vm->sched->slots; i++)
        if (vm->sched->table[i]) bytes += process_words(vm->sched->table[i]) * sizeof(term) + sizeof(struct process);
    return bytes;
}

// What off-heap binaries processes hold; one that several hold counts for each.
static size_t all_binary_bytes(struct vm *vm)
{
    size_t bytes = 0;
    for (uint32_t i = 0; i < vm->sched->slots; i++)
        if (vm->sched->table[i]) bytes += vm->sched->table[i]->heap.refbin_bytes;
    return bytes;
}
NATIVE("phial", "memory", 0, phial_memory, "Bytes {of processes, of code and literals, of their binaries, of ETS tables}.")
{
    term bytes[] = {make_small((int64_t)all_process_bytes(p->vm)), make_small((int64_t)code_bytes(p->vm)),
                    make_small((int64_t)all_binary_bytes(p->vm)),
                    make_small((int64_t)ets_bytes(p->vm))};
    return mk_tuple(&p->heap, 4, bytes);
}
NATIVE("phial", "collections", 0, phial_collections, "{garbage collections, words they reclaimed}.")
{
    return mk_tuple2(&p->heap, make_small((int64_t)p->vm->collections), make_small((int64_t)p->vm->reclaimed_words));
}
NATIVE("phial", "statistics", 0, phial_statistics, "{context switches, reductions of the caller, run queue length}.")
{
    struct sched *s = p->vm->sched;
    size_t queued = 0;
    for (int i = 0; i < 4; i++) queued += s->queues[i].length;
    return mk_tuple3(&p->heap, make_small((int64_t)s->context_switches), make_small((int64_t)process_reductions(p)), make_small((int64_t)queued));
}
