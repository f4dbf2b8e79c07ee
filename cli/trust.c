/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju trust --key FILE.pub --db STORE`: from now on the store takes no image that this key, or
 * another that it trusts, did not sign. */
#include "command.h"
#include "keys.h"
#include "store.h"

void cli_trust(cli_session *session, const cli_options *options)
{
    cli_store store = {.session = session};
    gj_public_key key;
    if (options->operand_count > 0) {
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "`trust` takes a key and a store: --key FILE --db STORE",
                             "trust 需要密钥和存储：--key 文件 --db 存储"));
        return;
    }
    if (!cli_key_read_public(session, options, &key))
        return;
    if (cli_store_open(&store, session, options, CLI_STORE_MAKE)) {
        gj_status status = gj_engine_trust(store.engine, &key);
        cli_store_complain(&store, status);
        if (status == GJ_OK)
            cli_mention(session,
                        CLI_SAY(session,
                                "the store takes what %s signs; what was deployed unsigned opens "
                                "no case any more",
                                "存储接受由 %s 签署的映像；此前部署的未签名规则不再受理新的办件"),
                        key.id);
    }
    cli_store_close(&store);
}
