/* SPDX-License-Identifier: Apache-2.0
 *
 * How large a case of a procedure is, from the image alone: whoever keeps many cases in memory
 * wants to know it before, above all where a limit has a clock for each of many keys. */
#include "image/image.h"
#include "judge/judge.h"

#include "judge/crews.h"
#include "judge/recalls.h"

/* False where it would be too large, or memory ends. What the layout points to is gone. */
static bool layout_make(const gj_image *image, size_t index, gjr_case_layout *layout)
{
    gjb_arena arena;
    if (image == NULL || index >= gj_image_procedure_count(image)) {
        return false;
    }
    const gjr_rows *rows = gjr_image_rows(image, index);
    gjb_arena_init(&arena, image->allocator);
    gj_status status = gjr_layout_make(rows, gjr_judge_own_fields(rows), &arena, layout);
    gjb_arena_deinit(&arena);
    return status == GJ_OK;
}

size_t gj_image_case_size(const gj_image *image, size_t index)
{
    gjr_case_layout layout;
    return layout_make(image, index, &layout) ? layout.tail : 0;
}

size_t gj_image_case_remembered_size(const gj_image *image, size_t index)
{
    gjr_case_layout layout;
    if (!layout_make(image, index, &layout)) {
        return 0;
    }
    return layout.recalls_max * sizeof(gjr_recall) +
           (size_t)layout.crew_count * GJR_CREW_MAX * sizeof(gjr_span);
}
