/* SPDX-License-Identifier: Apache-2.0
 *
 * See record.h. */
#include "syntax/record.h"

#include <string.h>

enum { RECORD_FIRST = 256 };

void gjc_record_init(gjc_record *record, gjb_arena *arena)
{
    *record = (gjc_record){.arena = arena};
}

/* Room for one more; arenas do not resize, so the old block is left behind. */
static void *room_make(gjc_record *record, void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity) {
        return items;
    }
    size_t wider = *capacity == 0 ? RECORD_FIRST : *capacity * 2;
    void *grown = gjb_arena_make(record->arena, wider, size);
    if (grown == NULL) {
        record->out_of_memory = true;
        return NULL;
    }
    if (count > 0) {
        memcpy(grown, items, count * size);
    }
    *capacity = wider;
    return grown;
}

void gjc_record_add_token(gjc_record *record, gjc_token token)
{
    gjc_token *tokens = room_make(record, record->tokens, record->token_count,
                                  &record->token_capacity, sizeof *tokens);
    if (tokens != NULL) {
        record->tokens = tokens;
        tokens[record->token_count++] = token;
    }
}

void gjc_record_add_comment(gjc_record *record, gjc_span comment)
{
    gjc_span *comments = room_make(record, record->comments, record->comment_count,
                                   &record->comment_capacity, sizeof *comments);
    if (comments != NULL) {
        record->comments = comments;
        comments[record->comment_count++] = comment;
    }
}

static bool is_opening(int kind)
{
    return kind == '(' || kind == '[' || kind == '{';
}

static bool is_closing(int kind)
{
    return kind == ')' || kind == ']' || kind == '}';
}

/* The opening bracket that each is inside is kept in its partner until it is closed, so that no
 * stack is needed. */
void gjc_record_close(gjc_record *record)
{
    record->partners =
        gjb_arena_make(record->arena, record->token_count + 1, sizeof *record->partners);
    if (record->partners == NULL) {
        record->out_of_memory = true;
        return;
    }
    uint32_t open = UINT32_MAX;
    for (uint32_t i = 0; i < record->token_count; i++) {
        int kind = record->tokens[i].kind;
        record->partners[i] = i;
        if (is_opening(kind)) {
            record->partners[i] = open;
            open = i;
        } else if (is_closing(kind) && open != UINT32_MAX) {
            uint32_t outer = record->partners[open];
            record->partners[open] = i;
            record->partners[i] = open;
            open = outer;
        }
    }
}

size_t gjc_record_token_at(const gjc_record *record, uint32_t byte)
{
    size_t low = 0, high = record->token_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (record->tokens[middle].span.begin < byte) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    while (low < record->token_count &&
           record->tokens[low].span.begin == record->tokens[low].span.end) {
        low++;
    }
    return low;
}
