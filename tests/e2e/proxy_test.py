#!/usr/bin/env python3
"""The configurations of docs/proxy before a real server: prefix, compression, cache, lists, slow clients.

    proxy_test.py BINARY SOURCE

Each of nginx and haproxy that is not installed is skipped, loudly.
"""
import gzip
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import proxies  # noqa: E402
from server import Faults, Server  # noqa: E402

BINARY, SOURCE = sys.argv[1:3]
found = Faults()
faults, check = found.found, found.check


def connect(port):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(socket.create_connection(('127.0.0.1', port), timeout=30))


def ask(port, target, headers=''):
    """Status, fields in small letters and body, over TLS."""
    with connect(port) as s:
        s.sendall(f'GET {target} HTTP/1.1\r\nHost: search.example.org\r\nConnection: close\r\n{headers}\r\n'.encode())
        data = b''.join(iter(lambda: s.recv(65536), b''))
    head, body = data.split(b'\r\n\r\n', 1)
    lines = head.decode('latin-1').split('\r\n')
    fields = {n.lower(): v.strip() for n, v in (line.split(':', 1) for line in lines[1:])}
    if fields.get('transfer-encoding') == 'chunked':
        whole, at = b'', 0
        while True:
            end = body.index(b'\r\n', at)
            size = int(body[at:end].split(b';')[0], 16)
            if size == 0:
                break
            whole += body[end + 2:end + 2 + size]
            at = end + 4 + size
        body = whole
    return int(lines[0].split()[1]), fields, gzip.decompress(body) if fields.get('content-encoding') == 'gzip' else body


def try_proxy(name, port):
    for _ in range(100):
        try:
            if ask(port, '/un/readyz')[0] == 200:
                break
        except OSError:
            pass
        time.sleep(0.1)
    status, fields, body = ask(port, '/un/v1/search?q=light&facets=none', 'Accept-Encoding: gzip\r\n')
    check(status == 200 and fields.get('content-encoding') == 'gzip' and json.loads(body)['total']['value'] > 0, f'{name}: a search, compressed: {status} {fields}')
    tag = fields.get('etag', '')
    check(tag.startswith('W/'), f'{name}: the ETag passes')
    check(ask(port, '/un/v1/search?q=light&facets=none', f'If-None-Match: {tag}\r\n')[0] == 304, f'{name}: a repeat is 304')
    check(ask(port, '/un/v1/documents/A/RES/91/12', 'Accept: text/plain\r\n')[1]['content-type'].startswith('text/plain'), f'{name}: Accept passes')
    check(ask(port, '/un/v1/documents/A/RES/91/12')[1]['content-type'].startswith('application/json'), f'{name}: a form is not given for another')
    check(b'https://search.example.org/un/' in ask(port, '/un/v1/documents/A%2FRES%2F91%2F12@en.ris')[2], f'{name}: an address with its slashes encoded, and whole addresses in the answer')
    total = json.loads(ask(port, '/un/v1/search?limit=0&facets=none')[2])['total']['value']
    lines = ask(port, '/un/v1/search.jsonl')[2].splitlines()
    check(len(lines) == total + 1, f'{name}: {len(lines) - 1} lines of a list, {total} in all')
    check(ask(port, '/v1/search')[0] == 404, f'{name}: nothing outside of the prefix')
    check(ask(port, '/un/v1/search?limit=x')[0] == 400, f'{name}: problems pass')
    # Dripping clients, of which the server hears nothing: an innocent one is answered at once.
    stop = threading.Event()
    dripping = [connect(port) for _ in range(30)]

    def drip():
        for byte in b'GET /un/healthz HTTP/1.1\r\nHost: x\r\nA: ' + b'b' * 200:
            for c in dripping:
                try:
                    c.sendall(bytes([byte]))
                except OSError:
                    pass
            if stop.wait(0.1):
                return
    thread = threading.Thread(target=drip)
    thread.start()
    slowest = 0
    for _ in range(10):
        began = time.monotonic()
        check(ask(port, '/un/v1/search?q=light&limit=1&facets=none')[0] == 200, f'{name}: an answer beside dripping clients')
        slowest = max(slowest, time.monotonic() - began)
        time.sleep(0.2)
    stop.set()
    thread.join()
    for c in dripping:
        c.close()
    check(slowest < 3, f'{name}: {slowest:.2f} s beside 30 dripping clients')
    print(f'{name}: slowest answer beside 30 dripping clients {slowest * 1000:.0f} ms')


def run(name, process, port):
    try:
        try_proxy(name, port)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
    check(process.returncode in (0, 143, -15), f'{name} ended with {process.returncode}: {process.stderr.read()[-500:]}')


with tempfile.TemporaryDirectory() as tmp:
    os.chmod(tmp, 0o755)
    index = os.path.join(tmp, 'index')
    subprocess.run([BINARY, 'index', '--index', index, os.path.join(SOURCE, 'samples/akn')], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    certificates = proxies.make_certificate(tmp)
    if not certificates:
        print('SKIPPED: no openssl to make a certificate with')
        sys.exit(0)
    with Server(BINARY, index, '--public-url', 'https://search.example.org/un', '--trusted-proxies', '127.0.0.1') as server:
        for name in ('nginx', 'haproxy'):
            if not shutil.which(name):
                print(f'SKIPPED: {name} is not installed')
                continue
            run(name, *proxies.start(name, SOURCE, tmp, certificates, server.port))

print(f'{len(faults)} faults')
sys.exit(1 if faults else 0)
