"""Downloading from a server on loopback, whole, cut off, changed and wrong; and unpacking what should not be."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import io
import json
import os
import re
import stat
import tarfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.problems import EngineError
from engine.recommenders.data import download as downloading
from engine.recommenders.data.catalogue import CATALOGUE, Entry, RemoteFile, entry
from engine.recommenders.data.download import download
from engine.recommenders.data.loaders import load_log
from engine.recommenders.data.unpack import Bounds, unpack

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
    return raised.value.problem.code.removeprefix("recommenders."), str(raised.value)


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
    assert code == "download_changed" and "data.zip.json" in sentence
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
    assert code == "download_cut_short" and "300001" in sentence and str(len(CONTENT)) in sentence
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
    assert code == "download_cancelled"
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
    assert code == "disk_full" and str(kept) in sentence and kept > 400_000
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
    assert code == "download_wrong_digest" and "data.zip.wrong" in sentence
    assert (tmp_path / "set" / "data.zip.wrong").read_bytes() == CONTENT
    assert "data.zip" not in names(tmp_path)


def test_a_new_file_under_a_recorded_name_is_put_aside(site: Site, tmp_path: Path) -> None:
    path = get(at(f"{site.url}/file"), tmp_path)
    path.unlink()
    site.content = CONTENT[::-1]
    assert problem(lambda: get(at(f"{site.url}/file"), tmp_path))[0] == "download_changed"
    path.with_name("data.zip.json").unlink()
    assert get(at(f"{site.url}/file"), tmp_path).read_bytes() == site.content


@pytest.mark.parametrize("says_length", [True, False])
def test_a_size_other_than_the_publishers_is_refused(site: Site, tmp_path: Path, says_length: bool) -> None:
    site.says_length = says_length
    assert problem(lambda: get(at(f"{site.url}/file", 1000), tmp_path))[0] == "download_wrong_size"
    assert "data.zip" not in names(tmp_path)


def test_a_file_that_is_gone(site: Site, tmp_path: Path) -> None:
    code, sentence = problem(lambda: get(at(f"{site.url}/gone"), tmp_path))
    assert code == "not_found" and "404" in sentence


def test_no_server(tmp_path: Path) -> None:
    server = Site()
    url = server.url
    server.server_close()
    code, sentence = problem(lambda: get(at(f"{url}/file"), tmp_path))
    assert code == "no_network" and "127.0.0.1" in sentence


@pytest.mark.parametrize(
    "url", ["http://example.org/a.zip", "file:///etc/hostname", "ftp://example.org/a", "http://localhost/a"]
)
def test_only_https_and_loopback_addresses(tmp_path: Path, url: str) -> None:
    assert problem(lambda: get(at(url), tmp_path))[0] == "not_https"


def test_a_redirect_to_a_place_without_https_is_refused(site: Site, tmp_path: Path) -> None:
    code, sentence = problem(lambda: get(at(f"{site.url}/away"), tmp_path))
    assert code == "redirected" and "http://example.org/data.zip" in sentence


def test_a_folder_that_cannot_be_made(site: Site, tmp_path: Path) -> None:
    (tmp_path / "set").write_text("in the way")
    assert problem(lambda: get(at(f"{site.url}/file"), tmp_path))[0] == "cannot_write"


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
    assert problem(lambda: get(entry("adult"), tmp_path))[0] == "nothing_to_get"
    assert problem(lambda: entry("netflix"))[0] == "set_unknown"


# --- unpacking --------------------------------------------------------------------------------------------------
def a_zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def a_tar(path: Path, members: dict[str, bytes], *more: tarfile.TarInfo) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in members.items():
            told = tarfile.TarInfo(name)
            told.size = len(content)
            archive.addfile(told, io.BytesIO(content))
        for told in more:
            archive.addfile(told)
    return path


MAKERS = pytest.mark.parametrize("make", [a_zip, a_tar])
Maker = Callable[[Path, dict[str, bytes]], Path]


@MAKERS
def test_files_and_folders_come_out(tmp_path: Path, make: Maker) -> None:
    members = {"ml/ratings.csv": b"userId\n1\n", "ml/more/x": b"", "README": b"read me"}
    folder = unpack(make(tmp_path / "a", members), tmp_path / "out")
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert found == members
    assert {path.name for path in tmp_path.iterdir()} == {"a", "out"}


@MAKERS
@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../x", "a/../../x", "..\\x", "C:/x", "C:\\x", "\\\\server\\x", "..", "/"]
)
def test_names_that_lead_out_are_refused_and_nothing_stays(tmp_path: Path, make: Maker, name: str) -> None:
    archive = make(tmp_path / "a", {"fine": b"1", name: b"2"})
    assert problem(lambda: unpack(archive, tmp_path / "in" / "out"))[0] == "unsafe_name"
    assert {path.name for path in tmp_path.rglob("*")} == {"a", "in"}


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(["..", ".", "a", "b", "", "\\", "/", "C:", "~"]), min_size=1, max_size=6))
def test_whatever_the_name_nothing_lands_outside(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    place = tmp_path_factory.mktemp("unpack")
    archive = a_tar(place / "a", {"/".join(parts) or "x": b"1"})
    try:
        unpack(archive, place / "in" / "out")
    except EngineError:
        assert not (place / "in" / "out").exists()
    outside = [path for path in place.rglob("*") if path.is_file() and (place / "in" / "out") not in path.parents]
    assert outside == [archive]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_in_a_tar_are_refused(tmp_path: Path, kind: bytes) -> None:
    told = tarfile.TarInfo("odd")
    told.type, told.linkname = kind, "fine"
    archive = a_tar(tmp_path / "a", {"fine": b"1"}, told)
    assert problem(lambda: unpack(archive, tmp_path / "out"))[0] == "unsafe_kind"
    assert {path.name for path in tmp_path.iterdir()} == {"a"}


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    told = zipfile.ZipInfo("odd")
    told.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a", "w") as archive:
        archive.writestr(told, "/etc/passwd")
    assert problem(lambda: unpack(tmp_path / "a", tmp_path / "out"))[0] == "unsafe_kind"


@MAKERS
def test_a_bomb_is_stopped_by_its_ratio_and_by_its_total(tmp_path: Path, make: Maker) -> None:
    archive = make(tmp_path / "a", {"zeros": bytes(3 << 20)})  # about 1 to 1000
    for bounds in (Bounds(free=1 << 20), Bounds(total=1 << 20)):
        code, _ = problem(lambda bounds=bounds: unpack(archive, tmp_path / "out", bounds))  # type: ignore[misc]
        assert code == "too_large"
    assert {path.name for path in tmp_path.iterdir()} == {"a"}
    unpack(archive, tmp_path / "out", Bounds(free=4 << 20))


def test_a_bomb_in_a_tars_headers_is_stopped(tmp_path: Path) -> None:
    told = tarfile.TarInfo("x")
    told.pax_headers = {"comment": "0" * (4 << 20)}
    with tarfile.open(tmp_path / "a", "w:gz", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(told)
    assert problem(lambda: unpack(tmp_path / "a", tmp_path / "out", Bounds(free=1 << 20)))[0] == "too_large"


@MAKERS
def test_too_many_files_are_refused(tmp_path: Path, make: Maker) -> None:
    archive = make(tmp_path / "a", {str(at): b"" for at in range(11)})
    assert problem(lambda: unpack(archive, tmp_path / "out", Bounds(files=10)))[0] == "too_many_files"
    unpack(archive, tmp_path / "out", Bounds(files=11))


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    archive = a_tar(tmp_path / "a", {"x": b"1", "./x": b"2"})
    assert problem(lambda: unpack(archive, tmp_path / "out"))[0] == "unsafe_name"


@MAKERS
def test_a_truncated_archive_leaves_nothing(tmp_path: Path, make: Maker) -> None:
    archive = make(tmp_path / "a", {"x": os.urandom(100_000)})
    archive.write_bytes(archive.read_bytes()[:60_000])
    assert problem(lambda: unpack(archive, tmp_path / "out"))[0] == "archive_broken"
    assert {path.name for path in tmp_path.iterdir()} == {"a"}


@MAKERS
def test_damage_anywhere_is_found_or_does_no_harm(tmp_path: Path, make: Maker) -> None:
    members = {"x": b"".join(b"%d,%d\n" % (at, at * at % 9973) for at in range(20_000))}
    whole = make(tmp_path / "a", members).read_bytes()
    found = 0
    for place in range(0, len(whole), len(whole) // 40):
        content = bytearray(whole)
        content[place] ^= 0x55
        (tmp_path / "a").write_bytes(content)
        try:
            folder = unpack(tmp_path / "a", tmp_path / f"out{place}")
        except EngineError:
            found += 1
        else:
            assert {path.read_bytes() for path in folder.rglob("*") if path.is_file()} <= set(members.values())
    assert found > 30
    assert len(list(tmp_path.iterdir())) == 1 + 41 - found


def test_what_is_no_archive_what_is_taken_and_what_is_cancelled(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello")
    assert problem(lambda: unpack(tmp_path / "text", tmp_path / "out"))[0] == "not_an_archive"
    assert problem(lambda: unpack(tmp_path / "none", tmp_path / "out"))[0] == "data.file-missing"
    archive = a_zip(tmp_path / "a", {"x": b"1"})
    assert problem(lambda: unpack(archive, tmp_path))[0] == "folder_taken"
    assert problem(lambda: unpack(archive, tmp_path / "out", cancelled=lambda: True))[0] == "unpack_cancelled"
    assert not (tmp_path / "out").exists()
