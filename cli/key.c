/* SPDX-License-Identifier: Apache-2.0
 *
 * See key.h. */
#include "key.h"

void cli_key_say(gj_lang lang, gj_text key, cli_buffer *words)
{
    if (key.size == 0)
        return;
    cli_buffer_add_string(words, lang == GJ_ZH ? "（" : " for \"");
    cli_buffer_add_text(words, key);
    cli_buffer_add_string(words, lang == GJ_ZH ? "）" : "\"");
}

void cli_key_print(cli_session *session, gj_text key)
{
    cli_buffer words = {0};
    cli_key_say(session->lang, key, &words);
    cli_output_add_text(&session->out, cli_buffer_text(&words));
    cli_buffer_deinit(&words);
}
