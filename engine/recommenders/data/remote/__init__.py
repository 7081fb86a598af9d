"""The public data sets: their licences, and downloads that never pass for what they are not."""
