"""The headless command line: ``neuroloom-engine``, which is ``python -m engine``."""
