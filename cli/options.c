/* SPDX-License-Identifier: Apache-2.0
 *
 * Parsing by the table. The language is looked for first, in the whole line, so that even a mistake
 * that stands before --lang is told in the right language. */
#include "options.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "nearest.h"

enum {
#define CLI_COMMAND(NAME, name, operands, formats, en, zh) BIT_##NAME,
#define CLI_LATER(name)
#include "commands.def"
#undef CLI_COMMAND
#undef CLI_LATER
    BIT_COUNT
};

enum {
#define CLI_COMMAND(NAME, name, operands, formats, en, zh) ON_##NAME = 1 << BIT_##NAME,
#define CLI_LATER(name)
#include "commands.def"
#undef CLI_COMMAND
#undef CLI_LATER
    ON_ALL = (1 << BIT_COUNT) - 1,
};

static const cli_option_row rows[] = {
#define CLI_OPTION(NAME, long_name, short_name, value, commands, en, zh)                           \
    {long_name, short_name, value, commands, en, zh},
#include "options.def"
#undef CLI_OPTION
};

const cli_option_row *cli_option_get(cli_option option)
{
    return &rows[option];
}

static cli_option find_long(const char *name, size_t size)
{
    for (size_t i = 0; i < CLI_OPTION_COUNT; i++)
        if (strlen(rows[i].long_name) == size && memcmp(rows[i].long_name, name, size) == 0)
            return (cli_option)i;
    return CLI_OPTION_COUNT;
}

static cli_option find_short(char name)
{
    for (size_t i = 0; i < CLI_OPTION_COUNT; i++)
        if (rows[i].short_name != 0 && rows[i].short_name == name)
            return (cli_option)i;
    return CLI_OPTION_COUNT;
}

static void refuse_unknown(cli_session *session, const char *word, size_t name_size)
{
    char name[40] = "";
    if (word[1] == '-' && name_size < sizeof name)
        memcpy(name, word + 2, name_size);
    cli_nearest nearest = cli_nearest_make(name);
    for (size_t i = 0; i < CLI_OPTION_COUNT; i++)
        cli_nearest_add(&nearest, rows[i].long_name);
    if (nearest.best != NULL)
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "there is no option `%s`; did you mean `--%s`?",
                             "没有选项 %s；是否为 --%s？"),
                     word, nearest.best);
    else
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "there is no option `%s`; `guiju help` lists them",
                             "没有选项 %s；用 guiju help 查看全部选项"),
                     word);
}

/* The option that argv[*at] begins, its value taken from behind it or from the next word. */
static bool parse_option(cli_options *options, cli_session *session, char **argv, int *at)
{
    const char *word = argv[*at];
    bool is_long = word[1] == '-';
    size_t name_size = is_long ? strcspn(word + 2, "=") : 1;
    cli_option option = is_long ? find_long(word + 2, name_size) : find_short(word[1]);
    if (option == CLI_OPTION_COUNT) {
        refuse_unknown(session, word, name_size);
        return false;
    }
    const char *rest = word + (is_long ? 2 : 1) + name_size;
    const char *value = NULL;
    if (rows[option].value == NULL ? *rest != '\0' : *rest == '\0' && argv[*at + 1] == NULL) {
        bool wants = rows[option].value != NULL;
        cli_complain(session, CLI_USAGE,
                     wants ? CLI_SAY(session, "`%.*s` needs a value (%s)", "选项 %.*s 须带值（%s）")
                           : CLI_SAY(session, "`%.*s` takes no value%s", "选项 %.*s 不带值%s"),
                     (int)(rest - word), word, wants ? rows[option].value : "");
        return false;
    }
    if (rows[option].value != NULL)
        value = *rest == '\0' ? argv[++*at] : is_long ? rest + 1 : rest;
    options->given[options->given_count++] = (cli_given){option, value};
    return true;
}

static void prefer_lang(cli_session *session, int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        const char *value = strncmp(argv[i], "--lang=", 7) == 0              ? argv[i] + 7
                            : strcmp(argv[i], "--lang") == 0 && i + 1 < argc ? argv[i + 1]
                                                                             : "";
        if (strcmp(value, "zh") == 0 || strcmp(value, "en") == 0)
            session->lang = value[0] == 'z' ? GJ_ZH : GJ_EN;
    }
}

