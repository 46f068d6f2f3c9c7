"""Debian's nginx for a test: everything it writes stays in a folder, and it needs no root."""

import pathlib

from harness.server import Server

FRAME = """daemon off; pid {folder}/nginx.pid; error_log stderr; {processes};
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
{http}
}}
"""
ALONE = "master_process off"


def configure_nginx(folder: pathlib.Path, http: str, processes: str = ALONE) -> list[str]:
    """Writes a configuration with `http` in its block of that name; the command that starts it."""
    configuration = folder / "nginx.conf"
    configuration.write_text(FRAME.format(folder=folder, http=http, processes=processes))
    return ["/usr/sbin/nginx", "-e", "stderr", "-p", str(folder), "-c", str(configuration)]


def nginx(folder: pathlib.Path, port: int, http: str, processes: str = ALONE) -> Server:
    """`port`: one that `http` listens on, and answers at once."""
    return Server(configure_nginx(folder, http, processes), port, folder)
