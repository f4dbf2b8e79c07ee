/* SPDX-License-Identifier: Apache-2.0
 *
 * A manifest: which libraries a deployment trusts to be called, by the hash of their bytes, and
 * which of their functions under which names and types. JSON, read by jansson; a member that is not
 * known is refused, so that a slip does not quietly grant more than was meant. */
#ifndef GJR_MANIFEST_H
#define GJR_MANIFEST_H

#include "base/arena.h"
#include "base/hash.h"

typedef struct gjr_manifest_native {
    gj_native_signature signature;
    const char *symbol;
    uint32_t timeout_ms;
} gjr_manifest_native;

typedef struct gjr_manifest_library {
    gj_text name;
    const char *path; /* absolute, or from where the program runs */
    uint8_t digest[GJB_HASH_SIZE];
    uint32_t memory_mb;
    bool in_process;
    gjr_manifest_native *natives;
    uint32_t native_count;
} gjr_manifest_library;

typedef struct gjr_manifest {
    gjr_manifest_library *libraries;
    uint32_t library_count;
} gjr_manifest;

/* Made in the arena, and so are the problem's texts. GJ_REFUSED: *problem says why. */
gj_status gjr_manifest_read(const char *path, gjb_arena *arena, gjr_manifest *manifest,
                            gj_native_problem *problem);

#endif
