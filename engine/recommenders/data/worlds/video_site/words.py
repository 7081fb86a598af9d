"""The generated video site's names: topics with their words, languages, countries, titles and search tokens."""

from __future__ import annotations

TOPICS = (
    ("music", "guitar", "piano", "concert"),
    ("gaming", "speedrun", "minecraft", "chess"),
    ("football", "goal", "league", "penalty"),
    ("cooking", "recipe", "baking", "noodles"),
    ("film", "trailer", "scene", "actor"),
    ("news", "election", "interview", "debate"),
    ("comedy", "sketch", "prank", "stand-up"),
    ("beauty", "make-up", "skincare", "hairstyle"),
    ("science", "physics", "space", "chemistry"),
    ("fitness", "workout", "yoga", "marathon"),
    ("travel", "island", "backpacking", "train"),
    ("cars", "engine", "drift", "electric car"),
    ("animals", "cat", "dog", "penguin"),
    ("gardening", "tomato", "compost", "orchard"),
    ("coding", "python", "algorithm", "compiler"),
    ("finance", "stocks", "budget", "mortgage"),
    ("history", "empire", "castle", "archive"),
    ("crafts", "knitting", "woodwork", "pottery"),
    ("children", "nursery rhyme", "toys", "puppet"),
    ("basketball", "dunk", "playoffs", "dribble"),
    ("photography", "lens", "portrait", "darkroom"),
    ("dance", "ballet", "salsa", "hip-hop"),
    ("languages", "grammar", "pronunciation", "vocabulary"),
    ("repair", "plumbing", "bicycle", "solder"),
)
"""Each topic's words; the first is its name."""
STEMS = 4
"""Words of each topic."""
WORDS = (
    *("live", "tutorial", "review", "best", "explained", "highlights", "tips", "beginner", "fails", "documentary"),
    *(
        "short",
        "challenge",
        "compilation",
        "reaction",
        "behind the scenes",
        "update",
        "versus",
        "history",
        "cheap",
        "top 10",
    ),
)
"""Words that go with any topic, and so alone say nothing about it."""
LANGUAGES = ("English", "Chinese", "Hindi", "Spanish")
COUNTRIES = (
    *(("US", 0), ("IN", 2), ("CN", 1), ("MX", 3), ("GB", 0), ("ES", 3)),
    *(("CA", 0), ("AR", 3), ("SG", 1), ("AU", 0), ("CO", 3), ("NP", 2)),
)
"""Countries, the most frequent first, with the number of the language that is spoken there."""
DEVICES = ("phone", "computer", "television", "tablet")
GENDERS = ("female", "male", "unspecified")
AGE_GROUPS = ("13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+")
AGE_BORDERS = (18, 25, 35, 45, 55, 65)


def title_of(item: int, topic: int) -> str:
    """A video's title, different from every other's."""
    stem, word = TOPICS[topic][item % STEMS], WORDS[item // STEMS % len(WORDS)]
    return f"{stem} {word} {item}".capitalize()


def token_count(topics: int) -> int:
    """Search tokens of a site with so many topics, the unknown one counted."""
    return 1 + topics * STEMS + len(WORDS) + topics * STEMS * len(WORDS)


def token_of(token: int, topics: int) -> str:
    """The text of a search token by its id: topics' words, then the words for any topic, then bigrams of both."""
    if token == 0:
        return "(unknown)"
    stems = [stem for topic in TOPICS[:topics] for stem in topic]
    if token <= len(stems) + len(WORDS):
        return (*stems, *WORDS)[token - 1]
    stem, word = divmod(token - 1 - len(stems) - len(WORDS), len(WORDS))
    return f"{stems[stem]} {WORDS[word]}"
