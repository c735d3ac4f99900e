/* Clocks that run ahead by the seconds in the file CLOCK_AHEAD, which may change at any time.
   Firefox goes by the coarse one, the others by the monotonic one. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static int (*true_clock)(clockid_t, struct timespec *);
static volatile const long *ahead;

__attribute__((constructor)) static void find(void) {
  const char *path = getenv("CLOCK_AHEAD");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  true_clock = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  if (file < 0) return;
  void *shared = mmap(NULL, sizeof(long), PROT_READ, MAP_SHARED, file, 0);
  ahead = shared == MAP_FAILED ? NULL : shared;
  close(file);
}

int clock_gettime(clockid_t id, struct timespec *now) {
  if (!true_clock) find();
  int failed = true_clock(id, now);
  int tells_time = id == CLOCK_REALTIME || id == CLOCK_MONOTONIC || id == CLOCK_MONOTONIC_COARSE;
  if (!failed && tells_time && ahead) now->tv_sec += *ahead;
  return failed;
}
