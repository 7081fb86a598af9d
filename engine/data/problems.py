"""Everything that can be wrong with data, and every notice about what was done with it."""

from __future__ import annotations

from engine.problems import declare

# --- files --------------------------------------------------------------------------------------------------
FILE_MISSING = declare("data.file-missing", "{path} doesn't exist. Check the path or choose another file.")
FILE_UNREADABLE = declare(
    "data.file-unreadable", "{path} cannot be read ({reason}); check its permissions or choose another file."
)
FILE_NOT_REGULAR = declare(
    "data.file-not-regular", "{path} cannot be read ({reason}). Put the file back in its place or choose another."
)
FILE_NOT_NAMED = declare("data.file-not-named", "No file is chosen. Choose a CSV or Parquet file.")
FILE_EMPTY = declare("data.file-empty", "{path} is empty. Choose a table with a header and rows of values.")
FILE_BINARY = declare(
    "data.file-binary", "{path} isn't text, so it can't be read as a table. Choose a CSV (UTF-8) or Parquet file."
)
FILE_WORKBOOK = declare(
    "data.file-workbook", "{path} is a spreadsheet, not a text table. Save its sheet as CSV (UTF-8) and open that."
)
FILE_ARCHIVE = declare(
    "data.file-archive",
    "{path} is a zip archive, from which no table of examples is read. Unpack it and open the table in it.",
)
HEADER_ONLY = declare("data.header-only", "{path} has a header but no rows. Add rows of values or choose another file.")
LINE_TOO_LONG = declare(
    "data.line-too-long",
    "{path} has a line longer than {limit} bytes. Check that it's a table with one row per line.",
)
RAGGED_ROWS = declare(
    "data.ragged-rows",
    "Row {row} of {path} (counting any header) does not have {expected} fields like the first row but {found}; quote "
    "texts that contain “{delimiter}” or mend the row.",
)
BROKEN_QUOTES = declare(
    "data.broken-quotes",
    "Row {row} of {path} (counting any header) cannot be read ({reason}); check that every opening quote is closed.",
)
PARQUET_BROKEN = declare(
    "data.parquet-broken",
    "{path} is not a readable Parquet file ({reason}); write it again or save it as CSV.",
)
PARQUET_TOO_LARGE = declare(
    "data.parquet-too-large",
    "{path} unpacks to more than {limit} bytes, far more than its size suggests. Don't trust it.",
)
LOADING_CANCELLED = declare("data.cancelled", "Loading {path} was cancelled. The earlier data set stays.")

# --- columns ------------------------------------------------------------------------------------------------
TOO_FEW_COLUMNS = declare(
    "data.too-few-columns",
    "{path} has only one column; a target and at least one input are needed, separated by comma, semicolon, "
    "tab or “|”.",
)
TOO_MANY_COLUMNS = declare(
    "data.too-many-columns",
    "{path} has {columns} columns, more than {limit}; keep the columns that matter and open that.",
)
COLUMN_UNKNOWN = declare("data.column-unknown", "There is no column “{column}”; choose one of: {known}.")
TARGET_AS_INPUT = declare(
    "data.target-as-input", "“{column}” is both the target and an input. Remove it from the inputs."
)
NO_INPUTS = declare(
    "data.no-inputs",
    "No column can serve as an input (numbers, or texts that repeat); choose the inputs by hand or another file.",
)
NUMBER_TOO_LARGE = declare(
    "data.number-too-large",
    "“{column}” has {value} in row {row} of the file (counting any header), a number too large to compute with "
    "({count} in all); leave it empty in the file or leave the column out.",
)
SOME_TOO_LARGE = declare(
    "data.some-too-large",
    "“{column}” has numbers too large to compute with, such as {value} ({count} of the rows read); leave them empty in "
    "the file or leave the column out.",
)
TOO_FEW_ROWS = declare(
    "data.too-few-rows",
    "Too few usable rows are left ({rows}); at least {needed} are needed to train and to test.",
)

NO_VALUES = declare(
    "data.no-values",
    "“{column}” of {path} contains neither text nor numbers nor dates ({kind}). Choose another column.",
)

# --- target -------------------------------------------------------------------------------------------------
TARGET_ALL_MISSING = declare(
    "data.target-all-missing", "The target “{column}” has no value in any row; choose another target."
)
TARGET_SINGLE_CLASS = declare(
    "data.target-single-class",
    "The target “{column}” is “{value}” in every row, so there is nothing to learn; choose another target.",
)
TARGET_TOO_MANY_CLASSES = declare(
    "data.target-too-many-classes",
    "The target “{column}” has {count} classes, more than {limit}; choose another target or regression.",
)
TARGET_NOT_NUMERIC = declare(
    "data.target-not-numeric",
    "The target “{column}” contains text such as “{value}”, so it can't be a regression. Choose classification.",
)
TARGET_NOT_BINARY = declare(
    "data.target-not-binary",
    "The target “{column}” has {count} classes, not two; choose multi-class classification or another target.",
)
TARGET_UNUSABLE = declare(
    "data.target-unusable",
    "The target “{column}” contains neither numbers nor text. Choose another target.",
)

