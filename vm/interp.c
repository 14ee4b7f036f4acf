// SPDX-License-Identifier: Apache-2.0
// The interpreter: one function that runs one process for one turn. Instructions are listed and explained in ops.def.
//
// Owner of: the registers' windows while a process runs. Locals mirror the process: pc, fp, hp (heap.top) and reds (reductions).
// Invariants: before C code that allocates or looks at the process, SYNC() writes them back; after it, hp is read again. At a safe
// point (gc.h) nothing but the registers of the live mask, the frames below and the roots of struct process holds terms.
#include <stdlib.h>

#include "bits.h"
#include "code.h"
#include "coroutine.h"
#include "gc.h"
#include "native.h"
#include "object.h"
#include "receive.h"
#include "sched.h"
#include "trace.h"

#define LIKELY(X) __builtin_expect(!!(X), 1)
#define UNLIKELY(X) __builtin_expect(!!(X), 0)

// Fields of the instruction at pc, each read by itself: one load instead of a shift and a mask.
typedef uint16_t __attribute__((may_alias)) field;
typedef int16_t __attribute__((may_alias)) signed_field;
typedef int32_t __attribute__((may_alias)) long_field;
#define OPCODE ((unsigned)((const field *)pc)[0])
#define A ((unsigned)((const field *)pc)[1])
#define B ((unsigned)((const field *)pc)[2])
#define C ((unsigned)((const field *)pc)[3])
#define SB ((int64_t)((const signed_field *)pc)[2])
#define SC ((int64_t)((const signed_field *)pc)[3])
#define J32 ((int64_t)((const long_field *)pc)[1])
#define R(I) fp[I]

// Goes on with the instruction N words further.
#define NEXT(N) do { pc += (N); DISPATCH(); } while (0)
// A test of N words in all that jumps by field c unless X holds.
#define TEST(N, X) do { if (X) NEXT(N); NEXT((N) + SC); } while (0)
// Begins the function whose ENTER is at pc, if it has reductions and room on the stack.
#ifdef PHIAL_STRESS
#define BEGIN() goto enter_slowly
#define WINDOW(ENTRY) ((size_t)1 << 32)
#else
#define WINDOW(ENTRY) (((const field *)(ENTRY))[1])
#define BEGIN() do { if (LIKELY(--reds >= 0 && fp + A <= p->stack_end)) NEXT(1); goto enter_slowly; } while (0)
#endif
// Writes hp back before C code that builds terms; ALLOCATED() reads it again and asks for a collection when fragments were made.
#define SYNC() (p->heap.top = hp)
// The same before a native, which may also ask where the process stands.
#define SYNC_FRAME() (p->heap.top = hp, p->pc = pc, p->fp = fp, p->reductions = reds)
#define ALLOCATED() do { hp = p->heap.top; if (UNLIKELY(p->heap.frags && !p->gc_pending)) { p->gc_pending = true; p->held_reductions = reds; reds = 0; } } while (0)
// Leaves for the handler of an error:REASON raised by this instruction. SYNC() comes before.
#define RAISE_ERROR(REASON) do { p->raised.cls = AM_error; p->raised.reason = (REASON); goto raise; } while (0)

#ifdef PHIAL_SWITCH
#define CASE(NAME) case OP_##NAME
#define DISPATCH() goto dispatch
#else
#define CASE(NAME) op_##NAME
#define DISPATCH() goto *table[OPCODE]
#endif

static inline term operand(const term *fp, uint64_t word) { return is_header(word) ? fp[word >> 8] : word; }

static term tagged_error(struct process *p, term tag, term value) { return mk_tuple2(&p->heap, tag, value); }

// ---- bodies too long for the loop

static term argument_list(struct process *p, unsigned n, const term *args) { return mk_list(&p->heap, n, args, TERM_NIL); }

static term map_lookup_cached(struct process *p, term map, term key, uint64_t *cache)
{
    term *m = boxed_ptr(map);
    if (header_type(*m) != TYPE_FLATMAP) return map_get(p->vm, map, key);
    term keys = m[1];
    if (*cache >> 16 == (keys & 0xffffffffffff)) return m[2 + (*cache & 0xffff)];
    term *k = boxed_ptr(keys) + 1;
    size_t n = header_size(*m) - 1;
    if (!is_immediate(key)) return map_get(p->vm, map, key);
    for (size_t i = 0; i < n; i++) {
        if (k[i] != key) continue;
        if (is_literal(p->vm, keys)) *cache = (keys & 0xffffffffffff) << 16 | i;
        return m[2 + i];
    }
    return TERM_NONE;
}

enum { FEW_PAIRS = 32 };

// The keys and then the values of n pairs of operands: in `few`, which holds FEW_PAIRS of them, or malloc'ed.
static term *pairs_of(const term *fp, unsigned n, const uint64_t *words, term *few)
{
    term *kv = n <= FEW_PAIRS ? few : malloc(2 * n * sizeof(term));
    if (!kv) abort();
    for (unsigned i = 0; i < n; i++) {
        kv[i] = operand(fp, words[2 * i]);
        kv[n + i] = operand(fp, words[2 * i + 1]);
    }
    return kv;
}

static term make_map(struct process *p, const term *fp, unsigned n, const uint64_t *words)
{
    if (n == 0) return map_empty(&p->heap);
    term few[2 * FEW_PAIRS], *kv = pairs_of(fp, n, words, few);
    term m = map_from_pairs(p->vm, &p->heap, n, kv, kv + n);
    if (kv != few) free(kv);
    return m;
}

static term replace_all(struct process *p, const term *fp, term map, unsigned n, const uint64_t *words)
{
    term few[2 * FEW_PAIRS], *kv = pairs_of(fp, n, words, few);
    term m = map_replace_all(p->vm, &p->heap, map, n, kv, kv + n);
    if (kv != few) free(kv);
    return m;
}

// Code that is evaluated names the call that OTP's evaluator makes. `words` lie behind the instruction.
static term raise_badkey(struct process *p, const uint64_t *words, term map, term key, term value)
{
    const struct module *m = code_module_at(p->vm, words - 1);
    raise_error(p, tagged_error(p, AM_badkey, key));
    if (m && m->name == AM_erl_eval)
        p->raised.trace = trace_first(p, AM_maps, atom_from_c(p->vm, "update"), argument_list(p, 3, (term[]){key, value, map}), trace_error_info(p, AM_maps));
    return TERM_NONE;
}

// MAP_PUT and MAP_UPDATE. TERM_NONE: raised.
static term update_map(struct process *p, const term *fp, term map, unsigned n, const uint64_t *words, bool exact)
{
    if (!is_map(map)) return raise_error(p, tagged_error(p, AM_badmap, map));
    term replaced = exact ? replace_all(p, fp, map, n, words) : TERM_NONE;
    if (replaced != TERM_NONE) return replaced;
    for (unsigned i = 0; i < n; i++) {
        term key = operand(fp, words[2 * i]);
        if (exact && map_get(p->vm, map, key) == TERM_NONE) return raise_badkey(p, words, map, key, operand(fp, words[2 * i + 1]));
        map = map_put(p->vm, &p->heap, map, key, operand(fp, words[2 * i + 1]));
    }
    return map;
}

static term build_bits(struct process *p, const term *fp, unsigned n, const uint64_t *words)
{
    if (n == 0) return mk_binary(&p->heap, "", 0);
    term small[48], *seg = n <= 16 ? small : malloc(3 * n * sizeof(term));
    if (!seg) abort();
    for (unsigned i = 0; i < 3 * n; i++) seg[i] = operand(fp, words[i]);
    term t = bits_build(p, n, seg);
    if (seg != small) free(seg);
    return t;
}

