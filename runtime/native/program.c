/* SPDX-License-Identifier: Apache-2.0
 *
 * Where the program `guiju-native` is: the tree that it was installed in may have been moved, so it
 * is looked for from where the code of this library is, and from where the program is that runs. */
#include "native/helper.h"

#include "base/buffer.h"
#include "base/text.h"

#include <dlfcn.h>
#include <limits.h>
#include <unistd.h>

#ifndef GUIJU_HELPER_PATH
#define GUIJU_HELPER_PATH "/usr/local/libexec/guiju/guiju-native"
#endif

static const char *const places[] = {
    "guiju-native",                     /* in the folder of what was built */
    "../guiju-native",                  /* of its tests */
    "../libexec/guiju/guiju-native",    /* seen from bin or lib, */
    "../../libexec/guiju/guiju-native", /* or from lib/NAME */
};

/* Of files beside which it may lie: absolute, else absent. */
static gj_text folder_of(gj_text path)
{
    size_t size = path.size;
    while (size > 0 && path.bytes[size - 1] != '/') {
        size--;
    }
    return size > 0 && path.bytes[0] == '/' ? gjb_text_slice(path, 0, size) : (gj_text){NULL, 0};
}

static const char *runnable(gj_text folder, const char *place, gjb_arena *arena)
{
    gjb_buffer path;
    gjb_buffer_init(&path, arena->allocator);
    gjb_buffer_add_text(&path, folder);
    gjb_buffer_add_string(&path, place);
    gj_text made = path.failed ? (gj_text){NULL, 0} : gjb_arena_text(arena, gjb_buffer_text(&path));
    gjb_buffer_deinit(&path);
    return made.bytes != NULL && access(made.bytes, X_OK) == 0 ? made.bytes : NULL;
}

static const char *find_from(gj_text folder, gjb_arena *arena)
{
    const char *found = NULL;
    for (size_t i = 0; folder.size > 0 && found == NULL && i < sizeof places / sizeof *places;
         i++) {
        found = runnable(folder, places[i], arena);
    }
    return found;
}

const char *gjr_helper_find(gjb_arena *arena)
{
    static const char here = 0; /* something of this library's */
    Dl_info info = {0};
    char self[PATH_MAX];
    gj_text library = {NULL, 0}, program = {NULL, 0};
    if (dladdr(&here, &info) != 0) {
        library = gjb_text_of(info.dli_fname);
    }
    ssize_t size = readlink("/proc/self/exe", self, sizeof self);
    if (size > 0 && (size_t)size < sizeof self) {
        program = (gj_text){self, (size_t)size};
    }
    const char *found = find_from(folder_of(library), arena);
    found = found == NULL ? find_from(folder_of(program), arena) : found;
    return found == NULL ? runnable(gjb_text_of(""), GUIJU_HELPER_PATH, arena) : found;
}
