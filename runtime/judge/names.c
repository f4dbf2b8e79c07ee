/* SPDX-License-Identifier: Apache-2.0
 *
 * See names.h. */
#include "judge/names.h"

#include "base/text.h"

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
    key = gjb_arena_text(&judge->arena, key);
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

bool gjr_names_make(gj_judge *judge)
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
