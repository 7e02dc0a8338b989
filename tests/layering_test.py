#!/usr/bin/env python3
"""Reads every #include of the tree and fails on an arrow that docs/architecture.md does not draw."""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
# Each room and the rooms that it may know beside itself.
ROOMS = {
    'schemas': set(),
    'text': {'schemas'},
    'indexer/readers': {'schemas', 'text'},
    'indexer/learning': {'schemas', 'text', 'indexer/readers'},
    'indexer': {'schemas', 'text', 'indexer/readers', 'indexer/learning'},
    'search': {'schemas', 'text'},
    'search/drafting': {'schemas', 'text', 'search'},
    'http': {'schemas', 'text', 'search', 'search/drafting'},
    'cli': {'schemas', 'text', 'indexer', 'indexer/readers', 'search', 'search/drafting', 'http'},
}
# Tests know the room that they test and what it knows. Documents to try things on come from the readers, an index of them
# from the indexer; what the indexer wrote is read by searching.
TESTS = {
    'tests': {'schemas', 'text', 'indexer', 'indexer/readers'},
    'tests/schemas': {'schemas', 'indexer', 'tests'},
    'tests/text': {'schemas', 'text', 'tests'},
    'tests/indexer': {'schemas', 'text', 'indexer', 'indexer/readers', 'indexer/learning', 'search', 'tests'},
    'tests/search': {'schemas', 'text', 'search', 'search/drafting', 'indexer', 'tests'},
    'tests/http': {'schemas', 'http', 'indexer', 'indexer/readers', 'tests'},
    'tests/fuzz': {'schemas', 'text', 'indexer', 'indexer/readers', 'search', 'http'},
    'bench': {'schemas', 'text', 'indexer', 'indexer/readers', 'search', 'search/drafting', 'tests/search', 'tests'},
}
ARROWS = ROOMS | TESTS
# Libraries that few rooms may know, and then not in a header.
PRIVATE = {
    'xapian.h': {'schemas', 'indexer'}, 'unicode/': {'text'}, 'httplib.h': {'http'}, 'libxml/': {'indexer/readers'},
    'archive': {'indexer', 'indexer/readers', 'http'}, 'poppler': {'indexer/readers', 'tests/indexer'}, 'libstemmer.h': {'text'}, 'zstd.h': {'schemas'},
    'prometheus/': {'http'}, 'spdlog/': {'cli'}, 'xlsxwriter.h': {'http'}, 'CLI/': {'cli'}, 'toml++/': {'cli'}, 'gtest/': {r for r in TESTS if r.startswith('tests/')}, 'benchmark/': {'bench'},
}
HEADERS_TOO = {'gtest/', 'CLI/'}


def room_of(path):
    """The innermost room of a path relative to the root, None outside of all."""
    for folder in pathlib.PurePosixPath(path).parents:
        if str(folder) in ARROWS:
            return str(folder)
    return None


def faults_of(path, text):
    """What is wrong with a file's includes, and how many were read."""
    room, seen, faults = room_of(path), 0, []
    for number, line in enumerate(text.split('\n'), 1):
        m = re.match(r'\s*#include\s+(["<])([^">]+)[">]', line)
        if not m:
            continue
        seen += 1
        quote, name = m.groups()
        where = f'{path}:{number}'
        if quote == '"':
            other = room_of(name)
            if other is None:
                faults.append(f'{where}: "{name}" is in no room')
            elif other != room and other not in ARROWS[room]:
                faults.append(f'{where}: {room} may not include {other}')
        for library, rooms in PRIVATE.items():
            if name.startswith(library):
                if room not in rooms:
                    faults.append(f'{where}: {room} may not include <{name}>')
                elif path.endswith('.h') and library not in HEADERS_TOO:
                    faults.append(f'{where}: a header shows <{name}>')
    return faults, seen


# What is used of the standard library is included, by the file or a header of ours: which of its headers brings which others differs from
# compiler to compiler.
STANDARD = {name: re.compile(pattern) for name, pattern in {
    'algorithm': r'std::(find(_if)?|sort|stable_sort|(any|all|none)_of|count(_if)?|(max|min)(_element)?|clamp|copy|reverse|unique|remove(_if)?|replace|equal|'
                 r'(lower|upper)_bound|nth_element|set_union|transform|fill|is_sorted|partition)\(',
    'numeric': r'std::(accumulate|iota)\(', 'cstring': r'std::(memcpy|strlen|strcmp|memcmp|strerror|memset|memmove)\(', 'functional': r'std::(function|greater|less)<',
    'memory': r'std::(unique_ptr|shared_ptr|make_unique|make_shared)', 'optional': r'std::(optional|nullopt)', 'map': r'std::map<', 'set': r'std::set<',
    'unordered_map': r'std::unordered_map<', 'unordered_set': r'std::unordered_set<', 'thread': r'std::(thread|this_thread)', 'mutex': r'std::(mutex|lock_guard)',
    'atomic': r'std::atomic', 'sstream': r'std::[io]?stringstream', 'fstream': r'std::[io]?fstream', 'cmath': r'std::(abs|log2?|sqrt|pow|exp|floor|ceil|round)\(',
    'array': r'std::array<', 'variant': r'std::(variant|get_if|visit)', 'iterator': r'std::(back_inserter|istreambuf_iterator)', 'random': r'std::mt19937',
    'chrono': r'std::chrono', 'filesystem': r'std::filesystem', 'utility': r'std::(exchange|pair<)', 'tuple': r'std::tuple', 'limits': r'std::numeric_limits',
    'iostream': r'std::(cout|cerr|cin)', 'cstdlib': r'std::(getenv|atoi|abort|exit|system)\(', 'cstdio': r'std::(printf|fopen|fclose|snprintf|fwrite|fprintf)\('}.items()}


