"""``recommend data``: what can be had, under which licence, and getting it."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from engine.cli.interrupts import Interrupts
from engine.cli.outcome import Outcome, text_table
from engine.cli.progress import ProgressBar
from engine.recommenders.data.data_choice import GENERATED, RecommenderData
from engine.recommenders.data.remote.catalogue import CATALOGUE, Entry, entry
from engine.recommenders.data.remote.download import download
from engine.recommenders.data.worlds.files import write_world

WORLDS = {
    "app-store": "Generated: impressions of apps with Google Play's columns, and a truth that is known",
    "video-site": "Generated: watches, searches and impressions of videos, and a truth that is known",
}


def data(arguments: Namespace) -> Outcome:
    """List the data sets; with a name, show its terms; with a folder, download it."""
    if arguments.name is None:
        return _listed()
    if arguments.name in GENERATED:
        return _generated(arguments)
    chosen = entry(arguments.name)
    if arguments.get is None:
        return Outcome(_document(chosen), _described(chosen))
    with Interrupts() as interrupts, ProgressBar(chosen.name, arguments.progress) as bar:
        path = download(
            chosen,
            arguments.get,
            accepted_licence=arguments.accept_licence,
            progress=lambda done, total: bar.at(done / total if total else 0.0, f"{done / 1e6:.0f} MB"),
            cancelled=lambda: interrupts.seen,
        )
    return Outcome({"path": str(path)}, [f"{chosen.title} is at {path}."])


def _generated(arguments: Namespace) -> Outcome:
    if arguments.get is None:
        return Outcome({"name": arguments.name, "description": WORLDS[arguments.name]}, [WORLDS[arguments.name]])
    choice = RecommenderData(
        source=arguments.name, events=arguments.size, items=arguments.items, users=arguments.users,
        seed=arguments.data_seed,
    )  # fmt: skip
    with ProgressBar(arguments.name, arguments.progress) as bar:
        rows = write_world(choice, arguments.get, bar.at)
    return Outcome({"path": str(arguments.get), "rows": rows}, [f"{rows:,} rows are in {arguments.get}."])


def _listed() -> Outcome:
    entries = [_document(one) for one in CATALOGUE]
    rows = [(one.name, "comes with it" if one.shipped else f"{one.megabytes:g} MB", one.licence, one.title)
            for one in CATALOGUE]  # fmt: skip
    rows += [(name, "generated", "none", WORLDS[name]) for name in GENERATED]
    generated = [{"name": name, "description": WORLDS[name]} for name in GENERATED]
    return Outcome({"data": entries, "generated": generated}, text_table(rows))


def _document(one: Entry) -> dict[str, object]:
    return {**asdict(one), "format": None if one.format is None else str(one.format), "shipped": one.shipped}


def _described(one: Entry) -> list[str]:
    use = "Commercial use is allowed." if one.commercial else "Not for commercial use."
    had = "It comes with the program." if one.shipped else f"Download: {', '.join(file.url for file in one.files)}"
    return [
        f"{one.title}: {one.description}", f"Licence: {one.licence} ({one.licence_url})", one.terms, use,
        f"Cite: {one.citation}", f"Page: {one.page}", had,
    ]  # fmt: skip
