/* SPDX-License-Identifier: Apache-2.0
 *
 * Putting an image together: units are added one after another, each written by a writer of its
 * own, and finish lays the header and the unit table before them. Like the writer it checks nothing
 * that load checks.
 *
 *     gjr_bundle_init(&bundle, allocator);
 *     gjr_bundle_add(&bundle, &writer);     one writer a procedure
 *     status = gjr_bundle_finish(&bundle, &bytes); */
#ifndef GJR_BUNDLE_H
#define GJR_BUNDLE_H

#include "image/image_write.h"

typedef struct gjr_bundle {
    gjb_buffer table; /* gjr_unit_entry rows, their offsets from the first unit's begin */
    gjb_buffer units;
} gjr_bundle;

void gjr_bundle_init(gjr_bundle *bundle, const gj_allocator *allocator);
void gjr_bundle_deinit(gjr_bundle *bundle);
/* GJ_NO_MEMORY, or GJ_OVER_LIMIT where a table of the writer has more than GJR_ROWS_MAX rows; then
 * nothing was added. */
gj_status gjr_bundle_add(gjr_bundle *bundle, const gjr_writer *writer);
/* Appends the file to *bytes, which should be empty. GJ_NO_MEMORY or GJ_OK. */
gj_status gjr_bundle_finish(const gjr_bundle *bundle, gjb_buffer *bytes);

#endif