bool cli_options_parse(cli_options *options, cli_session *session, int argc, char **argv)
{
    size_t most = (size_t)argc + 1;
    *options = (cli_options){0};
    options->operands = calloc(most, sizeof *options->operands);
    options->given = calloc(most, sizeof *options->given);
    if (options->operands == NULL || options->given == NULL) {
        cli_complain_status(session, GJ_NO_MEMORY);
        return false;
    }
    prefer_lang(session, argc, argv);
    bool only_operands = false;
    for (int i = 1; i < argc; i++) {
        if (!only_operands && strcmp(argv[i], "--") == 0)
            only_operands = true;
        else if (!only_operands && argv[i][0] == '-' && argv[i][1] != '\0') {
            if (!parse_option(options, session, argv, &i))
                return false;
        } else if (options->command == NULL)
            options->command = argv[i];
        else
            options->operands[options->operand_count++] = argv[i];
    }
    return true;
}

void cli_options_deinit(cli_options *options)
{
    free(options->operands);
    free(options->given);
    *options = (cli_options){0};
}

bool cli_options_has(const cli_options *options, cli_option option)
{
    for (size_t i = 0; i < options->given_count; i++)
        if (options->given[i].option == option)
            return true;
    return false;
}

const char *cli_options_value(const cli_options *options, cli_option option)
{
    for (size_t i = options->given_count; i > 0; i--)
        if (options->given[i - 1].option == option)
            return options->given[i - 1].value;
    return NULL;
}

bool cli_options_check(const cli_options *options, cli_session *session, size_t command_index)
{
    for (size_t i = 0; i < options->given_count; i++) {
        const cli_option_row *row = &rows[options->given[i].option];
        if ((row->commands >> command_index & 1) != 0)
            continue;
        size_t other = 0;
        while ((row->commands >> other & 1) == 0)
            other++;
        cli_complain(session, CLI_USAGE,
                     CLI_SAY(session, "`--%s` is an option of `%s`, not of `%s`",
                             "--%s 是 %s 的选项，不用于 %s"),
                     row->long_name, cli_command_get(other)->name,
                     cli_command_get(command_index)->name);
        return false;
    }
    return true;
}

typedef struct choice {
    const char *word;
    int value;
} choice;

/* The value of an option that is one of few words; kept as it is where it was not given. */
static bool choose(const cli_options *options, cli_session *session, cli_option option,
                   const choice *choices, int *value)
{
    const char *word = cli_options_value(options, option);
    if (word == NULL)
        return true;
    for (const choice *c = choices; c->word != NULL; c++)
        if (strcmp(c->word, word) == 0) {
            *value = c->value;
            return true;
        }
    cli_complain(session, CLI_USAGE,
                 CLI_SAY(session, "`--%s` cannot be `%s`: %s", "--%s 不能是 %s。%s"),
                 rows[option].long_name, word, CLI_SAY(session, rows[option].en, rows[option].zh));
    return false;
}

bool cli_options_settle(const cli_options *options, cli_session *session)
{
    static const choice formats[] = {{"text", CLI_TEXT}, {"json", CLI_JSON},   {"jsonl", CLI_JSONL},
                                     {"csv", CLI_CSV},   {"sarif", CLI_SARIF}, {"junit", CLI_JUNIT},
                                     {"dot", CLI_DOT},   {"svg", CLI_SVG},     {NULL, 0}};
    static const choice colors[] = {{"auto", 0}, {"always", 1}, {"never", 2}, {NULL, 0}};
    static const choice langs[] = {{"en", GJ_EN}, {"zh", GJ_ZH}, {NULL, 0}};
    int format = CLI_TEXT, color = 0, lang = (int)session->lang;
    if (!choose(options, session, CLI_OPTION_FORMAT, formats, &format) ||
        !choose(options, session, CLI_OPTION_COLOR, colors, &color) ||
        !choose(options, session, CLI_OPTION_LANG, langs, &lang))
        return false;
    session->format = (cli_format)format;
    session->lang = (gj_lang)lang;
    if (color != 0)
        session->out.color = session->err.color = color == 1;
    return true;
}
