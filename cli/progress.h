/* SPDX-License-Identifier: Apache-2.0
 *
 * One line on a terminal that says how far a long run is, redrawn at most ten times a second and
 * gone at the end. Nothing at all where standard error is no terminal. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "session.h"

typedef struct cli_progress {
    cli_session *session;
    const char *what; /* "reading" */
    const char *unit; /* "events" */
    int64_t begun_ms, drawn_ms;
    uint64_t steps;
    bool shown;
} cli_progress;

void cli_progress_init(cli_progress *progress, cli_session *session, const char *what,
                       const char *unit);
/* Cheap: looks at the clock once in a thousand calls. `whole` 0: unknown. */
void cli_progress_step(cli_progress *progress, uint64_t done, uint64_t whole, uint64_t count);
/* Takes the line away, as before any other message. */
void cli_progress_clear(cli_progress *progress);

#endif
