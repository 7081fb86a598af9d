"""What the child answers, as plain data that views show: one reader for each ask of candidate generation, a file each.

A reader takes the answer's JSON document and raises KeyError, TypeError or ValueError for anything else.
"""
