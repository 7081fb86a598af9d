"""What can be wrong with an expression: one sentence each, with the place."""

from __future__ import annotations

from engine.autodiff.tree import Span
from engine.problems import EngineError, Problem, ProblemKind, declare


class ExpressionError(EngineError):
    """An expression that cannot be read; ``span`` is the stretch of the text to point at."""

    def __init__(self, problem: Problem, span: Span) -> None:
        super().__init__(problem)
        self.span = span


def refused(kind: ProblemKind, span: Span, **particulars: object) -> ExpressionError:
    """The error for a place in the text; line and column are counted from 1 in the sentence."""
    return ExpressionError(kind(line=span.line, column=span.column + 1, **particulars), span)


EMPTY = declare("expression.empty", "There is no expression yet; type one, such as (x + y)^2.")
TOO_LONG = declare("expression.too-long", "The expression has {count} characters; shorten it to {limit} or fewer.")
TEXT_FULL = declare(
    "expression.text-full",
    "The expression would have {count} characters; the limit is {limit}. It stays as it was. Insert less.",
)
TOO_DEEP = declare(
    "expression.too-deep",
    "Line {line}, column {column}: brackets, signs and powers are nested more than {limit} deep. Give a part "
    "of it a name on its own line.",
)
TOO_MANY_NODES = declare("expression.too-many-nodes", "The expression has more than {limit} nodes; shorten it.")
UNKNOWN_CHARACTER = declare(
    "expression.unknown-character",
    "Line {line}, column {column}: “{found}” means nothing here; an expression has numbers, names, brackets, commas "
    "and + − × ÷ ^.",
)
BAD_NUMBER = declare(
    "expression.bad-number",
    "Line {line}, column {column}: “{found}” is not a number; write it like 0.5 or 1e-3.",
)
HUGE_NUMBER = declare(
    "expression.huge-number",
    "Line {line}, column {column}: “{found}” is too long or too large; write a number between −1e308 and 1e308 with "
    "at most {limit} characters.",
)
HUGE_POWER = declare(
    "expression.huge-power",
    "Line {line}, column {column}: this power of numbers is larger than any number here (1.8e308); write a "
    "smaller one.",
)
LONG_NAME = declare(
    "expression.long-name",
    "Line {line}, column {column}: the name “{found}” is too long; write one of at most {limit} characters.",
)
OPERAND_EXPECTED = declare(
    "expression.operand-expected",
    "Line {line}, column {column}: a number, a name or an opening bracket is expected here, not “{found}”.",
)
OPERAND_MISSING = declare(
    "expression.operand-missing",
    "Line {line}, column {column}: the line ends where a number, a name or an opening bracket is expected; complete "
    "it.",
)
OPERATOR_MISSING = declare(
    "expression.operator-missing",
    "Line {line}, column {column}: an operator is expected between “{before}” and “{found}”; for a product put "
    "* between them.",
)
UNEXPECTED = declare(
    "expression.unexpected",
    "Line {line}, column {column}: an operator or the end of the line is expected here, not “{found}”.",
)
UNCLOSED = declare(
    "expression.unclosed",
    "Line {line}, column {column}: the bracket “{opening}” is not closed; add “{closing}” on the same line.",
)
NOT_CLOSED_HERE = declare(
    "expression.not-closed-here",
    "Line {line}, column {column}: “{closing}” is expected here, not “{found}”.",
)
UNOPENED = declare(
    "expression.unopened",
    "Line {line}, column {column}: “{found}” closes a bracket that was never opened. Remove it.",
)
UNKNOWN_FUNCTION = declare(
    "expression.unknown-function",
    "Line {line}, column {column}: there is no function “{found}”. Did you mean {nearest}?",
)
NOT_KNOWN_FUNCTION = declare(
    "expression.function-not-known",
    "Line {line}, column {column}: “{found}” is not known here; known are {known}. For a product write {found}*(…).",
)
NO_FUNCTION = declare(
    "expression.no-function",
    "Line {line}, column {column}: “{found}” is not a function; for a product write {found}*(…).",
)
UNKNOWN_NAME = declare(
    "expression.unknown-name",
    "Line {line}, column {column}: “{found}” isn't known here. Did you mean {nearest}?",
)
STRANGE_NAME = declare(
    "expression.strange-name", "Line {line}, column {column}: “{found}” is not known here; there are: {known}."
)
FUNCTION_ALONE = declare(
    "expression.function-alone",
    "Line {line}, column {column}: “{found}” is a function; write what it is applied to in brackets, {found}(…).",
)
WRONG_COUNT = declare(
    "expression.wrong-count",
    "Line {line}, column {column}: the number of arguments of {found} is {count} here; make it {wanted}.",
)
LIST_EXPECTED = declare(
    "expression.list-expected",
    "Line {line}, column {column}: {found} takes a list in square brackets, such as {found}([x, y]).",
)
LIST_UNEXPECTED = declare(
    "expression.list-unexpected",
    "Line {line}, column {column}: this is a list, where one number is expected; choose one of it by its index, such "
    "as {found}[0].",
)
LIST_LENGTH = declare(
    "expression.list-length", "Line {line}, column {column}: this list has {count} numbers; it may have 1 to {limit}."
)
LENGTHS_DIFFER = declare(
    "expression.lengths-differ",
    "Line {line}, column {column}: cross_entropy is given {logits} values and {targets} targets; give as many of one "
    "as of the other.",
)
NO_LIST = declare(
    "expression.no-list",
    "Line {line}, column {column}: “[” picks from a list, but there is no list before it. Remove it.",
)
BAD_INDEX = declare(
    "expression.bad-index",
    "Line {line}, column {column}: an index is a whole number from 0 to {last} here, not “{found}”.",
)
NO_NAME_TO_DEFINE = declare(
    "expression.no-name-to-define",
    "Line {line}, column {column}: a definition begins with one name and “=”, such as t = x + y.",
)
RESERVED = declare(
    "expression.reserved",
    "Line {line}, column {column}: “{found}” is a function and cannot be defined; choose another name.",
)
DEFINED_TWICE = declare(
    "expression.defined-twice", "Line {line}, column {column}: “{found}” is already defined. Choose another name."
)
USED_BEFORE = declare(
    "expression.used-before",
    "Line {line}, column {column}: “{found}” is used before this line defines it; define it further up, or choose "
    "another name.",
)
UNNAMED_LINE = declare(
    "expression.unnamed-line",
    "Line {line}, column {column}: only the last line may go without a name; write t = … here.",
)

