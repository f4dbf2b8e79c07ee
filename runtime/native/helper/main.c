/* SPDX-License-Identifier: Apache-2.0
 *
 * guiju-native MEGABYTES — runs the natives of one library for its host, see native/helper.h.
 *
 * It finds its host at descriptor 3 and the library's bytes at 4. Set up once, it answers one call
 * after another until the host goes. It prints nothing; whatever goes wrong is a frame, or its end,
 * and the host sees to the rest. */
#include "native/foreign.h"
#include "native/helper/sandbox.h"
#include "native/library.h"
#include "native/wire.h"

#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SOCKET = GJR_SANDBOX_SOCKET, LIBRARY = 4, FUNCTIONS_MAX = 4096 };

typedef struct function {
    gj_native_signature signature;
    gjr_foreign *foreign;
} function;

typedef struct program {
    gjb_arena kept;    /* functions */
    gjb_arena passing; /* one call's values */
    gjb_buffer frame;
    char *bytes; /* of the frame that came */
    uint32_t serial;
    function *functions;
    uint32_t function_count;
} program;

/* ---- frames ---- */

static bool all_read(char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t got = read(SOCKET, bytes, size);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return false;
        }
        bytes += got > 0 ? got : 0;
        size -= got > 0 ? (size_t)got : 0;
    }
    return true;
}

