/* SPDX-License-Identifier: Apache-2.0
 *
 * See helper.h. */
#include "native/helper.h"

#include "base/text.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    START_TIMEOUT_MS = 10000,
    ENDING_MS = 5000,
    SOCKET_AT = 3,  /* where the program finds its socket, */
    LIBRARY_AT = 4, /* and the library */
    ASIDE = 10,     /* descriptors from here on are not in the way of these */
    REAPED_ELSEWHERE = -1,
};

void gjr_helper_init(gjr_helper *helper)
{
    helper->process = 0;
    helper->socket = -1;
    gjb_buffer_init(&helper->frame, helper->allocator);
    gjb_buffer_init(&helper->answer, helper->allocator);
}

/* ---- its end ---- */

/* How it ended, as waitpid tells it. */
static int reap(gjr_helper *helper)
{
    int how = 0;
    pid_t waited;
    do {
        waited = waitpid(helper->process, &how, 0);
    } while (waited < 0 && errno == EINTR);
    helper->process = 0;
    close(helper->socket);
    helper->socket = -1;
    return waited < 0 ? REAPED_ELSEWHERE : how;
}

static void end(gjr_helper *helper)
{
    if (helper->process != 0) {
        kill(helper->process, SIGKILL);
        reap(helper);
    }
}

void gjr_helper_deinit(gjr_helper *helper)
{
    end(helper);
    gjb_buffer_deinit(&helper->frame);
    gjb_buffer_deinit(&helper->answer);
}

/* It has closed its side of the socket: by what it came to its end. One that goes on is ended. */
static gjr_native_answer ended(gjr_helper *helper, uint32_t timeout_ms)
{
    struct timespec moment = {0, 1000000};
    int how = 0;
    pid_t waited = 0;
    for (int i = 0; i < ENDING_MS && waited == 0; i++) {
        waited = waitpid(helper->process, &how, WNOHANG);
        if (waited == 0) {
            nanosleep(&moment, NULL);
        }
    }
    if (waited == 0) {
        end(helper);
        return (gjr_native_answer){.failure = GJ_NATIVE_RUBBISH};
    }
    close(helper->socket);
    helper->socket = -1;
    helper->process = 0;
    if (waited > 0 && WIFSIGNALED(how)) {
        int signal = WTERMSIG(how);
        gj_native_failure failure = signal == SIGSYS    ? GJ_NATIVE_FORBIDDEN
                                    : signal == SIGXCPU ? GJ_NATIVE_TIMED_OUT
                                                        : GJ_NATIVE_CRASHED;
        return (gjr_native_answer){.failure = failure,
                                   .number = signal == SIGXCPU ? (int64_t)timeout_ms : signal};
    }
    return (gjr_native_answer){.failure = GJ_NATIVE_EXITED,
                               .number = waited > 0 ? WEXITSTATUS(how) : 0};
}

/* ---- passing frames ---- */

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

typedef enum passing { PASSED, LATE, CLOSED } passing;

/* Until the socket is ready for that, or its other side is closed. */
static passing wait_for(int socket, short events, int64_t until_ms)
{
    for (;;) {
        int64_t left = until_ms - now_ms();
        struct pollfd polled = {.fd = socket, .events = events};
        int count = poll(&polled, 1, left < 0 ? 0 : left > INT32_MAX ? INT32_MAX : (int)left);
        if (count > 0) {
            return PASSED;
        }
        if (count < 0 && errno != EINTR) {
            return CLOSED;
        }
        if (count == 0 && left <= 0) {
            return LATE;
        }
    }
}

static passing send_all(int socket, const char *bytes, size_t size, int64_t until_ms)
{
    while (size > 0) {
        ssize_t sent = send(socket, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            bytes += sent;
            size -= (size_t)sent;
            continue;
        }
        if (sent < 0 && errno != EAGAIN && errno != EINTR) {
            return CLOSED;
        }
        passing ready = wait_for(socket, POLLOUT, until_ms);
        if (ready != PASSED) {
            return ready;
        }
    }
    return PASSED;
}

