/* SPDX-License-Identifier: Apache-2.0
 *
 * See journal.h. */
#include "durable/journal.h"

#include "base/text.h"
#include "feed/told.h"

static gj_status damaged(const gjr_journal *journal)
{
    gjr_store_fail_damaged(journal->store, GJR_DAMAGE_EVENTS, journal->id);
    return GJ_IO;
}

/* The columns of EVENTS_TO. */
enum { AT_TOLD, AT_NUMBER, AT_CASE, AT_BEFORE };

gj_status gjr_journal_read(const gjr_journal *journal, gjb_buffer *lines)
{
    gjr_store *store = journal->store;
    gjr_statement *rows = gjr_store_ask(store, GJR_QUERY_EVENTS_TO);
    if (rows == NULL) {
        return store->status;
    }
    int64_t last = 0;
    bool whole = true;
    gjr_statement_bind_int(rows, 1, journal->latest);
    while (whole && gjr_store_row(store, rows)) {
        whole = gjr_statement_int(rows, AT_CASE) == journal->number &&
                gjr_statement_int(rows, AT_BEFORE) == last;
        last = gjr_statement_int(rows, AT_NUMBER);
        gjb_buffer_add_text(lines, gjr_statement_text(rows, AT_TOLD));
        gjb_buffer_add_byte(lines, '\n');
    }
    gjr_store_done(rows);
    if (lines->failed || store->status != GJ_OK) {
        return store->status != GJ_OK ? store->status : GJ_NO_MEMORY;
    }
    return whole && last == journal->latest ? GJ_OK : damaged(journal);
}

gj_status gjr_journal_tell(const gjr_journal *journal, gj_text lines, void *payload,
                           gj_status (*on_event)(void *payload, const gj_event *event))
{
    gj_feed *feed = NULL;
    const gj_event *event;
    gj_status status = gjr_told_open(journal->store->allocator, lines, &feed);
    while (status == GJ_OK && (status = gj_feed_next(feed, &event)) == GJ_OK) {
        gj_event told = *event; /* which version calls its procedure so is no matter here */
        bool own = gjb_text_equal(event->case_id, journal->id);
        told.procedure = (gj_text){NULL, 0};
        status = own ? on_event(payload, &told) : GJ_MALFORMED;
    }
    gj_feed_close(feed);
    return status == GJ_DONE ? GJ_OK : status == GJ_MALFORMED ? damaged(journal) : status;
}
