/* SPDX-License-Identifier: Apache-2.0
 *
 * See disk.h. A file is its bytes as programs see them, its bytes as they were when it was last
 * synced, and what was done to it since. Making and deleting a file is done at once and for good.
 */
#include "api/faults/disk.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 16, NAME_SIZE = 256, SECTOR = 512, SHARED_MAX = 64, SLOTS = SQLITE_SHM_NLOCK };

typedef struct bytes {
    unsigned char *at;
    sqlite3_int64 size, capacity;
} bytes;

typedef struct change {
    sqlite3_int64 offset;
    bytes what; /* of a truncation: none, and offset is the size */
} change;

typedef struct held {
    char name[NAME_SIZE]; /* "": free */
    bool is_there;        /* not deleted */
    int open_count;
    bytes now, synced;
    change *changes;
    size_t change_count, change_capacity;
    /* locks */
    int shared;
    const void *reserved, *exclusive;
    /* shared memory, of a write-ahead log's index */
    unsigned char *regions[SHARED_MAX];
    int region_size, slot_shared[SLOTS];
    const void *slot_owner[SLOTS];
} held;

typedef struct kept {
    char name[NAME_SIZE];
    bytes bytes;
} kept;

typedef struct disk_file {
    sqlite3_file base;
    held *of;
    int lock;
    bool deletes;
    unsigned slots_shared, slots_exclusive;
} disk_file;

static held files[FILES_MAX];
static kept state[FILES_MAX];
static uint64_t counts[DISK_OPERATIONS], lock_count, fails_after;
static disk_operation fails_on;
static disk_fault fails_how;
static bool is_armed, has_failed, is_dead, is_full;

/* ---- bytes ---- */

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void bytes_resize(bytes *of, sqlite3_int64 size)
{
    if (of->at == NULL || size > of->capacity) {
        of->capacity = of->at == NULL ? size + 1 : size * 2;
        of->at = realloc(of->at, (size_t)of->capacity);
        must(of->at != NULL);
    }
    if (size > of->size) {
        memset(of->at + of->size, 0, (size_t)(size - of->size));
    }
    of->size = size;
}

static void bytes_put(bytes *of, sqlite3_int64 offset, const void *from, sqlite3_int64 size)
{
    if (offset + size > of->size) {
        bytes_resize(of, offset + size);
    }
    memcpy(of->at + offset, from, (size_t)size);
}

static bytes bytes_copy(bytes from)
{
    bytes to = {NULL, 0, 0};
    bytes_resize(&to, from.size);
    if (from.size > 0) {
        memcpy(to.at, from.at, (size_t)from.size);
    }
    return to;
}

static void bytes_free(bytes *of)
{
    free(of->at);
    *of = (bytes){NULL, 0, 0};
}

/* ---- what was done since the last sync ---- */

static void change_note(held *of, sqlite3_int64 offset, const void *from, sqlite3_int64 size)
{
    if (of->change_count == of->change_capacity) {
        of->change_capacity = of->change_capacity * 2 + 16;
        of->changes = realloc(of->changes, of->change_capacity * sizeof *of->changes);
        must(of->changes != NULL);
    }
    change *noted = &of->changes[of->change_count++];
    *noted = (change){.offset = offset};
    if (from != NULL) {
        bytes_put(&noted->what, 0, from, size);
    }
}

static void changes_drop(held *of)
{
    for (size_t i = 0; i < of->change_count; i++) {
        bytes_free(&of->changes[i].what);
    }
    of->change_count = 0;
}

static void changes_sync(held *of)
{
    for (size_t i = 0; i < of->change_count; i++) {
        const change *one = &of->changes[i];
        if (one->what.at == NULL) {
            bytes_resize(&of->synced, one->offset);
        } else {
            bytes_put(&of->synced, one->offset, one->what.at, one->what.size);
        }
    }
    changes_drop(of);
}

static uint64_t drawn(uint64_t *chance)
{
    *chance = *chance * 6364136223846793005u + 1442695040888963407u;
    return *chance >> 33;
}

/* Each sector of a write is there or not. */
static void write_tear(held *of, const change *one, uint64_t *chance)
{
    for (sqlite3_int64 at = 0; at < one->what.size;) {
        sqlite3_int64 size = SECTOR - (one->offset + at) % SECTOR;
        size = size < one->what.size - at ? size : one->what.size - at;
        if (drawn(chance) % 2 == 0) {
            bytes_put(&of->synced, one->offset + at, one->what.at + at, size);
        }
        at += size;
    }
}

