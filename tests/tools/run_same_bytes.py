"""One scenario, one file: the bytes depend neither on the cache (miss, hit, off), the threads, the coupling, nor on who runs it where."""
import os
import pathlib
import tempfile

from product import check, run, same

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
