#!/usr/bin/env python3
"""precedents.py PORT INDEX RESOLUTE [PARAGRAPHS]: random paragraphs of an index, each sent alone to POST /v1/precedents over
one keep-alive connection; prints the median, p95, p99 of what a client waits, for each language."""
import http.client
import json
import random
import subprocess
import sys
import time

port, index, program = int(sys.argv[1]), sys.argv[2], sys.argv[3]
count = int(sys.argv[4]) if len(sys.argv) > 4 else 200
texts = {'zh': [], 'en': []}
with subprocess.Popen([program, 'export', '--index', index], stdout=subprocess.PIPE) as export:
    for line in export.stdout:
        document = json.loads(line)
        texts[document['lang']] += [p['text'] for p in document['paragraphs']]
random.seed(1)
connection = http.client.HTTPConnection('127.0.0.1', port)
slowest, all_times = [], []
for lang, list_of in texts.items():
    times, sizes = [], []
    for n, text in enumerate(random.sample(list_of, min(count + 10, len(list_of)))):
        body = json.dumps({'text': text}, ensure_ascii=False).encode()
        begin = time.perf_counter()
        connection.request('POST', '/v1/precedents', body, {'Content-Type': 'application/json'})
        answer = connection.getresponse()
        got = answer.read()
        took = (time.perf_counter() - begin) * 1000
        if answer.status != 200:
            sys.exit(f'{answer.status} {got[:300]}')
        if n >= 10:  # a warm-up
            times.append(took)
            sizes.append(len(got))
            slowest.append((took, len(text), text[:60]))
    times.sort()
    all_times += times
    at = lambda share: times[min(len(times) - 1, int(len(times) * share))]
    print(f'{lang}: {len(times)} paragraphs: p50 {at(.5):.2f} ms, p95 {at(.95):.2f} ms, p99 {at(.99):.2f} ms, max {times[-1]:.2f} ms; {sum(sizes) // max(1, len(sizes))} bytes')
all_times.sort()
print(f'together: p50 {all_times[len(all_times) // 2]:.2f} ms, p99 {all_times[int(len(all_times) * .99)]:.2f} ms')
for took, size, text in sorted(slowest, reverse=True)[:4]:
    print(f'{took:8.2f} ms  {size} characters')
