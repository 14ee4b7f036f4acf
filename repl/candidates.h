// SPDX-License-Identifier: Apache-2.0
// Candidates of a completion, as lines to be shown under the text.
#ifndef PHIAL_REPL_CANDIDATES_H
#define PHIAL_REPL_CANDIDATES_H

#include <stdbool.h>
#include <stddef.h>

struct candidate { char *name, *about; };       // about: NULL, or what explains it, its first line

// malloc'ed, with a NUL behind; a tab stands before what is drawn faintly. page: which of those that do not fit; behind the last comes the first.
char *candidates_lines(const struct candidate *c, size_t n, size_t width, size_t rows, size_t page);

#endif
