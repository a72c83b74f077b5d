"""Personal data: found, put behind placeholders before a model sees a text, and masked before a text is stored."""

from drafter.privacy.detectors import Found, find, find_names, mask_cards
from drafter.privacy.placeholders import Placeholders, masked, without_cards

__all__ = ["Found", "Placeholders", "find", "find_names", "mask_cards", "masked", "without_cards"]
