/* SPDX-License-Identifier: Apache-2.0
 *
 * Events kept together until they are submitted in one transaction: a feed's event is gone with the
 * next one, so each is copied whole. */
#ifndef CLI_BATCH_H
#define CLI_BATCH_H

#include <guiju/guiju.h>

enum { CLI_BATCH_EVENTS_MAX = 2000, CLI_BATCH_BYTES_MAX = 16 << 20 };

typedef struct cli_block cli_block;
typedef struct cli_batch {
    gj_event events[CLI_BATCH_EVENTS_MAX];
    size_t count;
    cli_block *blocks; /* of what the events say */
    size_t bytes;
    bool failed; /* memory ended: the event added last is not whole */
} cli_batch;

/* Room for one more is the caller's care; see cli_batch_is_full. */
void cli_batch_add(cli_batch *batch, const gj_event *event);
bool cli_batch_is_full(const cli_batch *batch);
/* Empty again. */
void cli_batch_clear(cli_batch *batch);

#endif
