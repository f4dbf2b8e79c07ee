/* SPDX-License-Identifier: Apache-2.0
 *
 * What an event tells besides who did what and when, its data and documents, so far as two tellings
 * of one event are compared. It is compared by 128 bits of two hashes: whoever could make two
 * contents collide would only hide his own contradiction, since the first telling stands either
 * way. The order of data and of documents does not matter. */
#ifndef GJR_CONTENT_H
#define GJR_CONTENT_H

#include <guiju/guiju.h>

typedef struct gjr_content {
    uint64_t words[2];
} gjr_content;

gjr_content gjr_content_of(const gj_event *event);

static inline bool gjr_content_equal(const gjr_content *a, const gjr_content *b)
{
    return a->words[0] == b->words[0] && a->words[1] == b->words[1];
}

#endif
