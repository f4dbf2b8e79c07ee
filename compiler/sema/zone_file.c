/* SPDX-License-Identifier: Apache-2.0
 *
 * See zone_file.h. The file holds its data twice, first with 32-bit times for old readers; only the
 * second block and the rule after it are read. What is wrong with a file is not told apart: a zone
 * that cannot be read whole is not used at all. */
#include "sema/zone_file.h"
#include "sema/zone_rule.h"
#include "time/calendar.h"

#include <stdio.h>
#include <string.h>

enum { HEADER_SIZE = 44, TYPE_SIZE = 6, COUNT_MAX = 1 << 16 };

static const int64_t END_S = INT64_C(7258118400); /* 2200-01-01 */

/* The six counts of a block's header, and where its parts begin. */
typedef struct block {
    size_t times, indices, types, end; /* offsets */
    uint32_t time_count, type_count;
} block;

typedef struct reader {
    const uint8_t *bytes;
    size_t size;
    gjr_zone_row *rows;
    size_t row_count;
} reader;

static uint32_t word_at(const reader *from, size_t at)
{
    const uint8_t *b = from->bytes + at;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | (uint32_t)b[3];
}

static int64_t long_at(const reader *from, size_t at)
{
    return (int64_t)((uint64_t)word_at(from, at) << 32 | word_at(from, at + 4));
}

/* A block whose times have `width` bytes; false where it does not lie inside the file. Zones that
 * count leap seconds are refused with it: ours do not. */
static bool block_find(const reader *from, size_t at, size_t width, block *found)
{
    if (at > from->size || from->size - at < HEADER_SIZE ||
        memcmp(from->bytes + at, "TZif", 4) != 0 || from->bytes[at + 4] < '2') {
        return false;
    }
    uint32_t counts[6]; /* isutcnt, isstdcnt, leapcnt, timecnt, typecnt, charcnt */
    for (size_t i = 0; i < 6; i++) {
        counts[i] = word_at(from, at + 20 + i * 4);
        if (counts[i] > COUNT_MAX) {
            return false;
        }
    }
    found->time_count = counts[3];
    found->type_count = counts[4];
    found->times = at + HEADER_SIZE;
    found->indices = found->times + counts[3] * width;
    found->types = found->indices + counts[3];
    found->end = found->types + counts[4] * TYPE_SIZE + counts[5] + counts[2] * (width + 4) +
                 counts[1] + counts[0];
    return found->end <= from->size && (width == 4 || (counts[2] == 0 && counts[4] > 0));
}

/* ---- rows ---- */

/* From this instant on; instants before 1970 only move what 1970 begins with. */
static void row_add(reader *from, int64_t at_s, int32_t offset_s)
{
    gjr_zone_row *last = from->row_count > 0 ? &from->rows[from->row_count - 1] : NULL;
    if (at_s <= 0 || last == NULL) {
        from->rows[0] = (gjr_zone_row){0, offset_s};
        from->row_count = 1;
    } else if (at_s >= END_S || last->offset_s == offset_s) {
        return;
    } else if (last->from_s >= at_s) {
        last->offset_s = offset_s;
    } else if (from->row_count < GJR_ZONE_ROWS_MAX) {
        from->rows[from->row_count++] = (gjr_zone_row){at_s, offset_s};
    }
}

static bool table_read(reader *from, const block *data)
{
    row_add(from, 0, (int32_t)word_at(from, data->types)); /* type 0 holds before all */
    int64_t last = INT64_MIN;
    for (uint32_t i = 0; i < data->time_count; i++) {
        int64_t at = long_at(from, data->times + (size_t)i * 8);
        uint8_t type = from->bytes[data->indices + i];
        if (type >= data->type_count || (i > 0 && at <= last)) {
            return false;
        }
        row_add(from, at, (int32_t)word_at(from, data->types + (size_t)type * TYPE_SIZE));
        last = at;
    }
    return true;
}

/* Both changes of a year, in their order, where they come after the table. */
static void year_expand(reader *from, const gjc_zone_rule *rule, int32_t year, int64_t after)
{
    int64_t summer = gjc_zone_rule_to_summer(rule, year);
    int64_t standard = gjc_zone_rule_to_standard(rule, year);
    for (int i = 0; i < 2; i++) {
        bool is_summer = (i == 0) == (summer < standard);
        int64_t at = is_summer ? summer : standard;
        if (at > after) {
            row_add(from, at, is_summer ? rule->summer_s : rule->standard_s);
        }
    }
}

