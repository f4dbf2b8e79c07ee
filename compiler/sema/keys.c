/* SPDX-License-Identifier: Apache-2.0
 *
 * See keys.h. */
#include "sema/keys.h"

#include "sema/types.h"

/* ---- what tells it ---- */

static uint32_t parameter_find(const gjc_model *model, uint32_t action, gj_text name)
{
    const gjc_action *of = &model->actions[action];
    if (of->parameter_count == 0)
        return GJC_NO_INDEX;
    gjc_labels own = GJC_LABELS(model->parameters + of->first_parameter, of->parameter_count);
    uint32_t found = gjc_labels_find(own, name);
    return found == GJC_NO_INDEX ? found : model->field_count + of->first_parameter + found;
}

/* Whatever its type is. */
static uint32_t named_find(const gjc_model *model, uint32_t action, gj_text name)
{
    uint32_t own = parameter_find(model, action, name);
    return own != GJC_NO_INDEX
               ? own
               : gjc_labels_find(GJC_LABELS(model->fields, model->field_count), name);
}

uint32_t gjc_keys_find(const gjc_model *model, gj_text per, gjc_type type, uint32_t action)
{
    uint32_t field = named_find(model, action, per);
    bool alike =
        field != GJC_NO_INDEX && gjc_type_equal(gjc_model_get_field(model, field)->type, type);
    return alike ? field : GJC_NO_INDEX;
}

/* ---- whether every act tells it ---- */

typedef struct keying {
    gjc_sema *sema;
    const gjc_node *path;
    gjc_limit *limit;       /* or NULL: of a rule */
    gjc_type *type;         /* of its keys */
    const gjc_field *first; /* by which the type was found */
    uint8_t *told_of;       /* an action: whether it has been reported */
} keying;

static bool may_be_key(gjc_type type)
{
    return type.base == GJR_TYPE_TEXT || type.base == GJR_TYPE_NUMBER ||
           type.base == GJR_TYPE_DATE || type.base == GJR_TYPE_OFFICER ||
           type.base == GJR_TYPE_ENUM;
}

static void note_path(const keying *k, gjc_diag *diag)
{
    gjc_diag_note_add(
        k->sema->diags, diag, k->path->span,
        k->limit == NULL
            ? gjc_arg_words("what the rule is kept apart by", "该规则以此分项适用")
            : gjc_arg_words("by what the limit keeps its clocks", "该时限以此分项计算"));
}

static void type_check(keying *k, uint32_t field)
{
    const gjc_field *told = gjc_model_get_field(k->sema->model, field);
    gjc_diag *diag = NULL;
    if (told->type.base == GJR_TYPE_NOTHING) /* its declaration was wrong, and that was reported */
        return;
    if (k->first == NULL) {
        k->first = told;
        *k->type = told->type;
        if (!may_be_key(told->type))
            diag =
                gjc_diag_add(k->sema->diags, GJC_E0642, k->path->span,
                             gjc_arg_text(told->label.name), gjc_type_words(k->sema, told->type));
    } else if (!gjc_type_equal(told->type, k->first->type)) {
        diag = gjc_diag_add(k->sema->diags, GJC_E0643, told->label.span,
                            gjc_arg_text(told->label.name), gjc_type_words(k->sema, told->type));
    }
    if (diag != NULL)
        gjc_diag_note_add(k->sema->diags, diag, k->first->label.span,
                          gjc_arg_words("declared here", "声明于此"));
}

static void act_check(keying *k, const gjc_trigger *trigger)
{
    const gjc_model *model = k->sema->model;
    uint32_t field = named_find(model, trigger->target, k->path->text);
    if (k->told_of[trigger->target] != 0)
        return;
    k->told_of[trigger->target] = 1;
    if (field != GJC_NO_INDEX) {
        type_check(k, field);
        return;
    }
    gjc_diag *diag = gjc_diag_add(k->sema->diags, GJC_E0641, trigger->span,
                                  gjc_arg_text(model->actions[trigger->target].label.name),
                                  gjc_arg_text(k->path->text));
    note_path(k, diag);
}

