/* SPDX-License-Identifier: Apache-2.0
 *
 * The floors of reading: what the libraries alone cost over the same bytes, and the least that a
 * program does with an event once its texts are there (floor_table.c): its case is looked up by a
 * hash, its action too, and a table says where the case goes. */
#ifndef BENCH_FLOOR_H
#define BENCH_FLOOR_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* NULL: the texts are taken out and nothing is done with them. */
typedef struct floor_table floor_table;
floor_table *floor_table_create(void);
void floor_table_destroy(floor_table *table);
void floor_table_step(floor_table *table, const char *case_id, size_t case_size, const char *action,
                      size_t action_size);
/* Something that depends on every step. */
size_t floor_table_sum(const floor_table *table);

/* Each gives what was counted over the bytes, behind which 64 readable ones lie; 0: that floor is
 * not built in. simdjson's On-Demand visits every value of every line as a text. */
size_t floor_ondemand(const char *bytes, size_t size, floor_table *table);
/* simdjson parses every line to its DOM. */
size_t floor_dom(const char *bytes, size_t size, floor_table *table);
/* Cells found by memchr, whose columns the header names. No quotes. */
size_t floor_cells(const char *bytes, size_t size, floor_table *table);
/* Empty handlers. */
size_t floor_expat(const char *bytes, size_t size, floor_table *table);
size_t floor_libxml2(const char *bytes, size_t size, floor_table *table);

#ifdef __cplusplus
}
#endif
#endif
