"""Nothing that a document, a draft, a query or a file's name says runs as script, in any format that a browser or a spreadsheet opens.

    xss_test.py BINARY SOURCE [CHROMIUM] [--all]

60 payloads stand in titles, paragraphs, subjects, symbols and names of files of an index; then in queries and drafts. What a browser opens is opened
by Chromium, with the Content-Security-Policy and, through a proxy that drops it, without; every payload marks the document when it runs.
"""
import contextlib
import html.parser
import http.server
import io
import json
import os
import re
import signal
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree
import zipfile
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import Server  # noqa: E402

BINARY, SOURCE = sys.argv[1:3]
CHROMIUM = next((a for a in sys.argv[3:] if not a.startswith('-')), shutil.which('chromium'))
EVERY = '--all' in sys.argv  # each payload as a query of its own in the browser, not a few of them
faults = []
RUN = "document.documentElement.setAttribute('data-'+'ran','yes')"
QUOTED = RUN.replace("'", '&#39;')
PAYLOADS = [
    f'<script>{RUN}</script>', f'</script><script>{RUN}</script>', f'<img src=x onerror="{RUN}">', f'<svg onload="{RUN}">', f'<svg><script>{RUN}</script></svg>', f'"><script>{RUN}</script>', f"'><script>{RUN}</script>",
    f'" onmouseover="{RUN}" autofocus onfocus="{RUN}" x="', f"' autofocus onfocus='{QUOTED}' x='", f'<body onload="{RUN}">', f'<iframe src="javascript:{RUN}"></iframe>', f'<iframe srcdoc="<script>{QUOTED}</script>"></iframe>',
    f'<a href="javascript:{RUN}" autofocus>x</a>', f'javascript:{RUN}', f'<details open ontoggle="{RUN}">', f'<video><source onerror="{RUN}"></video>', f'<audio src=x onerror="{RUN}">', f'<object data="javascript:{RUN}"></object>',
    f'<embed src="javascript:{RUN}">', f'<form><button formaction="javascript:{RUN}" autofocus>x</button></form>', f'<input autofocus onfocus="{RUN}">', f'<select autofocus onfocus="{RUN}"></select>', f'<textarea autofocus onfocus="{RUN}"></textarea>',
    f'<marquee onstart="{RUN}">x</marquee>', f'<math><mi//xlink:href="data:x,<script>{RUN}</script>">', f'<meta http-equiv="refresh" content="0;url=javascript:{RUN}">', f'<base href="javascript:{RUN}//">', f'<link rel=stylesheet href="data:text/css,*{{}}" onload="{RUN}">',
    f'<style onload="{RUN}"></style>', f'<style>@import "javascript:{RUN}";</style>', f'<div style="background:url(javascript:{RUN})">', f'<template><script>{RUN}</script></template>', f'<noscript><p title="</noscript><img src=x onerror={QUOTED}>">',
    f'<!--><img src=x onerror="{RUN}">-->', f'<![CDATA[<script>{RUN}</script>]]>', f'<?xml version="1.0"?><script xmlns="http://www.w3.org/1999/xhtml">{RUN}</script>', f']]><script>{RUN}</script>', f'&lt;script&gt;{RUN}&lt;/script&gt;',
    f'&#60;script&#62;{RUN}&#60;/script&#62;', f'%3Cscript%3E{RUN}%3C/script%3E', f'\\u003cscript\\u003e{RUN}\\u003c/script\\u003e', f'<scr<script>ipt>{RUN}</scr</script>ipt>', f'<SCRIPT>{RUN}</SCRIPT>', f'<script\t>{RUN}</script\t>',
    f'<script/x>{RUN}</script>', f'<<script>{RUN}//<</script>', f'<img src=`x` onerror=`{RUN}`>', f'<img/src="x"/onerror="{RUN}">', f'<x onclick="{RUN}" tabindex=1 autofocus onfocus="{RUN}">', f'${{{RUN}}}', f'{{{{constructor.constructor("{RUN}")()}}}}',
    f'\u2028<script>{RUN}</script>', f'＜script＞{RUN}＜/script＞', f'</title><script>{RUN}</script>', f'</textarea><script>{RUN}</script>', f'</style><script>{RUN}</script>', f'</p></div><script>{RUN}</script>', f'<svg><animate onbegin="{RUN}" attributeName=x dur=1s>',
    f'<svg><a xlink:href="javascript:{RUN}"><text>x</text></a></svg>', '=HYPERLINK("http://evil.example/","x")',
]
FORMULAS = ['=1+1', '+1+1', '-1+1', '@SUM(1)', '\t=1+1', '\r=1+1', '=cmd|\' /C calc\'!A0', '＝1+1']
assert len(PAYLOADS) == 60


