// SPDX-License-Identifier: Apache-2.0
// Candidates of a completion as lines: names alone in columns, names with an explanation one a line.
//
// Invariant: every line ends in a newline and there are at most as many as asked for; what comes on further pages is counted in the last one.
#include "candidates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw.h"
#include "edit.h"

enum { GAP = 2, NAME_MAX_WIDTH = 40 };

static void pad(struct out *o, size_t n)
{
    while (n--) out_add(o, " ", 1);
}

// The first line; control characters would disturb the screen.
static void add_line(struct out *o, const char *s)
{
    for (; *s && *s != '\n'; s++)
        out_add(o, (unsigned char)*s < 32 || *s == 127 ? " " : s, 1);
}

static size_t name_width(const struct candidate *c, size_t n, size_t limit)
{
    size_t width = 0;
    for (size_t i = 0; i < n; i++) {
        size_t w = text_width(c[i].name, strlen(c[i].name));
        if (w > width && w <= limit) width = w;
    }
    return width;
}

static void add_more(struct out *o, size_t n)
{
    if (n) out_format(o, "\t… %zu more\n", n);
}

static void explained(struct out *o, const struct candidate *c, size_t n)
{
    size_t width = name_width(c, n, NAME_MAX_WIDTH);
    for (size_t i = 0; i < n; i++) {
        size_t w = text_width(c[i].name, strlen(c[i].name));
        add_line(o, c[i].name);
        if (c[i].about && *c[i].about) {
            pad(o, width > w ? width - w : 0);
            out_add(o, "\t ", 2);
            add_line(o, c[i].about);
        }
        out_add(o, "\n", 1);
    }
}

// Down the columns, as ls does.
static void columns(struct out *o, const struct candidate *c, size_t n, size_t step, size_t across)
{
    size_t down = (n + across - 1) / across;
    for (size_t row = 0; row < down; row++) {
        for (size_t i = row; i < n; i += down) {
            add_line(o, c[i].name);
            if (i + down < n) pad(o, step - text_width(c[i].name, strlen(c[i].name)));
        }
        out_add(o, "\n", 1);
    }
}

char *candidates_lines(const struct candidate *c, size_t n, size_t width, size_t rows, size_t page)
{
    struct out o = {0};
    bool about = false;
    for (size_t i = 0; i < n; i++) about |= c[i].about != NULL;
    if (rows < 2) rows = 2;
    size_t step = name_width(c, n, SIZE_MAX) + GAP, across = about || width < step ? 1 : width / step;
    size_t most = n > across * rows ? across * (rows - 1) : n, first = most ? page % ((n + most - 1) / most) * most : 0;
    size_t shown = n - first < most ? n - first : most;
    if (about) explained(&o, c + first, shown);
    else columns(&o, c + first, shown, step, across);
    add_more(&o, n - first - shown);
    out_add(&o, "", 1);
    return o.bytes;
}
