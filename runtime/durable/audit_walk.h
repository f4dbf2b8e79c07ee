/* SPDX-License-Identifier: Apache-2.0
 *
 * The records of an audit in their order. Those of events stand in the events' own rows, all others
 * in a table of theirs, where each says how many events come before it: the two are read side by
 * side. The store is not believed, so what is read may be no chain. */
#ifndef GJR_AUDIT_WALK_H
#define GJR_AUDIT_WALK_H

#include "durable/audit.h"

typedef struct gjr_audit_walk {
    gjr_store *store;
    gjr_statement *others, *events;
    bool has_other, has_event; /* of which a row stands, */
    gjr_statement *told;       /* and which of them was told last */
    int64_t place, event;      /* of the record that was told last; of the last event its number */
} gjr_audit_walk;

/* One record; the hash is borrowed until the next. */
typedef struct gjr_audited {
    int64_t place, kind, row;
    gj_text hash;
    bool is_placed; /* it stands where one of its kind does, behind as many events as it says */
} gjr_audited;

/* From behind that place on; 0: all. What fails the store keeps. */
void gjr_audit_walk_init(gjr_audit_walk *walk, gjr_store *store, int64_t behind);
void gjr_audit_walk_deinit(gjr_audit_walk *walk);
/* False: there are no more. */
bool gjr_audit_walk_next(gjr_audit_walk *walk, gjr_audited *record);

/* The hash at a place of a chain that was found whole up to there; all zeroes where there is none.
 * Whether there is one. */
bool gjr_audit_hash(gjr_store *store, int64_t place, uint8_t hash[GJB_HASH_SIZE]);

#endif
