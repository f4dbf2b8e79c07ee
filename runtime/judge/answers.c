/* SPDX-License-Identifier: Apache-2.0
 *
 * See answers.h. */
#include "judge/answers.h"

void gjr_answers_init(gjr_answers *answers, const gj_allocator *allocator)
{
    *answers = (gjr_answers){.count = 0};
    gjb_arena_init(&answers->arena, allocator);
    gjb_map_init(&answers->numbers, allocator, 0x616E7377u);
    gjb_buffer_init(&answers->key, allocator);
}

void gjr_answers_deinit(gjr_answers *answers)
{
    gjb_alloc_destroy(answers->arena.allocator, answers->items, answers->capacity,
                      sizeof *answers->items);
    gjb_buffer_deinit(&answers->key);
    gjb_map_deinit(&answers->numbers);
    gjb_arena_deinit(&answers->arena);
}

const gjr_answer *gjr_answers_find(const gjr_answers *answers)
{
    const uint32_t *number = gjb_map_find(&answers->numbers, gjb_buffer_text(&answers->key));
    return number == NULL ? NULL : &answers->items[*number];
}

static bool room_make(gjr_answers *answers)
{
    if (answers->count < answers->capacity) {
        return true;
    }
    size_t capacity = answers->capacity == 0 ? 16 : answers->capacity * 2;
    gjr_answer *items = gjb_alloc_resize(answers->arena.allocator, answers->items,
                                         answers->capacity, capacity, sizeof *items);
    if (items == NULL) {
        return false;
    }
    answers->items = items;
    answers->capacity = capacity;
    return true;
}

gjr_answer *gjr_answers_add(gjr_answers *answers)
{
    bool added = false;
    gj_text key = gjb_arena_text(&answers->arena, gjb_buffer_text(&answers->key));
    if (key.bytes == NULL || answers->count >= UINT32_MAX || !room_make(answers) ||
        gjb_map_add(&answers->numbers, key, (uint32_t)answers->count, &added) == NULL) {
        return NULL;
    }
    gjr_answer *item = &answers->items[answers->count++];
    *item = (gjr_answer){.key = key};
    return item;
}
