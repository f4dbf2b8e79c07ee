/* SPDX-License-Identifier: Apache-2.0
 *
 * The chain of an audit: each record's hash is over its place, the hash before it, its kind and the
 * hash of its content, so that none can be changed, left out or put between others without every
 * later hash being another. Content is a list of texts, each with its length before it.
 *
 *     content  SHA-256 (piece "guiju audit content 1", kind, count, piece, piece, …)
 *     record   SHA-256 ("guiju audit record 1" NUL, place, hash before, kind, content)
 *     head     Ed25519 ("guiju audit head 1" NUL, place, hash, clock)
 *
 * Numbers are 8 little-endian bytes; a piece is its length and its bytes; before the first record
 * stand 32 zero bytes. */
#ifndef GJR_CHAIN_H
#define GJR_CHAIN_H

#include "base/hash.h"
#include "seal/sodium.h"

#include <guiju/guiju.h>

typedef enum gjr_record_kind {
    GJR_RECORD_EVENT = 1,
    GJR_RECORD_FINDING, /* raised, changed or withdrawn */
    GJR_RECORD_DEPLOYMENT,
    GJR_RECORD_KEY,
    GJR_RECORD_KINDS
} gjr_record_kind;

/* Where a chain stands. {0}: nothing is in it. */
typedef struct gjr_chain {
    int64_t place;       /* of the last record, from 1 */
    int64_t event_count; /* of the records those of events */
    uint8_t hash[GJB_HASH_SIZE];
} gjr_chain;

void gjr_chain_content(gjr_record_kind kind, const gj_text *pieces, size_t count,
                       uint8_t content[GJB_HASH_SIZE]);
void gjr_chain_add(gjr_chain *chain, gjr_record_kind kind, const uint8_t content[GJB_HASH_SIZE]);

/* False: it could not be signed. */
bool gjr_head_sign(const gjr_chain *chain, gj_instant now, const uint8_t secret[GJR_SECRET_SIZE],
                   uint8_t signature[GJR_SIGNATURE_SIZE]);
bool gjr_head_check(const gjr_chain *chain, gj_instant now, const uint8_t key[GJR_KEY_SIZE],
                    const uint8_t signature[GJR_SIGNATURE_SIZE]);

#endif
