"""References as people write them, in queries and in drafts: references_test.py RESOLUTE SOURCE.

300 symbols of each language, drawn at random with a fixed seed, each in ten of the usual spellings, and lists of them: what /v1/resolve says and what
the checker finds. The symbols are those that generated documents bear: invented ones, and, where ../shared/corpus lies beside the clone, those that the names of its
files say. No text of it is read."""
import glob
import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import urllib.parse
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import Server

BINARY, SOURCE = os.path.abspath(sys.argv[1]), sys.argv[2]
CORPUS = os.path.join(SOURCE, '..', 'shared', 'corpus', 'unxml')
REFERENCES, SPELLINGS, LISTS = 300, 10, 200
LEAST = 0.99  # resolved, and found; none may be taken for another


class Symbol:
    """A symbol with what its spellings are made of."""

    def __init__(self, text):
        self.text = text
        m = re.fullmatch(r'(A/RES|A/DEC|A/HRC/RES|E/RES|S/RES|S/PRST)/(.+)', text)
        self.series, rest = m.groups()
        self.organ = {'A/RES': 'ga', 'A/DEC': 'ga', 'A/HRC/RES': 'hrc', 'E/RES': 'ecosoc', 'S/RES': 'sc', 'S/PRST': 'sc'}[self.series]
        self.decision, self.statement = self.series == 'A/DEC', self.series == 'S/PRST'
        m = re.fullmatch(r'(\d+)\((\w+)\)([A-Z]?)', rest)
        if m:  # 1325(2000), 2200(XXI)A
            self.first, self.second, self.part = m.groups()
            self.number = f'{self.first}{" " + self.part if self.part else ""} ({self.second})'
            self.tight = f'{self.first}{self.part}({self.second})'
            self.year = int(self.second) if self.second.isdigit() else None
        else:
            m = re.fullmatch(r'((?:ES-|S-)?\d+)/(\d+)([A-Z]?)', rest)
            self.first, self.second, self.part = m.groups()
            self.number = f'{self.first}/{self.second}{" " + self.part if self.part else ""}'
            self.tight = self.number
            self.year = 1945 + int(self.first) if self.first.isdigit() and len(self.first) < 4 and self.organ == 'ga' else int(self.first) if len(self.first) == 4 and self.first.isdigit() else None

    def date(self):
        year = self.year or (2006 + (int(self.first) - 1) // 3 if self.organ == 'hrc' else 1966 if '(' in self.text else 2023)
        return f'{year}-{"12-15" if self.organ == "ga" else "06-18"}'


ENGLISH = {'ga': ('General Assembly', ['UNGA', 'GA', 'G.A.', 'UN General Assembly', 'U.N. General Assembly']), 'sc': ('Security Council', ['UNSC', 'SC', 'S.C.', 'UN Security Council', 'United Nations Security Council']),
           'hrc': ('Human Rights Council', ['HRC', 'UNHRC', 'UN Human Rights Council']), 'ecosoc': ('Economic and Social Council', ['ECOSOC', 'UN Economic and Social Council'])}
CHINESE = {'ga': ('大会', ['大會', '联大', '聯大', '联合国大会', '聯合國大會']), 'sc': ('安全理事会', ['安理会', '安理會', '安全理事會', '联合国安理会', '聯合國安全理事會']),
           'hrc': ('人权理事会', ['人權理事會', '联合国人权理事会']), 'ecosoc': ('经济及社会理事会', ['經濟及社會理事會', '经社理事会', '經社理事會'])}
MONTHS = 'January February March April May June July August September October November December'.split()


def symbols_spelled(s):
    """What both languages have: the symbol itself, and what became of it on the way."""
    t = s.text
    out = [t, t.lower(), t.replace('RES', 'Res').replace('DEC', 'Dec'), f'({t})', f'[{t}]', f'https://undocs.org/{t}', f'https://undocs.org/en/{t}', f'https://docs.un.org/zh/{t}', f'http://undocs.org/{t.lower()}',
           f'https://documents.un.org/api/symbol/access?s={t}&l=en', f'https://www.un.org/en/ga/search/view_doc.asp?symbol={t}', f'https://undocs.org/Home/Mobile?FinalSymbol={urllib.parse.quote(t, safe="")}&Language=E', t.replace('/', '_') + '.pdf',
           t.replace('/', '_') + '-EN.pdf', t.replace('/', ' / '), t.replace('/', '/ '), t.replace('RES/', 'RES/\u00a0'), t.replace('-', '\u2011'), t.translate(FULL)]
    if '(' in t:
        out += [t.replace('(', ' ('), t.replace('(', ' ( ').replace(')', ' )'), f'https://docs.un.org/en/{urllib.parse.quote(t)}']
    if s.part:
        out += [t[:-1] + ' ' + s.part, t[:-1].lower() + ' ' + s.part]
    return out


def english(s):
    name, others = ENGLISH[s.organ]
    out = symbols_spelled(s) + [f'UN Doc. {s.text}', f'U.N. Doc {s.text}', f'see {s.text}', f'{s.text}, para. 3', f'paragraph 3 of {s.text}', f'document {s.text}', f'{s.text}, annex' if not s.statement else s.text]
    if s.statement:
        return out + [f'presidential statement {s.text}']
    word = 'decision' if s.decision else 'resolution'
    short = 'Dec.' if s.decision else 'Res.'
    if not s.decision:
        for organ in others[:3]:
            out += [f'{organ} Res {s.number}', f'{organ} Res. {s.number}', f'{organ} res. {s.number}']
    for organ in others:
        out += [f'{organ} {word} {s.number}', f'{organ} {word.capitalize()} {s.number}']
    of = [f'{name} {word} {s.number}', f'{name} {word.capitalize()} {s.number}', f'{name} {word} No. {s.number}', f'{name} {word} no. {s.number}', f'{name.lower()} {word} {s.number}']
    year, month, day = s.date().split('-')
    said = f'{int(day)} {MONTHS[int(month) - 1]} {year}'
    of += [f'{name} {word} {s.number} of {said}', f'{name} {word} {s.number}, adopted on {said}', f'{name} {word} {s.number} ({said})', f'{name} {word} {s.number} of {MONTHS[int(month) - 1]} {int(day)}, {year}',
           f'{name} {word} {s.number} (“On lamps”)', f'para. 3 of {name} {word} {s.number}', f'{name} {word} {s.number}, paras. 3 and 4', f'operative paragraph 3 of {name} {word} {s.number}']
    out += of
    if s.organ in ('ga', 'sc') and not s.part:
        out += [f'{word} {s.number}', f'{word.capitalize()} {s.number}', f'{word.upper()} {s.number}', f'{word} no. {s.number}', f'{word} number {s.number}', f'{word} {s.number}, para. 3', f'{word}\u00a0{s.number}', f'{word} {s.number.replace("/", " / ")}',
                f'{word} {s.number.replace(" (", "(")}', f'({word} {s.number})', f'{word} {s.number}.']
        if not s.decision:
            out += [f'res. {s.number}', f'Res {s.number}']
    if s.organ == 'ga' and s.part:
        out += [f'{word} {s.first}/{s.second}{s.part}' if '(' not in s.text else f'{word} {s.number}', f'{word} {s.number}']
    if s.organ == 'sc' and not s.statement:
        out += [f'UNSCR {s.number}', f'UNSCR {s.first}', f'SCR {s.first}', f'Security Council resolution {s.first}', f'S/RES/{s.first}', f'{word} {s.number.replace("(", "( ").replace(")", " )")}', f'UNSC Resolution {s.first}', f'SC Res. {s.first}']
    if s.organ == 'ga' and s.year and not s.part:
        out += [f'{s.text} ({s.year})']
    return out


FULL = str.maketrans('0123456789/()', '０１２３４５６７８９／（）')


def chinese(s):
    name, others = CHINESE[s.organ]
    out = symbols_spelled(s) + [f'{s.text}号文件', f'文件{s.text}', f'见{s.text}', f'參見{s.text}', f'（{s.text}）', f'《{s.text}》', f'{s.text}，第3段', f'{s.text}号文件第3段']
    if s.statement:
        return out + [f'主席声明{s.text}', f'{s.text}号主席声明']
    if not s.decision:
        out += [f'{s.text}号决议', f'{s.text}號決議']
    word, old = ('决定', '決定') if s.decision else ('决议', '決議')
    n = s.tight
    year, month, day = s.date().split('-')
    if s.organ in ('ga', 'sc'):
        out += [f'第{n}号{word}', f'第{n}號{old}', f'第 {s.number} 号{word}', f'第{n.translate(FULL)}号{word}', f'第{n.replace("/", " / ")}号{word}', f'第{n}号{word}第3段', f'第{n}號{old}第3段', f'第{n}号{word}执行部分第3段', f'（第{n}号{word}）', f'《第{n}号{word}》',
                f'第{n}号{word}。', f'第{s.number}号{word}']
    for organ in [name] + others:
        out += [f'{organ}第{n}号{word}', f'{organ}第{n}號{old}']
    out += [f'{year}年{int(month)}月{int(day)}日{name}第{n}号{word}', f'{name}{year}年{int(month)}月{int(day)}日第{n}号{word}', f'{name}第 {s.number} 号{word}', f'{name}第{n.translate(FULL)}号{word}', f'{name}第{n}号{word}第3段', f'{name}第{n}号{word}附件',
            f'{name}{n}号{word}', f'{others[0]}{n}號{old}']
    if s.organ == 'sc':
        out += [f'安理会第{s.first}号决议', f'安全理事會第{s.first}號決議', f'联合国安理会第{s.first}号决议', f'第{s.first}（{s.second}）号决议', f'安理会{s.first}号决议', f'安理会{s.second}年第{s.first}号决议', f'安理会第{s.first}号决议（{s.second}年）']
    return out


# What only a query can be.
def english_queries(s):
    if s.statement: return [f' {s.text} ', f'{s.text}?']
    word = 'decision' if s.decision else 'resolution'
    out = [f' {s.text} ', f'{s.text}?', f'"{s.text}"'[1:-1], f'{s.text}#op3'] + ([s.number, s.number.replace(' ', '')] if not s.decision and s.organ in ('ga', 'sc') else [])
    return out + [f'{ENGLISH[s.organ][1][0].lower()} {word[:3]} {s.number}']


def chinese_queries(s):
    if s.statement or s.organ not in ('ga', 'sc'): return [f' {s.text} ']
    return [f' {s.text} ', f'第{s.tight}号', f'{s.tight}号'] + ([f'{s.tight}号决议', f'{s.tight}号決議'] if not s.decision else [])


def lists(symbols, lang):
    """Lists of two or three numbers of one organ and series, as texts part them."""
    s = symbols[0]
    name = (ENGLISH if lang == 'en' else CHINESE)[s.organ][0]
    n = [x.number if lang == 'en' else x.tight for x in symbols]
    if lang == 'en':
        word = name + (' decisions ' if s.decision else ' resolutions ')
        forms = [', '.join(n[:-1]) + ' and ' + n[-1], ', '.join(n[:-1]) + ', and ' + n[-1], '; '.join(n), ' & '.join(n), ' and '.join(n), ' or '.join(n), ', '.join(n), '; '.join(n[:-1]) + '; and ' + n[-1], ' and/or '.join(n), ', as well as '.join(n), ' / '.join(n) if '/' not in n[0] else ', '.join(n),
                 ', para. 3, and '.join(n), ' (on lamps) and '.join(n), ', “On lamps”, '.join(n)]
        return [word + f for f in forms] + [', '.join(x.text for x in symbols), ' and '.join(x.text for x in symbols), s.text + ', ' + ' and '.join(n[1:]), '; '.join(x.text.lower() for x in symbols)]
    word = '号决定' if s.decision else '号决议'
    forms = ['、'.join(n), '、'.join(n[:-1]) + '和' + n[-1], '和'.join(n), '、第'.join(n), '号、第'.join(n), '号和第'.join(n), '及'.join(n), '或'.join(n), '；'.join(n), '，'.join(n), '以及'.join(n), '与'.join(n)]
    return [name + '第' + f + word for f in forms] + [name + '第' + f + word.replace('号', '號').replace('决议', '決議').replace('决', '決') for f in forms] + ['、'.join(x.text for x in symbols), '和'.join(x.text for x in symbols), '；'.join(x.text for x in symbols)]


def invented(rnd):
    """Symbols of every series, from the first years to those of samples/."""
    out = set()
    while len(out) < 700:
        kind = rnd.random()
        if kind < 0.4: out.add(f'A/RES/{rnd.randint(31, 94)}/{rnd.randint(1, 330)}')
        elif kind < 0.47: out.add(f'A/RES/{rnd.randint(40, 94)}/{rnd.randint(331, 345)}' + rnd.choice('ABC'))
        elif kind < 0.5: out.add(f'A/RES/ES-{rnd.randint(6, 11)}/{rnd.randint(1, 19)}')
        elif kind < 0.55: out.add(f'A/DEC/{rnd.randint(50, 94)}/{rnd.randint(401, 570)}')
        elif kind < 0.6: out.add(f'A/RES/{rnd.randint(1000, 3500)}({rnd.choice(["XV", "XX", "XXI", "XXV", "XXIX"])})')
        elif kind < 0.8:
            year = rnd.randint(1970, 2039)
            out.add(f'S/RES/{280 + (year - 1970) * 53 + rnd.randint(0, 52)}({year})')
        elif kind < 0.83: out.add(f'S/PRST/{rnd.randint(1994, 2039)}/{rnd.randint(1, 40)}')
        elif kind < 0.92: out.add(f'A/HRC/RES/{rnd.randint(1, 80)}/{rnd.randint(1, 40)}')
        else: out.add(f'E/RES/{rnd.randint(1980, 2039)}/{rnd.randint(1, 60)}')
    return sorted(out)


def of_corpus():
    """The symbols that the names of its files say."""
    names = [(os.path.basename(p), p) for p in glob.glob(os.path.join(CORPUS, '**', '*.xml'), recursive=True)]
    for z in glob.glob(os.path.join(CORPUS, '**', '*.zip'), recursive=True):
        names += [(os.path.basename(n), z + '/' + n) for n in zipfile.ZipFile(z).namelist() if n.endswith('.xml')]
    out = set()
    for name, path in names:
        year = re.search(r'/((?:19|20)\d\d)/', path)
        if m := re.match(r'(?:A_RES_)?((?:ES-)?\d{2})_(\d{1,3})(?: ?([A-Z])(?=[-_]\d|_[CE]\b))?[-_.]', name): out.add(f'A/RES/{m[1]}/{m[2]}{m[3] or ""}')
        elif m := re.match(r'GA decision[ _](\d+)_(\d+)(?: ([A-Z]))?_[CE]', name): out.add(f'A/DEC/{m[1]}/{m[2]}{m[3] or ""}')
        elif m := re.match(r'A_HRC_RES_(\d+)_(\d+)', name): out.add(f'A/HRC/RES/{m[1]}/{m[2]}')
        elif m := re.match(r'E_RES_(\d{4})_(\d{1,2})[-_]', name): out.add(f'E/RES/{m[1]}/{m[2]}')
        elif m := re.match(r'S_PRST_(\d{4})_(\d{1,2})[-_.](?![01]_)', name): out.add(f'S/PRST/{m[1]}/{m[2]}')
        elif (m := re.match(r'S_RES[-_](\d{3,4})\b', name)) and year: out.add(f'S/RES/{m[1]}({year[1]})')
        elif (m := re.match(r'S_RES[-_](\d{3,4})_', name)) and year: out.add(f'S/RES/{m[1]}({year[1]})')
    one_year = {}
    for s in out: one_year.setdefault(s.split('(')[0], []).append(s)
    return sorted(s for s in out if len(one_year[s.split('(')[0]]) == 1)


def documents(symbols, path):
    body = {'ga': 'GA', 'sc': 'SC', 'hrc': 'HRC', 'ecosoc': 'ECOSOC'}
    with open(path, 'w', encoding='utf-8') as out:
        for i, s in enumerate(symbols):
            for lang in ('en', 'zh'):
                text = [f'Lights lamp {i} for one night;', f'Lights lamp {i} for two nights;', f'Lights lamp {i} for good.'] if lang == 'en' else [f'点亮第{i}盏灯一夜；', f'点亮第{i}盏灯两夜；', f'永远点亮第{i}盏灯。']
                print(json.dumps({'symbol': s.text, 'lang': lang, 'title': f'Lamp {i}' if lang == 'en' else f'灯{i}', 'date': s.date(), 'body': body[s.organ], 'type': 'decision' if s.decision else 'statement' if s.statement else 'resolution',
                                  'paragraphs': [{'id': f'{s.text}@{lang}#op{k + 1}', 'kind': 'operative', 'number': f'{k + 1}.', 'text': t} for k, t in enumerate(text)]}, ensure_ascii=False), file=out)


def resolved(server, cases):
    """Of (query, symbols): those that resolve to other ones; (query, symbols, what came)."""
    connection = http.client.HTTPConnection('127.0.0.1', server.port)
    bad = []
    for query, want in cases:
        connection.request('GET', '/v1/resolve?ref=' + urllib.parse.quote(query))
        r = json.loads(connection.getresponse().read())
        got = ([r['symbol']] if r['symbol'] else []) + r.get('also', [])
        if got != want or not r['known']: bad.append((query, want, got))
    return bad


def checked(index, cases, lang):
    """Of (text, symbols): those of which the checker finds other ones, in drafts of as many references as it checks."""
    most = 1000  # of two references at most
    return [b for at in range(0, len(cases), most) for b in checked_draft(index, cases[at:at + most], lang)]


def checked_draft(index, cases, lang):
    """The same of one draft where each is a paragraph."""
    lead, tail = ('Recalling ', ' and the lamps that it lit,') if lang == 'en' else ('回顾', '和其中的灯，')
    draft, spans = '', []
    for text, want in cases:
        paragraph = lead + text + tail
        begin = len(draft)
        draft += paragraph + '\n\n'
        spans.append((begin, len(draft)))
    done = subprocess.run([BINARY, 'check-citations', '--json', '--index', index], input=draft, capture_output=True, text=True)
    found = sorted(json.loads(done.stdout)['citations'], key=lambda c: c['span'][0])
    bad, k = [], 0
    for (begin, end), (text, want) in zip(spans, cases):
        got = []
        while k < len(found) and found[k]['span'][0] < end:
            got.append(found[k])
            k += 1
        if [c['symbol'] for c in got] != want or any(c['status'] not in ('known', 'newer-in-series') for c in got): bad.append((text, want, [f"{c['symbol']} {c['status']}" for c in got]))
    return bad


def judge(name, cases, bad):
    wrong = [b for b in bad if any(g.split(' ')[0] not in b[1] + ['None'] for g in b[2])]
    share = 1 - len(bad) / len(cases)
    print(f'{name}: {len(cases) - len(bad)} of {len(cases)} ({share:.4f}), {len(wrong)} wrongly')
    shown = bad if '--all' in sys.argv else bad[:8]
    for text, want, got in shown: print(f'    {text!r} gives {got}, not {want}')
    return share >= LEAST and not wrong


def run(name, symbols, seed):
    rnd = random.Random(seed)
    symbols = [Symbol(s) for s in symbols]
    ok = True
    with tempfile.TemporaryDirectory() as temp:
        index = os.path.join(temp, 'index')
        documents(symbols, os.path.join(temp, 'lamps.jsonl'))
        subprocess.run([BINARY, 'index', '--quiet', '--index', index, os.path.join(temp, 'lamps.jsonl')], check=True, capture_output=True)
        with Server(BINARY, index) as server:
            for lang, spell, queries in (('en', english, english_queries), ('zh', chinese, chinese_queries)):
                drawn = rnd.sample(symbols, min(REFERENCES, len(symbols)))
                in_drafts, in_queries = [], []
                for s in drawn:
                    forms = sorted(set(spell(s)))
                    some = rnd.sample(forms, min(SPELLINGS, len(forms)))
                    in_drafts += [(f, [s.text]) for f in some]
                    in_queries += [(f, [s.text]) for f in [x for x in some if 'lamps' not in x][:SPELLINGS - 2] + rnd.sample(queries(s), min(2, len(queries(s))))]
                ok &= judge(f'{name} {lang} resolved', in_queries, resolved(server, in_queries))
                ok &= judge(f'{name} {lang} found in drafts', in_drafts, checked(index, in_drafts, lang))
                series = {}
                for s in symbols:
                    if not s.statement and not s.part and not s.first.startswith('ES'): series.setdefault(s.series, []).append(s)
                listed = []
                for _ in range(LISTS):
                    of = series[rnd.choice(sorted(series))]
                    some = rnd.sample(of, min(len(of), rnd.randint(2, 3)))
                    if '(' in some[0].text and some[0].organ == 'ga': continue
                    listed.append((rnd.choice(lists(some, lang)), [s.text for s in some]))
                ok &= judge(f'{name} {lang} lists in drafts', listed, checked(index, listed, lang))
                ok &= judge(f'{name} {lang} lists resolved', listed, resolved(server, [c for c in listed if not re.search('lamps|灯', c[0])]))
    return ok


good = run('invented', invented(random.Random(16)), 16)
if os.path.isdir(CORPUS):
    good &= run('corpus', of_corpus(), 17)
else:
    print('SKIPPED: the symbols of ../shared/corpus, which is not there')
sys.exit(0 if good else 1)
