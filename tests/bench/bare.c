/* The least that a fan-out costs: one send() a socket, in a loop. `bare PORT FRAME`: each number on stdin sends the frame
   to so many sockets; the answer is when that began (CLOCK_MONOTONIC, ns). */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static const char ACCEPT[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             "Sec-WebSocket-Accept: s3pPLBMmTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"; /* of the load client's key */
static int seats[70000], seat_count, poller;
static char frame[1 << 20], buffer[1 << 16];

static void watch_fd(int fd) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
  epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
}

static void seat_all(int listener) {
  int one = 1, fd;
  while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    watch_fd(fd);
  }
}

static void hear(int fd) {
  long got = recv(fd, buffer, sizeof buffer - 1, MSG_DONTWAIT);
  if (got <= 0 && errno != EAGAIN) { close(fd); return; }
  if (got > 4 && !memcmp(buffer, "GET ", 4)) {
    send(fd, ACCEPT, sizeof ACCEPT - 1, MSG_NOSIGNAL);
    seats[seat_count++] = fd;
  }
}

static void broadcast(int count, long size) {
  struct timespec begun;
  clock_gettime(CLOCK_MONOTONIC, &begun);
  for (int at = 0; at < count && at < seat_count; at++) send(seats[at], frame, size, MSG_DONTWAIT | MSG_NOSIGNAL);
  printf("%lld\n", begun.tv_sec * 1000000000ll + begun.tv_nsec);
  fflush(stdout);
}

int main(int count, char **words) {
  if (count < 3) return 2;
  struct rlimit most;
  getrlimit(RLIMIT_NOFILE, &most);
  most.rlim_cur = most.rlim_max;
  setrlimit(RLIMIT_NOFILE, &most);
  FILE *file = fopen(words[2], "r");
  long size = fread(frame, 1, sizeof frame, file);
  fclose(file);
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(atoi(words[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(listener, (void *)&at, sizeof at) || listen(listener, 4096)) { perror("listen"); return 1; }
  poller = epoll_create1(0);
  watch_fd(listener);
  watch_fd(0);
  printf("ready\n");
  fflush(stdout);
  for (;;) {
    struct epoll_event events[256];
    int found = epoll_wait(poller, events, 256, -1);
    for (int each = 0; each < found; each++) {
      int fd = events[each].data.fd;
      if (fd == listener) seat_all(listener);
      else if (fd != 0) hear(fd);
      else {
        long got = read(0, buffer, sizeof buffer - 1);
        if (got <= 0) return 0;
        buffer[got] = 0;
        broadcast(atoi(buffer), size);
      }
    }
  }
}
