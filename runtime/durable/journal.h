/* SPDX-License-Identifier: Apache-2.0
 *
 * What a case was told, as the store keeps it: read, in the order in which it was told, and told
 * again to whoever judges the case anew. The store is not believed: events that cannot be read, are
 * not the case's own, or do not lead back to its first, are damage. */
#ifndef GJR_JOURNAL_H
#define GJR_JOURNAL_H

#include "durable/engine.h"

/* Whose events. */
typedef struct gjr_journal {
    gjr_store *store;
    int64_t number, latest; /* of the case, and of its event told last; 0: none */
    gj_text id;
} gjr_journal;

/* Of the case that was found. */
gjr_journal gjr_asked_journal(const gjr_asked *with);

/* Adds them to the lines, one each. GJ_IO, GJ_NO_MEMORY. */
gj_status gjr_journal_read(const gjr_journal *journal, gjb_buffer *lines);
/* Tells them to on_event, whose failures end it; GJ_MALFORMED of its is damage too. */
gj_status gjr_journal_tell(const gjr_journal *journal, gj_text lines, void *payload,
                           gj_status (*on_event)(void *payload, const gj_event *event));

#endif
