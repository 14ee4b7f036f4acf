// SPDX-License-Identifier: Apache-2.0
// Coroutines: C code (the compiler) that runs as part of a process on a C stack of its own, and can wait for the process to run code.
//
//   process:  ... native -> TRAP_COROUTINE -> stub COROUTINE op --resume--> C stack: body(...)
//                                             ^                               |  compiler_call(mod, fun, args)
//                                             +-- answer in R[0] -- frame <---+  (COROUTINE_CALLS: the op lays out the call)
//
// Invariants: a coroutine belongs to one process and is resumed only by the stub's frame that started it, so coroutines of a process nest
// like its frames. Its terms lie in its arena; what crosses is copied. When the process dies, arena and stack are
// released from outside: a coroutine owns nothing else.
#ifndef PHIAL_COROUTINE_H
#define PHIAL_COROUTINE_H

#include "../compiler/compiler.h"
#include "native.h"

enum coroutine_event { COROUTINE_DONE, COROUTINE_RAISED, COROUTINE_CALLS, COROUTINE_BREATHES };

// Runs the innermost coroutine on with the answer in fp[0] (CALL_OK) or fp[1..3] (CALL_RAISED). DONE: p->result. RAISED: p->raised.
// CALLS: p->trap says what. After DONE and RAISED the coroutine is gone.
enum coroutine_event coroutine_resume(struct process *p, enum call_status status, const term *fp);
void coroutines_free(struct process *p);        // of a process that ends
void coroutine_stacks_free(struct vm *vm);      // the cache
void coroutines_visit(struct process *p, memory_visitor *see, void *ctx);   // all memory of p's coroutines that may hold terms

#endif
