/* SPDX-License-Identifier: Apache-2.0
 *
 * A judge: a procedure of an image with its calendars bound, and what is looked up by name while
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

/* A calendar that the procedure or some of its limits count by. */
typedef struct gjr_bound_calendar {
    const gj_calendar *calendar;
    gj_instant published_end; /* of its days; GJ_NEVER: nothing is said */
} gjr_bound_calendar;

struct gj_judge {
    const gj_allocator *allocator;
    const gjr_rows *rows;
    const gjr_procedure *procedure;
    const gj_calendar *calendar;                     /* the procedure's own; NULL: none is needed */
    gjr_bound_calendar calendars[GJR_CALENDARS_MAX]; /* as its calendar_names; of one wall all */
    const uint8_t *identity;                         /* of the procedure's unit; the image's */
    gjr_case_layout layout;
    gjr_plan plan;
    uint32_t own_field_count;  /* fields of the case; those after them are parameters */
    const gj_natives *natives; /* NULL where it needs none */
    const size_t *granted;     /* as its natives: the number of each among those */
    gjb_map actions, posts, departments, fields, documents;
    gjb_arena arena; /* layout, plan and composed names */
};

static inline gj_text gjr_judge_text(const gj_judge *judge, uint32_t string)
{
    return gjr_rows_text(judge->rows, string);
}

/* How many fields are the case's: parameters stand behind them. */
uint32_t gjr_judge_own_fields(const gjr_rows *rows);

/* By which a limit counts; NULL: the procedure has none. */
static inline const gj_calendar *gjr_judge_calendar(const gj_judge *judge, const gjr_limit *limit)
{
    return limit->calendar == GJR_NONE ? NULL : judge->calendars[limit->calendar].calendar;
}

/* When what its calendar has published ends. */
static inline gj_instant gjr_judge_published_end(const gj_judge *judge, const gjr_limit *limit)
{
    return limit->calendar == GJR_NONE ? GJ_NEVER : judge->calendars[limit->calendar].published_end;
}

#endif
