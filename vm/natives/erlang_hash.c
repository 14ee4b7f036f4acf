// SPDX-License-Identifier: Apache-2.0
// :erlang hashes and checksums: phash2, phash, crc32, adler32, md5.
//
// Invariant: results equal OTP's for data terms.
#include <stdlib.h>

#include "crypto.h"
#include "native.h"

#define SECOND "\n  * 2nd argument: "

NATIVE("erlang", "phash2", 1, erlang_phash2_1, "A portable hash of a term, below 2^27.")
{
    return make_small(term_phash2(p->vm, arg[0]) & ((1u << 27) - 1));
}
NATIVE("erlang", "phash2", 2, erlang_phash2_2, "A portable hash of a term, below a range of at most 2^32.")
{
    if (!is_integer(arg[1])) return raise_badarg(p, 1, "not an integer");
    if (num_compare(arg[1], make_small(1)) < 0) return raise_badarg(p, 1, "out of range");
    if (!is_small(arg[1]) || small_value(arg[1]) > (int64_t)1 << 32) return raise_badarg(p, 0, NULL);
    return make_small((int64_t)(term_phash2(p->vm, arg[0]) % (uint64_t)small_value(arg[1])));
}
NATIVE("erlang", "phash", 2, erlang_phash, "A hash of a term, from 1 to a range.")
{
    if (!is_integer(arg[1])) return raise_badarg(p, 1, "not an integer");
    if (num_compare(arg[1], make_small(1)) < 0) return raise_badarg(p, 1, "out of range");
    if (!is_small(arg[1]) || small_value(arg[1]) > (int64_t)1 << 32) return raise_badarg(p, 0, NULL);
    return make_small(1 + (int64_t)(term_phash(p->vm, arg[0]) % (uint64_t)small_value(arg[1])));
}

// ---- CRC-32 (polynomial 0xedb88320, reflected)

// What the last `bits` bits of `c` become: none is left.
static uint32_t crc32_shift(uint32_t c, int bits)
{
    while (bits-- > 0) c = c & 1 ? 0xedb88320u ^ c >> 1 : c >> 1;
    return c;
}

static uint32_t crc32_update(uint32_t crc, const uint8_t *s, size_t len)
{
    uint32_t table[256];
    bool much = len > sizeof table / sizeof *table;     // then a table is worth its making
    for (uint32_t i = 0; much && i < 256; i++) table[i] = crc32_shift(i, 8);
    crc = ~crc;
    for (size_t i = 0; i < len; i++) crc = much ? table[(crc ^ s[i]) & 255] ^ crc >> 8 : crc32_shift(crc ^ s[i], 8);
    return ~crc;
}

static uint32_t adler32_update(uint32_t sum, const uint8_t *s, size_t len)
{
    uint32_t a = sum & 0xffff, b = sum >> 16;
    for (size_t i = 0; i < len; i++) {
        a = (a + s[i]) % 65521;
        b = (b + a) % 65521;
    }
    return b << 16 | a;
}

static bool is_word32(term t) { return is_small(t) && small_value(t) >= 0 && small_value(t) <= UINT32_MAX; }

static term checksum(struct process *p, term old, term data, int data_position, uint32_t (*update)(uint32_t, const uint8_t *, size_t))
{
    uint8_t *bytes;
    size_t len;
    bool good = iodata_bytes(data, &bytes, &len);
    if (!is_word32(old)) {
        if (good) free(bytes);
        const char *why = is_integer(old) ? (good ? "out of range" : "out of range" SECOND "not an iodata term")
                                          : (good ? "not an integer" : "not an integer" SECOND "not an iodata term");
        return raise_badarg(p, 1, why);
    }
    if (!good) return raise_badarg(p, data_position, "not an iodata term");
    uint32_t sum = update((uint32_t)small_value(old), bytes, len);
    free(bytes);
    native_charge(p, len / 500);
    return make_small(sum);
}
NATIVE("erlang", "crc32", 1, erlang_crc32_1, "CRC-32 of iodata.") { return checksum(p, make_small(0), arg[0], 1, crc32_update); }
NATIVE("erlang", "crc32", 2, erlang_crc32_2, "CRC-32 continued over more iodata.") { return checksum(p, arg[0], arg[1], 2, crc32_update); }
NATIVE("erlang", "adler32", 1, erlang_adler32_1, "Adler-32 of iodata.") { return checksum(p, make_small(1), arg[0], 1, adler32_update); }
NATIVE("erlang", "adler32", 2, erlang_adler32_2, "Adler-32 continued over more iodata.") { return checksum(p, arg[0], arg[1], 2, adler32_update); }

