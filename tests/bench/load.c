/* The load client: WebSockets that note when a frame came, and HTTP requests at a set rate, cheap enough to leave the
   server the slower of the two. One command a line on stdin, one line of JSON on stdout; times are CLOCK_MONOTONIC in ns.

     open PORT PATH ORIGIN COUNT COOKIES STALLED PACKS   sockets; the first STALLED of them read nothing after their first
                                                   frame; PACKS: they say, as browsers do, that they read compressed frames
     watch NEEDLE                                  count frames that hold NEEDLE, from now on
     wait COUNT MS                                 until COUNT sockets saw one, or MS passed
     send PORT FILE RATE LINES OUT                 requests (length, newline, bytes) at RATE a second over LINES lines
     resume                                        the stalled read again, for a second: what lay in their buffers */
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

enum { CONNECTING, UPGRADING, OPEN, CLOSED };
typedef struct {
  int fd, state, is_http, stalled, told, request; /* request: the one under way on an HTTP line, or -1 */
  char *kept;
  int kept_size, kept_room;
  long hits;
  uint64_t first;
  const char *cookie;
} Line;
typedef struct {
  char *bytes;
  int size, status;
  uint64_t due, done;
} Request;

static Line *sockets, *lines;
static int socket_count, line_count, opened, closed, poller, asked; /* asked: a command lies on stdin */
static Request *requests;
static int request_count, answered;
static char needle[200], path[300], origin[200];
static int port, packs;
static long bytes_in;
static char buffer[1 << 21];

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000ull + t.tv_nsec;
}

static uint64_t cpu(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1000000000ull + t.tv_nsec;
}

static void watch_line(Line *line, int how, uint32_t events) {
  struct epoll_event event = {.events = events, .data.ptr = line};
  epoll_ctl(poller, how, line->fd, &event);
}

static void dial(Line *line) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int one = 1, little = 4096;
  line->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (line->fd < 0) { perror("socket"); exit(2); }
  setsockopt(line->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (line->stalled) setsockopt(line->fd, SOL_SOCKET, SO_RCVBUF, &little, sizeof little);
  if (connect(line->fd, (void *)&to, sizeof to) < 0 && errno != EINPROGRESS) { perror("connect"); exit(2); }
  line->state = CONNECTING;
  line->kept_size = 0;
  line->request = -1;
  watch_line(line, EPOLL_CTL_ADD, EPOLLIN | EPOLLOUT);
}

static void hang_up(Line *line) {
  if (line->state == CLOSED) return;
  if (line->is_http && line->request >= 0) { requests[line->request].status = 599; answered++; }
  if (line->state == OPEN && !line->is_http) closed++;
  line->state = CLOSED;
  line->request = -1;
  close(line->fd);
}

static void upgrade(Line *line) {
  int size = snprintf(buffer, sizeof buffer,
                      "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: %s\r\n%s\r\n",
                      path, port, origin, line->cookie,
                      packs ? "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n" : "");
  if (send(line->fd, buffer, size, MSG_NOSIGNAL) != size) hang_up(line);
}

static void pong(Line *line, const char *data, int size) {
  char made[140] = {(char)0x8a, (char)(0x80 | size)};
  memcpy(made + 6, data, size); /* masked with zeros */
  if (send(line->fd, made, size + 6, MSG_NOSIGNAL) < 0) hang_up(line);
}

static void take_frame(Line *line, int kind, char *data, long size, uint64_t when) {
  if (kind == 9) { pong(line, data, size < 126 ? size : 125); return; }
  if (kind == 8) { hang_up(line); return; }
  if (line->stalled && !line->told) epoll_ctl(poller, EPOLL_CTL_DEL, line->fd, NULL);
  line->told = 1;
  if (!*needle || !memmem(data, size, needle, strlen(needle))) return;
  if (!line->hits++) line->first = when;
}

/* How long one whole frame at `data` is, with its head; 0 while it is not all there. */
static long frame_size(const uint8_t *data, long size, int *head) {
  if (size < 2) return 0;
  long length = data[1] & 127;
  *head = length == 126 ? 4 : length == 127 ? 10 : 2;
  if (size < *head) return 0;
  if (length >= 126) {
    length = 0;
    for (int at = 2; at < *head; at++) length = length << 8 | data[at];
  }
  return size >= *head + length ? *head + length : 0;
}

