/* SPDX-License-Identifier: Apache-2.0
 *
 * A paragraph wrapped to the output's columns, its first line beginning at column `first`, where
 * the cursor stands already, the others at `indent`. Ends with a newline. */
#ifndef CLI_PARAGRAPH_H
#define CLI_PARAGRAPH_H

#include "output.h"

void cli_paragraph_print(cli_output *out, gj_text text, size_t first, size_t indent);

#endif
