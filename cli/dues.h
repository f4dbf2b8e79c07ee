/* SPDX-License-Identifier: Apache-2.0
 *
 * What is due in a store: every limit that runs, overdue, due soon or in time, with its last day
 * and who answers for it; what else is open; and how much of each every post has. */
#ifndef CLI_DUES_H
#define CLI_DUES_H

#include "store.h"

/* A limit is of one kind at a time, the gravest; OTHER are open findings of no limit's time. */
typedef enum cli_due_kind {
    CLI_OVERDUE,
    CLI_DUE_SOON,
    CLI_IN_TIME,
    CLI_OTHER,
    CLI_DUE_KINDS
} cli_due_kind;

/* A post's share. Strings are never NULL, unless memory has ended. */
typedef struct cli_share {
    char *department, *department_title, *post, *post_title;
    uint64_t counts[CLI_DUE_KINDS];
} cli_share;

/* A limit that runs. */
typedef struct cli_running {
    cli_due_kind kind;
    char *procedure, *case_id, *subject, *subject_title, *branch, *key;
    char *department, *department_title, *post, *post_title;
    char *id;        /* of the finding; "" in time */
    char day[48];    /* the last lawful day; of a limit in hours or minutes until when; or "" */
    char latest[16]; /* what is not announced yet may move it so far; else "" */
    gj_severity severity;
    uint64_t over; /* counted up to the clock */
    gj_unit over_unit;
} cli_running;

typedef struct cli_dues {
    cli_store *store;
    cli_share *shares; /* the most overdue first */
    size_t share_count;
    cli_running *items; /* by kind, then by the last day */
    size_t count, capacity;
    struct cli_due_case *cases; /* that may have limits running */
    size_t cases_count, cases_capacity;
    uint64_t counts[CLI_DUE_KINDS], case_count, open_count;
    bool failed;
} cli_dues;

/* Of --procedure, --department and --post; false, with the session told. deinit in either case. */
bool cli_dues_init(cli_dues *dues, cli_store *store);
void cli_dues_deinit(cli_dues *dues);

#endif
