// SPDX-License-Identifier: Apache-2.0
// Numbers: integers of any size, mixed comparison, conversion between numbers and text.
//
// Big integers are limbs in a heap object; GMP's mpn_ functions read them there and write results straight into a new one.
// Invariant: a result is normal: no leading zero limbs, and anything that fits 61 bits is small. Floats are finite.
#include <gmp.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "native.h"

#define MAX_LIMBS ((size_t)1 << 25)     // 2^31 bits

_Static_assert(sizeof(mp_limb_t) == 8, "limbs are words");

// Magnitude and sign of an integer, small ones included.
struct view { const mp_limb_t *p; size_t n; bool neg; mp_limb_t one; };

static void view_of(term t, struct view *v)
{
    if (is_small(t)) {
        int64_t i = small_value(t);
        v->neg = i < 0;
        v->one = i < 0 ? -(uint64_t)i : (uint64_t)i;
        v->n = i != 0;
        v->p = &v->one;
    } else {
        v->neg = boxed_type(t) == TYPE_BIGNEG;
        v->n = header_size(boxed_header(t));
        v->p = (const mp_limb_t *)(boxed_ptr(t) + 1);
    }
}

// Room for a result of n limbs; finish() makes the term and gives back what was not needed.
static term *room(struct heap *h, size_t n) { return heap_alloc(h, n + 1); }
static mp_limb_t *limbs(term *obj) { return (mp_limb_t *)(obj + 1); }

static term finish(struct heap *h, term *obj, size_t reserved, size_t n, bool neg)
{
    const mp_limb_t *p = limbs(obj);
    while (n && !p[n - 1]) n--;
    bool last = obj + 1 + reserved == h->top;
    if (n == 0 || (n == 1 && p[0] <= (uint64_t)SMALL_MAX + neg)) {
        int64_t v = n ? (neg ? (int64_t)-p[0] : (int64_t)p[0]) : 0;
        if (last) h->top = obj;
        else memset(obj, 0, (reserved + 1) * sizeof(term));
        return make_small(v);
    }
    if (last) h->top = obj + 1 + n;
    else if (n < reserved) memset(obj + 1 + n, 0, (reserved - n) * sizeof(term));
    obj[0] = make_header(neg ? TYPE_BIGNEG : TYPE_BIGPOS, n);
    return make_boxed(obj);
}

static mp_limb_t *scratch(size_t n)
{
    mp_limb_t *p = malloc((n + 1) * sizeof *p);
    if (p) return p;
    fprintf(stderr, "phial: out of memory in arithmetic\n");
    abort();
}

// ---- addition

static int compare_magnitude(const struct view *a, const struct view *b)
{
    if (a->n != b->n) return a->n < b->n ? -1 : 1;
    return a->n ? mpn_cmp(a->p, b->p, (mp_size_t)a->n) : 0;
}

static term add_views(struct heap *h, const struct view *a, const struct view *b, bool negate_b)
{
    bool bneg = b->neg != negate_b;
    if (compare_magnitude(a, b) < 0) {
        struct view x = *b;
        if (x.p == &b->one) x.p = &x.one;
        x.neg = bneg;
        return add_views(h, &x, a, false);
    }
    size_t n = a->n + 1;
    term *obj = room(h, n);
    mp_limb_t *r = limbs(obj);
    if (!b->n) {
        if (a->n) mpn_copyi(r, a->p, (mp_size_t)a->n);
        r[a->n] = 0;
        return finish(h, obj, n, n, a->neg);
    }
    if (a->neg == bneg) {
        r[a->n] = mpn_add(r, a->p, (mp_size_t)a->n, b->p, (mp_size_t)b->n);
    } else {
        mpn_sub(r, a->p, (mp_size_t)a->n, b->p, (mp_size_t)b->n);
        r[a->n] = 0;
    }
    return finish(h, obj, n, n, a->neg);
}

static bool to_doubles(term a, term b, double *x, double *y)
{
    return is_number(a) && is_number(b) && num_to_double(a, x) && num_to_double(b, y);
}

