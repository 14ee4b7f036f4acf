// SPDX-License-Identifier: Apache-2.0
// Stack traces. A raw trace is what an exception carries: a tuple whose first element is nil or a made-up first entry, and whose others are code
// addresses (which look like small integers). It becomes Elixir's list only when someone asks.
#ifndef PHIAL_TRACE_H
#define PHIAL_TRACE_H

#include "code.h"

#define TRACE_DEPTH 8       // entries at first, as the BEAM's backtrace_depth; vm->trace_depth is how many now
#define TRACE_DEPTH_MAX 64

// First entries: {mod, fun, args, info} for a call that never got a frame; {:args, args, info} for the frame that raised: its arguments, if
// known, and what its entry carries besides file and line.
term trace_first(struct process *p, term mod, term fun, term args, term info);
term trace_first_c(struct process *p, const char *erlang_fun, term arg);    // of arity 1 in :erlang, with error_info
term trace_own(struct process *p, term args, term info);                    // args: a list or TERM_NONE
term trace_empty(struct process *p);                                        // a raw trace of no entries
term trace_first_args(struct process *p, const uint64_t *pc, term args);
term trace_undefined(struct process *p, const uint64_t *pc, const term *fp, const struct export *ex, term args);     // nothing to call at pc
term trace_native(struct process *p, struct export *ex, const term *args);  // the native that has just raised, nil for erlang:error/exit/throw/raise
// {erlang, operator, operands, []} of op at pc, or nil
term trace_arithmetic(struct process *p, unsigned op, const uint64_t *pc, term left, term right);
term trace_error_info(struct process *p, term module);                      // [{error_info, ...}] of the error a native of it raised, or []
// The raw trace for an exception raised at pc with the given first entry (nil: none). A raw trace passes through unchanged.
term trace_capture(struct process *p, const uint64_t *pc, const term *fp, term first);
term trace_list(struct process *p, term raw);       // [{m, f, arity | args, [file: ..., line: ...]}]
// Where a process stands: code addresses, the innermost first; how many.
unsigned trace_walk(const struct process *of, term *out, unsigned max);
// The same as a list, as trace_list's.
term trace_current(struct process *of, struct process *build_for);

void trace_uncaught(struct process *p);             // sets exit_reason from raised, and reports the crash
void trace_report_limit(struct process *p);         // message on standard error: which limit, where

#endif
