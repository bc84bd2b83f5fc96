"""A PostgreSQL 15 of the benchmark's own, in a directory that goes when it ends. Nothing of the system's is touched."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

BINARIES = Path("/usr/lib/postgresql/15/bin")
USER = "bench"

# What a machine that serves nothing else would be given. Commits are durable, as everybody's here.
SETTINGS = {
    "synchronous_commit": "on",
    "fsync": "on",
    "full_page_writes": "on",
    "shared_buffers": "4GB",
    "effective_cache_size": "12GB",
    "work_mem": "256MB",
    "temp_buffers": "64MB",
    "maintenance_work_mem": "1GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "wal_buffers": "64MB",
    "wal_compression": "lz4",
    "min_wal_size": "4GB",
    "max_wal_size": "16GB",
    "checkpoint_timeout": "30min",
    "checkpoint_completion_target": "0.9",
    "random_page_cost": "1.1",
    "effective_io_concurrency": "200",
    "jit": "off",
    "listen_addresses": "''",
}


class Postgresql:
    """`directory`: where it keeps its data; the user of the server must get there, so `bench/run --work` may be needed where
    the project lies in somebody's home."""

    def __init__(self, directory: Path):
        self.data = directory / "data"
        # A socket's path must be short.
        self.directory = Path(tempfile.mkdtemp(prefix="bench-postgresql-"))
        # PostgreSQL refuses to run as root; its package brings a user.
        self._as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []

    @property
    def connection(self) -> str:
        return f"host={self.directory} dbname=postgres user={USER}"

    def _run(self, name: str, *arguments):
        finished = subprocess.run([*self._as_user, BINARIES / name, *map(str, arguments)], cwd=self.directory, check=False,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if finished.returncode != 0:
            raise RuntimeError(f"{name}: {finished.stdout}")

    def __enter__(self) -> "Postgresql":
        self.data.parent.mkdir(parents=True)
        if self._as_user:
            self.data.parent.parent.chmod(0o711)
            for mine in (self.directory, self.data.parent):
                os.chown(mine, pwd.getpwnam("postgres").pw_uid, -1)
        self._run("initdb", "--pgdata", self.data, "--username", USER, "--auth", "trust", "--no-locale", "--encoding", "UTF8")
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as configuration:
            configuration.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())
            configuration.write(f"unix_socket_directories = '{self.directory}'\n")
        self._run("pg_ctl", "--pgdata", self.data, "--wait", "--log", self.directory / "log", "start")
        return self

    def __exit__(self, *_):
        try:
            self._run("pg_ctl", "--pgdata", self.data, "--mode", "immediate", "stop")
        finally:
            for mine in (self.directory, self.data.parent):
                shutil.rmtree(mine, ignore_errors=True)