def check(good, what):
    if not good:
        faults.append(what)
        print('FAULT', what[:600])


def get(url, body=None, kind=None):
    request = urllib.request.Request(url, body, {'Content-Type': kind} if kind else {})
    try:
        with urllib.request.urlopen(request, timeout=30) as r:
            return r.status, r.headers, r.read()
    except urllib.error.HTTPError as e:
        return e.code, e.headers, e.read()


class Elements(html.parser.HTMLParser):
    """Every element and attribute that a parser sees."""
    DANGEROUS = {'iframe', 'object', 'embed', 'base', 'svg', 'math', 'video', 'audio', 'marquee', 'template', 'noscript'}

    def __init__(self):
        super().__init__()
        self.bad, self.count, self.scripts = [], 0, []

    def handle_starttag(self, tag, attributes):
        self.count += 1
        names = dict(attributes)
        if tag == 'script' and not names.get('src', '').endswith('.js') and names.get('type') != 'application/ld+json':
            self.bad.append((tag, attributes))
        if tag in self.DANGEROUS - {'noscript', 'svg', 'template'}:
            self.bad.append((tag, attributes))
        for name, value in attributes:
            if name.startswith('on') or name in ('srcdoc', 'formaction') or name in ('href', 'src', 'action', 'data', 'poster', 'xlink:href') and re.match(r'\s*(javascript|data|vbscript):', value or '', re.I):
                self.bad.append((tag, name, value))


def look(where, data):
    elements = Elements()
    elements.feed(data.decode())
    check(not elements.bad, f'{where}: {elements.bad[:3]}')
    return elements.count


def cells(data):
    book = zipfile.ZipFile(io.BytesIO(data))
    for name in book.namelist():
        if name.endswith('.xml') or name.endswith('.rels'):
            tree = xml.etree.ElementTree.fromstring(book.read(name))
            for e in tree.iter():
                tag = e.tag.rsplit('}', 1)[-1]
                check(tag != 'f', f'xlsx: a formula: {e.text}')
                if tag == 'Relationship' and e.get('TargetMode') == 'External':
                    check(e.get('Target').startswith('http://127.0.0.1') or e.get('Target').startswith('https://docs.un.org/'), f'xlsx: a link to {e.get("Target")}')


class Plain(http.server.BaseHTTPRequestHandler):
    """A proxy that drops the policy, for browsers that know none."""
    behind = ''

    def do_GET(self):
        status, headers, body = get(self.behind + self.path)
        self.send_response(status)
        for name in ('Content-Type', 'X-Content-Type-Options', 'Content-Disposition'):
            if headers[name]:
                self.send_header(name, headers[name])
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


SAVED = ('application/akn+xml', 'application/marcxml+xml', 'application/ld+json', 'application/atom+xml')  # what a browser does not show


def opened(url):
    """The document that Chromium makes of an address, once its scripts had time; nothing of what it saves instead, which it does not end by itself."""
    saved = url.startswith('http') and get(url)[1]['Content-Type'].startswith(SAVED)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [CHROMIUM, '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', f'--user-data-dir={profile}', '--virtual-time-budget=2500', '--dump-dom', url]
        browser = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            return browser.communicate(timeout=10 if saved else 120)[0].decode('utf-8', 'replace')
        except subprocess.TimeoutExpired:
            if not saved:
                raise
            return ''
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(browser.pid, signal.SIGKILL)


