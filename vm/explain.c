// SPDX-License-Identifier: Apache-2.0
// See explain.h.
#include "explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "code.h"
#include "native.h"
#include "sched.h"
#include "trace.h"
#include "world.h"
#include "../repl/editor.h"

#define PREFIX "** explained: "

enum { FRAMES_MAX = 256, CYCLE_MAX = 1000, SENDERS_SHOWN = 3 };

void explain_init(struct vm *vm, unsigned off)
{
    if (!(vm->explain = calloc(1, sizeof *vm->explain))) abort();
    vm->explain->off = off;
    vm->explain->watched = TERM_NONE;
    if (off & EXPLAIN_DEADLOCK) vm->stays = true;
}

void explain_free(struct vm *vm)
{
    table_free(&vm->explain->notes);            // the processes that had them have ended
    table_free(&vm->explain->mailboxes);
    table_free(&vm->explain->cycles);
    free(vm->explain->pending);
    free(vm->explain->killer);
    free(vm->explain->company);
    free(vm->explain);
}

bool explain_parse(const char *list, unsigned *off)
{
    static const struct { const char *name; unsigned kind; } kinds[] = {
        {"timeout", EXPLAIN_TIMEOUT}, {"cycle", EXPLAIN_CYCLE}, {"deadlock", EXPLAIN_DEADLOCK}, {"mailbox", EXPLAIN_MAILBOX},
        {"restarts", EXPLAIN_RESTARTS},
    };
    for (;;) {
        size_t len = strcspn(list, ","), i = 0;
        while (i < sizeof kinds / sizeof *kinds && (strlen(kinds[i].name) != len || strncmp(kinds[i].name, list, len) != 0)) i++;
        if (i == sizeof kinds / sizeof *kinds) return false;
        *off |= kinds[i].kind;
        if (!list[len]) return true;
        list += len + 1;
    }
}

// ---- places in the program

struct site { const struct module *module; const struct function *function; int line; term file; };
// Where a process stands: its innermost frame, and the innermost one that is not the library's. No module: there is none.
struct place { struct site top, user; };

static struct site site_at(struct vm *vm, const uint64_t *pc)
{
    const struct module *m = code_module_at(vm, pc);
    const struct function *f = m ? code_function_at(m, pc) : NULL;
    if (!f || m->name == AM_phial_stubs) return (struct site){0};
    struct site s = {m, f, 0, AM_nil};
    s.line = code_line_at(m, pc, &s.file);
    return s;
}

// A tail call has given up its frame, but it was noted (OP_SITE), and what it called still stands in its window.
static bool is_under_way(const struct process *p)
{
    const term *fp = p->fp;
    if (!p->site) return false;
    while (fp > p->stack + 1 && (uint32_t)(fp - p->stack) > p->site_at) fp -= mask_base(((const uint64_t *)fp[-1])[-1]) + 1;
    return (uint32_t)(fp - p->stack) == p->site_at;
}

static struct place place_of(const struct process *p)
{
    term pcs[FRAMES_MAX];
    struct place at = {0};
    unsigned n = trace_walk(p, pcs, FRAMES_MAX);
    for (unsigned i = 0; i < n && !at.user.module; i++) {
        struct site s = site_at(p->vm, (const uint64_t *)pcs[i]);
        if (!s.module) continue;
        if (!at.top.module) at.top = s;
        if (!s.module->system) at.user = s;
    }
    if (!at.user.module && is_under_way(p)) at.user = site_at(p->vm, p->site);
    return at;
}

static void print_atom(FILE *f, struct vm *vm, term atom)
{
    const char *text = atom_text(vm, atom).bytes;
    if (strncmp(text, "Elixir.", 7) == 0) fputs(text + 7, f);
    else fprintf(f, ":%s", text);
}

// Mod.fun/1, or as Elixir names a fun: anonymous fn/0 in Mod.fun/1.
static void print_function(FILE *f, struct vm *vm, const struct site *s)
{
    const char *name = atom_text(vm, s->function->name).bytes, *fun = *name == '-' ? strstr(name, "-fun-") : NULL;
    const char *part = *name == '-' && !fun ? strstr(name, "-part-") : NULL;
    if (fun) fprintf(f, "anonymous fn/%u in ", s->function->arity);
    if (strstr(name, "__FILE__")) {
        fputs("the script's own code", f);
        return;
    }
    print_atom(f, vm, s->module->name);
    if (fun || part) fprintf(f, ".%.*s", (int)((fun ? fun : part) - name - 1), name + 1);
    else fprintf(f, ".%s/%u", name, s->function->arity);
}

