/* SPDX-License-Identifier: Apache-2.0
 *
 * See telling.h. */
#include "durable/telling.h"

#include "engine/content.h"
#include "feed/told.h"

bool gjr_telling_print(const gj_event *event, gjb_buffer *line)
{
    gjb_buffer_reset(line);
    gjr_told_print(event, line);
    return !line->failed;
}

bool gjr_telling_hash(const gj_event *event, gjb_buffer *line, uint8_t content[GJB_HASH_SIZE])
{
    gjb_hash hash;
    gjr_content more = gjr_content_of(event);
    gjb_buffer_reset(line);
    size_t size = gjr_told_print(event, line);
    if (line->failed) {
        return false;
    }
    char goes_on = line->bytes[size];
    line->bytes[size] = '}';
    gjb_hash_init(&hash);
    gjb_hash_add_piece(&hash, line->bytes, size + 1);
    gjb_hash_add(&hash, more.words, sizeof more.words);
    gjb_hash_finish(&hash, content);
    line->bytes[size] = goes_on;
    return true;
}

gj_status gjr_telling_hash_line(gj_text told, gjb_buffer *scratch, uint8_t content[GJB_HASH_SIZE])
{
    gj_feed *feed = NULL;
    const gj_event *event;
    gj_status status = gjr_told_open(scratch->allocator, told, &feed);
    status = status == GJ_OK ? gj_feed_next(feed, &event) : status;
    if (status == GJ_OK && !gjr_telling_hash(event, scratch, content)) {
        status = GJ_NO_MEMORY;
    }
    gj_feed_close(feed);
    return status == GJ_OK || status == GJ_NO_MEMORY ? status : GJ_MALFORMED;
}
