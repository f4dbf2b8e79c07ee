/* SPDX-License-Identifier: Apache-2.0
 *
 * Putting an image together: how many units there will be is said first, then each is added,
 * written by a writer of its own, and finish fills in the header. Everything goes straight to its
 * place in the file. Like the writer it checks nothing that load checks.
 *
 *     gjr_bundle bundle = gjr_bundle_begin(&file, unit_count);
 *     status = gjr_bundle_add(&bundle, &writer);     so many times
 *     status = gjr_bundle_finish(&bundle); */
#ifndef GJR_BUNDLE_H
#define GJR_BUNDLE_H

#include "image/image_write.h"

typedef struct gjr_bundle {
    gjb_buffer *file;
    uint32_t unit_count, added_count;
} gjr_bundle;

/* The buffer must be empty, and is the caller's; it must outlive the bundle. */
gjr_bundle gjr_bundle_begin(gjb_buffer *file, uint32_t unit_count);
/* GJ_NO_MEMORY, or GJ_OVER_LIMIT where a table of the writer has more than GJR_ROWS_MAX rows; then
 * the file cannot be finished. */
gj_status gjr_bundle_add(gjr_bundle *bundle, const gjr_writer *writer);
/* After all have been added. GJ_NO_MEMORY or GJ_OK. */
gj_status gjr_bundle_finish(gjr_bundle *bundle);

#endif
