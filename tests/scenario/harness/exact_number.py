"""Numbers as answers write them: exact fractions, rounded once, in plain notation."""

from fractions import Fraction
from math import floor

PLACES = 9  # the most that a quantity or a price has


def half_up(number: Fraction, places: int) -> Fraction:
    return Fraction(floor(number * 10**places + Fraction(1, 2)), 10**places)


def plain(number: Fraction, places_min=0) -> str:
    """Plain notation of a number of at most nine places, without zeros after the last digit that counts."""
    units = number * 10**PLACES
    if units.denominator != 1:
        raise AssertionError(f"{number} has more than {PLACES} places")
    whole, part = divmod(int(units), 10**PLACES)
    digits = f"{part:0{PLACES}d}".rstrip("0").ljust(places_min, "0")
    return f"{whole}.{digits}" if digits else str(whole)
