/* SPDX-License-Identifier: Apache-2.0
 *
 * Where modules are looked for: -I in order, then GUIJU_PATH; and the standard library, which is
 * found from where the command itself lies, so that a copied tree needs no settings. */
#ifndef CLI_SEARCH_H
#define CLI_SEARCH_H

#include <guiju/compile.h>

#include "buffer.h"
#include "options.h"

typedef struct cli_search {
    const char **paths;
    size_t path_count;
    char *environment;  /* a copy of GUIJU_PATH that the paths point into */
    cli_buffer library; /* empty: none found */
} cli_search;

/* False: out of memory. deinit in either case. */
bool cli_search_init(cli_search *search, const cli_options *options);
void cli_search_deinit(cli_search *search);
/* Borrows from the search. */
gj_compile_options cli_search_options(cli_search *search);

#endif
