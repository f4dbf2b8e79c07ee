/* SPDX-License-Identifier: Apache-2.0
 *
 * Strings, and what records.def says of each column of every row (claims 13 to 22). After this
 * every index may be followed, and a walk through a range costs its rows once in the whole file. */
#include "base/text.h"
#include "image/schema.h"
#include "image/verify.h"

#include <string.h>

/* ---- strings ---------------------------------------------------------------------------- */

static gj_status refuse_string(const gjr_verifier *verifier, gjr_claim claim, uint32_t row,
                               uint64_t offset)
{
    *verifier->why = (gj_refusal){.claim = (uint16_t)claim,
                                  .section = gjr_section_name(GJR_SECTION_STRINGS),
                                  .unit = UINT32_MAX,
                                  .row = row,
                                  .field = UINT32_MAX,
                                  .offset = offset};
    return GJ_REFUSED;
}

static gj_status verify_offsets(const gjr_verifier *verifier, const gjr_rows *rows,
                                uint64_t byte_count)
{
    uint32_t before = 0;
    for (uint32_t i = 0; i <= rows->string_count; i++) {
        uint32_t offset = rows->string_offsets[i];
        bool last = i == rows->string_count;
        if ((i == 0 && offset != 0) || offset < before || (last && offset != byte_count)) {
            return refuse_string(verifier, GJR_CLAIM_STRING_OFFSETS, i,
                                 verifier->sections[0].offset + ((uint64_t)i + 1) * sizeof offset);
        }
        before = offset;
    }
    return GJ_OK;
}

static gj_status verify_texts(const gjr_verifier *verifier, const gjr_rows *rows)
{
    for (uint32_t i = 0; i < rows->string_count; i++) {
        uint32_t begin = rows->string_offsets[i];
        gj_text text = {rows->string_bytes + begin, rows->string_offsets[i + 1] - begin};
        if (gjb_text_invalid_offset(text) < text.size ||
            (text.size > 0 && memchr(text.bytes, '\0', text.size) != NULL)) {
            return refuse_string(verifier, GJR_CLAIM_STRING_UTF8, i,
                                 (uint64_t)((const uint8_t *)text.bytes - verifier->bytes));
        }
    }
    return GJ_OK;
}

gj_status gjr_verify_strings(const gjr_verifier *verifier, gjr_rows *rows)
{
    const gjr_section *section = &verifier->sections[0];
    const uint32_t *words = (const uint32_t *)(const void *)(verifier->bytes + section->offset);
    uint64_t front =
        section->size >= sizeof *words ? ((uint64_t)words[0] + 2) * sizeof *words : UINT64_MAX;
    if (front > section->size || words[0] > GJR_ROWS_MAX) {
        return refuse_string(verifier, GJR_CLAIM_STRING_TABLE, UINT32_MAX, section->offset);
    }
    rows->string_count = words[0];
    rows->string_offsets = words + 1;
    rows->string_bytes = (const char *)(verifier->bytes + section->offset + front);
    gj_status status = verify_offsets(verifier, rows, section->size - front);
    return status == GJ_OK ? verify_texts(verifier, rows) : status;
}

/* ---- columns ---------------------------------------------------------------------------- */

/* What an index of the column must be less than; of a choice how many there are. */
static uint32_t column_limit(const gjr_verifier *verifier, const gjr_column *column)
{
    switch (column->kind) {
    case GJR_COLUMN_TEXT:
    case GJR_COLUMN_TEXT_OR_NONE:
        return verifier->rows->string_count;
    case GJR_COLUMN_REF:
    case GJR_COLUMN_REF_OR_NONE:
    case GJR_COLUMN_RANGE:
        return gjr_rows_words(verifier->rows, column->bound).row_count;
    case GJR_COLUMN_CHOICE:
    case GJR_COLUMN_FLAGS:
    case GJR_COLUMN_WORD:
        break;
    }
    return column->bound;
}

/* The claim that the column's words break, or NONE. */
static gjr_claim column_claim(gjr_column_kind kind, uint32_t limit, const uint32_t *words)
{
    bool is_good = words[0] < limit;
    bool is_none = words[0] == GJR_NONE;
    switch (kind) {
    case GJR_COLUMN_TEXT:
        return is_good ? GJR_CLAIM_NONE : GJR_CLAIM_STRING_INDEX;
    case GJR_COLUMN_TEXT_OR_NONE:
        return is_none || is_good ? GJR_CLAIM_NONE : GJR_CLAIM_STRING_INDEX;
    case GJR_COLUMN_REF:
        return is_good ? GJR_CLAIM_NONE : GJR_CLAIM_ROW_INDEX;
    case GJR_COLUMN_REF_OR_NONE:
        return is_none || is_good ? GJR_CLAIM_NONE : GJR_CLAIM_ROW_INDEX;
    case GJR_COLUMN_RANGE:
        return words[0] <= limit && words[1] <= limit - words[0] ? GJR_CLAIM_NONE
                                                                 : GJR_CLAIM_ROW_RANGE;
    case GJR_COLUMN_CHOICE:
        return is_good ? GJR_CLAIM_NONE : GJR_CLAIM_CHOICE;
    case GJR_COLUMN_FLAGS:
        return (words[0] & ~limit) == 0 ? GJR_CLAIM_NONE : GJR_CLAIM_FLAGS;
    case GJR_COLUMN_WORD:
        break;
    }
    return GJR_CLAIM_NONE;
}

