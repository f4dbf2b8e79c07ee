/* SPDX-License-Identifier: Apache-2.0
 *
 * See templates.h. Templates include each other at most GJC_BEGUN_MAX deep, and none itself. */
#include "sema/templates.h"

#include "base/text.h"
#include "sema/declared.h"
#include "sema/expressions.h"
#include "sema/placing.h"
#include "sema/types.h"

typedef struct expansion {
    gjc_sema *sema;
    size_t placed;
} expansion;

static void children_expand(expansion *x, gjc_node *parent);

/* ---- arguments ---- */

/* What a parameter stands for, where that is a name: "action", 行为 … */
static bool is_name_type(const gjc_node *type)
{
    static const char *const words[] = {"action",   "行为",  "stage",  "环节",  "post",
                                        "岗位",     "field", "数据项", "limit", "时限",
                                        "document", "材料",  "name",   "名称"};
    if (type == NULL || type->kind != GJC_TYPE_NAME)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (gjb_text_equal_string(gjc_node_find(type, GJC_PATH)->text, words[i]))
            return true;
    return false;
}

static bool is_literal(gjc_kind kind)
{
    return kind == GJC_EXPR_NUMBER || kind == GJC_EXPR_PERCENT || kind == GJC_EXPR_MONEY ||
           kind == GJC_EXPR_DATE || kind == GJC_EXPR_MOMENT || kind == GJC_EXPR_STRING ||
           kind == GJC_EXPR_BOOL;
}

static bool argument_read(gjc_sema *sema, const gjc_node *parameter, const gjc_node *value,
                          gjc_argument *argument)
{
    const gjc_node *type = gjc_node_find_type(parameter);
    *argument = (gjc_argument){gjc_node_name(parameter), is_name_type(type), value};
    if (argument->is_name) {
        if (value->kind == GJC_EXPR_PATH)
            return true;
        gjc_diag *diag = gjc_diag_add(sema->diags, GJC_E0312, value->span,
                                      gjc_arg_text(argument->name), gjc_arg_none());
        gjc_diag_note_add(sema->diags, diag, parameter->span,
                          gjc_arg_words("the parameter", "参数"));
        return false;
    }
    gjc_type wanted = gjc_type_resolve(sema, type);
    return wanted.base != GJR_TYPE_NOTHING &&
           (!is_literal(value->kind) || gjc_expr_resolve(sema, value, wanted) != NULL);
}

static size_t values_count(const gjc_node *include)
{
    size_t count = 0;
    for (const gjc_node *value = gjc_node_find_expr(include); value != NULL;
         value = gjc_node_find_next_expr(value))
        count++;
    return count;
}

static bool arguments_read(gjc_sema *sema, const gjc_node *include, const gjc_declared *declared,
                           gjc_placing *placing)
{
    size_t count = gjc_node_count(declared->node, GJC_PARAMETER);
    if (values_count(include) != count) {
        gjc_diag *diag =
            gjc_diag_add(sema->diags, GJC_E0423, include->span, gjc_arg_text(declared->label.name),
                         gjc_diag_number(sema->diags, (int64_t)count));
        gjc_diag_note_add(sema->diags, diag, declared->label.span,
                          gjc_arg_words("declared here", "声明于此"));
        return false;
    }
    gjc_argument *arguments = gjc_sema_make(sema, count, sizeof *arguments);
    if (arguments == NULL)
        return false;
    const gjc_module *reading = sema->module;
    const gjc_node *value = gjc_node_find_expr(include);
    const gjc_node *parameter = gjc_node_find(declared->node, GJC_PARAMETER);
    bool good = true;
    sema->module = declared->module; /* whose types its parameters have */
    for (size_t i = 0; i < count; i++) {
        good = argument_read(sema, parameter, value, &arguments[i]) && good;
        parameter = gjc_node_find_next(parameter);
        value = gjc_node_find_next_expr(value);
    }
    sema->module = reading;
    placing->arguments = arguments;
    placing->argument_count = count;
    return good;
}

/* ---- finding ---- */

static gjc_kind wanted_in(gjc_kind parent)
{
    return parent == GJC_STAGE   ? GJC_TEMPLATE_STAGE
           : parent == GJC_LIMIT ? GJC_TEMPLATE_LIMIT
                                 : GJC_TEMPLATE;
}

static gjc_arg kind_words(gjc_kind kind)
{
    return kind == GJC_TEMPLATE_STAGE   ? gjc_arg_words("a stage", "环节")
           : kind == GJC_TEMPLATE_LIMIT ? gjc_arg_words("a limit", "时限")
                                        : gjc_arg_words("a procedure", "流程");
}

static void unknown_add(gjc_sema *sema, const gjc_node *path)
{
    enum { NAMES_MAX = 128 };
    gjc_label names[NAMES_MAX] = {0};
    uint32_t count = gjc_declared_names(sema, GJC_TEMPLATE, path->text, names, NAMES_MAX);
    gjc_labels known = GJC_LABELS(names, count);
    gjc_sema_add_unknown(sema, &known, 1, path->text, path->span,
                         gjc_arg_words("template", "范本"));
}

