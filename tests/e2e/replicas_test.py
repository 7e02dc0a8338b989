#!/usr/bin/env python3
"""Replicas behind HAProxy and nginx under load, with updates and with replicas killed: replicas_test.py RESOLUTE SOURCE [SECONDS [REPLICAS]].

Each proxy stands before three servers of three copies, by the configuration in docs/proxy. Clients search and walk through pages; an index is
updated and copied all the while; replicas are killed and started again. No request may fail, but that the next page of a state which only a replica
that is gone has got may be told to come again (503 with Retry-After), and is then there. A connection that was kept may be closed in place of an
answer, as HAProxy does where a server's was reset: a client of HTTP asks again on a new one (RFC 9112, 9.3.1). The same address at the same revision
gives the same answer and ETag everywhere; a walk neither skips nor repeats. Prints figures; SECONDS is 12 for each proxy unless told."""
import collections
import http.client
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from urllib.parse import urlencode

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import proxies  # noqa: E402

binary, source = sys.argv[1:3]
seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 12
count = int(sys.argv[4]) if len(sys.argv) > 4 else 3
QUERIES = ['lighthouse', 'keeper', '灯塔', '"former keeper"', 'harbour OR lamp', 'title:lighthouses', '']
faults = []


class Replica:
    def __init__(self, index, port):
        self.index, self.port = index, port
        self.start()

    def start(self):
        self.process = subprocess.Popen([binary, 'serve', '--index', self.index, '--listen', f'127.0.0.1:{self.port}'], stderr=subprocess.DEVNULL)

    def ready(self):
        try:
            c = http.client.HTTPConnection('127.0.0.1', self.port, timeout=5)
            c.request('GET', '/readyz')
            return c.getresponse().status == 200
        except OSError:
            return False

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


class Client(threading.Thread):
    """Asks as fast as it is answered until it is told to stop."""

    def __init__(self, port, stop, seed, seen, lock):
        super().__init__()
        self.port, self.stop, self.draw, self.seen, self.lock = port, stop, random.Random(seed), seen, lock
        self.asked = self.walks = self.waits = self.closed = 0
        self.connection = None

    def ask(self, target, wait=True):
        self.asked += 1
        kept = self.connection is not None
        try:
            if not kept:
                self.connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=30)
            self.connection.request('GET', target)
            answer = self.connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as e:
            if kept and isinstance(e, http.client.RemoteDisconnected):
                self.closed += 1
                self.connection = None
                return self.ask(target, wait)
            faults.append(f'{target}: {e!r}')
            self.connection = None
            return None
        if answer.status == 503 and 'cursor=' in target and b':not-ready"' in body and wait:
            self.waits += 1
            time.sleep(int(answer.getheader('Retry-After')))
            return self.ask(target, wait=False)
        if answer.status != 200:
            faults.append(f'{target}: {answer.status} {body[:200]}')
            return None
        return json.loads(body), answer.getheader('ETag')

    def check_same(self, target, body, tag):
        key = (target, body['index']['revision'])
        told = (body['total'], [m['id'] for m in body['matches']], tag)
        with self.lock:
            if self.seen.setdefault(key, told) != told:
                faults.append(f'{key}: two answers: {self.seen[key]} and {told}')

    def walk(self, q):
        """All pages of a query, which must hold each hit once."""
        self.walks += 1
        ids, cursor, first = [], None, None
        while True:
            got = self.ask('/v1/search?' + urlencode({'q': q, 'limit': 4, 'facets': 'none', **({'cursor': cursor} if cursor else {})}))
            if not got:
                return
            body = got[0]
            first = first or body
            if body['index']['revision'] != first['index']['revision']:
                faults.append(f'a walk through {q!r} of revision {first["index"]["revision"]} went on in {body["index"]["revision"]}')
                return
            ids += [m['id'] for m in body['matches']]
            cursor = body.get('next')
            if not cursor:
                break
        if len(ids) != len(set(ids)) or len(ids) != first['total']['value']:
            faults.append(f'a walk through {q!r}: {len(ids)} hits, {len(set(ids))} of them different, {first["total"]["value"]} told')

    def run(self):
        while not self.stop.is_set():
            q = self.draw.choice(QUERIES)
            if self.draw.random() < .1 and q:
                self.walk(q)
                continue
            target = '/v1/search?' + urlencode({'q': q, 'limit': 10, 'facets': 'none'})
            got = self.ask(target)
            if got:
                self.check_same(target, *got)


