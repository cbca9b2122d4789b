"""The page of the development sign-in."""

from collections.abc import Mapping
from html import escape

from local.people import DEMO_PEOPLE

STYLE = """
:root { color-scheme: light dark; --line: #d5d8de; --soft: #f4f5f7; --text: #1c2026; --quiet: #5c6470;
        --page: #fff; --accent: #2457d6; }
@media (prefers-color-scheme: dark) {
  :root { --line: #363c46; --soft: #23272f; --text: #eceef2; --quiet: #9aa3b0;
          --page: #16191e; --accent: #86a8ff; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem;
       background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { width: min(24rem, 100%); }
h1 { font-size: 1.4rem; margin: 0; }
p { color: var(--quiet); margin: .25rem 0 1.5rem; }
button, input[type=text] { font: inherit; color: inherit; border: 1px solid var(--line); border-radius: .5rem;
       padding: .7rem .9rem; background: var(--page); }
button { cursor: pointer; }
button:hover { background: var(--soft); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.person { display: flex; justify-content: space-between; width: 100%; margin-bottom: .5rem; }
.person span { color: var(--quiet); }
.other { display: flex; gap: .5rem; margin-top: 1.5rem; }
.other input { flex: 1; min-width: 0; }
.admin { display: block; margin-top: .6rem; color: var(--quiet); }
"""


def sign_in_page(hidden: Mapping[str, str]) -> str:
    """A page that lets one choose whom to sign in as; `hidden` goes back with the choice."""
    fields = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in hidden.items()
    )
    people = "".join(
        f'<button class="person" name="user" value="{person.id}">'
        f"{person.name}<span>{person.does}</span></button>"
        for person in DEMO_PEOPLE
    )
    return _page(
        "Sign in to Tagwerk",
        f"""<p>On this machine, for development. No password.</p>
<form method="post">{fields}{people}</form>
<form method="post">{fields}
<div class="other"><input type="text" name="user" required maxlength="60" placeholder="Somebody else"
 aria-label="Name"><button>Sign in</button></div>
<label class="admin"><input type="checkbox" name="admin" value="1"> as an administrator</label>
</form>""",
    )


def message_page(title: str, text: str) -> str:
    """A page that only says something."""
    return _page(title, f"<p>{escape(text)}</p>")


def _page(title: str, content: str) -> str:
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><title>{escape(title)}</title><style>{STYLE}</style></head>
<body><main><h1>{escape(title)}</h1>{content}</main></body></html>"""
