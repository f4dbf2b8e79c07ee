/* SPDX-License-Identifier: Apache-2.0
 *
 * See natives.h. */
#include "native/natives.h"

#include "base/text.h"
#include "native/helper.h"
#include "native/library.h"
#include "native/manifest.h"
#include "native/signature.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

typedef struct granted_library {
    struct granted_library *next;
    gj_text name;
    int descriptor;
    bool in_process;
    void *loaded; /* in this process */
    gjr_helper helper;
    gjr_helper_function *functions;
    pthread_mutex_t lock;
} granted_library;

typedef struct granted {
    struct granted *next;
    gj_native_signature signature;
    gj_native_call call; /* of the host, with its payload; or NULL */
    void *payload;
    granted_library *library; /* of which it is a function, */
    uint32_t function;        /* by this number, in the helper; */
    gjr_foreign *foreign;     /* or this, in this process */
    uint32_t timeout_ms;
} granted;

struct gj_natives {
    const gj_allocator *allocator;
    gjb_arena arena; /* what is granted */
    gjb_arena words; /* what the problem says */
    const char *helper;
    granted_library *libraries;
    granted **items; /* as they are numbered */
    size_t count, capacity;
    gj_native_problem problem;
};

/* ---- life ---- */

gj_status gj_natives_create(const gj_natives_options *options, gj_natives **made)
{
    if (made == NULL || (options != NULL && options->size < sizeof *options)) {
        return GJ_BAD_ARGUMENT;
    }
    const gj_allocator *allocator =
        gjb_alloc_or_default(options != NULL ? options->allocator : NULL);
    gj_natives *natives = gjb_alloc_create(allocator, 1, sizeof *natives);
    *made = natives;
    if (natives == NULL) {
        return GJ_NO_MEMORY;
    }
    natives->allocator = allocator;
    gjb_arena_init(&natives->arena, allocator);
    gjb_arena_init(&natives->words, allocator);
    if (options != NULL && options->helper != NULL) {
        natives->helper = gjb_arena_text(&natives->arena, gjb_text_of(options->helper)).bytes;
    } else {
        natives->helper = gjr_helper_find(&natives->arena);
    }
    return GJ_OK;
}

static void library_close(granted_library *library)
{
    gjr_helper_deinit(&library->helper);
    gjr_library_unload(library->loaded);
    close(library->descriptor);
    pthread_mutex_destroy(&library->lock);
}

static void libraries_close(granted_library *library, const granted_library *last)
{
    for (; library != last; library = library->next) {
        library_close(library);
    }
}

void gj_natives_destroy(gj_natives *natives)
{
    if (natives == NULL) {
        return;
    }
    const gj_allocator *allocator = natives->allocator;
    libraries_close(natives->libraries, NULL);
    gjb_alloc_destroy(allocator, natives->items, natives->capacity, sizeof *natives->items);
    gjb_arena_deinit(&natives->arena);
    gjb_arena_deinit(&natives->words);
    gjb_alloc_destroy(allocator, natives, 1, sizeof *natives);
}

const gj_native_problem *gj_natives_problem(const gj_natives *natives)
{
    return &natives->problem;
}

static void problem_clear(gj_natives *natives)
{
    gjb_arena_reset(&natives->words);
    natives->problem = (gj_native_problem){.fault = GJ_NATIVE_FAULT_NONE};
}

/* ---- granting ---- */

size_t gjr_natives_find(const gj_natives *natives, gj_text name)
{
    for (size_t i = 0; i < natives->count; i++) {
        if (gjb_text_equal(natives->items[i]->signature.name, name)) {
            return i;
        }
    }
    return GJ_NO_INDEX;
}

static gj_status room_make(gj_natives *natives, size_t more)
{
    size_t wanted = natives->count + more;
    if (wanted <= natives->capacity) {
        return GJ_OK;
    }
    wanted += wanted / 2;
    granted **items = gjb_alloc_resize(natives->allocator, natives->items, natives->capacity,
                                       wanted, sizeof *items);
    if (items == NULL) {
        return GJ_NO_MEMORY;
    }
    natives->items = items;
    natives->capacity = wanted;
    return GJ_OK;
}

static gj_status twice(gj_natives *natives, gj_text library, gj_text native)
{
    natives->problem =
        (gj_native_problem){.fault = GJ_NATIVE_FAULT_TWICE, .library = library, .native = native};
    return GJ_REFUSED;
}

gj_status gj_natives_register(gj_natives *natives, const gj_native_signature *signature,
                              void *payload, gj_native_call call)
{
    if (natives == NULL || signature == NULL || call == NULL ||
        !gjr_signature_is_valid(signature)) {
        return GJ_BAD_ARGUMENT;
    }
    problem_clear(natives);
    granted *made = gjb_arena_make(&natives->arena, 1, sizeof *made);
    if (made == NULL || !gjr_signature_copy(signature, &natives->arena, &made->signature) ||
        room_make(natives, 1) != GJ_OK) {
        return GJ_NO_MEMORY;
    }
    if (gjr_natives_find(natives, signature->name) != GJ_NO_INDEX) {
        return twice(natives, made->signature.library, made->signature.name);
    }
    made->call = call;
    made->payload = payload;
    natives->items[natives->count++] = made;
    return GJ_OK;
}

