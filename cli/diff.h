/* SPDX-License-Identifier: Apache-2.0
 *
 * Two texts as a unified diff, line by line, which `patch` takes. */
#ifndef CLI_DIFF_H
#define CLI_DIFF_H

#include <guiju/guiju.h>

#include "output.h"

/* Nothing where they are equal; coloured where the output is. False: out of memory. */
bool cli_diff_print(cli_output *out, const char *title, gj_text before, gj_text after);

#endif
