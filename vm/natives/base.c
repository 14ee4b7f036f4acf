// SPDX-License-Identifier: Apache-2.0
// Text of bits for Base: each group of 4, 5 or 6 bits is a character of an alphabet.
//
// Invariant: bits are taken from the most significant on; what is left at the end is filled up with zeros when encoding and dropped when decoding.
#include <string.h>

#include "native.h"

static bool small_in(term t, int64_t low, int64_t high) { return is_small(t) && small_value(t) >= low && small_value(t) <= high; }

NATIVE("phial_base", "encode", 3, phial_base_encode, "The text of bytes: encode(data, alphabet, bits per character).")
{
    if (!is_binary(arg[0]) || !is_binary(arg[1]) || !small_in(arg[2], 1, 8)) return raise_badarg(p, 0, NULL);
    unsigned bits = (unsigned)small_value(arg[2]), have = 0;
    size_t len, letters;
    binary_bytes(&p->heap, arg[0], &len);
    binary_bytes(&p->heap, arg[1], &letters);
    if (letters < (size_t)1 << bits) return raise_badarg(p, 2, NULL);
    size_t n = (len * 8 + bits - 1) / bits;
    uint8_t *out;
    term text = mk_binary_uninit(&p->heap, n, &out);
    const uint8_t *s = binary_bytes(&p->heap, arg[0], &len), *alphabet = binary_bytes(&p->heap, arg[1], &letters);
    uint32_t window = 0, mask = (1u << bits) - 1;
    for (size_t i = 0; i < len; i++) {
        window = window << 8 | s[i];
        for (have += 8; have >= bits;) *out++ = alphabet[window >> (have -= bits) & mask];
    }
    if (have) *out = alphabet[window << (bits - have) & mask];
    native_charge(p, len / 200);
    return text;
}

NATIVE("phial_base", "decode", 3, phial_base_decode,
       "The bytes of a text, or the first byte that is in none of the alphabets, which stand one behind the other: decode(text, alphabets, bits per "
       "character).")
{
    if (!is_binary(arg[0]) || !is_binary(arg[1]) || !small_in(arg[2], 1, 8)) return raise_badarg(p, 0, NULL);
    unsigned bits = (unsigned)small_value(arg[2]), have = 0;
    size_t len, letters;
    const uint8_t *s = binary_bytes(&p->heap, arg[0], &len), *alphabet = binary_bytes(&p->heap, arg[1], &letters);
    int16_t value[256];
    memset(value, -1, sizeof value);
    for (size_t i = 0; i < letters; i++) value[alphabet[i]] = (int16_t)(i & ((1u << bits) - 1));
    for (size_t i = 0; i < len; i++)
        if (value[s[i]] < 0) return make_small(s[i]);
    uint8_t *out;
    term bytes = mk_binary_uninit(&p->heap, len * bits / 8, &out);
    s = binary_bytes(&p->heap, arg[0], &len);
    uint32_t window = 0;
    for (size_t i = 0; i < len; i++) {
        window = window << bits | (uint32_t)value[s[i]];
        if ((have += bits) >= 8) *out++ = (uint8_t)(window >> (have -= 8));
    }
    native_charge(p, len / 200);
    return bytes;
}
