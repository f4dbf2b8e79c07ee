/* SPDX-License-Identifier: Apache-2.0
 *
 * See library.h. */
#include "native/library.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Newer kernels ask for it to be said that what is there may be run; older ones do not know it. */
#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U
#endif

enum { PIECE = 1 << 16, LIBRARY_SIZE_MAX = 1 << 28 };

static int memory_open(void)
{
    int made = memfd_create("native", MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_EXEC);
    if (made < 0 && errno == EINVAL) {
        made = memfd_create("native", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    }
    return made;
}

static bool all_write(int to, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(to, bytes, size);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        bytes += written > 0 ? written : 0;
        size -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

static bool copy(int from, int to, gjb_hash *hash)
{
    char piece[PIECE];
    size_t total = 0;
    for (;;) {
        ssize_t got = read(from, piece, sizeof piece);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return got == 0;
        }
        total += (size_t)got;
        if (total > LIBRARY_SIZE_MAX) {
            errno = EFBIG;
            return false;
        }
        gjb_hash_add(hash, piece, (size_t)got);
        if (!all_write(to, piece, (size_t)got)) {
            return false;
        }
    }
}

int gjr_library_open(const char *path, uint8_t digest[GJB_HASH_SIZE])
{
    int from = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    int to = from < 0 ? -1 : memory_open();
    gjb_hash hash;
    gjb_hash_init(&hash);
    bool done =
        to >= 0 && copy(from, to, &hash) &&
        fcntl(to, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) == 0;
    int error = errno;
    gjb_hash_finish(&hash, digest);
    if (from >= 0) {
        close(from);
    }
    if (!done && to >= 0) {
        close(to);
    }
    errno = error;
    return done ? to : -1;
}

void *gjr_library_load(int descriptor, const char **note)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    *note = library == NULL ? dlerror() : NULL;
    return library;
}

void gjr_library_unload(void *library)
{
    if (library != NULL) {
        dlclose(library);
    }
}

void (*gjr_library_find(void *library, const char *symbol))(void)
{
    void *found = dlsym(library, symbol);
    void (*function)(void) = NULL;
    memcpy(&function, &found, sizeof function);
    return function;
}