// ---- MD5 (RFC 1321)

// Constants are floor(2^32 * |sin(i + 1)|).
static const uint32_t md5_add[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 0x698098d8, 0x8b44f7af, 0xffff5bb1,
    0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453,
    0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942,
    0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05,
    0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d,
    0x85845dd1, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};
static const uint8_t md5_rotate[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};

static void md5_block(uint32_t state[4], const uint8_t *block)
{
    uint32_t m[16], a = state[0], b = state[1], c = state[2], d = state[3];
    memcpy(m, block, 64);
    for (int i = 0; i < 64; i++) {
        uint32_t f;
        int g;
        switch (i / 16) {
        case 0: f = (b & c) | (~b & d), g = i; break;
        case 1: f = (d & b) | (~d & c), g = (5 * i + 1) & 15; break;
        case 2: f = b ^ c ^ d, g = (3 * i + 5) & 15; break;
        default: f = c ^ (b | ~d), g = (7 * i) & 15; break;
        }
        f += a + md5_add[i] + m[g];
        unsigned by = md5_rotate[i / 16][i & 3];
        a = d;
        d = c;
        c = b;
        b += f << by | f >> (32 - by);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
}

void md5_digest(const uint8_t *s, size_t len, uint8_t out[16])
{
    uint32_t state[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    size_t whole = len / 64 * 64;
    for (size_t i = 0; i < whole; i += 64) md5_block(state, s + i);
    uint8_t rest[128] = {0};
    size_t left = len - whole, end = left < 56 ? 64 : 128;
    if (left) memcpy(rest, s + whole, left);
    rest[left] = 0x80;
    uint64_t bits = (uint64_t)len * 8;
    memcpy(rest + end - 8, &bits, 8);
    for (size_t i = 0; i < end; i += 64) md5_block(state, rest + i);
    memcpy(out, state, 16);
}

NATIVE("erlang", "md5", 1, erlang_md5, "MD5 digest of iodata.")
{
    uint8_t *bytes, digest[16];
    size_t len;
    if (!iodata_bytes(arg[0], &bytes, &len)) return raise_badarg(p, 1, "not an iodata term");
    md5_digest(bytes, len, digest);
    free(bytes);
    native_charge(p, len / 300);
    return mk_binary(&p->heap, digest, 16);
}

// md5_init/update/final: the context is the data so far; digesting waits for the end.
NATIVE("erlang", "md5_init", 0, erlang_md5_init, "An empty MD5 context.") { return mk_binary(&p->heap, "", 0); }
NATIVE("erlang", "md5_update", 2, erlang_md5_update, "An MD5 context with more data.")
{
    uint8_t *bytes, *to;
    size_t len, have;
    if (!is_binary(arg[0])) return raise_badarg(p, 1, NULL);
    if (!iodata_bytes(arg[1], &bytes, &len)) return raise_badarg(p, 2, "not an iodata term");
    const uint8_t *old = binary_bytes(&p->heap, arg[0], &have);
    term t = mk_binary_uninit(&p->heap, have + len, &to);
    memcpy(to, old, have);
    memcpy(to + have, bytes, len);
    free(bytes);
    native_charge(p, (have + len) / 1000);
    return t;
}
NATIVE("erlang", "md5_final", 1, erlang_md5_final, "The digest of an MD5 context.") { return erlang_md5(p, arg); }
