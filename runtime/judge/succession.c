/* SPDX-License-Identifier: Apache-2.0
 *
 * See succession.h. Tables are small and this is done once a deployment, so names are looked up one
 * by one. */
#include "judge/succession.h"

#include "base/buffer.h"
#include "base/text.h"
#include "image/content.h"
#include "image/shape.h"

#include <string.h>

typedef struct builder {
    gjr_succession *to;
    const gjr_rows *was, *is;
    const gjr_migration *row;
    gjr_unplaced *why;
    bool no_memory;
} builder;

const gjr_migration *gjr_succession_row(const gjr_rows *is, uint32_t version)
{
    for (uint32_t i = 0; i < is->migration_count; i++) {
        if (is->migrations[i].from == version) {
            return &is->migrations[i];
        }
    }
    return NULL;
}

static bool refuse(builder *with, gjr_unplaced_kind kind, gj_text name)
{
    *with->why = (gjr_unplaced){.kind = kind, .name = name, .limit = GJR_NONE, .stage = GJR_NONE};
    return false;
}

static bool refuse_limit(builder *with, gjr_unplaced_kind kind, uint32_t limit)
{
    refuse(with, kind, gjr_rows_text(with->was, with->was->limits[limit].name));
    with->why->limit = limit;
    return false;
}

static bool refuse_stage(builder *with, gjr_unplaced_kind kind, uint32_t stage)
{
    refuse(with, kind, gjr_rows_text(with->was, with->was->stages[stage].name));
    with->why->stage = stage;
    return false;
}

static uint32_t *nones_make(builder *with, uint32_t count)
{
    uint32_t *made = gjb_arena_make(&with->to->arena, (size_t)count + 1, sizeof *made);
    for (uint32_t i = 0; made != NULL && i < count; i++) {
        made[i] = GJR_NONE;
    }
    with->no_memory |= made == NULL;
    return made;
}

static bool same_text(const builder *with, uint32_t was, uint32_t is)
{
    return gjb_text_equal(gjr_rows_text(with->was, was), gjr_rows_text(with->is, is));
}

/* By name, of any table whose rows have one. */
#define BY_NAME(with, table, was_count, is_count, of)                                              \
    for (uint32_t i = 0; !(with)->no_memory && i < (was_count); i++) {                             \
        for (uint32_t j = 0; (of)[i] == GJR_NONE && j < (is_count); j++) {                         \
            (of)[i] = same_text((with), (with)->was->table[i].name, (with)->is->table[j].name)     \
                          ? j                                                                      \
                          : GJR_NONE;                                                              \
        }                                                                                          \
    }

/* ---- what is kept of the case ---- */

static bool choices_alike(const builder *with, uint32_t was, uint32_t is)
{
    if (was == GJR_NONE || is == GJR_NONE) {
        return was == is;
    }
    const gjr_enumeration *a = &with->was->enumerations[was], *b = &with->is->enumerations[is];
    bool alike = a->members_count <= b->members_count;
    for (uint32_t i = 0; alike && i < a->members_count; i++) {
        alike = same_text(with, with->was->members[a->members_first + i].name,
                          with->is->members[b->members_first + i].name);
    }
    return alike;
}

/* A value of the one can stand where one of the other does, word for word. Recursion follows the
 * shape, whose depth the image's verifier has bounded. */
static bool shapes_alike(const builder *with, gjr_shape was, gjr_shape is)
{
    if (was.type != is.type || was.element != is.element ||
        !choices_alike(with, was.enumeration, is.enumeration) ||
        (was.record == GJR_NONE) != (is.record == GJR_NONE)) {
        return false;
    }
    if (was.record == GJR_NONE) {
        return true;
    }
    uint32_t count, other;
    const gjr_part *a = gjr_shape_parts(with->was, was, &count);
    const gjr_part *b = gjr_shape_parts(with->is, is, &other);
    bool alike = count == other;
    for (uint32_t i = 0; alike && i < count; i++) {
        alike = same_text(with, a[i].name, b[i].name) &&
                shapes_alike(with, GJR_SHAPE_OF(&a[i]), GJR_SHAPE_OF(&b[i]));
    }
    return alike;
}

