/* SPDX-License-Identifier: Apache-2.0
 *
 * Messages and the exit status. Standard output is flushed before a message is written, so that on
 * a terminal that shows both the two stand in the order in which they were said. */
#include "session.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

void cli_note(cli_session *session, cli_status status)
{
    if (status > session->status)
        session->status = status;
}

static void say(cli_session *session, const char *format, va_list arguments)
{
    if (session->out.terminal)
        cli_output_flush(&session->out);
    cli_output_add_string(&session->err, "guiju: ");
    cli_output_add_arguments(&session->err, format, arguments);
    cli_output_add_string(&session->err, "\n");
    cli_output_flush(&session->err);
}

void cli_complain(cli_session *session, cli_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(session, format, arguments);
    va_end(arguments);
    cli_note(session, status);
}

void cli_mention(cli_session *session, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(session, format, arguments);
    va_end(arguments);
}

static const struct errno_words {
    int number;
    const char *en, *zh;
} errno_words[] = {
    {ENOENT, "no such file", "文件不存在"},
    {EACCES, "permission denied", "没有权限"},
    {EPERM, "not permitted", "不允许该操作"},
    {EISDIR, "it is a folder", "这是文件夹"},
    {ENOTDIR, "part of the path is not a folder", "路径中有一段不是文件夹"},
    {ENOSPC, "no space left", "磁盘已满"},
    {EDQUOT, "the quota is used up", "磁盘配额已用完"},
    {EROFS, "the file system is read-only", "文件系统只读"},
    {EIO, "the device reports an error", "设备读写出错"},
    {EMFILE, "too many open files", "打开的文件过多"},
    {ENAMETOOLONG, "the name is too long", "文件名过长"},
    {ELOOP, "too many symbolic links", "符号链接层数过多"},
    {EFBIG, "the file is too large", "文件过大"},
    {ENOMEM, "out of memory", "内存不足"},
};

const char *cli_errno_text(const cli_session *session, int number)
{
    for (size_t i = 0; i < sizeof errno_words / sizeof *errno_words; i++)
        if (errno_words[i].number == number)
            return CLI_SAY(session, errno_words[i].en, errno_words[i].zh);
    return number != 0 ? strerror(number) : CLI_SAY(session, "unknown reason", "原因不明");
}

void cli_complain_status(cli_session *session, gj_status status)
{
    switch (status) {
    case GJ_OK:
    case GJ_DONE:
        return;
    case GJ_NO_MEMORY:
        cli_complain(session, CLI_UNREADABLE, "%s", CLI_SAY(session, "out of memory", "内存不足"));
        return;
    case GJ_OVER_LIMIT:
        cli_complain(session, CLI_UNREADABLE, "%s",
                     CLI_SAY(session, "the input is larger than the library's limits",
                             "输入超出了程序的限额"));
        return;
    case GJ_IO:
        /* A writer that stopped is the output's own trouble, told once at the end. */
        if (session->out.error == 0)
            cli_complain(session, CLI_UNREADABLE, "%s", cli_errno_text(session, errno));
        return;
    case GJ_MALFORMED:
    case GJ_REFUSED:
    case GJ_UNBOUND:
    case GJ_BAD_ARGUMENT:
        cli_complain(session, CLI_UNREADABLE,
                     CLI_SAY(session, "the library refused the call (%d)", "程序库拒绝了调用（%d）"),
                     (int)status);
        return;
    }
}