// error:badarg of :erlang.element/2, with the arguments in the trace.
static void raise_element(struct process *p, term index, term tuple)
{
    if (!is_small(index)) raise_badarg(p, 1, "not an integer");
    else if (is_tuple(tuple)) raise_badarg(p, 1, "out of range");
    else raise_badarg(p, 2, "not a tuple");
    p->raised.trace = trace_first(p, AM_erlang, AM_element, argument_list(p, 2, (term[]){index, tuple}), trace_error_info(p, AM_erlang));
}

static term negate(struct process *p, term x, term unused)
{
    (void)unused;
    return num_neg(p, x);
}

// One of ADD SUB MUL DIV, or the same with a constant, for the slow paths below. TERM_NONE: raised, with its trace.
static term slow_arithmetic(struct process *p, unsigned op, const uint64_t *pc, term x, term y)
{
    term r;
    switch (op) {
    case OP_ADD: case OP_ADDK: r = num_add(p, x, y); break;
    case OP_SUB: case OP_SUBK: r = num_sub(p, x, y); break;
    case OP_MUL: case OP_MULK: r = num_mul(p, x, y); break;
    default: r = num_div_float(p, x, y); break;
    }
    if (r == TERM_NONE) p->raised.trace = trace_arithmetic(p, op, pc, x, y);
    return r;
}

// ADDK SUBK MULK DIVK whose operand is no immediate float.
static term constant_arithmetic(struct process *p, const uint64_t *pc, term x)
{
    enum opcode op = op_own(pc);
    return *pc >> 48 ? slow_arithmetic(p, op, pc, pc[1], x) : slow_arithmetic(p, op, pc, x, pc[1]);
}

// MULADD MULSUB ADDMUL SUBMUL likewise.
static term fused_arithmetic(struct process *p, const uint64_t *pc, term x, term y, term z)
{
    term product = slow_arithmetic(p, OP_MUL, pc, x, y);
    if (product == TERM_NONE) return product;
    switch (op_own(pc)) {
    case OP_MULADD: return slow_arithmetic(p, OP_ADD, pc, product, z);
    case OP_MULSUB: return slow_arithmetic(p, OP_SUB, pc, product, z);
    case OP_ADDMUL: return slow_arithmetic(p, OP_ADD, pc, z, product);
    default: return slow_arithmetic(p, OP_SUB, pc, z, product);
    }
}

static const uint8_t *parent_bytes(term parent)
{
    term *b = boxed_ptr(parent);
    return header_type(*b) == TYPE_HEAPBIN ? (const uint8_t *)(b + 2) : ((struct refbin *)b[1])->bytes;
}

// Fills the four words of a match context over `t`; false: not a bitstring.
static bool start_match(term t, term *ctx)
{
    if (!is_boxed(t)) return false;
    term *b = boxed_ptr(t);
    ctx[0] = make_header(TYPE_MATCHCTX, 3);
    switch (header_type(*b)) {
    case TYPE_HEAPBIN: ctx[1] = t; ctx[2] = 0; ctx[3] = make_small((int64_t)b[1]); return true;
    case TYPE_REFBIN: ctx[1] = t; ctx[2] = 0; ctx[3] = make_small((int64_t)b[2]); return true;
    case TYPE_SUBBIN: ctx[1] = b[1]; ctx[2] = b[2]; ctx[3] = b[2] + b[3]; return true;
    case TYPE_MATCHCTX: ctx[1] = b[1]; ctx[2] = b[2]; ctx[3] = b[3]; return true;
    default: return false;
    }
}

static bool match_literal(term *ctx, term lit)
{
    struct bits l = bits_of(lit);
    uint64_t at = (uint64_t)small_value(ctx[2]), end = (uint64_t)small_value(ctx[3]);
    if (end - at < l.size) return false;
    const uint8_t *bytes = parent_bytes(ctx[1]);
    for (uint64_t i = 0; i + 8 <= l.size; i += 8) {
        uint64_t bit = at + i;
        unsigned v = bit & 7 ? (unsigned)(bytes[bit >> 3] << 8 | bytes[(bit >> 3) + 1]) >> (8 - (bit & 7)) & 255 : bytes[bit >> 3];
        if (v != l.base[(l.offset + i) >> 3]) return false;
    }
    for (uint64_t i = l.size & ~7ull; i < l.size; i++) {
        uint64_t x = at + i, y = l.offset + i;
        if ((bytes[x >> 3] >> (7 - (x & 7)) & 1) != (l.base[y >> 3] >> (7 - (y & 7)) & 1)) return false;
    }
    ctx[2] = make_small((int64_t)(at + l.size));
    return true;
}

// The process has met its memory limit: it ends, the others go on.
static enum turn_end over_limit(struct process *p)
{
    trace_report_limit(p);
    p->exit_reason = AM_killed;
    return TURN_EXIT;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"

enum turn_end interp_run(struct process *p)
{
#ifndef PHIAL_SWITCH
    static const void *const labels[] = {
#define OP(NAME, OPERANDS, MEANING) &&op_##NAME,
#include "ops.def"
#undef OP
#define OP(NAME, OPERANDS, MEANING)
#define JOIN(FIRST, SECOND) &&op_##FIRST##_##SECOND,
#include "ops.def"
#undef OP
    };
    const void *const *table = labels;
    __asm__("" : "+r"(table));      // a register, not an address to be formed before each jump
#endif
    struct vm *const vm = p->vm;
    const uint64_t *pc = p->pc;
    term *fp = p->fp, *hp = p->heap.top;
    int reds = p->reductions;
    if (p->gc_pending) {
        p->held_reductions = reds;
        reds = 0;
    }
    struct export *ex;
    term callee;            // CALLF family: the fun
    unsigned nargs;
    term *args;             // of a native that is being called
    term value;

    NEXT(0);

#ifdef PHIAL_SWITCH
dispatch:
    switch (OPCODE) {
#endif

    // ---- moving
#define MOVE() (R(A) = R(B), pc++)
#define MOVE2() (R(A) = R(B), R(C) = R(pc[1] >> 8), pc += 2)
#define LOADK() (R(A) = pc[1], pc += 2)
    CASE(MOVE): MOVE(); NEXT(0);
    CASE(MOVE2): MOVE2(); NEXT(0);
    CASE(LOADK): LOADK(); NEXT(0);
    CASE(LOADI): R(A) = make_small(J32); NEXT(1);
    CASE(SWAP): value = R(A); R(A) = R(B); R(B) = value; NEXT(1);

    // ---- functions
enter:
    CASE(ENTER): BEGIN();
enter_slowly:   // the turn is over, a collection is due, or the stack is full
#ifdef PHIAL_STRESS
    SYNC();
    if (!gc_collect(p, fp, (struct live){.count = B}, 0)) return over_limit(p);
    hp = p->heap.top;
    reds--;
#endif
    if (reds < 0) {
        SYNC();
        if (!p->gc_pending) {
            p->pc = pc;
            p->fp = fp;
            p->reductions = 0;
            return TURN_YIELD;
        }
        reds = p->held_reductions;
        if (!gc_collect(p, fp, (struct live){.count = B}, 0)) return over_limit(p);
        hp = p->heap.top;
    }
    if (fp + A > p->stack_end) {
        term *moved = stack_grow(p, fp, A);
        if (!moved) return over_limit(p);
        fp = moved;
    }
    NEXT(1);

#define CALL() do {                                                                                 \
        fp[A] = (term)(pc + 2);                                                                     \
        fp += A + 1;                                                                                \
        pc += 2 + J32;                                                                              \
        BEGIN();                                                                                    \
    } while (0)
    CASE(CALL): CALL();
    CASE(MOVE_CALL): MOVE(); CALL();
    CASE(MOVE2_CALL): MOVE2(); CALL();