static void print_site(FILE *f, struct vm *vm, const struct site *s)
{
    size_t len = 0;
    struct heap h;
    heap_init(&h);
    const uint8_t *file = is_binary(s->file) ? binary_bytes(&h, s->file, &len) : NULL;
    print_function(f, vm, s);
    if (file && s->line > 0 && !s->module->system) fprintf(f, " (%.*s:%d)", (int)len, file, s->line);
    heap_free(&h);
}

// "Process.sleep/1, called in Foo.bar/1 (foo.exs:3)"
static void print_place(FILE *f, struct vm *vm, const struct place *at)
{
    if (!at->top.module) {
        fputs("code that has not begun", f);
        return;
    }
    print_site(f, vm, &at->top);
    if (!at->user.module || at->top.module == at->user.module) return;
    fputs(", called in ", f);
    print_site(f, vm, &at->user);
}

// ---- processes

// What :proc_lib noted: {module, function, arity} it was started with, or TERM_NONE.
static term started_with(const struct process *p)
{
    if (!is_map(p->dictionary)) return TERM_NONE;
    term call = map_get(p->vm, p->dictionary, atom_from_c(p->vm, "$initial_call"));
    return is_boxed(call) && is_tuple_of(call, 3) && is_atom(tuple_get(call, 0)) && is_atom(tuple_get(call, 1)) ? call : TERM_NONE;
}

// The module whose callbacks it runs, or TERM_NONE.
static term callback_module(const struct process *p)
{
    term call = started_with(p);
    return call == TERM_NONE ? TERM_NONE : tuple_get(call, 0);
}

// A task or an agent is known by the function whose text holds its fun: "-outer/1-fun-0-".
static void print_role(FILE *f, struct vm *vm, term call)
{
    const char *name = atom_text(vm, tuple_get(call, 1)).bytes, *fun = *name == '-' ? strstr(name, "-fun-") : NULL;
    if (fun && strncmp(name, "-__FILE__", 9) == 0) {
        fputs(vm->editor ? "a fn" : "a fn of the script", f);
        return;
    }
    if (strcmp(atom_text(vm, tuple_get(call, 0)).bytes, "supervisor") == 0) {
        if (strcmp(name, "Elixir.Supervisor.Default") == 0) fputs("a supervisor", f);
        else print_atom(f, vm, tuple_get(call, 1));
        return;
    }
    if (fun) fputs("a fn of ", f);
    print_atom(f, vm, tuple_get(call, 0));
    if (fun) fprintf(f, ".%.*s", (int)(fun - name - 1), name + 1);
}

// p: NULL once it has ended.
static void print_process(FILE *f, struct vm *vm, term pid, const struct process *p)
{
    fprintf(f, is_port(pid) ? "#Port<0.%u>" : "#PID<0.%u.%u>", pid_slot(pid), pid_generation(pid));
    term call = p ? started_with(p) : TERM_NONE;
    if (!p || (p->name == AM_undefined && call == TERM_NONE)) return;
    fputs(" (", f);
    if (p->name != AM_undefined) print_atom(f, vm, p->name);
    else print_role(f, vm, call);
    fputc(')', f);
}

static void print_pid(FILE *f, struct vm *vm, term pid) { print_process(f, vm, pid, process_find(vm, pid)); }

// It stands in a receive that found nothing: perhaps a signal has just come.
static bool is_waiting(const struct process *p)
{
    unsigned op = p->pc ? (unsigned)(*p->pc & 0xffff) : OP_RECV_WAIT;
    return p->state == PROCESS_WAITING || (p->state == PROCESS_RUNNABLE && (op == OP_RECV_WAIT || op == OP_RECV_WAIT_T) && !*p->scan);
}

// Whom p awaits: its receive takes nothing but messages with the reference of a monitor of its own. TERM_NONE: nobody in particular.
static term callee_of(const struct process *p)
{
    uint64_t who;
    if (!is_waiting(p) || p->awaited == TERM_NONE || !is_ref(p->awaited) || !table_get(&p->monitors, p->awaited, &who)) return TERM_NONE;
    return is_atom(who) ? process_whereis(p->vm, who) : who;
}

static struct site call_site(const struct process *p)
{
    struct place at = place_of(p);
    return at.user.module ? at.user : at.top;
}

