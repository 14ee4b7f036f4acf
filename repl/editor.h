// SPDX-License-Identifier: Apache-2.0
// The editor as a whole: a machine that takes bytes and answers events; it never waits.
//
// Invariants: one per VM (vm->editor); while an edit is active, everything written to the terminal goes through editor_write, so that the text
// being edited stays whole and last; after a submitted, dropped or ended edit the editor is idle and keeps what is typed for the next one.
#ifndef PHIAL_REPL_EDITOR_H
#define PHIAL_REPL_EDITOR_H

#include "colour.h"
#include "draw.h"
#include "edit.h"
#include "history.h"
#include "keys.h"
#include "tty.h"

struct vm;

enum edit_mode { EDIT_IDLE, EDIT_STATEMENT, EDIT_LINE, EDIT_PASSWORD };
enum event_kind { EVENT_SUBMIT, EVENT_EOF, EVENT_INTERRUPT_TEXT, EVENT_INTERRUPT_EMPTY, EVENT_INTERRUPT_BUSY, EVENT_COMPLETE };
struct event { enum event_kind kind; char *text; size_t len, at; };     // text: malloc'ed or NULL; at: the cursor
struct events { struct event *items; size_t count, capacity; };

// What the last command was, for those that go on from it.
enum command { COMMAND_OTHER, COMMAND_KILL, COMMAND_YANK, COMMAND_VERTICAL, COMMAND_HISTORY, COMMAND_COMPLETE };

struct search {
    bool on, failed;
    char *pattern;
    size_t len, capacity, found;        // found: the entry shown; history.count: none yet
    char *before;                       // the text and the cursor to go back to
    size_t before_len, before_cursor;
};

struct editor {
    struct vm *vm;
    enum edit_mode mode;
    struct tty tty;
    struct edit edit;
    struct kills kills;
    struct keys keys;
    struct screen screen;
    struct colour colour;
    struct history history;
    struct search search;
    char *prompt, *continuation;
    char *below;                        // candidates: lines under the text until the next key; or NULL
    size_t page, completed;             // which page of them; the version of the text that they are for
    char *draft;                        // the text that was left for the history
    size_t draft_len, browsed;          // browsed: the entry shown, history.count: the draft
    enum command last, now;
    size_t goal;                        // column of vertical moves
    size_t given;                       // blanks of a new line's indentation that its writer may still type himself
    size_t yank_at;                     // where the last yank starts
    size_t checked, spent;              // size of a pasted statement when it was last looked at; bytes read for all these looks
    size_t coloured;                    // version of the text that has its colours
    struct out partial;                 // what others have written since the last newline
    bool eof_told;
};

// natives.c: the VM's editor, NULL: none is started.
struct editor *editor_new(struct vm *vm, bool colours, char *history_path);     // NULL: no terminal; takes the path
void editor_free(struct vm *vm);                                                // the terminal is as it was
bool editor_write(struct vm *vm, int fd, const void *bytes, size_t len);        // as world_write, above the text being edited

void editor_prompt(struct editor *ed, const char *prompt, const char *continuation, enum edit_mode mode);
// Uses the keys that have come. True: some are left for another turn.
bool editor_run(struct editor *ed, struct events *events);
void editor_read(struct editor *ed);            // what the terminal has
void editor_draw(struct editor *ed);
void editor_resized(struct editor *ed);
void editor_suspend(struct editor *ed);
void editor_clear_screen(struct editor *ed);
void editor_candidates(struct editor *ed, char *lines);     // takes them
void editor_cancel(struct editor *ed);
void editor_finish(struct editor *ed, struct events *events, enum event_kind kind);     // the edit is over

struct event *events_add(struct events *events, enum event_kind kind);
void events_free(struct events *events);

// commands.c
void command_key(struct editor *ed, const struct key *key, struct events *events);
// words.c
void word_upper(struct editor *ed);
void word_lower(struct editor *ed);
void word_title(struct editor *ed);
void word_transpose(struct editor *ed);
// search.c
void search_start(struct editor *ed);
bool search_key(struct editor *ed, const struct key *key);      // false: the search is over and the key is still to be used
void search_free(struct search *s);
char *search_prompt(const struct search *s);                    // malloc'ed
void history_step(struct editor *ed, int by);
void history_edge(struct editor *ed, bool oldest);

#endif
