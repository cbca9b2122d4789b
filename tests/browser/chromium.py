"""Which browser the tests drive. As a program: make sure that there is one."""

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
    """Install Playwright's own browser if there is no other. Returns the exit status."""
    if executable():
        return 0
    with sync_playwright() as playwright:
        present = Path(playwright.chromium.executable_path).exists()
    if present:
        return 0
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command, check=False).returncode  # noqa: S603  no part of it comes from outside


if __name__ == "__main__":
    sys.exit(main())
