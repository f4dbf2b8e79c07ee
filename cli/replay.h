/* SPDX-License-Identifier: Apache-2.0
 *
 * What `guiju replay` knows while it runs, shared by its parts: reading (replay.c), the summary
 * (report.c), one case in full (case_page.c) and findings as data (findings.c). */
#ifndef CLI_REPLAY_H
#define CLI_REPLAY_H

#include "options.h"
#include "program.h"
#include "session.h"
#include "tally.h"

typedef struct cli_review {
    cli_session *session;
    const cli_options *options;
    cli_program program;
    gj_docket *docket;
    gj_docket_judging judging; /* until and close_open, for every judging */
    uint64_t problem_count; /* that could not be read */
    uint64_t told_count;    /* problems, those of events that are judged as well */
    uint64_t passed_over_count; /* events of other procedures, with --procedure */
    uint64_t again_count;       /* events told twice */
    cli_tally tally;
    cli_buffer scratch;     /* for a text that is measured or quoted before it is written */
    uint64_t printed_count; /* findings printed as data */
} cli_review;

/* The summary for a person. */
void cli_report_print(cli_review *review);
/* The time line of a case judged with its steps, findings under their events. */
void cli_case_print(cli_review *review, const gj_case_result *result);

/* The calendar the procedure counts by; absent when it needs none. */
gj_text cli_review_revision(const cli_review *review);

/* The findings of one case after another, in the session's format. */
void cli_findings_begin(cli_review *review);
void cli_findings_add(cli_review *review, const gj_case_result *result);
void cli_findings_end(cli_review *review);

#endif
