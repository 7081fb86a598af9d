"""A generated video site: watches, searches and impressions of videos."""
