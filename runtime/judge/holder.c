/* SPDX-License-Identifier: Apache-2.0
 *
 * See holder.h. */
#include "judge/holder.h"

#include "image/image.h"

typedef struct seeker {
    const gjr_rows *rows;
    uint32_t *posts;
    uint8_t *is_found; /* by post */
    size_t count;
} seeker;

static void post_add(seeker *with, uint32_t post)
{
    if (with->is_found[post] == 0) {
        with->is_found[post] = 1;
        with->posts[with->count++] = post;
    }
}

/* Whether it is the stage, or one of a branch that runs inside it. */
static bool is_inside(const gjr_rows *rows, uint32_t stage, uint32_t outer)
{
    while (stage != outer && rows->stages[stage].region != 0) {
        stage = rows->regions[rows->stages[stage].region].parent;
    }
    return stage == outer;
}

/* By the stage's clause, and by the posts' own blocks. */
static void transition_add(seeker *with, const gjr_transition *row)
{
    const gjr_rows *rows = with->rows;
    const gjr_action *action = &rows->actions[row->action];
    for (uint32_t i = row->posts_first; i < row->posts_first + row->posts_count; i++) {
        post_add(with, rows->post_refs[i].post);
    }
    for (uint32_t i = action->powers_first; i < action->powers_first + action->powers_count; i++) {
        const gjr_power *power = &rows->powers[i];
        if (power->kind == GJR_POWER_MAY &&
            gjr_rows_is_within(rows, rows->stages[row->stage].region, power->region)) {
            post_add(with, power->post);
        }
    }
}

bool gjr_holders_find(const gjr_rows *rows, uint32_t stage, gjb_arena *arena, gjr_holders *found)
{
    seeker with = {
        .rows = rows,
        .posts = gjb_arena_make(arena, rows->post_count, sizeof *with.posts),
        .is_found = gjb_arena_make(arena, rows->post_count, 1),
    };
    if (with.posts == NULL || with.is_found == NULL) {
        return false;
    }
    if (rows->stages[stage].holder != GJR_NONE) {
        post_add(&with, rows->stages[stage].holder);
    }
    for (uint32_t i = 0; rows->stages[stage].holder == GJR_NONE && i < rows->transition_count;
         i++) {
        if (is_inside(rows, rows->transitions[i].stage, stage)) {
            transition_add(&with, &rows->transitions[i]);
        }
    }
    *found = (gjr_holders){with.posts, with.count};
    return true;
}
