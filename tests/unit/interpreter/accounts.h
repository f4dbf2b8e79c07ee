/* SPDX-License-Identifier: Apache-2.0
 *
 * The accounts of a case against what else is known of its limits: those that run and when they
 * fall due, and what was found late. An account goes by the days, and the judge by look-ups. */
#ifndef INTERPRETER_ACCOUNTS_H
#define INTERPRETER_ACCOUNTS_H

#include <guiju/guiju.h>
#include <stddef.h>

/* NULL where they agree; else what does not, in the buffer. */
const char *accounts_disagreement(const gj_case_result *result, char *buffer, size_t size);

#endif
