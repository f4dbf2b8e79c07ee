/* SPDX-License-Identifier: Apache-2.0
 *
 * See layout.h. */
#include "judge/layout.h"

#include "image/opcode.h"
#include "judge/course.h"
#include "judge/crews.h"
#include "judge/recalls.h"

typedef struct builder {
    const gjr_rows *rows;
    gjb_arena *arena;
    uint64_t end; /* of the parts so far */
} builder;

/* The offset of `count` things of a size, at a multiple of `alignment`. */
static uint32_t part_add(builder *with, uint64_t count, size_t size, size_t alignment)
{
    uint64_t begin = (with->end + alignment - 1) / alignment * alignment;
    with->end = begin + count * size;
    return (uint32_t)begin;
}

/* That many numbers, each GJR_NONE; NULL when memory ends. */
static uint32_t *nones_make(builder *with, uint32_t count)
{
    uint32_t *made = gjb_arena_make(with->arena, count, sizeof *made);
    for (uint32_t i = 0; made != NULL && i < count; i++) {
        made[i] = GJR_NONE;
    }
    return made;
}

/* ---- moments: what return edges ask for ---- */

static void entered_mark(uint32_t *of, uint32_t stage, uint32_t *count)
{
    if (of[stage] == GJR_NONE) {
        of[stage] = (*count)++;
    }
}

/* The stages to which return edges lead. */
static uint32_t entered_count(const gjr_rows *rows, uint32_t *of)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < rows->stage_ref_count; i++) {
        entered_mark(of, rows->stage_refs[i].stage, &count);
    }
    for (uint32_t i = 0; i < rows->exit_count; i++) {
        if ((rows->exits[i].flags & GJR_EXIT_RETURN) != 0) {
            entered_mark(of, rows->exits[i].target, &count);
        }
    }
    return count;
}

static bool moments_add(builder *with, gjr_case_layout *layout)
{
    const gjr_rows *rows = with->rows;
    uint32_t *entered_of = nones_make(with, rows->stage_count);
    if (entered_of == NULL) {
        return false;
    }
    uint32_t count = entered_count(rows, entered_of);
    layout->entered_of = entered_of;
    layout->entered = part_add(with, count, sizeof(uint32_t), sizeof(uint32_t));
    layout->done_at = count == 0
                          ? GJR_NONE
                          : part_add(with, rows->place_count, sizeof(uint32_t), sizeof(uint32_t));
    return true;
}

/* ---- acts: what expressions, rules and branches ask for ---- */

static bool asks_for_acts(const gjr_rows *rows)
{
    for (uint32_t i = 0; i < rows->instruction_count; i++) {
        unsigned op = gjr_word_op(rows->instructions[i].word);
        if (gjr_opcode_row_get(op)->immediate == GJR_IMMEDIATE_ACTION) {
            return true;
        }
    }
    for (uint32_t i = 0; i < rows->rule_count; i++) {
        if (rows->rules[i].counted != GJR_NONE) {
            return true;
        }
    }
    return rows->region_count > 1;
}

static void done_add(builder *with, gjr_case_layout *layout)
{
    layout->done = GJR_NONE;
    if (asks_for_acts(with->rows)) {
        layout->done =
            part_add(with, with->rows->action_count, sizeof(gjr_done), _Alignof(gjr_done));
    }
}

/* Of which an expression asks by how many officers they were done. */
static bool crews_add(builder *with, gjr_case_layout *layout)
{
    const gjr_rows *rows = with->rows;
    uint32_t *of = nones_make(with, rows->action_count);
    layout->crew_count = 0;
    for (uint32_t i = 0; of != NULL && i < rows->instruction_count; i++) {
        uint32_t action = rows->instructions[i].immediate;
        if (gjr_word_op(rows->instructions[i].word) == GJR_OP_OFFICERS && of[action] == GJR_NONE) {
            of[action] = layout->crew_count++;
        }
    }
    layout->crew_of = of;
    layout->crews = part_add(with, layout->crew_count, sizeof(gjr_crew), _Alignof(gjr_crew));
    return of != NULL;
}

/* ---- what some limits need ---- */

static bool ends_by_field(const gjr_rows *rows, const gjr_limit *limit)
{
    for (uint32_t i = limit->to_first; i < limit->to_first + limit->to_count; i++) {
        if (rows->triggers[i].kind == GJR_TRIGGER_FIELD) {
            return true;
        }
    }
    return false;
}

static bool is_due_by_field(const gjr_rows *rows, const gjr_limit *limit)
{
    (void)rows;
    return limit->by != GJR_NONE;
}

static bool warns(const gjr_rows *rows, const gjr_limit *limit)
{
    for (uint32_t i = limit->rungs_first; i < limit->rungs_first + limit->rungs_count; i++) {
        if (rows->rungs[i].kind != GJR_RUNG_OVERDUE) {
            return true;
        }
    }
    return false;
}

