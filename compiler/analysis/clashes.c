/* SPDX-License-Identifier: Apache-2.0
 *
 * See clashes.h. */
#include "analysis/clashes.h"

#include "analysis/hands.h"
#include "analysis/product.h"
#include "base/buffer.h"

typedef struct checking {
    const gjc_model *model;
    gjc_diag_list *diags;
    gjc_product product;
    gjc_ward *wards;
    bool *is_told; /* by ward: something that makes more about it a consequence */
    uint32_t ward_count;
    bool *are_joined; /* by action: with another one, by a rule */
    bool any_end;     /* only `final void` stages end a case */
    bool is_undecided;
} checking;

static gjc_product_answer ask(checking *c, const gjc_quest *quest)
{
    gjc_quest asked = *quest;
    asked.any_end = asked.any_end || c->any_end;
    gjc_product_answer answer = gjc_product_find(&c->product, &asked);
    c->is_undecided = c->is_undecided || answer == GJC_WAY_UNKNOWN;
    return answer;
}

/* ---- what is said ---- */

static gj_text way_text(checking *c, const char *between)
{
    gjb_buffer words;
    gjb_buffer_init(&words, c->diags->arena->allocator);
    for (uint32_t i = 0; i < c->product.way_count; i++) {
        gjb_buffer_add_string(&words, i > 0 ? between : "");
        gjb_buffer_add_text(&words, c->model->actions[c->product.way[i]].label.name);
    }
    gj_text kept = gjb_arena_text(c->diags->arena, gjb_buffer_text(&words));
    c->diags->out_of_memory = c->diags->out_of_memory || words.failed || kept.bytes == NULL;
    gjb_buffer_deinit(&words);
    return kept;
}

/* The acts of the way found last, in their order. */
static gjc_arg way_words(checking *c)
{
    return (gjc_arg){way_text(c, ", "), way_text(c, "、")};
}

/* ---- by itself ---- */

/* A way to an end on which it begins to ask, or any. */
static gjc_product_answer asking_find(checking *c, const gjc_ward *ward)
{
    uint32_t i = 0;
    for (uint32_t action = gjc_ward_trigger(ward, 0); action != GJC_NO_INDEX;
         action = gjc_ward_trigger(ward, ++i))
        if (ask(c, &(gjc_quest){.action = action, .region = ward->region, .any_end = true}) ==
            GJC_WAY_FOUND)
            return GJC_WAY_FOUND;
    uint32_t counted = ward->region != 0 && ward->rule != NULL ? ward->rule->counted : GJC_NO_INDEX;
    const gjc_quest quest = {.action = counted, .region = ward->region, .any_end = true};
    if (counted != GJC_NO_INDEX && ask(c, &quest) == GJC_WAY_FOUND)
        return GJC_WAY_FOUND; /* of a branch, which not every case comes to */
    return ask(c, &(gjc_quest){.action = GJC_NO_INDEX, .any_end = true});
}

/* W0707: no way breaks it; a duty says who has to see to it besides. True where it is told. */
static bool breaking_check(checking *c, const gjc_ward *ward)
{
    gjc_quest quest = {.wards = {ward}, .action = GJC_NO_INDEX, .breaks = true};
    if (ward->limit != NULL || ward->rule->duty != GJC_NO_INDEX || ask(c, &quest) != GJC_NO_WAY ||
        asking_find(c, ward) != GJC_WAY_FOUND)
        return false;
    gjc_diag_add(c->diags, GJC_W0707, ward->label->span, gjc_arg_text(ward->label->name),
                 way_words(c));
    return true;
}

/* A way to an end on which it is kept, once it asks something. */
static gjc_product_answer keep(checking *c, const gjc_ward *ward, const gjc_ward *other,
                               uint32_t action)
{
    return ask(c, &(gjc_quest){.wards = {ward, other}, .action = action, .region = ward->region});
}

/* One of the two alone, where all acts tell one key: the way shows it. */
static bool may_keep(checking *c, const gjc_ward *kept, const gjc_ward *asking, uint32_t action)
{
    const gjc_quest quest = {
        .wards = {kept}, .action = action, .region = asking->region, .one_key = true};
    return ask(c, &quest) == GJC_WAY_FOUND;
}

/* W0708: whoever does the act, and ends the case, breaks it. */
static bool stages_check(checking *c, const gjc_ward *ward, uint32_t action)
{
    if (keep(c, ward, NULL, action) != GJC_NO_WAY ||
        ask(c, &(gjc_quest){.action = action, .region = ward->region}) != GJC_WAY_FOUND)
        return false;
    gjc_diag_add(c->diags, GJC_W0708, ward->label->span, gjc_arg_text(ward->label->name),
                 way_words(c));
    return true;
}

