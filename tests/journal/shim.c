/* Stands between a process and its files (LD_PRELOAD): writes down, in order, everything that changes files below SHIM_ROOT,
   every sync, and every line written to a file named "acknowledged"; and can refuse: while the file SHIM_FULL exists no write
   finds space, while SHIM_BROKEN exists no sync succeeds. Log: kind, inode, offset (8 bytes each, native), length, bytes. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { WRITE = 1, TRUNCATE, SYNC, CREATE, UNLINK, RENAME, SYNC_FOLDER, ACKNOWLEDGED, MAKE_FOLDER, REMOVE_FOLDER };

static pthread_mutex_t order = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static int log_fd = -1;
static const char *root;

#define REAL(name, type, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("SHIM_LOG");
    root = getenv("SHIM_ROOT");
    if (path && root) log_fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void note(uint64_t kind, uint64_t inode, uint64_t offset, const void *bytes, uint64_t length) {
    if (log_fd < 0) return;
    uint64_t head[4] = {kind, inode, offset, length};
    int before = errno;
    if (syscall(SYS_write, log_fd, head, sizeof head) != sizeof head) abort();
    const char *rest = bytes;
    while (length) {
        long done = syscall(SYS_write, log_fd, rest, length);
        if (done <= 0) abort();
        rest += done;
        length -= (uint64_t)done;
    }
    errno = before;
}

static int inside(const char *path) { return root && path && strncmp(path, root, strlen(root)) == 0; }

/* The path of an open file, if it is one that is watched. */
static int watched(int fd, char *path) {
    char link[40];
    int before = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    errno = before;
    if (length <= 0) return 0;
    path[length] = 0;
    return inside(path);
}

static uint64_t inode_of(int fd) {
    struct stat found;
    return fstat(fd, &found) == 0 ? found.st_ino : 0;
}

static int on(const char *switch_name) {
    const char *flag = getenv(switch_name);
    int before = errno;
    int there = flag && syscall(SYS_faccessat, AT_FDCWD, flag, F_OK) == 0;
    errno = before;
    return there;
}

static ssize_t written(int fd, const void *bytes, off64_t offset, ssize_t done, const char *path) {
    if (done > 0) {
        const char *name = strrchr(path, '/');
        int acknowledged = name && strcmp(name, "/acknowledged") == 0;
        note(acknowledged ? ACKNOWLEDGED : WRITE, inode_of(fd), (uint64_t)offset, bytes, (uint64_t)done);
    }
    return done;
}

ssize_t write(int fd, const void *bytes, size_t length) {
    REAL("write", ssize_t, int, const void *, size_t);
    char path[PATH_MAX];
    if (log_fd < 0 || !watched(fd, path)) return real(fd, bytes, length);
    pthread_mutex_lock(&order);
    ssize_t done = -1;
    if (on("SHIM_FULL")) errno = ENOSPC;
    else {
        off64_t offset = lseek64(fd, 0, SEEK_CUR);
        done = written(fd, bytes, offset, real(fd, bytes, length), path);
    }
    pthread_mutex_unlock(&order);
    return done;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
    REAL("pwrite64", ssize_t, int, const void *, size_t, off64_t);
    char path[PATH_MAX];
    if (log_fd < 0 || !watched(fd, path)) return real(fd, bytes, length, offset);
    pthread_mutex_lock(&order);
    ssize_t done = -1;
    if (on("SHIM_FULL")) errno = ENOSPC;
    else done = written(fd, bytes, offset, real(fd, bytes, length, offset), path);
    pthread_mutex_unlock(&order);
    return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return pwrite64(fd, bytes, length, offset); }

int ftruncate64(int fd, off64_t size) {
    REAL("ftruncate64", int, int, off64_t);
    char path[PATH_MAX];
    if (log_fd < 0 || !watched(fd, path)) return real(fd, size);
    pthread_mutex_lock(&order);
    int result = real(fd, size);
    if (result == 0) note(TRUNCATE, inode_of(fd), (uint64_t)size, "", 0);
    pthread_mutex_unlock(&order);
    return result;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int synced(int fd, int (*real)(int)) {
    char path[PATH_MAX];
    if (log_fd < 0 || !watched(fd, path)) return real(fd);
    pthread_mutex_lock(&order);
    int result = -1;
    if (on("SHIM_BROKEN")) errno = EIO;
    else {
        /* The replay is what decides what survives: there is no need to wait for the disk. */
        struct stat found;
        result = fstat(fd, &found);
        if (result == 0 && S_ISDIR(found.st_mode)) note(SYNC_FOLDER, 0, 0, path, strlen(path));
        else if (result == 0) note(SYNC, found.st_ino, 0, "", 0);
    }
    pthread_mutex_unlock(&order);
    return result;
}

int fsync(int fd) {
    REAL("fsync", int, int);
    return synced(fd, real);
}

int fdatasync(int fd) {
    REAL("fdatasync", int, int);
    return synced(fd, real);
}

static int opened(const char *path, int flags, mode_t mode) {
    if (log_fd < 0 || !inside(path)) return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    pthread_mutex_lock(&order);
    int there = syscall(SYS_faccessat, AT_FDCWD, path, F_OK) == 0;
    int fd = -1;
    if (!there && (flags & O_CREAT) && on("SHIM_FULL")) errno = ENOSPC;
    else fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    if (fd >= 0 && !there && (flags & O_CREAT)) note(CREATE, inode_of(fd), 0, path, strlen(path));
    else if (fd >= 0 && (flags & O_TRUNC)) note(TRUNCATE, inode_of(fd), 0, "", 0);
    pthread_mutex_unlock(&order);
    return fd;
}

#define OPENS(name, large) \
    int name(const char *path, int flags, ...) { \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { \
            va_list rest; \
            va_start(rest, flags); \
            mode = va_arg(rest, mode_t); \
            va_end(rest); \
        } \
        return opened(path, flags | large, mode); \
    }
OPENS(open, 0)
OPENS(open64, O_LARGEFILE)

int unlink(const char *path) {
    REAL("unlink", int, const char *);
    if (log_fd < 0 || !inside(path)) return real(path);
    pthread_mutex_lock(&order);
    int result = real(path);
    if (result == 0) note(UNLINK, 0, 0, path, strlen(path));
    pthread_mutex_unlock(&order);
    return result;
}

int rename(const char *from, const char *to) {
    REAL("rename", int, const char *, const char *);
    if (log_fd < 0 || !inside(from)) return real(from, to);
    pthread_mutex_lock(&order);
    int result = real(from, to);
    if (result == 0) {
        char both[2 * PATH_MAX];
        int length = snprintf(both, sizeof both, "%s\n%s", from, to);
        note(RENAME, 0, 0, both, (uint64_t)length);
    }
    pthread_mutex_unlock(&order);
    return result;
}

int mkdir(const char *path, mode_t mode) {
    REAL("mkdir", int, const char *, mode_t);
    int result = real(path, mode);
    if (result == 0 && inside(path)) note(MAKE_FOLDER, 0, 0, path, strlen(path));
    return result;
}

int rmdir(const char *path) {
    REAL("rmdir", int, const char *);
    int result = real(path);
    if (result == 0 && inside(path)) note(REMOVE_FOLDER, 0, 0, path, strlen(path));
    return result;
}
