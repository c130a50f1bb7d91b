"""What a change does to the answers of the public questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from standards_graph.browse.questions import Questions
from standards_graph.model.answers import CSV
from standards_graph.model.drafts import AnswerChange
from standards_graph.store.base import Reader


def changed_answers(before: Reader, after: Reader) -> tuple[AnswerChange, ...]:
    """The public questions whose answer, with the usual parameters, is not the same on both, in the order of their names."""
    return tuple(_changed(Questions(before), Questions(after)))


def _changed(before: Questions, after: Questions) -> Iterator[AnswerChange]:
    for question in before.all():
        old, new = _rows(before, question.name), _rows(after, question.name)
        if old != new:
            yield AnswerChange(
                question.name, question.title, old.total(), new.total(), (new - old).total(), (old - new).total()
            )


def _rows(questions: Questions, name: str) -> Counter[bytes]:
    return Counter(questions.answer(name, {}, CSV).body.splitlines()[1:])
