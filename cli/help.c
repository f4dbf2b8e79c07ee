/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju help`: pages made from commands.def and options.def, wrapped to the terminal. */
#include <string.h>

#include "buffer.h"
#include "command.h"
#include "paragraph.h"
#include "width.h"

enum { INDENT = 2, LABEL_COLUMNS = 22 };

static void print_heading(cli_output *out, const char *words)
{
    cli_output_add_string(out, "\n");
    cli_output_style(out, CLI_STRONG);
    cli_output_add_string(out, words);
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_string(out, "\n");
}

/* A label in its column and the words beside it. */
static void print_entry(cli_output *out, const char *label, const char *words)
{
    size_t column = INDENT + LABEL_COLUMNS + 2;
    size_t taken = INDENT + cli_width_of(label);
    cli_output_add_spaces(out, INDENT);
    cli_output_add_string(out, label);
    if (taken + 2 > column) {
        cli_output_add_string(out, "\n");
        taken = 0;
    }
    cli_output_add_spaces(out, column - taken);
    cli_paragraph_print(out, (gj_text){words, strlen(words)}, column, column);
}

static void print_option(cli_session *session, const cli_option_row *row)
{
    cli_buffer label = {0};
    if (row->short_name != 0)
        cli_buffer_add_format(&label, "-%c, ", row->short_name);
    cli_buffer_add_format(&label, "--%s", row->long_name);
    if (row->value != NULL)
        cli_buffer_add_format(&label, " %s", row->value);
    print_entry(&session->out, cli_buffer_string(&label), CLI_SAY(session, row->en, row->zh));
    cli_buffer_deinit(&label);
}

/* Those of one command only, or those of all. */
static void print_options(cli_session *session, size_t command_index, bool common)
{
    unsigned all = cli_option_get(CLI_OPTION_HELP)->commands;
    for (size_t i = 0; i < CLI_OPTION_COUNT; i++) {
        const cli_option_row *row = cli_option_get((cli_option)i);
        if ((row->commands == all) == common && (row->commands >> command_index & 1) != 0)
            print_option(session, row);
    }
}

static void print_statuses(cli_session *session)
{
    static const struct {
        const char *number, *en, *zh;
    } rows[] = {
        {"0", "Nothing was found.", "未发现问题。"},
        {"1", "There are findings.", "有异常。"},
        {"2", "The command line is wrong.", "命令行有误。"},
        {"3", "The source has errors.", "源文件有错误。"},
        {"4", "An image or calendar was refused.", "映像或日历未通过校验。"},
        {"5", "A file or event could not be read or written.", "有文件或事件无法读写。"},
    };
    print_heading(&session->out, CLI_SAY(session, "Exit status, the highest that applies",
                                         "退出状态（取其中最高者）"));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        print_entry(&session->out, rows[i].number, CLI_SAY(session, rows[i].en, rows[i].zh));
}

static void print_environment(cli_session *session)
{
    print_heading(&session->out, CLI_SAY(session, "Environment", "环境变量"));
    print_entry(&session->out, "GUIJU_PATH",
                CLI_SAY(session, "Folders where modules are looked for, with colons between them.",
                        "查找模块的文件夹，以冒号分隔。"));
    print_entry(&session->out, "GUIJU_STDLIB",
                CLI_SAY(session, "The standard library, instead of the one beside the command.",
                        "标准库所在的文件夹，代替随命令安装的标准库。"));
    print_entry(&session->out, "NO_COLOR", CLI_SAY(session, "No colour.", "不着色。"));
}

void cli_help_print(cli_session *session, size_t command_index)
{
    const cli_command *command = cli_command_get(command_index);
    const char *words = CLI_SAY(session, command->en, command->zh);
    cli_output *out = &session->out;
    cli_output_add_format(out, "%sguiju %s %s\n\n", CLI_SAY(session, "Usage: ", "用法："),
                          command->name, command->operands);
    cli_output_add_spaces(out, INDENT);
    cli_paragraph_print(out, (gj_text){words, strlen(words)}, INDENT, INDENT);
    print_heading(out, CLI_SAY(session, "Options", "选项"));
    print_options(session, command_index, false);
    print_options(session, command_index, true);
}

void cli_help_print_all(cli_session *session)
{
    cli_output *out = &session->out;
    cli_output_add_string(
        out, CLI_SAY(session, "Usage: guiju COMMAND [OPTION…]\n", "用法：guiju 命令 [选项…]\n"));
    print_heading(out, CLI_SAY(session, "Commands", "命令"));
    for (size_t i = 0; i < cli_command_count(); i++) {
        const cli_command *command = cli_command_get(i);
        if (command->run != NULL)
            print_entry(out, command->name, CLI_SAY(session, command->en, command->zh));
    }
    print_heading(out, CLI_SAY(session, "Options of every command", "各命令通用的选项"));
    print_options(session, 0, true);
    print_environment(session);
    print_statuses(session);
    cli_output_add_string(out, CLI_SAY(session, "\n`guiju help COMMAND` says how one is used.\n",
                                       "\n用 guiju help 命令 查看某一命令的用法。\n"));
}

void cli_help(cli_session *session, const cli_options *options)
{
    size_t index = 0;
    if (options->operand_count == 0) {
        cli_help_print_all(session);
        return;
    }
    const cli_command *command = cli_command_find(options->operands[0], &index);
    if (command != NULL && command->run != NULL)
        cli_help_print(session, index);
    else
        cli_complain(session, CLI_USAGE,
                     command != NULL ? CLI_SAY(session, "`%s` is not supported yet", "%s 暂不支持")
                                     : CLI_SAY(session, "there is no command `%s`", "没有命令 %s"),
                     options->operands[0]);
}

void cli_version(cli_session *session, const cli_options *options)
{
    (void)options;
    cli_output_add_format(&session->out, "guiju %s\n", GJ_VERSION);
}
