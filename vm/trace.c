// SPDX-License-Identifier: Apache-2.0
// See trace.h.
#include "trace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../compiler/compiler.h"
#include "explain.h"
#include "sched.h"
#include "world.h"

static bool is_raw(term t)
{
    return is_tuple(t) && tuple_arity(t) >= 1 && tuple_get(t, 0) == AM_raw_trace;
}

term trace_first(struct process *p, term mod, term fun, term args, term info)
{
    term e[] = {mod, fun, args, info};
    return mk_tuple(&p->heap, 4, e);
}

// Texts of these modules depend on more than the arguments: raise_badarg's own words go along. The others are described by Exception.Args.
static bool has_own_words(struct vm *vm, term module)
{
    static const char *const modules[] = {"re", "crypto", "ets", "atomics", "counters"};    // as in phial_error_info.ex
    const char *name = atom_text(vm, module).bytes;
    for (size_t i = 0; i < sizeof modules / sizeof modules[0]; i++)
        if (strcmp(name, modules[i]) == 0) return true;
    return false;
}

term trace_error_info(struct process *p, term module)
{
    struct heap *h = &p->heap;
    bool words = p->raised.bad_position && p->raised.why && has_own_words(p->vm, module);
    if (p->raised.cls != AM_error || is_map(p->raised.reason)) return TERM_NIL;     // an exception struct describes itself
    term describer = words ? AM_phial_error_info : atom_from_c(p->vm, module == AM_erlang ? "erl_erts_errors" : "erl_stdlib_errors");
    term keys[] = {AM_module, AM_cause}, values[] = {describer, TERM_NIL};
    if (words) values[1] = mk_tuple2(h, make_small(p->raised.bad_position), mk_binary_str(h, p->raised.why));
    return mk_cons(h, mk_tuple2(h, AM_error_info, map_from_pairs(p->vm, h, words ? 2 : 1, keys, values)), TERM_NIL);
}

term trace_first_c(struct process *p, const char *erlang_fun, term arg)
{
    return trace_first(p, AM_erlang, atom_from_c(p->vm, erlang_fun), mk_cons(&p->heap, arg, TERM_NIL), trace_error_info(p, AM_erlang));
}

static const char *operator_of(unsigned op)
{
    switch (op) {
    case OP_ADD: case OP_ADDK: return "+";
    case OP_SUB: case OP_SUBK: case OP_NEG: return "-";
    case OP_MUL: case OP_MULK: case OP_MULI: return "*";
    case OP_DIV: case OP_DIVK: return "/";
    case OP_IDIV: case OP_IDIVI: return "div";
    case OP_REM: case OP_REMI: return "rem";
    case OP_BAND: case OP_BANDI: return "band";
    case OP_BOR: return "bor";
    case OP_BXOR: return "bxor";
    case OP_BSL: case OP_BSLI: return "bsl";
    default: return "bsr";
    }
}

// As on the BEAM, whose native code names the operands except where it adds a constant, and where a module's function divides or has a
// constant float (by then an operation on floats; a script's own code is not optimised so far).
term trace_arithmetic(struct process *p, unsigned op, const uint64_t *pc, term left, term right)
{
    if (op == OP_ADDI) return TERM_NIL;
    if (op == OP_DIV || (op >= OP_ADDK && op <= OP_DIVK)) {
        const struct module *m = code_module_at(p->vm, pc);
        if (!m || !m->thunk) return TERM_NIL;
    }
    struct heap *h = &p->heap;
    term args = op == OP_NEG ? mk_cons(h, left, TERM_NIL) : mk_cons(h, left, mk_cons(h, right, TERM_NIL));
    return trace_first(p, AM_erlang, atom_from_c(p->vm, operator_of(op)), args, trace_error_info(p, AM_erlang));
}

term trace_own(struct process *p, term args, term info)
{
    return mk_tuple3(&p->heap, AM_args, args == TERM_NONE ? AM_undefined : args, info);
}

term trace_empty(struct process *p) { return mk_tuple2(&p->heap, AM_raw_trace, AM_nil); }

term trace_first_args(struct process *p, const uint64_t *pc, term args)
{
    (void)pc;
    return trace_own(p, args, TERM_NIL);
}

term trace_native(struct process *p, struct export *ex, const term *args)
{
    if (ex->native->raiser) return TERM_NIL;
    return trace_first(p, ex->module, ex->function, mk_list(&p->heap, ex->arity, args, TERM_NIL), trace_error_info(p, ex->module));
}

#define FRAMES_WALKED 1000000   // a trace is taken in bounded time

// Fills `out` with the addresses that stand for the callers of the window fp; returns how many. As on the BEAM, a function that calls
// itself at one place stands there once, however deep.
static unsigned walk(const struct process *p, const uint64_t *pc, const term *fp, term *out, unsigned max)
{
    unsigned n = 0;
    if (pc) out[n++] = (term)pc;
    for (unsigned seen = 0; fp > p->stack + 1 && n < max && seen < FRAMES_WALKED; seen++) {
        const uint64_t *ret = (const uint64_t *)fp[-1];
        fp -= mask_base(ret[-1]) + 1;
        if (!n || out[n - 1] != (term)(ret - 1)) out[n++] = (term)(ret - 1);
    }
    return n;
}

