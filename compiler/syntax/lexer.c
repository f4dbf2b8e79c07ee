/* SPDX-License-Identifier: Apache-2.0
 *
 * See lexer.h. The scanner cuts, this file reads values, takes numbers and their units apart, and
 * reports what cannot be a piece at all. */
#include "syntax/lexer.h"
#include "base/text.h"
#include "syntax/literal.h"
#include "syntax/slip.h"
#include "syntax/spelling.h"
#include "syntax/unicode.h"

#include "guiju.lex.h"
#include <assert.h>
#include <string.h>

/* ---- the scanner's memory: a pool in the lexer ---- */

void *gjc_scan_alloc(size_t size, void *scanner)
{
    /* The first request is for the scanner itself, made by lexer_init with its lexer beside it. */
    gjc_lexer *lexer = gjc_scan_get_extra(scanner);
    size_t rounded = (size + 15) & ~(size_t)15;
    assert(lexer->pool_used + rounded <= sizeof lexer->pool);
    void *taken = lexer->pool + lexer->pool_used;
    lexer->pool_used += rounded;
    return taken;
}

void *gjc_scan_realloc(void *pointer, size_t size, void *scanner)
{
    (void)pointer;
    (void)size;
    (void)scanner;
    gjc_scan_fail("the scanner's text does not grow");
}

void gjc_scan_free(void *pointer, void *scanner)
{
    (void)pointer;
    (void)scanner;
}

/* Only our own mistake leads here: the pool is too small, or the buffer was not ended by two NULs.
 */
_Noreturn void gjc_scan_fail(const char *message)
{
    (void)message;
    assert(false && "the scanner failed");
    __builtin_trap();
}

gj_status gjc_lexer_init(gjc_lexer *lexer, gjb_arena *arena, const gjc_source *source,
                         uint32_t source_index, const gjc_keywords *keywords)
{
    *lexer = (gjc_lexer){.source = source, .source_index = source_index, .keywords = keywords};
    char *bytes = gjb_arena_make(arena, source->text.size + 2, 1);
    if (bytes == NULL) {
        return GJ_NO_MEMORY;
    }
    memcpy(bytes, source->text.bytes, source->text.size);
    yyscan_t scanner;
    int failed = gjc_scan_lex_init_extra(lexer, &scanner);
    lexer->scanner = scanner;
    if (failed != 0 || gjc_scan__scan_buffer(bytes, source->text.size + 2, scanner) == NULL) {
        return GJ_NO_MEMORY;
    }
    return GJ_OK;
}

/* ---- what the scanner calls ---- */

void gjc_scan_skip(gjc_lexer *lexer, size_t size)
{
    lexer->at += (uint32_t)size;
    lexer->apart = true;
}

void gjc_scan_comment(gjc_lexer *lexer, size_t size)
{
    uint32_t begin = lexer->at;
    gjc_scan_skip(lexer, size);
    if (lexer->record != NULL) {
        gjc_record_add_comment(lexer->record, (gjc_span){lexer->source_index, begin, lexer->at});
    }
}

int gjc_scan_piece(gjc_lexer *lexer, gjc_raw_kind kind, size_t size)
{
    lexer->begin = lexer->at;
    lexer->at += (uint32_t)size;
    return (int)kind;
}

int gjc_scan_mark(gjc_lexer *lexer, char mark, size_t size)
{
    lexer->mark = mark;
    return gjc_scan_piece(lexer, GJC_RAW_MARK, size);
}

/* ---- pieces ---- */

static gj_text text_between(const gjc_lexer *lexer, size_t begin, size_t end)
{
    return gjb_text_slice(lexer->source->text, begin, end);
}

static gjc_diag *report(gjc_lexer *lexer, gjc_diag_code code, uint32_t begin, uint32_t end)
{
    gjc_span span = {lexer->source_index, begin, end};
    lexer->mistaken = true;
    lexer->mistake_at = begin;
    return gjc_diag_add(lexer->diags, code, span, gjc_arg_text(text_between(lexer, begin, end)),
                        gjc_arg_none());
}

