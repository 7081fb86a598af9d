"""What a trained Wide & Deep answers, held to the network's own logit, to scikit-learn, and to the rows themselves."""

from __future__ import annotations

import os
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import polars as pl
import pytest
from safetensors.numpy import load_file
from scipy.special import expit
from sklearn.calibration import calibration_curve
from sklearn.metrics import log_loss, roc_auc_score

from engine.problems import EngineError
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.running.checkpoints import read
from engine.recommenders.serving.asking import Askable
from engine.recommenders.tasks.wide_deep.answers import BrokenPair
from engine.recommenders.tasks.wide_deep.changes import _name
from engine.recommenders.tasks.wide_deep.insight import answers
from engine.recommenders.tasks.wide_deep.opened import OpenedWideDeep
from engine.recommenders.tasks.wide_deep.tied_columns import TiedColumns
from tests.engine.recommenders.asked import asked, opened, trained

GOAL = ["--label", "bought", "--epochs", "1", "--batch-size", "64"]
STORE = ["wide-deep", "--data", "app-store", "--size", "4000", "--users", "400", "--items", "120"]
CROSSES = ["--cross", "colour,shape", "--cross", "shape,x (binned)", "--cross", "colour,shape,x (binned)"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table in which red circles are bought, blue squares never shown, and x counts for a little."""
    path = tmp_path_factory.mktemp("toys")
    draw = np.random.default_rng(0)
    colour, shape = draw.choice(["red", "blue", "green"], 3000), draw.choice(["circle", "square", "star"], 3000)
    x = draw.normal(size=3000).round(2)
    shape[(colour == "blue") & (shape == "square")] = "circle"
    score = 3.0 * ((colour == "red") & (shape == "circle")) + x - 1.0
    bought = (draw.random(3000) < expit(score)).astype(int)
    pl.DataFrame({"colour": colour, "shape": shape, "x": x, "bought": bought}).write_csv(path / "toys.csv")
    return path


FIRST = 2
"""The file's number of the first row, after the header."""


def toys_of(folder: Path, name: str, *arguments: str) -> Path:
    table = ["wide-deep", "--data", str(folder / "toys.csv"), "--label", "bought", "--batch-size", "128"]
    return trained(folder / f"{name}.safetensors", *table, "--epochs", "8", "--hidden", "8,4", *arguments)


@pytest.fixture(scope="module")
def path(folder: Path) -> Path:
    return toys_of(folder, "joint", *CROSSES)


@pytest.fixture(scope="module")
def toys(path: Path) -> Askable[Any]:
    return opened(path)


@pytest.fixture(scope="module")
def halves(folder: Path) -> dict[str, str]:
    return {part: str(toys_of(folder, part, *CROSSES, "--parts", part)) for part in ("wide", "deep")}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Askable[Any]:
    return opened(trained(tmp_path_factory.mktemp("store") / "store.safetensors", *STORE, "--epochs", "2", "--l1", "0"))


def of(askable: Askable[Any]) -> OpenedWideDeep:
    found: OpenedWideDeep = askable.opened
    return found


def logit_of(askable: Askable[Any], row: int) -> float:
    task = of(askable).task
    return float(answers(task.network, task.prepared(np.array([task.numbering.index(row)]))).logit[0])


# --- The sum --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["toys", "store"])
@pytest.mark.parametrize("row", [2, 17, 2999])
def test_the_terms_add_up_to_the_network_s_logit(which: str, row: int, request: pytest.FixtureRequest) -> None:
    askable: Askable[Any] = request.getfixturevalue(which)
    found = asked(askable, "row", row=row)["sum"]
    assert found["wide"] == pytest.approx(sum(term["weight"] for term in found["terms"]), abs=1e-12)
    assert found["logit"] == pytest.approx(logit_of(askable, row), abs=1e-6)
    assert found["logit"] == pytest.approx(found["wide"] + found["deep"] + found["bias"], abs=1e-12)
    assert found["probability"] == pytest.approx(1.0 / (1.0 + np.exp(-found["logit"])), abs=1e-12)
    strengths = [abs(term["weight"]) for term in found["terms"]]
    assert strengths == sorted(strengths, reverse=True)


def test_terms_are_named_and_counted_as_the_training_rows_have_them(toys: Askable[Any]) -> None:
    task, table = of(toys).task, of(toys).table
    train, index = table[task.rows.train], int(task.rows.test[0])
    values = {name: table[name][index] for name in ("colour", "shape")}
    row = index + FIRST
    terms = {term["name"]: term for term in asked(toys, "row", row=row)["sum"]["terms"]}
    name = f"colour={values['colour']} × shape={values['shape']}"
    same = train.filter((pl.col("colour") == values["colour"]) & (pl.col("shape") == values["shape"]))
    assert terms[name]["rows"] == same.height and terms[name]["kind"] == "cross"
    assert terms[f"colour={values['colour']}"]["rows"] == (train["colour"] == values["colour"]).sum()
    assert len([term for term in terms.values() if term["kind"] == "cross"]) == 3


def test_the_bias_and_a_weight_are_the_file_s_own(toys: Askable[Any], path: Path) -> None:
    tensors, blocks = load_file(path), {block.kind: block.id for block in read(path).graph.blocks}
    found = asked(toys, "row", row=3)["sum"]
    assert found["bias"] == pytest.approx(float(tensors[f"{blocks['joint_logit']}/b"][0]))
    weights = tensors[f"{blocks['sparse_linear']}/W"].ravel()
    assert all(np.isclose(weights, term["weight"], atol=0.0, rtol=1e-7).any() for term in found["terms"])


def test_activations_lead_from_the_columns_to_the_deep_logit(toys: Askable[Any]) -> None:
    found = asked(toys, "row", row=3, activations=True)["sum"]
    titles = [one["title"] for one in found["activations"]]
    assert titles.index("Deep 1") < titles.index("Deep 2") < titles.index("Deep logit")
    values = {one["title"]: one["values"] for one in found["activations"]}
    assert len(values["Deep 1"]) == 8 and min(values["Deep 1"]) >= 0.0
    assert values["Deep logit"] == [pytest.approx(found["deep"], abs=1e-7)]
    assert asked(toys, "row", row=3)["sum"]["activations"] == []


@pytest.mark.parametrize("part", ["wide", "deep"])
def test_a_half_by_itself_has_no_other(halves: dict[str, str], part: str) -> None:
    found = asked(opened(Path(halves[part])), "row", row=5)["sum"]
    assert (found["wide"] == 0.0) == (part == "deep") and (found["deep"] == 0.0) == (part == "wide")
    assert bool(found["terms"]) == (part == "wide")


# --- Other values ---------------------------------------------------------------------------------------------------


def test_a_changed_row_is_a_row_with_these_values(toys: Askable[Any]) -> None:
    table, values = of(toys).table, {"colour": "red", "shape": "circle", "x": 0.25}
    answer = asked(toys, "change", row=9, values=values)
    assert answer["before"] == asked(toys, "row", row=9)["sum"]
    task = of(toys).task
    row = table[9].with_columns(colour=pl.lit("red"), shape=pl.lit("circle"), x=pl.lit(0.25))
    found = answers(task.network, task.model.prepare(task.network, row))
    assert answer["after"]["logit"] == pytest.approx(float(found.logit[0]), abs=1e-6)
    assert answer["after"]["values"] == values and answer["after"]["unknown"] == []


@pytest.mark.parametrize("value", ["mauve", "", None])
def test_what_training_did_not_have_is_unknown_and_said(toys: Askable[Any], value: str | None) -> None:
    after = asked(toys, "change", row=9, values={"colour": value})["after"]
    assert after["unknown"] == ["colour"]
    assert any(term["name"] == "colour=(unknown)" and term["rows"] == 0 for term in after["terms"])


def test_a_category_s_number_is_written_as_training_has_written_it() -> None:
    assert _name(1995.0, ("1994.0", "1995.0")) == "1995.0"
    assert _name(1995.0, ("1994", "1995")) == _name(1995.0, ()) == "1995"
    assert (_name(0.5, ()), _name("red", ()), _name(None, ())) == ("0.5", "red", None)


def test_a_missing_number_counts_as_the_mean(toys: Askable[Any]) -> None:
    mean = next(one["mean"] for one in asked(toys, "columns")["numbers"] if one["name"] == "x")
    without, with_mean = (asked(toys, "change", row=9, values={"x": x})["after"] for x in (None, mean))
    assert without["logit"] == pytest.approx(with_mean["logit"], abs=1e-6)


def test_a_bag_is_changed_by_its_names(store: Askable[Any]) -> None:
    known = asked(store, "columns")["names"]
    (bag,) = (one for one in known if one["bag"])
    names = [one["value"] for one in bag["values"][:2]]
    after = asked(store, "change", row=4, values={bag["name"]: names})["after"]
    assert after["values"][bag["name"]] == names
    assert len([term for term in after["terms"] if term["kind"] == "cross"]) == 2


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"size": "large"}, "size"),
        ({"x": "much"}, "a number"),
        ({"x": ["1", "2"]}, "a number"),
        ({"colour": ["red", "blue"]}, "one name"),
        ({"bought": "1"}, "bought"),
    ],
)
def test_a_value_that_a_column_cannot_hold_is_refused(toys: Askable[Any], values: object, said: str) -> None:
    with pytest.raises(EngineError, match=said):
        asked(toys, "change", row=9, values=values)


