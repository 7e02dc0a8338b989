"""What fails around a server and an indexer: a full disk, an index that is deleted, cut, flipped or read-only, no descriptors, a clock set back.

    faults_test.py BINARY SOURCE

A full disk needs a small tmpfs, which only root may mount: it is skipped, loudly, where it cannot be had.
"""
import glob
import json
import os

import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import Faults, Server  # noqa: E402

BINARY, SOURCE = sys.argv[1:3]
found = Faults()
faults, check = found.found, found.check


def status(url):
    try:
        with urllib.request.urlopen(url, timeout=20) as r:
            return r.status
    except urllib.error.HTTPError as e:
        return e.code
    except OSError as e:
        return str(e)


def wait_for(what, seconds=40):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.1)
    return False


def index(into, *paths, **more):
    return subprocess.run([BINARY, 'index', '--quiet', '--index', into, *paths], capture_output=True, text=True, **more)


def documents(into):
    return json.loads(subprocess.run([BINARY, 'stats', '--json', '--index', into], capture_output=True, text=True).stdout)['documents']


def write_documents(path, count, first=0):
    words = 'lamp light keeper shore harbour tide signal bell storm night watch oil wick stone stair rail cable lens gale fog'.split()
    with open(path, 'w') as f:
        for n in range(first, first + count):
            text = '\n'.join(' '.join(words[(n * 7 + i * i + k * 3) % len(words)] + str((n * i + k) % 997) for k in range(40)) for i in range(20))
            f.write(json.dumps({'symbol': f'A/RES/{100 + n // 50}/{n % 50 + 1}', 'lang': 'en', 'title': f'Of lamps {n}', 'text': text}) + '\n')


def full_disk(tmp):
    disk = os.path.join(tmp, 'disk')
    os.mkdir(disk)
    if os.geteuid() != 0 or subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', disk], capture_output=True).returncode:
        print('SKIPPED: a full disk; a tmpfs cannot be mounted here')
        return
    try:
        where, large, small = os.path.join(disk, 'index'), os.path.join(tmp, 'large.jsonl'), os.path.join(tmp, 'small.jsonl')
        write_documents(large, 3000, 200)
        write_documents(small, 5, 5000)
        check(index(where, os.path.join(SOURCE, 'samples/akn')).returncode == 0, 'a small index fits')
        before = documents(where)
        with Server(BINARY, where) as server:
            search = server.url + '/v1/search?q=light&limit=1&facets=none'
            used = lambda: shutil.disk_usage(disk).used
            begun = used()
            for n in range(3):
                r = index(where, large)
                check(r.returncode == 2 and 'no space left' in r.stderr and 'MiB are needed' in r.stderr, f'a full disk is named: {r.returncode} {r.stderr}')
                check(used() <= begun + (64 << 10), f'what was begun is removed: {begun} then {used()} bytes')
                check(documents(where) == before and status(search) == 200, 'the last state is served')
            print(r.stderr.strip())
            check(subprocess.run([BINARY, 'verify', '--index', where], capture_output=True).returncode == 0, 'verify after a full disk')
            r = index(where, small)
            check(r.returncode == 0 and documents(where) == before + 5, f'what fits is taken after it: {r.stderr}')
            check(wait_for(lambda: json.load(urllib.request.urlopen(server.url + '/v1/search?limit=0&facets=none'))['index']['documents'] == before + 5), 'and served')
    finally:
        subprocess.run(['umount', disk])


