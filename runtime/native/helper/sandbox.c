/* SPDX-License-Identifier: Apache-2.0
 *
 * See sandbox.h. The one file that knows libseccomp. Lists add up: what the first refuses the
 * second cannot allow, and the second is made before the first holds. */
#include "native/helper/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static scmp_filter_ctx after;

static bool allow(scmp_filter_ctx list, const int *calls, size_t count)
{
    int error = 0;
    for (size_t i = 0; error == 0 && i < count; i++) {
        error = seccomp_rule_add(list, SCMP_ACT_ALLOW, calls[i], 0);
    }
    errno = -error;
    return error == 0;
}

static bool allow_where(scmp_filter_ctx list, int call, struct scmp_arg_cmp argument)
{
    int error = seccomp_rule_add_array(list, SCMP_ACT_ALLOW, call, 1, &argument);
    errno = -error;
    return error == 0;
}

/* Memory, the clock, waiting, and its own end. */
static const int always[] = {
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(sched_yield),
    SCMP_SYS(getrandom),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
};

/* What the loader does besides. */
static const int loading[] = {
    SCMP_SYS(mmap),       SCMP_SYS(mprotect),  SCMP_SYS(close),    SCMP_SYS(fstat),
    SCMP_SYS(newfstatat), SCMP_SYS(stat),      SCMP_SYS(statx),    SCMP_SYS(lseek),
    SCMP_SYS(pread64),    SCMP_SYS(read),      SCMP_SYS(readlink), SCMP_SYS(readlinkat),
    SCMP_SYS(access),     SCMP_SYS(faccessat), SCMP_SYS(getcwd),   SCMP_SYS(prctl),
    SCMP_SYS(seccomp),
};

/* abort() sends itself a signal. */
static bool allow_own(scmp_filter_ctx list)
{
    return allow(list, always, sizeof always / sizeof *always) &&
           allow_where(list, SCMP_SYS(write), SCMP_A0(SCMP_CMP_EQ, GJR_SANDBOX_SOCKET)) &&
           allow_where(list, SCMP_SYS(tgkill),
                       SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)(unsigned)getpid()));
}

static bool before_fill(scmp_filter_ctx list)
{
    const scmp_datum_t writes = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
    return allow_own(list) && allow(list, loading, sizeof loading / sizeof *loading) &&
           allow_where(list, SCMP_SYS(openat), SCMP_A2(SCMP_CMP_MASKED_EQ, writes, 0)) &&
           allow_where(list, SCMP_SYS(open), SCMP_A1(SCMP_CMP_MASKED_EQ, writes, 0));
}

static bool after_fill(scmp_filter_ctx list)
{
    return allow_own(list) &&
           allow_where(list, SCMP_SYS(read), SCMP_A0(SCMP_CMP_EQ, GJR_SANDBOX_SOCKET)) &&
           allow_where(list, SCMP_SYS(mmap), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) &&
           allow_where(list, SCMP_SYS(mprotect), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
}

static bool limit(int resource, size_t most)
{
    struct rlimit both = {most, most};
    return setrlimit((__rlimit_resource_t)resource, &both) == 0;
}

static bool limits_set(size_t memory_mb)
{
    return limit(RLIMIT_AS, memory_mb << 20) && limit(RLIMIT_NOFILE, 32) &&
           limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NPROC, 0) && limit(RLIMIT_CORE, 0);
}

/* The library has a word of its own for that the system will not. */
static bool load(scmp_filter_ctx list)
{
    int error = seccomp_load(list);
    errno = error == -ECANCELED ? EPERM : -error;
    return error == 0;
}

bool gjr_sandbox_enter(size_t memory_mb)
{
    scmp_filter_ctx before = seccomp_init(SCMP_ACT_KILL_PROCESS);
    after = seccomp_init(SCMP_ACT_KILL_PROCESS);
    errno = before == NULL || after == NULL ? ENOSYS : 0;
    bool entered = errno == 0 && before_fill(before) && after_fill(after) &&
                   limits_set(memory_mb) && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                   load(before);
    int error = errno;
    seccomp_release(before);
    errno = error;
    return entered;
}

bool gjr_sandbox_close(void)
{
    bool closed = load(after);
    int error = errno;
    seccomp_release(after);
    errno = error;
    return closed;
}