/* A mark that is no part of the language, with what is written for it where one can tell. */
static void strange_report(gjc_lexer *lexer, uint32_t begin, uint32_t end)
{
    gjc_diag *diag = report(lexer, GJC_E0103, begin, end);
    const gjc_slip *slip = gjc_slip_find_mark(text_between(lexer, begin, end));
    if (slip != NULL) {
        gjc_diag_edit_add(lexer->diags, diag, diag->span, gjb_text_of(slip->replacement));
        diag->is_certain = slip->is_certain;
    }
}

static gjc_raw *raw_add(gjc_lexer *lexer, gjc_raw_kind kind, uint32_t begin, uint32_t end)
{
    assert(lexer->ring_count < GJC_LOOKAHEAD);
    size_t at = (lexer->ring_first + lexer->ring_count) % GJC_LOOKAHEAD;
    lexer->ring_count++;
    lexer->ring[at] = (gjc_raw){.kind = kind,
                                .mark = lexer->mark,
                                .glued = !lexer->apart,
                                .begin = begin,
                                .end = end,
                                .text = text_between(lexer, begin, end)};
    lexer->apart = false;
    return &lexer->ring[at];
}

static gjc_raw *raw_last(gjc_lexer *lexer)
{
    assert(lexer->ring_count > 0);
    return &lexer->ring[(lexer->ring_first + lexer->ring_count - 1) % GJC_LOOKAHEAD];
}

/* Gives back what was cut from `byte` on: the scanner goes on from there. */
static void scan_from(gjc_lexer *lexer, uint32_t byte)
{
    gjc_scan_back(lexer->scanner, lexer->at - byte);
    lexer->at = byte;
}

static void result_report(gjc_lexer *lexer, const gjc_raw *raw, gjc_literal_result result)
{
    switch (result) {
    case GJC_LITERAL_OK:
        break;
    case GJC_LITERAL_TOO_LARGE:
        report(lexer, GJC_E0106, raw->begin, raw->end);
        break;
    case GJC_LITERAL_TOO_FINE:
        report(lexer, GJC_E0107, raw->begin, raw->end);
        break;
    case GJC_LITERAL_WRONG:
        report(lexer, GJC_E0108, raw->begin, raw->end);
        break;
    }
}

/* ---- a number and the run against it ---- */

static const char *const unit_words[] = {"工作日", "自然日", "日", "天",   "小时",    "分钟",
                                         "个月",   "月",     "年", "工时", "工作小时"};
static const char *const suffix_words[] = {"以上", "以内", "内", "起", "前", "起施行"};
/* Counters that say nothing more: 两人, 3件. */
static const char *const counter_words[] = {
    "人", "名", "件", "项", "家", "分", "以上", "人以上", "名以上", "件以上", "项以上", "家以上"};

static bool is_word(gj_text text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (gjb_text_equal_string(text, words[i])) {
            return true;
        }
    }
    return false;
}
#define IS_WORD(text, words) is_word(text, words, sizeof(words) / sizeof *(words))

static bool begins_with(gj_text text, const char *word)
{
    size_t size = strlen(word);
    return text.size >= size && memcmp(text.bytes, word, size) == 0;
}

/* How a run after a number divides; unit_end == begin where it has no unit. */
typedef struct tail {
    uint32_t begin, unit_end, end;
    bool money, counter;
} tail;

