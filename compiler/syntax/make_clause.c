/* SPDX-License-Identifier: Apache-2.0
 *
 * See make.h; here the nodes that need more than their parts put together: paths, citations, what
 * two word orders write differently, and the few mistakes that the grammar cannot see. */
#include "syntax/make.h"
#include "base/text.h"
#include "syntax/literal.h"

#include <string.h>

/* "《" and "》" */
enum { BOOK_MARK_SIZE = 3 };

void gjc_make_file(gjc_builder *builder, gjc_span where, gjc_node *declarations)
{
    builder->file = gjc_make(builder, GJC_FILE, where, &declarations, 1);
}

static gj_text joined_text(gjc_builder *builder, gj_text a, gj_text b)
{
    size_t size = a.size + 1 + b.size;
    char *bytes = gjb_arena_make(builder->arena, size + 1, 1);
    if (bytes == NULL || !gjb_text_is_present(a) || !gjb_text_is_present(b)) {
        builder->out_of_memory = true; /* now, or when the names were kept */
        return a;
    }
    memcpy(bytes, a.bytes, a.size);
    bytes[a.size] = '.';
    memcpy(bytes + a.size + 1, b.bytes, b.size);
    return (gj_text){bytes, size};
}

/* The segments a path may have bound what the joined texts cost. */
enum { PATH_SEGMENTS_MAX = 16 };

gjc_node *gjc_make_path(gjc_builder *builder, gjc_span where, gjc_node *path, gjc_node *name)
{
    if (path == NULL) {
        path = gjc_make(builder, GJC_PATH, where, &name, 1);
        if (path != NULL && name != NULL) {
            path->text = name->text;
        }
        return path;
    }
    if (gjc_node_child_count(path) == PATH_SEGMENTS_MAX) {
        gjc_diag_add(builder->diags, GJC_E0232, where,
                     gjc_diag_number(builder->diags, PATH_SEGMENTS_MAX), gjc_arg_none());
    }
    if (name == NULL || gjc_node_child_count(path) > PATH_SEGMENTS_MAX) {
        return path;
    }
    path->text = joined_text(builder, path->text, name->text);
    gjc_node_add(path, name);
    path->span = where;
    return path;
}

/* ---- citations ---- */

static gj_text article_of(gjc_builder *builder, gj_text words)
{
    gj_text article = gjc_literal_article(builder->arena, words);
    if (article.bytes == NULL) {
        builder->out_of_memory = true;
    }
    return article;
}

static gjc_node *law_make(gjc_builder *builder, gjc_kind kind, gjc_span where, gj_text text)
{
    gjc_node *law = gjc_make(builder, kind, where, NULL, 0);
    if (law != NULL) {
        law->text = text;
    }
    return law;
}

gjc_node *gjc_make_article(gjc_builder *builder, gjc_span where)
{
    gjc_node *node = gjc_make_citation(builder, where);
    if (node != NULL && node->first != NULL) {
        gjc_diag_add(builder->diags, GJC_E0225, where, gjc_arg_none(), gjc_arg_none());
    }
    return node;
}

/* Where the law's name ends in "std.law.licensing.42-1.2": before the dot that a digit follows. */
static size_t law_size(gj_text words)
{
    for (size_t at = 0; at + 1 < words.size; at++) {
        if (words.bytes[at] == '.' && words.bytes[at + 1] >= '0' && words.bytes[at + 1] <= '9') {
            return at;
        }
    }
    return words.size;
}

static bool starts_with(gj_text text, const char *begin)
{
    size_t size = strlen(begin);
    return text.size >= size && memcmp(text.bytes, begin, size) == 0;
}

