"""Pseudonyms: HMAC-SHA256 of the text under a key from Secrets Manager, in lower-case hex.

Computed by Spark's own `sha2` on two pads of the key (RFC 2104, section 2), which is as fast as any other
column. The pads come in as data, by a join with a one-row table: a literal would show up in query plans.
"""

import hashlib
import os
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from .small_table import small_table

_BLOCK = 64
"""Bytes that SHA-256 takes at a time."""

PADS = ("_inner_pad", "_outer_pad")


def secret_key(name: str) -> bytes:
    """The key, read at run time and kept in memory only.

    Raises: ValueError when the secret is empty, and what boto3 raises when it cannot be read
    """
    # Takes 0.3 s to import; only a contract with personal data needs it.
    import boto3

    client: Any = boto3.client("secretsmanager", region_name=os.environ.get("AWS_REGION"))
    secret = client.get_secret_value(SecretId=name)
    key: bytes = secret["SecretBinary"] if "SecretBinary" in secret else secret["SecretString"].encode()
    if not key:
        raise ValueError(f"the secret {name} is empty")
    return key


def pads(spark: SparkSession, key: bytes) -> DataFrame:
    """The key's two pads as a table of one row."""
    block = (key if len(key) <= _BLOCK else hashlib.sha256(key).digest()).ljust(_BLOCK, b"\0")
    row = {
        PADS[0]: bytes(byte ^ 0x36 for byte in block).hex(),
        PADS[1]: bytes(byte ^ 0x5C for byte in block).hex(),
    }
    table = small_table(spark, [row], f"{PADS[0]}: string, {PADS[1]}: string")
    return F.broadcast(table.selectExpr(*[f"unhex({pad}) AS {pad}" for pad in PADS]))


def pseudonym(column: str) -> str:
    """SQL over a table that has been joined with the pads; NULL stays NULL."""
    inner = f"unhex(sha2(concat({PADS[0]}, CAST({column} AS binary)), 256))"
    return f"sha2(concat({PADS[1]}, {inner}), 256)"
