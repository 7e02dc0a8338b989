"""What packages hold besides the program: packaging_test.py RESOLUTE SOURCE.

Manual pages are made and name themselves; completions are read and used by the shells that they are for; units are looked at by systemd; the
command lines of units are ones that the program takes; `serve` tells the service manager when it listens. The life of the package itself is
packaging/test-deb's."""
import glob
import os
import re
import socket
import subprocess
import sys
import tempfile

binary, source = sys.argv[1:3]
faults = []
checked = 0


def expect(what, condition, told=''):
    global checked
    checked += 1
    if not condition:
        faults.append(what)
        print('FAULT', what, told)


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, **more)


with tempfile.TemporaryDirectory() as temp:
    done = run(source + '/packaging/man', binary, temp + '/man')
    expect('manual pages are made', done.returncode == 0, done.stderr)
    pages = {os.path.basename(p): open(p, encoding='utf-8').read() for p in glob.glob(temp + '/man/*')}
    expect('every one', sorted(pages) == ['resolute-index.5', 'resolute-query.7', 'resolute.1', 'resolute.toml.5'], pages.keys())
    for name, page in pages.items():
        expect(f'{name} names itself', name.rpartition('.')[0] in page.replace('\\-', '-') and '.SH' in page)
    settings = re.findall(r'(?m)^([a-z-]+) = ', run(binary, 'serve', '--print-config').stdout)
    plain = pages['resolute.toml.5'].replace('\\-', '-')
    expect('every setting is in its manual page', len(settings) > 10 and all(s in plain for s in settings))
    commands = re.findall(r'(?m)^  ([a-z-]+)  +\S', run(binary, '--help').stdout.split('Subcommands:')[-1])
    expect('every command is in its manual page', all(re.search(rf'(?m)^\.(B|BI) "?{c.replace("-", ".?-")}\b', pages['resolute.1']) for c in commands),
           [c for c in commands if not re.search(rf'(?m)^\.(B|BI) "?{c.replace("-", ".?-")}\b', pages['resolute.1'])])

    scripts = {}
    for shell in ('bash', 'zsh', 'fish'):
        scripts[shell] = temp + '/completion.' + shell
        with open(scripts[shell], 'w') as f:
            f.write(run(binary, 'completion', shell).stdout)
        done = run(shell, '-n', scripts[shell])
        expect(f'{shell} reads its completions', done.returncode == 0, done.stderr)
    asked = f'source {scripts["bash"]}; COMP_WORDS=(resolute {{}}); COMP_CWORD=$((${{{{#COMP_WORDS[@]}}}} - 1)); _resolute; echo ${{{{COMPREPLY[@]}}}}'
    expect('bash completes a command', run('bash', '-c', asked.format('gen')).stdout.split() == ['generations'])
    expect('bash completes an option', '--print-config' in run('bash', '-c', asked.format('serve --pr')).stdout.split())
    expect('bash completes what stands below a command', run('bash', '-c', asked.format('corpus g')).stdout.split() == ['get'])
    fish = run('fish', '-c', f'source {scripts["fish"]}; complete -C "resolute rep"; complete -C "resolute serve --pr"').stdout
    expect('fish completes', 'replicate' in fish and '--print-config' in fish, fish)

    # Where the program lies once it is installed is not here: a unit is checked with this one.
    for unit in sorted(glob.glob(source + '/packaging/systemd/*')):
        name = os.path.basename(unit).replace('@', '@un')
        with open(os.path.join(temp, name), 'w') as f:
            f.write(open(unit).read().replace('/usr/bin/resolute', os.path.abspath(binary)))
    for name in sorted(n for n in os.listdir(temp) if '@un' in n):
        done = run('systemd-analyze', 'verify', '--man=no', '--recursive-errors=no', os.path.join(temp, name))
        expect(f'{name} is right', done.returncode == 0, done.stderr)
    for name in ('resolute-serve@un.service', 'resolute-index@un.service'):
        done = run('systemd-analyze', 'security', '--offline=true', '--threshold=25', os.path.join(temp, name))
        expect(f'{name} is shut in', done.returncode == 0, done.stdout[-300:] + done.stderr)
        line = re.search(r'(?m)^ExecStart=/usr/bin/resolute (.*)$', open(f'{source}/packaging/systemd/{name.replace("@un", "@")}').read())[1]
        known = run(binary, line.split()[0], '--help').stdout
        expect(f'the program knows the flags of {name}', all(flag in known for flag in re.findall(r'--[a-z-]+', line)), line)
    config = run(binary, 'serve', '--config', source + '/packaging/un.toml', '--print-config')
    expect('the settings that come along are right', config.returncode == 0 and 'listen = "127.0.0.1:8080"' in config.stdout, config.stderr)

    path = temp + '/notify'
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(path)
        manager.settimeout(30)
        server = subprocess.Popen([binary, 'serve', '--index', temp + '/none', '--listen', '127.0.0.1:0'], env={**os.environ, 'NOTIFY_SOCKET': path}, stderr=subprocess.PIPE, text=True)
        told = manager.recv(100)
        expect('it tells that it listens', told == b'READY=1', told)
        server.terminate()
        expect('and then it did', 'serving' in server.communicate()[1] and server.returncode == 0)
print(f'{checked} checks, {len(faults)} faults')
sys.exit(1 if faults else 0)
