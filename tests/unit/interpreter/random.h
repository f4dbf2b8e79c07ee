/* SPDX-License-Identifier: Apache-2.0
 *
 * Random procedures, as source text, and random cases of them. Everything comes from one seed. */
#ifndef PLAIN_RANDOM_H
#define PLAIN_RANDOM_H

#include "base/buffer.h"
#include "unit/interpreter/case.h"
#include "unit/interpreter/catalogue.h"

typedef struct chance {
    uint64_t state;
} chance;

/* 0 … count - 1. */
static inline int chance_pick(chance *c, int count)
{
    uint64_t z = c->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (int)((z ^ (z >> 31)) % (uint64_t)count);
}

/* True once in so many. */
static inline bool chance_one_in(chance *c, int count)
{
    return chance_pick(c, count) == 0;
}

/* ---- procedures ---- */

enum { NAMES_MAX = 48, NAME_SIZE = 24 };
typedef struct names {
    char items[NAMES_MAX][NAME_SIZE];
    int count;
} names;

/* A name that stands inside one expression alone: a function's parameter, or an item. */
typedef struct local_name {
    char name[NAME_SIZE];
    want of;
    bool list;
} local_name;

enum { LOCALS_MAX = 12, FUNCTIONS_MAX = 6, TABLES_MAX = 3, GIVEN_MAX = 4 };
typedef struct written_function {
    char name[NAME_SIZE];
    want of; /* what it gives */
    bool list;
    bool collects; /* a table, whose list is only asked something */
    local_name given[GIVEN_MAX];
    int given_count;
} written_function;

/* What has been written so far, so that what follows can speak of it. */
typedef struct writing {
    chance chance;
    gjb_buffer *out;
    bool far; /* calendars are published for years: what is stopped may be due long after */
    bool calendar, exchange, branches, law, uses;
    bool in_function; /* which sees nothing of a case */
    bool judges;      /* there is a judgement, `sound` */
    bool lasting;     /* what changes by time alone is not read */
    local_name locals[LOCALS_MAX];
    int local_count, walks;
    written_function functions[FUNCTIONS_MAX + TABLES_MAX];
    int function_count;
    bool fields[32]; /* by the catalogue of expressions.c */
    int parameters;  /* of the action spoken of: a bit each */
    bool asks_first; /* the act that has to be followed may be spoken of, too, whose these are: */
    int first_parameters;
    int action_parameters[NAMES_MAX];
    names actions, limits, documents, posts;
    int staged_count; /* of the actions: those behind them are in no stage */
    int stage_count, region_count;
} writing;

/* What the compiler does not take yet is not written. */
bool kind_is_refused(gjc_kind kind);
bool kind_is_excused(gjc_kind kind);

void write_procedure(uint64_t seed, gjb_buffer *out);
void write_basis(writing *w);
void write_lengths(writing *w, const char *unit, int most);
void write_rule(writing *w, const char *name);
void write_powers(writing *w);
void write_types(writing *w);
void write_functions(writing *w);
void write_tables(writing *w);
void write_fields(writing *w);
void write_parameters(writing *w, int parameters);
void write_calendars(writing *w);
/* A condition; deeper ones hold more operators. */
void write_condition(writing *w, int depth);
/* `FIELD = E` of some field that can be set; false where there is none left. */
bool write_setting(writing *w, unsigned *taken);
/* `FIELD: E`, likewise. */
bool write_telling(writing *w, unsigned *taken);

/* ---- cases ---- */

enum { EVENTS_MAX = 24, DATA_MAX = 8 };
typedef struct told_case {
    gj_event events[EVENTS_MAX];
    int count;
    int64_t until; /* INT64_MAX: the last instant told */
} told_case;

/* Events in their order of time. Texts and data live in the arena. */
void tell_case(const plain *p, chance *c, gjb_arena *arena, told_case *out);
/* Writes it as a scenario, and makes of the events what the scenario says once its corrections and
 * retractions are through. How many lines it has. */
int write_scenario(const plain *p, chance *c, gjb_arena *arena, told_case *told, gjb_buffer *out);

#endif
