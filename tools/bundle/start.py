"""What a bundle's programs run: the window, or the engine's command line, by the name they are called by."""

import multiprocessing
import os
import sys
from pathlib import Path

multiprocessing.freeze_support()  # a child that a library starts by this program is no second window

# The loader needed it to find the libraries of the bundle; other people's programs, such as a browser, need their own.
before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if before is not None:
    os.environ["LD_LIBRARY_PATH"] = before
elif sys.platform == "linux":
    os.environ.pop("LD_LIBRARY_PATH", None)

if Path(sys.executable).stem == "neuroloom-engine":
    from engine.__main__ import main
else:
    from app.__main__ import main

sys.exit(main())
