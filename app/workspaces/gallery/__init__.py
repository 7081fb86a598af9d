"""The gallery: ready networks, each of which shows one idea."""
