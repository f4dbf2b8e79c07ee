/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju verify SIGNED [CALENDAR…] --key FILE.pub`: whether the key signed it, and the calendars
 * with it; and what it says that it is. With -o the image is taken out. */
#include <inttypes.h>
#include <string.h>

#include "command.h"
#include "file.h"
#include "keys.h"

static bool calendars_check(cli_session *session, const cli_options *options,
                            const cli_sealed *files, const gj_seal *seal)
{
    bool good = true;
    for (size_t i = 0; i < files->calendar_count; i++) {
        if (!gj_seal_covers(seal, files->calendar_bytes[i])) {
            cli_complain(session, CLI_REFUSED,
                         CLI_SAY(session, "%s is not one of the calendars that were signed with it",
                                 "%s 不在随其签署的日历之中"),
                         cli_file_title(session, options->operands[i + 1]));
            good = false;
        }
    }
    return good;
}

static void seal_tell(cli_session *session, const cli_options *options, const gj_seal *seal)
{
    const char *output = cli_options_value(options, CLI_OPTION_OUTPUT);
    cli_buffer words = {0};
    cli_buffer_add_format(
        &words,
        CLI_SAY(session, "%s: %.*s version %" PRIu64 ", %zu bytes, %zu calendar%s, signed by %s\n",
                "%s：%.*s 第%" PRIu64 "版，%zu 字节，日历%zu个%s，由 %s 签署\n"),
        cli_file_title(session, options->operands[0]), (int)seal->name.size, seal->name.bytes,
        seal->version, seal->image.size, seal->calendar_count,
        cli_plural(session, seal->calendar_count), seal->key_id);
    if (output == NULL)
        cli_output_add_text(&session->out, cli_buffer_text(&words));
    else
        cli_file_write(session, output, (gj_text){seal->image.bytes, seal->image.size});
    cli_buffer_deinit(&words);
}

/* A finding that was taken out of a store: what it says, and where it stands. */
static void proof_check(cli_session *session, const cli_options *options, const cli_sealed *files,
                        const gj_public_key *key)
{
    gj_proof proof;
    gj_proof_fault fault;
    cli_buffer words = {0};
    gj_status status = gj_proof_check(cli_buffer_text(&files->image), key, 1, &proof, &fault);
    if (status == GJ_REFUSED) {
        cli_complain(session, CLI_REFUSED, CLI_SAY(session, "%s: %s", "%s：%s"),
                     cli_file_title(session, options->operands[0]),
                     gj_proof_fault_text(fault, session->lang));
        return;
    }
    cli_buffer_add_format(&words,
                          CLI_SAY(session,
                                  "%s: procedure %.*s, case %.*s: record %" PRIu64
                                  " of a chain whose head, record %" PRIu64 ", %s signed\n",
                                  "%s：流程 %.*s，办件 %.*s：审计链第%" PRIu64
                                  "条，链首为第%" PRIu64 "条，由 %s 签署\n"),
                          cli_file_title(session, options->operands[0]), (int)proof.procedure.size,
                          proof.procedure.bytes, (int)proof.case_id.size, proof.case_id.bytes,
                          proof.place, proof.head_place, proof.key_id);
    cli_buffer_add_text(&words, proof.finding);
    cli_buffer_add_string(&words, "\n");
    cli_output_add_text(&session->out, cli_buffer_text(&words));
    cli_buffer_deinit(&words);
}

void cli_verify(cli_session *session, const cli_options *options)
{
    cli_sealed files = {0};
    gj_public_key key;
    gj_seal seal;
    gj_seal_fault fault;
    bool read =
        cli_key_read_public(session, options, &key) && cli_sealed_read(&files, session, options);
    if (read && gj_proof_is(cli_buffer_text(&files.image))) {
        proof_check(session, options, &files, &key);
    } else if (read) {
        gj_status status =
            gj_seal_open((gj_bytes){files.image.bytes, files.image.size}, &key, 1, &seal, &fault);
        if (status == GJ_REFUSED)
            cli_complain(session, CLI_REFUSED, CLI_SAY(session, "%s: %s", "%s：%s"),
                         cli_file_title(session, options->operands[0]),
                         gj_seal_fault_text(fault, session->lang));
        else if (calendars_check(session, options, &files, &seal))
            seal_tell(session, options, &seal);
    }
    cli_sealed_deinit(&files);
}
