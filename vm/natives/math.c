// SPDX-License-Identifier: Apache-2.0
// :math natives, on doubles. Arguments that are no numbers are badarg, those outside a function's domain badarith.
//
// Invariant: no result is infinite or not a number.
#include <math.h>

#include "native.h"

#define PI 3.14159265358979323846
#define NOT_NUMBER "not a number"

static term unary(struct process *p, const term *arg, double (*fn)(double))
{
    double x;
    if (!is_number(arg[0])) return raise_badarg(p, 1, NOT_NUMBER);
    if (!num_to_double(arg[0], &x)) return raise_badarith(p);
    double r = fn(x);
    return isfinite(r) ? mk_float(&p->heap, r) : raise_badarith(p);
}

static term binary(struct process *p, const term *arg, double (*fn)(double, double))
{
    double x, y;
    if (!is_number(arg[0])) return raise_badarg(p, 1, is_number(arg[1]) ? NOT_NUMBER : NOT_NUMBER "\n  * 2nd argument: " NOT_NUMBER);
    if (!is_number(arg[1])) return raise_badarg(p, 2, NOT_NUMBER);
    if (!num_to_double(arg[0], &x) || !num_to_double(arg[1], &y)) return raise_badarith(p);
    double r = fn(x, y);
    return isfinite(r) ? mk_float(&p->heap, r) : raise_badarith(p);
}

#define UNARY(NAME, FN, DOC) NATIVE("math", NAME, 1, math_##FN, DOC) { return unary(p, arg, FN); }
#define BINARY(NAME, FN, DOC) NATIVE("math", NAME, 2, math_##FN, DOC) { return binary(p, arg, FN); }

UNARY("sin", sin, "Sine of an angle in radians.")
UNARY("cos", cos, "Cosine of an angle in radians.")
UNARY("tan", tan, "Tangent of an angle in radians.")
UNARY("asin", asin, "Arc sine.")
UNARY("acos", acos, "Arc cosine.")
UNARY("atan", atan, "Arc tangent.")
UNARY("sinh", sinh, "Hyperbolic sine.")
UNARY("cosh", cosh, "Hyperbolic cosine.")
UNARY("tanh", tanh, "Hyperbolic tangent.")
UNARY("asinh", asinh, "Inverse hyperbolic sine.")
UNARY("acosh", acosh, "Inverse hyperbolic cosine.")
UNARY("atanh", atanh, "Inverse hyperbolic tangent.")
UNARY("erf", erf, "Error function.")
UNARY("erfc", erfc, "Complement of the error function.")
UNARY("exp", exp, "e to the power of a number.")
UNARY("log", log, "Natural logarithm.")
UNARY("log2", log2, "Logarithm to base 2.")
UNARY("log10", log10, "Logarithm to base 10.")
UNARY("sqrt", sqrt, "Square root.")
UNARY("floor", floor, "The largest integral float not above a number.")
UNARY("ceil", ceil, "The smallest integral float not below a number.")
BINARY("atan2", atan2, "Angle of the point (x, y) given y and x.")
BINARY("pow", pow, "A number to the power of another.")
BINARY("fmod", fmod, "Remainder of a division of floats.")

NATIVE("math", "pi", 0, math_pi, "The ratio of a circle's circumference to its diameter.") { return mk_float(&p->heap, PI); }
