"""A real server end to end: the contract (contract_test.py), then everything that a network may send.

    server_test.py BINARY SOURCE

Each row of the tables is one kind of hostile request with the answer it must get. After each the
server must be alive, and at the end its stderr must hold no sanitizer's report.
"""
import errno
import json
import os
import socket
import struct
import sys
import tempfile
import threading
import time
from urllib.parse import quote

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import contract_test  # noqa: E402
from server import Server  # noqa: E402

HOST = b'Host: x\r\n'
HIDDEN = b'GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n'


def get(target, fields=b'', method=b'GET', version=b'HTTP/1.1'):
    target = target.encode() if isinstance(target, str) else target
    return method + b' ' + target + b' ' + version + b'\r\n' + HOST + fields + b'\r\n'


def with_body(method, framing, body, target=b'/healthz'):
    return [get(target, framing, method), body]


def draft(body, length=None, fields=b'', target=b'/v1/precedents'):
    return get(target, fields + b'Content-Length: %d\r\n' % (len(body) if length is None else length), b'POST') + body


def chunked(body):
    return b'%x\r\n' % len(body) + body + b'\r\n0\r\n\r\n'


def search(raw_query):
    return get(b'/v1/search?' + (raw_query.encode() if isinstance(raw_query, str) else raw_query))


