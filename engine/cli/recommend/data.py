"""``recommend data``: what can be had, under which licence, and getting it."""

from __future__ import annotations

import os
from argparse import Namespace
from dataclasses import asdict

from engine.cli.flags import checked, given
from engine.cli.interrupts import Interrupts
from engine.cli.outcome import Outcome, text_table
from engine.cli.progress import ProgressBar
from engine.cli.recommend.choices import is_offered
from engine.cli.recommend.data_profile import profiled
from engine.cli.recommend.data_proposal import proposed
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.remote.catalogue import CATALOGUE, LEFT_OUT, Entry, entry
from engine.recommenders.data.remote.download import download
from engine.recommenders.data.sources import DataSource, Origin, data_source, data_sources, is_known
from engine.recommenders.data.sources.writing import write_world


def data(arguments: Namespace) -> Outcome:
    """List the data sets; with a name, show its terms; with a folder, download it; or look at what is in it."""
    if arguments.propose:
        return proposed(arguments)
    if arguments.profile or (arguments.get is None and _is_own(arguments.name)):
        return profiled(arguments)
    if arguments.name is None:
        return _listed()
    source = data_source(arguments.name) if is_known(arguments.name) else None
    if source is not None and source.origin is Origin.GENERATED:
        return _generated(arguments, source)
    chosen = entry(arguments.name) if source is None or source.entry is None else source.entry
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


def _is_own(name: str | None) -> bool:
    """Return whether this is the path of a person's own data."""
    if name is None or is_offered(name) or any(chosen.name == name for chosen in CATALOGUE):
        return False
    return os.path.lexists(name)


def _generated(arguments: Namespace, source: DataSource) -> Outcome:
    if arguments.get is None:
        return Outcome({"name": source.key, "description": source.summary}, [source.summary])
    choice = checked(RecommenderData, {"source": source.key, **given(arguments, RecommenderData)})
    with ProgressBar(source.key, arguments.progress) as bar:
        rows = write_world(choice, arguments.get, bar.at)
    return Outcome({"path": str(arguments.get), "rows": rows}, [f"{rows:,} rows are in {arguments.get}."])


def _listed() -> Outcome:
    known = (*(source.entry for source in data_sources()), *CATALOGUE)
    entries = {one.name: one for one in known if one is not None and one.is_here}
    worlds = [source for source in data_sources() if source.origin is Origin.GENERATED]
    rows = [(one.name, "comes with it" if one.shipped else f"{one.megabytes:g} MB", one.licence, one.title)
            for one in entries.values()]  # fmt: skip
    rows += [(source.key, "generated", "none", source.summary) for source in worlds]
    document = {
        "data": [_document(one) for one in entries.values()],
        "generated": [{"name": source.key, "description": source.summary} for source in worlds],
    }
    return Outcome(document, text_table(rows))


def _document(one: Entry) -> dict[str, object]:
    return {**asdict(one), "format": None if one.format is None else str(one.format), "shipped": one.shipped}


def _described(one: Entry) -> list[str]:
    use = "Commercial use is allowed." if one.commercial else "Not for commercial use."
    if not one.shipped:
        had = f"Download: {', '.join(file.url for file in one.files)}"
    else:
        left_out = LEFT_OUT(title=one.title, page=one.page).sentence
        had = "It comes with the program." if one.is_here else left_out
    return [
        f"{one.title}: {one.description}", f"Licence: {one.licence} ({one.licence_url})", one.terms, use,
        f"Cite: {one.citation}", f"Page: {one.page}", had,
    ]  # fmt: skip
