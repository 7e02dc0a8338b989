#!/usr/bin/env python3
"""Word files: drafts with tracked changes, documents, lists of results.

    word_test.py BINARY SOURCE

Of a draft with tracked changes, what is left when all are accepted is the draft, and when all are rejected the base.
"""
import html
import http.client
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree as ET
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import Server  # noqa: E402

BINARY, SOURCE = sys.argv[1:3]
W = '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}'
TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
faults = []


def check(good, what):
    if not good:
        faults.append(what)
        print('FAULT', what)


def ask(server, target, fields=None, file=None):
    """GET, or a form with a file as browsers post it: status, type, body."""
    c = http.client.HTTPConnection('127.0.0.1', server.port, timeout=60)
    if fields is None:
        c.request('GET', target)
    else:
        mark = 'some-boundary-4711'
        body = b''.join(f'--{mark}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in fields.items())
        name, content = file or ('', b'')
        body += f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'.encode() + content + f'\r\n--{mark}--\r\n'.encode()
        c.request('POST', target, body, {'Content-Type': 'multipart/form-data; boundary=' + mark})
    r = c.getresponse()
    body = r.read()
    c.close()
    return r.status, r.getheader('Content-Type'), body


class Word:
    """What a Word file says: every part is well formed, every footnote and change is named once."""
    def __init__(self, data):
        z = zipfile.ZipFile(io.BytesIO(data))
        check(z.testzip() is None, 'a whole archive')
        parts = {n: ET.fromstring(z.read(n)) for n in z.namelist()}
        check(set(parts) == {'[Content_Types].xml', '_rels/.rels', 'docProps/core.xml', 'word/styles.xml', 'word/_rels/document.xml.rels', 'word/document.xml', 'word/footnotes.xml'}, f'parts {set(parts)}')
        self.body = parts['word/document.xml'].find(W + 'body')
        self.notes = {n.get(W + 'id'): ''.join(t.text or '' for t in n.iter(W + 't')).strip() for n in parts['word/footnotes.xml'].iter(W + 'footnote')}
        used = [r.get(W + 'id') for r in self.body.iter(W + 'footnoteReference')]
        check(sorted(used) == sorted(i for i in self.notes if int(i) > 0), 'each footnote is referred to once')
        changes = [e.get(W + 'id') for e in self.body.iter() if e.tag in (W + 'ins', W + 'del')]
        check(len(changes) == len(set(changes)), 'each change has a number of its own')
        styles = {s.get(W + 'styleId') for s in parts['word/styles.xml'].iter(W + 'style')}
        check({s.get(W + 'val') for s in self.body.iter(W + 'pStyle')} <= styles, 'styles that are used are there')

    def paragraphs(self, rejected=False):
        """Texts as they are once all changes are accepted, or rejected. What a paragraph of the head says is left out."""
        gone = W + ('ins' if rejected else 'del')
        out = []
        for p in self.body.iter(W + 'p'):
            style = p.find(f'{W}pPr/{W}pStyle')
            if style is not None and style.get(W + 'val') in ('Note', 'Title'):
                continue
            if p.find(f'{W}pPr/{W}rPr/{gone}') is not None:
                continue
            text = ''
            for child in p:
                if child.tag != gone:
                    text += ''.join(t.text or '' for t in child.iter() if t.tag in (W + 't', W + 'delText'))
            out.append(text)
        return [t for t in out if t]


def lines(document, kinds_left_out):
    return [(p['number'] + '. ' if p['number'] and p['kind'] != 'heading' else '') + p['text'] for p in document['paragraphs'] if p['kind'] not in kinds_left_out]


with tempfile.TemporaryDirectory() as tmp:
    index = os.path.join(tmp, 'index')
    subprocess.run([BINARY, 'index', '--index', index, os.path.join(SOURCE, 'samples/akn')], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with Server(BINARY, index) as server:
        def get(target):
            return json.loads(ask(server, target)[2])
        documents = [m['id'] for m in get('/v1/search?unit=document&limit=100&facets=none')['matches']]
        check(len(documents) > 20, f'{len(documents)} documents')

        # Each document as a Word file has all of its text; footnotes whose places are known are Word's.
        real = 0
        for id in documents:
            status, kind, body = ask(server, f'/v1/documents/{urllib.parse.quote(id)}.docx')
            check(status == 200 and kind == TYPE, f'{id}.docx: {status} {kind}')
            word = Word(body)
            document = get(f'/v1/documents/{urllib.parse.quote(id)}')
            said = ''.join(t.text or '' for t in word.body.iter(W + 't')) + '\n'.join(word.notes.values())
            placed = sum(len(p.get('notes') or []) for p in document['paragraphs'])
            real += placed > 0 and len(word.notes) > 2
            for p in document['paragraphs']:
                check(all(cell in said for cell in p['text'].split(' | ')), f'{id}.docx lacks {p["id"]}')
            rows = sum(p['kind'] == 'table' for p in document['paragraphs'])
            check(sum(1 for _ in word.body.iter(W + 'tr')) == rows, f'{id}.docx: {rows} rows')

        check(real > 3, f'{real} documents with footnotes of Word')

        # A list of results: every paragraph with its reference.
        for query in ('q=light', 'q=%E7%81%AF&lang=zh', 'q=light&unit=document', 'q=nothinglikeit', 'q=%22%5D%5D%3E%3Cscript%3E'):
            status, kind, body = ask(server, '/v1/search.docx?' + query)
            check(status == 200 and kind == TYPE, f'search.docx?{query}: {status} {kind}')
            word = Word(body)
            total = get('/v1/search?limit=0&facets=none&' + query)['total']
            total = total['documents'] if 'unit=document' in query else total['value']
            links = sum('HYPERLINK' in f.get(W + 'instr') for f in word.body.iter(W + 'fldSimple'))
            check(links == total, f'search.docx?{query}: {links} references, {total} found')

        said = '\n'.join(''.join(t.itertext()) for t in Word(ask(server, '/v1/search.docx?q=light&ui=zh')[2]).body.iter(W + 'p'))
        check('检索式：light' in said and '年' in said and '段' in said, 'search.docx?ui=zh: ' + said[:200])

        # Every sample as a draft, with a change in the middle, against itself and against another.
        tried = 0
        for id in documents:
            symbol, language = id.split('@')
            document = get(f'/v1/documents/{urllib.parse.quote(id)}')
            texts = lines(document, ('footnote', 'closing', 'table'))
            if len(texts) < 6 or any('\n' in t for t in texts):
                continue
            draft = list(texts)
            draft[3] = draft[3][:len(draft[3]) // 2] + (' 灯塔看守 ' if language == 'zh' else ' and the keepers of lights ') + draft[3][len(draft[3]) // 2:]
            del draft[4]
            for base in (symbol, ''):
                status, kind, body = ask(server, '/agreed-language', {'draft': '\n\n'.join(draft), 'base': base, 'as': 'docx'})
                check(status == 200 and kind == TYPE, f'{id} as a draft: {status} {kind}')
                if status != 200:
                    continue
                word = Word(body)
                shown = word.paragraphs()
                check(' '.join(''.join(shown).split()).replace(' ', '') == ''.join(draft).replace(' ', ''), f'{id} accepted:\n{shown}\n{draft}')
                if base:
                    before = word.paragraphs(rejected=True)
                    expected = lines(document, ('footnote', 'closing'))
                    check(sorted(before) == sorted(expected), f'{id} rejected:\n{[t for t in before if t not in expected]}\n{[t for t in expected if t not in before]}')
                check(any(re.search(r'\d', n) for n in word.notes.values()), f'{id}: footnotes name paragraphs')
                tried += 1
        check(tried > 20, f'{tried} drafts')

        # A draft that is a file, in both languages of the page; what cannot be read is said.
        def form(name):
            with open(os.path.join(SOURCE, 'tests/indexer/forms', name), 'rb') as f:
                return f.read()
        for name in ('tide_en.docx', 'tide_en.pdf', 'tide_zh.pdf', 'tide_en.html'):
            status, kind, body = ask(server, '/zh/agreed-language', {'draft': 'left alone'}, (name, form(name)))
            check(status == 200 and f'读自 {name}'.encode() in body and b'id="draft-3"' in body, f'{name}: {status}')
        # What the page gave comes back: the draft, without the footnotes that were added; and a file of some clauses alone.
        text = 'The General Assembly,\n\n1. Decides to keep the lights burning until the former keepers have come home;\n\n2. Requests the keepers to report.'
        word = ask(server, '/en/agreed-language', {'draft': text, 'as': 'docx'})[2]
        body = ask(server, '/en/agreed-language', {'draft': ''}, ('back.docx', word))[2].decode()
        back = html.unescape(re.search(r'<textarea[^>]*>(.*?)</textarea>', body, re.S)[1])
        check(back.strip() == text, f'our own Word file comes back as {back}')
        check('references checked' not in body and 'reference checked' not in body, 'our own footnotes are no references of the draft')
        status, kind, body = ask(server, '/en/agreed-language', {'draft': ''}, ('list.docx', ask(server, '/v1/search.docx?q=light')[2]))
        check(status == 200 and b'could not be read' not in body and b'id="draft-1"' in body, f'a Word file that is no resolution: {status}')
        # A base that is not held costs nothing of the answer.
        status, kind, body = ask(server, '/en/agreed-language', {'draft': text, 'base': 'A/RES/7/7777', 'as': 'docx'})
        check(status == 404 and b'A/RES/7/7777' in body and b'id="draft-3"' in body, f'a base that is not held: {status}')
        status, kind, body = ask(server, '/en/agreed-language', {'draft': ''}, ('<b>"x".zip', b'PK\x03\x04' + bytes(60)))
        check(status == 200 and b'could not be read' in body and b'<b>"x' not in body, f'an archive: {status}')
        status, kind, body = ask(server, '/en/agreed-language', {'draft': 'Decides to keep the lights burning', 'base': 'A/RES/7/7777', 'as': 'docx'})
        check(status == 404 and b'A/RES/7/7777' in body, f'a base that is not held: {status}')
        c = http.client.HTTPConnection('127.0.0.1', server.port, timeout=60)
        for kind, body in (('multipart/form-data', b'x'), ('multipart/form-data; boundary=a', b'--b\r\n'), ('multipart/form-data; boundary=a', b'--a\r\n\r\nx\r\n--a--'), ('application/x-www-form-urlencoded', b'draft=%FF')):
            c.request('POST', '/agreed-language', body, {'Content-Type': kind})
            r = c.getresponse()
            r.read()
            check(r.status == 400, f'{kind} {body}: {r.status}')
        c.close()
print(f'{tried} drafts, {len(documents)} documents, {len(faults)} faults')
sys.exit(1 if faults else 0)
