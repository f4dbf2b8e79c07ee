/* SPDX-License-Identifier: Apache-2.0
 *
 * SHA-256 (FIPS 180-4), by nettle, which uses the processor's own instructions where it has them:
 * a quarter of libsodium's time for the 140 bytes that make a finding's identity. */
#ifndef GJB_HASH_H
#define GJB_HASH_H

#include <stddef.h>
#include <stdint.h>

enum { GJB_HASH_SIZE = 32 };

typedef struct gjb_hash {
    _Alignas(16) unsigned char opaque[128];
} gjb_hash;

void gjb_hash_init(gjb_hash *hash);
void gjb_hash_add(gjb_hash *hash, const void *bytes, size_t size);
/* The length as 8 little-endian bytes, then the bytes: no two lists of pieces hash alike. */
void gjb_hash_add_piece(gjb_hash *hash, const void *bytes, size_t size);
void gjb_hash_finish(gjb_hash *hash, uint8_t digest[GJB_HASH_SIZE]);
void gjb_hash_of(const void *bytes, size_t size, uint8_t digest[GJB_HASH_SIZE]);
/* 2 * size lower-case digits and a NUL. */
void gjb_hash_hex(const uint8_t *digest, size_t size, char *out);

#endif
