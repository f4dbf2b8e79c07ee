/* SPDX-License-Identifier: Apache-2.0
 *
 * A store's file altered: a value of it by SQL, or its bytes. */
#ifndef TESTS_ALTER_H
#define TESTS_ALTER_H

#include <stdint.h>

enum { ALTER_SAID_SIZE = 400 };

/* One of all alterations, the same for the same seed; `said` is what it was. */
void alter_any(const char *path, uint64_t seed, char said[ALTER_SAID_SIZE]);

#endif