/* In some order, some of them; now and then all or none. */
static void changes_lose(held *of, uint64_t *chance)
{
    uint64_t how = drawn(chance) % 4;
    for (size_t i = of->change_count; i > 1 && how != 1; i--) {
        size_t with = drawn(chance) % i;
        change swap = of->changes[i - 1];
        of->changes[i - 1] = of->changes[with];
        of->changes[with] = swap;
    }
    for (size_t i = 0; i < of->change_count && how != 0; i++) {
        const change *one = &of->changes[i];
        if (one->what.at != NULL) {
            write_tear(of, one, chance);
        } else if (drawn(chance) % 2 == 0) {
            bytes_resize(&of->synced, one->offset);
        }
    }
    changes_drop(of);
    bytes_free(&of->now);
    of->now = bytes_copy(of->synced);
}

/* ---- failing ---- */

static int failure_of(disk_operation operation)
{
    static const int codes[] = {SQLITE_IOERR_READ, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC,
                                SQLITE_IOERR_TRUNCATE};
    return codes[operation];
}

/* SQLITE_OK, or how the operation at hand fails; *cut: half of it is done. */
static int operation_begin(disk_operation operation, bool *cut)
{
    bool due = is_armed && operation == fails_on && counts[operation] == fails_after;
    *cut = false;
    counts[operation]++;
    if (due) {
        is_armed = false;
        has_failed = true;
        is_dead = fails_how == DISK_POWER;
        is_full = fails_how == DISK_FULL;
        *cut = fails_how == DISK_SHORT;
    }
    if (is_full && operation == DISK_WRITE) {
        return SQLITE_FULL;
    }
    return is_dead || due ? failure_of(operation) : SQLITE_OK;
}

/* ---- a file's methods ---- */

static held *held_of(sqlite3_file *file)
{
    return ((disk_file *)file)->of;
}

static int file_close(sqlite3_file *file)
{
    disk_file *own = (disk_file *)file;
    own->of->open_count--;
    if (own->deletes) {
        own->of->is_there = false;
    }
    return SQLITE_OK;
}