term trace_capture(struct process *p, const uint64_t *pc, const term *fp, term first)
{
    if (is_raw(first)) return first;
    if (is_list(first) && !is_nil(first)) return first;     // erlang:raise/3 gave the list itself
    term e[2 + 3 * TRACE_DEPTH_MAX];
    e[0] = AM_raw_trace;
    e[1] = first;
    unsigned n = walk(p, pc, fp, e + 2, 3 * p->vm->trace_depth);
    return mk_tuple(&p->heap, 2 + n, e);
}

// A tail call has given up its frame, so it does not show when there was nothing to call.
term trace_undefined(struct process *p, const uint64_t *pc, const term *fp, const struct export *ex, term args)
{
    enum opcode op = op_own(pc);
    bool gone = op == OP_TCALLX || op == OP_TCALLMF || op == OP_TCALLN;
    return trace_capture(p, gone ? NULL : pc, fp, trace_first(p, ex->module, ex->function, args, TERM_NIL));
}

// The file last named: neighbours in a trace share {file, _}. And the function of which a part was told.
struct last_file { term file, entry; const struct module *part_module; term part_name; unsigned part_arity; };

// [file, line | more]
static term location(struct process *p, const struct module *m, const uint64_t *pc, term more, struct last_file *last)
{
    struct heap *h = &p->heap;
    term file = AM_nil;
    int line = code_line_at(m, pc, &file);
    if (line <= 0) return more;
    if (last->file != file) {
        size_t len;
        const uint8_t *text = binary_bytes(h, file, &len);
        last->file = file;
        last->entry = mk_tuple2(h, AM_file, mk_charlist(h, (const char *)text, len));
    }
    return mk_cons(h, last->entry, mk_cons(h, mk_tuple2(h, AM_line, make_small(line)), more));
}

// A part of a function, named "-outer/2-part-0-" by the code generator: on the BEAM it stands in the function itself.
static bool part_of(struct vm *vm, const struct function *f, term *name, unsigned *arity)
{
    struct atom_text t = atom_text(vm, f->name);
    const char *end = NULL, *slash = NULL;
    if (t.len < 8 || t.bytes[0] != '-' || t.bytes[t.len - 1] != '-') return false;
    for (const char *at = t.bytes; (at = strstr(at, "-part-")); at++) end = at;
    if (!end || strchr(end + 6, '-') != t.bytes + t.len - 1) return false;
    for (const char *at = t.bytes; at < end; at++)
        if (*at == '/') slash = at;
    if (!slash) return false;
    *name = atom_existing(vm, t.bytes + 1, (size_t)(slash - t.bytes - 1));
    *arity = (unsigned)strtoul(slash + 1, NULL, 10);
    return *name != TERM_NONE;
}

// Whether this is the function that called the part told of before.
static bool told_by_part(const struct module *m, const struct function *f, struct last_file *last)
{
    bool told = last->part_module == m && f->name == last->part_name && f->arity == last->part_arity;
    last->part_module = NULL;
    return told;
}

// Entry for a code address; `args` replaces the arity when it is a list, `more` ends the location. TERM_NONE for the VM's own code.
static term entry_at(struct process *p, const uint64_t *pc, term args, term more, struct last_file *last)
{
    struct module *m = code_module_at(p->vm, pc);
    if (!m || m->name == AM_phial_stubs || m->name == AM_phial_main) return TERM_NONE;
    const struct function *f = code_function_at(m, pc);
    if (!f) return TERM_NONE;
    if (told_by_part(m, f, last)) return TERM_NONE;
    if (m->name == AM_erl_eval && is_list(args)) return trace_first(p, m->name, atom_from_c(p->vm, "-inside-an-interpreted-fun-"), args, more);
    if (part_of(p->vm, f, &last->part_name, &last->part_arity)) {
        last->part_module = m;
        return trace_first(p, m->name, last->part_name, make_small(last->part_arity), location(p, m, pc, more, last));
    }
    return trace_first(p, m->name, f->name, args == TERM_NONE ? make_small(f->arity) : args, location(p, m, pc, more, last));
}

// What :erl_erts_errors says about a segment that could not be built, from {error_info, cause, []} of bits.c.
static term segment_info(struct process *p, term first)
{
    struct heap *h = &p->heap;
    term keys[] = {AM_cause, atom_from_c(p->vm, "function"), AM_module};
    term values[] = {tuple_get(first, 1), atom_from_c(p->vm, "format_bs_fail"), atom_from_c(p->vm, "erl_erts_errors")};
    return mk_cons(h, mk_tuple2(h, AM_error_info, map_from_pairs(p->vm, h, 3, keys, values)), TERM_NIL);
}

