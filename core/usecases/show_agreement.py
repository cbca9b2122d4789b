"""Show how far labelers agreed when it was last measured."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.domain.agreement import AgreementReport
from core.domain.errors import NotFound
from core.formats.documents import AGREEMENT_REPORT
from core.ports import Ports
from core.usecases.authorize import Access
from core.usecases.measure_agreement import report_name
from core.usecases.visible_labelers import visible_labelers


@dataclass(frozen=True, slots=True)
class ShownAgreement:
    """A report, and the names of its labelers who ever signed in."""

    report: AgreementReport
    names: Mapping[str, str]


async def show_agreement(ports: Ports, access: Access) -> ShownAgreement:
    """The last report; of the labelers, those whose figures the caller may see. Raises NotFound."""
    measured = access.project.agreement
    if measured is None:
        raise NotFound("report of agreement in", access.project.name)
    name = report_name(access.project.id, measured.operation)
    found = AGREEMENT_REPORT.decode(await ports.blobs.read(ports.limits.app_container, name))
    labelers = await visible_labelers(ports, access, found.labelers)
    return ShownAgreement(replace(found, labelers=labelers), await ports.people.names(labelers))