/* The template that an include in such a block means; NULL, and reported, where there is none. */
static gjc_declared *template_find(gjc_sema *sema, const gjc_node *include, gjc_kind parent)
{
    bool ambiguous;
    const gjc_node *path = gjc_node_find(include, GJC_PATH);
    gjc_declared *found = gjc_declared_find(sema, GJC_TEMPLATE, path->text, path->span, &ambiguous);
    if (found == NULL) {
        if (!ambiguous)
            unknown_add(sema, path);
        return NULL;
    }
    if (found->node->kind != wanted_in(parent)) {
        gjc_diag *diag =
            gjc_diag_add(sema->diags, GJC_E0314, path->span, gjc_arg_text(found->label.name),
                         kind_words(found->node->kind));
        gjc_diag_note_add(sema->diags, diag, found->label.span,
                          gjc_arg_words("declared here", "声明于此"));
        return NULL;
    }
    if (found->progress == GJC_BEGUN) {
        gjc_diag_add(sema->diags, GJC_E0313, path->span,
                     gjc_arg_text(gjc_declared_circle(sema, found)), gjc_arg_none());
        return NULL;
    }
    return found;
}

/* ---- putting in place ---- */

static void too_much_add(expansion *x, gjc_span span)
{
    gjc_diag_add(x->sema->diags, GJC_E0315, span, gjc_diag_number(x->sema->diags, GJC_BEGUN_MAX),
                 gjc_diag_number(x->sema->diags, GJC_PLACED_MAX));
}

/* Its clauses under a block of the parent's kind; NULL where it is too much. */
static gjc_node *clauses_place(expansion *x, gjc_placing *placing, const gjc_declared *declared,
                               gjc_kind parent)
{
    gjc_node *block = gjc_node_make(x->sema->arena, parent, declared->node->span);
    for (const gjc_node *node = declared->node->first; block != NULL && node != NULL;
         node = node->next) {
        if (gjc_kind_class(node->kind) != GJC_CLASS_CLAUSE)
            continue;
        gjc_node *copy = gjc_placing_copy(placing, node);
        if (copy == NULL || copy->depth > GJC_TREE_DEPTH_MAX / 2)
            return NULL;
        gjc_node_add(block, copy);
    }
    return block;
}

/* What comes in the include's place, in a block of its own; NULL where it is wrong. */
static gjc_node *include_expand(expansion *x, const gjc_node *include, gjc_kind parent)
{
    gjc_sema *sema = x->sema;
    gjc_declared *declared = template_find(sema, include, parent);
    gjc_placing placing = {.sema = sema, .placed = &x->placed};
    if (declared == NULL || !arguments_read(sema, include, declared, &placing))
        return NULL;
    placing.from = declared->node->span.source;
    if (sema->begun_count == GJC_BEGUN_MAX ||
        gjc_sources_place(sema->modules->sources, placing.from, include->span, &placing.source) !=
            GJ_OK) {
        too_much_add(x, include->span);
        return NULL;
    }
    gjc_node *block = clauses_place(x, &placing, declared, parent);
    if (block == NULL)
        too_much_add(x, include->span);
    if (block == NULL || placing.is_wrong)
        return NULL;
    const gjc_module *reading = sema->module;
    declared->progress = GJC_BEGUN;
    sema->begun[sema->begun_count++] = declared;
    sema->module = declared->module; /* which sees the templates that it includes */
    children_expand(x, block);
    sema->module = reading;
    sema->begun_count--;
    declared->progress = GJC_NOT_BEGUN;
    return block;
}

static void children_expand(expansion *x, gjc_node *parent)
{
    gjc_node *before = NULL;
    for (gjc_node *node = parent->first; node != NULL && !x->sema->out_of_memory;
         before = node, node = node->next) {
        gjc_node *block = node->kind == GJC_INCLUDE ? include_expand(x, node, parent->kind) : NULL;
        if (block == NULL) {
            children_expand(x, node);
            continue;
        }
        gjc_node *first = block->first != NULL ? block->first : node->next;
        if (before == NULL)
            parent->first = first;
        else
            before->next = first;
        if (block->last != NULL) {
            block->last->next = node->next;
            node = block->last;
        } else if (before != NULL) {
            node = before;
        }
        if (node->next == NULL)
            parent->last = node;
    }
}

void gjc_templates_expand(gjc_sema *sema)
{
    expansion x = {.sema = sema};
    gjc_model model;
    gjc_model_init(&model, sema->arena);
    sema->model = &model;
    for (size_t i = 0; i < sema->modules->given_count; i++) {
        sema->module = sema->modules->items[i];
        gjc_node *node = sema->modules->items[i]->tree->first;
        for (; node != NULL; node = node->next)
            if (node->kind == GJC_PROCEDURE)
                children_expand(&x, node);
    }
    sema->model = NULL;
}

/* ---- what is told of it ---- */

void gjc_templates_note(gjc_diag_list *diags, const gjc_sources *sources)
{
    for (gjc_diag *diag = diags->first; diag != NULL; diag = diag->next) {
        if (diag->span.source >= sources->count)
            continue;
        const gjc_source *source = gjc_sources_get(sources, diag->span.source);
        for (; source->is_placed; source = gjc_sources_get(sources, source->placed_at.source)) {
            gjc_diag_note_add(diags, diag, source->placed_at,
                              gjc_arg_words("put in place here", "套用于此"));
            diag->is_certain = false; /* it may be right elsewhere */
        }
    }
}