static term float_result(struct process *p, double d) { return isfinite(d) ? mk_float(&p->heap, d) : raise_badarith(p); }

static term add_or_sub(struct process *p, term a, term b, bool sub)
{
    if (is_float(a) && is_float(b)) return float_result(p, sub ? float_value(a) - float_value(b) : float_value(a) + float_value(b));
    if (both_small(a, b)) return mk_int(&p->heap, sub ? small_value(a) - small_value(b) : small_value(a) + small_value(b));
    if (is_integer(a) && is_integer(b)) {
        struct view x, y;
        view_of(a, &x);
        view_of(b, &y);
        native_charge(p, (x.n + y.n) / 256);
        return add_views(&p->heap, &x, &y, sub);
    }
    double x, y;
    if (!to_doubles(a, b, &x, &y)) return raise_badarith(p);
    return float_result(p, sub ? x - y : x + y);
}

term num_add(struct process *p, term a, term b) { return add_or_sub(p, a, b, false); }
term num_sub(struct process *p, term a, term b) { return add_or_sub(p, a, b, true); }

term num_neg(struct process *p, term a)
{
    if (is_float(a)) return mk_float(&p->heap, -float_value(a));
    return num_sub(p, make_small(0), a);
}

// ---- multiplication and division

term num_mul(struct process *p, term a, term b)
{
    if (is_float(a) && is_float(b)) return float_result(p, float_value(a) * float_value(b));
    if (both_small(a, b)) {
        int64_t r;
        if (!__builtin_mul_overflow(small_value(a), small_value(b), &r)) return mk_int(&p->heap, r);
    }
    if (is_integer(a) && is_integer(b)) {
        struct view x, y;
        view_of(a, &x);
        view_of(b, &y);
        if (!x.n || !y.n) return make_small(0);
        if (x.n + y.n > MAX_LIMBS) return raise_system_limit(p);
        size_t n = x.n + y.n;
        term *obj = room(&p->heap, n);
        if (a == b && x.n > 1) mpn_sqr(limbs(obj), x.p, (mp_size_t)x.n);
        else if (x.n >= y.n) mpn_mul(limbs(obj), x.p, (mp_size_t)x.n, y.p, (mp_size_t)y.n);
        else mpn_mul(limbs(obj), y.p, (mp_size_t)y.n, x.p, (mp_size_t)x.n);
        native_charge(p, n / 32 * (x.n < y.n ? x.n : y.n) / 64);
        return finish(&p->heap, obj, n, n, x.neg != y.neg);
    }
    double x, y;
    if (!to_doubles(a, b, &x, &y)) return raise_badarith(p);
    return float_result(p, x * y);
}

term num_div_float(struct process *p, term a, term b)
{
    double x, y;
    if (!to_doubles(a, b, &x, &y) || y == 0) return raise_badarith(p);
    return float_result(p, x / y);
}

static term divide(struct process *p, term a, term b, bool want_rem)
{
    if (!is_integer(a) || !is_integer(b) || b == make_small(0)) return raise_badarith(p);
    if (both_small(a, b)) {
        int64_t x = small_value(a), y = small_value(b);
        return mk_int(&p->heap, want_rem ? x % y : x / y);
    }
    struct view x, y;
    view_of(a, &x);
    view_of(b, &y);
    if (compare_magnitude(&x, &y) < 0) return want_rem ? a : make_small(0);
    size_t nq = x.n - y.n + 1, nr = y.n;
    mp_limb_t *other = scratch(want_rem ? nq : nr);
    term *obj = room(&p->heap, want_rem ? nr : nq);
    mp_limb_t *q = want_rem ? other : limbs(obj), *r = want_rem ? limbs(obj) : other;
    mpn_tdiv_qr(q, r, 0, x.p, (mp_size_t)x.n, y.p, (mp_size_t)y.n);
    free(other);
    native_charge(p, nq / 32 * nr / 64);
    return want_rem ? finish(&p->heap, obj, nr, nr, x.neg) : finish(&p->heap, obj, nq, nq, x.neg != y.neg);
}

