/* SPDX-License-Identifier: Apache-2.0
 *
 * What events call things by: names, titles and aliases, as indices; GJR_NONE where there is none.
 * A name stands before every title, so that a title never hides another's name, and posts of one
 * name are told apart by their department. */
#ifndef GJR_NAMES_H
#define GJR_NAMES_H

#include "judge/judge.h"

/* Fills the judge's maps; false when memory ends. */
bool gjr_names_make(gj_judge *judge);

uint32_t gjr_judge_find_action(const gj_judge *judge, gj_text name);
uint32_t gjr_judge_find_field(const gj_judge *judge, gj_text name);
/* The action's parameter of that name or title, a row of the fields, or GJR_NONE. */
uint32_t gjr_judge_find_parameter(const gj_judge *judge, uint32_t action, gj_text name);
uint32_t gjr_judge_find_document(const gj_judge *judge, gj_text name);
uint32_t gjr_judge_find_department(const gj_judge *judge, gj_text name);
/* A post of that department where one is told and known, else the first of that name. */
uint32_t gjr_judge_find_post(const gj_judge *judge, gj_text name, gj_text department);
/* Whether a post's department calls it so: an event that tells no department may mean this one. */
bool gjr_judge_post_is_called(const gj_judge *judge, uint32_t post, gj_text name);
/* An enum's member by name or title: its ordinal in the enumeration. */
uint32_t gjr_judge_find_member(const gj_judge *judge, uint32_t enumeration, gj_text name);

#endif