/* They are acts, and each tells a key. */
static void triggers_check(keying *k, const gjc_trigger *triggers, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (triggers[i].kind == GJR_TRIGGER_ACTION) {
            act_check(k, &triggers[i]);
            continue;
        }
        note_path(k, gjc_diag_add(k->sema->diags, GJC_E0644, triggers[i].span, gjc_arg_none(),
                                  gjc_arg_none()));
    }
}

static bool has_act(const gjc_trigger *triggers, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (triggers[i].kind == GJR_TRIGGER_ACTION)
            return true;
    return false;
}

/* A stop that lies between stages is one of all clocks. */
static void stop_check(keying *k, const gjc_stop *stop)
{
    if (!has_act(stop->from, stop->from_count) && !has_act(stop->to, stop->to_count))
        return;
    triggers_check(k, stop->from, stop->from_count);
    triggers_check(k, stop->to, stop->to_count);
    triggers_check(k, stop->notice.act, stop->notice.act != NULL);
}

static void acts_check(keying *k)
{
    const gjc_limit *limit = k->limit;
    triggers_check(k, limit->from, limit->from_count);
    triggers_check(k, limit->to, limit->to_count);
    triggers_check(k, limit->restarts, limit->restart_count);
    for (uint32_t i = 0; i < limit->stop_count; i++)
        stop_check(k, &limit->stops[i]);
    for (uint32_t i = 0; i < limit->extension_count; i++) {
        const gjc_extension *extension = &limit->extensions[i];
        triggers_check(k, extension->by, extension->by_count);
        triggers_check(k, extension->notice.act, extension->notice.act != NULL);
    }
}

/* ---- one limit ---- */

/* Whether anything in the procedure has the name. */
static bool is_known(gjc_sema *sema, const gjc_node *path)
{
    const gjc_model *model = sema->model;
    const gjc_labels known[] = {GJC_LABELS(model->parameters, model->parameter_count),
                                GJC_LABELS(model->fields, model->field_count)};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (gjc_labels_find(known[i], path->text) != GJC_NO_INDEX)
            return true;
    gjc_sema_add_unknown(sema, known, sizeof known / sizeof *known, path->text, path->span,
                         gjc_arg_words("parameter", "参数"));
    return false;
}

static uint32_t open_of(gjc_sema *sema, const gjc_node *per)
{
    const gjc_node *most = gjc_node_find(per, GJC_AT_MOST_OPEN);
    bool bounded = most != NULL && most->value >= 1 && most->value <= GJR_OPEN_MAX;
    if (!bounded)
        gjc_diag_add(sema->diags, GJC_E0640, most == NULL ? per->span : most->span,
                     gjc_diag_number(sema->diags, GJR_OPEN_MAX), gjc_arg_none());
    return bounded ? (uint32_t)most->value : 0;
}

void gjc_keys_resolve(gjc_sema *sema, const gjc_node *node, gjc_limit *limit)
{
    const gjc_node *per = gjc_sema_find_only(sema, node, GJC_PER, gjc_arg_words("per", "按"));
    const gjc_node *path = gjc_node_find(per, GJC_PATH);
    if (path == NULL)
        return;
    limit->open_max = open_of(sema, per);
    limit->per = path->text;
    keying k = {.sema = sema, .path = path, .limit = limit, .type = &limit->per_type};
    k.told_of = gjc_sema_make(sema, (size_t)sema->model->action_count + 1, 1);
    if (k.told_of != NULL && is_known(sema, path))
        acts_check(&k);
}

/* ---- one rule ---- */

void gjc_keys_resolve_rule(gjc_sema *sema, const gjc_node *node, gjc_rule *rule)
{
    const gjc_node *per = gjc_node_find(node, GJC_PER);
    const gjc_node *path = per == NULL ? NULL : gjc_node_find(per, GJC_PATH);
    if (path == NULL)
        return;
    keying k = {.sema = sema, .path = path, .type = &rule->per_type};
    k.told_of = gjc_sema_make(sema, (size_t)sema->model->action_count + 1, 1);
    if (k.told_of == NULL || !is_known(sema, path))
        return;
    rule->per = path->text;
    for (uint32_t i = 0; i < rule->role_count; i++) {
        gjc_trigger of = {.kind = GJR_TRIGGER_ACTION,
                          .target = rule->roles[i].action,
                          .span = rule->roles[i].span};
        if (rule->roles[i].kind != GJR_ROLE_BARRED)
            act_check(&k, &of);
    }
}
