"""A model that judges letters by a written rubric, and the measurements that say how far it may be trusted."""
