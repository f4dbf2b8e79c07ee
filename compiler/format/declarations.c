/* SPDX-License-Identifier: Apache-2.0
 *
 * See clause.h; here what stands at the top of a file: modules, laws, calendars, who acts, types,
 * functions, tables, templates. */
#include "format/clause.h"

#include "syntax/make.h"

#include "guiju.tab.h"

/* ---- heads ---- */

static void head_add(gjc_line *line, const gjc_node *node, int token)
{
    gjc_word(line, token);
    gjc_name_of(line, node);
    gjc_title(line, node);
}

static void module_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_MODULE);
    gjc_path(line, node->first);
}

static void use_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_USE);
    gjc_path(line, node->first);
    if (gjc_node_find(node, GJC_NAME) != NULL) {
        gjc_word(line, GJC_TOK_AS);
        gjc_name_of(line, node);
    }
}

/* ---- laws ---- */

/* effective D · 自 D 起施行 */
static void dated(gjc_line *line, const gjc_node *node, int token)
{
    if (line->lang == GJ_ZH) {
        gjc_word(line, GJC_TOK_FROM);
        gjc_date(line, node->value);
    }
    gjc_word(line, token);
    if (line->lang == GJ_EN)
        gjc_date(line, node->value);
}

void gjc_effective(gjc_line *line, const gjc_node *node)
{
    dated(line, node, GJC_TOK_EFFECTIVE);
}

static void repealed(gjc_line *line, const gjc_node *node)
{
    dated(line, node, GJC_TOK_REPEALED);
}

static void law_print(gjc_line *line, const gjc_node *node)
{
    bool any = false;
    head_add(line, node, GJC_TOK_LAW);
    for (const gjc_node *part = node->first; part != NULL; part = part->next) {
        if (part->kind != GJC_EFFECTIVE && part->kind != GJC_REPEALED)
            continue;
        if (any && line->lang == GJ_ZH) {
            gjc_line_glue(line);
            gjc_line_add_string(line, "，");
        }
        if (part->kind == GJC_EFFECTIVE)
            gjc_effective(line, part);
        else
            repealed(line, part);
        any = true;
    }
}

static void counts_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *bound = gjc_node_find(node, GJC_COUNTS_UP_TO);
    const gjc_node *first = gjc_node_find(node, GJC_EXPR_NUMBER);
    gjc_line_add_string(line, gjc_unit_name((gjc_unit)node->value, line->lang));
    gjc_word(line, GJC_TOK_ARE);
    gjc_line_add_string(line, gjc_unit_name((gjc_unit)node->value2, line->lang));
    if (bound != NULL) {
        gjc_word(line, GJC_TOK_UP_TO);
        gjc_number(line, bound->first);
    }
    for (const gjc_node *number = first; number != NULL; number = gjc_node_find_next(number)) {
        if (number == first)
            gjc_word(line, GJC_TOK_FOR);
        else
            gjc_line_comma(line);
        gjc_number(line, number);
    }
}

static void article_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *counts = gjc_node_find(node, GJC_COUNTS);
    const gjc_node *repeal = gjc_node_find(node, GJC_REPEALED);
    gjc_word(line, GJC_TOK_ARTICLE);
    gjc_article(line, gjc_node_find(node, GJC_CITATION));
    gjc_title(line, node);
    if (repeal != NULL)
        repealed(line, repeal);
    if (counts != NULL)
        counts_print(line, counts);
}

/* ---- calendars ---- */

static void calendar_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *refines = gjc_node_find(node, GJC_REFINES);
    head_add(line, node, GJC_TOK_CALENDAR);
    if (refines != NULL) {
        gjc_word(line, GJC_TOK_REFINES);
        gjc_path(line, refines->first);
    }
}

static void zone_print(gjc_line *line, const gjc_node *node)
{
    size_t first = gjc_sheet_first(line->sheet, node);
    gjc_word(line, GJC_TOK_ZONE);
    gjc_line_add(line, gjc_sheet_text(line->sheet, gjc_sheet_token(line->sheet, first)->span));
}

