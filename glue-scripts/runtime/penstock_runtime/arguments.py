"""The job's arguments, as Glue passes them: `--KEY value` in argv, among others that are not ours."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Arguments:
    run_id: str
    manifest: str
    """URL of the run's manifest."""
    lake: str
    """Root URL of the lake, ending with a slash."""
    catalog: str
    database: str
    pseudonym_secret: str
    """Name of the secret that holds the key of the pseudonyms."""


def parse(argv: Sequence[str]) -> Arguments:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--run_id", required=True)
    parser.add_argument("--manifest", required=True)
    parser.add_argument("--lake", required=True)
    parser.add_argument("--catalog", default="glue_catalog")
    parser.add_argument("--database", required=True)
    parser.add_argument("--pseudonym_secret", default="")
    known, _ = parser.parse_known_args(argv)
    return Arguments(
        run_id=known.run_id,
        manifest=known.manifest,
        lake=known.lake if known.lake.endswith("/") else known.lake + "/",
        catalog=known.catalog,
        database=known.database,
        pseudonym_secret=known.pseudonym_secret,
    )
