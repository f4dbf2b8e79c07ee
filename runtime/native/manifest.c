/* SPDX-License-Identifier: Apache-2.0
 *
 * See manifest.h. The one file that knows jansson. */
#include "native/manifest.h"

#include "base/buffer.h"
#include "base/text.h"
#include "native/signature.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum {
    MANIFEST_SIZE_MAX = 1 << 20,
    TIMEOUT_MS = 1000, /* where nothing is said */
    MEMORY_MB = 256,
    MEMORY_MB_MIN = 32, /* what a process with a library in it needs before it does anything */
    MEMORY_MB_MAX = 65536,
};

typedef struct reading {
    gjb_arena *arena;
    gj_native_problem *problem;
    const char *path;
    gj_text library, native; /* at hand, for the problem */
    bool no_memory;
} reading;

static bool refuse(reading *r, const char *field)
{
    if (r->problem->fault == GJ_NATIVE_FAULT_NONE) {
        *r->problem = (gj_native_problem){.fault = GJ_NATIVE_FAULT_FIELD,
                                          .library = r->library,
                                          .native = r->native,
                                          .text = gjb_arena_text(r->arena, gjb_text_of(field))};
    }
    return false;
}

static void *make(reading *r, size_t count, size_t size)
{
    void *made = gjb_arena_make(r->arena, count, size);
    r->no_memory |= made == NULL;
    return made;
}

/* ---- members ---- */

/* Whether the object has these members and no others; `known` ends with NULL. */
static bool is_known(reading *r, json_t *object, const char *const *known)
{
    const char *key;
    json_t *value;
    if (!json_is_object(object)) {
        return refuse(r, r->native.size > 0 || r->library.size > 0 ? "natives" : "libraries");
    }
    json_object_foreach(object, key, value)
    {
        size_t i = 0;
        while (known[i] != NULL && strcmp(known[i], key) != 0) {
            i++;
        }
        if (known[i] == NULL) {
            return refuse(r, key);
        }
    }
    return true;
}

static bool text_take(reading *r, json_t *object, const char *key, gj_text *text)
{
    json_t *value = json_object_get(object, key);
    if (!json_is_string(value) || json_string_length(value) == 0) {
        return refuse(r, key);
    }
    *text =
        gjb_arena_text(r->arena, (gj_text){json_string_value(value), json_string_length(value)});
    r->no_memory |= text->bytes == NULL;
    return !r->no_memory;
}

/* What stands there already stays where nothing is said. */
static bool word_take(reading *r, json_t *object, const char *key, json_int_t least,
                      json_int_t greatest, uint32_t *word)
{
    json_t *value = json_object_get(object, key);
    if (value == NULL) {
        return true;
    }
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < least || number > greatest) {
        return refuse(r, key);
    }
    *word = (uint32_t)number;
    return true;
}

static bool truth_take(reading *r, json_t *object, const char *key, bool *truth)
{
    json_t *value = json_object_get(object, key);
    if (value != NULL && !json_is_boolean(value)) {
        return refuse(r, key);
    }
    *truth = json_is_true(value);
    return true;
}

static json_t *array_take(reading *r, json_t *object, const char *key)
{
    json_t *value = json_object_get(object, key);
    if (!json_is_array(value)) {
        refuse(r, key);
        return NULL;
    }
    return value;
}

static int digit_of(char byte)
{
    return byte >= '0' && byte <= '9'   ? byte - '0'
           : byte >= 'a' && byte <= 'f' ? byte - 'a' + 10
           : byte >= 'A' && byte <= 'F' ? byte - 'A' + 10
                                        : -1;
}

static bool digest_take(reading *r, json_t *object, uint8_t digest[GJB_HASH_SIZE])
{
    gj_text text = {NULL, 0};
    if (!text_take(r, object, "sha256", &text)) {
        return false;
    }
    for (size_t i = 0; i < GJB_HASH_SIZE; i++) {
        int high = text.size == 2 * GJB_HASH_SIZE ? digit_of(text.bytes[2 * i]) : -1;
        int low = high < 0 ? -1 : digit_of(text.bytes[2 * i + 1]);
        if (low < 0) {
            return refuse(r, "sha256");
        }
        digest[i] = (uint8_t)(high * 16 + low);
    }
    return true;
}

/* Beside the manifest, unless it is absolute. */
static bool path_take(reading *r, json_t *object, const char **path)
{
    gj_text file = {NULL, 0};
    if (!text_take(r, object, "file", &file)) {
        return false;
    }
    const char *slash = strrchr(r->path, '/');
    gjb_buffer whole;
    gjb_buffer_init(&whole, r->arena->allocator);
    if (file.bytes[0] != '/' && slash != NULL) {
        gjb_buffer_add(&whole, r->path, (size_t)(slash - r->path) + 1);
    }
    gjb_buffer_add_text(&whole, file);
    gj_text made = gjb_arena_text(r->arena, gjb_buffer_text(&whole));
    r->no_memory |= whole.failed || made.bytes == NULL;
    gjb_buffer_deinit(&whole);
    *path = made.bytes;
    return !r->no_memory;
}

/* ---- natives ---- */

static bool type_take(reading *r, json_t *value, const char *key, gj_native_type *type)
{
    gj_text text = {json_string_value(value), json_string_length(value)};
    return (json_is_string(value) && gjr_native_type_parse(text, type)) || refuse(r, key);
}