static gjc_node *titled_citation(gjc_builder *builder, gjc_span where, gj_text words)
{
    size_t close = BOOK_MARK_SIZE;
    while (!starts_with(gjb_text_slice(words, close, words.size), "》")) {
        close++;
    }
    gj_text title = gjb_text_slice(words, BOOK_MARK_SIZE, close);
    gjc_node *law = law_make(builder, GJC_LAW_TITLE, where, title);
    gjc_node *node = gjc_make(builder, GJC_CITATION, where, &law, 1);
    size_t rest = close + BOOK_MARK_SIZE;
    while (rest < words.size && (words.bytes[rest] == ' ' || words.bytes[rest] == '\t')) {
        rest++;
    }
    if (node != NULL && rest < words.size) {
        node->text = article_of(builder, gjb_text_slice(words, rest, words.size));
    }
    return node;
}

gjc_node *gjc_make_citation(gjc_builder *builder, gjc_span where)
{
    gj_text words = gjc_sources_text(builder->sources, where);
    if (starts_with(words, "《")) {
        return titled_citation(builder, where, words);
    }
    bool bare = starts_with(words, "第") || (words.bytes[0] >= '0' && words.bytes[0] <= '9');
    size_t size = bare ? 0 : law_size(words);
    gjc_node *law =
        bare ? NULL : law_make(builder, GJC_LAW_PATH, where, gjb_text_slice(words, 0, size));
    gjc_node *node = gjc_make(builder, GJC_CITATION, where, &law, 1);
    if (node != NULL) {
        size_t begin = bare ? 0 : size + 1;
        node->text = article_of(builder, gjb_text_slice(words, begin, words.size));
    }
    return node;
}

gjc_node *gjc_make_law(gjc_builder *builder, gjc_span where, gjc_node *path)
{
    gjc_node *law =
        law_make(builder, GJC_LAW_PATH, where, path != NULL ? path->text : (gj_text){0});
    return gjc_make(builder, GJC_CITATION, where, &law, 1);
}

gjc_node *gjc_make_basis(gjc_builder *builder, gjc_span where, gjc_node *citations)
{
    const gjc_node *law = NULL;
    for (gjc_node *citation = citations != NULL ? citations->first : NULL; citation != NULL;
         citation = citation->next) {
        if (citation->first != NULL) {
            law = citation->first;
        } else if (law != NULL) {
            gjc_node_add(citation, law_make(builder, law->kind, citation->span, law->text));
        }
    }
    return gjc_make(builder, GJC_BASIS, where, &citations, 1);
}

/* ---- clauses ---- */

gjc_node *gjc_make_counts(gjc_builder *builder, gjc_span where, gjc_token said, gjc_token meant,
                          gjc_node *rest)
{
    gjc_node *node = gjc_make_value(builder, GJC_COUNTS, where, said.value, &rest, 1);
    if (node != NULL) {
        node->value2 = meant.value;
    }
    return node;
}

gjc_node *gjc_make_days(gjc_builder *builder, gjc_kind kind, gjc_span where, gjc_node *const *nodes,
                        size_t count)
{
    return gjc_make_sorted(builder, kind, where, nodes, count);
}

gjc_node *gjc_make_arm(gjc_builder *builder, gjc_span where, gjc_node *condition, gjc_node *value)
{
    gjc_span span = condition != NULL ? condition->span : where;
    gjc_node *parts[] = {gjc_make(builder, GJC_WHEN, span, &condition, 1), value};
    return gjc_make(builder, GJC_ARM, where, parts, 2);
}

gjc_node *gjc_make_stage(gjc_builder *builder, gjc_span where, gjc_node *const *nodes, size_t count,
                         gjc_node *clauses)
{
    gjc_node *head = gjc_make_sorted(builder, GJC_GROUP, where, nodes, count);
    gjc_node *parts[] = {head, clauses};
    return gjc_make(builder, GJC_STAGE, where, parts, 2);
}

gjc_node *gjc_make_once(gjc_builder *builder, gjc_span where)
{
    gjc_node *node = gjc_make_value(builder, GJC_AT_MOST_TIMES, where, 1, NULL, 0);
    if (node != NULL) {
        node->value2 = 1;
    }
    return node;
}