# name, bytes (or a list of pieces, sent a moment apart), status of each answer in turn, the type of
# the problem and the parameter it names. An empty list: the connection is closed without an answer.
BAD, ENC, PAR, UNK, NOT = 'malformed-request', 'invalid-encoding', 'invalid-parameter', 'unknown-parameter', 'not-found'
RAW = [
    # What is no HTTP, or not properly so.
    ('random bytes', bytes(range(128, 256)) + b'\r\n\r\n', [400], BAD),
    ('a TLS greeting', b'\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' + bytes(64), [400], BAD),
    ('NUL bytes', bytes(100), [400], BAD),
    ('letters without a line end', b'garbage', []),
    ('a line of letters', b'garbage\r\n\r\n', [400], BAD),
    ('only line ends', b'\r\n\r\n\r\n', []),
    ('nothing', b'', []),
    ('an empty line before the request', b'\r\n' + get('/healthz'), [200]),
    ('HTTP/0.9', b'GET /healthz\r\n', [400], BAD),
    ('HTTP/0.9 with a header', b'GET /healthz\r\n' + HOST + b'\r\n', [400], BAD),
    ('HTTP/1.0', b'GET /healthz HTTP/1.0\r\n\r\n', [200]),
    ('HTTP/1.0 that asks to stay', b'GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n' + HIDDEN, [200]),
    ('HTTP/1.2', get('/healthz', version=b'HTTP/1.2'), [200]),
    ('HTTP/2.0', get('/healthz', version=b'HTTP/2.0'), [505], 'version-not-supported'),
    ('the preface of HTTP/2', b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [505], 'version-not-supported'),
    ('HTTP/9999', get('/healthz', version=b'HTTP/9999'), [400], BAD),
    ('a version in small letters', get('/healthz', version=b'http/1.1'), [400], BAD),
    ('another protocol', get('/healthz', version=b'SIP/2.0'), [400], BAD),
    ('bare line feeds', b'GET /healthz HTTP/1.1\nHost: x\n\n', [400], BAD),
    ('one bare line feed', b'GET /healthz HTTP/1.1\r\nHost: x\nA: b\r\n\r\n', [400], BAD),
    ('a bare carriage return', b'GET /healthz HTTP/1.1\r\nHost: x\rA: b\r\n\r\n', [400], BAD),
    ('two spaces in the request line', b'GET  /healthz HTTP/1.1\r\n' + HOST + b'\r\n', [400], BAD),
    ('a space at the end of it', b'GET /healthz HTTP/1.1 \r\n' + HOST + b'\r\n', [400], BAD),
    ('a tab in it', b'GET\t/healthz HTTP/1.1\r\n' + HOST + b'\r\n', [400], BAD),
    ('a space in the target', get(b'/v1/search?q=a b'), [400], BAD),
    ('a control character in the target', get(b'/v1/search?q=a\x01b'), [400], BAD),
    ('a # in the target', get(b'/v1/search?q=a#b'), [400], BAD),
    ('no Host', b'GET /healthz HTTP/1.1\r\n\r\n', [400], BAD),
    ('two Hosts', get('/healthz', HOST), [400], BAD),
    ('a header without a colon', get('/healthz', b'nothing\r\n'), [400], BAD),
    ('a header without a name', get('/healthz', b': a\r\n'), [400], BAD),
    ('a space before the colon', get('/healthz', b'Content-Length : 5\r\n'), [400], BAD),
    ('a folded header', get('/healthz', b'A: b\r\n c\r\n'), [400], BAD),
    ('NUL in a header', get('/healthz', b'A: b\0c\r\n'), [400], BAD),
    ('bytes that are no ASCII in a header', get('/healthz', b'A: \xff\xfe\r\n'), [200]),
    # Too much.
    ('a target of 21 KB', get('/v1/search?q=' + 'a' * 21000), [414], 'address-too-long'),
    ('a target of 40 KB', get('/v1/search?q=' + 'a' * 40000), [414], 'address-too-long'),
    ('a target of 18 KB', search('q=' + 'a' * 18000 + '&facets=none&limit=1'), [200]),
    ('a header of 100 KB', get('/healthz', b'A: ' + b'b' * 100000 + b'\r\n'), [431], 'too-large'),
    ('a header of 10 MB', get('/healthz', b'A: ' + b'b' * 10000000 + b'\r\n'), [431], 'too-large'),
    ('a header of 20 KB', get('/healthz', b'A: ' + b'b' * 20000 + b'\r\n'), [200]),
    ('1,000 headers', get('/healthz', b'A: b\r\n' * 1000), [431], 'too-large'),
    ('100,000 headers', get('/healthz', b'A: b\r\n' * 100000), [431], 'too-large'),
    ('a method of 10 KB', get('/healthz', method=b'A' * 10000), [400], BAD),
    ('a request line of 1 MB without an end', b'GET /' + b'a' * 1000000, [414], 'address-too-long'),
    ('501 parameters', search('&'.join(['q'] * 501)), [400], 'too-many-parameters'),
    ('3,000 ampersands', search('&' * 3000), [200]),
    # Targets.
    ('../ as it is', get('/../../../../etc/passwd'), [404], NOT),
    ('../ after a known path', get('/v1/documents/../../etc/passwd'), [404], NOT),
    ('../ percent-encoded', get('/%2e%2e/%2e%2e/etc/passwd'), [404], NOT),
    ('..%2f', get('/v1/documents/..%2f..%2f..%2fetc%2fpasswd'), [404], NOT),
    ('../ encoded twice', get('/%252e%252e%252fetc/passwd'), [404], NOT),
    ('../ in overlong UTF-8', get('/%c0%ae%c0%ae%c0%afetc/passwd'), [400], ENC),
    ('..\\', get('/..\\..\\windows\\win.ini'), [404], NOT),
    ('..%5c', get('/..%5c..%5cwindows%5cwin.ini'), [404], NOT),
    ('full-width ../', get('/%EF%BC%8E%EF%BC%8E%EF%BC%8Fetc'), [404], NOT),
    ('a file of the page by its folder', get('/./app.js'), [404], NOT),
    ('//', get('//'), [404], NOT),
    ('// before a known path', get('//healthz'), [404], NOT),
    ('/ after a known path', get('/healthz/'), [404], NOT),
    ('a known path in capitals', get('/HEALTHZ'), [404], NOT),
    ('a target with its host', get('http://x/healthz'), [200]),
    ('a target of another host', get('http://example.org/v1/search?q=a&limit=0'), [200]),
    ('a target with another scheme', get('ftp://x/healthz'), [400], BAD),
    ('a target without a slash', get('healthz'), [400], BAD),
    ('a target of *', get('*', method=b'OPTIONS'), [400], BAD),
    ('a tunnel', get('example.org:443', method=b'CONNECT'), [400], BAD),
    ('NUL in a path', get('/healthz%00.html'), [400], ENC),
    ('a broken escape in a path', get('/v1/documents/%zz'), [400], ENC),
    ('an escape cut short in a path', get('/v1/documents/%2'), [400], ENC),
    ('no UTF-8 in a path', get('/v1/documents/%ff%fe'), [400], ENC),
    ('raw UTF-8 in a path', get('/v1/documents/第91/12号决议'), [200]),
    ('raw bytes in a path', get(b'/v1/documents/\xff'), [400], ENC),
    ('markup in a path', get('/v1/documents/%3Cscript%3Ealert(1)%3C/script%3E'), [404], NOT),
    ('a symbol of 8 KB', get('/v1/documents/' + 'A/' * 4000), [404], NOT),
    ('citations of citations', get('/v1/documents/citations/citations/citations'), [404], NOT),
    ('a document without a name', get('/v1/documents/'), [404], NOT),
    ('citations of nothing', get('/v1/documents//citations'), [404], NOT),
    ('a paragraph of a document', get('/v1/documents/A%2FRES%2F91%2F12@en%23op1'), [200]),
    ('line ends in a path, for a header of their own', get('/nothing%0d%0aSet-Cookie:%20a=b'), [404], NOT),
    # Query strings.
    ('a broken escape', search('q=%zz'), [400], ENC, 'q'),
    ('an escape cut short', search('q=a%4'), [400], ENC, 'q'),
    ('a lone %', search('q=%'), [400], ENC, 'q'),
    ('overlong UTF-8', search('q=%c0%af'), [400], ENC, 'q'),
    ('overlong UTF-8 in three bytes', search('q=%e0%80%af'), [400], ENC, 'q'),
    ('a lone surrogate', search('q=%ed%a0%80'), [400], ENC, 'q'),
    ('two surrogates', search('q=%ed%a0%bd%ed%b8%80'), [400], ENC, 'q'),
    ('a code point beyond Unicode', search('q=%f4%90%80%80'), [400], ENC, 'q'),
    ('half a character', search('q=%e5%a4'), [400], ENC, 'q'),
    ('a byte of continuation', search('q=%80'), [400], ENC, 'q'),
    ('raw bytes that are no UTF-8', search(b'q=\xff\xfe'), [400], ENC, 'q'),
    ('another encoding (GB 18030)', search(b'q=\xb0\xb2\xc8\xab'), [400], ENC, 'q'),
    ('raw UTF-8', search('q=灯塔'), [200]),
    ('NUL', search('q=a%00b'), [400], ENC, 'q'),
    ('escape sequences of terminals', search('q=%1b%5b2J'), [400], ENC, 'q'),
    ('a bell', search('q=%07'), [400], ENC, 'q'),
    ('a broken escape in a name', search('%zz=a'), [400], ENC),
    ('an unknown parameter', search('query=a'), [400], UNK, 'query'),
    ('a parameter without a name', search('=a'), [400], UNK),
    ('a parameter in capitals', search('Q=a'), [400], UNK, 'Q'),
    ('a parameter with brackets', search('lang[]=zh'), [400], UNK, 'lang[]'),
    ('a parameter of 5 KB', search('a' * 5000 + '=1'), [400], UNK),
    ('markup as a parameter', search('%3Cscript%3E=1'), [400], UNK, '<script>'),
    ('semicolons for ampersands', search('q=a;limit=5'), [200]),
    ('the query twice', search('q=a&q=b'), [400], PAR, 'q'),
    ('limit twice', search('limit=1&limit=1'), [400], PAR, 'limit'),
    ('an empty limit', search('limit='), [400], PAR, 'limit'),
    ('a limit without =', search('limit'), [400], PAR, 'limit'),
    ('a negative limit', search('limit=-1'), [400], PAR, 'limit'),
    ('a huge limit', search('limit=101'), [400], PAR, 'limit'),
    ('a limit beyond 64 bits', search('limit=' + '9' * 40), [400], PAR, 'limit'),
    ('a limit of NaN', search('limit=NaN'), [400], PAR, 'limit'),
    ('a limit of Infinity', search('limit=Infinity'), [400], PAR, 'limit'),
    ('a limit of 1e1', search('limit=1e1'), [400], PAR, 'limit'),
    ('a limit of 5.0', search('limit=5.0'), [400], PAR, 'limit'),
    ('a limit in hexadecimal', search('limit=0x5'), [400], PAR, 'limit'),
    ('a limit with a plus', search('limit=%2B5'), [400], PAR, 'limit'),
    ('a limit in Arabic digits', search('limit=%D9%A5'), [400], PAR, 'limit'),
    ('a limit with a space', search('limit=+5'), [400], PAR, 'limit'),
    ('an unknown language', search('lang=tlh'), [400], PAR, 'lang'),
    ('an empty language', search('lang='), [400], PAR, 'lang'),
    ('a minus without a language', search('lang=-'), [400], PAR, 'lang'),
    ('two minus', search('lang=--zh'), [400], PAR, 'lang'),
    ('an unknown body', search('body=UNESCO'), [400], PAR, 'body'),
    ('an unknown type', search('type=treaty'), [400], PAR, 'type'),
    ('an unknown kind', search('kind=verse'), [400], PAR, 'kind'),
    ('an unknown outcome', search('vote=maybe'), [400], PAR, 'vote'),
    ('a year of two digits', search('year=37'), [400], PAR, 'year'),
    ('an unknown committee', search('committee=nobody'), [200]),
    ('a State that does not exist', search('voter=XXX:perhaps'), [200]),
    ('an unknown order', search('sort=random'), [400], PAR, 'sort'),
    ('an unknown unit', search('unit=book'), [400], PAR, 'unit'),
    ('an unknown facet', search('facets=colour'), [400], PAR, 'facets'),
    ('a facet that is none', search('facets=body,none'), [400], PAR, 'facets'),
    ('no facet', search('facets='), [400], PAR, 'facets'),
    ('1,000 facets', search('facets=' + ','.join(['body'] * 1000)), [200]),
    ('a date that does not exist', search('date_from=2037-02-30'), [400], PAR, 'date_from'),
    ('a date in words', search('date_from=yesterday'), [400], PAR, 'date_from'),
    ('a date before the United Nations', search('date_to=1815-06-09'), [400], PAR, 'date_to'),
    ('dates in the wrong order', search('date_from=2038&date_to=2037'), [400], PAR, 'date_to'),
    ('a range that is none', search('cited_by=..'), [400], PAR, 'cited_by'),
    ('a range the wrong way round', search('cited_by=9..1'), [400], PAR, 'cited_by'),
    ('a range beyond 64 bits', search('cited_by=1..' + '9' * 30), [400], PAR, 'cited_by'),
    ('201 values', search('&'.join(['session=1'] * 201)), [400], PAR, 'session'),
    ('a value of 1,001 bytes', search('subject=' + 'a' * 1001), [400], PAR, 'subject'),
    ('an empty cursor', search('cursor='), [400], PAR, 'cursor'),
    ('a cursor of letters', search('cursor=abcdefgh'), [400], PAR, 'cursor'),
    ('a cursor of other characters', search('cursor=%F0%9F%95%8A'), [400], PAR, 'cursor'),
    ('a cursor of 2 KB', search('cursor=' + 'A' * 2000), [400], PAR, 'cursor'),
    ('a cursor with ../', search('cursor=../../etc/passwd'), [400], PAR, 'cursor'),
    ('no reference', get('/v1/resolve'), [400], PAR, 'ref'),
    ('an empty reference', get('/v1/resolve?ref='), [400], PAR, 'ref'),
    ('a reference of 7 KB', get('/v1/resolve?ref=' + 'a' * 7000), [400], PAR, 'ref'),
    ('a reference of parentheses', get('/v1/resolve?ref=' + '(' * 400), [200]),
    ('a reference of digits', get('/v1/resolve?ref=' + '9' * 400), [200]),
    ('a form that is not there', get('/v1/documents/A/RES/91/12?format=exe'), [400], PAR, 'format'),
    ('an empty form', get('/v1/documents/A/RES/91/12?format='), [400], PAR, 'format'),
    ('two languages of one document', get('/v1/documents/A/RES/91/12?lang=zh&lang=en'), [400], PAR, 'lang'),
    # Drafts: the one kind of body that is read.
    ('a draft', [draft(b'{"text": "lamp"}')], [200]),
    ('two drafts at once', draft(b'{"text": "lamp"}') + draft(b'{"text": "oil"}'), [200, 200]),
    ('a draft, then a request', draft(b'{"text": "lamp"}') + HIDDEN, [200, 200]),
    ('a draft in pieces', [draft(b'', 16), b'{"text"', b': "lamp"}'], [200]),
    ('a draft that stops', [draft(b'', 16), b'{"text"'], []),
    ('more after a draft than was said', draft(b'{"text": "lamp"}GARBAGE\r\n\r\n', 16), [200, 400]),
    ('a draft cut short by its length', draft(b'{"text": "lamp"}', 10), [400], 'invalid-body'),
    ('a request hidden in a draft', draft(HIDDEN), [400], 'invalid-body'),
    ('a draft in chunks', with_body(b'POST', b'Transfer-Encoding: chunked\r\n', chunked(b'{"text": "lamp"}') + HIDDEN, b'/v1/precedents'), [411], 'length-required'),
    ('a draft without a length', with_body(b'POST', b'', b'{"text": "lamp"}\r\n\r\n', b'/v1/precedents'), [411], 'length-required'),
    ('a draft framed in two ways', with_body(b'POST', b'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', b'0\r\n\r\n' + HIDDEN, b'/v1/precedents'), [400], BAD),
    ('a draft with two lengths', with_body(b'POST', b'Content-Length: 16\r\nContent-Length: 17\r\n', b'{"text": "lamp"} ', b'/v1/precedents'), [400], BAD),
    ('an empty draft', draft(b''), [400], 'invalid-body'),
    ('a draft of the largest size', draft(b'{"text": "' + b'lamp ' * 52425 + b'"}'), [200]),
    ('a draft a byte larger', draft(b' ' * (256 * 1024 + 1)), [413], 'too-large'),
    ('a draft of 1 TB', draft(b'a' * 1000, 10**12), [413], 'too-large'),
    ('a draft of which too much is said at once', draft(b'a' * 3000000), [413], 'too-large'),
    ('a draft that waits for leave', [draft(b'', 16, b'Expect: 100-continue\r\n') + b'{"text": "lamp"}'], [200]),
    ('a draft with NUL bytes', draft(b'{"text": "a\0b"}'), [400], 'invalid-body'),
    ('a draft with NUL characters', draft(b'{"text": "a\\u0000b"}'), [200]),
    ('a draft with half a surrogate', draft(b'{"text": "a\\ud800b"}'), [400], 'invalid-body'),
    ('a draft of brackets', draft(b'[' * 200000), [400], 'invalid-body'),
    ('a draft of objects', draft(b'{"text":' * 20000 + b'1' + b'}' * 20000), [400]),
    ('a draft of one line', draft(b'{"text": "' + b'a' * 200000 + b'"}'), [200]),
    ('a draft of one character', draft('{"text": "'.encode() + '的'.encode() * 60000 + b'"}'), [200]),
    ('a draft of lines', draft(b'{"text": "' + b'the\\n\\n' * 20000 + b'"}'), [200]),
    ('references without end', draft(b'{"text": "' + b'resolution 91/12, ' * 10000 + b'"}', target=b'/v1/citations/check'), [200]),
    ('a list of references without end', draft(b'{"text": "resolutions ' + b'91/12, ' * 10000 + b'"}', target=b'/v1/citations/check'), [200]),
    ('digits without end', draft(b'{"text": "resolution ' + b'9' * 200000 + b'"}', target=b'/v1/citations/check'), [200]),
    ('parentheses without end', draft(b'{"text": "' + b'resolution 1(' * 15000 + b'"}', target=b'/v1/citations/check'), [200]),
    ('quotes without end', draft(b'{"text": "' + 'resolution 91/12, entitled “'.encode() * 8000 + b'"}', target=b'/v1/citations/check'), [200]),
    ('a GET with a draft', with_body(b'GET', b'Content-Length: 16\r\n', b'{"text": "lamp"}', b'/v1/precedents'), [405], 'method-not-allowed'),
    ('a draft to nowhere', draft(HIDDEN, target=b'/v1/precedent'), [404], NOT),
    ('a draft to an address that is encoded: the same address, so its body is read', draft(HIDDEN, target=b'/v1/precedent%73'), [400], 'invalid-body'),
    ('a paragraph of nothing', get('/v1/paragraphs/%23/history'), [404], NOT),
    ('a paragraph of @', get('/v1/paragraphs/@@@%23%23@en/history'), [404], NOT),
    ('steps without end', get('/v1/documents/A/RES/91/12/citations?depth=99'), [400], PAR, 'depth'),
    # Methods and bodies. Another body is never read, and never taken for the next request.
    ('POST', get('/v1/search', method=b'POST'), [405], 'method-not-allowed'),
    ('DELETE', get('/v1/documents/A/RES/91/12', method=b'DELETE'), [405], 'method-not-allowed'),
    ('TRACE', get('/v1/search', b'Cookie: secret=1\r\n', b'TRACE'), [405], 'method-not-allowed'),
    ('OPTIONS', get('/v1/search', method=b'OPTIONS'), [204]),
    ('an invented method', get('/v1/search', method=b'BREW'), [405], 'method-not-allowed'),
    ('a method in small letters', get('/v1/search', method=b'get'), [405], 'method-not-allowed'),
    ('a method that is no token', get('/v1/search', method=b'G{T'), [400], BAD),
    ('POST to nowhere', get('/nothing', method=b'POST'), [404], NOT),
    ('a request hidden in the body of a GET', with_body(b'GET', b'Content-Length: %d\r\n' % len(HIDDEN), HIDDEN), [200]),
    ('the same at once', b''.join(with_body(b'GET', b'Content-Length: %d\r\n' % len(HIDDEN), HIDDEN)), [200]),
    ('hidden in the body of a POST', with_body(b'POST', b'Content-Length: %d\r\n' % len(HIDDEN), HIDDEN), [405], 'method-not-allowed'),
    ('hidden in the body of a PUT to nowhere', with_body(b'PUT', b'Content-Length: %d\r\n' % len(HIDDEN), HIDDEN, b'/nothing'), [404], NOT),
    ('hidden after a HEAD', [get('/nothing', b'Content-Length: %d\r\n' % len(HIDDEN), b'HEAD'), HIDDEN], [404]),
    ('hidden in chunks', with_body(b'GET', b'Transfer-Encoding: chunked\r\n', chunked(HIDDEN)), [200]),
    ('hidden after the last chunk', with_body(b'POST', b'Transfer-Encoding: chunked\r\n', b'0\r\n\r\n' + HIDDEN), [405], 'method-not-allowed'),
    ('hidden in what says it is no chunk', with_body(b'GET', b'Transfer-Encoding: identity\r\n', HIDDEN), [200]),
    ('a body framed in two ways', with_body(b'POST', b'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', b'0\r\n\r\n' + HIDDEN), [400], BAD),
    ('two lengths', with_body(b'POST', b'Content-Length: 5\r\nContent-Length: 6\r\n', b'abcde' + HIDDEN), [400], BAD),
    ('a list of lengths', with_body(b'POST', b'Content-Length: 5, 5\r\n', b'abcde' + HIDDEN), [400], BAD),
    ('a negative length', with_body(b'POST', b'Content-Length: -1\r\n', HIDDEN), [400], BAD),
    ('a length in hexadecimal', with_body(b'POST', b'Content-Length: 0x5\r\n', b'abcde' + HIDDEN), [400], BAD),
    ('a length beyond 64 bits', with_body(b'POST', b'Content-Length: 99999999999999999999\r\n', HIDDEN), [400], BAD),
    ('a length of 1 TB', with_body(b'POST', b'Content-Length: 1000000000000\r\n', b'a' * 1000), [405], 'method-not-allowed'),
    ('a length without a body', get('/healthz', b'Content-Length: 5\r\n'), [200]),
    ('a body of 5 MB', with_body(b'POST', b'Content-Length: 5000000\r\n', b'a' * 5000000), [405], 'method-not-allowed'),
    ('a length of 0', get('/healthz', b'Content-Length: 0\r\n') + HIDDEN, [200, 200]),
    ('a body without a length', with_body(b'POST', b'', b'abc\r\n\r\n'), [405, 400]),
    ('garbage after a request', get('/healthz') + b'\0\1\2' + HIDDEN, [200, 400]),
    ('a malformed request before another', b'GET / HTTP/1.1\r\nbad\r\n\r\n' + HIDDEN, [400], BAD),
    ('Expect: 100-continue', get('/healthz', b'Expect: 100-continue\r\nContent-Length: 5\r\n', b'POST'), [405], 'method-not-allowed'),
    ('Expect without a body', get('/healthz', b'Expect: 100-continue\r\n'), [200]),
    ('an expectation nobody knows', get('/healthz', b'Expect: miracles\r\n'), [200]),
    ('an upgrade', get('/healthz', b'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAA\r\n'), [200]),
    # Headers. None may make an answer shorter or longer than it is, or say what is not so.
    ('a range', get('/healthz', b'Range: bytes=0-3\r\n'), [200]),
    ('a range after the end', get('/healthz', b'Range: bytes=900-1000\r\n'), [200]),
    ('a range of everything and more', get('/openapi.json', b'Range: bytes=0-99999999999\r\n'), [200]),
    ('1,000 ranges', get('/v1/search?limit=0', b'Range: bytes=' + b','.join([b'0-1'] * 1000) + b'\r\n'), [200]),
    ('a range that is none', get('/healthz', b'Range: bytes=a-b\r\n'), [200]),
    ('a range of a problem', get('/nothing', b'Range: bytes=0-3\r\n'), [404], NOT),
    ('a tag that is none', get('/v1/search', b'If-None-Match: "\r\n'), [200]),
    ('10,000 tags', get('/v1/search', b'If-None-Match: ' + b','.join([b'"a"'] * 5000) + b'\r\n'), [200]),
    ('Accept that is none', get('/v1/documents/A/RES/91/12', b'Accept: ;;;q=q=,,*/**;q=9\r\n'), [200]),
    ('5,000 media types', get('/v1/documents/A/RES/91/12', b'Accept: ' + b','.join([b'a/b;q=1'] * 3000) + b'\r\n'), [200]),
    ('Brotli', get('/openapi.json', b'Accept-Encoding: br\r\n'), [200]),
    ('an encoding that is none', get('/openapi.json', b'Accept-Encoding: ;;,q=,br;q=\r\n'), [200]),
    ('a method in a header', get('/v1/search?limit=0', b'X-HTTP-Method-Override: DELETE\r\n'), [200]),
    ('another address in a header', get('/v1/search?limit=0', b'X-Original-URL: /admin\r\nX-Forwarded-Host: evil\r\n'), [200]),
    ('a host that is none', b'GET /healthz HTTP/1.1\r\nHost: <script>\r\n\r\n', [400], BAD),
    ('an empty host', b'GET /healthz HTTP/1.1\r\nHost:\r\n\r\n', [200]),
    # Many at once.
    ('200 requests at once', get('/healthz') * 200, [200] * 200),
    ('requests after Connection: close', get('/healthz', b'Connection: close\r\n') + HIDDEN * 5, [200]),
    ('requests of several kinds at once', get('/healthz') + get('/nothing') + get('/v1/search?limit=x') + get('/readyz'), [200, 404, 400, 200]),
    ('half a request, then the rest', [get('/healthz')[:9], get('/healthz')[9:]], [200]),
    ('a request cut in its last line end', [get('/healthz')[:-1], b'\n'], [200]),
    ('half a request, then nothing', get('/healthz')[:20], []),
]

