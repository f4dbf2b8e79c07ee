/* SPDX-License-Identifier: Apache-2.0
 *
 * See types.h. */
#include "sema/types.h"

#include "base/text.h"
#include "sema/builtins.h"
#include "sema/declared.h"

gjc_type gjc_type_of(gjr_type base)
{
    return (gjc_type){.base = base, .enumeration = GJC_NO_INDEX, .record = GJC_NO_INDEX};
}

bool gjc_type_equal(gjc_type a, gjc_type b)
{
    return a.base == b.base && a.element == b.element && a.enumeration == b.enumeration &&
           a.record == b.record;
}

bool gjc_type_is_amount(gjc_type type)
{
    return type.base == GJR_TYPE_NUMBER || type.base == GJR_TYPE_MONEY ||
           type.base == GJR_TYPE_DURATION;
}

bool gjc_type_is_ordered(gjc_type type)
{
    return gjc_type_is_amount(type) || type.base == GJR_TYPE_DATE || type.base == GJR_TYPE_TIME;
}

gjc_type gjc_type_element(gjc_type list)
{
    return (gjc_type){.base = list.element, .enumeration = list.enumeration, .record = list.record};
}

gjc_type gjc_type_list(gjc_type element)
{
    return (gjc_type){GJR_TYPE_LIST, element.base, element.enumeration, element.record};
}

/* ---- reading ---- */

static gjc_type declared_work_out(gjc_sema *sema, gjc_declared *declared, gjc_span span);

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
    return gjc_type_list(element);
}

static void unknown_type_add(gjc_sema *sema, const gjc_node *path)
{
    enum { NAMES_MAX = 128 };
    gjc_label names[NAMES_MAX] = {0};
    uint32_t count = 0;
    for (int type = GJR_TYPE_BOOL; type <= GJR_TYPE_OFFICER; type++)
        for (int lang = GJ_EN; lang <= GJ_ZH; lang++)
            names[count++].name =
                gjb_text_of(gjc_builtins_type_name((gjr_type)type, (gj_lang)lang));
    count += gjc_declared_names(sema, GJC_TYPE, path->text, names + count, NAMES_MAX - count);
    gjc_labels known = GJC_LABELS(names, count);
    gjc_sema_add_unknown(sema, &known, 1, path->text, path->span, gjc_arg_words("type", "类型"));
}

static gjc_type named_resolve(gjc_sema *sema, const gjc_node *path)
{
    bool ambiguous;
    gjc_declared *declared = gjc_declared_find(sema, GJC_TYPE, path->text, path->span, &ambiguous);
    if (declared != NULL)
        return declared_work_out(sema, declared, path->span);
    gjr_type base = gjc_builtins_find_type(path->text);
    if (base == GJR_TYPE_NOTHING && !ambiguous)
        unknown_type_add(sema, path);
    return gjc_type_of(base);
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
    return path != NULL ? named_resolve(sema, path) : gjc_type_of(GJR_TYPE_NOTHING);
}

/* ---- declared types ---- */

static void part_check(gjc_sema *sema, const gjc_node *field)
{
    const gjc_node *preset = gjc_node_find(field, GJC_DEFAULT);
    const gjc_node *basis = gjc_node_find(field, GJC_BASIS);
    const gjc_node *extra = preset != NULL ? preset : basis;
    if (extra != NULL)
        gjc_diag_add(sema->diags, GJC_E0418, extra->span, gjc_arg_none(), gjc_arg_none());
}

static void part_resolve(gjc_sema *sema, const gjc_node *field, gjc_record_type *record)
{
    gjc_part part = {gjc_sema_label(sema, field),
                     gjc_type_resolve(sema, gjc_node_find_type(field))};
    gjc_labels known = GJC_LABELS(record->parts, record->part_count);
    part_check(sema, field);
    if (gjc_sema_check_taken(sema, known, &part.label, gjc_arg_words("field", "数据项")) ||
        part.type.base == GJR_TYPE_NOTHING)
        return;
    record->parts[record->part_count++] = part;
    if (part.type.record != GJC_NO_INDEX) {
        uint32_t inner = sema->model->record_types[part.type.record].depth;
        record->depth = inner >= record->depth ? inner + 1 : record->depth;
    }
}

