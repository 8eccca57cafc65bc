"""One text frame (RFC 6455, 5.2) as bytes: made once, however many seats get it."""

import zlib
from dataclasses import dataclass
from functools import cached_property

WORTH = 200
"""Bytes of text from which compressing takes something off the radio."""
WINDOW = 15
_END = b"\0\0\xff\xff"


@dataclass(frozen=True)
class Frame:
    text: str

    @cached_property
    def plain(self) -> bytes:
        return _whole(0x81, self.text.encode())

    @cached_property
    def packed(self) -> bytes:
        """Compressed for seats that negotiated it (RFC 7692), without the context of any other frame: so all of them
        get the same bytes, and may miss some. What is short stays plain."""
        data = self.text.encode()
        if len(data) < WORTH:
            return self.plain
        packer = zlib.compressobj(wbits=-WINDOW)
        packed = packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)
        return _whole(0xC1, packed.removesuffix(_END))


def _whole(first: int, payload: bytes) -> bytes:
    """Unmasked and unfragmented; `first` holds FIN, RSV1 and the kind."""
    size = len(payload)
    if size < 126:
        head = bytes((first, size))
    elif size < 65536:
        head = bytes((first, 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((first, 127)) + size.to_bytes(8, "big")
    return head + payload