static long take_answer(Line *line, char *data, long size, uint64_t when) {
  char *end = memmem(data, size, "\r\n\r\n", 4);
  if (!end) return 0;
  *end = 0;
  char *length = strcasestr(data, "\ncontent-length:");
  long whole = end + 4 - data + (length ? atol(length + 16) : 0);
  int status = atoi(data + 9);
  *end = '\r';
  if (size < whole) return 0;
  if (line->request >= 0) {
    requests[line->request].status = status;
    requests[line->request].done = when;
    answered++;
  }
  line->request = -1;
  return whole;
}

static long take(Line *line, char *data, long size, uint64_t when) {
  int head = 0;
  if (line->is_http) return take_answer(line, data, size, when);
  if (line->state == UPGRADING) {
    char *end = memmem(data, size, "\r\n\r\n", 4);
    if (!end) return 0;
    if (memcmp(data, "HTTP/1.1 101", 12)) { hang_up(line); return 0; }
    line->state = OPEN;
    opened++;
    return end + 4 - data;
  }
  long whole = frame_size((uint8_t *)data, size, &head);
  if (whole) take_frame(line, data[0] & 15, data + head, whole - head, when);
  return whole;
}

static void read_line(Line *line) {
  if (line->kept_size) memcpy(buffer, line->kept, line->kept_size);
  long got = recv(line->fd, buffer + line->kept_size, sizeof buffer - line->kept_size, MSG_DONTWAIT);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) { hang_up(line); return; }
  bytes_in += got;
  uint64_t when = now();
  long size = line->kept_size + got, at = 0, taken;
  while (line->state != CLOSED && at < size && (taken = take(line, buffer + at, size - at, when))) at += taken;
  line->kept_size = size - at;
  if (line->kept_size > line->kept_room) line->kept = realloc(line->kept, line->kept_room = line->kept_size + 1024);
  if (line->kept_size) memcpy(line->kept, buffer + at, line->kept_size);
}

static void turn(int ms) {
  struct epoll_event events[1024];
  int count = epoll_wait(poller, events, 1024, ms);
  for (int at = 0; at < count; at++) {
    Line *line = events[at].data.ptr;
    if (!line) {
      asked = 1;
    } else if (line->state == CONNECTING && events[at].events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) {
      watch_line(line, EPOLL_CTL_MOD, EPOLLIN);
      line->state = line->is_http ? OPEN : UPGRADING;
      if (!line->is_http) upgrade(line);
    } else if (line->state != CLOSED) {
      read_line(line);
    }
  }
}

static int seeing(void) {
  int count = 0;
  for (int at = 0; at < socket_count; at++) count += sockets[at].hits > 0;
  return count;
}

static void report(void) {
  uint64_t first = 0, last = 0;
  long hits = 0, most = 0, healthy = 0, stalled = 0;
  for (int at = 0; at < socket_count; at++) {
    Line *line = &sockets[at];
    hits += line->hits;
    if (line->stalled) stalled += line->hits;
    else healthy += line->hits;
    if (line->hits > most) most = line->hits;
    if (line->hits && (!first || line->first < first)) first = line->first;
    if (line->hits && line->first > last) last = line->first;
  }
  printf("{\"seeing\":%d,\"first\":%lu,\"last\":%lu,\"hits\":%ld,\"healthy\":%ld,\"stalled\":%ld,\"most\":%ld,"
         "\"opened\":%d,\"closed\":%d,\"bytes\":%ld,\"cpu\":%lu}\n",
         seeing(), first, last, hits, healthy, stalled, most, opened, closed, bytes_in, cpu());
  fflush(stdout);
}

static void open_sockets(int count, const char *file, int stalled) {
  FILE *cookies = fopen(file, "r");
  char cookie[300];
  int from = socket_count, under_way = 0;
  uint64_t until = now() + 120000000000ull;
  for (int at = from; at < from + count; at++) {
    Line *line = &sockets[at];
    if (!fgets(cookie, sizeof cookie, cookies)) { fprintf(stderr, "too few cookies\n"); exit(2); }
    line->cookie = strndup(cookie, strcspn(cookie, "\n"));
    line->stalled = at - from < stalled;
    dial(line);
    socket_count++;
    while ((under_way = socket_count - opened) > 100 && now() < until) turn(5);
  }
  while (opened < socket_count && now() < until) turn(20);
  fclose(cookies);
}

