/* SPDX-License-Identifier: Apache-2.0
 *
 * The diagnostics of one run, of one compilation or of many, in any format: text for people,
 * objects of our own, or a SARIF log. A run shows so many errors and then says how many more there
 * are: whoever mends a text begins at its first mistakes, and the last ones scroll the first ones
 * away. Programs get them all unless they ask. */
#ifndef CLI_DIAGNOSTICS_H
#define CLI_DIAGNOSTICS_H

#include <guiju/compile.h>

#include "options.h"
#include "session.h"

/* Shown as text when --max-errors does not say. */
enum { CLI_ERRORS_SHOWN = 20 };

typedef struct cli_diagnostics {
    gj_compilation *const *compilations; /* borrowed; NULL where a file gave none */
    size_t count;
    size_t errors_max; /* 0: all */
} cli_diagnostics;

/* What --max-errors says of this run; false, with the session told, where it is no number. */
bool cli_diagnostics_init(cli_diagnostics *diagnostics, cli_session *session,
                          const cli_options *options);
size_t cli_diagnostics_errors(const cli_diagnostics *diagnostics);
size_t cli_diagnostics_warnings(const cli_diagnostics *diagnostics);
/* In the session's format; as text, each diagnostic and then how many more there are. */
void cli_diagnostics_print(cli_session *session, const cli_diagnostics *diagnostics,
                           cli_output *out);
/* Those of one compilation as text, on standard error, as many as a run shows. */
void cli_diagnostics_tell(cli_session *session, gj_compilation *compilation);

#endif
