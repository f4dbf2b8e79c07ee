/* SPDX-License-Identifier: Apache-2.0
 *
 * An event as the store keeps it: the line that is told again, and the hash by which two tellings
 * of it are compared, everything but seq, with data and documents in any order. */
#ifndef GJR_TELLING_H
#define GJR_TELLING_H

#include "base/buffer.h"
#include "base/hash.h"

/* Into the line, which is emptied. False when memory ends. */
bool gjr_telling_print(const gj_event *event, gjb_buffer *line);
/* The same, and the hash. */
bool gjr_telling_hash(const gj_event *event, gjb_buffer *line, uint8_t content[GJB_HASH_SIZE]);
/* The hash of what a line tells; `scratch` is emptied. GJ_MALFORMED: it is no such line, and has
 * none. GJ_NO_MEMORY. */
gj_status gjr_telling_hash_line(gj_text told, gjb_buffer *scratch, uint8_t content[GJB_HASH_SIZE]);

#endif
