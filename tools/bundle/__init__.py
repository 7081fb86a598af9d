"""Neuroloom as one folder that runs without Python and without a network: ``make bundle``, ``make bundle-test``."""
