#!/usr/bin/env python3
"""Lists of results as files, from a real server and from the command line: rows equal the total, one generation, sheets that open.

    export_test.py BINARY SOURCE
"""
import csv
import http.client
import io
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import zipfile
import xml.etree.ElementTree as ET

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import Server  # noqa: E402

BINARY, SOURCE = sys.argv[1:3]
SHEET = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
faults = []


def check(good, what):
    if not good:
        faults.append(what)
        print('FAULT', what)


def index(into, *paths):
    subprocess.run([BINARY, 'index', '--index', into, *paths], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def get(server, target):
    c = http.client.HTTPConnection('127.0.0.1', server.port, timeout=60)
    c.request('GET', target)
    r = c.getresponse()
    body = r.read()
    c.close()
    return r, body


def rows_of_csv(data):
    check(data.startswith(b'\xef\xbb\xbf'), 'CSV begins with a byte order mark')
    rows = list(csv.reader(io.StringIO(data.decode('utf-8-sig'), newline='')))
    check(rows[0][0].startswith('# Resolute'), 'CSV says what it is of')
    return rows[1], rows[2:]


def rows_of_xlsx(data):
    """Head and rows, after the lines that say what the sheet is of."""
    z = zipfile.ZipFile(io.BytesIO(data))
    check(z.testzip() is None, 'the sheet is a whole archive')
    sheet = z.read('xl/worksheets/sheet1.xml')
    check(b'<f>' not in sheet and b'<f ' not in sheet, 'the sheet has no formula')
    check(b'state="frozen"' in sheet, 'the head of the sheet is frozen')
    check(b'<hyperlink ' in sheet, 'the sheet has links')
    rows = [[''.join(c.itertext()) for c in row] for row in ET.fromstring(sheet).iter(SHEET + 'row')]
    about = 0
    while rows[about][0] in ('query', 'filters', 'revision', 'total', 'unit', 'time', 'address', 'notice', '检索式', '筛选', '文库版本', '总数', '单位', '时间', '地址', '说明'):
        about += 1
    return dict((r[0], r[1] if len(r) > 1 else '') for r in rows[:about]), rows[about], rows[about + 1:]


with tempfile.TemporaryDirectory() as tmp:
    at = os.path.join(tmp, 'index')
    index(at, os.path.join(SOURCE, 'samples/akn'))
    with Server(BINARY, at) as server:
        for query in ('q=', 'q=%E7%81%AF&lang=zh', 'q=light&unit=document', 'q=nothinglikeit', 'kind=operative&parallel=on'):
            total = json.loads(get(server, '/v1/search?limit=0&facets=none&' + query.replace('&parallel=on', ''))[1])['total']
            total = total['documents'] if 'unit=document' in query else total['value']
            r, data = get(server, '/v1/search.csv?' + query)
            check(r.status == 200 and r.getheader('Transfer-Encoding') == 'chunked', 'CSV comes in chunks')
            head, rows = rows_of_csv(data)
            check(len(rows) == total, f'{query}: {len(rows)} rows of CSV, {total} in all')
            check(all(len(row) == len(head) for row in rows), f'{query}: each row of CSV has every column')
            check(all(row[head.index('url')].startswith(f'http://127.0.0.1:{server.port}/') for row in rows), f'{query}: an address in each row')
            lines = get(server, '/v1/search.jsonl?' + query)[1].decode().splitlines()
            check(len(lines) - 1 == total and json.loads(lines[0])['total']['value'] == total, f'{query}: {len(lines) - 1} lines of JSON, {total} in all')
            if total:
                about, head, rows = rows_of_xlsx(get(server, '/v1/search.xlsx?' + query)[1])
                check(len(rows) == total and about['total'] == str(total), f'{query}: {len(rows)} rows of the sheet, {total} in all')
        # For a reader: heads and values in the words of a language, without it codes.
        for ui, columns, organ, place in (('', ('Body', 'Where', 'Language'), 'GA', 'operative'), ('en', ('Body', 'Where', 'Language'), 'General Assembly', 'OP'), ('zh', ('机关', '位置', '语言'), '大会', '执行')):
            about, head, rows = rows_of_xlsx(get(server, '/v1/search.xlsx?q=light&kind=operative' + (f'&ui={ui}' if ui else ''))[1])
            check(all(c in head for c in columns) and len(head) == len(set(head)), f'ui={ui}: {head}')
            check(rows and all(organ in row for row in rows if row[head.index('文号' if ui == 'zh' else 'Symbol')].startswith('A/RES')), f'ui={ui}: {rows[0]}')
            check(all(any(cell.startswith(place) for cell in row) for row in rows), f'ui={ui}: {rows[0]}')
            check(('检索式' if ui == 'zh' else 'query') in about, f'ui={ui}: {about}')
        check(json.loads(get(server, '/v1/search.xlsx?ui=fr')[1])['parameter'] == 'ui', 'ui is zh or en')
        han = rows_of_csv(get(server, '/v1/search.csv?lang=zh&columns=text')[1])[1]
        check(sum(bool(re.search('[\u4e00-\u9fff]', row[0])) for row in han) > len(han) * 0.9, 'Chinese is intact')

        # HTTP/1.0 knows no chunks: the end of the connection is the end.
        with socket.create_connection(('127.0.0.1', server.port), timeout=30) as s:
            s.sendall(b'GET /v1/search.csv?head=off HTTP/1.0\r\n\r\n')
            data = b''.join(iter(lambda: s.recv(65536), b''))
        check(b'chunked' not in data and data.count(b'\r\n') > 100, 'HTTP/1.0 gets the list as it is')

        # HEAD has no body, and the connection goes on.
        with socket.create_connection(('127.0.0.1', server.port), timeout=30) as s:
            s.sendall(b'HEAD /v1/search.csv HTTP/1.1\r\nHost: x\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
            data = b''.join(iter(lambda: s.recv(65536), b''))
        check(data.count(b'HTTP/1.1 200') == 2, 'HEAD of a list')

        # An update while a list is being read changes nothing in it.
        before = json.loads(get(server, '/v1/search?limit=0&facets=none')[1])
        with socket.create_connection(('127.0.0.1', server.port), timeout=60) as s:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            s.sendall(b'GET /v1/search.jsonl?parallel=on HTTP/1.0\r\n\r\n')
            first = s.recv(1000)
            index(at, os.path.join(SOURCE, 'samples/jsonl'))
            for _ in range(100):
                now = json.loads(get(server, '/v1/search?limit=0&facets=none')[1])
                if now['index']['revision'] != before['index']['revision']:
                    break
            data = first + b''.join(iter(lambda: s.recv(65536), b''))
        lines = data.split(b'\r\n\r\n', 1)[1].decode().splitlines()
        check(len(lines) - 1 == before['total']['value'], f'{len(lines) - 1} lines beside an update, {before["total"]["value"]} before')
        check(json.loads(lines[0])['index']['revision'] == before['index']['revision'], 'the list is of the generation that it began with')

        # A client that leaves sets its place free.
        for _ in range(12):
            with socket.create_connection(('127.0.0.1', server.port), timeout=30) as s:
                s.sendall(b'GET /v1/search.jsonl?parallel=on HTTP/1.1\r\nHost: x\r\n\r\n')
                s.recv(100)
        for _ in range(100):
            status = get(server, '/v1/search.csv')[0].status
            if status == 200:
                break
        check(status == 200, 'lists whose readers have gone hold no place')

    # The same from the command line.
    for name, of in (('csv', rows_of_csv), ('xlsx', rows_of_xlsx)):
        out = os.path.join(tmp, 'list.' + name)
        subprocess.run([BINARY, 'search', '--index', at, '--format', name, '--output', out, '--lang', 'en', '--base-url', 'https://example.org/un', 'light'], check=True)
        with open(out, 'rb') as f:
            rows = of(f.read())[-1]
        check(len(rows) > 3, f'{len(rows)} rows of {name} from the command line')
    out = subprocess.run([BINARY, 'search', '--index', at, '--format', 'ris', '--unit', 'document', 'light'], check=True, stdout=subprocess.PIPE).stdout.decode()
    check(out.count('TY  - ') == out.count('\r\nER  - ') > 1, 'RIS from the command line')
    bad = subprocess.run([BINARY, 'search', '--index', at, '--format', 'csv', '--columns', 'colour', 'light'], stderr=subprocess.PIPE)
    check(bad.returncode == 2 and b'colour' not in bad.stdout if bad.stdout else bad.returncode == 2, 'an unknown column is refused')

print(f'{len(faults)} faults')
sys.exit(1 if faults else 0)
