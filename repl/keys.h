// SPDX-License-Identifier: Apache-2.0
// From bytes of the terminal to keys. Owns the bytes that have come and are not used yet.
//
// Invariants: a key is told only when all its bytes are there (an escape alone waits for the next byte and makes it a Meta key); text that is
// told is valid UTF-8; no row of bytes can make the queue wait for ever but an unfinished paste, which C-c ends from outside.
#ifndef PHIAL_REPL_KEYS_H
#define PHIAL_REPL_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A key is a code point (control keys are 0 to 31) or one of these, with flags.
enum {
    KEY_META = 1 << 28, KEY_CTRL = 1 << 27, KEY_SHIFT = 1 << 26,
    KEY_NONE = 0x200000, KEY_UP, KEY_DOWN, KEY_LEFT, KEY_RIGHT, KEY_HOME, KEY_END, KEY_DELETE, KEY_PAGE_UP, KEY_PAGE_DOWN, KEY_BACKTAB,
    KEY_PASTED,             // `text` of a paste, without a newline
    KEY_PASTED_NEWLINE, KEY_PASTE_END,
};
#define CTRL(letter) ((letter) & 31)
#define META(key) ((key) | KEY_META)

struct keys {
    char *bytes;            // [at, len) wait
    size_t at, len, capacity;
    bool pasting;           // between the brackets of a paste
    bool after_return;      // the last byte was a CR: a LF that follows belongs to it
};

struct key { uint32_t code; const char *text; size_t len; };     // text: of KEY_PASTED, valid until the next call of keys_add

void keys_free(struct keys *k);
void keys_add(struct keys *k, const char *bytes, size_t n);
bool keys_next(struct keys *k, struct key *key);    // false: more bytes are needed
// Drops everything up to the last C-c, if there is one.
bool keys_interrupted(struct keys *k);
bool keys_suspended(struct keys *k);                 // C-z is the last of them: it is taken away
static inline size_t keys_waiting(const struct keys *k) { return k->len - k->at; }

#endif
