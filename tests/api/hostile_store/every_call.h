/* SPDX-License-Identifier: Apache-2.0
 *
 * Every call that an engine answers, on whatever store. */
#ifndef TESTS_EVERY_CALL_H
#define TESTS_EVERY_CALL_H

#include <stdbool.h>

/* False: a call failed, and gj_engine_error said nothing in one of the languages; it is printed
 * which. */
bool every_call_make(const char *path);

#endif
