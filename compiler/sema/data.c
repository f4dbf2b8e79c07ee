/* SPDX-License-Identifier: Apache-2.0
 *
 * See data.h. */
#include "sema/data.h"

#include "sema/citations.h"
#include "sema/expressions.h"
#include "sema/types.h"

#include "base/text.h"

static void field_declare(gjc_sema *sema, const gjc_node *node)
{
    gjc_model *model = sema->model;
    gjc_label label = gjc_sema_label(sema, node);
    gjc_type type = gjc_type_resolve(sema, gjc_node_find_type(node));
    gjc_labels known = GJC_LABELS(model->fields, model->field_count);
    if (gjc_sema_check_taken(sema, known, &label, gjc_arg_words("field", "数据项")))
        return;
    gjc_field *field = gjc_model_add_field(model);
    if (field == NULL) {
        sema->out_of_memory = true;
        return;
    }
    field->label = label;
    field->type = type;
    field->is_optional = gjc_node_find(node, GJC_OPTIONAL) != NULL;
}

static void document_declare(gjc_sema *sema, const gjc_node *node)
{
    gjc_model *model = sema->model;
    gjc_label label = gjc_sema_label(sema, node);
    gjc_labels known = GJC_LABELS(model->documents, model->document_count);
    if (gjc_sema_check_taken(sema, known, &label, gjc_arg_words("document", "材料")))
        return;
    gjc_document *document = gjc_model_add_document(model);
    if (document == NULL)
        sema->out_of_memory = true;
    else
        document->label = label;
}

/* Calls one of two for every FIELD or DOCUMENT of the procedure's blocks, in order. */
static void each(gjc_sema *sema, const gjc_node *procedure,
                 void (*on_field)(gjc_sema *, const gjc_node *),
                 void (*on_document)(gjc_sema *, const gjc_node *))
{
    for (const gjc_node *block = procedure->first; block != NULL; block = block->next) {
        if (block->kind != GJC_DATA && block->kind != GJC_DOCUMENTS)
            continue;
        for (const gjc_node *node = block->first; node != NULL; node = node->next) {
            if (node->kind == GJC_FIELD)
                on_field(sema, node);
            else if (node->kind == GJC_DOCUMENT)
                on_document(sema, node);
        }
    }
}

void gjc_data_declare(gjc_sema *sema, const gjc_node *procedure)
{
    each(sema, procedure, field_declare, document_declare);
    gjc_model *model = sema->model;
    gjc_sema_check_answers(sema, GJC_LABELS(model->documents, model->document_count),
                           gjc_arg_words("documents", "材料"));
}

/* The item a node has declared: of two with one name only the first has. */
static uint32_t declared_find(gjc_labels labels, const gjc_node *node)
{
    uint32_t index = gjc_labels_find(labels, gjc_node_name(node));
    if (index == GJC_NO_INDEX)
        return index;
    gjc_span own = gjc_node_name_span(node), first = gjc_labels_get(labels, index)->span;
    return own.source == first.source && own.begin == first.begin ? index : GJC_NO_INDEX;
}

static void field_resolve(gjc_sema *sema, const gjc_node *node)
{
    gjc_model *model = sema->model;
    const gjc_node *preset = gjc_node_find(node, GJC_DEFAULT);
    uint32_t index = declared_find(GJC_LABELS(model->fields, model->field_count), node);
    const gjc_node *value = gjc_node_find_expr(preset);
    if (value == NULL || index == GJC_NO_INDEX ||
        model->fields[index].type.base == GJR_TYPE_NOTHING)
        return;
    gjc_expr *expr = gjc_expr_resolve(sema, value, model->fields[index].type);
    if (expr != NULL && !expr->is_lasting) {
        gjc_diag_add(sema->diags, GJC_E0407, value->span, gjc_arg_none(), gjc_arg_none());
        expr = NULL;
    }
    model->fields[index].preset = expr;
}

static void document_resolve(gjc_sema *sema, const gjc_node *node)
{
    gjc_model *model = sema->model;
    uint32_t index = declared_find(GJC_LABELS(model->documents, model->document_count), node);
    if (index == GJC_NO_INDEX)
        return;
    const gjc_node *required = gjc_node_find(node, GJC_REQUIRED);
    sema->may_ask = true;
    gjc_expr *when = gjc_expr_resolve_when(sema, required);
    sema->may_ask = false;
    gjc_basis basis = gjc_citations_resolve(sema, node);
    gjc_document *document = &model->documents[index];
    document->need = required == NULL ? GJR_NEED_OPTIONAL
                     : when == NULL   ? GJR_NEED_REQUIRED
                                      : GJR_NEED_WHEN;
    document->when = when;
    document->basis = basis;
}

void gjc_data_resolve(gjc_sema *sema, const gjc_node *procedure)
{
    each(sema, procedure, field_resolve, document_resolve);
}
