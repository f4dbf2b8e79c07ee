/* SPDX-License-Identifier: Apache-2.0
 *
 * The machine's rules of a time zone, read once when a calendar is compiled: a TZif file (RFC 8536)
 * as the tz database installs it. Its table ends some years from now and is followed by a rule in
 * the manner of POSIX ("CET-1CEST,M3.5.0,M10.5.0/3"); here both become one table of changes from
 * 1970 through 2199, so that whoever counts later needs neither the file nor the rule. Changes
 * before 1970 are left out: distributions disagree about them, and no case is that old. */
#ifndef GJC_ZONE_FILE_H
#define GJC_ZONE_FILE_H

#include "base/arena.h"
#include "time/zone.h"

enum { GJC_ZONE_FILE_SIZE_MAX = 256 * 1024, GJC_ZONE_NAME_SIZE_MAX = 100 };

/* GJ_OK: the zone's rows are the arena's, its name is the one given. GJ_IO: there is no such zone
 * here. GJ_MALFORMED: its file cannot be read as RFC 8536 says. */
gj_status gjc_zone_file_load(gj_text name, gjb_arena *arena, gjr_zone *zone);
/* The same from a file's bytes. */
gj_status gjc_zone_file_read(const uint8_t *bytes, size_t size, gjb_arena *arena, gjr_zone *zone);

#endif