@pytest.mark.parametrize("row", [-1, 0, 1, 3002])
def test_there_is_no_such_row(toys: Askable[Any], row: int) -> None:
    for name in ("row", "change", "crosses", "compare", "pair"):
        with pytest.raises(EngineError, match="outside rows 2 to 3001"):
            asked(toys, name, row=row)


# --- Rows, columns, crosses, weights --------------------------------------------------------------------------------


def test_rows_are_listed_with_what_the_network_says(toys: Askable[Any]) -> None:
    every = asked(toys, "rows", limit=1000)
    task = of(toys).task
    assert every["found"] == every["part"] == len(task.rows.test) == 300
    labels, probability = task.probabilities("test")
    by_row = dict(zip(task.rows.test.tolist(), zip(labels.tolist(), probability.tolist(), strict=True), strict=True))
    for one in every["rows"][:20]:
        label, expected = by_row[one["row"] - FIRST]
        assert one["probability"] == pytest.approx(expected) and one["label"] == bool(label)
    wrong = asked(toys, "rows", only="wrong", limit=1000)
    assert wrong["found"] == int(((probability >= 0.5) != (labels > 0)).sum())
    unsure = [abs(one["probability"] - 0.5) for one in asked(toys, "rows", only="unsure", limit=5)["rows"]]
    assert unsure == sorted(unsure)
    red = asked(toys, "rows", where={"colour": "RED"}, part="train", limit=3, offset=2)
    assert len(red["rows"]) == 3 and all(one["values"]["colour"] == "red" for one in red["rows"])