def text(number):
    return f'A/RES/99/{number}\n\nThe General Assembly,\n\nRecalling the lighthouse and its keeper,\n\n1. Decides to light lamp number {number}.\n'


def publish(files, index, replicas, number):
    with open(f'{files}/{number}.txt', 'w') as f:
        f.write(text(number))
    subprocess.run([binary, 'index', files, '--index', index, '--quiet'], check=False, capture_output=True)
    for r in replicas:
        done = subprocess.run([binary, 'replicate', index, r.index], capture_output=True, text=True)
        if done.returncode != 0:
            faults.append('replicate: ' + done.stderr)


def run(name, command, front, files, index, replicas, first):
    proxy = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stop, seen, lock = threading.Event(), {}, threading.Lock()
    try:
        for _ in range(100):
            try:
                c = http.client.HTTPConnection('127.0.0.1', front, timeout=5)
                c.request('GET', '/readyz')
                if c.getresponse().status == 200:
                    break
            except OSError:
                pass
            time.sleep(.1)
        clients = [Client(front, stop, n, seen, lock) for n in range(4)]
        for c in clients:
            c.start()
        begun, kills, updates = time.monotonic(), 0, 0
        while time.monotonic() - begun < seconds:
            step = min(5, seconds / 4)
            publish(files, index, replicas, first + updates)
            updates += 1
            time.sleep(step / 2)
            if kills < 2 and len(replicas) > 1:
                victim = replicas[kills % len(replicas)]
                victim.kill()
                time.sleep(step / 4)
                victim.start()
                kills += 1
            time.sleep(step / 4)
        stop.set()
        for c in clients:
            c.join()
        asked = sum(c.asked for c in clients)
        revisions = len({revision for _, revision in seen})
        waits, closed = sum(c.waits for c in clients), sum(c.closed for c in clients)
        print(f'{name}: {len(replicas)} replicas, {asked} requests, {sum(c.walks for c in clients)} walks, {updates} updates, {kills} killed, '
              f'{revisions} revisions seen, {waits} told to come again, {closed} closed before an answer, {len(faults)} faults')
        if closed > len(clients) * (kills + updates):
            faults.append(f'{name}: {closed} connections were closed in place of an answer, after {kills} kills')
        if waits > 4 * kills:
            faults.append(f'{name}: {waits} pages were told to come again, after {kills} kills')
        if asked < 100 or revisions < 2:
            faults.append(f'{name}: too little was asked to say anything')
    finally:
        stop.set()
        proxy.terminate()
        proxy.wait()


with tempfile.TemporaryDirectory(prefix='resolute-replicas-') as temp:
    os.chmod(temp, 0o755)
    files, index = temp + '/files', temp + '/index'
    shutil.copytree(os.path.join(source, 'samples/akn'), files)
    subprocess.run([binary, 'index', files, '--index', index, '--quiet'], check=False, capture_output=True)
    replicas = []
    for n in range(count):
        subprocess.run([binary, 'replicate', index, f'{temp}/r{n}'], check=True, capture_output=True)
        replicas.append(Replica(f'{temp}/r{n}', proxies.free_port()))
    try:
        for r in replicas:
            while not r.ready():
                time.sleep(.05)
        ports = [r.port for r in replicas]
        ran = 0
        for name, config, command in (('haproxy', 'haproxy-replicas.cfg', ['haproxy', '-db', '-f']), ('nginx', 'nginx-replicas.conf', ['nginx', '-g', 'daemon off;', '-p', temp, '-c'])):
            if not shutil.which(command[0]):
                print(f'SKIPPED: {name} is not installed')
                continue
            front = proxies.free_port()
            run(name, [*command, proxies.before_replicas(source, config, f'{temp}/{config}', ports, front)], front, files, index, replicas, 100 + 100 * ran)
            ran += 1
    finally:
        for r in replicas:
            r.kill()
for f in collections.Counter(re.sub(r'cursor=[^&\']*', 'cursor=...', f) for f in faults).most_common(12):
    print('FAULT', f[1], 'times', f[0])
print(f'{len(faults)} faults')
sys.exit(1 if faults else 0)
