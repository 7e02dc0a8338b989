#!/usr/bin/env python3
"""Drafts as files and tools for assistants, with a real server.

    formats_test.py BINARY SOURCE

Files are those of tests/indexer/forms. The protocol's own client comes from npm; without it that part is
skipped, loudly.
"""
import http.client
import io
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import Server  # noqa: E402

BINARY, SOURCE = sys.argv[1:3]
faults = []
SENTENCES = ['Recalling its resolution 91/12 on the lights of the harbours,', '1. Decides to keep the lights of the harbours burning through the night;', '2. Requests the keepers to report on the lamps every year;']


def check(good, what):
    if not good:
        faults.append(what)
        print('FAULT', what)


def post(server, target, body, kind):
    c = http.client.HTTPConnection('127.0.0.1', server.port, timeout=60)
    try:
        c.request('POST', target, body, {'Content-Type': kind})
    except BrokenPipeError:
        pass  # refused before all of it was sent; the answer is there
    r = c.getresponse()
    data = r.read()
    c.close()
    return r.status, json.loads(data) if data else None


DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
with tempfile.TemporaryDirectory() as tmp:
    index = os.path.join(tmp, 'index')
    subprocess.run([BINARY, 'index', '--index', index, os.path.join(SOURCE, 'samples/akn')], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with Server(BINARY, index) as server:
        def form(name):
            with open(os.path.join(SOURCE, 'tests/indexer/forms', name), 'rb') as f:
                return f.read()
        for kind, body, told in (('text/plain', '\n\n'.join(SENTENCES).encode(), 'text'), ('text/html; charset=utf-8', form('tide_en.html'), 'html'), (DOCX, form('tide_en.docx'), 'docx'), ('application/pdf', form('tide_zh.pdf'), 'pdf'),
                                 ('application/octet-stream', form('tide_en.pdf'), 'pdf')):
            status, answer = post(server, '/v1/citations/check', body, kind)
            check(status == 200 and answer['draft']['format'] == told, f'{kind}: {status} {str(answer)[:300]}')
            if status == 200:
                check(answer['draft']['paragraphs'] and all(p['text'] for p in answer['draft']['paragraphs']), f'{kind}: paragraphs {str(answer["draft"])[:300]}')
                for c in answer['citations']:
                    check(answer['draft']['text'][slice(*c['span'])] == c['text'], f'{kind}: spans are of the text given: {c}')
            status, answer = post(server, '/v1/precedents?limit=2', body, kind)
            check(status == 200 and len(answer['paragraphs']) >= 3, f'{kind}: {status}, precedents')
        # What cannot be read, what never ends, what is too much.
        for body in (b'%PDF-1.4 garbage', b'PK\x03\x04garbage', b'\0' * 1000):
            status, answer = post(server, '/v1/citations/check', body, 'application/pdf')
            check(status in (400, 422), f'garbage: {status} {answer}')
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, 'w', zipfile.ZIP_DEFLATED) as z:
            z.writestr('[Content_Types].xml', '<Types/>')
            z.writestr('word/document.xml', b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>' + b'<w:p>' * 3000000)
        began = time.monotonic()
        status, _ = post(server, '/v1/citations/check', bomb.getvalue(), DOCX)
        check(status in (400, 413, 422), f'a file that unpacks to much: {status}')
        check(time.monotonic() - began < 25, 'and is given up in time')
        check(post(server, '/v1/citations/check', b'x' * (11 << 20), 'text/plain')[0] == 413, 'more than 10 MiB')
        check(post(server, '/v1/citations/check', json.dumps({'text': 'Recalling resolution 91/12'}), 'application/json')[1]['total'] == 1, 'JSON as ever')

        # The protocol's own client.
        npm = shutil.which('npm')
        folder = os.environ.get('RESOLUTE_NODE_MODULES') or os.path.join(tmp, 'npm')
        os.makedirs(folder, exist_ok=True)
        if npm and not os.path.isdir(os.path.join(folder, 'node_modules/@modelcontextprotocol/sdk')):
            with contextlib.suppress(subprocess.TimeoutExpired):
                subprocess.run([npm, 'install', '--prefix', folder, '--no-audit', '--no-fund', '--silent', '@modelcontextprotocol/sdk@1'], timeout=90,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if not npm or not os.path.isdir(os.path.join(folder, 'node_modules/@modelcontextprotocol/sdk')):
            print('SKIPPED: no npm, or no client of the Model Context Protocol from it')
        else:
            script = os.path.join(folder, 'client.mjs')
            with open(script, 'w') as f:
                f.write('''
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
const [url, binary, index] = process.argv.slice(2);
const seen = [];
for (const transport of [new StreamableHTTPClientTransport(new URL(url)), new StdioClientTransport({ command: binary, args: ['mcp', '--index', index] })]) {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  const { tools } = await client.listTools();
  const found = await client.callTool({ name: 'search', arguments: { query: 'light', lang: 'en', limit: 3 } });
  const id = found.structuredContent.matches[0].id;
  const symbol = id.split('@')[0];
  const calls = [['read_document', { symbol }], ['resolve', { reference: 'resolution 91/12' }], ['precedents', { text: found.structuredContent.matches[0].text }], ['check_citations', { text: 'Recalling resolution 91/12' }],
    ['history', { id }], ['cited_by', { symbol: 'A/RES/91/12' }]];
  for (const [name, args] of calls) {
    const answer = await client.callTool({ name, arguments: args });
    if (answer.isError) throw new Error(name + ': ' + JSON.stringify(answer).slice(0, 500));
  }
  const wrong = await client.callTool({ name: 'read_document', arguments: { symbol: 'A/RES/999/999' } });
  seen.push({ tools: tools.map((t) => t.name), matches: found.structuredContent.matches.length, wrong: wrong.isError });
  await client.close();
}
console.log(JSON.stringify(seen));
''')
            done = subprocess.run(['node', script, server.url + '/mcp', BINARY, index], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
            check(done.returncode == 0, f'the client of the protocol: {done.stderr.decode()[-800:]}')
            if done.returncode == 0:
                for seen in json.loads(done.stdout):
                    check(len(seen['tools']) == 7 and seen['matches'] == 3 and seen['wrong'] is True, f'the client of the protocol saw {seen}')
                print('the client of the protocol spoke by HTTP and by standard input')

print(f'{len(faults)} faults')
sys.exit(1 if faults else 0)
