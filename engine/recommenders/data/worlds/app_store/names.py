"""Names of the generated app store's apps: real-looking ones, any number of them, no two alike."""

from __future__ import annotations

GENRES = (
    ("music", ("Tunes", "Radio", "Beats", "Player", "Karaoke", "Mixer", "Lyrics", "Podcasts")),
    ("video", ("Movies", "Clips", "Cinema", "Shows", "Anime", "Live TV", "Editor", "Subtitles")),
    ("puzzle", ("Sudoku", "Blocks", "Crossword", "Match 3", "Solitaire", "Mahjong", "Mazes", "Trivia")),
    ("action", ("Runner", "Racing", "Shooter", "Arena", "Heroes", "Football", "Zombies", "Tower Defence")),
    ("finance", ("Budget", "Wallet", "Bank", "Stocks", "Expenses", "Invoice", "Savings", "Currency")),
    ("health", ("Fitness", "Yoga", "Sleep", "Calories", "Running", "Meditation", "Water", "Pulse")),
    ("travel", ("Flights", "Hotels", "Maps", "Trains", "Taxi", "Trails", "Passport", "Weather")),
    ("social", ("Chat", "Dating", "Friends", "Groups", "Stories", "Video Call", "Forum", "Messenger")),
    ("photo", ("Camera", "Collage", "Filters", "Gallery", "Selfie", "Retouch", "Wallpapers", "Scanner")),
    ("learning", ("Languages", "Flashcards", "Maths", "Piano", "Dictionary", "Coding", "Spelling", "Atlas")),
    ("shopping", ("Deals", "Market", "Fashion", "Groceries", "Coupons", "Auctions", "Delivery", "Second Hand")),
    ("productivity", ("Notes", "Calendar", "To-do", "Mail", "Files", "Timer", "Keyboard", "Translator")),
)
"""Each genre with the nouns of its apps."""

_MAKERS = (
    *("Swift", "Bright", "Pocket", "Daily", "Simple", "Super", "Smart", "Happy", "Magic", "Golden"),
    *("Blue", "Tiny", "Pixel", "Cosmic", "Lucky", "Quick", "Royal", "Clever", "Urban", "Zen"),
    *("Turbo", "Mega", "Fox", "Panda", "Orbit", "Lemon", "Nova", "Echo", "Cloud", "River"),
)


def invented_name(app: int) -> str:
    """The name of one app by its number; apps ``len(GENRES)`` apart share their genre."""
    place, genre = divmod(app, len(GENRES))
    nouns = GENRES[genre][1]
    series, within = divmod(place, len(nouns) * len(_MAKERS))
    maker, noun = divmod(within, len(nouns))
    # Neighbours in a genre differ in both words, so the best known apps of a genre do not all come from one maker.
    name = f"{_MAKERS[(maker + 7 * noun + 3 * genre) % len(_MAKERS)]} {nouns[noun]}"
    return name if series == 0 else f"{name} {series + 1}"