def test_columns_count_their_values(toys: Askable[Any]) -> None:
    answer = asked(toys, "columns")
    task = of(toys).task
    train = of(toys).table[task.rows.train]
    colour = next(one for one in answer["names"] if one["name"] == "colour")
    for one in colour["values"]:
        rows = train.filter(pl.col("colour") == one["value"])
        assert one["rows"] == rows.height and one["rate"] == pytest.approx(rows["bought"].mean())
    (x,) = answer["numbers"]
    assert x["quantiles"][0] == train["x"].min() and x["quantiles"][4] == train["x"].max()
    assert sum(one["rows"] for one in x["bins"]) == train.height and not x["whole"] and x["missing"] == 0
    few = asked(toys, "columns", values=1, text="squ")["names"]
    assert [[one["value"] for one in names["values"]] for names in few] == [[], ["square"]]


def test_crosses_say_which_feature_is_on(toys: Askable[Any]) -> None:
    crosses = asked(toys, "crosses", row=9)["crosses"]
    assert crosses[0]["columns"] == ["colour", "shape"]
    assert crosses[0]["features"] == 16 and not crosses[0]["hashed"] and crosses[0]["seen"] == 8
    terms = {term["name"]: term for term in asked(toys, "row", row=9)["sum"]["terms"]}
    for cross in crosses:
        (on,) = cross["on"]
        assert on["weight"] == terms[on["name"]]["weight"] and on["rows"] == terms[on["name"]]["rows"]
    tried = asked(toys, "crosses", row=9, columns=["shape", "colour"])["tried"]
    assert len(tried) == 1 and tried[0]["rows"] == crosses[0]["on"][0]["rows"] and tried[0]["weight"] is None
    with pytest.raises(EngineError, match="no column “x”"):
        asked(toys, "crosses", row=9, columns=["colour", "x"])


