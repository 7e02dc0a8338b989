"""The published contract against live answers: schemas/openapi.json, document.schema.json, report.schema.json.

    contract_test.py BINARY SOURCE

Indexes samples/ into a temporary folder, serves it, and holds every answer against its schema and
against what the contract says of totals, pages, facets, filters, highlights, tags and cursors.
"""
import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from urllib.parse import parse_qsl, quote, urlencode

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import Server  # noqa: E402


class Schema:
    """The keywords of JSON Schema 2020-12 that our schemas use; another one is an error of the schema."""
    KNOWN = {'$ref', '$schema', '$id', '$defs', 'title', 'description', 'default', 'example', 'format', 'type', 'enum', 'const', 'properties', 'required',
             'additionalProperties', 'propertyNames', 'items', 'minItems', 'maxItems', 'uniqueItems', 'minLength', 'maxLength', 'pattern', 'minimum',
             'maximum', 'anyOf', 'allOf'}
    TYPES = {'object': dict, 'array': list, 'string': str, 'boolean': bool, 'null': type(None)}

    def __init__(self, root):
        self.root = root

    def resolve(self, ref):
        node = self.root
        for part in ref.removeprefix('#').split('/'):
            if part:
                node = node[part.replace('~1', '/').replace('~0', '~')]
        return node

    def is_type(self, value, name):
        if name in ('integer', 'number'):
            return not isinstance(value, bool) and (isinstance(value, int) or (isinstance(value, float) and (name == 'number' or value.is_integer())))
        return isinstance(value, self.TYPES[name])

    def errors(self, value, schema, at='$'):
        if not isinstance(schema, dict):
            return
        unknown = set(schema) - self.KNOWN
        if unknown:
            raise AssertionError(f'the schema at {at} uses {unknown}')
        if '$ref' in schema:
            yield from self.errors(value, self.resolve(schema['$ref']), at)
        if 'type' in schema:
            types = schema['type'] if isinstance(schema['type'], list) else [schema['type']]
            if not any(self.is_type(value, t) for t in types):
                yield f'{at}: {value!r:.80} is no {types}'
                return
        if 'enum' in schema and not any(value == v and type(value) is type(v) for v in schema['enum']):
            yield f'{at}: {value!r:.80} is not one of {schema["enum"]}'
        if 'const' in schema and value != schema['const']:
            yield f'{at}: {value!r:.80} is not {schema["const"]!r}'
        for part in schema.get('allOf', ()):
            yield from self.errors(value, part, at)
        if 'anyOf' in schema:
            tried = [list(self.errors(value, part, at)) for part in schema['anyOf']]
            if all(tried):
                yield f'{at}: fits nothing of anyOf: ' + '; '.join(t[0] for t in tried)
        if isinstance(value, str):
            if len(value) < schema.get('minLength', 0) or len(value) > schema.get('maxLength', len(value)):
                yield f'{at}: length {len(value)}'
            if 'pattern' in schema and not re.search(schema['pattern'], value):
                yield f'{at}: {value!r:.80} does not match {schema["pattern"]}'
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            if value < schema.get('minimum', value) or value > schema.get('maximum', value):
                yield f'{at}: {value} is out of range'
        if isinstance(value, list):
            if len(value) < schema.get('minItems', 0) or len(value) > schema.get('maxItems', len(value)):
                yield f'{at}: {len(value)} items'
            if schema.get('uniqueItems') and len({json.dumps(v, sort_keys=True) for v in value}) != len(value):
                yield f'{at}: an item stands twice'
            if 'items' in schema:
                for i, v in enumerate(value):
                    yield from self.errors(v, schema['items'], f'{at}[{i}]')
        if isinstance(value, dict):
            for name in schema.get('required', ()):
                if name not in value:
                    yield f'{at}: {name} is missing'
            properties = schema.get('properties', {})
            for name, v in value.items():
                if name in properties:
                    yield from self.errors(v, properties[name], f'{at}.{name}')
                elif schema.get('additionalProperties') is False:
                    yield f'{at}: {name} is not in the schema'
                else:
                    yield from self.errors(v, schema.get('additionalProperties', {}), f'{at}.{name}')
                if 'propertyNames' in schema:
                    yield from self.errors(name, schema['propertyNames'], f'{at}.{name} (the name)')


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)


