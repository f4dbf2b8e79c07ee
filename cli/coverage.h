/* SPDX-License-Identifier: Apache-2.0
 *
 * What of a file's procedures its scenarios came to: as text how much, and what not; as data every
 * stage, action, limit and rule. */
#ifndef CLI_COVERAGE_H
#define CLI_COVERAGE_H

#include "trials.h"

/* Nothing where it was not asked for. */
void cli_coverage_print(cli_session *session, const cli_suite *suite);
/* One object, of the procedure that is bound at that index. */
void cli_coverage_print_object(cli_output *out, const cli_suite *suite, size_t index);

#endif
