/* SPDX-License-Identifier: Apache-2.0
 *
 * The command table: a row a subcommand, made from commands.def. Each subcommand is one file with
 * one public function, cli_NAME. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "options.h"
#include "session.h"

typedef struct cli_command {
    const char *name;
    const char *operands; /* how they are shown; "" without any */
    unsigned formats;     /* of cli_format, those it can print */
    const char *en, *zh;  /* one sentence */
    void (*run)(cli_session *session, const cli_options *options); /* NULL: not yet there */
} cli_command;

#define CLI_COMMAND(NAME, name, operands, formats, en, zh)                                         \
    void cli_##name(cli_session *session, const cli_options *options);
#define CLI_LATER(name)
#include "commands.def"
#undef CLI_COMMAND
#undef CLI_LATER

/* In the order of commands.def. */
const cli_command *cli_command_get(size_t index);
size_t cli_command_count(void); /* with those to come */
/* NULL where there is none; *index is its row, which is its bit in an option's `commands`. */
const cli_command *cli_command_find(const char *name, size_t *index);

/* The page of one command, and the page of all. */
void cli_help_print(cli_session *session, size_t command_index);
void cli_help_print_all(cli_session *session);

#endif
