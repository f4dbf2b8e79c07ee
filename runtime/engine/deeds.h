/* SPDX-License-Identifier: Apache-2.0
 *
 * Deeds: who did what, as it was told, without when, of which case and with what data. A log of a
 * million events tells of a few thousand, so each is bound and kept once, and an event names it by
 * its index. */
#ifndef GJR_DEEDS_H
#define GJR_DEEDS_H

#include "base/index.h"
#include "judge/event.h"

typedef struct gjr_deed {
    uint64_t hash;
    uint32_t source;                   /* its text's index among those kept: equal where it is */
    uint32_t action, post, department; /* as gjr_event has them */
    gj_text source_text, action_text, post_text, officer, office, department_text, branch;
} gjr_deed;

enum { GJR_DEEDS_RECENT = 512 };

typedef struct gjr_deeds {
    const gj_judge *judge;
    uint32_t recent[GJR_DEEDS_RECENT]; /* by a glance at an event: perhaps its deed */
    gjb_arena arena;                   /* the texts */
    gjb_index text_index, index;
    gj_text *texts;
    size_t text_capacity;
    gjr_deed *items;
    size_t capacity;
} gjr_deeds;

void gjr_deeds_init(gjr_deeds *deeds, const gj_judge *judge);
void gjr_deeds_deinit(gjr_deeds *deeds);
/* The deed that the event tells of, kept from now on; GJB_INDEX_NONE when memory ends. */
uint32_t gjr_deeds_take(gjr_deeds *deeds, const gj_event *told);
/* The text's index among those kept; GJB_INDEX_NONE when memory ends. */
uint32_t gjr_deeds_take_text(gjr_deeds *deeds, gj_text text);
/* Whether the two tell the same, whatever their sources; a text that is absent tells what an empty
 * one does. */
bool gjr_deeds_agree(const gjr_deeds *deeds, uint32_t a, uint32_t b);

static inline const gjr_deed *gjr_deeds_get(const gjr_deeds *deeds, uint32_t index)
{
    return &deeds->items[index];
}

#endif
