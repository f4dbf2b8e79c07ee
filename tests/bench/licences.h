/* SPDX-License-Identifier: Apache-2.0
 *
 * Licences as an office tells of them, and an engine that keeps them: one procedure of four acts
 * within a limit, told event by event of cases that go on side by side. No case comes to be late.
 * What measures the engine measures it on these. */
#ifndef BENCH_LICENCES_H
#define BENCH_LICENCES_H

#include <guiju/engine.h>

enum {
    LICENCE_STEPS = 4,   /* events of a case */
    LICENCE_AHEAD = 997, /* cases that are open side by side */
    LICENCE_PATH_SIZE = 256,
};

/* Ends the program, and says what failed. */
void must(bool holds, const char *what);

/* One act of a licence; its event borrows from it. */
typedef struct licence_act {
    gj_event event;
    char case_id[32], id[32];
} licence_act;

/* The n-th that is told: each case's lie LICENCE_AHEAD apart. */
void licence_act_make(licence_act *act, size_t n);
/* The first of the n-th case, for stores of many that have just begun. */
void licence_begin_make(licence_act *act, size_t n);
/* The step-th of the n-th case, from 0. Any number of steps may be told: all but the first three
 * are inspections, which leave the case where it is. */
void licence_long_make(licence_act *act, size_t n, size_t step);
/* When the n-th is told. */
gj_instant licence_time(size_t n);

/* Files beside one another in TMPDIR, of this process. */
void licence_path_make(char path[LICENCE_PATH_SIZE], const char *name, const char *ending);
void licence_files_remove(const char *name);
/* The store's own file, where it was checkpointed. */
size_t licence_file_size(const char *name);

/* Opens the store of that name, made where there is none; where it is, the procedure is deployed.
 * The caller closes it. */
gj_engine *licence_engine_open(const char *name, gj_instant now);
/* The same with a procedure of the caller's own, as source. */
gj_engine *licence_rules_open(const char *name, const char *rules, gj_instant now);

#endif