static passing receive_all(int socket, char *bytes, size_t size, int64_t until_ms)
{
    while (size > 0) {
        passing ready = wait_for(socket, POLLIN, until_ms);
        if (ready != PASSED) {
            return ready;
        }
        ssize_t got = recv(socket, bytes, size, MSG_DONTWAIT);
        if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
            return CLOSED;
        }
        bytes += got > 0 ? got : 0;
        size -= got > 0 ? (size_t)got : 0;
    }
    return PASSED;
}

/* A frame, or why none came. What is no frame, or no answer to the last one sent, is rubbish. */
typedef enum taking { TAKEN, TAKEN_LATE, TAKEN_CLOSED, TAKEN_RUBBISH } taking;

static taking taken_of(passing passed)
{
    return passed == PASSED ? TAKEN : passed == LATE ? TAKEN_LATE : TAKEN_CLOSED;
}

static taking frame_take(gjr_helper *helper, int64_t until_ms, uint32_t *kind, gjr_wire *wire)
{
    char head[GJR_WIRE_HEAD_SIZE];
    uint32_t size = 0, serial = 0;
    taking got = taken_of(receive_all(helper->socket, head, sizeof head, until_ms));
    if (got != TAKEN) {
        return got;
    }
    *wire = (gjr_wire){(const uint8_t *)head, (const uint8_t *)head + sizeof head};
    bool whole = gjr_wire_take_word(wire, &size) && gjr_wire_take_word(wire, &serial) &&
                 gjr_wire_take_word(wire, kind);
    if (!whole || size < GJR_WIRE_HEAD_SIZE || size > GJR_WIRE_FRAME_MAX ||
        serial != helper->serial) {
        return TAKEN_RUBBISH;
    }
    size -= GJR_WIRE_HEAD_SIZE;
    gjb_buffer *answer = &helper->answer;
    char *room = gjb_alloc_resize(helper->allocator, answer->bytes, answer->capacity,
                                  answer->capacity > size ? answer->capacity : size + 1, 1);
    if (room == NULL) {
        return TAKEN_RUBBISH;
    }
    answer->capacity = answer->capacity > size ? answer->capacity : size + 1;
    answer->bytes = room;
    got = taken_of(receive_all(helper->socket, room, size, until_ms));
    *wire = (gjr_wire){(const uint8_t *)room, (const uint8_t *)room + size};
    return got;
}

/* Whether it has said something that nobody asked for. */
static bool has_spoken(const gjr_helper *helper)
{
    struct pollfd polled = {.fd = helper->socket, .events = POLLIN};
    return poll(&polled, 1, 0) > 0;
}

/* ---- its begin ---- */

/* Where neither of the program's own descriptors will be. */
static int aside(int descriptor)
{
    return fcntl(descriptor, F_DUPFD_CLOEXEC, ASIDE);
}

static bool actions_fill(posix_spawn_file_actions_t *actions, int socket, int library)
{
    for (int i = 0; i < 3; i++) {
        if (posix_spawn_file_actions_addopen(actions, i, "/dev/null", i == 0 ? O_RDONLY : O_WRONLY,
                                             0) != 0) {
            return false;
        }
    }
    return posix_spawn_file_actions_adddup2(actions, socket, SOCKET_AT) == 0 &&
           posix_spawn_file_actions_adddup2(actions, library, LIBRARY_AT) == 0 &&
           posix_spawn_file_actions_addclosefrom_np(actions, LIBRARY_AT + 1) == 0;
}

/* Signals that a host ignores or holds back are not the helper's. */
static bool attributes_fill(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    return posix_spawnattr_setsigmask(attributes, &none) == 0 &&
           posix_spawnattr_setsigdefault(attributes, &all) == 0 &&
           posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) ==
               0;
}

/* errno's number, 0 where it runs. It is given no environment. */
static int spawn(gjr_helper *helper, int socket, int library)
{
    char program[] = "guiju-native", memory[16];
    char *arguments[] = {program, memory, NULL}, *environment[] = {NULL};
    snprintf(memory, sizeof memory, "%u", helper->memory_mb);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    if (posix_spawn_file_actions_init(&actions) != 0) {
        return ENOMEM;
    }
    if (posix_spawnattr_init(&attributes) != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return ENOMEM;
    }
    bool filled = actions_fill(&actions, socket, library) && attributes_fill(&attributes);
    int error = filled ? posix_spawn(&helper->process, helper->program, &actions, &attributes,
                                     arguments, environment)
                       : ENOMEM;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    helper->process = error == 0 ? helper->process : 0;
    return error;
}

