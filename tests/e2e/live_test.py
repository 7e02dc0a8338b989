"""`resolute watch` and `resolute corpus get`: live_test.py RESOLUTE SOURCE [ROUNDS].

Watched folders: files that come, change and go are in the index soon after, each with a line; killed anywhere, what was published
stays and the next start goes on. Repositories: made here, fetched by their paths; no network is asked."""
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

binary, source = sys.argv[1:3]
rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 20  # of being killed
temp = tempfile.mkdtemp(prefix='resolute-live-')
faults = []
checked = 0


def expect(what, condition):
    global checked
    checked += 1
    if not condition:
        faults.append(what)
        print('FAULT', what)


def documents(index):
    done = subprocess.run([binary, 'stats', '--json', '--index', index], capture_output=True, text=True)
    return json.loads(done.stdout)['documents'] if done.returncode == 0 else None


def finds(index, words):
    return subprocess.run([binary, 'search', words, '--index', index], capture_output=True, text=True).returncode == 0


def soon(condition, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(.1)
    return False


def text(number, words):
    return f'A/RES/99/{number}\n\nThe General Assembly,\n\nRecalling the lighthouse,\n\n1. Decides to {words}.\n'


def write(path, content):
    with open(path + '.tmp', 'w') as f:
        f.write(content)
    os.rename(path + '.tmp', path)


files, index = temp + '/files', temp + '/index'
os.makedirs(files)
write(files + '/first.txt', text(901, 'keep the firstling'))
log = temp + '/log'


def start(*flags):
    # An empty PATH: nothing else is run.
    return subprocess.Popen([binary, 'watch', files, '--index', index, '--settle', '0.2', *flags], stderr=open(log, 'a'), env={})


def lines():
    return open(log).read()


watcher = start()
expect('what is there is indexed', soon(lambda: documents(index) == 1) and soon(lambda: 'watching' in lines()))
write(files + '/second.txt', text(902, 'keep the secondling'))
expect('a new file', soon(lambda: finds(index, '"the secondling"')) and soon(lambda: 'second.txt: A/RES/99/902@en' in lines()))
os.makedirs(files + '/deep/er')
write(files + '/deep/er/third.txt', text(903, 'keep the thirdling'))
expect('a file in a new folder', soon(lambda: finds(index, '"the thirdling"')))
write(files + '/second.txt', text(902, 'keep the changeling'))
expect('a changed file', soon(lambda: finds(index, '"the changeling"')) and not finds(index, '"the secondling"') and soon(lambda: 'replaced ' in lines()))
os.rename(files + '/deep', files + '/moved')
expect('a moved folder', soon(lambda: 'moved/er/third.txt' in lines()) and finds(index, '"the thirdling"'))
os.remove(files + '/first.txt')
expect('a file that goes', soon(lambda: documents(index) == 2) and soon(lambda: 'removed A/RES/99/901@en' in lines()))
with open(files + '/broken.xml', 'w') as f:
    f.write('<akomaNtoso><broken')
expect('a rejection is told', soon(lambda: 'rejected ' in lines()))
write(files + '/.hidden.txt', text(909, 'keep the hidden'))
write(files + '/fourth.txt', text(904, 'keep the fourthling'))
expect('a rejection is told once', soon(lambda: finds(index, '"the fourthling"')) and lines().count('rejected ') == 1 and not finds(index, '"the hidden"'))
revision = json.loads(subprocess.run([binary, 'stats', '--json', '--index', index], capture_output=True, text=True).stdout)['revision']
time.sleep(1)
expect('nothing is published where nothing changes', json.loads(subprocess.run([binary, 'stats', '--json', '--index', index], capture_output=True, text=True).stdout)['revision'] == revision)
watcher.send_signal(signal.SIGTERM)
expect('SIGTERM ends it', watcher.wait(10) == 0 and 'stopped' in lines())

# Saved searches: what comes is told once, by whoever is to be told; what fails is told again.
told = temp + '/told'
alerts = temp + '/alerts.toml'
with open(alerts, 'w') as f:
    f.write(f'''[[search]]
name = "harbours"
query = "q=%22keep+the%22"
run = ["/bin/sh", "-c", "[ ! -e {temp}/refuse ] && /bin/cat >> {told}"]
''')
alert = lambda *flags: subprocess.run([binary, 'alerts', alerts, '--index', index, *flags], capture_output=True, text=True)
once = alert()
expect('what is there at first is not new', once.returncode == 0 and 'from revision' in once.stderr and not os.path.exists(told))
open(temp + '/refuse', 'w').close()
write(files + '/sixth.txt', text(906, 'keep the sixthling'))
subprocess.run([binary, 'index', files, '--index', index, '--quiet'], capture_output=True)
refused = alert()
expect('a program that fails', refused.returncode == 1 and '1 new' in refused.stderr and not os.path.exists(told))
os.remove(temp + '/refuse')
expect('is told again', alert().returncode == 0 and 'keep the sixthling' in open(told).read() and 'A/RES/99/906' in open(told).read())
expect('and once', alert().returncode == 0 and open(told).read().count('sixthling') == 1 and 'fourthling' not in open(told).read())
watcher = start('--alerts', alerts)
soon(lambda: lines().count('watching') == 2)
write(files + '/seventh.txt', text(907, 'keep the seventhling'))
expect('watching tells, too', soon(lambda: 'seventhling' in open(told).read()) and soon(lambda: 'alert harbours: 1 new, told' in lines()))
watcher.kill()
watcher.wait()
os.remove(files + '/sixth.txt')
os.remove(files + '/seventh.txt')

# A folder that tells of nothing is looked at.
watcher = start('--poll', '0.5')
os.utime(files + '/fourth.txt', (1, 1))
write(files + '/fifth.txt', text(905, 'keep the fifthling'))
expect('looking now and then', soon(lambda: finds(index, '"the fifthling"')))
watcher.kill()
watcher.wait()

draw = random.Random(11)
for n in range(rounds):
    watcher = start()
    write(f'{files}/n{n}.txt', text(1000 + n, f'keep number {n}'))
    time.sleep(.6 * draw.random())
    watcher.kill()
    watcher.wait()
    had = documents(index)
    expect(f'killed {n}: a whole state', had is not None and subprocess.run([binary, 'verify', '--index', index], capture_output=True).returncode == 0)
watcher = start()
expect('and then all is there', soon(lambda: documents(index) == 4 + rounds))
watcher.terminate()
watcher.wait()
expect('a folder that is not there', subprocess.run([binary, 'watch', temp + '/nowhere', '--index', index], capture_output=True).returncode == 2)

# Repositories.
if not shutil.which('git'):
    print('SKIPPED: no git, no repository is fetched')
else:
    def git(folder, *args):
        subprocess.run(['git', '-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-C', folder, *args], check=True, capture_output=True)

    for name, sample in (('one', 'akn'), ('two', 'text')):
        repository = f'{temp}/{name}'
        shutil.copytree(os.path.join(source, 'samples', sample), repository)
        git(repository, 'init', '-q')
        git(repository, 'add', '.')
        git(repository, 'commit', '-qm', 'first')
    os.symlink('/etc/passwd', temp + '/two/secret.txt')
    git(temp + '/two', 'add', '.')
    git(temp + '/two', 'commit', '-qm', 'a link')
    with open(temp + '/list', 'w') as f:
        f.write(f'# ours\none file://{temp}/one\n\ntwo file://{temp}/two # the second\n')

    def get(*flags):
        return subprocess.run([binary, 'corpus', 'get', temp + '/un', '--index', temp + '/un.idx', '--repositories', temp + '/list', '--attempts', '1', *flags],
                              capture_output=True, text=True)

    done = get()
    subprocess.run([binary, 'index', '--quiet', '--index', temp + '/plain.idx', temp + '/one', temp + '/two'], capture_output=True)
    expect('both are fetched and indexed', done.returncode in (0, 1) and documents(temp + '/un.idx') == documents(temp + '/plain.idx') and documents(temp + '/un.idx') > 50)
    expect('no history', subprocess.run(['git', '-C', temp + '/un/two', 'rev-list', '--count', 'HEAD'], capture_output=True, text=True).stdout.strip() == '1')
    expect('no link is made', not os.path.islink(temp + '/un/two/secret.txt'))
    before = documents(temp + '/un.idx')
    write(temp + '/one/new.txt', text(950, 'keep the newcomer'))
    git(temp + '/one', 'add', '.')
    git(temp + '/one', 'commit', '-qm', 'more')
    get()
    expect('an update brings what is new', documents(temp + '/un.idx') == before + 1 and finds(temp + '/un.idx', '"the newcomer"'))
    git(temp + '/one', 'rm', '-q', 'new.txt')
    git(temp + '/one', 'commit', '-qm', 'less')
    get()
    expect('and takes what is gone', documents(temp + '/un.idx') == before)
    shutil.rmtree(temp + '/two')
    done = get()
    expect('one that cannot be reached is told, what there is of it stays', done.returncode == 1 and 'two: could not be fetched' in done.stderr and documents(temp + '/un.idx') == before)
    with open(temp + '/list', 'w') as f:
        f.write(f'three file://{temp}/nowhere\n')
    done = subprocess.run([binary, 'corpus', 'get', temp + '/none', '--index', temp + '/none.idx', '--repositories', temp + '/list', '--attempts', '1'], capture_output=True, text=True)
    expect('nothing at all is a failure', done.returncode == 2)
    for wrong in ('../x file:///x', 'x', 'x -u', 'x y z', '-x y', '', '.git y'):
        with open(temp + '/list', 'w') as f:
            f.write(wrong + '\n')
        expect(f'no list: {wrong!r}', get().returncode == 2)

shutil.rmtree(temp)
print(f'{checked} checks, {len(faults)} faults')
sys.exit(1 if faults else 0)
