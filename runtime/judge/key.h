/* SPDX-License-Identifier: Apache-2.0
 *
 * The key by which a limit's clock is kept, or a rule stands by itself, as findings and people call
 * it. */
#ifndef GJR_KEY_H
#define GJR_KEY_H

#include "judge/raised.h"

/* "A-3", "7", "2024-03-08"; of a choice its name, or its title. In the arena; absent where there is
 * no key. False when memory ends. */
bool gjr_key_text(const gj_judge *judge, gj_subject_kind of, uint32_t index,
                  const gjr_raised_key *key, bool title, gjb_arena *arena, gj_text *text);

#endif
