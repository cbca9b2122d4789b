"""What Azure asks for what is used, as an operator says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices in one currency. The defaults are list prices in US dollars; docs/cost.md says where from.

    Operations are by 10,000, calls by 1,000,000, machines by the hour. A job also keeps its machine for
    `idle_minutes` before and after its program. `memory_mb` is the memory of an instance of the function app,
    which is billed by GB and second.
    """

    currency: str = "USD"
    tables: float = 0.00036
    queues: float = 0.004
    blob_writes: float = 0.055
    blob_lists: float = 0.055
    blob_reads: float = 0.0044
    blob_others: float = 0.0044
    calls: float = 0.40
    gb_second: float = 0.000026
    memory_mb: float = 2048
    gpu_hour: float = 0.526
    cpu_hour: float = 0.192
    idle_minutes: float = 0.0

    def machine_hour(self, *, gpu: bool) -> float:
        """What an hour of the machine costs that a job runs on."""
        return self.gpu_hour if gpu else self.cpu_hour
