/* SPDX-License-Identifier: Apache-2.0
 *
 * See floor.h: the table step, and the cells of a CSV file found by memchr. */
#include "bench/floor.h"

#include "base/arena.h"
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

enum { STAGES = 32, ACTIONS = 32, CELLS_MAX = 64 };

struct floor_table {
    gjb_map cases, actions;
    gjb_arena ids;
    uint8_t next[STAGES][ACTIONS];
    uint8_t *stages; /* of each case */
    size_t stage_capacity;
};

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

floor_table *floor_table_create(void)
{
    floor_table *table = calloc(1, sizeof *table);
    must(table != NULL);
    gjb_map_init(&table->cases, NULL, 7);
    gjb_map_init(&table->actions, NULL, 7);
    gjb_arena_init(&table->ids, NULL);
    for (size_t i = 0; i < STAGES; i++) {
        for (size_t j = 0; j < ACTIONS; j++) {
            table->next[i][j] = (uint8_t)((i * 7 + j * 3 + 1) % STAGES);
        }
    }
    return table;
}

void floor_table_destroy(floor_table *table)
{
    gjb_map_deinit(&table->cases);
    gjb_map_deinit(&table->actions);
    gjb_arena_deinit(&table->ids);
    free(table->stages);
    free(table);
}

static uint32_t index_of(floor_table *table, gjb_map *map, gj_text text)
{
    const uint32_t *found = gjb_map_find(map, text);
    if (found != NULL) {
        return *found;
    }
    bool added;
    found = gjb_map_add(map, gjb_arena_text(&table->ids, text), (uint32_t)map->count, &added);
    must(found != NULL);
    return *found;
}

void floor_table_step(floor_table *table, const char *case_id, size_t case_size, const char *action,
                      size_t action_size)
{
    uint32_t of = index_of(table, &table->cases, (gj_text){case_id, case_size});
    uint32_t act = index_of(table, &table->actions, (gj_text){action, action_size});
    if (of >= table->stage_capacity) {
        size_t capacity = table->stage_capacity == 0 ? 1024 : table->stage_capacity * 2;
        table->stages = realloc(table->stages, capacity);
        must(table->stages != NULL);
        memset(table->stages + table->stage_capacity, 0, capacity - table->stage_capacity);
        table->stage_capacity = capacity;
    }
    table->stages[of] = table->next[table->stages[of]][act % ACTIONS];
}

size_t floor_table_sum(const floor_table *table)
{
    size_t sum = 0;
    for (size_t i = 0; i < table->cases.count; i++) {
        sum += table->stages[i];
    }
    return sum;
}

/* ---- cells ---- */

/* The cells of the line at *at, which moves on; how many they are. */
static size_t line_split(const char **at, const char *end, gj_text cells[CELLS_MAX])
{
    const char *newline = memchr(*at, '\n', (size_t)(end - *at));
    const char *line_end = newline != NULL ? newline : end, *cell = *at;
    size_t count = 0;
    for (const char *comma;
         count < CELLS_MAX - 1 && (comma = memchr(cell, ',', (size_t)(line_end - cell))) != NULL;
         cell = comma + 1) {
        cells[count++] = (gj_text){cell, (size_t)(comma - cell)};
    }
    cells[count++] = (gj_text){cell, (size_t)(line_end - cell)};
    *at = newline != NULL ? newline + 1 : end;
    return count;
}

static size_t column_of(const gj_text *cells, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (cells[i].size == strlen(name) && memcmp(cells[i].bytes, name, cells[i].size) == 0) {
            return i;
        }
    }
    abort();
}

size_t floor_cells(const char *bytes, size_t size, floor_table *table)
{
    gj_text cells[CELLS_MAX] = {{NULL, 0}};
    const char *at = bytes, *end = bytes + size;
    size_t count = line_split(&at, end, cells), events = 0, sum = 0;
    size_t of = column_of(cells, count, "case"), act = column_of(cells, count, "action");
    for (; at < end; events++) {
        count = line_split(&at, end, cells);
        for (size_t i = 0; i < count; i++) {
            sum += cells[i].size;
        }
        if (table != NULL) {
            floor_table_step(table, cells[of].bytes, cells[of].size, cells[act].bytes,
                             cells[act].size);
        }
    }
    return sum > 0 ? events : 0;
}
