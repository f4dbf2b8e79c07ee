/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys, for who keeps or finds them. */
#ifndef GJR_SEAL_KEY_H
#define GJR_SEAL_KEY_H

#include <guiju/seal.h>

enum { GJR_KEY_ID_BYTES = 8 };

/* The first bytes of the SHA-256 of the key. */
void gjr_key_id_of(const uint8_t *key, uint8_t id[GJR_KEY_ID_BYTES]);
/* As digits. */
void gjr_key_id_print(const uint8_t id[GJR_KEY_ID_BYTES], char digits[GJ_KEY_ID_SIZE]);
/* The key of those bytes. */
gj_public_key gjr_key_of(gj_suite suite, const uint8_t *bytes);

#endif
