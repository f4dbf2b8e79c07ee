/* SPDX-License-Identifier: Apache-2.0
 *
 * See told.h. */
#include "feed/told.h"

#include "base/text.h"
#include "feed/feed.h"
#include "feed/json.h"
#include "feed/window.h"
#include "time/civil.h"

/* ---- printing ---- */

static void key_add(gjb_buffer *out, gj_text key)
{
    if (!out->failed && out->bytes[out->size - 1] != '{') {
        gjb_buffer_add_byte(out, ',');
    }
    gjb_buffer_add_json(out, key);
    gjb_buffer_add_byte(out, ':');
}

/* A key as JSON, with its colon. */
static void word_add(const char *word, gjb_buffer *out)
{
    if (!out->failed && out->bytes[out->size - 1] != '{') {
        gjb_buffer_add_byte(out, ',');
    }
    gjb_buffer_add_string(out, word);
}

static void text_print(const char *word, gj_text text, gjb_buffer *out)
{
    if (text.bytes != NULL) {
        word_add(word, out);
        gjb_buffer_add_json(out, text);
    }
}

/* The reading of the wall, with its offset where it has one. */
static void stamp_print(const char *word, const gj_stamp *stamp, gjb_buffer *out)
{
    char text[40];
    if (!stamp->present || stamp->unreadable) {
        return;
    }
    int32_t offset = stamp->zoned ? stamp->offset_s : 0;
    size_t size = gj_instant_format(stamp->wall_ms - (int64_t)offset * GJR_MS_PER_SECOND, offset,
                                    text, sizeof text);
    text_print(word, (gj_text){text, stamp->zoned ? size : size - sizeof "+00:00" + 1}, out);
}

/* As JSON writes one: a caller may call anything a number, and then it is told as the text that it
 * is. */
static bool is_number(gj_text text)
{
    static const char digits[] = "0123456789", may[] = "0123456789+-.eE";
    size_t at = text.size > 0 && text.bytes[0] == '-' ? 1 : 0;
    bool is = at < text.size && memchr(digits, text.bytes[at], sizeof digits - 1) != NULL;
    for (; is && at < text.size; at++) {
        is = memchr(may, text.bytes[at], sizeof may - 1) != NULL;
    }
    return is;
}

static void datum_print(const gj_datum *datum, unsigned depth, gjb_buffer *out);

static void items_print(const gj_datum *datum, unsigned depth, gjb_buffer *out)
{
    bool is_list = datum->kind == GJ_DATUM_LIST;
    gjb_buffer_add_byte(out, is_list ? '[' : '{');
    for (size_t i = 0; i < datum->item_count; i++) {
        if (!is_list) {
            key_add(out, datum->items[i].key);
        } else if (i > 0) {
            gjb_buffer_add_byte(out, ',');
        }
        datum_print(&datum->items[i], depth + 1, out);
    }
    gjb_buffer_add_byte(out, is_list ? ']' : '}');
}

/* A feed lets nothing nest deeper than this; what a caller nests deeper is null. */
static void datum_print(const gj_datum *datum, unsigned depth, gjb_buffer *out)
{
    switch (depth < GJR_JSON_DEPTH_MAX ? datum->kind : GJ_DATUM_NULL) {
    case GJ_DATUM_BOOL:
        gjb_buffer_add_string(out, datum->truth ? "true" : "false");
        break;
    case GJ_DATUM_NUMBER:
        if (is_number(datum->text)) {
            gjb_buffer_add_text(out, datum->text);
        } else {
            gjb_buffer_add_json(out, datum->text);
        }
        break;
    case GJ_DATUM_TEXT:
        gjb_buffer_add_json(out, datum->text);
        break;
    case GJ_DATUM_LIST:
    case GJ_DATUM_OBJECT:
        items_print(datum, depth, out);
        break;
    case GJ_DATUM_NULL:
    default:
        gjb_buffer_add_string(out, "null");
        break;
    }
}

static void data_print(const gj_event *event, gjb_buffer *out)
{
    gj_datum data = {
        .kind = GJ_DATUM_OBJECT, .items = event->data, .item_count = event->data_count};
    if (event->data_count > 0) {
        word_add("\"data\":", out);
        datum_print(&data, 0, out);
    }
    for (size_t i = 0; i < event->document_count; i++) {
        if (i == 0) {
            word_add("\"documents\":", out);
        }
        gjb_buffer_add_byte(out, i == 0 ? '[' : ',');
        gjb_buffer_add_json(out, event->documents[i]);
    }
    if (event->document_count > 0) {
        gjb_buffer_add_byte(out, ']');
    }
}

size_t gjr_told_print(const gj_event *event, gjb_buffer *out)
{
    gjb_buffer_add_byte(out, '{');
    if (out->failed) {
        return 0;
    }
    text_print("\"id\":", event->id, out);
    text_print("\"source\":", event->source, out);
    text_print("\"case\":", event->case_id, out);
    text_print("\"procedure\":", event->procedure, out);
    text_print("\"action\":", event->action, out);
    stamp_print("\"at\":", &event->at, out);
    stamp_print("\"recorded\":", &event->recorded, out);
    text_print("\"officer\":", event->officer, out);
    text_print("\"post\":", event->post, out);
    text_print("\"department\":", event->department, out);
    text_print("\"office\":", event->office, out);
    text_print("\"branch\":", event->branch, out);
    text_print("\"corrects\":", event->corrects, out);
    text_print("\"corrects_source\":", event->corrects_source, out);
    text_print("\"retracts\":", event->retracts, out);
    text_print("\"retracts_source\":", event->retracts_source, out);
    size_t size = out->size;
    word_add("\"seq\":", out); /* always: a feed would count lines instead */
    if (event->seq <= INT64_MAX) {
        gjb_buffer_add_int(out, (int64_t)event->seq);
    } else {
        gjb_buffer_add_format(out, "%llu", (unsigned long long)event->seq);
    }
    data_print(event, out);
    gjb_buffer_add_byte(out, '}');
    return size;
}

/* ---- reading ---- */

typedef struct lines {
    const gj_allocator *allocator;
    gj_text left;
} lines;

static ptrdiff_t lines_read(void *payload, char *into, size_t room)
{
    lines *from = payload;
    size_t size = from->left.size < room ? from->left.size : room;
    if (size > 0) {
        memcpy(into, from->left.bytes, size);
        from->left = (gj_text){from->left.bytes + size, from->left.size - size};
    }
    return (ptrdiff_t)size;
}

static void lines_close(void *payload)
{
    lines *from = payload;
    gjb_alloc_destroy(from->allocator, from, 1, sizeof *from);
}

gj_status gjr_told_open(const gj_allocator *allocator, gj_text text, gj_feed **feed)
{
    lines *from = gjb_alloc_create(allocator, 1, sizeof *from);
    if (from == NULL) {
        return GJ_NO_MEMORY;
    }
    *from = (lines){allocator, text};
    gj_feed_options options = {.size = sizeof options,
                               .allocator = allocator,
                               .format = GJ_FEED_JSONL,
                               .path = "",
                               .source = ""};
    gjr_source source = {.payload = from,
                         .read = lines_read,
                         .close = lines_close,
                         .size = text.size,
                         .window_size =
                             text.size < GJR_WINDOW_SIZE ? text.size + 1 : GJR_WINDOW_SIZE};
    return gjr_feed_open_source(&options, source, feed);
}
