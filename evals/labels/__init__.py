"""Labels that people give to cases in the terminal: first ones, blind second ones, how far the two agree, and what is settled."""
