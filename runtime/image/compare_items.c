/* SPDX-License-Identifier: Apache-2.0
 *
 * See compare_items.h. */
#include "image/compare_items.h"

#include "base/text.h"
#include "image/content.h"
#include "time/civil.h"

#include <stdio.h>

/* ---- titles and other names ---- */

#define SAY_TITLE(noun, table)                                                                     \
    static void noun##_title(const gjr_view *v, uint32_t row)                                      \
    {                                                                                              \
        gjr_say_text(v, v->rows->table[row].title);                                                \
    }
SAY_TITLE(procedure, procedures)
SAY_TITLE(type, record_types)
SAY_TITLE(native, natives)
SAY_TITLE(department, departments)
SAY_TITLE(post, posts)
SAY_TITLE(field, fields)
SAY_TITLE(document, documents)
SAY_TITLE(action, actions)
SAY_TITLE(region, regions)
SAY_TITLE(stage, stages)
SAY_TITLE(limit, limits)
SAY_TITLE(rule, rules)
#undef SAY_TITLE

static void aliases_add(const gjr_rows *rows, gjr_alias_of of, uint32_t row, gjb_buffer *out)
{
    gjr_view v = {.rows = rows, .lang = GJ_EN, .out = out};
    gjr_say_aliases(&v, of, row);
}

#define ALIASES(noun, of)                                                                          \
    static void noun##_aliases(const gjr_view *v, uint32_t row)                                    \
    {                                                                                              \
        gjr_say_aliases(v, of, row);                                                               \
    }                                                                                              \
    static void noun##_aliases_add(const gjr_rows *rows, uint32_t row, gjb_buffer *out)            \
    {                                                                                              \
        aliases_add(rows, of, row, out);                                                           \
    }
ALIASES(department, GJR_ALIAS_DEPARTMENT)
ALIASES(post, GJR_ALIAS_POST)
ALIASES(action, GJR_ALIAS_ACTION)
#undef ALIASES

/* ---- the procedure ---- */

static void procedure_effective(const gjr_view *v, uint32_t row)
{
    uint32_t day = v->rows->procedures[row].effective_day;
    if (day == GJR_NONE) {
        return;
    }
    gjr_civil civil = gjr_civil_of_day(gjr_civil_clamp((gj_day)day));
    gjb_buffer_add_format(v->out, v->lang == GJ_ZH ? "%d年%d月%d日" : "%04d-%02d-%02d", civil.year,
                          civil.month, civil.day);
}

static void say_calendar(const gjr_view *v, uint32_t calendar)
{
    if (calendar != GJR_NONE) {
        gjr_say_text(v, v->rows->calendar_names[calendar].name);
    }
}

static void procedure_calendar(const gjr_view *v, uint32_t row)
{
    say_calendar(v, v->rows->procedures[row].calendar);
}

static void procedure_basis(const gjr_view *v, uint32_t row)
{
    gjr_say_basis(v, v->rows->procedures[row].basis_first, v->rows->procedures[row].basis_count);
}

static void procedure_start(const gjr_view *v, uint32_t row)
{
    (void)row;
    gjr_say_name(v, GJR_TABLE_stage, v->rows->regions[0].initial);
}

static void procedure_start_add(const gjr_rows *rows, uint32_t row, gjb_buffer *out)
{
    (void)row;
    gjr_content_add_name(rows, GJR_TABLE_stage, rows->regions[0].initial, out);
}

static void say_from(const gjr_view *v, uint32_t from)
{
    char said[16];
    snprintf(said, sizeof said, "%u", from);
    gjr_say(v, "from ", "承接第");
    gjr_say(v, said, said);
    gjr_say(v, ":", "版：");
}

static void say_limit_way(const gjr_view *v, const gjr_limit_migration *row)
{
    static const char *const ways[GJR_MIGRATION_COUNT][2] = {
        {"", ""}, {" kept", " 保留"}, {" anew", " 重新起算"}, {" ends", " 终止"}};
    if (row->to != GJR_NONE) {
        gjr_say(v, " -> ", " → ");
        gjr_say_name(v, GJR_TABLE_limit, row->to);
    }
    gjr_say(v, ways[row->way][GJ_EN], ways[row->way][GJ_ZH]);
}

