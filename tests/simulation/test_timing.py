"""Scratch."""
import os, time
from datetime import date
from tests.simulation.test_found import PLAN, team

def cpu():
    t = os.times(); return t.user + t.system

async def test_timing(scene):
    def lap(what):
        nonlocal t, c
        print(f"{what:20} wall {time.monotonic()-t:.2f} own cpu {cpu()-c:.2f}"); t, c = time.monotonic(), cpu()
    t, c = time.monotonic(), cpu()
    d = await scene.request("44021", "p"); lap("request")
    werk, zorg = await team(d); lap("life")
    await scene.move([d], date(2030, 4, 1)); lap("move 1 month")
    await d.send("plan_akkoord", werk, PLAN); lap("plan")
    await scene.move([d], date(2030, 6, 20)); lap("move")
    await scene.move([d], date(2030, 9, 20)); lap("move")
    await scene.move([d], date(2031, 3, 20)); lap("move")
    l = await d.life(); lap("life"); print(l.length, len(l.rests))