static void ward_check(checking *c, uint32_t index)
{
    const gjc_ward *ward = &c->wards[index];
    c->is_told[index] = breaking_check(c, ward);
    if (c->is_told[index] || ward->is_loose || ward->limit != NULL || !gjc_ward_demands(ward))
        return;
    if (gjc_ward_demands_always(ward)) {
        c->is_told[index] = stages_check(c, ward, GJC_NO_INDEX);
        return;
    }
    uint32_t i = 0;
    for (uint32_t action = gjc_ward_trigger(ward, 0); action != GJC_NO_INDEX && !c->is_told[index];
         action = gjc_ward_trigger(ward, ++i))
        c->is_told[index] = stages_check(c, ward, action);
}

/* ---- against one another ---- */

static bool is_about(const gjc_ward *ward, const gjc_ward *other)
{
    const gjc_rule *rule = other->rule;
    for (uint32_t i = 0; rule != NULL && i < rule->role_count; i++)
        if (gjc_ward_hears(ward, rule->roles[i].action))
            return true;
    for (uint32_t i = 0; rule != NULL && i < rule->action_count; i++)
        if (gjc_ward_hears(ward, rule->actions[i]))
            return true;
    if (rule != NULL)
        return rule->counted != GJC_NO_INDEX && gjc_ward_hears(ward, rule->counted);
    for (uint32_t i = 0; i < other->limit->from_count; i++)
        if (gjc_ward_hears(ward, other->limit->from[i].target))
            return true;
    for (uint32_t i = 0; i < other->limit->to_count; i++)
        if (gjc_ward_hears(ward, other->limit->to[i].target))
            return true;
    return false;
}

/* The act whose times it bounds, of all keys together; GJC_NO_INDEX: it does not. */
static uint32_t counted_by(const gjc_ward *ward)
{
    const gjc_rule *rule = ward->rule;
    if (rule == NULL || gjr_rule_counts_each(rule->kind))
        return GJC_NO_INDEX;
    return rule->kind == GJR_RULE_NEVER && rule->action_count == 1 ? rule->actions[0]
                                                                   : rule->counted;
}

/* W0704 speaks of these. */
static bool both_count(const gjc_ward *ward, const gjc_ward *other)
{
    return counted_by(ward) != GJC_NO_INDEX && counted_by(ward) == counted_by(other);
}

/* Of the way found last. */
static void pair_tell(checking *c, const gjc_ward *ward, const gjc_ward *other)
{
    bool later = ward->label->span.begin > other->label->span.begin;
    const gjc_ward *told = later ? ward : other, *first = later ? other : ward;
    gjc_diag *diag =
        gjc_diag_add(c->diags, GJC_W0709, told->label->span, gjc_arg_text(ward->label->name),
                     gjc_arg_text(other->label->name));
    diag->args[2] = way_words(c);
    gjc_diag_note_add(c->diags, diag, first->label->span, gjc_arg_words("the other", "另一处"));
}

/* W0709: either can be kept, and both cannot. The way keeps the one that demands. */
static bool pair_check(checking *c, const gjc_ward *ward, const gjc_ward *other, uint32_t action)
{
    if (keep(c, ward, other, action) != GJC_NO_WAY || !may_keep(c, other, ward, action) ||
        !may_keep(c, ward, ward, action))
        return false;
    pair_tell(c, ward, other);
    return true;
}

static bool pair_is_told(checking *c, const gjc_ward *ward, const gjc_ward *other)
{
    uint32_t i = 0;
    if (!gjc_ward_demands(ward))
        return false;
    if (gjc_ward_demands_always(ward))
        return pair_check(c, ward, other, GJC_NO_INDEX);
    for (uint32_t action = gjc_ward_trigger(ward, 0); action != GJC_NO_INDEX;
         action = gjc_ward_trigger(ward, ++i))
        if (pair_check(c, ward, other, action))
            return true;
    return false;
}

/* ---- officers ---- */

/* A way to an end on which all acts of the chain are done. */
static gjc_product_answer chain_done(checking *c, const gjc_chain *chain)
{
    gjc_rule done[GJC_CHAIN_MAX];
    gjc_ward wards[GJC_CHAIN_MAX];
    gjc_quest quest = {.action = chain->acts[0]};
    for (uint32_t i = 1; i < chain->count; i++) {
        done[i] = (gjc_rule){.kind = GJR_RULE_DONE_AT_END, .counted = chain->acts[i]};
        wards[i] = (gjc_ward){.rule = &done[i]};
        quest.wards[i - 1] = &wards[i];
    }
    return ask(c, &quest);
}

