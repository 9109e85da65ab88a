import pytest

from portal_app.web.frames import LARGEST, Pace, is_welcome


@pytest.mark.parametrize(
    "text",
    [
        "3",
        "1",
        "40/_event,",
        '40/_event,{"event":{"name":"hydrate"}}',
        "41/_event,",
        '42/_event,["event",{"name":"search","payload":{"words":"[{こころ}]"}}]',
        '42/_event,["event",{"name":"search","payload":{"words":"' + "[" * 500 + '"}}]',
        '42/_event,["event",{"words":"\\"[[[\\\\"}]',
        '42/_event,["client_error",{"message":"line\\nline"}]',
    ],
)
def test_what_pages_send_is_welcome(text):
    assert is_welcome({"text": text})


@pytest.mark.parametrize(
    "message",
    [
        {"bytes": b"3"},
        {"bytes": b"3", "text": "3"},
        {"text": None},
        {},
        {"text": ""},
        {"text": "2"},
        {"text": "42"},
        {"text": "42/_event,"},
        {"text": "42/_event,[]"},
        {"text": '42/_event,["event"]'},
        {"text": '42/_event,["event",{},{}]'},
        {"text": '42/_event,1["event",{}]'},
        {"text": '42/_event,["ping",{}]'},
        {"text": '42/_event,["event",{]'},
        {"text": '42/_event,["event",-Infinity]'},
        {"text": '42/_event,["event","\\udfff"]'},
        {"text": '42/_event,["event",' + "[" * 41 + "]" * 41 + "]"},
        {"text": '42/_event,["event",' + "[" * 30_000},
        {"text": '42/_event,["event",' + "9" * 5_000 + "]"},
        {"text": '40/_event,["not","an","object"]'},
        {"text": "41/_event,{}"},
        {"text": '43/_event,1["event"]'},
        {"text": '451-/_event,["event",{"_placeholder":true,"num":0}]'},
        {"text": '42/other,["event",{}]'},
        {"text": '42/_event,["event","' + "x" * LARGEST + '"]'},
    ],
    ids=lambda message: f"{str(message)[:60]} {len(str(message))}",
)
def test_what_no_page_sends_is_not(message):
    assert not is_welcome(message)


def test_a_pace_allows_a_burst_and_then_so_many_a_second():
    pace = Pace.starting(per_second=2, burst=3, now=0)

    assert [pace.allows(now=0) for _ in range(4)] == [True, True, True, False]
    assert pace.allows(now=1)


def test_a_pace_saves_up_no_more_than_a_burst():
    pace = Pace.starting(per_second=2, burst=3, now=0)

    assert [pace.allows(now=1000) for _ in range(4)] == [True, True, True, False]