    CASE(CALLX):
    ex = (struct export *)pc[1];
    if (UNLIKELY(!ex->entry)) { nargs = B; args = fp + A + 1; value = (term)(pc + 3); goto resolve; }
    fp[A] = (term)(pc + 3);
    fp += A + 1;
    pc = ex->entry;
    BEGIN();

    CASE(MOVE_CALLN): MOVE(); goto calln;
    CASE(LOADK_CALLN): LOADK(); goto calln;
calln:
    CASE(CALLN):
    ex = (struct export *)pc[1];
    args = fp + A + 1;
    SYNC_FRAME();
    value = ex->fn(p, args);
    hp = p->heap.top;
    if (UNLIKELY(imm_is(value, IMM_MARK))) goto native_special;
    reds -= p->charge;
    p->charge = 0;
    ALLOCATED();
    R(A) = value;
    NEXT(3);

#define TCALL() do { pc += 1 + J32; BEGIN(); } while (0)
    CASE(TCALL): TCALL();
    CASE(MOVE_TCALL): MOVE(); TCALL();
    CASE(MOVE2_TCALL): MOVE2(); TCALL();
    CASE(MOVE2_MOVE): MOVE2(); MOVE(); NEXT(0);

    CASE(TCALLX):
    ex = (struct export *)pc[1];
    if (UNLIKELY(!ex->entry)) { nargs = B; args = fp; value = 0; goto resolve; }
    pc = ex->entry;
    BEGIN();

    CASE(TCALLN):
    ex = (struct export *)pc[1];
    args = fp;
    SYNC_FRAME();
    value = ex->fn(p, args);
    hp = p->heap.top;
    if (UNLIKELY(imm_is(value, IMM_MARK))) goto native_special;
    reds -= p->charge;
    p->charge = 0;
    ALLOCATED();
    goto return_value;

// Returns VALUE to the caller: the word before the frame, where the return address was, is the caller's register for it.
#define RETURN(VALUE) do {                                                                          \
        term result = (VALUE);                                                                      \
        pc = (const uint64_t *)fp[-1];                                                              \
        fp[-1] = result;                                                                            \
        fp -= mask_base(pc[-1]) + 1;                                                                \
        NEXT(0);                                                                                    \
    } while (0)
    CASE(RETK): RETURN(pc[1]);
    CASE(RET): RETURN(R(A));
return_value:
    RETURN(value);

// Calls the fun F, a pointer to its words, with N arguments at ARGS, if nothing but the call has to be done; else goes on behind it.
#define BEGIN_FUN(F, N, ARGS, BEFORE) do {                                                          \
        const struct lambda *lam = (const struct lambda *)(F)[1];                                   \
        const uint64_t *entry = lam->entry;                                                         \
        if (LIKELY(lam->arity == (N) && reds > 0 && (ARGS) + WINDOW(entry) <= p->stack_end)) {      \
            term *to = (ARGS) + (N);                                                                \
            for (const term *from = (F) + 2, *end = from + lam->captured; from != end; from++) *to++ = *from; \
            BEFORE;                                                                                 \
            fp = (ARGS);                                                                            \
            pc = entry;                                                                             \
            reds--;                                                                                 \
            NEXT(1);                                                                                \
        }                                                                                           \
    } while (0)

    CASE(MOVE_CALLF): MOVE(); goto callf;
    CASE(MOVE2_CALLF): MOVE2(); goto callf;
callf:
    CASE(CALLF):
    callee = R(C);
    args = fp + A + 1;
    if (LIKELY(is_boxed(callee) && header_is(*boxed_ptr(callee), TYPE_FUN))) BEGIN_FUN(boxed_ptr(callee), B, args, args[-1] = (term)(pc + 2));
    nargs = B;
    value = (term)(pc + 2);     // return address
call_fun:                       // callee with nargs at args; value is the return address, 0 for a tail call
    if (LIKELY(is_boxed(callee))) {
        term *f = boxed_ptr(callee);
        if (LIKELY(header_type(*f) == TYPE_FUN)) {
            struct lambda *lam = (struct lambda *)f[1];
            if (UNLIKELY(lam->arity != nargs)) goto bad_arity;
            if (UNLIKELY(args + nargs + lam->captured > p->stack_end)) {
                ptrdiff_t at = args - fp;
                term *moved = stack_grow(p, fp, (size_t)at + nargs + lam->captured);
                if (!moved) return over_limit(p);
                fp = moved;
                args = fp + at;
            }
            for (unsigned i = 0; i < lam->captured; i++) args[nargs + i] = f[2 + i];
            if (value) args[-1] = value;
            fp = args;
            pc = lam->entry;
            BEGIN();
        }
        if (header_type(*f) == TYPE_EXPORT) {
            ex = (struct export *)f[1];
            if (UNLIKELY(ex->arity != nargs)) goto bad_arity;
            goto call_export;
        }
    }
    SYNC();
    RAISE_ERROR(tagged_error(p, AM_badfun, callee));
bad_arity:
    SYNC();
    RAISE_ERROR(tagged_error(p, AM_badarity, mk_tuple2(&p->heap, callee, argument_list(p, nargs, args))));

call_export:                    // ex with its arguments at args; value as for call_fun
    if (LIKELY(ex->entry != NULL)) {
        if (value) args[-1] = value;
        fp = args;
        pc = ex->entry;
        BEGIN();
    }
    if (ex->fn) {
        SYNC_FRAME();
        if (value) {
            // the native is called from where a frame would begin; its result lands in the slot before its arguments
            term result = ex->fn(p, args);
            ALLOCATED();
            if (UNLIKELY(imm_is(result, IMM_MARK))) {
                if (result == TERM_NONE) goto native_raised;
                nargs = p->trap->arity;
                goto trapped;
            }
            reds -= p->charge;
            p->charge = 0;
            args[-1] = result;
            pc = (const uint64_t *)value;
            NEXT(0);
        }
        value = ex->fn(p, args);
        ALLOCATED();
        if (UNLIKELY(imm_is(value, IMM_MARK))) {
            if (value == TERM_NONE) goto native_raised;
            value = 0;
            goto trapped;
        }
        reds -= p->charge;
        p->charge = 0;
        goto return_value;
    }
    nargs = ex->arity;
    goto resolve;

    CASE(TCALLF):
    callee = R(C);
    if (LIKELY(is_boxed(callee) && header_is(*boxed_ptr(callee), TYPE_FUN))) BEGIN_FUN(boxed_ptr(callee), B, fp, );
    nargs = B;
    args = fp;
    value = 0;
    goto call_fun;

    CASE(CALLMF):
    nargs = B;
    args = fp + A + 1;
    value = (term)(pc + 2);
    callee = R(C);
    {
        term name = R(C + 1);
call_dynamic:               // callee:name with nargs at args
        if (UNLIKELY(!is_atom(callee) || !is_atom(name))) {
            SYNC();
            term whole[] = {callee, name, argument_list(p, nargs, args)};
            raise_error(p, AM_badarg);
            p->raised.trace = trace_first(p, AM_erlang, AM_apply, mk_list(&p->heap, 3, whole, TERM_NIL), trace_error_info(p, AM_erlang));
            goto raise;
        }
        ex = code_export_called(vm, callee, name, nargs);
        goto call_export;

    CASE(TCALLMF):
        nargs = B;
        args = fp;
        value = 0;
        callee = R(C);
        name = R(C + 1);
        goto call_dynamic;
    }

resolve:    // ex has neither code nor native: load its module, or it is undefined. The instruction is tried again; value as for call_fun.
    SYNC();
    if (code_resolve(vm, ex)) NEXT(0);
