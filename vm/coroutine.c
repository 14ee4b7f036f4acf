// SPDX-License-Identifier: Apache-2.0
// See coroutine.h. Switching stacks is a dozen instructions on x86-64 and AArch64, ucontext elsewhere.
#include "coroutine.h"

#include <stdlib.h>
#include <sys/mman.h>

#include "trace.h"

#if !defined(__x86_64__) && !defined(__aarch64__)
#include <ucontext.h>
#define USE_UCONTEXT
#endif
#if defined(__SANITIZE_ADDRESS__)
#define HAVE_ASAN
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAVE_ASAN
#endif
#endif
#ifdef HAVE_ASAN
#include <sanitizer/common_interface_defs.h>
#endif

// STACK_BYTES is address space: pages are committed as they are touched. It holds some 50,000 levels of nested source, STACK_SPARE what a
// level and what does not count its levels may need.
// GUARD_BYTES at the low end cannot be touched: what counts no levels and needs more ends in a fault, not in somebody's memory.
// A sanitizer takes the marks of frames that a longjmp leaves away from 64 MiB at most.
#ifdef HAVE_ASAN
enum { STACK_SPARE = 196 << 20 };
#else
enum { STACK_SPARE = 1 << 20 };
#endif
enum { STACK_BYTES = 256 << 20, STACKS_CACHED = 4, GUARD_BYTES = 64 << 10 };

struct stack_cache { struct stack_cache *next; };       // above the guard of a cached stack
static struct stack_cache *cache_entry(char *stack) { return (struct stack_cache *)(stack + GUARD_BYTES); }
static char *stack_of(struct stack_cache *s) { return (char *)s - GUARD_BYTES; }

struct coroutine {
    struct coroutine *outer;
    struct process *process;
    struct arena arena;
    char *stack;
    coroutine_body *body;
    unsigned nargs;
    term *args;                     // in the arena
    bool started;
    enum coroutine_event event;     // why it was left
    struct call_result result;      // DONE/RAISED: of the body. When resumed: the answer
    struct arena *answer_to;        // where a call's answer is copied
    term mod, fun;                  // CALLS: what; mod TERM_NONE: a fun
    unsigned call_nargs;
    const term *call_args;
#ifdef USE_UCONTEXT
    ucontext_t self, back;
    void *low;                      // the C stack in use begins above it
#else
    void *self, *back;              // stack pointers
#endif
#ifdef HAVE_ASAN
    void *fake_self, *fake_back;
    const void *back_bottom;
    size_t back_size;
#endif
};

// ---- switching

#if defined(__x86_64__)
// Saves the callee-saved registers and the stack pointer in *from, continues with `to`.
void phial_switch(void **from, void *to);
__asm__(".text\n.globl phial_switch\n.type phial_switch,@function\nphial_switch:\n"
        "  pushq %rbp\n  pushq %rbx\n  pushq %r12\n  pushq %r13\n  pushq %r14\n  pushq %r15\n"
        "  movq %rsp, (%rdi)\n  movq %rsi, %rsp\n"
        "  popq %r15\n  popq %r14\n  popq %r13\n  popq %r12\n  popq %rbx\n  popq %rbp\n  ret\n"
        ".size phial_switch,.-phial_switch\n"
        ".globl phial_begin\n.type phial_begin,@function\nphial_begin:\n  movq %r12, %rdi\n  jmp *%rbx\n.size phial_begin,.-phial_begin\n");
void phial_begin(void);             // where a new stack begins: calls what %rbx holds with what %r12 holds

static void *first_frame(char *top, void (*entry)(struct coroutine *), struct coroutine *c)
{
    void **sp = (void **)((uintptr_t)top & ~(uintptr_t)15);
    *--sp = NULL;                   // the entry's return address: it never returns
    *--sp = (void *)phial_begin;
    for (int i = 0; i < 6; i++) *--sp = NULL;
    sp[4] = (void *)entry;          // rbx
    sp[3] = c;                      // r12
    return sp;
}
#elif defined(__aarch64__)
void phial_switch(void **from, void *to);
__asm__(".text\n.globl phial_switch\n.type phial_switch,%function\nphial_switch:\n"
        "  sub sp, sp, #160\n  stp x19, x20, [sp]\n  stp x21, x22, [sp, #16]\n  stp x23, x24, [sp, #32]\n"
        "  stp x25, x26, [sp, #48]\n  stp x27, x28, [sp, #64]\n  stp x29, x30, [sp, #80]\n"
        "  stp d8, d9, [sp, #96]\n  stp d10, d11, [sp, #112]\n  stp d12, d13, [sp, #128]\n  stp d14, d15, [sp, #144]\n"
        "  mov x9, sp\n  str x9, [x0]\n  mov sp, x1\n"
        "  ldp x19, x20, [sp]\n  ldp x21, x22, [sp, #16]\n  ldp x23, x24, [sp, #32]\n"
        "  ldp x25, x26, [sp, #48]\n  ldp x27, x28, [sp, #64]\n  ldp x29, x30, [sp, #80]\n"
        "  ldp d8, d9, [sp, #96]\n  ldp d10, d11, [sp, #112]\n  ldp d12, d13, [sp, #128]\n  ldp d14, d15, [sp, #144]\n"
        "  add sp, sp, #160\n  ret\n.size phial_switch,.-phial_switch\n"
        ".globl phial_begin\n.type phial_begin,%function\nphial_begin:\n  mov x0, x19\n  br x20\n.size phial_begin,.-phial_begin\n");