# Any text is a query: each gets 200 and JSON that gives it back.
TEXTS = {
    'nothing': '', 'a space': ' ', 'white space of all kinds': ' \t\n\r\u3000\u00a0\u2028\u2029', 'a letter': 'a', 'a digit': '0', 'a Han character': '的',
    'markup': '<script>alert(document.cookie)</script>', 'markup in a quote': '"><img src=x onerror=alert(1)>', 'entities': '&lt;b&gt;&#0;&amp;', 'the end of a CDATA section': ']]>',
    'JSON': '{"q": ["\\u0000", null]}', 'a JSON escape': '\\u0022 \\" \\\\', 'SQL': "'; DROP TABLE documents; --", 'SQL with a union': "1' UNION SELECT * FROM users WHERE 'a'='a",
    'a shell': '$(rm -rf /) `id` ; | && > /etc/passwd', 'a template': '{{7*7}} ${7*7} <%= 7*7 %> #{7*7}', 'JNDI': '${jndi:ldap://x/a}', 'format strings': '%s%s%s%n%n%x %1$*2$d', 'LDAP': '*)(uid=*))(|(uid=*',
    'a path': '../../../../etc/passwd', 'a URL': 'file:///etc/passwd http://[::1]:22/', 'a regular expression': '(a+)+$ ^(([a-z])+.)+[A-Z]([a-z])+$',
    'emoji': '🕊️🏳️‍🌈👨‍👩‍👧‍👦', 'flags': '🇺🇳' * 50, 'right to left': 'مجلس الأمن \u202e abc \u202c', 'Hebrew with points': 'שָׁלוֹם', 'Thai': 'คณะมนตรีความมั่นคง', 'Hangul': '안전보장이사회', 'Kana': 'あんぜん ホショウ',
    'combining marks': 'a' + '\u0301' * 600, 'only combining marks': '\u0300\u0489' * 300, 'Zalgo': 'Z̸̡̛̘a̷̢l̴g̵o̶' * 20, 'joiners': '\u200d' * 500, 'byte order marks': '\ufeff' * 200, 'soft hyphens': 'reso\u00adlu\u00adtion',
    'private use': '\ue000\uf8ff\U0010fffd', 'no characters': '\ufffe\uffff\U0001ffff', 'replacement characters': '\ufffd' * 100, 'ligatures': 'ﷺ' * 100, 'what grows when folded': 'ﷺ㍿㌀ŉǰΐ' * 60,
    'letters that change when folded': 'İıſßẞΣς', 'full-width': 'Ａ／ＲＥＳ／９１／１２ （２０３６）', 'mathematical letters': '𝔏𝔦𝔤𝔥𝔱', 'variants of Han': '说說説裏裡里', 'rare Han': '𠮷𡃁𪜶𫝆', 'compatibility Han': '丽\uf900\ufa70',
    '600 Han characters': '灯塔看守人安全理事会决议' * 50, '2,000 different Han characters': ''.join(chr(0x4e00 + i) for i in range(800)), '600 times one Han character': '灯' * 600, 'Han and Latin in turn': '灯a' * 300,
    '4,000 words': 'a ' * 2500, '1,500 different words': ' '.join(f'w{i}' for i in range(1200)), 'a word of 7,000 letters': 'a' * 7000, '7,000 digits': '9' * 7000, 'stop words only': 'the of and to in ' * 20,
    'parentheses': '((((', 'closing parentheses': '))))', '3,000 parentheses': '(' * 3000, '1,000 pairs of parentheses': '(' * 1000 + 'a' + ')' * 1000, 'empty parentheses': '()()(())', 'parentheses that cross': ')(a)(',
    '200 alternatives in parentheses': ' OR '.join(f'(w{i} b)' for i in range(200)),
    'three quotation marks': '" " "', 'one quotation mark': '"', '2,000 quotation marks': '"' * 2000, 'empty quotes': '"" "" ""', 'a quote of spaces': '"     "', 'a quote of marks': '"《》〈〉"', 'a quote of punctuation': '"..."',
    'a quote that does not close': '"lighthouse keeper', 'Chinese quotation marks': '“灯塔” 「灯塔」 ＂灯＂', 'a quote of 2,000 words': '"' + 'the light ' * 500 + '"', '300 quotes': '"a" ' * 300, 'a quote of one letter': '"a"',
    'NEAR too far': 'a NEAR/999999999 b', 'NEAR beyond 64 bits': 'a NEAR/99999999999999999999 b', 'NEAR 0': 'a NEAR/0 b', 'NEAR -1': 'a NEAR/-1 b', 'NEAR alone': 'NEAR', 'NEAR without sides': 'NEAR/5', 'NEAR NEAR': 'a NEAR NEAR b',
    'a chain of NEAR': ' NEAR/5 '.join(['light'] * 200), 'NEAR of frequent words': 'the NEAR/100 of', 'NEAR and quotes': '"the" NEAR/3 "灯塔"', 'NEAR and prefixes': 'a* NEAR/5 b*', 'NEAR and parentheses': '(a OR b) NEAR/5 (c AND d)', 'NEAR and NOT': 'a NEAR/5 -b',
    'prefixes': 'a* b* c*', 'a star': '*', 'stars': '* * ***', '300 prefixes': ' '.join(f'{a}{b}*' for a in 'abcdefghijklmno' for b in 'abcdefghijklmnopqrst'), 'a prefix of Han': '灯*', 'a prefix of punctuation': '.* -* (*', 'stars inside': 'a*b *c',
    'a minus': '-', 'a plus': '+', 'minus and plus': '- + -- ++ -+', 'minus before everything': '-(-(-(-a)))', 'only what is not wanted': '-light -灯', '500 minus': '-' * 500 + 'a', 'NOT of everything': 'NOT *', 'NOT NOT NOT': 'NOT NOT NOT a',
    'OR OR': 'OR OR', 'AND AND': 'AND AND', 'AND OR NOT': 'AND OR NOT', 'an operator at the end': 'a OR', 'an operator at the start': 'AND a', 'operators in small letters': 'a and b or not c', '500 times OR': ' OR '.join(['a'] * 500), '500 times NOT': 'NOT ' * 500 + 'a',
    'a field without a value': 'title:', 'a field with an empty quote': 'title:""', 'a field of a field': 'title:title:subject:a', 'a field with parentheses': 'title:((a', 'an unknown field': 'colour:red', 'a field of stars': 'title:* subject:*', 'every field': ' '.join(f'{f}:x' for f in contract_test.FACETS),
    'a date that does not exist': 'date:2037-02-30', 'dates in the wrong order': 'date:2040..2030', 'a date without ends': 'date:..', 'a date of letters': 'date:abc..def', 'a year beyond 64 bits': 'date:99999999999999999999..', 'cited beyond 64 bits': 'cited_by:99999999999999999999..', 'cited negatively': 'cited_by:-5..-1', 'cited by nothing': 'cited_by:..',
    'a colon': ':', 'colons': '::: a:::b', 'a symbol': 'A/RES/91/12', 'half a symbol': 'A/RES/', 'a symbol with 1,000 parts': 'A/RES' + '/1' * 1000, 'a range of resolutions': '第1号至第999999号决议', 'slashes': '/' * 1000, 'backslashes': '\\' * 500,
    'percent signs': '%00%ff%zz', 'a line break and a header': 'a\r\nSet-Cookie: a=b', 'tabs': '\t' * 100, 'commas': ',' * 3000, 'full stops': '.' * 3000, 'Chinese punctuation': '，。、；：？！《》（）' * 50, 'hyphens': '‐‑‒–—―-' * 100, 'one of everything': ''.join(chr(i) for i in range(32, 0x600) if not 0x7f <= i < 0xa0),
}