term num_div(struct process *p, term a, term b) { return divide(p, a, b, false); }
term num_rem(struct process *p, term a, term b) { return divide(p, a, b, true); }

// ---- bits: negative numbers behave as two's complement of unlimited length

enum bit_op { BIT_AND, BIT_OR, BIT_XOR };

static mp_limb_t apply_bits(enum bit_op op, mp_limb_t a, mp_limb_t b) { return op == BIT_AND ? a & b : op == BIT_OR ? a | b : a ^ b; }

// The next limb of the two's complement form; *carry starts at 1.
static mp_limb_t complement_limb(const struct view *v, size_t i, mp_limb_t *carry)
{
    mp_limb_t w = i < v->n ? v->p[i] : 0;
    if (!v->neg) return w;
    w = ~w + *carry;
    *carry = *carry && w == 0;
    return w;
}

static term bit_operation(struct process *p, enum bit_op op, term a, term b)
{
    if (both_small(a, b)) return make_small((int64_t)apply_bits(op, (mp_limb_t)small_value(a), (mp_limb_t)small_value(b)));
    if (!is_integer(a) || !is_integer(b)) return raise_badarith(p);
    struct view x, y;
    view_of(a, &x);
    view_of(b, &y);
    size_t n = (x.n > y.n ? x.n : y.n) + 1;
    term *obj = room(&p->heap, n);
    mp_limb_t *r = limbs(obj), cx = 1, cy = 1;
    for (size_t i = 0; i < n; i++) {
        mp_limb_t u = complement_limb(&x, i, &cx);
        r[i] = apply_bits(op, u, complement_limb(&y, i, &cy));
    }
    bool neg = apply_bits(op, x.neg, y.neg);
    if (neg) mpn_neg(r, r, (mp_size_t)n);
    native_charge(p, n / 128);
    return finish(&p->heap, obj, n, n, neg);
}

term num_band(struct process *p, term a, term b) { return bit_operation(p, BIT_AND, a, b); }
term num_bor(struct process *p, term a, term b) { return bit_operation(p, BIT_OR, a, b); }
term num_bxor(struct process *p, term a, term b) { return bit_operation(p, BIT_XOR, a, b); }

term num_bnot(struct process *p, term a)
{
    if (is_small(a)) return make_small(~small_value(a));
    if (!is_big(a)) return raise_badarith(p);
    return num_sub(p, make_small(-1), a);
}

static term shift_left(struct process *p, term a, uint64_t by)
{
    if (a == make_small(0)) return a;
    struct view x;
    view_of(a, &x);
    size_t whole = by / 64, n = x.n + whole + 1;
    if (by > (uint64_t)MAX_LIMBS * 64 || n > MAX_LIMBS) return raise_system_limit(p);
    term *obj = room(&p->heap, n);
    mp_limb_t *r = limbs(obj);
    if (whole) memset(r, 0, whole * sizeof *r);
    if (by % 64) {
        r[n - 1] = mpn_lshift(r + whole, x.p, (mp_size_t)x.n, by % 64);
    } else {
        mpn_copyi(r + whole, x.p, (mp_size_t)x.n);
        r[n - 1] = 0;
    }
    native_charge(p, n / 128);
    return finish(&p->heap, obj, n, n, x.neg);
}

static term shift_right(struct process *p, term a, uint64_t by)
{
    if (is_small(a)) return make_small(small_value(a) >> (by > 63 ? 63 : by));
    struct view x;
    view_of(a, &x);
    size_t whole = by / 64;
    if (whole >= x.n) return make_small(x.neg ? -1 : 0);
    size_t n = x.n - whole;
    term *obj = room(&p->heap, n + 1);
    mp_limb_t *r = limbs(obj), lost = 0;
    for (size_t i = 0; i < whole; i++) lost |= x.p[i];
    if (by % 64) lost |= mpn_rshift(r, x.p + whole, (mp_size_t)n, by % 64);
    else mpn_copyi(r, x.p + whole, (mp_size_t)n);
    r[n] = x.neg && lost ? mpn_add_1(r, r, (mp_size_t)n, 1) : 0;
    native_charge(p, x.n / 256);
    return finish(&p->heap, obj, n + 1, n + 1, x.neg);
}

