"""A change of labels, as the API takes it."""

from pydantic import BaseModel, ConfigDict, Field

from core.domain.labels import Label, LabelChange, RelabelMode


class LabelsIn(BaseModel):
    """The labels that are to be.

    `mode` says what becomes of answers: begin anew, begin anew from the old answers, or go on. `moves` says
    where answers go, by the path a label had; answers keep `retired` labels.
    """

    model_config = ConfigDict(extra="forbid")

    labels: tuple[Label, ...]
    mode: RelabelMode = RelabelMode.CONTINUE
    moves: dict[str, str] = Field(default_factory=dict)
    retired: tuple[str, ...] = ()

    def change(self) -> LabelChange:
        """What it asks for."""
        return LabelChange(self.labels, self.mode, self.moves, self.retired)
