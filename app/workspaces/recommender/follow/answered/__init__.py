"""What the child answers, as plain data that views show: one reader for each ask of candidate generation.

A reader takes the answer's JSON document and raises KeyError, TypeError or ValueError for anything else.
"""

from app.workspaces.recommender.follow.answered.documents import Document, Reader
from app.workspaces.recommender.follow.answered.effects import Effects, LeftOut, effects_of
from app.workspaces.recommender.follow.answered.facts import Category, Facts, facts_of
from app.workspaces.recommender.follow.answered.items import Item, item_of, items_of
from app.workspaces.recommender.follow.answered.points import ItemPoints, item_points_of, point_of
from app.workspaces.recommender.follow.answered.reasons import Near, Why, why_of
from app.workspaces.recommender.follow.answered.recommendations import (
    Placed,
    Recommendation,
    Shown,
    Stages,
    recommendation_of,
)
from app.workspaces.recommender.follow.answered.retrievals import Probed, Retrieval, retrieval_of
from app.workspaces.recommender.follow.answered.users import (
    ListedUser,
    Token,
    User,
    Watch,
    tokens_of,
    user_of,
    users_of,
)
from app.workspaces.recommender.follow.answered.worths import (
    Estimate,
    Judged,
    Split,
    Worth,
    splits_of,
    worth_of,
)

__all__ = [
    "Category",
    "Document",
    "Effects",
    "Estimate",
    "Facts",
    "Item",
    "ItemPoints",
    "Judged",
    "LeftOut",
    "ListedUser",
    "Near",
    "Placed",
    "Probed",
    "Reader",
    "Recommendation",
    "Retrieval",
    "Shown",
    "Split",
    "Stages",
    "Token",
    "User",
    "Watch",
    "Why",
    "Worth",
    "effects_of",
    "facts_of",
    "item_of",
    "item_points_of",
    "items_of",
    "point_of",
    "recommendation_of",
    "retrieval_of",
    "splits_of",
    "tokens_of",
    "user_of",
    "users_of",
    "why_of",
    "worth_of",
]
