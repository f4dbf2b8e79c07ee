/* SPDX-License-Identifier: Apache-2.0
 *
 * What a case's being judged anew has changed: its findings before and after, compared by their
 * identity alone, and those of one identity by whoever holds them. It knows nothing of where either
 * come from, from memory or from a store, and changes nothing. */
#ifndef GJR_REVISE_H
#define GJR_REVISE_H

#include <guiju/guiju.h>

/* A finding as it is held against another. */
typedef struct gjr_found {
    const char *id; /* as a finding has it */
    uint32_t index; /* its own in its array */
    uint32_t twin;  /* index of the one of the same identity on the other side; set here */
} gjr_found;

typedef struct gjr_revising {
    gjr_found *before, *after;
    size_t before_count, after_count;
    void *payload;
    /* Whether two of one identity have the same content. */
    bool (*is_same)(void *payload, uint32_t before, uint32_t after);
    /* Index of the finding on either side, UINT32_MAX where there is none: before, of what was
     * added, after, of what was withdrawn. Returns false to stop. */
    bool (*on_change)(void *payload, gj_change change, uint32_t before, uint32_t after);
} gjr_revising;

/* Tells what was withdrawn, then what has changed, then what was added, each in the order of its
 * array. */
void gjr_revise(const gjr_revising *with);

#endif
