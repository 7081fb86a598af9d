"""What there is to say about a link."""

from __future__ import annotations

from engine.problems import declare

TOO_LONG = declare(
    "file.link-too-long", "This link has {length} characters, more than {limit}. Copy it from the page again."
)
NOT_A_NUMBER = declare("file.link-no-number", "{key} is “{value}” in the link, which isn't a number; correct it there.")
OUT_OF_RANGE = declare("file.link-range", "{key} is {value} in the link; it must be {wanted}.")
BAD_SHAPE = declare(
    "file.link-shape",
    "networkShape is “{value}” in the link; it must be the units of each hidden layer, whole numbers from 1 to {most}"
    " with commas between them.",
)
TOO_LARGE = declare(
    "file.link-too-large",
    "The link asks for {found} weights in {layers} hidden layers; the limit is {most} weights in {most_layers} layers.",
)
NO_INPUTS = declare(
    "file.link-no-inputs",
    "The link turns every input off, so nothing could be learnt. Turn one on, such as x=true.",
)
BATCH_TOO_LARGE = declare(
    "file.link-batch",
    "batchSize is {size} in the link, but only {rows} points are trained on: that page would never change a weight;"
    " make it {rows} or less.",
)
SEED_TOO_LONG = declare("file.link-seed", "The seed in the link has {length} characters; {limit} are the most.")

SEED_DRAWN = declare(
    "file.link-seed-drawn",
    "The link has no seed, so {seed} was drawn for the points. The page would draw another, with other points "
    "and weights.",
)
UNKNOWN_KEYS = declare("file.link-unknown-keys", "Ignored, because that page has no such settings: {keys}.")
UNKNOWN_WORD = declare(
    "file.link-unknown-word",
    "{key} is “{value}” in the link, which that page does not know: it takes {taken}, as here.",
)
HIDDEN_CONTROLS = declare(
    "file.link-hidden-controls", "The link hides controls of that page; here nothing is hidden: {keys}."
)
HIDDEN_INPUTS = declare(
    "file.link-hidden-inputs", "Inputs that the link hides are left out of the network, as on that page: {keys}."
)
NOISE_REPLACED = declare(
    "file.link-noise", "noise is {value} in the link; that page uses {taken}, and so does Neuroloom."
)
NO_EFFECT = declare("file.link-no-effect", "No effect on that page, so none here: {keys}.")
ABOUT_THE_PAGE = declare("file.link-page-only", "Ignored, because it only affects that page's text: {keys}.")

NOT_A_CHAIN = declare(
    "file.link-only-chains",
    "A link can only describe one input, a chain of dense blocks and an output. This network has another shape.",
)
OTHER_DATA = declare(
    "file.link-only-its-data",
    "A link can only use TensorFlow Playground's own data. Choose circle, exclusive or, two Gaussians, two spirals, "
    "plane or multi-Gaussian.",
)
OTHER_COUNT = declare(
    "file.link-samples", "TensorFlow Playground always draws {needed} points of this data. Set samples to {needed}."
)
OTHER_INPUTS = declare(
    "file.link-inputs",
    "In a link, inputs can be x₁, x₂, their squares, their product and their sines, each once. Remove the others.",
)
OTHER_ACTIVATIONS = declare(
    "file.link-activations",
    "A link has one activation for all hidden layers: ReLU, tanh, logistic or identity. Set them all to the same.",
)
NO_BIAS = declare("file.link-biases", "Every layer of TensorFlow Playground has biases. Turn them on.")
OTHER_OUTPUT = declare(
    "file.link-output",
    "The output of TensorFlow Playground uses squared error and {activation}. Set the output's loss and activation to "
    "these.",
)
OTHER_OPTIMISER = declare(
    "file.link-optimiser",
    "A link opens in TensorFlow Playground, which trains by SGD at a constant rate, without clipping. Choose these "
    "under “Optimiser”.",
)
SHUFFLED = declare(
    "file.link-shuffled", "TensorFlow Playground takes the rows in the same order in every epoch. Turn shuffling off."
)
LEFTOVER = declare(
    "file.link-leftover",
    "{rows} rows leave {left} that don't fill a batch. On that page these wait for the next epoch; let them "
    "wait here too.",
)
BOTH_PENALTIES = declare("file.link-penalties", "TensorFlow Playground has L1 or L2, not both. Set one of them to 0.")
OTHER_L1 = declare("file.link-l1", "On that page L1 keeps weights at 0 once they get there. Turn that on here too.")
OTHER_SEED = declare(
    "file.link-seed-letters",
    "The seed “{seed}” is too long for a link, where its letters have to be encoded; draw new points first.",
)
FEW_ROWS = declare(
    "file.link-rows", "Batches of {size} are larger than the {rows} rows that are trained on; make them smaller."
)

NO_WEIGHTS = declare("file.link-without-weights", "A link has no weights: it opens with those drawn from its seed.")
OTHER_POINTS = declare(
    "file.link-other-points", "A link has no points: the page draws others of this kind from the seed {seed}."
)
