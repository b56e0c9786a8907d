"""What every test can ask for: an empty site, and a site with a little of everything."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.worlds import CONFIG, World

# a slow, busy machine is no fault of what is tested; the same examples each time make a failure somebody's change
settings.register_profile("briefgen", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
# `make mutants` asks whether a test fails; how small an example can be made that fails is of no use to it
settings.register_profile("mutants", settings.get_profile("briefgen"), phases=(Phase.explicit, Phase.generate))
settings.load_profile("briefgen")


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A site with a configuration and nothing in it."""
    return World(tmp_path / "site").put({"briefgen.yaml": CONFIG})
