/* SPDX-License-Identifier: Apache-2.0
 *
 * Who may do an act. A stage's clause grants it (`by`) and so does a post's block (`may`); where
 * the block says `may … when`, that post has it only then. What nobody is granted is open to all.
 * What a post must never do is asked apart, and of every act, whatever its order: no grant excuses
 * it.
 *
 * A post told without its department is each of that name: the act is in order if it is for one. */
#ifndef GJR_POWERS_H
#define GJR_POWERS_H

#include "judge/step.h"

/* unauthorised: another post acted than those to whom the transition, or GJR_NONE where the act is
 * in no stage, and the posts' blocks grant the action. */
void gjr_powers_check_grant(gjr_sitting *step, uint32_t action, uint32_t transition);
/* forbidden: the post's own block says never. */
void gjr_powers_check_never(gjr_sitting *step, uint32_t action);

#endif
