"""Titles that no publication may be harmed by."""

HOSTILE = (
    "Tin\r\nprocess:rm -rf /\u2028http://x.example/a.mp3\u0085A, B - C <script>alert(1)</script>]]>\"'&\x00\u202e 😀"
)
CLEAN = "Tin process:rm -rf / http://x.example/a.mp3 A, B - C <script>alert(1)</script>]]>\"'& 😀"
"""The same as one line of plain text."""