static int process_begin(gjr_helper *helper)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return errno;
    }
    int socket = aside(ends[1]), library = aside(helper->library);
    int error = socket < 0 || library < 0 ? errno : spawn(helper, socket, library);
    close(ends[1]);
    if (socket >= 0) {
        close(socket);
    }
    if (library >= 0) {
        close(library);
    }
    if (error != 0) {
        close(ends[0]);
        return error;
    }
    helper->socket = ends[0];
    return 0;
}

static bool setup_make(gjr_helper *helper)
{
    gjb_buffer *frame = &helper->frame;
    gjr_wire_begin(frame, ++helper->serial, GJR_WIRE_SETUP);
    gjb_buffer_add_u32(frame, helper->function_count);
    for (uint32_t i = 0; i < helper->function_count; i++) {
        const gj_native_signature *signature = helper->functions[i].signature;
        gjr_wire_put_text(frame, gjb_text_of(helper->functions[i].symbol));
        gjb_buffer_add_u32(frame, (uint32_t)signature->parameter_count);
        for (size_t j = 0; j < signature->parameter_count; j++) {
            gjr_wire_put_type(frame, signature->parameters[j]);
        }
        gjr_wire_put_type(frame, signature->result);
    }
    return gjr_wire_end(frame);
}

static void refuse(gj_native_problem *problem, gj_native_fault fault, const gjr_helper *helper,
                   int error)
{
    problem->fault = fault;
    problem->error_number = error;
    problem->text = gjb_text_of(fault == GJ_NATIVE_FAULT_HELPER ? helper->program : NULL);
}

/* What it says of itself once it is set up. */
static bool ready_take(gjr_helper *helper, uint32_t kind, gjr_wire wire, gj_native_problem *problem)
{
    int64_t error = 0;
    gj_text text = {NULL, 0};
    switch (kind) {
    case GJR_WIRE_READY:
        return true;
    case GJR_WIRE_NO_SANDBOX:
        gjr_wire_take_number(&wire, &error);
        refuse(problem, GJ_NATIVE_FAULT_SANDBOX, helper, (int)(error & INT32_MAX));
        return false;
    case GJR_WIRE_NO_SYMBOL:
    case GJR_WIRE_NOT_LOADED:
        gjr_wire_take_bytes(&wire, &text);
        refuse(problem, kind == GJR_WIRE_NO_SYMBOL ? GJ_NATIVE_FAULT_SYMBOL : GJ_NATIVE_FAULT_LOAD,
               helper, 0);
        if (text.bytes != NULL && gjb_text_invalid_offset(text) == text.size) {
            problem->text = text;
        }
        return false;
    default:
        refuse(problem, GJ_NATIVE_FAULT_LOAD, helper, 0);
        return false;
    }
}

bool gjr_helper_start(gjr_helper *helper, gj_native_problem *problem)
{
    if (helper->process != 0) {
        return true;
    }
    int error = helper->program == NULL ? ENOENT : process_begin(helper);
    if (error != 0 || !setup_make(helper)) {
        end(helper);
        refuse(problem, GJ_NATIVE_FAULT_HELPER, helper, error != 0 ? error : ENOMEM);
        return false;
    }
    uint32_t kind = 0;
    gjr_wire wire = {NULL, NULL};
    int64_t until = now_ms() + START_TIMEOUT_MS;
    taking got = taken_of(send_all(helper->socket, helper->frame.bytes, helper->frame.size, until));
    got = got == TAKEN ? frame_take(helper, until, &kind, &wire) : got;
    if (got != TAKEN) {
        /* What the library does when it is loaded is as forbidden as what it does when called. */
        refuse(problem, GJ_NATIVE_FAULT_LOAD, helper, 0);
        end(helper);
        return false;
    }
    if (!ready_take(helper, kind, wire, problem)) {
        end(helper);
        return false;
    }
    return true;
}

/* ---- calls ---- */

/* From now on so much processor time, rounded up to seconds, should the wall's clock not stop it
 * (its host may have died meanwhile). */