static bool fields_place(builder *with)
{
    uint32_t count = with->to->was->own_field_count;
    uint32_t *of = nones_make(with, count);
    with->to->fields = of;
    BY_NAME(with, fields, count, with->to->is->own_field_count, of);
    for (uint32_t i = 0; !with->no_memory && i < count; i++) {
        const gjr_field *was = &with->was->fields[i];
        if (of[i] != GJR_NONE &&
            !shapes_alike(with, GJR_SHAPE_OF(was), GJR_SHAPE_OF(&with->is->fields[of[i]]))) {
            return refuse(with, GJR_UNPLACED_FIELD, gjr_rows_text(with->was, was->name));
        }
    }
    return true;
}

static void names_place(builder *with)
{
    const gjr_rows *was = with->was, *is = with->is;
    uint32_t *documents = nones_make(with, was->document_count);
    uint32_t *actions = nones_make(with, was->action_count);
    uint32_t *posts = nones_make(with, was->post_count);
    BY_NAME(with, documents, was->document_count, is->document_count, documents);
    BY_NAME(with, actions, was->action_count, is->action_count, actions);
    for (uint32_t i = 0; !with->no_memory && i < was->post_count; i++) {
        for (uint32_t j = 0; posts[i] == GJR_NONE && j < is->post_count; j++) {
            uint32_t a = was->posts[i].department, b = is->posts[j].department;
            bool same = (a == GJR_NONE) == (b == GJR_NONE) &&
                        (a == GJR_NONE ||
                         same_text(with, was->departments[a].name, is->departments[b].name));
            posts[i] =
                same && same_text(with, was->posts[i].name, is->posts[j].name) ? j : GJR_NONE;
        }
    }
    with->to->documents = documents;
    with->to->actions = actions;
    with->to->posts = posts;
}

/* ---- where it stands ---- */

static const gjr_stage_migration *stage_line(const builder *with, uint32_t name)
{
    for (uint32_t i = 0; i < with->row->stages_count; i++) {
        const gjr_stage_migration *line = &with->is->stage_migrations[with->row->stages_first + i];
        if (gjb_text_equal(gjr_rows_text(with->is, line->name), gjr_rows_text(with->was, name))) {
            return line;
        }
    }
    return NULL;
}

/* In the region that succeeds its own the stage of that name: its own, or where a line says that it
 * goes. */
static uint32_t stage_find(const builder *with, uint32_t stage, uint32_t region)
{
    const gjr_stage_migration *line = stage_line(with, with->was->stages[stage].name);
    gj_text name = line != NULL ? gjr_rows_text(with->is, with->is->stages[line->to].name)
                                : gjr_rows_text(with->was, with->was->stages[stage].name);
    const gjr_region *in = &with->is->regions[region];
    for (uint32_t i = in->stages_first; i < in->stages_first + in->stages_count; i++) {
        if (gjb_text_equal(gjr_rows_text(with->is, with->is->stages[i].name), name)) {
            return i;
        }
    }
    return GJR_NONE;
}

/* The branch of that name in the stage that succeeds the one in which it runs. */
static uint32_t branch_find(const builder *with, uint32_t region, uint32_t parent)
{
    const gjr_stage *in = &with->is->stages[parent];
    for (uint32_t i = in->branches_first; i < in->branches_first + in->branches_count; i++) {
        if (same_text(with, with->was->regions[region].name, with->is->regions[i].name)) {
            return i;
        }
    }
    return GJR_NONE;
}

