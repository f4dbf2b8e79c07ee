/* SPDX-License-Identifier: Apache-2.0
 *
 * See alloc.h. */
#include "base/alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* ---- large blocks ----
 *
 * They grow while a million events come in, and are walked in no order. So each is a mapping of its
 * own, in whole huge pages: it grows by moving its page table's entries instead of its bytes, and
 * where the system has huge pages, finding its bytes costs half as much. */

enum { LARGE_FROM = 1 << 20, HUGE_PAGE_SIZE = 2 << 20 };

#ifdef MREMAP_MAYMOVE

static bool is_large(size_t size)
{
    return size >= LARGE_FROM;
}

/* The size of its mapping; 0: more than there can be. */
static size_t mapping_size(size_t size)
{
    size_t rounded;
    return __builtin_add_overflow(size, HUGE_PAGE_SIZE - 1, &rounded)
               ? 0
               : rounded & ~(size_t)(HUGE_PAGE_SIZE - 1);
}

/* A mapping that is refused huge pages is only slower. */
static void *large_create(size_t size)
{
    size_t mapped = mapping_size(size);
    void *made = mapped == 0 ? MAP_FAILED
                             : mmap(NULL, mapped, PROT_READ | PROT_WRITE,
                                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (made == MAP_FAILED) {
        return NULL;
    }
    madvise(made, mapped, MADV_HUGEPAGE);
    return made;
}

static void *large_resize(void *pointer, size_t old_size, size_t new_size)
{
    size_t mapped = mapping_size(new_size);
    void *moved =
        mapped == 0 ? MAP_FAILED : mremap(pointer, mapping_size(old_size), mapped, MREMAP_MAYMOVE);
    return moved == MAP_FAILED ? NULL : moved;
}

static void large_destroy(void *pointer, size_t size)
{
    munmap(pointer, mapping_size(size));
}

#else

static bool is_large(size_t size)
{
    (void)size;
    return false;
}

static void *large_create(size_t size)
{
    (void)size;
    return NULL;
}

static void *large_resize(void *pointer, size_t old_size, size_t new_size)
{
    (void)pointer, (void)old_size, (void)new_size;
    return NULL;
}

static void large_destroy(void *pointer, size_t size)
{
    (void)pointer, (void)size;
}

#endif

/* ---- the default ---- */

static void block_destroy(void *pointer, size_t size)
{
    if (is_large(size)) {
        large_destroy(pointer, size);
    } else {
        free(pointer);
    }
}

/* From one kind of block to the other. */
static void *block_change(void *pointer, size_t old_size, size_t new_size)
{
    void *made = is_large(new_size) ? large_create(new_size) : malloc(new_size);
    if (made != NULL && pointer != NULL) {
        memcpy(made, pointer, old_size < new_size ? old_size : new_size);
        block_destroy(pointer, old_size);
    }
    return made;
}

static void *default_resize(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    (void)payload;
    if (new_size == 0) {
        if (pointer != NULL) {
            block_destroy(pointer, old_size);
        }
        return NULL;
    }
    if (pointer == NULL || is_large(old_size) != is_large(new_size)) {
        return block_change(pointer, old_size, new_size);
    }
    return is_large(new_size) ? large_resize(pointer, old_size, new_size)
                              : realloc(pointer, new_size);
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
