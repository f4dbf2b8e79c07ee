/* SPDX-License-Identifier: Apache-2.0
 *
 * See kept.h. */
#include "feed/kept.h"

#include "base/text.h"

/* A list of data or of items, whose own items are still to be copied. */
typedef struct pending {
    gj_datum *items;
    size_t count;
    struct pending *next;
} pending;

static bool lies_in(gj_text text, gj_text whole)
{
    return (uintptr_t)text.bytes - (uintptr_t)whole.bytes < whole.size;
}

static void text_keep(gjr_kept *kept, gj_text *text)
{
    bool lasts = lies_in(*text, kept->part) || lies_in(*text, kept->lasting[0]) ||
                 lies_in(*text, kept->lasting[1]);
    if (text->bytes != NULL && !lasts) {
        *text = gjb_arena_text(&kept->texts, *text);
    }
}

/* The list itself; its items wait. */
static const gj_datum *datums_keep(gjr_kept *into, const gj_datum *from, size_t count,
                                   pending **waiting)
{
    gj_datum *kept = gjb_arena_make(&into->texts, count, sizeof *kept);
    pending *made = gjb_arena_make(&into->texts, 1, sizeof *made);
    if (kept == NULL || made == NULL) {
        return NULL;
    }
    memcpy(kept, from, count * sizeof *kept);
    *made = (pending){kept, count, *waiting};
    *waiting = made;
    return kept;
}

/* Lists in lists, as deep as they may be. */
static void data_keep(gjr_kept *kept, gj_event *event)
{
    pending *waiting = NULL;
    event->data = datums_keep(kept, event->data, event->data_count, &waiting);
    while (waiting != NULL) {
        pending *at = waiting;
        waiting = at->next;
        for (size_t i = 0; i < at->count && !kept->texts.failed; i++) {
            gj_datum *datum = &at->items[i];
            text_keep(kept, &datum->key);
            text_keep(kept, &datum->text);
            if (datum->item_count > 0) {
                datum->items = datums_keep(kept, datum->items, datum->item_count, &waiting);
            }
        }
    }
}

static void documents_keep(gjr_kept *kept, gj_event *event)
{
    gj_text *documents = gjb_arena_make(&kept->texts, event->document_count, sizeof *documents);
    for (size_t i = 0; documents != NULL && i < event->document_count; i++) {
        documents[i] = event->documents[i];
        text_keep(kept, &documents[i]);
    }
    event->documents = documents;
}

bool gjr_kept_event(gjr_kept *kept, gj_event *event)
{
    gj_text *const texts[] = {
        &event->id,       &event->source,          &event->case_id,  &event->procedure,
        &event->action,   &event->at.written,      &event->officer,  &event->recorded.written,
        &event->post,     &event->department,      &event->office,   &event->branch,
        &event->corrects, &event->corrects_source, &event->retracts, &event->retracts_source,
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        text_keep(kept, texts[i]);
    }
    if (event->data_count > 0) {
        data_keep(kept, event);
    }
    if (event->document_count > 0) {
        documents_keep(kept, event);
    }
    return !kept->texts.failed;
}

bool gjr_kept_problem(gjr_kept *kept, gj_problem *problem)
{
    gj_text note = gjb_text_of(problem->note);
    text_keep(kept, &problem->field);
    text_keep(kept, &problem->text);
    text_keep(kept, &note); /* with a NUL after it */
    problem->note = note.bytes;
    return !kept->texts.failed;
}
