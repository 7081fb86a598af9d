"""The data sources that a recommender can be trained on, one module each. Importing this package registers them."""

from engine.recommenders.data.sources import (  # isort: skip - the order in which they are offered
    adult as adult,
    movielens_small as movielens_small,
    app_store as app_store,
    video_site as video_site,
    own_file as own_file,
)
from engine.recommenders.data.sources.base import (
    DataSource,
    Gives,
    Origin,
    Watches,
    data_source,
    data_sources,
    is_drawn,
    is_known,
    register,
    unregister,
)

__all__ = [
    "DataSource",
    "Gives",
    "Origin",
    "Watches",
    "data_source",
    "data_sources",
    "is_drawn",
    "is_known",
    "register",
    "unregister",
]