static bool stages_place_of(builder *with, uint32_t region, uint32_t *stages,
                            const uint32_t *regions)
{
    const gjr_region *row = &with->was->regions[region];
    for (uint32_t i = row->stages_first; i < row->stages_first + row->stages_count; i++) {
        uint32_t to = stage_find(with, i, regions[region]);
        if (to == GJR_NONE) {
            return refuse_stage(with, GJR_UNPLACED_STAGE, i);
        }
        if ((with->was->stages[i].flags & GJR_STAGE_FINAL) !=
            (with->is->stages[to].flags & GJR_STAGE_FINAL)) {
            return refuse_stage(with, GJR_UNPLACED_FINALITY, i);
        }
        stages[i] = to;
    }
    return true;
}

/* A stage whose branches run has each of them in the new version, and no other. */
static bool branches_are_whole(builder *with, const uint32_t *stages)
{
    for (uint32_t i = 0; i < with->was->stage_count; i++) {
        if (with->was->stages[i].branches_count != with->is->stages[stages[i]].branches_count) {
            return refuse_stage(with, GJR_UNPLACED_BRANCH, i);
        }
    }
    return true;
}

static bool stages_place(builder *with)
{
    uint32_t *stages = nones_make(with, with->was->stage_count);
    uint32_t *regions = nones_make(with, with->was->region_count);
    with->to->stages = stages;
    with->to->regions = regions;
    for (uint32_t i = 0; !with->no_memory && i < with->was->region_count; i++) {
        regions[i] = i == 0 ? 0 : branch_find(with, i, stages[with->was->regions[i].parent]);
        if (regions[i] == GJR_NONE) {
            return refuse(with, GJR_UNPLACED_BRANCH,
                          gjr_rows_text(with->was, with->was->regions[i].name));
        }
        if (!stages_place_of(with, i, stages, regions)) {
            return false;
        }
    }
    return with->no_memory || branches_are_whole(with, stages);
}

static void places_place(builder *with)
{
    uint32_t *of = nones_make(with, with->was->place_count);
    for (uint32_t i = 0; !with->no_memory && i < with->was->place_count; i++) {
        const gjr_place *row = &with->was->places[i];
        for (uint32_t j = 0; of[i] == GJR_NONE && j < with->is->place_count; j++) {
            const gjr_place *other = &with->is->places[j];
            of[i] = other->region == with->to->regions[row->region] &&
                            other->action == with->to->actions[row->action]
                        ? j
                        : GJR_NONE;
        }
    }
    with->to->places = of;
}

/* ---- limits ---- */

static const gjr_limit_migration *limit_line(const builder *with, uint32_t name)
{
    for (uint32_t i = 0; i < with->row->limits_count; i++) {
        const gjr_limit_migration *line = &with->is->limit_migrations[with->row->limits_first + i];
        if (gjb_text_equal(gjr_rows_text(with->is, line->name), gjr_rows_text(with->was, name))) {
            return line;
        }
    }
    return NULL;
}

static uint32_t limit_find(const builder *with, uint32_t limit)
{
    const gjr_limit *row = &with->was->limits[limit];
    const gjr_limit_migration *line = limit_line(with, row->name);
    gj_text name = line != NULL && line->to != GJR_NONE
                       ? gjr_rows_text(with->is, with->is->limits[line->to].name)
                       : gjr_rows_text(with->was, row->name);
    for (uint32_t i = 0; i < with->is->limit_count; i++) {
        if (with->is->limits[i].region == with->to->regions[row->region] &&
            gjb_text_equal(gjr_rows_text(with->is, with->is->limits[i].name), name)) {
            return i;
        }
    }
    return line == NULL ? GJR_NONE : line->to; /* of another branch, or of the whole case */
}

static gjr_shape key_shape(const gjr_rows *rows, const gjr_limit *limit)
{
    return limit->keys_count == 0
               ? gjr_shape_nothing
               : GJR_SHAPE_OF(&rows->fields[rows->key_fields[limit->keys_first].field]);
}

static bool is_kind_alike(const builder *with, const gjr_limit *was, const gjr_limit *is)
{
    return (was->flags & GJR_LIMIT_BACKWARD) == (is->flags & GJR_LIMIT_BACKWARD) &&
           (was->by == GJR_NONE) == (is->by == GJR_NONE) &&
           (was->open_max == 0) == (is->open_max == 0) && was->open_max <= is->open_max &&
           shapes_alike(with, key_shape(with->was, was), key_shape(with->is, is));
}

