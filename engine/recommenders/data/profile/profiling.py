"""The profile of a choice of data."""

from __future__ import annotations

from engine.data.sampling import Limits, Watch
from engine.data.table import read_table
from engine.problems import declare
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.logs.formats import Format
from engine.recommenders.data.logs.loaders import columns_at, recognise
from engine.recommenders.data.profile.forms import Form
from engine.recommenders.data.profile.log_profile import profile_log
from engine.recommenders.data.profile.shapes import Profile, TableProfile
from engine.recommenders.data.profile.table_profile import profile_table
from engine.recommenders.data.proposal.proposing import log_pair, read_head
from engine.recommenders.data.sources import Gives, Origin, data_source
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.data.tables.labelled import typed_columns

NO_LABEL_CHOSEN = declare(
    "recommender.profile-no-label",
    "What should be predicted isn't specified. Name the label column, and which of its values counts as a yes.",
)
LOG_UNNAMED = declare(
    "recommender.profile-log-unnamed",
    "This looks like a log of who did what, which needs no label. Name “{user}” as its user column and “{item}” as its"
    " item column.",
)


def form_of(data: RecommenderData) -> Form:
    """What a choice is looked at as unless it is said: a log where there is one, a table else. Raises EngineError for
    a path at which there is neither."""
    source = data_source(data.source)
    if source.origin is not Origin.OWN:
        return "watches" if Gives.WATCHES in source.gives else "examples"
    if data.mapping is not None or data.path is None:
        return "watches"
    return "examples" if data.table is not None or recognise(data.path) is Format.TABLE else "watches"


def profile(data: RecommenderData, form: Form | None = None, watch: Watch | None = None) -> Profile:
    """What is in the data: read as a stream where the source is one, whole else.

    A table of a person's own without a label is looked at all the same, a large one by a sample of its rows, which is
    said. Raises EngineError where the data cannot be read, or are not of this form.
    """
    watch = Watch(data.source) if watch is None else watch
    source = data_source(data.source)
    if (form or form_of(data)) == "watches":
        return profile_log(source.stream(data, watch), data.least_rating)
    if source.origin is Origin.OWN and data.table is None and data.mapping is None:
        return _unlabelled(data, watch)
    found = source.examples(data, watch.at)
    title = data.path.name if data.path is not None else source.label
    return profile_table(found.table, title, found.goal, found.fields, found.notices)


def _unlabelled(data: RecommenderData, watch: Watch) -> TableProfile:
    assert data.path is not None
    columns_at(data.path)  # says what is damaged of a zip, from which a table is not read
    read = read_table(data.path, Limits(), watch, header=True)
    table, notices = typed_columns(read, ())
    pair = log_pair(read_head(data.path, watch).facts)
    unnamed = NO_LABEL_CHOSEN() if pair is None else LOG_UNNAMED(user=pair[0].name, item=pair[1].name)
    return profile_table(table, data.path.name, None, Fields(), (*notices, unnamed))
