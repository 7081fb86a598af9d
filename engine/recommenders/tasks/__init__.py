"""The recommenders, one folder each: a model and its data put together, ready to be trained, judged and asked.

Those there are come from :mod:`engine.recommenders.tasks.known`.
"""
