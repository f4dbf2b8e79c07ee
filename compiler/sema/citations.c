/* SPDX-License-Identifier: Apache-2.0
 *
 * See citations.h. */
#include "sema/citations.h"

#include "base/text.h"
#include "syntax/spelling.h"

#include <string.h>

/* ---- declaring ---- */

static const gjc_node *article_find(const gjc_node *law, gj_text number)
{
    const gjc_node *article = gjc_node_find(law, GJC_ARTICLE);
    for (; article != NULL; article = gjc_node_find_next(article)) {
        const gjc_node *citation = gjc_node_find(article, GJC_CITATION);
        if (citation != NULL && gjb_text_equal(citation->text, number))
            return article;
    }
    return NULL;
}

static void articles_check(gjc_sema *sema, const gjc_node *law)
{
    const gjc_node *article = gjc_node_find(law, GJC_ARTICLE);
    for (; article != NULL; article = gjc_node_find_next(article)) {
        const gjc_node *citation = gjc_node_find(article, GJC_CITATION);
        if (citation == NULL)
            continue;
        const gjc_node *first = article_find(law, citation->text);
        if (first == article)
            continue;
        gjc_diag *diag =
            gjc_diag_add(sema->diags, GJC_E0302, citation->span, gjc_arg_words("article", "条文"),
                         gjc_arg_text(citation->text));
        gjc_diag_note_add(sema->diags, diag, first->span,
                          gjc_arg_words("first declared here", "先声明于此"));
    }
}

static gjc_law *law_named(const gjc_laws *laws, const gjc_module *module, gj_text name)
{
    for (gjc_law *law = laws->first; law != NULL; law = law->next)
        if (law->module == module && gjb_text_equal(law->label.name, name))
            return law;
    return NULL;
}

static void law_declare(gjc_sema *sema, const gjc_module *module, const gjc_node *node)
{
    gjc_laws *laws = sema->laws;
    gjc_law *law = gjc_sema_make(sema, 1, sizeof *law);
    if (law == NULL)
        return;
    *law = (gjc_law){gjc_sema_label(sema, node), module, node, NULL};
    const gjc_law *first = law_named(laws, module, law->label.name);
    if (first != NULL) {
        gjc_labels taken = {&first->label, 1, sizeof first->label};
        gjc_sema_check_taken(sema, taken, &law->label, gjc_arg_words("law", "法规"));
        return;
    }
    articles_check(sema, node);
    if (laws->last == NULL)
        laws->first = law;
    else
        laws->last->next = law;
    laws->last = law;
}

void gjc_laws_declare(gjc_sema *sema, const gjc_module *module)
{
    const gjc_node *node = gjc_node_find(module->tree, GJC_LAW);
    for (; node != NULL; node = gjc_node_find_next(node))
        law_declare(sema, module, node);
}

/* ---- finding a law ---- */

static bool module_is_seen(const gjc_module *from, const gjc_module *other)
{
    if (from == other)
        return true;
    for (size_t i = 0; i < from->use_count; i++)
        if (from->uses[i].module == other)
            return true;
    return false;
}

/* 中华人民共和国行政许可法 is 行政许可法. */
static gj_text title_short(gj_text title)
{
    static const char state[] = "中华人民共和国";
    size_t size = sizeof state - 1;
    if (title.size > size && memcmp(title.bytes, state, size) == 0)
        return gjb_text_slice(title, size, title.size);
    return title;
}

/* The only law of a module that is called so here; NULL where it has none or several. */
static gjc_law *law_of_module(const gjc_laws *laws, const gjc_module *from, gj_text name)
{
    gjc_law *found = NULL;
    for (size_t i = 0; i < from->use_count; i++) {
        if (from->uses[i].module == NULL || !gjc_use_answers(&from->uses[i], name))
            continue;
        for (gjc_law *law = laws->first; law != NULL; law = law->next) {
            if (law->module != from->uses[i].module)
                continue;
            if (found != NULL)
                return NULL;
            found = law;
        }
    }
    return found;
}

/* `module.law`, the module under any of its names here. */
static gjc_law *law_in_module(const gjc_laws *laws, const gjc_module *from, gj_text path)
{
    size_t dot = path.size;
    while (dot > 0 && path.bytes[dot - 1] != '.')
        dot--;
    if (dot == 0)
        return NULL;
    gj_text module = gjb_text_slice(path, 0, dot - 1);
    gj_text name = gjb_text_slice(path, dot, path.size);
    for (size_t i = 0; i < from->use_count; i++)
        if (from->uses[i].module != NULL && gjc_use_answers(&from->uses[i], module)) {
            gjc_law *law = law_named(laws, from->uses[i].module, name);
            if (law != NULL)
                return law;
        }
    return NULL;
}

