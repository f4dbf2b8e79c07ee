/* SPDX-License-Identifier: Apache-2.0
 *
 * A note kept beyond its step: what a step raised, with all that it points to, in one block. */
#ifndef GJR_NOTE_H
#define GJR_NOTE_H

#include "engine/links.h"
#include "judge/raised.h"

typedef struct gjr_note {
    gjr_raised raised;           /* its arrays and texts lie behind */
    const struct gjr_past *past; /* the version before that raised it, or NULL */
    gjr_turn turn; /* the judged event; its root is GJB_INDEX_NONE where time alone raised it */
    struct gjr_note *before; /* what it takes the place of, until that is told */
    size_t size;             /* of all */
    bool fresh;              /* not told yet */
} gjr_note;

/* How much a raised note points to, and a copy whose pointers lead into a block of so many bytes.
 * The one place that knows what is to be kept of a note. */
size_t gjr_note_extent(const gjr_raised *raised);
gjr_raised gjr_note_copy(const gjr_raised *raised, void *block);
/* Whether the two are surely the same but for their place among the findings; false may mean
 * nothing. */
bool gjr_note_equal(const gjr_note *a, const gjr_note *b);

/* NULL when memory ends. */
gjr_note *gjr_note_create(const gj_allocator *allocator, const gjr_raised *raised, gjr_turn turn);
/* It is told. */
void gjr_note_settle(const gj_allocator *allocator, gjr_note *note);
/* NULL is passed over. */
void gjr_note_destroy(const gj_allocator *allocator, gjr_note *note);

#endif
