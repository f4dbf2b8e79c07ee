/* SPDX-License-Identifier: Apache-2.0
 *
 * What we use of libsodium: Ed25519, randomness, base64, and memory that is surely overwritten. */
#ifndef GJR_SODIUM_H
#define GJR_SODIUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GJR_KEY_SIZE = 32, GJR_SECRET_SIZE = 64, GJR_SIGNATURE_SIZE = 64 };

/* False: there is no randomness to be had. */
bool gjr_sodium_pair(uint8_t key[GJR_KEY_SIZE], uint8_t secret[GJR_SECRET_SIZE]);
/* The public key that belongs to a secret one; false: its second half is another. */
bool gjr_sodium_key_of(const uint8_t secret[GJR_SECRET_SIZE], uint8_t key[GJR_KEY_SIZE]);
/* False: it could not be signed, and the signature is empty. */
bool gjr_sodium_sign(const uint8_t secret[GJR_SECRET_SIZE], const uint8_t *message, size_t size,
                     uint8_t signature[GJR_SIGNATURE_SIZE]);
bool gjr_sodium_check(const uint8_t key[GJR_KEY_SIZE], const uint8_t *message, size_t size,
                      const uint8_t signature[GJR_SIGNATURE_SIZE]);
void gjr_sodium_wipe(void *bytes, size_t size);
/* With padding, and a NUL; `text_size` is enough. */
void gjr_sodium_base64(const uint8_t *bytes, size_t size, char *text, size_t text_size);
/* False: it is not the base64 of just so many bytes. */
bool gjr_sodium_unbase64(const char *text, size_t text_size, uint8_t *bytes, size_t size);

#endif
