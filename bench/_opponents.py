"""What DuckDB and Polars can say of the same: measures, thresholds and runs, in whole numbers.

The status itself depends on the status of the week before, which neither a window nor an expression can follow. So
both are asked for less than our columns give: the rounded measures of the newest version, its amber and red
comparisons at their defaults, and for how many weeks each has held. No carried figures, settings or versions.
"""

from __future__ import annotations

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa

from engine.columns import Frame

HELD = {
    "low_staffing": "staffing < 900",
    "very_low_staffing": "staffing < 750",
    "low_qualified": "qualified < 850",
    "very_low_qualified": "qualified < 700",
    "high_workload": "workload > 11000",
    "very_high_workload": "workload > 13000",
}


def table_of(frame: Frame) -> pa.Table:
    """The frame as a table: a row for each return, a column for each figure, and the unit and its week."""
    rows, units = frame.day.shape
    columns = {
        "unit": pa.array([unit for _ in range(rows) for unit in range(units)], pa.int32()),
        "day": pa.array(frame.day.reshape(-1)),
    }
    for key, column in frame.numbers.items():
        numbers = column.numbers.astype(np.int32).reshape(-1)
        columns[key.replace("[", "_").removesuffix("]")] = pa.array(numbers)
    return pa.table(columns).filter(pa.array(frame.has.reshape(-1)))


def _halves_up(top: str, bottom: str) -> str:
    return f"sign({top})::BIGINT * ((2 * abs({top}) + {bottom}) // (2 * {bottom}))"


STAFFING = (
    "1000 * (10 * (in_post_fte_PO::BIGINT + in_post_fte_PSO - absent_fte_PO - absent_fte_PSO - on_loan_fte_PO"
    " - on_loan_fte_PSO) + 2 * learner_fte_PQIP1 + 4 * learner_fte_PQIP2 + 6 * learner_fte_PQIP3"
    " + 8 * learner_fte_NQO)"
)
REQUIRED = "nullif(10 * (required_fte_PO::BIGINT + required_fte_PSO), 0)"


def by_duckdb(connection: duckdb.DuckDBPyConnection, returns: pa.Table) -> int:
    """Measures, comparisons and runs by SQL windows; how many weeks some comparison has held for two or more."""
    qualified = "1000 * (in_post_fte_PO::BIGINT - absent_fte_PO - on_loan_fte_PO)"
    parts = {
        "staffing": _halves_up(STAFFING, REQUIRED),
        "qualified": _halves_up(qualified, "nullif(required_fte_PO::BIGINT, 0)"),
        "workload": _halves_up("10000 * wmt_points::BIGINT", "nullif(wmt_available::BIGINT, 0)"),
    }
    measures = ", ".join(f"{formula} AS {name}" for name, formula in parts.items())
    holds = ", ".join(f"coalesce({rule}, false) AS {name}" for name, rule in HELD.items())
    marks = ", ".join(f"sum((NOT {name})::INT) OVER weeks AS {name}_stretch" for name in HELD)
    runs = ", ".join(
        f"sum({name}::INT) OVER (PARTITION BY unit, {name}_stretch ORDER BY day) AS {name}_run"
        for name in HELD
    )
    total = " OR ".join(f"{name}_run >= 2" for name in HELD)
    connection.register("returns", returns)
    found = connection.execute(
        f"WITH m AS (SELECT unit, day, {measures} FROM returns), h AS (SELECT unit, day, {holds} FROM m), "
        f"s AS (SELECT *, {marks} FROM h WINDOW weeks AS (PARTITION BY unit ORDER BY day)), "
        f"r AS (SELECT {runs} FROM s) SELECT count(*) FROM r WHERE {total}"
    ).fetchall()
    return int(found[0][0])


def _rounded(top: pl.Expr, bottom: pl.Expr) -> pl.Expr:
    known = pl.when(bottom != 0).then(bottom)
    return top.sign() * ((2 * top.abs() + known) // (2 * known))


def by_polars(returns: pl.DataFrame) -> int:
    """The same by Polars expressions, on all processors that Polars takes."""

    def column(name: str) -> pl.Expr:
        return pl.col(name).cast(pl.Int64)

    officers = [column(f"{name}_fte_{grade}") for name in ("absent", "on_loan") for grade in ("PO", "PSO")]
    present = column("in_post_fte_PO") + column("in_post_fte_PSO")
    for lacking in officers:
        present = present - lacking
    learners = (
        2 * column("learner_fte_PQIP1")
        + 4 * column("learner_fte_PQIP2")
        + 6 * column("learner_fte_PQIP3")
        + 8 * column("learner_fte_NQO")
    )
    qualified = column("in_post_fte_PO") - column("absent_fte_PO") - column("on_loan_fte_PO")
    measures = [
        _rounded(
            1000 * (10 * present + learners), 10 * (column("required_fte_PO") + column("required_fte_PSO"))
        ).alias("staffing"),
        _rounded(1000 * qualified, column("required_fte_PO")).alias("qualified"),
        _rounded(10000 * column("wmt_points"), column("wmt_available")).alias("workload"),
    ]
    holds = [pl.sql_expr(rule).fill_null(False).alias(name) for name, rule in HELD.items()]
    stretches = [(~pl.col(name)).cum_sum().over("unit").alias(f"{name}_stretch") for name in HELD]
    runs = [
        pl.col(name).cast(pl.Int32).cum_sum().over("unit", f"{name}_stretch").alias(f"{name}_run")
        for name in HELD
    ]
    found = (
        returns.lazy()
        .sort("unit", "day")
        .with_columns(measures)
        .with_columns(holds)
        .with_columns(stretches)
        .select(runs)
        .select(pl.any_horizontal([pl.col(f"{name}_run") >= 2 for name in HELD]).sum())
        .collect()
    )
    return int(found.item())
