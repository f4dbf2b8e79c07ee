/* SPDX-License-Identifier: Apache-2.0
 *
 * guiju: the command. Finds the reader's language, takes the command line apart, hands over to one
 * subcommand, and ends with the highest status that anything noted. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <errno.h>

#include "command.h"
#include "nearest.h"

static const cli_command commands[] = {
#define CLI_COMMAND(NAME, name, operands, formats, en, zh)                                         \
    {#name, operands, formats, en, zh, cli_##name},
#define CLI_LATER(name) {#name, "", 0, "", "", NULL},
#include "commands.def"
#undef CLI_COMMAND
#undef CLI_LATER
};

const cli_command *cli_command_get(size_t index)
{
    return &commands[index];
}

size_t cli_command_count(void)
{
    return sizeof commands / sizeof *commands;
}

const cli_command *cli_command_find(const char *name, size_t *index)
{
    for (size_t i = 0; i < cli_command_count(); i++)
        if (strcmp(commands[i].name, name) == 0) {
            *index = i;
            return &commands[i];
        }
    return NULL;
}

static gj_lang lang_of_locale(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && *value != '\0')
            return strncmp(value, "zh", 2) == 0 ? GJ_ZH : GJ_EN;
    }
    return GJ_EN;
}

static void refuse_command(cli_session *session, const char *name)
{
    cli_nearest nearest = cli_nearest_make(name);
    for (size_t i = 0; i < cli_command_count(); i++)
        cli_nearest_add(&nearest, commands[i].name);
    if (nearest.best != NULL)
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "there is no command `%s`; did you mean `%s`?",
                             "没有命令 %s；是否为 %s？"),
                     name, nearest.best);
    else
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "there is no command `%s`; `guiju help` lists them",
                             "没有命令 %s；用 guiju help 查看全部命令"),
                     name);
}

/* Its usage begins with an option, or ends at once. */
static bool takes_no_words(const cli_command *command)
{
    return command->operands[0] == '-' || command->operands[0] == '\0';
}

static void run_command(cli_session *session, const cli_options *options)
{
    size_t index = 0;
    const cli_command *command = cli_command_find(options->command, &index);
    if (command == NULL)
        refuse_command(session, options->command);
    else if (command->run == NULL)
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "`%s` is not supported yet", "%s 暂不支持"), command->name);
    else if (cli_options_has(options, CLI_OPTION_HELP))
        cli_help_print(session, index);
    else if (!cli_options_check(options, session, index))
        return;
    else if (options->operand_count > 0 && takes_no_words(command))
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session,
                             "`%s` takes no `%s` like that, and nothing was done; `guiju help %s` "
                             "says how it is used",
                             "%s 不能这样写 %s，未作任何操作；用法见 guiju help %s"),
                     command->name, options->operands[0], command->name);
    else if ((command->formats & (unsigned)session->format) == 0)
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "`%s` cannot print `%s`", "%s 不能输出 %s 格式"),
                     command->name, cli_options_value(options, CLI_OPTION_FORMAT));
    else
        command->run(session, options);
}

static void run(cli_session *session, int argc, char **argv)
{
    cli_options options;
    if (cli_options_parse(&options, session, argc, argv) && cli_options_settle(&options, session)) {
        if (cli_options_has(&options, CLI_OPTION_VERSION))
            cli_version(session, &options);
        else if (options.command != NULL)
            run_command(session, &options);
        else {
            /* Nothing asked is a mistake, though one that the page of all commands answers best. */
            cli_help_print_all(session);
            if (!cli_options_has(&options, CLI_OPTION_HELP))
                cli_note(session, CLI_USAGE);
        }
    }
    cli_options_deinit(&options);
}

int main(int argc, char **argv)
{
    /* Static for its two buffers. */
    static cli_session session = {.format = CLI_TEXT};
    signal(SIGPIPE, SIG_IGN);
    session.lang = lang_of_locale();
    cli_output_init(&session.out, STDOUT_FILENO);
    cli_output_init(&session.err, STDERR_FILENO);
    run(&session, argc, argv);
    cli_output_flush(&session.out);
    if (session.out.error != 0 && session.out.error != EPIPE)
        cli_complain(&session, CLI_UNREADABLE,
                     CLI_SAY(&session, "cannot write the output: %s", "无法写出结果：%s"),
                     cli_errno_text(&session, session.out.error));
    cli_output_flush(&session.err);
    return (int)session.status;
}
