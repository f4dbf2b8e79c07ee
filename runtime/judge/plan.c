/* SPDX-License-Identifier: Apache-2.0
 *
 * See plan.h. */
#include "judge/plan.h"

#include "image/image.h"
#include "image/opcode.h"
#include "image/schema.h"
#include "image/shape.h"
#include "judge/period.h"

typedef struct planner {
    const gjr_rows *rows;
    gjb_arena *arena;
    gjr_plan *plan;
    gjr_listener *listeners;
    uint32_t listener_count;
    uint8_t *answered;   /* a trigger: some listener hears by it */
    uint32_t *relations; /* a role: of which relation */
    const gjr_case_layout *layout;
} planner;

/* ---- audiences ---- */

/* What is heard of. */
typedef struct told {
    gjr_trigger_kind kind;
    uint32_t target;
} told;

/* The trigger by which the subscription hears: the first of those it answers that no other one
 * does, since one thing may stand there under several conditions; none of a rule's. */
static uint32_t trigger_of(planner *with, const gjr_subscription *row, told of)
{
    const gjr_trigger *triggers = with->rows->triggers;
    uint32_t count, first = gjr_subscription_triggers(with->rows, row, &count);
    for (uint32_t i = first; i < first + count; i++) {
        if (with->answered[i] == 0 && triggers[i].kind == (uint32_t)of.kind &&
            triggers[i].target == of.target) {
            with->answered[i] = 1;
            return i;
        }
    }
    return GJR_NONE;
}

static bool limit_is_plain(const planner *with, uint32_t limit)
{
    const gjr_limit *row = &with->rows->limits[limit];
    const gjr_case_layout *layout = with->layout;
    return row->open_max == 0 && row->by == GJR_NONE && row->effects_count == 0 &&
           row->region == 0 && !gjr_limit_has_period(row) &&
           (row->flags & (GJR_LIMIT_OPEN | GJR_LIMIT_BACKWARD)) == 0 &&
           layout->course_of[limit] == GJR_NONE && layout->end_of[limit] == GJR_NONE;
}

static bool listener_is_plain(const planner *with, const gjr_listener *listener)
{
    bool turns = listener->kind != GJR_SUBSCRIPTION_LIMIT_FROM &&
                 listener->kind != GJR_SUBSCRIPTION_LIMIT_TO;
    return !turns && listener->trigger != GJR_NONE &&
           with->rows->triggers[listener->trigger].when == GJR_NONE &&
           limit_is_plain(with, listener->target);
}

/* Whose limit it is, of a stop or an extension. */
static gjr_listener listener_of(planner *with, const gjr_subscription *row, told of)
{
    const gjr_rows *rows = with->rows;
    gjr_listener made = {.target = row->target,
                         .region = row->region,
                         .trigger = trigger_of(with, row, of),
                         .kind = row->kind,
                         .clause = row->target};
    uint32_t table = gjr_subscription_table(row);
    if (table == GJR_TABLE_stop) {
        made.target = rows->stops[row->target].limit;
    } else if (table == GJR_TABLE_extension) {
        made.target = rows->extensions[row->target].limit;
    } else if (table == GJR_TABLE_role) {
        made.target = with->relations[row->target];
    }
    made.is_plain = listener_is_plain(with, &made);
    return made;
}

/* Those of the kind among the subscriptions; how many. */
static uint32_t listeners_add(planner *with, uint32_t first, uint32_t count,
                              gjr_subscription_kind kind, told of)
{
    uint32_t before = with->listener_count;
    for (uint32_t i = first; i < first + count; i++) {
        const gjr_subscription *row = &with->rows->subscriptions[i];
        if (row->kind == (uint32_t)kind) {
            with->listeners[with->listener_count++] = listener_of(with, row, of);
        }
    }
    return with->listener_count - before;
}

