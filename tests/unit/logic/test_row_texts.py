from core.domain.items import Item
from core.domain.projects import Data, DataType
from core.logic.row_texts import row_text, shown_columns

ROW = Item("news.csv", "e1", 9, row=3, columns={"class": "2", "title": "Fears", "body": "Unions say"})


def _data(*columns: str) -> Data:
    return Data("data", "news.csv", DataType.TABULAR, columns=columns or None)


def test_chosen_columns_are_shown_in_the_order_chosen() -> None:
    assert list(shown_columns(ROW, _data("body", "title")) or ()) == ["body", "title"]
    assert row_text(ROW, _data("body", "title")) == "Unions say\nFears"


def test_all_columns_are_shown_unless_some_are_chosen() -> None:
    assert row_text(ROW, _data()) == "2\nFears\nUnions say"


def test_a_column_that_the_table_lacks_is_left_out() -> None:
    assert row_text(ROW, _data("title", "author")) == "Fears"


def test_an_item_that_is_no_row_has_no_row_text() -> None:
    assert row_text(Item("a.txt", "e1", 9), _data()) is None
    assert shown_columns(Item("a.txt", "e1", 9), _data()) is None


def test_a_row_is_named_by_its_table_and_number() -> None:
    assert (ROW.name, Item("a.txt", "e1", 9).name) == ("news.csv#3", "a.txt")
