// SPDX-License-Identifier: Apache-2.0
// struct vm: everything there is. No other mutable state exists (law 1); several VMs live in one OS process.
#ifndef PHIAL_VM_H
#define PHIAL_VM_H

#include "process.h"
#include "table.h"

struct atom_table;
struct code;            // code.h: modules, exports, literals
struct sched;           // sched.h: processes, run queues, timers
struct world;           // world.h: clock, entropy, files: the one door to outside (law 3)
struct ets;             // natives/ets.c: tables
struct re_cache;        // natives/re.c
struct compile_state;   // compiler: modules under compilation
struct stack_cache;
struct explain;         // explain.h: what the run says about itself
struct editor;          // repl/editor.h
struct code_path;       // code_path.h: directories with compiled modules

struct vm {
    struct atom_table *atoms;
    struct code *code;
    struct code_path *path;
    struct sched *sched;
    struct world *world;
    struct explain *explain;
    struct ets *ets;                    // NULL until the first table
    struct re_cache *regexes;           // natives/re.c: compiled regular expressions, NULL until the first
    struct compile_state *compiling;
    struct editor *editor;              // the shell's line editor, NULL until it is started
    struct stack_cache *stacks;         // free C stacks of coroutines
    unsigned nstacks;
    struct table atomics;               // ref -> struct atomics *, natives/atomics.c
    struct table persistent;            // :persistent_term: hash -> chain, natives/persistent_term.c
    // Literals of all modules lie here, so that the collector knows them by address (they are never copied).
    uintptr_t literals_start, literals_end;
    struct export *recent_calls[64];    // of modules named at run time (code.h)
    uint64_t code_garbage, code_limit;  // bytes of code and literals that may be garbage; when to look (code_collect.c)
    term float_zero, float_minus_zero;  // static boxes for 0.0 and -0.0
    uint64_t next_ref;                  // references are numbered
    uint64_t next_unique;
    uint64_t collections, reclaimed_words;  // of process heaps (gc.c)
    size_t max_heap;                    // words per process; 0: PROCESS_HEAP_LIMIT
    int argc;
    char **argv;                        // the program's own arguments
    int exit_code;
    unsigned trace_depth;               // entries of a stack trace, at most TRACE_DEPTH_MAX
    unsigned logs_pending;              // log events on their way to the consoles (stdlib/otp/logger_backends.ex)
    bool halting;
    bool stays;                         // that nothing can wake a process is no reason to end
};

// Tear-down of what has no header of its own.
void persistent_terms_free(struct vm *vm);
void atomics_free_all(struct vm *vm);
void editor_free(struct vm *vm);                // gives the terminal back as it was

static inline bool is_literal(struct vm *vm, term t) { return t - vm->literals_start < vm->literals_end - vm->literals_start; }

#endif
