/* SPDX-License-Identifier: Apache-2.0
 *
 * See content.h. Data and documents are hashed each for itself and summed. */
#include "engine/content.h"

#include "base/text.h"

#include <string.h>

enum { ITEMS_DEPTH_MAX = 8 };

static const gjr_content begin = {{UINT64_C(0x72756C6573717561), UINT64_C(0x7265636F6D706173)}};

static void word_mix(gjr_content *content, uint64_t word)
{
    content->words[0] = gjb_mix(content->words[0] ^ word, GJB_MIX_FIRST);
    content->words[1] = gjb_mix(content->words[1] ^ word, GJB_MIX_SECOND);
}

/* Its length, then its bytes, the last word filled with zeroes. */
static void text_mix(gjr_content *content, gj_text text)
{
    word_mix(content, text.size);
    size_t at = 0;
    for (uint64_t word; at + sizeof word <= text.size; at += sizeof word) {
        memcpy(&word, text.bytes + at, sizeof word);
        word_mix(content, word);
    }
    if (at < text.size) {
        uint64_t word = 0;
        memcpy(&word, text.bytes + at, text.size - at);
        word_mix(content, word);
    }
}

static void scalar_mix(gjr_content *content, const gj_datum *datum)
{
    word_mix(content, (uint64_t)datum->kind << 1 | (datum->truth ? 1 : 0));
    word_mix(content, datum->item_count);
    text_mix(content, datum->key);
    if (datum->kind != GJ_DATUM_LIST && datum->kind != GJ_DATUM_OBJECT) {
        text_mix(content, datum->text); /* of those the text is as it was written, spaces and all */
    }
}

/* Lists in lists are walked with a small stack of their own; what lies deeper is not compared. */
static gjr_content datum_content(const gj_datum *datum)
{
    struct {
        const gj_datum *at, *end;
    } stack[ITEMS_DEPTH_MAX];
    gjr_content content = begin;
    size_t depth = 1;
    stack[0].at = datum;
    stack[0].end = datum + 1;
    while (depth > 0) {
        if (stack[depth - 1].at == stack[depth - 1].end) {
            depth--;
            continue;
        }
        const gj_datum *next = stack[depth - 1].at++;
        scalar_mix(&content, next);
        if (next->item_count > 0 && depth < ITEMS_DEPTH_MAX) {
            stack[depth].at = next->items;
            stack[depth].end = next->items + next->item_count;
            depth++;
        }
    }
    return content;
}

static void content_add(gjr_content *to, gjr_content from)
{
    to->words[0] += from.words[0];
    to->words[1] += from.words[1];
}

gjr_content gjr_content_of(const gj_event *event)
{
    gjr_content sum = {{0, 0}};
    for (size_t i = 0; i < event->data_count; i++) {
        content_add(&sum, datum_content(&event->data[i]));
    }
    for (size_t i = 0; i < event->document_count; i++) {
        gjr_content document = begin;
        word_mix(&document, UINT64_MAX); /* no datum begins so */
        text_mix(&document, event->documents[i]);
        content_add(&sum, document);
    }
    return sum;
}