undefined:
    if (p->error_handler && p->error_handler != atom_index(ex->module)) {
        term call[] = {ex->module, ex->function, argument_list(p, nargs, args)};
        trap_mfa(p, make_atom(p->error_handler), AM_undefined_function, 3, call);
        ALLOCATED();
        goto trapped;
    }
    hp = p->heap.top;
    p->raised.trace = trace_undefined(p, pc, fp, ex, argument_list(p, nargs, args));
    RAISE_ERROR(AM_undef);

native_special:     // a native called by CALLN or TCALLN raised or continues in the interpreter; args are its arguments
    if (value == TERM_NONE) goto native_raised;
    value = args == fp ? 0 : (term)(pc + 3);
trapped:            // p->trap says what to call; value is the return address, 0 for a tail call; args is where arguments go
    reds -= p->charge;
    p->charge = 0;
    {
        struct trap *t = p->trap;
        nargs = t->arity;
        if (nargs == TRAP_COROUTINE) {
            if (value) args[-1] = value;
            fp = args;
            fp[0] = TERM_NIL;
            pc = code_stubs(vm)->coroutine;
            goto enter;
        }
        if (nargs == TRAP_LIST) {
            size_t n = 0;
            list_length(t->args[0], &n);
            ptrdiff_t at = args - fp;
            if (args + n > p->stack_end) {
                term *moved = stack_grow(p, fp, (size_t)at + n);
                if (!moved) return over_limit(p);
                fp = moved;
                args = fp + at;
            }
            nargs = 0;
            for (term l = t->args[0]; is_cons(l); l = tail(l)) args[nargs++] = head(l);
        } else {
            memcpy(args, t->args, nargs * sizeof(term));
        }
        if (t->fun != TERM_NONE) {
            callee = t->fun;
            goto call_fun;
        }
        ex = code_export(vm, t->mod, t->name, nargs);
        if (!ex->entry && !ex->fn) {
            SYNC();
            if (!code_resolve(vm, ex)) goto undefined;
        }
        goto call_export;
    }

native_raised:
    p->charge = 0;
    SYNC();
    if (p->raised.trace == TERM_NIL) p->raised.trace = trace_native(p, ex, args);
    goto raise;

    // ---- jumps and tests
    CASE(JUMP): NEXT(1 + J32);
    CASE(IS_ATOM): TEST(1, is_atom(R(A)));
    CASE(IS_BOOL): TEST(1, R(A) == AM_true || R(A) == AM_false);
    CASE(IS_INT): TEST(1, is_integer(R(A)));
    CASE(IS_FLOAT): TEST(1, is_float(R(A)));
    CASE(IS_NUM): TEST(1, is_number(R(A)));
    CASE(IS_CONS): TEST(1, is_cons(R(A)));
    CASE(IS_NIL): TEST(1, is_nil(R(A)));
    CASE(IS_LIST): TEST(1, is_list(R(A)));
    CASE(IS_TUPLE): TEST(1, is_tuple(R(A)));
#define IS_TUPLE_N() (is_boxed(R(A)) && boxed_header(R(A)) == make_header(TYPE_TUPLE, B))
    CASE(IS_TUPLE_N): TEST(1, IS_TUPLE_N());
#define IS_TAGGED() (IS_TUPLE_N() && tuple_get(R(A), 0) == pc[1])
    CASE(IS_TAGGED): TEST(2, IS_TAGGED());
    CASE(IS_MAP): TEST(1, is_map(R(A)));
    CASE(IS_BIN): TEST(1, is_binary(R(A)));
    CASE(IS_BITS): TEST(1, is_bitstring(R(A)));
    CASE(IS_FUN): TEST(1, is_fun(R(A)));
    CASE(IS_FUN_N): TEST(1, is_fun(R(A)) && fun_arity(R(A)) == B);
    CASE(IS_PID): TEST(1, is_pid(R(A)));
    CASE(IS_REF): TEST(1, is_ref(R(A)));
    CASE(IS_PORT): TEST(1, is_port(R(A)));
    CASE(TRUTHY): TEST(1, R(A) != AM_false && R(A) != AM_nil);
    CASE(FALSY): TEST(1, R(A) == AM_false || R(A) == AM_nil);
    CASE(EQK): TEST(2, R(A) == pc[1]);
    CASE(NEK): TEST(2, R(A) != pc[1]);
    CASE(EQL): TEST(2, term_same(R(A), pc[1]));
    CASE(EQ): TEST(1, term_same(R(A), R(B)));
    CASE(NE): TEST(1, !term_same(R(A), R(B)));

// == and !=: the words decide when they are equal or both small.
#define EQUAL_NUM(X, Y) ((X) == (Y) || (!both_small(X, Y) && term_equal_num(X, Y)))
    CASE(EQN): TEST(1, EQUAL_NUM(R(A), R(B)));
    CASE(NEN): TEST(1, !EQUAL_NUM(R(A), R(B)));

// Order of two values: small integers and immediate floats here, the rest in term.c. THEN: how it goes on after small ones in that order.
#define ORDER(REL, THEN) do {                                                                       \
        term x = R(A), y = R(B);                                                                    \
        if (LIKELY(both_small(x, y))) {                                                             \
            if ((int64_t)x REL (int64_t)y) THEN;                                                    \
            NEXT(1 + SC);                                                                           \
        }                                                                                           \
        if (both_float_imm(x, y)) TEST(1, float_imm_value(x) REL float_imm_value(y));               \
        TEST(1, term_compare(vm, x, y) REL 0);                                                      \
    } while (0)
#define THEN_RET() do { pc++; RETURN(R(A)); } while (0)
    CASE(LT): ORDER(<, NEXT(1));
    CASE(LE): ORDER(<=, NEXT(1));
    CASE(LE_RET): ORDER(<=, THEN_RET());
#define ORDER_I(REL, THEN) do {                                                                     \
        term x = R(A);                                                                              \
        if (LIKELY(is_small(x))) {                                                                  \
            if ((int64_t)x REL (int64_t)make_small(SB)) THEN;                                       \
            NEXT(1 + SC);                                                                           \
        }                                                                                           \
        TEST(1, term_compare(vm, x, make_small(SB)) REL 0);                                         \
    } while (0)
    CASE(EQI): TEST(1, EQUAL_NUM(R(A), make_small(SB)));
    CASE(NEI): TEST(1, !EQUAL_NUM(R(A), make_small(SB)));
    CASE(LTI): ORDER_I(<, NEXT(1));
    CASE(LTI_RET): ORDER_I(<, THEN_RET());
    CASE(LEI): ORDER_I(<=, NEXT(1));
    CASE(GTI): ORDER_I(>, NEXT(1));
    CASE(GEI): ORDER_I(>=, NEXT(1));

#define ORDER_K(REL) do {                                                                           \
        term x = R(A), k = pc[1];                                                                   \
        if (LIKELY(is_float_imm(x))) TEST(2, float_imm_value(x) REL float_imm_value(k));            \
        TEST(2, term_compare(vm, x, k) REL 0);                                                      \
    } while (0)
    CASE(LTK): ORDER_K(<);
    CASE(LEK): ORDER_K(<=);
    CASE(GTK): ORDER_K(>);
    CASE(GEK): ORDER_K(>=);

    CASE(SWITCH): {
        const uint64_t *pairs = pc + 1;
        unsigned lo = 0, hi = B;
        value = R(A);
        while (lo < hi) {
            unsigned mid = (lo + hi) / 2;
            if (pairs[2 * mid] < value) lo = mid + 1;
            else hi = mid;
        }
        int64_t jump = lo < B && pairs[2 * lo] == value ? (int64_t)pairs[2 * lo + 1] : SC;
        NEXT(1 + 2 * (int64_t)B + jump);
    }
    CASE(JTAB): {
        uint64_t index = is_small(R(A)) ? (R(A) - pc[1]) >> 3 : UINT64_MAX;
        int64_t jump = index < B ? (int64_t)pc[2 + index] : SC;
        NEXT(2 + (int64_t)B + jump);
    }

    // ---- arithmetic
