/* SPDX-License-Identifier: Apache-2.0
 *
 * See calendar_file.h and docs/CALENDAR.md. Reading goes in two strides: the header says where each
 * section lies and the hash says that nothing was altered; then each section is read row by row
 * into a plan. Every byte is read at an offset that claims 100 and 103 have proved to lie inside
 * the file; each claim of claims.def is checked in one place below. */
#include "time/calendar_file.h"
#include "base/hash.h"
#include "base/text.h"
#include "time/stamp.h"

#include <assert.h>
#include <string.h>

enum {
    HEADER_SIZE = 76,
    MAGIC_SIZE = 8,
    HOURS_SIZE = 4,
    ZONE_ROW_SIZE = 12,
    ROW_SIZE = 16,
    REVISION_DIGIT_BYTES = 6,
};

/* A text file's accidents (line ends, a cut eighth bit) alter it too. */
static const char MAGIC[MAGIC_SIZE + 1] = "\x89GJC\r\n\x1a\n";

/* Offsets in the header. */
enum {
    AT_VERSION = 8,
    AT_FILE_SIZE = 12,
    AT_WEEK = 16,
    AT_PUBLISHED = 20,
    AT_HOURS_COUNT = 24,
    AT_ZONE_COUNT = 28,
    AT_ROW_COUNT = 32,
    AT_TEXT_SIZE = 36,
    AT_NAME = 40, /* each text: offset in the text section, size */
    AT_ZONE_NAME = 48,
    AT_SOURCE = 56,
    AT_RESERVED = 64, /* three words, 0 */
};

typedef struct reader {
    const uint8_t *bytes;
    size_t size;
    size_t hours_at, zone_at, rows_at, texts_at, hash_at;
    gjb_arena *arena; /* of the plan's arrays, until it is copied */
    gjr_calendar_plan plan;
    gj_refusal *why;
} reader;

