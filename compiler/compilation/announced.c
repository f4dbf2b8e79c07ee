/* SPDX-License-Identifier: Apache-2.0
 *
 * Calendars made of what was announced: notices and lists of days are its sources, and what they
 * contradict is told as a source's mistakes are. */
#include "compilation/compilation.h"

#include "base/text.h"
#include "notice/make.h"

static bool recipe_is_good(const gj_calendar_recipe *recipe)
{
    return recipe != NULL && recipe->size == sizeof *recipe &&
           (recipe->announcements != NULL || recipe->announcement_count == 0);
}

static gj_status announcements_add(gj_compilation *c, const gj_calendar_recipe *recipe)
{
    gj_status status = GJ_OK;
    for (size_t i = 0; i < recipe->announcement_count && status == GJ_OK; i++) {
        const gj_announcement *each = &recipe->announcements[i];
        uint32_t index;
        status = each->file == NULL ? GJ_BAD_ARGUMENT
                                    : gjc_sources_add(&c->sources, gjb_text_of(each->file),
                                                      each->text, &c->diags, &index);
    }
    return status;
}

static gj_status announcements_cook(gj_compilation *c, const gj_calendar_recipe *recipe)
{
    const gjr_calendar_plan *onto =
        recipe->onto != NULL ? gjr_calendar_get_plan(recipe->onto) : NULL;
    gjc_recipe cooked = {
        .arena = &c->arena,
        .sources = &c->sources,
        .diags = &c->diags,
        .name = gjb_text_is_present(recipe->name) ? recipe->name
                : onto != NULL                    ? onto->name
                                                  : gjb_text_of("cn"),
        .onto = onto,
        .year = recipe->year,
    };
    return gjc_calendar_make(&cooked, &c->formatted);
}

gj_status gj_calendar_make(const gj_compile_options *options, const gj_calendar_recipe *recipe,
                           gj_compilation **compilation)
{
    if (compilation == NULL)
        return GJ_BAD_ARGUMENT;
    *compilation = NULL;
    if (!gjc_compilation_options_are_good(options) || !recipe_is_good(recipe))
        return GJ_BAD_ARGUMENT;
    gj_compilation *c = *compilation = gjc_compilation_create(options);
    if (c == NULL)
        return GJ_NO_MEMORY;
    gj_status status = announcements_add(c, recipe);
    if (status == GJ_OK && c->diags.error_count == 0)
        status = announcements_cook(c, recipe);
    gjc_diag_list_sort(&c->diags);
    status = gjc_compilation_settle(c, status);
    c->is_formatted = status == GJ_OK && c->diags.error_count == 0;
    return status;
}
