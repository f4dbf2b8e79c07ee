/* SPDX-License-Identifier: Apache-2.0
 *
 * What `guiju check --fix` does to one file: makes the certain fixes, and again those that come to
 * light behind them, until there are none; then writes the file once, whole or not at all. */
#ifndef CLI_FIX_H
#define CLI_FIX_H

#include "options.h"
#include "session.h"

/* Each change is told on standard error. False, with the session told, where the file cannot be
 * read or written. */
bool cli_fix(cli_session *session, const cli_options *options, const char *path);

#endif
