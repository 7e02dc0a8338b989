#!/usr/bin/env python3
"""grow.py TIMES DIR < lint.jsonl: writes a collection TIMES as large as the one given to DIR, 400 documents a file, for measurements.

The first part is the collection itself. Each further copy is a collection of later years: documents get new numbers and dates, and
their paragraphs are, with the frequencies that the collection itself shows,
  - repeated word for word (measured: the share of paragraphs that an earlier document has),
  - or changed: clauses are exchanged with those of another paragraph of the language, figures move, and new words come in.
How many new words come follows Heaps' law with the exponent measured on the collection, so that the vocabulary grows as it
would with more texts of the kind. Deterministic. Memory: about three times the input."""
import json
import math
import os
import random
import re
import sys

HAN = re.compile('[\u4e00-\u9fff]')
TOKEN = re.compile('[\u4e00-\u9fff]{2}|[A-Za-z]+|[0-9]+')
CLAUSE = {'zh': re.compile('(?<=[，；。])'), 'en': re.compile('(?<=[,;]) ')}


def measure(documents):
    """The share of paragraphs seen before; and for each language Heaps' K and exponent, from the vocabulary at half and at the end."""
    seen, repeated, total = set(), 0, 0
    counts = {'zh': [], 'en': []}
    for lang in counts:
        vocabulary, tokens, track = set(), 0, []
        for d in documents:
            if d['lang'] != lang:
                continue
            for p in d['paragraphs']:
                total += 1
                if p['text'] in seen:
                    repeated += 1
                    continue
                seen.add(p['text'])
                words = TOKEN.findall(p['text'])
                tokens += len(words)
                vocabulary.update(words)
            track.append((tokens, len(vocabulary)))
        counts[lang] = track
    heaps = {}
    for lang, track in counts.items():
        (n1, v1), (n2, v2) = track[len(track) // 2], track[-1]
        exponent = math.log(v2 / v1) / math.log(n2 / n1)
        heaps[lang] = (v2 / n2 ** exponent, exponent, n2)
    return repeated / total, heaps


def main():
    times, folder = int(sys.argv[1]), sys.argv[2]
    os.makedirs(folder, exist_ok=True)
    documents = [json.loads(line) for line in sys.stdin]
    draw = random.Random(1)
    draw.shuffle(documents)  # so that half of them is half of every body and year
    share, heaps = measure(documents)
    keep = ('symbol', 'lang', 'title', 'date', 'body', 'type', 'session', 'meeting', 'agenda', 'committee', 'subjects', 'concerns', 'vote', 'paragraphs')
    fresh = sorted({c for d in documents if d['lang'] == 'zh' for c in HAN.findall(d.get('title') or '')}) or ['文']
    clauses = {lang: [c for d in documents[:600] if d['lang'] == lang for p in d['paragraphs'] for c in CLAUSE[lang].split(p['text'])] for lang in CLAUSE}
    tokens = {lang: heaps[lang][2] for lang in heaps}
    owed = {lang: 0.0 for lang in heaps}

    def new_word(lang):
        if lang == 'zh':
            return ''.join(draw.choice(fresh) for _ in range(2))
        return ''.join(draw.choice('bdfgklmnprstv') + draw.choice('aeiou') for _ in range(draw.randint(2, 5)))

    def change(original, lang):
        text = original
        parts = CLAUSE[lang].split(text)
        parts[draw.randrange(len(parts))] = draw.choice(clauses[lang])
        text = ('' if lang == 'zh' else ' ').join(parts)
        text = re.sub('[0-9]+', lambda m: str(int(m[0][:9]) + draw.randint(0, 40)), text)
        n = len(TOKEN.findall(text))
        k, exponent, _ = heaps[lang]
        owed[lang] += k * ((tokens[lang] + n) ** exponent - tokens[lang] ** exponent)
        tokens[lang] += n
        while owed[lang] >= 1:  # exchanged clauses make few new pairs of characters by themselves
            owed[lang] -= 1
            at = draw.randrange(len(text) + 1)
            at = text.find(' ', at) if lang == 'en' else at
            text = text[:at] + (' ' if lang == 'en' else '') + new_word(lang) + text[at:] if at >= 0 else text + ' ' + new_word(lang)
        return text.strip() or original

    written = 0
    for copy in range(times):
        for d in documents:
            out = {name: d[name] for name in keep if d.get(name)}
            if copy:
                out['symbol'] = f"{d['symbol']}/Copy.{copy}".replace(' ', '')
                if out.get('date'):
                    out['date'] = f"{min(int(out['date'][:4]) + 8 * copy, 2099)}{out['date'][4:]}" if not out['date'].endswith('02-29') else out['date']
                out['paragraphs'] = [{**p, 'citations': [], 'text': p['text'] if draw.random() < share else change(p['text'], d['lang'])} for p in d['paragraphs']]
            with open(f'{folder}/{written // 400:04}.jsonl', 'a' if written % 400 else 'w', encoding='utf8') as f:
                f.write(json.dumps(out, ensure_ascii=False) + '\n')
            written += 1


main()
