"""The linter: flags, elements and grounding of a text; knows neither model, nor HTTP, nor database."""
