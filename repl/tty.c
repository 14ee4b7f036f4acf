// SPDX-License-Identifier: Apache-2.0
// See tty.h. Raw means: no echo, no lines, no signals from keys, CR is CR; output is still processed, so that "\n" ends a line.
#include "tty.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

// A hang-up is news for the program; one that does not end for HANGUP_SECONDS is ended by the alarm.
enum { HANGUP_SECONDS = 5 };
static const char ENTER[] = "\033[?2004h", LEAVE[] = "\033[?2004l\033[0m";
static const int FATAL[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGALRM, SIGINT};
enum { NFATAL = sizeof FATAL / sizeof *FATAL };

static struct { volatile sig_atomic_t raw; struct termios modes; struct sigaction before[NFATAL], hangup; } saved;

static void say(const char *text, size_t n)
{
    while (n) {
        ssize_t done = write(1, text, n);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return;
        text += done;
        n -= (size_t)done;
    }
}

static void restore(void)
{
    if (!saved.raw) return;
    saved.raw = 0;
    say(LEAVE, sizeof LEAVE - 1);
    tcsetattr(0, TCSADRAIN, &saved.modes);
}

// The terminal first, then what the signal did before.
static void on_fatal(int number)
{
    restore();
    for (int i = 0; i < NFATAL; i++)
        if (FATAL[i] == number) sigaction(number, &saved.before[i], NULL);
    raise(number);
}

static void on_hangup(int number)
{
    alarm(HANGUP_SECONDS);
    if (saved.hangup.sa_handler != SIG_DFL && saved.hangup.sa_handler != SIG_IGN) saved.hangup.sa_handler(number);
}

bool tty_usable(void)
{
    const char *name = getenv("TERM");
    return isatty(0) && isatty(1) && name && *name && strcmp(name, "dumb") != 0;
}

static bool set_raw(void)
{
    struct termios raw = saved.modes;
    raw.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR | IXON | ISTRIP | BRKINT);
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN | ISIG);
    raw.c_oflag |= OPOST | ONLCR;
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    return tcsetattr(0, TCSADRAIN, &raw) == 0;
}

void tty_enter(struct tty *t)
{
    if (!t->open || t->gone || !set_raw()) return;
    saved.raw = 1;
    say(ENTER, sizeof ENTER - 1);
}

bool tty_open(struct tty *t)
{
    if (saved.raw || tcgetattr(0, &saved.modes) < 0) return false;
    struct sigaction act = {.sa_handler = on_fatal, .sa_flags = SA_RESETHAND}, hangup = {.sa_handler = on_hangup, .sa_flags = SA_RESTART};
    for (int i = 0; i < NFATAL; i++) sigaction(FATAL[i], &act, &saved.before[i]);
    sigaction(SIGHUP, &hangup, &saved.hangup);
    *t = (struct tty){.open = true};
    tty_measure(&t->columns, &t->rows);
    tty_enter(t);
    return true;
}

void tty_close(struct tty *t)
{
    if (!t->open) return;
    t->open = false;
    restore();
    for (int i = 0; i < NFATAL; i++) sigaction(FATAL[i], &saved.before[i], NULL);
    sigaction(SIGHUP, &saved.hangup, NULL);
}

void tty_measure(int *columns, int *rows)
{
    struct winsize size;
    bool known = ioctl(1, TIOCGWINSZ, &size) == 0;
    *columns = known && size.ws_col ? size.ws_col : 80;
    *rows = known && size.ws_row ? size.ws_row : 24;
}

size_t tty_read(struct tty *t, char *bytes, size_t n)
{
    size_t len = 0;
    while (len < n && !t->gone) {
        struct pollfd ready = {.fd = 0, .events = POLLIN};
        int some = poll(&ready, 1, 0);
        if (some == 0) break;
        ssize_t got = some < 0 ? -1 : read(0, bytes + len, n - len);
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (got <= 0) t->gone = true;
        else len += (size_t)got;
    }
    return len;
}

void tty_suspend(struct tty *t)
{
    restore();
    kill(0, SIGTSTP);
    tty_enter(t);
}
