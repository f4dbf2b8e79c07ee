/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju audit verify|sign|prove ID --db STORE`: the chain of a store's audit held to what the
 * store holds; its head signed; one finding written out with its proof, which `guiju verify`
 * checks. */
#include <string.h>

#include "command.h"
#include "file.h"
#include "keys.h"
#include "store.h"
#include "style.h"

static void audit_tell(cli_session *session, const gj_audit *found)
{
    cli_count_print(session, found->record_count, "# record, ", "# records, ", "记录#条，");
    cli_output_add_format(
        &session->out, CLI_SAY(session, "all whole; head %s; ", "均完整；链首 %s；"), found->head);
    cli_count_print(session, found->signed_count, "# head signed", "# heads signed",
                    "已签署链首#个");
    if (found->signed_count > 0)
        cli_count_print(session, found->signed_place, ", the last at record #",
                        ", the last at record #", "，最近一个在第#条");
    if (found->foreign_count > 0)
        cli_count_print(session, found->foreign_count, "; # by another key", "; # by other keys",
                        "；另有#个由其他密钥签署");
    cli_output_add_string(&session->out, "\n");
}

static void run_verify(cli_store *store)
{
    gj_audit found = {.size = sizeof found};
    gj_public_key key;
    bool asked = cli_options_has(store->options, CLI_OPTION_KEY);
    if (asked && !cli_key_read_public(store->session, store->options, &key))
        return;
    found.key = asked ? &key : NULL;
    gj_status status = gj_engine_audit(store->engine, &found);
    cli_store_complain(store, status);
    if (status == GJ_OK)
        audit_tell(store->session, &found);
    if (status == GJ_OK && asked && found.signed_count == 0)
        cli_complain(store->session, CLI_REFUSED,
                     CLI_SAY(store->session,
                             "no head in %s was signed by the key %s; ask whoever keeps the store "
                             "for `guiju audit sign`, or for the key that it is signed with",
                             "%s 中没有由密钥 %s 签署的链首；请存储的管理者用 guiju audit sign "
                             "签署，或者提供其签署所用的公钥"),
                     store->path, key.id);
}

static void run_sign(cli_store *store)
{
    gj_audit found = {.size = sizeof found};
    gj_secret_key key = {.bytes = {0}};
    if (!cli_key_read_secret(store->session, store->options, &key))
        return;
    gj_status status = gj_engine_audit_sign(store->engine, &key, &found);
    gj_secret_key_wipe(&key);
    cli_store_complain(store, status);
    if (status == GJ_OK)
        audit_tell(store->session, &found);
}

static void run_prove(cli_store *store)
{
    const char *output = cli_options_value(store->options, CLI_OPTION_OUTPUT);
    const char *id = store->options->operands[1];
    cli_buffer proof = {0};
    gj_writer out = cli_buffer_writer(&proof);
    gj_status status = gj_engine_prove(store->engine, (gj_text){id, strlen(id)}, &out);
    cli_store_complain(store, status);
    if (status == GJ_OK && !proof.failed)
        cli_file_write(store->session, output == NULL ? "-" : output, cli_buffer_text(&proof));
    cli_buffer_deinit(&proof);
}

typedef struct what {
    const char *word;
    size_t operands; /* with the word */
    cli_store_use use;
    void (*run)(cli_store *store);
} what;

static const what whats[] = {{"verify", 1, CLI_STORE_READ, run_verify},
                             {"sign", 1, CLI_STORE_WRITE, run_sign},
                             {"prove", 2, CLI_STORE_READ, run_prove}};

void cli_audit(cli_session *session, const cli_options *options)
{
    cli_store store = {.session = session};
    const char *word = options->operand_count == 0 ? "" : options->operands[0];
    for (size_t i = 0; i < sizeof whats / sizeof *whats; i++)
        if (strcmp(word, whats[i].word) == 0 && options->operand_count == whats[i].operands) {
            if (cli_store_open(&store, session, options, whats[i].use))
                whats[i].run(&store);
            cli_store_close(&store);
            return;
        }
    cli_complain(session, CLI_USAGE, "%s",
                 CLI_SAY(session, "`audit` does one of: verify, sign --key FILE, prove FINDING",
                         "audit 可为：verify、sign --key 文件、prove 异常编号"));
}
