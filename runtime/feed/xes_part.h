/* SPDX-License-Identifier: Apache-2.0
 *
 * What an event or a trace is put together in: its data, from attributes and lists, up to a named
 * size. Its texts lie in the piece of the file at hand, or in an arena of its own. */
#ifndef GJR_FEED_XES_PART_H
#define GJR_FEED_XES_PART_H

#include "feed/draft.h"
#include "feed/xes_texts.h"
#include "feed/xml.h"

typedef struct gjr_xes_part {
    gjr_draft *draft;
    gjb_arena *arena;
    gjr_xes_texts *texts;
    size_t size; /* more than GJR_LINE_SIZE_MAX: it is too long, and takes no more */
    size_t data_settled, items_settled; /* of the draft: these lie in the arena */
    gj_text list_key;                   /* of an open list */
    size_t list_first;
} gjr_xes_part;

void gjr_xes_part_start(gjr_xes_part *part, uint64_t line);
/* Counts bytes of one more attribute; false: it is too long. */
bool gjr_xes_part_grow(gjr_xes_part *part, size_t size);
/* Failing is noted in texts->no_memory, here and below. A key told again has its last value. */
void gjr_xes_part_add(gjr_xes_part *part, gjr_xml_name name, gj_text key, gj_text value);
void gjr_xes_part_open_list(gjr_xes_part *part, gj_text key);
void gjr_xes_part_add_item(gjr_xes_part *part, gjr_xml_name name, gj_text value);
void gjr_xes_part_close_list(gjr_xes_part *part);
/* Adds what another part has and this one has not; neither has an open list. */
void gjr_xes_part_add_missing(gjr_xes_part *part, const gjr_xes_part *from);
/* The piece goes: what lies in it is copied into the arena. */
void gjr_xes_part_settle(gjr_xes_part *part);
/* All of it is copied into another arena. */
void gjr_xes_part_move(gjr_xes_part *part, gjb_arena *arena);

#endif
