/* SPDX-License-Identifier: Apache-2.0
 *
 * See alloc.h. */
#include "base/alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { PAGE_SIZE = 4096, HUGE_FROM = 4 << 20 };

/* Large blocks are walked in no order: where the system has huge pages, finding their bytes costs
 * half as much. A block that is refused them is only slower. */
static void huge_ask(void *block, size_t size)
{
#ifdef MADV_HUGEPAGE
    uintptr_t begin = ((uintptr_t)block + PAGE_SIZE - 1) & ~(uintptr_t)(PAGE_SIZE - 1);
    size_t skipped = begin - (uintptr_t)block;
    madvise((char *)block + skipped, (size - skipped) & ~(size_t)(PAGE_SIZE - 1), MADV_HUGEPAGE);
#else
    (void)block, (void)size;
#endif
}

static void *default_resize(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    (void)payload;
    (void)old_size;
    if (new_size == 0) {
        free(pointer);
        return NULL;
    }
    void *resized = realloc(pointer, new_size);
    if (resized != NULL && new_size >= HUGE_FROM) {
        huge_ask(resized, new_size);
    }
    return resized;
}

static const gj_allocator default_allocator = {NULL, default_resize};

const gj_allocator *gjb_alloc_default(void)
{
    return &default_allocator;
}

const gj_allocator *gjb_alloc_or_default(const gj_allocator *given)
{
    return given != NULL ? given : &default_allocator;
}

bool gjb_size_multiply(size_t a, size_t b, size_t *product)
{
    return !__builtin_mul_overflow(a, b, product);
}

bool gjb_size_add(size_t a, size_t b, size_t *sum)
{
    return !__builtin_add_overflow(a, b, sum);
}

void *gjb_alloc_create(const gj_allocator *allocator, size_t count, size_t size)
{
    size_t total;
    if (!gjb_size_multiply(count, size, &total) || total == 0) {
        return NULL;
    }
    void *made = allocator->resize(allocator->payload, NULL, 0, total);
    if (made != NULL) {
        memset(made, 0, total);
    }
    return made;
}

void *gjb_alloc_resize(const gj_allocator *allocator, void *pointer, size_t old_count,
                       size_t new_count, size_t size)
{
    size_t total;
    if (!gjb_size_multiply(new_count, size, &total) || total == 0) {
        return NULL;
    }
    return allocator->resize(allocator->payload, pointer, old_count * size, total);
}

void gjb_alloc_destroy(const gj_allocator *allocator, void *pointer, size_t count, size_t size)
{
    if (pointer != NULL) {
        allocator->resize(allocator->payload, pointer, count * size, 0);
    }
}

static void *watched_resize(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    gjb_alloc_watch *watch = payload;
    void *made = watch->below->resize(watch->below->payload, pointer, old_size, new_size);
    watch->has_failed = watch->has_failed || (made == NULL && new_size > 0);
    return made;
}

void gjb_alloc_watch_init(gjb_alloc_watch *watch, const gj_allocator *below)
{
    *watch = (gjb_alloc_watch){.allocator = {watch, watched_resize}, .below = below};
}
