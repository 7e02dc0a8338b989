#!/usr/bin/env python3
"""latency.py PORT [ROUNDS]: every query of queries.txt over one keep-alive connection, ROUNDS times in random order;
prints the median, p95 and p99 of what a client waits, and the slowest queries. The first round is a warm-up."""
import http.client
import os
import random
import sys
import time
import urllib.parse

port, rounds = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10
here = os.path.dirname(os.path.abspath(__file__))
queries = []
for line in open(os.path.join(here, 'queries.txt'), encoding='utf8'):
    line = line.rstrip('\n')
    if not line.startswith('#'):
        pairs = [p.partition('=')[::2] for p in line.split('&')] if line else []
        queries.append('/v1/search?' + urllib.parse.urlencode(pairs))
connection = http.client.HTTPConnection('127.0.0.1', port)
times = {q: [] for q in queries}
random.seed(1)
for n in range(rounds + 1):
    order = queries[:]
    random.shuffle(order)
    for q in order:
        begin = time.perf_counter()
        connection.request('GET', q)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            sys.exit(f'{q}: {answer.status} {body[:200]}')
        if n:
            times[q].append((time.perf_counter() - begin) * 1000)
every = sorted(t for ts in times.values() for t in ts)
at = lambda share: every[min(len(every) - 1, int(len(every) * share))]
print(f'{len(queries)} queries, {rounds} rounds: p50 {at(.5):.2f} ms, p95 {at(.95):.2f} ms, p99 {at(.99):.2f} ms, max {every[-1]:.2f} ms')
for q, ts in sorted(times.items(), key=lambda x: -sorted(x[1])[len(x[1]) // 2])[:8]:
    print(f'{sorted(ts)[len(ts) // 2]:8.2f} ms  {urllib.parse.unquote_plus(q)}')