def test_a_bag_s_cross_has_a_feature_for_each_of_its_names(store: Askable[Any]) -> None:
    values = asked(store, "row", row=4)["sum"]["values"]
    (cross,) = asked(store, "crosses", row=4)["crosses"]
    assert len(cross["on"]) == len(values["installed_apps"]) > 0
    assert {one["conditions"][0]["value"] for one in cross["on"]} == set(values["installed_apps"])


def test_the_heaviest_weights_are_the_largest_of_the_table(toys: Askable[Any], path: Path) -> None:
    tensors, blocks = load_file(path), {block.kind: block.id for block in read(path).graph.blocks}
    weights = np.sort(np.abs(tensors[f"{blocks['sparse_linear']}/W"].ravel()))[::-1]
    found = asked(toys, "heaviest", top=12, least=1)["weights"]
    np.testing.assert_allclose([abs(one["weight"]) for one in found], weights[:12], rtol=1e-6)
    singles = asked(toys, "heaviest", kind="single", least=1)["weights"]
    assert singles and all(one["kind"] == "single" for one in singles)


# --- Memory and generalisation ---------------------------------------------------------------------------------------


def test_the_pair_learned_by_heart_and_the_one_never_seen(toys: Askable[Any], halves: dict[str, str]) -> None:
    answer = asked(toys, "pair", columns=["shape", "colour"], row=9, others=halves)
    assert answer["columns"] == ["colour", "shape"]
    train = of(toys).table[of(toys).task.rows.train]
    for i, colour in enumerate(answer["first"]):
        for j, shape in enumerate(answer["second"]):
            rows = train.filter((pl.col("colour") == colour) & (pl.col("shape") == shape))
            assert answer["rows"][i][j] == rows.height
            assert answer["rates"][i][j] == (pytest.approx(rows["bought"].mean()) if rows.height else None)
    memorised, unseen = answer["memorised"], answer["never_seen"]
    weights = np.array(answer["weights"])
    assert abs(memorised["weight"]) == np.abs(weights).max() and memorised["rows"] >= 20
    assert unseen["values"] == ["blue", "square"]
    assert (unseen["rows"], unseen["weight"], unseen["rate"], unseen["test_rows"]) == (0, 0.0, None, 0)
    assert [one["who"] for one in unseen["said"]] == ["this network", "wide", "deep"]
    after = asked(toys, "change", row=9, values={"colour": "blue", "shape": "square"})["after"]
    assert unseen["said"][0]["probability"] == pytest.approx(after["probability"], abs=1e-6)


def test_a_pair_of_a_number_s_bins_and_of_a_bag(toys: Askable[Any], store: Askable[Any]) -> None:
    bins = asked(toys, "pair", columns=["shape", "x (binned)"], most=5)
    assert len(bins["first"]) == 3 and len(bins["second"]) == 5 and bins["memorised"]["said"]
    apps = asked(store, "pair", least=3)
    table = of(store).table[of(store).task.rows.train]
    for name in ("memorised", "never_seen"):
        installed, shown = apps[name]["values"]
        has = pl.col("installed_apps").str.split("|").list.contains(installed)
        assert apps[name]["rows"] == table.filter(has & (pl.col("impression_app") == shown)).height
    test = of(store).table[of(store).task.rows.test]
    installed, shown = apps["never_seen"]["values"]
    has = pl.col("installed_apps").str.split("|").list.contains(installed)
    assert apps["never_seen"]["test_rows"] == test.filter(has & (pl.col("impression_app") == shown)).height


