/* SPDX-License-Identifier: Apache-2.0
 *
 * Of the actions of which an expression asks by how many officers they were done: who did them,
 * each officer once, as spans of the case's tail. Of an act by nobody who was told, how many there
 * were is not known from then on; what the law deems done is done by nobody, and changes nothing.
 */
#ifndef GJR_CREWS_H
#define GJR_CREWS_H

#include "judge/case.h"

/* So many officers of an action are kept; by how many more it was done is not known. */
enum { GJR_CREW_MAX = 64 };

enum {
    GJR_CREW_UNTOLD = 1,   /* one of them was not told */
    GJR_CREW_TOO_MANY = 2, /* more than are kept */
};

typedef struct gjr_crew {
    uint32_t begin; /* in the tail: of their gjr_span */
    uint8_t used, capacity;
    uint8_t unknown; /* how many there were, and why: bits */
    uint8_t zero;
} gjr_crew;

_Static_assert(GJR_CREW_MAX <= UINT8_MAX, "they can be counted");

/* NULL: nobody asks. */
static inline gjr_crew *gjr_crew_get(const gjr_case *judged, uint32_t action)
{
    uint32_t of = judged->judge->layout.crew_of[action];
    return of == GJR_NONE ? NULL
                          : (gjr_crew *)gjr_case_part(judged, judged->judge->layout.crews) + of;
}

/* Bytes of the tail for which there must be room before an act of the action by that officer is
 * added; and it is. */
size_t gjr_crew_room(const gjr_case *judged, uint32_t action, gj_text officer);
void gjr_crew_add(gjr_case *judged, uint32_t action, gj_text officer);
/* By how many officers it was done, or GJR_OFFICERS_UNKNOWN. */
uint32_t gjr_crew_count(const gjr_case *judged, uint32_t action);
/* Whether one of those who did it was not told. */
bool gjr_crew_lacks_one(const gjr_case *judged, uint32_t action);

/* Bytes in the tail that are named by all of them, and their way into other bytes. */
size_t gjr_crews_size(const gjr_case *judged);
void gjr_crews_move(const gjr_case *from, gjr_case *to);

#endif
