"""`serve`, `demo`, `worker`: the long-running commands."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from errno import EADDRINUSE
from typing import Any, Final

import click

from runtime.app import app_of
from runtime.commands.installation import installation, tell
from runtime.composition.demo import prepare_demo
from runtime.composition.house import House
from runtime.db.lock import folder_lock
from runtime.http.errors import Unavailable
from runtime.settings import Settings
from runtime.worker import STOP_TIMEOUT_S, run_worker

_LOG_FORMAT: Final = "%(asctime)s %(levelname)s %(name)s %(message)s"


def _address(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--port", type=click.IntRange(1, 65535), help="端口 / port")(command)
    return click.option("--host", help="监听地址 / address to listen on")(command)


@click.command()
@_address
@installation
def serve(settings: Settings, host: str | None, port: int | None) -> None:
    """启动服务 / run the server."""
    _run(_at(settings, host, port), lambda house: house.workspaces.create())


@click.command()
@_address
@installation
def demo(settings: Settings, host: str | None, port: int | None) -> None:
    """启动演示：示例方案和数据 / run the demo with its solution and sample data."""
    _run(replace(_at(settings, host, port), demo=True), prepare_demo)


@click.command()
@click.option("--threads", type=click.IntRange(1, 64), default=4, show_default=True, help="线程数 / threads")
@installation
def worker(settings: Settings, threads: int) -> None:
    """独立的后台进程（PostgreSQL）/ a worker process of its own (PostgreSQL)."""
    _log_to_terminal()
    run_worker(settings, threads, lambda house: tell(house.settings, "cli.worker-running", threads=threads))


def _log_to_terminal() -> None:
    logging.basicConfig(level=logging.INFO, format=_LOG_FORMAT)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def _at(settings: Settings, host: str | None, port: int | None) -> Settings:
    return replace(settings, host=host or settings.host, port=port or settings.port)


def _run(settings: Settings, prepare: Callable[[House], object]) -> None:
    """Everything that can fail does so here, with one clear message, before the server takes the port."""
    _log_to_terminal()
    with ExitStack() as held:
        if settings.is_embedded:
            held.enter_context(folder_lock(settings.data_dir))
        refuse_taken_port(settings.host, settings.port)
        house = House.open(settings)
        prepare(house)
        _welcome(house)
        house.workspaces.close()
        _serve(settings)


def refuse_taken_port(host: str, port: int) -> None:
    """Raises Unavailable if nobody could listen there. The server itself would share the port silently."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == EADDRINUSE:
                raise Unavailable.because("cli.port-in-use", port=port) from error
            raise Unavailable.because(
                "cli.address-unusable", host=host, port=port, reason=error.strerror or str(error)
            ) from error


def _welcome(house: House) -> None:
    settings = house.settings
    tell(settings, "cli.serving", url=settings.url)
    if not settings.demo:
        return
    tell(settings, "cli.demo-roles")
    for person in house.roles.demo_people(house.workspaces.get(), settings.language):
        click.echo(f"  {person.title} {person.name} · {person.login}")


def _application(settings: Settings) -> Callable[..., Any]:
    """The WSGI application with its worker, in the process that serves."""
    house = House.open(settings)
    background = house.worker()
    background.start()
    keeper = threading.Thread(target=_stop_with_main_thread, args=(house, background.stop, os.getppid()))
    keeper.start()
    return app_of(house)


def _stop_with_main_thread(house: House, stop: Callable[[float], bool], parent: int) -> None:
    """Let running jobs end when the server does; and end the server when its parent was killed."""
    main = threading.main_thread()
    while main.is_alive():
        main.join(1.0)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
    stop(STOP_TIMEOUT_S)
    house.workspaces.close()


def _serve(settings: Settings) -> None:
    try:
        from granian.constants import Interfaces  # an optional dependency: not on Windows
        from granian.server import Server
    except ImportError:
        _serve_with_waitress(settings)
        return
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork", force=True)
        gc.collect()
        gc.freeze()  # what both processes have loaded stays shared: the collector does not touch it
    server = Server(
        "dougong",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=settings.threads,
        backlog=1024,
        log_enabled=False,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=int(STOP_TIMEOUT_S),
    )
    server.serve(target_loader=lambda: _application(settings), wrap_loader=False)


def _serve_with_waitress(settings: Settings) -> None:
    import waitress  # only where granian is missing

    waitress.serve(
        _application(settings), host=settings.host, port=settings.port, threads=settings.threads, ident=None
    )