// The one that runs the script.
static bool is_main(const struct process *p)
{
    return p->parent == make_imm(IMM_PID, 0) && p->name == AM_undefined && started_with(p) == TERM_NONE;
}

static bool is_function(const struct process *p, const struct site *s, const char *module, const char *prefix)
{
    return s->module && strcmp(atom_text(p->vm, s->module->name).bytes, module) == 0 &&
           strncmp(atom_text(p->vm, s->function->name).bytes, prefix, strlen(prefix)) == 0;
}

// A server that :sys.suspend stopped: it takes system messages only.
static bool is_halted(const struct process *p, const struct place *at)
{
    return is_waiting(p) && is_function(p, &at->top, "sys", "suspend_loop_hib");
}

// A library's process at its own receive: a server without a request, say.
static bool is_idle(const struct process *p, const struct place *at)
{
    return is_waiting(p) && !is_main(p) && !p->suspend_count && !at->user.module && callee_of(p) == TERM_NONE && !is_halted(p, at);
}

// It stands in the init of a behaviour.
static bool is_in_init(const struct process *p)
{
    term pcs[FRAMES_MAX];
    unsigned n = trace_walk(p, pcs, FRAMES_MAX);
    for (unsigned i = 0; i < n; i++) {
        struct site s = site_at(p->vm, (const uint64_t *)pcs[i]);
        if (s.module && s.module->system && strcmp(atom_text(p->vm, s.function->name).bytes, "init_it") == 0) return true;
    }
    return false;
}

// Whom a process that stands in :proc_lib.start… waits for: the child of its that is in its init. NULL: none.
static const struct process *starting_child(const struct process *p, const struct place *at)
{
    const struct sched *s = p->vm->sched;
    if (!is_waiting(p) || !is_function(p, &at->top, "proc_lib", "start")) return NULL;
    for (uint32_t i = 0; i < s->slots; i++)
        if (s->table[i] && !is_port(s->table[i]->pid) && s->table[i]->parent == p->pid && is_in_init(s->table[i])) return s->table[i];
    return NULL;
}

static void print_activity(FILE *f, const struct process *p)
{
    struct vm *vm = p->vm;
    struct place at = place_of(p);
    term callee = callee_of(p);
    const struct process *child = starting_child(p, &at);
    if (is_halted(p, &at)) {
        fputs("is suspended by :sys.suspend", f);
        return;
    }
    if (child) {
        struct site s = at.user.module ? at.user : at.top;
        fputs("waits for the init of ", f);
        print_pid(f, vm, child->pid);
        fputs(", started in ", f);
        print_site(f, vm, &s);
        return;
    }
    if (p->suspend_count) fputs("is suspended in ", f);
    else if (callee != TERM_NONE) {
        bool own = at.top.module == at.user.module;
        fputs(own ? "waits for a reply or the end of " : "waits for a reply of ", f);
        print_pid(f, vm, callee);
        fputs(own ? ", in " : ", called in ", f);
        struct site s = call_site(p);
        print_site(f, vm, &s);
        return;
    } else fputs(is_waiting(p) ? "waits in " : "executes ", f);
    print_place(f, vm, &at);
}

static void print_time(FILE *f, uint64_t ns)
{
    if (ns < 10000000) fprintf(f, "%.1f ms", (double)ns / 1e6);
    else if (ns < 10000000000) fprintf(f, "%llu ms", (unsigned long long)(ns / 1000000));
    else fprintf(f, "%llu s", (unsigned long long)(ns / 1000000000));
}

// ---- telling

static FILE *text_open(char **text, size_t *len)
{
    FILE *f = open_memstream(text, len);
    if (!f) abort();
    return f;
}

// While a line is edited in the shell, what is told goes above it.
static void write_out(struct vm *vm, const char *text, size_t len)
{
    if (vm->editor) editor_write(vm, 2, text, len);
    else world_write(vm->world, 2, text, len);
}

void explain_write(struct vm *vm)
{
    struct explain *e = vm->explain;
    char *text = e->pending;
    e->pending = NULL;
    e->delivering = false;
    if (text) write_out(vm, text, e->pending_len);
    free(text);
}