/* Whether [begin, end) is `[个]unit[suffix]`, 元, a counter or a suffix. */
static bool tail_find(const gjc_lexer *lexer, uint32_t begin, uint32_t end, tail *found)
{
    *found = (tail){.begin = begin, .unit_end = begin, .end = end};
    gj_text run = text_between(lexer, begin, end);
    found->money = gjb_text_equal_string(run, "元");
    found->counter = IS_WORD(run, counter_words);
    if (found->money || found->counter || gjb_text_equal_string(run, "次") ||
        gjb_text_equal_string(run, "分以上")) {
        found->unit_end = found->end;
        return true;
    }
    if (IS_WORD(run, suffix_words)) {
        return true;
    }
    size_t skipped = begins_with(run, "个") && !begins_with(run, "个月") ? strlen("个") : 0;
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++) {
        gj_text rest = gjb_text_slice(run, skipped, run.size);
        if (!begins_with(rest, unit_words[i])) {
            continue;
        }
        size_t unit_end = skipped + strlen(unit_words[i]);
        gj_text suffix = gjb_text_slice(run, unit_end, run.size);
        if (suffix.size == 0 || IS_WORD(suffix, suffix_words)) {
            found->begin = begin + (uint32_t)skipped;
            found->unit_end = begin + (uint32_t)unit_end;
            return true;
        }
    }
    return false;
}

/* The pieces of a tail; returns how many. */
static uint8_t tail_add(gjc_lexer *lexer, const tail *found)
{
    uint8_t count = 0;
    if (found->money) {
        gjc_raw *number = raw_last(lexer);
        number->kind = GJC_RAW_MONEY;
        number->end = found->end;
        return 0;
    }
    if (found->counter) {
        raw_last(lexer)->end = found->end;
        return 0;
    }
    if (found->unit_end > found->begin) {
        raw_add(lexer, GJC_RAW_WORD, found->begin, found->unit_end);
        count++;
    }
    if (found->end > found->unit_end) {
        raw_add(lexer, GJC_RAW_WORD, found->unit_end, found->end);
        count++;
    }
    return count;
}

static bool is_numeric(gjc_raw_kind kind)
{
    return kind == GJC_RAW_NUMBER || kind == GJC_RAW_DATE || kind == GJC_RAW_TIME ||
           kind == GJC_RAW_MOMENT || kind == GJC_RAW_PERCENT;
}

/* 20工作天内: the unit nearest to what stands before a suffix, with the suffix. */
static void unit_suggest(gjc_lexer *lexer, gjc_diag *diag, gj_text run)
{
    size_t size = 0;
    for (size_t i = 0; i < sizeof suffix_words / sizeof *suffix_words; i++) {
        size_t length = strlen(suffix_words[i]);
        bool ends = run.size > length &&
                    memcmp(run.bytes + run.size - length, suffix_words[i], length) == 0;
        size = ends && length > size ? length : size;
    }
    gjc_spelling spelling;
    gjc_spelling_init(&spelling, gjb_text_slice(run, 0, run.size - size));
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++) {
        gjc_spelling_add(&spelling, gjb_text_of(unit_words[i]));
    }
    if (spelling.best.bytes == NULL) {
        return;
    }
    gjb_buffer words;
    gjb_buffer_init(&words, lexer->diags->arena->allocator);
    gjb_buffer_add_text(&words, spelling.best);
    gjb_buffer_add_text(&words, gjb_text_slice(run, run.size - size, run.size));
    gj_text made = gjb_arena_text(lexer->diags->arena, gjb_buffer_text(&words));
    lexer->diags->out_of_memory |= words.failed || made.bytes == NULL;
    gjc_diag_suggest(diag, made);
    gjb_buffer_deinit(&words);
}

/* A word that stands against a number: its tail, an English unit, or a mistake. */
static void run_after_number(gjc_lexer *lexer, uint32_t begin, uint32_t end)
{
    gj_text run = text_between(lexer, begin, end);
    tail found;
    bool number = raw_last(lexer)->kind == GJC_RAW_NUMBER;
    if (number && gjb_text_equal_string(run, "CNY")) {
        raw_last(lexer)->kind = GJC_RAW_MONEY;
        raw_last(lexer)->end = end;
    } else if (tail_find(lexer, begin, end, &found)) {
        tail_add(lexer, &found);
    } else {
        if (!(number && gjc_keyword_find(lexer->keywords, run) != NULL &&
              (run.bytes[0] & 0x80) == 0)) {
            gjc_diag *diag = report(lexer, GJC_E0109, begin, end);
            diag->args[1] = gjc_arg_text(raw_last(lexer)->text);
            unit_suggest(lexer, diag, run);
        }
        raw_add(lexer, GJC_RAW_WORD, begin, end);
    }
}

