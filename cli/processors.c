/* SPDX-License-Identifier: Apache-2.0
 *
 * See processors.h. */
#include "processors.h"

#include <unistd.h>

uint32_t cli_processors_count(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 1 ? (uint32_t)count : 1;
}