static bool trigger_alike(const builder *with, const gjr_trigger *was, const gjr_trigger *is)
{
    if (was->kind != is->kind) {
        return false;
    }
    switch ((gjr_trigger_kind)was->kind) {
    case GJR_TRIGGER_ACTION:
        return with->to->actions[was->target] == is->target;
    case GJR_TRIGGER_ENTERING:
    case GJR_TRIGGER_LEAVING:
        return with->to->stages[was->target] == is->target;
    case GJR_TRIGGER_FIELD:
        return was->target < with->to->was->own_field_count &&
               with->to->fields[was->target] == is->target;
    case GJR_TRIGGER_COUNT:
        break;
    }
    return false;
}

/* What the one is at, some trigger of the other is at. */
static bool triggers_meet(const builder *with, uint32_t was_first, uint32_t was_count,
                          uint32_t is_first, uint32_t is_count)
{
    for (uint32_t i = 0; i < was_count; i++) {
        for (uint32_t j = 0; j < is_count; j++) {
            if (trigger_alike(with, &with->was->triggers[was_first + i],
                              &with->is->triggers[is_first + j])) {
                return true;
            }
        }
    }
    return false;
}

static uint32_t stop_find(const builder *with, const gjr_stop *was, const gjr_limit *in)
{
    for (uint32_t i = in->stops_first; i < in->stops_first + in->stops_count; i++) {
        const gjr_stop *is = &with->is->stops[i];
        if (triggers_meet(with, was->from_first, was->from_count, is->from_first, is->from_count) &&
            triggers_meet(with, was->to_first, was->to_count, is->to_first, is->to_count)) {
            return i;
        }
    }
    return GJR_NONE;
}

static uint32_t extension_find(const builder *with, const gjr_extension *was, const gjr_limit *in)
{
    for (uint32_t i = in->extensions_first; i < in->extensions_first + in->extensions_count; i++) {
        const gjr_extension *is = &with->is->extensions[i];
        if (triggers_meet(with, was->by_first, was->by_count, is->by_first, is->by_count)) {
            return i;
        }
    }
    return GJR_NONE;
}

/* Those of its turns that have a successor; false where one of a limit that is kept has none. */
static bool turns_place(builder *with, const gjr_limit *was, const gjr_limit *is, uint32_t *stops,
                        uint32_t *extensions)
{
    bool all = true;
    for (uint32_t i = was->stops_first; i < was->stops_first + was->stops_count; i++) {
        stops[i] = stop_find(with, &with->was->stops[i], is);
        all = all && stops[i] != GJR_NONE;
    }
    for (uint32_t i = was->extensions_first; i < was->extensions_first + was->extensions_count;
         i++) {
        extensions[i] = extension_find(with, &with->was->extensions[i], is);
        all = all && extensions[i] != GJR_NONE;
    }
    return all;
}

static bool row_says_the_same(builder *with, uint32_t table, uint32_t was, uint32_t is)
{
    gjb_buffer left, right;
    gjb_buffer_init(&left, with->to->is->allocator);
    gjb_buffer_init(&right, with->to->is->allocator);
    gjr_content_add_row(with->was, table, was, &left);
    gjr_content_add_row(with->is, table, is, &right);
    with->no_memory |= left.failed || right.failed;
    bool same = gjb_text_equal(gjb_buffer_text(&left), gjb_buffer_text(&right));
    gjb_buffer_deinit(&left);
    gjb_buffer_deinit(&right);
    return same;
}

/* Lines that say the same, each at the same place. */
static void lengths_place(builder *with, const gjr_limit *was, const gjr_limit *is, uint32_t *of)
{
    bool same = was->lengths_count == is->lengths_count && was->unit == is->unit;
    for (uint32_t i = 0; same && i < was->lengths_count; i++) {
        same = row_says_the_same(with, GJR_TABLE_length, was->lengths_first + i,
                                 is->lengths_first + i);
    }
    for (uint32_t i = 0; same && i < was->lengths_count; i++) {
        of[was->lengths_first + i] = is->lengths_first + i;
    }
}

