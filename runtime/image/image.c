/* SPDX-License-Identifier: Apache-2.0
 *
 * What a loaded image says of itself and of each procedure in it. */
#include "image/image.h"

#include <assert.h>

static const gjr_image_unit *unit_get(const gj_image *image, size_t index)
{
    assert(index < image->unit_count);
    return &image->units[index];
}

const gjr_rows *gjr_image_rows(const gj_image *image, size_t index)
{
    return &unit_get(image, index)->rows;
}

const char *gj_image_identity(const gj_image *image)
{
    return image->identity_hex;
}

size_t gj_image_procedure_count(const gj_image *image)
{
    return image->unit_count;
}

size_t gj_image_procedure_find(const gj_image *image, gj_text called)
{
    if (called.bytes == NULL) {
        return image->unit_count == 1 ? 0 : GJ_NO_INDEX;
    }
    const uint32_t *index = gjb_map_find(&image->names, called);
    return index == NULL ? GJ_NO_INDEX : *index;
}

gj_text gj_image_procedure_name(const gj_image *image, size_t index)
{
    const gjr_rows *rows = gjr_image_rows(image, index);
    return gjr_rows_text(rows, rows->procedures[0].name);
}

gj_text gj_image_procedure_title(const gj_image *image, size_t index)
{
    const gjr_rows *rows = gjr_image_rows(image, index);
    return gjr_rows_text(rows, rows->procedures[0].title);
}

uint32_t gj_image_procedure_version(const gj_image *image, size_t index)
{
    return gjr_image_rows(image, index)->procedures[0].version;
}

size_t gj_image_procedure_calendar_count(const gj_image *image, size_t index)
{
    return gjr_image_rows(image, index)->calendar_name_count;
}

gj_text gj_image_procedure_calendar(const gj_image *image, size_t index, size_t which)
{
    const gjr_rows *rows = gjr_image_rows(image, index);
    return which < rows->calendar_name_count ? gjr_rows_text(rows, rows->calendar_names[which].name)
                                             : (gj_text){NULL, 0};
}

const gjr_decision *gjr_rows_decision(const gjr_rows *rows, uint32_t decision_row)
{
    const gjr_decision *decision = rows->decisions;
    while (decision_row - decision->rows_first >= decision->rows_count) {
        decision++; /* every row has an owner, which is proved */
    }
    return decision;
}

const char *gj_image_procedure_identity(const gj_image *image, size_t index)
{
    return unit_get(image, index)->identity_hex;
}
