// SPDX-License-Identifier: Apache-2.0
// See keys.h. The sequences are those of xterm and its heirs: ESC O letter, ESC [ numbers letter, ESC [ number ~.
#define _GNU_SOURCE
#include "keys.h"

#include <stdlib.h>
#include <string.h>

#include "../vm/native.h"
#include "edit.h"

// A sequence that is longer is no key and is dropped. What waits while nothing is edited is bounded too.
enum { SEQUENCE_MAX = 40, WAITING_MAX = 64 << 20 };
static const char PASTE_ENDS[] = "\033[201~";

void keys_free(struct keys *k)
{
    free(k->bytes);
    memset(k, 0, sizeof *k);
}

void keys_add(struct keys *k, const char *bytes, size_t n)
{
    if (k->at) {
        memmove(k->bytes, k->bytes + k->at, k->len - k->at);
        k->len -= k->at;
        k->at = 0;
    }
    if (k->len + n > WAITING_MAX) n = WAITING_MAX - k->len;
    k->bytes = repl_room(k->bytes, k->len + n + 1, &k->capacity, 1);
    memcpy(k->bytes + k->len, bytes, n);
    k->len += n;
}

bool keys_interrupted(struct keys *k)
{
    char *last = k->len > k->at ? memrchr(k->bytes + k->at, 3, k->len - k->at) : NULL;
    if (!last) return false;
    k->at = (size_t)(last + 1 - k->bytes);
    k->pasting = k->after_return = false;
    return true;
}

bool keys_suspended(struct keys *k)
{
    bool asked = k->len > k->at && k->bytes[k->len - 1] == 26 && !k->pasting;
    if (asked) k->len--;
    return asked;
}

// ---- pastes

// How many of n bytes are whole characters; the rest may be the start of one.
static size_t whole(const char *s, size_t n)
{
    size_t back = 0;
    uint32_t c;
    while (back < n && back < 3 && ((uint8_t)s[n - 1 - back] & 0xC0) == 0x80) back++;
    if (back == n || (uint8_t)s[n - 1 - back] < 0xC0) return n;
    return utf8_decode((const uint8_t *)s + n - 1 - back, back + 1, &c) == UTF8_SHORT ? n - 1 - back : n;
}

static bool paste_newline(struct keys *k, struct key *key)
{
    char c = k->bytes[k->at++];
    bool second = c == '\n' && k->after_return;
    k->after_return = c == '\r';
    if (second) return false;
    key->code = KEY_PASTED_NEWLINE;
    return true;
}

// The pasted text up to a newline, an escape or the end of what is there. It may hold anything but these.
static bool paste_next(struct keys *k, struct key *key)
{
    for (;;) {
        const char *s = k->bytes + k->at;
        size_t n = k->len - k->at, take = 0;
        if (!n) return false;
        if (*s == '\n' || *s == '\r') {
            if (paste_newline(k, key)) return true;
            continue;
        }
        k->after_return = false;
        if (*s == 3) {              // C-c: no paste has one
            k->at++;
            k->pasting = false;
            key->code = 3;
            return true;
        }
        if (*s == '\033') {
            size_t known = n < sizeof PASTE_ENDS - 1 ? n : sizeof PASTE_ENDS - 1;
            if (memcmp(s, PASTE_ENDS, known) == 0) {
                if (known < sizeof PASTE_ENDS - 1) return false;
                k->at += known;
                k->pasting = false;
                key->code = KEY_PASTE_END;
                return true;
            }
            take = 1;
        }
        while (take < n && s[take] != '\n' && s[take] != '\r' && s[take] != '\033' && s[take] != 3) take++;
        if (take == n) take = whole(s, n);
        if (!take) return false;
        k->at += take;
        *key = (struct key){KEY_PASTED, s, take};
        return true;
    }
}

// ---- sequences

static uint32_t by_letter(char c)
{
    switch (c) {
    case 'A': return KEY_UP;
    case 'B': return KEY_DOWN;
    case 'C': return KEY_RIGHT;
    case 'D': return KEY_LEFT;
    case 'F': return KEY_END;
    case 'H': return KEY_HOME;
    case 'M': return '\r';
    case 'Z': return KEY_BACKTAB;
    default:  return KEY_NONE;
    }
}

static uint32_t by_number(unsigned n)
{
    switch (n) {
    case 1: case 7: return KEY_HOME;
    case 3: return KEY_DELETE;
    case 4: case 8: return KEY_END;
    case 5: return KEY_PAGE_UP;
    case 6: return KEY_PAGE_DOWN;
    default: return KEY_NONE;
    }
}

static uint32_t with_modifiers(uint32_t code, unsigned m)
{
    if (code == KEY_NONE || m < 2 || m > 16) return code;
    m--;
    return code | (m & 1 ? KEY_SHIFT : 0) | (m & 2 || m & 8 ? KEY_META : 0) | (m & 4 ? KEY_CTRL : 0);
}

// s: behind ESC [. The bytes used, 0: more are needed.
static size_t control_sequence(struct keys *k, const char *s, size_t n, struct key *key)
{
    unsigned numbers[4] = {0}, count = 0;
    for (size_t i = 0; i < n; i++) {
        char c = s[i];
        if (c >= '0' && c <= '9' && count < 4) numbers[count] = numbers[count] > 9999 ? 9999 : numbers[count] * 10 + (unsigned)(c - '0');
        else if (c == ';') count++;
        else if (c >= '@' && c <= '~') {
            if (c == '~' && numbers[0] == 200) k->pasting = true, k->after_return = false;
            key->code = with_modifiers(c == '~' ? by_number(numbers[0]) : by_letter(c), numbers[1]);
            return i + 1;
        } else if (c < ' ') {
            return i ? i : 1;       // no sequence after all
        }
        if (i >= SEQUENCE_MAX) return i + 1;
    }
    return 0;
}

static size_t character(const char *s, size_t n, struct key *key)
{
    uint32_t c;
    int len = utf8_decode((const uint8_t *)s, n, &c);
    if (len == UTF8_SHORT) return 0;
    key->code = len == UTF8_BAD ? 0xFFFD : c;
    return len == UTF8_BAD ? 1 : (size_t)len;
}

// ESC and what follows; 0: more is needed.
static size_t escaped(struct keys *k, const char *s, size_t n, struct key *key)
{
    size_t used;
    if (n < 2) return 0;
    if (s[1] == '[') return (used = control_sequence(k, s + 2, n - 2, key)) ? used + 2 : 0;
    if (s[1] == 'O') {
        if (n < 3) return 0;
        key->code = by_letter(s[2]);
        return 3;
    }
    if (s[1] == '\033') {           // ESC ESC [ A: Meta and an arrow
        if (n < 3) return 0;
        if (s[2] != '[' && s[2] != 'O') return 1;
        used = escaped(k, s + 1, n - 1, key);
        if (used && key->code != KEY_NONE) key->code |= KEY_META;
        return used ? used + 1 : 0;
    }
    used = character(s + 1, n - 1, key);
    key->code |= KEY_META;
    return used ? used + 1 : 0;
}

bool keys_next(struct keys *k, struct key *key)
{
    for (;;) {
        if (k->pasting) return paste_next(k, key);
        const char *s = k->bytes + k->at;
        size_t n = k->len - k->at;
        *key = (struct key){.code = KEY_NONE};
        if (!n) return false;
        size_t used = *s == '\033' ? escaped(k, s, n, key) : character(s, n, key);
        if (!used) return false;
        k->at += used;
        bool second = key->code == '\n' && k->after_return;
        k->after_return = key->code == '\r';
        if (key->code != KEY_NONE && !second) return true;
    }
}
