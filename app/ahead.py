"""What the first frame needs beside Qt and the window itself, imported before Qt.

PySide reads the source of every module that is imported after it, to see whether the module uses PySide: for the
engine, numpy and pydantic that would be a tenth of the start, and no use.
"""

import html  # noqa: F401

import engine.data.suffixes
import engine.formats.playground_link
import engine.graph.adapt
import engine.graph.arrange
import engine.graph.beside
import engine.graph.edit
import engine.network.warm
import engine.raster.curve
import engine.raster.heatmap
import engine.training.carry
import engine.training.orders
import engine.training.setup
import engine.training.snapshot
import engine.training.standing
import engine.training.tables
import engine.training.trace  # noqa: F401  all of them for what they load