/* Of every version that it migrates from what its lines say. */
static void procedure_migrations(const gjr_view *v, uint32_t row)
{
    (void)row;
    for (uint32_t i = 0; i < v->rows->migration_count; i++) {
        const gjr_migration *from = &v->rows->migrations[i];
        gjr_say(v, i == 0 ? "" : "; ", i == 0 ? "" : "；");
        say_from(v, from->from);
        for (uint32_t j = 0; j < from->stages_count; j++) {
            const gjr_stage_migration *line = &v->rows->stage_migrations[from->stages_first + j];
            gjr_say(v, j == 0 ? " stage " : ", stage ", j == 0 ? "环节 " : "、环节 ");
            gjr_say_text(v, line->name);
            gjr_say(v, " -> ", " → ");
            gjr_say_name(v, GJR_TABLE_stage, line->to);
        }
        for (uint32_t j = 0; j < from->limits_count; j++) {
            const gjr_limit_migration *line = &v->rows->limit_migrations[from->limits_first + j];
            bool first = j == 0 && from->stages_count == 0;
            gjr_say(v, first ? " limit " : ", limit ", first ? "时限 " : "、时限 ");
            gjr_say_text(v, line->name);
            say_limit_way(v, line);
        }
    }
}

static void procedure_migrations_add(const gjr_rows *rows, uint32_t row, gjb_buffer *out)
{
    gjr_view v = {.rows = rows, .lang = GJ_EN, .out = out};
    procedure_migrations(&v, row);
}

/* ---- types, natives, posts ---- */

/* An image has those that are used: what uses it is told. */
static bool type_is_told(const gjr_rows *rows, uint32_t type)
{
    (void)rows, (void)type;
    return false;
}

static void type_part(const gjr_view *v, uint32_t row)
{
    const gjr_part *part = &v->rows->parts[row];
    gjr_say_text(v, part->name);
    if (!gjb_text_equal(gjr_rows_text(v->rows, part->name), gjr_rows_text(v->rows, part->title))) {
        gjr_say(v, " \"", "“");
        gjr_say_text(v, part->title);
        gjr_say(v, "\"", "”");
    }
    gjr_say(v, ": ", "：");
    gjr_say_type(v, part->type, part->element, part->enumeration, part->record);
}

static void native_form(const gjr_view *v, uint32_t row)
{
    const gjr_native *native = &v->rows->natives[row];
    gjb_buffer_add_byte(v->out, '(');
    for (uint32_t i = 0; i < native->parameters_count; i++) {
        const gjr_native_parameter *one = &v->rows->native_parameters[native->parameters_first + i];
        gjr_say_comma(v, i);
        gjr_say_type(v, one->type, one->element, one->enumeration, GJR_NONE);
    }
    gjb_buffer_add_string(v->out, ") -> ");
    gjr_say_type(v, native->type, native->element, native->enumeration, GJR_NONE);
    gjr_say(v, " from ", "，来自 ");
    gjr_say_text(v, native->library);
    if ((native->flags & GJR_NATIVE_PURE) != 0) {
        gjr_say(v, ", pure", "，无副作用");
    }
}

static void post_department(const gjr_view *v, uint32_t post)
{
    gjr_say_name(v, GJR_TABLE_department, v->rows->posts[post].department);
}

static void post_party(const gjr_view *v, uint32_t post)
{
    bool party = (v->rows->posts[post].flags & GJR_POST_PARTY) != 0;
    gjr_say(v, party ? "a party to the case" : "a post", party ? "当事人" : "岗位");
}

/* ---- fields, documents ---- */

static bool field_is_item(const gjr_rows *rows, uint32_t field)
{
    return (rows->fields[field].flags & GJR_FIELD_PARAMETER) == 0;
}

static void field_type(const gjr_view *v, uint32_t field)
{
    const gjr_field *row = &v->rows->fields[field];
    gjr_say_type(v, row->type, row->element, row->enumeration, row->record);
    if ((row->flags & GJR_FIELD_OPTIONAL) != 0) {
        gjr_say(v, " optional", " 选填");
    }
}

static void field_default(const gjr_view *v, uint32_t field)
{
    gjr_say_expression(v, v->rows->fields[field].preset);
}

static void field_judged(const gjr_view *v, uint32_t field)
{
    gjr_say_name(v, GJR_TABLE_action, v->rows->fields[field].judged_by);
}

static void document_need(const gjr_view *v, uint32_t document)
{
    const gjr_document *row = &v->rows->documents[document];
    bool optional = row->need == GJR_NEED_OPTIONAL;
    gjr_say(v, optional ? "optional" : "required", optional ? "选交" : "必交");
    gjr_say_condition(v, row->when);
}

static void document_basis(const gjr_view *v, uint32_t document)
{
    gjr_say_basis(v, v->rows->documents[document].basis_first,
                  v->rows->documents[document].basis_count);
}

/* ---- acts ---- */