static uint32_t word_at(const reader *from, size_t at)
{
    const uint8_t *b = from->bytes + at;
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static int64_t long_at(const reader *from, size_t at)
{
    return (int64_t)((uint64_t)word_at(from, at) | (uint64_t)word_at(from, at + 4) << 32);
}

static const char *claim_section(gjr_calendar_claim claim)
{
    switch (claim) {
#define GJR_CALENDAR_CLAIM(NAME, number, section, en, zh)                                          \
    case GJR_CLAIM_CALENDAR_##NAME:                                                                \
        return section;
#include "time/claims.def"
#undef GJR_CALENDAR_CLAIM
    }
    return "";
}

const char *gjr_calendar_claim_text(uint16_t claim, gj_lang lang)
{
    switch (claim) {
#define GJR_CALENDAR_CLAIM(NAME, number, section, en, zh)                                          \
    case number:                                                                                   \
        return lang == GJ_ZH ? zh : en;
#include "time/claims.def"
#undef GJR_CALENDAR_CLAIM
    default:
        return NULL;
    }
}

static gj_status refuse(reader *from, gjr_calendar_claim claim, uint32_t row, size_t offset)
{
    *from->why = (gj_refusal){
        .claim = (uint16_t)claim,
        .section = claim_section(claim),
        .unit = UINT32_MAX,
        .row = row,
        .field = UINT32_MAX,
        .offset = offset,
    };
    return GJ_REFUSED;
}

/* ---- the header ---- */

/* Where the sections lie, worked out in 64 bits; false where they do not fill the file. */
static bool sections_find(reader *from)
{
    uint64_t hours_at = HEADER_SIZE;
    uint64_t zone_at = hours_at + (uint64_t)word_at(from, AT_HOURS_COUNT) * HOURS_SIZE;
    uint64_t rows_at = zone_at + (uint64_t)word_at(from, AT_ZONE_COUNT) * ZONE_ROW_SIZE;
    uint64_t texts_at = rows_at + (uint64_t)word_at(from, AT_ROW_COUNT) * ROW_SIZE;
    uint64_t hash_at = texts_at + word_at(from, AT_TEXT_SIZE);
    if (word_at(from, AT_FILE_SIZE) != from->size || hash_at + GJB_HASH_SIZE != from->size) {
        return false;
    }
    from->hours_at = (size_t)hours_at;
    from->zone_at = (size_t)zone_at;
    from->rows_at = (size_t)rows_at;
    from->texts_at = (size_t)texts_at;
    from->hash_at = (size_t)hash_at;
    return true;
}

static bool reserved_is_zero(const reader *from)
{
    return word_at(from, AT_RESERVED) == 0 && word_at(from, AT_RESERVED + 4) == 0 &&
           word_at(from, AT_RESERVED + 8) == 0;
}

static gj_status envelope_check(reader *from)
{
    uint8_t digest[GJB_HASH_SIZE];
    if (from->size < HEADER_SIZE + GJB_HASH_SIZE || from->size > GJR_CALENDAR_FILE_SIZE_MAX) {
        return refuse(from, GJR_CLAIM_CALENDAR_SIZE, UINT32_MAX, from->size);
    }
    if (memcmp(from->bytes, MAGIC, MAGIC_SIZE) != 0) {
        return refuse(from, GJR_CLAIM_CALENDAR_MAGIC, UINT32_MAX, 0);
    }
    if (word_at(from, AT_VERSION) != GJR_CALENDAR_FILE_VERSION || !reserved_is_zero(from)) {
        return refuse(from, GJR_CLAIM_CALENDAR_VERSION, UINT32_MAX, AT_VERSION);
    }
    if (!sections_find(from)) {
        return refuse(from, GJR_CLAIM_CALENDAR_LENGTH, UINT32_MAX, AT_FILE_SIZE);
    }
    gjb_hash_of(from->bytes, from->hash_at, digest);
    if (memcmp(digest, from->bytes + from->hash_at, GJB_HASH_SIZE) != 0) {
        return refuse(from, GJR_CLAIM_CALENDAR_HASH, UINT32_MAX, from->hash_at);
    }
    return GJ_OK;
}

/* ---- texts ---- */

static bool text_is_plain(gj_text text)
{
    if (gjb_text_invalid_offset(text) != text.size) {
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        if ((unsigned char)text.bytes[i] < 0x20 || text.bytes[i] == 0x7F) {
            return false;
        }
    }
    return true;
}

/* The text whose offset and size stand at `at`; one of size 0 is absent. */
static gj_status text_read(reader *from, size_t at, uint32_t row, gj_text *text)
{
    uint32_t offset = word_at(from, at), size = word_at(from, at + 4);
    size_t room = from->hash_at - from->texts_at;
    if (offset > room || size > room - offset) {
        return refuse(from, GJR_CLAIM_CALENDAR_TEXT_BOUNDS, row, at);
    }
    const char *bytes = (const char *)from->bytes + from->texts_at + offset;
    *text = size > 0 ? (gj_text){bytes, size} : (gj_text){0};
    if (!text_is_plain(*text)) {
        return refuse(from, GJR_CLAIM_CALENDAR_TEXT_UTF8, row, from->texts_at + offset);
    }
    return GJ_OK;
}

static gj_status names_read(reader *from)
{
    gj_status status = text_read(from, AT_NAME, UINT32_MAX, &from->plan.name);
    if (status == GJ_OK) {
        status = text_read(from, AT_ZONE_NAME, UINT32_MAX, &from->plan.zone.name);
    }
    if (status == GJ_OK) {
        status = text_read(from, AT_SOURCE, UINT32_MAX, &from->plan.source);
    }
    size_t size = from->plan.name.size;
    if (status == GJ_OK && (size == 0 || size > GJR_CALENDAR_NAME_SIZE_MAX)) {
        return refuse(from, GJR_CLAIM_CALENDAR_NAME, UINT32_MAX, AT_NAME);
    }
    return status;
}

/* ---- the weekly rule ---- */

static bool day_is_in_range(gj_day day)
{
    return day >= GJR_CALENDAR_DAY_FIRST && day <= GJR_CALENDAR_DAY_LAST;
}

static gj_status week_read(reader *from)
{
    uint32_t week = word_at(from, AT_WEEK);
    if (week == 0 || week > 0x7F) {
        return refuse(from, GJR_CLAIM_CALENDAR_WEEK, UINT32_MAX, AT_WEEK);
    }
    gj_day through = (gj_day)word_at(from, AT_PUBLISHED);
    if (through != GJ_NO_DAY && !day_is_in_range(through)) {
        return refuse(from, GJR_CLAIM_CALENDAR_PUBLISHED, UINT32_MAX, AT_PUBLISHED);
    }
    from->plan.week = (uint8_t)week;
    from->plan.published_through = through;
    return GJ_OK;
}

static gj_status hours_read(reader *from)
{
    size_t count = word_at(from, AT_HOURS_COUNT);
    unsigned last = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = from->hours_at + i * HOURS_SIZE;
        uint32_t word = word_at(from, at);
        unsigned begin = word & 0xFFFF, end = word >> 16;
        if (i >= GJR_CALENDAR_HOURS_MAX || begin < last || end <= begin || end > 24 * 60) {
            return refuse(from, GJR_CLAIM_CALENDAR_HOURS, (uint32_t)i, at);
        }
        from->plan.hours[i] = (gjr_hours){(uint16_t)begin, (uint16_t)end};
        last = end;
    }
    from->plan.hours_count = count;
    return GJ_OK;
}

