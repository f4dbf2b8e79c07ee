/* SPDX-License-Identifier: Apache-2.0
 *
 * An event while a reader puts it together, the same for every format: where a named field goes,
 * how a value that cannot stand there is told, and what must be there at the end. The draft is used
 * again for each event, so that a feed allocates only while its greatest event grows; texts are not
 * copied here. A key told twice in `data` keeps its first place and its last value. */
#ifndef GJR_FEED_DRAFT_H
#define GJR_FEED_DRAFT_H

#include "base/map.h"
#include "feed/fields.h"
#include "feed/problem.h"

/* Beyond so many, keys lie in a map as well. */
enum { GJR_DRAFT_KEYS_COMPARED_MAX = 32 };

typedef struct gjr_draft {
    const gj_allocator *allocator;
    gjr_fields fields;
    gj_event event;
    gj_datum *data;
    size_t data_count, data_capacity;
    gj_datum *items; /* of all lists and objects; until the draft is finished `text.size` is the
                      * first of a list or a filled object, whose source stands before that one */
    size_t item_count, item_capacity;
    gj_datum *nest; /* values of containers that are not closed yet */
    size_t nest_count, nest_capacity;
    gj_text *documents;
    size_t document_count, document_capacity;
    uint64_t seen; /* a bit for some hash of each key: most keys need no comparing */
    gjb_map keys;  /* only once there are many */
    gj_problem *problem;
} gjr_draft;

/* Problems are told in *problem. */
void gjr_draft_init(gjr_draft *draft, const gj_allocator *allocator, gj_problem *problem);
void gjr_draft_deinit(gjr_draft *draft);

/* A new event, of this line. */
void gjr_draft_start(gjr_draft *draft, uint64_t line);
/* GJ_MALFORMED: the value cannot stand there, and the problem says so. */
gj_status gjr_draft_add(gjr_draft *draft, gjr_field field, gj_text value);
/* The place of a key's value, new or again; NULL when memory ends. Borrowed until the next call. */
gj_datum *gjr_draft_add_datum(gjr_draft *draft, gj_text key);
/* As gjr_draft_add_datum, of a key that is surely new; it is not found again. */
gj_datum *gjr_draft_append_datum(gjr_draft *draft, gj_text key);
/* As gjr_draft_add_datum, of a key that gjr_draft_find_datum has just not found. */
gj_datum *gjr_draft_add_new_datum(gjr_draft *draft, gj_text key);
/* The keys lie elsewhere now, with the same bytes. False when memory ends. */
bool gjr_draft_rekey(gjr_draft *draft);
gj_datum *gjr_draft_find_datum(gjr_draft *draft, gj_text key);
/* One more item; the caller has noted item_count as the list's first. */
gj_datum *gjr_draft_add_item(gjr_draft *draft);
/* A value inside an open container, which may hold containers itself. False when memory ends. */
bool gjr_draft_add_nested(gjr_draft *draft, const gj_datum *datum);
/* Closes a container: its values are those added since nest_count was `base`. An object's source
 * stays its text. False when memory ends. */
bool gjr_draft_close(gjr_draft *draft, size_t base, gj_datum *container);
gj_status gjr_draft_add_document(gjr_draft *draft, gj_text name);
/* Puts the arrays in place and asks for what is required. */
gj_status gjr_draft_finish(gjr_draft *draft, gj_text source);

#endif