# What can be wrong with numbers. ``node`` is the label of the node where it began.

NOT_READ = declare(
    "expression.not-read",
    "The expression can't be read yet, so its inputs keep their values. Finish or correct it first.",
)
NO_VALUE = declare("expression.no-value", "{name} has no value; give it one.")
INPUT_NOT_FINITE = declare("expression.input-not-finite", "{node} is not a finite number; give it another value.")
DIVISION_BY_ZERO = declare("expression.division-by-zero", "{node} divides by 0. Change the denominator.")
LOG_OF_NEGATIVE = declare(
    "expression.log-of-negative", "{node} is the logarithm of a negative number, which isn't defined. Make it positive."
)
LOG_OF_ZERO = declare("expression.log-of-zero", "{node} is the logarithm of 0, which is −∞; keep it above 0.")
ROOT_OF_NEGATIVE = declare(
    "expression.root-of-negative", "{node} is the square root of a negative number; make it 0 or more."
)
POWER_OF_NEGATIVE = declare(
    "expression.power-of-negative",
    "{node} raises a negative number to a power that isn't a whole number. Make the base positive or the "
    "exponent whole.",
)
OVERFLOW = declare(
    "expression.overflow", "{node} exceeds the largest number possible (1.8e308). Make its inputs smaller."
)
ENDLESS_SLOPE = declare(
    "expression.endless-slope", "{node} has no finite slope along {parent} here; move away from this value."
)
INFINITY_TIMES_ZERO = declare(
    "expression.infinity-times-zero",
    "Here the chain rule gives ∞ × 0 along {node}, which isn't a number: it doesn't tell the slope here. "
    "Move away from this value.",
)
ZERO_TO_ZERO_SLOPE = declare(
    "expression.zero-to-zero-slope",
    "{node} is 0 to the power of 0 and has no slope along its exponent {exponent}: the rule gives 1·log(0) = −∞, and "
    "PyTorch's 0 is a convention; move away from this value.",
)
GRADIENT_OVERFLOW = declare(
    "expression.gradient-overflow",
    "The gradient of {node} exceeds the largest number possible (1.8e308). Make the factors on the way smaller.",
)
INNER_FAULT = declare(
    "expression.inner-fault", "{node} has no finite value here. Open it again to see which part causes this."
)

# Collapsing.

COLLAPSE_FEW = declare("expression.collapse-few", "Collapsing needs two or more operations. Choose more of them.")
COLLAPSE_SEVERAL = declare(
    "expression.collapse-several",
    "These nodes pass on more than one value, {one} and {other}. Choose nodes where only one is used by others.",
)
