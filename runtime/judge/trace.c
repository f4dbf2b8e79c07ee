/* SPDX-License-Identifier: Apache-2.0
 *
 * See trace.h. */
#include "judge/trace.h"

#include "base/text.h"
#include "judge/clocks.h"
#include "judge/decisions.h"

void gjr_trace_init(gjr_trace *trace, const gj_allocator *allocator)
{
    *trace = (gjr_trace){.allocator = allocator};
    gjb_arena_init(&trace->texts, allocator);
}

void gjr_trace_deinit(gjr_trace *trace)
{
    gjb_alloc_destroy(trace->allocator, trace->items, trace->capacity, sizeof *trace->items);
    gjb_arena_deinit(&trace->texts);
    *trace = (gjr_trace){0};
}

void gjr_trace_reset(gjr_trace *trace)
{
    trace->count = 0;
    gjb_arena_reset(&trace->texts);
}

static bool grow(gjr_trace *trace)
{
    size_t capacity = trace->capacity == 0 ? 8 : trace->capacity * 2;
    gjr_mark *items =
        gjb_alloc_resize(trace->allocator, trace->items, trace->capacity, capacity, sizeof *items);
    if (items == NULL) {
        return false;
    }
    trace->items = items;
    trace->capacity = capacity;
    return true;
}

/* What the law tells is forgotten with its act. */
static gjr_raised_key key_keep(gjr_sitting *step, uint32_t limit)
{
    gjr_raised_key key = gjr_clocks_told(step, limit);
    if (step->by_law && gjb_text_is_present(key.text)) {
        key.text = gjb_arena_text(&step->trace->texts, key.text);
        step->no_memory |= key.text.bytes == NULL;
    }
    return key;
}

gjr_mark *gjr_trace_put(gjr_sitting *step, const gjr_mark *mark)
{
    gjr_trace *trace = step->trace;
    if (trace->count == trace->capacity && !grow(trace)) {
        step->no_memory = true;
        return NULL;
    }
    gjr_mark *kept = &trace->items[trace->count++];
    *kept = *mark;
    kept->by_law = step->by_law;
    kept->post = GJR_NONE;
    kept->clock = mark->limit;
    kept->limit = gjr_layout_limit(&step->judge->layout, mark->limit);
    if (mark->kind == GJR_MARK_MEASURED) {
        kept->decided =
            gjr_decisions_of_length(step->judged, mark->limit, &trace->texts, &kept->decided_count);
        step->no_memory |= trace->texts.failed;
    }
    return kept;
}

void gjr_trace_take(gjr_sitting *step, const gjr_mark *mark)
{
    const gjr_event *event = mark->in_passing || step->by_law ? NULL : step->event;
    gjr_mark *kept = gjr_trace_put(step, mark);
    if (kept == NULL) {
        return;
    }
    if (mark->kind == GJR_MARK_STARTED && gjr_clocks_are_keyed(step, kept->limit)) {
        kept->key = key_keep(step, kept->limit);
    }
    if (event != NULL) {
        kept->source = event->source;
        kept->id = event->id;
        kept->officer = event->officer;
        kept->post_text = event->post_text;
        kept->post = event->post;
    }
}
