/* SPDX-License-Identifier: Apache-2.0
 *
 * What becomes of findings while a store is written to: a line each as they come, counted. */
#ifndef CLI_NEWS_H
#define CLI_NEWS_H

#include "store.h"

typedef struct cli_news {
    const cli_store *store;
    uint64_t counts[3]; /* findings added, changed, withdrawn */
} cli_news;

/* For gj_engine_submit and gj_engine_advance, a cli_news as payload: in text a short line, in jsonl
 * the change as gj_revision_print gives it. */
bool cli_news_hear(void *news, const gj_news *item);
/* "12 findings added, 3 changed, 1 withdrawn", in the reader's language, no newline. */
void cli_news_sum_print(const cli_news *news);
/* "● red  ", as wide as the widest. */
void cli_severity_print(cli_session *session, gj_severity severity);
/* That, what kind it is, and of what: "● red  late  Eight weeks", no newline. */
void cli_finding_head_print(cli_session *session, gj_severity severity, gj_code code,
                            gj_text subject);

#endif
