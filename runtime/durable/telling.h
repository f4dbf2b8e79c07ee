/* SPDX-License-Identifier: Apache-2.0
 *
 * An event as the store keeps it: the line that is told again, and the hash by which two tellings
 * of it are compared, everything but seq, with data and documents in any order. */
#ifndef GJR_TELLING_H
#define GJR_TELLING_H

#include "base/buffer.h"
#include "base/hash.h"

/* Into the line, which is emptied. False when memory ends. */
bool gjr_telling_print(const gj_event *event, gjb_buffer *line, uint8_t content[GJB_HASH_SIZE]);

#endif
