/* SPDX-License-Identifier: Apache-2.0
 *
 * The registry of guiju.h: one docket a procedure, and the door through which an event comes to
 * its docket. It only reads the name on the envelope; the dockets know nothing of each other. */
#include "base/map.h"
#include "base/text.h"
#include "judge/judge.h"

#include <assert.h>

struct gj_registry {
    const gj_allocator *allocator;
    gj_docket **dockets;
    size_t count;
    gjb_map names; /* name and title of each procedure → its docket's index */
    gj_problem problem;
};

static gj_status name_add(gj_registry *registry, gj_text name, uint32_t index)
{
    bool added = false;
    const uint32_t *owner = gjb_map_add(&registry->names, name, index, &added);
    return owner == NULL ? GJ_NO_MEMORY : added || *owner == index ? GJ_OK : GJ_BAD_ARGUMENT;
}

static gj_status docket_open(gj_registry *registry, const gj_judge *judge, uint32_t index)
{
    gj_status status = name_add(registry, gjr_judge_text(judge, judge->procedure->name), index);
    if (status == GJ_OK) {
        status = name_add(registry, gjr_judge_text(judge, judge->procedure->title), index);
    }
    return status == GJ_OK ? gj_docket_create(judge, &registry->dockets[index]) : status;
}

gj_status gj_registry_create(const gj_judge *const *judges, size_t count, gj_registry **made)
{
    if (made == NULL || judges == NULL || count == 0 || count > UINT32_MAX) {
        return GJ_BAD_ARGUMENT;
    }
    *made = NULL;
    const gj_allocator *allocator = judges[0]->allocator;
    gj_registry *registry = gjb_alloc_create(allocator, 1, sizeof *registry);
    if (registry == NULL) {
        return GJ_NO_MEMORY;
    }
    registry->allocator = allocator;
    gjb_map_init(&registry->names, allocator, 0x72656769u);
    registry->dockets = gjb_alloc_create(allocator, count, sizeof(gj_docket *));
    gj_status status = registry->dockets == NULL ? GJ_NO_MEMORY : GJ_OK;
    registry->count = status == GJ_OK ? count : 0;
    for (uint32_t i = 0; i < count && status == GJ_OK; i++) {
        status = docket_open(registry, judges[i], i);
    }
    if (status != GJ_OK) {
        gj_registry_destroy(registry);
        return status;
    }
    *made = registry;
    return GJ_OK;
}

void gj_registry_destroy(gj_registry *registry)
{
    if (registry == NULL) {
        return;
    }
    for (size_t i = 0; i < registry->count; i++) {
        gj_docket_destroy(registry->dockets[i]);
    }
    gjb_map_deinit(&registry->names);
    gjb_alloc_destroy(registry->allocator, registry->dockets, registry->count, sizeof(gj_docket *));
    gjb_alloc_destroy(registry->allocator, registry, 1, sizeof *registry);
}

gj_status gj_registry_add(gj_registry *registry, const gj_event *event, gj_added *added)
{
    if (registry == NULL || event == NULL || added == NULL) {
        return GJ_BAD_ARGUMENT;
    }
    *added = GJ_NOT_ADDED;
    const uint32_t *found =
        event->procedure.size == 0 ? NULL : gjb_map_find(&registry->names, event->procedure);
    if (event->procedure.size == 0 && registry->count > 1) {
        registry->problem = (gj_problem){
            .code = GJ_PROBLEM_UNASSIGNED, .line = event->line, .field = gjb_text_of("procedure")};
        return GJ_OK;
    }
    /* A docket says of the event of another procedure that it is one: any will do. */
    gj_docket *docket = registry->dockets[found != NULL ? *found : 0];
    gj_status status = gj_docket_add(docket, event, added);
    registry->problem = *gj_docket_problem(docket);
    return status;
}

static gj_status each_add(gj_registry *registry, const gj_event *events, size_t count,
                          void *payload, gj_on_added *on_added)
{
    gj_status status = GJ_OK;
    for (size_t i = 0; status == GJ_OK && i < count; i++) {
        gj_added added;
        status = gj_registry_add(registry, &events[i], &added);
        if (status == GJ_OK) {
            on_added(payload, i, added, &registry->problem);
        }
    }
    return status;
}

gj_status gj_registry_add_all(gj_registry *registry, const gj_event *events, size_t count,
                              void *payload, gj_on_added *on_added)
{
    if (registry == NULL || (events == NULL && count > 0) || on_added == NULL) {
        return GJ_BAD_ARGUMENT;
    }
    if (registry->count > 1) {
        return each_add(registry, events, count, payload, on_added);
    }
    gj_status status = gj_docket_add_all(registry->dockets[0], events, count, payload, on_added);
    registry->problem = *gj_docket_problem(registry->dockets[0]);
    return status;
}

const gj_problem *gj_registry_problem(const gj_registry *registry)
{
    return &registry->problem;
}

gj_docket *gj_registry_docket(gj_registry *registry, size_t index)
{
    assert(index < registry->count);
    return registry->dockets[index];
}

gj_instant gj_registry_last_instant(gj_registry *registry)
{
    gj_instant last = INT64_MIN;
    for (size_t i = 0; i < registry->count; i++) {
        gj_instant at = gj_docket_last_instant(registry->dockets[i]);
        last = at > last ? at : last;
    }
    return last;
}

typedef struct reporting {
    void *payload;
    bool (*on_problem)(void *payload, const gj_problem *problem);
    bool stopped;
} reporting;

static bool report_on(void *payload, const gj_problem *problem)
{
    reporting *with = payload;
    with->stopped = !with->on_problem(with->payload, problem);
    return !with->stopped;
}

gj_status gj_registry_report_unmet(gj_registry *registry, void *payload,
                                   bool (*on_problem)(void *payload, const gj_problem *problem))
{
    if (registry == NULL || on_problem == NULL) {
        return GJ_BAD_ARGUMENT;
    }
    reporting with = {payload, on_problem, false};
    gj_status status = GJ_OK;
    for (size_t i = 0; i < registry->count && status == GJ_OK && !with.stopped; i++) {
        status = gj_docket_report_unmet(registry->dockets[i], &with, report_on);
    }
    return status;
}
