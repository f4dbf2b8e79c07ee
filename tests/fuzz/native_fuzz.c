/* SPDX-License-Identifier: Apache-2.0
 *
 * What comes from outside about natives: the bytes that a helper sends, which a library may have
 * written itself, and a manifest. The first byte says which: below 128 a value, of the type that it
 * tells; else a manifest. A value that is taken is one of its type. */
#include "base/text.h"
#include "native/manifest.h"
#include "native/signature.h"
#include "native/wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void value_take(const uint8_t *data, size_t size)
{
    gj_native_type type = {(gj_scalar)(data[0] % GJ_SCALAR_COUNT),
                           data[0] / GJ_SCALAR_COUNT % 2 == 1};
    uint8_t *bytes = malloc(size); /* so that a byte too far is seen */
    if (bytes == NULL) {
        return;
    }
    memcpy(bytes, data + 1, size - 1);
    gjr_wire wire = {bytes, bytes + size - 1};
    gj_native_value value;
    gjb_arena arena;
    gjb_arena_init(&arena, gjb_alloc_default());
    if (gjr_wire_take_value(&wire, type, &arena, &value) &&
        !gjr_native_value_is_valid(type, &value)) {
        abort();
    }
    gjb_arena_deinit(&arena);
    free(bytes);
}

static bool sink(void *payload, const char *bytes, size_t size)
{
    (void)bytes;
    *(size_t *)payload += size;
    return true;
}

static void library_look(const gjr_manifest_library *library)
{
    for (uint32_t i = 0; i < library->native_count; i++) {
        if (!gjr_signature_is_valid(&library->natives[i].signature) ||
            library->natives[i].symbol == NULL) {
            abort();
        }
    }
}

static void manifest_read(const uint8_t *data, size_t size)
{
    char path[64];
    gjb_arena arena;
    gjr_manifest manifest;
    gj_native_problem problem;
    size_t told = 0;
    int file = memfd_create("manifest", MFD_CLOEXEC);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    gjb_arena_init(&arena, gjb_alloc_default());
    if (file >= 0 && write(file, data + 1, size - 1) == (ssize_t)(size - 1)) {
        gj_status status = gjr_manifest_read(path, &arena, &manifest, &problem);
        gj_native_problem_print(&problem, GJ_ZH, &(gj_writer){&told, sink});
        if ((status == GJ_REFUSED) != (problem.fault != GJ_NATIVE_FAULT_NONE)) {
            abort();
        }
        for (uint32_t i = 0; status == GJ_OK && i < manifest.library_count; i++) {
            library_look(&manifest.libraries[i]);
        }
    }
    gjb_arena_deinit(&arena);
    close(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    if (data[0] < 128) {
        value_take(data, size);
    } else {
        manifest_read(data, size);
    }
    return 0;
}
