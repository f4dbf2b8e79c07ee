/* SPDX-License-Identifier: Apache-2.0
 *
 * How many processors there are to work with. */
#ifndef CLI_PROCESSORS_H
#define CLI_PROCESSORS_H

#include <stdint.h>

/* At least 1. */
uint32_t cli_processors_count(void);

#endif
