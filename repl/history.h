// SPDX-License-Identifier: Apache-2.0
// The statements of this session and of earlier ones.
//
// Invariants: a statement is in the file before it is evaluated, so that no end of the program loses it; the file is only ever appended to in
// one write or replaced as a whole, under a lock, so that shells side by side and sudden ends leave whole entries.
#ifndef PHIAL_REPL_HISTORY_H
#define PHIAL_REPL_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

struct entry { char *text; size_t len; };
struct history {
    struct entry *entries;      // oldest first
    size_t count, capacity;
    char *path;                 // NULL: nothing is kept
};

char *history_default_path(void);       // of the project the program was started in; NULL: it is switched off or has no place. malloc'ed
void history_open(struct history *h, char *path);   // takes path
void history_free(struct history *h);
void history_add(struct history *h, const char *text, size_t n);
// The newest entry below `before` that holds the pattern; SIZE_MAX: none. Upwards: the oldest one from `from` on.
size_t history_find(const struct history *h, size_t before, const char *pattern, size_t n);
size_t history_find_up(const struct history *h, size_t from, const char *pattern, size_t n);

#endif