/* Between the ends of a range: `..` against both, or 至. */
static void range_add(gjc_line *line, const char *mark)
{
    if (line->lang == GJ_ZH) {
        gjc_word(line, GJC_TOK_TO);
        return;
    }
    gjc_line_glue(line);
    gjc_line_add_string(line, mark);
    gjc_line_glue(line);
}

static void week_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_WEEK);
    for (const gjc_node *days = node->first; days != NULL; days = days->next) {
        if (days != node->first)
            gjc_line_comma(line);
        gjc_word_valued(line, GJC_TOK_DAYNAME, days->value);
        if (days->value2 != days->value) {
            range_add(line, "..");
            gjc_word_valued(line, GJC_TOK_DAYNAME, days->value2);
        }
    }
}

static void hours_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_HOURS);
    for (const gjc_node *span = node->first; span != NULL; span = span->next) {
        if (span != node->first)
            gjc_line_comma(line);
        gjc_clock(line, span->value);
        range_add(line, "-");
        gjc_clock(line, span->value2);
    }
}

static void published_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_THROUGH);
    gjc_date(line, node->value);
}

static void year_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_YEAR);
    gjc_whole(line, node->value);
}

static void day_spans_add(gjc_line *line, const gjc_node *node)
{
    const gjc_node *first = gjc_node_find(node, GJC_DAY_SPAN);
    for (const gjc_node *span = first; span != NULL; span = gjc_node_find_next(span)) {
        if (span != first)
            gjc_line_comma(line);
        gjc_date(line, span->value);
        if (span->value2 != span->value) {
            range_add(line, "..");
            gjc_date(line, span->value2);
        }
    }
}

static void exception_add(gjc_line *line, const gjc_node *node, int token)
{
    gjc_word(line, token);
    gjc_title(line, node);
    gjc_line_column(line, gjc_node_find(node, GJC_TITLE) == NULL ? 1 : 0);
    day_spans_add(line, node);
}

static void holiday_print(gjc_line *line, const gjc_node *node)
{
    exception_add(line, node, GJC_TOK_HOLIDAY);
}

static void off_print(gjc_line *line, const gjc_node *node)
{
    exception_add(line, node, GJC_TOK_OFF);
}

static void on_days_print(gjc_line *line, const gjc_node *node)
{
    exception_add(line, node, line->lang == GJ_ZH ? GJC_TOK_ON_DAYS : GJC_TOK_ON);
}

/* ---- who acts ---- */

static void department_print(gjc_line *line, const gjc_node *node)
{
    head_add(line, node, GJC_TOK_DEPARTMENT);
    gjc_aliases(line, node);
}

static void post_print(gjc_line *line, const gjc_node *node)
{
    head_add(line, node, GJC_TOK_POST);
    gjc_aliases(line, node);
}

static void party_print(gjc_line *line, const gjc_node *node)
{
    head_add(line, node, GJC_TOK_PARTY);
}

/* ---- types ---- */

/* Inside a clause, where no column begins. */
static void title_beside(gjc_line *line, const gjc_node *node)
{
    bool is_whole = line->is_whole;
    line->is_whole = true;
    gjc_title(line, node);
    line->is_whole = is_whole;
}

static void choice_print(gjc_line *line, const gjc_node *choice)
{
    gjc_name_of(line, choice);
    title_beside(line, choice);
}

void gjc_type(gjc_line *line, const gjc_node *type)
{
    for (; type->kind == GJC_TYPE_LIST; type = type->first)
        gjc_word(line, GJC_TOK_LIST_OF);
    if (type->kind == GJC_TYPE_NAME) {
        gjc_path(line, type->first);
        return;
    }
    gjc_word(line, GJC_TOK_ONE_OF);
    gjc_braced(line, type, choice_print);
}

static void type_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *type = gjc_node_find_type(node);
    head_add(line, node, GJC_TOK_TYPE);
    if (type != NULL) {
        gjc_word(line, GJC_TOK_EQ);
        gjc_type(line, type);
    }
}

