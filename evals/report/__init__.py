"""The report of a run of drafts, for people who decide by it: one HTML page, a JUnit file for CI, a few lines for a pull request."""
