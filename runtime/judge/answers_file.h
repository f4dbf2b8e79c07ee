/* SPDX-License-Identifier: Apache-2.0
 *
 * What natives have answered, as bytes that a host keeps with its events and gives back before it
 * judges them again:
 *
 *     "GUIJUANS"  format u32  identity of the unit [32]  count u32
 *     of each: key size u32, key; known u32; failure u32; its number i64; the value, where known
 *
 * Keys and values are as in native/wire.h, all little-endian. They come from outside: whatever they
 * are, what is taken is an answer that one of the procedure's natives could have given. */
#ifndef GJR_ANSWERS_FILE_H
#define GJR_ANSWERS_FILE_H

#include "judge/judge.h"
#include "judge/answers.h"

/* GJ_NO_MEMORY is the buffer's. */
void gjr_answers_write(const gjr_answers *answers, const gj_judge *judge, gjb_buffer *out);
/* Adds those that are not there. GJ_REFUSED: the bytes are not such, or of another procedure; what
 * stands before the place is taken. */
gj_status gjr_answers_read(gjr_answers *answers, const gj_judge *judge, gj_text bytes);

#endif
