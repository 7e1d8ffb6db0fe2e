"""Is the port free? `make run` asks before it does anything else.

Runs before there is a virtual environment, so on the standard library alone.
"""

import socket
import sys

HOST = "127.0.0.1"


def refusal(port: str) -> str | None:
    """Why the site cannot be served on this port, in one sentence, or None when it can."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        return f"PORT={port} is not a port: it must be a number from 1 to 65535."
    with socket.socket() as probe:
        # As the server itself does it: a connection that just closed is no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(port)))
        except PermissionError:
            return f"Port {port} is reserved for the system. Try: make run PORT=8123"
        except OSError:
            return f"Port {port} is taken by another program. Try: make run PORT=8123"
    return None


if __name__ == "__main__":
    sys.exit(refusal(sys.argv[1]))
