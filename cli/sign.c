/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju sign IMAGE [CALENDAR…] --key FILE -o SIGNED`: the image in an envelope that names the rule
 * set, its version and its calendars. The name and the version are the procedure's where the image
 * holds one; an image of several needs both said. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "file.h"
#include "keys.h"
#include "program.h"

typedef struct signing {
    cli_sealed files;
    gj_image *image;
    gj_sealing sealing;
} signing;

static bool number_read(const char *word, uint64_t *number)
{
    char *end;
    errno = 0;
    unsigned long long read = strtoull(word, &end, 10);
    *number = read;
    return *word >= '0' && *word <= '9' && *end == '\0' && errno == 0 && read <= INT64_MAX;
}

/* Of the options, or of the only procedure. */
static bool named(signing *with, cli_session *session, const cli_options *options)
{
    const char *name = cli_options_value(options, CLI_OPTION_NAME);
    const char *release = cli_options_value(options, CLI_OPTION_RELEASE);
    if (gj_image_procedure_count(with->image) > 1 && (name == NULL || release == NULL)) {
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session,
                             "the image holds several procedures: say the rule set's --name and "
                             "its --release",
                             "映像含有多个流程：请以 --name 和 --release 指明规则集的名称和版本"));
        return false;
    }
    with->sealing.name =
        name != NULL ? (gj_text){name, strlen(name)} : gj_image_procedure_name(with->image, 0);
    with->sealing.version = gj_image_procedure_version(with->image, 0);
    if (release != NULL && !number_read(release, &with->sealing.version)) {
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "--release %s is no number", "--release %s 不是数字"),
                     release);
        return false;
    }
    if (with->sealing.name.size == 0 || with->sealing.name.size > GJ_SEAL_NAME_MAX) {
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "the rule set's name is of 1 to 255 bytes: --name NAME",
                             "规则集的名称应为1至255个字节：--name 名称"));
        return false;
    }
    return true;
}

/* What is signed is what can be loaded. */
static bool checked(signing *with, cli_session *session, const cli_options *options)
{
    bool good = true;
    if (gj_seal_is((gj_bytes){with->files.image.bytes, with->files.image.size})) {
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "%s is signed already; take the image out with verify -o",
                             "%s 已签署；可用 verify -o 取出映像"),
                     cli_file_title(session, options->operands[0]));
        return false;
    }
    if (cli_kind_of(options->operands[0], cli_buffer_text(&with->files.image)) == CLI_KIND_SOURCE) {
        cli_complain(
            session, CLI_USAGE,
            CLI_SAY(session,
                    "%s is a source, and an image is signed; compile it first: guiju build "
                    "%s -o IMAGE",
                    "%s 是源文件，签署的应是映像；请先编译：guiju build %s -o 映像"),
            cli_file_title(session, options->operands[0]), options->operands[0]);
        return false;
    }
    with->image =
        cli_image_load(session, options->operands[0], cli_buffer_text(&with->files.image));
    for (size_t i = 0; with->image != NULL && good && i < with->files.calendar_count; i++) {
        gj_calendar *calendar = cli_calendar_load(session, options->operands[i + 1],
                                                  cli_buffer_text(&with->files.calendars[i]));
        good = calendar != NULL;
        gj_calendar_destroy(calendar);
    }
    return with->image != NULL && good;
}

static void sealed_write(signing *with, cli_session *session, const gj_secret_key *key,
                         const char *output)
{
    cli_buffer made = {0};
    gj_writer out = cli_buffer_writer(&made);
    with->sealing.size = sizeof with->sealing;
    with->sealing.image = (gj_bytes){with->files.image.bytes, with->files.image.size};
    with->sealing.calendars = with->files.calendar_bytes;
    with->sealing.calendar_count = with->files.calendar_count;
    gj_status status = gj_seal_make(&with->sealing, key, &out);
    cli_complain_status(session, made.failed ? GJ_NO_MEMORY : status);
    if (status == GJ_OK && !made.failed &&
        cli_file_write(session, output, cli_buffer_text(&made)) && strcmp(output, "-") != 0)
        cli_mention(session,
                    CLI_SAY(session, "wrote %s: %.*s version %" PRIu64 ", %zu calendar%s, key %s",
                            "已写出 %s：%.*s 第%" PRIu64 "版，日历%zu个%s，密钥 %s"),
                    output, (int)with->sealing.name.size, with->sealing.name.bytes,
                    with->sealing.version, with->sealing.calendar_count,
                    cli_plural(session, with->sealing.calendar_count), key->open.id);
    cli_buffer_deinit(&made);
}

void cli_sign(cli_session *session, const cli_options *options)
{
    const char *output = cli_options_value(options, CLI_OPTION_OUTPUT);
    signing with = {.image = NULL};
    gj_secret_key key = {.bytes = {0}};
    if (output == NULL) {
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "`sign` needs a place for what is signed: -o SIGNED",
                             "sign 需要指定写出的文件：-o 文件"));
        return;
    }
    if (cli_key_read_secret(session, options, &key) &&
        cli_sealed_read(&with.files, session, options) && checked(&with, session, options) &&
        named(&with, session, options))
        sealed_write(&with, session, &key, output);
    gj_image_destroy(with.image);
    cli_sealed_deinit(&with.files);
    gj_secret_key_wipe(&key);
}
