/* SPDX-License-Identifier: Apache-2.0
 *
 * What is said to the options' `log` (engine.h): it costs nothing where there is none. */
#ifndef GJR_LOG_H
#define GJR_LOG_H

#include "durable/engine.h"

typedef enum gjr_log_kind {
#define GJR_LOG(NAME, LEVEL, en, zh) GJR_LOG_##NAME,
#include "durable/logs.def"
#undef GJR_LOG
} gjr_log_kind;

/* With the gate free: the host may call in again. The detail is NUL-terminated, the same in both
 * languages, or an identifier of any length. */
void gjr_log(const gj_engine *engine, gjr_log_kind kind, const char *detail);
void gjr_log_name(const gj_engine *engine, gjr_log_kind kind, gj_text name);
void gjr_log_number(const gj_engine *engine, gjr_log_kind kind, int64_t number);
/* A call failed so. */
void gjr_log_failure(const gj_engine *engine, gjr_failure_kind kind, const gjr_failure *failure);

#endif
