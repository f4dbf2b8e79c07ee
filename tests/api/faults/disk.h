/* SPDX-License-Identifier: Apache-2.0
 *
 * A disk in memory on which SQLite keeps its files, as its default VFS. Any operation on it can be
 * made to fail, and it can lose power: then what was written since the last sync is partly there
 * and partly not, sector by sector, in any order, as sqlite.org/atomiccommit.html assumes of a
 * disk. For one thread. */
#ifndef TESTS_DISK_H
#define TESTS_DISK_H

#include <stdbool.h>
#include <stdint.h>

typedef enum disk_operation {
    DISK_READ,
    DISK_WRITE,
    DISK_SYNC,
    DISK_TRUNCATE,
    DISK_OPERATIONS
} disk_operation;

typedef enum disk_fault {
    DISK_ERROR,
    DISK_SHORT, /* of a write: half of it is written, and then it fails */
    DISK_FULL,  /* of a write: there is no room, then or ever after, until it is mended */
    DISK_POWER, /* the power goes: nothing works any more */
} disk_fault;

/* Makes it SQLite's default. False where SQLite will not have it. */
bool disk_begin(void);
void disk_wipe(void);

/* What it holds now, to go back to: one such state is kept. */
void disk_keep(void);
void disk_go_back(void);

/* The operation of that kind that follows so many others of it fails (0: the next one). */
void disk_fail_at(disk_operation operation, uint64_t after, disk_fault fault);
/* Nothing fails any more. After a power cut: the power comes back, and chance says what was kept.
 */
void disk_mend(uint64_t chance);
/* Whether it came to the failure. */
bool disk_has_failed(void);
/* How many operations of that kind there were since the disk was wiped or gone back to. */
uint64_t disk_count(disk_operation operation);
/* How often anything on it was locked or unlocked: whoever reads or writes does so. */
uint64_t disk_lock_count(void);

#endif
