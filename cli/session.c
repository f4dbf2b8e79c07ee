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

const char *cli_errno_text(const cli_session *session, int number)
{
    return gj_system_error_text(number, session->lang);
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
    case GJ_OTHER_ZONE:
    case GJ_UNGRANTED:
    case GJ_UNKNOWN:
    case GJ_BAD_ARGUMENT:
        cli_complain(
            session, CLI_UNREADABLE,
            CLI_SAY(session, "the library refused the call (%d)", "程序库拒绝了调用（%d）"),
            (int)status);
        return;
    }
}
