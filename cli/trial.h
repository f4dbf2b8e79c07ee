/* SPDX-License-Identifier: Apache-2.0
 *
 * One scenario run against a judge: its acts go into a docket of their own, and at each expectation
 * the whole case is judged up to the scenario's clock, so what is checked is what `guiju replay`
 * would say that moment. A trial goes on after a failure and keeps them all. */
#ifndef CLI_TRIAL_H
#define CLI_TRIAL_H

#include <guiju/compile.h>

#include "buffer.h"
#include "session.h"

/* An expectation that did not come true, in the reader's language. */
typedef struct cli_failure {
    const gj_scenario_step *step;
    cli_buffer expected, found;
} cli_failure;

typedef struct cli_trial {
    cli_session *session;
    const gj_judge *judge;
    gj_scenario scenario;
    gj_coverage *coverage; /* to which is added what the case has come to where it is looked at; or
                              NULL */
    cli_failure *failures;
    size_t failure_count, failure_capacity;
    bool broken; /* it could not be run to its end, and the session is told */
    /* Told of each failure as it comes, with the case as it then stands; the result is NULL where
     * nothing has been done yet. May be NULL. */
    void (*on_failure)(struct cli_trial *trial, const cli_failure *failure,
                       const gj_case_result *result);
} cli_trial;

/* session, judge, scenario, coverage and on_failure are set before; deinit after. */
void cli_trial_run(cli_trial *trial);
void cli_trial_deinit(cli_trial *trial);

#endif
