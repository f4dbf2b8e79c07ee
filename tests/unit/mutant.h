/* SPDX-License-Identifier: Apache-2.0
 *
 * An image taken apart into the tables of its units, to be changed and put together again; and the
 * hashes of a file that was changed, made right. Random numbers come from a seed alone. */
#ifndef MUTANT_H
#define MUTANT_H

#include "base/hash.h"
#include "image/bundle.h"
#include "image/image_write.h"

#include <string.h>

enum { MUTANT_UNITS_MAX = 4 };

typedef struct mutant {
    gjr_writer units[MUTANT_UNITS_MAX];
    uint32_t unit_count;
    uint64_t seed;
} mutant;

static uint64_t mutant_random(mutant *m)
{
    m->seed ^= m->seed << 13;
    m->seed ^= m->seed >> 7;
    m->seed ^= m->seed << 17;
    return m->seed >> 11;
}

static uint32_t mutant_below(mutant *m, uint64_t bound)
{
    return bound == 0 ? 0 : (uint32_t)(mutant_random(m) % bound);
}

/* ---- taking apart ----------------------------------------------------------------------- */

static bool mutant_inside(uint64_t offset, uint64_t size, uint64_t whole)
{
    return offset <= whole && size <= whole - offset;
}

static bool mutant_take_strings(gjr_writer *w, const uint8_t *bytes, uint64_t size)
{
    uint32_t count = 0;
    if (size >= 8) {
        memcpy(&count, bytes, sizeof count);
    }
    uint64_t front = ((uint64_t)count + 2) * sizeof(uint32_t);
    if (size < 8 || front > size) {
        return false;
    }
    gjb_buffer_add(&w->string_ends, bytes + 8, (size_t)count * sizeof(uint32_t));
    gjb_buffer_add(&w->string_bytes, bytes + front, (size_t)(size - front));
    return true;
}

static bool mutant_take_unit(gjr_writer *w, const uint8_t *bytes, uint64_t size)
{
    bool whole = size >= GJR_SECTION_COUNT * sizeof(gjr_section);
    for (uint32_t i = 0; whole && i < GJR_SECTION_COUNT; i++) {
        gjr_section section;
        memcpy(&section, bytes + i * sizeof section, sizeof section);
        whole = mutant_inside(section.offset, section.size, size);
        if (whole && i == 0) {
            whole = mutant_take_strings(w, bytes + section.offset, section.size);
        } else if (whole) {
            gjb_buffer_add(&w->tables[i + 1], bytes + section.offset, (size_t)section.size);
        }
    }
    return whole;
}

/* False where the bytes are no image that can be taken apart, whatever is in it. Then and else the
 * caller puts it away with mutant_deinit. */
static inline bool mutant_init(mutant *m, const uint8_t *bytes, size_t size, uint64_t seed)
{
    gjr_header header = {.unit_count = 0};
    m->unit_count = 0;
    m->seed = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
    m->seed += m->seed == 0;
    if (size >= sizeof header) {
        memcpy(&header, bytes, sizeof header);
    }
    if (header.unit_count < 1 || header.unit_count > MUTANT_UNITS_MAX ||
        size < sizeof header + header.unit_count * sizeof(gjr_unit_entry)) {
        return false;
    }
    for (uint32_t i = 0; i < header.unit_count; i++) {
        gjr_unit_entry unit;
        memcpy(&unit, bytes + sizeof header + i * sizeof unit, sizeof unit);
        gjr_writer_init(&m->units[m->unit_count++], NULL);
        if (!mutant_inside(unit.offset, unit.size, size) ||
            !mutant_take_unit(&m->units[i], bytes + unit.offset, unit.size)) {
            return false;
        }
    }
    return true;
}

static inline void mutant_deinit(mutant *m)
{
    for (uint32_t i = 0; i < m->unit_count; i++) {
        gjr_writer_deinit(&m->units[i]);
    }
}

/* Appends the file. */
static inline bool mutant_write(mutant *m, gjb_buffer *file)
{
    gjr_bundle bundle = gjr_bundle_begin(file, m->unit_count);
    for (uint32_t i = 0; i < m->unit_count; i++) {
        if (gjr_bundle_add(&bundle, &m->units[i]) != GJ_OK) {
            return false;
        }
    }
    return gjr_bundle_finish(&bundle) == GJ_OK;
}

/* ---- hashes ---------------------------------------------------------------------------- */

/* Makes every hash right that stands over bytes inside the file. Tables may lie over one another,
 * so what a row says is taken down before any hash is written. */
static inline void mutant_seal(gjb_buffer *file)
{
    const size_t table_size = GJR_SECTION_COUNT * sizeof(gjr_section);
    gjr_header *header = (gjr_header *)(void *)file->bytes;
    const uint32_t unit_count = file->size < sizeof *header ? 0 : header->unit_count;
    if (unit_count == 0 || unit_count > (file->size - sizeof *header) / sizeof(gjr_unit_entry)) {
        return;
    }
    gjr_unit_entry *units = (gjr_unit_entry *)(void *)(header + 1);
    for (uint32_t i = 0; i < unit_count; i++) {
        const gjr_unit_entry unit = units[i];
        if (!mutant_inside(unit.offset, unit.size, file->size) || unit.size < table_size ||
            unit.offset % GJR_SECTION_ALIGNMENT != 0) {
            continue;
        }
        char *bytes = file->bytes + unit.offset;
        gjr_section *sections = (gjr_section *)(void *)bytes;
        for (uint32_t j = 0; j < GJR_SECTION_COUNT; j++) {
            const gjr_section section = sections[j];
            if (mutant_inside(section.offset, section.size, unit.size)) {
                gjb_hash_of(bytes + section.offset, (size_t)section.size, sections[j].digest);
            }
        }
        gjb_hash_of(sections, table_size, units[i].identity);
    }
    gjb_hash_of(units, unit_count * sizeof *units, header->identity);
}

#endif