/* “a”, or “a”, “b” of the rules that join. */
static gjc_arg joined_words(checking *c, const gjc_chain *chain)
{
    const char *betweens[] = {[GJ_EN] = "”, “", [GJ_ZH] = "”、“"};
    gj_text texts[2];
    for (int lang = 0; lang < 2; lang++) {
        gjb_buffer words;
        gjb_buffer_init(&words, c->diags->arena->allocator);
        for (uint32_t i = 0; i + 1 < chain->count; i++) {
            if (i > 0 && chain->rules[i] == chain->rules[i - 1])
                continue;
            gjb_buffer_add_string(&words, i > 0 ? betweens[lang] : "");
            gjb_buffer_add_text(&words, chain->rules[i]->label.name);
        }
        texts[lang] = gjb_arena_text(c->diags->arena, gjb_buffer_text(&words));
        c->diags->out_of_memory =
            c->diags->out_of_memory || words.failed || texts[lang].bytes == NULL;
        gjb_buffer_deinit(&words);
    }
    return (gjc_arg){.en = texts[GJ_EN], .zh = texts[GJ_ZH]};
}

/* Of the way found last. */
static void chain_tell(checking *c, const gjc_rule *apart, const gjc_chain *chain)
{
    gjc_diag *diag = gjc_diag_add(c->diags, GJC_W0709, apart->label.span, joined_words(c, chain),
                                  gjc_arg_text(apart->label.name));
    diag->args[2] = way_words(c);
    for (uint32_t i = 0; i + 1 < chain->count; i++)
        if (i == 0 || chain->rules[i] != chain->rules[i - 1])
            gjc_diag_note_add(c->diags, diag, chain->rules[i]->label.span,
                              gjc_arg_words("the other", "另一处"));
}

static bool is_rule_told(const checking *c, const gjc_rule *rule)
{
    for (uint32_t i = 0; i < c->ward_count; i++)
        if (c->wards[i].rule == rule)
            return c->is_told[i];
    return false;
}

static bool is_chain_told(const checking *c, const gjc_chain *chain)
{
    for (uint32_t i = 0; i + 1 < chain->count; i++)
        if (is_rule_told(c, chain->rules[i]))
            return true;
    return false;
}

/* W0709: acts that rules want of one officer, one after the other, and that this one wants of two.
 * The way keeps the first where one officer does it all. Once for each rule that begins so. */
static void apart_check(checking *c, const gjc_rule *apart, gjb_arena *arena)
{
    const gjc_graph *graph = c->product.runs->graph;
    const gjc_rule *told = NULL;
    for (uint32_t i = 0; i < c->model->action_count; i++)
        for (uint32_t j = 0; j < i && c->product.work <= c->product.work_max; j++) {
            gjc_chain chain;
            c->product.work++;
            if (c->are_joined[i] && c->are_joined[j] && gjc_hands_are_apart(graph, apart, j, i) &&
                gjc_hands_chain(graph, j, i, arena, &chain) && chain.rules[0] != told &&
                !is_chain_told(c, &chain) && chain_done(c, &chain) == GJC_WAY_FOUND) {
                chain_tell(c, apart, &chain);
                told = chain.rules[0];
            }
        }
}

static void officers_check(checking *c, gjb_arena *arena)
{
    const gjc_model *model = c->model;
    bool any = false;
    c->are_joined = gjb_arena_make(arena, model->action_count, sizeof *c->are_joined);
    c->diags->out_of_memory = c->diags->out_of_memory || c->are_joined == NULL;
    for (uint32_t i = 0; c->are_joined != NULL && i < model->rule_count; i++) {
        const gjc_rule *rule = &model->rules[i];
        for (uint32_t j = 0; gjc_hands_join(rule) && j < rule->role_count; j++)
            any = c->are_joined[rule->roles[j].action] = true;
    }
    for (uint32_t i = 0; any && i < model->rule_count; i++)
        if (gjc_hands_separate(&model->rules[i]) && !is_rule_told(c, &model->rules[i]))
            apart_check(c, &model->rules[i], arena);
}

