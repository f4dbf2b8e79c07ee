/* SPDX-License-Identifier: Apache-2.0
 *
 * A finding while it is made of a note, for the two files that make it: finding.c, and
 * finding_limit.c for what is said of limits. */
#ifndef GJR_FINDING_MAKER_H
#define GJR_FINDING_MAKER_H

#include "judge/judge.h"
#include "judge/raised.h"

typedef struct gjr_maker {
    const gj_judge *judge;
    const gjr_raised *raised;
    const gjr_event *event; /* NULL: time alone */
    gjb_arena *arena;
    gj_finding *to;
    bool no_memory;
} gjr_maker;

typedef struct gjr_titled {
    gj_text name, title;
} gjr_titled;

static inline gjr_titled gjr_titled_of(const gjr_maker *with, uint32_t name, uint32_t title)
{
    return (gjr_titled){gjr_judge_text(with->judge, name), gjr_judge_text(with->judge, title)};
}

/* Of a row of a table. */
#define GJR_TITLED(with, table, index)                                                             \
    gjr_titled_of(with, (with)->judge->rows->table##s[index].name,                                 \
                  (with)->judge->rows->table##s[index].title)

/* In the arena; NULL when memory ends, which is noted. */
static inline void *gjr_maker_make(gjr_maker *with, size_t count, size_t size)
{
    void *made = gjb_arena_make(with->arena, count, size);
    with->no_memory |= made == NULL;
    return made;
}

/* The post, with its department. */
void gjr_maker_take_post(gjr_maker *with, uint32_t post);
/* A post answers; the officer is known where the same post did the act at hand. */
void gjr_maker_take_owing(gjr_maker *with, uint32_t post);
/* Both findings of a limit's ladder. */
void gjr_maker_take_limit(gjr_maker *with);
/* What was judged when its end came. */
void gjr_maker_take_period(gjr_maker *with);

#endif
