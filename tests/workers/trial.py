"""What an ill-behaved reader of files might try."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time

from standards_graph.errors import UnreadableFile


def work(argument: bytes, tell: object) -> bytes:
    """Do what is asked, as a well-behaved or an ill-behaved reader of files would."""
    asked = json.loads(argument)
    match asked["what"]:
        case "echo":
            return str(asked["text"]).encode()
        case "unreadable":
            raise UnreadableFile("no date", source="list.csv", line=3)
        case "raise":
            raise KeyError("nothing of that name")
        case "swell":
            return bytes(1 << 30)
        case "sleep":
            time.sleep(60)
        case "connect":
            socket.create_connection(("127.0.0.1", int(asked["port"])), timeout=1).close()
        case "spawn":
            subprocess.run(["true"], check=True)
        case "exit":
            os._exit(9)
    return b""
