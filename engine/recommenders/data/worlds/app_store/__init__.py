"""A generated app store: impressions of apps with the columns of Google Play."""
