/* SPDX-License-Identifier: Apache-2.0
 *
 * See calendars.h. */
#include "sema/calendars.h"

#include "base/text.h"
#include "sema/calendar.h"

static gj_text last_name(gj_text path)
{
    size_t begin = path.size;
    while (begin > 0 && path.bytes[begin - 1] != '.')
        begin--;
    return gjb_text_slice(path, begin, path.size);
}

static const gjc_node *calendar_in(const gjc_module *module, gj_text name)
{
    const gjc_node *node = gjc_node_find(module->tree, GJC_CALENDAR);
    while (node != NULL && !gjb_text_equal(gjc_node_name(node), name))
        node = gjc_node_find_next(node);
    return node;
}

/* Of the module itself, else of those it uses; *from becomes the module that has it. */
static const gjc_node *calendar_find(const gjc_module *module, gj_text name,
                                     const gjc_module **from)
{
    const gjc_node *found = calendar_in(module, name);
    *from = module;
    for (size_t i = 0; found == NULL && i < module->use_count; i++) {
        *from = module->uses[i].module;
        found = *from == NULL ? NULL : calendar_in(*from, name);
    }
    return found;
}

/* Whether it says office hours, or one that it refines does. */
static bool has_hours(const gjc_module *module, const gjc_node *calendar)
{
    for (size_t i = 0; i < GJC_REFINES_MAX && calendar != NULL; i++) {
        if (gjc_node_find(calendar, GJC_HOURS) != NULL)
            return true;
        const gjc_node *path = gjc_node_find(gjc_node_find(calendar, GJC_REFINES), GJC_PATH);
        calendar = path == NULL ? NULL : calendar_find(module, last_name(path->text), &module);
    }
    return false;
}

/* The calendars in sight, for spellings. */
static gjc_labels calendars_seen(gjc_sema *sema)
{
    const gjc_module *module = sema->module;
    size_t count = gjc_node_count(module->tree, GJC_CALENDAR);
    for (size_t i = 0; i < module->use_count; i++)
        if (module->uses[i].module != NULL)
            count += gjc_node_count(module->uses[i].module->tree, GJC_CALENDAR);
    gjc_label *labels = gjc_sema_make(sema, count, sizeof *labels);
    gjc_labels seen = {labels, 0, sizeof *labels};
    for (size_t i = 0; labels != NULL && i <= module->use_count; i++) {
        const gjc_module *from = i == 0 ? module : module->uses[i - 1].module;
        const gjc_node *node = from == NULL ? NULL : gjc_node_find(from->tree, GJC_CALENDAR);
        for (; node != NULL && seen.count < count; node = gjc_node_find_next(node))
            labels[seen.count++].name = gjc_node_name(node);
    }
    return seen;
}

static bool is_used(const gjc_model *model, gj_text name, uint32_t *index)
{
    for (*index = 0; *index < model->calendar_use_count; ++*index)
        if (gjb_text_equal(model->calendar_uses[*index].name, name))
            return true;
    return false;
}

static void use_add(gjc_sema *sema, gj_text name, bool has_hours, gjc_span span)
{
    gjc_calendar_use *use = gjc_model_add_calendar_use(sema->model);
    if (use == NULL)
        sema->out_of_memory = true;
    else
        *use = (gjc_calendar_use){name, has_hours, span};
}

/* One more use, or one that there is already; of a calendar that there is not one that nobody
 * complains about again. False when there are too many. */
static bool use_find(gjc_sema *sema, const gjc_node *path, uint32_t *index)
{
    gj_text name = last_name(path->text);
    const gjc_module *from;
    const gjc_node *calendar = calendar_find(sema->module, name, &from);
    if (calendar == NULL) {
        gjc_labels seen = calendars_seen(sema);
        gjc_sema_add_unknown(sema, &seen, 1, path->text, path->span,
                             gjc_arg_words("calendar", "日历"));
    }
    if (is_used(sema->model, name, index))
        return true;
    if (*index == GJR_CALENDARS_MAX) {
        gjc_diag_add(sema->diags, GJC_E0634, path->span,
                     gjc_diag_number(sema->diags, GJR_CALENDARS_MAX), gjc_arg_none());
        return false;
    }
    use_add(sema, name, calendar == NULL || has_hours(from, calendar), path->span);
    return !sema->out_of_memory;
}

static const gjc_node *path_of(gjc_sema *sema, const gjc_node *in)
{
    const gjc_node *clause =
        gjc_sema_find_only(sema, in, GJC_USES_CALENDAR, gjc_arg_words("calendar", "日历"));
    return gjc_node_find(clause, GJC_PATH);
}

void gjc_calendars_resolve(gjc_sema *sema, const gjc_node *procedure)
{
    const gjc_node *path = path_of(sema, procedure);
    uint32_t index;
    if (path != NULL && use_find(sema, path, &index))
        sema->model->calendar = sema->model->calendar_uses[index].name;
}

uint32_t gjc_calendars_of_limit(gjc_sema *sema, const gjc_node *limit)
{
    bool has_own = gjb_text_is_present(sema->model->calendar);
    const gjc_node *path = path_of(sema, limit);
    uint32_t index;
    if (path == NULL)
        return has_own ? 0 : GJC_NO_INDEX;
    if (!has_own) {
        gjc_diag_add(sema->diags, GJC_E0633, path->span, gjc_arg_text(path->text), gjc_arg_none());
        return GJC_NO_INDEX;
    }
    if (!use_find(sema, path, &index))
        return 0;
    if (index == 0)
        gjc_diag_add(sema->diags, GJC_W0636, path->span, gjc_arg_text(path->text), gjc_arg_none());
    return index;
}