/* ---- runs ---- */

/* A whole run that is a Chinese numeral and its tail. */
static bool numeral_run_add(gjc_lexer *lexer, uint32_t begin, uint32_t end)
{
    static const char percent[] = "百分之";
    gj_text run = text_between(lexer, begin, end);
    size_t skipped = begins_with(run, percent) ? strlen(percent) : 0;
    gj_text rest = gjb_text_slice(run, skipped, run.size);
    size_t size = gjc_literal_numeral_size(rest);
    uint32_t number_end = begin + (uint32_t)(skipped + size);
    tail found;
    int64_t number;
    if (size == 0 || (skipped > 0) != (number_end == end) ||
        (skipped == 0 && !tail_find(lexer, number_end, end, &found)) ||
        (skipped == 0 && found.unit_end == number_end) ||
        gjc_literal_numeral(gjb_text_slice(rest, 0, size), &number) != GJC_LITERAL_OK ||
        number > INT64_MAX / GJC_DECIMAL_SCALE) {
        return false;
    }
    gjc_raw *raw =
        raw_add(lexer, skipped > 0 ? GJC_RAW_PERCENT : GJC_RAW_NUMBER, begin, number_end);
    raw->value = skipped > 0 ? number * (GJC_DECIMAL_SCALE / 100) : number * GJC_DECIMAL_SCALE;
    raw->run_end = end;
    raw->pieces = skipped > 0 ? 0 : tail_add(lexer, &found);
    return true;
}

/* A whole run that is a date in Chinese numerals, with its suffix: 二〇二四年三月一日起施行. */
static bool date_run_add(gjc_lexer *lexer, uint32_t begin, uint32_t end)
{
    uint32_t date_end = begin + (uint32_t)gjc_literal_date_size(text_between(lexer, begin, end));
    if (date_end == begin ||
        (date_end < end && !IS_WORD(text_between(lexer, date_end, end), suffix_words))) {
        return false;
    }
    gjc_raw *raw = raw_add(lexer, GJC_RAW_DATE, begin, date_end);
    gjc_literal_result result = gjc_literal_date(raw->text, &raw->value);
    result_report(lexer, raw, result);
    raw->run_end = end;
    raw->pieces = date_end < end ? 1 : 0;
    if (date_end < end) {
        raw_add(lexer, GJC_RAW_WORD, date_end, end);
    }
    return true;
}

static bool is_reserved(const gjc_keyword *keyword)
{
    for (; keyword != NULL; keyword = keyword->next) {
        if (keyword->row->class != GJC_KEYWORD_C) {
            return true;
        }
    }
    return false;
}

/* Whether from a digit on, a run goes on as number and unit or counter: 5个工作日. */
static bool is_number_with_tail(const gjc_lexer *lexer, uint32_t begin, uint32_t end)
{
    while (begin < end && lexer->source->text.bytes[begin] >= '0' &&
           lexer->source->text.bytes[begin] <= '9') {
        begin++;
    }
    gj_text rest = text_between(lexer, begin, end);
    begin += begins_with(rest, "万") || begins_with(rest, "亿") ? 3 : 0;
    tail found;
    return begin < end && tail_find(lexer, begin, end, &found);
}

/* A keyword against Arabic digits: 限20个工作日内. Returns the end of the keyword, or the run's. */
static uint32_t keyword_end(const gjc_lexer *lexer, uint32_t begin, uint32_t end)
{
    const char *bytes = lexer->source->text.bytes;
    uint32_t digits = begin;
    while (digits < end && !(bytes[digits] >= '0' && bytes[digits] <= '9')) {
        digits++;
    }
    if (digits == begin || digits == end || (bytes[begin] & 0x80) == 0) {
        return end;
    }
    const gjc_keyword *keyword =
        gjc_keyword_find(lexer->keywords, text_between(lexer, begin, digits));
    if (keyword == NULL) {
        return end;
    }
    return is_reserved(keyword) || is_number_with_tail(lexer, digits, end) ? digits : end;
}

