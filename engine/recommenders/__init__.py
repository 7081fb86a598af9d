"""Wide & Deep (Cheng et al. 2016) and YoutubeDNN (Covington et al. 2016): data, training, retrieval and service.

The rooms stand in the order of the work, and no room imports one that comes after it:

``data``     where rows come from: tables, logs, generated worlds, downloads, and the declared data sources
``model``    a graph of blocks as a network with tables, and rows made ready for it
``running``  batches, optimisers, checkpoints, events, several processes, and the folders that runs live in
``judging``  measures, the next watch held out, baselines
``serving``  retrieval from a whole catalogue, and the two stages; it and ``judging`` know nothing of one another
``tasks``    each recommender in a folder of its own, declared as a task kind

A further recommender is one folder under ``tasks`` and its name in ``tasks/__init__.py``; a further data source one
file in ``data/sources`` and its name in ``data/sources/__init__.py``.
"""
