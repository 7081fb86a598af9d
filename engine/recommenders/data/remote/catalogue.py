"""The public data sets: under what terms, how large, where to get them, how to know that they arrived whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import assets
from engine.data.problems import SET_UNKNOWN
from engine.problems import EngineError, declare
from engine.recommenders.data.logs.formats import Format

LEFT_OUT = declare(
    "recommender.left-out",
    "{title} isn't part of this copy of Neuroloom. Get it from {page} and open it as your own file.",
)

NOT_DOWNLOADED = declare(
    "recommender.not-downloaded",
    "{title} isn't downloaded yet: run “{command}”, then give the path that it prints in place of “{name}”.",
)


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """One file to download.

    ``size``: bytes; ``digest``: ``md5:`` or ``sha256:`` and hexadecimal digits, as the publisher gives it. Either is
    None where the file changes from time to time, or where its publisher gives none: then the first download is
    trusted, and its SHA-256 recorded.
    """

    name: str
    url: str
    size: int | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A data set that can be had.

    ``terms``: the licence's conditions in a sentence or two, to be shown before it is downloaded or used.
    ``tables``: of one that comes with the program, which has no ``files``, the names of its tables there.
    ``megabytes``: about how much is downloaded. ``format``: what ``loaders.load_log`` will recognise; None for a table
    that is no log (Adult).
    """

    name: str
    title: str
    description: str
    licence: str
    licence_url: str
    terms: str
    commercial: bool
    citation: str
    page: str
    format: Format | None
    files: tuple[RemoteFile, ...] = ()
    megabytes: float = 0.0
    tables: tuple[str, ...] = ()

    @property
    def shipped(self) -> bool:
        """Whether it comes with the program."""
        return bool(self.tables)

    @property
    def is_here(self) -> bool:
        """Whether all of its tables came with this copy of the program; a bundle may leave them out."""
        return all(assets.has(table_name(name)) for name in self.tables)


_GROUPLENS: Final = "https://files.grouplens.org/datasets/movielens/"
_HARPER: Final = (
    "F. Maxwell Harper and Joseph A. Konstan. 2015. The MovieLens Datasets: History and Context. ACM Transactions on "
    "Interactive Intelligent Systems (TiiS) 5, 4: 19:1–19:19. https://doi.org/10.1145/2827872"
)
_RESEARCH: Final = (
    "For research; no commercial or revenue-bearing use without permission from GroupLens; no endorsement by the "
    "University of Minnesota or GroupLens may be implied; publications must cite Harper and Konstan (2015)"
)
_SHAREABLE: Final = f"{_RESEARCH}; it may be redistributed, transformed too, only under these same terms."
_NOT_SHAREABLE: Final = f"{_RESEARCH}; it may not be redistributed without separate permission."


def _movielens(
    key: str,
    title: str,
    description: str,
    form: Format,
    megabytes: float,
    *,
    size: int | None = None,
    md5: str | None = None,
    shareable: bool = True,
) -> Entry:
    archive = f"ml-{key}.zip"
    suffix = "README.txt" if key in {"100k", "1m"} else "README.html"
    file = RemoteFile(archive, _GROUPLENS + archive, size, f"md5:{md5}" if md5 else None)
    return Entry(
        name=f"movielens-{key}",
        title=title,
        description=description,
        licence="GroupLens usage licence",
        licence_url=f"{_GROUPLENS}ml-{key}-{suffix}",
        terms=_SHAREABLE if shareable else _NOT_SHAREABLE,
        commercial=False,
        citation=_HARPER,
        page="https://grouplens.org/datasets/movielens/",
        format=form,
        files=(file,),
        megabytes=megabytes,
    )


_TWEETS: Final = "https://raw.githubusercontent.com/sidooms/MovieTweetings/master/latest/"