static bool parameters_take(reading *r, json_t *object, gj_native_signature *signature)
{
    json_t *list = array_take(r, object, "parameters");
    if (list == NULL) {
        return false;
    }
    size_t count = json_array_size(list);
    if (count > GJ_NATIVE_PARAMETERS_MAX) {
        return refuse(r, "parameters");
    }
    gj_native_type *parameters = make(r, count, sizeof *parameters);
    bool taken = parameters != NULL;
    for (size_t i = 0; taken && i < count; i++) {
        taken = type_take(r, json_array_get(list, i), "parameters", &parameters[i]);
    }
    signature->parameters = parameters;
    signature->parameter_count = count;
    return taken;
}

static bool native_take(reading *r, json_t *object, gjr_manifest_native *native)
{
    static const char *const known[] = {"name", "symbol",     "parameters", "result",
                                        "pure", "timeout_ms", NULL};
    gj_native_signature *signature = &native->signature;
    gj_text symbol = {NULL, 0};
    signature->library = r->library;
    native->timeout_ms = TIMEOUT_MS;
    if (!is_known(r, object, known) || !text_take(r, object, "name", &signature->name)) {
        return false;
    }
    r->native = symbol = signature->name;
    bool taken =
        (json_object_get(object, "symbol") == NULL || text_take(r, object, "symbol", &symbol)) &&
        parameters_take(r, object, signature) &&
        type_take(r, json_object_get(object, "result"), "result", &signature->result) &&
        truth_take(r, object, "pure", &signature->pure) &&
        word_take(r, object, "timeout_ms", 1, GJ_NATIVE_TIMEOUT_MAX, &native->timeout_ms);
    native->symbol = symbol.bytes;
    r->native = (gj_text){NULL, 0};
    return taken;
}

static bool library_take(reading *r, json_t *object, gjr_manifest_library *library)
{
    static const char *const known[] = {"name",       "file",    "sha256", "memory_mb",
                                        "in_process", "natives", NULL};
    library->memory_mb = MEMORY_MB;
    if (!is_known(r, object, known) || !text_take(r, object, "name", &library->name)) {
        return false;
    }
    r->library = library->name;
    json_t *list = NULL;
    bool taken =
        path_take(r, object, &library->path) && digest_take(r, object, library->digest) &&
        word_take(r, object, "memory_mb", MEMORY_MB_MIN, MEMORY_MB_MAX, &library->memory_mb) &&
        truth_take(r, object, "in_process", &library->in_process) &&
        (list = array_take(r, object, "natives")) != NULL;
    size_t count = json_array_size(list);
    library->natives = taken ? make(r, count, sizeof *library->natives) : NULL;
    taken = library->natives != NULL;
    for (size_t i = 0; taken && i < count; i++) {
        taken = native_take(r, json_array_get(list, i), &library->natives[i]);
    }
    library->native_count = (uint32_t)count;
    r->library = (gj_text){NULL, 0};
    return taken;
}

static bool manifest_take(reading *r, json_t *object, gjr_manifest *manifest)
{
    static const char *const known[] = {"libraries", NULL};
    json_t *list = is_known(r, object, known) ? array_take(r, object, "libraries") : NULL;
    if (list == NULL) {
        return false;
    }
    size_t count = json_array_size(list);
    manifest->libraries = make(r, count, sizeof *manifest->libraries);
    manifest->library_count = (uint32_t)count;
    bool taken = manifest->libraries != NULL;
    for (size_t i = 0; taken && i < count; i++) {
        taken = library_take(r, json_array_get(list, i), &manifest->libraries[i]);
    }
    return taken;
}

/* ---- the file ---- */

static bool file_read(reading *r, gjb_buffer *bytes)
{
    char piece[4096];
    FILE *file = fopen(r->path, "rbe");
    size_t got = 1;
    bool read = file != NULL;
    while (read && got > 0) {
        got = fread(piece, 1, sizeof piece, file);
        gjb_buffer_add(bytes, piece, got);
        if (bytes->size > MANIFEST_SIZE_MAX) {
            errno = EFBIG;
            read = false;
        }
    }
    read = read && ferror(file) == 0;
    int error = errno;
    if (file != NULL) {
        fclose(file);
    }
    if (!read) {
        *r->problem = (gj_native_problem){.fault = GJ_NATIVE_FAULT_IO,
                                          .text = gjb_arena_text(r->arena, gjb_text_of(r->path)),
                                          .error_number = error};
    }
    r->no_memory |= bytes->failed;
    return read && !bytes->failed;
}

static json_t *bytes_parse(reading *r, const gjb_buffer *bytes)
{
    json_error_t error;
    json_t *parsed = json_loadb(bytes->bytes, bytes->size, JSON_REJECT_DUPLICATES, &error);
    if (parsed == NULL) {
        gj_text note = gjb_arena_text(r->arena, gjb_text_of(error.text));
        *r->problem = (gj_native_problem){.fault = GJ_NATIVE_FAULT_SYNTAX,
                                          .note = note.bytes,
                                          .line = error.line > 0 ? (uint64_t)error.line : 0};
    }
    return parsed;
}

gj_status gjr_manifest_read(const char *path, gjb_arena *arena, gjr_manifest *manifest,
                            gj_native_problem *problem)
{
    reading r = {.arena = arena, .problem = problem, .path = path};
    gjb_buffer bytes;
    gjb_buffer_init(&bytes, arena->allocator);
    *problem = (gj_native_problem){.fault = GJ_NATIVE_FAULT_NONE};
    *manifest = (gjr_manifest){NULL, 0};
    json_t *parsed = file_read(&r, &bytes) ? bytes_parse(&r, &bytes) : NULL;
    bool taken = parsed != NULL && manifest_take(&r, parsed, manifest);
    json_decref(parsed);
    gjb_buffer_deinit(&bytes);
    return taken ? GJ_OK : r.no_memory ? GJ_NO_MEMORY : GJ_REFUSED;
}