static bool turns(const gjr_rows *rows, const gjr_limit *limit)
{
    (void)rows;
    return limit->stops_count + limit->extensions_count + limit->lengths_count > 0;
}

static bool moves_and_warns(const gjr_rows *rows, const gjr_limit *limit)
{
    return (turns(rows, limit) || is_due_by_field(rows, limit)) && warns(rows, limit);
}

/* As many as any such limit has. */
static uint32_t warned_rungs(const gjr_rows *rows)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < rows->limit_count; i++) {
        const gjr_limit *limit = &rows->limits[i];
        most =
            moves_and_warns(rows, limit) && limit->rungs_count > most ? limit->rungs_count : most;
    }
    return most;
}

static bool is_measured(const gjr_rows *rows, const gjr_limit *limit)
{
    (void)rows;
    return limit->lengths_count > 0;
}

/* Bits for the landmarks of a limit's lengths, as many as any limit has. */
static uint32_t decided_words(const gjr_rows *rows)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < rows->limit_count; i++) {
        uint32_t count = gjr_layout_landmarks(rows, &rows->limits[i]);
        most = count > most ? count : most;
    }
    return most / 64 + (most % 64 != 0 ? 1 : 0);
}

static bool is_of_holder(const gjr_rows *rows, const gjr_limit *limit)
{
    (void)rows;
    return (limit->flags & GJR_LIMIT_OF_HOLDER) != 0;
}

static bool is_per_key(const gjr_rows *rows, const gjr_limit *limit)
{
    (void)rows;
    return limit->open_max > 0;
}

/* ---- clocks ---- */

/* The most turns that one event begins, of a limit: each of the triggers of a stop may begin it, in
 * all clocks where that is a stage, since between two of them another may end it; so may those that
 * extend it; and a clock that begins takes over what stops it already. */
static uint64_t turns_of(const gjr_rows *rows, const gjr_limit *limit)
{
    uint64_t clocks = gjr_layout_clocks(limit), begins = limit->from_count + limit->restarts_count;
    uint64_t count = clocks > 1 ? begins * limit->stops_count : 0;
    for (uint32_t i = limit->stops_first; i < limit->stops_first + limit->stops_count; i++) {
        count += clocks * ((uint64_t)rows->stops[i].from_count + 1);
    }
    for (uint32_t i = 0; i < limit->extensions_count; i++) {
        count += rows->extensions[limit->extensions_first + i].by_count;
    }
    return count;
}

static uint64_t clocks_count(const gjr_rows *rows, gjr_case_layout *layout)
{
    uint64_t count = 0;
    layout->turns_max = layout->keyed_count = 0;
    for (uint32_t i = 0; i < rows->limit_count; i++) {
        count += gjr_layout_clocks(&rows->limits[i]);
        layout->turns_max += turns_of(rows, &rows->limits[i]);
        layout->keyed_count += rows->limits[i].open_max > 0 ? 1 : 0;
    }
    return count;
}

static gj_status clocks_add(builder *with, gjr_case_layout *layout)
{
    const gjr_rows *rows = with->rows;
    uint64_t count = clocks_count(rows, layout);
    if (count * sizeof(gjr_limit_slot) > GJR_CASE_SIZE_MAX ||
        layout->turns_max * sizeof(gjr_turn) > GJR_CASE_SIZE_MAX) {
        return GJ_OVER_LIMIT;
    }
    layout->clock_count = (uint32_t)count;
    uint32_t *limit_of = gjb_arena_make(with->arena, count, sizeof *limit_of);
    uint32_t *clocks = gjb_arena_make(with->arena, count, sizeof *clocks);
    uint32_t *further = gjb_arena_make(with->arena, rows->limit_count, sizeof *further);
    if (limit_of == NULL || clocks == NULL || further == NULL) {
        return GJ_NO_MEMORY;
    }
    uint32_t next = rows->limit_count, ordered = 0;
    layout->limit_of = limit_of;
    layout->clocks = clocks;
    layout->further = further;
    for (uint32_t i = 0; i < rows->limit_count; i++) {
        further[i] = next;
        next += gjr_layout_clocks(&rows->limits[i]) - 1;
        for (uint32_t j = 0; j < gjr_layout_clocks(&rows->limits[i]); j++) {
            clocks[ordered] = gjr_layout_clock(layout, i, j);
            limit_of[clocks[ordered++]] = i;
        }
    }
    return GJ_OK;
}

/* A thing of that size for each clock of a limit that needs one; of each clock which it is. */
static const uint32_t *limits_add(builder *with, const gjr_case_layout *layout,
                                  bool (*needs)(const gjr_rows *, const gjr_limit *), size_t size,
                                  uint32_t *begin)
{
    const gjr_rows *rows = with->rows;
    uint32_t *of = nones_make(with, layout->clock_count), count = 0;
    for (uint32_t i = 0; of != NULL && i < layout->clock_count; i++) {
        if (needs(rows, &rows->limits[gjr_layout_limit(layout, i)])) {
            of[i] = count++;
        }
    }
    *begin = part_add(with, count, size, size % sizeof(uint64_t) == 0 ? sizeof(uint64_t) : size);
    return of;
}