typedef struct limits_of {
    uint32_t *limits, *stops, *extensions, *lengths;
    uint8_t *ways;
} limits_of;

static bool limit_place(builder *with, uint32_t limit, const limits_of *of)
{
    const gjr_limit *was = &with->was->limits[limit];
    const gjr_limit_migration *line = limit_line(with, was->name);
    gjr_migration_way way = line == NULL ? GJR_MIGRATION_PLAIN : (gjr_migration_way)line->way;
    uint32_t to = way == GJR_MIGRATION_ENDS ? GJR_NONE : limit_find(with, limit);
    of->ways[limit] = (uint8_t)(way == GJR_MIGRATION_PLAIN ? GJR_MIGRATION_KEPT : way);
    of->limits[limit] = to;
    if (way == GJR_MIGRATION_ENDS) {
        return true;
    }
    if (to == GJR_NONE) {
        return refuse_limit(with, GJR_UNPLACED_LIMIT, limit);
    }
    for (uint32_t i = 0; i < limit; i++) {
        if (of->limits[i] == to) {
            return refuse_limit(with, GJR_UNPLACED_TWO_LIMITS, limit);
        }
    }
    const gjr_limit *is = &with->is->limits[to];
    if (!is_kind_alike(with, was, is)) {
        return refuse_limit(with, GJR_UNPLACED_KIND, limit);
    }
    if (way == GJR_MIGRATION_PLAIN && was->unit != is->unit && was->by == GJR_NONE) {
        return refuse_limit(with, GJR_UNPLACED_UNIT, limit);
    }
    lengths_place(with, was, is, of->lengths);
    return turns_place(with, was, is, of->stops, of->extensions) || way == GJR_MIGRATION_ANEW ||
           refuse_limit(with, GJR_UNPLACED_TURN, limit);
}

static bool limits_place(builder *with)
{
    limits_of of = {
        nones_make(with, with->was->limit_count), nones_make(with, with->was->stop_count),
        nones_make(with, with->was->extension_count), nones_make(with, with->was->length_count),
        gjb_arena_make(&with->to->arena, (size_t)with->was->limit_count + 1, 1)};
    with->no_memory |= of.ways == NULL;
    with->to->limits = of.limits;
    with->to->stops = of.stops;
    with->to->extensions = of.extensions;
    with->to->lengths = of.lengths;
    with->to->ways = of.ways;
    bool placed = true;
    for (uint32_t i = 0; !with->no_memory && placed && i < with->was->limit_count; i++) {
        placed = limit_place(with, i, &of);
    }
    return placed;
}

/* ---- what rules remember ---- */

static bool keys_alike(const builder *with, const gjr_relation *was, const gjr_relation *is)
{
    if (was->keys_count == 0 || is->keys_count == 0) {
        return was->keys_count == is->keys_count;
    }
    const gjr_field *a = &with->was->fields[with->was->key_fields[was->keys_first].field];
    const gjr_field *b = &with->is->fields[with->is->key_fields[is->keys_first].field];
    return shapes_alike(with, GJR_SHAPE_OF(a), GJR_SHAPE_OF(b));
}

static bool keeps_alike(const builder *with, const gjr_relation *was, const gjr_relation *is)
{
    bool alike = was->keeps_count == is->keeps_count;
    for (uint32_t i = 0; alike && i < was->keeps_count; i++) {
        const gjr_field *a = &with->was->fields[with->was->keeps[was->keeps_first + i].as];
        const gjr_field *b = &with->is->fields[with->is->keeps[is->keeps_first + i].as];
        alike = shapes_alike(with, GJR_SHAPE_OF(a), GJR_SHAPE_OF(b));
    }
    return alike;
}

