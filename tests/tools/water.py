"""The program's water against python3-iapws (IAPWS-IF97) at 0.3 MPa, 0 to 110 degC: each property within 2e-4.

    water.py PROGRAM        compare; PROGRAM prints "degC kg/m3 J/(kg K) Pa s W/(m K)" a line
    water.py --fit          print the coefficients of models/core/fluids.cpp anew
"""
import math
import subprocess
import sys

try:
    from iapws import IAPWS97
except ImportError:
    print("SKIPPED: tools: water needs python3-iapws")
    sys.exit(77)

NAMES, LIMIT = ("density", "heat capacity", "viscosity", "conductivity"), 2e-4


def exact(celsius):
    water = IAPWS97(T=max(celsius, 0.001) + 273.15, P=0.3)
    return water.rho, 1000 * water.cp, water.mu, water.k


if sys.argv[1:] == ["--fit"]:
    import numpy

    nodes = 55 + 55 * numpy.cos(numpy.pi * (numpy.arange(400) + 0.5) / 400)  # Chebyshev's: the error is even over the range
    points = numpy.array([exact(t) for t in nodes])
    for column, (name, degree) in enumerate(zip(NAMES, (5, 6, 6, 5))):
        y = numpy.log(points[:, column]) if name == "viscosity" else points[:, column]
        weights = numpy.ones_like(y) if name == "viscosity" else 1 / y
        powers = numpy.polynomial.polynomial.polyfit(nodes / 100, y, degree, w=weights)
        print(("ln " if name == "viscosity" else "") + name + ":", ", ".join(f"{power:.9g}" for power in powers))
    sys.exit(0)

rows = [[float(word) for word in line.split()] for line in subprocess.run([sys.argv[1]], check=True, capture_output=True, text=True).stdout.splitlines()]
if len(rows) < 200 or rows[0][0] > 0.5 or rows[-1][0] < 109.5:
    sys.exit("FAILED: the program's table does not span 0 to 110 degC")
worst = [0.0] * len(NAMES)
for celsius, *values in rows:
    worst = [max(old, math.fabs(value / true - 1)) for old, value, true in zip(worst, values, exact(celsius))]
print(", ".join(f"{name} {share:.1e}" for name, share in zip(NAMES, worst)))
if max(worst) > LIMIT:
    sys.exit(f"FAILED: above {LIMIT}")
