/*
 * listen COMMAND [ARGUMENT...]
 *
 * Opens the listening socket of the service as standard input, the way inetd hands over a socket, and
 * becomes COMMAND. Whoever connects while COMMAND starts is kept waiting by the kernel, not refused.
 * See docs/adr/0006.
 *
 * Where the service is told to listen on an address of its own (QUARKUS_HTTP_HOST), or the port
 * (QUARKUS_HTTP_PORT, 8080) cannot be had, COMMAND starts without: it has the words for what is wrong.
 * So it does where it is to listen late (LAB_DEMO_STARTUP_DELAY): nothing may connect before. And so
 * it does where the container has arguments, after "-jar FILE": then COMMAND is no service.
 */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

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

int main(int argc, char **argv) {
  int number = port(), s;
  if (argc < 2) {
    fprintf(stderr, "usage: listen COMMAND [ARGUMENT...]\n");
    return 2;
  }
  if (number != 0 && any_address() && !late() && !has_arguments(argc, argv)) {
    struct sockaddr_in6 six = {0};
    struct sockaddr_in four = {0};
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
  execv(argv[1], argv + 1);
  perror(argv[1]);
  return 127;
}
