/* SPDX-License-Identifier: Apache-2.0
 *
 * See sema.h. */
#include "sema/sema.h"

#include "base/map.h"
#include "base/text.h"
#include "syntax/spelling.h"

void *gjc_sema_make(gjc_sema *sema, size_t count, size_t size)
{
    void *made = gjb_arena_make(sema->arena, count, size);
    if (made == NULL)
        sema->out_of_memory = true;
    return made;
}

gjc_label gjc_sema_label(gjc_sema *sema, const gjc_node *node)
{
    gjc_label label = {
        .name = gjc_node_name(node),
        .title = gjc_node_title(node),
        .span = gjc_node_name_span(node),
    };
    if (!gjb_text_is_present(label.title))
        label.title = label.name;
    size_t count = gjc_node_count(node, GJC_ALIAS);
    gj_text *aliases = gjc_sema_make(sema, count, sizeof *aliases);
    if (aliases == NULL)
        return label;
    label.aliases = aliases;
    for (const gjc_node *a = gjc_node_find(node, GJC_ALIAS); a != NULL; a = gjc_node_find_next(a))
        aliases[label.alias_count++] = a->text;
    return label;
}

/* ---- names that are not there ---- */

typedef struct known_names {
    const gjc_labels *candidates;
    size_t count;
    const gjc_model *model;
} known_names;

/* A name of the kind that is wanted; or of any, since a run may be read as another kind of name
 * than the one in it: 由 窗口岗，转审查 names two posts, but for the space. */
static bool name_is_known(void *payload, gj_text name)
{
    const known_names *known = payload;
    const gjc_model *m = known->model;
    const gjc_labels all[] = {
        GJC_LABELS(m->stages, m->stage_count),       GJC_LABELS(m->actions, m->action_count),
        GJC_LABELS(m->posts, m->post_count),         GJC_LABELS(m->fields, m->field_count),
        GJC_LABELS(m->documents, m->document_count), GJC_LABELS(m->limits, m->limit_count),
    };
    for (size_t i = 0; i < known->count; i++)
        if (gjc_labels_find(known->candidates[i], name) != GJC_NO_INDEX)
            return true;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (gjc_labels_find(all[i], name) != GJC_NO_INDEX)
            return true;
    return false;
}

static gj_text nearest_name(const gjc_labels *candidates, size_t count, gj_text name)
{
    gjc_spelling spelling;
    gjc_spelling_init(&spelling, name);
    for (size_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < candidates[i].count; j++)
            gjc_spelling_add(&spelling, gjc_labels_get(candidates[i], j)->name);
    return spelling.best;
}

gj_text gjc_sema_join(gjc_sema *sema, const char *before, gj_text text)
{
    gjb_buffer joined;
    gjb_buffer_init(&joined, sema->arena->allocator);
    gjb_buffer_add_string(&joined, before);
    gjb_buffer_add_text(&joined, text);
    gj_text made = gjb_arena_text(sema->arena, gjb_buffer_text(&joined));
    if (joined.failed || !gjb_text_is_present(made))
        sema->out_of_memory = true;
    gjb_buffer_deinit(&joined);
    return made;
}

enum { NAMES_SHOWN = 8 };

/* "here there are: a, b": where there are few, who looks at them sees which was meant. */
static gj_text names_listed(gjc_sema *sema, const gjc_labels *candidates, size_t count,
                            gj_lang lang)
{
    gjb_buffer list;
    size_t shown = 0;
    gjb_buffer_init(&list, sema->arena->allocator);
    gjb_buffer_add_string(&list, lang == GJ_ZH ? "此处可用的有：" : "there are: ");
    for (size_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < candidates[i].count; j++, shown++) {
            const char *comma = lang == GJ_ZH ? "、" : ", ";
            gjb_buffer_add_string(&list, shown > 0 ? comma : "");
            gjb_buffer_add_text(&list, gjc_labels_get(candidates[i], j)->name);
        }
    gj_text made = (gj_text){0};
    if (shown > 0 && shown <= NAMES_SHOWN)
        made = gjb_arena_text(sema->arena, gjb_buffer_text(&list));
    sema->out_of_memory = sema->out_of_memory || list.failed;
    gjb_buffer_deinit(&list);
    return made;
}

