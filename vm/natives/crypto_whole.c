// SPDX-License-Identifier: Apache-2.0
// Digests of a whole text for :crypto: SHA-3 (FIPS 202), BLAKE2b and BLAKE2s (RFC 7693), RIPEMD-160.
//
// Invariant: a digest depends on its bytes alone, and nothing is kept between calls.
#include <string.h>

#include "crypto.h"

static uint64_t rol64(uint64_t x, unsigned n) { return n ? x << n | x >> (64 - n) : x; }
static uint64_t ror64(uint64_t x, unsigned n) { return x >> n | x << (64 - n); }
static uint32_t rol32(uint32_t x, unsigned n) { return x << n | x >> (32 - n); }
static uint32_t ror32(uint32_t x, unsigned n) { return x >> n | x << (32 - n); }

static uint64_t little(const uint8_t *s, size_t bytes)
{
    uint64_t x = 0;
    for (size_t i = 0; i < bytes; i++) x |= (uint64_t)s[i] << 8 * i;
    return x;
}

// ---- SHA-3

static const uint64_t keccak_rounds[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
    0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
    0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

static void keccak(uint64_t a[25])
{
    for (int round = 0; round < 24; round++) {
        uint64_t column[5], row[5], moved, next;
        for (int x = 0; x < 5; x++) column[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
        for (int i = 0; i < 25; i++) a[i] ^= column[(i + 4) % 5] ^ rol64(column[(i + 1) % 5], 1);
        moved = a[1];
        for (unsigned t = 0, x = 1, y = 0; t < 24; t++) {
            unsigned to = (2 * x + 3 * y) % 5;
            x = y, y = to;
            next = a[x + 5 * y];
            a[x + 5 * y] = rol64(moved, (t + 1) * (t + 2) / 2 % 64);
            moved = next;
        }
        for (int y = 0; y < 25; y += 5) {
            memcpy(row, a + y, sizeof row);
            for (int x = 0; x < 5; x++) a[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
        }
        a[0] ^= keccak_rounds[round];
    }
}

void sha3_digest(const uint8_t *s, size_t len, uint8_t *out, size_t size)
{
    uint64_t a[25] = {0};
    size_t rate = 200 - 2 * size, rest = len % rate;
    uint8_t last[200] = {0};
    for (size_t at = 0; at + rate <= len; at += rate) {
        for (size_t i = 0; i < rate / 8; i++) a[i] ^= little(s + at + 8 * i, 8);
        keccak(a);
    }
    if (rest) memcpy(last, s + len - rest, rest);
    last[rest] = 6;
    last[rate - 1] |= 0x80;
    for (size_t i = 0; i < rate / 8; i++) a[i] ^= little(last + 8 * i, 8);
    keccak(a);
    for (size_t i = 0; i < size; i++) out[i] = (uint8_t)(a[i / 8] >> 8 * (i % 8));
}

// ---- BLAKE2: b works on 64-bit words for 12 rounds, s on 32-bit words for 10; both are held in 64 bits here

static const uint8_t orders[10][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4}, {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13}, {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11}, {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5}, {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
};
static const uint64_t blake_start[8] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f,
    0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
};

struct blake { bool wide; uint64_t h[8]; };

static uint64_t turn(const struct blake *b, uint64_t x, int which)
{
    static const uint8_t wide[4] = {32, 24, 16, 63}, narrow[4] = {16, 12, 8, 7};
    return b->wide ? ror64(x, wide[which]) : ror32((uint32_t)x, narrow[which]);
}

static void mix(const struct blake *b, uint64_t *v, int a, int bb, int c, int d, uint64_t x, uint64_t y)
{
    uint64_t mask = b->wide ? UINT64_MAX : UINT32_MAX;
    v[a] = (v[a] + v[bb] + x) & mask;
    v[d] = turn(b, v[d] ^ v[a], 0);
    v[c] = (v[c] + v[d]) & mask;
    v[bb] = turn(b, v[bb] ^ v[c], 1);
    v[a] = (v[a] + v[bb] + y) & mask;
    v[d] = turn(b, v[d] ^ v[a], 2);
    v[c] = (v[c] + v[d]) & mask;
    v[bb] = turn(b, v[bb] ^ v[c], 3);
}

static uint64_t blake_word(const struct blake *b, int i) { return b->wide ? blake_start[i] : blake_start[i] >> 32; }

static void blake_block(struct blake *b, const uint8_t *s, uint64_t count, bool last)
{
    uint64_t v[16], m[16], mask = b->wide ? UINT64_MAX : UINT32_MAX;
    size_t word = b->wide ? 8 : 4;
    for (int i = 0; i < 8; i++) v[i] = b->h[i], v[i + 8] = blake_word(b, i);
    for (int i = 0; i < 16; i++) m[i] = little(s + word * (size_t)i, word);
    v[12] ^= count & mask;
    if (!b->wide) v[13] ^= count >> 32;
    if (last) v[14] ^= mask;
    for (int round = 0; round < (b->wide ? 12 : 10); round++) {
        const uint8_t *o = orders[round % 10];
        for (int i = 0; i < 4; i++) mix(b, v, i, i + 4, i + 8, i + 12, m[o[2 * i]], m[o[2 * i + 1]]);
        for (int i = 0; i < 4; i++) mix(b, v, i, (i + 1) % 4 + 4, (i + 2) % 4 + 8, (i + 3) % 4 + 12, m[o[2 * i + 8]], m[o[2 * i + 9]]);
    }
    for (int i = 0; i < 8; i++) b->h[i] ^= v[i] ^ v[i + 8];
}

void blake2_digest(const uint8_t *s, size_t len, uint8_t *out, size_t size)
{
    struct blake b = {.wide = size == 64};
    size_t block = b.wide ? 128 : 64, word = b.wide ? 8 : 4, at = 0;
    uint8_t last[128] = {0};
    for (int i = 0; i < 8; i++) b.h[i] = blake_word(&b, i);
    b.h[0] ^= 0x01010000 ^ size;
    for (; len - at > block; at += block) blake_block(&b, s + at, at + block, false);
    if (len > at) memcpy(last, s + at, len - at);
    blake_block(&b, last, len, true);
    for (size_t i = 0; i < size; i++) out[i] = (uint8_t)(b.h[i / word] >> 8 * (i % word));
}

// ---- RIPEMD-160: two lines of 80 steps, left and right, joined at the end of a block

static const uint8_t places[2][80] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 7, 4, 13, 1, 10, 6, 15, 3, 12, 0, 9, 5, 2, 14, 11, 8, 3, 10, 14, 4, 9, 15, 8, 1,
     2, 7, 0, 6, 13, 11, 5, 12, 1, 9, 11, 10, 0, 8, 12, 4, 13, 3, 7, 15, 14, 5, 6, 2, 4, 0, 5, 9, 7, 12, 2, 10, 14, 1, 3, 8, 11, 6, 15, 13},
    {5, 14, 7, 0, 9, 2, 11, 4, 13, 6, 15, 8, 1, 10, 3, 12, 6, 11, 3, 7, 0, 13, 5, 10, 14, 15, 8, 12, 4, 9, 1, 2, 15, 5, 1, 3, 7, 14, 6, 9,
     11, 8, 12, 2, 10, 0, 4, 13, 8, 6, 4, 1, 3, 11, 15, 0, 5, 12, 2, 13, 9, 7, 10, 14, 12, 15, 10, 4, 1, 5, 8, 7, 6, 2, 13, 14, 0, 3, 9, 11},
};
static const uint8_t shifts[2][80] = {
    {11, 14, 15, 12, 5, 8, 7, 9, 11, 13, 14, 15, 6, 7, 9, 8, 7, 6, 8, 13, 11, 9, 7, 15, 7, 12, 15, 9, 11, 7, 13, 12, 11, 13, 6, 7, 14, 9, 13, 15,
     14, 8, 13, 6, 5, 12, 7, 5, 11, 12, 14, 15, 14, 15, 9, 8, 9, 14, 5, 6, 8, 6, 5, 12, 9, 15, 5, 11, 6, 8, 13, 12, 5, 12, 13, 14, 11, 8, 5, 6},
    {8, 9, 9, 11, 13, 15, 15, 5, 7, 7, 8, 11, 14, 14, 12, 6, 9, 13, 15, 7, 12, 8, 9, 11, 7, 7, 12, 7, 6, 15, 13, 11, 9, 7, 15, 11, 8, 6, 6, 14,
     12, 13, 5, 14, 13, 13, 7, 5, 15, 5, 8, 11, 14, 14, 6, 14, 6, 9, 12, 9, 12, 5, 15, 8, 8, 5, 12, 9, 12, 5, 14, 6, 8, 13, 6, 5, 15, 13, 11, 11},
};
static const uint32_t added[2][5] = {
    {0, 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xa953fd4e}, {0x50a28be6, 0x5c4dd124, 0x6d703ef3, 0x7a6d76e9, 0},
};