/* ---- a library of a manifest ---- */

static gj_status refuse(gj_natives *natives, const gjr_manifest_library *from,
                        gj_native_problem problem)
{
    problem.library = from->name;
    natives->problem = problem;
    return GJ_REFUSED;
}

static gj_status bytes_open(gj_natives *natives, const gjr_manifest_library *from, int *descriptor)
{
    uint8_t digest[GJB_HASH_SIZE];
    char hex[2 * GJB_HASH_SIZE + 1];
    *descriptor = gjr_library_open(from->path, digest);
    if (*descriptor < 0) {
        return refuse(natives, from,
                      (gj_native_problem){.fault = GJ_NATIVE_FAULT_IO,
                                          .text = gjb_text_of(from->path),
                                          .error_number = errno});
    }
    if (memcmp(digest, from->digest, sizeof digest) == 0) {
        return GJ_OK;
    }
    close(*descriptor);
    gjb_hash_hex(digest, sizeof digest, hex);
    return refuse(natives, from,
                  (gj_native_problem){.fault = GJ_NATIVE_FAULT_HASH,
                                      .text = gjb_arena_text(&natives->words, gjb_text_of(hex))});
}

/* Into this process: each function is looked up now. */
static gj_status load_here(gj_natives *natives, const gjr_manifest_library *from,
                           granted_library *library, granted *items)
{
    const char *note = NULL;
    library->loaded = gjr_library_load(library->descriptor, &note);
    if (library->loaded == NULL) {
        gj_text kept = gjb_arena_text(&natives->words, gjb_text_of(note));
        return refuse(natives, from,
                      (gj_native_problem){.fault = GJ_NATIVE_FAULT_LOAD, .text = kept});
    }
    for (uint32_t i = 0; i < from->native_count; i++) {
        void (*function)(void) = gjr_library_find(library->loaded, from->natives[i].symbol);
        if (function == NULL) {
            return refuse(natives, from,
                          (gj_native_problem){.fault = GJ_NATIVE_FAULT_SYMBOL,
                                              .text = gjb_text_of(from->natives[i].symbol)});
        }
        items[i].foreign = gjr_foreign_make(&items[i].signature, function, &natives->arena);
        if (items[i].foreign == NULL) {
            return GJ_NO_MEMORY;
        }
    }
    return GJ_OK;
}

static gj_status load_apart(gj_natives *natives, const gjr_manifest_library *from,
                            granted_library *library)
{
    gj_native_problem problem = {.fault = GJ_NATIVE_FAULT_NONE};
    if (gjr_helper_start(&library->helper, &problem)) {
        return GJ_OK;
    }
    problem.text = gjb_arena_text(&natives->words, problem.text);
    return refuse(natives, from, problem);
}

static void library_fill(const gj_natives *natives, const gjr_manifest_library *from,
                         granted_library *library, granted *items)
{
    library->name = from->name;
    library->in_process = from->in_process;
    for (uint32_t i = 0; i < from->native_count; i++) {
        items[i].signature = from->natives[i].signature;
        items[i].library = library;
        items[i].function = i;
        items[i].timeout_ms = from->natives[i].timeout_ms;
        library->functions[i] = (gjr_helper_function){&items[i].signature, from->natives[i].symbol};
    }
    library->helper = (gjr_helper){.allocator = natives->allocator,
                                   .program = natives->helper,
                                   .library = library->descriptor,
                                   .memory_mb = from->memory_mb,
                                   .functions = library->functions,
                                   .function_count = from->native_count};
    gjr_helper_init(&library->helper);
    pthread_mutex_init(&library->lock, NULL);
}

/* Its natives are numbered behind those there are. */
static gj_status library_grant(gj_natives *natives, const gjr_manifest_library *from)
{
    granted_library *library = gjb_arena_make(&natives->arena, 1, sizeof *library);
    granted *items = gjb_arena_make(&natives->arena, from->native_count, sizeof *items);
    gjr_helper_function *functions =
        gjb_arena_make(&natives->arena, from->native_count, sizeof *functions);
    if (library == NULL || items == NULL || functions == NULL ||
        room_make(natives, from->native_count) != GJ_OK) {
        return GJ_NO_MEMORY;
    }
    library->functions = functions;
    gj_status status = bytes_open(natives, from, &library->descriptor);
    if (status != GJ_OK) {
        return status;
    }
    library_fill(natives, from, library, items);
    library->next = natives->libraries;
    natives->libraries = library;
    for (uint32_t i = 0; i < from->native_count; i++) {
        if (gjr_natives_find(natives, items[i].signature.name) != GJ_NO_INDEX) {
            return twice(natives, from->name, items[i].signature.name);
        }
        natives->items[natives->count++] = &items[i];
    }
    return from->in_process ? load_here(natives, from, library, items)
                            : load_apart(natives, from, library);
}

