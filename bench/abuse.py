#!/usr/bin/env python3
"""A server under abuse, directly and behind nginx and HAProxy with the configurations of docs/proxy.

    abuse.py BINARY INDEX [--seconds N] [--mutations N]

Beside each abuse an innocent client asks every quarter of a second, each time with a new connection: how long did it wait at most, and how
often was it not answered by 200 or, directly, by 503 at once?
"""
import argparse
import contextlib
import os
import random
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'tests', 'e2e'))
import proxies  # noqa: E402
from server import Server  # noqa: E402

arguments = argparse.ArgumentParser()
arguments.add_argument('binary')
arguments.add_argument('index')
arguments.add_argument('--seconds', type=float, default=10)
arguments.add_argument('--mutations', type=int, default=10_000)
given = arguments.parse_args()
random.seed(1945)
faults = []
TLS = ssl.create_default_context()
TLS.check_hostname, TLS.verify_mode = False, ssl.CERT_NONE


class Place:
    """Where requests go: a port, with TLS and a prefix or without."""

    def __init__(self, name, port, tls, prefix, addresses=1):
        self.name, self.port, self.tls, self.prefix, self.addresses = name, port, tls, prefix, addresses

    def hostile(self):
        """The same, for clients of 30 other addresses."""
        return Place(self.name, self.port, self.tls, self.prefix, 30)

    def connect(self, timeout=20, small=False):
        s = socket.socket()
        if small:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        s.settimeout(timeout)
        if self.addresses > 1:
            s.bind((f'127.0.0.{1 + random.randrange(1, self.addresses)}', 0))
        s.connect(('127.0.0.1', self.port))
        return TLS.wrap_socket(s) if self.tls else s

    def head(self, target, method='GET', more=''):
        return f'{method} {self.prefix}{target} HTTP/1.1\r\nHost: search.example.org\r\n{more}\r\n'.encode()

    def ask(self, raw, timeout=20):
        """The status; 0 where the connection ends without one."""
        with self.connect(timeout) as s:
            with contextlib.suppress(OSError):
                s.sendall(raw)
            data = b''
            with contextlib.suppress(OSError):
                while True:
                    piece = s.recv(65536)
                    if not piece:
                        break
                    data += piece
        return int(data[9:12]) if data.startswith(b'HTTP/1.1 ') and data[9:12].isdigit() else 0


def innocent(place, seconds):
    """The times of its answers, and what was no answer."""
    times, bad, until = [], [], time.monotonic() + seconds
    n = random.randrange(10**6)
    while time.monotonic() < until:
        n += 1
        began = time.monotonic()
        try:
            status = place.ask(place.head(f'/v1/search?q=climate&limit={1 + n % 50}&facets=none', more='Connection: close\r\n'))
        except OSError as e:
            status = str(e)
        times.append(time.monotonic() - began)
        if status != 200:
            bad.append(status)
        time.sleep(max(0, 0.25 - times[-1]))
    return times, bad


class Abuse:
    """`count` threads that each do `act` again and again, until they are stopped."""

    def __init__(self, count, act):
        self.stop = threading.Event()
        self.threads = [threading.Thread(target=self.run, args=(act,), daemon=True) for _ in range(count)]

    def run(self, act):
        while not self.stop.is_set():
            try:
                act(self.stop)
            except OSError:
                self.stop.wait(0.2)

    def __enter__(self):
        threading.stack_size(256 << 10)
        for t in self.threads:
            t.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for t in self.threads:
            t.join(30)


def dripping(place):
    def act(stop):
        with place.connect() as s:
            for byte in place.head('/v1/search?q=a', more='X: ' + 'b' * 300 + '\r\n'):
                s.sendall(bytes([byte]))
                if stop.wait(0.3):
                    return
    return act


def slow_reader(place):
    def act(stop):
        with place.connect(small=True) as s:
            s.sendall(place.head(random.choice(['/v1/search.jsonl?q=climate', '/v1/search?q=the&limit=100', '/v1/documents/A/RES/70/1', '/v1/search.csv'])))
            while not stop.wait(1):
                s.recv(16)
    return act


def flood(place):
    def act(stop):
        with contextlib.ExitStack() as all:
            for _ in range(50):
                s = all.enter_context(place.connect())
                s.sendall(place.head(f'/v1/search?q=peace+{random.randrange(10**6)}&limit=1'))
        stop.wait(0.2)
    return act


def endless(place):
    def act(stop):
        with place.connect() as s:
            s.sendall(place.head('/v1/citations/check', 'POST', 'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n'))
            while not stop.wait(0.02):
                s.sendall(b'1000\r\n' + b'a' * 4096 + b'\r\n')
    return act


