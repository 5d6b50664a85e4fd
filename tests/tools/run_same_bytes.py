"""One scenario, one file: the bytes depend neither on the cache (miss, hit, off), the threads, the coupling, nor on who runs it where."""
import os
import pathlib
import subprocess
import tempfile

from product import arguments, check, overlay, run, same

with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    cache = ("--cache", str(folder / "cache"))
    ways = {  # flags, and what must be told of cache and coupling
        "miss": (cache, "miss", "open"),
        "hit": (cache, "hit", "open"),
        "no cache": (("--no-cache",), "off", "open"),
        "no cache, again": (("--no-cache",), "off", "open"),
        "two threads": ((*cache, "--threads", "2"), "hit", "open"),
        "seven threads": ((*cache, "--threads", "7"), "hit", "open"),
        "open": ((*cache, "--coupling", "open"), "hit", "open"),
        "closed": ((*cache, "--coupling", "closed"), "off", "closed"),
    }
    figures = {}
    for way, (flags, cached, coupling) in ways.items():
        told = run(folder / f"{way}.h5", flags=flags)
        check(told["cache"] == cached, f"{way}: cache is told to be {told['cache']!r}, expected {cached!r}")
        check(told["coupling"] == coupling, f"{way}: coupling is told to be {told['coupling']!r}")
        same(folder / f"{way}.h5", folder / "miss.h5", way)
        figures[way] = {key: told[key] for key in ("energy_j", "kpi", "operation", "jobs", "balance")}
        check(figures[way] == figures["miss"], f"{way}: the figures printed differ from those of the first run")

    # An environment that leaks into nothing: zone, language, folder.
    os.environ.update(TZ="Asia/Tokyo", LC_ALL="C", FILLER="x" * 5000)
    (folder / "elsewhere").mkdir()
    os.chdir(folder / "elsewhere")
    run("here.h5")
    same("here.h5", folder / "miss.h5", "another folder, zone and language")

    # Another seed is another file: the comparison can fail.
    run(folder / "seed.h5", sets=("clock.seed=2",))
    check((folder / "seed.h5").read_bytes() != (folder / "miss.h5").read_bytes(), "seed 2 gives the file of seed 1")

    # A guard that throttles voids the stored trace: the run is made closed, with nothing of the void one, or refused where only open is allowed.
    hot = overlay(folder / "hot.yaml", "weather: !replace {type: constant, outdoor: 38 degC}\nplant: {controllers: {coolant_guard: {throttle_to: 30 %}}}\n")
    told = run(folder / "automatic.h5", site=hot, flags=cache)
    check(told["coupling"] == "closed" and any("coolant_guard" in note for note in told["notes"]), f"throttled: {told['coupling']}, {told['notes']}")
    alone = run(folder / "closed_alone.h5", site=hot, flags=("--no-cache", "--coupling", "closed"))
    same(folder / "automatic.h5", folder / "closed_alone.h5", "a void trace against a closed run")
    check(alone["energy_j"] == told["energy_j"], "a void trace leaves something in the figures")
    done = subprocess.run(arguments(folder / "open_alone.h5", site=hot, flags=(*cache, "--coupling", "open")), capture_output=True, text=True)
    check(done.returncode == 2 and "coolant_guard" in done.stderr and "--coupling" in done.stderr, f"open and throttled: exit {done.returncode}, {done.stderr!r}")
    check(not list(folder.glob("open_alone*")), f"open and throttled: left {list(folder.glob('open_alone*'))}")

    # A damaged entry of the cache is recomputed, never believed.
    entries = [path for path in (folder / "cache").rglob("*") if path.is_file()]
    check(entries, "the cache holds nothing")
    for at, change in ((0.5, "a flipped byte"), (0.9, "a lost end")):
        for path in entries:
            content = bytearray(path.read_bytes())
            place = int(len(content) * at)
            if change == "a lost end":
                content = content[:place]
            else:
                content[place] ^= 1
            path.write_bytes(content)
        told = run(folder / "damaged.h5", flags=cache)
        check(told["cache"] == "miss", f"{change}: the damaged entry counts as a {told['cache']}")
        same(folder / "damaged.h5", folder / "miss.h5", change)
    print(f"{len(ways) + 3} runs, {(folder / 'miss.h5').stat().st_size} bytes each, the same")
