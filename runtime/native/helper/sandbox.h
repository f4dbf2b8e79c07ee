/* SPDX-License-Identifier: Apache-2.0
 *
 * What a native may do: compute, in so much memory, and hand back what it came to. Two steps, since
 * a library runs code of its own while it is loaded: before, files may be opened for reading, so
 * that the loader finds what the library rests on; after, nothing may be opened any more, and
 * nothing that is written may be run. What is not allowed ends the process by SIGSYS. */
#ifndef GJR_SANDBOX_H
#define GJR_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

/* The program's own socket: all that may be read and written. */
enum { GJR_SANDBOX_SOCKET = 3 };

/* Limits, no new privileges, and the first list. False with errno where the system does not allow
 * it; then nothing must be loaded. */
bool gjr_sandbox_enter(size_t memory_mb);
/* The second list. */
bool gjr_sandbox_close(void);

#endif