def read_answers(connection, heads_only, quiet):
    """Answers until the connection ends or nothing comes for `quiet` seconds, strictly parsed."""
    data, ended = b'', True
    connection.settimeout(quiet)
    try:
        while more := connection.recv(1 << 20):
            data += more
    except TimeoutError:
        ended = False
    except ConnectionError:
        pass
    answers = []
    while data:
        head, mark, data = data.partition(b'\r\n\r\n')
        assert mark, f'half an answer: {head[:200]!r}'
        lines = head.split(b'\r\n')
        version, status, _ = lines[0].split(b' ', 2)
        assert version == b'HTTP/1.1', lines[0]
        fields = {}
        for line in lines[1:]:
            name, colon, value = line.partition(b':')
            assert colon and name.lower() not in fields, f'a field twice: {line!r}'
            fields[name.lower().decode()] = value.strip().decode()
        length = 0 if status == b'204' else int(fields['content-length'])
        body, data = (b'', data) if heads_only else (data[:length], data[length:])
        assert heads_only or len(body) == length, f'{length} bytes were said, {len(body)} came'
        answers.append((int(status), fields, body))
    return answers, ended


class Hostile:
    def __init__(self, checks, server, secrets, patience):
        self.checks, self.server, self.secrets, self.patience = checks, server, secrets, patience
        self.openapi = contract_test.Schema(contract_test.Client(server.port).ask('/openapi.json').json())

    def connect(self):
        return socket.create_connection(('127.0.0.1', self.server.port), timeout=60)  # thirty thousand references take twenty times as long under the thread sanitizer

    def exchange(self, pieces, heads_only=False, quiet=15.0):
        with self.connect() as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                for i, piece in enumerate([pieces] if isinstance(pieces, bytes) else pieces):
                    if i:
                        time.sleep(0.1)
                    connection.sendall(piece)
                connection.shutdown(socket.SHUT_WR)
            except OSError as error:  # it had heard enough; shutdown says ENOTCONN, which is no ConnectionError
                if not isinstance(error, ConnectionError) and error.errno != errno.ENOTCONN:
                    raise
            return read_answers(connection, heads_only, quiet)

    def alive(self, after):
        answers, _ = self.exchange(get('/healthz', b'Connection: close\r\n'))
        self.checks.equal([a[0] for a in answers], [200], f'alive after {after}')

    def check_answer(self, what, status, fields, body, heads_only=False):
        self.checks.equal(fields.get('x-content-type-options'), 'nosniff', f'{what}: nosniff')
        self.checks.true('set-cookie' not in fields, f'{what}: no header of the client')
        if heads_only:
            return None
        if fields.get('content-encoding') == 'br':  # Python has no Brotli; what it holds is looked at in tests/http/html_test.cc
            self.checks.true(200 <= status < 300 and 0 < len(body) < 100_000, f'{what}: pressed')
            return None
        text = body.decode('utf-8')
        for secret in self.secrets:
            self.checks.true(secret not in text, f'{what}: {secret} is told')
        kind = fields.get('content-type', '')
        if status >= 400:
            self.checks.equal(kind, 'application/problem+json; charset=utf-8', f'{what}: type')
            problem = json.loads(text)
            errors = list(self.openapi.errors(problem, {'$ref': '#/components/schemas/Problem'}))
            self.checks.true(not errors, f'{what}: {errors}')
            self.checks.equal(problem['status'], status, f'{what}: status inside')
            return problem
        return json.loads(text) if 'json' in kind else None

    def raw(self):
        for name, pieces, statuses, *problem in RAW:
            heads_only = (pieces if isinstance(pieces, bytes) else pieces[0]).startswith(b'HEAD ')
            try:
                answers, ended = self.exchange(pieces, heads_only)
            except (AssertionError, ValueError, KeyError) as e:
                self.checks.true(False, f'{name}: {e!r}')
                continue
            self.checks.true(ended, f'{name}: the connection is closed')
            self.checks.equal([a[0] for a in answers], statuses, f'{name}: {answers[-1][2][:200] if answers else ""!r}')
            for status, fields, body in answers:
                told = self.check_answer(name, status, fields, body, heads_only)
                if told and problem and len(answers) == 1:
                    self.checks.equal(told['type'], 'urn:resolute:problem:' + problem[0], f'{name}: problem')
                    if len(problem) > 1:
                        self.checks.equal(told.get('parameter'), problem[1], f'{name}: parameter')
            self.alive(name)

    def texts(self):
        for name, text in TEXTS.items():
            target = '/v1/search?limit=3&facets=none&q=' + quote(text, safe='')
            while len(target) > 20480:  # as much of it as goes into an address
                text = text[:len(text) * 9 // 10]
                target = '/v1/search?limit=3&facets=none&q=' + quote(text, safe='')
            for more in ('', '&unit=document&sort=newest'):
                if len(target + more) > 20480:
                    continue
                began = time.monotonic()
                answers, _ = self.exchange(get(target + more, b'Connection: close\r\n'))
                self.checks.true(time.monotonic() - began < 2 * self.patience, f'{name}: {time.monotonic() - began:.1f} s')
                if not self.checks.equal([a[0] for a in answers], [200], f'query {name}: {answers[0][2][:200] if answers else ""!r}'):
                    continue
                answer = self.check_answer(f'query {name}', *answers[0])
                errors = list(self.openapi.errors(answer, {'$ref': '#/components/schemas/SearchResult'}))
                self.checks.true(not errors, f'query {name}: {errors[:3]}')
                self.checks.equal(answer['query']['q'], text, f'query {name} comes back')
                self.checks.true(answers[0][1]['content-type'] == 'application/json; charset=utf-8', f'query {name}: type')
            self.alive(f'query {name}')
        for name, text in list(TEXTS.items()):
            for target in ('/v1/resolve?ref=', '/v1/documents/', '/v1/search?limit=0&subject=', '/v1/search?limit=0&cites='):
                encoded = quote(text, safe='')
                if not text.strip() or len(text.encode()) > (400 if 'resolve' in target else 900):
                    continue
                answers, _ = self.exchange(get(target + encoded, b'Connection: close\r\n'))
                self.checks.true(len(answers) == 1 and answers[0][0] in ((200,) if 'resolve' in target else (200, 404) if 'documents' in target else (200, 400)), f'{target} {name}: {answers}')
                for a in answers:
                    self.check_answer(f'{target} {name}', *a)
        self.alive('every text everywhere')

    def cursors(self):
        """A cursor changed in any place, cut anywhere, or of another server is refused."""
        def ask(cursor):
            answers, _ = self.exchange(get('/v1/search?q=light&limit=1&facets=none&cursor=' + quote(cursor, safe=''), b'Connection: close\r\n'))
            return answers[0][0], self.check_answer(f'cursor {cursor[:40]}', *answers[0])
        answers, _ = self.exchange(get('/v1/search?q=light&limit=1&facets=none', b'Connection: close\r\n'))
        cursor = json.loads(answers[0][2])['next']
        self.checks.equal(ask(cursor)[0], 200, 'a good cursor')
        broken = [cursor[:i] for i in range(0, len(cursor), 7)] + [cursor[:i] + ('A' if cursor[i] != 'A' else 'B') + cursor[i + 1:] for i in range(0, len(cursor), 5)]
        broken += [cursor + 'A', cursor + '=', cursor * 2, cursor.lower(), cursor[::-1], ' ' + cursor, cursor + '\n', cursor + '%00']
        for c in broken:
            status, problem = ask(c)
            self.checks.equal((status, problem.get('parameter') if status == 400 else None), (400, 'cursor'), f'cursor {c!r:.60}')
        self.alive('broken cursors')

    def crowds(self):
        """More connections than threads, idle or dripping, do not keep others from being answered."""
        idle = [self.connect() for _ in range(48)]
        time.sleep(0.2)
        began = time.monotonic()
        self.alive('48 idle connections')
        self.checks.true(time.monotonic() - began < 3 * self.patience, f'an answer beside 48 idle connections takes {time.monotonic() - began:.1f} s')
        for c in idle:
            c.close()
        dripping = [self.connect() for _ in range(48)]
        stop = threading.Event()

        def drip():
            for byte in get('/healthz', b'A: ' + b'b' * 500 + b'\r\n'):
                for c in dripping:
                    try:
                        c.sendall(bytes([byte]))
                    except OSError:
                        pass
                if stop.wait(0.1):
                    return
        thread = threading.Thread(target=drip)
        thread.start()
        time.sleep(0.5)
        began = time.monotonic()
        self.alive('48 dripping connections')
        self.checks.true(time.monotonic() - began < 8 * self.patience, f'an answer beside 48 dripping connections takes {time.monotonic() - began:.1f} s')
        stop.set()
        thread.join()
        for c in dripping:
            c.close()
        # One that drips alone is cut off too, with a reason.
        with self.connect() as slow:
            began = time.monotonic()
            try:
                for byte in get('/healthz', b'A: ' + b'b' * 500 + b'\r\n'):
                    slow.sendall(bytes([byte]))
                    time.sleep(0.1)
                    if time.monotonic() - began > 15:
                        break
                    slow.setblocking(False)
                    try:
                        if slow.recv(12, socket.MSG_PEEK):
                            break
                    except BlockingIOError:
                        pass
                    finally:
                        slow.settimeout(20)
            except ConnectionError:
                pass
            took = time.monotonic() - began
            answers, _ = read_answers(slow, False, 5)
            self.checks.equal([a[0] for a in answers], [408], 'a request that drips')
            self.checks.true(4 < took < 4 + 4 * self.patience, f'a request that drips is cut off after {took:.1f} s')
        # Those that leave in the middle, politely or not.
        for i in range(100):
            c = self.connect()
            c.sendall(get('/v1/search?q=light')[: i % 40])
            if i % 2:
                c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
            c.close()
        # Those that ask and do not read.
        deaf = [self.connect() for _ in range(4)]
        for c in deaf:
            c.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            try:
                c.settimeout(1)
                c.sendall(get('/v1/search?limit=100') * 50)
            except OSError:
                pass
        self.alive('connections that do not read')
        for c in deaf:
            c.close()
        self.alive('connections that left')


def main(binary, source):
    checks = contract_test.Checks()
    contract_test.run(binary, source, checks)
    print(f'contract: {checks.done} checks, {len(checks.failures)} failures', flush=True)
    with tempfile.TemporaryDirectory(prefix='resolute-hostile-') as folder:
        index = os.path.join(folder, 'index')
        contract_test.run_binary(binary, 'index', '--quiet', '--keep-sources', '--index', index, os.path.join(source, 'samples'), codes=(1,))
        with Server(binary, index) as server:
            hostile = Hostile(checks, server, (folder, source + '/', 'httplib', 'Xapian'), contract_test.patience(binary))
            for step in (hostile.raw, hostile.texts, hostile.cursors, hostile.crowds):
                before, began = checks.done, time.monotonic()
                step()
                print(f'hostile: {step.__name__}: {checks.done - before} checks, {time.monotonic() - began:.1f} s', flush=True)
            checks.equal(server.stop(), 0, 'the exit status')
            log = ''.join(server.log)
            checks.true('Sanitizer' not in log and 'runtime error' not in log, f'stderr of the server: {log[-4000:]}')
    print(f'{len(RAW)} kinds of requests and {len(TEXTS)} of queries; {checks.done} checks, {len(checks.failures)} failures')
    return 1 if checks.failures else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], sys.argv[2]))