// Tells once Elixir's own text is out: a process of low priority waits for the logger; at the end of the run it is told in any case.
static void tell_later(struct vm *vm, const char *text, size_t len)
{
    struct explain *e = vm->explain;
    size_t old = e->pending ? e->pending_len : 0;
    if (!(e->pending = realloc(e->pending, old + len + 1))) abort();
    memcpy(e->pending + old, text, len);
    e->pending_len = old + len;
    if (e->delivering) return;
    struct spawn_options o;
    spawn_options_init(&o);
    o.priority = PRIORITY_LOW;
    e->delivering = process_spawn(NULL, vm, AM_phial_explain, AM_deliver, 0, NULL, &o) != NULL;
}

static void tell_now(struct vm *vm, FILE *f, char **text, size_t *len)
{
    fclose(f);
    write_out(vm, *text, *len);
    free(*text);
}

// ---- calls that fail: the note is made when it happens, and told if the process ends of it

static void set_note(struct process *p, char *text)
{
    uint64_t old;
    if (table_remove(&p->vm->explain->notes, p->pid, &old)) free((void *)(uintptr_t)old);
    table_put(&p->vm->explain->notes, p->pid, (uint64_t)(uintptr_t)text);
}

static char *take_note(struct process *p)
{
    uint64_t text;
    return table_remove(&p->vm->explain->notes, p->pid, &text) ? (char *)(uintptr_t)text : NULL;
}

// {label, {caller, [alias | ref]}, request}, or the reference alone for a tag.
static bool is_request(const struct signal *s, term ref)
{
    if (s->kind != SIGNAL_MESSAGE || !is_tuple(s->value) || tuple_arity(s->value) < 2) return false;
    term from = tuple_get(s->value, 1);
    if (!is_tuple_of(from, 2)) return false;
    term tag = tuple_get(from, 1);
    return tag == ref || (is_cons(tag) && tail(tag) == ref);
}

// Counts the messages of a queue; *place becomes the request's, counted from 1.
static void look_through(const struct signal_queue *q, term ref, size_t *count, size_t *place)
{
    for (const struct signal *s = q->first; s; s = s->next) {
        if (s->kind != SIGNAL_MESSAGE) continue;
        ++*count;
        if (is_request(s, ref)) *place = *count;
    }
}

static void print_queue(FILE *f, const struct process *callee, term ref)
{
    size_t count = 0, place = 0;
    look_through(&callee->mailbox, ref, &count, &place);
    look_through(&callee->inbox, ref, &count, &place);
    fprintf(f, "   its queue: %zu message%s; ", count, count == 1 ? "" : "s");
    if (place) fprintf(f, "this request is number %zu\n", place);
    else fputs("this request is not among them: it was taken and is not answered yet\n", f);
}

static void print_callee(FILE *f, const struct process *callee)
{
    uint64_t since = callee->vm->sched->recent - callee->took_at;
    struct place at = place_of(callee);
    fputs("   ", f);
    print_pid(f, callee->vm, callee->pid);
    if (is_idle(callee, &at)) {
        fputs(" is idle: it took its last message ", f);
        print_time(f, since);
        fputs(" ago and waits for the next one in ", f);
        print_place(f, callee->vm, &at);
    } else if (is_halted(callee, &at)) {
        fputs(" is suspended by :sys.suspend; it took its last message ", f);
        print_time(f, since);
        fputs(" ago", f);
    } else {
        fputs(" has been busy for ", f);
        print_time(f, since);
        fputs(" since it took its last message: it ", f);
        print_activity(f, callee);
    }
    fputc('\n', f);
}

NATIVE("phial_explain", "timeout", 3, explain_timeout, "Notes what the callee of the caller's call does: pid, the call's reference or nil, time-out.")
{
    struct vm *vm = p->vm;
    struct process *callee = process_find(vm, arg[0]);
    if (vm->explain->off & EXPLAIN_TIMEOUT || !callee) return AM_ok;
    char *text;
    size_t len;
    FILE *f = text_open(&text, &len);
    fputs(PREFIX "no reply of ", f);
    print_pid(f, vm, arg[0]);
    if (is_small(arg[2])) fprintf(f, " within %lld ms", (long long)small_value(arg[2]));
    fputc('\n', f);
    vm->sched->recent = world_monotonic(vm->world);
    print_callee(f, callee);
    if (is_ref(arg[1])) print_queue(f, callee, arg[1]);
    fclose(f);
    set_note(p, text);
    return AM_ok;
}

