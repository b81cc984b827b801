"""Finds what tells a jury who somebody is: their name and its parts, their address, their handles.

Pure. Letters are compared without case and accents, and German ones in either spelling (Müller is
Mueller is Muller). It finds what a program can find; people look as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

SHORTEST_PART = 3
"""Letters of a part of a name that is looked for; shorter ones are words of some language."""
SHORTEST_INSIDE = 4
"""Letters of a part that is looked for inside a host or a handle."""
SHORTEST_JOINED = 5
_ALIKE = str.maketrans({"æ": "a", "œ": "o", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i"})
_PARTICLES = frozenset(
    {"and", "bin", "das", "dem", "den", "der", "des", "die", "del", "dos", "ibn", "las", "los"}
    | {"the", "und", "van", "von", "vom", "zum", "zur"}
)
_OF_EVERYBODY = frozenset(
    {"contact", "hallo", "hello", "info", "kontakt", "mail", "office", "post", "studio", "atelier"}
)
_PROVIDERS = frozenset(
    {"aol.com", "freenet.de", "gmail.com", "gmx.at", "gmx.ch", "gmx.de", "gmx.net", "icloud.com"}
    | {
        "googlemail.com",
        "hotmail.com",
        "live.com",
        "mail.ru",
        "mailbox.org",
        "me.com",
        "outlook.com",
    }
    | {"outlook.de", "posteo.de", "proton.me", "protonmail.com", "riseup.net", "t-online.de"}
    | {"web.de", "yahoo.com", "yahoo.de", "yandex.ru"}
)
# Each begins where a word does and has an end, or a long text would take minutes.
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_HANDLE = re.compile(r"(?<![\w.@])@\w[\w.]{0,60}\w")
_TOKEN = re.compile(r"[^\s<>()\[\]{}\"“”„,;]+")
_UNCOMPARED = re.compile("[\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
"""Accents, and what cannot be seen."""
_UMLAUT = re.compile(r"([aou])e")
_SEPARATORS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Identity:
    """What is looked for, folded. `parts` are whole words, `joined` stand inside others too."""

    parts: tuple[str, ...]
    joined: tuple[str, ...]
    host: str


def identity_of(name: str, email: str) -> Identity:
    words = [_SEPARATORS.sub("", each) for each in re.split(r"[\s\-.,]+", folded(name))]
    parts = [each for each in words if len(each) >= SHORTEST_PART and each not in _PARTICLES]
    local, _at, host = folded(email).partition("@")
    joined = {"".join(words), "".join(reversed(words)), _SEPARATORS.sub("", local)}
    if len(words) > 2:
        joined |= {words[0] + words[-1], words[-1] + words[0]}
    fits = {each for each in joined if len(each) >= SHORTEST_JOINED and each not in _OF_EVERYBODY}
    known = host if host and host not in {folded(each) for each in _PROVIDERS} else ""
    return Identity(tuple(dict.fromkeys(parts)), tuple(sorted(fits)), known)


def traces(text: str, identity: Identity) -> tuple[str, ...]:
    """What of a text tells who it is, as it stands there, each once, in order."""
    found = sorted({*_words(text, identity), *_tokens(text, identity)})
    spans: list[tuple[int, int]] = []
    for start, end in found:
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(dict.fromkeys(text[start:end] for start, end in spans))


def folded(text: str) -> str:
    """As `_folding` does it, of a whole text at once."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_ALIKE)
    if not plain.isascii():
        plain = _UNCOMPARED.sub("", plain)
    return _UMLAUT.sub(r"\1", plain)


def _folding(text: str) -> Iterator[tuple[str, int]]:
    """Letters as they are compared, each with its place in the text. What cannot be seen is left
    out; `e` after a, o and u is part of the umlaut that it stands for."""
    before = ""
    for place, letter in enumerate(text):
        plain = unicodedata.normalize("NFKD", letter.casefold()).translate(_ALIKE)
        for each in _UNCOMPARED.sub("", plain):
            if each != "e" or before not in {"a", "o", "u"}:
                yield each, place
            before = each


def _words(text: str, identity: Identity) -> Iterator[tuple[int, int]]:
    """Parts of a name that are words there, with the s of a genitive."""
    if not identity.parts:
        return
    parts = "|".join(map(re.escape, sorted(identity.parts, key=len, reverse=True)))
    wanted = re.compile(rf"(?<![^\W_])(?:{parts})(?:['’]?s)?(?![^\W_])")
    plain = folded(text)
    if not wanted.search(plain):
        return  # of most pages, and where each letter stands costs the most
    pairs = list(_folding(text))
    for each in wanted.finditer("".join(letter for letter, _place in pairs)):
        yield _as_it_stands(text, pairs[each.start()][1], pairs[each.end() - 1][1] + 1)


def _as_it_stands(text: str, start: int, end: int) -> tuple[int, int]:
    """With the accents and the second letter of an umlaut that were left out of the comparison."""
    while end < len(text) and text[end].isalpha() and text[start:end].isalpha():
        if folded(text[start : end + 1]) != folded(text[start:end]):
            break
        end += 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return start, end


def _tokens(text: str, identity: Identity) -> Iterator[tuple[int, int]]:
    """Addresses, handles and hosts: any e-mail address and handle, and what holds the name."""
    for pattern in (_MAIL, _HANDLE):
        for each in pattern.finditer(text):
            yield each.span()
    for each in _TOKEN.finditer(text):
        if _holds(folded(each.group()), identity):
            start = each.start()
            yield start, start + len(each.group().rstrip(".:!?…’'"))


def _holds(token: str, identity: Identity) -> bool:
    squeezed = _SEPARATORS.sub("", token)
    if any(each in squeezed for each in identity.joined):
        return True
    is_address = re.search(r"\w\.\w", token) or "@" in token
    if not is_address:
        return False
    parts = (each for each in identity.parts if len(each) >= SHORTEST_INSIDE)
    if any(each in squeezed for each in parts):
        return True
    return (
        bool(identity.host) and re.search(rf"(?<!\w){re.escape(identity.host)}", token) is not None
    )