/* One that a stage, limit or rule has is told there. */
static bool action_is_told(const gjr_rows *rows, uint32_t action)
{
    return (rows->actions[action].flags & GJR_ACTION_STAGED) == 0;
}

static void action_parameter(const gjr_view *v, uint32_t field)
{
    const gjr_field *row = &v->rows->fields[field];
    gjr_say_name(v, GJR_TABLE_field, field);
    gjr_say(v, ": ", "：");
    gjr_say_type(v, row->type, row->element, row->enumeration, row->record);
}

static void action_power(const gjr_view *v, uint32_t row)
{
    const gjr_power *power = &v->rows->powers[row];
    gjr_say_name(v, GJR_TABLE_post, power->post);
    gjr_say(v, power->kind == GJR_POWER_MAY ? " may" : " never",
            power->kind == GJR_POWER_MAY ? "可以" : "不得");
    gjr_say_condition(v, power->when);
    if (power->basis_count > 0) {
        gjr_say(v, ", basis ", "，依据");
        gjr_say_basis(v, power->basis_first, power->basis_count);
    }
}

/* ---- stages ---- */

static bool region_is_item(const gjr_rows *rows, uint32_t region)
{
    (void)rows;
    return region > 0;
}

static void region_department(const gjr_view *v, uint32_t region)
{
    gjr_say_name(v, GJR_TABLE_department, v->rows->regions[region].department);
}

static void region_start(const gjr_view *v, uint32_t region)
{
    gjr_say_name(v, GJR_TABLE_stage, v->rows->regions[region].initial);
}

static void stage_end(const gjr_view *v, uint32_t stage)
{
    uint32_t flags = v->rows->stages[stage].flags;
    if ((flags & GJR_STAGE_FINAL) != 0) {
        gjr_say(v, "final", "终结");
        gjr_say(v, (flags & GJR_STAGE_VOID) != 0 ? " void" : "",
                (flags & GJR_STAGE_VOID) != 0 ? " 作废" : "");
    }
}

static void stage_holder(const gjr_view *v, uint32_t stage)
{
    gjr_say_name(v, GJR_TABLE_post, v->rows->stages[stage].holder);
}

static void stage_branches(const gjr_view *v, uint32_t stage)
{
    const gjr_stage *row = &v->rows->stages[stage];
    if (row->branches_count == 0) {
        return;
    }
    bool all = row->need == row->branches_count;
    if (!all && row->need != 1) {
        gjb_buffer_add_int(v->out, row->need);
    } else {
        gjr_say(v, all ? "all" : "any", all ? "全部" : "任一");
    }
    gjr_say(v, " of ", "：");
    for (uint32_t i = 0; i < row->branches_count; i++) {
        gjr_say_comma(v, i);
        gjr_say_name(v, GJR_TABLE_region, row->branches_first + i);
    }
    gjr_say(v, " -> ", "，转");
    gjr_say_name(v, GJR_TABLE_stage, row->join);
}

static void say_documents(const gjr_view *v, const gjr_transition *row)
{
    if (row->needs == GJR_NEEDS_ALL) {
        gjr_say(v, ", needs all documents", "，须备齐全部材料");
    }
    for (uint32_t i = 0; i < row->documents_count; i++) {
        gjr_say(v, i > 0 ? ", " : ", needs ", i > 0 ? "、" : "，须备齐");
        gjr_say_name(v, GJR_TABLE_document,
                     v->rows->document_refs[row->documents_first + i].document);
    }
}

static void stage_act(const gjr_view *v, uint32_t transition)
{
    const gjr_transition *row = &v->rows->transitions[transition];
    gjr_say_name(v, GJR_TABLE_action, row->action);
    for (uint32_t i = 0; i < row->posts_count; i++) {
        gjr_say(v, i > 0 ? ", " : " by ", i > 0 ? "、" : "：由");
        gjr_say_name(v, GJR_TABLE_post, v->rows->post_refs[row->posts_first + i].post);
    }
    if (row->target != GJR_NONE) {
        gjr_say(v, " -> ", row->posts_count > 0 ? "，转" : "：转");
        gjr_say_name(v, GJR_TABLE_stage, row->target);
    }
    gjr_say_condition(v, row->when);
    if (row->times_max > 0) {
        gjr_say(v, ", at most ", "，至多");
        gjr_say_times(v, row->times_max);
    }
    say_documents(v, row);
    if (row->sets_count > 0) {
        gjr_say(v, ", set ", "，");
        gjr_say_assignments(v, row->sets_first, row->sets_count);
    }
    if (row->basis_count > 0) {
        gjr_say(v, ", basis ", "，依据");
        gjr_say_basis(v, row->basis_first, row->basis_count);
    }
}