static term shift(struct process *p, term a, term b, bool left)
{
    if (!is_integer(a) || !is_integer(b)) return raise_badarith(p);
    if (is_small(b)) {
        int64_t by = small_value(b);
        return (by >= 0) == left ? shift_left(p, a, (uint64_t)(by < 0 ? -by : by)) : shift_right(p, a, (uint64_t)(by < 0 ? -by : by));
    }
    bool grows = (boxed_type(b) == TYPE_BIGPOS) == left;
    if (a == make_small(0)) return a;
    if (grows) return raise_system_limit(p);
    return make_small(num_compare(a, make_small(0)) < 0 ? -1 : 0);
}

term num_bsl(struct process *p, term a, term b) { return shift(p, a, b, true); }
term num_bsr(struct process *p, term a, term b) { return shift(p, a, b, false); }

// ---- floats and integers

static size_t bit_length(const mp_limb_t *p, size_t n) { return n ? n * 64 - (size_t)__builtin_clzll(p[n - 1]) : 0; }

bool num_to_double(term t, double *d)
{
    if (is_float(t)) return *d = float_value(t), true;
    if (is_small(t)) return *d = (double)small_value(t), true;
    struct view v;
    view_of(t, &v);
    size_t bits = bit_length(v.p, v.n);
    if (bits > 1024) return false;
    // The top 64 bits, with a sticky lowest bit, round correctly to 53.
    mp_limb_t top = v.p[v.n - 1];
    unsigned lead = (unsigned)__builtin_clzll(top);
    if (v.n > 1) {
        mp_limb_t lost = 0;
        for (size_t i = 0; i + 2 < v.n; i++) lost |= v.p[i];
        mp_limb_t below = v.p[v.n - 2];
        if (lead) {
            top = top << lead | below >> (64 - lead);
            lost |= below << lead;
        } else {
            lost |= below;
        }
        top |= lost != 0;
    } else {
        top <<= lead;
    }
    double r = ldexp((double)top, (int)bits - 64);
    *d = v.neg ? -r : r;
    return isfinite(r);
}

// An integral double in limbs (at most 17); returns how many.
static size_t double_limbs(double d, mp_limb_t *out)
{
    int exp;
    double m = frexp(fabs(d), &exp);                    // d = m * 2^exp
    mp_limb_t mant = (mp_limb_t)ldexp(m, 53);
    int by = exp - 53;
    if (by <= 0) {
        out[0] = mant >> -by;
        return out[0] != 0;
    }
    size_t whole = (size_t)by / 64, n = whole + 2;
    memset(out, 0, n * sizeof *out);
    out[whole] = mant << (by % 64);
    if (by % 64) out[whole + 1] = mant >> (64 - by % 64);
    while (n && !out[n - 1]) n--;
    return n;
}

// Truncates a float to an integer.
term num_from_double(struct heap *h, double d)
{
    d = trunc(d);
    if (fabs(d) < 9.2e18) return mk_int(h, (int64_t)d);
    mp_limb_t limb[20];
    size_t n = double_limbs(d, limb);
    term *obj = room(h, n);
    memcpy(limbs(obj), limb, n * sizeof *limb);
    return finish(h, obj, n, n, d < 0);
}