static gjc_law *law_by_path(const gjc_laws *laws, const gjc_module *from, gj_text path)
{
    gjc_law *law = law_named(laws, from, path);
    for (gjc_law *l = laws->first; law == NULL && l != NULL; l = l->next)
        if (module_is_seen(from, l->module) && gjb_text_equal(l->label.name, path))
            law = l;
    if (law == NULL)
        law = law_of_module(laws, from, path);
    return law != NULL ? law : law_in_module(laws, from, path);
}

/* Of two, the one so titled goes before the one so named. */
static gjc_law *law_by_title(const gjc_laws *laws, const gjc_module *from, gj_text title)
{
    for (gjc_law *law = laws->first; law != NULL; law = law->next)
        if (module_is_seen(from, law->module) &&
            gjb_text_equal(title_short(law->label.title), title_short(title)))
            return law;
    for (gjc_law *law = laws->first; law != NULL; law = law->next)
        if (module_is_seen(from, law->module) && gjb_text_equal(law->label.name, title))
            return law;
    return NULL;
}

const gjc_law *gjc_laws_find(const gjc_laws *laws, const gjc_module *from, const gjc_node *citation)
{
    const gjc_node *path = gjc_node_find(citation, GJC_LAW_PATH);
    if (path != NULL)
        return law_by_path(laws, from, path->text);
    const gjc_node *title = gjc_node_find(citation, GJC_LAW_TITLE);
    return title != NULL ? law_by_title(laws, from, title->text) : NULL;
}

/* ---- citing ---- */

static void unknown_law_add(gjc_sema *sema, const gjc_node *citation)
{
    const gjc_node *named = gjc_node_find(citation, GJC_LAW_PATH);
    if (named == NULL)
        named = gjc_node_find(citation, GJC_LAW_TITLE);
    if (named == NULL) {
        gjc_diag_add(sema->diags, GJC_E0852, citation->span, gjc_arg_none(), gjc_arg_none());
        return;
    }
    gjc_diag *diag = gjc_diag_add(sema->diags, GJC_E0301, named->span, gjc_arg_words("law", "法规"),
                                  gjc_arg_text(named->text));
    gjc_spelling spelling;
    gjc_spelling_init(&spelling, named->text);
    bool seen_any = false;
    for (const gjc_law *law = sema->laws->first; law != NULL; law = law->next)
        if (module_is_seen(sema->module, law->module)) {
            seen_any = true;
            gjc_spelling_add(&spelling, named->kind == GJC_LAW_PATH
                                            ? law->label.name
                                            : title_short(law->label.title));
        }
    gjc_diag_suggest(diag, spelling.best);
    if (gjb_text_is_present(spelling.best)) { /* the span may go on to the article */
        bool titled = named->kind == GJC_LAW_TITLE;
        gjc_span name = named->span;
        name.begin += titled ? (uint32_t)strlen("《") : 0;
        name.end = name.begin + (uint32_t)named->text.size;
        gjc_diag_edit_add(sema->diags, diag, name, spelling.best);
    }
    if (!seen_any)
        diag->hint =
            gjc_arg_words("no law is in sight: `use` its module, as in use std.law.licensing",
                          "此处没有可引用的法规：请先引用其模块，如 引用 std.law.licensing");
}

enum { ARTICLES_SHOWN = 8 };

/* "42" of 42.1.3: the article itself. */
static gj_text article_number(gj_text number)
{
    size_t end = 0;
    while (end < number.size && number.bytes[end] != '.')
        end++;
    return gjb_text_slice(number, 0, end);
}

/* What is declared of the same article: a paragraph is cited by its own number. Absent where
 * nothing is. */
