/* SPDX-License-Identifier: Apache-2.0
 *
 * What a case's being judged anew has changed: its findings before and after, compared by their
 * identity alone, and those of one identity by their content. It knows nothing of where either come
 * from, from memory or from a store, and changes nothing. */
#ifndef GJR_REVISE_H
#define GJR_REVISE_H

#include <guiju/guiju.h>

/* A finding as it is held against another. */
typedef struct gjr_found {
    const char *id;  /* as a finding has it */
    gj_text content; /* as printed */
    uint32_t index;  /* its own in its array */
    uint32_t twin;   /* index of the one of the same identity on the other side; set here */
} gjr_found;

/* Tells what was withdrawn, then what has changed, then what was added. `before` is NULL of what
 * was added, `after` of what was withdrawn. Each comes in the order of its array, whose items do
 * not lie elsewhere afterwards. Stops where on_change returns false. */
void gjr_revise(gjr_found *before, size_t before_count, gjr_found *after, size_t after_count,
                bool (*on_change)(void *payload, gj_change change, const gjr_found *before,
                                  const gjr_found *after),
                void *payload);

#endif
