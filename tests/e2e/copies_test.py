"""Generations kept, gone back to, copied and backed up: copies_test.py RESOLUTE SOURCE [ROUNDS].

After every step the copy must answer as what it was copied from, and one that was stopped anywhere must either hold the old state or
the new."""
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

binary, source = sys.argv[1:3]
rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 25  # of damage and of being stopped
temp = tempfile.mkdtemp(prefix='resolute-copies-')
faults = []
checked = 0


def resolute(*args, ok=True, env=None):
    done = subprocess.run([binary, *args], capture_output=True, text=True, env=env)
    if ok and done.returncode not in (0, 1):
        sys.exit(f'resolute {" ".join(args)}: {done.returncode}\n{done.stdout}{done.stderr}')
    return done


def expect(what, condition):
    global checked
    checked += 1
    if not condition:
        faults.append(what)
        print('FAULT', what)


def state(index):
    """What an index holds: revision, documents, and a whole result list."""
    stats = json.loads(resolute('stats', '--index', index, '--json').stdout)
    hits = re.sub(r'\b[\d.]+ m?s\b|--cursor.*', '', resolute('search', 'harbour', '--limit', '20', '--index', index).stdout)
    arrivals = os.path.join(index, 'generations', str(stats['revision']), 'arrivals')  # when what came
    with open(arrivals, encoding='utf8') as f:
        return stats['revision'], stats['documents'], hits + f.read()


def contents(index):
    revision, documents, hits = state(index)
    return documents, re.sub(r'(?s)R \d+ .*', '', hits)


def published(index):
    return resolute('verify', '--index', index, ok=False).returncode == 0


def index(*names, keep='1'):
    paths = [os.path.join(source, 'samples', n) for n in names]
    resolute('index', '--quiet', '--prune', '--keep', keep, '--index', main, *paths)


main, copy = temp + '/main', temp + '/copy'
index('akn', keep='4')
first = state(main)
index('akn', 'text', keep='4')
second = state(main)
after = contents(main)
expect('the second generation has more', second[1] > first[1])

# Generations and going back.
listed = json.loads(resolute('generations', '--index', main, '--json').stdout)
expect('both are listed', [g['revision'] for g in listed][-1] == second[0] and first[0] in [g['revision'] for g in listed])
expect('one is published', [g['published'] for g in listed] == [False] * (len(listed) - 1) + [True])
expect('documents are counted', {g['revision']: g['documents'] for g in listed}[first[0]] == first[1])
resolute('rollback', str(first[0]), '--index', main)
back = state(main)
expect('a revision never means two things', back[0] == second[0] + 1)
expect('what was there is there again', back[1:] == first[1:])
expect('it is sound', published(main))
for wrong in (str(back[0]), '999', '0'):
    expect(f'no rollback to {wrong}', resolute('rollback', wrong, '--index', main, ok=False).returncode == 2)
index('akn', 'text', keep='4')
expect('the next run reads what it goes without', contents(main) == after)
# Of old ones --keep decides, once their time is over.
for g in os.listdir(main + '/generations'):
    os.utime(f'{main}/generations/{g}/manifest.json', (1, 1))
with open(temp + '/more.txt', 'w') as f:
    f.write('A/RES/99/901\n\nThe General Assembly,\n\nRecalling the harbour,\n\n1. Decides to keep it.\n')
resolute('index', '--quiet', '--keep', '2', '--index', main, temp + '/more.txt')
expect('--keep 2 keeps two', len(json.loads(resolute('generations', '--index', main, '--json').stdout)) == 2)

