"""Where a number comes from: facts about it, and the card that shows them."""