// SMALL: an overflow builtin on the two words that yields the result word; FLOAT: the C operator; SLOW: the function of number.c.
// THEN: how it goes on after the common case.
#define ARITHMETIC(SMALL, FLOAT, SLOW, THEN) do {                                                   \
        term x = R(B), y = R(C), r;                                                                 \
        if (LIKELY(both_small(x, y))) {                                                             \
            if (LIKELY(!SMALL)) { R(A) = r; pc++; THEN; }                                           \
        } else if (both_float_imm(x, y)) {                                                          \
            r = float_imm_pack(float_imm_value(x) FLOAT float_imm_value(y));                        \
            if (LIKELY(is_float_imm(r))) { R(A) = r; NEXT(1); }                                     \
        }                                                                                           \
        SLOW_ARITHMETIC(SLOW, x, y);                                                                \
    } while (0)
#define SLOW_ARITHMETIC(FUNCTION, X, Y) do {                                                        \
        term left = X, right = Y;                                                                   \
        SYNC();                                                                                     \
        value = FUNCTION(p, left, right);                                                           \
        ALLOCATED();                                                                                \
        if (UNLIKELY(value == TERM_NONE)) {                                                         \
            p->raised.trace = trace_arithmetic(p, op_own(pc), pc, left, right);                     \
            goto raise;                                                                             \
        }                                                                                           \
        R(A) = value;                                                                               \
        NEXT(1);                                                                                    \
    } while (0)
#define ADD(THEN) ARITHMETIC(__builtin_add_overflow((int64_t)x, (int64_t)y, (int64_t *)&r), +, num_add, THEN)
    CASE(ADD): ADD(NEXT(0));
    CASE(ADD_RET): ADD(RETURN(R(A)));
    CASE(ADD_TCALL): ADD(TCALL());
    CASE(SUB): ARITHMETIC(__builtin_sub_overflow((int64_t)x, (int64_t)y, (int64_t *)&r), -, num_sub, NEXT(0));
mul:
    CASE(MUL): ARITHMETIC(__builtin_mul_overflow(small_value(x), (int64_t)y, (int64_t *)&r), *, num_mul, NEXT(0));
#define ADDI(THEN) do {                                                                             \
        term x = R(B), r;                                                                           \
        if (LIKELY(is_small(x) && !__builtin_add_overflow((int64_t)x, (int64_t)make_small(SC), (int64_t *)&r))) { \
            R(A) = r;                                                                               \
            pc++;                                                                                   \
            THEN;                                                                                   \
        }                                                                                           \
        SLOW_ARITHMETIC(num_add, x, make_small(SC));                                                \
    } while (0)
    CASE(ADDI): ADDI(NEXT(0));
    CASE(ADDI_CALL): ADDI(CALL());
    CASE(ADDI_TCALL): ADDI(TCALL());
    CASE(DIV): {
        term x = R(B), y = R(C);
        if (both_float_imm(x, y)) {
            term r = float_imm_pack(float_imm_value(x) / float_imm_value(y));
            if (LIKELY(is_float_imm(r))) { R(A) = r; NEXT(1); }
        }
        SLOW_ARITHMETIC(num_div_float, x, y);
    }
    CASE(IDIV): {
        term x = R(B), y = R(C);
        if (LIKELY(both_small(x, y) && y != 0 && y != make_small(-1))) {
            R(A) = make_small((int64_t)x / (int64_t)y);
            NEXT(1);
        }
        SLOW_ARITHMETIC(num_div, x, y);
    }
    CASE(REM): {
        term x = R(B), y = R(C);
        if (LIKELY(both_small(x, y) && y != 0 && y != make_small(-1))) {
            R(A) = (term)((int64_t)x % (int64_t)y);
            NEXT(1);
        }
        SLOW_ARITHMETIC(num_rem, x, y);
    }
#define BITWISE(OPERATOR, SLOW) do {                                                                \
        term x = R(B), y = R(C);                                                                    \
        if (LIKELY(both_small(x, y))) { R(A) = x OPERATOR y; NEXT(1); }                             \
        SLOW_ARITHMETIC(SLOW, x, y);                                                          \
    } while (0)
    CASE(BAND): BITWISE(&, num_band);
    CASE(BOR): BITWISE(|, num_bor);
    CASE(BXOR): BITWISE(^, num_bxor);
    CASE(BSL): {
        term x = R(B), y = R(C);
        if (LIKELY(both_small(x, y) && y <= make_small(58))) {
            int64_t v = small_value(x), s = small_value(y), r = (int64_t)((uint64_t)v << s);
            if (r >> s == v && fits_small(r)) { R(A) = make_small(r); NEXT(1); }
        }
        SLOW_ARITHMETIC(num_bsl, x, y);
    }
    CASE(BSR): {
        term x = R(B), y = R(C);
        if (LIKELY(both_small(x, y) && y <= make_small(60))) {
            R(A) = make_small(small_value(x) >> small_value(y));
            NEXT(1);
        }
        SLOW_ARITHMETIC(num_bsr, x, y);
    }
    CASE(NEG): {
        term x = R(B);
        if (LIKELY(is_small(x) && x != make_small(SMALL_MIN))) { R(A) = -x; NEXT(1); }
        if (is_float_imm(x)) { R(A) = float_imm_pack(-float_imm_value(x)); NEXT(1); }
        SLOW_ARITHMETIC(negate, x, TERM_NONE);
    }

#define CONSTANT_ARITHMETIC(FLOAT) do {                                                             \
        term x = R(B), r;                                                                           \
        if (LIKELY(is_float_imm(x))) {                                                              \
            r = float_imm_pack(float_imm_value(x) FLOAT float_imm_value(pc[1]));                    \
            if (LIKELY(is_float_imm(r))) { R(A) = r; NEXT(2); }                                     \
        }                                                                                           \
        SYNC();                                                                                     \
        value = constant_arithmetic(p, pc, x);                                                      \
        goto two_word_result;                                                                       \
    } while (0)
    CASE(ADDK): CONSTANT_ARITHMETIC(+);
    CASE(SUBK): CONSTANT_ARITHMETIC(-);
mulk:
    CASE(MULK): CONSTANT_ARITHMETIC(*);
    CASE(DIVK): CONSTANT_ARITHMETIC(/);
// FLOAT and SMALL combine the product `r` (double, small word) with z into r; SMALL is true on overflow.
#define FUSED_ARITHMETIC(FLOAT, SMALL) do {                                                         \
        term x = R(B), y = R(C), z = R(pc[1] >> 8), r;                                                  \
        if (both_float_imm(x, y) && is_float_imm(z)) {                                              \
            double m = float_imm_value(x) * float_imm_value(y), k = float_imm_value(z);             \
            r = float_imm_pack(FLOAT);                                                              \
            if (LIKELY(is_float_imm(r))) { R(A) = r; NEXT(2); }                                     \
        } else if (both_small(x, y) && is_small(z)) {                                               \
            if (!__builtin_mul_overflow(small_value(x), (int64_t)y, (int64_t *)&r) && !SMALL) { R(A) = r; NEXT(2); } \
        }                                                                                           \
        SYNC();                                                                                     \
        value = fused_arithmetic(p, pc, x, y, z);                                                   \
        goto two_word_result;                                                                       \
    } while (0)
    CASE(MULADD): CASE(ADDMUL): FUSED_ARITHMETIC(m + k, __builtin_add_overflow((int64_t)r, (int64_t)z, (int64_t *)&r));
    CASE(MULSUB): FUSED_ARITHMETIC(m - k, __builtin_sub_overflow((int64_t)r, (int64_t)z, (int64_t *)&r));
    CASE(SUBMUL): FUSED_ARITHMETIC(k - m, __builtin_sub_overflow((int64_t)z, (int64_t)r, (int64_t *)&r));
