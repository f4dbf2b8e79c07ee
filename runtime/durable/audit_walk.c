/* SPDX-License-Identifier: Apache-2.0
 *
 * See audit_walk.h. */
#include "durable/audit_walk.h"

#include <string.h>

/* The columns of AUDIT_OTHERS_AFTER. */
enum { OTHER_PLACE, OTHER_KIND, OTHER_ROW, OTHER_EVENTS, OTHER_HASH };

/* The events that are recorded up to that place: all records but the others. */
static int64_t events_until(gjr_store *store, int64_t place)
{
    int64_t others = 0;
    gjr_statement *row = gjr_store_ask(store, GJR_QUERY_AUDIT_OTHERS_BEFORE);
    if (row != NULL) {
        gjr_statement_bind_int(row, 1, place);
        if (gjr_store_row(store, row)) {
            others = (int64_t)((uint64_t)gjr_statement_int(row, 0) -
                               (uint64_t)gjr_statement_int(row, 1));
        }
        gjr_store_done(row);
    }
    return (int64_t)((uint64_t)place - (uint64_t)others);
}

static gjr_statement *rows_ask(gjr_store *store, gjr_query query, int64_t behind, bool *has)
{
    gjr_statement *rows = gjr_store_ask(store, query);
    if (rows != NULL) {
        gjr_statement_bind_int(rows, 1, behind);
    }
    *has = gjr_store_row(store, rows);
    return rows;
}

void gjr_audit_walk_init(gjr_audit_walk *walk, gjr_store *store, int64_t behind)
{
    int64_t event = behind == 0 ? 0 : events_until(store, behind);
    *walk = (gjr_audit_walk){.store = store, .place = behind, .event = event};
    walk->others = rows_ask(store, GJR_QUERY_AUDIT_OTHERS_AFTER, behind, &walk->has_other);
    walk->events = rows_ask(store, GJR_QUERY_AUDIT_EVENTS_AFTER, event, &walk->has_event);
}

void gjr_audit_walk_deinit(gjr_audit_walk *walk)
{
    gjr_store_done(walk->others);
    gjr_store_done(walk->events);
}

/* What was told last is read no more. */
static void go_on(gjr_audit_walk *walk)
{
    if (walk->told == walk->others) {
        walk->has_other = gjr_store_row(walk->store, walk->others);
    } else {
        walk->has_event = gjr_store_row(walk->store, walk->events);
    }
    walk->told = NULL;
}

static void other_tell(gjr_audit_walk *walk, gjr_audited *record)
{
    gjr_statement *row = walk->told = walk->others;
    *record = (gjr_audited){.place = gjr_statement_int(row, OTHER_PLACE),
                            .kind = gjr_statement_int(row, OTHER_KIND),
                            .row = gjr_statement_int(row, OTHER_ROW),
                            .hash = gjr_statement_text(row, OTHER_HASH),
                            .is_placed = gjr_statement_int(row, OTHER_KIND) != GJR_RECORD_EVENT &&
                                         gjr_statement_int(row, OTHER_EVENTS) == walk->event};
}

static void event_tell(gjr_audit_walk *walk, gjr_audited *record)
{
    gjr_statement *row = walk->told = walk->events;
    *record = (gjr_audited){.place = (int64_t)((uint64_t)walk->place + 1),
                            .kind = GJR_RECORD_EVENT,
                            .row = gjr_statement_int(row, 0),
                            .hash = gjr_statement_text(row, 1),
                            .is_placed = true};
    walk->event = record->row;
}

bool gjr_audit_walk_next(gjr_audit_walk *walk, gjr_audited *record)
{
    if (walk->told != NULL) {
        go_on(walk);
    }
    if (!walk->has_other && !walk->has_event) {
        return false;
    }
    if (!walk->has_event ||
        (walk->has_other && gjr_statement_int(walk->others, OTHER_PLACE) <= walk->place + 1)) {
        other_tell(walk, record);
    } else {
        event_tell(walk, record);
    }
    walk->place = (int64_t)((uint64_t)walk->place + 1);
    return true;
}

bool gjr_audit_hash(gjr_store *store, int64_t place, uint8_t hash[GJB_HASH_SIZE])
{
    gjr_audit_walk walk;
    gjr_audited record;
    memset(hash, 0, GJB_HASH_SIZE);
    if (place < 1) {
        return false;
    }
    gjr_audit_walk_init(&walk, store, place - 1);
    bool there = gjr_audit_walk_next(&walk, &record) && record.place == place &&
                 record.hash.size == GJB_HASH_SIZE;
    if (there) {
        memcpy(hash, record.hash.bytes, GJB_HASH_SIZE);
    }
    gjr_audit_walk_deinit(&walk);
    return there;
}
