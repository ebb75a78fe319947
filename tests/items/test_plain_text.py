"""HTML to plain text: nothing hidden, nothing run together, nothing that a database or a terminal stumbles over."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_monitor.items import plain_text
from sanctions_monitor.items.plain_text import one_line

EXAMPLES = {
    "text passes": ("US lifts sanctions", "US lifts sanctions"),
    "entities are resolved": ("Fish &amp; chips &#8212; &eacute;", "Fish & chips — é"),
    "tags go": ("<b>US</b> <i>lifts</i>", "US lifts"),
    "inline tags part no words": ("sanc<b>tions</b>", "sanctions"),
    "scripts go with their text": ("a<script>alert('x')</script>b", "ab"),
    "styles go with their text": ("a<style>p { color: red }</style> b", "a b"),
    "comments go": ("a<!-- hidden -->b", "ab"),
    "paragraphs end in a newline": ("<p>One.</p><p>Two.</p>", "One.\nTwo."),
    "breaks are newlines": ("One<br>Two<br/>Three", "One\nTwo\nThree"),
    "list items are lines": ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
    "line ends of the source are blanks": ("One\r\ntwo\nthree", "One two three"),
    "tabs part words": ("US\tlifts", "US lifts"),
    "other white space is one blank": ("US \u00a0 \u2003lifts\u2028it", "US lifts it"),
    "NUL goes": ("US\x00 lifts", "US lifts"),
    "half a surrogate pair goes": ("US\ud800 lifts", "US lifts"),
    "marks that turn the direction go": ("US\u202e lifts", "US lifts"),
    "zero-width characters go": ("sanc\u200btions\ufeff", "sanctions"),
    "terminal escapes go": ("\x1b[31mUS\x1b[0m", "[31mUS[0m"),
    "letters and accents become one": ("cafe\u0301", "café"),
    "accents behind a zero-width character too": ("cafe\u200d\u0301", "café"),
    "CDATA within text shows its text": ("<![CDATA[US <b>lifts</b>]]>", "US lifts"),
    "a marked section that is none goes": ("US <![ if !x ]> lifts <![endif]>", "US lifts"),
    "a sign that opens no tag stays": ("5 < 6 & 7 > 2", "5 < 6 & 7 > 2"),
    "nothing stays nothing": ("", ""),
}


@pytest.mark.parametrize(("html", "text"), EXAMPLES.values(), ids=EXAMPLES)
def test_html_as_plain_text(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_a_title_is_one_line() -> None:
    assert one_line("<p>US lifts</p>\n<p>sanctions</p>") == "US lifts sanctions"


MARKUP = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            ["<", ">", "&", "<p>", "</p>", "<![", "<![CDATA[", "]]>", "<!--", "-->", "<!", "<?", "</", "&#0;"]
        ),
        st.sampled_from(
            ["&#xD800;", "&#x110000;", "<script>", "</script>", "<a href='", '"', "\x00", "\u202e", "\ud800"]
        ),
    ),
    max_size=12,
).map("".join)


@given(MARKUP)
def test_it_never_raises_and_leaves_no_character_that_hides(html: str) -> None:
    text = plain_text(html)

    assert not {unicodedata.category(each) for each in text if each != "\n"} & {"Cc", "Cf", "Cs", "Co", "Cn"}
    assert unicodedata.is_normalized("NFC", text)
    assert text == text.strip()


@given(MARKUP.map(plain_text).filter(lambda text: not set("<>&]") & set(text)))
def test_plain_text_is_left_as_it_is(text: str) -> None:
    lines = [plain_text(line) for line in text.split("\n")]

    assert "\n".join(lines) == text