/* ---- zone and days ---- */

static gj_status zone_read(reader *from)
{
    size_t count = word_at(from, AT_ZONE_COUNT);
    if (count == 0 || count > GJR_ZONE_ROWS_MAX) {
        return refuse(from, GJR_CLAIM_CALENDAR_ZONE_COUNT, UINT32_MAX, AT_ZONE_COUNT);
    }
    gjr_zone_row *rows = gjb_arena_make(from->arena, count, sizeof *rows);
    if (rows == NULL) {
        return GJ_NO_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        size_t at = from->zone_at + i * ZONE_ROW_SIZE;
        rows[i] = (gjr_zone_row){long_at(from, at), (int32_t)word_at(from, at + 8)};
    }
    from->plan.zone.rows = rows;
    from->plan.zone.row_count = count;
    size_t bad = gjr_zone_check(&from->plan.zone);
    if (bad != SIZE_MAX) {
        return refuse(from, GJR_CLAIM_CALENDAR_ZONE_ROWS, (uint32_t)bad,
                      from->zone_at + bad * ZONE_ROW_SIZE);
    }
    return GJ_OK;
}

static gj_status row_read(reader *from, size_t index, gjr_calendar_row *rows)
{
    size_t at = from->rows_at + index * ROW_SIZE;
    gj_day day = (gj_day)word_at(from, at);
    uint32_t class = word_at(from, at + 4), row = (uint32_t)index;
    if (!day_is_in_range(day)) {
        return refuse(from, GJR_CLAIM_CALENDAR_ROW_DAY, row, at);
    }
    if (index > 0 && day <= rows[index - 1].day) {
        return refuse(from, GJR_CLAIM_CALENDAR_ROW_ORDER, row, at);
    }
    if (class != GJR_DAY_HOLIDAY && class != GJR_DAY_OFF && class != GJR_DAY_ON) {
        return refuse(from, GJR_CLAIM_CALENDAR_ROW_CLASS, row, at + 4);
    }
    rows[index].day = day;
    rows[index].class = (gjr_day_class) class;
    return text_read(from, at + 8, row, &rows[index].name);
}

static gj_status rows_read(reader *from)
{
    size_t count = word_at(from, AT_ROW_COUNT);
    gjr_calendar_row *rows = gjb_arena_make(from->arena, count, sizeof *rows);
    if (rows == NULL) {
        return GJ_NO_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        gj_status status = row_read(from, i, rows);
        if (status != GJ_OK) {
            return status;
        }
    }
    from->plan.rows = rows;
    from->plan.row_count = count;
    return GJ_OK;
}

/* "cn@2026-12-31/1f0c…"; "cn/1f0c…" where nothing was said to be published. */
static gj_status revision_make(reader *from)
{
    char digits[2 * REVISION_DIGIT_BYTES + 1];
    gjb_hash_hex(from->bytes + from->hash_at, REVISION_DIGIT_BYTES, digits);
    gjb_buffer text;
    gjb_buffer_init(&text, from->arena->allocator);
    gjb_buffer_add_text(&text, from->plan.name);
    if (from->plan.published_through != GJ_NO_DAY) {
        gjb_buffer_add_byte(&text, '@');
        gjr_stamp_print_day(from->plan.published_through, &text);
    }
    gjb_buffer_add_byte(&text, '/');
    gjb_buffer_add_string(&text, digits);
    from->plan.revision = gjb_arena_text(from->arena, gjb_buffer_text(&text));
    bool failed = text.failed || !gjb_text_is_present(from->plan.revision);
    gjb_buffer_deinit(&text);
    return failed ? GJ_NO_MEMORY : GJ_OK;
}

static gj_status plan_read(reader *from)
{
    static gj_status (*const strides[])(reader *) = {
        envelope_check, names_read, week_read, hours_read, zone_read, rows_read, revision_make,
    };
    gj_status status = GJ_OK;
    for (size_t i = 0; i < sizeof strides / sizeof *strides && status == GJ_OK; i++) {
        status = strides[i](from);
    }
    return status;
}

gj_status gj_calendar_load(const gj_allocator *allocator, const void *bytes, size_t size,
                           gj_calendar **calendar, gj_refusal *why)
{
    if ((bytes == NULL && size > 0) || calendar == NULL || why == NULL) {
        return GJ_BAD_ARGUMENT;
    }
    *calendar = NULL;
    *why = (gj_refusal){.section = "", .unit = UINT32_MAX, .row = UINT32_MAX, .field = UINT32_MAX};
    gjb_arena arena;
    gjb_arena_init(&arena, allocator);
    reader from = {.bytes = bytes, .size = size, .arena = &arena, .why = why};
    gj_status status = plan_read(&from);
    if (status == GJ_OK) {
        status = gjr_calendar_create(allocator, &from.plan, calendar);
    }
    gjb_arena_deinit(&arena);
    return status;
}

