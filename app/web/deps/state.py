"""The database and the rooms of this app."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.db import Database
from app.live.rooms import Rooms


async def database(connection: HTTPConnection) -> Database:
    found: Database = connection.app.state.db
    return found


async def rooms(connection: HTTPConnection) -> Rooms:
    found: Rooms = connection.app.state.rooms
    return found


Db = Annotated[Database, Depends(database)]
LiveRooms = Annotated[Rooms, Depends(rooms)]
