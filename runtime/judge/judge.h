/* SPDX-License-Identifier: Apache-2.0
 *
 * A judge: a procedure of an image with its calendar bound, and what is looked up by name while
 * events are bound (names.h). It is immutable once made and shared by threads; all that changes
 * lies in the case (case.h) and in the step's working memory (step.h). */
#ifndef GJR_JUDGE_H
#define GJR_JUDGE_H

#include "base/arena.h"
#include "base/map.h"
#include "image/image.h"
#include "judge/layout.h"
#include "judge/plan.h"
#include "time/calendar.h"

struct gj_judge {
    const gj_allocator *allocator;
    const gjr_rows *rows;
    const gjr_procedure *procedure;
    const gj_calendar *calendar; /* NULL: none is needed */
    const uint8_t *identity;     /* of the procedure's unit; the image's */
    gjr_case_layout layout;
    gjr_plan plan;
    gj_instant published_end; /* of the calendar's days; GJ_NEVER: nothing is said */
    uint32_t own_field_count; /* fields of the case; those after them are parameters */
    gjb_map actions, posts, departments, fields, documents;
    gjb_arena arena; /* layout, plan and composed names */
};

static inline gj_text gjr_judge_text(const gj_judge *judge, uint32_t string)
{
    return gjr_rows_text(judge->rows, string);
}

#endif