/* The run up to its first character that cannot stand in a name. */
static uint32_t identifier_end(const gjc_lexer *lexer, uint32_t begin, uint32_t end)
{
    for (uint32_t at = begin; at < end;) {
        uint32_t character = gjb_text_character(lexer->source->text, at);
        bool fits =
            at == begin ? gjc_unicode_is_start(character) : gjc_unicode_is_continue(character);
        if (!fits) {
            return at;
        }
        at += (uint32_t)gjb_text_character_size(lexer->source->text, at);
    }
    return end;
}

static void word_add(gjc_lexer *lexer, uint32_t begin, uint32_t end)
{
    uint32_t good = identifier_end(lexer, begin, end);
    if (good < end) {
        uint32_t size = (uint32_t)gjb_text_character_size(lexer->source->text, good);
        strange_report(lexer, good, good + size);
        scan_from(lexer, good + size);
        if (good == begin) {
            return;
        }
        end = good;
    }
    bool after_number = !lexer->apart && lexer->ring_count > 0 && raw_last(lexer)->end == begin &&
                        is_numeric(raw_last(lexer)->kind);
    if (after_number) {
        run_after_number(lexer, begin, end);
        return;
    }
    if (numeral_run_add(lexer, begin, end) || date_run_add(lexer, begin, end)) {
        return;
    }
    uint32_t keyword = good < end ? end : keyword_end(lexer, begin, end);
    if (keyword < end) {
        scan_from(lexer, keyword);
    }
    raw_add(lexer, GJC_RAW_WORD, begin, keyword);
}

static void literal_add(gjc_lexer *lexer, gjc_raw_kind kind, uint32_t begin, uint32_t end)
{
    gjc_raw *raw = raw_add(lexer, kind, begin, end);
    gjc_literal_result result = GJC_LITERAL_OK;
    if (kind == GJC_RAW_NUMBER) {
        result = gjc_literal_number(raw->text, &raw->value);
    } else if (kind == GJC_RAW_PERCENT) {
        result = gjc_literal_percent(raw->text, &raw->value);
    } else if (kind == GJC_RAW_DATE) {
        result = gjc_literal_date(raw->text, &raw->value);
    } else if (kind == GJC_RAW_TIME) {
        result = gjc_literal_time(raw->text, &raw->value);
    } else if (kind == GJC_RAW_MOMENT) {
        result = gjc_literal_moment(raw->text, &raw->value, &raw->value2);
    }
    if (result != GJC_LITERAL_OK) {
        raw->value = 0;
        result_report(lexer, raw, result);
    }
}

/* Between quotes, which are one ASCII byte or one character of three. */
static void quoted_add(gjc_lexer *lexer, gjc_raw_kind kind, uint32_t begin, uint32_t end)
{
    uint32_t quote = (lexer->source->text.bytes[begin] & 0x80) != 0 ? 3 : 1;
    gjc_raw *raw = raw_add(lexer, kind, begin, end);
    raw->text = text_between(lexer, begin + quote, end - quote);
    if (kind == GJC_RAW_QUOTED && identifier_end(lexer, begin + quote, end - quote) < end - quote) {
        report(lexer, GJC_E0111, begin, end);
    }
}

