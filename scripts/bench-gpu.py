"""Rates of the backends on a machine with a GPU that may have neither Node.js nor a display.

Where npm runs, the two folders are made:

    npm run build
    npx vite build scripts/browser --base ./ --outDir ../../harness && cp -r dist/data harness/

and there, with a Chromium (a headless shell serves) and Python 3:

    python3 scripts/bench-gpu.py CHROMIUM dist harness

The harness (scripts/browser) is the one that `npm run bench` drives. One JSON object a line comes out. The browser is
driven over its pipe, in the DevTools protocol, so that nothing has to be installed.
"""

import functools
import http.server
import json
import os
import select
import subprocess
import sys
import tempfile
import threading
import time

# ANGLE on Vulkan, without a display.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--no-first-run",
    "--window-size=1440,900",
    "--use-angle=vulkan",
    "--enable-features=Vulkan",
    "--disable-vulkan-surface",
    "--enable-unsafe-webgpu",
    "--ignore-gpu-blocklist",
]
# Network, backend, steps a repetition.
CASES = [
    ("compact", "webgl", 100),
    ("compact", "webgpu", 100),
    ("compact", "wasm", 60),
    ("lenets++", "webgl", 1),
    ("lenets++", "webgpu", 3),
    ("lenets++", "wasm", 1),
]
REPETITIONS = 5
PRESETS = ["S", "S+C", "M"]
RUNS = ["Softmax*1*0*0*0.5*8", "Softmax%20%2B%20center*1*0.1*0*0.5*8", "Margin*0*0*1*0.5*8"]
RENDERER = """(() => {
  const gl = document.createElement('canvas').getContext('webgl2');
  return gl?.getParameter(gl.getExtension('WEBGL_debug_renderer_info').UNMASKED_RENDERER_WEBGL) ?? 'none';
})()"""
# Steps and frames of so many seconds.
PAGE_RATE = """(async () => {
  const step = () => Number(document.querySelector('[data-testid=step]').textContent);
  let frames = 0;
  let isOver = false;
  const count = () => { frames++; if (!isOver) requestAnimationFrame(count); };
  const from = step(), started = performance.now();
  requestAnimationFrame(count);
  await new Promise((resolve) => setTimeout(resolve, 5000));
  isOver = true;
  const seconds = (performance.now() - started) / 1000;
  return { imagesPerSecond: Math.round(128 * (step() - from) / seconds), frames: Math.round(frames / seconds) };
})()"""


class Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, *_):
        pass