// Joined products of floats: where the second instruction takes what the first has put into R(A) (TAKES), it takes the double `m`
// itself. Whatever is not as usual is left to the single instructions.
#define FLOAT_PAIR(Y, WORDS, TAKES, X2, Y2, RESULT, FIRST) do {                                 \
        term x = R(B), y = (Y), r;                                                                  \
        if (!both_float_imm(x, y)) goto FIRST;                                                      \
        double m = float_imm_value(x) * float_imm_value(y);                                         \
        if (UNLIKELY(!is_float_imm(r = float_imm_pack(m)))) goto FIRST;                             \
        unsigned at = A;                                                                            \
        R(at) = r;                                                                                  \
        pc += (WORDS);                                                                              \
        x = (X2);                                                                                   \
        y = (Y2);                                                                                   \
        if (UNLIKELY((TAKES) != at || !both_float_imm(x, y))) NEXT(0);                              \
        double v = float_imm_value(x), w = float_imm_value(y);                                      \
        if (UNLIKELY(!is_float_imm(r = float_imm_pack(RESULT)))) NEXT(0);                           \
        R(A) = r;                                                                                   \
        NEXT(2);                                                                                    \
    } while (0)
    CASE(MUL_ADDMUL): FLOAT_PAIR(R(C), 1, pc[1] >> 8, R(B), R(C), m + v * w, mul);
    CASE(MUL_SUBMUL): FLOAT_PAIR(R(C), 1, pc[1] >> 8, R(B), R(C), m - v * w, mul);
    CASE(MULK_MULADD): FLOAT_PAIR(pc[1], 2, B, R(C), R(pc[1] >> 8), m * v + w, mulk);
two_word_result:    // value, or raised
    ALLOCATED();
    if (UNLIKELY(value == TERM_NONE)) goto raise;
    R(A) = value;
    NEXT(2);

    CASE(MULI): {
        term x = R(B), r;
        if (LIKELY(is_small(x) && !__builtin_mul_overflow((int64_t)x, SC, (int64_t *)&r))) { R(A) = r; NEXT(1); }
        SLOW_ARITHMETIC(num_mul, x, make_small(SC));
    }
    CASE(IDIVI): {
        term x = R(B);
        if (LIKELY(is_small(x) && SC != -1)) { R(A) = make_small(small_value(x) / SC); NEXT(1); }
        SLOW_ARITHMETIC(num_div, x, make_small(SC));
    }
    CASE(REMI): {
        term x = R(B);
        if (LIKELY(is_small(x))) { R(A) = make_small(SC == -1 ? 0 : small_value(x) % SC); NEXT(1); }
        SLOW_ARITHMETIC(num_rem, x, make_small(SC));
    }
    CASE(BANDI): {
        term x = R(B);
        if (LIKELY(is_small(x))) { R(A) = x & make_small(SC); NEXT(1); }
        SLOW_ARITHMETIC(num_band, x, make_small(SC));
    }
    CASE(BSLI): {
        term x = R(B);
        if (LIKELY(is_small(x) && SC >= 0 && SC <= 58)) {
            int64_t v = small_value(x), r = (int64_t)((uint64_t)v << SC);
            if (r >> SC == v && fits_small(r)) { R(A) = make_small(r); NEXT(1); }
        }
        SLOW_ARITHMETIC(num_bsl, x, make_small(SC));
    }
    CASE(BSRI): {
        term x = R(B);
        if (LIKELY(is_small(x) && SC >= 0 && SC <= 60)) { R(A) = make_small(small_value(x) >> SC); NEXT(1); }
        SLOW_ARITHMETIC(num_bsr, x, make_small(SC));
    }

    // ---- data
#ifdef PHIAL_STRESS
#define HAS_ROOM() false
#else
#define HAS_ROOM() LIKELY(p->heap.end - hp >= J32)
#endif
    CASE(GCTEST_TUPLE):
    if (!HAS_ROOM()) goto make_room;
    pc += 2;
    goto tuple;
    CASE(GCTEST_TUPLE_RET):
    if (!HAS_ROOM()) goto make_room;
    pc += 2;
    goto tuple_ret;
    CASE(GCTEST):
    if (HAS_ROOM()) NEXT(2);
make_room: {
        SYNC();
        struct module *m = pc[1] & MASK_PACKED_POOLED ? code_module_at(vm, pc) : NULL;
        if (!gc_collect(p, fp, (struct live){.mask = pc[1], .pool = m ? m->masks : NULL}, (size_t)J32)) return over_limit(p);
        hp = p->heap.top;
        NEXT(2);
    }
#define CONS() do {                                                                                 \
        term *cell = hp;                                                                            \
        hp += 2;                                                                                    \
        cell[0] = R(B);                                                                             \
        cell[1] = R(C);                                                                             \
        R(A) = make_cons_ptr(cell);                                                                 \
        pc++;                                                                                       \
    } while (0)
    CASE(CONS): CONS(); NEXT(0);
    CASE(CONS_TCALL): CONS(); TCALL();
    CASE(CONS_RET): CONS(); RETURN(R(A));
    CASE(GCTEST_CONS_TCALL):
    if (!HAS_ROOM()) goto make_room;
    pc += 2;
    CONS();
    TCALL();
    CASE(GCTEST_CONS_RET):
    if (!HAS_ROOM()) goto make_room;
    pc += 2;
    CONS();
    RETURN(R(A));
    CASE(GCTEST_CONS):
    if (!HAS_ROOM()) goto make_room;
    pc += 2;
    CONS();
    NEXT(0);
    CASE(CONSK): {
        term *cell = hp;
        hp += 2;
        cell[0] = operand(fp, pc[1]);
        cell[1] = R(B);
        R(A) = make_cons_ptr(cell);
        NEXT(2);
    }
    CASE(CONSL): {
        term *cell = hp;
        hp += 2;
        cell[0] = R(B);
        cell[1] = operand(fp, pc[1]);
        R(A) = make_cons_ptr(cell);
        NEXT(2);
    }
    CASE(LIST): {
        unsigned n = B - 1;
        term *cells = hp;
        hp += 2 * n;
        for (unsigned i = 0; i < n; i++) {
            cells[2 * i] = operand(fp, pc[1 + i]);
            cells[2 * i + 1] = make_cons_ptr(cells + 2 * i + 2);
        }
        cells[2 * n - 1] = operand(fp, pc[1 + n]);
        R(A) = make_cons_ptr(cells);
        NEXT(2 + n);
    }
#define HEAD() (R(A) = head(R(B)))
    CASE(HEAD): HEAD(); NEXT(1);
    CASE(IS_CONS_HEAD): if (!is_cons(R(A))) NEXT(1 + SC); pc++; HEAD(); NEXT(1);
    CASE(TAIL): R(A) = tail(R(B)); NEXT(1);
