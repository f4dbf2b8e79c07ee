/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys that are read from files, and the files that are signed. */
#ifndef CLI_KEYS_H
#define CLI_KEYS_H

#include <guiju/seal.h>

#include "buffer.h"
#include "options.h"
#include "session.h"

enum { CLI_SEALED_MAX = GJ_CALENDARS_SEALED_MAX };

/* What --key names. False, with the session told: there is none, or it is no such key. */
bool cli_key_read_public(cli_session *session, const cli_options *options, gj_public_key *key);
bool cli_key_read_secret(cli_session *session, const cli_options *options, gj_secret_key *key);

/* The operands: an image, or an envelope with one, and calendars. */
typedef struct cli_sealed {
    cli_buffer image, calendars[CLI_SEALED_MAX];
    gj_bytes calendar_bytes[CLI_SEALED_MAX];
    size_t calendar_count;
} cli_sealed;
/* False, with the session told. deinit in either case. */
bool cli_sealed_read(cli_sealed *sealed, cli_session *session, const cli_options *options);
void cli_sealed_deinit(cli_sealed *sealed);

/* "s" where the language and the count ask for it. */
static inline const char *cli_plural(const cli_session *session, size_t count)
{
    return session->lang == GJ_EN && count != 1 ? "s" : "";
}

#endif
