// SPDX-License-Identifier: Apache-2.0
// Commands that change whole words: their case, and their order.
//
// Invariant: each is one change, which one undo takes back.
#include <stdlib.h>
#include <utf8proc.h>

#include "../vm/native.h"
#include "editor.h"

enum word_case { UPPER, LOWER, TITLE };

static utf8proc_int32_t in_case(utf8proc_int32_t c, enum word_case how, bool first)
{
    if (how == UPPER) return utf8proc_toupper(c);
    return how == TITLE && first ? utf8proc_totitle(c) : utf8proc_tolower(c);
}

// From the cursor to the end of the word; what is in between stays.
static void change_case(struct editor *ed, enum word_case how)
{
    struct edit *e = &ed->edit;
    size_t from = e->cursor, to = edit_word_right(e, from), k = 0, capacity = 0, word = edit_word_left(e, to);
    if (from == to) return;
    if (word < from) word = from;
    uint8_t *changed = repl_room(NULL, (to - from) * 4, &capacity, 1);
    for (size_t at = from; at < to;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)e->text + at, (utf8proc_ssize_t)(to - at), &c);
        if (n <= 0) break;
        k += utf8_encode((uint32_t)in_case(c, how, at == word), changed + k);
        at += (size_t)n;
    }
    edit_replace(e, from, to, (char *)changed, k);
    free(changed);
}

void word_upper(struct editor *ed) { change_case(ed, UPPER); }
void word_lower(struct editor *ed) { change_case(ed, LOWER); }
void word_title(struct editor *ed) { change_case(ed, TITLE); }

static void append(struct out *o, const struct edit *e, size_t from, size_t to) { out_add(o, e->text + from, to - from); }

// The word before the cursor goes behind the one at it; at the end of the text the last two change places.
void word_transpose(struct editor *ed)
{
    struct edit *e = &ed->edit;
    struct out swapped = {0};
    size_t second = edit_word_left(e, edit_word_right(e, e->cursor)), to = edit_word_right(e, second);
    size_t first = edit_word_left(e, second), first_end = edit_word_right(e, first);
    if (first_end > second || first == second) return;
    append(&swapped, e, second, to);
    append(&swapped, e, first_end, second);
    append(&swapped, e, first, first_end);
    edit_replace(e, first, to, swapped.bytes, swapped.len);
    free(swapped.bytes);
}