def included(text, seen):
    names = re.findall(r'#include [<"]([^>"]+)[>"]', text)
    for name in names:
        if name not in seen:
            seen.add(name)
            if '/' in name and (ROOT / name).exists():
                included((ROOT / name).read_text(encoding='utf8'), seen)
    return seen


def left_out(path, text):
    code = re.sub(r'//.*', '', text)
    there = included(text, set())
    return [f'{path}: uses {m.group(0)} and does not include <{name}>' for name, pattern in STANDARD.items() if name not in there and (m := pattern.search(code))]


# What is private to a file has a name of its own among the files of its library: sanitized builds compile several together (CMakePresets.json).
# A function's name goes with the types of what it takes.
def private_names(text):
    out = set()
    for region in re.findall(r'\nnamespace \{\n(.*?)\n\}  // namespace\n', text, re.S):
        for line in region.split('\n'):
            if m := re.match(r'(?:struct|class|enum class|enum|using) (\w+)\b(?!.*;$|::)', line):
                out.add(m[1])
            elif re.match(r'(?:static |inline )?(?:constexpr|const) ', line):
                out |= set(re.findall(r'\b(k[A-Z]\w*)(?=\s*(?:=|\{|\[))', line.split('//')[0]))
            elif m := re.match(r'[\w:][\w:<>,&* ]* [*&]?(\w+)\((.*)\) (?:const )?\{', line):
                kinds = [re.sub(r'\s*\w+(?:\s*=.*)?$', '', part.strip()) for part in re.sub(r'<[^<>]*>', lambda m: m[0].replace(',', ';'), m[2]).split(',')]
                out.add(f'{m[1]}({", ".join(kinds)})')
    return out


# The check must be able to fail: each of these is a fault.
if private_names('\nnamespace {\n\nconstexpr int kOne = 1, kTwo = 2;\nstruct Three {\nbool four(int n, const char* s) {\n\n}  // namespace\n') != {'kOne', 'kTwo', 'Three', 'four(int, const char*)'}:
    sys.exit('names that are private to a file are not found')
if not left_out('x.cc', 'int n = std::max(1, 2);') or left_out('x.cc', '#include <algorithm>\nint n = std::max(1, 2);'):
    sys.exit('what is used and not included is not found')
for path, include in [('text/x.cc', '"search/query.h"'), ('search/x.cc', '"search/drafting/suggest.h"'), ('indexer/readers/x.cc', '"indexer/collect.h"'),
                      ('http/x.cc', '"indexer/sources.h"'), ('tests/text/x.cc', '"search/query.h"'), ('search/x.h', '<xapian.h>'), ('schemas/x.h', '<xapian.h>'),
                      ('cli/x.cc', '"nowhere/x.h"')]:
    if not faults_of(path, f'#include {include}')[0]:
        sys.exit(f'{path} may include {include}: the rules let everything pass')

faults, seen, owners = [], 0, {}
for top in sorted({room.split('/')[0] for room in ARROWS}):
    for file in sorted(p for p in (ROOT / top).rglob('*') if p.suffix in ('.h', '.cc')):
        path = file.relative_to(ROOT).as_posix()
        if room_of(path) is None:
            faults.append(f'{path}: in no room')
            continue
        text = file.read_text(encoding='utf8')
        bad, n = faults_of(path, text)
        faults += bad + left_out(path, text)
        seen += n
        library = '/'.join(path.split('/')[:2 if path.startswith('tests/') else 1])
        if path.endswith('.cc') and library not in ('cli', 'bench', 'tests/fuzz'):
            for name in sorted(private_names(text)):
                if (first := owners.setdefault((library, name), path)) != path:
                    faults.append(f'{path}: {name} is in {first}, too')
print('\n'.join(faults))
print(f'{seen} includes read, {len(faults)} faults')
sys.exit(1 if faults or seen < 100 else 0)