static gjr_audience audience_make(planner *with, uint32_t first, uint32_t count, told of)
{
    /* Where one act does several of them, in this order. */
    static const gjr_subscription_kind turns[] = {
        GJR_SUBSCRIPTION_LIMIT_RESTART, GJR_SUBSCRIPTION_STOP_TO,
        GJR_SUBSCRIPTION_STOP_FROM,     GJR_SUBSCRIPTION_STOP_NOTICE,
        GJR_SUBSCRIPTION_EXTENSION_BY,  GJR_SUBSCRIPTION_EXTENSION_NOTICE,
    };
    gjr_audience made = {.first = with->listener_count};
    made.ends = listeners_add(with, first, count, GJR_SUBSCRIPTION_LIMIT_TO, of);
    made.starts = listeners_add(with, first, count, GJR_SUBSCRIPTION_LIMIT_FROM, of);
    made.rules = listeners_add(with, first, count, GJR_SUBSCRIPTION_RULE, of);
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        made.turns += listeners_add(with, first, count, turns[i], of);
    }
    made.roles = listeners_add(with, first, count, GJR_SUBSCRIPTION_ROLE, of);
    return made;
}

/* Of which relation each role is. */
static bool relations_seek(planner *with)
{
    const gjr_rows *rows = with->rows;
    with->relations = gjb_arena_make(with->arena, rows->role_count, sizeof *with->relations);
    if (with->relations == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < rows->relation_count; i++) {
        const gjr_relation *row = &rows->relations[i];
        for (uint32_t j = 0; j < row->roles_count; j++) {
            with->relations[row->roles_first + j] = i;
        }
    }
    return true;
}

static gjr_audience *audiences(planner *with, uint32_t count)
{
    return gjb_arena_make(with->arena, count, sizeof(gjr_audience));
}

static bool audiences_make(planner *with)
{
    const gjr_rows *rows = with->rows;
    gjr_audience *actions = audiences(with, rows->action_count);
    gjr_audience *entering = audiences(with, rows->stage_count);
    gjr_audience *leaving = audiences(with, rows->stage_count);
    gjr_audience *fields = audiences(with, rows->field_count);
    with->listeners =
        gjb_arena_make(with->arena, rows->subscription_count, sizeof *with->listeners);
    with->answered = gjb_arena_make(with->arena, rows->trigger_count, 1);
    if (actions == NULL || entering == NULL || leaving == NULL || fields == NULL ||
        with->listeners == NULL || with->answered == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < rows->action_count; i++) {
        const gjr_action *row = &rows->actions[i];
        actions[i] = audience_make(with, row->subscriptions_first, row->subscriptions_count,
                                   (told){GJR_TRIGGER_ACTION, i});
    }
    for (uint32_t i = 0; i < rows->stage_count; i++) {
        const gjr_stage *row = &rows->stages[i];
        entering[i] = audience_make(with, row->entering_first, row->entering_count,
                                    (told){GJR_TRIGGER_ENTERING, i});
        leaving[i] = audience_make(with, row->leaving_first, row->leaving_count,
                                   (told){GJR_TRIGGER_LEAVING, i});
    }
    for (uint32_t i = 0; i < rows->field_count; i++) {
        const gjr_field *row = &rows->fields[i];
        fields[i] = audience_make(with, row->subscriptions_first, row->subscriptions_count,
                                  (told){GJR_TRIGGER_FIELD, i});
    }
    with->plan->listeners = with->listeners;
    with->plan->actions = actions;
    with->plan->entering = entering;
    with->plan->leaving = leaving;
    with->plan->fields = fields;
    return true;
}

/* ---- transitions ---- */

static bool first_transitions_make(planner *with)
{
    const gjr_rows *rows = with->rows;
    uint32_t *first = gjb_arena_make(with->arena, rows->action_count, sizeof *first);
    if (first == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < rows->action_count; i++) {
        first[i] = GJR_NONE;
    }
    for (uint32_t i = rows->transition_count; i > 0; i--) {
        first[rows->transitions[i - 1].action] = i - 1;
    }
    with->plan->first_transitions = first;
    return true;
}

static uint32_t texts_set_by(const gjr_rows *rows, const gjr_transition *row)
{
    uint32_t count = 0;
    for (uint32_t i = row->sets_first; i < row->sets_first + row->sets_count; i++) {
        count += gjr_type_is_textual(rows->fields[rows->assignments[i].field].type) ? 1 : 0;
    }
    return count;
}