/* ---- limits, rules ---- */

/* Unless it is the procedure's. */
static void limit_calendar(const gjr_view *v, uint32_t limit)
{
    if (v->rows->limits[limit].calendar != v->rows->procedures[0].calendar) {
        say_calendar(v, v->rows->limits[limit].calendar);
    }
}

static void limit_calendar_add(const gjr_rows *rows, uint32_t limit, gjb_buffer *out)
{
    gjr_view v = {.rows = rows, .lang = GJ_EN, .out = out};
    limit_calendar(&v, limit);
}

/* What its lengths cite is not theirs in content.h. */
static void limit_basis_add(const gjr_rows *rows, uint32_t limit, gjb_buffer *out)
{
    gjr_view v = {.rows = rows, .lang = GJ_EN, .out = out};
    gjr_say_limit_basis(&v, limit);
}

static void rule_severity(const gjr_view *v, uint32_t rule)
{
    gjr_say_severity(v, v->rows->rules[rule].severity);
}

static void rule_basis(const gjr_view *v, uint32_t rule)
{
    gjr_say_basis(v, v->rows->rules[rule].basis_first, v->rows->rules[rule].basis_count);
}

/* The acts at which it is asked, and what it relates. */
static void rule_add(const gjr_rows *rows, uint32_t rule, gjb_buffer *out)
{
    uint32_t region = 0;
    for (uint32_t i = 0;; i++) {
        uint32_t action = gjr_rows_rule_action(rows, rule, i, &region);
        if (action == GJR_NONE) {
            break;
        }
        gjr_content_add_name(rows, GJR_TABLE_action, action, out);
        gjb_buffer_add_byte(out, '@');
        gjr_content_add_name(rows, GJR_TABLE_region, region, out);
        gjb_buffer_add_byte(out, ',');
    }
    const gjr_relation *relation = gjr_rows_relation_of(rows, rule);
    if (rows->rules[rule].kind == GJR_RULE_SEPARATE_POSTS) {
        gjr_view v = {.rows = rows, .lang = GJ_EN, .out = out}; /* their acts follow */
        gjr_say_rule(&v, rule);
    } else if (relation != NULL) {
        gjr_content_add_row(rows, GJR_TABLE_relation, (uint32_t)(relation - rows->relations), out);
    }
}

/* ---- the table ---- */

