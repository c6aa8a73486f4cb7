"""conflict-dedup: one record for each real incident, whatever the number of articles that tell of it."""

__version__ = "0.1.0"
