"""A model as a checkpoint keeps it besides its weights: written as JSON, read back and checked in one place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Self

from pydantic import TypeAdapter, ValidationError

from engine.problems import EngineError, declare
from engine.validation import sentence_of

NOT_A_MODEL = declare(
    "recommender.not-a-model", "This doesn't contain a {model} ({reason}). Choose a checkpoint that Neuroloom saved."
)


class ModelFile:
    """Base of dataclasses that JSON can hold. ``called``: what the model is, in the middle of a sentence."""

    __slots__ = ()
    called: ClassVar[str]

    def to_json(self) -> dict[str, Any]:
        """Everything but the weights, as JSON can hold it."""
        content: dict[str, Any] = _adapter(type(self)).dump_python(self, mode="json")
        return content

    @classmethod
    def from_json(cls, content: object) -> Self:
        """The model that :meth:`to_json` wrote. Raises EngineError where the content is anything else."""
        try:
            model: Self = _adapter(cls).validate_python(content)
        except ValidationError as error:
            raise EngineError(NOT_A_MODEL(model=cls.called, reason=sentence_of(error).sentence.rstrip("."))) from None
        for fault in model.faults():
            raise EngineError(NOT_A_MODEL(model=cls.called, reason=fault))
        return model

    def faults(self) -> Iterator[str]:
        """What types do not tell: why the parts are not of one model, each as it stands in the sentence."""
        raise NotImplementedError


_ADAPTERS: dict[type[ModelFile], TypeAdapter[Any]] = {}


def _adapter(kind: type[ModelFile]) -> TypeAdapter[Any]:
    """Made once for each: it reads all the types of which a model is made, its graph's blocks too."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]