/* ‘…’ for “…”: told once, and read as the text it was meant to be. */
static void twin_string_add(gjc_lexer *lexer, uint32_t begin, uint32_t end)
{
    const gjc_span quotes[] = {{lexer->source_index, begin, begin + 3},
                               {lexer->source_index, end - 3, end}};
    gjc_diag *diag =
        gjc_diag_add(lexer->diags, GJC_E0103, (gjc_span){quotes[0].source, begin, end},
                     gjc_arg_text(text_between(lexer, begin, begin + 3)), gjc_arg_none());
    for (size_t i = 0; i < 2; i++) {
        const gjc_slip *slip =
            gjc_slip_find_mark(text_between(lexer, quotes[i].begin, quotes[i].end));
        gjc_diag_edit_add(lexer->diags, diag, quotes[i], gjb_text_of(slip->replacement));
    }
    diag->is_certain = true;
    quoted_add(lexer, GJC_RAW_STRING, begin, end);
}

static void newline_add(gjc_lexer *lexer, uint32_t begin, uint32_t end)
{
    if (lexer->ring_count == 0 || raw_last(lexer)->kind != GJC_RAW_NEWLINE) {
        raw_add(lexer, GJC_RAW_NEWLINE, begin, end);
    }
}

/* Cuts and keeps one more piece or several; false at the end of the text. */
static bool piece_read(gjc_lexer *lexer)
{
    int kind = gjc_scan_lex(lexer->scanner);
    uint32_t begin = lexer->begin, end = lexer->at;
    switch ((gjc_raw_kind)kind) {
    case GJC_RAW_END:
        raw_add(lexer, GJC_RAW_END, end, end);
        return false;
    case GJC_RAW_NEWLINE:
        newline_add(lexer, begin, end);
        break;
    case GJC_RAW_WORD:
        word_add(lexer, begin, end);
        break;
    case GJC_RAW_STRING:
    case GJC_RAW_QUOTED:
        quoted_add(lexer, (gjc_raw_kind)kind, begin, end);
        break;
    case GJC_RAW_NUMBER:
    case GJC_RAW_PERCENT:
    case GJC_RAW_DATE:
    case GJC_RAW_TIME:
    case GJC_RAW_MOMENT:
        literal_add(lexer, (gjc_raw_kind)kind, begin, end);
        break;
    case GJC_RAW_MONEY:
    case GJC_RAW_CITATION:
    case GJC_RAW_ARTICLE:
    case GJC_RAW_MARK:
    case GJC_RAW_OPERATOR:
    case GJC_RAW_STOP:
        raw_add(lexer, (gjc_raw_kind)kind, begin, end);
        break;
    case GJC_RAW_UNCLOSED_STRING:
        report(lexer, GJC_E0104, begin, end);
        raw_add(lexer, GJC_RAW_STRING, begin, end);
        break;
    case GJC_RAW_UNCLOSED_NAME:
        report(lexer, GJC_E0105, begin, end);
        break;
    case GJC_RAW_UNCLOSED_TITLE:
        report(lexer, GJC_E0112, begin, end);
        break;
    case GJC_RAW_TWIN_STRING:
        twin_string_add(lexer, begin, end);
        break;
    case GJC_RAW_STRANGE:
        strange_report(lexer, begin, end);
        break;
    }
    lexer->apart = false;
    return true;
}

const gjc_raw *gjc_lexer_peek(gjc_lexer *lexer, size_t ahead)
{
    assert(ahead < GJC_LOOKAHEAD / 2);
    /* One more than asked for: a number's counter is joined to it only when it has been read. */
    while (lexer->ring_count <= ahead + 1) {
        if (lexer->ring_count > 0 && raw_last(lexer)->kind == GJC_RAW_END) {
            break;
        }
        piece_read(lexer);
    }
    size_t index = ahead < lexer->ring_count ? ahead : lexer->ring_count - 1;
    return &lexer->ring[(lexer->ring_first + index) % GJC_LOOKAHEAD];
}

void gjc_lexer_step(gjc_lexer *lexer)
{
    gjc_lexer_peek(lexer, 0);
    if (lexer->ring[lexer->ring_first].kind != GJC_RAW_END) {
        lexer->ring_first = (lexer->ring_first + 1) % GJC_LOOKAHEAD;
        lexer->ring_count--;
    }
}
