/* SPDX-License-Identifier: Apache-2.0
 *
 * The key behind the name of a limit that keeps a clock a key: `answer for "A-3"`, 答复异议（A-3）.
 */
#ifndef CLI_KEY_H
#define CLI_KEY_H

#include "buffer.h"
#include "session.h"

/* Nothing where there is none. */
void cli_key_say(gj_lang lang, gj_text key, cli_buffer *words);
void cli_key_print(cli_session *session, gj_text key);

#endif
