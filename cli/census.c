/* SPDX-License-Identifier: Apache-2.0
 *
 * An open-addressing table of names; see census.h. */
#include "census.h"

#include <stdlib.h>
#include <string.h>

static uint64_t hash_of(gj_code code, gj_text name)
{
    uint64_t hash = 0xCBF29CE484222325u ^ (uint64_t)code; /* FNV-1a */
    for (size_t i = 0; i < name.size; i++)
        hash = (hash ^ (unsigned char)name.bytes[i]) * 0x100000001B3u;
    return hash ^ hash >> 29;
}

static bool is_of(const cli_entry *entry, gj_code code, gj_text name)
{
    return entry->code == code && entry->name.size == name.size &&
           (name.size == 0 || memcmp(entry->name.bytes, name.bytes, name.size) == 0);
}

/* The slot where (code, name) is, or would be. */
static uint32_t *slot_of(const cli_census *census, gj_code code, gj_text name)
{
    size_t mask = census->slot_count - 1;
    size_t at = (size_t)hash_of(code, name) & mask;
    while (census->slots[at] != 0 && !is_of(&census->entries[census->slots[at] - 1], code, name))
        at = (at + 1) & mask;
    return &census->slots[at];
}

/* At most half full. */
static bool has_slots(cli_census *census)
{
    if (census->count * 2 < census->slot_count)
        return true;
    size_t slot_count = census->slot_count > 0 ? census->slot_count * 2 : 64;
    uint32_t *slots = calloc(slot_count, sizeof *slots);
    if (slots == NULL)
        return false;
    free(census->slots);
    census->slots = slots;
    census->slot_count = slot_count;
    for (size_t i = 0; i < census->count; i++)
        *slot_of(census, census->entries[i].code, census->entries[i].name) = (uint32_t)i + 1;
    return true;
}

static bool has_entry(cli_census *census)
{
    if (census->count < census->capacity)
        return true;
    size_t capacity = census->capacity > 0 ? census->capacity * 2 : 32;
    if (capacity > UINT32_MAX / 2)
        return false;
    cli_entry *entries = realloc(census->entries, capacity * sizeof *entries);
    if (entries == NULL)
        return false;
    census->entries = entries;
    census->capacity = capacity;
    return true;
}

/* Both texts in one block, which the name points to. */
static bool copy_names(cli_entry *entry, gj_text name, gj_text title)
{
    char *block = malloc(name.size + title.size + 1);
    if (block == NULL)
        return false;
    if (name.size > 0)
        memcpy(block, name.bytes, name.size);
    if (title.size > 0)
        memcpy(block + name.size, title.bytes, title.size);
    entry->name = (gj_text){block, name.size};
    entry->title = (gj_text){block + name.size, title.size};
    return true;
}

cli_entry *cli_census_get(cli_census *census, gj_code code, gj_text name, gj_text title)
{
    if (census->failed || !has_slots(census)) {
        census->failed = true;
        return NULL;
    }
    uint32_t *slot = slot_of(census, code, name);
    if (*slot != 0)
        return &census->entries[*slot - 1];
    cli_entry entry = {.code = code};
    if (!has_entry(census) || !copy_names(&entry, name, title)) {
        census->failed = true;
        return NULL;
    }
    census->entries[census->count++] = entry;
    *slot = (uint32_t)census->count;
    return &census->entries[census->count - 1];
}

void cli_census_deinit(cli_census *census)
{
    for (size_t i = 0; i < census->count; i++) {
        free((char *)census->entries[i].name.bytes);
        free(census->entries[i].overs);
    }
    free(census->entries);
    free(census->slots);
    *census = (cli_census){0};
}

static int compare_entries(const void *a, const void *b)
{
    const cli_entry *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    size_t size = x->name.size < y->name.size ? x->name.size : y->name.size;
    int order = size > 0 ? memcmp(x->name.bytes, y->name.bytes, size) : 0;
    if (order != 0)
        return order;
    if (x->name.size != y->name.size)
        return x->name.size < y->name.size ? -1 : 1;
    return (int)x->code - (int)y->code;
}

void cli_census_sort(cli_census *census)
{
    if (census->count > 1)
        qsort(census->entries, census->count, sizeof *census->entries, compare_entries);
    free(census->slots);
    census->slots = NULL;
    census->slot_count = 0;
}

bool cli_entry_add_over(cli_entry *entry, uint64_t over)
{
    if (entry->over_count == entry->over_capacity) {
        size_t capacity = entry->over_capacity > 0 ? entry->over_capacity * 2 : 16;
        uint64_t *overs = realloc(entry->overs, capacity * sizeof *overs);
        if (overs == NULL)
            return false;
        entry->overs = overs;
        entry->over_capacity = capacity;
    }
    entry->overs[entry->over_count++] = over;
    return true;
}

static int compare_overs(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

uint64_t cli_entry_median(cli_entry *entry)
{
    if (entry->over_count == 0)
        return 0;
    qsort(entry->overs, entry->over_count, sizeof *entry->overs, compare_overs);
    return entry->overs[(entry->over_count - 1) / 2];
}

uint64_t cli_entry_most(const cli_entry *entry)
{
    uint64_t most = 0;
    for (size_t i = 0; i < entry->over_count; i++)
        if (entry->overs[i] > most)
            most = entry->overs[i];
    return most;
}
