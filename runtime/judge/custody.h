/* SPDX-License-Identifier: Apache-2.0
 *
 * How a case went from hand to hand: to which stage each region came, and who acted meanwhile, told
 * in its order while the case is judged to whoever wants to say afterwards who held it (held.h). A
 * sitting without a custody notes nothing, and judging never depends on one.
 *
 *     step.custody = &custody;                               before the case's first event */
#ifndef GJR_CUSTODY_H
#define GJR_CUSTODY_H

#include "judge/step.h"

typedef struct gjr_passing {
    gj_instant at;
    uint32_t region; /* that comes to the stage; of an act in which it was done, GJR_NONE: in all */
    uint32_t stage;  /* GJR_NONE: this is an act, by: */
    uint32_t post;   /* or GJR_NONE */
    gj_text officer, office; /* borrowed from the event, which must outlive it */
} gjr_passing;

typedef struct gjr_custody {
    const gj_allocator *allocator;
    gjr_passing *items;
    size_t count, capacity;
} gjr_custody;

void gjr_custody_init(gjr_custody *custody, const gj_allocator *allocator);
void gjr_custody_deinit(gjr_custody *custody);
/* Of nothing again, the memory kept. */
void gjr_custody_reset(gjr_custody *custody);

/* With a custody. */
void gjr_custody_take(gjr_sitting *step, const gjr_passing *passing);
/* The region comes to the stage. */
static inline void gjr_custody_note_stage(gjr_sitting *step, uint32_t region, uint32_t stage)
{
    if (step->custody != NULL) {
        gjr_custody_take(
            step, &(gjr_passing){
                      .at = step->event->at, .region = region, .stage = stage, .post = GJR_NONE});
    }
}
/* The act at hand goes to the region (GJR_NONE: it is everyone's), and has moved nothing yet. */
static inline void gjr_custody_note_act(gjr_sitting *step, uint32_t region)
{
    if (step->custody != NULL) {
        gjr_custody_take(step, &(gjr_passing){.at = step->event->at,
                                              .region = region,
                                              .stage = GJR_NONE,
                                              .post = step->event->post,
                                              .officer = step->event->officer,
                                              .office = step->event->office});
    }
}

#endif