#define UNCONS() do {                                                                               \
        term *cell = cons_ptr(R(A));                                                                \
        term hd = cell[0], tl = cell[1];                                                            \
        R(B) = hd;                                                                                  \
        R(C) = tl;                                                                                  \
    } while (0)
    CASE(UNCONS): UNCONS(); NEXT(1);
    CASE(IS_CONS_UNCONS): if (!is_cons(R(A))) NEXT(1 + SC); pc++; UNCONS(); NEXT(1);
    CASE(HD):
    if (LIKELY(is_cons(R(B)))) { R(A) = head(R(B)); NEXT(1); }
    SYNC();
    value = raise_badarg(p, 1, "not a nonempty list");
    p->raised.trace = trace_first_c(p, "hd", R(B));
    goto raise;
    CASE(TL):
    if (LIKELY(is_cons(R(B)))) { R(A) = tail(R(B)); NEXT(1); }
    SYNC();
    value = raise_badarg(p, 1, "not a nonempty list");
    p->raised.trace = trace_first_c(p, "tl", R(B));
    goto raise;
#define TUPLE() do {                                                                                \
        unsigned n = B;                                                                             \
        term *t = hp;                                                                               \
        hp += 1 + n;                                                                                \
        t[0] = make_header(TYPE_TUPLE, n);                                                          \
        t[1] = operand(fp, pc[1]);                                                                  \
        if (LIKELY(n == 2)) t[2] = operand(fp, pc[2]);                                              \
        else for (unsigned i = 2; i <= n; i++) t[i] = operand(fp, pc[i]);                           \
        R(A) = make_boxed(t);                                                                       \
        pc += 1 + n;                                                                                \
    } while (0)
tuple:
    CASE(TUPLE): TUPLE(); NEXT(0);
tuple_ret:
    CASE(TUPLE_RET): TUPLE(); RETURN(R(A));
#define GET() (R(A) = tuple_get(R(B), C))
    CASE(GET): GET(); NEXT(1);
    CASE(GET_GET): GET(); pc++; GET(); NEXT(1);
    CASE(IS_TUPLE_N_GET): if (!IS_TUPLE_N()) NEXT(1 + SC); pc++; GET(); NEXT(1);
    CASE(IS_TUPLE_N_GET_GET): if (!IS_TUPLE_N()) NEXT(1 + SC); pc++; GET(); pc++; GET(); NEXT(1);
    CASE(IS_TAGGED_GET): if (!IS_TAGGED()) NEXT(2 + SC); pc += 2; GET(); NEXT(1);
    CASE(ELEMENT): {
        term i = R(B), t = R(C);
        if (LIKELY(is_small(i) && is_tuple(t) && i != 0 && i <= make_small((int64_t)tuple_arity(t)))) {
            R(A) = tuple_get(t, (uint64_t)small_value(i) - 1);
            NEXT(1);
        }
        SYNC();
        raise_element(p, i, t);
        goto raise;
    }
    CASE(ELEM): {
        term t = R(B);
        if (LIKELY(is_tuple(t) && C < tuple_arity(t))) {
            R(A) = tuple_get(t, C);
            NEXT(1);
        }
        SYNC();
        raise_element(p, make_small(C + 1), t);
        goto raise;
    }
    CASE(CLOSURE): {
        unsigned n = B;
        term *f = hp;
        hp += 2 + n;
        f[0] = make_header(TYPE_FUN, 1 + n);
        f[1] = pc[1];
        for (unsigned i = 0; i < n; i++) f[2 + i] = operand(fp, pc[2 + i]);
        R(A) = make_boxed(f);
        NEXT(2 + n);
    }
    CASE(MAP_LIT): {
        unsigned n = B;
        SYNC();
        term *m = heap_alloc(&p->heap, 2 + n);
        ALLOCATED();
        m[0] = make_header(TYPE_FLATMAP, 1 + n);
        m[1] = pc[1];
        for (unsigned i = 0; i < n; i++) m[2 + i] = operand(fp, pc[2 + i]);
        R(A) = make_boxed(m);
        NEXT(2 + n);
    }
    CASE(MAP_NEW):
    SYNC();
    R(A) = make_map(p, fp, B, pc + 1);
    ALLOCATED();
    NEXT(1 + 2 * (int64_t)B);
    CASE(MAP_PUT):
    SYNC();
    value = update_map(p, fp, R(B), C, pc + 1, false);
    ALLOCATED();
    if (UNLIKELY(value == TERM_NONE)) goto raise;
    R(A) = value;
    NEXT(1 + 2 * (int64_t)C);
    CASE(MAP_UPDATE):
    SYNC();
    value = update_map(p, fp, R(B), C, pc + 1, true);
    ALLOCATED();
    if (UNLIKELY(value == TERM_NONE)) goto raise;
    R(A) = value;
    NEXT(1 + 2 * (int64_t)C);
    CASE(MAP_GET):
    // only a literal key has a place that a cache can remember
    value = is_header(pc[1]) ? map_get(vm, R(B), operand(fp, pc[1])) : map_lookup_cached(p, R(B), pc[1], (uint64_t *)pc + 2);
    if (value == TERM_NONE) NEXT(3 + SC);
    R(A) = value;
    NEXT(3);
    CASE(FIELD):
    if (UNLIKELY(!is_map(R(B)))) {
        if (is_atom(R(B)) && R(B) != AM_nil && R(B) != AM_true && R(B) != AM_false) NEXT(3 + SC);
        SYNC();
        RAISE_ERROR(mk_tuple3(&p->heap, AM_badkey, pc[1], R(B)));
    }
    value = map_lookup_cached(p, R(B), pc[1], (uint64_t *)pc + 2);
    if (UNLIKELY(value == TERM_NONE)) {
        SYNC();
        RAISE_ERROR(mk_tuple3(&p->heap, AM_badkey, pc[1], R(B)));
    }
    R(A) = value;
    NEXT(3);

    // ---- bitstrings
    CASE(BS_START):
    if (!start_match(R(B), hp)) NEXT(1 + SC);
    R(A) = make_boxed(hp);
    hp += 4;
    NEXT(1);
    CASE(BS_POS): R(A) = boxed_ptr(R(B))[2]; NEXT(1);
    CASE(BS_SEEK): boxed_ptr(R(A))[2] = R(B); NEXT(1);
    CASE(BS_GET): {
        term *ctx = boxed_ptr(R(B)), spec = pc[1];
        uint64_t at = (uint64_t)small_value(ctx[2]);
        if (LIKELY(spec == bits_spec(BITS_INTEGER, 0, 1, 8) && (at & 7) == 0)) {
            if (ctx[2] + make_small(8) > ctx[3]) NEXT(3 + SC);
            R(A) = make_small(parent_bytes(ctx[1])[at >> 3]);
            ctx[2] += make_small(8);
            NEXT(3);
        }
        SYNC();
        bool ok = bits_get(p, R(B), spec, operand(fp, pc[2]), false, &value);
        ALLOCATED();
        if (!ok) NEXT(3 + SC);
        R(A) = value;
        NEXT(3);
    }
    CASE(BS_SKIP): {
        bool ok = bits_get(p, R(B), pc[1], operand(fp, pc[2]), true, &value);
        TEST(3, ok);
    }
    CASE(BS_EQ): TEST(2, match_literal(boxed_ptr(R(B)), pc[1]));
    CASE(BS_REST): {
        term *ctx = boxed_ptr(R(B)), left = ctx[3] - ctx[2];     // both small: so is their difference
        if (LIKELY(ctx[2] && left > make_small(SUB_BINARY_COPY_BITS) && p->heap.end - hp >= 4)) {
            hp[0] = make_header(TYPE_SUBBIN, 3);
            hp[1] = ctx[1];
            hp[2] = ctx[2];
            hp[3] = left;
            R(A) = make_boxed(hp);
            hp += 4;
            NEXT(1);
        }
        SYNC();
        R(A) = mk_sub_binary(&p->heap, ctx[1], (uint64_t)small_value(ctx[2]), (uint64_t)small_value(ctx[3] - ctx[2]));
        ALLOCATED();
        NEXT(1);
    }
    CASE(BS_END): TEST(1, boxed_ptr(R(B))[2] == boxed_ptr(R(B))[3]);
    CASE(BS_UNIT):
    if (LIKELY(A == 8)) TEST(1, ((boxed_ptr(R(B))[3] - boxed_ptr(R(B))[2]) & (make_small(8) - 1)) == 0);
    TEST(1, small_value(boxed_ptr(R(B))[3] - boxed_ptr(R(B))[2]) % A == 0);
    CASE(BS_BUILD):
    SYNC();
    value = build_bits(p, fp, B, pc + 1);
    ALLOCATED();
    if (UNLIKELY(value == TERM_NONE)) goto raise;
    R(A) = value;
    NEXT(1 + 3 * (int64_t)B);

    // ---- receive
    CASE(RECV_START):
    if (UNLIKELY(!receive_start(p, A == NO_REGISTER ? TERM_NONE : R(A)))) goto wait;
    NEXT(1);