void gjc_sema_add_unknown(gjc_sema *sema, const gjc_labels *candidates, size_t candidate_count,
                          gj_text name, gjc_span span, gjc_arg noun)
{
    gjc_diag *diag = gjc_diag_add(sema->diags, GJC_E0301, span, noun, gjc_arg_text(name));
    known_names known = {candidates, candidate_count, sema->model};
    gj_text split = gjc_spelling_split(sema->arena, name, name_is_known, &known);
    if (gjb_text_is_present(split)) {
        diag->hint = (gjc_arg){gjc_sema_join(sema, "a space left out? ", split),
                               gjc_sema_join(sema, "是否漏空格：", split)};
        gjc_diag_edit_add(sema->diags, diag, span, split);
        diag->is_certain = true;
    } else {
        gjc_diag_suggest(diag, nearest_name(candidates, candidate_count, name));
        if (!gjb_text_is_present(diag->suggestion))
            diag->hint = (gjc_arg){names_listed(sema, candidates, candidate_count, GJ_EN),
                                   names_listed(sema, candidates, candidate_count, GJ_ZH)};
    }
}

uint32_t gjc_sema_find(gjc_sema *sema, gjc_labels labels, gj_text name, gjc_span span, gjc_arg noun)
{
    uint32_t index = gjc_labels_find(labels, name);
    if (index == GJC_NO_INDEX)
        gjc_sema_add_unknown(sema, &labels, 1, name, span, noun);
    return index;
}

/* ---- names that are there twice ---- */

bool gjc_sema_check_taken(gjc_sema *sema, gjc_labels labels, const gjc_label *label, gjc_arg noun)
{
    uint32_t index = gjc_labels_find(labels, label->name);
    if (index == GJC_NO_INDEX)
        return false;
    gjc_diag *diag =
        gjc_diag_add(sema->diags, GJC_E0302, label->span, noun, gjc_arg_text(label->name));
    gjc_diag_note_add(sema->diags, diag, gjc_labels_get(labels, index)->span,
                      gjc_arg_words("first declared here", "先声明于此"));
    return true;
}

/* What labels are called, each by the first that answers to it. */
typedef struct answers {
    gjc_sema *sema;
    gjb_map names;
    uint32_t index; /* of the label at hand */
    uint32_t other; /* the first of those before it that one of its names means too */
    gj_text shared; /* that name */
} answers;

static void answer_add(answers *a, gj_text name)
{
    bool added = false;
    if (!gjb_text_is_present(name))
        return;
    const uint32_t *owner = gjb_map_add(&a->names, name, a->index, &added);
    if (owner == NULL) {
        a->sema->out_of_memory = true;
    } else if (*owner < a->index && (a->other == GJC_NO_INDEX || *owner < a->other)) {
        a->other = *owner;
        a->shared = name;
    }
}

void gjc_sema_check_answers(gjc_sema *sema, gjc_labels labels, gjc_arg noun)
{
    answers a = {.sema = sema};
    gjb_map_init(&a.names, sema->arena->allocator, 0x616E7377u);
    for (a.index = 0; a.index < labels.count && !sema->out_of_memory; a.index++) {
        const gjc_label *label = gjc_labels_get(labels, a.index);
        a.other = GJC_NO_INDEX;
        answer_add(&a, label->name);
        answer_add(&a, label->title);
        for (uint32_t i = 0; i < label->alias_count; i++)
            answer_add(&a, label->aliases[i]);
        if (a.other == GJC_NO_INDEX)
            continue;
        gjc_diag *diag =
            gjc_diag_add(sema->diags, GJC_E0308, label->span, noun, gjc_arg_text(a.shared));
        gjc_diag_note_add(sema->diags, diag, gjc_labels_get(labels, a.other)->span,
                          gjc_arg_words("the other one", "另一处"));
    }
    gjb_map_deinit(&a.names);
}

bool gjc_sema_check_again(gjc_sema *sema, const gjc_node *block, const gjc_node *node)
{
    gj_text name = gjc_node_name(node);
    const gjc_node *first = gjc_node_find(block, node->kind);
    while (first != node && !gjb_text_equal(gjc_node_name(first), name))
        first = gjc_node_find_next(first);
    if (first == node)
        return false;
    gjc_diag *diag = gjc_diag_add(sema->diags, GJC_E0607, gjc_node_name_span(node),
                                  gjc_arg_text(name), gjc_arg_none());
    gjc_diag_note_add(sema->diags, diag, gjc_node_name_span(first),
                      gjc_arg_words("the first one", "第一处"));
    return true;
}

const gjc_node *gjc_sema_find_only(gjc_sema *sema, const gjc_node *node, gjc_kind kind,
                                   gjc_arg noun)
{
    const gjc_node *first = gjc_node_find(node, kind);
    if (first == NULL)
        return NULL;
    const gjc_node *second = gjc_node_find_next(first);
    if (second != NULL) {
        gjc_diag *diag = gjc_diag_add(sema->diags, GJC_E0607, second->span, noun, gjc_arg_none());
        gjc_diag_note_add(sema->diags, diag, first->span, gjc_arg_words("the first one", "第一处"));
    }
    return first;
}
