"""Wide & Deep (Cheng et al. 2016): remembers crosses of columns, and generalises by embeddings."""

from engine.recommenders.tasks.base import register
from engine.recommenders.tasks.wide_deep.kind import WideDeep

register(WideDeep())