static int compare_int_float(term a, double d)
{
    if (is_small(a)) {
        int64_t v = small_value(a);
        if (d >= 0x1p61) return -1;
        if (d <= -0x1p61) return 1;
        int64_t t = (int64_t)d;
        if (v != t) return v < t ? -1 : 1;
        double rest = d - (double)t;
        return rest > 0 ? -1 : rest < 0;
    }
    struct view v;
    view_of(a, &v);
    int sign = v.neg ? -1 : 1;
    if ((d < 0) != v.neg || fabs(d) < 0x1p60) return sign;
    mp_limb_t limb[20];
    struct view f = {.p = limb, .n = double_limbs(d, limb), .neg = v.neg};
    return sign * compare_magnitude(&v, &f);
}

int num_compare(term a, term b)
{
    if (both_small(a, b)) return (int64_t)a < (int64_t)b ? -1 : (int64_t)a > (int64_t)b;
    if (is_float(a)) {
        double d = float_value(a);
        if (!is_float(b)) return -compare_int_float(b, d);
        double e = float_value(b);
        return d < e ? -1 : d > e;
    }
    if (is_float(b)) return compare_int_float(a, float_value(b));
    struct view x, y;
    view_of(a, &x);
    view_of(b, &y);
    if (x.neg != y.neg) return x.neg ? -1 : 1;
    int c = compare_magnitude(&x, &y);
    return x.neg ? -c : c;
}

// ---- integers and text

static int digit_value(char c) { return c <= '9' ? c - '0' : c >= 'a' ? c - 'a' + 10 : c - 'A' + 10; }

term num_parse(struct heap *h, const char *digits, size_t len, int base)
{
    while (len && *digits == '0') digits++, len--;
    if (len <= 11) {    // 36^11 fits 61 bits
        int64_t v = 0;
        for (size_t i = 0; i < len; i++) v = v * base + digit_value(digits[i]);
        return make_small(v);
    }
    unsigned char *values = malloc(len);
    if (!values) abort();
    for (size_t i = 0; i < len; i++) values[i] = (unsigned char)digit_value(digits[i]);
    size_t n = (size_t)((double)len * log2(base) / 64) + 2;
    term *obj = room(h, n);
    size_t used = (size_t)mpn_set_str(limbs(obj), values, len, base);
    memset(limbs(obj) + used, 0, (n - used) * sizeof(mp_limb_t));
    free(values);
    return finish(h, obj, n, used, false);
}

