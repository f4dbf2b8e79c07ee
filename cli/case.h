/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of `guiju case`. */
#ifndef CLI_CASE_H
#define CLI_CASE_H

#include "replay.h"

/* The accounts of one case that are asked for, borrowed from its result. */
typedef struct cli_accounts {
    const gj_account **items;
    size_t count;
} cli_accounts;

/* One limit's account: in words, as a strip, run by run. */
void cli_account_print(cli_session *session, gj_text case_id, const gj_account *account);
/* The case's limits, a line each, and the rules that were asked; nothing where there are none. */
void cli_case_limits_print(cli_session *session, const gj_case_result *result);
void cli_case_rules_print(cli_session *session, const gj_coverage *coverage);
/* Who held it and for how long, a line each, and their sum; nothing where there are none. */
void cli_held_print(cli_session *session, const gj_held *held, size_t count);
/* Each rule in a line: how it stands, and when that changes. */
void cli_case_verdicts_print(cli_session *session, const gj_case_result *result);
/* One JSON object: the case with all of it, or, without a coverage, with these accounts alone. */
void cli_case_data_print(cli_review *review, const gj_case_result *result,
                         const cli_accounts *accounts, const gj_coverage *coverage);

#endif
