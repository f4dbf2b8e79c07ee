/* SPDX-License-Identifier: Apache-2.0
 *
 * See hash.h. */
#include "base/hash.h"

#include <nettle/sha2.h>

_Static_assert(sizeof(struct sha256_ctx) <= sizeof(gjb_hash), "room for nettle's state");
_Static_assert(SHA256_DIGEST_SIZE == GJB_HASH_SIZE, "SHA-256 has 32 bytes");

static struct sha256_ctx *state_of(gjb_hash *hash)
{
    return (struct sha256_ctx *)(void *)hash->opaque;
}

void gjb_hash_init(gjb_hash *hash)
{
    sha256_init(state_of(hash));
}

void gjb_hash_add(gjb_hash *hash, const void *bytes, size_t size)
{
    if (size > 0) {
        sha256_update(state_of(hash), size, bytes);
    }
}

void gjb_hash_add_piece(gjb_hash *hash, const void *bytes, size_t size)
{
    uint8_t length[8];
    for (size_t i = 0; i < sizeof length; i++) {
        length[i] = (uint8_t)((uint64_t)size >> (8 * i));
    }
    gjb_hash_add(hash, length, sizeof length);
    gjb_hash_add(hash, bytes, size);
}

void gjb_hash_finish(gjb_hash *hash, uint8_t digest[GJB_HASH_SIZE])
{
    sha256_digest(state_of(hash), GJB_HASH_SIZE, digest);
}

void gjb_hash_of(const void *bytes, size_t size, uint8_t digest[GJB_HASH_SIZE])
{
    gjb_hash hash;
    gjb_hash_init(&hash);
    gjb_hash_add(&hash, bytes, size);
    gjb_hash_finish(&hash, digest);
}

void gjb_hash_hex(const uint8_t *digest, size_t size, char *out)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < size; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
    out[2 * size] = '\0';
}
