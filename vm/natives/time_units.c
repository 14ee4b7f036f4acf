// SPDX-License-Identifier: Apache-2.0
// :erlang conversions of time: between units, and between universal, local and POSIX time.
//
// Invariant: conversions between units round down, whatever the size of the number; the local zone is the operating system's.
#include "time.h"

int64_t time_unit_parts(term unit)
{
    if (unit == AM_second || unit == AM_seconds) return 1;
    if (unit == AM_millisecond || unit == AM_milli_seconds) return 1000;
    if (unit == AM_microsecond || unit == AM_micro_seconds) return 1000000;
    if (unit == AM_nanosecond || unit == AM_nano_seconds || unit == AM_native || unit == AM_perf_counter) return 1000000000;
    return is_small(unit) && small_value(unit) > 0 ? small_value(unit) : 0;
}

term time_convert(struct process *p, term amount, int64_t from, int64_t to)
{
    if (from == to) return amount;
    if (is_small(amount) && from % to == 0) {
        int64_t n = small_value(amount), by = from / to;
        return make_small(n / by - (n % by < 0));
    }
    term product = num_mul(p, amount, make_small(to)), q = num_div(p, product, make_small(from)), rest = num_rem(p, product, make_small(from));
    return num_compare(rest, make_small(0)) < 0 ? num_sub(p, q, make_small(1)) : q;
}

NATIVE("erlang", "convert_time_unit", 3, erlang_convert_time_unit, "An amount of one time unit in another, rounded down.")
{
    int64_t from = time_unit_parts(arg[1]), to = time_unit_parts(arg[2]);
    if (!is_integer(arg[0])) return raise_badarg(p, 1, "not an integer");
    if (!from) return raise_badarg(p, 2, "invalid time unit");
    if (!to) return raise_badarg(p, 3, "invalid time unit");
    return time_convert(p, arg[0], from, to);
}

static bool three(term t, int *v, int low2)
{
    if (!is_tuple_of(t, 3)) return false;
    for (uint64_t i = 0; i < 3; i++) {
        term e = tuple_get(t, i);
        if (!is_small(e) || small_value(e) < (i ? low2 : -9999) || small_value(e) > (i ? 366 : 99999)) return false;
        v[i] = (int)small_value(e);
    }
    return true;
}

static bool read_datetime(term t, struct tm *tm)
{
    int d[3], h[3];
    if (!is_tuple_of(t, 2) || !three(tuple_get(t, 0), d, 1) || !three(tuple_get(t, 1), h, 0)) return false;
    if (d[1] > 12 || d[2] > 31 || h[0] < 0 || h[0] > 23 || h[1] > 59 || h[2] > 59) return false;
    *tm = (struct tm){.tm_year = d[0] - 1900, .tm_mon = d[1] - 1, .tm_mday = d[2], .tm_hour = h[0], .tm_min = h[1], .tm_sec = h[2]};
    struct tm check = *tm;
    timegm(&check);
    return check.tm_mday == tm->tm_mday;    // 30 February is none
}

term time_datetime(struct process *p, const struct tm *tm)
{
    struct heap *h = &p->heap;
    term date = mk_tuple3(h, make_small(tm->tm_year + 1900), make_small(tm->tm_mon + 1), make_small(tm->tm_mday));
    return mk_tuple2(h, date, mk_tuple3(h, make_small(tm->tm_hour), make_small(tm->tm_min), make_small(tm->tm_sec)));
}

NATIVE("erlang", "universaltime_to_localtime", 1, erlang_universaltime_to_localtime, "A UTC datetime as one here.")
{
    struct tm tm;
    if (!read_datetime(arg[0], &tm)) return raise_badarg(p, 1, NULL);
    time_t t = timegm(&tm);
    return localtime_r(&t, &tm) ? time_datetime(p, &tm) : raise_badarg(p, 1, NULL);
}

static term to_universal(struct process *p, term local, int dst)
{
    struct tm tm;
    if (!read_datetime(local, &tm)) return raise_badarg(p, 1, NULL);
    tm.tm_isdst = dst;
    time_t t = mktime(&tm);
    return gmtime_r(&t, &tm) ? time_datetime(p, &tm) : raise_badarg(p, 1, NULL);
}
NATIVE("erlang", "localtime_to_universaltime", 1, erlang_localtime_to_universaltime_1, "A datetime here as one in UTC.")
{
    return to_universal(p, arg[0], -1);
}
NATIVE("erlang", "localtime_to_universaltime", 2, erlang_localtime_to_universaltime_2,
       "localtime_to_universaltime/1, told whether it is summer time.")
{
    return to_universal(p, arg[0], arg[1] == AM_true ? 1 : arg[1] == AM_false ? 0 : -1);
}
NATIVE("erlang", "posixtime_to_universaltime", 1, erlang_posixtime_to_universaltime, "Seconds since 1970 as a UTC datetime.")
{
    struct tm tm;
    if (!is_small(arg[0])) return raise_badarg(p, 1, "not an integer");
    time_t t = (time_t)small_value(arg[0]);
    return gmtime_r(&t, &tm) ? time_datetime(p, &tm) : raise_badarg(p, 1, "out of range");
}
NATIVE("erlang", "universaltime_to_posixtime", 1, erlang_universaltime_to_posixtime, "A UTC datetime as seconds since 1970.")
{
    struct tm tm;
    return read_datetime(arg[0], &tm) ? make_small((int64_t)timegm(&tm)) : raise_badarg(p, 1, NULL);
}
