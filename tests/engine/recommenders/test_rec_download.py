"""Downloading from a server on loopback, whole, cut off, changed and wrong."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import io
import json
import os
import re
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from engine.data.problems import SET_UNKNOWN
from engine.problems import EngineError
from engine.recommenders.data.logs.loaders import load_log
from engine.recommenders.data.remote import download as downloading
from engine.recommenders.data.remote.catalogue import CATALOGUE, Entry, RemoteFile, entry
from engine.recommenders.data.remote.download import download

CONTENT = bytes(range(256)) * 4000
MD5 = "md5:" + hashlib.md5(CONTENT).hexdigest()


class Site(ThreadingHTTPServer):
    """What the server gives, how it misbehaves, and what it was asked."""

    daemon_threads = True
    content = CONTENT
    etag: str | None = '"one"'
    cut_after: int | None = None
    ranges = True
    says_length = True
    off_by = 0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str | None]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Site

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        site = self.server
        wanted = self.headers.get("Range")
        site.asked.append((self.path, wanted))
        if self.path == "/gone":
            self.send_error(404)
        elif self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "http://example.org/data.zip")
            self.end_headers()
        elif self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/file")
            self.end_headers()
        else:
            self._file(site, wanted)

    def _file(self, site: Site, wanted: str | None) -> None:
        start, size = 0, len(site.content)
        if wanted and site.ranges and self.headers.get("If-Range") == site.etag:
            start = int(re.fullmatch(r"bytes=(\d+)-", wanted)[1]) + site.off_by  # type: ignore[index]
            if start >= size:
                self.send_response(416)
                self.send_header("Content-Range", f"bytes */{size}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{size - 1}/{size}")
        else:
            self.send_response(200)
        if site.says_length:
            self.send_header("Content-Length", str(size - start))
        if site.etag is not None:
            self.send_header("ETag", site.etag)
        self.end_headers()
        end = size if site.cut_after is None else min(size, start + site.cut_after)
        with suppress(ConnectionError):  # the client may have had enough
            self.wfile.write(site.content[start:end])


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def at(url: str, size: int | None = None, digest: str | None = None) -> Entry:
    file = RemoteFile("data.zip", url, size, digest)
    return dataclasses.replace(entry("movielens-100k"), name="set", files=(file,))


def get(
    wanted: Entry,
    folder: Path,
    progress: Callable[[int, int | None], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Path:
    return download(wanted, folder, accepted_licence=True, progress=progress, cancelled=cancelled)


def problem(call: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(EngineError) as raised:
        call()
    return raised.value.problem.code.removeprefix("recommender."), str(raised.value)


def names(folder: Path) -> set[str]:
    return {path.name for path in (folder / "set").iterdir()}


# --- a download that works --------------------------------------------------------------------------------------
def test_a_file_arrives_whole_verified_and_recorded(site: Site, tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    path = get(at(f"{site.url}/file", len(CONTENT), MD5), tmp_path, lambda done, total: told.append((done, total)))
    assert path == tmp_path / "set" / "data.zip" and path.read_bytes() == CONTENT
    assert told[0] == (0, len(CONTENT)) and told[-1] == (len(CONTENT), len(CONTENT))
    assert told == sorted(told)
    record = json.loads((tmp_path / "set" / "data.zip.json").read_text())
    expected = {"url": f"{site.url}/file", "bytes": len(CONTENT), "sha256": hashlib.sha256(CONTENT).hexdigest()}
    assert record == expected
    assert names(tmp_path) == {"data.zip", "data.zip.json"}


def test_what_is_there_is_not_fetched_again_but_verified(site: Site, tmp_path: Path) -> None:
    wanted = at(f"{site.url}/file")
    path = get(wanted, tmp_path)
    get(wanted, tmp_path)
    assert len(site.asked) == 1
    path.write_bytes(b"tampered with")
    code, sentence = problem(lambda: get(wanted, tmp_path))
    assert code == "download-changed" and "data.zip.json" in sentence
    assert not path.exists() and path.with_name("data.zip.wrong").read_bytes() == b"tampered with"
    assert get(wanted, tmp_path).read_bytes() == CONTENT


def test_a_redirect_within_the_rules_is_followed(site: Site, tmp_path: Path) -> None:
    assert get(at(f"{site.url}/moved"), tmp_path).read_bytes() == CONTENT


def test_what_was_downloaded_is_what_the_loaders_take(site: Site, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("ml-100k/u.data", "196\t50\t3\t881250949\n")
    site.content = packed.getvalue()
    loaded = load_log(get(at(f"{site.url}/file"), tmp_path))
    assert loaded.title == "MovieLens 100k" and loaded.log.user_names == ["196"]


def test_several_files_make_a_folder(site: Site, tmp_path: Path) -> None:
    files = (RemoteFile("a.dat", f"{site.url}/a"), RemoteFile("b.dat", f"{site.url}/b"))
    told: list[tuple[int, int | None]] = []
    folder = get(dataclasses.replace(at(""), files=files), tmp_path, lambda done, total: told.append((done, total)))
    assert folder == tmp_path / "set" and (folder / "a.dat").read_bytes() == (folder / "b.dat").read_bytes() == CONTENT
    assert told[-1] == (2 * len(CONTENT), None)


# --- going on ---------------------------------------------------------------------------------------------------
def test_a_cut_download_says_so_and_goes_on_where_it_was(site: Site, tmp_path: Path) -> None:
    site.cut_after = 300_001
    wanted = at(f"{site.url}/file", len(CONTENT), MD5)
    code, sentence = problem(lambda: get(wanted, tmp_path))
    assert code == "download-cut-short" and "300001" in sentence and str(len(CONTENT)) in sentence
    assert names(tmp_path) == {"data.zip.part", "data.zip.part.json"}
    site.cut_after = None
    assert get(wanted, tmp_path).read_bytes() == CONTENT
    assert site.asked[-1] == ("/file", "bytes=300001-")
    assert names(tmp_path) == {"data.zip", "data.zip.json"}


@pytest.mark.parametrize("how", ["changed", "no ranges", "no tag", "weak tag", "another part"])
def test_where_it_cannot_go_on_it_begins_again(site: Site, tmp_path: Path, how: str) -> None:
    site.cut_after = 300_000
    site.etag = {"no tag": None, "weak tag": 'W/"one"'}.get(how, '"one"')
    problem(lambda: get(at(f"{site.url}/file"), tmp_path))
    site.cut_after = None
    if how == "changed":
        site.etag = '"two"'
    if how in ("changed", "weak tag"):
        site.content = CONTENT[::-1]
    if how == "another part":
        site.off_by = -17
    site.ranges = how != "no ranges"
    assert get(at(f"{site.url}/file"), tmp_path).read_bytes() == site.content


def test_a_part_that_is_all_there_is_taken(site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "data.zip.part").write_bytes(CONTENT)
    (folder / "data.zip.part.json").write_text(json.dumps({"url": f"{site.url}/file", "validator": '"one"'}))
    assert get(at(f"{site.url}/file"), tmp_path).read_bytes() == CONTENT
    assert site.asked == [("/file", f"bytes={len(CONTENT)}-")]


def test_a_part_longer_than_the_file_is_thrown_away(site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "data.zip.part").write_bytes(CONTENT + b"more")
    (folder / "data.zip.part.json").write_text(json.dumps({"url": f"{site.url}/file", "validator": '"one"'}))
    assert get(at(f"{site.url}/file"), tmp_path).read_bytes() == CONTENT


@pytest.mark.parametrize("record", ["", "[1]", "{", '{"url": 3}'])
def test_a_damaged_record_of_the_part_does_no_harm(site: Site, tmp_path: Path, record: str) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "data.zip.part").write_bytes(b"who knows")
    (folder / "data.zip.part.json").write_text(record)
    assert get(at(f"{site.url}/file"), tmp_path).read_bytes() == CONTENT


def test_cancelling_keeps_the_part(site: Site, tmp_path: Path) -> None:
    arrived: list[int] = []
    code, _ = problem(
        lambda: get(
            at(f"{site.url}/file"),
            tmp_path,
            progress=lambda done, _: arrived.append(done),
            cancelled=lambda: bool(arrived) and arrived[-1] > 200_000,
        )
    )
    assert code == "download-cancelled"
    kept = (tmp_path / "set" / "data.zip.part").stat().st_size
    assert 200_000 < kept < len(CONTENT)
    assert get(at(f"{site.url}/file"), tmp_path).read_bytes() == CONTENT
    assert site.asked[-1] == ("/file", f"bytes={kept}-")


def test_a_full_disk_loses_nothing(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = downloading._write

    def full(target: io.FileIO, chunk: bytes) -> None:
        if target.tell() > 400_000:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(target, chunk)

    monkeypatch.setattr(downloading, "_write", full)
    code, sentence = problem(lambda: get(at(f"{site.url}/file"), tmp_path))
    kept = (tmp_path / "set" / "data.zip.part").stat().st_size
    assert code == "disk-full" and str(kept) in sentence and kept > 400_000
    monkeypatch.undo()
    assert get(at(f"{site.url}/file"), tmp_path).read_bytes() == CONTENT
    assert site.asked[-1] == ("/file", f"bytes={kept}-")


# --- what is refused --------------------------------------------------------------------------------------------
def test_nothing_is_asked_for_before_the_licence_is_accepted(site: Site, tmp_path: Path) -> None:
    code, sentence = problem(lambda: download(at(f"{site.url}/file"), tmp_path))
    assert code == "licence" and "no commercial" in sentence and "Harper and Konstan" in sentence
    assert not site.asked and not list(tmp_path.iterdir())


@pytest.mark.parametrize("digest", [MD5[:-1] + "x", "sha256:" + "0" * 64])
def test_a_wrong_digest_puts_the_file_aside(site: Site, tmp_path: Path, digest: str) -> None:
    code, sentence = problem(lambda: get(at(f"{site.url}/file", len(CONTENT), digest), tmp_path))
    assert code == "download-wrong-digest" and "data.zip.wrong" in sentence
    assert (tmp_path / "set" / "data.zip.wrong").read_bytes() == CONTENT
    assert "data.zip" not in names(tmp_path)


def test_a_new_file_under_a_recorded_name_is_put_aside(site: Site, tmp_path: Path) -> None:
    path = get(at(f"{site.url}/file"), tmp_path)
    path.unlink()
    site.content = CONTENT[::-1]
    assert problem(lambda: get(at(f"{site.url}/file"), tmp_path))[0] == "download-changed"
    path.with_name("data.zip.json").unlink()
    assert get(at(f"{site.url}/file"), tmp_path).read_bytes() == site.content


@pytest.mark.parametrize("says_length", [True, False])
def test_a_size_other_than_the_publishers_is_refused(site: Site, tmp_path: Path, says_length: bool) -> None:
    site.says_length = says_length
    assert problem(lambda: get(at(f"{site.url}/file", 1000), tmp_path))[0] == "download-wrong-size"
    assert "data.zip" not in names(tmp_path)


def test_a_file_that_is_gone(site: Site, tmp_path: Path) -> None:
    code, sentence = problem(lambda: get(at(f"{site.url}/gone"), tmp_path))
    assert code == "not-found" and "404" in sentence


def test_no_server(tmp_path: Path) -> None:
    server = Site()
    url = server.url
    server.server_close()
    code, sentence = problem(lambda: get(at(f"{url}/file"), tmp_path))
    assert code == "no-network" and "127.0.0.1" in sentence


@pytest.mark.parametrize(
    "url", ["http://example.org/a.zip", "file:///etc/hostname", "ftp://example.org/a", "http://localhost/a"]
)
def test_only_https_and_loopback_addresses(tmp_path: Path, url: str) -> None:
    assert problem(lambda: get(at(url), tmp_path))[0] == "not-https"


def test_a_redirect_to_a_place_without_https_is_refused(site: Site, tmp_path: Path) -> None:
    code, sentence = problem(lambda: get(at(f"{site.url}/away"), tmp_path))
    assert code == "redirected" and "http://example.org/data.zip" in sentence


def test_a_folder_that_cannot_be_made(site: Site, tmp_path: Path) -> None:
    (tmp_path / "set").write_text("in the way")
    assert problem(lambda: get(at(f"{site.url}/file"), tmp_path))[0] == "cannot-write"


# --- the catalogue ----------------------------------------------------------------------------------------------
def test_every_entry_says_what_one_needs_to_know() -> None:
    assert len({found.name for found in CATALOGUE}) == len(CATALOGUE)
    for found in CATALOGUE:
        assert found.terms.endswith(".") and found.citation and found.licence_url.startswith("https://")
        assert found.shipped == (found.megabytes == 0)
        for file in found.files:
            assert file.url.startswith("https://")
            assert file.digest is None or re.fullmatch(r"md5:[0-9a-f]{32}|sha256:[0-9a-f]{64}", file.digest)
            assert (file.digest is None) == (file.size is None)
            assert file.size is None or file.size == pytest.approx(found.megabytes * 1e6, rel=0.02)
    assert not any(found.commercial for found in CATALOGUE if found.name.startswith("movielens"))


def test_what_is_shipped_cannot_be_downloaded_nor_what_is_unknown(tmp_path: Path) -> None:
    assert problem(lambda: get(entry("adult"), tmp_path))[0] == "nothing-to-get"
    assert problem(lambda: entry("netflix"))[0] == SET_UNKNOWN.code
