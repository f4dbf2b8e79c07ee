/* SPDX-License-Identifier: Apache-2.0
 *
 * A library's bytes. They are copied into memory that nobody can write any more, and then hashed:
 * so what was hashed is what is loaded, whatever happens to the file meanwhile. */
#ifndef GJR_LIBRARY_H
#define GJR_LIBRARY_H

#include "base/hash.h"

#include <guiju/guiju.h>

/* A descriptor of the file's bytes, sealed, closed on exec; -1 where it cannot be read, with errno.
 * The caller closes it. */
int gjr_library_open(const char *path, uint8_t digest[GJB_HASH_SIZE]);
/* Into this process. The descriptor must stay open until it is unloaded. NULL: *note says why,
 * borrowed until the next call of this thread. */
void *gjr_library_load(int descriptor, const char **note);
void gjr_library_unload(void *library);
/* NULL where it has none of that name. */
void (*gjr_library_find(void *library, const char *symbol))(void);

#endif
