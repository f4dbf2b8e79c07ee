/* SPDX-License-Identifier: Apache-2.0
 *
 * See links.h. Nothing here goes down or up a tree by calling itself, and no link is walked over
 * for each of those that hang on it: the ends of what is named are found by paths that grow shorter
 * as they are gone, and what is settled is settled leaves first, each link once all that name it
 * are through. */
#include "engine/links.h"

#include "base/text.h"

enum { LINKS_FIRST = 16, LINKS_OF_EVENT = 2 };

void gjr_links_init(gjr_links *links, const gj_allocator *allocator)
{
    *links = (gjr_links){.allocator = allocator};
    gjb_index_init(&links->keys, allocator);
}

void gjr_links_deinit(gjr_links *links)
{
    gjb_alloc_destroy(links->allocator, links->items, links->capacity, sizeof *links->items);
    gjb_index_deinit(&links->keys);
}

/* ---- by (source, id) ---- */

static gjr_link *at(const gjr_links *links, uint32_t link)
{
    return &links->items[link];
}

static uint32_t find(const gjr_links *links, uint32_t source, gj_text id)
{
    gjb_index_probe probe = gjb_index_begin(&links->keys, gjr_records_hash(source, id));
    uint32_t item;
    while ((item = gjb_index_next(&links->keys, &probe)) != GJB_INDEX_NONE &&
           !(at(links, item)->source == source && gjb_text_equal(at(links, item)->id, id))) {
    }
    return item;
}

uint32_t gjr_links_find(const gjr_links *links, const gjr_records *records, uint32_t record)
{
    if (links->keys.count == 0) {
        return GJB_INDEX_NONE;
    }
    return find(links, gjr_records_source(records, record), gjr_records_id(records, record));
}

gj_status gjr_links_reserve(gjr_links *links)
{
    if (links->keys.count + LINKS_OF_EVENT > links->capacity) {
        size_t more = links->capacity == 0 ? LINKS_FIRST : links->capacity * 2;
        gjr_link *items =
            gjb_alloc_resize(links->allocator, links->items, links->capacity, more, sizeof *items);
        if (items == NULL) {
            return GJ_NO_MEMORY;
        }
        links->items = items;
        links->capacity = more;
    }
    return GJ_OK;
}

/* A link for that key, found or made; GJB_INDEX_NONE when memory ends. There is room. */
static uint32_t take(gjr_links *links, uint32_t source, gj_text id, uint32_t record)
{
    uint32_t found = find(links, source, id);
    if (found != GJB_INDEX_NONE) {
        return found;
    }
    if (!gjb_index_reserve(&links->keys)) {
        return GJB_INDEX_NONE;
    }
    *at(links, (uint32_t)links->keys.count) = (gjr_link){
        .id = id,
        .source = source,
        .record = record,
        .target = GJB_INDEX_NONE,
        .next = GJB_INDEX_NONE,
        .up = (uint32_t)links->keys.count,
        .recorded = INT64_MIN,
        .content = record,
        .best = GJB_INDEX_NONE,
    };
    return gjb_index_add(&links->keys, gjr_records_hash(source, id));
}

/* ---- telling ---- */

static gj_text named_id(const gj_event *told)
{
    return told->corrects.size > 0 ? told->corrects : told->retracts;
}

/* As the event says, or its own. */
static gj_text named_source(const gj_event *told)
{
    gj_text source = told->corrects.size > 0 ? told->corrects_source : told->retracts_source;
    return source.size > 0 ? source : told->source;
}

static gjr_link_kind kind_of(const gj_event *told)
{
    return told->corrects.size > 0   ? GJR_LINK_CORRECTS
           : told->retracts.size > 0 ? GJR_LINK_RETRACTS
                                     : GJR_LINK_NAMED;
}

/* The link of what the event names; its record may be there without having been named before. */
static uint32_t target_take(gjr_links *links, gjr_records *records, const gj_event *told)
{
    uint32_t source = gjr_deeds_take_text(&records->deeds, named_source(told));
    if (source == GJB_INDEX_NONE) {
        return GJB_INDEX_NONE;
    }
    uint32_t record = gjr_records_seek(records, source, named_id(told));
    gj_text id = record != GJB_INDEX_NONE ? gjr_records_id(records, record)
                                          : gjb_arena_text(&records->texts, named_id(told));
    return gjb_text_is_present(id) ? take(links, source, id, record) : GJB_INDEX_NONE;
}

uint32_t gjr_links_top(gjr_links *links, uint32_t link)
{
    while (at(links, link)->up != link) {
        gjr_link *below = at(links, link);
        below->up = at(links, below->up)->up;
        link = below->up;
    }
    return link;
}

/* A link that would close a circle stays an end. */
static void end_join(gjr_links *links, uint32_t link)
{
    gjr_link *joined = at(links, link);
    joined->circular = gjr_links_top(links, joined->target) == link;
    joined->up = joined->circular ? link : joined->target;
}

gj_status gjr_links_add(gjr_links *links, gjr_records *records, gjr_roll *roll,
                        const gj_event *told, uint32_t record)
{
    uint32_t link = gjr_links_find(links, records, record);
    if (link != GJB_INDEX_NONE) {
        at(links, link)->record = at(links, link)->content = record;
    }
    if (!gjr_event_is_link(told)) {
        return GJ_OK;
    }
    uint32_t target = target_take(links, records, told);
    link = target == GJB_INDEX_NONE ? target
                                    : take(links, gjr_records_source(records, record),
                                           gjr_records_id(records, record), record);
    if (link == GJB_INDEX_NONE) {
        return GJ_NO_MEMORY;
    }
    gjr_link *made = at(links, link);
    gjr_roll_case *of = &roll->cases[gjr_records_get(records, record)->of];
    made->kind = kind_of(told);
    made->target = target;
    made->next = of->links;
    of->links = link;
    bool recorded = told->recorded.present && !told->recorded.unreadable;
    made->recorded = recorded ? gjr_records_recorded(records, record) : INT64_MIN;
    end_join(links, link);
    return GJ_OK;
}

