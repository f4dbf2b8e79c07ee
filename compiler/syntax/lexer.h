/* SPDX-License-Identifier: Apache-2.0
 *
 * The source as pieces: what the scanner cuts, with the rules of the Chinese surface about where
 * one word ends (docs/LANGUAGE.md). A run of identifier characters is one word and is never cut in
 * the middle, with three exceptions that all hang on numbers, which decide their meaning:
 *
 *     20个工作日内   a number takes the unit, counter or suffix that stands against it
 *     限20个工作日   a keyword may stand against Arabic digits
 *     二十日 两人    a whole run that is a Chinese numeral and its unit is a number, and one that
 * is a date (二〇二四年三月一日) is a date
 *
 * Whether a word is a keyword is not decided here. Blank lines are one newline. */
#ifndef GJC_LEXER_H
#define GJC_LEXER_H

#include "syntax/diag.h"
#include "syntax/keyword.h"
#include "syntax/record.h"

typedef enum gjc_raw_kind {
    GJC_RAW_END,
    GJC_RAW_NEWLINE,
    GJC_RAW_WORD,
    GJC_RAW_QUOTED, /* `name` or 「name」; text is the name */
    GJC_RAW_STRING, /* text is between the quotes */
    GJC_RAW_NUMBER, /* value is times 10000, as for the next two */
    GJC_RAW_MONEY,
    GJC_RAW_PERCENT,
    GJC_RAW_DATE,     /* value: gj_day */
    GJC_RAW_TIME,     /* value: seconds of the day */
    GJC_RAW_MOMENT,   /* value, value2: as the node MOMENT */
    GJC_RAW_CITATION, /* 《…》第…条, 第…条 or law.42.1 */
    GJC_RAW_ARTICLE,  /* 32.1.4 */
    GJC_RAW_MARK,     /* one of , : . ( ) { } [ ] + - * / */
    GJC_RAW_OPERATOR, /* -> >= .. and their twins, found in keywords.def */
    GJC_RAW_STOP,     /* 。 or ；: nothing at a line's end, a mistake elsewhere */
    /* Mistakes, reported by the lexer and never handed out. */
    GJC_RAW_UNCLOSED_STRING,
    GJC_RAW_UNCLOSED_NAME,
    GJC_RAW_UNCLOSED_TITLE,
    GJC_RAW_TWIN_STRING, /* between quotes of another kind: handed out as a STRING */
    GJC_RAW_STRANGE,
} gjc_raw_kind;

typedef struct gjc_raw {
    gjc_raw_kind kind;
    char mark;
    bool glued;     /* nothing stands between it and the piece before */
    uint8_t pieces; /* a numeral run: how many pieces after this one belong to it */
    uint32_t begin, end;
    uint32_t run_end; /* of the whole run, where pieces > 0 */
    gj_text text;
    int64_t value, value2;
} gjc_raw;

/* The most that is ever looked ahead, a number's run among it. */
enum { GJC_LOOKAHEAD = 16, GJC_SCAN_POOL_SIZE = 1024 };

typedef struct gjc_lexer {
    const gjc_source *source;
    uint32_t source_index;
    const gjc_keywords *keywords;
    gjc_diag_list *diags;
    gjc_record *record; /* takes the comments, or NULL */
    gjc_raw ring[GJC_LOOKAHEAD];
    size_t ring_first, ring_count;
    void *scanner;
    uint32_t at;    /* byte where the next piece begins */
    bool apart;     /* something was skipped before it */
    char mark;      /* of the piece just cut */
    uint32_t begin; /* of the piece just cut */
    bool mistaken;  /* something was reported, last at the byte: what it leads to need not be */
    uint32_t mistake_at;
    /* All memory the scanner asks for is here, so that it cannot fail. */
    _Alignas(16) unsigned char pool[GJC_SCAN_POOL_SIZE];
    size_t pool_used;
} gjc_lexer;

/* GJ_NO_MEMORY when the arena has none. Nothing to deinit. The caller sets `diags`; the lexer must
 * not move, because the scanner points back at it. */
gj_status gjc_lexer_init(gjc_lexer *lexer, gjb_arena *arena, const gjc_source *source,
                         uint32_t source_index, const gjc_keywords *keywords);
/* The piece `ahead` places on (0: the next one); ahead < GJC_LOOKAHEAD / 2. Past the end: END.
 * Borrowed until the next call. */
const gjc_raw *gjc_lexer_peek(gjc_lexer *lexer, size_t ahead);
/* Drops the next piece. */
void gjc_lexer_step(gjc_lexer *lexer);

/* For the scanner alone. */
int gjc_scan_piece(gjc_lexer *lexer, gjc_raw_kind kind, size_t size);
int gjc_scan_mark(gjc_lexer *lexer, char mark, size_t size);
void gjc_scan_skip(gjc_lexer *lexer, size_t size);
void gjc_scan_comment(gjc_lexer *lexer, size_t size);
_Noreturn void gjc_scan_fail(const char *message);
/* Gives the last `size` bytes of the piece just cut back to the scanner; defined in guiju.l. */
void gjc_scan_back(void *scanner, size_t size);

#endif
