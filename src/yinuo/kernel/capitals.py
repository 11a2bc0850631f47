"""Amounts in the capitals of Chinese banks (人民币大写): no stroke can alter them.

Source of the rules: 正确填写票据和结算凭证的基本规定 (People's Bank of China).
"""

from __future__ import annotations

from decimal import Context, Decimal

from yinuo.kernel.money import FEN, MoneyError

_EXACT = Context(prec=60)
_LARGEST = Decimal(10) ** 16
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def chinese_capitals(amount: Decimal) -> str:
    """The amount of yuan (CNY) in capitals, with 人民币 before it; below ten quadrillion yuan.

    整 closes an amount that ends at yuan or jiao; several zeros in a row are read as one 零; yuan
    followed by zero jiao and some fen reads 零 in between; an amount below zero reads 负 first.
    Raises MoneyError for anything but a finite Decimal in whole fen (at most two decimals that
    are not zero) within the limit: rounding is the caller's rule, never this function's.

    >>> chinese_capitals(Decimal("14580.00"))
    '人民币壹万肆仟伍佰捌拾元整'
    >>> chinese_capitals(Decimal("-1001.07"))
    '人民币负壹仟零壹元零柒分'
    """
    if not isinstance(amount, Decimal):
        raise MoneyError(f"an amount is a Decimal, not {amount!r}")
    if not amount.is_finite() or abs(amount) >= _LARGEST:
        raise MoneyError("an amount is below ten quadrillion")
    to_the_fen = amount.quantize(FEN, context=_EXACT)
    if to_the_fen != amount:
        raise MoneyError("round to whole fen first")
    yuan, rest = divmod(abs(int(to_the_fen.scaleb(2))), 100)
    sign = "负" if amount < 0 else ""
    return f"人民币{sign}{_written(yuan, *divmod(rest, 10))}"


def _written(yuan: int, jiao: int, fen: int) -> str:
    text = f"{_yuan(yuan)}元" if yuan else ""
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    if fen:
        return text + ("零" if yuan and not jiao else "") + f"{_DIGITS[fen]}分"
    return (text or "零元") + "整"


def _yuan(number: int) -> str:
    """Groups of four digits from the left; 零 where digits between two of them are missing."""
    text, gap = "", False
    for index in (3, 2, 1, 0):
        group = number // 10_000**index % 10_000
        if group:
            zero = "零" if text and (gap or group < 1000) else ""
            unit = "万" if index == 3 and number // 10**8 % 10_000 else _GROUPS[index]
            text += zero + _group(group) + unit
            gap = False
        else:
            gap = True
    return text


def _group(number: int) -> str:
    """A number of 1 to 9999 in capitals, without a leading 零."""
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return text