NATIVE("phial_explain", "self_call", 0, explain_self_call, "Notes where the caller calls itself.")
{
    if (p->vm->explain->off & EXPLAIN_CYCLE) return AM_ok;
    char *text;
    size_t len;
    FILE *f = text_open(&text, &len);
    struct site s = call_site(p);
    fputs(PREFIX, f);
    print_pid(f, p->vm, p->pid);
    fputs(" calls itself in ", f);
    print_site(f, p->vm, &s);
    fputs(", so it could never answer\n", f);
    fclose(f);
    set_note(p, text);
    return AM_ok;
}

NATIVE("phial_explain", "taken_note", 0, explain_taken_note, "What was noted about the caller's last failed call, once; or an empty binary.")
{
    char *text = take_note(p);
    term t = mk_binary_str(&p->heap, text ? text : "");
    free(text);
    return t;
}

NATIVE("phial_explain", "say", 2, explain_say, "Tells a text of a kind of explanation after what is being logged.")
{
    unsigned kind = 0;
    size_t len;
    if (!is_atom(arg[0]) || !explain_parse(atom_text(p->vm, arg[0]).bytes, &kind)) return raise_badarg(p, 1, "not a kind of explanation");
    if (!is_binary(arg[1])) return raise_badarg(p, 2, "not a binary");
    const uint8_t *bytes = binary_bytes(&p->heap, arg[1], &len);
    if (!(p->vm->explain->off & kind)) tell_later(p->vm, (const char *)bytes, len);
    return AM_ok;
}

// ---- the shell's process: who takes it along

static void takes_along(const struct process *p, const struct process *target, term reason)
{
    struct explain *e = p->vm->explain;
    size_t len;
    if (e->killer || !target || reason == AM_normal || target->trap_exit) return;
    FILE *f = text_open(&e->killer, &len);
    print_process(f, p->vm, p->pid, p);
    fclose(f);
}

static void goes_on_to(struct process *p, term to)
{
    struct explain *e = p->vm->explain;
    char *before = e->company;
    size_t len;
    if (is_port(to) || !process_find(p->vm, to)) return;
    FILE *f = text_open(&e->company, &len);
    if (before) fprintf(f, "%s, ", before);
    print_pid(f, p->vm, to);
    fclose(f);
    free(before);
}

void explain_link(struct process *p, term to, term reason)
{
    if (to == p->vm->explain->watched) takes_along(p, process_find(p->vm, to), reason);
    if (p->pid == p->vm->explain->watched && reason != AM_normal) goes_on_to(p, to);
}

void explain_limit(struct process *p, const char *text, size_t len)
{
    p->vm->explain->too_large |= p->pid == p->vm->explain->watched;
    write_out(p->vm, text, len);
}

NATIVE("phial_explain", "watch", 1, explain_watch, "From now on it is noted whose end, through a link, ends the process.")
{
    struct explain *e = p->vm->explain;
    free(e->killer);
    free(e->company);
    e->killer = e->company = NULL;
    e->too_large = false;
    e->watched = arg[0];
    return AM_ok;
}

NATIVE("phial_explain", "watched", 0, explain_watched,
       "{whose end ended the watched process through a link, whom its own end went on to, whether it passed its heap limit}, for people.")
{
    const struct explain *e = p->vm->explain;
    term killer = mk_binary_str(&p->heap, e->killer ? e->killer : "");
    return mk_tuple3(&p->heap, killer, mk_binary_str(&p->heap, e->company ? e->company : ""), mk_bool(e->too_large));
}

NATIVE("phial_explain", "interactive", 0, explain_interactive, "Whether somebody sits before the shell and is to be told of this kind.")
{
    return mk_bool(p->vm->editor && !(p->vm->explain->off & EXPLAIN_RESTARTS));
}

NATIVE("phial_explain", "write", 0, explain_write_now, "Writes what is pending.")
{
    explain_write(p->vm);
    return AM_ok;
}

NATIVE("phial_explain", "stays", 0, explain_stays, "The script has ended and the program goes on: that nothing can wake it is no deadlock.")
{
    p->vm->stays = true;
    return AM_ok;
}

// {:timeout, {m, f, a}} and {:calling_self, {m, f, a}}
static bool is_failed_call(term reason)
{
    return is_tuple_of(reason, 2) && (tuple_get(reason, 0) == AM_timeout || tuple_get(reason, 0) == AM_calling_self) &&
        is_tuple_of(tuple_get(reason, 1), 3);
}

