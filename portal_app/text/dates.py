"""How a day is written in each language: 2026年12月5日, Sat 5 Dec 2026."""

import datetime as dt

from portal_app.text.languages import Lang

WEEKDAYS = {
    Lang.JA: ("月", "火", "水", "木", "金", "土", "日"),
    Lang.EN: ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    Lang.EASY: ("月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日"),
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def written_day(day: dt.date, lang: Lang) -> str:
    """Return a day as a patron reads it."""
    weekday = WEEKDAYS[lang][day.weekday()]
    if lang is Lang.EN:
        return f"{weekday} {day.day} {MONTHS[day.month - 1]} {day.year}"
    if lang is Lang.EASY:
        return f"{day.year}年 {day.month}月 {day.day}日（{weekday}）"
    return f"{day.year}年{day.month}月{day.day}日（{weekday}）"