static int file_read(sqlite3_file *file, void *into, int size, sqlite3_int64 offset)
{
    const held *of = held_of(file);
    bool cut;
    int code = operation_begin(DISK_READ, &cut);
    if (code != SQLITE_OK) {
        return code;
    }
    sqlite3_int64 left = of->now.size > offset ? of->now.size - offset : 0;
    size_t there = (size_t)(left < size ? left : size);
    if (there > 0) {
        memcpy(into, of->now.at + offset, there);
    }
    memset((char *)into + there, 0, (size_t)size - there);
    return there == (size_t)size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int file_write(sqlite3_file *file, const void *from, int size, sqlite3_int64 offset)
{
    held *of = held_of(file);
    bool cut;
    int code = operation_begin(DISK_WRITE, &cut);
    if (code == SQLITE_OK || cut) {
        int done = cut ? size / 2 : size;
        bytes_put(&of->now, offset, from, done);
        change_note(of, offset, from, done);
    }
    return code;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    held *of = held_of(file);
    bool cut;
    int code = operation_begin(DISK_TRUNCATE, &cut);
    if (code == SQLITE_OK) {
        bytes_resize(&of->now, size);
        change_note(of, size, NULL, 0);
    }
    return code;
}

static int file_sync(sqlite3_file *file, int flags)
{
    bool cut;
    int code = operation_begin(DISK_SYNC, &cut);
    (void)flags;
    if (code == SQLITE_OK) {
        changes_sync(held_of(file));
    }
    return code;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    *size = held_of(file)->now.size;
    return is_dead ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

/* As sqlite.org/lockingv3.html has it. */
static int file_lock(sqlite3_file *file, int lock)
{
    disk_file *own = (disk_file *)file;
    held *of = own->of;
    lock_count++;
    if (own->lock >= lock) {
        return SQLITE_OK;
    }
    if (lock == SQLITE_LOCK_SHARED) {
        if (of->exclusive != NULL) {
            return SQLITE_BUSY;
        }
        of->shared++;
    } else if (lock == SQLITE_LOCK_RESERVED) {
        if (of->reserved != NULL) {
            return SQLITE_BUSY;
        }
        of->reserved = own;
    } else {
        bool others = of->shared > 1 || (of->reserved != NULL && of->reserved != own);
        if (others || of->exclusive != NULL) {
            return SQLITE_BUSY;
        }
        of->exclusive = own;
    }
    own->lock = lock;
    return SQLITE_OK;
}

static int file_unlock(sqlite3_file *file, int lock)
{
    disk_file *own = (disk_file *)file;
    held *of = own->of;
    of->exclusive = of->exclusive == own ? NULL : of->exclusive;
    of->reserved = of->reserved == own ? NULL : of->reserved;
    of->shared -= lock == SQLITE_LOCK_NONE && own->lock >= SQLITE_LOCK_SHARED ? 1 : 0;
    own->lock = lock < own->lock ? lock : own->lock;
    return SQLITE_OK;
}

static int file_is_reserved(sqlite3_file *file, int *is)
{
    *is = held_of(file)->reserved != NULL || held_of(file)->exclusive != NULL;
    return SQLITE_OK;
}

static int file_control(sqlite3_file *file, int operation, void *argument)
{
    (void)file, (void)operation, (void)argument;
    return SQLITE_NOTFOUND;
}

static int file_sector(sqlite3_file *file)
{
    (void)file;
    return SECTOR;
}

static int file_traits(sqlite3_file *file)
{
    (void)file;
    return 0; /* it promises nothing */
}

static int shared_map(sqlite3_file *file, int at, int size, int extend, void volatile **into)
{
    held *of = held_of(file);
    *into = NULL;
    if (at >= SHARED_MAX) {
        return SQLITE_NOMEM;
    }
    if (of->regions[at] == NULL && extend) {
        of->regions[at] = calloc(1, (size_t)size);
        must(of->regions[at] != NULL);
    }
    *into = of->regions[at];
    return SQLITE_OK;
}

static int shared_lock(sqlite3_file *file, int first, int count, int flags)
{
    disk_file *own = (disk_file *)file;
    held *of = own->of;
    bool shares = (flags & SQLITE_SHM_SHARED) != 0, locks = (flags & SQLITE_SHM_LOCK) != 0;
    lock_count++;
    for (int i = first; locks && i < first + count; i++) {
        unsigned bit = 1u << i;
        int others = of->slot_shared[i] - ((own->slots_shared & bit) != 0 ? 1 : 0);
        bool taken = of->slot_owner[i] != NULL && of->slot_owner[i] != own;
        if (taken || (!shares && others > 0)) {
            return SQLITE_BUSY;
        }
    }
    for (int i = first; i < first + count; i++) {
        unsigned bit = 1u << i;
        if (shares && locks && (own->slots_shared & bit) == 0) {
            own->slots_shared |= bit;
            of->slot_shared[i]++;
        } else if (shares && !locks && (own->slots_shared & bit) != 0) {
            own->slots_shared &= ~bit;
            of->slot_shared[i]--;
        } else if (!shares) {
            of->slot_owner[i] = locks ? own : NULL;
        }
    }
    return SQLITE_OK;
}

static void shared_barrier(sqlite3_file *file)
{
    (void)file;
}

static void regions_free(held *of)
{
    for (int i = 0; i < SHARED_MAX; i++) {
        free(of->regions[i]);
        of->regions[i] = NULL;
    }
}

static int shared_unmap(sqlite3_file *file, int deletes)
{
    held *of = held_of(file);
    if (deletes) {
        regions_free(of);
    }
    return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_is_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_traits,
    .xShmMap = shared_map,
    .xShmLock = shared_lock,
    .xShmBarrier = shared_barrier,
    .xShmUnmap = shared_unmap,
};

/* ---- the disk ---- */

static held *file_find(const char *name)
{
    for (int i = 0; i < FILES_MAX; i++) {
        if (files[i].is_there && strcmp(files[i].name, name) == 0) {
            return &files[i];
        }
    }
    return NULL;
}

static void file_forget(held *of)
{
    changes_drop(of);
    free(of->changes);
    regions_free(of);
    bytes_free(&of->now);
    bytes_free(&of->synced);
    *of = (held){.is_there = false};
}

/* One that is not there and that nobody has open. */
static held *file_make(const char *name)
{
    for (int i = 0; i < FILES_MAX; i++) {
        held *of = &files[i];
        if (!of->is_there && of->open_count == 0) {
            file_forget(of);
            of->is_there = true;
            must(strlen(name) < NAME_SIZE);
            memcpy(of->name, name, strlen(name) + 1);
            return of;
        }
    }
    abort();
}

static int disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *got)
{
    disk_file *own = (disk_file *)file;
    (void)vfs;
    *own = (disk_file){.base.pMethods = NULL};
    if (is_dead) {
        return SQLITE_CANTOPEN;
    }
    held *of = name != NULL ? file_find(name) : NULL;
    if (of == NULL && (flags & SQLITE_OPEN_CREATE) == 0) {
        return SQLITE_CANTOPEN;
    }
    own->of = of != NULL ? of : file_make(name != NULL ? name : "a temporary one");
    own->deletes = name == NULL || (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
    own->of->open_count++;
    own->base.pMethods = &methods;
    if (got != NULL) {
        *got = flags;
    }
    return SQLITE_OK;
}

static int disk_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    held *of = file_find(name);
    (void)vfs, (void)sync;
    if (is_dead) {
        return SQLITE_IOERR_DELETE;
    }
    if (of == NULL) {
        return SQLITE_IOERR_DELETE_NOENT;
    }
    of->is_there = false;
    return SQLITE_OK;
}

static int disk_access(sqlite3_vfs *vfs, const char *name, int flags, int *is)
{
    (void)vfs, (void)flags;
    const held *of = file_find(name);
    *is = of != NULL && (flags != SQLITE_ACCESS_EXISTS || of->now.size > 0);
    return is_dead ? SQLITE_IOERR_ACCESS : SQLITE_OK;
}

static int disk_full_name(sqlite3_vfs *vfs, const char *name, int size, char *into)
{
    (void)vfs;
    if (strlen(name) >= (size_t)size) {
        return SQLITE_CANTOPEN;
    }
    memcpy(into, name, strlen(name) + 1);
    return SQLITE_OK;
}

static int disk_sleep(sqlite3_vfs *vfs, int microseconds)
{
    (void)vfs; /* for one thread there is nothing to wait for */
    return microseconds;
}

bool disk_begin(void)
{
    static sqlite3_vfs disk;
    const sqlite3_vfs *system = sqlite3_vfs_find(NULL);
    if (system == NULL) {
        return false;
    }
    disk = *system; /* time and chance stay its own */
    disk.iVersion = 2;
    disk.szOsFile = sizeof(disk_file);
    disk.mxPathname = NAME_SIZE - 16;
    disk.zName = "disk in memory";
    disk.pNext = NULL;
    disk.xOpen = disk_open;
    disk.xDelete = disk_delete;
    disk.xAccess = disk_access;
    disk.xFullPathname = disk_full_name;
    disk.xSleep = disk_sleep;
    return sqlite3_vfs_register(&disk, 1) == SQLITE_OK;
}

static void failing_end(void)
{
    is_armed = has_failed = is_dead = is_full = false;
    memset(counts, 0, sizeof counts);
}

void disk_wipe(void)
{
    for (int i = 0; i < FILES_MAX; i++) {
        must(files[i].open_count == 0);
        file_forget(&files[i]);
        bytes_free(&state[i].bytes);
        state[i].name[0] = '\0';
    }
    failing_end();
}

void disk_keep(void)
{
    for (int i = 0; i < FILES_MAX; i++) {
        bytes_free(&state[i].bytes);
        state[i].name[0] = '\0';
        if (files[i].is_there) {
            memcpy(state[i].name, files[i].name, NAME_SIZE);
            state[i].bytes = bytes_copy(files[i].now);
        }
    }
}

void disk_go_back(void)
{
    for (int i = 0; i < FILES_MAX; i++) {
        must(files[i].open_count == 0);
        file_forget(&files[i]);
    }
    for (int i = 0; i < FILES_MAX; i++) {
        if (state[i].name[0] != '\0') {
            held *of = file_make(state[i].name);
            of->now = bytes_copy(state[i].bytes);
            of->synced = bytes_copy(state[i].bytes);
        }
    }
    failing_end();
}

void disk_fail_at(disk_operation operation, uint64_t after, disk_fault fault)
{
    is_armed = true;
    has_failed = false;
    fails_on = operation;
    fails_after = after + counts[operation];
    fails_how = fault;
}

void disk_mend(uint64_t chance)
{
    for (int i = 0; i < FILES_MAX && is_dead; i++) {
        must(files[i].open_count == 0);
        if (files[i].is_there) {
            changes_lose(&files[i], &chance);
        }
        regions_free(&files[i]);
    }
    is_armed = is_dead = is_full = false;
}

bool disk_has_failed(void)
{
    return has_failed;
}

uint64_t disk_count(disk_operation operation)
{
    return counts[operation];
}

uint64_t disk_lock_count(void)
{
    return lock_count;
}
