/* SPDX-License-Identifier: Apache-2.0
 *
 * The marks of JSON text: the offset of every bracket, colon and comma, of every string's opening
 * quote and of every other scalar's first byte, found many bytes at a time. It also proves that the
 * text is UTF-8, that every string is closed, and that none holds a control character; so where
 * several lines were marked at once, no string reaches across two of them. */
#ifndef GJR_FEED_MARKS_H
#define GJR_FEED_MARKS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum gjr_marks_result {
    GJR_MARKS_OK,
    GJR_MARKS_SYNTAX, /* a string that is not closed, or with a control character in it */
    GJR_MARKS_UTF8,
    GJR_MARKS_NO_MEMORY,
} gjr_marks_result;

typedef struct gjr_marks gjr_marks;

/* NULL when memory ends; the caller frees with gjr_marks_destroy. */
gjr_marks *gjr_marks_create(void);
void gjr_marks_destroy(gjr_marks *marks);
/* Marks `size` bytes, behind which GJR_WINDOW_PADDING more can be read. The offsets are borrowed
 * until the next call; behind the last one stands `size`. */
gjr_marks_result gjr_marks_find(gjr_marks *marks, const char *bytes, size_t size,
                                const uint32_t **offsets);

#ifdef __cplusplus
}
#endif
#endif
