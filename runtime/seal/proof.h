/* SPDX-License-Identifier: Apache-2.0
 *
 * A proof as it is written: lines of a word and what it says.
 *
 *     guiju proof 1
 *     procedure "licence"            JSON, as in the record
 *     case "A-1"
 *     finding {"change":"added",…}   what the record says
 *     place 12                       of the record
 *     before HEX                     the hash before it
 *     link KIND HEX                  the content of each record after it, up to the head
 *     head 20 HEX
 *     clock -9223372036854775808     of the engine, in milliseconds, when the head was signed
 *     key HEX
 *     signature HEX */
#ifndef GJR_PROOF_H
#define GJR_PROOF_H

#include "base/buffer.h"
#include "seal/chain.h"

/* A head that was signed. */
typedef struct gjr_signed_head {
    gjr_chain chain;
    gj_instant clock;
    uint8_t key[GJR_KEY_SIZE];
    uint8_t signature[GJR_SIGNATURE_SIZE];
} gjr_signed_head;

/* Its lines, one after another; the links between are the caller's. */
void gjr_proof_begin(gjb_buffer *out, const gj_text pieces[3], const gjr_chain *before);
void gjr_proof_link(gjb_buffer *out, gjr_record_kind kind, const uint8_t content[GJB_HASH_SIZE]);
void gjr_proof_end(gjb_buffer *out, const gjr_signed_head *head);

#endif
