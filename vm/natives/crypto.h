// SPDX-License-Identifier: Apache-2.0
// Digests that take their text as a whole (vm/natives/crypto_whole.c), for vm/natives/crypto.c. `out` has room for `size` bytes.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void sha3_digest(const uint8_t *s, size_t len, uint8_t *out, size_t size);
void blake2_digest(const uint8_t *s, size_t len, uint8_t *out, size_t size);    // 64 bytes: BLAKE2b, 32: BLAKE2s
void ripemd160_digest(const uint8_t *s, size_t len, uint8_t *out);