static bool all_write(const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(SOCKET, bytes, size);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        bytes += written > 0 ? written : 0;
        size -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

/* False: the host is gone, or says what no host says. */
static bool frame_take(program *p, uint32_t *kind, gjr_wire *wire)
{
    uint32_t size = 0;
    if (!all_read(p->bytes, GJR_WIRE_HEAD_SIZE)) {
        return false;
    }
    *wire = (gjr_wire){(const uint8_t *)p->bytes, (const uint8_t *)p->bytes + GJR_WIRE_HEAD_SIZE};
    bool whole = gjr_wire_take_word(wire, &size) && gjr_wire_take_word(wire, &p->serial) &&
                 gjr_wire_take_word(wire, kind);
    if (!whole || size < GJR_WIRE_HEAD_SIZE || size > GJR_WIRE_FRAME_MAX ||
        !all_read(p->bytes, size - GJR_WIRE_HEAD_SIZE)) {
        return false;
    }
    wire->at = (const uint8_t *)p->bytes;
    wire->end = wire->at + (size - GJR_WIRE_HEAD_SIZE);
    return true;
}

static void begin(program *p, gjr_wire_kind kind)
{
    gjr_wire_begin(&p->frame, p->serial, kind);
}

static bool finish(program *p)
{
    return gjr_wire_end(&p->frame) && all_write(p->frame.bytes, p->frame.size);
}

static int refuse(program *p, gjr_wire_kind kind, gj_text text)
{
    begin(p, kind);
    gjr_wire_put_text(&p->frame, text);
    finish(p);
    return EXIT_FAILURE;
}

/* ---- set up ---- */

static bool signature_take(program *p, gjr_wire *wire, gj_native_signature *signature)
{
    uint32_t count = 0;
    if (!gjr_wire_take_word(wire, &count) || count > GJ_NATIVE_PARAMETERS_MAX) {
        return false;
    }
    gj_native_type *parameters = gjb_arena_make(&p->kept, count, sizeof *parameters);
    bool taken = parameters != NULL;
    for (uint32_t i = 0; taken && i < count; i++) {
        taken = gjr_wire_take_type(wire, &parameters[i]);
    }
    signature->parameters = parameters;
    signature->parameter_count = count;
    return taken && gjr_wire_take_type(wire, &signature->result);
}

/* The functions as the host numbers them; false where the frame or the library has not so many. */
static bool functions_take(program *p, gjr_wire *wire, void *library, gj_text *symbol)
{
    bool taken = gjr_wire_take_word(wire, &p->function_count) && p->function_count <= FUNCTIONS_MAX;
    p->functions = taken ? gjb_arena_make(&p->kept, p->function_count, sizeof *p->functions) : NULL;
    taken = p->functions != NULL;
    for (uint32_t i = 0; taken && i < p->function_count; i++) {
        function *made = &p->functions[i];
        taken = gjr_wire_take_bytes(wire, symbol) && signature_take(p, wire, &made->signature);
        *symbol = taken ? gjb_arena_text(&p->kept, *symbol) : *symbol;
        taken = taken && symbol->bytes != NULL;
        void (*found)(void) = taken ? gjr_library_find(library, symbol->bytes) : NULL;
        made->foreign = found != NULL ? gjr_foreign_make(&made->signature, found, &p->kept) : NULL;
        taken = made->foreign != NULL;
    }
    return taken;
}

/* 0 once it is ready. */
static int set_up(program *p, size_t memory_mb)
{
    uint32_t kind = 0;
    gjr_wire wire = {NULL, NULL};
    const char *note = NULL;
    gj_text symbol = {NULL, 0};
    bool fenced = gjr_sandbox_enter(memory_mb);
    int error = errno;
    if (!frame_take(p, &kind, &wire) || kind != GJR_WIRE_SETUP) {
        return EXIT_FAILURE;
    }
    if (!fenced) {
        begin(p, GJR_WIRE_NO_SANDBOX);
        gjr_wire_put_number(&p->frame, error);
        finish(p);
        return EXIT_FAILURE;
    }
    void *library = gjr_library_load(LIBRARY, &note);
    if (library == NULL) {
        return refuse(p, GJR_WIRE_NOT_LOADED, gjb_text_of(note != NULL ? note : ""));
    }
    if (!functions_take(p, &wire, library, &symbol)) {
        return refuse(p, GJR_WIRE_NO_SYMBOL, symbol);
    }
    close(LIBRARY);
    if (!gjr_sandbox_close()) {
        return EXIT_FAILURE;
    }
    begin(p, GJR_WIRE_READY);
    return finish(p) ? 0 : EXIT_FAILURE;
}

/* ---- calls ---- */

static void answer_put(program *p, const function *called, gjr_native_answer answer,
                       const gj_native_value *result)
{
    if (answer.failure == GJ_NATIVE_REPORTED) {
        begin(p, GJR_WIRE_REPORTED);
        gjr_wire_put_number(&p->frame, answer.number);
    } else if (answer.failure != GJ_NATIVE_FAILURE_NONE) {
        begin(p, GJR_WIRE_RUBBISH);
    } else if (!answer.known) {
        begin(p, GJR_WIRE_NOTHING);
    } else {
        begin(p, GJR_WIRE_VALUE);
        gjr_wire_put_value(&p->frame, called->signature.result, result);
    }
}

static bool call(program *p, gjr_wire *wire)
{
    uint32_t which = 0;
    gj_native_value arguments[GJ_NATIVE_PARAMETERS_MAX], result;
    if (!gjr_wire_take_word(wire, &which) || which >= p->function_count) {
        return false;
    }
    const function *called = &p->functions[which];
    gjb_arena_reset(&p->passing);
    for (size_t i = 0; i < called->signature.parameter_count; i++) {
        if (!gjr_wire_take_value(wire, called->signature.parameters[i], &p->passing,
                                 &arguments[i])) {
            return false;
        }
    }
    gjr_native_answer answer = gjr_foreign_call(called->foreign, arguments, &p->passing, &result);
    answer_put(p, called, answer, &result);
    if (p->frame.size > GJR_WIRE_FRAME_MAX) {
        begin(p, GJR_WIRE_RUBBISH);
    }
    return finish(p);
}

int main(int count, char **words)
{
    program p = {.serial = 0};
    size_t memory_mb = count > 1 ? strtoul(words[1], NULL, 10) : 0;
    gjb_arena_init(&p.kept, gjb_alloc_default());
    gjb_arena_init(&p.passing, gjb_alloc_default());
    gjb_buffer_init(&p.frame, gjb_alloc_default());
    p.bytes = malloc(GJR_WIRE_FRAME_MAX);
    if (memory_mb == 0 || p.bytes == NULL) {
        return EXIT_FAILURE;
    }
    int status = set_up(&p, memory_mb);
    uint32_t kind;
    gjr_wire wire;
    while (status == 0 && frame_take(&p, &kind, &wire) && kind == GJR_WIRE_CALL) {
        status = call(&p, &wire) ? 0 : EXIT_FAILURE;
    }
    _exit(status); /* what the library would do at its end is nobody's wish */
}
