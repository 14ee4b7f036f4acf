// SPDX-License-Identifier: Apache-2.0
// Signals: everything that one process does to another (law 2). The sender appends to the receiver's inbox; the receiver handles
// them in order, when it is scheduled in and when a receive runs out of messages.
//
// A signal owns its terms: they lie in the same block as the struct, and behind them, where they are needed, its ends. The plain message
// does without: a receive that scans the mailbox touches one cache line for each small one.
#ifndef PHIAL_SIGNAL_H
#define PHIAL_SIGNAL_H

#include "process.h"

enum signal_kind {
    SIGNAL_MESSAGE,     // value; ref: the alias it was sent to, or TERM_NONE
    SIGNAL_EXIT,        // value = reason, from = sender; `flag`: sent by exit/2 (a kill is then not to be trapped)
    SIGNAL_LINK,        // from
    SIGNAL_UNLINK,      // from
    SIGNAL_MONITOR,     // from watches us by ref
    SIGNAL_DEMONITOR,   // ref
    SIGNAL_DOWN,        // ref, value = reason; becomes a message only if monitor ref is still there
    SIGNAL_GROUP_LEADER,// value = pid
    // from asks value = what (process_info's, alive, {check_process_code, module}); the answer {ref, info} is sent back as a message
    SIGNAL_ASK,
    SIGNAL_SUSPEND, SIGNAL_RESUME,
    SIGNAL_TRACE,       // from = tracer, value = enum trace_flag, flag: on
    SIGNAL_STEP,        // from asks a suspended process to take a step; {ref, how it went} is sent back as a message; value: turns it took so far
    SIGNAL_TIMEOUT,     // ref = id of the receive timer whose time has come
};

struct signal {
    uint32_t words;
    uint8_t kind;
    bool flag, has_ends;
    uint8_t lines;              // cache lines it takes in the VM's area of signals; 0: it is malloc's
    struct signal *next;
    term value;
    term mem[];                 // `words` of them: the terms of value
};

struct signal_ends {
    term from, ref;             // TERM_NONE: none
    term *refbins;              // chain of those in mem, as in struct heap
};

static inline struct signal_ends *signal_ends(const struct signal *s) { return s->has_ends ? (struct signal_ends *)(s->mem + s->words) : NULL; }
static inline term signal_from(const struct signal *s) { return s->has_ends ? signal_ends(s)->from : TERM_NONE; }
static inline term signal_ref(const struct signal *s) { return s->has_ends ? signal_ends(s)->ref : TERM_NONE; }

struct signal *signal_new(struct vm *vm, enum signal_kind kind, term from, term ref, term value); // copies value
void signal_free(struct vm *vm, struct signal *s);
void signal_deliver(struct vm *vm, struct process *to, struct signal *s);   // appends and wakes

// Sends a message: copies `message` for the process `pid`; a dead pid swallows it.
void send_message(struct vm *vm, term pid, term message);
// The other signals, to a pid; each says what a dead target answers (noproc).
void send_exit(struct vm *vm, term from, term to, term reason, bool by_exit2);
void send_link(struct vm *vm, struct process *from, term to);
void send_unlink(struct vm *vm, struct process *from, term to);
void send_down(struct vm *vm, term watcher, term ref, term reason);
void send_plain(struct vm *vm, enum signal_kind kind, term from, term to, term ref); // without a value

// Receiver's side: handles all of the inbox; messages go to the mailbox. Returns false if the process must exit (exit_reason is set).
bool signals_handle(struct process *p);
void signal_step_done(struct process *p, term how);     // answers p->step, if there is one
void queue_init(struct signal_queue *q);
void queue_free(struct vm *vm, struct signal_queue *q);

#endif
