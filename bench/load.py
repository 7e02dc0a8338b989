#!/usr/bin/env python3
"""A server under load, with wrk and the mixed log (bench/queries.txt).

    load.py BINARY INDEX [--seconds N] [--only series|memory|updates|replicas]

series    2, 16, 64 and 256 connections, N seconds each, without and with the cache of answers: requests a second, p50, p99, memory
memory    100,000 requests, memory after each tenth
replicas  1, 2 and 3 servers of the index behind HAProxy, 16 connections, N seconds each: requests, and the time of processors that they took
updates   20 generations published meanwhile: every answer is 200, and what a revision says of a query stays the same
"""
import argparse
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'tests', 'e2e'))
import proxies  # noqa: E402
from server import Server  # noqa: E402

arguments = argparse.ArgumentParser()
arguments.add_argument('binary')
arguments.add_argument('index')
arguments.add_argument('--seconds', type=int, default=30)
arguments.add_argument('--only')
given = arguments.parse_args()
queries = [line.strip() for line in open(os.path.join(HERE, 'queries.txt'), encoding='utf-8') if line.strip() and not line.startswith('#')]


def paths():
    out = []
    for q in queries:
        parts = [p.split('=', 1) for p in q.split('&')]
        out.append('/v1/search?' + '&'.join(urllib.parse.quote(n) + '=' + urllib.parse.quote(v[0] if v else '') for n, *v in parts))
    return out


def memory(server):
    """RssAnon and RssFile in MB, and descriptors."""
    status = open(f'/proc/{server.process.pid}/status').read()
    kilobytes = [int(re.search(name + r':\s+(\d+)', status).group(1)) for name in ('RssAnon', 'RssFile')]
    return kilobytes[0] / 1024, kilobytes[1] / 1024, len(os.listdir(f'/proc/{server.process.pid}/fd'))


def wrk(url, connections, seconds, urls):
    text = subprocess.run(['wrk', '-t2', f'-c{connections}', f'-d{seconds}', '--timeout', '20', '-s', os.path.join(HERE, 'urls.lua'), url], env={**os.environ, 'URLS': urls}, capture_output=True,
                          text=True, check=True).stdout
    rate, errors, p50, p99 = re.search(r'requests/s ([\d.]+), errors (\d+), p50 ([\d.]+) ms, p99 ([\d.]+) ms', text).groups()
    return float(rate), int(errors), float(p50), float(p99)


def series(urls):
    print('| cache | connections | requests/s | errors | p50 ms | p99 ms | p99/p50 | RssAnon MB |\n|---|---|---|---|---|---|---|---|')
    for cache in (0, 32):
        with Server(given.binary, given.index, '--cache', str(cache)) as server:
            wrk(server.url, 2, 3, urls)
            for connections in (2, 16, 64, 256):
                rate, errors, p50, p99 = wrk(server.url, connections, given.seconds, urls)
                print(f'| {cache} | {connections} | {rate:.0f} | {errors} | {p50:.2f} | {p99:.2f} | {p99 / p50:.1f} | {memory(server)[0]:.0f} |', flush=True)


def many(urls):
    print('| requests | RssAnon MB | RssFile MB | descriptors |\n|---|---|---|---|')
    with Server(given.binary, given.index) as server:
        count = 0
        while count < 100_000:
            began = count
            while count < began + 10_000:
                count += int(wrk(server.url, 16, 2, urls)[0] * 2)
            anon, file, descriptors = memory(server)
            print(f'| {count} | {anon:.0f} | {file:.0f} | {descriptors} |', flush=True)


def processor_seconds(pid):
    fields = open(f'/proc/{pid}/stat').read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def replicas(urls):
    print('| replicas | requests/s | errors | requests by processor second of the replicas | with the proxy | least and most that one took, s |\n|---|---|---|---|---|---|')
    for count in (1, 2, 3):
        with contextlib.ExitStack() as stack:
            servers = [stack.enter_context(Server(given.binary, given.index, '--cache', '0')) for _ in range(count)]
            front, folder = proxies.free_port(), stack.enter_context(tempfile.TemporaryDirectory())
            config = proxies.before_replicas(os.path.join(HERE, '..'), 'haproxy-replicas.cfg', folder + '/cfg', [s.port for s in servers], front)
            proxy = subprocess.Popen(['haproxy', '-db', '-f', config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            stack.callback(proxy.kill)
            time.sleep(2)
            before = [processor_seconds(s.process.pid) for s in servers]
            proxy_before = processor_seconds(proxy.pid)
            rate, errors, _, _ = wrk(f'http://127.0.0.1:{front}', 16, given.seconds, urls)
            took = [processor_seconds(s.process.pid) - b for s, b in zip(servers, before)]
            requests, both = rate * given.seconds, sum(took) + processor_seconds(proxy.pid) - proxy_before
            print(f'| {count} | {rate:.0f} | {errors} | {requests / sum(took):.0f} | {requests / both:.0f} | {min(took):.2f}, {max(took):.2f} |', flush=True)


def updates():
    with tempfile.TemporaryDirectory() as tmp:
        index = os.path.join(tmp, 'index')
        shutil.copytree(given.index, index)
        asked = paths()[:40]
        said, faults, answers = {}, [], [0]
        lock, stop = threading.Lock(), threading.Event()

        def ask(server, n):
            at = n
            while not stop.is_set():
                path = asked[at % len(asked)]
                at += 1
                try:
                    with urllib.request.urlopen(server.url + path, timeout=20) as r:
                        o = json.load(r)
                    key, told = (o['index']['revision'], path), (o['total']['value'], o['index']['paragraphs'], [m['id'] for m in o['matches']])
                    with lock:
                        answers[0] += 1
                        if said.setdefault(key, told) != told:
                            faults.append(f'{key}: {said[key]} and {told}')
                except Exception as e:
                    with lock:
                        faults.append(f'{path}: {e}')

        with Server(given.binary, index, '--cache', '0') as server:
            threads = [threading.Thread(target=ask, args=(server, 10 * n)) for n in range(4)]
            for t in threads:
                t.start()
            print(f'before: RssAnon %.0f MB, RssFile %.0f MB, {memory(server)[2]} descriptors' % memory(server)[:2])
            for n in range(20):
                document = {'symbol': f'A/RES/{100 + n}/1', 'lang': 'en', 'title': 'Climate change and development', 'text': f'Recalling resolution 70/1 on climate change, for the time {n}.'}
                file = os.path.join(tmp, f'{n}.jsonl')
                with open(file, 'w') as f:
                    f.write(json.dumps(document) + '\n')
                subprocess.run([given.binary, 'index', '--quiet', '--index', index, file], check=True)
                time.sleep(1.2)
            stop.set()
            for t in threads:
                t.join()
            print(f'after:  RssAnon %.0f MB, RssFile %.0f MB, {memory(server)[2]} descriptors' % memory(server)[:2])
        revisions = len({r for r, _ in said})
        print(f'{answers[0]} answers of {revisions} revisions, {len(faults)} failed or inconsistent')
        for fault in faults[:5]:
            print(' ', fault[:300])
        return not faults


good = True
with tempfile.NamedTemporaryFile('w', suffix='.urls') as urls:
    urls.write('\n'.join(paths()) + '\n')
    urls.flush()
    if given.only in (None, 'series'):
        series(urls.name)
    if given.only in (None, 'memory'):
        many(urls.name)
    if given.only in (None, 'replicas'):
        replicas(urls.name)
if given.only in (None, 'updates'):
    good = updates()
sys.exit(0 if good else 1)
