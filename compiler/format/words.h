/* SPDX-License-Identifier: Apache-2.0
 *
 * The words of a clause, added to its line in the line's language: keywords as keywords.def spells
 * them, numbers, dates, durations, names, titles, citations. The Chinese word that stands for one
 * token is not always the first of its row (之后 for AFTER in a rule); where it is another, the
 * clause says which. */
#ifndef GJC_FORMAT_WORDS_H
#define GJC_FORMAT_WORDS_H

#include "format/line.h"

/* ---- keywords ---- */
void gjc_word(gjc_line *line, int token);
void gjc_word_as(gjc_line *line, int token, const char *zh);
/* Of several rows with one token, the one with the value. */
void gjc_word_valued(gjc_line *line, int token, int64_t value);
/* It begins a part of the clause: after `，` in Chinese, and the line may be broken before it. */
void gjc_part(gjc_line *line, int token);
void gjc_part_as(gjc_line *line, int token, const char *zh);
/* The same without `，` where the line is not broken. */
void gjc_loose(gjc_line *line, int token);
/* A code's word from its English name. */
void gjc_word_code(gjc_line *line, const gjc_node *code);
void gjc_word_severity(gjc_line *line, int64_t severity);

/* ---- names, titles, texts ---- */
void gjc_name_of(gjc_line *line, const gjc_node *node); /* its first NAME */
void gjc_path(gjc_line *line, const gjc_node *path);
/* Its NAME, or the PATH of a post with its department. */
void gjc_post_of(gjc_line *line, const gjc_node *node);
/* The PATHs of a node; the NAMEs of one, or posts. */
void gjc_paths(gjc_line *line, const gjc_node *node);
void gjc_names(gjc_line *line, const gjc_node *node);
/* The same, the last joined by 和 in Chinese. */
void gjc_names_joined(gjc_line *line, const gjc_node *node);
/* A text with its quotes, as it was written. */
void gjc_text_of(gjc_line *line, const gjc_node *node);
void gjc_title(gjc_line *line, const gjc_node *node);
void gjc_aliases(gjc_line *line, const gjc_node *node);

/* ---- values ---- */
void gjc_number(gjc_line *line, const gjc_node *number);
/* Its digits alone, then the counter in Chinese; NULL: none. */
void gjc_counted(gjc_line *line, const gjc_node *number, const char *zh);
void gjc_whole(gjc_line *line, int64_t number);
void gjc_times(gjc_line *line, int64_t number);
void gjc_money(gjc_line *line, const gjc_node *money);
void gjc_percent(gjc_line *line, int64_t share);
void gjc_percent_of(gjc_line *line, const gjc_node *percent);
void gjc_date(gjc_line *line, int64_t day);
void gjc_clock(gjc_line *line, int64_t seconds);
void gjc_moment(gjc_line *line, const gjc_node *moment);
void gjc_duration(gjc_line *line, const gjc_node *duration);
/* The word that stands against a Chinese duration: 内, 前. */
void gjc_after_duration(gjc_line *line, const gjc_node *duration, const char *zh);

/* ---- citations ---- */
void gjc_article(gjc_line *line, const gjc_node *citation);
void gjc_citations(gjc_line *line, const gjc_node *basis);

/* ---- expressions, with the parentheses that were written ---- */
void gjc_expression(gjc_line *line, const gjc_node *expression);
void gjc_arguments(gjc_line *line, const gjc_node *node);

#endif
