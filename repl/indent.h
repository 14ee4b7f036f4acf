// SPDX-License-Identifier: Apache-2.0
// How far the line is indented that comes behind a source, and where a closer or a further clause belongs in it.
#ifndef PHIAL_REPL_INDENT_H
#define PHIAL_REPL_INDENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vm;

struct indent {
    bool open;          // something lacks its closer
    bool text, heredoc; // the source ends inside a text, a heredoc
    int32_t next;       // of the line that follows
    int32_t closer;     // of the line that closes what is open innermost, -1: nothing is
    int32_t clause;     // the last line ends in the head of a further clause: where the earlier ones are; -1: it does not
};

enum { INDENT = 2 };
struct indent source_indent(struct vm *vm, const char *text, size_t len);

#endif
