"""The playground: a feed-forward network, its data, its training and its plots."""
