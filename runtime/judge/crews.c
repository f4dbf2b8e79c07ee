/* SPDX-License-Identifier: Apache-2.0
 *
 * See crews.h. */
#include "judge/crews.h"

#include "base/text.h"

#include <string.h>

enum { CAPACITY_FIRST = 4 };

static gjr_span *spans_of(const gjr_case *judged, const gjr_crew *crew)
{
    unsigned char *tail = gjr_case_part(judged, judged->judge->layout.tail);
    return (gjr_span *)(void *)(tail + crew->begin);
}

static bool has(const gjr_case *judged, const gjr_crew *crew, gj_text officer)
{
    for (uint32_t i = 0; i < crew->used; i++) {
        if (gjb_text_equal(gjr_case_text(judged, spans_of(judged, crew)[i]), officer)) {
            return true;
        }
    }
    return false;
}

static uint32_t capacity_after(const gjr_crew *crew)
{
    return crew->capacity == 0 ? CAPACITY_FIRST : 2u * crew->capacity;
}

static size_t text_size(gj_text text)
{
    return (text.size + 7) & ~(size_t)7;
}

size_t gjr_crew_room(const gjr_case *judged, uint32_t action, gj_text officer)
{
    const gjr_crew *crew = gjr_crew_get(judged, action);
    if (crew == NULL) {
        return 0;
    }
    size_t more = crew->used == crew->capacity ? capacity_after(crew) * sizeof(gjr_span) : 0;
    return more + text_size(officer);
}

static void grow(gjr_case *judged, gjr_crew *crew)
{
    uint32_t capacity = capacity_after(crew), begin;
    const gjr_span *from = spans_of(judged, crew);
    unsigned char *to = gjr_case_add_bytes(judged, capacity * sizeof *from, &begin);
    memset(to, 0, capacity * sizeof *from);
    memcpy(to, from, crew->used * sizeof *from);
    crew->begin = begin;
    crew->capacity = (uint8_t)capacity;
}

void gjr_crew_add(gjr_case *judged, uint32_t action, gj_text officer)
{
    gjr_crew *crew = gjr_crew_get(judged, action);
    if (officer.size == 0) {
        crew->unknown |= GJR_CREW_UNTOLD;
        return;
    }
    if (has(judged, crew, officer)) {
        return;
    }
    if (crew->used == GJR_CREW_MAX) {
        crew->unknown |= GJR_CREW_TOO_MANY;
        return;
    }
    if (crew->used == crew->capacity) {
        grow(judged, crew);
    }
    spans_of(judged, crew)[crew->used++] = gjr_case_add_text(judged, officer);
}

uint32_t gjr_crew_count(const gjr_case *judged, uint32_t action)
{
    const gjr_crew *crew = gjr_crew_get(judged, action);
    return crew->unknown != 0 ? GJR_OFFICERS_UNKNOWN : crew->used;
}

bool gjr_crew_lacks_one(const gjr_case *judged, uint32_t action)
{
    return (gjr_crew_get(judged, action)->unknown & GJR_CREW_UNTOLD) != 0;
}

/* ---- making room ---- */

static gjr_crew *crew_at(const gjr_case *judged, uint32_t i)
{
    return (gjr_crew *)gjr_case_part(judged, judged->judge->layout.crews) + i;
}

size_t gjr_crews_size(const gjr_case *judged)
{
    size_t size = 0;
    for (uint32_t i = 0; i < judged->judge->layout.crew_count; i++) {
        const gjr_crew *crew = crew_at(judged, i);
        size += crew->capacity * sizeof(gjr_span);
        for (uint32_t j = 0; j < crew->used; j++) {
            size += text_size(gjr_case_text(judged, spans_of(judged, crew)[j]));
        }
    }
    return size;
}

void gjr_crews_move(const gjr_case *from, gjr_case *to)
{
    for (uint32_t i = 0; i < from->judge->layout.crew_count; i++) {
        const gjr_crew *crew = crew_at(from, i);
        gjr_crew *moved = crew_at(to, i);
        size_t size = crew->capacity * sizeof(gjr_span);
        memcpy(gjr_case_add_bytes(to, size, &moved->begin), spans_of(from, crew), size);
        for (uint32_t j = 0; j < crew->used; j++) {
            gj_text officer = gjr_case_text(from, spans_of(from, crew)[j]);
            spans_of(to, moved)[j] = gjr_case_add_text(to, officer);
        }
    }
}