with tempfile.TemporaryDirectory() as tmp:
    folder, index = os.path.join(tmp, 'in'), os.path.join(tmp, 'index')
    os.mkdir(folder)
    with open(os.path.join(folder, 'all.jsonl'), 'w') as f:
        for n, p in enumerate(PAYLOADS + FORMULAS):
            fields = {'symbol': f'A/RES/{90 + n // 40}/{n % 40 + 1}', 'lang': 'en', 'title': f'Marker {n} {p}', 'date': '2036-05-17', 'subjects': [p, f'MARKER {n}'], 'agenda': [p], 'paragraphs': [
                {'id': 'pp1', 'kind': 'preambular', 'text': f'Marker recalling resolution 90/1, {p}'}, {'id': 'op1', 'kind': 'operative', 'number': '1', 'action': p[:20], 'text': f'{p} marker decides {n}'}]}
            f.write(json.dumps(fields) + '\n')
        f.write(json.dumps({'symbol': 'kept-"><img/src=x/onerror=' + RUN.replace(' ', '') + '>', 'lang': 'en', 'title': 'Marker of a symbol', 'text': 'marker text'}) + '\n')
    for n, p in enumerate(PAYLOADS[:20]):  # names of files
        with open(os.path.join(folder, f'{n} ' + p.replace('/', '\u2215')[:120] + '.txt'), 'w') as f:
            f.write(f'Marker of a name {n}\n\n1. Decides that the marker {n} of a file stands in its name;\n')
    r = subprocess.run([BINARY, 'index', '--quiet', '--index', index, folder], capture_output=True, text=True)
    check(r.returncode in (0, 1), f'index: {r.stderr[-500:]}')
    with Server(BINARY, index) as server:
        found = json.loads(get(server.url + '/v1/search?q=marker&unit=document&limit=100&facets=none')[2])
        check(found['total']['documents'] >= 68, f'{found["total"]}')
        ids = [m['id'] for m in found['matches']]
        views = ['/search?q=marker', '/search?q=marker&unit=paragraph', '/', '/browse/GA/90', '/agreed-language?q=marker', '/zh/search?q=marker', '/series/A/RES/90/1', '/help', '/about']
        views += ['/' + urllib.parse.quote(i.rsplit('@', 1)[0]) for i in ids[:6]] + ['/' + urllib.parse.quote(ids[-1].rsplit('@', 1)[0])]
        documents = [f'/v1/documents/{urllib.parse.quote(i)}' for i in ids]
        elements = looked = 0
        # Every format of every document, and of the search.
        for d in documents:
            for ending in ('.html', '.txt', '.akn', '.marcxml', '.ris', '.bib', '.csl', '.jsonld', '.docx', '.json'):
                status, headers, body = get(server.url + d + ending)
                check(status == 200 and headers['X-Content-Type-Options'] == 'nosniff', f'{d}{ending}: {status}')
                looked += 1
                if ending == '.html':
                    elements += look(d + ending, body)
                elif ending in ('.akn', '.marcxml'):
                    tree = xml.etree.ElementTree.fromstring(body)
                    check(not any(e.tag.rsplit('}', 1)[-1] == 'script' for e in tree.iter()), f'{d}{ending}: a script element')
                    check('html' not in headers['Content-Type'], f'{ending} is {headers["Content-Type"]}')
                else:
                    check('html' not in headers['Content-Type'] and 'xml' not in headers['Content-Type'], f'{ending} is {headers["Content-Type"]}')
        for name in ('csv', 'xlsx', 'docx', 'jsonl', 'atom', 'marcxml', 'ris', 'bibtex', 'csl'):
            for q in ['marker', *PAYLOADS[:8], *FORMULAS]:
                status, headers, body = get(server.url + f'/v1/search.{name}?' + urllib.parse.urlencode({'q': q}))
                check(status == 200 and headers['X-Content-Type-Options'] == 'nosniff' and 'text/html' not in headers['Content-Type'], f'search.{name}: {status} {headers["Content-Type"]}')
                looked += 1
                if name == 'xlsx':
                    cells(body)
                elif name in ('atom', 'marcxml'):
                    tree = xml.etree.ElementTree.fromstring(body)
                    for e in tree.iter():
                        tag = e.tag.rsplit('}', 1)[-1]
                        check(tag != 'script' and e.get('type') not in ('html', 'xhtml'), f'{name}: {tag} {e.attrib}')
                        check(not re.match(r'\s*(javascript|data):', e.get('href', ''), re.I), f'{name}: {e.attrib}')
                elif name == 'csv':
                    import csv
                    for row in csv.reader(io.StringIO(body.decode('utf-8-sig'), newline='')):
                        for cell in row:
                            check(not re.match(r'[=+\-@\t\r＝＋－＠]', cell) or re.fullmatch(r'-?[\d.]+', cell), f'csv: a cell {cell!r}')
        # Queries, names and drafts in every view.
        draft_views = []
        for p in PAYLOADS:
            q = urllib.parse.urlencode({'q': p})
            for target in ('/search?' + q, '/zh/search?' + q, '/agreed-language?' + q, '/' + urllib.parse.quote(p, safe=''), '/search?q=a&' + urllib.parse.urlencode({'subject': p})):
                status, headers, body = get(server.url + target)
                looked += 1
                if 'html' in headers['Content-Type']:
                    elements += look(target, body)
                    check("script-src" in headers['Content-Security-Policy'] or "default-src" in headers['Content-Security-Policy'], f'{target}: no policy')
                    check("'unsafe-inline'" not in headers['Content-Security-Policy'].replace("style-src 'unsafe-inline'", ''), f'{target}: {headers["Content-Security-Policy"]}')
            draft_views.append('/search?' + q)
            body = json.dumps({'text': f'Recalling resolution 90/1, entitled “{p}”,\n\n1. Decides {p}'}).encode()
            for target in ('/v1/precedents', '/v1/citations/check'):
                status, headers, answer = get(server.url + target, body, 'application/json')
                looked += 1
                check(status == 200 and headers['Content-Type'].startswith('application/json'), f'{target}: {status}')
            for target in ('/agreed-language', '/zh/agreed-language'):
                status, headers, answer = get(server.url + target, urllib.parse.urlencode({'draft': p + ' recalling resolution 90/1'}).encode(), 'application/x-www-form-urlencoded')
                check(status == 200 and 'html' in headers['Content-Type'], f'{target}: {status}')
                looked += 1
                elements += look(target, answer)
        print(f'{looked} answers, {elements} elements of HTML parsed')
        if not CHROMIUM:
            print('SKIPPED: no chromium')
        else:
            Plain.behind = server.url
            bare = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Plain)
            threading.Thread(target=bare.serve_forever, daemon=True).start()
            without = f'http://127.0.0.1:{bare.server_address[1]}'
            control = os.path.join(tmp, 'control.html')
            with open(control, 'w') as f:
                f.write(f'<!doctype html><title>x</title>{PAYLOADS[2]}')
            check('data-ran="yes"' in opened('file://' + control), 'the browser runs what runs')
            formats = [documents[n] + e for n in (0, 3, 25) for e in ('.html', '.txt', '.akn', '.marcxml', '.json', '.jsonld')] + ['/v1/search.atom?q=marker', '/v1/search.marcxml?q=marker', '/v1/search?q=marker']
            some = draft_views if EVERY else draft_views[::12]
            targets = [server.url + v for v in views] + [without + v for v in views + formats + some]
            with ThreadPoolExecutor(2) as pool:
                for url, page in zip(targets, pool.map(opened, targets)):
                    check('data-ran="yes"' not in page, f'{url} ran')
            print(f'{len(targets)} views in Chromium')
print(f'{len(faults)} faults')
sys.exit(1 if faults else 0)
