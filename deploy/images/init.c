/*
 * podlab-init COMMAND [ARGUMENT...]
 *
 * The first process of each container. The kernel drops signals for which process 1 has no handler, and
 * makes process 1 the parent of orphaned processes. A JVM has no handlers while it starts, and never waits
 * for orphaned processes. So this init runs COMMAND as its child, forwards signals to COMMAND only, and waits
 * for every process that ends. It exits with the exit code of COMMAND, or with 128 plus the number of the
 * signal that ended COMMAND. If this is not process 1, it becomes COMMAND. See docs/adr/0015.
 *
 * In an image with the file LISTEN_AT_ONCE, COMMAND gets the listening socket of the service as standard
 * input, as with inetd. While COMMAND starts, the kernel keeps new connections waiting. See docs/adr/0006.
 *
 * COMMAND starts without the socket in these cases:
 * - QUARKUS_HTTP_HOST sets an address, or the port (QUARKUS_HTTP_PORT, default 8080) cannot be opened. COMMAND
 *   reports the problem.
 * - LAB_DEMO_STARTUP_DELAY is set, so connections must be refused until the delay is over.
 * - The container has arguments after "-jar FILE", so COMMAND is not the service.
 */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define LISTEN_AT_ONCE "/opt/podlab/listen-at-once"

static int port(void) {
  const char *text = getenv("QUARKUS_HTTP_PORT");
  char *end;
  long number;
  if (text == NULL || *text == '\0') return 8080;
  number = strtol(text, &end, 10);
  return *end == '\0' && number > 0 && number < 65536 ? (int) number : 0;
}

static int any_address(void) {
  const char *host = getenv("QUARKUS_HTTP_HOST");
  return host == NULL || *host == '\0' || strcmp(host, "0.0.0.0") == 0 || strcmp(host, "::") == 0;
}

static int late(void) {
  const char *delay = getenv("LAB_DEMO_STARTUP_DELAY");
  return delay != NULL && *delay != '\0' && strcmp(delay, "0") != 0 && strcmp(delay, "0s") != 0;
}

static int has_arguments(int argc, char **argv) {
  int i;
  for (i = 1; i < argc; i++) {
    if (strcmp(argv[i], "-jar") == 0) return i + 2 < argc;
  }
  return 0;
}

static int bound(int family, const struct sockaddr *address, socklen_t length) {
  int yes = 1, no = 0;
  int s = socket(family, SOCK_STREAM, 0);
  if (s < 0) return -1;
  setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (family == AF_INET6) setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
  if (bind(s, address, length) == 0 && listen(s, 1024) == 0) return s;
  close(s);
  return -1;
}

static void open_port(int argc, char **argv) {
  struct sockaddr_in6 six = {0};
  struct sockaddr_in four = {0};
  int number = port(), s;
  if (access(LISTEN_AT_ONCE, F_OK) != 0) return;
  if (number == 0 || !any_address() || late() || has_arguments(argc, argv)) return;
  six.sin6_family = AF_INET6;
  six.sin6_port = htons(number);
  four.sin_family = AF_INET;
  four.sin_port = htons(number);
  s = bound(AF_INET6, (struct sockaddr *) &six, sizeof six);
  if (s < 0) s = bound(AF_INET, (struct sockaddr *) &four, sizeof four);
  if (s > 0) {
    dup2(s, 0);
    close(s);
  }
}

static int execute(int argc, char **argv) {
  open_port(argc, argv);
  execv(argv[1], argv + 1);
  perror(argv[1]);
  return 127;
}

/* Ctrl-C in a terminal already reaches COMMAND, because it is in the same process group. */
static int has_reached_all(const siginfo_t *info) {
  return info->si_code == SI_KERNEL && info->si_signo != SIGHUP;
}

int main(int argc, char **argv) {
  sigset_t awaited, before;
  siginfo_t info;
  pid_t child, ended;
  int status;
  if (argc < 2) {
    fprintf(stderr, "usage: podlab-init COMMAND [ARGUMENT...]\n");
    return 2;
  }
  if (getpid() != 1) return execute(argc, argv);
  sigfillset(&awaited);
  sigprocmask(SIG_SETMASK, &awaited, &before);
  signal(SIGCHLD, SIG_DFL);
  child = fork();
  if (child < 0) {
    perror("fork");
    return 126;
  }
  if (child == 0) {
    sigprocmask(SIG_SETMASK, &before, NULL);
    _exit(execute(argc, argv));
  }
  for (;;) {
    if (sigwaitinfo(&awaited, &info) == -1) continue;
    if (info.si_signo != SIGCHLD && !has_reached_all(&info)) {
      kill(child, info.si_signo);
    }
    while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
      if (ended == child) return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
  }
}
