/* SPDX-License-Identifier: Apache-2.0
 *
 * How often each name came up: subjects, limits, posts, officers. A name is copied once, when it is
 * first seen, so that counting a million findings allocates for their kinds and not for each. */
#ifndef CLI_CENSUS_H
#define CLI_CENSUS_H

#include <guiju/guiju.h>

typedef struct cli_entry {
    gj_code code;
    gj_text name, title; /* owned by the census */
    uint64_t count, open;
    uint64_t severities[3];
    /* Of late findings: by how much, in units, unsorted until cli_entry_median. */
    gj_unit unit;
    uint64_t *overs;
    size_t over_count, over_capacity;
} cli_entry;

typedef struct cli_census {
    cli_entry *entries; /* in the order first seen, until sorted */
    size_t count, capacity;
    uint32_t *slots; /* entry's index + 1, by hash; 0 is empty */
    size_t slot_count;
    bool failed; /* out of memory: from then on nothing new is counted */
} cli_census;

/* {0} is an empty census. */
void cli_census_deinit(cli_census *census);
/* The entry of (code, name), made where there is none; NULL when out of memory. */
cli_entry *cli_census_get(cli_census *census, gj_code code, gj_text name, gj_text title);
/* Most frequent first, then by name; the look-up ends here. */
void cli_census_sort(cli_census *census);

bool cli_entry_add_over(cli_entry *entry, uint64_t over);
/* The lower median and the most; 0 where there is none. Sorts the overs. */
uint64_t cli_entry_median(cli_entry *entry);
uint64_t cli_entry_most(const cli_entry *entry);

#endif