static void pairs_check(checking *c)
{
    for (uint32_t i = 0; i < c->ward_count; i++)
        for (uint32_t j = 0; j < i && c->product.work <= c->product.work_max; j++) {
            const gjc_ward *later = &c->wards[i], *first = &c->wards[j];
            c->product.work++;
            if (c->is_told[i] || c->is_told[j] || later->is_loose || first->is_loose ||
                (later->limit != NULL && first->limit != NULL) || both_count(later, first) ||
                !is_about(later, first))
                continue;
            if (!pair_is_told(c, first, later))
                (void)pair_is_told(c, later, first);
        }
}

/* ---- the whole ---- */

static bool *nevers_make(gjc_sampler *sampler, gjb_arena *arena)
{
    const gjc_model *model = sampler->model;
    bool *is_never = gjb_arena_make(arena, model->transition_count, sizeof *is_never);
    for (uint32_t i = 0; is_never != NULL && i < model->transition_count; i++)
        is_never[i] = model->transitions[i].when != NULL &&
                      gjc_sample_is_never(sampler, model->transitions[i].when);
    return is_never;
}

static bool wards_make(checking *c, gjb_arena *arena)
{
    const gjc_model *model = c->model;
    uint32_t most = model->rule_count + model->limit_count;
    c->wards = gjb_arena_make(arena, most, sizeof *c->wards);
    c->is_told = gjb_arena_make(arena, most, sizeof *c->is_told);
    if (c->wards == NULL || c->is_told == NULL)
        return false;
    for (uint32_t i = 0; i < model->rule_count; i++)
        c->ward_count += gjc_ward_of_rule(model, &model->rules[i], &c->wards[c->ward_count]);
    for (uint32_t i = 0; i < model->limit_count; i++)
        c->ward_count += gjc_ward_of_limit(model, &model->limits[i], &c->wards[c->ward_count]);
    return true;
}

static bool product_make(checking *c, gjc_runs *runs, gjb_arena *arena)
{
    const gjc_model *model = c->model;
    uint32_t *free_actions = gjb_arena_make(arena, model->action_count, sizeof *free_actions);
    gjc_product *p = &c->product;
    *p = (gjc_product){.runs = runs,
                       .free_actions = free_actions,
                       .states_max = GJC_CLASHES_STATES_MAX,
                       .work_max = GJC_CLASHES_WORK_MAX,
                       .allocator = arena->allocator};
    p->states = gjb_arena_make(arena, p->states_max, sizeof *p->states);
    p->parents = gjb_arena_make(arena, p->states_max, sizeof *p->parents);
    p->acts = gjb_arena_make(arena, p->states_max, sizeof *p->acts);
    if (free_actions == NULL || p->states == NULL || p->parents == NULL || p->acts == NULL)
        return false;
    for (uint32_t i = 0; i < model->action_count; i++)
        if (!model->actions[i].is_staged)
            free_actions[p->free_count++] = i;
    return true;
}

static void wards_check(checking *c, gjb_arena *arena)
{
    c->any_end = ask(c, &(gjc_quest){.action = GJC_NO_INDEX}) == GJC_NO_WAY;
    for (uint32_t i = 0; i < c->ward_count; i++)
        ward_check(c, i);
    pairs_check(c);
    officers_check(c, arena);
    if (c->is_undecided || c->product.work > c->product.work_max)
        gjc_diag_add(c->diags, GJC_W0710, c->model->label.span, gjc_arg_text(c->model->label.name),
                     gjc_arg_none());
}

_Static_assert(GJC_CHAIN_MAX - 1 <= GJC_PRODUCT_WARDS_MAX, "an act and a ward for each other one");

void gjc_clashes_check(const gjc_graph *graph, gjc_sampler *sampler, gjc_diag_list *diags)
{
    checking c = {.model = graph->model, .diags = diags};
    gjc_runs runs;
    gjb_arena scratch;
    gjb_arena_init(&scratch, diags->arena->allocator);
    const bool *is_never = nevers_make(sampler, &scratch);
    bool made = is_never != NULL && wards_make(&c, &scratch);
    if (made && c.ward_count > 0 && graph->model->region_count > GJC_RUN_REGIONS_MAX) {
        gjc_diag_add(diags, GJC_W0710, graph->model->label.span,
                     gjc_arg_text(graph->model->label.name), gjc_arg_none());
    } else if (made && c.ward_count > 0) {
        made = gjc_runs_init(&runs, graph, is_never, &scratch) && product_make(&c, &runs, &scratch);
        if (made)
            wards_check(&c, &scratch);
    }
    diags->out_of_memory = diags->out_of_memory || !made;
    gjb_arena_deinit(&scratch);
}
