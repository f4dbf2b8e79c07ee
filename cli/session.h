/* SPDX-License-Identifier: Apache-2.0
 *
 * One run of the command: the reader's language, the two streams, and the exit status so far.
 * Every subcommand gets the session and its options and gives nothing back: what it has to say goes
 * to a stream, and how it ended is the highest status that anything noted, so no path can lower it.
 *
 * Every sentence for a reader stands in the code in both languages, side by side, through CLI_SAY:
 *
 *     cli_complain(s, CLI_UNREADABLE, CLI_SAY(s, "cannot read %s", "无法读取 %s"), path);
 *
 * The compiler checks the arguments of both; where the order of words differs, %2$s says so. */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include <guiju/guiju.h>

#include "output.h"

#define CLI_SAY(session, en, zh) ((session)->lang == GJ_ZH ? (zh) : (en))

typedef enum cli_status {
    CLI_NOTHING = 0,    /* nothing found */
    CLI_FOUND = 1,      /* findings */
    CLI_USAGE = 2,      /* the command line is wrong */
    CLI_SOURCE = 3,     /* the source has errors */
    CLI_REFUSED = 4,    /* an image or calendar was refused */
    CLI_UNREADABLE = 5, /* a file, store or event could not be read or written */
} cli_status;

/* A set, so that a command can name those it knows. */
typedef enum cli_format {
    CLI_TEXT = 1,
    CLI_JSON = 2,
    CLI_JSONL = 4,
    CLI_CSV = 8,
    CLI_SARIF = 16,
    CLI_JUNIT = 32,
    CLI_DOT = 64,
    CLI_SVG = 128,
} cli_format;

typedef struct cli_session {
    gj_lang lang;
    cli_format format;
    cli_status status;
    cli_output out, err;
} cli_session;

/* The status only rises. */
void cli_note(cli_session *session, cli_status status);
/* "guiju: …" and a newline on standard error, and the status noted. */
void cli_complain(cli_session *session, cli_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same without a status: for progress and hints. */
void cli_mention(cli_session *session, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* What errno means, in the reader's language; static or valid until the next call. */
const char *cli_errno_text(const cli_session *session, int number);
/* Out of memory, and whatever else a library call may answer that no caller expects. */
void cli_complain_status(cli_session *session, gj_status status);

#endif