/* A column's words in every row, `word` of them before it. */
static gj_status verify_column(const gjr_verifier *verifier, uint32_t table,
                               const gjr_column *column, size_t word)
{
    gjr_words words = gjr_rows_words(verifier->rows, table);
    const uint32_t limit = column_limit(verifier, column);
    const uint32_t *at = words.words + word;
    for (uint32_t row = 0; row < words.row_count; row++, at += words.row_words) {
        gjr_claim claim = column_claim(column->kind, limit, at);
        if (claim != GJR_CLAIM_NONE) {
            return gjr_verifier_refuse(verifier, claim, (gjr_table)table, row, word);
        }
    }
    return GJ_OK;
}

/* ---- ownership -------------------------------------------------------------------------- */

/* Citations may be shared; the owners of transitions are verify_graph.c's, of regions
 * verify_regions.c's, of parameters verify_declarations.c's. */
static bool is_owned(uint32_t table)
{
    return table != GJR_TABLE_citation && table != GJR_TABLE_transition &&
           table != GJR_TABLE_region && table != GJR_TABLE_field;
}

typedef struct row_owners {
    uint8_t *owned[GJR_TABLE_END]; /* a byte a row; NULL where no range is into the table */
} row_owners;

/* Marks the rows of a range; false where one is marked already. Stops at the first, so that a table
 * is walked once however often its rows are claimed. */
static bool mark(uint8_t *owned, const uint32_t *range)
{
    for (uint32_t i = 0; i < range[1]; i++) {
        if (owned[range[0] + i]) {
            return false;
        }
        owned[range[0] + i] = 1;
    }
    return true;
}

static gj_status make_owners(gjr_verifier *verifier, row_owners *owners)
{
    *owners = (row_owners){{NULL}};
    for (uint32_t table = GJR_SECTION_STRINGS + 1; table < GJR_TABLE_END; table++) {
        const gjr_schema *schema = gjr_schema_get(table);
        for (size_t i = 0; i < schema->column_count; i++) {
            uint32_t bound = schema->columns[i].bound;
            if (schema->columns[i].kind != GJR_COLUMN_RANGE || !is_owned(bound) ||
                owners->owned[bound] != NULL) {
                continue;
            }
            uint32_t row_count = gjr_rows_words(verifier->rows, bound).row_count;
            owners->owned[bound] = gjb_arena_make(&verifier->arena, row_count, 1);
            if (owners->owned[bound] == NULL) {
                return GJ_NO_MEMORY;
            }
        }
    }
    return GJ_OK;
}

static gj_status own_column(const gjr_verifier *verifier, const row_owners *owners, uint32_t table,
                            const gjr_column *column, size_t word)
{
    if (column->kind != GJR_COLUMN_RANGE || !is_owned(column->bound)) {
        return GJ_OK;
    }
    gjr_words words = gjr_rows_words(verifier->rows, table);
    const uint32_t *at = words.words + word;
    for (uint32_t row = 0; row < words.row_count; row++, at += words.row_words) {
        if (!mark(owners->owned[column->bound], at)) {
            return gjr_verifier_refuse(verifier, GJR_CLAIM_OWNED_ONCE, (gjr_table)table, row, word);
        }
    }
    return GJ_OK;
}

static gj_status find_unowned(const gjr_verifier *verifier, const row_owners *owners)
{
    for (uint32_t table = GJR_SECTION_STRINGS + 1; table < GJR_TABLE_END; table++) {
        uint32_t row_count = gjr_rows_words(verifier->rows, table).row_count;
        const uint8_t *owned = owners->owned[table];
        const uint8_t *hole = owned != NULL && row_count > 0 ? memchr(owned, 0, row_count) : NULL;
        if (hole != NULL) {
            return gjr_verifier_refuse(verifier, GJR_CLAIM_OWNED, (gjr_table)table,
                                       (size_t)(hole - owned), 0);
        }
    }
    return GJ_OK;
}

/* Every column of every table: of what it may hold, or, with owners, of whom it owns. */
static gj_status for_each_column(const gjr_verifier *verifier, const row_owners *owners)
{
    for (uint32_t table = GJR_SECTION_STRINGS + 1; table < GJR_TABLE_END; table++) {
        const gjr_schema *schema = gjr_schema_get(table);
        size_t word = 0;
        for (size_t i = 0; i < schema->column_count; i++) {
            const gjr_column *column = &schema->columns[i];
            gj_status status = owners == NULL ? verify_column(verifier, table, column, word)
                                              : own_column(verifier, owners, table, column, word);
            if (status != GJ_OK) {
                return status;
            }
            word += gjr_column_words(column);
        }
    }
    return GJ_OK;
}

gj_status gjr_verify_rows(gjr_verifier *verifier)
{
    row_owners owners;
    gj_status status = for_each_column(verifier, NULL);
    if (status == GJ_OK) {
        status = make_owners(verifier, &owners);
    }
    if (status == GJ_OK) {
        status = for_each_column(verifier, &owners);
    }
    return status == GJ_OK ? find_unowned(verifier, &owners) : status;
}
