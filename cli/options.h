/* SPDX-License-Identifier: Apache-2.0
 *
 * The command line, taken apart by options.def: options anywhere, before or after the subcommand
 * and its operands; "--" ends them; "-" is an operand. Values are --name VALUE, --name=VALUE, -n
 * VALUE or -nVALUE. What is wrong is said with the nearest right spelling. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "session.h"

typedef enum cli_option {
#define CLI_OPTION(NAME, long_name, short_name, value, commands, en, zh) CLI_OPTION_##NAME,
#include "options.def"
#undef CLI_OPTION
    CLI_OPTION_COUNT
} cli_option;

typedef struct cli_option_row {
    const char *long_name;
    char short_name;   /* 0: none */
    const char *value; /* NULL: takes none */
    unsigned commands; /* bits by row of commands.def */
    const char *en, *zh;
} cli_option_row;

const cli_option_row *cli_option_get(cli_option option);

typedef struct cli_given {
    cli_option option;
    const char *value; /* borrowed from argv; NULL where it takes none */
} cli_given;

typedef struct cli_options {
    const char *command; /* the first operand, or NULL */
    const char **operands;
    size_t operand_count; /* without the command */
    cli_given *given;
    size_t given_count;
} cli_options;

/* False, with the session told, where the command line is wrong. deinit in either case. */
bool cli_options_parse(cli_options *options, cli_session *session, int argc, char **argv);
void cli_options_deinit(cli_options *options);

/* The last one's value; NULL where it was not given or takes none. */
const char *cli_options_value(const cli_options *options, cli_option option);
bool cli_options_has(const cli_options *options, cli_option option);
/* Whether every option given belongs to the command in this row. */
bool cli_options_check(const cli_options *options, cli_session *session, size_t command_index);
/* --format, --color and --lang, taken into the session. */
bool cli_options_settle(const cli_options *options, cli_session *session);

#endif
