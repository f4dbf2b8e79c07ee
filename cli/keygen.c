/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju keygen -o NAME`: a new pair of keys, NAME.key that only its owner may read, and NAME.pub.
 * Neither is written over one that is there. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "keys.h"

static bool is_free(cli_session *session, const char *path)
{
    struct stat about;
    bool there = lstat(path, &about) == 0;
    if (there)
        cli_complain(session, CLI_UNREADABLE,
                     CLI_SAY(session, "%s is there already; a key is never written over",
                             "%s 已存在；密钥不覆盖"),
                     path);
    return !there;
}

static bool line_write(cli_session *session, const char *path, mode_t mode, gj_text line)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    bool done = fd >= 0 && write(fd, line.bytes, line.size) == (ssize_t)line.size;
    if (fd >= 0 && close(fd) != 0)
        done = false;
    if (done)
        return true;
    cli_complain(session, CLI_UNREADABLE,
                 CLI_SAY(session, "cannot write %s: %s", "无法写出 %s：%s"), path,
                 cli_errno_text(session, errno));
    return false;
}

static void pair_write(cli_session *session, const gj_secret_key *key, const char *name)
{
    cli_buffer secret = {0}, open = {0}, secret_path = {0}, open_path = {0};
    gj_writer to_secret = cli_buffer_writer(&secret), to_open = cli_buffer_writer(&open);
    gj_secret_key_print(key, &to_secret);
    gj_public_key_print(&key->open, &to_open);
    cli_buffer_add_format(&secret_path, "%s.key", name);
    cli_buffer_add_format(&open_path, "%s.pub", name);
    if (is_free(session, cli_buffer_string(&secret_path)) &&
        is_free(session, cli_buffer_string(&open_path)) &&
        line_write(session, cli_buffer_string(&secret_path), 0600, cli_buffer_text(&secret)) &&
        line_write(session, cli_buffer_string(&open_path), 0644, cli_buffer_text(&open)))
        cli_mention(session,
                    CLI_SAY(session, "wrote %s (keep it secret) and %s; key %s",
                            "已写出 %s（妥为保密）和 %s；密钥 %s"),
                    cli_buffer_string(&secret_path), cli_buffer_string(&open_path), key->open.id);
    if (secret.bytes != NULL)
        explicit_bzero(secret.bytes, secret.size);
    cli_buffer_deinit(&secret);
    cli_buffer_deinit(&open);
    cli_buffer_deinit(&secret_path);
    cli_buffer_deinit(&open_path);
}

void cli_keygen(cli_session *session, const cli_options *options)
{
    const char *name = cli_options_value(options, CLI_OPTION_OUTPUT);
    gj_secret_key key;
    if (name == NULL || strcmp(name, "-") == 0 || options->operand_count > 0) {
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "`keygen` needs a name for the two files: -o NAME",
                             "keygen 需要两个文件的名称：-o 名称"));
        return;
    }
    gj_status status = gj_secret_key_make(&key);
    if (status == GJ_OK)
        pair_write(session, &key, name);
    else
        cli_complain(session, CLI_UNREADABLE, "%s",
                     CLI_SAY(session, "the system gives no randomness", "系统无法提供随机数"));
    gj_secret_key_wipe(&key);
}