gjc_node *gjc_make_rung(gjc_builder *builder, gjc_kind kind, gjc_span where, gjc_node *severity,
                        gjc_node *amount)
{
    int64_t level = severity != NULL ? severity->value : 0;
    if (kind != GJC_RUNG_AT) {
        return gjc_make_value(builder, kind, where, level, &amount, 1);
    }
    gjc_node *node = gjc_make_value(builder, kind, where, level, NULL, 0);
    if (node != NULL && amount != NULL) {
        node->value2 = amount->value;
    }
    return node;
}

gjc_node *gjc_make_count(gjc_builder *builder, gjc_span where, gjc_token bound, gjc_token number,
                         gjc_node *const *nodes, size_t count)
{
    gjc_node *node = gjc_make_value(builder, GJC_RULE_COUNT, where, bound.value, nodes, count);
    if (node != NULL) {
        node->value2 = gjc_make_whole(builder, number);
    }
    return node;
}

gjc_node *gjc_make_moment(gjc_builder *builder, gjc_span where, gjc_token date, gjc_token time)
{
    int64_t wall_ms = date.value * 86400000 + time.value * 1000;
    gjc_node *node = gjc_make_value(builder, GJC_MOMENT, where, wall_ms, NULL, 0);
    if (node != NULL) {
        node->value2 = GJC_NO_OFFSET;
    }
    return node;
}

/* ---- expressions ---- */

gjc_node *gjc_make_bind(gjc_builder *builder, gjc_span where, gjc_node *const *nodes, size_t count)
{
    gjc_node *name = nodes[0];
    if (name == NULL || name->kind != GJC_EXPR_PATH || gjc_node_child_count(name) != 1) {
        gjc_diag_add(builder->diags, GJC_E0226, name != NULL ? name->span : where, gjc_arg_none(),
                     gjc_arg_none());
        return gjc_make(builder, GJC_BROKEN, where, NULL, 0);
    }
    gjc_node *parts[] = {name->first, nodes[1], nodes[2]};
    return gjc_make_operation(builder, GJC_EXPR_BIND, where, parts, count);
}

gjc_node *gjc_make_chain(gjc_builder *builder, gjc_span where, gjc_span middle, gjc_token second)
{
    gjc_span head = {where.source, where.begin, middle.end};
    gjc_span tail = {where.source, second.span.begin, where.end};
    bool zh = (gjc_sources_text(builder->sources, second.span).bytes[0] & 0x80) != 0;
    gjb_buffer words;
    gjb_buffer_init(&words, builder->arena->allocator);
    gjb_buffer_add_text(&words, gjc_sources_text(builder->sources, head));
    gjb_buffer_add_string(&words, zh ? " 且 " : " and ");
    gjb_buffer_add_text(&words, gjc_sources_text(builder->sources, middle));
    gjb_buffer_add_byte(&words, ' ');
    gjb_buffer_add_text(&words, gjc_sources_text(builder->sources, tail));
    gj_text apart =
        words.failed ? (gj_text){0} : gjb_arena_text(builder->arena, gjb_buffer_text(&words));
    builder->out_of_memory = builder->out_of_memory || apart.bytes == NULL;
    gjb_buffer_deinit(&words);
    gjc_diag *diag = gjc_diag_add(builder->diags, GJC_E0227, where, gjc_arg_none(), gjc_arg_none());
    if (second.value != GJC_EXPR_IS && second.value != GJC_EXPR_IS_NOT)
        gjc_diag_suggest(diag, apart);
    return gjc_make(builder, GJC_BROKEN, where, NULL, 0);
}

gjc_node *gjc_make_division(gjc_builder *builder, gjc_span where, gjc_node *a, gjc_node *b)
{
    (void)a;
    (void)b;
    gjc_diag_add(builder->diags, GJC_E0221, where, gjc_arg_none(), gjc_arg_none());
    return gjc_make(builder, GJC_BROKEN, where, NULL, 0);
}
