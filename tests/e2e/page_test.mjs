// Drives the page in Chromium over the DevTools protocol, with Node's standard library only.
//
//   node tests/e2e/page_test.mjs http://127.0.0.1:PORT [screenshot-dir]      CHROMIUM=/usr/bin/chromium
//
// Needs a running server with any index that holds some documents: every query is made from what the API itself
// answers. A check that the index gives no occasion for (no paragraph with a counterpart, fewer than a page of hits)
// is printed as `ok - name # skip: why`, and with RESOLUTE_STRICT=1 is a failure. Exit code 0 when nothing failed, 1 when a check did, 2 when the page could not be driven.

import { spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [origin, screenshots] = [process.argv[2]?.replace(/\/+$/, ''), process.argv[3]];
if (!/^https?:\/\//.test(origin || '')) {
  console.error('usage: page_test.mjs http://ADDRESS:PORT [screenshot-dir]');
  process.exit(2);
}
const kPatience = 15000; // ms for anything the page should show

// ------------------------------------------------------------------------------------------------------- browser

// One Chromium over a pipe: JSON messages, each ended by NUL, out on fd 3 and in on fd 4.
class Browser {
  constructor() {
    this.profile = mkdtempSync(join(tmpdir(), 'resolute-page-'));
    this.process = spawn(process.env.CHROMIUM || '/usr/bin/chromium', ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic',
      '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--lang=en',
      `--user-data-dir=${this.profile}`, '--remote-debugging-pipe'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    this.waiting = new Map();
    this.listeners = [];
    this.last = 0;
    const fail = error => { for (const { reject } of this.waiting.values()) reject(error); this.waiting.clear(); };
    this.process.on('error', error => fail(new Error(`Chromium did not start: ${error.message}`)));
    this.process.on('exit', code => fail(new Error(`Chromium ended with ${code}`)));
    this.process.stdio[3].on('error', fail);
    let pending = Buffer.alloc(0);
    this.process.stdio[4].on('data', chunk => {
      pending = Buffer.concat([pending, chunk]);
      for (let end = pending.indexOf(0); end >= 0; end = pending.indexOf(0)) {
        this.receive(JSON.parse(pending.subarray(0, end).toString('utf8')));
        pending = pending.subarray(end + 1);
      }
    });
  }
  receive(message) {
    if (!message.id) { for (const listener of this.listeners) listener(message); return; }
    const { resolve, reject } = this.waiting.get(message.id) || {};
    this.waiting.delete(message.id);
    if (message.error) reject?.(new Error(message.error.message)); else resolve?.(message.result);
  }
  send(method, params = {}, sessionId) {
    return new Promise((resolve, reject) => {
      const id = ++this.last;
      const timer = setTimeout(() => { this.waiting.delete(id); reject(new Error(`${method}: no answer`)); }, kPatience * 2);
      const done = act => value => { clearTimeout(timer); act(value); };
      this.waiting.set(id, { resolve: done(resolve), reject: done(reject) });
      this.process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }
  async close() {
    await Promise.race([this.send('Browser.close').catch(() => {}), sleep(3000)]);
    if (this.process.exitCode === null) this.process.kill('SIGKILL');
    await sleep(200);
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

// A tab that remembers what must not happen: errors, dialogs, requests to elsewhere.
class Tab {
  constructor(browser) { Object.assign(this, { browser, errors: [], dialogs: 0, foreign: [] }); }
  async open() {
    const { targetId } = await this.browser.send('Target.createTarget', { url: 'about:blank' });
    ({ sessionId: this.session } = await this.browser.send('Target.attachToTarget', { targetId, flatten: true }));
    this.browser.listeners.push(message => { if (message.sessionId === this.session) this.notice(message); });
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await this.send(`${domain}.enable`);
    await this.size(1360, 900);
    return this;
  }
  notice({ method, params }) {
    if (method === 'Page.javascriptDialogOpening') { ++this.dialogs; this.send('Page.handleJavaScriptDialog', { accept: false }).catch(() => {}); }
    if (method === 'Runtime.exceptionThrown') this.errors.push(params.exceptionDetails.exception?.description || params.exceptionDetails.text);
    if (method === 'Runtime.consoleAPICalled' && params.type === 'error') this.errors.push(params.args.map(a => a.value ?? a.description).join(' '));
    // The browser itself logs each answer of 400 and above; those are asked for by some checks.
    if (method === 'Log.entryAdded' && params.entry.level === 'error' && !(params.entry.source === 'network' && /status of 4\d\d/.test(params.entry.text)))
      this.errors.push(`${params.entry.text} ${params.entry.url || ''}`);
    if (method === 'Network.requestWillBeSent' && /^(https?|wss?):/.test(params.request.url) && new URL(params.request.url).origin !== new URL(origin).origin) this.foreign.push(params.request.url);
  }
  send(method, params) { return this.browser.send(method, params, this.session); }
  size(width, height, mobile = false) { return this.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile }); }
  media(features) { return this.send('Emulation.setEmulatedMedia', { features }); }
  // Runs `f(...args)` in the page and returns its JSON value.
  async run(f, ...args) {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', {
      expression: `(${f})(...${JSON.stringify(args)})`, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description || exceptionDetails.text);
    return result.value;
  }
  // Waits until `f(...args)` in the page is truthy, and returns it.
  async until(what, f, ...args) {
    const end = Date.now() + kPatience;
    for (;;) {
      const value = await this.run(f, ...args).catch(error => { if (Date.now() > end) throw error; return null; });
      if (value) return value;
      if (Date.now() > end) throw new Error(`waited in vain for ${what} at ${await this.run(() => location.href).catch(() => '?')}`);
      await sleep(50);
    }
  }
  async visit(path) {
    await this.send('Page.navigate', { url: 'about:blank' });
    await this.send('Page.navigate', { url: origin + path });
    await this.until('the page to load', () => location.href !== 'about:blank' && document.readyState === 'complete' && document.body.dataset.view);
  }
  async search(pairs) {
    await this.visit(`/?${new URLSearchParams(pairs)}`);
    await this.settled();
  }
  settled() { return this.until('an answer', () => document.getElementById('progress').hidden && !document.querySelector('main[aria-busy=true]') && document.querySelector('#count, .problem')); }
  async type(key, text = '') {
    for (const type of ['keyDown', 'keyUp']) await this.send('Input.dispatchKeyEvent', { type, key, text: type === 'keyDown' ? text : undefined, windowsVirtualKeyCode: key === 'Enter' ? 13 : undefined });
  }
  async click(selector) {
    const at = await this.run(s => {
      const node = document.querySelector(s);
      node?.scrollIntoView({ block: 'center' });
      const box = node?.getBoundingClientRect();
      return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }, selector);
    if (!at) throw new Error(`nothing to click at ${selector}`);
    for (const type of ['mousePressed', 'mouseReleased']) await this.send('Input.dispatchMouseEvent', { type, ...at, button: 'left', clickCount: 1 });
  }
  async shot(name) {
    if (!screenshots) return;
    const { data } = await this.send('Page.captureScreenshot', { format: 'png' });
    writeFileSync(join(screenshots, `${name}.png`), Buffer.from(data, 'base64'));
  }
}

// -------------------------------------------------------------------------------------------------------- checks

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
let passed = 0, failed = 0;
class Skip extends Error {}
const skip = why => { throw new Skip(why); };
function expect(holds, why) { if (!holds) throw new Error(why); }
function same(seen, wanted, what) { expect(JSON.stringify(seen) === JSON.stringify(wanted), `${what}: ${JSON.stringify(seen)}, not ${JSON.stringify(wanted)}`); }

async function check(name, body) {
  try {
    await body();
    ++passed;
    console.log(`ok - ${name}`);
  } catch (error) {
    if (error instanceof Skip && !process.env.RESOLUTE_STRICT) { ++passed; console.log(`ok - ${name} # skip: ${error.message}`); return; }
    ++failed;
    console.log(`not ok - ${name}: ${String(error.message).split('\n')[0]}`);
    await tab?.shot(`failed-${failed}`).catch(() => {});
  }
}

async function api(path) {
  const response = await fetch(origin + path, { headers: { Accept: 'application/json' } });
  if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
  return response.json();
}
const search = pairs => api(`/v1/search?${new URLSearchParams(pairs)}`);
const symbolPath = symbol => `/v1/documents/${encodeURIComponent(symbol)}`;
const fragment = id => id.slice(id.indexOf('#') + 1);
const digits = text => Number((/\d[\d,]*/.exec(text) || ['NaN'])[0].replace(/,/g, ''));

// What the index offers to ask: a frequent word and a phrase of its English, a run of characters of its Chinese.
async function material() {
  const found = {};
  for (const lang of ['en', 'zh']) {
    const pages = await Promise.all(['operative', 'preambular', null].map(kind => search([['lang', lang], ['limit', 50], ['sort', 'newest'], ...(kind ? [['kind', kind]] : [])])));
    found[lang] = pages.flatMap(page => page.matches).filter(m => m.paragraph?.text);
  }
  const words = found.en.flatMap(m => [...new Set(m.paragraph.text.toLowerCase().match(/\b[a-z]{7,}\b/g) || [])]);
  const times = new Map();
  for (const word of words) times.set(word, (times.get(word) || 0) + 1);
  found.word = [...times].sort((a, b) => b[1] - a[1])[0]?.[0];
  found.phrase = found.en.map(m => /\b[a-z]{4,} [a-z]{2,} [a-z]{5,}\b/.exec(m.paragraph.text)?.[0]).find(Boolean);
  found.han = found.zh.map(m => /\p{Script=Han}{4}/u.exec(m.paragraph.text)?.[0]).find(Boolean);
  found.any = found.word || found.han;
  return found;
}

const unended = text => text.replace(/[；，。;,.]$/u, '');
const browser = new Browser();
let tab = null;
process.on('exit', () => browser.process.kill('SIGKILL'));
try {
  if (screenshots) mkdirSync(screenshots, { recursive: true });
  const facets = (await api('/v1/facets')).facets;
  const about = await material();
  if (!about.any) throw new Error('the index holds no text to search for');
  tab = await new Tab(browser).open();

  await check('the start page explains, gives four examples and browses by facets', async () => {
    await tab.visit('/');
    await tab.until('facets', () => document.querySelector('.browse .facet a.value'));
    same(await tab.run(() => document.querySelectorAll('.examples a').length), 4, 'examples');
    const [organ] = facets.body || [];
    const counts = await tab.run(() => [...document.querySelectorAll('.browse a.value')].filter(a => new URL(a.href).searchParams.has('body')).map(a => [new URL(a.href).searchParams.get('body'), Number(a.querySelector('.count').textContent.replace(/\D/g, ''))]));
    if (organ) same(counts.find(([value]) => value === organ.value)?.[1], organ.count, `count of ${organ.value}`);
    await tab.shot('home');
  });

  await check('a link of the start page opens that part of the index', async () => {
    await tab.click('.browse .facet a.value');
    await tab.settled();
    expect(await tab.run(() => location.search.length > 1 && document.querySelectorAll('.hit').length), 'no hits after the click');
  });

  await check('typing completes, and a completion leads to what it names', async () => {
    const typed = about.en.find(m => m.symbol)?.symbol.slice(0, -1) || skip('no English document');
    const wanted = (await api(`/v1/suggest?${new URLSearchParams({ q: typed, limit: 10 })}`)).suggestions;
    await tab.visit('/');
    await tab.run(() => document.getElementById('q').focus());
    await tab.send('Input.insertText', { text: typed });
    await tab.until('completions', () => document.querySelectorAll('.suggestions:not([hidden]) [role=option]').length);
    same(await tab.run(() => [...document.querySelectorAll('.suggestions .name')].map(n => n.textContent)), wanted.map(s => s.text), 'completions');
    same(await tab.run(() => document.getElementById('q').getAttribute('aria-expanded')), 'true', 'aria-expanded');
    await tab.shot('suggestions');
    await tab.type('ArrowDown');
    same(await tab.run(() => document.getElementById(document.getElementById('q').getAttribute('aria-activedescendant'))?.querySelector('.name').textContent), wanted[0].text, 'the chosen one');
    await tab.type('Enter', '\r');
    await tab.until('the document', symbol => new URLSearchParams(location.search).get('doc') === symbol && document.querySelector('article.document'), wanted[0].value);
    same(await tab.run(() => document.querySelector('.suggestions').hidden), true, 'the list is closed');
  });

  await check('a slip is offered mended, and the offer searches for it', async () => {
    if (!about.word) skip('no English word');
    const slip = about.word.slice(0, 3) + about.word.slice(4);
    const offer = (await search([['q', slip]])).query.did_you_mean || skip('the word with a slip is a word');
    await tab.search([['q', slip]]);
    same(await tab.run(() => document.querySelector('.offer a').textContent), offer, 'the offer');
    await tab.click('.offer a');
    await tab.until('its results', q => new URLSearchParams(location.search).get('q') === q && document.querySelector('.hit'), offer);
  });

  await check('related searches follow the results', async () => {
    const related = await api(`/v1/related?${new URLSearchParams({ q: about.any, limit: 6 })}`);
    if (!related.subjects.length && !related.phrases.length) skip('nothing is related');
    await tab.search([['q', about.any]]);
    await tab.until('related searches', () => document.querySelector('.related:not([hidden]) a'));
    same(await tab.run(() => [...document.querySelectorAll('.related a')].map(a => a.textContent)), [...related.subjects, ...related.phrases].map(r => r.text), 'related searches');
  });

  await check('a search shows hits with marks, and the API\'s count', async () => {
    const answer = await search([['q', about.any], ['dedupe', 'on'], ['limit', 20]]);
    await tab.search([['q', about.any]]);
    same(digits(await tab.run(() => document.getElementById('count').textContent)), answer.total.value, 'count');
    same(await tab.run(() => document.querySelectorAll('.hit').length), answer.matches.length, 'hits');
    const marks = await tab.run(() => [...document.querySelectorAll('.hit .quote mark')].map(n => n.textContent.toLowerCase()));
    expect(marks.length > 0, 'no <mark>');
    const first = answer.matches.find(m => m.snippets?.[0]?.highlights?.length);
    const [start, end] = first.snippets[0].highlights[0];
    expect(marks.includes(Array.from(first.snippets[0].text).slice(start, end).join('').toLowerCase()), 'the mark is not what the API marked');
    same(await tab.run(() => document.getElementById('live').textContent.length > 0), true, 'live region filled');
    await tab.shot('search');
  });

  await check('the slash key goes to the search box, Enter searches', async () => {
    await tab.run(() => document.activeElement.blur());
    await tab.type('/', '/');
    same(await tab.run(() => document.activeElement.id), 'q', 'focus');
    const other = about.phrase ? about.phrase.split(' ').pop() : about.any;
    await tab.run(() => { document.getElementById('q').value = ''; });
    await tab.send('Input.insertText', { text: other });
    await tab.type('Enter', '\r');
    await tab.until('the new address', q => new URLSearchParams(location.search).get('q') === q, other);
    await tab.settled();
  });

  await check('a facet click changes the address, and the total is the facet\'s count', async () => {
    await tab.search([['q', about.any]]);
    const answer = await search([['q', about.any], ['limit', 1]]);
    const [name, value] = Object.entries(answer.facets).filter(([name]) => ['body', 'kind', 'year', 'lang', 'committee'].includes(name))
      .map(([name, values]) => [name, values.find(v => !v.selected && v.count > 0 && v.count < answer.total.value) || (values.length === 1 && values[0])])
      .find(([, value]) => value) || skip('no facet divides the hits');
    const key = `${name}:${value.value}`;
    await tab.until('the facet value', k => [...document.querySelectorAll('input[data-key]')].some(n => n.dataset.key === k), key);
    const shown = await tab.run(k => [...document.querySelectorAll('input[data-key]')].find(n => n.dataset.key === k).closest('label').querySelector('.count').textContent, key);
    same(digits(shown), value.count, 'count in the sidebar');
    await tab.click(`input[data-key=${JSON.stringify(key)}]`);
    await tab.until('the filter in the address', (n, v) => new URLSearchParams(location.search).getAll(n).includes(v), name, value.value);
    await tab.settled();
    same(digits(await tab.run(() => document.getElementById('count').textContent)), value.count, 'total after the click');
    expect(await tab.run(k => [...document.querySelectorAll('input[data-key]')].find(n => n.dataset.key === k)?.checked, key), 'the value is not checked');
    expect(await tab.run(() => document.querySelector('.chip')), 'no chip');
    expect(await tab.run(k => document.activeElement.dataset.key === k, key), 'the focus was lost');
    await tab.click('.chip');
    await tab.until('the filter to go', n => !new URLSearchParams(location.search).has(n), name);
    await tab.settled();
  });

  await check('a year bar filters by its year', async () => {
    await tab.search([['q', about.any]]);
    if (!await tab.run(() => document.querySelector('.bar i[style*="%"]'))) skip('fewer than two years');
    const year = await tab.run(() => { const bar = document.querySelector('.bar i[style*="%"]').parentElement; bar.click(); return bar.dataset.year; });
    await tab.until('the year in the address', y => new URLSearchParams(location.search).getAll('year').includes(y), year);
    await tab.settled();
    expect(await tab.run(y => [...document.querySelectorAll('.hit time')].every(n => n.dateTime.startsWith(y)), year), 'a hit of another year');
  });

  await check('a leading minus excludes a value', async () => {
    const value = facets.body?.find(v => v.count > 0) || skip('no organ');
    await tab.search([['q', about.any], ['body', `-${value.value}`]]);
    const answer = await search([['q', about.any], ['body', `-${value.value}`], ['limit', 1]]);
    expect(await tab.run(() => document.querySelector('.chip.out')), 'no chip for the exclusion');
    same(digits(await tab.run(() => document.getElementById('count').textContent)) || 0, answer.total.value, 'count');
  });

  await check('a Chinese query shows marked Chinese with its language set', async () => {
    if (!about.han) skip('no Chinese text');
    await tab.search([['q', about.han], ['lang', 'zh']]);
    expect(await tab.run(() => document.querySelectorAll('.hit .quote:lang(zh) mark').length), 'no mark in Chinese');
    await tab.shot('search-zh');
  });

  await check('a quoted query marks the phrase only', async () => {
    const phrase = about.phrase || about.han;
    await tab.search([['q', `"${phrase}"`]]);
    const fold = text => text.toLowerCase().replace(/[\s\u00a0-]+/g, ' ');
    const marks = await tab.run(() => [...document.querySelectorAll('.hit .quote:not(.counter) mark')].map(n => n.textContent));
    expect(marks.length, 'no mark');
    expect(marks.every(m => fold(m) === fold(phrase)), `marked ${JSON.stringify(marks.find(m => fold(m) !== fold(phrase)))} for ${JSON.stringify(phrase)}`);
  });

  await check('hits that do not exist are said calmly', async () => {
    await tab.search([['q', '"zqxj vkwq zqxj"']]);
    expect(await tab.run(() => !document.querySelector('.hit') && document.querySelector('.results .box h2')), 'no box');
  });

  await check('more results are appended', async () => {
    const all = await search([['q', about.any], ['dedupe', 'on'], ['limit', 20]]);
    if (!all.next) skip('one page of hits only');
    await tab.search([['q', about.any]]);
    const before = await tab.run(() => [...document.querySelectorAll('.hit')].map(n => n.dataset.id));
    await tab.click('button.more');
    await tab.until('more hits', n => document.querySelectorAll('.hit').length > n, before.length);
    const after = await tab.run(() => [...document.querySelectorAll('.hit')].map(n => n.dataset.id));
    same(after.slice(0, before.length), before, 'the first page');
    same(new Set(after).size, after.length, 'distinct hits');
  });

  await check('document view: two columns, and the fragment is highlighted', async () => {
    const match = [...about.zh, ...about.en].find(m => m.parallel?.id && /#(op|pp)/.test(m.id)) || skip('no paragraph has a counterpart');
    await tab.search([['symbol', match.symbol], ['lang', match.lang]]);
    const href = await tab.run(() => document.querySelector('.hit a.symbol').getAttribute('href'));
    expect(href.startsWith('/?doc='), `the hit links to ${href}`);
    await tab.visit(`/?${new URLSearchParams([['doc', match.symbol], ['lang', match.lang], ['parallel', match.parallel.lang]])}#${fragment(match.id)}`);
    await tab.until('the highlight', () => document.querySelector('.para.here'));
    const seen = await tab.run(() => { const here = document.querySelector('.para.here'), sides = [...here.querySelectorAll('.side')], [a, b] = sides.map(n => n.getBoundingClientRect()), box = here.getBoundingClientRect();
      return { id: here.id, beside: b && b.left >= a.right - 1 && Math.abs(a.top - b.top) < 2, inView: box.top < innerHeight && box.bottom > 0, text: sides[0].innerText.length > 0, languages: sides.map(n => n.lang.slice(0, 2)) }; });
    same(seen, { id: fragment(match.id), beside: true, inView: true, text: true, languages: [match.lang, match.parallel.lang] }, 'highlighted paragraph');
    same(await tab.run(s => document.querySelector('.doc-symbol').textContent === s, match.symbol), true, 'symbol in the masthead');
    await tab.shot('document');
  });

  await check('document view holds every paragraph, and one language on request', async () => {
    const match = [...about.zh, ...about.en].find(m => m.parallel?.id) || about.en[0] || about.zh[0];
    const doc = await api(`${symbolPath(match.symbol)}?lang=${match.lang}`);
    await tab.visit(`/?${new URLSearchParams([['doc', match.symbol], ['lang', match.lang]])}`);
    await tab.until('the text', () => document.querySelector('.para'));
    same(await tab.run(() => [...document.querySelectorAll('.para')].length), doc.paragraphs.length, 'paragraphs');
    same(await tab.run(() => document.querySelectorAll('.side.other').length), 0, 'second column');
    if ((doc.languages || []).length < 2) return;
    await tab.click('.doc-nav input[value=both]');
    await tab.until('the second column', () => document.querySelector('.side.other'));
    expect(await tab.run(() => new URLSearchParams(location.search).get('parallel')), 'parallel is not in the address');
  });

  await check('"cites" and "cited by" are listed', async () => {
    const match = (await search([['sort', 'most-cited'], ['limit', 1]])).matches[0];
    const citing = await api(`${symbolPath(match.symbol)}/cited-by`);
    await tab.visit(`/?${new URLSearchParams([['doc', match.symbol]])}`);
    await tab.until('the list', () => document.querySelector('#cited-by .count') && document.querySelector('#cites .count'));
    same(digits(await tab.run(() => document.querySelector('#cited-by .count').textContent)), citing.total, 'cited by');
  });

  await check('the back button and "back to results" restore the results', async () => {
    await tab.search([['q', about.any]]);
    const first = await tab.run(() => ({ id: document.querySelector('.hit').dataset.id, at: location.search }));
    for (const way of ['back button', 'link']) {
      await tab.click('.hit a.symbol');
      await tab.until('the document', () => document.body.dataset.view === 'document' && document.querySelector('.para'));
      if (way === 'link') await tab.click('a.back'); else await tab.run(() => history.back());
      await tab.until(`results after the ${way}`, () => document.body.dataset.view === 'search' && document.querySelector('.hit'));
      same(await tab.run(() => ({ id: document.querySelector('.hit').dataset.id, at: location.search })), first, `after the ${way}`);
    }
    await tab.run(() => history.forward());
    await tab.until('the document again', () => document.body.dataset.view === 'document');
  });

  await check('hostile text in the query is shown as text', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    await tab.search([['q', hostile], ['body', '"><script>alert(2)</script>']]);
    same(await tab.run(() => document.getElementById('q').value), hostile, 'the search box');
    same(await tab.run(() => [...document.querySelectorAll('main img, main script')].length), 0, 'elements made of data');
    await tab.visit(`/?doc=${encodeURIComponent(hostile)}`);
    await tab.until('the problem', () => document.querySelector('.problem'));
    same(await tab.run(() => document.querySelectorAll('main img, main script').length), 0, 'elements made of data');
    await sleep(200);
    same(tab.dialogs, 0, 'dialogs');
  });

  await check('an unknown document offers a search', async () => {
    await tab.visit('/?doc=S/RES/999999(2999)');
    await tab.until('the problem', () => document.querySelector('.problem'));
    const offers = await tab.run(() => [...document.querySelectorAll('.problem .offers a')].map(a => new URL(a.href).searchParams.get('q')));
    expect(offers.some(q => q?.includes('S/RES/999999(2999)')), `offers: ${JSON.stringify(offers)}`);
  });

  await check('a bad parameter gives a calm box with the API\'s words', async () => {
    await tab.search([['q', about.any], ['sort', 'sideways']]);
    const problem = await fetch(`${origin}/v1/search?q=x&sort=sideways`);
    same(problem.status, 400, 'status of the API');
    const { title, detail } = await problem.json();
    const text = await tab.run(() => document.querySelector('.problem')?.innerText || '');
    expect(text.includes(title) && (!detail || text.includes(detail)), `the box says ${JSON.stringify(text)}`);
    await tab.shot('problem');
  });

  await check('a late answer to an older search is ignored', async () => {
    await tab.search([['q', about.any]]);
    await tab.run((a, b) => { const box = document.getElementById('q'); for (const q of [a, b]) { box.value = q; document.getElementById('search').requestSubmit(); } }, '"zqxj vkwq zqxj"', about.any);
    await tab.settled();
    await sleep(300);
    expect(await tab.run(q => new URLSearchParams(location.search).get('q') === q && document.querySelector('.hit'), about.any), 'the older answer is shown');
  });

  await check('the language of the page can be switched, and stays', async () => {
    await tab.search([['q', about.any]]);
    const english = await tab.run(() => document.getElementById('count').textContent);
    await tab.click('#ui-lang [data-ui=zh]');
    await tab.until('Chinese', () => document.documentElement.lang.startsWith('zh') && /段落/.test(document.getElementById('count')?.textContent));
    await tab.shot('search-ui-zh');
    await tab.search([['q', about.any]]);
    expect(await tab.run(() => /段落/.test(document.getElementById('count').textContent)), 'forgotten after a reload');
    await tab.click('#ui-lang [data-ui=en]');
    await tab.until('English', text => document.getElementById('count')?.textContent === text, english);
  });

  await check('on a phone nothing is wider than the screen', async () => {
    await tab.size(390, 844, true);
    const match = [...about.zh, ...about.en].find(m => m.parallel?.id) || about.en[0] || about.zh[0];
    for (const [name, path] of [['home', '/'], ['precedents', '/?precedents=1'], ['search', `/?q=${encodeURIComponent(about.any)}`], ['document', `/?doc=${encodeURIComponent(match.symbol)}&lang=${match.lang}&parallel=${match.parallel?.lang || ''}`]]) {
      await tab.visit(path);
      if (name === 'precedents') await tab.run(text => { document.getElementById('draft').value = text; document.querySelector('form.draft').requestSubmit(); }, match.paragraph.text);
      await tab.until('content', () => document.querySelector('.hit, .para, .browse .value, .wording'));
      const wide = await tab.run(() => document.documentElement.scrollWidth);
      await tab.shot(`phone-${name}`);
      expect(wide <= 390, `${name} is ${wide} wide`);
    }
    await tab.size(1360, 900);
  });

  await check('text has the contrast that WCAG AA asks for, in light and dark', async () => {
    for (const scheme of ['light', 'dark']) {
      await tab.media([{ name: 'prefers-color-scheme', value: scheme }]);
      for (const path of ['/', '/?precedents=1', `/?q=${encodeURIComponent(about.any)}`, `/?doc=${encodeURIComponent((about.en[0] || about.zh[0]).symbol)}`]) {
        await tab.visit(path);
        if (path === '/?precedents=1') await tab.run(text => { document.getElementById('draft').value = text; document.querySelector('form.draft').requestSubmit(); }, `${unended((about.en[0] || about.zh[0]).paragraph.text)} zqxj;`);
        await tab.until('content', () => document.querySelector('.hit, .para, .browse .value, .wording'));
        const poor = await tab.run(() => {
          const parse = c => { const [r, g, b, a = 1] = c.match(/[\d.]+/g).map(Number); return { r, g, b, a }; };
          const light = ({ r, g, b }) => [r, g, b].map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
          for (const node of document.querySelectorAll('body *')) {
            if (![...node.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !node.checkVisibility?.({ checkOpacity: true, checkVisibilityCSS: true }) || node.closest('.vh, .skip, noscript, option')) continue;
            let back = node, color;
            do { color = parse(getComputedStyle(back).backgroundColor); back = back.parentElement; } while (back && color.a === 0);
            const [a, b] = [light(parse(getComputedStyle(node).color)), light(color)], ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (ratio < 4.5) return `${ratio.toFixed(2)} at ${node.tagName}.${node.className}`;
          }
          return null;
        });
        expect(!poor, `${scheme} ${path}: ${poor}`);
        if (scheme === 'dark' && path !== '/') await tab.shot(path.includes('doc=') ? 'dark-document' : path.includes('precedents') ? 'dark-precedents' : 'dark-search');
      }
    }
    await tab.media([]);
  });

  await check('a pasted paragraph shows its earlier wording, with what differs, who used it and its counterpart', async () => {
    const match = [...about.zh, ...about.en].find(m => m.parallel?.id && /#(op|pp)/.test(m.id) && m.paragraph.text.length > 60) || skip('no paragraph has a counterpart');
    const draft = `${unended(match.paragraph.text)}${match.lang === 'zh' ? '灯塔看守。' : ' zqxj;'}`;
    const answer = await (await fetch(`${origin}/v1/precedents`, { method: 'POST', body: JSON.stringify({ text: draft, limit: 20 }) })).json();
    const p = answer.paragraphs[0];
    expect(p.wordings.length > 0, 'the API finds it');
    await tab.visit('/');
    await tab.until('facets', () => document.querySelector('.browse .facet a.value'));
    await tab.run(() => sessionStorage.clear());
    await tab.click('.foot a[href="/?precedents=1"]');
    await tab.until('the form', () => document.querySelector('#draft') && document.body.dataset.view === 'precedents');
    expect(await tab.run(() => document.activeElement.id === 'draft'), 'the box has the focus');
    await tab.run(text => { document.getElementById('draft').value = text; document.querySelector('form.draft').requestSubmit(); }, draft);
    await tab.until('the wordings', () => document.querySelector('.wording'));
    const seen = await tab.run(() => {
      const bare = (node, skipped) => { const copy = node.cloneNode(true); copy.querySelectorAll(`${skipped}, .vh`).forEach(x => x.remove()); return copy.textContent; };
      const first = document.querySelector('.wording'), quote = first.querySelector('.quote');
      return { before: bare(quote, 'ins'), after: bare(quote, 'del'), inserted: quote.querySelectorAll('ins').length, shown: document.querySelectorAll('.wording').length,
        uses: document.querySelector('.use-line b').textContent, links: [...document.querySelectorAll('.use-line a')].map(a => a.textContent),
        counter: first.querySelector('.counter p')?.textContent ?? null, counts: document.querySelectorAll('.use-counts dt').length };
    });
    same(seen.before, p.wordings[0].text, 'the old text');
    same(seen.after, draft, 'the draft');
    expect(seen.inserted > 0, 'what is new is marked');
    same(seen.shown, Math.min(5, p.wordings.length), 'wordings shown');
    same(digits(seen.uses), p.total.uses, 'uses');
    same(seen.links, [p.first.symbol, p.last.symbol], 'first and last use');
    same(seen.counter, p.wordings[0].parallel?.text ?? null, 'the counterpart');
    same(seen.counts, Object.values(p.counts).filter(v => v.length).length, 'counts');
    await tab.shot('precedents');
    // References of the draft are checked beside it, faults first.
    const [cited] = await (await fetch(`${origin}/v1/search?q=&limit=1&lang=en&type=resolution`)).json().then(x => x.matches.map(m => m.symbol)), faulty = `Recalling ${cited} and A/RES/999/1,`;
    const checked = await (await fetch(`${origin}/v1/citations/check`, { method: 'POST', body: JSON.stringify({ text: faulty }) })).json();
    await tab.run(text => { document.getElementById('draft').value = text; document.querySelector('form.draft').requestSubmit(); }, faulty);
    await tab.until('the references', () => document.querySelectorAll('.reference').length === 2);
    const listed = await tab.run(() => [...document.querySelectorAll('.reference')].map(x => [x.dataset.status, x.querySelector('.said').textContent, x.querySelector('a.symbol')?.textContent ?? null]));
    same(listed[0], ['impossible', 'A/RES/999/1', null], 'the fault stands first');
    same(listed[1], [checked.citations[0].status, cited, cited], 'the other one follows');
    expect(await tab.run(() => document.querySelector('.references').open), 'faults are shown');
    await tab.shot('references');
    await tab.run(text => { document.getElementById('draft').value = text; document.querySelector('form.draft').requestSubmit(); }, draft);
    await tab.until('the wordings again', () => document.querySelector('.wording') && !document.querySelector('.reference[data-status=impossible]'));
    // A filter is part of the address; the draft outlives a reload and going back.
    await tab.until('organs', () => document.querySelectorAll('.draft-filters select[name=body] option').length > 1);
    await tab.run(() => { const select = document.querySelector('.draft-filters select[name=body]'); select.value = [...select.options].at(-1).value; document.querySelector('form.draft').requestSubmit(); });
    await tab.until('the filter', () => new URLSearchParams(location.search).get('body') && document.getElementById('progress').hidden && document.querySelector('.precedent'));
    await tab.send('Page.reload', {});
    await tab.until('the draft again', text => document.querySelector('#draft')?.value === text && document.querySelector('.precedent'), draft);
    await tab.run(() => history.back());
    await tab.until('all uses again', n => !new URLSearchParams(location.search).get('body') && document.querySelectorAll('.wording').length === n, seen.shown);
    // Markup in a draft is text.
    await tab.run(() => { document.getElementById('draft').value = '<img src=x onerror=alert(1)><b>zqxj</b> vkwq'; document.querySelector('form.draft').requestSubmit(); });
    await tab.until('no use', () => document.querySelector('.precedent .none'));
    expect(await tab.run(() => !document.querySelector('.precedent img, .precedent .own b')), 'markup is text');
    // From a paragraph of a document.
    await tab.visit(`/?doc=${encodeURIComponent(match.symbol)}&lang=${match.lang}#${encodeURIComponent(fragment(match.id))}`);
    await tab.until('the paragraph', () => document.querySelector('.here-tools a'));
    await tab.click('.here-tools a');
    await tab.until('its wordings', text => document.querySelector('#draft')?.value === text && document.querySelector('.wording'), match.paragraph.text);
  });

  await check('a resolution shows its clauses by year, and a clause its history', async () => {
    let found = null;
    for (const m of (await search([['type', 'resolution'], ['unit', 'document'], ['limit', 100], ['sort', 'newest']])).matches) {
      const table = await api(`${symbolPath(m.symbol)}/history?lang=${m.lang}`);
      if (table.series.length > 1 && table.clauses.some(row => row.some(c => c?.event === 'changed'))) { found = { m, table }; break; }
    }
    const { m, table } = found || skip('no resolution continues another');
    const events = ['appeared', 'unchanged', 'changed', 'split', 'merged', 'dropped'];
    await tab.visit(`/?doc=${encodeURIComponent(m.symbol)}&lang=${m.lang}`);
    await tab.until('the document', () => document.querySelector('#clauses summary'));
    await tab.click('#clauses summary');
    await tab.until('the table', () => document.querySelector('#clauses td'));
    const own = table.series.findIndex(d => d.symbol === m.symbol);
    const seen = await tab.run(names => ({ columns: document.querySelectorAll('#clauses thead th').length - 1, rows: document.querySelectorAll('#clauses tbody tr').length,
      gone: document.querySelectorAll('#clauses tbody tr.gone').length, events: names.map(e => document.querySelectorAll(`#clauses td.${e}`).length) }), events);
    same(seen.columns, table.series.length, 'columns');
    same(seen.rows, table.clauses.length, 'rows');
    same(seen.gone, table.clauses.filter(row => !row[own]?.paragraph).length, 'clauses that are gone');
    same(seen.events, events.map(e => table.clauses.flat().filter(c => c?.event === e).length), 'events');
    await tab.run(() => { [...document.querySelectorAll('#clauses tbody tr')].find(tr => tr.querySelector('td.changed')).querySelector('button').dataset.asked = '1'; });
    await tab.click('#clauses button[data-asked]');
    await tab.until('the history', () => document.querySelector('.clause-history li :is(ins, del)'));
    await tab.run(() => document.querySelector('#clauses').scrollIntoView());
    await tab.shot('clauses');
  });

  await check('no errors in the console, no dialogs, no requests to other hosts', async () => {
    same(tab.errors, [], 'errors');
    same(tab.dialogs, 0, 'dialogs');
    same(tab.foreign, [], 'requests');
  });
} catch (error) {
  console.log(`not ok - the page can be driven: ${error.message}`);
  console.log(`${passed} passed, ${failed + 1} failed`);
  await browser.close().catch(() => {});
  process.exit(2);
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
