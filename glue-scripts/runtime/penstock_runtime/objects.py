"""Objects by URL, `file://` or `s3://`: one behaviour in both places."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import unquote, urlsplit

_COPIES_AT_ONCE = 8
"""By S3 itself: no byte of them comes by here."""


class ObjectGoneError(Exception):
    """There is no object at the URL."""


class NotDeletedError(Exception):
    """What was to be deleted is still there; the message names it, and says why."""


@contextmanager
def reading(url: str, version: str | None = None) -> Iterator[BinaryIO]:
    """The object's bytes as a stream; those of a version, where one is named, which a file has none of.

    Raises:
        ObjectGoneError: when there is none
    """
    place = urlsplit(url)
    if place.scheme == "file":
        try:
            stream: BinaryIO = _path(url).open("rb")
        except FileNotFoundError as error:
            raise ObjectGoneError(url) from error
    else:
        stream = _s3_stream(url, version)
    try:
        yield stream
    finally:
        stream.close()


def mark(url: str) -> str | None:
    """What tells the object from what takes its place, without reading it; None when there is none.

    In S3 `etag:…`; of a file its size, inode and time of change, since whoever replaces one can set its time.
    """
    if urlsplit(url).scheme == "file":
        try:
            found = _path(url).stat()
        except FileNotFoundError:
            return None
        return f"{found.st_size} {found.st_ino} {found.st_mtime_ns}"
    bucket, key = _bucket_and_key(url)
    client = _s3()
    try:
        etag: str = client.head_object(Bucket=bucket, Key=key)["ETag"]
        return "etag:" + etag.strip('"')
    except client.exceptions.ClientError as error:
        if _is_missing(error):
            return None
        raise


def read(url: str) -> bytes:
    with reading(url) as stream:
        return stream.read()


def read_if_there(url: str) -> bytes | None:
    try:
        return read(url)
    except ObjectGoneError:
        return None


def write(url: str, content: bytes) -> None:
    """Writes the object whole or not at all."""
    if urlsplit(url).scheme == "file":
        with writing(url) as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    else:
        bucket, key = _bucket_and_key(url)
        _s3().put_object(Bucket=bucket, Key=key, Body=content)


@contextmanager
def writing(url: str) -> Iterator[BinaryIO]:
    """A stream whose bytes become the object, whole or not at all; as many as there are disks for."""
    if urlsplit(url).scheme == "file":
        path = _path(url)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with draft.open("wb") as stream:
                yield stream
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    else:
        bucket, key = _bucket_and_key(url)
        with tempfile.TemporaryFile() as file:
            yield file
            file.seek(0)
            _s3().upload_fileobj(file, bucket, key)


def copy(urls: Sequence[str], folder: str) -> None:
    """Puts copies of objects that never change into a folder, under their own names; a file and its copy are
    one on disk, where the file system has links."""
    with ThreadPoolExecutor(max_workers=_COPIES_AT_ONCE) as pool:
        list(pool.map(lambda url: _copy(url, f"{folder}/{url.rpartition('/')[2]}"), urls))


def _copy(url: str, to: str) -> None:
    if urlsplit(to).scheme == "file":
        path = _path(to)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.hardlink_to(_path(url))
        except OSError:
            shutil.copyfile(_path(url), path)
    else:
        (bucket, key), (to_bucket, to_key) = _bucket_and_key(url), _bucket_and_key(to)
        _s3().copy_object(CopySource={"Bucket": bucket, "Key": key}, Bucket=to_bucket, Key=to_key)


def delete(url: str) -> None:
    """Deletes one object; does nothing when there is none."""
    if urlsplit(url).scheme == "file":
        path = _path(url)
        path.unlink(missing_ok=True)
        # Hadoop's local file system keeps a checksum beside each file, and would miss it.
        path.with_name(f".{path.name}.crc").unlink(missing_ok=True)
    else:
        bucket, key = _bucket_and_key(url)
        _s3().delete_object(Bucket=bucket, Key=key)


def delete_folder(url: str) -> None:
    """Deletes all objects below the URL; does nothing when there are none.

    Raises:
        NotDeletedError: when one of them stays
    """
    if urlsplit(url).scheme == "file":
        try:
            shutil.rmtree(_path(url), onerror=_unless_gone)
        except OSError as error:
            raise NotDeletedError(f"{url} was not deleted: {error}") from error
        return
    bucket, prefix = _bucket_and_key(url)
    prefix = prefix if prefix.endswith("/") else prefix + "/"
    for page in _s3().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        keys = [{"Key": item["Key"]} for item in page.get("Contents", [])]
        if keys:
            answer = _s3().delete_objects(Bucket=bucket, Delete={"Objects": keys, "Quiet": True})
            # The request succeeds, whatever becomes of each key.
            for stays in answer.get("Errors", []):
                why = f"{stays['Code']}: {stays['Message']}"
                raise NotDeletedError(f"s3://{bucket}/{stays['Key']} was not deleted: {why}")


def folders(url: str) -> list[str]:
    """Names of the folders directly below the URL, in order; none when there is nothing."""
    if urlsplit(url).scheme == "file":
        path = _path(url)
        return sorted(each.name for each in path.iterdir() if each.is_dir()) if path.is_dir() else []
    bucket, prefix = _bucket_and_key(url)
    prefix = prefix if prefix.endswith("/") else prefix + "/"
    pages = _s3().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix, Delimiter="/")
    found = [each["Prefix"] for page in pages for each in page.get("CommonPrefixes", [])]
    return sorted(name.removeprefix(prefix).rstrip("/") for name in found)


def url_of(spark_path: str) -> str:
    """The way back from `spark_path`."""
    if spark_path.startswith("s3://"):
        return spark_path
    return Path("/" + spark_path.removeprefix("file:").lstrip("/")).as_uri()


def spark_path(url: str) -> str:
    """The URL as Hadoop's `Path` wants it: a file's name is not percent-encoded there."""
    place = urlsplit(url)
    return f"file:{_path(url)}" if place.scheme == "file" else url


def _unless_gone(_: object, __: str, error: tuple[Any, Any, Any]) -> None:
    if not isinstance(error[1], FileNotFoundError):
        raise error[1]


def _path(url: str) -> Path:
    return Path(unquote(urlsplit(url).path))


def _bucket_and_key(url: str) -> tuple[str, str]:
    """A key may hold `?` and `#`, which a URL parser would cut off."""
    bucket, _, key = url.removeprefix("s3://").partition("/")
    return bucket, key


def _s3_stream(url: str, version: str | None) -> BinaryIO:
    bucket, key = _bucket_and_key(url)
    client = _s3()
    which = {} if version is None else {"VersionId": version}
    try:
        return cast(BinaryIO, client.get_object(Bucket=bucket, Key=key, **which)["Body"])
    except client.exceptions.ClientError as error:
        if _is_missing(error):
            raise ObjectGoneError(url) from error
        raise


def _is_missing(error: Any) -> bool:
    """Whether S3 says that there is no such object, or no such version of it."""
    return bool(error.response["ResponseMetadata"]["HTTPStatusCode"] == 404)


@cache
def _s3() -> Any:
    # Takes 0.3 s to import, and a run on files does not need it.
    import boto3

    return boto3.client("s3")
