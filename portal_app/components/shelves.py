"""A patron's shelves, as the page itself sorts, searches, chooses and changes them.

The Python face of portal_app/browser/shelves/view.js and deeds.js.
"""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.vars import VarData

from portal_app import libraries, routes
from portal_app.components.local import USED
from portal_app.components.modules import computed, function, use
from portal_app.components.offline import ShownRecord
from portal_app.components.rows import Row, kind_of_rows
from portal_app.domain.policies import ShelfModel
from portal_app.domain.shelves import ALL, MOST_IN_NOTE, UNSORTED, Sort

SORTS = tuple(one.value for one in Sort)
LONGEST_NOTE = MOST_IN_NOTE
WITHOUT_CATEGORY = UNSORTED
OF_SHELVES, OF_BOOKS = "shelves.sorting", "shelf.sorting"

_VIEW, _DEEDS = "shelves/view", "shelves/deeds"
_USED = VarData.merge(
    use(_VIEW, "booksChosen", "booksFound", "booksOf", "booksShown", "booksSorted"),
    use(_VIEW, "isBookChosen", "isDescending"),
    use(_VIEW, "bookKey", "pageShown", "pagesOf", "shelfNamed", "shelvesShown", "sizeOf"),
    use(_VIEW, "sortedBy", "wordsIn"),
    use(_VIEW, "useShelfAt", hook="const shelfAt = useShelfAt()"),
    use(_DEEDS, "shelfAsked", "isShelfChosen", "shelvesChosen"),
    USED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBook:
    """A book that a question is about."""

    record: ShownRecord
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedShelf:
    """A shelf that a question is about."""

    shelf_id: str
    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the patron is asked before something happens, and about what."""

    what: str
    name: str
    books: list[AskedBook]
    shelves: list[AskedShelf]
    book: AskedBook
    target: str
    problem: str


class LookingInto(rx.Component):
    """Shows nothing: it asks for the books of the shelf in the address."""

    library = "$/utils/shelves/looking"
    tag = "LookingInto"

    event: rx.Var[str]
    is_loaded: rx.Var[bool]


def looking_into(*, event: str) -> rx.Component:
    """Ask for the books of the shelf in the address by an event of the server."""
    return LookingInto.create(event=event, is_loaded=rx.State.is_hydrated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a page has of the patron's shelves: the fields of its state that hold them."""

    shelves: Row
    contents: Row

    def shelves_shown(self) -> Row:
        """Return the patron's shelves, sorted as they like (K-53)."""
        return self._of_shelves("shelvesShown")

    def shelf_here(self) -> Row:
        """Return the shelf of the address, all of them as one, or nothing."""
        return _told(
            f"shelfNamed({self.shelves!s}, shelfAt)",
            kind_of_rows(self.shelves) | None,
            self.shelves,
        )

    def shelves_chosen(self) -> Row:
        """Return the shelves that are ticked."""
        return self._of_shelves("shelvesChosen")

    def arrange_shelf(self) -> rx.Var:
        """Return what is done when a shelf is put elsewhere among the others."""
        return _deed("arrangeShelf", self.shelves)

    def is_looked_into(self) -> rx.Var[bool]:
        """Return whether this page has the books of its shelf."""
        return _told(
            f"(booksOf({self.contents!s}, {self.shelves!s}, shelfAt) !== null)",
            bool,
            self.contents,
            self.shelves,
        )

    def books_shown(self) -> Row:
        """Return the books of this page of the shelf."""
        return self._of_books("booksShown")

    def books_sorted(self) -> Row:
        """Return all books of the shelf in the order in which they stand."""
        return self._of_books("booksSorted")

    def books_found(self) -> Row:
        """Return all books of the shelf that have the words, in the order in which they stand."""
        return self._of_books("booksFound")

    def books_chosen(self) -> Row:
        """Return the books that are ticked, also those on other pages."""
        return self._of_books("booksChosen")

    def keys_found(self) -> Row:
        """Return what tells these books from every other, in the order in which they stand."""
        return _told(f"{self.books_found()!s}.map(bookKey)", list[str], self.books_found())

    def page_number(self) -> rx.Var[int]:
        """Return which page of the shelf is shown, from one."""
        return _told(f"pageShown(local, {self.books_found()!s}, shelfAt)", int, self.books_found())

    def page_count(self) -> rx.Var[int]:
        """Return how many pages there are."""
        return _told(f"pagesOf(local, {self.books_found()!s})", int, self.books_found())

    def choose_all(self) -> rx.Var[Any]:
        """Return an event that ticks all that were found, on whichever page (K-57)."""
        return _view("tickBooks", self.books_found())

    def remove_books(self, books: Row) -> rx.Var[Any]:
        """Return an event that takes books off their shelf (K-59b)."""
        return _deed("removeBooks", books, self.shelves)

    def carry_books(self, kind: str, books: Row) -> rx.Var[Any]:
        """Return an event that copies or moves books to the shelf that was chosen (K-57)."""
        return _deed("carryBooks", kind, books, self.shelves)

    def order_books(self, where: str, books: Row) -> rx.Var[Any]:
        """Return an event that sends books to the top or the bottom of the patron's own order."""
        return _deed("orderBooks", where, books, self.shelves)

    def place_book(self) -> rx.Var:
        """Return what is done when a book is put elsewhere in the patron's own order."""
        return _deed("placeBook", self.books_found(), self.shelves)

    def mark_books(self, books: Row, *, is_read: bool | rx.Var[bool]) -> rx.Var[Any]:
        """Return an event that marks books as read or as not read yet."""
        return _deed("markBooks", is_read, books, self.shelves)

    def write_note(self, book: Row, *, longest: int) -> rx.Var:
        """Return what a form does to write about a book."""
        return _deed("writeNote", book, self.shelves, longest)

    def _of_books(self, name: str) -> Row:
        given = (self.contents, self.shelves)
        kind = list[kind_of_rows(self.contents[""].books)]
        return _told(f"{name}(local, {given[0]!s}, {given[1]!s}, shelfAt)", kind, *given)

    def _of_shelves(self, name: str) -> Row:
        kind = list[kind_of_rows(self.shelves)]
        return _told(f"{name}(local, {self.shelves!s})", kind, self.shelves)


def is_one_list() -> bool:
    """Return whether this library's patrons have one list with categories (G-40)."""
    return libraries.current().shelf.model is ShelfModel.CATEGORIES


def first_page() -> str:
    """Return where shelves begin: where there is one list, with that list (G-40)."""
    return routes.shelf(ALL) if is_one_list() else routes.SHELVES


def number_here() -> rx.Var[str]:
    """Return the number of the shelf in the address."""
    return _told("shelfAt", str)


def is_shelf_chosen(shelf: Row) -> rx.Var[bool]:
    """Return whether a shelf is ticked."""
    return _told(f"isShelfChosen(local, {shelf!s})", bool, shelf)


def choose_shelf(shelf: Row) -> rx.Var[Any]:
    """Return an event that ticks a shelf, or no longer."""
    return _deed("tickShelf", shelf)


def choose_shelves(shelves: Row) -> rx.Var[Any]:
    """Return an event that ticks these shelves and no others."""
    return _deed("tickShelves", shelves)


def choose_no_shelf() -> rx.Var[Any]:
    """Return an event that ticks no shelf."""
    return _deed("tickShelves", [])


def name_shelf(*, longest: int) -> rx.Var:
    """Return what a form does to name a new shelf, or to call one otherwise (K-51, K-54)."""
    return _deed("nameShelf", longest)


def create_shelf(name: Row) -> rx.Var[Any]:
    """Return an event that makes a shelf (K-51)."""
    return _deed("createShelf", name)


def delete_shelves(shelves: Row, *, days: int) -> rx.Var[Any]:
    """Return an event that deletes shelves, which come back for so many days (K-59c)."""
    return _deed("deleteShelves", shelves, days)


def restore_shelf(shelf: Row) -> rx.Var[Any]:
    """Return an event that brings a shelf back."""
    return _deed("restoreShelf", shelf)


def page_size() -> rx.Var[int]:
    """Return how many books a page shows."""
    return _told("sizeOf(local)", int)


def words() -> rx.Var[str]:
    """Return the words that are looked for inside the shelf."""
    return _told("wordsIn(local, shelfAt)", str)


def key_of(book: Row) -> rx.Var[str]:
    """Return what tells a book on a shelf from every other."""
    return _told(f"bookKey({book!s})", str, book)


def is_chosen(book: Row) -> rx.Var[bool]:
    """Return whether a book is ticked."""
    return _told(f"isBookChosen(local, {book!s})", bool, book)


def choose(book: Row) -> rx.Var[Any]:
    """Return an event that ticks a book, or no longer."""
    return _view("tickBook", book)


def choose_none() -> rx.Var[Any]:
    """Return an event that ticks nothing."""
    return _view("tickNoBook")


def sorted_by(name: str) -> rx.Var[str]:
    """Return by what shelves or books are sorted: ``name`` is OF_SHELVES or OF_BOOKS."""
    return _told(f"sortedBy(local, {rx.Var.create(name)!s})", str)


def is_descending(name: str) -> rx.Var[bool]:
    """Return whether the last stands first."""
    return _told(f"isDescending(local, {rx.Var.create(name)!s})", bool)


def order_of(name: str) -> rx.Var[str]:
    """Return ``ascending`` or ``descending``."""
    return rx.cond(is_descending(name), "descending", "ascending").to(str)


def sort_by(name: str) -> rx.Var[Any]:
    """Return an event that sorts by what a list of choices says."""
    return _view("sortBy", name, number_here())


def turn_around(name: str) -> rx.Var[Any]:
    """Return an event that sorts ``ascending`` or ``descending``."""
    return _view("turnAround", name, number_here())


def resize() -> rx.Var[Any]:
    """Return an event that shows more or fewer books on a page."""
    return _view("resizeShelf", number_here())


def turn_to(page: Row) -> rx.Var[Any]:
    """Return an event that shows another page."""
    return _view("turnTo", number_here(), page)


def follow() -> rx.Var[Any]:
    """Return an event that shows the page of a place in the order, counted from 0."""
    return _view("followBook", number_here())


def search() -> rx.Var[Any]:
    """Return an event that looks for words inside the shelf."""
    return _view("searchWithin", number_here())


def asked() -> Row:
    """Return what the patron is asked just now."""
    return _told("shelfAsked(local)", Asked)


def ask(what: str, **about: Row) -> rx.Var[Any]:
    """Return an event that asks first: ``what`` names the question."""
    return _deed("askAbout", what, dict(about))


def ask_no_more() -> rx.Var[Any]:
    """Return an event that asks nothing any longer."""
    return _deed("askNoMore")


def choose_target(shelf_id: Row | str) -> rx.Var[Any]:
    """Return an event that says which shelf books shall go to."""
    return _deed("chooseTarget", shelf_id)


def _told(expression: str, kind: Any, *given: Row) -> Row:  # noqa: ANN401  any type
    return computed(expression, kind, _USED, *(rx.Var.create(one) for one in given))


def _view(name: str, *given: Any) -> rx.Var[Any]:  # noqa: ANN401  Vars and texts
    return function(name, _VIEW).partial(*(rx.Var.create(one) for one in given))


def _deed(name: str, *given: Any) -> rx.Var[Any]:  # noqa: ANN401  Vars and texts
    return function(name, _DEEDS).partial(*(rx.Var.create(one) for one in given))
