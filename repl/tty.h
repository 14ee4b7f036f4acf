// SPDX-License-Identifier: Apache-2.0
// The terminal: its modes, its size, its bytes. Nothing here waits.
//
// Invariant: whatever ends the program, the terminal gets the modes back that it had. A crash and a fatal signal do that from a signal handler,
// which needs the saved modes where it can find them: the one static variable here, the operating system's process's own (as in world_news.c).
#ifndef PHIAL_REPL_TTY_H
#define PHIAL_REPL_TTY_H

#include <stdbool.h>
#include <stddef.h>

struct tty { bool open, gone; int columns, rows; };

bool tty_usable(void);                  // both ends are a terminal that can move its cursor
bool tty_open(struct tty *t);           // raw, pastes bracketed
void tty_close(struct tty *t);
void tty_enter(struct tty *t);          // again, after somebody else has set the modes
void tty_measure(int *columns, int *rows);
// What has come, up to n bytes. 0: nothing yet, or (t->gone) nothing will.
size_t tty_read(struct tty *t, char *bytes, size_t n);
void tty_suspend(struct tty *t);        // stops the program as C-z does; returns when it goes on

#endif
