/* SPDX-License-Identifier: Apache-2.0
 *
 * Writing a unit, one procedure of an image: rows and strings are added in any order, each gets the
 * next index of its table, and finish lays them out. It checks nothing that load checks, so that a
 * test can write an image that load must refuse; the same adds always give the same bytes.
 *
 *     gjr_writer_init(&writer, allocator);
 *     uint32_t name = gjr_writer_add_text(&writer, text);
 *     uint32_t post = gjr_writer_add_post(&writer, &(gjr_post){.name = name, ...});
 *     gjr_writer_get_post(&writer, post)->flags = GJR_POST_PARTY;
 *     status = gjr_writer_finish(&writer, &bytes);
 *
 * After a failed add the writer swallows what follows, and finish says why. */
#ifndef GJR_IMAGE_WRITE_H
#define GJR_IMAGE_WRITE_H

#include "base/buffer.h"
#include "image/layout.h"

typedef struct gjr_writer {
    const gj_allocator *allocator;
    gjb_buffer string_bytes;
    gjb_buffer string_ends;           /* of each string, in string_bytes */
    gjb_buffer tables[GJR_TABLE_END]; /* by number; 0 and 1 are not used */
    bool over_limit;
} gjr_writer;

void gjr_writer_init(gjr_writer *writer, const gj_allocator *allocator);
void gjr_writer_deinit(gjr_writer *writer);

/* Its index. Equal texts are different strings, see records.def; an absent text is GJR_NONE. */
uint32_t gjr_writer_add_text(gjr_writer *writer, gj_text text);

/* uint32_t gjr_writer_add_stage(writer, &row): its index. gjr_stage *gjr_writer_get_stage(writer,
 * index): borrowed until the next add to that table, NULL only after a failed add.
 * uint32_t gjr_writer_stage_count(writer): rows so far, the index of the next. And so for each. */
#define TABLE(name, number)                                                                        \
    uint32_t gjr_writer_add_##name(gjr_writer *writer, const gjr_##name *row);                     \
    gjr_##name *gjr_writer_get_##name(gjr_writer *writer, uint32_t index);                         \
    uint32_t gjr_writer_##name##_count(const gjr_writer *writer);
#define END(name)
#include "image/records_ignore.def"
#include "image/records.def"

/* Appends the unit to *bytes. GJ_NO_MEMORY, or GJ_OVER_LIMIT where a table has more than
 * GJR_ROWS_MAX rows; then nothing was added. */
gj_status gjr_writer_write_unit(const gjr_writer *writer, gjb_buffer *bytes);
/* Appends the file of this unit alone to *bytes, which should be empty. */
gj_status gjr_writer_finish(const gjr_writer *writer, gjb_buffer *bytes);

#endif
