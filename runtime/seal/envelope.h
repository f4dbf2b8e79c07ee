/* SPDX-License-Identifier: Apache-2.0
 *
 * An envelope apart from its image, as a store keeps it. */
#ifndef GJR_ENVELOPE_H
#define GJR_ENVELOPE_H

#include <guiju/seal.h>

/* As gj_seal_open, of a head and an image that lie apart. */
gj_status gjr_envelope_check(gj_bytes head, gj_bytes image, const gj_public_key *keys,
                             size_t key_count, gj_seal *seal, gj_seal_fault *fault);

#endif