static bool rule_read(reader *from, const block *data)
{
    const char *text = (const char *)from->bytes + data->end;
    size_t left = from->size - data->end;
    if (left < 2 || text[0] != '\n') {
        return false;
    }
    const char *close = memchr(text + 1, '\n', left - 1);
    gjc_zone_rule rule;
    if (close == NULL) {
        return false;
    }
    if (close == text + 1) {
        return true; /* no rule: the last offset goes on */
    }
    if (!gjc_zone_rule_parse((gj_text){text + 1, (size_t)(close - text - 1)}, &rule)) {
        return false;
    }
    int64_t after = data->time_count > 0
                        ? long_at(from, data->times + (size_t)(data->time_count - 1) * 8)
                        : INT64_MIN;
    for (int32_t year = 1969; rule.changes && year <= GJR_CALENDAR_YEAR_LAST; year++) {
        year_expand(from, &rule, year, after);
    }
    if (!rule.changes && data->time_count == 0) {
        row_add(from, 0, rule.standard_s);
    }
    return true;
}

gj_status gjc_zone_file_read(const uint8_t *bytes, size_t size, gjb_arena *arena, gjr_zone *zone)
{
    reader from = {.bytes = bytes, .size = size};
    block old, data;
    if (!block_find(&from, 0, 4, &old) || !block_find(&from, old.end, 8, &data)) {
        return GJ_MALFORMED;
    }
    from.rows = gjb_arena_make(arena, GJR_ZONE_ROWS_MAX, sizeof *from.rows);
    if (from.rows == NULL) {
        return GJ_NO_MEMORY;
    }
    if (!table_read(&from, &data) || !rule_read(&from, &data)) {
        return GJ_MALFORMED;
    }
    *zone = (gjr_zone){.rows = from.rows, .row_count = from.row_count};
    return gjr_zone_check(zone) == SIZE_MAX ? GJ_OK : GJ_MALFORMED;
}

/* ---- where the files are ---- */

/* Letters, digits and _ + - in parts between slashes: no name leads out of the folder. */
static bool name_is_plain(gj_text name)
{
    if (name.size == 0 || name.size > GJC_ZONE_NAME_SIZE_MAX) {
        return false;
    }
    char before = '/';
    for (size_t i = 0; i < name.size; i++) {
        char byte = name.bytes[i];
        bool word = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
                    (byte >= '0' && byte <= '9') || byte == '_' || byte == '+' || byte == '-';
        if (!word && (byte != '/' || before == '/')) {
            return false;
        }
        before = byte;
    }
    return before != '/';
}

static FILE *file_find(gj_text name)
{
    static const char *const folders[] = {"/usr/share/zoneinfo", "/usr/lib/zoneinfo",
                                          "/usr/share/lib/zoneinfo", "/etc/zoneinfo"};
    char path[GJC_ZONE_NAME_SIZE_MAX + 40];
    FILE *file = NULL;
    for (size_t i = 0; i < sizeof folders / sizeof *folders && file == NULL; i++) {
        snprintf(path, sizeof path, "%s/%.*s", folders[i], (int)name.size, name.bytes);
        file = fopen(path, "rb");
    }
    return file;
}

gj_status gjc_zone_file_load(gj_text name, gjb_arena *arena, gjr_zone *zone)
{
    FILE *file = name_is_plain(name) ? file_find(name) : NULL;
    if (file == NULL) {
        return GJ_IO;
    }
    uint8_t *bytes = gjb_arena_make(arena, GJC_ZONE_FILE_SIZE_MAX, 1);
    size_t size = bytes != NULL ? fread(bytes, 1, GJC_ZONE_FILE_SIZE_MAX, file) : 0;
    bool whole = bytes != NULL && ferror(file) == 0 && feof(file) != 0;
    fclose(file);
    if (bytes == NULL) {
        return GJ_NO_MEMORY;
    }
    gj_status status = whole ? gjc_zone_file_read(bytes, size, arena, zone) : GJ_IO;
    zone->name = name;
    return status;
}
