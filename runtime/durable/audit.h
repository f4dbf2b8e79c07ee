/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit of a store: a record of every event, every change of a finding, every deployment and
 * every trusted key, in the transaction that makes it, chained by hashes (seal/chain.h). What a
 * record is of lies in the store's own tables; the chain holds its hash. */
#ifndef GJR_AUDIT_H
#define GJR_AUDIT_H

#include "base/buffer.h"
#include "seal/chain.h"
#include "store/store.h"

/* Where the chain stands, on opening; what an older store holds is chained then. */
gj_status gjr_audit_load(gjr_store *store, gjr_chain *chain);
/* Of whose events and findings a record is, and what it says. */
typedef struct gjr_record {
    gj_text procedure, case_id, said;
} gjr_record;
/* The chain behind such a record, which nothing holds yet: an event's is written with its row.
 * False when memory ends, which the store keeps. */
bool gjr_audit_next(gjr_store *store, const gjr_chain *chain, gjr_record_kind kind,
                    const gjr_record *record, gjr_chain *next);
/* A record of row `row`, not of an event; the chain goes on where the transaction is committed.
 * What fails is kept by the store. */
void gjr_audit_add(gjr_store *store, gjr_chain *chain, gjr_record_kind kind, int64_t row,
                   const gjr_record *record);
/* A record of a row that is in the store, of any kind, read from there. */
void gjr_audit_add_row(gjr_store *store, gjr_chain *chain, gjr_record_kind kind, int64_t row);
enum { GJR_PIECES_MAX = 8 };

/* The pieces of a record of an event or finding: procedure and case as JSON strings, in `names`,
 * which is scratch, and what it says. */
void gjr_record_pieces(const gjr_record *record, gjb_buffer *names, gj_text pieces[3]);
/* The hash of what a row holds; false: it is not there, or something failed. */
bool gjr_audit_content(gjr_store *store, gjr_record_kind kind, int64_t row,
                       uint8_t content[GJB_HASH_SIZE]);

#endif
