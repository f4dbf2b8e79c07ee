/* SPDX-License-Identifier: Apache-2.0
 *
 * What a clause of an image says, in a line of words: for people who compare two of them. English
 * calls things by their names in the source, Chinese by their titles. */
#ifndef GJR_COMPARE_WORDS_H
#define GJR_COMPARE_WORDS_H

#include "base/buffer.h"
#include "image/image.h"

typedef struct gjr_view {
    const gjr_rows *rows;
    gj_lang lang;
    gjb_buffer *out;
} gjr_view;

void gjr_say(const gjr_view *v, const char *en, const char *zh);
void gjr_say_text(const gjr_view *v, uint32_t string);
/* Of a row that has a name and a title; nothing of GJR_NONE. */
void gjr_say_name(const gjr_view *v, gjr_table table, uint32_t row);
/* Between items of a list: nothing before the first. */
void gjr_say_comma(const gjr_view *v, uint32_t index);
/* An expression as it stands in the source; " when E", "，条件为 E". Nothing of GJR_NONE. */
void gjr_say_expression(const gjr_view *v, uint32_t expression);
void gjr_say_condition(const gjr_view *v, uint32_t expression);
void gjr_say_amount(const gjr_view *v, uint32_t amount, uint32_t unit); /* "1 day", "1日" */
void gjr_say_times(const gjr_view *v, uint32_t times);                  /* "2 times", "2次" */
void gjr_say_severity(const gjr_view *v, uint32_t severity);
void gjr_say_triggers(const gjr_view *v, uint32_t first, uint32_t count);
void gjr_say_basis(const gjr_view *v, uint32_t first, uint32_t count);
void gjr_say_assignments(const gjr_view *v, uint32_t first, uint32_t count);
/* "list of text", of an enum its choices. */
void gjr_say_type(const gjr_view *v, uint32_t type, uint32_t element, uint32_t enumeration,
                  uint32_t record);
/* Other names of that row of actions, posts or departments. */
void gjr_say_aliases(const gjr_view *v, gjr_alias_of of, uint32_t row);

/* The aspects of a limit and of a rule; each says its row. */
void gjr_say_limit_time(const gjr_view *v, uint32_t limit);
void gjr_say_limit_rolling(const gjr_view *v, uint32_t limit);
void gjr_say_limit_close(const gjr_view *v, uint32_t limit);
void gjr_say_limit_from(const gjr_view *v, uint32_t limit);
void gjr_say_limit_to(const gjr_view *v, uint32_t limit);
void gjr_say_limit_ladder(const gjr_view *v, uint32_t limit);
void gjr_say_limit_duty(const gjr_view *v, uint32_t limit);
void gjr_say_limit_turns(const gjr_view *v, uint32_t limit);
void gjr_say_limit_effects(const gjr_view *v, uint32_t limit);
void gjr_say_limit_kind(const gjr_view *v, uint32_t limit);
void gjr_say_limit_keys(const gjr_view *v, uint32_t limit);
void gjr_say_limit_basis(const gjr_view *v, uint32_t limit);
void gjr_say_rule(const gjr_view *v, uint32_t rule);
void gjr_say_rule_exceptions(const gjr_view *v, uint32_t rule);

/* The relation that a rule is, or NULL. */
const gjr_relation *gjr_rows_relation_of(const gjr_rows *rows, uint32_t rule);
/* Of the acts at which a rule is asked the i-th, or GJR_NONE behind the last; and, unless NULL, in
 * which region they were done. */
uint32_t gjr_rows_rule_action(const gjr_rows *rows, uint32_t rule, uint32_t index,
                              uint32_t *region);

#endif
