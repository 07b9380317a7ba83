"""Check digits and dates of numbers: whether a number can be one at all."""

from __future__ import annotations

from datetime import date

_PROVINCES = frozenset(
    f"{region}{province}"
    for region, provinces in {1: "12345", 2: "123", 3: "1234567", 4: "123456", 5: "01234", 6: "12345", 7: "1"}.items()
    for province in provinces
) | {"81", "82", "83", "91"}
"""The first two digits of GB/T 2260; 81 to 83 of residence permits, 91 of permanent residents (GB 11643)."""


def is_identity(digits: str) -> bool:
    """Whether it is an identity-card number: division, day of birth and the check digit of GB 11643-1999."""
    return has_birthday(digits) and (1 - 2 * int(digits[:-1], 13)) % 11 == "0123456789X".index(digits[17])


def has_birthday(digits: str) -> bool:
    """Whether 18 characters have the division and the day of birth of an identity-card number."""
    return digits[:2] in _PROVINCES and digits[6:8] in ("18", "19", "20") and _is_day(digits[6:14])


def is_old_identity(digits: str) -> bool:
    """Whether 15 digits are an identity-card number as they were given out until 1999."""
    return digits[:2] in _PROVINCES and digits[2:6] != "0000" and _is_day("19" + digits[6:12])


def _is_day(text: str) -> bool:
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True


def is_card(digits: str) -> bool:
    """Whether it is a bank-card number: the range of an issuer and the check digit of ISO/IEC 7812-1 (Luhn)."""
    length = len(digits)
    issued = (
        (digits[:2] in ("60", "62", "68", "69") or digits[:3] == "955")
        or (length in (16, 19) and digits[0] == "4")
        or (length == 16 and ("51" <= digits[:2] <= "55" or digits[:2] == "35" or "2221" <= digits[:4] <= "2720"))
        or (length == 15 and digits[:2] in ("34", "37"))
    )
    if not issued or (length < 16 and digits[:2] not in ("34", "37")):
        return False
    even = sum(map(int, digits[-1::-2]))
    odd = sum(d * 2 - 9 if d > 4 else d * 2 for d in map(int, digits[-2::-2]))
    return (even + odd) % 10 == 0


def is_hong_kong(letters: str, digits: str, check: str) -> bool:
    """Whether it is a Hong Kong identity-card number: its check digit counts the letters as 10 to 35, a blank as 36."""
    values = [36] * (2 - len(letters)) + [ord(letter) - 55 for letter in letters] + [int(digit) for digit in digits]
    total = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True))
    return (total + (10 if check == "A" else int(check))) % 11 == 0
