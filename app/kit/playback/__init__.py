"""Going through steps one after another: the clock, and the bar with its line of steps."""

from app.kit.playback.bar import PlaybackBar
from app.kit.playback.playback import Playback

__all__ = ["Playback", "PlaybackBar"]
