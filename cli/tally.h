/* SPDX-License-Identifier: Apache-2.0
 *
 * What a replay adds up to: counts of cases, events and findings, and which case shows most. Filled
 * case by case while judging, so nothing of a case is kept but the numbers. Withdrawn findings are
 * counted by status alone: they no longer hold. */
#ifndef CLI_TALLY_H
#define CLI_TALLY_H

#include <guiju/guiju.h>

#include "census.h"

enum { CLI_SEVERITIES = 3, CLI_STATUSES = 3 };

typedef struct cli_tally {
    uint64_t case_count, clean_count, final_count, event_count;
    uint64_t finding_count; /* open and closed */
    uint64_t withdrawn_count;
    uint64_t codes[GJ_CODE_COUNT][CLI_SEVERITIES];
    uint64_t codes_open[GJ_CODE_COUNT];
    uint64_t severities[CLI_SEVERITIES];
    uint64_t open_count;
    cli_census subjects; /* by code and subject */
    cli_census limits;   /* of late findings, by limit */
    cli_census steps;    /* left out, by action */
    cli_census posts, officers;
    gj_instant first_at, last_at;
    size_t example; /* its index in the docket: most kinds of findings; then the shortest */
    size_t example_kinds, example_events;
} cli_tally;

/* {0} is an empty tally. */
void cli_tally_deinit(cli_tally *tally);
void cli_tally_add(cli_tally *tally, const gj_case_result *result);
/* Adds the counts of another; its names and its example stay its own. */
void cli_tally_add_counts(cli_tally *tally, const cli_tally *other);
bool cli_tally_has_failed(const cli_tally *tally); /* out of memory */
uint64_t cli_tally_code_count(const cli_tally *tally, gj_code code);

#endif
