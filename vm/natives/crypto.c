// SPDX-License-Identifier: Apache-2.0
// :crypto: message digests (MD5, SHA-1, SHA-2, and those of crypto_whole.c), HMAC and what is built on it, random bytes, and a little arithmetic on
// bytes.
//
// A hash state is the term {phial_hash, Type, Context}, Context a binary holding struct digest; mac states {phial_mac, Outer, Inner}.
// Invariants: digests equal the standards' (FIPS 180-4, RFC 1321, RFC 2104); random bytes come from the world, so a seeded run repeats.
#include <gmp.h>
#include <stdlib.h>

#include "../native.h"
#include "../world.h"
#include "crypto.h"

enum { BLOCK_MAX = 144, DIGEST_MAX = 64 };
enum family { MD5, SHA3, BLAKE2, RIPEMD, SHA1, SHA256, SHA512 };         // those before SHA1 take their text as a whole
struct algorithm { term name; uint8_t family, size, block, start; };   // start: index into `starts`

static const struct algorithm algorithms[] = {
    {AM_md5, MD5, 16, 64, 0}, {AM_sha, SHA1, 20, 64, 0}, {AM_sha224, SHA256, 28, 64, 8},
    {AM_sha256, SHA256, 32, 64, 0}, {AM_sha384, SHA512, 48, 128, 8}, {AM_sha512, SHA512, 64, 128, 0},
    {AM_sha3_224, SHA3, 28, 144, 0}, {AM_sha3_256, SHA3, 32, 136, 0}, {AM_sha3_384, SHA3, 48, 104, 0}, {AM_sha3_512, SHA3, 64, 72, 0},
    {AM_blake2b, BLAKE2, 64, 128, 0}, {AM_blake2s, BLAKE2, 32, 64, 0}, {AM_ripemd160, RIPEMD, 20, 64, 0},
};

// Fractions of the cube roots of the first 80 primes, and of the square roots of the first 16, in 64 bits. SHA-256 takes the upper
// halves; SHA-224 starts from the lower halves of the second eight.
static const uint64_t rounds[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538, 0x59f111f1b605d019,
    0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3,
    0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65, 0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b, 0xa2bfe8a14cf10364, 0xa81a664bbc423001,
    0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb,
    0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c, 0xd186b8c721c0c207,
    0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a,
    0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};
static const uint64_t starts[16] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f,
    0x1f83d9abfb41bd6b, 0x5be0cd19137e2179, 0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
    0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
};

// A digest under way. Of a text that is digested whole at its end, the context is the text.
struct digest {
    uint64_t state[8];
    uint64_t length;            // bytes so far
    uint8_t block[BLOCK_MAX];   // the last length % block size of them
};

static const struct algorithm *algorithm_of(term name)
{
    if (name == AM_sha1) name = AM_sha;
    for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++)
        if (algorithms[i].name == name) return algorithms + i;
    return NULL;
}

// ---- compression

static uint32_t rol32(uint32_t x, unsigned n) { return x << n | x >> (32 - n); }
static uint32_t ror32(uint32_t x, unsigned n) { return x >> n | x << (32 - n); }
static uint64_t ror64(uint64_t x, unsigned n) { return x >> n | x << (64 - n); }
static uint32_t big32(const uint8_t *s) { return (uint32_t)s[0] << 24 | (uint32_t)s[1] << 16 | (uint32_t)s[2] << 8 | s[3]; }
static uint64_t big64(const uint8_t *s) { return (uint64_t)big32(s) << 32 | big32(s + 4); }