void explain_exit(struct process *p, term reason)
{
    if (!p->vm->explain->notes.count || !is_failed_call(reason)) return;
    char *text = take_note(p);
    if (text) tell_later(p->vm, text, strlen(text));
    free(text);
}

// A mailbox that may only be growing: what it held when that began, and how many messages each process has sent to it in its turns since.
struct growth { struct process *owner; size_t first, peak, inbox; uint64_t since, grew; struct table senders; bool warned; };

static void growth_free(struct growth *g)
{
    table_free(&g->senders);
    free(g);
}

void explain_forget(struct process *p)
{
    struct explain *e = p->vm->explain;
    uint64_t old;
    if (e->notes.count) free(take_note(p));
    if (e->mailboxes.count && table_remove(&e->mailboxes, p->pid, &old)) growth_free((struct growth *)(uintptr_t)old);
}

// ---- cycles of calls

// The process that p's callee is, if it waits and has nothing to look at.
static struct process *next_in_chain(const struct process *p)
{
    term callee = callee_of(p);
    struct process *next = callee == TERM_NONE ? NULL : process_find(p->vm, callee);
    return next && next->state == PROCESS_WAITING && !next->inbox.first && !next->suspend_count ? next : NULL;
}

static void tell_cycle(struct process *p)
{
    struct vm *vm = p->vm;
    char *text;
    size_t len;
    FILE *f = text_open(&text, &len);
    fputs(PREFIX "a cycle of calls: each of these waits for the reply of the next, so none of them can answer\n", f);
    struct process *q = p;
    do {
        struct process *next = next_in_chain(q);
        struct site s = call_site(q);
        fputs("   ", f);
        print_pid(f, vm, q->pid);
        fputs(" calls ", f);
        print_pid(f, vm, next->pid);
        fputs(" in ", f);
        print_site(f, vm, &s);
        fputc('\n', f);
        q = next;
    } while (q != p);
    tell_now(vm, f, &text, &len);
}

// A cycle is known by the sum of these, whoever closes it.
static uint64_t mixed(uint64_t pid)
{
    pid *= 0x9e3779b97f4a7c15ull;
    return (pid ^ pid >> 29) * 0xbf58476d1ce4e5b9ull;
}

// p has begun to wait for somebody: if that closes a cycle of waiting callers, p is its last member and finds it.
void explain_awaits(struct process *p)
{
    struct explain *e = p->vm->explain;
    uint64_t who, members = mixed(p->pid);
    unsigned n = 1;
    if (!is_ref(p->awaited) || !table_get(&p->monitors, p->awaited, &who)) return;
    struct process *q = process_find(p->vm, who);
    if (q && q->state != PROCESS_WAITING) return;       // as a rule: it has just got the request
    if (e->off & EXPLAIN_CYCLE) return;
    q = next_in_chain(p);
    for (; q && q != p && n < CYCLE_MAX; q = next_in_chain(q), n++) members += mixed(q->pid);
    if (q != p || table_get(&e->cycles, members, NULL)) return;
    table_put(&e->cycles, members, n);
    tell_cycle(p);
}

// ---- deadlocks

// Processes of the library's own, that no program started or named.
static bool is_internal(const struct process *p, const struct place *at)
{
    if (at->user.module || callee_of(p) != TERM_NONE || is_main(p)) return false;
    term callbacks = callback_module(p);
    const struct module *m = callbacks == TERM_NONE ? NULL : code_module(p->vm, callbacks);
    if (callbacks != TERM_NONE && !(m && m->system)) return false;
    if (p->name == AM_undefined) return true;
    const struct module *named = code_module(p->vm, p->name);
    return p->name == AM_user || (named && named->system);
}

static void print_waiting(FILE *f, const struct process *p)
{
    fputs("   ", f);
    print_pid(f, p->vm, p->pid);
    fputc(' ', f);
    print_activity(f, p);
    if (p->mailbox.length)
        fprintf(f, "; %zu message%s in its mailbox, none that it waits for", p->mailbox.length, p->mailbox.length == 1 ? "" : "s");
    fputc('\n', f);
}

