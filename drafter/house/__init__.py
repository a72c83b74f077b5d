"""The house: what a company decides for itself, in drafter.toml or pyproject.toml. Loaded part by part: a plain check needs none."""