/* name "title" : type optional = default */
static void typed_add(gjc_line *line, const gjc_node *node, bool is_field)
{
    gjc_name_of(line, node);
    if (is_field) {
        gjc_title(line, node);
        gjc_line_column(line, 2);
    } else {
        title_beside(line, node);
    }
    if (!is_field || line->lang == GJ_ZH)
        gjc_line_glue(line);
    gjc_line_add_string(line, line->lang == GJ_ZH ? "：" : ":");
    gjc_line_may_break(line, GJC_BREAK_HERE, GJC_RANK_REST);
    gjc_type(line, gjc_node_find_type(node));
    if (gjc_node_find(node, GJC_OPTIONAL) != NULL)
        gjc_word(line, GJC_TOK_OPTIONAL);
}

static void field_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *value = gjc_node_find(node, GJC_DEFAULT);
    typed_add(line, node, true);
    if (value != NULL) {
        gjc_word(line, GJC_TOK_EQ);
        gjc_line_may_break(line, GJC_BREAK_HERE, GJC_RANK_REST);
        gjc_expression(line, value->first);
    }
    gjc_basis_part(line, node);
}

void gjc_parameters(gjc_line *line, const gjc_node *node)
{
    const gjc_node *first = gjc_node_find(node, GJC_PARAMETER);
    gjc_line_open(line, "(");
    for (const gjc_node *each = first; each != NULL; each = gjc_node_find_next(each)) {
        if (each != first)
            gjc_line_comma(line);
        typed_add(line, each, false);
    }
    gjc_line_close(line, ")");
}

/* ---- functions, tables, natives ---- */

static void signature_add(gjc_line *line, const gjc_node *node, int token)
{
    head_add(line, node, token);
    gjc_line_glue(line);
    gjc_parameters(line, node);
    gjc_word_as(line, GJC_TOK_ARROW, "→");
    gjc_type(line, gjc_node_find_type(gjc_node_find(node, GJC_RESULT)));
}

static void function_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *value = gjc_node_find_expr(node);
    signature_add(line, node, GJC_TOK_FUNCTION);
    if (value != NULL) {
        gjc_word(line, GJC_TOK_EQ);
        gjc_line_may_break(line, GJC_BREAK_HERE, GJC_RANK_REST);
        gjc_expression(line, value);
    }
}

/* when E : X · 当 E 时 X */
static void arm_print(gjc_line *line, const gjc_node *node)
{
    gjc_when_words(line, node->first);
    if (line->lang == GJ_EN)
        gjc_line_add_string(line, ":");
    gjc_expression(line, node->last);
}

/* Behind all cells of a table, of which there are fewer. */
enum { ARROW_COLUMN = 255 };

/* `else X` of a function, `else -> X` of a table. */
static void else_print(gjc_line *line, const gjc_node *node)
{
    gjc_word(line, GJC_TOK_ELSE);
    size_t first = gjc_sheet_first(line->sheet, node);
    if (gjc_sheet_token(line->sheet, first + 1)->kind == GJC_TOK_ARROW) {
        gjc_line_cell(line, ARROW_COLUMN);
        gjc_word_as(line, GJC_TOK_ARROW, "→");
    }
    gjc_expression(line, node->first);
}

static void table_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *hit = gjc_node_find(node, GJC_HIT);
    signature_add(line, node, GJC_TOK_TABLE);
    if (hit != NULL)
        gjc_word_valued(line, GJC_TOK_HIT, hit->value);
}

static int relation_token(const gjc_node *cell)
{
    return cell->value == GJC_EXPR_LESS            ? GJC_TOK_LT
           : cell->value == GJC_EXPR_LESS_EQUAL    ? GJC_TOK_LE
           : cell->value == GJC_EXPR_GREATER       ? GJC_TOK_GT
           : cell->value == GJC_EXPR_GREATER_EQUAL ? GJC_TOK_GE
           : cell->value == GJC_EXPR_IS            ? GJC_TOK_EQ
                                                   : GJC_TOK_NE;
}

