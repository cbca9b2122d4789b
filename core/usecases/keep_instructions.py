"""Keep a version of the instructions, so that it can be read when there are newer ones."""

from core.domain.projects import Instructions, InstructionsVersion
from core.ports import Ports


async def keep_instructions(ports: Ports, project: str, user: str, instructions: Instructions) -> None:
    """Keep this version, which the user wrote just now. Keeping one again does no harm."""
    await ports.instructions.add(project, InstructionsVersion(instructions, ports.clock.now(), user))
