/* SPDX-License-Identifier: Apache-2.0
 *
 * When limits fall due, as a live docket tells of it where a calendar changes. */
#ifndef ARRIVAL_DUES_H
#define ARRIVAL_DUES_H

#include "base/arena.h"

/* Puts the judge in place; whether each limit that is due otherwise by it was told of, and no
 * other. */
bool dues_follow(gj_live *live, const gj_judge *judge, gjb_arena *arena);

#endif
