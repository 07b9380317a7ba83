from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from huiyin import yamltext
from huiyin.ledger.cleaning import clean
from huiyin.ledger.outcomes import Care
from huiyin.personal import find


def test_hidden_characters_go_and_are_counted():
    assert clean("修\u200b路\u202e燈\x07") == ("修路燈", Care(removed=3))


def test_characters_that_end_a_line_elsewhere_become_line_breaks():
    assert clean("甲\x0b乙\u2028丙") == ("甲\n乙\n丙", Care(removed=2))


def test_line_ends_and_blanks_are_tidied_without_a_word():
    assert clean("  甲  \r\n乙\r丙\n\n") == ("甲\n乙\n丙", Care())


def test_personal_data_is_masked_character_by_character():
    text, care = clean("電話 13912345678，信箱 someone@example.org")
    assert text == f"電話 {'＊' * 11}，信箱 {'＊' * 19}"
    assert care == Care(masked=2)


def test_an_amount_is_not_taken_for_a_telephone():
    assert clean("15000000000", mask=False) == ("15000000000", Care())


def test_document_numbers_are_left_alone():
    assert clean("院臺建字第0970003562號") == ("院臺建字第0970003562號", Care())


@given(st.text(st.characters(codec="utf-8")) | st.text("\u200b\u202e\x00\x0b\ufeff\u2028 a1@.139甲\n\t\r"))
def test_nothing_hidden_and_nothing_personal_is_left(raw):
    text, _ = clean(raw)
    assert yamltext.decode(text.encode()) == (text, [])
    assert not [piece for piece in find(text) if piece.kind.sure]
    assert clean(text)[0] == text
