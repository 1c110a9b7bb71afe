"""`Surroundings`: what lies around a trail, as answers to questions, kept for whoever reads it later.

An explanation needs more than the trail: the text of a module, what else lies in a directory, which
distribution owns a file. It asks for that here. Where the trace is made, ``looking/`` answers by
looking; each answer is kept, goes into the file with the trace, and is all that there is when the file
is read on another machine. This file looks at nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .errors import TraceFormatError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Surroundings"]

Answers = dict[str, dict[str, Any]]


class Surroundings:
    """Answers to questions about files, distributions and the interpreter.

    Args:
        answers: the answers, by question and by the arguments as JSON.
        look: what answers a question that has not been asked yet; None where nobody can look.
    """

    def __init__(
        self, answers: Answers | None = None, look: Callable[[str, tuple[Any, ...]], Any] | None = None
    ) -> None:
        self._answers: Answers = {} if answers is None else answers
        self._look = look

    def ask(self, question: str, *arguments: str | int | tuple[str, ...]) -> Any:
        """Ask something.

        Args:
            question: the name of the question, one of ``looking.QUESTIONS``.
            *arguments: plain values.

        Returns:
            The answer, plain data; None where it is not known.
        """
        known = self._answers.setdefault(question, {})
        key = json.dumps(arguments)
        if key not in known:
            if self._look is None:
                return None
            # Through JSON and back: what is seen now is what a reader of the file will see.
            known[key] = json.loads(json.dumps(self._look(question, arguments)))
        return known[key]

    def to_document(self) -> Answers:
        """Give the answers as plain data."""
        return {question: known for question, known in self._answers.items() if known}

    @classmethod
    def from_document(cls, document: object) -> Surroundings:
        """Read the answers back.

        Raises:
            TraceFormatError: they are no such document.
        """
        if document is None:
            return cls()
        if not isinstance(document, dict) or not all(isinstance(known, dict) for known in document.values()):
            raise TraceFormatError('"surroundings" should be an object of objects')
        return cls(document)

    @classmethod
    def fixed(cls, facts: Mapping[str, Any]) -> Surroundings:
        """Make surroundings of questions without arguments; for tests and for what is known already."""
        return cls({question: {"[]": answer} for question, answer in facts.items()})
