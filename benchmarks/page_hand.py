"""A person's hand at the page: the browser's mouse and keyboard, and how long the page takes for a frame."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, ViewportSize

from benchmarks.page_projects import Json

VIEWPORT: ViewportSize = {"width": 1440, "height": 900}
STEP_MS = 8
"""Between two moves of the mouse: as often as a good one tells them."""

WATCH_FRAMES = """() => {
  const seen = window.frames_ = {gaps: [], on: true}
  let last = performance.now()
  const tick = now => { seen.gaps.push(now - last); last = now; if (seen.on) requestAnimationFrame(tick) }
  requestAnimationFrame(tick)
}"""
STOP_WATCHING = "() => { window.frames_.on = false; return window.frames_.gaps.slice(2) }"
WATCH_SUBMITS = """() => {
  const shown = () => document.querySelector(".canvas-picture img, .tile-image")
  const waits = window.submits_ = []
  addEventListener("keydown", event => {
    if (event.key !== "Enter") return
    const before = shown()?.src, begun = performance.now()
    const painted = () => {
      const image = shown()
      if (!image?.complete || image.src === before) return void requestAnimationFrame(painted)
      const channel = new MessageChannel()
      channel.port1.onmessage = () => waits.push(performance.now() - begun)
      requestAnimationFrame(() => channel.port2.postMessage(0))
    }
    painted()
  }, true)
}"""
"""From the key press to the frame that has the next image."""

SHOWN = """before => {
  const image = document.querySelector(".canvas-picture img, .tile-image")
  return image?.complete && image.naturalWidth > 0 && image.src !== before
}"""
FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


@dataclass
class Hand:
    """What a person does on a page; `keys` and `drags` count it."""

    page: Page
    base_url: str
    keys: int = 0
    drags: int = 0
    gaps: list[float] = field(default_factory=list)

    def sign_in(self) -> str:
        """Through the landing page and the issuer's; what the browser remembers of it, as JSON."""
        self.page.goto(self.base_url)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.locator('button[value="ana"]').click()
        self.page.get_by_role("heading", name="Projects", exact=True).wait_for()
        return str(self.page.evaluate("JSON.stringify(sessionStorage)"))

    def open(self, project: str) -> None:
        """The labeling page, one image at a time."""
        self.page.add_init_script('localStorage["tagwerk.layout"] ??= "1"')
        self.page.goto(f"{self.base_url}/projects/{project}/label")
        self.wait_for_image("")
        self.page.evaluate(WATCH_SUBMITS)

    def wait_for_image(self, before: str) -> None:
        """Wait until another image than this address is there."""
        self.page.wait_for_function(SHOWN, arg=before)

    @property
    def shown(self) -> str:
        """The address of the image."""
        return str(self.page.locator(".canvas-picture img, .tile-image").first.evaluate("one => one.src"))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def submit(self) -> None:
        """Press Enter, and wait for the next image."""
        before = self.shown
        self.press("Enter")
        self.wait_for_image(before)

    def submits(self) -> list[float]:
        """Milliseconds from each submit to the frame that showed the next image."""
        self.page.wait_for_timeout(100)
        return list(self.page.evaluate("window.submits_"))

    def drag(self, places: Sequence[tuple[float, float]], pause_ms: float = 0) -> None:
        """Press at the first place of the screen, move over the others, let go."""
        mouse = self.page.mouse
        mouse.move(*places[0])
        mouse.down()
        for place in places[1:]:
            mouse.move(*place)
            if pause_ms:
                self.page.wait_for_timeout(pause_ms)
        mouse.up()
        self.drags += 1

    def image(self) -> Json:
        """Where the image is on the screen."""
        box = self.page.locator(".canvas-picture img").bounding_box()
        assert box is not None
        return dict(box)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Have `gaps` be the milliseconds between frames meanwhile."""
        self.page.wait_for_timeout(400)
        self.page.evaluate(WATCH_FRAMES)
        yield
        self.page.wait_for_timeout(100)
        self.gaps = list(self.page.evaluate(STOP_WATCHING))


@contextmanager
def hand(browser: Browser, base_url: str, remembered: str | None = None) -> Iterator[Hand]:
    """A hand at a browser that has never been here, signed in by what another remembers."""
    context = browser.new_context(viewport=VIEWPORT, locale="en-GB")
    if remembered is not None:
        context.add_init_script(f"Object.assign(sessionStorage, {{...{remembered}, ...sessionStorage}})")
    yield Hand(context.new_page(), base_url)
    context.close()
