"""What became of the rows of one dataset that a run has read."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Conformed:
    """Counts: `read = accepted + quarantined + duplicates`."""

    read: int = 0
    accepted: int = 0
    quarantined: int = 0
    duplicates: int = 0
    waiting: int = 0
    """Of those in quarantine, the ones that wait for a parent and for nothing else."""
    reasons: dict[str, int] = field(default_factory=dict)
