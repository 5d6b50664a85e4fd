"""`hypocaust new`: bills made by an archetype of another size give that size back; what must be refused is refused."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from product import ROOT, check

BINARY = pathlib.Path(sys.argv[1]).resolve()
MONTHS = [f"2025-{month:02}" for month in range(1, 13)]
BOILER = 0.8


def new(folder, *words, code=0):
    done = subprocess.run([BINARY, "new", *map(str, words)], cwd=folder, capture_output=True, text=True, timeout=600)
    check(done.returncode == code, f"new {words}: exit {done.returncode}\n{done.stdout[-2000:]}{done.stderr}")
    return done


def bills(folder, values, unit="kWh", months=MONTHS):
    path = folder / "bills.csv"
    path.write_text(f"month,{unit}\n" + "".join(f"{month},{value}\n" for month, value in zip(months, values)))
    return path


def fitted(text):
    """What the site's head says: kWh of heat wanted and found by month, spread of the residuals in %."""
    rows = [line.split() for line in text.splitlines() if re.match(r"#   \d{4}-\d\d ", line)]
    check(len(rows) == 12, f"{len(rows)} months in\n{text[:2000]}")
    return [float(row[3]) for row in rows], [float(row[4]) for row in rows], float(re.search(r"spread by ([\d.]+) %", text)[1])


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    words = ("nursing_home", "--bills", "bills.csv", "--boiler", BOILER, "--climate", "london")
    # Of the archetype itself, so that its months are known: any bills of about its year's shape do.
    bills(folder, [60e3, 52e3, 48e3, 36e3, 26e3, 20e3, 18e3, 18e3, 22e3, 32e3, 46e3, 58e3])
    new(folder, *words, "-o", "first.yaml")
    _, months, _ = fitted((folder / "first.yaml").read_text())
    # Twice that heat, burnt in the same boiler: twice the size.
    bills(folder, [2 * heat / BOILER / 1e3 for heat in months], unit="MWh")
    new(folder, *words, "-o", "second.yaml")
    text = (folder / "second.yaml").read_text()
    wanted, found, spread = fitted(text)
    check(abs(sum(found) / sum(wanted) - 1) < 0.006, f"a year of {sum(found):.0f} kWh for {sum(wanted):.0f}")
    check(spread < 3, f"residuals spread by {spread} % though the bills are an archetype's own")

    def size(text):
        return float(re.search(r"floor_area: !assumed ([\d.]+) m2", text)[1])

    ratio = size(text) / size((folder / "first.yaml").read_text())
    check(1.8 < ratio < 2.3, f"twice the heat, {ratio:.3f} times the floor (a larger building has less surface a m2)")
    check("include:" in text and "!assumed" in text and "/tmp" not in text, f"the site is not to be moved:\n{text[:1500]}")
    shown = subprocess.run([BINARY, "validate", "second.yaml"], cwd=folder, capture_output=True, text=True)
    check(shown.returncode == 0, shown.stderr)
    printed = new(folder, *words).stdout
    check(printed == text, "printed and written differ")
    check(not list(folder.glob(".bills*")), f"drafts are left: {list(folder.iterdir())}")
    check("is there already" in new(folder, *words, "-o", "second.yaml", code=2).stderr, "an existing file is written over")

    def refused(text, *arguments):
        done = new(folder, *arguments, code=2)
        check(text in done.stderr and done.stdout == "", f"wanted `{text}`: {done.stderr}")

    refused("did you mean `nursing_home`?", "nursing_hom", *words[1:])
    refused("write 0.85 for 85 %", *words[:4], 85, *words[5:])
    refused("none of london", *words[:6], "atlantis")
    bills(folder, [10, 10, 20, 30, 50, 60, 70, 70, 50, 30, 20, 10])
    refused("do not rise with the cold", *words)
    bills(folder, [60, 10, 60, 5, 60, 5, 40, 5, 60, 5, 60, 10])
    refused("no size of `nursing_home` meets these bills", *words)
    # An archetype without a place of its own has none to give up.
    refused("no size of `indoor_pool` meets these bills", "indoor_pool", *words[1:])
    bills(folder, [60] * 11)
    refused("holds 11 months", *words)
    bills(folder, [60] * 12, months=MONTHS[:5] + MONTHS[6:] + ["2026-02"])
    refused("bills.csv:7:1: error: `2025-07` is not the month after", *words)
    bills(folder, [60] * 11 + [-1])
    refused("bills.csv:13:9: error: `-1` is no amount of fuel", *words)
    bills(folder, [60] * 12, unit="m3")
    refused("`m3` is no unit of energy", *words)
    (folder / "bills.csv").unlink()
    refused("bills.csv", *words)
print(f"twice the heat: {ratio:.3f} times the floor, residuals {spread} %")
