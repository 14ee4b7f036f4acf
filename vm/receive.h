// SPDX-License-Identifier: Apache-2.0
// Selective receive: the receiver's side of the mailbox.
//
// `scan` is the link to the next message to look at. A message is matched where it lies (`peeked`); when it is accepted, the parts that
// live registers point to are copied to the heap and the message is freed; if anything was allocated during the match that may point into
// it, the whole message is attached to the heap until the next collection instead.
// The mailbox mark: a reference and the mailbox's end when it was made. A receive that waits for that reference starts there.
#ifndef PHIAL_RECEIVE_H
#define PHIAL_RECEIVE_H

#include "signal.h"

enum receive_wait { RECEIVE_WAITS, RECEIVE_TIMED_OUT, RECEIVE_BAD_TIMEOUT };

bool receive_start(struct process *p, term ref);        // false: p steps and has had its message; it must stop before it looks for another
// The message under the scan, to be matched now.
static inline term receive_peek(struct process *p, term *heap_top)
{
    struct signal *s = *p->scan;
    p->peeked = s;
    p->peek_top = heap_top;
    p->allocated_while_peeked = false;
    return s->value;
}
static inline void receive_next(struct process *p)
{
    p->scan = &p->peeked->next;
    p->peeked = NULL;
}
// Passes over all messages but tuples of this header and first element.
static inline void receive_skip(struct process *p, term header, term first)
{
    struct signal **link = p->scan;
    for (; *link; link = &(*link)->next) {
        term t = (*link)->value;
        if (is_boxed(t) && boxed_ptr(t)[0] == header && boxed_ptr(t)[1] == first) break;
    }
    p->scan = link;
}
void receive_accept(struct process *p, term *fp, uint64_t mask, const uint64_t *pool);
enum receive_wait receive_timer(struct process *p, term timeout);
void receive_set_mark(struct process *p, term ref);     // `ref` was just made by p
void receive_unlink(struct process *p, struct signal **link);   // takes the message at `link` out of the mailbox

#endif
