"""Ask how far labelers agree."""

from core.domain.commands import RunOperation
from core.domain.errors import WrongStatus
from core.domain.operations import Operation, OperationType
from core.domain.projects import Status
from core.ports import Ports
from core.usecases.authorize import Access


async def request_agreement(ports: Ports, access: Access) -> Operation:
    """Have a queue function measure it. Raises WrongStatus."""
    project = access.project
    if not project.under_way:
        raise WrongStatus(project.status, f"{Status.RUNNING} or {Status.PAUSED}")
    operation = Operation(ports.ids.new(), OperationType.MEASURE_AGREEMENT, ports.clock.now(), access.user.id)
    await ports.operations.put(project.id, operation)
    await ports.commands.send(RunOperation(project.id, operation.id))
    return operation