static void read_requests(const char *name) {
  FILE *file = fopen(name, "r");
  int size, room = 0;
  request_count = answered = 0;
  while (fscanf(file, "%d", &size) == 1 && fgetc(file) == '\n') {
    if (request_count == room) requests = realloc(requests, (room = room ? 2 * room : 1024) * sizeof *requests);
    requests[request_count] = (Request){.bytes = malloc(size), .size = size};
    if (fread(requests[request_count++].bytes, 1, size, file) != (size_t)size) exit(2);
  }
  fclose(file);
}

/* Open loop: a request waits for a free line, and its time runs from when it was due. */
static void send_requests(double rate, const char *out) {
  int next = 0, from = 0;
  uint64_t begun = now(), until = begun + (uint64_t)(request_count / rate * 1e9) + 60000000000ull;
  while (answered < request_count && now() < until) {
    while (next < request_count && begun + (uint64_t)(next / rate * 1e9) <= now()) {
      Line *free_line = NULL;
      for (int tried = 0; tried < line_count && !free_line; tried++) {
        Line *line = &lines[(from + tried) % line_count];
        if (line->state == CLOSED) dial(line);
        if (line->state == OPEN && line->request < 0) { free_line = line; from = (from + tried + 1) % line_count; }
      }
      if (!free_line) break;
      free_line->request = next;
      requests[next].due = begun + (uint64_t)(next / rate * 1e9);
      if (send(free_line->fd, requests[next].bytes, requests[next].size, MSG_NOSIGNAL) < 0) hang_up(free_line);
      next++;
    }
    turn(1);
  }
  FILE *file = fopen(out, "w");
  for (int at = 0; at < request_count; at++)
    fprintf(file, "%lu %lu %d\n", requests[at].due, requests[at].done, requests[at].status), free(requests[at].bytes);
  fclose(file);
}

static void dial_lines(int count) {
  for (int at = 0; at < line_count; at++) hang_up(&lines[at]);
  line_count = count;
  memset(lines, 0, count * sizeof *lines);
  for (int at = 0; at < count; at++) { lines[at].is_http = 1; dial(&lines[at]); }
  for (uint64_t until = now() + 300000000ull; now() < until;) turn(20);
}

int main(void) {
  struct rlimit most;
  getrlimit(RLIMIT_NOFILE, &most);
  most.rlim_cur = most.rlim_max;
  setrlimit(RLIMIT_NOFILE, &most);
  poller = epoll_create1(0);
  sockets = calloc(70000, sizeof *sockets);
  lines = calloc(1000, sizeof *lines);
  char command[1200], file[400], out[400];
  int count, ms;
  double rate;
  struct epoll_event told = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(poller, EPOLL_CTL_ADD, 0, &told);
  for (;;) {
    for (asked = 0; !asked;) turn(1000);
    if (!fgets(command, sizeof command, stdin)) return 0;
    if (sscanf(command, "open %d %299s %199s %d %399s %d %d", &port, path, origin, &count, file, &ms, &packs) == 7) {
      open_sockets(count, file, ms);
    } else if (sscanf(command, "watch %199[^\n]", needle) == 1) {
      for (int at = 0; at < socket_count; at++) sockets[at].hits = 0;
    } else if (sscanf(command, "wait %d %d", &count, &ms) == 2) {
      for (uint64_t until = now() + ms * 1000000ull; now() < until && seeing() < count;) turn(2);
    } else if (sscanf(command, "send %d %399s %lf %d %399s", &port, file, &rate, &count, out) == 5) {
      read_requests(file);
      dial_lines(count);
      send_requests(rate, out);
    } else if (!strncmp(command, "resume", 6)) {
      for (int at = 0; at < socket_count; at++)
        if (sockets[at].stalled && sockets[at].state == OPEN) watch_line(&sockets[at], EPOLL_CTL_ADD, EPOLLIN);
      for (uint64_t until = now() + 1000000000ull; now() < until;) turn(20);
    }
    report();
  }
}