class Client:
    """One connection, reopened when the server closes it."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection('127.0.0.1', port, timeout=60)

    def ask(self, target, method='GET', headers=None, body=None):
        for attempt in (0, 1):
            try:
                self.connection.request(method, target, body, headers=headers or {})
                r = self.connection.getresponse()
                return Answer(r.status, r.headers, r.read())
            except (http.client.RemoteDisconnected, ConnectionError):
                self.connection.close()
                if attempt:
                    raise


class Checks:
    """What is to be true, counted; a failure is told and remembered."""

    def __init__(self):
        self.done, self.failures = 0, []

    def true(self, fact, what):
        self.done += 1
        if not fact:
            self.failures.append(what)
            print('FAIL', what, file=sys.stderr)
        return fact

    def equal(self, a, b, what):
        return self.true(a == b, f'{what}: {a!r:.300} is not {b!r:.300}')


FACETS = 'lang body committee concerns type session agenda subject year kind action vote voter sponsor cites'.split()


class Contract:
    def __init__(self, checks, openapi, port):
        self.checks, self.openapi, self.client = checks, openapi, Client(port)
        self.schema = Schema(openapi)

    # ---- asking ---------------------------------------------------------------------

    def validate(self, value, schema, what):
        errors = list(self.schema.errors(value, schema))
        self.checks.true(not errors, f'{what}: ' + '; '.join(errors[:5]))

    def operation(self, target):
        path = target.split('?')[0]
        if path.startswith('/v1/search.'):
            return self.openapi['paths']['/v1/search.{format}']['get']
        if path.endswith('.atom') and not path.startswith('/v1/search'):
            return self.openapi['paths']['/v1/documents/{symbol}.atom' if path.startswith('/v1/documents/') else '/v1/paragraphs/{id}/history.atom']['get']
        if path.startswith('/v1/paragraphs/'):
            return self.openapi['paths']['/v1/paragraphs/{id}' + next((tail for tail in ('/history', '/cited-by') if path.endswith(tail)), '')]['get']
        if path.startswith('/v1/documents/'):
            for tail in ('/source', '/citations', '/cited-by', '/history'):
                if path.endswith(tail):
                    return self.openapi['paths']['/v1/documents/{symbol}' + tail]['get']
            return self.openapi['paths']['/v1/documents/{symbol}']['get']
        return self.openapi['paths'][path]['get']

    def get(self, target, status=200, headers=None):
        """An answer that OpenAPI describes, held against it."""
        r = self.client.ask(target, headers=headers)
        if not self.checks.equal(r.status, status, f'status of {target}: {r.body[:300]!r}'):
            return r
        responses = self.operation(target)['responses']
        response = responses.get(str(status), responses['default'])
        if '$ref' in response:
            response = self.schema.resolve(response['$ref'])
        for name, header in response.get('headers', {}).items():
            self.checks.true(name in r.headers, f'{target}: no {name} in {dict(r.headers)}')
            self.validate(r.headers.get(name, ''), self.schema.resolve(header['$ref'])['schema'], f'{name} of {target}')
        if status == 304:
            self.checks.equal(r.body, b'', f'body of a 304 of {target}')
            return r
        kind = r.headers['Content-Type'].split(';')[0]
        if not self.checks.true(kind in response['content'], f'{target}: {kind} is not in the contract'):
            return r
        schema = response['content'][kind]['schema']
        if schema.get('format') == 'binary':
            self.checks.true(r.body, f'{target}: nothing')
            return r
        text = r.body.decode('utf-8')
        value = json.loads(text) if kind.endswith('json') else text
        self.validate(value, schema, target)
        return r

    def search(self, status=200, **parameters):
        return self.get('/v1/search?' + urlencode(parameters, doseq=True), status).json()

    def total(self, **parameters):
        return self.search(limit=0, facets='none', **parameters)['total']['value']

    def pages(self, **parameters):
        """Every match over all pages, and the first page."""
        first = page = self.search(**parameters)
        matches = list(page['matches'])
        while 'next' in page:
            self.checks.true(len(page['matches']) == parameters['limit'], f'a page of {parameters} is full where another follows')
            page = self.search(**parameters, cursor=page['next'])
            self.checks.equal(page['total'], first['total'], f'total of a later page of {parameters}')
            self.checks.equal(page['index'], first['index'], f'state of a later page of {parameters}')
            matches += page['matches']
            if not page['matches']:
                self.checks.true(False, f'an empty page of {parameters}')
                break
        return first, matches

    # ---- what is true ---------------------------------------------------------------

    def parameters(self):
        """The parameters in OpenAPI are those that the server takes."""
        for path, item in self.openapi['paths'].items():
            if 'get' not in item:
                continue
            given = [p for p in item['get'].get('parameters', []) if p['in'] == 'query']
            target = path.replace('{format}', 'csl').replace('{symbol}', 'A/RES/91/12').replace('{id}', 'A/RES/93/9@en%23op1')
            needed = {p['name']: p['example'] for p in given if p.get('required')}

            def ask(name, value, status):
                return self.get(target + '?' + urlencode({**needed, name: value}, doseq=True), status)

            if path not in ('/openapi.json', '/opensearch.xml'):  # files: what stands after ? is nothing to them
                problem = ask('zz', '1', 400).json()
                self.checks.equal(problem['type'], 'urn:resolute:problem:unknown-parameter', path)
                self.checks.equal(problem['parameter'], 'zz', path)
                told = re.sub('^(known are: |this takes none)', '', problem['detail'])
                self.checks.equal(sorted(n for n in told.split(', ') if n), sorted(p['name'] for p in given), f'parameters of {path}')
            for p in given:
                schema, name = p['schema'], p['name']
                many = schema['type'] == 'array'
                one = schema['items'] if many else schema
                for value in one.get('enum', []):
                    ask(name, value, 200)
                if 'enum' in one:
                    problem = ask(name, 'zz', 400).json()
                    self.checks.equal(problem.get('parameter'), name, 'an unknown value')
                    for value in one['enum']:
                        if not many:
                            self.checks.true(value in problem['detail'], f'{name}: {problem["detail"]} tells {value}')
                if 'example' in p:
                    for value in p['example'] if many else [p['example']]:
                        self.validate(value, one, f'example of {name}')
                        ask(name, value, 200)
                        if many:
                            ask(name, '-' + value, 200)
                if 'default' in schema:
                    a = self.client.ask(target + '?' + urlencode({**needed, name: schema['default']})).json()
                    b = self.client.ask(target + '?' + urlencode(needed)).json()
                    if isinstance(a, dict):
                        a.pop('took_ms', 0), b.pop('took_ms', 0)
                    self.checks.equal(a, b, f'the default of {name}')
                if 'minimum' in schema:
                    ask(name, schema['minimum'], 200), ask(name, schema['maximum'], 503 if name == 'min_revision' else 200)
                    ask(name, schema['minimum'] - 1, 400), ask(name, schema['maximum'] + 1, 400)
                if 'minLength' in one or 'pattern' in one or 'enum' in one:
                    ask(name, '', 400)
                value = one.get('enum', p.get('example', ['x']))
                value = value[0] if isinstance(value, list) else value
                twice = self.client.ask(target + '?' + urlencode([(name, value), (name, value)]))
                self.checks.equal(twice.status, 200 if many else 400, f'{name} twice')
                if many:
                    ask(name, ['x' if 'enum' not in one and 'pattern' not in one else value] * schema['maxItems'], 200)
                    ask(name, ['x' if 'enum' not in one and 'pattern' not in one else value] * (schema['maxItems'] + 1), 400)

    def every_page(self):
        for parameters in ({'q': ''}, {'q': 'lighthouse'}, {'q': '"灯"'}, {'q': 'the light OR 港口', 'lang': 'zh'}, {'q': 'res*', 'kind': ['operative', 'preambular']}):
            for unit in ('paragraph', 'document'):
                found = {}
                for sort in ('relevance', 'newest', 'oldest', 'most-cited'):
                    what = f'{parameters} {unit} {sort}'
                    first, matches = self.pages(**parameters, unit=unit, sort=sort, limit=17 if parameters['q'] else 100, facets='none')
                    ids = [m['id'] if unit == 'paragraph' else m['symbol'] for m in matches]
                    self.checks.equal(len(set(ids)), len(ids), f'repeats of {what}')
                    self.checks.equal(len(ids), first['total']['value' if unit == 'paragraph' else 'works'], f'matches of {what}')
                    self.checks.equal(len({m['symbol'] for m in matches}), first['total']['works'], f'works of {what}')
                    if unit == 'document':
                        self.checks.true(sum(m['paragraphs_matched'] for m in matches) <= first['total']['value'], f'paragraphs of {what}')
                        for m in matches:
                            self.checks.equal(len(m['paragraphs']) if 'paragraphs' in m else 0, min(3, m['paragraphs_matched'] - 1), f'further paragraphs of {m["id"]}')
                    found[sort] = sorted(ids)
                    keys = {'relevance': lambda m: -m['score'], 'newest': lambda m: [-ord(c) for c in m['date'] or ''] or [0], 'oldest': lambda m: m['date'] or '9999',
                            'most-cited': lambda m: -m['cited_by']}
                    order = [keys[sort](m) for m in matches]
                    self.checks.true(order == sorted(order), f'order of {what}')
                for sort, ids in found.items():
                    self.checks.equal(ids, found['relevance'], f'what {parameters} {unit} {sort} finds')
        small = [m['id'] for m in self.pages(q='the light', limit=1, facets='none')[1]]
        large = [m['id'] for m in self.pages(q='the light', limit=100, facets='none')[1]]
        self.checks.equal(small, large, 'pages of one match and of a hundred')

    def every_facet(self):
        for base in ({}, {'q': 'lighthouse OR 灯塔'}, {'lang': 'en', 'kind': 'operative'}, {'q': 'lighthouse zzzz'}, {'q': 'A/RES/91/12'}):
            answer = self.search(**base, limit=0, facets=','.join(FACETS))
            self.checks.equal(list(answer['facets']), FACETS, 'the facets asked for, in their order')
            documents = self.search(**base, limit=0, facets=','.join(FACETS), unit='document')
            # Of long lists each unit shows its own most frequent values.
            for f, values in documents['facets'].items():
                if len(values) < 50:
                    self.checks.equal({v['value'] for v in values}, {v['value'] for v in answer['facets'][f]}, f'{base}: values of {f} with unit=document')
            works = {f: {v['value']: v['count'] for v in values} for f, values in documents['facets'].items()}
            self.checks.equal(documents['total'], answer['total'], f'{base}: total with unit=document')
            for field, values in answer['facets'].items():
                chosen = base.get(field)
                for v in values:
                    self.checks.equal(v['selected'], v['value'] == chosen, f'{base} {field}={v["value"]} selected')
                    if v['value'].startswith('-'):
                        continue
                    for unit in ('paragraph', 'document') if not base and v['value'] in works[field] else ('paragraph',):
                        narrowed = self.search(**{**base, field: v['value']}, unit=unit, limit=0, facets=field)
                        self.checks.equal(narrowed['total']['value' if unit == 'paragraph' else 'works'], v['count'] if unit == 'paragraph' else works[field][v['value']],
                                          f'{base}: {field}={v["value"]} ({unit})')
                    # Disjunctive: the choice does not change its own list.
                    same = [{**w, 'selected': w['value'] == v['value']} for w in values]
                    narrowed = self.search(**{**base, field: v['value']}, limit=0, facets=field)
                    more = [w for w in narrowed['facets'][field] if w['value'] not in {x['value'] for x in values}]
                    self.checks.equal([w for w in narrowed['facets'][field] if w not in more], same, f'{base}: the list of {field} with {v["value"]} chosen')
                    if not chosen:
                        everything = answer['total']['value']
                        self.checks.equal(self.total(**{**base, field: '-' + v['value']}), everything - v['count'], f'{base}: {field} without {v["value"]}')
                if field in ('lang', 'body', 'type', 'year', 'kind') and len(values) > 1 and not chosen:
                    two = [v['value'] for v in values[:2]]
                    self.checks.equal(self.total(**{**base, field: two}), values[0]['count'] + values[1]['count'], f'{base}: {field} = {two}')
        absent = self.search(year='1946', limit=0, facets='year,lang')
        self.checks.equal(absent['total']['value'], 0, 'a year without documents')
        self.checks.true({'value': '1946', 'label': {'en': '1946', 'zh': '1946'}, 'count': 0, 'selected': True} in absent['facets']['year'], 'a selected value is listed at 0')
        self.checks.equal(absent['facets']['lang'], [], 'other facets of nothing')
        everything = self.get('/v1/facets').json()
        listed = self.search(limit=0, facets=','.join(FACETS))
        self.checks.equal(everything['index'], listed['index'], 'state in /v1/facets')
        for field in FACETS:
            self.checks.equal(everything['facets'][field][:50] if field != 'year' else everything['facets'][field], listed['facets'][field], f'/v1/facets: {field}')
            # Every filter is a field of the query language too; `subject:` asks for words of it.
            for v in listed['facets'][field][:12]:
                if field != 'subject' and '"' not in v['value']:
                    self.checks.equal(self.total(q=f'{field}:"{v["value"]}"'), v['count'], f'{field}:"{v["value"]}" in the query')

    def filters(self):
        everything = self.total()
        years = self.search(limit=0, facets='year')['facets']['year']
        for v in years:
            y = v['value']
            self.checks.equal(self.total(date_from=y, date_to=y), v['count'], f'dates of {y}')
            self.checks.equal(self.total(date_from=f'{y}-01-01', date_to=f'{y}-12-31'), v['count'], f'days of {y}')
            self.checks.equal(self.total(q=f'date:{y}'), v['count'], f'date:{y}')
        dated = sum(v['count'] for v in years)
        self.checks.equal(self.total(date_from='1945'), dated, 'all with a date')
        before, after = self.total(date_to='2037-06-30'), self.total(date_from='2037-07-01')
        self.checks.equal(before + after, dated, 'before and after a day')
        none, some = self.total(cited_by='0'), self.total(cited_by='1..')
        self.checks.equal(none + some, everything, 'cited or not')
        self.checks.equal(self.total(cited_by='..1'), none + self.total(cited_by='1'), 'cited once at most')
        self.checks.equal(self.total(q='cited_by:1..'), some, 'cited_by: in the query')
        self.checks.equal(self.total(voter='FRA'), self.total(voter=['FRA:yes', 'FRA:no', 'FRA:abstain']), 'a State, however it voted')
        self.checks.equal(self.total(body='大会'), self.total(body='GA'), 'a body by its name')
        self.checks.equal(self.total(committee='Second Committee'), self.total(committee='C2'), 'a committee by its name')
        self.checks.equal(self.total(symbol='a/res/91/12'), self.total(symbol='A/RES/91/12'), 'a symbol in small letters')
        self.checks.equal(self.total(q='', lang=['zh', '-zh']), 0, 'wanted and excluded')

    def translation(self):
        """Words of a language that is not asked for are looked for in translation, and nothing else is."""
        for word in ('lighthouses', 'committee'):
            written, found = self.total(q=word, lang='zh', translate='off'), self.total(q=word, lang='zh')
            self.checks.true(found > written == 0, f'{word} in Chinese: {found}, as written {written}')
            self.checks.equal(self.total(q=word), self.total(q=word, translate='off'), f'{word} where no language is asked for')
            self.checks.true(self.total(q=word, translate='on') >= self.total(q=word) + found, f'{word} in both languages')
        page = self.search(q='lighthouses', lang='zh', explain=1, limit=3)
        self.checks.true(page['query']['notices'] and '灯塔' in page['query']['understood'], 'a translated query says so')
        for match in page['matches']:
            self.checks.true(any('灯塔' in part['what'] for part in match['explanation']), f'{match["id"]} is explained')

    def highlights(self):
        def plain(s):
            # One document stands in Traditional characters.
            return re.sub(r'\s+', ' ', s).strip().casefold().replace('燈', '灯')
        for text, alone in (('lighthouse', True), ('灯塔', True), ('灯', True), ('former keeper', True), ('Security Council', True), ('安全理事会', True), ('of', True)):
            answer = self.search(q=f'"{text}"', limit=100)
            self.checks.true(answer['matches'], f'"{text}" is found')
            for m in answer['matches']:
                marked = [s['text'][a:b] for s in m['snippets'] for a, b in s['highlights']]
                self.checks.true(marked, f'"{text}" is marked in {m["id"]}')
                for part in marked:
                    self.checks.equal(plain(part), plain(text), f'what is marked in {m["id"]}')
        for q in ('lighthouse keeper', '灯塔 看守人', 'light*', 'lamp NEAR/5 oil', '(灯塔 OR lighthouse) -lamp', '"灯塔" lamp', ''):
            for m in self.search(q=q, limit=100)['matches']:
                for s in m['snippets']:
                    end = 0
                    for a, b in s['highlights']:
                        self.checks.true(end <= a < b <= len(s['text']), f'spans of {m["id"]} for {q}: {s["highlights"]}')
                        end = b
                    inner = s['text'].strip('… ')
                    self.checks.true(inner in m['paragraph']['text'], f'a snippet of {m["id"]} is of its text')
                    if not q:
                        self.checks.equal(s['highlights'], [], 'without a query nothing is marked')
        for m in self.search(q='lighthouse lamp', explain='1', limit=20)['matches']:
            self.checks.true(abs(sum(p['value'] for p in m['explanation']) - m['score']) < 1e-6, f'the parts of the score of {m["id"]}')

    def documents(self, printed):
        """Every document, in every form; what lint read is what the index holds."""
        lists = {}
        for (symbol, lang), record in sorted(printed.items()):
            target = '/v1/documents/' + quote(symbol, safe='')
            d = self.get(f'{target}?lang={lang}').json()
            for key, value in record.items():
                if key == 'paragraphs':
                    for ours, theirs in zip(d['paragraphs'], value):
                        for citation in ours['citations']:
                            citation.pop('known')
                        ours.pop('label')
                        self.checks.equal(ours, theirs, f'{theirs["id"]} as lint prints it')
                    self.checks.equal(len(d['paragraphs']), len(value), f'paragraphs of {symbol}@{lang}')
                elif key not in ('path', 'furniture'):
                    self.checks.equal(d[key], value, f'{key} of {symbol}@{lang}')
            self.checks.true('path' not in d, 'where a file lies is not told')
            self.checks.equal(self.get(f'/v1/documents/{symbol}?lang={lang}').json()['id'], d['id'], 'with its slashes as they are')
            self.checks.equal(self.get(f'{target}@{lang}').json()['id'], d['id'], 'with its language after it')
            text = self.get(f'{target}?lang={lang}&format=text')
            self.checks.true(text.headers['Content-Type'].startswith('text/plain') and d['paragraphs'][-1]['text'] in text.body.decode(), f'{symbol}@{lang} as text')
            other = {'zh': 'en', 'en': 'zh'}[lang]
            both = self.get(f'{target}?lang={lang}&parallel={other}').json()
            self.checks.equal('parallel_id' in both, (symbol, other) in printed, f'the other language of {symbol}@{lang}')
            self.checks.equal('parallel_only' in both, True, f'what stands in the other language only, of {symbol}@{lang}')
            if (symbol, other) in printed:
                seen = [p['parallel']['id'] for p in both['paragraphs'] if p['parallel']] + [p['id'] for p in both['parallel_only']]
                self.checks.equal(sorted(seen), sorted(p['id'] for p in printed[symbol, other]['paragraphs']), f'{symbol}: each paragraph of {other} stands once beside {lang}')
            lists[symbol] = (self.get(f'{target}/citations').json(), self.get(f'{target}/cited-by').json(), d)
        for symbol, (cites, cited_by, d) in lists.items():
            for answer in (cites, cited_by):
                self.checks.equal(answer['symbol'], symbol, 'whose list it is')
                self.checks.equal(answer['total'], len(answer['citations']), f'length of a list of {symbol}')
                self.checks.true(symbol not in [c['symbol'] for c in answer['citations']], f'{symbol} does not cite itself')
            self.checks.equal(cited_by['total'], d['cited_by'], f'cited_by of {symbol}')
            for c in cites['citations']:
                self.checks.equal(c['known'], c['symbol'] in lists, f'{c["symbol"]} is known')
                if c['symbol'] in lists:
                    self.checks.true(symbol in [x['symbol'] for x in lists[c['symbol']][1]['citations']], f'{c["symbol"]} is cited by {symbol}')
            for c in cited_by['citations']:
                self.checks.true(symbol in [x['symbol'] for x in lists[c['symbol']][0]['citations']], f'{c["symbol"]} cites {symbol}')
        for ref, symbol in (('A/RES/91/12', 'A/RES/91/12'), ('a/res/91/12', 'A/RES/91/12'), ('resolution 91/12', 'A/RES/91/12'), ('第91/12号决议', 'A/RES/91/12'), ('Ａ／ＲＥＳ／９１／１２', 'A/RES/91/12'),
                            ('res 3901', 'S/RES/3901(2036)'), ('resolution 3901 (2036)', 'S/RES/3901(2036)'), ('第3901(2036)号决议', 'S/RES/3901(2036)'), ('S/RES/3901 (2036)', 'S/RES/3901(2036)'),
                            ('3901', 'S/RES/3901(2036)'), ('lamp-room-notebook-7', 'lamp-room-notebook-7')):
            r = self.get('/v1/resolve?' + urlencode({'ref': ref})).json()
            self.checks.equal((r['symbol'], r['known']), (symbol, True), f'{ref} as a reference')
            self.checks.equal(r['ref'], ref, 'the reference as given')
        for ref in ('nothing', '999/999', '<script>', '第号', '(((', '@', 'A/RES/92/40'):
            r = self.get('/v1/resolve?' + urlencode({'ref': ref})).json()
            self.checks.equal(r['known'], False, f'{ref} as a reference')
        self.checks.equal(self.get('/v1/resolve?ref=A/RES/92/40').json()['candidates'], ['A/RES/92/40A', 'A/RES/92/40B'], 'parts of a resolution')
        for target in ('/v1/documents/A/RES/999/999', '/v1/documents/none', '/v1/documents/A/RES/999/999/citations', '/v1/documents/x/cited-by'):
            self.get(target, 404)

    def headers(self):
        for path, item in self.openapi['paths'].items():
            if 'get' not in item:
                continue
            target = path.replace('{format}', 'csl').replace('{symbol}', 'A%2FRES%2F91%2F12').replace('{id}', 'A%2FRES%2F93%2F9%40en%23op1') + ('?ref=x' if path == '/v1/resolve' else '')
            r = self.get(target)
            head = self.client.ask(target, 'HEAD')
            self.checks.equal((head.status, head.body), (200, b''), f'HEAD {target}')
            if path not in ('/metrics', '/v1/search', '/v1/search.{format}'):  # which grow, say how long they took, are sent as they are made
                self.checks.equal(head.headers['Content-Length'], str(len(r.body)), f'Content-Length of HEAD {target}')
            for name in ('Content-Type', 'ETag', 'Vary', 'Cache-Control', 'X-Content-Type-Options'):
                self.checks.equal(head.headers[name], r.headers[name], f'{name} of HEAD {target}')
            self.checks.equal(r.headers['X-Content-Type-Options'], 'nosniff', target)
            self.checks.true(r.headers['Date'], f'{target} has a Date')
            for method in ('POST', 'PUT', 'DELETE', 'PATCH', 'TRACE'):
                other = self.client.ask(target, method)
                self.checks.equal((other.status, other.headers['Allow']), (405, 'GET, HEAD'), f'{method} {target}')
                self.validate(other.json(), {'$ref': '#/components/schemas/Problem'}, f'{method} {target}')
            tag = r.headers['ETag']
            if tag:
                for given in (tag, f'"a", {tag}', '*', tag.removeprefix('W/')):
                    self.get(target, 304, {'If-None-Match': given})
                self.checks.equal(self.client.ask(target, 'HEAD', {'If-None-Match': tag}).status, 304, f'HEAD {target} again')
                self.checks.equal(self.client.ask(target, headers={'If-None-Match': '"a"'}).status, 200, f'{target} with another tag')
        same = {self.get('/v1/search?q=a').headers['ETag'] for _ in range(3)}
        self.checks.equal(len(same), 1, 'the tag of an answer stays')
        self.checks.true(self.get('/v1/search?q=b').headers['ETag'] not in same, 'another query has another tag')
        document = '/v1/documents/A%2FRES%2F91%2F12'
        text = self.get(document, headers={'Accept': 'text/plain'})
        self.checks.true(text.headers['Content-Type'].startswith('text/plain'), 'Accept: text/plain')
        self.checks.true(text.headers['ETag'] != self.get(document).headers['ETag'], 'each form has its own tag')
        for accept in ('*/*', 'application/json', 'image/png, */*;q=0.1', 'text/plain;q=0.2, application/json'):
            self.checks.true(self.get(document, headers={'Accept': accept}).headers['Content-Type'].startswith('application/json'), f'Accept: {accept}')

    def post(self, path, body, status=200):
        """An answer to a draft, held against OpenAPI."""
        r = self.client.ask(path, 'POST', {'Content-Type': 'application/json'}, body if isinstance(body, (str, bytes)) else json.dumps(body, ensure_ascii=False).encode())
        if self.checks.equal(r.status, status, f'status of POST {path} {body!r:.200}: {r.body[:300]!r}'):
            response = self.openapi['paths'][path]['post']['responses'].get(str(status), {'$ref': '#/components/responses/Problem'})
            response = self.schema.resolve(response['$ref']) if '$ref' in response else response
            kind = r.headers['Content-Type'].split(';')[0]
            self.validate(r.json(), response['content'][kind]['schema'], f'POST {path}')
        return r.json()

    def drafts(self):
        """What is asked by POST."""
        document = self.get('/v1/documents/A/RES/93/9?lang=en').json()
        clauses = [p for p in document['paragraphs'] if p['kind'] in ('preambular', 'operative')]
        text = '\n\n'.join(p['text'] for p in clauses)
        answer = self.post('/v1/precedents', {'text': text})
        self.checks.equal([p['text'] for p in answer['paragraphs']], [p['text'] for p in clauses], 'the paragraphs of a draft')
        for p in answer['paragraphs']:
            begin, end = p['span']
            self.checks.equal(text[begin:end], p['text'], 'the span of a paragraph')
            self.checks.equal(p['wordings'][0]['similarity'], 1, 'a paragraph finds itself')
            self.checks.true(len(p['wordings']) == p['total']['wordings'], 'every wording is shown')
            self.checks.equal(sum(v['count'] for v in p['counts']['year']), p['total']['documents'], 'documents by year')
            similarities = [w['similarity'] for w in p['wordings']]
            self.checks.equal(similarities, sorted(similarities, reverse=True), 'the most similar first')
            for w in p['wordings'] + p['runs']:
                self.checks.equal(''.join(d['text'] for d in w['diff'] if d['op'] != 'insert'), w['text'], 'a diff begins with the wording')
                self.checks.equal(''.join(d['text'] for d in w['diff'] if d['op'] != 'delete'), p['text'], 'and ends with the draft')
        self.checks.true(any(p['translations'] and p['translations'][0]['lang'] == 'zh' for p in answer['paragraphs']), 'the agreed translation')
        for filters, uses in (({'symbol': '-A/RES/93/9'}, True), ({'body': ['SC']}, False), ({'year': [2038], 'lang': 'en'}, True), ({'date_to': '2030'}, False), (None, True)):
            found = self.post('/v1/precedents', {'text': text, 'lang': 'en', 'filters': filters})
            self.checks.equal(any(p['total']['uses'] for p in found['paragraphs']), uses, f'wording with {filters}')
        self.checks.equal(self.post('/v1/precedents', {'text': clauses[0]['text'], 'limit': 0})['paragraphs'][0]['wordings'], [], 'limit 0')
        checked = self.post('/v1/citations/check', {'text': '😀 Recalling resolution 91/12 and 第3902(2037)号决议'})['citations']
        self.checks.equal([(c['symbol'], c['status']) for c in checked], [('A/RES/91/12', 'newer-in-series'), ('S/RES/3902(2037)', 'inconsistent')], 'references of a draft')
        self.checks.equal(checked[0]['span'], [23, 28], 'spans in code points')
        self.checks.equal(self.post('/v1/citations/check', {'text': 'nothing'}), {'citations': [], 'total': 0, 'notices': []}, 'no references')
        for path in ('/v1/precedents', '/v1/citations/check'):
            for body, what in ((b'', 'invalid-body'), (b'{', 'invalid-body'), (b'[]', 'invalid-body'), (b'\xff', 'invalid-body'), (b'{"text": "\xff"}', 'invalid-body'), ({}, 'invalid-parameter'), ({'text': 1}, 'invalid-parameter'),
                               ({'text': ' \n'}, 'invalid-parameter'), ({'text': 'a', 'zz': 1}, 'unknown-parameter'), (b'[' * 100000, 'invalid-body')):
                self.checks.equal(self.post(path, body, 400)['type'], 'urn:resolute:problem:' + what, f'{path} {body!r:.40}')
            for method in ('GET', 'HEAD', 'PUT'):
                r = self.client.ask(path, method)
                self.checks.equal((r.status, r.headers['Allow']), (405, 'POST'), f'{method} {path}')
            self.checks.equal(self.client.ask(path + '?q=1', 'POST', body=b'{"text": "a"}').status, 400, 'no parameters in the address')
        for more in ({'lang': 'fr'}, {'limit': 201}, {'limit': -1}, {'filters': []}, {'filters': {'q': 'a'}}, {'filters': {'body': 'UNESCO'}}, {'filters': {'year': {}}}):
            self.post('/v1/precedents', {'text': 'a', **more}, 400)
        self.phrases()
        self.offers()
        history = self.get('/v1/paragraphs/A/RES/93/9@en%23op1/history').json()
        self.checks.equal([d['symbol'] for d in history['series']], ['A/RES/91/12', 'A/RES/92/15', 'A/RES/93/9', 'A/RES/94/21'], 'a series')
        for target in ('/v1/paragraphs/A/RES/93/9@en%23op999/history', '/v1/paragraphs/A/RES/93/9/history', '/v1/paragraphs/x@en%23op1/history', '/v1/paragraphs/A/RES/93/9@en%23op999'):
            self.checks.equal(self.client.ask(target).status, 404, target)
        far = self.get('/v1/documents/A/RES/94/21/citations?depth=5').json()
        self.checks.true(far['complete'] and far['depth'] == 5 and all(r['through'] for r in far['further']), 'citations over several steps')

    def phrases(self):
        """Repeated phrases count what they find as quotes."""
        for filters in ('', 'body=GA', 'lang=zh', 'year=2038&lang=en', 'q=member+states', 'kind=operative&cited_by=1..'):
            answer = self.get('/v1/phrases?limit=20&' + filters).json()
            self.checks.true(answer['total'] >= len(answer['phrases']), f'total of phrases ({filters})')
            for p in answer['phrases']:
                rest = {k: v for k, v in parse_qsl(filters) if k not in ('q', 'lang')}
                found = self.search(q='"' + p['text'] + '"', lang=p['lang'], unit='document', limit=0, facets='none', **rest)
                self.checks.equal(found['total']['value'], p['paragraphs'], f'paragraphs with {p["text"]!r} ({filters})')
        self.checks.true(any(p['translation'] for p in self.get('/v1/phrases?limit=50').json()['phrases']), 'a phrase with its translation')
        for bad in ('limit=51', 'limit=-1', 'sort=newest', 'unit=document', 'body=UNESCO', 'q=a&q=b'):
            self.checks.equal(self.client.ask('/v1/phrases?' + bad).status, 400, f'phrases with {bad}')
        self.checks.equal(self.client.ask('/v1/phrases?q=' + 'a' * 401).status, 414, 'a long query for phrases')

    def offers(self):
        """Completions, related searches and what is offered for slips."""
        for typed in ('li', 'lighthouse k', '灯塔', 'S/RES/39', '第二', 'second c'):
            answer = self.get('/v1/suggest?' + urlencode({'q': typed, 'limit': 7})).json()
            self.checks.true(0 < len(answer['suggestions']) <= 7, f'completions of {typed!r}')
            for s in answer['suggestions']:
                if s['kind'] in ('symbol', 'subject', 'committee', 'concerns'):
                    found = self.search(limit=0, facets='none', **{s['kind']: s['value']})
                    self.checks.true(found['total']['documents'] >= 1, f'{s["kind"]} {s["value"]!r} finds something')
        for nothing in ('', 'l', '--', 'qzxqzx'):
            self.checks.equal(self.get('/v1/suggest?' + urlencode({'q': nothing})).json()['suggestions'], [], f'completions of {nothing!r}')
        related = self.get('/v1/related?q=lighthouse&limit=3').json()
        self.checks.true(len(related['subjects']) <= 3 and len(related['phrases']) <= 3, 'related searches at most')
        for s in related['subjects']:
            self.checks.equal(self.search(q='lighthouse', subject=s['text'], limit=0)['total']['documents'], s['count'], f'related subject {s["text"]!r}')
        self.checks.equal(self.search(q='lighthuose keeper')['query']['did_you_mean'], 'lighthouse keeper', 'a slip mended')
        self.checks.true('did_you_mean' not in self.search(q='lighthouse keeper')['query'], 'nothing mended that is right')
        self.checks.equal(self.search(q='S/RES/3901(2037)')['query']['near_symbols'], ['S/RES/3901(2036)'], 'symbols near one that is not there')
        for bad in ('suggest?q=a&q=b', 'suggest?limit=0', 'suggest?limit=21', 'suggest?limit=x', 'suggest?lang=fr', 'suggest?zz=1', 'related?limit=0', 'related?limit=21', 'related?sort=newest', 'related?body=UNESCO', 'related?q=a&q=b'):
            self.checks.equal(self.client.ask('/v1/' + bad).status, 400, bad)
        self.checks.equal(self.client.ask('/v1/suggest?q=' + 'a' * 201).status, 414, 'a long beginning')

    def problems(self):
        next_page = self.search(q='light', limit=1)['next']
        for bad in ({'q': 'lamp'}, {'q': 'light', 'sort': 'newest'}, {'q': 'light', 'unit': 'document'}, {'q': 'light', 'lang': 'zh'}, {'q': 'light', 'date_to': '2040'}):
            problem = self.search(400, **bad, limit=1, cursor=next_page)
            self.checks.equal((problem['type'], problem['parameter']), ('urn:resolute:problem:invalid-parameter', 'cursor'), f'a cursor of another query ({bad})')
        self.search(q='light', limit=50, facets='none', explain='1', cursor=next_page)
        for target in ('/nothing', '/v1', '/v1/', '/v1/search/', '/v2/search'):
            r = self.client.ask(target)
            self.checks.equal(r.status, 404, target)
            self.validate(r.json(), {'$ref': '#/components/schemas/Problem'}, target)
        self.get('/v1/resolve', 400)
        self.get('/v1/resolve?ref=' + 'a' * 400)
        self.get('/v1/resolve?ref=' + 'a' * 401, 400)

    def page_files(self, source):
        """What is compiled in is what stands in the tree."""
        files = {'/openapi.json': 'schemas/openapi.json', '/opensearch.xml': 'http/web/opensearch.xml'}
        page = self.client.ask('/').body.decode()
        for path in re.findall(r'(?:href|src)="\.(/static/[^"]+)"', page):
            files[path] = 'http/web/' + path.rsplit('/', 1)[1]
        self.checks.true(len(files) >= 5, 'the page has files of its own')
        for path, file in files.items():
            with open(os.path.join(source, file), 'rb') as f:
                self.checks.true(self.client.ask(path).body == f.read(), f'{path} is {file}')


def patience(binary):
    """How much slower a binary with a sanitizer may be."""
    with open(binary, 'rb') as f:
        code = f.read()
    return 5 if b'__tsan_init' in code else 2 if b'__asan_init' in code else 1


def run_binary(binary, *arguments, codes=(0,), timeout=300):
    done = subprocess.run([binary, *arguments], capture_output=True, timeout=timeout)
    if done.returncode not in codes:
        raise RuntimeError(f'{arguments[0]} ended with {done.returncode}: {done.stderr.decode(errors="replace")[-2000:]}')
    return done.stdout


def check_files(checks, binary, source, report_path):
    """lint lines and the report against their schemas. Gives the documents that the index should hold."""
    with open(os.path.join(source, 'schemas/document.schema.json')) as f:
        document = Schema(json.load(f))
    with open(os.path.join(source, 'schemas/report.schema.json')) as f:
        report_schema = Schema(json.load(f))
    with open(report_path) as f:
        report = json.load(f)
    errors = list(report_schema.errors(report, report_schema.root))
    checks.true(not errors, f'the report: {errors[:5]}')
    parts = report['added'] + report['replaced'] + report['unchanged'] + report['joined'] + report['duplicate']['count'] + report['ignored']['count'] + report['rejected']['count']
    checks.equal(parts, report['files'], 'the files of the report')
    checks.equal(len(report['duplicate']['list']), report['duplicate']['count'], 'duplicates of the report')
    checks.equal(len(report['ignored']['list']), report['ignored']['count'], 'ignored files of the report')
    losers = {d['path'] for d in report['duplicate']['list']}
    printed = {}
    for line in run_binary(binary, 'lint', '--quiet', os.path.join(source, 'samples'), codes=(1,)).decode().splitlines():
        record = json.loads(line)
        errors = list(document.errors(record, {'$ref': '#/$defs/printed'}))
        checks.true(not errors, f'lint of {record["path"]}: {errors[:5]}')
        for p in record['paragraphs']:
            for c in p['citations']:
                checks.true(0 <= c['span'][0] < c['span'][1] <= len(p['text']), f'a span in {p["id"]}')
        if record['path'] not in losers:
            checks.true((record['symbol'], record['lang']) not in printed, f'{record["symbol"]}@{record["lang"]} once')
            printed[record['symbol'], record['lang']] = record
    checks.equal(len(printed), report['index']['documents'], 'documents that lint prints and the index holds')
    for name in ('jsonl/more.jsonl',):
        with open(os.path.join(source, 'samples', name)) as f:
            for line in f:
                checks.true(not list(document.errors(json.loads(line), {'$ref': '#'})), f'a line of {name}')
    # The schema takes and refuses what lint takes and refuses.
    good = {'symbol': 'leaf-1', 'lang': 'en', 'text': 'A leaf.'}
    cases = [good, {**good, 'paragraphs': [{'text': 'a'}]}, {'symbol': 'leaf-1', 'lang': 'en', 'paragraphs': [{'text': 'a', 'kind': 'operative', 'id': 'op1'}]}, {**good, 'date': '2036-05-17'},
             {**good, 'session': 91}, {**good, 'vote': {'outcome': 'recorded', 'yes': 3, 'voters': {'FRA': 'yes'}}}, {**good, 'more': 1}, {**good, 'title': None},
             {**good, 'lang': 'fr'}, {**good, 'symbol': ''}, {'lang': 'en', 'text': 'a'}, {'symbol': 'a', 'text': 'a'}, {'symbol': 'a', 'lang': 'en'}, {**good, 'text': ''},
             {**good, 'date': 'yesterday'}, {**good, 'body': 'UNESCO'}, {**good, 'type': 'treaty'}, {**good, 'vote': {'outcome': 'maybe'}}, {**good, 'vote': 3}, {**good, 'vote': {'yes': -1}},
             {**good, 'vote': {'voters': {'FRA': 'perhaps'}}}, {**good, 'paragraphs': []}, {**good, 'paragraphs': [{'text': ''}]}, {**good, 'paragraphs': [{'text': 'a', 'kind': 'verse'}]},
             {**good, 'agenda': 7}, {**good, 'subjects': [1]}, {**good, 'title': ['a']}, 'text', 7, None]
    with tempfile.TemporaryDirectory() as folder:
        for i, case in enumerate(cases):
            path = os.path.join(folder, f'{i}.jsonl')
            with open(path, 'w') as f:
                f.write(json.dumps(case) + '\n')
            taken = bool(run_binary(binary, 'lint', '--quiet', path, codes=(0, 1)).strip())
            checks.equal(not list(document.errors(case, {'$ref': '#'})), taken, f'the schema and lint on {json.dumps(case)}')
    return printed


NEW = {'symbol': 'S/RES/3999(2040)', 'lang': 'en', 'date': '2040-12-31', 'title': 'A late lantern',
       'paragraphs': [{'kind': 'operative', 'number': '1', 'text': 'Decides that the zephyrlantern shall be lit, recalling resolution 91/12;'}, {'kind': 'operative', 'number': '2', 'text': 'Decides to remain seized of the lighthouse.'}]}


def check_update(checks, openapi, binary, index, port):
    """Another file is indexed under a running server."""
    contract = Contract(checks, openapi, port)
    walk = {'sort': 'newest', 'limit': 40, 'facets': 'none'}
    first = contract.search(**walk)
    before = first['index']
    by_relevance = contract.search(q='lighthouse', limit=3, facets='none')
    tag = contract.get('/v1/search?q=lighthouse').headers['ETag']
    checks.equal(contract.total(q='zephyrlantern'), 0, 'what is not there yet')
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'late.jsonl')
        with open(path, 'w') as f:
            f.write(json.dumps(NEW) + '\n')
        report = os.path.join(folder, 'report.json')
        run_binary(binary, 'index', '--quiet', '--keep-sources', '--index', index, '--report', report, path)
        since = time.monotonic()
        while contract.search(limit=0, facets='none')['index']['revision'] == before['revision'] and time.monotonic() - since < 20:
            time.sleep(0.05)
        took = time.monotonic() - since
        checks.true(took < 2 * patience(binary), f'the new state is served within 2 s: {took:.1f}')
        with open(report) as f:
            told = json.load(f)
    after = contract.search(limit=0, facets='none')['index']
    checks.equal((after['documents'], after['paragraphs']), (before['documents'] + 1, before['paragraphs'] + 2), 'documents and paragraphs after the update')
    checks.equal(after, {k: told['index'][k] for k in after}, 'the state that the report tells')
    checks.equal(contract.total(q='zephyrlantern'), 1, 'what is there now')
    checks.equal(contract.get('/readyz').json()['revision'], after['revision'], '/readyz tells the state')
    checks.equal(contract.get(f"/readyz?min_revision={after['revision']}").json()['revision'], after['revision'], 'a state that is there')
    lagging = contract.client.ask(f"/readyz?min_revision={after['revision'] + 1}")
    checks.equal((lagging.status, lagging.json()['type']), (503, 'urn:resolute:problem:not-ready'), 'a state that is not there yet')
    checks.true('S/RES/3999(2040)' in [c['symbol'] for c in contract.get('/v1/documents/A/RES/91/12/cited-by').json()['citations']], 'the new citation')
    checks.equal(contract.client.ask('/v1/search?q=lighthouse', headers={'If-None-Match': tag}).status, 200, 'an old tag is no longer good')
    # An old cursor goes on in the state it was made for.
    for start, parameters in ((first, walk), (by_relevance, {'q': 'lighthouse', 'limit': 3, 'facets': 'none'})):
        ids, page = [m['id'] for m in start['matches']], start
        while 'next' in page:
            page = contract.search(**parameters, cursor=page['next'])
            checks.equal(page['index'], before, 'the state of an old cursor')
            ids += [m['id'] for m in page['matches']]
        checks.equal((len(ids), len(set(ids))), (start['total']['value'],) * 2, 'pages over an update')
        checks.true(not [i for i in ids if '3999' in i], 'nothing new after an old cursor')
    checks.equal(contract.search(**walk)['matches'][0]['symbol'], NEW['symbol'], 'a new walk begins with the newest')


def check_stop(checks, binary, index):
    """SIGTERM: what runs is finished, what is idle is closed, the status is 0."""
    server = Server(binary, index)
    idle = socket.create_connection(('127.0.0.1', server.port))
    kept = socket.create_connection(('127.0.0.1', server.port))
    kept.sendall(b'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
    checks.true(b'200 OK' in kept.recv(4096), 'a connection that stays')
    started = socket.create_connection(('127.0.0.1', server.port), timeout=20)
    started.sendall(b'GET /v1/search?q=lighthouse HTTP/1.1\r\n')
    time.sleep(0.3)
    began = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    checks.true(server.process.poll() is None, 'the server waits for a request that has begun')
    started.sendall(b'Host: x\r\n\r\n')
    answer = b''
    with contextlib.suppress(ConnectionError):
        while more := started.recv(65536):
            answer += more
    checks.true(answer.startswith(b'HTTP/1.1 200 OK') and answer.endswith(b'}'), f'a request in flight is answered: {answer[:200]!r}')
    checks.true(b'Connection: close' in answer, 'and told that nothing follows')
    checks.equal(server.process.wait(20), 0, 'the exit status')
    checks.true(time.monotonic() - began < 8 * patience(binary), f'stopping takes {time.monotonic() - began:.1f} s')
    for s in (idle, kept, started):
        s.close()
    with contextlib.suppress(OSError):
        socket.create_connection(('127.0.0.1', server.port), timeout=2)
        checks.true(False, 'nobody listens any more')
    quick = Server(binary, index)
    quick.process.send_signal(signal.SIGTERM)
    checks.equal(quick.process.wait(20), 0, 'the exit status of a server stopped at once')


def check_no_index(checks, openapi, binary, folder):
    """A server without an index says so, and serves one as soon as it is there."""
    with Server(binary, folder) as server:
        contract = Contract(checks, openapi, server.port)
        contract.get('/healthz')
        for target in ('/readyz', '/v1/search', '/v1/facets', '/v1/resolve?ref=a', '/v1/documents/A/RES/91/12'):
            r = contract.get(target, 503)
            checks.equal(r.json()['type'], 'urn:resolute:problem:not-ready', target)
            contract.validate(r.headers['Retry-After'] or '', openapi['components']['headers']['Retry-After']['schema'], target)
        with tempfile.TemporaryDirectory() as files:
            path = os.path.join(files, 'late.jsonl')
            with open(path, 'w') as f:
                f.write(json.dumps(NEW) + '\n')
            run_binary(binary, 'index', '--quiet', '--index', folder, path)
        until = time.monotonic() + 10
        while contract.client.ask('/readyz').status != 200 and time.monotonic() < until:
            time.sleep(0.05)
        contract.get('/readyz')
        checks.equal(contract.total(q='zephyrlantern'), 1, 'the first state')


def check_lexicon(checks, binary, index, folder):
    """The lexicon from the command line, and one index that uses that of another."""
    def ask(*arguments, codes=(0,)):
        return json.loads(run_binary(binary, *arguments, codes=codes))

    unit = ask('lexicon', '--json', '--index', index, 'Lighthouses')[0]
    checks.equal((unit['unit'], unit['lang']), ('lighthous', 'en'), 'a word in any form')
    best = unit['translations'][0]
    checks.equal(best['form'], '灯塔', 'its best translation')
    checks.true(0 < best['probability'] <= 1 and best['together'] <= min(best['pairs'], unit['pairs']) and best['log_likelihood'] > 0, f'evidence: {best}')
    checks.equal(ask('lexicon', '--json', '--index', index, '灯塔')[0]['translations'][0]['unit'], 'lighthous', 'the way back')
    checks.equal(ask('lexicon', '--json', '--index', index, 'zzzz', codes=(1,)), [], 'a word that is not there')
    found = ask('search', '--json', '--index', index, '--lang', 'zh', 'lighthouses')
    checks.true(found['total']['value'] > 0, 'words after --lang are the query')

    chinese = os.path.join(folder, 'chinese.jsonl')
    with open(chinese, 'w') as f:
        f.write(json.dumps({'symbol': 'p1', 'lang': 'zh', 'text': '灯塔看守人'}) + '\n')
    own = os.path.join(folder, 'chinese')
    run_binary(binary, 'index', '--quiet', '--index', own, chinese)
    run_binary(binary, 'lexicon', '--index', own, 'lighthouse', codes=(2,))
    checks.equal(ask('search', '--json', '--index', own, 'lighthouses', codes=(1,))['total']['value'], 0, 'without a lexicon')
    checks.equal(ask('search', '--json', '--index', own, '--lexicon', index, 'lighthouses')['total']['value'], 1, 'with that of another')
    run_binary(binary, 'index', '--quiet', '--index', own, '--lexicon', index, chinese)
    checks.equal(ask('search', '--json', '--index', own, 'lighthouses')['total']['value'], 1, 'with a copy of it')
    run_binary(binary, 'verify', '--index', own)
    run_binary(binary, 'search', '--index', own, '--lexicon', os.path.join(folder, 'nowhere'), 'x', codes=(2,))


def run(binary, source, checks):
    with open(os.path.join(source, 'schemas/openapi.json')) as f:
        openapi = json.load(f)
    with tempfile.TemporaryDirectory(prefix='resolute-contract-') as folder:
        index, report = os.path.join(folder, 'index'), os.path.join(folder, 'report.json')
        run_binary(binary, 'index', '--quiet', '--keep-sources', '--index', index, '--report', report, os.path.join(source, 'samples'), codes=(1,))
        printed = check_files(checks, binary, source, report)
        with Server(binary, index) as server:
            contract = Contract(checks, openapi, server.port)
            for step in (contract.parameters, contract.headers, contract.problems, contract.drafts, contract.filters, contract.every_facet, contract.every_page, contract.translation, contract.highlights):
                before, began = checks.done, time.monotonic()
                step()
                print(f'contract: {step.__name__}: {checks.done - before} checks, {time.monotonic() - began:.1f} s', flush=True)
            contract.documents(printed)
            contract.page_files(source)
            check_update(checks, openapi, binary, index, server.port)
            checks.equal(server.stop(), 0, 'the exit status')
            checks.true('Sanitizer' not in ''.join(server.log) and 'runtime error' not in ''.join(server.log), f'stderr of the server: {"".join(server.log)[-3000:]}')
        check_lexicon(checks, binary, index, folder)
        check_no_index(checks, openapi, binary, os.path.join(folder, 'none'))
        check_stop(checks, binary, index)


if __name__ == '__main__':
    all_checks = Checks()
    run(sys.argv[1], sys.argv[2], all_checks)
    print(f'{all_checks.done} checks, {len(all_checks.failures)} failures')
    sys.exit(1 if all_checks.failures else 0)
