/* SPDX-License-Identifier: Apache-2.0
 *
 * A bound event: what was told, in the image's own terms. Names have become indices, texts exact
 * values, stamps instants; it is bound once and may be judged many times. What did not fit its
 * field's type is kept as a quotation, since a wrong value is a fact too. */
#ifndef GJR_EVENT_H
#define GJR_EVENT_H

#include "judge/judge.h"
#include "value/value.h"

enum {
    GJR_QUOTED_SIZE_MAX = 120,    /* of a value of the wrong type, as findings quote it */
    GJR_TOLD_ITEMS_MAX = 1 << 20, /* items and parts of one told value, however they are nested */
};

/* A field's new value, or a parameter's. */
typedef struct gjr_told {
    uint32_t field;
    gjr_value value; /* not known: of the wrong type, see quoted */
    gj_text quoted;
} gjr_told;

/* What every step reads stands first, in one line of the processor's cache. */
typedef struct gjr_event {
    gj_instant at;
    gj_day day;          /* of `at`, on the calendar's wall */
    uint32_t action;     /* GJR_NONE: the procedure has none of that name */
    uint32_t post;       /* GJR_NONE: none told, or none of that name */
    uint32_t department; /* likewise */
    uint32_t told_count, document_count;
    gj_text id, source;
    const gjr_told *told;
    const uint32_t *documents;
    gj_text action_text, post_text, officer, office, department_text, branch; /* as told */
    gj_instant recorded;
    int32_t at_offset_s; /* as told, else the calendar's */
    uint64_t seq, line;
} gjr_event;

/* Binds `told`, whose `at` is present and readable. Everything is copied into the arena; a missing
 * `recorded` is `at`. */
gj_status gjr_event_make(const gj_judge *judge, const gj_event *told, gjb_arena *arena,
                         gjr_event *event);

/* Its parts, for whoever keeps many events. What the procedure calls the act, the post and the
 * department: */
void gjr_event_take_names(const gj_judge *judge, const gj_event *told, gjr_event *event);
/* The row is gjr_calendar_day_near's. */
void gjr_event_take_times(const gj_judge *judge, const gj_event *told, size_t *row,
                          gjr_event *event);
/* Data and documents, made in the arena; the names must be there. */
gj_status gjr_event_take_data(const gj_judge *judge, const gj_event *told, gjb_arena *arena,
                              gjr_event *event);

#endif
