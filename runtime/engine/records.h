/* SPDX-License-Identifier: Apache-2.0
 *
 * Records: what a docket keeps of each event, so small that a million lie in a hundred megabytes.
 * An event is bound once, and its (source, id) is found again among all: told twice alike it is one
 * event, told differently it is a conflict and the first stands. */
#ifndef GJR_RECORDS_H
#define GJR_RECORDS_H

#include "engine/content.h"
#include "engine/deeds.h"

/* What most events do not have. */
typedef struct gjr_extra {
    gj_instant recorded;
    gjr_content content;
    const gjr_told *told;
    const uint32_t *documents;
    uint32_t told_count, document_count;
} gjr_extra;

typedef struct gjr_record {
    gj_instant at;
    uint64_t seq, line;
    const char *id;
    uint32_t id_size;
    uint32_t deed;
    uint32_t of;   /* the case */
    uint32_t next; /* record of that case, in the order they came; or GJB_INDEX_NONE */
    int32_t at_offset_s;
    gj_day day;
    const gjr_extra *extra; /* NULL: recorded at `at`, without data and documents */
} gjr_record;

typedef struct gjr_records {
    const gj_judge *judge;
    gjr_deeds deeds;
    gjb_arena texts;  /* ids */
    gjb_arena extras; /* with what they point to */
    gjr_record *items;
    size_t capacity;
    gjb_index keys;  /* by (source, id); counts the records */
    size_t zone_row; /* where the last day was found */
} gjr_records;

/* An event on its way in. */
typedef struct gjr_arrival {
    const gj_event *told; /* its source is present */
    gj_text id;           /* as told, or what stands for it */
    uint32_t deed;
    uint64_t hash; /* of its key */
    uint64_t case_hash;
} gjr_arrival;

void gjr_records_init(gjr_records *records, const gj_judge *judge);
void gjr_records_deinit(gjr_records *records);
/* Who did what. GJ_NO_MEMORY. */
gj_status gjr_records_meet(gjr_records *records, const gj_event *told, gjr_arrival *arrival);
/* Its key; what finding that needs of memory is asked for ahead. */
void gjr_records_name(const gjr_records *records, gjr_arrival *arrival, gj_text id);
/* Of a key. */
uint64_t gjr_records_hash(uint32_t source, gj_text id);
/* The record of that key, or GJB_INDEX_NONE. */
uint32_t gjr_records_seek(const gjr_records *records, uint32_t source, gj_text id);
uint32_t gjr_records_find(const gjr_records *records, const gjr_arrival *arrival);
/* Whether the record tells the same of that case. */
bool gjr_records_agree(const gjr_records *records, uint32_t record, const gjr_arrival *arrival,
                       uint32_t of);
/* Binds and keeps an event of that case whose key is not there. */
gj_status gjr_records_add(gjr_records *records, const gjr_arrival *arrival, uint32_t of,
                          uint32_t *record);

static inline gjr_record *gjr_records_get(const gjr_records *records, uint32_t record)
{
    return &records->items[record];
}

static inline gj_text gjr_records_id(const gjr_records *records, uint32_t record)
{
    return (gj_text){records->items[record].id, records->items[record].id_size};
}

/* Its source among the deeds' texts. */
static inline uint32_t gjr_records_source(const gjr_records *records, uint32_t record)
{
    return gjr_deeds_get(&records->deeds, records->items[record].deed)->source;
}

static inline gj_instant gjr_records_recorded(const gjr_records *records, uint32_t record)
{
    const gjr_extra *extra = records->items[record].extra;
    return extra != NULL ? extra->recorded : records->items[record].at;
}

/* The event as the judge takes it, borrowed from the records until deinit. */
void gjr_records_event(const gjr_records *records, uint32_t record, gjr_event *event);
/* The same, known by the first telling of it: what identifies it and its place are the root's, its
 * words the record's. */
void gjr_records_event_of(const gjr_records *records, uint32_t root, uint32_t record,
                          gjr_event *event);

/* The order in which a case is judged: (at, recorded, source, seq, id). */
int gjr_records_compare(const gjr_records *records, uint32_t a, uint32_t b);
/* By (source, seq, id). */
int gjr_records_compare_places(const gjr_records *records, uint32_t a, uint32_t b);

#endif
