/* SPDX-License-Identifier: Apache-2.0
 *
 * What `guiju test` has run, file by file, and printing it as data: a JSON object a line, one JSON
 * object, or JUnit's XML for whoever builds and tests by machine. */
#ifndef CLI_TRIALS_H
#define CLI_TRIALS_H

#include "program.h"
#include "trial.h"

/* One file and its scenarios. */
typedef struct cli_suite {
    cli_program program;
    cli_trial *trials;
    size_t trial_count, failed_count;
    gj_coverage **coverages; /* of each of the program's judges; NULL: not asked for */
} cli_suite;

typedef struct cli_trials {
    cli_session *session;
    cli_suite *suites;
    size_t suite_count;
} cli_trials;

size_t cli_trials_count(const cli_trials *trials);
size_t cli_trials_failed(const cli_trials *trials);
/* In the session's format, which is not text. */
void cli_trials_print(const cli_trials *trials);

#endif
