/* SPDX-License-Identifier: Apache-2.0
 *
 * See roll.h. */
#include "engine/roll.h"

#include "base/text.h"

enum { CASES_FIRST = 16 };

void gjr_roll_init(gjr_roll *roll, const gj_allocator *allocator)
{
    *roll = (gjr_roll){.allocator = allocator};
    gjb_arena_init(&roll->ids, allocator);
    gjb_index_init(&roll->index, allocator);
}

void gjr_roll_deinit(gjr_roll *roll)
{
    gjb_alloc_destroy(roll->allocator, roll->cases, roll->capacity, sizeof *roll->cases);
    gjb_index_deinit(&roll->index);
    gjb_arena_deinit(&roll->ids);
}

uint64_t gjr_roll_hash(gj_text id)
{
    return gjb_text_hash(id, UINT64_C(0x63617365));
}

uint32_t gjr_roll_find(const gjr_roll *roll, gj_text id, uint64_t hash)
{
    gjb_index_probe probe = gjb_index_begin(&roll->index, hash);
    uint32_t item;
    while ((item = gjb_index_next(&roll->index, &probe)) != GJB_INDEX_NONE &&
           !gjb_text_equal(roll->cases[item].id, id)) {
    }
    return item;
}

static bool cases_reserve(gjr_roll *roll)
{
    if (roll->index.count < roll->capacity) {
        return true;
    }
    size_t more = roll->capacity == 0 ? CASES_FIRST : roll->capacity + roll->capacity / 2;
    gjr_roll_case *cases =
        gjb_alloc_resize(roll->allocator, roll->cases, roll->capacity, more, sizeof *cases);
    if (cases == NULL) {
        return false;
    }
    roll->cases = cases;
    roll->capacity = more;
    return true;
}

uint32_t gjr_roll_reserve(gjr_roll *roll, gj_text id)
{
    if (!gjb_index_reserve(&roll->index) || !cases_reserve(roll)) {
        return GJB_INDEX_NONE;
    }
    uint32_t of = (uint32_t)roll->index.count;
    roll->cases[of] = (gjr_roll_case){
        .id = gjb_arena_text(&roll->ids, id),
        .links = GJB_INDEX_NONE,
    };
    return gjb_text_is_present(roll->cases[of].id) ? of : GJB_INDEX_NONE;
}

void gjr_roll_add(gjr_roll *roll, uint32_t of, uint64_t hash, gjr_records *records, uint32_t record)
{
    gjr_roll_case *added = &roll->cases[of];
    if (added->count == 0) {
        gjb_index_add(&roll->index, hash);
        added->first = record;
    } else {
        gjr_records_get(records, added->last)->next = record;
    }
    added->last = record;
    added->count++;
}
