"""Measurements of Drafter; the package itself never imports them."""
