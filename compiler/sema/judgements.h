/* SPDX-License-Identifier: Apache-2.0
 *
 * `judgement NAME "…" by POST`: what no condition can say is decided by a person, and said to be. A
 * judgement is a truth of the case, and the act of its name that alone tells it; the posts named
 * have the power to. So conditions read it as they read a field, and whoever sees what came of them
 * can be told that it rests on a person's judgement. */
#ifndef GJC_JUDGEMENTS_H
#define GJC_JUDGEMENTS_H

#include "sema/sema.h"

/* Their fields and actions: after the procedure's own fields and regions, before what stages use.
 */
void gjc_judgements_declare(gjc_sema *sema);
/* Who decides. */
void gjc_judgements_resolve(gjc_sema *sema);
/* E0716, and true, where the field is a judgement: a clause that would set it decides it. */
bool gjc_judgements_check_set(gjc_sema *sema, uint32_t field, gjc_span span);

#endif
