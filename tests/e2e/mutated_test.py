"""Thousands of damaged files in one `resolute index`: every one accounted for, none crashes it.

    mutated_test.py RESOLUTE COUNT SEED_PATH... [--most-mb N]

Mutates the files below the paths, of every form: flipped bits, truncation, splices of two files, chunks doubled or cut out,
runs of one byte, wrong names, archives in archives. The same seed paths give the same files. Prints what became of them and
the peak of memory. Exit code 1 where the numbers do not add up, where memory passed the limit, or where the program ended
otherwise than done.
"""
import io, json, os, random, resource, subprocess, sys, tempfile, zipfile

CRASHES = ('AddressSanitizer', 'UndefinedBehaviorSanitizer', 'runtime error', 'LeakSanitizer')


def seeds(paths, most=400_000):
    by_form = {}
    for path in paths:
        for folder, folders, files in os.walk(path) if os.path.isdir(path) else [(os.path.dirname(path), [], [os.path.basename(path)])]:
            folders.sort()
            for name in sorted(files):
                full = os.path.join(folder, name)
                if os.path.getsize(full) <= most:
                    by_form.setdefault(name.rsplit('.', 1)[-1].lower(), []).append(full)
    return by_form


def mutate(r, data, other):
    for _ in range(r.choice((1, 1, 2, 4))):
        if not data:
            return data
        at, n = r.randrange(len(data)), r.randrange(1, min(len(data), 4096) + 1)
        how = r.randrange(9)
        if how == 0:  # bits
            out = bytearray(data)
            for _ in range(r.choice((1, 8, 64))):
                out[r.randrange(len(out))] ^= 1 << r.randrange(8)
            data = bytes(out)
        elif how == 1:
            data = data[:at]
        elif how == 2:
            data = data[at:]
        elif how == 3:  # a splice
            data = data[:at] + other[r.randrange(len(other) + 1):]
        elif how == 4:
            data = data[:at] + data[at:at + n] * r.choice((2, 3, 50)) + data[at + n:]
        elif how == 5:
            data = data[:at] + data[at + n:]
        elif how == 6:
            data = data[:at] + bytes([r.choice((0, 10, 32, 60, 255, r.randrange(256)))]) * n + data[at:]
        elif how == 7:
            data = data[:at] + other[:n] + data[at:]
        else:
            data = data[:at] + data[at:at + n][::-1] + data[at + n:]
    return data


def write(folder, count, by_form, seed):
    """Gives the number of files, members of archives apart."""
    r = random.Random(seed)
    forms = sorted(by_form)
    read = {}

    def pick():
        path = r.choice(by_form[r.choice(forms)])
        if path not in read:
            with open(path, 'rb') as f:
                read[path] = f.read()
        return path, read[path]

    for i in range(count):
        path, data = pick()
        data = mutate(r, data, pick()[1])
        name = os.path.basename(path)
        if r.random() < 0.2:  # a name that tells something else
            name = name.rsplit('.', 1)[0] + '.' + r.choice(forms)
        kind = r.random()
        if kind < 0.06:
            for _ in range(r.randrange(1, 6)):
                packed = io.BytesIO()
                with zipfile.ZipFile(packed, 'w', zipfile.ZIP_DEFLATED) as z:
                    z.writestr(zipfile.ZipInfo(name), data)
                    if r.random() < 0.5:
                        z.writestr(zipfile.ZipInfo('more-' + os.path.basename(pick()[0])), mutate(r, pick()[1], b'PK'))
                data, name = packed.getvalue(), 'nested.zip'
            if r.random() < 0.5:
                data = mutate(r, data, pick()[1])
        with open(os.path.join(folder, f'{i:06d}_{name}'.replace('/', '_')), 'wb') as f:
            f.write(data)


def main():
    args = sys.argv[1:]
    most_mb = 1024
    if '--most-mb' in args:
        at = args.index('--most-mb')
        most_mb = int(args[at + 1])
        del args[at:at + 2]
    binary, count, paths = args[0], int(args[1]), args[2:]
    with tempfile.TemporaryDirectory() as folder:
        inputs, report = os.path.join(folder, 'in'), os.path.join(folder, 'report.json')
        os.mkdir(inputs)
        write(inputs, count, seeds(paths), 20)
        done = subprocess.run([binary, 'index', '--quiet', '--index', os.path.join(folder, 'index'), '--report', report, inputs], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        told = done.stderr.decode(errors='replace')
        problems = [line for line in told.splitlines() if any(c in line for c in CRASHES)][:5]
        if done.returncode not in (0, 1):
            print(f'ended with {done.returncode}: {told[-3000:]}')
            return 1
        with open(report) as f:
            r = json.load(f)
        verified = subprocess.run([binary, 'verify', '--index', os.path.join(folder, 'index')], capture_output=True).returncode
    parts = {k: r[k] for k in ('added', 'replaced', 'unchanged', 'joined')} | {k: r[k]['count'] for k in ('duplicate', 'ignored', 'rejected')}
    reasons = {}
    for x in r['rejected']['list']:
        reasons[x['reason']] = reasons.get(x['reason'], 0) + 1
        if not x['detail'] or not x['path']:
            problems.append(f'a rejection without its path or detail: {x}')
    if sum(parts.values()) != r['files']:
        problems.append(f'{sum(parts.values())} of {r["files"]} files accounted for')
    if r['files'] < count:
        problems.append(f'{r["files"]} files of {count}')
    if reasons.get('internal'):
        problems.append(f'{reasons["internal"]} internal faults: {[x for x in r["rejected"]["list"] if x["reason"] == "internal"][:3]}')
    if peak > most_mb:
        problems.append(f'{peak} MB of memory, more than {most_mb}')
    if verified != 0:
        problems.append(f'verify ended with {verified}')
    print(f'{count} mutated files: {r["files"]} files and {r["archives"]} archives in {r["seconds"]:.0f} s, {parts}, {r["index"]["documents"]} documents, peak {peak} MB')
    print(f'rejections: {dict(sorted(reasons.items()))}')
    for p in problems:
        print(f'PROBLEM: {p}')
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main())
