"""A name server on loopback with the records of a test."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset


@contextmanager
def name_server(texts: Mapping[str, str]) -> Iterator[str]:
    """Answers TXT questions; other names do not exist. Yields its address, as `127.0.0.1:5353`."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(("127.0.0.1", 0))
        host, port = line.getsockname()
        thread = threading.Thread(target=_serve, args=(line, texts), daemon=True)
        thread.start()
        try:
            yield f"{host}:{port}"
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
                other.sendto(b"", (host, port))
            thread.join(5)


def _serve(line: socket.socket, texts: Mapping[str, str]) -> None:
    while True:
        asked, whose = line.recvfrom(4096)
        if not asked:
            return
        line.sendto(_answer(dns.message.from_wire(asked), texts).to_wire(), whose)


def _answer(query: dns.message.Message, texts: Mapping[str, str]) -> dns.message.Message:
    made = dns.message.make_response(query)
    made.flags |= dns.flags.RA
    question = query.question[0]
    text = texts.get(question.name.to_text(omit_final_dot=True))
    if text is None:
        made.set_rcode(dns.rcode.NXDOMAIN)
    else:
        made.answer.append(dns.rrset.from_text(question.name, 60, "IN", "TXT", f'"{text}"'))
    return made