/* What it takes to know how much room an act's sets may need. */
static bool texts_set_make(planner *with)
{
    const gjr_rows *rows = with->rows;
    uint32_t *texts_set = gjb_arena_make(with->arena, rows->action_count, sizeof *texts_set);
    if (texts_set == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < rows->transition_count; i++) {
        uint32_t *most = &texts_set[rows->transitions[i].action];
        uint32_t count = texts_set_by(rows, &rows->transitions[i]);
        *most = count > *most ? count : *most;
    }
    for (uint32_t i = 0; i < rows->constant_count; i++) {
        const gjr_constant *row = &rows->constants[i];
        uint32_t size =
            gjr_type_is_textual(row->type) ? (uint32_t)gjr_rows_text(rows, row->low).size : 0;
        uint32_t *most = &with->plan->constant_size_max;
        *most = size > *most ? size : *most;
    }
    with->plan->texts_set = texts_set;
    return true;
}

/* ---- regions and fields ---- */

static uint32_t depth_of(const gjr_rows *rows, uint32_t region)
{
    uint32_t depth = 0;
    for (; region != 0; depth++) {
        region = rows->stages[rows->regions[region].parent].region;
    }
    return depth;
}

/* Sorted by counting: depths are few. */
static bool inner_first_make(planner *with)
{
    const gjr_rows *rows = with->rows;
    uint32_t *inner_first = gjb_arena_make(with->arena, rows->region_count, sizeof *inner_first);
    if (inner_first == NULL) {
        return false;
    }
    uint32_t count = 0;
    for (uint32_t depth = GJR_NESTING_MAX; depth-- > 0;) {
        for (uint32_t i = 0; i < rows->region_count; i++) {
            if (depth_of(rows, i) == depth) {
                inner_first[count++] = i;
            }
        }
    }
    with->plan->inner_first = inner_first;
    return true;
}

/* A stage that no limit hears of, that runs no branches and is not final is left and entered by
 * writing down where the case stands. */
static bool stages_make(planner *with)
{
    const gjr_rows *rows = with->rows;
    uint8_t *stages = gjb_arena_make(with->arena, rows->stage_count, sizeof *stages);
    for (uint32_t i = 0; stages != NULL && i < rows->stage_count; i++) {
        const gjr_stage *row = &rows->stages[i];
        bool entered = (row->flags & GJR_STAGE_FINAL) != 0 || row->entering_count > 0;
        bool branches = row->branches_count > 0;
        stages[i] = (uint8_t)((row->leaving_count > 0 || branches ? GJR_STAGE_LEFT_HEARD : 0) |
                              (entered || branches ? GJR_STAGE_ENTERED_HEARD : 0));
    }
    with->plan->stages = stages;
    return stages != NULL;
}

/* ---- straight cells ---- */

/* Where the act leads to another stage, neither of the two does anything by it. */
static bool passes_unheard(const gjr_plan *plan, const gjr_transition *row)
{
    return row->target == GJR_NONE || ((plan->stages[row->stage] & GJR_STAGE_LEFT_HEARD) == 0 &&
                                       (plan->stages[row->target] & GJR_STAGE_ENTERED_HEARD) == 0);
}

static bool asks_for_post_alone(const gjr_rows *rows, const gjr_plan *plan,
                                const gjr_transition *row)
{
    return row->when == GJR_NONE && row->needs == GJR_NEEDS_NOTHING && row->sets_count == 0 &&
           rows->actions[row->action].powers_count == 0 && plan->actions[row->action].rules == 0 &&
           plan->actions[row->action].roles == 0 && plan->measuring_acts[row->action] == 0;
}

/* False where one of them has no bit. */
static bool posts_of(const gjr_rows *rows, const gjr_transition *row, uint64_t *posts)
{
    *posts = row->posts_count == 0 ? GJR_STRAIGHT_ANYONE : 0;
    for (uint32_t i = row->posts_first; i < row->posts_first + row->posts_count; i++) {
        uint32_t post = rows->post_refs[i].post;
        if (post >= GJR_STRAIGHT_POSTS_MAX) {
            return false;
        }
        *posts |= UINT64_C(1) << post;
    }
    return true;
}

static bool hears_plainly(const gjr_plan *plan, const gjr_audience *audience)
{
    bool plainly = audience->turns == 0;
    for (uint32_t i = 0; i < audience->ends + audience->starts; i++) {
        plainly = plainly && plan->listeners[audience->first + i].is_plain;
    }
    return plainly;
}