/* The rule of the same name, in the region that succeeds its own, says the same. */
static bool relations_are_one(builder *with, uint32_t was, uint32_t is)
{
    const gjr_relation *a = &with->was->relations[was], *b = &with->is->relations[is];
    const gjr_rule *left = &with->was->rules[a->rule], *right = &with->is->rules[b->rule];
    return with->to->regions[left->region] == right->region &&
           same_text(with, left->name, right->name) && a->roles_count == b->roles_count &&
           a->held_max <= b->held_max && keys_alike(with, a, b) && keeps_alike(with, a, b) &&
           row_says_the_same(with, GJR_TABLE_rule, a->rule, b->rule) &&
           row_says_the_same(with, GJR_TABLE_relation, was, is);
}

static void relations_place(builder *with)
{
    uint32_t *of = nones_make(with, with->was->relation_count);
    for (uint32_t i = 0; !with->no_memory && i < with->was->relation_count; i++) {
        for (uint32_t j = 0; of[i] == GJR_NONE && j < with->is->relation_count; j++) {
            of[i] = relations_are_one(with, i, j) ? j : GJR_NONE;
        }
    }
    with->to->relations = of;
}

/* ---- all of it ---- */

/* What the new version says goes somewhere is there in the other. */
static bool lines_check(builder *with)
{
    for (uint32_t i = 0; i < with->row->stages_count; i++) {
        uint32_t name = with->is->stage_migrations[with->row->stages_first + i].name, j = 0;
        while (j < with->was->stage_count && !same_text(with, with->was->stages[j].name, name)) {
            j++;
        }
        if (j == with->was->stage_count) {
            return refuse(with, GJR_UNPLACED_NO_STAGE, gjr_rows_text(with->is, name));
        }
    }
    for (uint32_t i = 0; i < with->row->limits_count; i++) {
        uint32_t name = with->is->limit_migrations[with->row->limits_first + i].name, j = 0;
        while (j < with->was->limit_count && !same_text(with, with->was->limits[j].name, name)) {
            j++;
        }
        if (j == with->was->limit_count) {
            return refuse(with, GJR_UNPLACED_NO_LIMIT, gjr_rows_text(with->is, name));
        }
    }
    return true;
}

static bool walls_are_one(const gj_judge *was, const gj_judge *is)
{
    return was->calendar == is->calendar ||
           (was->calendar != NULL && is->calendar != NULL &&
            gjr_zone_equal(&gjr_calendar_get_plan(was->calendar)->zone,
                           &gjr_calendar_get_plan(is->calendar)->zone));
}

static bool all_place(builder *with)
{
    const gj_text none = {NULL, 0};
    if (!walls_are_one(with->to->was, with->to->is)) {
        return refuse(with, GJR_UNPLACED_ZONE, none);
    }
    if (with->was->native_count + with->is->native_count > 0) {
        return refuse(with, GJR_UNPLACED_NATIVES, none);
    }
    names_place(with);
    if (!lines_check(with) || !fields_place(with) || !stages_place(with) || with->no_memory) {
        return false;
    }
    places_place(with);
    if (!limits_place(with) || with->no_memory) {
        return false;
    }
    relations_place(with);
    return true;
}

gj_status gjr_succession_init(gjr_succession *succession, const gj_judge *was, const gj_judge *is,
                              const gjr_migration *row, gjr_unplaced *why)
{
    *succession = (gjr_succession){.was = was, .is = is};
    *why = (gjr_unplaced){.kind = GJR_UNPLACED_NOTHING, .limit = GJR_NONE, .stage = GJR_NONE};
    gjb_arena_init(&succession->arena, is->allocator);
    builder with = {succession, was->rows, is->rows, row, why, false};
    bool placed = all_place(&with);
    return with.no_memory ? GJ_NO_MEMORY : placed ? GJ_OK : GJ_REFUSED;
}

void gjr_succession_deinit(gjr_succession *succession)
{
    gjb_arena_deinit(&succession->arena);
}