static void cell_add(gjc_line *line, const gjc_node *cell)
{
    if (cell->kind == GJC_CELL_ANY) {
        gjc_line_add_string(line, "_");
    } else if (cell->kind == GJC_CELL_RANGE) {
        gjc_expression(line, cell->first);
        gjc_line_glue(line);
        gjc_line_add_string(line, "..");
        gjc_line_glue(line);
        gjc_expression(line, cell->last);
    } else if (cell->kind == GJC_CELL_RELATION || cell->kind == GJC_CELL_IN ||
               cell->kind == GJC_CELL_NOT) {
        gjc_word(line, cell->kind == GJC_CELL_IN    ? GJC_TOK_IN
                       : cell->kind == GJC_CELL_NOT ? GJC_TOK_NOT
                                                    : relation_token(cell));
        gjc_expression(line, cell->first);
    } else {
        gjc_expression(line, cell);
    }
}

static void row_print(gjc_line *line, const gjc_node *node)
{
    const gjc_node *cells = gjc_node_find(node, GJC_CELLS);
    unsigned column = 0;
    for (const gjc_node *cell = cells->first; cell != NULL; cell = cell->next) {
        if (cell != cells->first) {
            gjc_line_comma(line);
            column += column + 1 < ARROW_COLUMN;
            gjc_line_cell(line, column);
        }
        cell_add(line, cell);
    }
    gjc_line_may_break(line, GJC_BREAK_HERE, GJC_RANK_PART);
    gjc_line_cell(line, ARROW_COLUMN);
    gjc_word_as(line, GJC_TOK_ARROW, "→");
    gjc_expression(line, gjc_node_find_expr(node));
    gjc_basis_part(line, node);
}

static void native_print(gjc_line *line, const gjc_node *node)
{
    signature_add(line, node, GJC_TOK_NATIVE);
    gjc_word(line, line->lang == GJ_ZH ? GJC_TOK_FROM_NATIVE : GJC_TOK_FROM);
    gjc_text_of(line, gjc_node_find(node, GJC_LIBRARY));
    if (gjc_node_find(node, GJC_PURE) != NULL)
        gjc_word(line, GJC_TOK_PURE);
}

/* ---- templates and procedures ---- */

static void template_print(gjc_line *line, const gjc_node *node)
{
    head_add(line, node, GJC_TOK_TEMPLATE);
    gjc_line_glue(line);
    gjc_parameters(line, node);
    if (node->kind == GJC_TEMPLATE)
        return;
    gjc_word(line, GJC_TOK_FOR);
    gjc_word(line, node->kind == GJC_TEMPLATE_STAGE ? GJC_TOK_STAGE : GJC_TOK_LIMIT);
}

static void procedure_print(gjc_line *line, const gjc_node *node)
{
    head_add(line, node, GJC_TOK_PROCEDURE);
}

gjc_printer *gjc_declaration_printer(gjc_kind kind)
{
    static gjc_printer *const printers[GJC_KIND_COUNT] = {
        [GJC_MODULE] = module_print,
        [GJC_USE] = use_print,
        [GJC_LAW] = law_print,
        [GJC_ARTICLE] = article_print,
        [GJC_COUNTS] = counts_print,
        [GJC_CALENDAR] = calendar_print,
        [GJC_ZONE] = zone_print,
        [GJC_WEEK] = week_print,
        [GJC_HOURS] = hours_print,
        [GJC_PUBLISHED] = published_print,
        [GJC_YEAR] = year_print,
        [GJC_HOLIDAY] = holiday_print,
        [GJC_OFF] = off_print,
        [GJC_ON_DAYS] = on_days_print,
        [GJC_DEPARTMENT] = department_print,
        [GJC_POST] = post_print,
        [GJC_PARTY] = party_print,
        [GJC_TYPE] = type_print,
        [GJC_FIELD] = field_print,
        [GJC_FUNCTION] = function_print,
        [GJC_ARM] = arm_print,
        [GJC_ELSE_ARM] = else_print,
        [GJC_TABLE] = table_print,
        [GJC_ROW] = row_print,
        [GJC_NATIVE] = native_print,
        [GJC_TEMPLATE] = template_print,
        [GJC_TEMPLATE_STAGE] = template_print,
        [GJC_TEMPLATE_LIMIT] = template_print,
        [GJC_PROCEDURE] = procedure_print,
    };
    return printers[kind];
}
