/* SPDX-License-Identifier: Apache-2.0
 *
 * See keys.h. */
#include "keys.h"

#include <string.h>

#include "file.h"

static const char *key_path(cli_session *session, const cli_options *options)
{
    const char *path = cli_options_value(options, CLI_OPTION_KEY);
    if (path == NULL)
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "`%s` needs a key: --key FILE", "%s 需要密钥：--key 文件"),
                     options->command);
    return path;
}

static bool key_read(cli_session *session, const cli_options *options, cli_buffer *line,
                     const char **path)
{
    *path = key_path(session, options);
    return *path != NULL && cli_file_read(session, *path, line);
}

bool cli_key_read_public(cli_session *session, const cli_options *options, gj_public_key *key)
{
    cli_buffer line = {0};
    const char *path;
    bool done = key_read(session, options, &line, &path);
    if (done && gj_public_key_parse(cli_buffer_text(&line), key) != GJ_OK) {
        cli_complain(
            session, CLI_REFUSED,
            CLI_SAY(session,
                    "%s is no public key; `guiju keygen` writes one beside the secret key, "
                    "NAME.pub",
                    "%s 不是公钥；guiju keygen 在私钥旁写出公钥“名称.pub”"),
            cli_file_title(session, path));
        done = false;
    }
    cli_buffer_deinit(&line);
    return done;
}

bool cli_key_read_secret(cli_session *session, const cli_options *options, gj_secret_key *key)
{
    cli_buffer line = {0};
    const char *path;
    bool done = key_read(session, options, &line, &path);
    if (done && gj_secret_key_parse(cli_buffer_text(&line), key) != GJ_OK) {
        cli_complain(session, CLI_REFUSED,
                     CLI_SAY(session,
                             "%s is no secret key; `guiju keygen -o NAME` makes one, NAME.key",
                             "%s 不是私钥；guiju keygen -o 名称 生成“名称.key”"),
                     cli_file_title(session, path));
        done = false;
    }
    if (line.bytes != NULL)
        explicit_bzero(line.bytes, line.size);
    cli_buffer_deinit(&line);
    return done;
}

bool cli_sealed_read(cli_sealed *sealed, cli_session *session, const cli_options *options)
{
    *sealed = (cli_sealed){0};
    if (options->operand_count == 0 || options->operand_count - 1 > CLI_SEALED_MAX) {
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "`%s` needs an image, and behind it %d calendars at most",
                             "%s 需要映像，其后为日历，至多 %d 个"),
                     options->command, CLI_SEALED_MAX);
        return false;
    }
    bool done = cli_file_read(session, options->operands[0], &sealed->image);
    for (size_t i = 1; done && i < options->operand_count; i++) {
        cli_buffer *calendar = &sealed->calendars[sealed->calendar_count];
        done = cli_file_read(session, options->operands[i], calendar);
        sealed->calendar_bytes[sealed->calendar_count++] =
            (gj_bytes){calendar->bytes, calendar->size};
    }
    return done;
}

void cli_sealed_deinit(cli_sealed *sealed)
{
    cli_buffer_deinit(&sealed->image);
    for (size_t i = 0; i < sealed->calendar_count; i++)
        cli_buffer_deinit(&sealed->calendars[i]);
}
