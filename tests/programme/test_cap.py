"""CAP 1.2 messages: what is taken from them, and what is refused."""

from datetime import datetime

import pytest

from broadcaster.errors import BadFile
from broadcaster.programme.cap import CapMessage, read_cap
from broadcaster.timekeeping import ZONE

MESSAGE = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>VD-01</identifier><sender>vi-du@example.vn</sender><sent>2026-09-07T05:00:00+07:00</sent>
  <status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
  <info><language>en-US</language><category>Met</category><event>Storm</event><urgency>Immediate</urgency>
    <severity>Severe</severity><certainty>Observed</certainty><headline>Storm</headline></info>
  <info><language>vi-VN</language><category>Met</category><event>Bão</event><urgency>Immediate</urgency>
    <severity>Severe</severity><certainty>Observed</certainty><expires>2026-09-07T21:00:00+07:00</expires>
    <headline>Bão khẩn cấp</headline><description>Bão đang vào
      vùng biển.</description><instruction>Bà con ở trong nhà.</instruction>
    <area><areaDesc>Cát Bà</areaDesc></area></info>
</alert>"""


def test_the_vietnamese_words_are_taken() -> None:
    assert read_cap(MESSAGE.encode(), "cap.xml") == CapMessage(
        source="vi-du@example.vn,VD-01,2026-09-07T05:00:00+07:00",
        title="Bão khẩn cấp",
        text="Bão khẩn cấp.\n\nBão đang vào vùng biển.\n\nBà con ở trong nhà.",
        expires=datetime(2026, 9, 7, 21, tzinfo=ZONE),
    )


BOMB = """<?xml version="1.0"?><!DOCTYPE alert [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><status>Actual</status><msgType>Alert</msgType><info><headline>&b;</headline></info></alert>"""
OUTSIDE = BOMB.replace('<!ENTITY a "aaaaaaaaaa">', '<!ENTITY a SYSTEM "file:///etc/passwd">')


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html></html>",
        b"\xff\xfe\x00",
        MESSAGE.encode()[:300],
        MESSAGE.replace("Actual", "Test").encode(),
        MESSAGE.replace("<msgType>Alert", "<msgType>Cancel").encode(),
        MESSAGE.replace("cap:1.2", "cap:1.1").encode(),
        MESSAGE.replace("2026-09-07T21:00:00+07:00", "tối nay").encode(),
        BOMB.encode(),
        BOMB.encode("utf-16"),
        OUTSIDE.encode(),
        b"<a>" * 100_000,
        b" " * 2_000_000,
    ],
)
def test_what_is_no_warning_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(BadFile, match=r"cap\.xml"):
        read_cap(content, "cap.xml")
