/* SPDX-License-Identifier: Apache-2.0
 *
 * A judge: a procedure of an image with its calendar bound, and what is looked up by name while
 * events are bound. It is immutable once made and shared by threads; all that changes lies in the
 * case (case.h) and in the step's working memory (step.h). */
#ifndef GJR_JUDGE_H
#define GJR_JUDGE_H

#include "base/arena.h"
#include "base/map.h"
#include "image/image.h"
#include "time/calendar.h"

/* Where the parts of a case's flat state begin, in bytes; laid out once from the image. */
typedef struct gjr_case_layout {
    uint32_t done;      /* gjr_done an action */
    uint32_t places;    /* gjr_place_slot a place */
    uint32_t regions;   /* gjr_region_slot a region */
    uint32_t entered;   /* u32 a stage: the moment it was last entered */
    uint32_t limits;    /* gjr_limit_slot a limit */
    uint32_t values;    /* u64 a field */
    uint32_t presence;  /* u8 a field: gjr_presence */
    uint32_t documents; /* a bit a document */
    uint32_t tail;      /* texts and lists; also the size of what is fixed */
} gjr_case_layout;

struct gj_judge {
    const gj_allocator *allocator;
    const gjr_rows *rows;
    const gjr_procedure *procedure;
    const gj_calendar *calendar; /* NULL: none is needed */
    uint8_t identity[16];        /* of the procedure's unit, in front of every state it made */
    gjr_case_layout layout;
    uint32_t own_field_count;    /* fields of the case; those after them are parameters */
    uint32_t *texts_set;         /* an action: most texts that one of its clauses sets */
    uint32_t constant_size_max;  /* of the texts in the image's expressions */
    uint32_t *first_transitions; /* an action: its first transition anywhere, or GJR_NONE */
    uint32_t *inner_first;       /* the regions, the deepest first, else as declared */
    gjb_map actions, posts, departments, fields, documents;
    gjb_arena names; /* composed keys: "department.post" */
};

/* Indices by name, title or alias; GJR_NONE where there is none. */
uint32_t gjr_judge_find_action(const gj_judge *judge, gj_text name);
uint32_t gjr_judge_find_field(const gj_judge *judge, gj_text name);
/* The action's parameter of that name or title, a row of the fields, or GJR_NONE. */
uint32_t gjr_judge_find_parameter(const gj_judge *judge, uint32_t action, gj_text name);
uint32_t gjr_judge_find_document(const gj_judge *judge, gj_text name);
uint32_t gjr_judge_find_department(const gj_judge *judge, gj_text name);
/* A post of that department where one is told and known, else the first of that name. */
uint32_t gjr_judge_find_post(const gj_judge *judge, gj_text name, gj_text department);
/* Whether a post's department calls it so: an event that tells no department may mean this one. */
bool gjr_judge_post_is_called(const gj_judge *judge, uint32_t post, gj_text name);
/* An enum's member by name or title: its ordinal in the enumeration. */
uint32_t gjr_judge_find_member(const gj_judge *judge, uint32_t enumeration, gj_text name);

static inline gj_text gjr_judge_text(const gj_judge *judge, uint32_t string)
{
    return gjr_rows_text(judge->rows, string);
}

#endif
