"""The functions of expressions over HTTP, as the editor completes them."""

from __future__ import annotations

from tests.support.browser import Browser


def test_functions_are_described_in_the_readers_language(rep: Browser) -> None:
    rep.language = "zh-CN"

    items = {item["name"]: item for item in rep.get("/feel/functions").json["items"]}

    assert len(items) > 80
    assert items["substring"]["signatures"] == ["substring(string, start position, length?)"]
    assert items["substring"]["description"].startswith("从某个位置起截取文本")
    assert items["substring"]["example"] == 'substring("foobar", 4, 3)'
