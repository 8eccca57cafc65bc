"""A database with its migrations, as a server has it: a backup knows which schema it is of."""

from pathlib import Path

import pytest

from app.db import Database
from app.ledger import Ledger
from app.settings import Settings
from tests.conftest import SECRET

KEY = "a passphrase for tests only"


@pytest.fixture
def kept(db: Database, tmp_path: Path) -> Settings:
    """The settings of the server whose database it is; what goes is written in its ledger."""
    settings = Settings(data=tmp_path / "data", database=db.url, secret=SECRET, backup_key=KEY)
    Ledger(settings.data).listen(db)
    return settings