static gjc_type record_resolve(gjc_sema *sema, const gjc_declared *declared)
{
    const gjc_node *node = declared->node;
    size_t count = gjc_node_count(node, GJC_FIELD);
    gjc_record_type record = {.label = declared->label, .depth = 1};
    record.parts = gjc_sema_make(sema, count, sizeof *record.parts);
    for (const gjc_node *f = gjc_node_find(node, GJC_FIELD); f != NULL && record.parts != NULL;
         f = gjc_node_find_next(f))
        part_resolve(sema, f, &record);
    if (count < 1 || count > GJR_RECORD_PARTS_MAX) {
        gjc_diag_add(sema->diags, GJC_E0417, declared->label.span,
                     gjc_diag_number(sema->diags, GJR_RECORD_PARTS_MAX), gjc_arg_none());
        return gjc_type_of(GJR_TYPE_NOTHING);
    }
    if (record.depth > GJR_RECORD_DEPTH_MAX) {
        gjc_diag_add(sema->diags, GJC_E0416, declared->label.span,
                     gjc_diag_number(sema->diags, GJR_RECORD_DEPTH_MAX), gjc_arg_none());
        return gjc_type_of(GJR_TYPE_NOTHING);
    }
    gjc_record_type *added = gjc_model_add_record_type(sema->model);
    if (added == NULL) {
        sema->out_of_memory = true;
        return gjc_type_of(GJR_TYPE_NOTHING);
    }
    *added = record;
    gjc_type type = gjc_type_of(GJR_TYPE_RECORD);
    type.record = sema->model->record_type_count - 1;
    return type;
}

/* Its names are those that its own module sees. */
static gjc_type declared_resolve(gjc_sema *sema, const gjc_declared *declared)
{
    const gjc_module *reading = sema->module;
    sema->module = declared->module;
    const gjc_node *type = gjc_node_find_type(declared->node);
    gjc_type resolved =
        type != NULL ? gjc_type_resolve(sema, type) : record_resolve(sema, declared);
    sema->module = reading;
    return resolved;
}

/* Recursion is bounded by GJC_BEGUN_MAX. */
static gjc_type declared_work_out(gjc_sema *sema, gjc_declared *declared, gjc_span span)
{
    if (declared->progress == GJC_BEGUN)
        gjc_diag_add(sema->diags, GJC_E0415, span,
                     gjc_arg_text(gjc_declared_circle(sema, declared)), gjc_arg_none());
    if (declared->progress != GJC_NOT_BEGUN)
        return declared->type;
    if (sema->begun_count == GJC_BEGUN_MAX) {
        gjc_diag_add(sema->diags, GJC_E0416, span,
                     gjc_diag_number(sema->diags, GJR_RECORD_DEPTH_MAX), gjc_arg_none());
        return gjc_type_of(GJR_TYPE_NOTHING);
    }
    declared->progress = GJC_BEGUN;
    declared->type = gjc_type_of(GJR_TYPE_NOTHING);
    sema->begun[sema->begun_count++] = declared;
    declared->type = declared_resolve(sema, declared);
    sema->begun_count--;
    declared->progress = GJC_WORKED_OUT;
    return declared->type;
}

void gjc_types_work_out(gjc_sema *sema)
{
    for (gjc_declared *d = sema->declarations->first; d != NULL; d = d->next)
        if (d->node->kind == GJC_TYPE)
            declared_work_out(sema, d, d->label.span);
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
    if (scalar.base == GJR_TYPE_RECORD)
        gjb_buffer_add_text(&out, sema->model->record_types[scalar.record].label.name);
    else
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
