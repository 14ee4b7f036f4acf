// SPDX-License-Identifier: Apache-2.0
// A growing array of bytes, which natives write texts and encodings into.
//
// Invariant: bytes[0..len) are what was written; `bytes` belongs to whoever holds the struct, is NULL as long as nothing was, and is to be freed.
#ifndef PHIAL_BUFFER_H
#define PHIAL_BUFFER_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct buffer { uint8_t *bytes; size_t len, capacity; };

enum { BUFFER_SPARE = 64 };

// Where the next n bytes go, which the caller fills at once. Ends the program rather than return NULL.
static inline uint8_t *buffer_room(struct buffer *b, size_t n)
{
    if (b->capacity - b->len < n || !b->bytes) {
        b->capacity = b->capacity * 2 > b->len + n ? b->capacity * 2 : b->len + n + BUFFER_SPARE;
        b->bytes = realloc(b->bytes, b->capacity);
        if (!b->bytes) abort();
    }
    uint8_t *at = b->bytes + b->len;
    b->len += n;
    return at;
}

static inline void buffer_put(struct buffer *b, const void *bytes, size_t n) { memcpy(buffer_room(b, n), bytes, n); }

#endif
