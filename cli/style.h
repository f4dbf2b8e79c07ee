/* SPDX-License-Identifier: Apache-2.0
 *
 * How the pages look: the colour of a severity, a count with its noun, a text padded to a column.
 * Calm means few: red, yellow and cyan stand for severities alone; what matters is strong, what
 * only helps is faint. */
#ifndef CLI_STYLE_H
#define CLI_STYLE_H

#include "session.h"

cli_style cli_style_of(gj_severity severity);
/* The count stands where the words have "#": "1 event", "1,434 events", "事件1,434项". */
void cli_count_print(cli_session *session, uint64_t count, const char *one, const char *many,
                     const char *zh);
/* Cut with "…" or filled with spaces to exactly `columns`. */
void cli_padded_print(cli_output *out, gj_text text, size_t columns);

#endif
