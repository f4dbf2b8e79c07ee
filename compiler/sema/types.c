/* SPDX-License-Identifier: Apache-2.0
 *
 * See types.h. */
#include "sema/types.h"

#include "base/text.h"
#include "sema/builtins.h"
#include "sema/refusals.h"

gjc_type gjc_type_of(gjr_type base)
{
    return (gjc_type){.base = base, .enumeration = GJC_NO_INDEX};
}

bool gjc_type_equal(gjc_type a, gjc_type b)
{
    return a.base == b.base && a.element == b.element && a.enumeration == b.enumeration;
}

bool gjc_type_is_amount(gjc_type type)
{
    return type.base == GJR_TYPE_NUMBER || type.base == GJR_TYPE_MONEY;
}

bool gjc_type_is_ordered(gjc_type type)
{
    return gjc_type_is_amount(type) || type.base == GJR_TYPE_DATE || type.base == GJR_TYPE_TIME;
}

gjc_type gjc_type_element(gjc_type list)
{
    return (gjc_type){.base = list.element, .enumeration = list.enumeration};
}

/* ---- reading ---- */

static gjc_type enumeration_resolve(gjc_sema *sema, const gjc_node *node)
{
    gjc_type type = gjc_type_of(GJR_TYPE_ENUM);
    gjc_enumeration *enumeration = gjc_model_add_enumeration(sema->model);
    if (enumeration == NULL) {
        sema->out_of_memory = true;
        return type;
    }
    type.enumeration = sema->model->enumeration_count - 1;
    size_t count = gjc_node_count(node, GJC_CHOICE);
    enumeration->members = gjc_sema_make(sema, count, sizeof *enumeration->members);
    if (enumeration->members == NULL)
        return type;
    const gjc_arg noun = gjc_arg_words("choice", "取值");
    const gjc_node *choice = gjc_node_find(node, GJC_CHOICE);
    for (; choice != NULL; choice = gjc_node_find_next(choice)) {
        gjc_label label = gjc_sema_label(sema, choice);
        gjc_labels known = GJC_LABELS(enumeration->members, enumeration->member_count);
        if (!gjc_sema_check_taken(sema, known, &label, noun))
            enumeration->members[enumeration->member_count++] = label;
    }
    return type;
}

static gjc_type list_resolve(gjc_sema *sema, const gjc_node *node)
{
    gjc_type element = gjc_type_resolve(sema, gjc_node_find_type(node));
    if (element.base == GJR_TYPE_LIST) {
        gjc_diag_add(sema->diags, GJC_E0410, node->span, gjc_arg_none(), gjc_arg_none());
        return gjc_type_of(GJR_TYPE_NOTHING);
    }
    if (element.base == GJR_TYPE_NOTHING)
        return element;
    return (gjc_type){GJR_TYPE_LIST, element.base, element.enumeration};
}

static void unknown_type_add(gjc_sema *sema, const gjc_node *path)
{
    gjc_label names[GJR_TYPE_COUNT * 2] = {0};
    uint32_t count = 0;
    for (int type = GJR_TYPE_BOOL; type <= GJR_TYPE_OFFICER; type++)
        for (int lang = GJ_EN; lang <= GJ_ZH; lang++)
            names[count++].name =
                gjb_text_of(gjc_builtins_type_name((gjr_type)type, (gj_lang)lang));
    gjc_labels known = GJC_LABELS(names, count);
    gjc_sema_add_unknown(sema, &known, 1, path->text, path->span, gjc_arg_words("type", "类型"));
}

static bool is_duration(gj_text name)
{
    return gjb_text_equal_string(name, "duration") || gjb_text_equal_string(name, "时长");
}

gjc_type gjc_type_resolve(gjc_sema *sema, const gjc_node *node)
{
    if (node == NULL)
        return gjc_type_of(GJR_TYPE_NOTHING);
    if (node->kind == GJC_TYPE_ONE_OF)
        return enumeration_resolve(sema, node);
    if (node->kind == GJC_TYPE_LIST)
        return list_resolve(sema, node);
    const gjc_node *path = gjc_node_find(node, GJC_PATH);
    if (path == NULL)
        return gjc_type_of(GJR_TYPE_NOTHING);
    gjr_type base = gjc_builtins_find_type(path->text);
    if (base == GJR_TYPE_NOTHING && is_duration(path->text))
        gjc_refusals_add(sema, GJC_UNSUPPORTED_TYPE_DURATION, path->span);
    else if (base == GJR_TYPE_NOTHING)
        unknown_type_add(sema, path);
    return gjc_type_of(base);
}

/* ---- naming ---- */

static void members_print(const gjc_model *model, gjc_type type, gj_lang lang, gjb_buffer *out)
{
    enum { SHOWN_MAX = 4 };
    const gjc_enumeration *e = &model->enumerations[type.enumeration];
    gjb_buffer_add_string(out, " { ");
    for (uint32_t i = 0; i < e->member_count && i < SHOWN_MAX; i++) {
        gjb_buffer_add_string(out, i == 0 ? "" : lang == GJ_ZH ? "、" : ", ");
        gjb_buffer_add_text(out, e->members[i].name);
    }
    gjb_buffer_add_string(out, e->member_count > SHOWN_MAX ? " … }" : " }");
}

static gj_text type_printed(gjc_sema *sema, gjc_type type, gj_lang lang)
{
    gjb_buffer out;
    gjb_buffer_init(&out, sema->arena->allocator);
    gjc_type scalar = type;
    if (type.base == GJR_TYPE_LIST) {
        gjb_buffer_add_string(&out, lang == GJ_ZH ? "若干 " : "list of ");
        scalar = gjc_type_element(type);
    }
    gjb_buffer_add_string(&out, gjc_builtins_type_name(scalar.base, lang));
    if (scalar.base == GJR_TYPE_ENUM)
        members_print(sema->model, scalar, lang, &out);
    gj_text printed = gjb_arena_text(sema->arena, gjb_buffer_text(&out));
    if (out.failed || !gjb_text_is_present(printed))
        sema->out_of_memory = true;
    gjb_buffer_deinit(&out);
    return printed;
}

gjc_arg gjc_type_words(gjc_sema *sema, gjc_type type)
{
    return (gjc_arg){type_printed(sema, type, GJ_EN), type_printed(sema, type, GJ_ZH)};
}
