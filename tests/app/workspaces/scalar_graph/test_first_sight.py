"""While the page is being built, nothing comes into sight before what is in it."""

from __future__ import annotations

from app.workspaces.scalar_graph.page import ScalarGraphPage
from tests.app.workspaces.scalar_graph.conftest import Bench


def test_the_field_says_what_is_open_from_its_first_moment(bench: Bench) -> None:
    page = ScalarGraphPage(bench.page.host)
    seen = []
    for part in page.parts():
        part()
        field = getattr(page.widget, "field", None)
        if field is not None:
            seen.append(field.edit.toPlainText())
    assert len(seen) > 3 and set(seen) == {page.document.value.text}
    page.close()
    for made in (page.bar, page.widget):
        made.deleteLater()