/* ---- writing ---- */

static void text_add(gjb_buffer *out, gj_text text, uint32_t *offset)
{
    gjb_buffer_add_u32(out, *offset);
    gjb_buffer_add_u32(out, (uint32_t)text.size);
    *offset += (uint32_t)text.size;
}

/* A row whose name is the row's before it shares its bytes. */
static bool name_is_shared(const gjr_calendar_plan *plan, size_t row)
{
    return row > 0 && gjb_text_equal(plan->rows[row].name, plan->rows[row - 1].name);
}

static uint32_t texts_size(const gjr_calendar_plan *plan)
{
    size_t size = plan->name.size + plan->zone.name.size + plan->source.size;
    for (size_t i = 0; i < plan->row_count; i++) {
        size += name_is_shared(plan, i) ? 0 : plan->rows[i].name.size;
    }
    return (uint32_t)size;
}

static void header_emit(const gjr_calendar_plan *plan, gjb_buffer *out)
{
    size_t before_texts = HEADER_SIZE + plan->hours_count * HOURS_SIZE +
                          plan->zone.row_count * ZONE_ROW_SIZE + plan->row_count * ROW_SIZE;
    uint32_t offset = 0;
    gjb_buffer_add(out, MAGIC, MAGIC_SIZE);
    gjb_buffer_add_u32(out, GJR_CALENDAR_FILE_VERSION);
    gjb_buffer_add_u32(out, (uint32_t)before_texts + texts_size(plan) + GJB_HASH_SIZE);
    gjb_buffer_add_u32(out, plan->week);
    gjb_buffer_add_u32(out, (uint32_t)plan->published_through);
    gjb_buffer_add_u32(out, (uint32_t)plan->hours_count);
    gjb_buffer_add_u32(out, (uint32_t)plan->zone.row_count);
    gjb_buffer_add_u32(out, (uint32_t)plan->row_count);
    gjb_buffer_add_u32(out, texts_size(plan));
    text_add(out, plan->name, &offset);
    text_add(out, plan->zone.name, &offset);
    text_add(out, plan->source, &offset);
    for (size_t at = AT_RESERVED; at < HEADER_SIZE; at += 4) {
        gjb_buffer_add_u32(out, 0);
    }
}

static void rows_emit(const gjr_calendar_plan *plan, gjb_buffer *out)
{
    size_t heads = plan->name.size + plan->zone.name.size + plan->source.size;
    uint32_t next = (uint32_t)heads, last = next;
    for (size_t i = 0; i < plan->row_count; i++) {
        const gjr_calendar_row *row = &plan->rows[i];
        bool shared = name_is_shared(plan, i);
        gjb_buffer_add_u32(out, (uint32_t)row->day);
        gjb_buffer_add_u32(out, (uint32_t)row->class);
        gjb_buffer_add_u32(out, shared ? last : next);
        gjb_buffer_add_u32(out, (uint32_t)row->name.size);
        if (!shared) {
            last = next;
            next += (uint32_t)row->name.size;
        }
    }
}

static void texts_emit(const gjr_calendar_plan *plan, gjb_buffer *out)
{
    gjb_buffer_add_text(out, plan->name);
    gjb_buffer_add_text(out, plan->zone.name);
    gjb_buffer_add_text(out, plan->source);
    for (size_t i = 0; i < plan->row_count; i++) {
        if (!name_is_shared(plan, i)) {
            gjb_buffer_add_text(out, plan->rows[i].name);
        }
    }
}

void gjr_calendar_file_emit(const gjr_calendar_plan *plan, gjb_buffer *out)
{
    size_t begin = out->size;
    header_emit(plan, out);
    for (size_t i = 0; i < plan->hours_count; i++) {
        uint32_t from = plan->hours[i].from_minute, to = plan->hours[i].to_minute;
        gjb_buffer_add_u32(out, from | to << 16);
    }
    for (size_t i = 0; i < plan->zone.row_count; i++) {
        uint64_t from = (uint64_t)plan->zone.rows[i].from_s;
        gjb_buffer_add_u32(out, (uint32_t)from);
        gjb_buffer_add_u32(out, (uint32_t)(from >> 32));
        gjb_buffer_add_u32(out, (uint32_t)plan->zone.rows[i].offset_s);
    }
    rows_emit(plan, out);
    texts_emit(plan, out);
    if (!out->failed) {
        uint8_t digest[GJB_HASH_SIZE];
        gjb_hash_of(out->bytes + begin, out->size - begin, digest);
        gjb_buffer_add(out, digest, sizeof digest);
    }
}