static uint32_t choose(int kind, uint32_t x, uint32_t y, uint32_t z)
{
    switch (kind) {
    case 0: return x ^ y ^ z;
    case 1: return (x & y) | (~x & z);
    case 2: return (x | ~y) ^ z;
    case 3: return (x & z) | (y & ~z);
    default: return x ^ (y | ~z);
    }
}

static void ripemd_line(const uint32_t *h, const uint8_t *s, int line, uint32_t *v)
{
    memcpy(v, h, 5 * sizeof *v);
    for (int i = 0; i < 80; i++) {
        int part = i / 16;
        uint32_t x = (uint32_t)little(s + 4 * places[line][i], 4);
        uint32_t t = rol32(v[0] + choose(line ? 4 - part : part, v[1], v[2], v[3]) + x + added[line][part], shifts[line][i]) + v[4];
        v[0] = v[4], v[4] = v[3], v[3] = rol32(v[2], 10), v[2] = v[1], v[1] = t;
    }
}

static void ripemd_block(uint32_t *h, const uint8_t *s)
{
    uint32_t l[5], r[5], t;
    ripemd_line(h, s, 0, l);
    ripemd_line(h, s, 1, r);
    t = h[1] + l[2] + r[3];
    h[1] = h[2] + l[3] + r[4];
    h[2] = h[3] + l[4] + r[0];
    h[3] = h[4] + l[0] + r[1];
    h[4] = h[0] + l[1] + r[2];
    h[0] = t;
}

void ripemd160_digest(const uint8_t *s, size_t len, uint8_t *out)
{
    uint32_t h[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    uint8_t last[128] = {0};
    size_t rest = len % 64, total = rest < 56 ? 64 : 128;
    for (size_t at = 0; at + 64 <= len; at += 64) ripemd_block(h, s + at);
    if (rest) memcpy(last, s + len - rest, rest);
    last[rest] = 0x80;
    for (size_t i = 0; i < 8; i++) last[total - 8 + i] = (uint8_t)((uint64_t)len * 8 >> 8 * i);
    for (size_t at = 0; at < total; at += 64) ripemd_block(h, last + at);
    for (size_t i = 0; i < 20; i++) out[i] = (uint8_t)(h[i / 4] >> 8 * (i % 4));
}
