/* SPDX-License-Identifier: Apache-2.0
 *
 * Actions: those declared, those a stage has, and those that only a limit, a rule or a condition
 * speaks of, which are declared by that use and are allowed everywhere. In the image they stand in
 * the order in which the procedure first names them. */
#ifndef GJC_ACTIONS_H
#define GJC_ACTIONS_H

#include "sema/sema.h"

/* Every `action`, then every `on`, region by region. */
void gjc_actions_declare(gjc_sema *sema);
/* The action of that name; a name not seen before is added, with W0301 where one is spelt almost
 * like it. GJC_NO_INDEX only when memory ends. */
uint32_t gjc_actions_get(gjc_sema *sema, gj_text name, gjc_span span);

#endif
