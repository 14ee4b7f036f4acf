// SPDX-License-Identifier: Apache-2.0
// The compiler as the VM sees it, and the door through which it calls the VM.
//
// A compilation runs in a process, on a C stack of its own (vm/coroutine.h). Whenever it needs the language to run (a macro, a module
// body, a protocol's deriving) it calls compiler_call(): the coroutine is left, the interpreter runs the call as part of the same
// process while other processes keep running, and the coroutine is resumed with the answer. Terms that go out are copied to the
// process heap, terms that come back are copied into the arena: the compiler never holds a term the collector can move.
#ifndef PHIAL_COMPILER_H
#define PHIAL_COMPILER_H

#include "arena.h"

struct process;

// ---- implemented by vm/coroutine.c, called by the compiler inside a coroutine
enum call_status { CALL_OK, CALL_RAISED };
struct call_result { enum call_status status; term value; term cls, reason, trace; };  // copied into `a`; trace: stack trace list
// mod:fun(args) / fun.(args): runs the call in the process of this compilation. May take long; may not return at all (the process is killed:
// the arena and the stack are then freed from outside, so hold no other resources across a call).
struct call_result compiler_call(struct process *p, struct arena *a, term mod, term fun, unsigned n, const term *args);
struct call_result compiler_call_fun(struct process *p, struct arena *a, term fun, unsigned n, const term *args);
// Lets other processes run when much was done without a call (once per definition is enough).
void compiler_breathe(struct process *p);

// ---- implemented by the compiler; natives of :phial_compiler start these as coroutines
// body of a coroutine: result in the arena, or a raised exception (status CALL_RAISED with cls/reason)
typedef struct call_result coroutine_body(struct process *p, struct arena *a, unsigned n, const term *args);

// ---- vm/coroutine.c: for natives: `return compiler_start(p, body, n, args)`: traps into the coroutine; its result is the native's.
term compiler_start(struct process *p, coroutine_body *body, unsigned n, const term *args);

// ---- vm/code.c
struct object;
// Loads (or replaces) a module. Takes over the object. Returns the module's name, or TERM_NONE with an error raised.
term code_load(struct vm *vm, struct object *o);
// Loads an anonymous unit that holds one function; `*fun` is an export-like fun term in heap `h` valid until unloaded with the last
// reference to it. Used for top-level code, module bodies, local macros.
term code_load_thunk(struct vm *vm, struct heap *h, struct object *o, term function, unsigned arity);
bool code_is_loaded(struct vm *vm, term module);
bool code_has_old(struct vm *vm, term module);     // a version before the current one, not purged yet
// Loads it from the image or the code path if it is not there yet; false: no such module.
bool code_ensure_loaded(struct vm *vm, term module);
bool code_exported(struct vm *vm, term module, term function, unsigned arity);  // natives included; module must be loaded
// Exported functions as a list of {name, arity} sorted, natives included, module_info and __info__ excluded. For imports. Built in `h`.
term code_exports(struct vm *vm, struct heap *h, term module);
#endif
