"""WebKit as in an iPhone, by Debian's WebKitWebDriver on a screen of its own: the few words of WebDriver we need."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.bench.house import free_port

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
PROGRAMS = ("WebKitWebDriver", "Xvfb")
MINI_BROWSER = "/usr/lib/*/webkit2gtk-*/MiniBrowser"
PATIENCE = 20.0


@dataclass
class Page:
    """One window. Finders take CSS; a condition is asked again until it holds."""

    http: httpx2.Client
    session: str = ""

    def call(self, method: str, path: str, **given: Any) -> Any:
        answer = self.http.request(method, f"/session{self.session}{path}", json=given if method == "POST" else None)
        value = answer.json()["value"]
        if not answer.is_success:
            raise LookupError(value.get("message") or value.get("error"))
        return value

    def open(self, address: str) -> None:
        self.call("POST", "/url", url=address)

    def reload(self) -> None:
        self.call("POST", "/refresh")

    def run(self, script: str, *arguments: Any) -> Any:
        return self.call("POST", "/execute/sync", script=script, args=list(arguments))

    def find(self, css: str) -> str:
        """The first element that matches, waited for."""
        return str(self.until(lambda: self._found(css), f"{css} is not there"))

    def click(self, css: str) -> None:
        self.call("POST", f"/element/{self.find(css)}/click")

    def type(self, css: str, text: str) -> None:
        self.call("POST", f"/element/{self.find(css)}/value", text=text)

    def text(self, css: str) -> str:
        return str(self.run("return document.querySelector(arguments[0])?.innerText || ''", css))

    def holds(self, script: str, *arguments: Any) -> None:
        try:
            self.until(lambda: self.run(f"return {script}", *arguments), script)
        except AssertionError as error:
            raise AssertionError(f"{script}; on the page: {self.text('main')}") from error

    def picture(self, file: Path) -> None:
        import base64

        file.write_bytes(base64.b64decode(self.call("GET", "/screenshot")))

    def until(self, look: Any, what: str) -> Any:
        begun = time.monotonic()
        while not (found := look()):
            assert time.monotonic() - begun < PATIENCE, what
            time.sleep(0.1)
        return found

    def _found(self, css: str) -> str:
        found = self.call("POST", "/elements", using="css selector", value=css)
        return str(found[0][ELEMENT]) if found else ""


@contextmanager
def webkit(width: int = 390, height: int = 844) -> Iterator[Page]:
    if not all(shutil.which(program) for program in PROGRAMS):
        assert not os.environ.get("CI"), "CI needs WebKit"
        pytest.skip("WebKit is not installed: webkit2gtk-driver, xvfb")
    browser = next(iter(sorted(Path("/").glob(MINI_BROWSER.lstrip("/")))))
    with _screen(width, height) as display, tempfile.TemporaryDirectory(prefix="morgen-webkit-") as home:
        port = free_port()
        environment = {**os.environ, "DISPLAY": display, "HOME": home, "XDG_RUNTIME_DIR": home, "GTK_A11Y": "none",
                       "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1", "LIBGL_ALWAYS_SOFTWARE": "1",
                       "WEBKIT_DISABLE_COMPOSITING_MODE": "1", "GDK_BACKEND": "x11"}  # fmt: skip
        driver = subprocess.Popen(
            ["WebKitWebDriver", f"--port={port}", "--host=127.0.0.1"],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as http:
                yield _session(http, str(browser))
        finally:
            driver.terminate()
            driver.wait(10)


def _session(http: httpx2.Client, browser: str) -> Page:
    page = Page(http)
    options = {"binary": browser, "args": ["--automation"]}
    wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
    begun = time.monotonic()
    while not page.session:
        try:
            page.session = "/" + http.post("/session", json=wanted).json()["value"]["sessionId"]
        except httpx2.TransportError:
            assert time.monotonic() - begun < PATIENCE, "WebKitWebDriver does not answer"
            time.sleep(0.1)
    return page


@contextmanager
def _screen(width: int, height: int) -> Iterator[str]:
    read, write = os.pipe()
    size = f"{width}x{height}x24"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"],
        pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)