static gjr_straight straight_of(const planner *with, const gjr_cell *cell)
{
    const gjr_rows *rows = with->rows;
    const gjr_plan *plan = with->plan;
    gjr_straight made = {.times_max = 0};
    if (cell->meaning != GJR_MEANING_HERE) {
        return made;
    }
    const gjr_transition *row = &rows->transitions[cell->here_first];
    bool is = asks_for_post_alone(rows, plan, row) && passes_unheard(plan, row) &&
              posts_of(rows, row, &made.posts);
    made.target = row->target;
    made.place = cell->place;
    made.times_max = !is ? 0 : row->times_max > 0 ? row->times_max : UINT32_MAX;
    return made;
}

static uint8_t straight_act_of(const planner *with, uint32_t action)
{
    const gjr_plan *plan = with->plan;
    const gjr_case_layout *layout = with->layout;
    const gjr_audience *audience = &plan->actions[action];
    bool plainly = hears_plainly(plan, audience) && plan->texts_set[action] == 0 &&
                   layout->keyed_count == 0 && layout->crew_of[action] == GJR_NONE;
    return (uint8_t)((gjr_audience_has_limits(audience) ? GJR_STRAIGHT_HEARD : 0) |
                     (plainly ? GJR_STRAIGHT_PLAINLY : 0));
}

static bool straights_make(planner *with)
{
    const gjr_rows *rows = with->rows;
    bool any = rows->region_count == 1 && rows->effect_count == 0;
    gjr_straight *made = gjb_arena_make(with->arena, rows->cell_count, sizeof *made);
    uint8_t *acts = gjb_arena_make(with->arena, rows->action_count, sizeof *acts);
    for (uint32_t i = 0; acts != NULL && i < rows->action_count; i++) {
        acts[i] = straight_act_of(with, i);
    }
    for (uint32_t i = 0; made != NULL && acts != NULL && any && i < rows->cell_count; i++) {
        made[i] = straight_of(with, &rows->cells[i]);
        acts[i % rows->action_count] |= made[i].times_max > 0 ? GJR_STRAIGHT_SOMEWHERE : 0;
    }
    with->plan->straights = made;
    with->plan->straight_acts = acts;
    with->plan->opens_straight =
        any && !with->plan->has_presets &&
        with->layout->entered_of[rows->regions[0].initial] == GJR_NONE &&
        (with->plan->stages[rows->regions[0].initial] & GJR_STAGE_ENTERED_HEARD) == 0;
    return made != NULL && acts != NULL;
}

/* ---- ladders ---- */

/* A plain limit of working days, whose only rung is where it is due. */
static bool is_due_alone(const planner *with, uint32_t limit)
{
    const gjr_limit *row = &with->rows->limits[limit];
    return limit_is_plain(with, limit) && row->unit == GJR_UNIT_WORKDAYS &&
           (row->flags & GJR_LIMIT_AT_CLOSE) == 0 && row->rungs_count == 1 &&
           with->rows->rungs[row->rungs_first].kind == GJR_RUNG_OVERDUE &&
           with->rows->rungs[row->rungs_first].amount == 0;
}

static bool workdays_make(planner *with)
{
    const gjr_rows *rows = with->rows;
    uint32_t *workdays = gjb_arena_make(with->arena, rows->limit_count, sizeof *workdays);
    for (uint32_t i = 0; workdays != NULL && i < rows->limit_count; i++) {
        workdays[i] = is_due_alone(with, i) ? rows->limits[i].budget : 0;
    }
    with->plan->workdays = workdays;
    return workdays != NULL;
}

/* ---- expressions ---- */

/* `field F; return`, of a field that fits its word. */
static uint32_t bare_field_of(const gjr_rows *rows, const gjr_expression *row)
{
    const gjr_instruction *code = &rows->instructions[row->code_first];
    if (row->code_count != 2 || gjr_word_op(code[0].word) != GJR_OP_FIELD ||
        gjr_word_a(code[1].word) != gjr_word_d(code[0].word)) {
        return GJR_NONE;
    }
    const gjr_field *field = &rows->fields[code[0].immediate];
    bool own = (field->flags & GJR_FIELD_PARAMETER) == 0;
    return own && field->type == GJR_TYPE_BOOL ? code[0].immediate : GJR_NONE;
}