def damaged_while_serving(tmp):
    where, copy = os.path.join(tmp, 'served'), os.path.join(tmp, 'copy')
    index(where, os.path.join(SOURCE, 'samples/akn'))
    shutil.copytree(where, copy)
    with Server(BINARY, where) as server:
        search, ready = server.url + '/v1/search?q=light&facets=year&limit=100', server.url + '/readyz'

        def put_back():
            for path in sorted(glob.glob(copy + '/**', recursive=True)):
                there = path.replace(copy, where)
                if os.path.isdir(path):
                    os.makedirs(there, exist_ok=True)
                elif not os.path.exists(there) or open(path, 'rb').read() != open(there, 'rb').read():
                    with open(there, 'r+b' if os.path.exists(there) else 'wb') as f:  # in place
                        f.write(open(path, 'rb').read())
                        f.truncate()

        for name in ('segment.bin', 'entries', 'phrases.bin'):
            for how in ('cut', 'flipped', 'emptied'):
                path = glob.glob(f'{where}/segments/*/{name}')[0]
                data = bytearray(open(path, 'rb').read())
                with open(path, 'r+b') as f:
                    if how == 'flipped':
                        for at in range(0, len(data), 37):
                            data[at] ^= 0xFF
                        f.write(data)
                    else:
                        f.truncate(len(data) // 2 if how == 'cut' else 0)
                answers = {status(search) for _ in range(20)}
                check(answers <= {200, 503}, f'{name} {how}: {answers}')
                check(wait_for(lambda: status(ready) == 503), f'{name} {how}: not ready')
                check(server.process.poll() is None, f'{name} {how}: the process lives')
                put_back()
                check(wait_for(lambda: status(ready) == 200 and status(search) == 200), f'{name} {how}: back again')
        check(any('damaged' in line for line in server.log), 'the log says damaged')
        log = len(server.log)
        # Deleted: the last state is served on; put back: it goes on.
        shutil.rmtree(where)
        time.sleep(1.5)
        check(status(search) == 200 and status(ready) == 200, f'deleted: the last good state: {status(search)}')
        index(where, os.path.join(SOURCE, 'samples/jsonl'))
        check(wait_for(lambda: json.load(urllib.request.urlopen(server.url + '/v1/search?limit=0&facets=none'))['index']['documents'] == documents(where)), 'an index that is built anew is served')
        check(len(server.log) - log < 10, f'{len(server.log) - log} lines of log')


def read_only(tmp):
    where = os.path.join(tmp, 'read-only')
    index(where, os.path.join(SOURCE, 'samples/akn'))
    before = documents(where)
    mounted = os.geteuid() == 0 and subprocess.run(['mount', '--bind', where, where], capture_output=True).returncode == 0 and subprocess.run(['mount', '-o', 'remount,ro,bind', where], capture_output=True).returncode == 0
    if not mounted and os.geteuid() == 0:
        print('SKIPPED: a read-only folder; root writes everywhere and cannot mount here')
        return
    try:
        if not mounted:
            subprocess.run(['chmod', '-R', 'a-w', where])
        r = index(where, os.path.join(SOURCE, 'samples/jsonl'))
        check(r.returncode == 2 and ('Read-only' in r.stderr or 'Permission' in r.stderr), f'read-only: {r.returncode} {r.stderr}')
        with Server(BINARY, where) as server:
            check(status(server.url + '/v1/search?q=light') == 200 and documents(where) == before, 'read-only: served')
    finally:
        subprocess.run(['umount', where]) if mounted else subprocess.run(['chmod', '-R', 'u+w', where])
    check(index(where, os.path.join(SOURCE, 'samples/jsonl')).returncode == 0, 'writable again')


def descriptors(tmp):
    where = os.path.join(tmp, 'few')
    index(where, os.path.join(SOURCE, 'samples/akn'))
    import resource
    import socket
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, limits[1]))
    try:
        server = Server(BINARY, where)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    with server:
        search = server.url + '/v1/search?q=light&limit=1'
        check(status(search) == 200, 'few descriptors: an answer')
        held = []
        for _ in range(100):
            s = socket.create_connection(('127.0.0.1', server.port), timeout=5)
            held.append(s)
        time.sleep(1)
        check(server.process.poll() is None, 'no descriptors: the process lives')
        index(where, os.path.join(SOURCE, 'samples/jsonl'))
        time.sleep(1.5)
        for s in held:
            s.close()
        check(wait_for(lambda: status(search) == 200), f'descriptors again: {status(search)}')
        check(wait_for(lambda: json.load(urllib.request.urlopen(server.url + '/v1/search?limit=0&facets=none'))['index']['documents'] == documents(where)), 'the state that could not be opened is served')


def clock(tmp):
    """A clock that was set back, as the index sees it: all that lies there is of the next year. (faketime does not go with jemalloc.)"""
    where = os.path.join(tmp, 'clock')
    index(where, os.path.join(SOURCE, 'samples/akn'))
    with Server(BINARY, where) as server:
        ahead = time.time() + 400 * 86400
        for path in glob.glob(where + '/**', recursive=True):
            os.utime(path, (ahead, ahead))
        time.sleep(1.5)
        check(status(server.url + '/v1/search?q=light') == 200, 'files of the next year are served')
        r = index(where, os.path.join(SOURCE, 'samples/jsonl'))
        check(r.returncode == 0, f'indexing with the clock set back: {r.stderr}')
        check(wait_for(lambda: json.load(urllib.request.urlopen(server.url + '/v1/search?limit=0&facets=none'))['index']['documents'] == documents(where)), 'a state from the past is served')
        feed = urllib.request.urlopen(server.url + '/v1/search.atom?unit=document').read().decode()
        check(feed.count('<entry') > 0, 'feeds go by revisions')
    check(subprocess.run([BINARY, 'verify', '--index', where], capture_output=True).returncode == 0, 'verify after a clock set back')


with tempfile.TemporaryDirectory() as tmp:
    for part in (full_disk, damaged_while_serving, read_only, descriptors, clock):
        part(tmp)
        print('tried', part.__name__, flush=True)
print(f'{len(faults)} faults')
sys.exit(1 if faults else 0)