def test_a_network_without_crosses_has_no_pairs(halves: dict[str, str], toys: Askable[Any]) -> None:
    with pytest.raises(EngineError, match="no cross of just two columns"):
        asked(opened(Path(halves["deep"])), "pair")
    with pytest.raises(EngineError, match="colour × x"):
        asked(toys, "pair", columns=["colour", "x"])


@pytest.fixture(scope="module")
def tied(tmp_path_factory: pytest.TempPathFactory) -> Askable[Any]:
    """A degree and its number, an id of each row, and apps of which nobody is shown one that they have."""
    path, draw = tmp_path_factory.mktemp("tied"), np.random.default_rng(1)
    degree = draw.integers(0, 4, 1200)
    apps = np.array(["mail", "maps", "chess"])
    has = draw.random((1200, 3)) < 0.4
    shown = [draw.choice(np.flatnonzero(~one)) if not one.all() else 0 for one in has]
    kept = ~has[np.arange(1200), shown]
    table = pl.DataFrame(
        {
            "degree": np.array(["none", "school", "bachelor", "master"])[degree],
            "years": np.array([4.0, 9.0, 13.0, 14.0])[degree],
            "town": draw.choice(["north", "south", "east", "west"], 1200),
            "id": np.arange(1200),
            "has": ["|".join(apps[one].tolist()) for one in has],
            "shown": apps[shown],
            "bought": (degree + draw.normal(size=1200) > 1.5).astype(int),
        }
    ).filter(pl.Series(kept))
    table.write_csv(path / "tied.csv")
    columns = ["--categories", "degree,town,shown", "--numbers", "years,id", "--bags", "has"]
    crosses = [part for of in ("has,shown", "degree,town", "degree,years (binned)") for part in ("--cross", of)]
    data = ["wide-deep", "--data", str(path / "tied.csv"), "--label", "bought", *columns, *crosses]
    return opened(trained(path / "tied.safetensors", *data, "--epochs", "1", "--hidden", "4"))


def test_a_change_that_breaks_columns_which_always_go_together_says_so(tied: Askable[Any]) -> None:
    row = int(np.flatnonzero(of(tied).table["degree"] == "school")[0]) + FIRST
    asked_of = {"degree": "master"}
    (broken,) = asked(tied, "change", row=row, values=asked_of)["broken"]
    expected = {"column": "degree", "value": "master", "partner": "years", "usual": 14.0, "found": 9.0}
    assert broken == expected
    (back,) = asked(tied, "change", row=row, values={"years": 4})["broken"]
    assert (back["column"], back["partner"], back["usual"], back["found"]) == ("years", "degree", "none", "school")
    for whole in ({}, {"degree": "master", "years": 14}, {"town": "north", "id": 7}, {"degree": "never heard of"}):
        assert asked(tied, "change", row=row, values=whole)["broken"] == []
    assert len(asked(tied, "change", row=row, values={"degree": "master", "years": 4})["broken"]) == 1


def test_a_column_that_another_one_determines_is_broken_from_either_side() -> None:
    """Each user had one education throughout, and a change of it drew no remark."""
    users = np.r_[np.arange(300).repeat(4), 300]
    train = pl.DataFrame(
        {
            "user": [f"u{user}" for user in users],
            "education": np.array(["school", "college", "none"])[users % 3],
            "age": 20.0 + users % 40,
            "hour": np.arange(len(users)) % 7,
        }
    )
    found = TiedColumns(train, Fields(("user", "education"), ("age", "hour")))
    row = {"user": "u1", "education": "college", "age": 21.0, "hour": 3.0}
    assert list(found.broken({**row, "hour": 5.0}, ["hour"])) == [], "any hour goes with any user"
    assert list(found.broken({**row, "education": "none"}, ["education"])) == [
        BrokenPair("user", "u1", "education", "college", "none")
    ]
    moved = list(found.broken({**row, "user": "u2"}, ["user"]))
    assert moved == [
        BrokenPair("user", "u2", "education", "none", "college"),
        BrokenPair("user", "u2", "age", 22.0, 21.0),
    ]
    both = list(found.broken({**row, "user": "u2", "education": "none", "age": 22.0}, ["user", "education", "age"]))
    assert both == [] and not found.together("user", "education") and not found.partners("user", "u1")
    assert not list(found.broken({**row, "user": "u300"}, ["user"])), "one row is no “always”"