# Replicas.
resolute('replicate', main, copy)
expect('a replica answers as its source', state(copy) == state(main))
again = resolute('replicate', main, copy).stdout
expect('nothing to do is said', 'already' in again)
entries = next(os.path.join(d, 'entries') for d, _, names in os.walk(copy + '/segments') if 'entries' in names)
with open(entries, 'r+b') as f:  # of the right length, and damaged
    f.seek(os.path.getsize(entries) // 2)
    byte = f.read(1)
    f.seek(-1, 1)
    f.write(bytes([byte[0] ^ 1]))
os.remove(copy + '/CURRENT')
resolute('replicate', main, copy)
expect('a damaged file is copied anew', published(copy) and state(copy) == state(main))
index('akn', 'text', 'jsonl')
resolute('replicate', main, copy)
expect('the next generation follows', state(copy) == state(main))
resolute('rollback', str(json.loads(resolute('generations', '--index', main, '--json').stdout)[-2]['revision']), '--index', main)
resolute('replicate', main, copy)
expect('a rollback follows', state(copy) == state(main))
resolute('rollback', str(json.loads(resolute('generations', '--index', copy, '--json').stdout)[-2]['revision']), '--index', copy)
refused = resolute('replicate', main, copy, ok=False)
expect('a newer one is not overwritten', refused.returncode == 2 and 'newer' in refused.stderr)
resolute('index', '--quiet', '--index', temp + '/other', os.path.join(source, 'samples', 'jsonl'))
for name, to in (('itself', main), ('another index', temp + '/other'), ('a file', os.path.join(source, 'README.md'))):
    before = state(temp + '/other')
    expect(f'not onto {name}', resolute('replicate', main, to, ok=False).returncode == 2 or name == 'another index')
expect('nothing of nothing', resolute('replicate', temp + '/nowhere', temp + '/new', ok=False).returncode == 2)

# Backups.
resolute('backup', temp + '/one.tar', '--index', main)
resolute('restore', temp + '/one.tar', '--index', temp + '/restored')
expect('a restored index answers as before', state(temp + '/restored') == state(main) and published(temp + '/restored'))
expect('not into an index', resolute('restore', temp + '/one.tar', '--index', copy, ok=False).returncode == 2)
expect('a restored index goes on', resolute('index', '--quiet', '--index', temp + '/restored', temp + '/more.txt').returncode == 0)
tar = open(temp + '/one.tar', 'rb').read()
piped = subprocess.run([binary, 'restore', '-', '--index', temp + '/piped'], input=tar, capture_output=True)
expect('from standard input', piped.returncode == 0 and state(temp + '/piped') == state(main))
written = subprocess.run([binary, 'backup', '-', '--index', main], capture_output=True)
with open(temp + '/out.tar', 'wb') as f:
    f.write(written.stdout)
resolute('restore', temp + '/out.tar', '--index', temp + '/out')
expect('to standard output', written.returncode == 0 and state(temp + '/out') == state(main))
for n, length in enumerate((0, 100, len(tar) // 3, len(tar) - 20000)):
    with open(temp + '/cut.tar', 'wb') as f:
        f.write(tar[:length])
    to = f'{temp}/cut{n}'
    expect(f'{length} bytes of a backup are none', resolute('restore', temp + '/cut.tar', '--index', to, ok=False).returncode == 2 and not os.path.exists(to + '/CURRENT'))
draw = random.Random(7)
for n in range(rounds):
    at = draw.randrange(len(tar))
    with open(temp + '/flipped.tar', 'wb') as f:
        f.write(tar[:at] + bytes([tar[at] ^ 0x10]) + tar[at + 1:])
    to = f'{temp}/flipped{n}'
    done = resolute('restore', temp + '/flipped.tar', '--index', to, ok=False)
    # What lies between the files of an archive may be anything.
    expect(f'a byte flipped at {at}', done.returncode == 2 and not os.path.exists(to + '/CURRENT') or done.returncode == 0 and state(to) == state(main))
evil = temp + '/evil'
os.makedirs(evil)
open(evil + '/x', 'w').close()
subprocess.run(['tar', '-C', evil, '-P', '--transform', 's,^x$,../../escaped,', '-cf', temp + '/evil.tar', 'x'], check=True)
expect('no member leaves the folder', resolute('restore', temp + '/evil.tar', '--index', temp + '/in/evil', ok=False).returncode == 2 and not os.path.exists(temp + '/escaped'))

# By rsync, to and from what takes itself for another machine.
if shutil.which('rsync'):
    shell = temp + '/shell'
    with open(shell, 'w') as f:
        f.write('#!/bin/sh\n[ "$1" = -l ] && shift 2\nshift\nexec sh -c "$*"\n')
    os.chmod(shell, 0o755)
    env = dict(os.environ, RSYNC_RSH=shell)
    resolute('replicate', 'host.example:' + main, temp + '/pulled', env=env)
    expect('pulled', state(temp + '/pulled') == state(main) and published(temp + '/pulled'))
    os.makedirs(temp + '/pushed')
    resolute('replicate', main, 'user@host.example:' + temp + '/pushed', env=env)
    expect('pushed', state(temp + '/pushed') == state(main) and published(temp + '/pushed'))
    index('akn')
    resolute('replicate', 'host.example:' + main, temp + '/pulled', env=env)
    resolute('replicate', main, 'host.example:' + temp + '/pushed', env=env)
    expect('pulled again', state(temp + '/pulled') == state(main) and published(temp + '/pulled'))
    expect('pushed again', state(temp + '/pushed') == state(main))
    expect('a host that is not there', resolute('replicate', 'host.example:' + temp + '/nowhere', temp + '/no', ok=False, env=env).returncode == 2)
else:
    print('SKIPPED: no rsync, nothing is copied to or from hosts')

# Killed anywhere: the old state or the new, and the next run ends it.
index('akn', 'text')
target = temp + '/killed'
older = temp + '/older'
shutil.copytree(main, older)
index('akn', 'text', 'jsonl')
new, old = state(main), state(older)
expect('there is something to copy', new != old)
started = time.monotonic()
resolute('replicate', main, target)
whole = time.monotonic() - started
for n in range(rounds):
    shutil.rmtree(target, ignore_errors=True)
    if n % 2:
        shutil.copytree(older, target)
    run = subprocess.Popen([binary, 'replicate', '--quiet', main, target])
    time.sleep(whole * draw.random())
    run.kill()
    run.wait()
    if os.path.exists(target + '/CURRENT'):
        expect(f'killed {n}: a whole state', published(target) and state(target) in (old, new))
    else:
        expect(f'killed {n}: nothing half', n % 2 == 0)
    resolute('replicate', main, target)
    expect(f'killed {n}: and then whole', state(target) == new)

shutil.rmtree(temp)
print(f'{checked} checks, {len(faults)} faults')
sys.exit(1 if faults else 0)
