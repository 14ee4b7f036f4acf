// SPDX-License-Identifier: Apache-2.0
// A process: one block holding the struct, a first small heap and a first small stack.
//
// Invariant (law 2): the fields below `inbox` are touched only by the scheduler that runs the process. Others reach it
// by appending signals to `inbox` (signal.h). What the collector scans is said beside each field.
#ifndef PHIAL_PROCESS_H
#define PHIAL_PROCESS_H

#include "heap.h"
#include "table.h"

struct signal;
struct coroutine;

enum priority { PRIORITY_LOW, PRIORITY_NORMAL, PRIORITY_HIGH, PRIORITY_MAX };

// How long an alias lives: until unalias, until its monitor ends, until the first message through it.
enum alias_mode { ALIAS_EXPLICIT = 1, ALIAS_DEMONITOR, ALIAS_REPLY_DEMONITOR };

enum process_state {
    PROCESS_RUNNABLE,   // in a run queue
    PROCESS_RUNNING,
    PROCESS_WAITING,    // in a receive, for a signal or its timer
    PROCESS_SUSPENDED,  // by erlang:suspend_process
    PROCESS_EXITED,
};

// An old generation or the young one. `start` may lie inside the process block (then it is not freed).
struct area { term *start, *top, *end; };

struct signal_queue { struct signal *first, **last; size_t length; };

// Where an exception is while it travels: filled by raise_*, consumed by the handler.
struct raised {
    term cls;           // AM_error, AM_exit, AM_throw; GC root
    term reason;        // GC root
    term trace;         // raw stack trace: tuple of code addresses and terms (trace.h); GC root
    int bad_position;   // raise_badarg's argument, 0 if none
    const char *why;    // raise_badarg's text or NULL
};

// A native that continues: the interpreter calls `fun`, or mod:name when fun is TERM_NONE. With arity TRAP_LIST the arguments are the list args[0].
enum { TRAP_LIST = 255, TRAP_COROUTINE = 254 };  // TRAP_COROUTINE: enter the innermost coroutine
struct trap { term fun, mod, name; unsigned arity; term args[8]; };

term process_info_for(struct process *p, term what);    // natives/process.c

struct process {
    struct signal_queue inbox;      // appended by senders

    struct vm *vm;
    term pid;
    struct heap heap;               // young allocation area; see heap.h
    struct area young, old;         // young.top is stale while heap.top moves
    term *mark;                     // young objects below it survived one collection
    size_t next_young;              // words the next young heap should have
    struct signal *attached;        // received messages whose memory terms of the heap point into, until the next collection
    size_t attached_words;
    term *stack, *stack_end;        // registers and return addresses, growing up

    // saved interpreter state at a safe point
    const uint64_t *pc;             // next instruction
    term *fp;                       // current window
    int turn, reductions;           // of this turn: all, those left
    int held_reductions;            // what was left when gc_pending forced a safe point
    int charge;                     // reductions natives charged, taken off by the interpreter
    uint64_t reductions_done;       // in finished turns (process_reductions)

    struct raised raised;
    term result;                    // of a coroutine or the whole process, on its way; GC root
    struct trap *trap;              // allocated at first use

    // mailbox: messages already taken from the inbox, oldest first
    struct signal_queue mailbox;
    struct signal **scan;           // link to the next message a receive looks at
    struct signal *peeked;          // the message being matched
    term *peek_top;                 // heap.top when it was peeked; `allocated_while_peeked`: a collection happened since
    term receive_mark;              // reference created after the mailbox's `mark_at`; see receive.c
    struct signal **mark_at;
    term awaited;                   // what the last receive begun waits for: the reference in all its clauses, or TERM_NONE; only to compare
    uint64_t took_at;               // when the last message was taken, by the scheduler's recent clock
    uint64_t timer;                 // armed receive timer id, 0: none; `timed_out`: it has fired

    struct table links;             // pid -> when it was made, as a number of links (GC: immediates only)
    struct table monitors;          // ref -> pid or name atom (made by this process)
    struct table monitored_by;      // ref -> watching pid
    struct table aliases;           // ref -> enum alias_mode: references that deliver messages here
    term dictionary;                // map of the process dictionary; GC root
    term group_leader;              // pid
    term name;                      // registered name or AM_undefined
    term parent;                    // pid
    term initial_call;              // {m, f, a} tuple; GC root
    struct coroutine *coroutines;   // compilations under way, innermost first; their terms are theirs
    struct process *next, *prev;    // run queue
    size_t max_heap;                // words; 0: the VM's limit
    uint8_t state, priority;
    bool trap_exit, exiting, gc_pending, sensitive;
    bool uses_world;                // it watches or owns something of the world's, to be given up at its end
    bool quiet_limit, survives_limit;   // passing max_heap is not reported; does not end the process
    bool full_collection;           // erlang:garbage_collect: the next collection is a full one
    bool allocated_while_peeked, timed_out;
    uint16_t trace_flags;           // enum trace_flag: what its tracer is told (tracer.h)
    term tracer;                    // pid, while there are trace_flags
    struct signal *step;            // the request to take one step while suspended; its `flag`: a message has been taken
    unsigned suspend_count;         // erlang:suspend_process
    uint32_t site_at;               // the window's place on the stack where `site` was noted
    const uint64_t *site;           // the last tail call that may wait long; NULL once a message has been taken
    uint32_t minor_count;           // minor collections since the last full one
    uint32_t error_handler;         // atom index of the module that is told of undefined functions; 0: none
    term exit_reason;               // while exiting; GC root
};

// The block also holds the first stack and the first young heap.
enum { FIRST_STACK_WORDS = 20, FIRST_HEAP_WORDS = 18 };
#define PROCESS_BLOCK_BYTES (sizeof(struct process) + (FIRST_STACK_WORDS + FIRST_HEAP_WORDS) * sizeof(term))
static inline bool process_owns(const struct process *p, const term *t)
{
    return (const char *)t >= (const char *)p && (const char *)t < (const char *)p + PROCESS_BLOCK_BYTES;
}

#endif