static gj_text paragraphs_listed(gjc_sema *sema, const gjc_law *law, gj_text wanted, gj_lang lang)
{
    gjb_buffer list;
    size_t shown = 0;
    gj_text made = (gj_text){0};
    gjb_buffer_init(&list, sema->arena->allocator);
    gjb_buffer_add_string(&list, lang == GJ_ZH ? "该条已声明的有：" : "declared of this article: ");
    const gjc_node *article = gjc_node_find(law->node, GJC_ARTICLE);
    for (; article != NULL && shown < ARTICLES_SHOWN; article = gjc_node_find_next(article)) {
        const gjc_node *number = gjc_node_find(article, GJC_CITATION);
        if (number == NULL || !gjb_text_equal(article_number(number->text), article_number(wanted)))
            continue;
        gjb_buffer_add_string(&list, shown++ == 0 ? "" : lang == GJ_ZH ? "、" : ", ");
        gjb_buffer_add_text(&list, number->text);
    }
    if (shown > 0)
        made = gjb_arena_text(sema->arena, gjb_buffer_text(&list));
    sema->out_of_memory = sema->out_of_memory || list.failed;
    gjb_buffer_deinit(&list);
    return made;
}

static void unknown_article_add(gjc_sema *sema, const gjc_law *law, const gjc_node *citation)
{
    gjc_diag *diag = gjc_diag_add(sema->diags, GJC_E0851, citation->span,
                                  gjc_arg_text(law->label.title), gjc_arg_text(citation->text));
    diag->hint = (gjc_arg){paragraphs_listed(sema, law, citation->text, GJ_EN),
                           paragraphs_listed(sema, law, citation->text, GJ_ZH)};
    gjc_diag_note_add(sema->diags, diag, law->label.span,
                      gjc_arg_words("the law is declared here", "该法规声明于此"));
}

/* " article 42.1", "条文 42.1 ". */
static gjc_arg article_words(gjc_sema *sema, gj_text number)
{
    const char *before[] = {[GJ_EN] = " article ", [GJ_ZH] = "条文 "};
    const char *behind[] = {[GJ_EN] = "", [GJ_ZH] = " "};
    gj_text made[2];
    for (int lang = 0; lang < 2; lang++) {
        gjb_buffer words;
        gjb_buffer_init(&words, sema->arena->allocator);
        gjb_buffer_add_string(&words, before[lang]);
        gjb_buffer_add_text(&words, number);
        gjb_buffer_add_string(&words, behind[lang]);
        made[lang] = gjb_arena_text(sema->arena, gjb_buffer_text(&words));
        sema->out_of_memory = sema->out_of_memory || words.failed || made[lang].bytes == NULL;
        gjb_buffer_deinit(&words);
    }
    return (gjc_arg){.en = made[GJ_EN], .zh = made[GJ_ZH]};
}

/* W0852 where the law, or its article, is in force no more. A version that took effect before then
 * is told too: its cases may go on. */
static void repeal_check(gjc_sema *sema, const gjc_law *law, const gjc_node *article,
                         const gjc_node *citation)
{
    const gjc_node *whole = gjc_node_find(law->node, GJC_REPEALED), *repealed = whole;
    if (repealed == NULL && article != NULL)
        repealed = gjc_node_find(article, GJC_REPEALED);
    if (repealed == NULL)
        return;
    gjc_diag *diag =
        gjc_diag_add(sema->diags, GJC_W0852, citation->span, gjc_arg_text(law->label.title),
                     gjc_diag_day(sema->diags, (gj_day)repealed->value));
    diag->args[2] = whole != NULL ? gjc_arg_words("", "") : article_words(sema, citation->text);
    gjc_diag_note_add(sema->diags, diag, repealed->span,
                      gjc_arg_words("repealed here", "此处写明废止"));
}

static void citation_resolve(gjc_sema *sema, const gjc_node *node, gjc_basis *basis)
{
    const gjc_law *law = gjc_laws_find(sema->laws, sema->module, node);
    if (law == NULL) {
        unknown_law_add(sema, node);
        return;
    }
    gj_text heading = {0}, number = node->text;
    const gjc_node *article = NULL;
    if (gjb_text_is_present(number)) {
        article = article_find(law->node, number);
        if (article == NULL) {
            unknown_article_add(sema, law, node);
            return;
        }
        heading = gjc_node_title(article);
    } else {
        number = gjb_text_of("");
    }
    gjc_citation *citation = gjc_model_add_citation(sema->model);
    if (citation == NULL) {
        sema->out_of_memory = true;
        return;
    }
    repeal_check(sema, law, article, node);
    *citation = (gjc_citation){law->label.name, law->label.title, number, heading};
    basis->count++;
}

