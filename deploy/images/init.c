/*
 * podlab-init COMMAND [ARGUMENT...]
 *
 * The first process of each container. The kernel drops the signals for which process 1 has no handler,
 * and orphaned processes become its children: a JVM has no handler while it starts, and waits for no
 * such process. So COMMAND is a child of this one, which waits for all that end and sends on the signals
 * that it gets, to COMMAND alone. It ends when COMMAND does, with the same exit code, or 128 and the
 * signal's number. Where this is not process 1, none of it is needed, and it becomes COMMAND itself.
 * See docs/adr/0015.
 *
 * In an image with the file below, COMMAND gets the listening socket of the service as standard input, the
 * way inetd hands over a socket. Whoever connects while COMMAND starts is kept waiting by the kernel, not
 * refused. See docs/adr/0006.
 *
 * Where the service is told to listen on an address of its own (QUARKUS_HTTP_HOST), or the port
 * (QUARKUS_HTTP_PORT, 8080) cannot be opened, COMMAND starts without: it reports what is wrong.
 * So it does where it is to listen late (LAB_DEMO_STARTUP_DELAY): nothing may connect before. And so
 * it does where the container has arguments, after "-jar FILE": then COMMAND is not the service.
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

/* Keys of a terminal (Ctrl-C) reach COMMAND without our help, for it is in the same process group. */
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
