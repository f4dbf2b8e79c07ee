/* SPDX-License-Identifier: Apache-2.0
 *
 * See batch.h. */
#include "batch.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 1 << 16, ALIGNMENT = 16 };

struct cli_block {
    cli_block *next;
    size_t used, size;
    _Alignas(ALIGNMENT) char bytes[];
};

static void *room_make(cli_batch *batch, size_t size)
{
    cli_block *block = batch->blocks;
    size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (block == NULL || block->size - block->used < size) {
        size_t wanted = size > BLOCK_SIZE ? size : BLOCK_SIZE;
        block = malloc(sizeof *block + wanted);
        if (block == NULL) {
            batch->failed = true;
            return NULL;
        }
        *block = (cli_block){.next = batch->blocks, .size = wanted};
        batch->blocks = block;
    }
    void *room = block->bytes + block->used;
    block->used += size;
    batch->bytes += size;
    return room;
}

static void *bytes_copy(cli_batch *batch, const void *from, size_t size)
{
    void *to = room_make(batch, size > 0 ? size : 1);
    if (to != NULL && size > 0)
        memcpy(to, from, size);
    return to;
}

static void text_copy(cli_batch *batch, gj_text *text)
{
    if (text->bytes == NULL)
        return;
    const char *bytes = bytes_copy(batch, text->bytes, text->size);
    *text = (gj_text){bytes, bytes == NULL ? 0 : text->size};
}

/* Data whose items are still those of the event that they were copied from. */
typedef struct pending {
    gj_datum *data;
    size_t count;
    struct pending *next;
} pending;

static gj_datum *data_begin(cli_batch *batch, const gj_datum *from, size_t count, pending **queue)
{
    gj_datum *data = bytes_copy(batch, from, count * sizeof *from);
    pending *task = room_make(batch, sizeof *task);
    if (data == NULL || task == NULL)
        return NULL;
    *task = (pending){data, count, *queue};
    *queue = task;
    return data;
}

/* Level by level, so that no depth of it is ours. */
static void data_copy(cli_batch *batch, gj_event *event)
{
    pending *queue = NULL;
    event->data = data_begin(batch, event->data, event->data_count, &queue);
    while (queue != NULL && !batch->failed) {
        pending task = *queue;
        queue = task.next;
        for (size_t i = 0; i < task.count; i++) {
            gj_datum *datum = &task.data[i];
            text_copy(batch, &datum->key);
            text_copy(batch, &datum->text);
            if (datum->item_count > 0)
                datum->items = data_begin(batch, datum->items, datum->item_count, &queue);
        }
    }
}

static void documents_copy(cli_batch *batch, gj_event *event)
{
    gj_text *documents =
        bytes_copy(batch, event->documents, event->document_count * sizeof *documents);
    for (size_t i = 0; documents != NULL && i < event->document_count; i++)
        text_copy(batch, &documents[i]);
    event->documents = documents;
}

void cli_batch_add(cli_batch *batch, const gj_event *event)
{
    gj_event *to = &batch->events[batch->count];
    *to = *event;
    gj_text *texts[] = {
        &to->id,         &to->source,          &to->case_id,         &to->procedure,
        &to->action,     &to->at.written,      &to->officer,         &to->post,
        &to->department, &to->office,          &to->branch,          &to->corrects,
        &to->retracts,   &to->corrects_source, &to->retracts_source, &to->recorded.written};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        text_copy(batch, texts[i]);
    if (to->data_count > 0)
        data_copy(batch, to);
    if (to->document_count > 0)
        documents_copy(batch, to);
    batch->count += !batch->failed;
}

bool cli_batch_is_full(const cli_batch *batch)
{
    return batch->count == CLI_BATCH_EVENTS_MAX || batch->bytes >= CLI_BATCH_BYTES_MAX;
}

void cli_batch_clear(cli_batch *batch)
{
    while (batch->blocks != NULL) {
        cli_block *next = batch->blocks->next;
        free(batch->blocks);
        batch->blocks = next;
    }
    batch->count = batch->bytes = 0;
    batch->failed = false;
}
