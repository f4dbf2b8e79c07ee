/* SPDX-License-Identifier: Apache-2.0
 *
 * What `guiju replay` and `guiju case` know while they run, shared by their parts: reading
 * (review.c), the summary (report.c), one case in full (case_page.c) and findings as data
 * (findings.c). */
#ifndef CLI_REPLAY_H
#define CLI_REPLAY_H

#include "options.h"
#include "program.h"
#include "session.h"
#include "tally.h"

/* What belongs to one procedure. */
typedef struct cli_part {
    size_t index; /* of the procedure in the image, where there is one */
    gj_text name, title;
    uint32_t version;
    const gj_judge *judge;
    gj_docket *docket;
    gj_docket_judging judging; /* until and close_open, for every judging */
    cli_tally tally;
} cli_part;

typedef struct cli_review {
    cli_session *session;
    const cli_options *options;
    cli_program program;
    gj_registry *registry;
    cli_part *parts; /* those judged: one where --procedure names it */
    size_t part_count;
    cli_part *part;             /* the one being judged or shown */
    cli_tally total;            /* its counts alone */
    uint64_t problem_count;     /* that could not be read */
    uint64_t told_count;        /* problems, those of events that are judged as well */
    uint64_t passed_over_count; /* events of other procedures, with --procedure */
    uint64_t again_count;       /* events told twice */
    uint64_t unmet_count;       /* corrections and retractions without effect */
    cli_buffer scratch;         /* for a text that is measured or quoted before it is written */
    uint64_t printed_count;     /* findings printed as data */
    gj_live *live; /* with --as-told and --was: what takes the events instead of the registry */
    gj_instant clock_end;      /* where its clock ends; GJ_NEVER: at the last event */
    uint64_t change_counts[3]; /* findings added, changed, withdrawn */
    uint64_t due_change_count; /* limits that are due otherwise */
    uint64_t arrival_count;
} cli_review;

/* By the options of the command line: opens the program, with a docket for each procedure. False,
 * with the session told; deinit in either case. */
bool cli_review_open(cli_review *review, cli_session *session, const cli_options *options);
/* Reads the log, and settles where its clock ends; false where there is nothing to judge. */
bool cli_review_read(cli_review *review);
void cli_review_deinit(cli_review *review);
size_t cli_review_count(const cli_review *review); /* cases */
/* A case's index in the docket; the count where it is not there. */
size_t cli_review_find(const gj_docket *docket, const char *id);

/* The summary for a person. */
void cli_report_print(cli_review *review);
/* Of several procedures, what stands before the summary of each: the figures of all, and a line
 * each. */
void cli_overview_print(cli_review *review);
/* "2 cases   5 events   3 findings …", and what was not judged. */
void cli_figures_print(cli_review *review, const cli_tally *tally);
void cli_label_print(cli_session *session, const char *en, const char *zh);
void cli_section_print(cli_session *session, const char *en, const char *zh);
void cli_log_print(cli_review *review);
/* The time line of a case judged with its steps, findings under their events. */
void cli_case_print(cli_review *review, const gj_case_result *result);

/* The title of a procedure, or its name. */
gj_text cli_part_title(const cli_part *part);
/* The calendar it counts by, 0, or one of those by which some of its limits count; absent when
 * there is none. */
gj_text cli_part_revision(const cli_part *part, size_t which);
/* ,"calendars":[…] where there are several. */
void cli_part_print_calendars(const cli_review *review, const cli_part *part);

/* The findings of one case after another, in the session's format. */
void cli_findings_begin(cli_review *review);
void cli_findings_add(cli_review *review, const gj_case_result *result);
void cli_findings_end(cli_review *review);

/* The events as they were told, one after another (as_told.c). */
void cli_as_told(cli_review *review);
/* Takes one in, the clock having gone on to when it was recorded. */
gj_status cli_as_told_add(cli_review *review, const gj_event *event, gj_added *added);

/* A finding's change (revision_page.c); for a live docket's options, the review as payload. */
bool cli_revision_print(void *review, const gj_revision *revision);
/* "2024-03-05 09:00", or as many spaces. */
void cli_revision_now_print(cli_review *review, gj_instant now);
/* The last day of a limit, or between which it lies. */
typedef struct cli_due {
    gj_day day, earliest, latest;
} cli_due;
void cli_due_change_print(cli_review *review, const cli_due *was, const cli_due *is);
void cli_recounted_print(cli_review *review, const gj_recounted *recounted);

/* The log by an older calendar and by this one: what differs (recount.c). */
void cli_recount(cli_review *review);

/* Reads the whole log (reading.c); false where it could not be read to its end. */
bool cli_events_read(cli_review *review);

#endif
