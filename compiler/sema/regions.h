/* SPDX-License-Identifier: Apache-2.0
 *
 * Regions: the procedure and, in stages that run branches, each branch. A name of a stage, a limit
 * or a rule belongs to the region that declares it: inside, the nearest one is meant; siblings may
 * use the same names, and nothing may hide a name of a region around it. */
#ifndef GJC_REGIONS_H
#define GJC_REGIONS_H

#include "sema/sema.h"

#include <stddef.h>

/* Labels whose items also say in which region they were declared. */
typedef struct gjc_scoped {
    gjc_labels labels;
    size_t region_offset;
} gjc_scoped;

static inline gjc_scoped gjc_scoped_stages(const gjc_model *model)
{
    return (gjc_scoped){GJC_LABELS(model->stages, model->stage_count), offsetof(gjc_stage, region)};
}

static inline gjc_scoped gjc_scoped_limits(const gjc_model *model)
{
    return (gjc_scoped){GJC_LABELS(model->limits, model->limit_count), offsetof(gjc_limit, region)};
}

static inline gjc_scoped gjc_scoped_rules(const gjc_model *model)
{
    return (gjc_scoped){GJC_LABELS(model->rules, model->rule_count), offsetof(gjc_rule, region)};
}

/* Every region with its stages, outer ones first. */
void gjc_regions_declare(gjc_sema *sema, const gjc_node *procedure);
/* The branches of a stage, which no later region comes between. */
void gjc_regions_declare_branches(gjc_sema *sema, uint32_t stage, const gjc_node *parallel);
/* Whose they are, and where the stage goes on when they have finished. */
void gjc_regions_resolve_branches(gjc_sema *sema, uint32_t stage, const gjc_node *parallel);
/* The stage of a `->` in the region being read; GJC_NO_INDEX where there is none, reported. */
uint32_t gjc_regions_find_target(gjc_sema *sema, const gjc_node *clause);

/* In the region being read or, failing that, the nearest around it; GJC_NO_INDEX: nowhere. */
uint32_t gjc_regions_find(const gjc_sema *sema, gjc_scoped scoped, gj_text name);
/* That, or in a branch inside when only one has it. E0301 or E0529 at the span where none is meant.
 */
uint32_t gjc_regions_find_inside(gjc_sema *sema, gjc_scoped scoped, gj_text name, gjc_span span,
                                 gjc_arg noun);
/* E0302 where the region or one around it has the name. */
bool gjc_regions_check_taken(gjc_sema *sema, gjc_scoped scoped, const gjc_label *label,
                             gjc_arg noun);

#endif