WORDS = ['the', 'of', 'and', 'to', 'in', 'for', 'its', 'on', 'that', 'with', 'by', 'as', 'all', 'resolution', 'nations', 'united', 'states', 'international', 'general', 'security', 'council', 'report']
COSTLY = [
    'q=' + urllib.parse.quote(' OR '.join(f'{a} NEAR/{d} {b}' for d, (a, b) in enumerate(zip(WORDS[:8], WORDS[1:9]), 2))),
    'q=' + urllib.parse.quote(' '.join(f'"{a} {b}"' for a in WORDS[:14] for b in WORDS[:14] if a != b)),
    'q=' + urllib.parse.quote(' OR '.join(f'"{a} {b}"' for a in WORDS[:14] for b in WORDS[:14] if a != b)),
    'q=' + urllib.parse.quote('"," "." ";" "-" "(" ")"'),
    'q=' + urllib.parse.quote(' '.join('","' for _ in range(2000)))[:8000],
    'q=' + urllib.parse.quote(' OR '.join(f'{c}*' for c in 'abcdefghijklmnopqrstuvwxyz')),
    'q=' + urllib.parse.quote('NOT (' + ' OR '.join(f'{a} NEAR/9 {b}' for a, b in zip(WORDS, WORDS[1:])) + ')'),
    'q=' + urllib.parse.quote(' OR '.join(f'(NOT "{w}" AND "{w}s")' for w in WORDS)),
    'q=' + urllib.parse.quote('的 NEAR/99 和 OR 在 NEAR/99 的 OR 国 NEAR/99 际'),
    'q=the&unit=document&sort=newest&dedupe=on&limit=100&explain=1&facets=body,committee,concerns,type,lang,year,session,subject,kind,action,vote',
]


def costly(place):
    def act(_):
        place.ask(place.head('/v1/search?' + random.choice(COSTLY) + f'&limit={random.randrange(1, 100)}', more='Connection: close\r\n'), 60)
    return act


def costly_draft(place):
    body = ('{"text": "' + 'A/RES/9/9 resolution 60/288 and S/RES/1373 (2001), ' * 5000 + '"}').encode()[:200_000] + b'"}'

    def act(_):
        place.ask(place.head('/v1/citations/check', 'POST', f'Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n') + body, 60)
    return act


def beside(place, name, count, act):
    with Abuse(count, act):
        time.sleep(1)
        times, bad = innocent(place, given.seconds)
    tell(place, name, times, bad)
    time.sleep(1)


def tell(place, name, times, bad):
    times.sort()
    print(f'| {place.name} | {name} | {len(times)} | {len(bad)}{" " + str(sorted(set(map(str, bad)))[:2]) if bad else ""} | {times[len(times) // 2] * 1000:.0f} | {times[-1] * 1000:.0f} |', flush=True)
    if place.tls and (bad or times[-1] > 1):
        faults.append(f'{place.name}, {name}')


def mutate(raw):
    data = bytearray(raw)
    for _ in range(random.randrange(1, 6)):
        at = random.randrange(len(data))
        how = random.randrange(6)
        if how == 0:
            data[at] = random.randrange(256)
        elif how == 1:
            del data[at:at + random.randrange(1, 9)]
        elif how == 2:
            data[at:at] = bytes(random.randrange(256) for _ in range(random.randrange(1, 9)))
        elif how == 3:
            data[at:at] = random.choice([b'%', b'%00', b'%C3', b'\xff\xfe', b'\r\n', b'\n', b'..', b'//', b'"', b'&&', b'q=', b'\0', '的'.encode()])
        elif how == 4:
            data[at:at] = data[at:at + 20] * random.randrange(1, 5)
        else:
            data = data[:at + 1]
        if not data:
            data = bytearray(b'G')
    return bytes(data)


def mutations(place, count):
    valid = [place.head(t, more='Connection: close\r\n') for t in ('/v1/search?q=%22climate%20change%22&lang=en&limit=3&facets=year', '/v1/documents/A/RES/70/1?parallel=zh', '/v1/suggest?q=cli', '/v1/resolve?ref=res%201373',
                                                                    '/v1/search.csv?q=light&columns=symbol,text', '/v1/facets', '/readyz', '/', '/search?q=peace', '/openapi.json')]
    body = b'{"text": "Recalling resolution 60/288", "lang": "en"}'
    valid += [place.head(t, 'POST', f'Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n') + body for t in ('/v1/precedents', '/v1/citations/check', '/mcp')]
    seen, lock = {}, threading.Lock()
    work = iter(range(count))

    def run():
        while True:
            with lock:
                if next(work, None) is None:
                    return
                raw = mutate(random.choice(valid))
            try:
                with place.connect(20) as s:
                    s.sendall(raw)
                    if place.tls:  # cannot be half closed: what is cut is waited for in vain
                        s.settimeout(0.3)
                    else:
                        with contextlib.suppress(OSError):
                            s.shutdown(socket.SHUT_WR)
                    data = s.recv(64)
                # A line without a version is HTTP/0.9 to nginx, which answers it by a body alone.
                bare = place.tls and b' HTTP/' not in raw.split(b'\n')[0]
                status = data[9:12].decode('latin-1') if data.startswith(b'HTTP/1.') else 'closed' if not data else '0.9' if bare else 'other'
            except TimeoutError:
                status = 'waits'
            except OSError:
                status = 'closed'
            with lock:
                seen[status] = seen.get(status, 0) + 1

    threads = [threading.Thread(target=run) for _ in range(16)]
    for t in threads:
        t.start()
    times, bad = innocent(place, 2)
    for t in threads:
        t.join()
    odd = {s: n for s, n in seen.items() if s in ('500', '502', '504', 'other')}
    print(f'{place.name}: {sum(seen.values())} mutated requests: {dict(sorted(seen.items()))}')
    tell(place, f'{count} mutated requests', times, bad)
    if odd:
        faults.append(f'{place.name}, mutations: {odd}')


