"""`python -m local`, behind `make run`: Tagwerk on this machine. Reads PORT, AZURITE_PORT, DATA_DIR, DEMO."""

import os
import sys

from local.errors import LocalError
from local.stack import REPOSITORY
from local.supervisor import supervise

if __name__ == "__main__":
    try:
        supervise(os.environ, REPOSITORY)
    except LocalError as error:
        sys.exit(str(error))
