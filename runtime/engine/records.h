/* SPDX-License-Identifier: Apache-2.0
 *
 * Records: what a docket keeps of each event. An event is bound once, and its (source, id) is found
 * again among all: told twice alike it is one event, told differently it is a conflict and the
 * first stands. Texts that come again and again are kept once. */
#ifndef GJR_RECORDS_H
#define GJR_RECORDS_H

#include "judge/event.h"

/* What was told, so far as it is compared: everything but where in which file it stood. */
typedef struct gjr_content {
    uint64_t words[2];
} gjr_content;

typedef struct gjr_record {
    gjr_event event;
    gjr_content content;
    uint64_t key_hash;
} gjr_record;

typedef struct gjr_records {
    const gj_judge *judge;
    gjb_arena arena; /* the records and their texts */
    gjb_map kept;    /* texts → their index in kept_texts */
    gj_text *kept_texts;
    size_t kept_capacity;
    gjr_record **slots; /* by (source, id), open addressing; a power of two */
    size_t slot_count, count;
} gjr_records;

void gjr_records_init(gjr_records *records, const gj_judge *judge);
void gjr_records_deinit(gjr_records *records);
gjr_content gjr_records_content(const gjr_records *records, const gj_event *event);
/* The record of that key, or NULL. */
const gjr_record *gjr_records_find(const gjr_records *records, gj_text source, gj_text id);
/* Binds and keeps an event whose key is not there. The record is borrowed until deinit. */
gj_status gjr_records_add(gjr_records *records, const gj_event *event, gjr_record **record);

/* The order in which a case is judged: (at, recorded, source, seq, id). */
int gjr_record_compare(const gjr_record *a, const gjr_record *b);

#endif