void explain_deadlock(struct vm *vm)
{
    explain_write(vm);
    char *text;
    size_t len;
    FILE *f = text_open(&text, &len);
    unsigned idle = 0;
    fputs("** deadlock: every process waits and nothing can wake one (no timer is armed or the clock is stopped, no input is awaited)\n", f);
    for (int servers = 0; servers < 2; servers++) {
        for (uint32_t i = 0; i < vm->sched->slots; i++) {
            const struct process *p = vm->sched->table[i];
            if (!p || is_port(p->pid)) continue;
            struct place at = place_of(p);
            if (is_internal(p, &at) || is_idle(p, &at) != (servers == 1)) continue;
            if (!servers) print_waiting(f, p);
            else {
                fputs(idle++ ? ", " : "   idle, without a message to handle: ", f);
                print_pid(f, vm, p->pid);
            }
        }
    }
    if (idle) fputc('\n', f);
    tell_now(vm, f, &text, &len);
    world_flush(vm->world);
    vm->exit_code = 1;
}

// ---- mailboxes that only grow

struct sender { uint64_t pid, count; };

// The largest first; of equal ones the oldest process.
static int by_count(const void *a, const void *b)
{
    const struct sender *x = a, *y = b;
    if (x->count != y->count) return x->count < y->count ? 1 : -1;
    return x->pid < y->pid ? -1 : x->pid > y->pid;
}

static void print_senders(FILE *f, struct vm *vm, const struct table *senders)
{
    struct sender *all = malloc((senders->count + 1) * sizeof *all);
    if (!all) abort();
    unsigned found = 0;
    for (uint32_t at = 0; table_next(senders, &at, &all[found].pid, &all[found].count);) found++;
    qsort(all, found, sizeof *all, by_count);
    fputs(found ? "   main senders since: " : "   sent by itself or by timers", f);
    for (unsigned i = 0; i < found && i < SENDERS_SHOWN; i++) {
        if (i) fputs(", ", f);
        print_pid(f, vm, all[i].pid);
        fprintf(f, " with %llu", (unsigned long long)all[i].count);
    }
    fprintf(f, found > SENDERS_SHOWN ? ", and %u more\n" : "\n", found - SENDERS_SHOWN);
    free(all);
}

// p's turn has ended: what inboxes of growing mailboxes got meanwhile is p's.
void explain_senders(struct process *p)
{
    uint64_t pid, value, n;
    for (uint32_t at = 0; table_next(&p->vm->explain->mailboxes, &at, &pid, &value);) {
        struct growth *g = (struct growth *)(uintptr_t)value;
        size_t length = g->owner->inbox.length;
        if (!g->warned && g->owner != p && length > g->inbox) {
            n = 0;
            table_get(&g->senders, p->pid, &n);
            table_put(&g->senders, p->pid, n + length - g->inbox);
        }
        g->inbox = length;
    }
}

static void warn_mailbox(const struct process *p, const struct growth *g, uint64_t now)
{
    char *text;
    size_t len;
    FILE *f = text_open(&text, &len);
    fputs(PREFIX "the mailbox of ", f);
    print_pid(f, p->vm, p->pid);
    fprintf(f, " only grows: it holds %zu messages, after %zu ", p->mailbox.length, g->first);
    print_time(f, now - g->since);
    fputs(" ago\n", f);
    print_senders(f, p->vm, &g->senders);
    fputs("   it ", f);
    print_activity(f, p);
    fputc('\n', f);
    tell_now(p->vm, f, &text, &len);
}

static struct growth *growth_of(struct process *p)
{
    struct table *t = &p->vm->explain->mailboxes;
    uint64_t found;
    if (table_get(t, p->pid, &found)) return (struct growth *)(uintptr_t)found;
    struct growth *g = calloc(1, sizeof *g);
    if (!g) abort();
    table_put(t, p->pid, (uint64_t)(uintptr_t)g);
    return g;
}

void explain_mailbox(struct process *p, bool waits)
{
    if (p->vm->explain->off & EXPLAIN_MAILBOX) return;
    struct growth *g = growth_of(p);
    size_t length = p->mailbox.length;
    if (g->warned) return;
    if (length < g->peak / 4 * 3 || !g->first) {
        table_free(&g->senders);
        *g = (struct growth){.owner = p, .first = length, .peak = length, .inbox = p->inbox.length, .since = world_monotonic(p->vm->world)};
        return;
    }
    uint64_t now = world_monotonic(p->vm->world);
    if (length > g->peak) {
        g->peak = length;
        g->grew = now;
    }
    bool stuck = waits && callee_of(p) == TERM_NONE;
    if (length < 2 * g->first || g->grew < g->since + (stuck ? GROWING_STUCK_NS : GROWING_NS)) return;
    g->warned = true;
    warn_mailbox(p, g, now);
}