def invalid(place):
    """Bytes that are no UTF-8 in every part of a request: never a failure of ours."""
    bad, seen = [b'\xff', b'\xc3', b'\xe4\xb8', b'\xed\xa0\x80', b'\xf5\x80\x80\x80', b'\xc0\xaf'], {}
    for b in bad:
        escaped = ''.join(f'%{c:02X}' for c in b)
        raw = [place.head(t.replace('*', escaped), more='Connection: close\r\n') for t in ('/v1/search?q=*', '/v1/search?*=a', '/v1/search?subject=*', '/v1/documents/*', '/v1/paragraphs/A/RES/70/1@en%23*', '/*', '/search?q=*', '/doc/*',
                                                                                             '/v1/resolve?ref=*', '/v1/suggest?q=*', '/v1/search.csv?q=*')]
        raw += [h.replace(b'*', b) for h in (place.head('/v1/search?q=*', more='Connection: close\r\n'), place.head('/', more='Accept: *\r\nCookie: *\r\nAccept-Language: *\r\nConnection: close\r\n'))]
        for path, kind in (('/v1/precedents', 'application/json'), ('/v1/citations/check', 'application/json'), ('/v1/citations/check', 'text/plain'), ('/mcp', 'application/json')):
            body = b'{"text": "a' + b + b'"}'
            raw.append(place.head(path, 'POST', f'Content-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n') + body)
        for request in raw:
            status = place.ask(request)
            seen[status] = seen.get(status, 0) + 1
    print(f'{place.name}: invalid UTF-8: {dict(sorted(seen.items()))}')
    if any(s >= 500 for s in seen):
        faults.append(f'{place.name}, invalid UTF-8: {seen}')


def alone(place):
    """What each costly request takes by itself."""
    slowest = 0
    for q in COSTLY:
        began = time.monotonic()
        status = place.ask(place.head('/v1/search?' + q, more='Connection: close\r\n'), 60)
        took = time.monotonic() - began
        slowest = max(slowest, took)
        print(f'  {took * 1000:6.0f} ms, {status}: {urllib.parse.unquote(q)[:60]}')
    print(f'{place.name}: the slowest of {len(COSTLY)} costly searches by itself: {slowest:.2f} s')


def processor(server):
    fields = open(f'/proc/{server.process.pid}/stat').read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def try_place(place):
    times, bad = innocent(place, 3)
    tell(place, 'nothing', times, bad)
    hostile = place.hostile()
    for count in (200, 600):
        beside(place, f'{count} dripping', count, dripping(hostile))
    beside(place, '64 slow readers', 64, slow_reader(hostile))
    beside(place, 'floods of 50', 4, flood(hostile))
    beside(place, '40 endless chunked bodies', 40, endless(hostile))
    beside(place, '20 costly searches at once', 20, costly(hostile))
    beside(place, '8 costly drafts at once', 8, costly_draft(hostile))
    invalid(place)
    mutations(place, given.mutations)


with tempfile.TemporaryDirectory() as tmp:
    os.chmod(tmp, 0o755)
    certificates = proxies.make_certificate(tmp)
    with Server(given.binary, given.index, '--public-url', 'https://search.example.org/un', '--trusted-proxies', '127.0.0.1', '--cache', '0') as server:
        direct = Place('directly', server.port, False, '')
        alone(direct)
        print('| where | beside | asked | not answered | median ms | slowest ms |\n|---|---|---|---|---|---|')
        try_place(direct)
        for name in ('nginx', 'haproxy'):
            if not certificates or not shutil.which(name):
                print(f'SKIPPED: {name}')
                continue
            process, port = proxies.start(name, os.path.join(HERE, '..'), tmp, certificates, server.port)
            time.sleep(1)
            try:
                try_place(Place(name, port, True, '/un'))
            finally:
                process.terminate()
                process.wait(10)
        print(f'the server used {processor(server):.0f} s of a processor')
        if server.process.poll() is not None:
            faults.append('the server ended')
print(f'{len(faults)} faults', *faults, sep='\n  ')
sys.exit(1 if faults else 0)
