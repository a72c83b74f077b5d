"""Drafter beside what a team would otherwise reach for, on the same replies: `make bench-checks`."""
