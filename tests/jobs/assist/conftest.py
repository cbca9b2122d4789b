"""The job's modules can be imported, those that need no more than Tagwerk has."""

import sys

from tests.jobs.assist.running import FOLDER

sys.path.insert(0, str(FOLDER))
