"""Where rows come from: tables of examples, logs of watches, generated worlds, and what can be downloaded."""