#define RECV_PEEK() do {                                                                            \
        if (!*p->scan && p->inbox.first) {                                                          \
            SYNC_FRAME();                                                                           \
            if (!signals_handle(p)) return TURN_EXIT;                                               \
            ALLOCATED();                                                                            \
        }                                                                                           \
        if (!*p->scan) NEXT(1 + SC);                                                                \
        R(A) = receive_peek(p, hp);                                                                 \
        pc++;                                                                                       \
    } while (0)
    CASE(RECV_PEEK): RECV_PEEK(); NEXT(0);
peek_is_tagged:
    CASE(RECV_PEEK_IS_TAGGED):
    RECV_PEEK();
    if (IS_TAGGED()) NEXT(2);
    pc += 2 + SC;
    if (OPCODE != OP_RECV_NEXT) NEXT(0);
    receive_next(p);
    pc += 1 + J32;
    if (OPCODE != OP_RECV_PEEK_IS_TAGGED) NEXT(0);
    receive_skip(p, make_header(TYPE_TUPLE, pc[1] >> 32 & 0xffff), pc[2]);     // the only pattern did not match: on to what it can match
    goto peek_is_tagged;
    CASE(RECV_NEXT): receive_next(p); NEXT(1 + J32);
    CASE(RECV_ACCEPT): {
        SYNC();
        struct module *m = pc[1] & MASK_PACKED_POOLED ? code_module_at(vm, pc) : NULL;
        receive_accept(p, fp, pc[1], m ? m->masks : NULL);
        ALLOCATED();
        NEXT(2);
    }
    CASE(RECV_WAIT):
    if (p->inbox.first) {
        SYNC_FRAME();
        if (!signals_handle(p)) return TURN_EXIT;
        ALLOCATED();
    }
    if (*p->scan) NEXT(2 + J32);
    goto wait;
    CASE(RECV_WAIT_T):
    if (p->inbox.first) {
        SYNC_FRAME();
        if (!signals_handle(p)) return TURN_EXIT;
        ALLOCATED();
    }
    if (*p->scan) NEXT(2 + SC);
    switch (receive_timer(p, R(A))) {
    case RECEIVE_TIMED_OUT: NEXT(2);
    case RECEIVE_BAD_TIMEOUT: SYNC(); RAISE_ERROR(AM_timeout_value);
    case RECEIVE_WAITS: break;
    }
wait:   // the same instruction runs again when the process is woken
    SYNC();
    p->pc = pc;
    p->fp = fp;
    p->reductions = p->gc_pending ? p->held_reductions : reds;
    return TURN_WAIT;

    // ---- exceptions
    CASE(RAISE):
    SYNC();
    p->raised.cls = R(A);
    p->raised.reason = R(B);
    p->raised.trace = R(C);
    goto raise;
    CASE(TRACE):
    SYNC();
    R(A) = trace_list(p, R(B));
    ALLOCATED();
    NEXT(1);
    CASE(BADMATCH): SYNC(); RAISE_ERROR(tagged_error(p, AM_badmatch, R(A)));
    CASE(CASE_CLAUSE): SYNC(); RAISE_ERROR(tagged_error(p, AM_case_clause, R(A)));
    CASE(TRY_CLAUSE): SYNC(); RAISE_ERROR(tagged_error(p, AM_try_clause, R(A)));
    CASE(WITH_CLAUSE): SYNC(); RAISE_ERROR(tagged_error(p, AM_with_clause, R(A)));
    CASE(COND_CLAUSE): SYNC(); RAISE_ERROR(AM_cond_clause);
    CASE(FUNCTION_CLAUSE):
    CASE(FUN_CLAUSE):
    SYNC();
    p->raised.trace = trace_first_args(p, pc, argument_list(p, A, fp));
    RAISE_ERROR(AM_function_clause);

raise:      // p->raised holds class and reason; pc is the instruction that raised; heap is synced
    {
        const struct region *r;
        struct module *m = code_module_at(vm, pc);
        if (m && (r = code_region_at(m, pc, REGION_GUARD))) {
            p->raised.trace = TERM_NIL;
            p->raised.bad_position = 0;
            hp = p->heap.top;
            pc = m->code + r->target;
            NEXT(0);
        }
        p->raised.trace = trace_capture(p, pc, fp, p->raised.trace);
        p->raised.bad_position = 0;
        hp = p->heap.top;
        for (;;) {
            if (m && (r = code_region_at(m, pc, REGION_TRY))) {
                term *to = fp + r->reg;
                to[0] = p->raised.cls;
                to[1] = p->raised.reason;
                to[2] = p->raised.trace;
                p->raised.trace = p->raised.reason = TERM_NIL;
                pc = m->code + r->target;
                NEXT(0);
            }
            if (fp == p->stack + 1) break;
            const uint64_t *ret = (const uint64_t *)fp[-1];
            fp -= mask_base(ret[-1]) + 1;
            pc = ret - 1;
            if (!m || pc < m->code || pc >= m->code + m->ncode) m = code_module_at(vm, pc);
        }
        trace_uncaught(p);
        return TURN_EXIT;
    }

    // ---- the VM's own code
    CASE(SELF): R(A) = p->pid; NEXT(1);
    CASE(SITE):
    p->site = pc + 1;
    p->site_at = (uint32_t)(fp - p->stack);
    NEXT(1);

    CASE(HALT_PROC):
    SYNC();
    p->result = R(A);
    p->exit_reason = AM_normal;
    return TURN_EXIT;
    CASE(COROUTINE):
    SYNC();
    p->fp = fp;
    switch (coroutine_resume(p, B ? CALL_RAISED : CALL_OK, fp)) {
    case COROUTINE_DONE:
        hp = p->heap.top;
        value = p->result;
        p->result = TERM_NIL;
        goto return_value;
    case COROUTINE_RAISED:
        hp = p->heap.top;
        pc = (const uint64_t *)fp[-1];
        fp -= mask_base(pc[-1]) + 1;
        pc -= 1;
        goto raise;
    case COROUTINE_CALLS:
        hp = p->heap.top;
        value = (term)(pc + 2);
        args = fp + 2;
        goto trapped;
    case COROUTINE_BREATHES:    // others may run; then it is resumed
        hp = p->heap.top;
        fp[0] = TERM_NIL;
        reds = 0;
        pc = code_stubs(vm)->coroutine;
        goto enter;
    }
    __builtin_unreachable();

#ifdef PHIAL_SWITCH
    }
    __builtin_unreachable();
#endif
}
#pragma GCC diagnostic pop
