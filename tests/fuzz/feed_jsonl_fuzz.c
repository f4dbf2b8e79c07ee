/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as JSON lines. The feed must end (GJ_DONE), and read the same in one piece and in
 * pieces of as many bytes as the first byte says. */
#include "fuzz/feed_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return feed_fuzz(GJ_FEED_JSONL, data, size, true);
}
