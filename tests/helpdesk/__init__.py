"""Tests of the helpdesks."""
