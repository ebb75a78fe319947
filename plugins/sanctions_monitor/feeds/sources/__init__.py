"""Bodies without a feed: a list on a web page (`html_list`) or behind a JSON interface (`json_api`), described by data.

In: a document as it was fetched, and the source's description, `<id of the feed>.yaml`: where the list is, where each
row has its title, link and date, and what a good answer must hold.
Out: rows of plain strings and aware times, which `items.from_rows` turns into the same entries as those of a feed.
What stays true: a page whose layout we don't know is a failed poll with a reason, never an empty list; a description
that can't work is refused when the catalogue is read, with file and reason; nothing of a page is ever run.

`description` and `reading` are modules of their own, imported where such a source is met: with what they need they are
6 MB, which a poll of feeds does without.
"""

DESCRIBED = ("html_list", "json_api")
"""The formats of the catalogue that need a description."""
