/* SPDX-License-Identifier: Apache-2.0
 *
 * The allocator hook, with checked arithmetic. Every byte the libraries hold comes through here, so
 * that a host can count, cap or fail it. */
#ifndef GJB_ALLOC_H
#define GJB_ALLOC_H

#include <guiju/guiju.h>

/* malloc, realloc and free behind the hook. */
const gj_allocator *gjb_alloc_default(void);
/* `given`, or the default where it is NULL. */
const gj_allocator *gjb_alloc_or_default(const gj_allocator *given);

/* NULL when the allocator fails or count * size overflows. The memory is zeroed. */
void *gjb_alloc_create(const gj_allocator *allocator, size_t count, size_t size);
/* NULL as above, and then the old block is untouched. New bytes are not zeroed. */
void *gjb_alloc_resize(const gj_allocator *allocator, void *pointer, size_t old_count,
                       size_t new_count, size_t size);
void gjb_alloc_destroy(const gj_allocator *allocator, void *pointer, size_t count, size_t size);

/* Stands before an allocator and remembers whether it failed: who does many small things of which
 * one may fail asks once, at the end. Does not move while its allocator is in use. */
typedef struct gjb_alloc_watch {
    gj_allocator allocator;
    const gj_allocator *below;
    bool has_failed;
} gjb_alloc_watch;
void gjb_alloc_watch_init(gjb_alloc_watch *watch, const gj_allocator *below);

/* False when the product does not fit. */
bool gjb_size_multiply(size_t a, size_t b, size_t *product);
bool gjb_size_add(size_t a, size_t b, size_t *sum);

#endif
