/* SPDX-License-Identifier: Apache-2.0
 *
 * See judge.h: making a judge out of an image and calendars, and looking names up in it. */
#include "judge/judge.h"

#include "base/buffer.h"
#include "base/text.h"
#include "judge/case.h"

#include <string.h>

enum { COMPOSED_SIZE_MAX = 512 }; /* of "department.post" as an event tells it */

/* ---- names ---- */

/* The first of a name keeps it. */
static bool name_add(gjb_map *map, gj_text name, uint32_t index)
{
    bool added;
    return !gjb_text_is_present(name) || gjb_map_add(map, name, index, &added) != NULL;
}

static uint32_t name_find(const gjb_map *map, gj_text name)
{
    const uint32_t *index = gjb_text_is_present(name) ? gjb_map_find(map, name) : NULL;
    return index == NULL ? GJR_NONE : *index;
}

/* Names before titles, so that a title never hides another's name. */
#define NAMES_ADD(judge, map, table, count)                                                        \
    do {                                                                                           \
        for (uint32_t i = 0; ok && i < (count); i++) {                                             \
            ok = name_add(map, gjr_judge_text(judge, (judge)->rows->table##s[i].name), i);         \
        }                                                                                          \
        for (uint32_t i = 0; ok && i < (count); i++) {                                             \
            ok = name_add(map, gjr_judge_text(judge, (judge)->rows->table##s[i].title), i);        \
        }                                                                                          \
    } while (0)

static bool other_name_add(gj_judge *judge, const gjr_other_name *other)
{
    gj_text text = gjr_judge_text(judge, other->text);
    switch ((gjr_alias_of)other->of) {
    case GJR_ALIAS_ACTION:
        return name_add(&judge->actions, text, other->target);
    case GJR_ALIAS_POST:
        return name_add(&judge->posts, text, other->target);
    case GJR_ALIAS_DEPARTMENT:
        return name_add(&judge->departments, text, other->target);
    case GJR_ALIAS_COUNT:
        break;
    }
    return true;
}

/* "department.post", by the department's own index: how posts of one name are told apart. */
static gj_text composed(uint32_t department, gj_text post, char *buffer)
{
    if (post.size > COMPOSED_SIZE_MAX - sizeof department) {
        return (gj_text){NULL, 0};
    }
    memcpy(buffer, &department, sizeof department);
    if (post.size > 0) {
        memcpy(buffer + sizeof department, post.bytes, post.size);
    }
    return (gj_text){buffer, post.size + sizeof department};
}

static bool composed_add(gj_judge *judge, uint32_t post, gj_text name)
{
    char buffer[COMPOSED_SIZE_MAX];
    uint32_t department = judge->rows->posts[post].department;
    gj_text key = composed(department, name, buffer);
    if (department == GJR_NONE || !gjb_text_is_present(name) || !gjb_text_is_present(key)) {
        return true;
    }
    key = gjb_arena_text(&judge->names, key);
    return gjb_text_is_present(key) && name_add(&judge->posts, key, post);
}

static bool composed_names_add(gj_judge *judge)
{
    bool ok = true;
    for (uint32_t i = 0; ok && i < judge->rows->post_count; i++) {
        const gjr_post *post = &judge->rows->posts[i];
        ok = composed_add(judge, i, gjr_judge_text(judge, post->name)) &&
             composed_add(judge, i, gjr_judge_text(judge, post->title));
    }
    for (uint32_t i = 0; ok && i < judge->rows->other_name_count; i++) {
        const gjr_other_name *other = &judge->rows->other_names[i];
        ok = other->of != GJR_ALIAS_POST ||
             composed_add(judge, other->target, gjr_judge_text(judge, other->text));
    }
    return ok;
}

static bool names_add(gj_judge *judge)
{
    bool ok = true;
    NAMES_ADD(judge, &judge->actions, action, judge->rows->action_count);
    NAMES_ADD(judge, &judge->posts, post, judge->rows->post_count);
    NAMES_ADD(judge, &judge->departments, department, judge->rows->department_count);
    NAMES_ADD(judge, &judge->fields, field, judge->own_field_count);
    NAMES_ADD(judge, &judge->documents, document, judge->rows->document_count);
    for (uint32_t i = 0; ok && i < judge->rows->other_name_count; i++) {
        ok = other_name_add(judge, &judge->rows->other_names[i]);
    }
    return ok && composed_names_add(judge);
}

uint32_t gjr_judge_find_action(const gj_judge *judge, gj_text name)
{
    return name_find(&judge->actions, name);
}

uint32_t gjr_judge_find_field(const gj_judge *judge, gj_text name)
{
    return name_find(&judge->fields, name);
}

uint32_t gjr_judge_find_parameter(const gj_judge *judge, uint32_t action, gj_text name)
{
    const gjr_action *row = &judge->rows->actions[action];
    for (uint32_t i = row->parameters_first; i < row->parameters_first + row->parameters_count;
         i++) {
        if (gjb_text_equal(gjr_judge_text(judge, judge->rows->fields[i].name), name) ||
            gjb_text_equal(gjr_judge_text(judge, judge->rows->fields[i].title), name)) {
            return i;
        }
    }
    return GJR_NONE;
}

uint32_t gjr_judge_find_document(const gj_judge *judge, gj_text name)
{
    return name_find(&judge->documents, name);
}

uint32_t gjr_judge_find_department(const gj_judge *judge, gj_text name)
{
    return name_find(&judge->departments, name);
}

/* "window" of the department "amr", told apart or as "amr.window". */
static uint32_t post_find_in(const gj_judge *judge, gj_text name, gj_text department)
{
    char buffer[COMPOSED_SIZE_MAX];
    uint32_t index = gjr_judge_find_department(judge, department);
    return index == GJR_NONE ? GJR_NONE : name_find(&judge->posts, composed(index, name, buffer));
}

uint32_t gjr_judge_find_post(const gj_judge *judge, gj_text name, gj_text department)
{
    uint32_t post = post_find_in(judge, name, department);
    post = post != GJR_NONE ? post : name_find(&judge->posts, name);
    const char *dot = name.size > 0 ? memchr(name.bytes, '.', name.size) : NULL;
    if (post == GJR_NONE && dot != NULL) {
        size_t at = (size_t)(dot - name.bytes);
        post = post_find_in(judge, gjb_text_slice(name, at + 1, name.size),
                            gjb_text_slice(name, 0, at));
    }
    return post;
}

bool gjr_judge_post_is_called(const gj_judge *judge, uint32_t post, gj_text name)
{
    char buffer[COMPOSED_SIZE_MAX];
    uint32_t department = judge->rows->posts[post].department;
    return department != GJR_NONE &&
           name_find(&judge->posts, composed(department, name, buffer)) == post;
}

uint32_t gjr_judge_find_member(const gj_judge *judge, uint32_t enumeration, gj_text name)
{
    const gjr_enumeration *of = &judge->rows->enumerations[enumeration];
    const gjr_member *members = &judge->rows->members[of->members_first];
    for (uint32_t i = 0; i < of->members_count; i++) {
        if (gjb_text_equal(gjr_judge_text(judge, members[i].name), name) ||
            gjb_text_equal(gjr_judge_text(judge, members[i].title), name)) {
            return i;
        }
    }
    return GJR_NONE;
}

/* ---- the layout of a case ---- */

/* The offset of `count` things of a size; they begin at a multiple of 8. */
static uint32_t part_add(uint64_t *end, uint64_t count, size_t size)
{
    uint64_t begin = *end;
    *end = (begin + count * size + 7) & ~UINT64_C(7);
    return (uint32_t)begin;
}

static bool layout_make(gj_judge *judge)
{
    const gjr_rows *rows = judge->rows;
    uint64_t end = sizeof(gjr_state);
    judge->layout.done = part_add(&end, rows->action_count, sizeof(gjr_done));
    judge->layout.places = part_add(&end, rows->place_count, sizeof(gjr_place_slot));
    judge->layout.regions = part_add(&end, rows->region_count, sizeof(gjr_region_slot));
    judge->layout.entered = part_add(&end, rows->stage_count, sizeof(uint32_t));
    judge->layout.limits = part_add(&end, rows->limit_count, sizeof(gjr_limit_slot));
    judge->layout.values = part_add(&end, judge->own_field_count, sizeof(uint64_t));
    judge->layout.presence = part_add(&end, judge->own_field_count, sizeof(uint8_t));
    judge->layout.documents = part_add(&end, ((uint64_t)rows->document_count + 7) / 8, 1);
    judge->layout.tail = (uint32_t)end;
    return end <= GJR_CASE_SIZE_MAX / 2;
}

static bool first_transitions_make(gj_judge *judge)
{
    const gjr_rows *rows = judge->rows;
    judge->first_transitions =
        gjb_alloc_create(judge->allocator, (size_t)rows->action_count + 1, sizeof(uint32_t));
    if (judge->first_transitions == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < rows->action_count; i++) {
        judge->first_transitions[i] = GJR_NONE;
    }
    for (uint32_t i = rows->transition_count; i > 0; i--) {
        judge->first_transitions[rows->transitions[i - 1].action] = i - 1;
    }
    return true;
}

static uint32_t texts_set_by(const gjr_rows *rows, const gjr_transition *row)
{
    uint32_t count = 0;
    for (uint32_t i = row->sets_first; i < row->sets_first + row->sets_count; i++) {
        uint32_t type = rows->fields[rows->assignments[i].field].type;
        count += type == GJR_TYPE_TEXT || type == GJR_TYPE_OFFICER ? 1 : 0;
    }
    return count;
}

/* What it takes to know how much room an act's sets may need. */
static bool texts_set_make(gj_judge *judge)
{
    const gjr_rows *rows = judge->rows;
    judge->texts_set =
        gjb_alloc_create(judge->allocator, (size_t)rows->action_count + 1, sizeof(uint32_t));
    if (judge->texts_set == NULL) {
        return false;
    }
    memset(judge->texts_set, 0, ((size_t)rows->action_count + 1) * sizeof(uint32_t));
    for (uint32_t i = 0; i < rows->transition_count; i++) {
        uint32_t *most = &judge->texts_set[rows->transitions[i].action];
        uint32_t count = texts_set_by(rows, &rows->transitions[i]);
        *most = count > *most ? count : *most;
    }
    for (uint32_t i = 0; i < rows->constant_count; i++) {
        const gjr_constant *row = &rows->constants[i];
        bool text = row->type == GJR_TYPE_TEXT || row->type == GJR_TYPE_OFFICER;
        uint32_t size = text ? (uint32_t)gjr_judge_text(judge, row->low).size : 0;
        judge->constant_size_max =
            size > judge->constant_size_max ? size : judge->constant_size_max;
    }
    return true;
}

static uint32_t depth_of(const gjr_rows *rows, uint32_t region)
{
    uint32_t depth = 0;
    for (; region != 0; depth++) {
        region = rows->stages[rows->regions[region].parent].region;
    }
    return depth;
}

/* Sorted by counting: depths are few. */
static bool inner_first_make(gj_judge *judge)
{
    const gjr_rows *rows = judge->rows;
    judge->inner_first =
        gjb_alloc_create(judge->allocator, rows->region_count, sizeof *judge->inner_first);
    if (judge->inner_first == NULL) {
        return false;
    }
    uint32_t count = 0;
    for (uint32_t depth = GJR_NESTING_MAX; depth-- > 0;) {
        for (uint32_t i = 0; i < rows->region_count; i++) {
            if (depth_of(rows, i) == depth) {
                judge->inner_first[count++] = i;
            }
        }
    }
    return true;
}

/* ---- life ---- */

/* The calendar that the procedure names. */
static gj_status calendar_bind(gj_judge *judge, const gj_judge_options *options)
{
    gj_text wanted = gjr_judge_text(judge, judge->procedure->calendar);
    if (!gjb_text_is_present(wanted)) {
        return GJ_OK;
    }
    for (size_t i = 0; i < options->calendar_count; i++) {
        if (gjb_text_equal(gj_calendar_name(options->calendars[i]), wanted)) {
            judge->calendar = options->calendars[i];
            return GJ_OK;
        }
    }
    return GJ_UNBOUND;
}

static void maps_init(gj_judge *judge)
{
    gjb_map *maps[] = {&judge->actions, &judge->posts, &judge->departments, &judge->fields,
                       &judge->documents};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        gjb_map_init(maps[i], judge->allocator, 0x67756A75u + i);
    }
    gjb_arena_init(&judge->names, judge->allocator);
}

/* Parameters stand last. */
static uint32_t own_field_count(const gjr_rows *rows)
{
    uint32_t count = rows->field_count;
    while (count > 0 && (rows->fields[count - 1].flags & GJR_FIELD_PARAMETER) != 0) {
        count--;
    }
    return count;
}

static gj_status judge_fill(gj_judge *judge, const gj_judge_options *options)
{
    judge->own_field_count = own_field_count(judge->rows);
    gj_status status = calendar_bind(judge, options);
    if (status != GJ_OK) {
        return status;
    }
    if (!layout_make(judge)) {
        return GJ_OVER_LIMIT;
    }
    return first_transitions_make(judge) && texts_set_make(judge) && inner_first_make(judge) &&
                   names_add(judge)
               ? GJ_OK
               : GJ_NO_MEMORY;
}

gj_status gj_judge_create(const gj_judge_options *options, gj_judge **made)
{
    if (options == NULL || made == NULL || options->image == NULL ||
        options->size < sizeof(gj_judge_options)) {
        return GJ_BAD_ARGUMENT;
    }
    *made = NULL;
    size_t index = gj_image_procedure_find(options->image, options->procedure);
    if (index == GJ_NO_INDEX) {
        return GJ_UNKNOWN;
    }
    const gj_allocator *allocator = gjb_alloc_or_default(options->allocator);
    gj_judge *judge = gjb_alloc_create(allocator, 1, sizeof *judge);
    if (judge == NULL) {
        return GJ_NO_MEMORY;
    }
    judge->allocator = allocator;
    judge->rows = gjr_image_rows(options->image, index);
    judge->procedure = &judge->rows->procedures[0];
    memcpy(judge->identity, options->image->units[index].identity, sizeof judge->identity);
    maps_init(judge);
    gj_status status = judge_fill(judge, options);
    if (status != GJ_OK) {
        gj_judge_destroy(judge);
        return status;
    }
    *made = judge;
    return GJ_OK;
}

void gj_judge_destroy(gj_judge *judge)
{
    if (judge == NULL) {
        return;
    }
    const gj_allocator *allocator = judge->allocator;
    if (judge->first_transitions != NULL) {
        gjb_alloc_destroy(allocator, judge->first_transitions,
                          (size_t)judge->rows->action_count + 1, sizeof(uint32_t));
    }
    if (judge->texts_set != NULL) {
        gjb_alloc_destroy(allocator, judge->texts_set, (size_t)judge->rows->action_count + 1,
                          sizeof(uint32_t));
    }
    if (judge->inner_first != NULL) {
        gjb_alloc_destroy(allocator, judge->inner_first, judge->rows->region_count,
                          sizeof *judge->inner_first);
    }
    gjb_map_deinit(&judge->actions);
    gjb_map_deinit(&judge->posts);
    gjb_map_deinit(&judge->departments);
    gjb_map_deinit(&judge->fields);
    gjb_map_deinit(&judge->documents);
    gjb_arena_deinit(&judge->names);
    gjb_alloc_destroy(allocator, judge, 1, sizeof *judge);
}

gj_instant gj_judge_instant(const gj_judge *judge, const gj_stamp *stamp)
{
    return gjr_calendar_instant(judge->calendar, stamp);
}

int32_t gj_judge_offset(const gj_judge *judge, gj_instant instant)
{
    return gjr_calendar_offset(judge->calendar, instant);
}