void phial_begin(void);             // where a new stack begins: calls what x20 holds with what x19 holds

static void *first_frame(char *top, void (*entry)(struct coroutine *), struct coroutine *c)
{
    void **sp = (void **)((uintptr_t)top & ~(uintptr_t)15) - 20;
    for (int i = 0; i < 20; i++) sp[i] = NULL;
    sp[0] = c;                      // x19
    sp[1] = (void *)entry;          // x20
    sp[11] = (void *)phial_begin;   // x30
    return sp;
}
#endif

static void leave(struct coroutine *c)
{
#ifdef HAVE_ASAN
    __sanitizer_start_switch_fiber(&c->fake_self, c->back_bottom, c->back_size);
#endif
#ifdef USE_UCONTEXT
    c->low = __builtin_frame_address(0);
    swapcontext(&c->self, &c->back);
#else
    phial_switch(&c->self, c->back);
#endif
#ifdef HAVE_ASAN
    __sanitizer_finish_switch_fiber(c->fake_self, &c->back_bottom, &c->back_size);
#endif
}

static void entry(struct coroutine *c)
{
#ifdef HAVE_ASAN
    __sanitizer_finish_switch_fiber(NULL, &c->back_bottom, &c->back_size);
#endif
    c->result = c->body(c->process, &c->arena, c->nargs, c->args);
    c->event = c->result.status == CALL_OK ? COROUTINE_DONE : COROUTINE_RAISED;
    leave(c);
    abort();
}

#ifdef USE_UCONTEXT
static void entry_of_halves(unsigned high, unsigned low) { entry((struct coroutine *)((uintptr_t)high << 16 << 16 | low)); }
#endif

static void enter(struct coroutine *c)
{
#ifdef HAVE_ASAN
    __sanitizer_start_switch_fiber(&c->fake_back, c->stack, STACK_BYTES);
#endif
    if (!c->started) {
        c->started = true;
#ifdef USE_UCONTEXT
        getcontext(&c->self);
        c->self.uc_stack.ss_sp = c->stack;
        c->self.uc_stack.ss_size = STACK_BYTES;
        c->self.uc_link = NULL;
        makecontext(&c->self, (void (*)(void))entry_of_halves, 2, (unsigned)((uintptr_t)c >> 16 >> 16), (unsigned)(uintptr_t)c);
#else
        c->self = first_frame(c->stack + STACK_BYTES, entry, c);
#endif
    }
#ifdef USE_UCONTEXT
    swapcontext(&c->back, &c->self);
#else
    phial_switch(&c->back, c->self);
#endif
#ifdef HAVE_ASAN
    __sanitizer_finish_switch_fiber(c->fake_back, NULL, NULL);
#endif
}

// ---- stacks

