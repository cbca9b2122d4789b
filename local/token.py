"""`python -m local.token ana`: print an access token for the app that runs on this machine."""

import sys
from collections.abc import Sequence
from typing import Annotated

import httpx
import typer

from local.errors import LocalError
from local.issuer import DEVELOPMENT_GRANT
from local.ports import LOOPBACK


class NothingRunsError(LocalError):
    """No app answers where a token was asked for."""

    def __init__(self, port: int) -> None:
        super().__init__(f"No Tagwerk answers at http://{LOOPBACK}:{port}: start it with `make run` first.")


def token_from(issuer: str, user: str, *, admin: bool = False, groups: Sequence[str] = ()) -> str:
    """An access token of the development issuer at `issuer`."""
    form = {"grant_type": DEVELOPMENT_GRANT, "user": user, "admin": "1" if admin else "0"}
    form |= {"groups": " ".join(groups)}
    with httpx.Client(trust_env=False) as client:
        discovery = client.get(f"{issuer}/.well-known/openid-configuration").raise_for_status().json()
        answer = client.post(discovery["token_endpoint"], data=form).raise_for_status()
    return str(answer.json()["access_token"])


def token_for_app(port: int, user: str, *, admin: bool = False, groups: Sequence[str] = ()) -> str:
    """An access token for the app at `port`; raise NothingRunsError if none answers there."""
    try:
        answer = httpx.get(f"http://{LOOPBACK}:{port}/api/config", trust_env=False)
        config = answer.raise_for_status().json()
        return token_from(config["authority"], user, admin=admin, groups=groups)
    except (httpx.HTTPError, ValueError, KeyError):
        raise NothingRunsError(port) from None


def main(
    user: Annotated[str, typer.Argument(help="Whom to sign in as, such as ana")],
    admin: Annotated[bool, typer.Option("--admin", help="As an administrator")] = False,
    group: Annotated[list[str] | None, typer.Option(help="As one of this group; may be repeated")] = None,
    port: Annotated[int, typer.Option(help="The app's port")] = 7071,
) -> None:
    """Print an access token and nothing else."""
    try:
        print(token_for_app(port, user, admin=admin, groups=group or ()))
    except LocalError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    typer.run(main)