static const char digit[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

char *num_format_small(int64_t value, int base, char *end)
{
    uint64_t x = value < 0 ? -(uint64_t)value : (uint64_t)value;
    if (base == 10) {
        do *--end = (char)('0' + x % 10);
        while (x /= 10);
    } else {
        do *--end = digit[x % (unsigned)base];
        while (x /= (unsigned)base);
    }
    if (value < 0) *--end = '-';
    return end;
}

char *num_format(term integer, int base, size_t *len)
{
    if (is_small(integer)) {
        char small[SMALL_TEXT], *at = num_format_small(small_value(integer), base, small + sizeof small);
        *len = (size_t)(small + sizeof small - at);
        char *text = strndup(at, *len);
        if (!text) abort();
        return text;
    }
    struct view v;
    view_of(integer, &v);
    size_t size = (size_t)((double)(v.n * 64) / log2(base)) + 4;
    char *text = malloc(size);
    if (!text) abort();
    mp_limb_t *copy = scratch(v.n + 1);
    memcpy(copy, v.p, v.n * sizeof *copy);
    unsigned char *out = (unsigned char *)text + 1;
    size_t n = mpn_get_str(out, base, copy, (mp_size_t)v.n), zeros = 0;
    free(copy);
    while (zeros + 1 < n && !out[zeros]) zeros++;
    n -= zeros;
    size_t at = 0;
    if (v.neg) text[at++] = '-';
    for (size_t i = 0; i < n; i++) text[at + i] = digit[((unsigned char *)text)[1 + zeros + i]];
    *len = at + n;
    text[*len] = 0;
    return text;
}

// ---- floats as text

// Adds one unit to the last of n digits; false if that carries out.
static bool bump_digits(char *digits, int n)
{
    for (int i = n - 1; i >= 0; i--) {
        if (digits[i]++ < '9') return true;
        digits[i] = '0';
    }
    return false;
}

static bool reads_back(const char *digits, int n, int exp, double d)
{
    char text[48];
    snprintf(text, sizeof text, "%.1s.%.*se%d", digits, n - 1, digits + 1, exp);
    return strtod(text, NULL) == d;
}

static int decimal_digits(uint64_t m, char *digits)
{
    char text[20];
    int n = 0, at = 20;
    do text[--at] = (char)('0' + m % 10); while (m /= 10);
    while (at < 20) digits[n++] = text[at++];
    digits[n] = 0;
    return n;
}

// The same as below for what is m / 10^k with m of at most 15 digits (m and 10^k are exact, so the quotient is what the text reads back as); 0: it is
// none.
static int few_digits(double d, char *digits, int *exp)
{
    double scale = 1, m;
    for (int k = 0; k <= 22 && (m = nearbyint(d * scale)) < 1e15; k++, scale *= 10) {
        if (m / scale != d) continue;
        int n = decimal_digits((uint64_t)m, digits);
        *exp = n - 1 - k;
        while (n > 1 && digits[n - 1] == '0') n--;
        digits[n] = 0;
        return n;
    }
    return 0;
}

// The fewest digits that read back as d > 0: d = 0.d1d2d3... * 10^(*exp + 1). Returns their number.
static int shortest_digits(double d, char *digits, int *exp)
{
    int mant_exp, few = few_digits(d, digits, exp);
    if (few) return few;
    bool power_of_two = frexp(d, &mant_exp) == 0.5, subnormal = d < 0x1p-1022;
    for (int n = subnormal || power_of_two ? 1 : 15; n <= 17; n++) {
        char text[48];
        snprintf(text, sizeof text, "%.*e", n - 1, d);
        digits[0] = text[0];
        if (n > 1) memcpy(digits + 1, text + 2, (size_t)n - 1);
        digits[n] = 0;
        *exp = atoi(strchr(text, 'e') + 1);
        bool found = n == 17 || reads_back(digits, n, *exp, d);
        // Below a power of two doubles are closer: the n-digit number above may read back when the nearest does not.
        if (!found && power_of_two) found = bump_digits(digits, n) && reads_back(digits, n, *exp, d);
        if (!found) continue;
        while (n > 1 && digits[n - 1] == '0') n--;
        digits[n] = 0;
        return n;
    }
    return 17;
}

static int layout_scientific(const char *digits, int n, int exp, char *out)
{
    return sprintf(out, "%c.%se%d", digits[0], n > 1 ? digits + 1 : "0", exp);
}

static int layout_positional(const char *digits, int n, int exp, char *out)
{
    static const char zeros[] = "0000000000000000000000";
    int whole = exp < 0 ? 0 : n > exp + 1 ? exp + 1 : n, fill = exp < 0 ? -exp - 1 : n > exp + 1 ? 0 : exp + 1 - n, len = 0;
    if (exp < 0) memcpy(out, "0.", 2), len = 2;
    memcpy(out + len, digits, (size_t)whole), len += whole;
    memcpy(out + len, zeros, (size_t)fill), len += fill;
    if (exp >= 0) out[len++] = '.';
    if (n == whole) out[len++] = '0';
    memcpy(out + len, digits + whole, (size_t)(n - whole));
    out[len += n - whole] = 0;
    return len;
}

int float_format_short(double d, char *buf)
{
    char *out = buf;
    if (signbit(d)) *out++ = '-', d = -d;
    if (d == 0) return (int)(out - buf) + sprintf(out, "0.0");
    char digits[20];
    int exp, n = shortest_digits(d, digits, &exp);
    char sci[40], pos[64];
    int nsci = layout_scientific(digits, n, exp, sci), npos = 100;
    if (d < 0x1p53 && exp > -10) npos = layout_positional(digits, n, exp, pos);
    int len = nsci < npos ? nsci : npos;
    memcpy(out, nsci < npos ? sci : pos, (size_t)len + 1);
    return (int)(out - buf) + len;
}
