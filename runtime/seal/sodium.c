/* SPDX-License-Identifier: Apache-2.0
 *
 * See sodium.h. */
#include "seal/sodium.h"

#include <sodium.h>
#include <string.h>

_Static_assert(crypto_sign_PUBLICKEYBYTES == GJR_KEY_SIZE, "Ed25519's");
_Static_assert(crypto_sign_SECRETKEYBYTES == GJR_SECRET_SIZE, "the seed and the public key");
_Static_assert(crypto_sign_BYTES == GJR_SIGNATURE_SIZE, "Ed25519's");

/* May be called any number of times, by any thread. */
static bool is_ready(void)
{
    return sodium_init() >= 0;
}

bool gjr_sodium_pair(uint8_t key[GJR_KEY_SIZE], uint8_t secret[GJR_SECRET_SIZE])
{
    return is_ready() && crypto_sign_keypair(key, secret) == 0;
}

bool gjr_sodium_key_of(const uint8_t secret[GJR_SECRET_SIZE], uint8_t key[GJR_KEY_SIZE])
{
    uint8_t seed[crypto_sign_SEEDBYTES], whole[GJR_SECRET_SIZE];
    bool same = is_ready() && crypto_sign_ed25519_sk_to_seed(seed, secret) == 0 &&
                crypto_sign_seed_keypair(key, whole, seed) == 0 &&
                sodium_memcmp(whole, secret, sizeof whole) == 0;
    sodium_memzero(seed, sizeof seed);
    sodium_memzero(whole, sizeof whole);
    return same;
}

bool gjr_sodium_sign(const uint8_t secret[GJR_SECRET_SIZE], const uint8_t *message, size_t size,
                     uint8_t signature[GJR_SIGNATURE_SIZE])
{
    memset(signature, 0, GJR_SIGNATURE_SIZE);
    return is_ready() && crypto_sign_detached(signature, NULL, message, size, secret) == 0;
}

bool gjr_sodium_check(const uint8_t key[GJR_KEY_SIZE], const uint8_t *message, size_t size,
                      const uint8_t signature[GJR_SIGNATURE_SIZE])
{
    return is_ready() && crypto_sign_verify_detached(signature, message, size, key) == 0;
}

void gjr_sodium_wipe(void *bytes, size_t size)
{
    sodium_memzero(bytes, size);
}

void gjr_sodium_base64(const uint8_t *bytes, size_t size, char *text, size_t text_size)
{
    sodium_bin2base64(text, text_size, bytes, size, sodium_base64_VARIANT_ORIGINAL);
}

bool gjr_sodium_unbase64(const char *text, size_t text_size, uint8_t *bytes, size_t size)
{
    size_t made;
    const char *end;
    return sodium_base642bin(bytes, size, text, text_size, NULL, &made, &end,
                             sodium_base64_VARIANT_ORIGINAL) == 0 &&
           made == size && end == text + text_size;
}
