/* SPDX-License-Identifier: Apache-2.0
 *
 * The store that a command works on: --db, opened as an engine, with the natives that it is
 * granted. */
#ifndef CLI_STORE_H
#define CLI_STORE_H

#include <guiju/engine.h>

#include "options.h"
#include "session.h"

typedef enum cli_store_use {
    CLI_STORE_READ,
    CLI_STORE_WRITE,
    CLI_STORE_MAKE, /* and made where there is none */
    CLI_STORE_TELL, /* written, its clock going with the events, up to now */
} cli_store_use;

typedef struct cli_store {
    cli_session *session;
    const cli_options *options;
    const char *path;
    gj_natives *natives;
    gj_engine *engine;
    gj_instant asked_at; /* of what is only asked: now; INT64_MIN: where the clock stands */
} cli_store;

/* False, with the session told; close in either case. */
bool cli_store_open(cli_store *store, cli_session *session, const cli_options *options,
                    cli_store_use use);
void cli_store_close(cli_store *store);
/* A call of the engine failed: which, in its own words. Nothing where it did not. */
void cli_store_complain(const cli_store *store, gj_status status);
/* Whether a procedure is in force that --procedure names, or any where it names none; the session
 * is told where there is none. */
bool cli_store_has_rules(const cli_store *store);

/* Whether both are that procedure's name or title. */
bool cli_store_is_called(const cli_store *store, gj_text one, gj_text other);

/* Where no finding that the store ever had names what --department or --post asks for, the session
 * is told, since it may be a slip. */
void cli_store_mention_unnamed(const cli_store *store);

/* An option's value, absent where it was not given. */
gj_text cli_store_word(const cli_store *store, cli_option option);

/* What time it is outside. */
gj_instant cli_now(void);
/* The judge of some rule set, by whose zone times without an offset are read and all are shown;
 * NULL where nothing is deployed. Borrowed until the store is closed. */
const gj_judge *cli_store_judge(const cli_store *store);
/* "2024-03-21 09:00" on that judge's wall; INT64_MIN: as many spaces. */
void cli_minute_print(cli_output *out, const gj_judge *judge, gj_instant at);
/* A time as people write it; false, with the session told. */
bool cli_store_instant(const cli_store *store, const char *word, gj_instant *instant);

#endif
