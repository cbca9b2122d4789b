"""Data assets of an Azure ML workspace."""

from dataclasses import dataclass
from enum import StrEnum


class AssetSort(StrEnum):
    """What a data asset is: one file, a folder, or a folder with an MLTable file."""

    FILE = "uri_file"
    FOLDER = "uri_folder"
    MLTABLE = "mltable"


@dataclass(frozen=True, slots=True)
class DataAsset:
    """A version of a data asset. `uri` is where it is: an address of Azure ML or of storage."""

    name: str
    version: str
    sort: AssetSort
    uri: str

    @property
    def id(self) -> str:
        """What people call it by."""
        return f"azureml:{self.name}:{self.version}"
