// SPDX-License-Identifier: Apache-2.0
// Digests that take their text as a whole (vm/natives/crypto_whole.c but for MD5), for vm/natives/crypto.c. `out` has room for `size` bytes.
#ifndef PHIAL_CRYPTO_H
#define PHIAL_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void sha3_digest(const uint8_t *s, size_t len, uint8_t *out, size_t size);
void blake2_digest(const uint8_t *s, size_t len, uint8_t *out, size_t size);    // 64 bytes: BLAKE2b, 32: BLAKE2s
void md5_digest(const uint8_t *s, size_t len, uint8_t out[16]);                  // vm/natives/erlang_hash.c
void ripemd160_digest(const uint8_t *s, size_t len, uint8_t *out);

#endif