static void processor_allow(const gjr_helper *helper, uint32_t timeout_ms)
{
    clockid_t clock;
    struct timespec used;
    if (clock_getcpuclockid(helper->process, &clock) != 0 || clock_gettime(clock, &used) != 0) {
        return;
    }
    rlim_t most = (rlim_t)used.tv_sec + timeout_ms / 1000 + 2;
    struct rlimit limit = {most, RLIM_INFINITY};
    prlimit(helper->process, RLIMIT_CPU, &limit, NULL);
}

static gjr_native_answer failed(gj_native_failure failure, int64_t number)
{
    return (gjr_native_answer){.failure = failure, .number = number};
}

static gjr_native_answer answer_take(gjr_helper *helper, uint32_t function, uint32_t kind,
                                     gjr_wire wire, gjb_arena *arena, gj_native_value *result)
{
    gj_native_type type = helper->functions[function].signature->result;
    int64_t returned = 0;
    if (kind == GJR_WIRE_VALUE && gjr_wire_take_value(&wire, type, arena, result) &&
        gjr_wire_is_done(&wire)) {
        return (gjr_native_answer){.known = true};
    }
    if (kind == GJR_WIRE_NOTHING && gjr_wire_is_done(&wire)) {
        return (gjr_native_answer){.known = false};
    }
    if (kind == GJR_WIRE_REPORTED && gjr_wire_take_number(&wire, &returned) &&
        gjr_wire_is_done(&wire)) {
        return failed(GJ_NATIVE_REPORTED, returned);
    }
    return failed(GJ_NATIVE_RUBBISH, 0);
}

/* A result borrowed from the frame, made the arena's. */
static bool result_keep(gj_native_type type, gjb_arena *arena, gj_native_value *result)
{
    gj_native_value *items = (gj_native_value *)(uintptr_t)result->items; /* the arena's own */
    size_t count = type.is_list ? result->item_count : 1;
    bool kept = true;
    for (size_t i = 0; kept && i < count; i++) {
        gj_native_value *item = type.is_list ? &items[i] : result;
        item->text = gjb_arena_text(arena, item->text);
        kept = !arena->failed;
    }
    return kept;
}

static bool call_make(gjr_helper *helper, uint32_t function, const gj_native_value *arguments)
{
    const gj_native_signature *signature = helper->functions[function].signature;
    gjr_wire_begin(&helper->frame, ++helper->serial, GJR_WIRE_CALL);
    gjb_buffer_add_u32(&helper->frame, function);
    for (size_t i = 0; i < signature->parameter_count; i++) {
        gjr_wire_put_value(&helper->frame, signature->parameters[i], &arguments[i]);
    }
    return gjr_wire_end(&helper->frame);
}

gjr_native_answer gjr_helper_call(gjr_helper *helper, uint32_t function, uint32_t timeout_ms,
                                  const gj_native_value *arguments, gjb_arena *arena,
                                  gj_native_value *result)
{
    gj_native_problem problem = {0};
    *result = (gj_native_value){0};
    if (helper->process != 0 && has_spoken(helper)) {
        end(helper); /* between calls it has nothing to say */
    }
    if (!gjr_helper_start(helper, &problem)) {
        return failed(GJ_NATIVE_NO_HELPER, problem.error_number);
    }
    if (!call_make(helper, function, arguments)) {
        return failed(GJ_NATIVE_TOO_LARGE, 0);
    }
    processor_allow(helper, timeout_ms);
    uint32_t kind = 0;
    gjr_wire wire = {NULL, NULL};
    int64_t until = now_ms() + timeout_ms;
    taking got = taken_of(send_all(helper->socket, helper->frame.bytes, helper->frame.size, until));
    got = got == TAKEN ? frame_take(helper, until, &kind, &wire) : got;
    if (got == TAKEN_CLOSED) {
        return ended(helper, timeout_ms);
    }
    gjr_native_answer answer = got == TAKEN_LATE ? failed(GJ_NATIVE_TIMED_OUT, timeout_ms)
                               : got == TAKEN_RUBBISH
                                   ? failed(GJ_NATIVE_RUBBISH, 0)
                                   : answer_take(helper, function, kind, wire, arena, result);
    if (answer.known &&
        !result_keep(helper->functions[function].signature->result, arena, result)) {
        answer = failed(GJ_NATIVE_TOO_LARGE, 0);
    }
    if (answer.failure != GJ_NATIVE_FAILURE_NONE) {
        end(helper);
    }
    return answer;
}
