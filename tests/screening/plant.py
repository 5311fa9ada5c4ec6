"""Lines that hang, crash or kill, planted into the processes that screen: by what the list calls them."""

from __future__ import annotations

PLANT = """
import ctypes, os, signal, time
from ligandkb.screening import rows
def planted(read):
    def read_or_fail(self, line):
        if line.id == "loops":
            while True: pass
        if line.id == "sleeps": time.sleep(1000)
        if line.id == "crashes": ctypes.string_at(0)
        if line.id == "ends": os._exit(3)
        if line.id == "raises": raise ValueError("planted")
        if line.id == "is killed":
            try: open(os.environ["PLANTED"], "x").close()
            except FileExistsError: pass
            else: os.kill(os.getpid(), signal.SIGKILL)
        if line.id == "kills the keeper":
            try: open(os.environ["PLANTED"], "x").close()
            except FileExistsError: pass
            else: os.kill(os.getppid(), signal.SIGKILL)
        return read(self, line)
    return read_or_fail
def unwritable(rows):
    def rows_or_fail(self, read):
        for one in read:
            if one.line.id == "can't be written": raise ValueError("planted")
            if one.line.id == "crashes when written": ctypes.string_at(0)
        return rows(self, read)
    return rows_or_fail
rows.Screener.read = planted(rows.Screener.read)
rows.Screener.rows = unwritable(rows.Screener.rows)
"""