static char *new_stack(struct vm *vm)
{
    if (vm->stacks) {
        struct stack_cache *s = vm->stacks;
        vm->stacks = s->next;
        vm->nstacks--;
        return stack_of(s);
    }
    char *s = mmap(NULL, STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (s == MAP_FAILED || mprotect(s, GUARD_BYTES, PROT_NONE) < 0) abort();
    return s;
}

static void release_stack(struct vm *vm, char *stack)
{
    if (vm->nstacks >= STACKS_CACHED) {
        munmap(stack, STACK_BYTES);
        return;
    }
    struct stack_cache *s = cache_entry(stack);
    s->next = vm->stacks;
    vm->stacks = s;
    vm->nstacks++;
}

void coroutine_stacks_free(struct vm *vm)
{
    for (struct stack_cache *s = vm->stacks, *next; s; s = next) {
        next = s->next;
        munmap(stack_of(s), STACK_BYTES);
    }
    vm->stacks = NULL;
}

static void pop(struct process *p)
{
    struct coroutine *c = p->coroutines;
    p->coroutines = c->outer;
    arena_free(&c->arena);
    release_stack(p->vm, c->stack);
    free(c);
}

void coroutines_free(struct process *p)
{
    while (p->coroutines) pop(p);
}

void coroutines_visit(struct process *p, memory_visitor *see, void *ctx)
{
    for (struct coroutine *c = p->coroutines; c; c = c->outer) {
        see(ctx, c, c + 1);
        arena_visit(&c->arena, see, ctx);
#ifdef USE_UCONTEXT
        const void *low = c->low;
#else
        const void *low = c->self;
#endif
        if (c->started) see(ctx, low, c->stack + STACK_BYTES);
    }
}

// ---- from the process's side

static struct trap *trap_of(struct process *p)
{
    if (!p->trap && !(p->trap = calloc(1, sizeof *p->trap))) abort();
    return p->trap;
}

term compiler_start(struct process *p, coroutine_body *body, unsigned n, const term *args)
{
    struct coroutine *c = calloc(1, sizeof *c);
    if (!c) abort();
    c->outer = p->coroutines;
    c->process = p;
    c->body = body;
    c->stack = new_stack(p->vm);
    arena_init(&c->arena);
    c->arena.stack_low = c->stack + STACK_SPARE;
    c->nargs = n;
    c->args = arena_array(&c->arena, term, n);
    for (unsigned i = 0; i < n; i++) c->args[i] = term_copy(p->vm, &c->arena.heap, args[i]);
    p->coroutines = c;
    trap_of(p)->arity = TRAP_COROUTINE;
    return TERM_TRAP;
}

static void take_answer(struct coroutine *c, enum call_status status, const term *fp)
{
    struct process *p = c->process;
    struct vm *vm = p->vm;
    struct heap *to = &c->answer_to->heap;
    c->result = (struct call_result){.status = status, .value = AM_nil, .cls = AM_nil, .reason = AM_nil, .trace = TERM_NIL};
    if (status == CALL_OK) {
        c->result.value = term_copy(vm, to, fp[0]);
        return;
    }
    c->result.cls = fp[1];
    c->result.reason = term_copy(vm, to, fp[2]);
    c->result.trace = term_copy(vm, to, trace_list(p, fp[3]));
}

static void lay_out_call(struct coroutine *c)
{
    struct process *p = c->process;
    struct trap *t = trap_of(p);
    struct heap *h = &p->heap;
    t->fun = c->mod == TERM_NONE ? term_copy(p->vm, h, c->fun) : TERM_NONE;
    t->mod = c->mod;
    t->name = c->fun;
    t->arity = c->call_nargs;
    if (c->call_nargs <= 8) {
        for (unsigned i = 0; i < c->call_nargs; i++) t->args[i] = term_copy(p->vm, h, c->call_args[i]);
        return;
    }
    term list = TERM_NIL;
    for (unsigned i = c->call_nargs; i-- > 0;) list = mk_cons(h, term_copy(p->vm, h, c->call_args[i]), list);
    t->arity = TRAP_LIST;
    t->args[0] = list;
}

enum coroutine_event coroutine_resume(struct process *p, enum call_status status, const term *fp)
{
    struct coroutine *c = p->coroutines;
    if (c->started && c->event == COROUTINE_CALLS) take_answer(c, status, fp);
    enter(c);
    enum coroutine_event event = c->event;
    switch (event) {
    case COROUTINE_CALLS: lay_out_call(c); break;
    case COROUTINE_BREATHES: break;
    case COROUTINE_DONE:
        p->result = term_copy(p->vm, &p->heap, c->result.value);
        pop(p);
        break;
    case COROUTINE_RAISED:
        p->raised.cls = c->result.cls;
        p->raised.reason = term_copy(p->vm, &p->heap, c->result.reason);
        p->raised.trace = term_copy(p->vm, &p->heap, c->result.trace);
        pop(p);
        break;
    }
    return event;
}

// ---- from the coroutine's side

static struct call_result call(struct process *p, struct arena *a, term mod, term fun, unsigned n, const term *args)
{
    struct coroutine *c = p->coroutines;
    c->answer_to = a;
    c->mod = mod;
    c->fun = fun;
    c->call_nargs = n;
    c->call_args = args;
    c->event = COROUTINE_CALLS;
    leave(c);
    return c->result;
}

struct call_result compiler_call(struct process *p, struct arena *a, term mod, term fun, unsigned n, const term *args)
{
    return call(p, a, mod, fun, n, args);
}

struct call_result compiler_call_fun(struct process *p, struct arena *a, term fun, unsigned n, const term *args)
{
    return call(p, a, TERM_NONE, fun, n, args);
}

void compiler_breathe(struct process *p)
{
    struct coroutine *c = p->coroutines;
    c->event = COROUTINE_BREATHES;
    leave(c);
}