bool gjr_links_agree(const gjr_links *links, const gjr_records *records, uint32_t record,
                     const gj_event *told)
{
    uint32_t link = gjr_links_find(links, records, record);
    if (link == GJB_INDEX_NONE || at(links, link)->kind == GJR_LINK_NAMED) {
        return !gjr_event_is_link(told);
    }
    const gjr_link *target = at(links, at(links, link)->target);
    return at(links, link)->kind == kind_of(told) && gjb_text_equal(target->id, named_id(told)) &&
           gjb_text_equal(records->deeds.texts[target->source], named_source(told));
}

/* ---- settling ---- */

/* Why what the link says of the one that it names does not hold. */
static gj_problem_code problem_of(const gjr_links *links, const gjr_records *records,
                                  const gjr_link *link)
{
    const gjr_link *target = at(links, link->target);
    if (link->circular) {
        return GJ_PROBLEM_CIRCLE;
    }
    if (target->record == GJB_INDEX_NONE) {
        return GJ_PROBLEM_UNMET;
    }
    if (gjr_records_get(records, target->record)->of !=
        gjr_records_get(records, link->record)->of) {
        return GJ_PROBLEM_OTHER_CASE;
    }
    return link->kind == GJR_LINK_CORRECTS && target->kind == GJR_LINK_RETRACTS
               ? GJ_PROBLEM_RETRACTION
               : GJ_PROBLEM_NONE;
}

static bool holds(const gjr_link *link)
{
    return link->problem == GJ_PROBLEM_NONE;
}

static void anew(gjr_link *link)
{
    link->retracted = false;
    link->content = link->record;
    link->best = GJB_INDEX_NONE;
    link->pending = 0;
}

/* Which of two corrections of one event was recorded last. */
static bool is_later(const gjr_links *links, const gjr_records *records, uint32_t link,
                     uint32_t than)
{
    const gjr_link *a = at(links, link), *b = at(links, than);
    if (a->recorded != b->recorded) {
        return a->recorded > b->recorded;
    }
    return gjr_records_compare_places(records, a->record, b->record) > 0;
}

static void effect(gjr_links *links, const gjr_records *records, uint32_t item)
{
    const gjr_link *link = at(links, item);
    gjr_link *target = at(links, link->target);
    if (link->retracted) {
        return;
    }
    if (link->kind == GJR_LINK_RETRACTS) {
        target->retracted = true;
    } else if (target->best == GJB_INDEX_NONE || is_later(links, records, item, target->best)) {
        target->best = item;
        target->content = link->content;
    }
}

/* Each link and what it names as if nothing named them; how many name each. */
static void begin(gjr_links *links, const gjr_records *records, uint32_t first)
{
    for (uint32_t i = first; i != GJB_INDEX_NONE; i = at(links, i)->next) {
        at(links, i)->problem = problem_of(links, records, at(links, i));
        at(links, i)->culprit = i;
        anew(at(links, i));
        if (holds(at(links, i))) {
            anew(at(links, at(links, i)->target));
        }
    }
    for (uint32_t i = first; i != GJB_INDEX_NONE; i = at(links, i)->next) {
        if (holds(at(links, i))) {
            at(links, at(links, i)->target)->pending++;
        }
    }
}

/* Those that nothing names, each behind the one before. */
static uint32_t leaves_queue(gjr_links *links, uint32_t first)
{
    uint32_t queue = GJB_INDEX_NONE;
    for (uint32_t i = first; i != GJB_INDEX_NONE; i = at(links, i)->next) {
        if (at(links, i)->pending == 0) {
            at(links, i)->queued = queue;
            queue = i;
        }
    }
    return queue;
}

/* What hangs on something that means nothing means nothing: from the ends on. */
static void problems_inherit(gjr_links *links, uint32_t settled)
{
    for (; settled != GJB_INDEX_NONE; settled = at(links, settled)->settled) {
        gjr_link *link = at(links, settled);
        const gjr_link *target = at(links, link->target);
        if (holds(link) && target->target != GJB_INDEX_NONE && !holds(target)) {
            link->problem = target->problem;
            link->culprit = target->culprit;
        }
    }
}

void gjr_links_settle(gjr_links *links, const gjr_records *records, uint32_t first)
{
    begin(links, records, first);
    uint32_t queue = leaves_queue(links, first), settled = GJB_INDEX_NONE;
    while (queue != GJB_INDEX_NONE) {
        uint32_t item = queue, target = at(links, item)->target;
        queue = at(links, item)->queued;
        at(links, item)->settled = settled;
        settled = item;
        if (!holds(at(links, item))) {
            continue;
        }
        effect(links, records, item);
        if (--at(links, target)->pending == 0 && at(links, target)->target != GJB_INDEX_NONE) {
            at(links, target)->queued = queue;
            queue = target;
        }
    }
    problems_inherit(links, settled);
}

gjr_turn gjr_links_turn(const gjr_links *links, const gjr_records *records, uint32_t record)
{
    uint32_t item = gjr_links_find(links, records, record);
    if (item == GJB_INDEX_NONE) {
        return (gjr_turn){record, record};
    }
    const gjr_link *link = at(links, item);
    bool stands = link->target == GJB_INDEX_NONE && !link->retracted;
    return (gjr_turn){record, stands ? link->content : GJB_INDEX_NONE};
}
