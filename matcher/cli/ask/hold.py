"""How does an interview go, line after line, until nobody answers or nothing is left to ask?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from matcher.cli.ask import words
from matcher.cli.ask.blocks import DIM, STRONG, WARN, Blocks, Line
from matcher.cli.ask.events import AskAuthority, Event, Over, Refused
from matcher.cli.ask.interview import Interview
from matcher.cli.ask.reading import Lines
from matcher.cli.ask.screen import Screen
from matcher.language.text import Text


def hold(
    interview: Interview, screen: Screen, lines: Lines, blocks: Blocks, source: Path | None
) -> None:
    """Hold an interview to its end."""
    screen.welcome(_welcome(interview, blocks, source))
    events, before = interview.opening, None
    while not isinstance(prompt := interview.prompt, Over):
        screen.show(events, prompt, interview.session.report)
        line = lines.next()
        if line is None:
            return
        events, before = _at_line(interview.reply(line), lines.number), prompt
    told = [] if prompt.stopped or isinstance(before, AskAuthority) else _ending(interview, blocks)
    screen.close(events, told)


def _welcome(interview: Interview, blocks: Blocks, source: Path | None) -> Iterator[Line]:
    yield Line(blocks.say(words.TITLE), STRONG)
    for text in words.WELCOME:
        yield Line(blocks.say(text), DIM)
    if source is not None:
        known = len(interview.session.profile.values)
        yield Line(blocks.say(words.RESUMED, file=source, count=known))
    for notice in interview.session.notices:
        yield Line(f"· {notice.fact} : {notice.text.in_(blocks.lang)}", WARN, 2)


def _ending(interview: Interview, blocks: Blocks) -> list[Line]:
    """Why nothing more is asked, and what only authorities can answer."""
    questions = interview.for_authorities
    return (
        list(blocks.authorities(questions)) if questions else [Line(blocks.say(words.ALL_DECIDED))]
    )


def _at_line(events: tuple[Event, ...], number: int) -> tuple[Event, ...]:
    """What was refused, with the number of the line where the answers come from a file."""
    if not number:
        return events
    return tuple(
        replace(event, why=_placed(event.why, number)) if isinstance(event, Refused) else event
        for event in events
    )


def _placed(why: Text, number: int) -> Text:
    place = words.LINE.filled({"number": Text(str(number), str(number))})
    return Text(f"{place.fr} : {why.fr}", f"{place.en}: {why.en}")
