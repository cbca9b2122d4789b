"""Which browser tests and benchmarks drive. As a program: make sure that there is one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def executable() -> str | None:
    """CHROMIUM if set, else one that is installed; None for the one Playwright brings."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def main() -> int:
    """Make sure of a browser: Playwright's own, else Debian's. Returns the exit status."""
    if executable() or _has_own():
        return 0
    installs = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        installs += [["apt-get", "-qq", "update"], ["apt-get", "-qq", "install", "-y", "chromium"]]
    for command in installs:
        subprocess.run(command, check=False)
        if executable() or _has_own():
            return 0
    print("No browser: install Chromium, or name one with CHROMIUM=/path/to/chromium.")
    return 1


def _has_own() -> bool:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


if __name__ == "__main__":
    sys.exit(main())
