"""What is in an HTML document, as a browser would find it?"""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "input", "link", "base", "source", "area", "col", "embed"}


@dataclass
class Element:
    """An element, with what it holds in order."""

    name: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All the text below."""
        return "".join(c if isinstance(c, str) else c.text for c in self.children)

    def every(self, *names: str) -> list["Element"]:
        """The elements below of some names (all of them without one), in order."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                found += [child] if not names or child.name in names else []
                found += child.every(*names)
        return found

    def having(self, **attributes: str) -> list["Element"]:
        """The elements below with some attributes; `class_` is `class`."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [e for e in self.every() if wanted.items() <= e.attributes.items()]


class _Reader(HTMLParser):
    """Reads a document strictly: every element is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag}: an attribute twice: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        del attrs
        raise AssertionError(f"<{tag}/> closes nothing in HTML")

    def handle_endtag(self, tag):
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)


def read(page: str) -> Element:
    """The document; raises `AssertionError` where its tags are not balanced."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == [reader.root], [element.name for element in reader.open[1:]]
    return reader.root