const gjr_item gjr_items[] = {
    {"procedure",
     GJR_TABLE_procedure,
     NULL,
     NULL,
     {{"title", procedure_title, NULL, NULL, {{"title", 0}}},
      {"effective", procedure_effective, NULL, NULL, {{"effective_day", 0}}},
      {"calendar", procedure_calendar, NULL, NULL, {{"calendar", 0}}},
      {"initial", procedure_start, NULL, procedure_start_add, {{0}}},
      {"basis", procedure_basis, NULL, NULL, {{"basis", 0}}},
      {"migrates", procedure_migrations, NULL, procedure_migrations_add, {{0}}},
      /* Told by who prints it: each version has another. */
      {"version", NULL, NULL, NULL, {{"version", 0}}}}},
    {"type",
     GJR_TABLE_record_type,
     type_is_told,
     NULL,
     {{"title", type_title, NULL, NULL, {{"title", 0}}},
      {"parts", NULL, type_part, NULL, {{"parts", 0}}}}},
    {"native",
     GJR_TABLE_native,
     NULL,
     NULL,
     {{"title", native_title, NULL, NULL, {{"title", 0}}},
      {"form",
       native_form,
       NULL,
       NULL,
       {{"library", 0},
        {"parameters", 0},
        {"type", 0},
        {"element", 0},
        {"enumeration", 0},
        {"flags", 0}}}}},
    {"department",
     GJR_TABLE_department,
     NULL,
     NULL,
     {{"title", department_title, NULL, NULL, {{"title", 0}}},
      {"alias", department_aliases, NULL, department_aliases_add, {{0}}}}},
    {"post",
     GJR_TABLE_post,
     NULL,
     NULL,
     {{"title", post_title, NULL, NULL, {{"title", 0}}},
      {"department", post_department, NULL, NULL, {{"department", 0}}},
      {"party", post_party, NULL, NULL, {{"flags", 0}}},
      {"alias", post_aliases, NULL, post_aliases_add, {{0}}}}},
    {"field",
     GJR_TABLE_field,
     NULL,
     field_is_item,
     {{"title", field_title, NULL, NULL, {{"title", 0}}},
      {"type",
       field_type,
       NULL,
       NULL,
       {{"type", 0}, {"element", 0}, {"enumeration", 0}, {"record", 0}, {"flags", 0}}},
      {"default", field_default, NULL, NULL, {{"preset", 0}}},
      {"judged by", field_judged, NULL, NULL, {{"judged_by", 0}}}}},
    {"document",
     GJR_TABLE_document,
     NULL,
     NULL,
     {{"title", document_title, NULL, NULL, {{"title", 0}}},
      {"need", document_need, NULL, NULL, {{"need", 0}, {"when", 0}}},
      {"basis", document_basis, NULL, NULL, {{"basis", 0}}}}},
    {"action",
     GJR_TABLE_action,
     action_is_told,
     NULL,
     {{"title", action_title, NULL, NULL, {{"title", 0}}},
      {"alias", action_aliases, NULL, action_aliases_add, {{0}}},
      {"parameters", NULL, action_parameter, NULL, {{"parameters", 0}}},
      {"powers", NULL, action_power, NULL, {{"powers", 0}}}}},
    {"branch",
     GJR_TABLE_region,
     NULL,
     region_is_item,
     {{"title", region_title, NULL, NULL, {{"title", 0}}},
      {"department", region_department, NULL, NULL, {{"department", 0}}},
      {"initial", region_start, NULL, NULL, {{"initial", 0}}}}},
    {"stage",
     GJR_TABLE_stage,
     NULL,
     NULL,
     {{"title", stage_title, NULL, NULL, {{"title", 0}}},
      {"end", stage_end, NULL, NULL, {{"flags", 0}}},
      {"holder", stage_holder, NULL, NULL, {{"holder", 0}}},
      {"acts", NULL, stage_act, NULL, {{"transitions", 0}}},
      {"branches", stage_branches, NULL, NULL, {{"branches", 0}, {"need", 0}, {"join", 0}}}}},
    {"limit",
     GJR_TABLE_limit,
     NULL,
     NULL,
     {{"title", limit_title, NULL, NULL, {{"title", 0}}},
      {"kind", gjr_say_limit_kind, NULL, NULL, {{"kind", 0}}},
      {"from", gjr_say_limit_from, NULL, NULL, {{"from", 0}, {"restarts", 0}}},
      {"to", gjr_say_limit_to, NULL, NULL, {{"to", 0}}},
      {"time",
       gjr_say_limit_time,
       NULL,
       NULL,
       {{"budget", 0},
        {"unit", 0},
        {"by", 0},
        {"least", 0},
        {"least_unit", 0},
        {"lengths", 0},
        {"flags", GJR_LIMIT_OPEN | GJR_LIMIT_BACKWARD}}},
      {"rolling",
       gjr_say_limit_rolling,
       NULL,
       NULL,
       {{"flags", GJR_LIMIT_ROLLS | GJR_LIMIT_LEAST_ROLLS}}},
      {"ends", gjr_say_limit_close, NULL, NULL, {{"flags", GJR_LIMIT_AT_CLOSE}}},
      {"stops", gjr_say_limit_turns, NULL, NULL, {{"stops", 0}, {"extensions", 0}}},
      {"per", gjr_say_limit_keys, NULL, NULL, {{"keys", 0}, {"open_max", 0}}},
      {"severity", gjr_say_limit_ladder, NULL, NULL, {{"rungs", 0}}},
      {"runs out", gjr_say_limit_effects, NULL, NULL, {{"effects", 0}}},
      {"duty", gjr_say_limit_duty, NULL, NULL, {{"duty", 0}, {"flags", GJR_LIMIT_OF_HOLDER}}},
      {"calendar", limit_calendar, NULL, limit_calendar_add, {{0}}},
      {"basis", gjr_say_limit_basis, NULL, limit_basis_add, {{"basis", 0}}}}},
    {"rule",
     GJR_TABLE_rule,
     NULL,
     NULL,
     {{"title", rule_title, NULL, NULL, {{"title", 0}}},
      {"says",
       gjr_say_rule,
       NULL,
       rule_add,
       {{"kind", 0},
        {"condition", 0},
        {"counted", 0},
        {"times", 0},
        {"duty", 0},
        {"counted_in", 0}}},
      {"except", gjr_say_rule_exceptions, NULL, NULL, {{"exceptions", 0}}},
      {"severity", rule_severity, NULL, NULL, {{"severity", 0}}},
      {"basis", rule_basis, NULL, NULL, {{"basis", 0}}}}},
};
const size_t gjr_item_count = sizeof gjr_items / sizeof *gjr_items;