// OTP's evaluator asks for the size of a value that goes in as bits: that call fails.
static bool fails_by_size(struct process *p, term raw)
{
    const struct module *m = tuple_arity(raw) > 2 ? code_module_at(p->vm, (const uint64_t *)tuple_get(raw, 2)) : NULL;
    term cause = tuple_get(tuple_get(raw, 1), 1);
    return m && m->name == AM_erl_eval && tuple_get(cause, 1) == AM_binary && tuple_get(cause, 2) == AM_type;
}

term trace_list(struct process *p, term raw)
{
    if (!is_raw(raw)) return is_list(raw) ? raw : TERM_NIL;
    term entries[2 + TRACE_DEPTH_MAX];
    unsigned n = 0, depth = p->vm->trace_depth;
    term first = tuple_get(raw, 1), args = TERM_NONE, more = TERM_NIL;
    struct last_file last = {0};
    if (is_tuple_of(first, 4)) entries[n++] = first;
    else if (is_tuple_of(first, 3) && tuple_get(first, 0) == AM_args) {
        if (is_list(tuple_get(first, 1))) args = tuple_get(first, 1);
        more = tuple_get(first, 2);
    } else if (is_tuple_of(first, 3) && fails_by_size(p, raw)) {
        term value = mk_cons(&p->heap, tuple_get(tuple_get(first, 1), 3), TERM_NIL);
        entries[n++] = trace_first(p, AM_erlang, atom_from_c(p->vm, "bit_size"), value, trace_error_info(p, AM_erlang));
    } else if (is_tuple_of(first, 3)) more = segment_info(p, first);
    for (uint64_t i = 2; i < tuple_arity(raw) && n < depth; i++) {
        term e = entry_at(p, (const uint64_t *)tuple_get(raw, i), i == 2 ? args : TERM_NONE, i == 2 ? more : TERM_NIL, &last);
        if (e != TERM_NONE) entries[n++] = e;
    }
    return mk_list(&p->heap, n, entries, TERM_NIL);
}

unsigned trace_walk(const struct process *of, term *out, unsigned max) { return walk(of, of->pc, of->fp, out, max); }

term trace_current(struct process *of, struct process *build_for)
{
    term pcs[3 * TRACE_DEPTH_MAX], entries[TRACE_DEPTH_MAX];
    unsigned depth = of->vm->trace_depth, found = walk(of, of->pc, of->fp, pcs, 3 * depth), n = 0;
    struct last_file last = {0};
    for (unsigned i = 0; i < found && n < depth; i++) {
        term e = entry_at(build_for, (const uint64_t *)pcs[i], TERM_NONE, TERM_NIL, &last);
        if (e != TERM_NONE) entries[n++] = e;
    }
    return mk_list(&build_for->heap, n, entries, TERM_NIL);
}

// The report is made by a process of the library. A VM without library, or a crash of the report itself, is told in the VM's own words.
static void report_crash(struct process *p, term reason, term stack)
{
    struct vm *vm = p->vm;
    bool own = is_tuple(p->initial_call) && tuple_get(p->initial_call, 0) == AM_phial_report;
    if (!own && code_ensure_loaded(vm, AM_phial_report)) {
        term args[] = {p->pid, reason, stack};
        struct spawn_options o;
        spawn_options_init(&o);
        o.priority = PRIORITY_LOW;      // the report comes after what the others have to do at once
        process_spawn(NULL, vm, AM_phial_report, AM_process_crash, 3, args, &o);
        return;
    }
    world_flush(vm->world);
    fputs("** process crashed: ", stderr);
    term_dump(vm, stderr, reason);
    fputs("\n   at: ", stderr);
    term_dump(vm, stderr, stack);
    fputc('\n', stderr);
}

void trace_uncaught(struct process *p)
{
    term reason = p->raised.reason;
    if (p->raised.cls == AM_exit) {
        p->exit_reason = reason;
        explain_exit(p, reason);
        return;
    }
    term stack = trace_list(p, p->raised.trace);
    if (p->raised.cls == AM_throw) reason = mk_tuple2(&p->heap, AM_nocatch, reason);
    p->exit_reason = mk_tuple2(&p->heap, reason, stack);
    report_crash(p, reason, stack);
}

void trace_report_limit(struct process *p)
{
    char text[256];
    if (p->quiet_limit) return explain_limit(p, "", 0);
    size_t limit = p->max_heap ? p->max_heap : PROCESS_HEAP_LIMIT;
    int n = snprintf(text, sizeof text,
                     "** process #PID<0.%llu.%llu> ended: it passed its heap limit of %zu words (%zu MiB); "
                     "endless recursion? The limit is set by --max-heap\n",
                     (unsigned long long)(imm_value(p->pid) & 0xfffffff), (unsigned long long)(imm_value(p->pid) >> 28), limit,
                     limit * sizeof(term) >> 20);
    explain_limit(p, text, (size_t)n);
}