static bool bare_fields_make(planner *with)
{
    const gjr_rows *rows = with->rows;
    uint32_t *bare = gjb_arena_make(with->arena, rows->expression_count, sizeof *bare);
    for (uint32_t i = 0; bare != NULL && i < rows->expression_count; i++) {
        bare[i] = bare_field_of(rows, &rows->expressions[i]);
    }
    with->plan->bare_fields = bare;
    return bare != NULL;
}

static bool bys_make(planner *with)
{
    const gjr_rows *rows = with->rows;
    uint8_t *bys = gjb_arena_make(with->arena, rows->field_count, sizeof *bys);
    for (uint32_t i = 0; bys != NULL && i < rows->limit_count; i++) {
        if (rows->limits[i].by != GJR_NONE) {
            bys[rows->limits[i].by] = 1;
        }
    }
    with->plan->bys = bys;
    return bys != NULL;
}

/* Marks what the expression reads. */
static void readings_mark(const gjr_rows *rows, uint32_t expression, uint8_t *fields, uint8_t *acts)
{
    const gjr_expression *row = expression == GJR_NONE ? NULL : &rows->expressions[expression];
    for (uint32_t i = 0; row != NULL && i < row->code_count; i++) {
        const gjr_instruction *one = &rows->instructions[row->code_first + i];
        const gjr_opcode_row *op = gjr_opcode_row_get(gjr_word_op(one->word));
        if (op->immediate == GJR_IMMEDIATE_FIELD) {
            fields[one->immediate] = 1;
        } else if (op->immediate == GJR_IMMEDIATE_ACTION) {
            acts[one->immediate] = 1;
        }
    }
}

static bool measuring_make(planner *with)
{
    const gjr_rows *rows = with->rows;
    uint8_t *fields = gjb_arena_make(with->arena, rows->field_count, sizeof *fields);
    uint8_t *acts = gjb_arena_make(with->arena, rows->action_count, sizeof *acts);
    for (uint32_t i = 0; fields != NULL && acts != NULL && i < rows->length_count; i++) {
        readings_mark(rows, rows->lengths[i].when, fields, acts);
        readings_mark(rows, rows->lengths[i].value, fields, acts);
    }
    with->plan->measuring_fields = fields;
    with->plan->measuring_acts = acts;
    return fields != NULL && acts != NULL;
}

static bool is_word(uint32_t type)
{
    return !gjr_type_is_textual(type) && type != GJR_TYPE_LIST && type != GJR_TYPE_RECORD;
}

static bool plain_fields_make(planner *with)
{
    const gjr_rows *rows = with->rows;
    uint8_t *plain = gjb_arena_make(with->arena, rows->field_count, sizeof *plain);
    for (uint32_t i = 0; plain != NULL && i < rows->field_count; i++) {
        const gjr_field *row = &rows->fields[i];
        bool heard = gjr_audience_has_limits(&with->plan->fields[i]) || with->plan->bys[i] != 0 ||
                     with->plan->measuring_fields[i] != 0;
        plain[i] = !heard && is_word(row->type) && (row->flags & GJR_FIELD_PARAMETER) == 0;
    }
    with->plan->plain_fields = plain;
    return plain != NULL;
}

static void presets_seek(planner *with)
{
    for (uint32_t i = 0; i < with->rows->field_count; i++) {
        with->plan->has_presets |= with->rows->fields[i].preset != GJR_NONE;
    }
}

bool gjr_plan_make(const gjr_rows *rows, const gjr_case_layout *layout, gjb_arena *arena,
                   gjr_plan *plan)
{
    planner with = {.rows = rows, .arena = arena, .plan = plan, .layout = layout};
    *plan = (gjr_plan){.listeners = NULL};
    if (!relations_seek(&with) || !audiences_make(&with)) {
        return false;
    }
    presets_seek(&with);
    return bys_make(&with) && measuring_make(&with) && plain_fields_make(&with) &&
           bare_fields_make(&with) && stages_make(&with) && workdays_make(&with) &&
           first_transitions_make(&with) && texts_set_make(&with) && straights_make(&with) &&
           inner_first_make(&with);
}
