"""What operators and clients of a running server rely on: keys, SIGHUP, guides, the paragraphs that cite one.

    service_test.py BINARY SOURCE
"""
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import Faults, Server  # noqa: E402

BINARY, SOURCE = sys.argv[1:3]
found = Faults()
faults, check = found.found, found.check


def ask(url, key=None):
    request = urllib.request.Request(url, headers={'Authorization': f'Bearer {key}'} if key else {})
    try:
        with urllib.request.urlopen(request, timeout=20) as r:
            return r.status, r.headers, r.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, e.headers, e.read().decode()


def make_key(name):
    out = subprocess.run([BINARY, 'serve', '--make-key', name], capture_output=True, text=True, check=True).stdout
    return re.search(r'key\s+(\w+)', out).group(1), re.search(r'keys = "(.*)"', out).group(1)


def wait_for(what):
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.05)
    return False


with tempfile.TemporaryDirectory() as tmp:
    index, config = os.path.join(tmp, 'index'), os.path.join(tmp, 'resolute.toml')
    subprocess.run([BINARY, 'index', '--quiet', '--index', index, os.path.join(SOURCE, 'samples/akn'), os.path.join(SOURCE, 'samples/jsonl')], check=True)

    def configure(text):
        with open(config, 'w') as f:
            f.write(text)

    # Keys: by name and hash; who shows one has a rate of its own.
    (key, entry), (other, other_entry) = make_key('library'), make_key('press')
    configure(f'keys = ["{entry}"]\nkeys-only = true\n')
    with Server(BINARY, index, '--config', config) as server:
        search = server.url + '/v1/search?q=light&limit=1'
        status, headers, body = ask(search)
        check(status == 401 and headers['WWW-Authenticate'] == 'Bearer' and json.loads(body)['type'].endswith('key-wanted'), f'no key: {status} {body}')
        check(ask(search, 'a' * 64)[0] == 401 and ask(search, other)[0] == 401, 'an unknown key')
        check(ask(search, key)[0] == 200, 'a known key')
        check(all(ask(server.url + p)[0] == 200 for p in ('/healthz', '/readyz', '/metrics')), 'operators need none')
        # SIGHUP: all that can change does, and a file that is wrong changes nothing.
        configure(f'keys = ["{other_entry}"]\nrate = 0.001\nburst = 2\nkey-rate = 0\npublic-url = "https://example.org/un"\nconnections = 3\n')
        server.process.send_signal(signal.SIGHUP)
        check(wait_for(lambda: ask(search, other)[0] == 200), 'SIGHUP: a new key')
        check(ask(search, key)[0] == 401, 'SIGHUP: the old key is gone')
        check('https://example.org/un/' in ask(server.url + '/v1/search.csv?q=light', other)[2], 'SIGHUP: the public address')
        check(wait_for(lambda: ask(search)[0] == 429), 'SIGHUP: a rate')
        check(all(ask(search, other)[0] == 200 for _ in range(5)), 'a key has its own rate')
        configure('keys = ["wrong"]\n')
        server.process.send_signal(signal.SIGHUP)
        check(wait_for(lambda: any('stays as it was' in line for line in server.log)), 'SIGHUP: a wrong file is told')
        check(ask(search, other)[0] == 200, 'SIGHUP: a wrong file changes nothing')
        check(key not in ''.join(server.log) and other not in ''.join(server.log), 'no key in the log')

    # Who leaves while the request waits costs nothing more; who only closes the sending side is answered.
    with Server(BINARY, index, '--threads', '1', '--waiting', '500') as server:
        text = '\n\n'.join(f'Requests the Keeper of light number {n} to report on the harbour, the lamp and the beacon to the Assembly at its next session;' for n in range(150))
        body = json.dumps({'text': text}).encode()
        head = f'POST /v1/precedents HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n'.encode()
        leaving = [socket.create_connection(('127.0.0.1', server.port)) for _ in range(100)]
        for s in leaving:
            s.sendall(head + body)
        for s in leaving:
            s.close()
        check(ask(server.url + '/v1/search?q=light')[0] == 200, 'an innocent client after 100 that left')
        refused = [line for line in ask(server.url + '/metrics')[2].splitlines() if 'status="499"' in line]
        check(len(refused) == 1 and float(refused[0].split()[-1]) > 10, f'requests of clients that left: {refused}')
        with socket.create_connection(('127.0.0.1', server.port)) as s:
            s.sendall(b'GET /v1/search?q=light HTTP/1.1\r\nHost: x\r\n\r\n')
            s.shutdown(socket.SHUT_WR)
            check(s.recv(12) == b'HTTP/1.1 200', 'a client that closed its sending side')

    with Server(BINARY, index) as server:
        # The guide: every address that it names answers.
        status, headers, guide = ask(server.url + '/llms.txt')
        check(status == 200 and headers['Content-Type'].startswith('text/plain') and guide.startswith('# Resolute'), '/llms.txt')
        links = re.findall(r'\]\((http[^)]*(?:\([^)]*\))?[^)]*)\)', guide)
        check(len(links) > 6, f'links of the guide: {links}')
        for link in links:
            status = ask(link)[0]
            check(status == 200 or (link.endswith('/mcp') and status == 405) or '/A/RES/79/1' in link, f'{link}: {status}')
        # Who names a paragraph: those that the texts of the index themselves name.
        named = 0
        for document in json.loads(ask(server.url + '/v1/search?unit=document&limit=100&facets=none')[2])['matches']:
            symbol, lang = document['symbol'], document['lang']
            for p in json.loads(ask(server.url + f'/v1/documents/{symbol}?lang={lang}')[2])['paragraphs']:
                status, _, body = ask(server.url + '/v1/paragraphs/' + urllib.parse.quote(p['id']) + '/cited-by')
                check(status == 200, f'{p["id"]}: {status}')
                o = json.loads(body)
                check(o['total'] == len(o['paragraphs']) and o['number'] == p['number'], p['id'])
                named += o['total']
                for c in o['paragraphs']:
                    check(p['number'].split('(')[0] in c['text'], f'{c["id"]} does not name {p["id"]}')
        print(f'{named} paragraphs name another by its number')
        check(ask(server.url + '/v1/paragraphs/A/RES/91/12@en%23op999/cited-by')[0] == 404, 'a paragraph that is not there')
        # A draft of nothing but references: bounded, and said.
        draft = json.dumps({'text': 'A/RES/9/9 ' * 20_000}).encode()
        began = time.monotonic()
        with urllib.request.urlopen(urllib.request.Request(server.url + '/v1/citations/check', draft, {'Content-Type': 'application/json'})) as r:
            o = json.load(r)
        took = time.monotonic() - began
        check(o['total'] == 2000 and o['notices'] == ['Only the first 2000 references are checked'], f'{o["total"]} references, {o["notices"]}')
        check(took < 10, f'{took:.1f} s for a draft of nothing but references')
        print(f'a draft of 20,000 references: {took * 1000:.0f} ms')

print(f'{len(faults)} faults')
sys.exit(1 if faults else 0)