# Digests and sizes are the publishers': GroupLens' ml-*.zip.md5 beside each fixed release, Zenodo's of record 18164998.
CATALOGUE: Final[tuple[Entry, ...]] = (
    Entry(
        name="adult",
        title="Adult census income",
        description="48,842 people from the 1994 census: does this person earn over 50,000 dollars a year?",
        licence="CC BY 4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        terms="May be shared and adapted for any purpose, if Becker and Kohavi (1996) are credited, the licence is "
        "linked and changes are indicated.",
        commercial=True,
        citation="Barry Becker and Ronny Kohavi. 1996. Adult. UCI Machine Learning Repository. "
        "https://doi.org/10.24432/C5XW20",
        page="https://archive.ics.uci.edu/dataset/2/adult",
        format=None,
        tables=("adult",),
    ),
    Entry(
        name="movielens-small",
        title="MovieLens latest-small (2016)",
        description="100,004 ratings of 9,066 films by 671 users.",
        licence="GroupLens usage licence",
        licence_url=f"{_GROUPLENS}ml-latest-small-README.html",
        terms=_SHAREABLE,
        commercial=False,
        citation=_HARPER,
        page="https://grouplens.org/datasets/movielens/latest/",
        format=Format.MOVIELENS_CSV,
        tables=("movielens-small-ratings", "movielens-small-films"),
    ),
    _movielens(
        "100k",
        "MovieLens 100k",
        "100,000 ratings of 1,682 films by 943 users, with age, gender and occupation (1998).",
        Format.MOVIELENS_100K,
        4.9,
        size=4_924_029,
        md5="0e33842e24a9c977be4e0107933c0723",
        shareable=False,
    ),
    _movielens(
        "1m",
        "MovieLens 1M",
        "1,000,209 ratings of about 3,900 films by 6,040 users, with age, gender and occupation (2003).",
        Format.MOVIELENS_1M,
        5.9,
        size=5_917_549,
        md5="c4d9eecfca2ab87c1945afe126590906",
        shareable=False,
    ),
    _movielens(
        "latest-small",
        "MovieLens latest-small",
        "About 100,000 ratings; GroupLens changes it from time to time, so it is not for results to be compared.",
        Format.MOVIELENS_CSV,
        1.0,
    ),
    _movielens(
        "latest",
        "MovieLens latest",
        "About 34 million ratings; GroupLens changes it from time to time, so it is not for results to be compared.",
        Format.MOVIELENS_CSV,
        335.0,
    ),
    _movielens(
        "32m",
        "MovieLens 32M",
        "32,000,204 ratings of 87,585 films by 200,948 users (2023).",
        Format.MOVIELENS_CSV,
        239.0,
        size=238_950_008,
        md5="d472be332d4daa821edc399621853b57",
    ),
    Entry(
        name="movietweetings",
        title="MovieTweetings",
        description="Hundreds of thousands of ratings of 0 to 10 that people tweeted from IMDb since 2013.",
        licence="MIT",
        licence_url="https://github.com/sidooms/MovieTweetings/blob/master/LICENSE",
        terms="May be used, changed and redistributed for any purpose, if the copyright notice (2013, Simon Dooms) and "
        "the licence go with it.",
        commercial=True,
        citation="Simon Dooms, Toon De Pessemier and Luc Martens. 2013. MovieTweetings: a Movie Rating Dataset "
        "Collected From Twitter. CrowdRec at RecSys 2013.",
        page="https://github.com/sidooms/MovieTweetings",
        format=Format.MOVIETWEETINGS,
        files=(RemoteFile("ratings.dat", _TWEETS + "ratings.dat"), RemoteFile("movies.dat", _TWEETS + "movies.dat")),
        megabytes=30.0,
    ),
    Entry(
        name="kuairec",
        title="KuaiRec",
        description="12.5 million watches of 10,728 short videos by 7,176 users, with the time really watched.",
        licence="CC BY-SA 4.0",
        licence_url="https://creativecommons.org/licenses/by-sa/4.0/",
        terms="May be shared and adapted for any purpose, if Gao et al. (2022) are credited, changes are indicated "
        "and what is made of it is shared under the same licence.",
        commercial=True,
        citation="Chongming Gao et al. 2022. KuaiRec: A Fully-observed Dataset and Insights for Evaluating Recommender "
        "Systems. CIKM 2022: 540–550. https://doi.org/10.1145/3511808.3557220",
        page="https://kuairec.com",
        format=Format.KUAIREC,
        files=(
            RemoteFile(
                "KuaiRec.zip",
                "https://zenodo.org/records/18164998/files/KuaiRec.zip",
                431_964_858,
                "md5:261550d472c48eff4990fb13c0e5bcf7",
            ),
        ),
        megabytes=432.0,
    ),
)


def table_name(table: str) -> str:
    """Where a table that comes with the program lies among its assets."""
    return f"recommenders/{table}.parquet"


def check_downloaded(name: str) -> None:
    """Raises EngineError where a name stands for a data set that has to be downloaded first."""
    found = next((one for one in CATALOGUE if one.name == name and one.files), None)
    if found is not None:
        command = f"neuroloom-engine recommend data {name} --get . --accept-licence"
        raise EngineError(NOT_DOWNLOADED(title=found.title, name=name, command=command))


def entry(name: str) -> Entry:
    """The entry of that name. Raises EngineError where there is none."""
    for found in CATALOGUE:
        if found.name == name:
            return found
    raise EngineError(SET_UNKNOWN(name=name, known=", ".join(found.name for found in CATALOGUE)))
