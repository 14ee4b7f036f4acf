// SPDX-License-Identifier: Apache-2.0
// Bitstring fields: the spec word shared by the code generator and bits.c.
// A spec is a small-integer literal (so that it can stand in a K word): type | flags << 4 | unit << 8 | constant size << 20.
// Constant size in units; BITS_SIZE_NONE: the size comes from the size operand, or is the type's default when that operand is [].
#ifndef PHIAL_BITS_H
#define PHIAL_BITS_H

#include "term.h"

enum bits_type { BITS_INTEGER, BITS_FLOAT, BITS_BINARY, BITS_UTF8, BITS_UTF16, BITS_UTF32 };
// native: resolved to little on this machine by the compiler. Collected: of a comprehension's result so far, which messages do not count, or
// of a value that joins it as it is: what is no bitstring is {:badarg, value} there.
enum bits_flag { BITS_LITTLE = 1, BITS_SIGNED = 2, BITS_NATIVE = 4, BITS_COLLECTED = 8 };
#define BITS_SIZE_NONE 0x7fffffff
// BITS_BINARY with unit 8 and no size at all, in a match: the rest, which must be whole bytes (BS_UNIT 8, BS_REST); with unit 1: any rest.
// In construction: the whole of the value. Defaults: integer 8 x 1, float 64 x 1.
static inline term bits_spec(enum bits_type type, unsigned flags, unsigned unit, uint32_t size)
{
    return make_small((int64_t)type | (int64_t)flags << 4 | (int64_t)unit << 8 | (int64_t)size << 20);
}
static inline enum bits_type spec_type(term s) { return (enum bits_type)(small_value(s) & 15); }
static inline unsigned spec_flags(term s) { return (unsigned)(small_value(s) >> 4 & 15); }
static inline unsigned spec_unit(term s) { return (unsigned)(small_value(s) >> 8 & 4095); }
static inline uint32_t spec_size(term s) { return (uint32_t)(small_value(s) >> 20 & 0x7fffffff); }

struct process;
// Takes a field off the match context; false: does not fit or is not valid (float NaN, bad UTF). *value is unset when `skip`.
bool bits_get(struct process *p, term ctx, term spec, term size, bool skip, term *value);
// Builds a bitstring from n segments of three words each: spec, value, size (already fetched from registers). TERM_NONE: raised.
term bits_build(struct process *p, unsigned n, const term *segments);

// Copies n bits between places that do not overlap, or overlap with `to` before `from`. Bits beside the destination stay.
void bits_copy(uint8_t *to, uint64_t to_bit, const uint8_t *from, uint64_t from_bit, uint64_t n);

#endif