def test_a_wide_table_is_searched_in_no_time_for_what_a_change_breaks() -> None:
    draw = np.random.default_rng(0)
    names = [f"c{at}" for at in range(60)]
    train = pl.DataFrame({name: draw.integers(0, 3 + at, 100_000) for at, name in enumerate(names)})
    row: dict[str, object] = {name: 0.0 for name in names}
    found = TiedColumns(train, Fields((), tuple(names)))
    begun = perf_counter()
    assert list(found.broken(row, [names[30]])) == []
    assert perf_counter() - begun < 2.0


def test_a_number_outside_training_is_said_to_be(tied: Askable[Any]) -> None:
    """An age of 6,025 among 18 to 79 was taken without a word."""
    for years in (3.9, 6025):
        (outside,) = asked(tied, "change", row=2, values={"years": years})["outside"]
        assert outside == {"column": "years", "value": years, "least": 4.0, "most": 14.0}
    for years in (4, 14, None):
        assert asked(tied, "change", row=2, values={"years": years})["outside"] == []


def test_a_pair_that_is_put_into_a_row_takes_its_partner_along(tied: Askable[Any]) -> None:
    row = int(np.flatnonzero(of(tied).table["degree"] == "school")[0]) + FIRST
    pairs = {"columns": ["degree", "town"], "pairs": [["master", "west"]]}
    (said,) = asked(tied, "opinions", row=row, **pairs)["opinions"]
    moved = {"degree": "master", "years": 14, "town": "west"}
    after = asked(tied, "change", row=row, values=moved)["after"]["probability"]
    assert said["pairs"][0] == pytest.approx(after, abs=1e-6)
    never = asked(tied, "pair", columns=["degree", "town"], row=row, least=1)["memorised"]
    years = {"none": 4, "school": 9, "bachelor": 13, "master": 14}[never["values"][0]]
    moved = {"degree": never["values"][0], "years": years, "town": never["values"][1]}
    after = asked(tied, "change", row=row, values=moved)["after"]["probability"]
    assert never["said"][0]["probability"] == pytest.approx(after, abs=1e-6)


def test_a_pair_that_was_never_seen_is_of_two_different_values_and_could_be_seen(tied: Askable[Any]) -> None:
    apps = asked(tied, "pair", columns=["has", "shown"])
    rows, first, second = np.array(apps["rows"]), apps["first"], apps["second"]
    own = [(first.index(name), second.index(name)) for name in ("mail", "maps", "chess")]
    assert all(rows[place] == 0 for place in own), "nobody is shown an app that they have"
    case = apps["never_seen"]
    assert case is None or case["values"][0] != case["values"][1]
    assert asked(tied, "pair", columns=["degree", "years (binned)"])["never_seen"] is None


# --- Figures ---------------------------------------------------------------------------------------------------------