# --- named sets, points, features ---------------------------------------------------------------------------
SET_UNKNOWN = declare("data.set-unknown", "There is no data set “{name}”; choose one of: {known}.")
POINTS_TOO_FEW = declare(
    "data.points-too-few", "Too few points are drawn ({points}); draw at least {needed} to train on."
)
POINTS_ONE_CLASS = declare(
    "data.points-one-class", "All drawn points have one class; draw some of another colour as well."
)
POINTS_LABEL = declare(
    "data.points-label",
    "A drawn point has the label {label}; classes are whole numbers from 0 to {highest}, or choose regression.",
)
FEATURE_UNKNOWN = declare(
    "data.feature-unknown", "There is no input feature “{token}” in this data; choose one of: {known}."
)
FEATURES_TOO_MANY = declare(
    "data.features-too-many",
    "{features} features of {rows} rows are more than {limit} numbers; take some features out, or use fewer rows.",
)
INPUT_VALUE = declare("data.input-value", "“{value}” isn't a value for “{column}”; {wanted}.")

# --- notices: what was done, for a person to know -----------------------------------------------------------
SAMPLED_FILE = declare(
    "data.notice-sampled-file",
    "The file has {megabytes} MB; {rows} rows were read from {places} places spread evenly through it.",
)
SAMPLED_ROWS = declare("data.notice-sampled-rows", "{kept} of {rows} rows were drawn at random to bound the memory.")
CUT_ROWS = declare(
    "data.notice-cut-rows",
    "Rows left out because they don't have {expected} fields: {count}; the first is row {row} of the file "
    "(counting any header), with {found}.",
)
CUT_SAMPLED_ROWS = declare(
    "data.notice-cut-sampled-rows", "Rows left out because they don't have {expected} fields: {count}."
)
NO_HEADER = declare(
    "data.notice-no-header", "The file has no header; its columns are called column1, column2 and so on."
)
RENAMED_COLUMNS = declare("data.notice-renamed-columns", "Columns without a name of their own were renamed: {columns}.")
ENCODING = declare("data.notice-encoding", "The file is not UTF-8; it was read as {encoding}.")
NOT_NUMBERS = declare(
    "data.notice-not-numbers",
    "Values of “{column}” that aren't numbers (such as “{example}”) count as missing: {count}.",
)
NOT_DATES = declare(
    "data.notice-not-dates",
    "Values of “{column}” that aren't dates (such as “{example}”) count as missing: {count}.",
)
NUMERALS = declare("data.notice-numerals", "In {columns}, “{example}” was read as {value}, and all numbers likewise.")
CLOCK = declare(
    "data.notice-clock",
    "In {columns}, times of day were read as hours: “{example}” as {value}, and all others likewise.",
)
NUMERALS_OPEN = declare(
    "data.notice-numerals-open",
    "In “{column}”, “{example}” was read as {value}; it could also be {other}: name the decimal sign if it is.",
)
DATES = declare(
    "data.notice-dates",
    "“{column}” holds dates and counts the days since {first}, its earliest; “{example}” was read as {read}.",
)
DATES_OPEN = declare(
    "data.notice-dates-open",
    "In the dates of “{column}”, day and month can't be told apart. “{example}” was read as {read}, day first, "
    "counting days since {first}. Say so if the month comes first.",
)
BEYOND_CALENDAR = declare(
    "data.notice-beyond-calendar",
    "Dates of “{column}” outside the years 1 to 9999 count as missing: {count}.",
)
DATES_LEFT_OUT = declare("data.notice-dates-left-out", "“{column}” holds dates and was left out, as asked.")
ROWS_WITHOUT_TARGET = declare(
    "data.notice-rows-without-target", "Rows without a value for “{column}” were dropped: {count}."
)
ROWS_WITH_MISSING = declare("data.notice-rows-with-missing", "Rows with missing values were dropped: {count}.")
ROWS_WITH_OUTLIERS = declare(
    "data.notice-rows-with-outliers", "Rows with values far from all others were left out, as chosen: {count}."
)
FILLED_NUMBERS = declare(
    "data.notice-filled-numbers",
    "Missing numbers in {columns} ({count} in all) were replaced by the mean of the training rows.",
)
FILLED_CATEGORIES = declare(
    "data.notice-filled-categories",
    "Missing texts in {columns} ({count} in all) became a level “missing” of their own.",
)
COLUMN_CONSTANT = declare("data.notice-column-constant", "“{column}” has the same value in every row and was left out.")
COLUMN_EMPTY = declare("data.notice-column-empty", "“{column}” has no values and was left out.")
COLUMN_IDENTIFIER = declare(
    "data.notice-column-identifier",
    "“{column}” differs in almost every row, like an identifier, and was left out.",
)
COLUMN_NOT_CHOSEN = declare("data.notice-column-not-chosen", "“{column}” was left out, as chosen.")
OUTLIERS = declare(
    "data.notice-outliers",
    "“{column}” has {count} {count:value|values} far from the others, such as {value}; the rest lie from {low} to"
    " {high}. They can dominate what is learnt. Check them, or leave these rows out.",
)
RAW_NUMBERS = declare(
    "data.notice-raw-numbers",
    "“{column}” has mean {mean} and deviation {deviation}; networks learn best from mean 0 and deviation 1. "
    "Standardise the numbers.",
)
COLUMN_UNUSABLE = declare(
    "data.notice-column-unusable", "“{column}” contains neither numbers nor text and was left out."
)
LEVELS_POOLED = declare(
    "data.notice-levels-pooled",
    "“{column}” has {levels} different texts; the {kept} most frequent were kept, the rest pooled as “other”.",
)
