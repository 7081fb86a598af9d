"""What the engine's models need of pydantic where it is not installed: fields, defaults, copies; nothing is checked.

Good for settings that are written in a program, as those of the checks are. Never in the place of the library: what a
person types or a file holds has to be checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from inspect import get_annotations
from typing import Any, ClassVar

_NONE = object()


class FieldInfo:
    """A field's default, or what makes one."""

    def __init__(self, default: Any = _NONE, *, default_factory: Callable[[], Any] | None = None, **rest: Any) -> None:
        self.default, self.default_factory = default, default_factory

    def value(self, name: str) -> Any:
        """What the field is where nothing is given. Raises TypeError where something has to be."""
        if self.default_factory is not None:
            return self.default_factory()
        if self.default is _NONE:
            raise TypeError(f"“{name}” is missing.")
        return self.default


Field = PrivateAttr = FieldInfo


class BaseModel:
    """A model without checks. Subclasses declare fields as pydantic's do."""

    model_fields: ClassVar[dict[str, FieldInfo]] = {}
    _before: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        own = {name: cls.__dict__.get(name, FieldInfo()) for name in get_annotations(cls)}
        fields = {
            name: given if isinstance(given, FieldInfo) else FieldInfo(given)
            for name, given in own.items()
            if not name.startswith("_") and not str(get_annotations(cls)[name]).startswith("ClassVar")
        }
        cls.model_fields = {**cls.model_fields, **fields}
        for name, given in own.items():
            if name.startswith("_") and isinstance(given, FieldInfo):
                setattr(cls, name, given.value(name))
        made = tuple(name for name, found in cls.__dict__.items() if getattr(found, "_validates_before", False))
        cls._before = (*cls._before, *made)

    def __init__(self, **given: Any) -> None:
        for name in self._before:
            given = getattr(type(self), name)(given)
        unknown = given.keys() - self.model_fields.keys()
        if unknown:
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(unknown))}.")
        for name, field in self.model_fields.items():
            vars(self)[name] = given[name] if name in given else field.value(name)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), *(vars(self)[name] for name in self.model_fields)))

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter((name, vars(self)[name]) for name in self.model_fields)

    @classmethod
    def model_validate(cls, data: Any) -> Any:
        """The model of a mapping, or the model itself."""
        return data if isinstance(data, cls) else cls(**data)

    def model_copy(self, *, update: dict[str, Any] | None = None) -> Any:
        """The same with some fields changed."""
        return type(self)(**{**dict(self), **(update or {})})


def model_validator(*, mode: str) -> Callable[[Any], Any]:
    """Marks a validator; those that come before the fields are called, as they give params their type."""

    def mark(found: Any) -> Any:
        if mode == "before":
            return _Before(found)
        return found

    return mark


class _Before(classmethod):  # type: ignore[type-arg]
    """A validator that is called with the mapping before fields are made of it."""

    _validates_before = True

    def __init__(self, found: Any) -> None:
        super().__init__(found.__func__ if isinstance(found, classmethod) else found)


def field_validator(*names: str, **rest: Any) -> Callable[[Any], Any]:
    """Leaves a validator uncalled."""
    return lambda found: found


class ValidationError(ValueError):
    """Never raised here."""


class TypeAdapter:
    """Can be made; what would read a file with it is told that pydantic is not installed."""

    def __init__(self, kind: Any, **rest: Any) -> None:
        self.kind = kind

    def __getattr__(self, name: str) -> Any:
        raise ModuleNotFoundError("pydantic is not installed", name="pydantic")


class _Mark:
    """Stands in an annotation, and says nothing."""

    def __init__(self, *given: Any, **named: Any) -> None: ...

    def __class_getitem__(cls, item: Any) -> Any:
        return item


AfterValidator = StringConstraints = WithJsonSchema = Discriminator = Tag = PlainSerializer = SerializeAsAny = _Mark
GetJsonSchemaHandler = CoreSchema = ErrorDetails = _Mark
ConfigDict = dict
FiniteFloat = float