gjc_basis gjc_citations_resolve(gjc_sema *sema, const gjc_node *clause)
{
    gjc_basis basis = {sema->model->citation_count, 0};
    const gjc_node *node = gjc_node_find(clause, GJC_BASIS);
    for (; node != NULL; node = gjc_node_find_next(node)) {
        const gjc_node *citation = gjc_node_find(node, GJC_CITATION);
        for (; citation != NULL; citation = gjc_node_find_next(citation))
            citation_resolve(sema, citation, &basis);
    }
    return basis;
}

/* ---- how a law counts ---- */

/* Whether `days are workdays …` holds for so many. */
static bool counts_hold(const gjc_node *counts, int64_t number)
{
    const gjc_node *up_to = gjc_node_find(counts, GJC_COUNTS_UP_TO);
    if (up_to != NULL) {
        const gjc_node *bound = gjc_node_find_expr(up_to);
        return bound != NULL && number <= bound->value;
    }
    const gjc_node *each = gjc_node_find(counts, GJC_EXPR_NUMBER);
    if (each == NULL)
        return true;
    for (; each != NULL; each = gjc_node_find_next(each))
        if (each->value == number)
            return true;
    return false;
}

/* The unit in which this law's `days` are counted for so many, and where it says so. */
static const gjc_node *counts_find(const gjc_law *law, const gjc_node *article)
{
    const gjc_node *own = gjc_node_find(article, GJC_COUNTS);
    return own != NULL ? own : gjc_node_find(law->node, GJC_COUNTS);
}

/* The number as it stands, with the unit that the law means, in the language of the clause. */
static void unit_fix_add(gjc_sema *sema, gjc_diag *diag, const gjc_node *duration, gjc_unit meant)
{
    gj_text old = gjc_sources_text(sema->modules->sources, duration->span);
    const gjc_node *number = gjc_node_find_expr(duration);
    size_t size = number->span.end - number->span.begin;
    bool wide = (old.bytes[old.size - 1] & 0x80) != 0;
    gjb_buffer words;
    gjb_buffer_init(&words, sema->arena->allocator);
    gjb_buffer_add_text(&words, gjb_text_slice(old, 0, size));
    gjb_buffer_add_string(&words, wide ? "" : " ");
    gjb_buffer_add_string(&words, wide && meant == GJC_WORKDAYS ? "个" : "");
    gjb_buffer_add_string(&words, gjc_unit_name(meant, wide ? GJ_ZH : GJ_EN));
    bool inside = old.size > 3 && memcmp(old.bytes + old.size - 3, "内", 3) == 0;
    gjb_buffer_add_string(&words, inside ? "内" : "");
    gjc_diag_suggest(diag, gjb_arena_text(sema->arena, gjb_buffer_text(&words)));
    sema->out_of_memory = sema->out_of_memory || words.failed;
    gjb_buffer_deinit(&words);
}

void gjc_citations_check_unit(gjc_sema *sema, const gjc_node *limit, const gjc_node *duration)
{
    const gjc_node *number = gjc_node_find_expr(duration);
    const gjc_node *basis = gjc_node_find(limit, GJC_BASIS);
    const gjc_node *citation = gjc_node_find(basis, GJC_CITATION);
    if (number == NULL || number->kind != GJC_EXPR_NUMBER)
        return;
    for (; citation != NULL; citation = gjc_node_find_next(citation)) {
        const gjc_law *law = gjc_laws_find(sema->laws, sema->module, citation);
        if (law == NULL)
            continue;
        const gjc_node *counts = counts_find(law, article_find(law->node, citation->text));
        if (counts == NULL || counts->value == counts->value2)
            continue;
        bool holds = counts_hold(counts, number->value);
        gjc_unit meant = (gjc_unit)(holds ? counts->value2 : counts->value);
        gjc_unit other = (gjc_unit)(holds ? counts->value : counts->value2);
        if (duration->value != (int64_t)other)
            continue;
        gjc_diag *diag =
            gjc_diag_add(sema->diags, GJC_W0851, duration->span, gjc_arg_text(law->label.title),
                         gjc_arg_words(gjc_unit_name(meant, GJ_EN), gjc_unit_name(meant, GJ_ZH)));
        gjc_diag_note_add(sema->diags, diag, counts->span,
                          gjc_arg_words("the law counts so", "该法规如此计算"));
        unit_fix_add(sema, diag, duration, meant);
        return;
    }
}
