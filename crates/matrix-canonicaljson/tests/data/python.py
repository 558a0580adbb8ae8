"""Writes python.json: what Python's json module makes of numbers and documents. Python 3.11 was used.

    python3 python.py > python.json
"""
import json
import math
import random
import struct

rng = random.Random(2540)


def reject(token):
    raise ValueError(token)


def finite(token):
    value = float(token)
    if math.isinf(value):
        raise ValueError(token)
    return value


def canonical(text):
    """Returns the canonical form, or None when there is none."""
    try:
        value = json.loads(text, parse_constant=reject, parse_float=finite)
        out = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        out.encode()
        return out
    except ValueError:
        return None


FIXED = """0 -0 7 -7 007 -01 0.0 -0.0 0e0 -0e5 1.0 1.50 100.0 1e2 1E2 1e+2 1e-2 1. .5 - +1 1e 1e+ 1_0 0x10 NaN
Infinity -Infinity 1e308 1.7976931348623157e308 1.7976931348623158e308 1.7976931348623159e308 2e308 -2e308 1e400
1e-400 -1e-400 5e-324 2.5e-324 2.4703282292062327e-324 4.9e-324 2.2250738585072014e-308 2.225073858507201e-308
1e15 1e16 1e17 1e21 1e22 1e23 9999999999999998.0 9999999999999999.0 1234567890123456.7 123456789012345678.0
0.1 0.3 0.0001 0.00001 0.00012345 0.000012345 1e-4 1e-5 1e-7 1.5e300 1.5e-300 1e100 1e-100 1e10 4.35 123.456
9007199254740991 9007199254740992 -9007199254740991 -9007199254740992 9007199254740993 9007199254740993.0
9223372036854775807 9223372036854775808 -9223372036854775808 -9223372036854775809 18446744073709551615
18446744073709551616 340282366920938463463374607431768211456 -170141183460469231731687303715884105729
907988436156256.25 907988436156256.75 8640022247691162e-1 5.684341886080802e-14""".split()


def number():
    kind = rng.randrange(6)
    sign = rng.choice(["", "-"])
    if kind == 0:
        return sign + str(rng.randrange(10 ** rng.randrange(1, 60)))
    if kind == 1:
        value = struct.unpack("<d", struct.pack("<Q", rng.getrandbits(64)))[0]
        return repr(value) if math.isfinite(value) else "1e999"
    if kind == 2:
        return "%.17g" % math.ldexp(1, rng.randrange(-1074, 1024))
    if kind == 3:
        return "%s%d.%s" % (sign, rng.randrange(2**53), format(rng.randrange(256) / 256, ".8f")[2:])
    if kind == 4:
        return "%s%d%s%d" % (sign, rng.randrange(10**20), rng.choice(["e", "E+", "e-"]), rng.randrange(330))
    return "%s%d.%d" % (sign, rng.randrange(10 ** rng.randrange(1, 20)), rng.randrange(10**12))


LETTERS = 'abcZ0"\\/\n\t\x00\x1f\x7f\b\f\ré日\uffff\ue000\U0001f600\U00010000 [~\u2028'


def string():
    out = ""
    for _ in range(rng.choice([0, 1, 1, 2, 8, 9])):
        code = ord(rng.choice(LETTERS))
        if code >= 0x10000 and rng.random() < 0.5:
            code -= 0x10000
            out += "\\u%04x\\u%04X" % (0xD800 + (code >> 10), 0xDC00 + (code & 0x3FF))
        elif code < 0x10000 and (code < 0x20 or code in (0x22, 0x5C) or rng.random() < 0.2):
            out += rng.choice(["\\u%04x", "\\u%04X"]) % code
        else:
            out += chr(code)
    return '"%s"' % out


def space():
    return rng.choice(["", "", "", " ", "\n\t", "\r\n  "])


def value(depth):
    kind = rng.randrange(6)
    if depth == 0 or kind < 2:
        return rng.choice([string, number, lambda: rng.choice(["true", "false", "null"])])()
    if kind < 4:
        items = [space() + value(depth - 1) + space() for _ in range(rng.randrange(4))]
        return "[%s]" % ",".join(items)
    keys = [rng.choice([string(), '"a"', '"\\u0061"', '"ab"', '"abcdefgh"', '"abcdefgh\\u0000"', '""'])
            for _ in range(rng.randrange(6))]
    members = [space() + key + space() + ":" + space() + value(depth - 1) + space() for key in keys]
    return "{%s}" % ",".join(members)


def mutated(text):
    place = rng.randrange(len(text) + 1)
    return text[:place] + rng.choice(["", *'{}[],:"\\0-.eE\x01']) + text[place + rng.randrange(2):]


inputs = FIXED + [number() for _ in range(300)]
inputs += [value(4) for _ in range(150)]
inputs += [mutated(value(2)) for _ in range(100)]
print("[")
for index, text in enumerate(inputs):
    end = "," if index + 1 < len(inputs) else ""
    print(json.dumps([text, canonical(text)]) + end)
print("]")
