/* SPDX-License-Identifier: Apache-2.0
 *
 * What a post must do, read plainly: with a time it is a limit that the post answers for; without
 * one, or before something else, it is asked for when that comes, or when the case has ended. */
#include "unit/interpreter/duties.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static bool is_backward(const gjc_node *must)
{
    return gjc_node_find(must, GJC_AT_LEAST_BEFORE) != NULL ||
           gjc_node_find(must, GJC_WITHIN_BEFORE) != NULL;
}

bool plain_duty_is_dated(const gjc_node *must)
{
    return is_backward(must) || gjc_node_find(must, GJC_WITHIN) != NULL ||
           gjc_node_find(must, GJC_BY_DATE) != NULL;
}

static bool is_named(const plain *p, gj_text name)
{
    bool found = false;
    for (int i = 0; i < p->limit_count; i++) {
        found = found || gjb_text_equal(p->limits[i].name, name);
    }
    for (int i = 0; i < p->rule_count; i++) {
        found = found || gjb_text_equal(p->rules[i].name, name);
    }
    return found;
}

/* "inspector.inspect", and from the second one on with its number. */
static gj_text name_make(plain *p, const gjc_node *must, int post)
{
    gj_text whose = p->posts[post].label.name, what = gjc_node_name(must);
    assert(p->duty_count < DUTIES_MAX);
    char *words = p->duty_names[p->duty_count++];
    for (int number = 1;; number++) {
        int size = snprintf(words, DUTY_NAME_SIZE, number > 1 ? "%.*s.%.*s_%d" : "%.*s.%.*s",
                            (int)whose.size, whose.bytes, (int)what.size, what.bytes, number);
        assert(size < DUTY_NAME_SIZE);
        if (!is_named(p, gjb_text_of(words))) {
            return gjb_text_of(words);
        }
    }
}

plain_limit plain_duty_limit(plain *p, const gjc_node *must, int post, int region)
{
    plain_limit limit = {.name = name_make(p, must, post),
                         .node = must,
                         .region = region,
                         .by = NO,
                         .duty = post,
                         .calendar = &p->calendar};
    plain_trigger done = {ON_ACT, plain_find_action(p, gjc_node_name(must)), NULL};
    if (is_backward(must)) {
        limit.from[0] = done, limit.from_count = 1;
    } else {
        limit.to[0] = done, limit.to_count = 1;
    }
    if (gjc_node_find(must, GJC_BY_DATE) != NULL) {
        limit.from[0] = (plain_trigger){ON_ENTERING, p->regions[region].initial, NULL};
        limit.from_count = 1;
    }
    return limit;
}

/* Asked for when what it is counted back from comes, if that is one act. */
static int awaited_find(const plain *p, const gjc_node *must)
{
    const gjc_node *back = gjc_node_find(must, GJC_AT_LEAST_BEFORE);
    back = back != NULL ? back : gjc_node_find(must, GJC_WITHIN_BEFORE);
    const gjc_node *path = gjc_node_find(gjc_node_find(back, GJC_TRIGGER), GJC_PATH);
    return path == NULL ? NO : plain_find_action(p, path->text);
}

static gj_text rule_name(plain *p, const gjc_node *must, int post)
{
    for (int i = 0; i < p->limit_count; i++) {
        if (p->limits[i].node == must) {
            return p->limits[i].name;
        }
    }
    return name_make(p, must, post);
}

void plain_duty_rules_read(plain *p, const gjc_node *block, int post, int region)
{
    const gjc_node *must = gjc_node_find(block, GJC_MUST);
    for (; must != NULL; must = gjc_node_find_next(must)) {
        if (plain_duty_is_dated(must) && !is_backward(must)) {
            continue;
        }
        assert(p->rule_count < RULES_MAX);
        gj_text name = rule_name(p, must, post);
        p->rules[p->rule_count++] = (plain_rule){.name = name,
                                                 .node = must,
                                                 .says = must,
                                                 .region = region,
                                                 .severity = GJ_YELLOW,
                                                 .duty = post,
                                                 .awaited = awaited_find(p, must)};
    }
}
