/* SPDX-License-Identifier: Apache-2.0
 *
 * What rule sets are made of, for whoever deploys them (deploying.c). What fails is noted. */
#ifndef GJR_RULE_SETS_H
#define GJR_RULE_SETS_H

#include "durable/engine.h"

gj_status gjr_rule_sets_image_load(gj_engine *engine, gj_bytes bytes, gj_image **image);
/* One procedure of the image, with those calendars; nothing is put in force. */
gj_status gjr_rule_set_make(gj_engine *engine, gj_bytes image, gj_text procedure,
                            const gj_bytes *calendars, size_t calendar_count, gjr_rule_set **made);
void gjr_rule_set_destroy(const gj_engine *engine, gjr_rule_set *rules);
/* It is there from now on, and in force where no later version of its procedure is. */
void gjr_rule_set_put(gj_engine *engine, gjr_rule_set *rules);

/* As it is stored, by its identity, copied into the arena. What fails is the store's. */
gj_status gjr_rule_sets_image_read(gj_engine *engine, gj_text identity, gjb_arena *arena,
                                   gj_bytes *image);

#endif