def test_figures_are_scikit_learn_s_and_differences_are_paired(toys: Askable[Any], halves: dict[str, str]) -> None:
    answer = asked(toys, "compare", others=halves, row=9, bins=5)
    labels, probability = of(toys).task.probabilities("test")
    models = {one["who"]: one for one in answer["models"]}
    assert list(models) == ["this network", "wide", "deep", "logistic regression", "boosted trees"]
    this = models["this network"]
    assert this["auc"] == pytest.approx(roc_auc_score(labels, probability))
    assert this["log_loss"]["value"] == pytest.approx(log_loss(labels, probability))
    assert this["probability"] == pytest.approx(asked(toys, "row", row=9)["sum"]["probability"], abs=1e-6)
    assert this["weights"] > models["wide"]["weights"] and models["deep"]["wide_kept"] == 0
    for name, verdict in list(of(toys).task.baselines("test"))[1:]:  # the mean for all ranks nothing
        assert models[name]["auc"] == pytest.approx(verdict["auc"])
        (apart,) = (one["log_loss"]["error"] for one in answer["differences"] if one["minus"] == name)
        assert apart == pytest.approx(verdict["log_loss.apart"])
    for one in answer["differences"]:
        expected = this["log_loss"]["value"] - models[one["minus"]]["log_loss"]["value"]
        assert one["log_loss"]["value"] == pytest.approx(expected, abs=1e-12) and one["log_loss"]["error"] > 0.0


def test_calibration_is_scikit_learn_s(toys: Askable[Any], halves: dict[str, str]) -> None:
    labels, probability = of(toys).task.probabilities("test")
    answer = asked(toys, "calibration", bins=10)
    observed, predicted = calibration_curve(labels, probability, n_bins=10, strategy="quantile")
    assert [one["count"] for one in answer["bins"]] == [30] * 10
    np.testing.assert_allclose([one["predicted"] for one in answer["bins"]], predicted, atol=0.01)
    np.testing.assert_allclose([one["observed"] for one in answer["bins"]], observed, atol=0.05)
    other = asked(toys, "calibration", other=halves["wide"])
    assert other["observed"] == answer["observed"] and other["predicted"] != answer["predicted"]


def test_another_checkpoint_has_to_be_of_the_same_rows(toys: Askable[Any], store: Askable[Any], path: Path) -> None:
    assert "other rows" in asked(store, "compare", others={"toys": str(path)})["unopened"]["toys"]["sentence"]
    with pytest.raises(EngineError, match="cannot be read"):
        asked(toys, "calibration", other="nowhere.safetensors")


@pytest.mark.parametrize("damage", ["gone", "cut", "folder", "pipe"])
def test_a_half_that_cannot_be_opened_loses_nothing_else(
    toys: Askable[Any], halves: dict[str, str], tmp_path: Path, damage: str
) -> None:
    deep = tmp_path / "deep.safetensors"
    {
        "gone": lambda: None, "folder": deep.mkdir, "pipe": lambda: os.mkfifo(deep),
        "cut": lambda: deep.write_bytes(Path(halves["deep"]).read_bytes()[:-200]),
    }[damage]()  # fmt: skip
    others = {"deep": str(deep), "wide": halves["wide"]}
    compared = asked(toys, "compare", others=others, opponents=False)
    assert [model["who"] for model in compared["models"]] == ["this network", "wide"]
    assert list(compared["unopened"]) == ["deep"] and "deep.safetensors" in compared["unopened"]["deep"]["sentence"]
    assert [one["who"] for one in asked(toys, "opinions", row=9, others=others)["opinions"]] == ["this network", "wide"]
    assert asked(toys, "pair", columns=["shape", "colour"], row=9, others=others)["columns"]


# --- Opinions --------------------------------------------------------------------------------------------------------


def test_opinions_are_fresh_passes_of_the_row_with_its_other_values_and_with_each_pair(
    toys: Askable[Any], halves: dict[str, str]
) -> None:
    pairs = [["red", "circle"], ["blue", "square"]]
    given = {"values": {"x": 1.5}, "columns": ["colour", "shape"], "pairs": pairs}
    answer = asked(toys, "opinions", row=9, others=halves, **given)
    assert [one["who"] for one in answer["opinions"]] == ["this network", "wide", "deep"]
    row = of(toys).table[9 - FIRST].with_columns(x=pl.lit(1.5))
    rows = pl.concat([row, *(row.with_columns(colour=pl.lit(c), shape=pl.lit(s)) for c, s in pairs)])
    for one, path in zip(answer["opinions"], [None, halves["wide"], halves["deep"]], strict=True):
        task = of(toys).task if path is None else of(toys).other(path)
        expected = answers(task.network, task.model.prepare(task.network, rows)).probability
        np.testing.assert_allclose([one["probability"], *one["pairs"]], expected, atol=1e-6)


