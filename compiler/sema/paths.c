/* SPDX-License-Identifier: Apache-2.0
 *
 * See paths.h. */
#include "sema/paths.h"

#include "base/text.h"
#include "sema/binders.h"
#include "sema/builtins.h"
#include "sema/first.h"
#include "sema/operations.h"
#include "sema/parameters.h"
#include "sema/types.h"

static uint32_t member_find(const gjc_model *model, gjc_type type, gj_text name)
{
    if (type.base != GJR_TYPE_ENUM)
        return GJC_NO_INDEX;
    const gjc_enumeration *e = &model->enumerations[type.enumeration];
    return gjc_labels_find(GJC_LABELS(e->members, e->member_count), name);
}

static gjc_expr *member_make(gjc_sema *sema, gjc_type type, uint32_t member, gjc_span span)
{
    gjc_expr *expr = gjc_expr_make_constant(sema, GJR_TYPE_ENUM, member, span);
    if (expr != NULL)
        expr->type = type;
    return expr;
}

static gjc_labels fields_known(const gjc_model *model)
{
    return GJC_LABELS(model->fields, model->field_count);
}

static gjc_type enumeration_type(uint32_t index)
{
    gjc_type type = gjc_type_of(GJR_TYPE_ENUM);
    type.enumeration = index;
    return type;
}

/* A bare word that is a member of some enumeration, used where no such type is called for. */
static bool member_of_any(const gjc_model *model, gj_text name)
{
    for (uint32_t i = 0; i < model->enumeration_count; i++)
        if (member_find(model, enumeration_type(i), name) != GJC_NO_INDEX)
            return true;
    return false;
}

static void unknown_name_add(gjc_sema *sema, const gjc_node *node, gjc_type wanted)
{
    gjc_labels known[4] = {gjc_binder_names(sema)};
    size_t count = 1;
    if (!sema->is_in_function) {
        known[count++] = gjc_parameters_seen(sema);
        known[count++] = fields_known(sema->model);
    }
    gjc_arg noun = gjc_arg_words("field", "数据项");
    if (wanted.base == GJR_TYPE_ENUM) {
        const gjc_enumeration *e = &sema->model->enumerations[wanted.enumeration];
        known[count++] = GJC_LABELS(e->members, e->member_count);
        noun = gjc_arg_words("choice or field", "取值或数据项");
    }
    if (wanted.base != GJR_TYPE_ENUM && member_of_any(sema->model, node->text)) {
        gjc_diag_add(sema->diags, GJC_E0403, node->span, gjc_arg_text(node->text), gjc_arg_none());
        return;
    }
    gjc_sema_add_unknown(sema, known, count, node->text, node->span, noun);
}

/* A fact of the event, which a function does not see. */
static bool is_out_of_sight(const gjc_sema *sema, gj_text name)
{
    gjr_type type;
    return sema->is_in_function && gjc_builtins_find_fact(name, &type) != GJR_OPCODE_COUNT;
}

/* The first name alone: what an expression around it gives, a member of what is wanted, a field or
 * a fact of the event. */
static gjc_expr *name_resolve(gjc_sema *sema, const gjc_node *name, gj_text text, gjc_type wanted)
{
    const gjc_binder *bound = gjc_binder_find(sema, text);
    if (bound != NULL)
        return gjc_binder_read(sema, bound, name->span);
    uint32_t member = member_find(sema->model, wanted, text);
    if (member != GJC_NO_INDEX)
        return member_make(sema, wanted, member, name->span);
    uint32_t field = gjc_parameters_find_field(sema, text);
    if (field != GJC_NO_INDEX) {
        gjc_type type = gjc_model_get_field(sema->model, field)->type;
        if (type.base == GJR_TYPE_NOTHING) /* its declaration was wrong, and that was reported */
            return NULL;
        gjc_expr *expr = gjc_expr_make(sema, GJR_OP_FIELD, type, name->span);
        if (expr != NULL)
            expr->target = field;
        return expr;
    }
    if (is_out_of_sight(sema, text)) {
        gjc_diag_add(sema->diags, GJC_E0424, name->span, gjc_arg_text(text), gjc_arg_none());
        return NULL;
    }
    gjr_type type;
    gjr_opcode fact = gjc_builtins_find_fact(text, &type);
    if (fact != GJR_OPCODE_COUNT)
        return gjc_expr_make(sema, fact, gjc_type_of(type), name->span);
    unknown_name_add(sema, name, wanted);
    return NULL;
}

/* A field of the record that has been reached. */
static gjc_expr *part_resolve(gjc_sema *sema, gjc_expr *whole, const gjc_node *name)
{
    if (whole->type.base != GJR_TYPE_RECORD) {
        gjc_diag_add(sema->diags, GJC_E0421, name->span, gjc_type_words(sema, whole->type),
                     gjc_arg_none());
        return NULL;
    }
    const gjc_record_type *record = &sema->model->record_types[whole->type.record];
    uint32_t part = gjc_sema_find(sema, GJC_LABELS(record->parts, record->part_count), name->text,
                                  name->span, gjc_arg_words("field", "数据项"));
    if (part == GJC_NO_INDEX)
        return NULL;
    gjc_span span = {whole->span.source, whole->span.begin, name->span.end};
    gjc_expr *expr =
        gjc_expr_make_operation(sema, GJR_OP_PART, record->parts[part].type, span, whole, NULL);
    if (expr != NULL)
        expr->target = part;
    return expr;
}

gjc_expr *gjc_path_resolve(gjc_sema *sema, const gjc_node *node, gjc_type wanted)
{
    const gjc_node *name = gjc_node_find(node, GJC_NAME);
    if (name == NULL || gjc_node_find_next(name) == NULL)
        return name_resolve(sema, node, node->text, wanted);
    uint32_t begin = name->span.begin;
    bool of_first = gjc_first_is_meant(sema, name);
    name = of_first ? gjc_node_find_next(name) : name;
    gjc_expr *expr = of_first ? gjc_first_read(sema, name)
                              : name_resolve(sema, name, name->text, gjc_type_of(GJR_TYPE_NOTHING));
    if (expr != NULL)
        expr->span.begin = begin;
    while (expr != NULL && (name = gjc_node_find_next(name)) != NULL)
        expr = part_resolve(sema, expr, name);
    return expr;
}

/* Takes its type from the other side: a member's bare name, a literal 0, a text. */
bool gjc_path_is_adaptable(const gjc_sema *sema, const gjc_node *node)
{
    if (node->kind == GJC_EXPR_STRING)
        return true;
    if (node->kind == GJC_EXPR_NUMBER)
        return node->value == 0;
    gjr_type type;
    return node->kind == GJC_EXPR_PATH && gjc_node_child_count(node) <= 1 &&
           gjc_binder_find(sema, node->text) == NULL &&
           gjc_parameters_find_field(sema, node->text) == GJC_NO_INDEX &&
           gjc_builtins_find_fact(node->text, &type) == GJR_OPCODE_COUNT;
}