/* ---- what the law does ---- */

static void law_add(builder *with, gjr_case_layout *layout)
{
    const gjr_rows *rows = with->rows;
    layout->law_acts = layout->deemed = GJR_NONE;
    if (rows->effect_count > 0) {
        layout->law_acts = part_add(with, 1, sizeof(uint32_t), sizeof(uint32_t));
        layout->deemed = part_add(with, (uint64_t)rows->place_count + rows->action_count, 1, 1);
    }
}

/* ---- what rules remember ---- */

uint32_t gjr_layout_held(const gjr_rows *rows, uint32_t relation)
{
    const gjr_relation *row = &rows->relations[relation];
    bool unsure = false;
    for (uint32_t i = row->roles_first; i < row->roles_first + row->roles_count; i++) {
        unsure |= rows->roles[i].kind == GJR_ROLE_FIRST && rows->roles[i].when != GJR_NONE;
    }
    bool precedes = rows->rules[row->rule].kind == GJR_RULE_PRECEDED;
    return row->held_max + (precedes && unsure ? 1 : 0);
}

static void recalls_add(builder *with, gjr_case_layout *layout)
{
    const gjr_rows *rows = with->rows;
    layout->recalls_max = 0;
    for (uint32_t i = 0; i < rows->relation_count; i++) {
        layout->recalls_max += gjr_layout_held(rows, i);
    }
    layout->registers =
        part_add(with, rows->relation_count, sizeof(gjr_register), _Alignof(gjr_register));
    layout->remembering = part_add(with, ((uint64_t)rows->relation_count + 63) / 64,
                                   sizeof(uint64_t), sizeof(uint64_t));
}

gj_status gjr_layout_make(const gjr_rows *rows, uint32_t own_field_count, gjb_arena *arena,
                          gjr_case_layout *layout)
{
    builder with = {rows, arena, offsetof(gjr_state, regions)};
    (void)part_add(&with, rows->region_count, sizeof(gjr_region_slot), _Alignof(gjr_region_slot));
    layout->places = part_add(&with, rows->place_count, sizeof(uint32_t), sizeof(uint32_t));
    gj_status status = clocks_add(&with, layout);
    if (status != GJ_OK) {
        return status;
    }
    layout->limits =
        part_add(&with, layout->clock_count, sizeof(gjr_limit_slot), _Alignof(gjr_limit_slot));
    layout->values = part_add(&with, own_field_count, sizeof(uint64_t), sizeof(uint64_t));
    layout->presence = part_add(&with, own_field_count, 1, 1);
    layout->documents = part_add(&with, ((uint64_t)rows->document_count + 7) / 8, 1, 1);
    done_add(&with, layout);
    if (!moments_add(&with, layout) || !crews_add(&with, layout)) {
        return GJ_NO_MEMORY;
    }
    layout->end_of = limits_add(&with, layout, ends_by_field, sizeof(gj_instant), &layout->ends);
    layout->soon_of = limits_add(&with, layout, warns, sizeof(uint32_t), &layout->soons);
    layout->course_of = limits_add(&with, layout, turns, sizeof(gjr_course), &layout->courses);
    layout->by_of = limits_add(&with, layout, is_due_by_field, sizeof(gj_instant), &layout->bys);
    layout->warned_rungs = warned_rungs(rows);
    layout->warned_of = limits_add(&with, layout, moves_and_warns,
                                   layout->warned_rungs * sizeof(gjr_warned), &layout->warneds);
    layout->measured_of =
        limits_add(&with, layout, is_measured, sizeof(gjr_measured), &layout->measureds);
    layout->decided_words = decided_words(rows);
    if (limits_add(&with, layout, is_measured, layout->decided_words * sizeof(uint64_t),
                   &layout->decideds) == NULL) {
        return GJ_NO_MEMORY;
    }
    layout->held_of = limits_add(&with, layout, is_of_holder, sizeof(gjr_holding), &layout->helds);
    layout->item_of = limits_add(&with, layout, is_per_key, sizeof(uint64_t), &layout->items);
    if (layout->end_of == NULL || layout->soon_of == NULL || layout->course_of == NULL ||
        layout->by_of == NULL || layout->warned_of == NULL || layout->measured_of == NULL ||
        layout->held_of == NULL || layout->item_of == NULL) {
        return GJ_NO_MEMORY;
    }
    law_add(&with, layout);
    recalls_add(&with, layout);
    layout->image = part_add(&with, GJR_CASE_IMAGE_SIZE, 1, 1);
    layout->tail = part_add(&with, 0, 1, sizeof(uint64_t));
    return with.end <= GJR_CASE_SIZE_MAX / 2 ? GJ_OK : GJ_OVER_LIMIT;
}