def test_opinions_on_a_bin_take_a_number_of_it(toys: Askable[Any]) -> None:
    grid = asked(toys, "pair", columns=["shape", "x (binned)"])
    pair = [grid["first"][0], grid["second"][-1]]
    answer = asked(toys, "opinions", row=9, columns=["shape", "x (binned)"], pairs=[pair])
    case = grid["memorised"]
    again = asked(toys, "opinions", row=grid["row"], columns=["shape", "x (binned)"], pairs=[case["values"]])
    assert again["opinions"][0]["pairs"][0] == pytest.approx(case["said"][0]["probability"], abs=1e-6)
    assert 0.0 < answer["opinions"][0]["pairs"][0] < 1.0


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"columns": ["colour", "shape"], "pairs": [["mauve", "circle"]]}, "never was “mauve”"),
        ({"columns": ["colour", "weight"], "pairs": [["red", "2"]]}, "weight"),
        ({"values": {"weight": 2.0}}, "weight"),
        ({"row": 10**6}, "Row 1000000 of"),
        ({"pairs": [["red", "circle"]]}, "which two columns"),
    ],
)
def test_what_opinions_cannot_be_given_on_is_said(toys: Askable[Any], given: dict[str, Any], says: str) -> None:
    with pytest.raises(EngineError, match=says):
        asked(toys, "opinions", **({"row": 9} | given))


def _table_with_gaps(path: Path, city: list[str], amount: list[str]) -> Path:
    lines = [f"{city[at % len(city)]},{amount[at % len(amount)]},{at % 2}" for at in range(400)]
    path.write_text("city,amount,bought\n" + "\n".join(lines) + "\n")
    return path


@pytest.mark.parametrize("huge", ["1e155", "1e160", "1e300"])
def test_a_huge_number_in_training_leaves_a_model_that_answers(huge: str, tmp_path: Path) -> None:
    amounts = [huge, *(f"{at}.5" for at in range(50))]
    data = _table_with_gaps(tmp_path / "big.csv", ["A", "B", "C"], amounts)
    model = opened(trained(tmp_path / "big.safetensors", "wide-deep", "--data", str(data), *GOAL))
    for row in range(FIRST, 62):
        assert np.isfinite(asked(model, "row", row=row)["sum"]["logit"])


@pytest.mark.parametrize("value", [1e300, 1e100, -1e40])
def test_a_number_beyond_the_network_is_refused_in_a_sentence(toys: Askable[Any], value: float) -> None:
    with pytest.raises(EngineError) as refused:
        asked(toys, "change", row=3, values={"x": value})
    assert "is out of range. Give a number from" in refused.value.problem.sentence
    end = float(str(refused.value.problem.parameters["high" if value > 0 else "low"]))
    far = asked(toys, "change", row=3, values={"x": end})["after"]
    assert np.isfinite([far["deep"], far["logit"], far["probability"]]).all()


def test_a_missing_value_that_training_had_is_no_unknown_one(tmp_path: Path) -> None:
    amounts = ["1.5", "2.5", "3.5"]
    some = _table_with_gaps(tmp_path / "some.csv", ["A", "B", "", "C", "D"], amounts)
    none = _table_with_gaps(tmp_path / "none.csv", ["A", "B", "C"], amounts)
    having = opened(trained(tmp_path / "some.safetensors", "wide-deep", "--data", str(some), *GOAL))
    lacking = opened(trained(tmp_path / "none.safetensors", "wide-deep", "--data", str(none), *GOAL))
    row = asked(having, "row", row=4)["sum"]
    assert row["values"]["city"] is None and row["unknown"] == []
    assert asked(having, "change", row=4, values={"city": "Z"})["after"]["unknown"] == ["city"]
    assert asked(lacking, "change", row=2, values={"city": None})["after"]["unknown"] == ["city"]
