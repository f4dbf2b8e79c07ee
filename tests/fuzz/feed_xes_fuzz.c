/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as XES. The feed must end (GJ_DONE). Where the XML is malformed the pieces decide where
 * reading begins anew, so only a log without problems must read the same in every piece size. */
#include "fuzz/feed_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return feed_fuzz(GJ_FEED_XES, data, size, false);
}