static void sha1_block(uint64_t *state, const uint8_t *s)
{
    uint32_t w[80], v[5];
    for (int i = 0; i < 80; i++) w[i] = i < 16 ? big32(s + 4 * i) : rol32(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    for (int i = 0; i < 5; i++) v[i] = (uint32_t)state[i];
    for (int i = 0; i < 80; i++) {
        uint32_t b = v[1], c = v[2], d = v[3], f;
        if (i < 20) f = ((b & c) | (~b & d)) + 0x5a827999;
        else if (i < 40) f = (b ^ c ^ d) + 0x6ed9eba1;
        else if (i < 60) f = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
        else f = (b ^ c ^ d) + 0xca62c1d6;
        f += rol32(v[0], 5) + v[4] + w[i];
        v[4] = d, v[3] = c, v[2] = ror32(b, 2), v[1] = v[0], v[0] = f;
    }
    for (int i = 0; i < 5; i++) state[i] = (uint32_t)(state[i] + v[i]);
}

// The working variables stay where they are and change their roles: what was in place i is in place i - 1 a round later. Eight rounds at a time
// are written out, so that the places become registers.
static void sha256_block(uint64_t *state, const uint8_t *s)
{
    uint32_t w[64], v[8];
    for (int i = 0; i < 64; i++) {
        if (i < 16) { w[i] = big32(s + 4 * i); continue; }
        uint32_t a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (ror32(a, 7) ^ ror32(a, 18) ^ a >> 3) + w[i - 7] + (ror32(b, 17) ^ ror32(b, 19) ^ b >> 10);
    }
    for (int i = 0; i < 8; i++) v[i] = (uint32_t)state[i];
    for (int start = 0; start < 64; start += 8) {
#pragma GCC unroll 8
        for (int i = 0; i < 8; i++) {
            uint32_t a = v[-i & 7], b = v[(1 - i) & 7], c = v[(2 - i) & 7], e = v[(4 - i) & 7], f = v[(5 - i) & 7], g = v[(6 - i) & 7];
            uint32_t t1 = v[(7 - i) & 7] + (ror32(e, 6) ^ ror32(e, 11) ^ ror32(e, 25)) + ((e & f) ^ (~e & g));
            t1 += (uint32_t)(rounds[start + i] >> 32) + w[start + i];
            v[(3 - i) & 7] += t1;
            v[(7 - i) & 7] = t1 + (ror32(a, 2) ^ ror32(a, 13) ^ ror32(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        }
    }
    for (int i = 0; i < 8; i++) state[i] = (uint32_t)(state[i] + v[i]);
}

static void sha512_block(uint64_t *state, const uint8_t *s)
{
    uint64_t w[80], v[8];
    for (int i = 0; i < 80; i++) {
        if (i < 16) { w[i] = big64(s + 8 * i); continue; }
        uint64_t a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (ror64(a, 1) ^ ror64(a, 8) ^ a >> 7) + w[i - 7] + (ror64(b, 19) ^ ror64(b, 61) ^ b >> 6);
    }
    memcpy(v, state, sizeof v);
    for (int start = 0; start < 80; start += 8) {
#pragma GCC unroll 8
        for (int i = 0; i < 8; i++) {
            uint64_t a = v[-i & 7], b = v[(1 - i) & 7], c = v[(2 - i) & 7], e = v[(4 - i) & 7], f = v[(5 - i) & 7], g = v[(6 - i) & 7];
            uint64_t t1 = v[(7 - i) & 7] + (ror64(e, 14) ^ ror64(e, 18) ^ ror64(e, 41)) + ((e & f) ^ (~e & g)) + rounds[start + i] + w[start + i];
            v[(3 - i) & 7] += t1;
            v[(7 - i) & 7] = t1 + (ror64(a, 28) ^ ror64(a, 34) ^ ror64(a, 39)) + ((a & b) ^ (a & c) ^ (b & c));
        }
    }
    for (int i = 0; i < 8; i++) state[i] += v[i];
}

static void compress(const struct algorithm *a, struct digest *d, const uint8_t *s)
{
    if (a->family == SHA1) sha1_block(d->state, s);
    else if (a->family == SHA256) sha256_block(d->state, s);
    else sha512_block(d->state, s);
}

static bool takes_whole(const struct algorithm *a) { return a->family < SHA1; }

// ---- streaming

static void digest_start(const struct algorithm *a, struct digest *d)
{
    static const uint32_t sha1_start[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    *d = (struct digest){.length = 0};
    for (int i = 0; i < 8; i++) {
        uint64_t s = starts[a->start + i];
        if (a->family == SHA1) d->state[i] = i < 5 ? sha1_start[i] : 0;
        else if (a->family == SHA256) d->state[i] = a->start ? (uint32_t)s : s >> 32;
        else d->state[i] = s;
    }
}

static void digest_add(const struct algorithm *a, struct digest *d, const uint8_t *s, size_t len)
{
    size_t have = d->length % a->block;
    d->length += len;
    while (len) {
        if (!have && len >= a->block) {
            compress(a, d, s);
            s += a->block, len -= a->block;
            continue;
        }
        size_t n = a->block - have < len ? a->block - have : len;
        memcpy(d->block + have, s, n);
        s += n, len -= n, have += n;
        if (have == a->block) compress(a, d, d->block), have = 0;
    }
}

static void digest_end(const struct algorithm *a, struct digest *d, uint8_t *out)
{
    uint64_t bits = d->length * 8;
    size_t room = a->family == SHA512 ? 16 : 8;
    uint8_t pad[2 * BLOCK_MAX] = {0x80};
    size_t have = d->length % a->block, n = (have + 1 + room <= a->block ? a->block : 2 * a->block) - have;
    for (int i = 0; i < 8; i++) pad[n - 1 - i] = (uint8_t)(bits >> 8 * i);
    digest_add(a, d, pad, n);
    size_t word = a->family == SHA512 ? 8 : 4;
    for (size_t i = 0; i < a->size; i++) out[i] = (uint8_t)(d->state[i / word] >> 8 * (word - 1 - i % word));
}

static void digest_whole(const struct algorithm *a, const uint8_t *s, size_t len, uint8_t *out)
{
    struct digest d;
    if (a->family == MD5) return md5_digest(s, len, out);
    if (a->family == SHA3) return sha3_digest(s, len, out, a->size);
    if (a->family == BLAKE2) return blake2_digest(s, len, out, a->size);
    if (a->family == RIPEMD) return ripemd160_digest(s, len, out);
    digest_start(a, &d);
    digest_add(a, &d, s, len);
    digest_end(a, &d, out);
}

// ---- hash

// error:{badarg, {File, Line}, Text}: what OTP's crypto raises for arguments it knows to be wrong.
static term bad(struct process *p, const char *file, int line, const char *text)
{
    struct heap *h = &p->heap;
    term at = mk_tuple2(h, mk_charlist(h, file, strlen(file)), make_small(line));
    return raise_error(p, mk_tuple3(h, AM_badarg, at, mk_charlist(h, text, strlen(text))));
}

NATIVE("crypto", "hash", 2, crypto_hash, "The digest of iodata: md5, sha, sha224 and so on.")
{
    uint8_t *bytes, out[DIGEST_MAX];
    size_t len;
    const struct algorithm *a = algorithm_of(arg[0]);
    if (!a) return bad(p, "hash.c", 108, "Bad digest type");
    if (!iodata_bytes(arg[1], &bytes, &len)) return raise_badarg(p, 1, "not an iodata term");
    digest_whole(a, bytes, len, out);
    free(bytes);
    native_charge(p, len / 300);
    return mk_binary(&p->heap, out, a->size);
}

static term state_term(struct process *p, term type, const void *context, size_t len)
{
    return mk_tuple3(&p->heap, AM_phial_hash, type, mk_binary(&p->heap, context, len));
}

// The algorithm of a state and a copy of its context; NULL: it is none.
static const struct algorithm *state_of(struct process *p, term t, struct digest *d, const uint8_t **data, size_t *len)
{
    if (!is_tuple_of(t, 3) || tuple_get(t, 0) != AM_phial_hash || !is_binary(tuple_get(t, 2))) return NULL;
    const struct algorithm *a = algorithm_of(tuple_get(t, 1));
    *data = binary_bytes(&p->heap, tuple_get(t, 2), len);
    if (!a || (!takes_whole(a) && *len != sizeof *d)) return NULL;
    if (!takes_whole(a)) memcpy(d, *data, sizeof *d);
    return a;
}

NATIVE("crypto", "hash_init", 1, crypto_hash_init, "The state of a digest of nothing.")
{
    struct digest d;
    const struct algorithm *a = algorithm_of(arg[0]);
    if (!a) return bad(p, "hash.c", 142, "Bad digest type");
    if (takes_whole(a)) return state_term(p, arg[0], "", 0);
    digest_start(a, &d);
    return state_term(p, arg[0], &d, sizeof d);
}
static term update(struct process *p, term state, const uint8_t *bytes, size_t len)
{
    struct digest d;
    const uint8_t *data;
    size_t have;
    const struct algorithm *a = state_of(p, state, &d, &data, &have);
    if (!a) return bad(p, "hash.c", 171, "Bad state");
    native_charge(p, len / 300);
    if (!takes_whole(a)) {
        digest_add(a, &d, bytes, len);
        return state_term(p, tuple_get(state, 1), &d, sizeof d);
    }
    uint8_t *to;
    term more = mk_binary_uninit(&p->heap, have + len, &to);
    if (have) memcpy(to, data, have);
    if (len) memcpy(to + have, bytes, len);
    return mk_tuple3(&p->heap, AM_phial_hash, tuple_get(state, 1), more);
}
NATIVE("crypto", "hash_update", 2, crypto_hash_update, "The state with more data.")
{
    uint8_t *bytes;
    size_t len;
    if (!iodata_bytes(arg[1], &bytes, &len)) return raise_badarg(p, 1, "not an iodata term");
    term t = update(p, arg[0], bytes, len);
    free(bytes);
    return t;
}
// Digest of a state into out; its size, or 0.
static size_t finish(struct process *p, term state, uint8_t *out)
{
    struct digest d;
    const uint8_t *data;
    size_t len;
    const struct algorithm *a = state_of(p, state, &d, &data, &len);
    if (!a) return 0;
    if (takes_whole(a)) digest_whole(a, data, len, out);
    else digest_end(a, &d, out);
    return a->size;
}
NATIVE("crypto", "hash_final", 1, crypto_hash_final, "The digest of a state.")
{
    uint8_t out[DIGEST_MAX];
    size_t size = finish(p, arg[0], out);
    return size ? mk_binary(&p->heap, out, size) : bad(p, "hash.c", 206, "Bad state");
}
NATIVE("crypto", "hash_info", 1, crypto_hash_info, "%{type, size, block_size} of a digest.")
{
    const struct algorithm *a = algorithm_of(arg[0]);
    if (!a) return bad(p, "hash.c", 63, "Bad digest type");
    term keys[3] = {AM_block_size, AM_size, AM_type}, values[3] = {make_small(a->block), make_small(a->size), AM_undefined};
    return map_from_pairs(p->vm, &p->heap, 3, keys, values);
}

// ---- HMAC

struct hmac { const struct algorithm *a; uint8_t inner[BLOCK_MAX], outer[BLOCK_MAX]; };

static void hmac_key(struct hmac *m, const struct algorithm *a, const uint8_t *key, size_t len)
{
    uint8_t block[BLOCK_MAX] = {0};
    m->a = a;
    if (len > a->block) digest_whole(a, key, len, block);
    else if (len) memcpy(block, key, len);
    for (int i = 0; i < a->block; i++) m->inner[i] = block[i] ^ 0x36, m->outer[i] = block[i] ^ 0x5c;
}

// Digest of a block followed by bytes; `joined` has room for both.
static void keyed(const struct algorithm *a, const uint8_t *block, const uint8_t *s, size_t len, uint8_t *joined, uint8_t *out)
{
    memcpy(joined, block, a->block);
    if (len) memcpy(joined + a->block, s, len);
    digest_whole(a, joined, a->block + len, out);
}
static bool hmac(const struct hmac *m, const uint8_t *s, size_t len, uint8_t *out)
{
    uint8_t *joined = malloc(m->a->block + len), small[BLOCK_MAX + DIGEST_MAX], inner[DIGEST_MAX];
    if (!joined) return false;
    keyed(m->a, m->inner, s, len, joined, inner);
    free(joined);
    keyed(m->a, m->outer, inner, m->a->size, small, out);
    return true;
}

// The arguments of a mac: iodata key and data. Raises.
static bool mac_arguments(struct process *p, term key, term data, struct hmac *m, const struct algorithm *a, uint8_t **bytes, size_t *len)
{
    uint8_t *k;
    size_t n;
    if (!iodata_bytes(key, &k, &n)) return raise_badarg(p, 1, "not an iodata term"), false;
    hmac_key(m, a, k, n);
    free(k);
    if (!iodata_bytes(data, bytes, len)) return raise_badarg(p, 1, "not an iodata term"), false;
    return true;
}

static term mac(struct process *p, const term *arg, int64_t size)
{
    struct hmac m;
    uint8_t *bytes, out[DIGEST_MAX];
    size_t len;
    if (arg[0] != AM_hmac) return bad(p, "mac.c", 236, "Unknown mac algorithm");
    const struct algorithm *a = algorithm_of(arg[1]);
    if (!a) return bad(p, "mac.c", 263, "Bad digest algorithm for HMAC");
    if (!mac_arguments(p, arg[2], arg[3], &m, a, &bytes, &len)) return TERM_NONE;
    bool good = hmac(&m, bytes, len, out);
    free(bytes);
    native_charge(p, len / 300);
    return good ? mk_binary(&p->heap, out, size < a->size ? (size_t)size : a->size) : raise_system_limit(p);
}
NATIVE("crypto", "mac", 4, crypto_mac, "The HMAC of data: mac(hmac, digest, key, data).") { return mac(p, arg, DIGEST_MAX); }
NATIVE("crypto", "macN", 5, crypto_mac_n, "mac/4, at most N bytes of it.")
{
    return is_small(arg[4]) && small_value(arg[4]) > 0 ? mac(p, arg, small_value(arg[4])) : raise_badarg(p, 0, NULL);
}
NATIVE("crypto", "mac_init", 3, crypto_mac_init, "The state of an HMAC of nothing.")
{
    struct hmac m;
    uint8_t *none;
    size_t len;
    const struct algorithm *a = algorithm_of(arg[1]);
    if (arg[0] != AM_hmac) return bad(p, "mac.c", 236, "Unknown mac algorithm");
    if (!a) return bad(p, "mac.c", 263, "Bad digest algorithm for HMAC");
    if (!mac_arguments(p, arg[2], TERM_NIL, &m, a, &none, &len)) return TERM_NONE;
    free(none);
    term start = crypto_hash_init(p, &a->name), outer = update(p, start, m.outer, a->block), inner = update(p, start, m.inner, a->block);
    return mk_tuple3(&p->heap, AM_phial_mac, outer, inner);
}
NATIVE("crypto", "mac_update", 2, crypto_mac_update, "The HMAC state with more data.")
{
    if (!is_tuple_of(arg[0], 3) || tuple_get(arg[0], 0) != AM_phial_mac) return bad(p, "mac.c", 745, "Bad ref");
    term to[2] = {tuple_get(arg[0], 2), arg[1]}, inner = crypto_hash_update(p, to);
    return inner == TERM_NONE ? inner : mk_tuple3(&p->heap, AM_phial_mac, tuple_get(arg[0], 1), inner);
}
static term mac_final(struct process *p, term state, int64_t size)
{
    uint8_t inner[DIGEST_MAX], out[DIGEST_MAX];
    if (!is_tuple_of(state, 3) || tuple_get(state, 0) != AM_phial_mac) return bad(p, "mac.c", 782, "Bad ref");
    size_t n = finish(p, tuple_get(state, 2), inner);
    term outer = n ? update(p, tuple_get(state, 1), inner, n) : TERM_NONE;
    if (outer == TERM_NONE || !(n = finish(p, outer, out))) return bad(p, "mac.c", 782, "Bad ref");
    return mk_binary(&p->heap, out, (size_t)size < n ? (size_t)size : n);
}
NATIVE("crypto", "mac_final", 1, crypto_mac_final, "The HMAC of a state.") { return mac_final(p, arg[0], DIGEST_MAX); }
NATIVE("crypto", "mac_finalN", 2, crypto_mac_final_n, "The HMAC of a state, at most N bytes of it.")
{
    return is_small(arg[1]) && small_value(arg[1]) > 0 ? mac_final(p, arg[0], small_value(arg[1])) : raise_badarg(p, 0, NULL);
}

static void pbkdf2_block(const struct hmac *m, uint8_t *salt, size_t salt_len, uint32_t index, int64_t turns, uint8_t *out)
{
    uint8_t u[DIGEST_MAX], joined[BLOCK_MAX + DIGEST_MAX], inner[DIGEST_MAX];
    for (int i = 0; i < 4; i++) salt[salt_len + i] = (uint8_t)(index >> 8 * (3 - i));
    if (!hmac(m, salt, salt_len + 4, u)) return;
    memcpy(out, u, m->a->size);
    for (int64_t t = 1; t < turns; t++) {
        keyed(m->a, m->inner, u, m->a->size, joined, inner);
        keyed(m->a, m->outer, inner, m->a->size, joined, u);
        for (int i = 0; i < m->a->size; i++) out[i] ^= u[i];
    }
}
NATIVE("crypto", "pbkdf2_hmac", 5, crypto_pbkdf2_hmac, "A key of N bytes from digest, password, salt and count (RFC 8018).")
{
    struct hmac m;
    uint8_t *salt, *to, block[DIGEST_MAX];
    size_t len;
    const struct algorithm *a = algorithm_of(arg[0]);
    if (!a) return bad(p, "pbkdf2_hmac.c", 64, "Bad digest type");
    for (int i = 3; i < 5; i++)
        if (!is_small(arg[i]) || small_value(arg[i]) < 1 || small_value(arg[i]) > 1 << 26) return raise_badarg(p, 0, NULL);
    if (!mac_arguments(p, arg[1], arg[2], &m, a, &salt, &len)) return TERM_NONE;
    uint8_t *more = realloc(salt, len + 4);
    if (!more) return free(salt), raise_system_limit(p);
    size_t want = (size_t)small_value(arg[4]);
    term t = mk_binary_uninit(&p->heap, want, &to);
    for (size_t at = 0; at < want; at += a->size) {
        pbkdf2_block(&m, more, len, (uint32_t)(at / a->size) + 1, small_value(arg[3]), block);
        memcpy(to + at, block, want - at < a->size ? want - at : a->size);
        native_charge(p, (size_t)small_value(arg[3]));
    }
    free(more);
    return t;
}

// ---- random bytes and arithmetic

NATIVE("crypto", "strong_rand_bytes", 1, crypto_strong_rand_bytes, "N random bytes.")
{
    uint8_t *to;
    if (!is_small(arg[0]) || small_value(arg[0]) < 0 || small_value(arg[0]) > 1 << 30) return raise_badarg(p, 0, NULL);
    size_t n = (size_t)small_value(arg[0]);
    term t = mk_binary_uninit(&p->heap, n, &to);
    for (size_t i = 0; i < n; i += 8) {
        uint64_t x = world_entropy(p->vm->world);
        memcpy(to + i, &x, n - i < 8 ? n - i : 8);
    }
    native_charge(p, n / 100);
    return t;
}

NATIVE("crypto", "exor", 2, crypto_exor, "The exclusive or of iodata of one length.")
{
    uint8_t *a, *b, *to;
    size_t n, m;
    if (!iodata_bytes(arg[0], &a, &n)) return raise_badarg(p, 1, "not an iodata term");
    if (!iodata_bytes(arg[1], &b, &m)) return free(a), raise_badarg(p, 1, "not an iodata term");
    term t = n == m ? mk_binary_uninit(&p->heap, n, &to) : TERM_NONE;
    for (size_t i = 0; t != TERM_NONE && i < n; i++) to[i] = a[i] ^ b[i];
    free(a);
    free(b);
    return t == TERM_NONE ? raise_badarg(p, 0, NULL) : t;
}

NATIVE("crypto", "hash_equals", 2, crypto_hash_equals, "Whether two binaries of one length are equal, in time independent of where they differ.")
{
    size_t n, m;
    if (!is_binary(arg[0]) || !is_binary(arg[1])) return raise_badarg(p, 0, NULL);
    const uint8_t *a = binary_bytes(&p->heap, arg[0], &n), *b = binary_bytes(&p->heap, arg[1], &m);
    if (n != m) return raise_badarg(p, 0, NULL);
    uint8_t difference = 0;
    for (size_t i = 0; i < n; i++) difference |= a[i] ^ b[i];
    return mk_bool(!difference);
}

// A non-negative integer, or big-endian bytes, as an mpz. False: it is neither.
static bool number_of(struct process *p, term t, mpz_t z)
{
    if (is_binary(t)) {
        size_t n;
        const uint8_t *s = binary_bytes(&p->heap, t, &n);
        mpz_import(z, n, 1, 1, 1, 0, s);
        return true;
    }
    if (!is_integer(t) || num_compare(t, make_small(0)) < 0) return false;
    size_t len;
    char *text = num_format(t, 16, &len);
    bool good = mpz_set_str(z, text, 16) == 0;
    free(text);
    return good;
}
NATIVE("crypto", "mod_pow", 3, crypto_mod_pow, "N to the power P modulo M as big-endian bytes, or error.")
{
    mpz_t z[3];
    bool good = true;
    for (int i = 0; i < 3; i++) {
        mpz_init(z[i]);
        good = good && number_of(p, arg[i], z[i]);
    }
    term t = TERM_NONE;
    if (good && mpz_sgn(z[2]) > 0) {
        mpz_powm(z[0], z[0], z[1], z[2]);
        uint8_t *to;
        size_t n = mpz_sgn(z[0]) ? (mpz_sizeinbase(z[0], 2) + 7) / 8 : 0;
        t = mk_binary_uninit(&p->heap, n, &to);
        mpz_export(to, NULL, 1, 1, 1, 0, z[0]);
        native_charge(p, n);
    }
    for (int i = 0; i < 3; i++) mpz_clear(z[i]);
    return t == TERM_NONE ? raise_badarg(p, 0, NULL) : t;
}
NATIVE("crypto", "bytes_to_integer", 1, crypto_bytes_to_integer, "Big-endian bytes as an integer.")
{
    size_t n;
    if (!is_binary(arg[0])) return raise_badarg(p, 0, NULL);
    const uint8_t *s = binary_bytes(&p->heap, arg[0], &n);
    char *hex = malloc(2 * n + 2);
    if (!hex) return raise_system_limit(p);
    hex[0] = '0';
    for (size_t i = 0; i < 2 * n; i++) hex[i + 1] = "0123456789ABCDEF"[s[i / 2] >> (i % 2 ? 0 : 4) & 15];
    term t = num_parse(&p->heap, hex, 2 * n + 1, 16);
    free(hex);
    return t;
}
NATIVE("crypto", "start", 0, crypto_start, "ok: there is nothing to start.") { return AM_ok; }
NATIVE("crypto", "stop", 0, crypto_stop, "ok.") { return AM_ok; }
