/* SPDX-License-Identifier: Apache-2.0
 *
 * The order of the verification, and how a refusal is told. See verify.h. */
#include "image/verify.h"
#include "base/buffer.h"
#include "image/schema.h"
#include "time/calendar_file.h"

#include <string.h>

const char *gjr_claim_text(uint32_t claim, gj_lang lang)
{
    switch ((gjr_claim)claim) {
    case GJR_CLAIM_NONE:
        return NULL;
#define CLAIM(number, NAME, english, chinese)                                                      \
    case GJR_CLAIM_##NAME:                                                                         \
        return lang == GJ_ZH ? chinese : english;
#include "image/claims.def"
#undef CLAIM
    }
    return NULL;
}

gj_status gjr_verifier_refuse(const gjr_verifier *verifier, gjr_claim claim, gjr_table table,
                              size_t row, size_t word)
{
    const gjr_schema *schema = gjr_schema_get(table);
    uint64_t offset = verifier->sections[(uint32_t)table - 1].offset + row * schema->row_size +
                      word * sizeof(uint32_t);
    *verifier->why = (gj_refusal){.claim = (uint16_t)claim,
                                  .section = schema->name,
                                  .unit = UINT32_MAX,
                                  .row = (uint32_t)row,
                                  .field = (uint32_t)word,
                                  .offset = offset};
    return GJ_REFUSED;
}

gj_status gjr_verify(gjr_verifier *verifier)
{
    static gj_status (*const parts[])(gjr_verifier *) = {
        gjr_verify_rows,       gjr_verify_types,       gjr_verify_constants,
        gjr_verify_natives,    gjr_verify_expressions, gjr_verify_declarations,
        gjr_verify_terms,      gjr_verify_turns,       gjr_verify_effects,
        gjr_verify_lengths,    gjr_verify_calendars,   gjr_verify_keys,
        gjr_verify_relations,  gjr_verify_keeps,       gjr_verify_subscriptions,
        gjr_verify_regions,    gjr_verify_graph,       gjr_verify_calls,
        gjr_verify_migrations, gjr_verify_decisions,
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        gj_status status = parts[i](verifier);
        if (status != GJ_OK) {
            return status;
        }
    }
    return GJ_OK;
}

/* ---- telling it ------------------------------------------------------------------------- */

static const gjr_schema *find_schema(const char *section)
{
    for (uint32_t table = GJR_SECTION_STRINGS + 1; table < GJR_TABLE_END; table++) {
        if (strcmp(gjr_schema_get(table)->name, section) == 0) {
            return gjr_schema_get(table);
        }
    }
    return NULL;
}

/* The column that the word belongs to, or NULL. */
static const char *column_name(const char *section, uint32_t word)
{
    const gjr_schema *schema = section != NULL ? find_schema(section) : NULL;
    size_t begin = 0;
    for (size_t i = 0; schema != NULL && i < schema->column_count; i++) {
        size_t end = begin + gjr_column_words(&schema->columns[i]);
        if (word < end) {
            return schema->columns[i].name;
        }
        begin = end;
    }
    return NULL;
}

static const char *section_title(const char *section, gj_lang lang)
{
    static const char *const titles[][2] = {
#define SECTION_NAME(name, zh) {name, zh},
#include "image/section_names.def"
#undef SECTION_NAME
    };
    for (size_t i = 0; lang == GJ_ZH && i < sizeof titles / sizeof *titles; i++) {
        if (strcmp(titles[i][0], section) == 0) {
            return titles[i][1];
        }
    }
    return section;
}

static void print_place(const gj_refusal *why, gj_lang lang, gjb_buffer *out)
{
    bool zh = lang == GJ_ZH;
    gjb_buffer_add_format(out, zh ? "位置：%s" : "at %s",
                          why->section != NULL ? section_title(why->section, lang) : "?");
    if (why->unit != UINT32_MAX) {
        gjb_buffer_add_format(out, zh ? "，第%u个流程" : " of procedure %u", why->unit + 1);
    }
    if (why->row != UINT32_MAX) {
        gjb_buffer_add_format(out, zh ? "，行号%u" : ", row %u", why->row);
    }
    const char *column = why->field != UINT32_MAX ? column_name(why->section, why->field) : NULL;
    if (column != NULL) {
        gjb_buffer_add_format(out, zh ? "，%s" : ", %s", column);
    }
    gjb_buffer_add_format(out, zh ? "，字节偏移%llu" : ", byte %llu",
                          (unsigned long long)why->offset);
}

static const char *advice(uint16_t claim, bool calendar, gj_lang lang)
{
    if (calendar) {
        return lang == GJ_ZH ? "请重新编译或重新取得该日历文件"
                             : "Compile or fetch the calendar file again";
    }
    if (claim == GJR_CLAIM_FORMAT) {
        return lang == GJ_ZH ? "请用本版本的编译器重新编译"
                             : "Compile it again with this version's compiler";
    }
    return lang == GJ_ZH
               ? "文件不完整、已被改动或并非由编译器生成，请重新编译或重新取得"
               : "It is cut off, altered or not from the compiler: compile or fetch it again";
}

gj_status gj_refusal_print(const gj_refusal *why, gj_lang lang, const gj_writer *out)
{
    if (why == NULL || out == NULL || why->claim == GJR_CLAIM_NONE) {
        return GJ_BAD_ARGUMENT;
    }
    const char *claim = gjr_claim_text(why->claim, lang);
    bool calendar = claim == NULL;
    if (calendar) {
        claim = gjr_calendar_claim_text(why->claim, lang);
    }
    gjb_buffer line;
    gjb_buffer_init(&line, NULL);
    gjb_buffer_add_format(&line,
                          lang == GJ_ZH ? "不予载入：第%u条不成立（%s）；"
                                        : "refused: claim %u does not hold (%s); ",
                          why->claim, claim != NULL ? claim : "?");
    print_place(why, lang, &line);
    gjb_buffer_add_format(&line, lang == GJ_ZH ? "。%s。" : ". %s.",
                          advice(why->claim, calendar, lang));
    gj_status status = gjb_buffer_write(&line, out);
    gjb_buffer_deinit(&line);
    return status;
}