def serve(folder: str) -> str:
    """Serves a folder until the program ends; returns its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/index.html"


class Browser:
    """A Chromium at the other end of a pipe: it reads from its descriptor 3 and writes to 4, a zero after each message."""

    def __init__(self, executable: str):
        to_read, to_write = os.pipe()
        from_read, from_write = os.pipe()

        def attach():
            ends = os.dup(to_read), os.dup(from_write)
            os.dup2(ends[0], 3)
            os.dup2(ends[1], 4)

        profile = tempfile.mkdtemp()
        command = [executable, *FLAGS, "--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"]
        self.process = subprocess.Popen(
            command, preexec_fn=attach, close_fds=False, stderr=subprocess.DEVNULL
        )
        os.close(to_read)
        os.close(from_write)
        self.to, self.answers = to_write, from_read
        self.buffer, self.last = b"", 0

    def send(self, method: str, params: dict, session: str | None = None, seconds: float = 300) -> dict:
        self.last += 1
        message = {"id": self.last, "method": method, "params": params}
        if session is not None:
            message["sessionId"] = session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        end = time.monotonic() + seconds
        while True:
            while b"\0" in self.buffer:
                raw, self.buffer = self.buffer.split(b"\0", 1)
                answer = json.loads(raw)
                if answer.get("id") == self.last:
                    if "error" in answer:
                        raise RuntimeError(answer["error"]["message"])
                    return answer["result"]
            if not select.select([self.answers], [], [], max(0, end - time.monotonic()))[0]:
                raise RuntimeError(f"{method} was not answered within {seconds} s.")
            received = os.read(self.answers, 1 << 20)
            if not received:
                raise RuntimeError("The browser has ended.")
            self.buffer += received

    def open(self, url: str) -> "Page":
        target = self.send("Target.createTarget", {"url": url})["targetId"]
        session = self.send("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        return Page(self, target, session)

    def close(self):
        self.process.kill()


class Page:
    def __init__(self, browser: Browser, target: str, session: str):
        self.browser, self.target, self.session = browser, target, session

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.browser.send("Target.closeTarget", {"targetId": self.target})

    def evaluate(self, code: str):
        params = {"expression": code, "awaitPromise": True, "returnByValue": True}
        answer = self.browser.send("Runtime.evaluate", params, self.session)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"])[:500])
        return answer["result"].get("value")

    def wait_for(self, condition: str, seconds: float = 120):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.evaluate(condition):
                return
            time.sleep(0.1)
        raise RuntimeError(f"This never came true: {condition}")


def harness_rate(browser: Browser, url: str, network: str, backend: str, presets: list[str], steps: int) -> dict:
    with browser.open(url) as page:
        page.wait_for("'harness' in globalThis")
        if page.evaluate(f"harness.open({json.dumps(backend)})") != backend:
            raise RuntimeError("It does not work in this Chromium.")
        first = page.evaluate(f"harness.begin({json.dumps(network)}, {json.dumps(presets)})")
        # The first repetition warms up.
        timed = [page.evaluate(f"harness.imagesPerSecond({steps})") for _ in range(REPETITIONS + 1)]
    rates = sorted(timed[1:])
    return {
        "imagesPerSecond": round(rates[len(rates) // 2]),
        "lowest": round(rates[0]),
        "highest": round(rates[-1]),
        "firstStepMs": round(first),
    }


def page_rate(browser: Browser, url: str, backend: str, runs: int) -> dict:
    hash_ = "&".join([*(f"run={run}" for run in RUNS[:runs]), "warmup=0", f"backend={backend}"])
    with browser.open(f"{url}#{hash_}") as page:
        page.wait_for("[...document.querySelectorAll('[role=status]')].some((e) => e.textContent === 'Ready.')")
        used = page.evaluate("document.querySelector('[data-testid=backend]').textContent")
        page.evaluate("[...document.querySelectorAll('button')].find((e) => e.textContent === 'Train').click()")
        page.wait_for("Number(document.querySelector('[data-testid=step]').textContent) > 60")
        return {"used": used, **page.evaluate(PAGE_RATE)}


def product_speed(browser: Browser, url: str, backend: str) -> dict:
    with browser.open(url) as page:
        page.wait_for("'harness' in globalThis")
        page.evaluate(f"harness.open({json.dumps(backend)})")
        return {"gigaOperationsASecond": round(page.evaluate("harness.matrixProduct()"), 1)}


def report(what: dict, measure):
    """One line; what fails says so and stops nothing else."""
    try:
        print(json.dumps({**what, **measure()}), flush=True)
    except RuntimeError as error:
        print(json.dumps({**what, "error": str(error)}), flush=True)


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: bench-gpu.py CHROMIUM DIST HARNESS")
    executable, dist, harness = sys.argv[1], serve(sys.argv[2]), serve(sys.argv[3])
    browser = Browser(executable)
    try:
        with browser.open(harness) as page:
            print(json.dumps({"renderer": page.evaluate(RENDERER)}), flush=True)
        for backend in ("auto", "webgl", "webgpu", "wasm"):
            for runs in (1, 3):
                report({"page": backend, "runs": runs}, lambda: page_rate(browser, dist, backend, runs))
        for backend in ("webgl", "webgpu", "wasm"):
            report({"product": backend}, lambda: product_speed(browser, harness, backend))
        for network, backend, steps in CASES:
            for presets in ([PRESETS[0]], PRESETS):
                what = {"network": network, "backend": backend, "runs": len(presets)}
                report(what, lambda: harness_rate(browser, harness, network, backend, presets, steps))
    finally:
        browser.close()


main()
