#!/usr/bin/env python3
"""docs/endpoints.md: every endpoint by format and error, as a real server answers.

    table_test.py BINARY SOURCE [--update]

Each cell is an answer: its status, and its media type or the type of its problem. Where the page differs the test fails; with --update
it is written anew.
"""
import http.client
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import Server  # noqa: E402

BINARY, SOURCE = sys.argv[1:3]
SYMBOL, PARAGRAPH = '/v1/documents/A/RES/91/12', '/v1/paragraphs/A/RES/91/12@en%23op1'
SHORT = {'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx (OOXML)', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx (OOXML)', 'application/vnd.citationstyles.csl+json': 'application/csl+json (vnd.citationstyles)'}


def ask(server, target, method='GET', headers=None, body=None):
    c = http.client.HTTPConnection('127.0.0.1', server.port, timeout=60)
    c.request(method, target, body, headers or {})
    r = c.getresponse()
    data = r.read()
    c.close()
    kind = (r.getheader('Content-Type') or '').split(';')[0]
    if kind == 'application/problem+json':
        kind = json.loads(data)['type'].rsplit(':', 1)[1]
    return f'{r.status} {SHORT.get(kind, kind)}'.strip()


def get_rows(openapi, formats):
    """Endpoint, an address that answers, one that is not there, a parameter with a bad value."""
    yield '/v1/search', '/v1/search?q=light', None, 'limit=x'
    for f in formats:
        yield f'/v1/search.{f}', f'/v1/search.{f}?q=light', None, 'columns=x'
    yield '/v1/search.{other}', None, '/v1/search.other', None
    document = openapi['paths']['/v1/documents/{symbol}']['get']['parameters']
    for f in next(p for p in document if p['name'] == 'format')['schema']['enum']:
        yield f'/v1/documents/{{symbol}}?format={f}', f'{SYMBOL}?format={f}', f'/v1/documents/A/RES/999/1?format={f}', 'lang=x'
    for tail in ('.atom', '/source', '/citations', '/cited-by', '/history'):
        yield '/v1/documents/{symbol}' + tail, SYMBOL + tail, '/v1/documents/A/RES/999/1' + tail, {'.atom': 'limit=x', '/history': 'lang=x', '/source': 'lang=x'}.get(tail, 'depth=x')
    for tail in ('', '/history', '/history.atom', '/cited-by'):
        yield '/v1/paragraphs/{id}' + tail, PARAGRAPH + tail, '/v1/paragraphs/A/RES/91/12@en%23op999' + tail, 'limit=x' if tail.endswith('atom') else None
    yield '/v1/resolve', '/v1/resolve?ref=91/12', None, 'ref='
    yield '/v1/facets', '/v1/facets', None, None
    yield '/v1/phrases', '/v1/phrases?q=light', None, 'limit=x'
    yield '/v1/suggest', '/v1/suggest?q=light', None, 'limit=x'
    yield '/v1/related', '/v1/related?q=light', None, 'limit=x'
    for path in ('/healthz', '/readyz', '/metrics', '/llms.txt', '/openapi.json', '/opensearch.xml'):
        yield path, path, None, 'min_revision=x' if path == '/readyz' else None


def with_more(target, more):
    name = more.split('=')[0]
    kept = [p for p in target.partition('?')[2].split('&') if p and p.split('=')[0] != name]
    return target.partition('?')[0] + '?' + '&'.join(kept + [more])


def make(server, empty, openapi):
    formats = next(p for p in openapi['paths']['/v1/search.{format}']['get']['parameters'] if p['name'] == 'format')['schema']['enum']
    out = ['# Endpoints by format and error', '', 'Made by `tests/e2e/table_test.py`, which asks a server over samples/; the test fails where an answer is another. `-`: this cannot happen there.', '',
           '| GET, HEAD | answer | nothing there | unknown parameter | bad value | POST | no index |', '|---|---|---|---|---|---|---|']
    named = set()
    for name, good, missing, bad in get_rows(openapi, formats):
        named.add(name.split('?')[0])
        static = name in ('/openapi.json', '/opensearch.xml')
        cells = [ask(server, good) if good else '-', ask(server, missing) if missing else '-', ask(server, with_more(good, 'zz=1')) if good and not static else '-',
                 ask(server, with_more(good, bad)) if bad else '-', ask(server, good, 'POST') if good else '-', ask(empty, good) if good else '-']
        out.append('| `' + name + '` | ' + ' | '.join(cells) + ' |')
    out += ['', '| POST | JSON | text/plain | image/png | no body | JSON that is none | GET | no index |', '|---|---|---|---|---|---|---|---|']
    message = json.dumps({'jsonrpc': '2.0', 'id': 1, 'method': 'ping'})
    draft = json.dumps({'text': 'Recalling resolution 91/12,'})
    for path, body in (('/v1/precedents', draft), ('/v1/citations/check', draft), ('/mcp', message)):
        named.add(path)
        form = {'Content-Type': 'application/json'}
        c = [ask(server, path, 'POST', form, body), ask(server, path, 'POST', {'Content-Type': 'text/plain'}, 'Recalling resolution 91/12,' if path != '/mcp' else message), ask(server, path, 'POST', {'Content-Type': 'image/png'}, 'x'),
             ask(server, path, 'POST', {'Content-Length': '0'}), ask(server, path, 'POST', form, '{'), ask(server, path), ask(empty, path, 'POST', form, body)]
        out.append('| `' + path + '` | ' + ' | '.join(c) + ' |')
    missing = [p for p in openapi['paths'] if p not in named and p != '/v1/search.{format}']
    return '\n'.join(out) + '\n', missing


with tempfile.TemporaryDirectory() as tmp:
    index = os.path.join(tmp, 'index')
    subprocess.run([BINARY, 'index', '--keep-sources', '--index', index, os.path.join(SOURCE, 'samples/akn')], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(os.path.join(SOURCE, 'schemas/openapi.json'), encoding='utf8') as f:
        openapi = json.load(f)
    with Server(BINARY, index) as server, Server(BINARY, os.path.join(tmp, 'none')) as empty:
        table, missing = make(server, empty, openapi)
page = os.path.join(SOURCE, 'docs/endpoints.md')
if '--update' in sys.argv:
    with open(page, 'w', encoding='utf8') as f:
        f.write(table)
with open(page, encoding='utf8') as f:
    told = f.read()
if told != table:
    for a, b in zip(told.split('\n'), table.split('\n')):
        if a != b:
            print('docs/endpoints.md:', a, '\n         is now:', b)
if missing:
    print('not in the table:', missing)
sys.exit(0 if told == table and not missing else 1)