static bool has_library(const gj_natives *natives, gj_text name)
{
    const granted_library *library = natives->libraries;
    while (library != NULL && !gjb_text_equal(library->name, name)) {
        library = library->next;
    }
    return library != NULL;
}

gj_status gj_natives_load(gj_natives *natives, const char *path)
{
    if (natives == NULL || path == NULL) {
        return GJ_BAD_ARGUMENT;
    }
    problem_clear(natives);
    gjr_manifest manifest;
    granted_library *libraries = natives->libraries;
    size_t count = natives->count;
    gj_status status = gjr_manifest_read(path, &natives->arena, &manifest, &natives->problem);
    for (uint32_t i = 0; status == GJ_OK && i < manifest.library_count; i++) {
        const gjr_manifest_library *from = &manifest.libraries[i];
        status = has_library(natives, from->name) ? twice(natives, from->name, (gj_text){NULL, 0})
                                                  : library_grant(natives, from);
    }
    if (status != GJ_OK) {
        libraries_close(natives->libraries, libraries);
        natives->libraries = libraries;
        natives->count = count;
    }
    return status;
}

/* ---- calling ---- */

size_t gjr_natives_find_as(const gj_natives *natives, const gj_native_signature *wanted)
{
    size_t index = gjr_natives_find(natives, wanted->name);
    bool agrees =
        index != GJ_NO_INDEX && gjr_signature_agrees(&natives->items[index]->signature, wanted);
    return agrees ? index : GJ_NO_INDEX;
}

gj_status gjr_natives_check_as(gj_natives *natives, const gj_native_signature *wanted)
{
    problem_clear(natives);
    if (gjr_natives_find_as(natives, wanted) != GJ_NO_INDEX) {
        return GJ_OK;
    }
    size_t index = gjr_natives_find(natives, wanted->name);
    gjb_arena *words = &natives->words;
    natives->problem = (gj_native_problem){
        .fault = index == GJ_NO_INDEX ? GJ_NATIVE_FAULT_MISSING : GJ_NATIVE_FAULT_SIGNATURE,
        .native = gjb_arena_text(words, wanted->name),
        .wanted = gjr_signature_text(wanted, words)};
    if (index != GJ_NO_INDEX) {
        natives->problem.text = gjr_signature_text(&natives->items[index]->signature, words);
    }
    return GJ_UNGRANTED;
}

static gjr_native_answer host_call(const granted *native, const gj_native_value *arguments,
                                   gj_native_value *result)
{
    *result = (gj_native_value){.number = INT64_MIN, .item_count = SIZE_MAX};
    int32_t returned = native->call(native->payload, arguments, result);
    return gjr_native_answer_of(returned, native->signature.result, result);
}

/* What the host's function gave lies in its own memory; of a number nothing but that is taken. */
static gj_native_value scalar_kept(gj_scalar scalar, gjb_arena *arena, const gj_native_value *value)
{
    return gjr_scalar_is_text(scalar)
               ? (gj_native_value){.text = gjb_arena_text(arena, value->text)}
               : (gj_native_value){.number = value->number};
}

static bool value_keep(gj_native_type type, gjb_arena *arena, gj_native_value *value)
{
    if (!type.is_list) {
        *value = scalar_kept(type.scalar, arena, value);
        return !arena->failed;
    }
    gj_native_value *items = gjb_arena_make(arena, value->item_count, sizeof *items);
    for (size_t i = 0; items != NULL && i < value->item_count; i++) {
        items[i] = scalar_kept(type.scalar, arena, &value->items[i]);
    }
    *value = (gj_native_value){.items = items, .item_count = value->item_count};
    return !arena->failed;
}

static gjr_native_answer library_call(const granted *native, const gj_native_value *arguments,
                                      gjb_arena *arena, gj_native_value *result)
{
    granted_library *library = native->library;
    pthread_mutex_lock(&library->lock);
    gjr_native_answer answer = library->in_process
                                   ? gjr_foreign_call(native->foreign, arguments, arena, result)
                                   : gjr_helper_call(&library->helper, native->function,
                                                     native->timeout_ms, arguments, arena, result);
    pthread_mutex_unlock(&library->lock);
    return answer;
}

gjr_native_answer gjr_natives_call(const gj_natives *natives, size_t index,
                                   const gj_native_value *arguments, gjb_arena *arena,
                                   gj_native_value *result)
{
    const granted *native = natives->items[index];
    if (native->call == NULL) {
        return library_call(native, arguments, arena, result);
    }
    gjr_native_answer answer = host_call(native, arguments, result);
    if (answer.known && !value_keep(native->signature.result, arena, result)) {
        answer = (gjr_native_answer){.failure = GJ_NATIVE_TOO_LARGE};
    }
    return answer;
}
