// Drives the page in Chromium.
//
//   node tests/e2e/page_test.mjs http://127.0.0.1:PORT [screenshot-dir]      CHROMIUM=/usr/bin/chromium
//
// Needs a running server with any index that holds some documents: every query is made from what the API itself
// answers. A check that the index gives no occasion for (no paragraph with a counterpart, fewer than a page of hits)
// is printed as `ok - name # skip: why`, and with RESOLUTE_STRICT=1 is a failure. Exit code 0 when nothing failed, 1 when a check did, 2 when the page could not be driven.

import { mkdirSync, readFileSync } from 'node:fs';
import { Browser, Tab } from './browser.mjs';

const [origin, screenshots] = [process.argv[2]?.replace(/\/+$/, ''), process.argv[3]];
if (!/^https?:\/\//.test(origin || '')) {
  console.error('usage: page_test.mjs http://ADDRESS:PORT [screenshot-dir]');
  process.exit(2);
}

// -------------------------------------------------------------------------------------------------------- checks

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

const browser = new Browser();
let tab = null;
process.on('exit', () => browser.process.kill('SIGKILL'));
const text = selector => tab.run(s => document.querySelector(s)?.textContent.trim() ?? null, selector);
const many = selector => tab.run(s => document.querySelectorAll(s).length, selector);
const path = symbol => symbol.split('/').map(encodeURIComponent).join('/').replace(/%28/g, '(').replace(/%29/g, ')');
try {
  if (screenshots) mkdirSync(screenshots, { recursive: true });
  const about = await material();
  if (!about.any) throw new Error('the index holds no text to search for');
  tab = await new Tab(browser, origin, screenshots).open();
  const paired = [...about.en, ...about.zh].find(m => m.parallel?.id && /#(op|pp)/.test(m.id) && m.paragraph.text.length > 60);
  const numbered = about.en.find(m => m.parallel?.id && /#op\d+$/.test(m.id) && m.paragraph.number);

  for (const language of ['en', 'zh']) {
    const word = language === 'zh' ? about.han : about.word, here = name => `${name} (${language})`;

    await check(here('the start page says what this is for, and an organ opens its resolutions'), async () => {
      await tab.visit(`/${language}/`);
      same(await many('.examples a'), 3, 'examples');
      same(await many('.ways li'), 3, 'ways in');
      same(await tab.run(() => document.activeElement.id), 'q', 'focus');
      same(await tab.run(() => document.documentElement.lang), language === 'zh' ? 'zh-Hans' : 'en', 'language of the page');
      await tab.shot(`home-${language}`);
      await tab.click('.browse-lists .values a');
      await tab.until('the organ', () => document.body.dataset.view === 'browse');
    });

    await check(here('a filter alone lists resolutions, each once, newest first'), async () => {
      await tab.search([['body', 'GA']], language);
      const answer = await search([['body', 'GA'], ['unit', 'document'], ['sort', 'newest'], ['limit', 20]]);
      same(digits(await text('#count strong')), answer.total.works, 'count');
      const symbols = await tab.run(() => [...document.querySelectorAll('.hit .source .symbol')].map(n => n.textContent));
      same(symbols, answer.matches.map(m => m.symbol), 'resolutions');
      same(new Set(symbols).size, symbols.length, 'distinct');
      await tab.shot(`list-${language}`);
    });

    await check(here('words find marked paragraphs under one heading a resolution'), async () => {
      await tab.search([['q', word]], language);
      const answer = await search([['q', word], ['dedupe', 'on'], ['limit', 20]]);
      same(digits(await text('#count strong')), answer.total.value, 'count');
      expect(await many('.hit mark') > 0, 'no mark');
      const symbols = await tab.run(() => [...document.querySelectorAll('.hit .source .symbol')].map(n => n.textContent));
      same(new Set(symbols).size, symbols.length, 'headings');
      await tab.shot(`search-${language}`);
    });

    await check(here('the text language is chosen once and kept'), async () => {
      await tab.search([['q', word]], language);
      await tab.click('.reading [data-reading=both]');
      await tab.until('both', () => document.querySelector('.pair, .reading [data-reading=both][aria-current=true]'));
      await tab.settled();
      await tab.search([['q', word]], language);
      same(await tab.run(() => document.querySelector('.reading [aria-current=true]').dataset.reading), 'both', 'kept');
      if (paired) {
        await tab.visit(`/${language}/${path(paired.symbol)}`);
        expect(await many('.document.two .side.other') > 0, 'the document is not side by side');
        await tab.shot(`document-both-${language}`);
      }
      await tab.click(`.reading [data-reading=${language}]`);
      await tab.until('one language', () => document.querySelector('article.document:not(.two)'));
    });

    await check(here('a facet keeps the focus, changes the address and the count, and can be turned round'), async () => {
      await tab.search([['q', word]], language);
      const id = await tab.run(() => [...document.querySelectorAll('#filters input[type=checkbox]')].find(n => n.checkVisibility())?.id) || skip('no facet');
      const name = await tab.run(i => document.getElementById(i).name, id), value = await tab.run(i => document.getElementById(i).value, id);
      const counted = digits(await tab.run(i => document.querySelector(`label[for="${i}"] .count`).textContent, id));
      await tab.click(`[id="${id}"]`);
      await tab.until('the filter', (n, v) => new URLSearchParams(location.search).getAll(n).includes(v), name, value);
      await tab.settled();
      same(digits(await text('#count strong')), counted, 'count');
      same(await tab.run(() => document.activeElement.id), id, 'focus');
      expect((await text('#live')).length > 0 || await tab.until('an announcement', () => document.getElementById('live').textContent), 'announced');
      await tab.click('.chips .turn');
      await tab.until('the exclusion', (n, v) => new URLSearchParams(location.search).getAll(n).includes(`-${v}`), name, value);
      await tab.settled();
      expect(await many('.chip.out') === 1, 'no chip for the exclusion');
      await tab.run(() => history.back());
      await tab.until('the filter again', (n, v) => new URLSearchParams(location.search).getAll(n).includes(v), name, value);
      await tab.settled();
      await tab.until('its count', n => document.querySelector('#count strong')?.textContent.replace(/\D/g, '') === String(n), counted);
    });

    await check(here('more results are appended, and are in the address of the next page'), async () => {
      const one = await search([['q', about.any], ['dedupe', 'on'], ['limit', 20]]);
      if (!one.next) skip('one page only');
      await tab.search([['q', about.any]], language);
      const before = await many('.paragraph');
      expect(/cursor=/.test(await tab.run(() => document.getElementById('more').href)), 'no cursor');
      await tab.click('#more');
      await tab.until('more', n => document.querySelectorAll('.paragraph').length > n, before);
    });

    await check(here('a number in any spelling opens, at its paragraph'), async () => {
      if (!numbered) skip('no numbered paragraph');
      const n = numbered.paragraph.number, spelled = language === 'zh' ? `${numbered.symbol.toLowerCase()}` : `${numbered.symbol}, para. ${n}`;
      await tab.visit(`/${language}/`);
      await tab.run(() => document.getElementById('q').focus());
      await tab.send('Input.insertText', { text: spelled });
      await tab.run(() => document.getElementById('search').requestSubmit());
      await tab.until('the document', symbol => document.querySelector('article.document')?.dataset.symbol === symbol, numbered.symbol);
      if (language === 'en') await tab.until('the paragraph', id => document.querySelector('.para.here')?.id === id, `op${n}`);
      await tab.shot(`document-${language}`);
    });

    await check(here('what is not held says so, with the official address'), async () => {
      await tab.visit(`/${language}/search?q=${encodeURIComponent('A/RES/1/1')}`);
      await tab.until('the answer', () => document.body.dataset.view === 'problem');
      expect(await tab.run(() => [...document.querySelectorAll('a')].some(a => a.href.startsWith('https://docs.un.org/'))), 'no official address');
      await tab.shot(`not-held-${language}`);
    });

    await check(here('a paragraph is copied with its words, its reference and its address'), async () => {
      if (!numbered) skip('no numbered paragraph');
      await tab.visit(`/${language}/${path(numbered.symbol)}`);
      await tab.run(() => { navigator.clipboard.writeText = async t => { window.copied = t; }; });
      await tab.click(`[id="${fragment(numbered.id)}"] .number`);
      await tab.until('the menu', () => document.querySelector('.para .paragraph-menu'));
      await tab.shot(`menu-${language}`);
      await tab.click('.paragraph-menu [data-copy=text]');
      const copied = await tab.until('the copy', () => window.copied);
      expect(copied.includes(path(numbered.symbol)) && copied.includes(language === 'zh' ? '段' : 'para.'), copied);
      await tab.run(() => { window.copied = null; });
      await tab.click('.paragraph-menu [data-copy=reference]');
      const reference = await tab.until('the reference', () => window.copied);
      // What the page copies, it finds.
      await tab.visit(`/${language}/search?${new URLSearchParams({ q: reference })}`);
      await tab.until('the place', (s, id) => document.querySelector('article.document')?.dataset.symbol === s && location.hash === `#${id}`, numbered.symbol, fragment(numbered.id));
      await tab.type('Escape');
    });

    await check(here('words looked for are marked in the document, one after the other'), async () => {
      await tab.search([['q', word]], language);
      await tab.click('.hit .where a');
      await tab.until('marks', () => document.querySelector('article.document mark.now'));
      const first = await text('#position');
      await tab.run(() => document.activeElement.blur());
      await tab.type('n', 'n');
      expect(await many('mark.now') === 1, 'one place at a time');
      expect(/\d/.test(first), first);
      await tab.shot(`find-${language}`);
    });

    await check(here('a paragraph is gone to by its number'), async () => {
      if (!numbered) skip('no numbered paragraph');
      await tab.visit(`/${language}/${path(numbered.symbol)}?para=${numbered.paragraph.number}`);
      await tab.until('the paragraph', id => document.querySelector('.para.here')?.id === id, fragment(numbered.id));
    });

    await check(here('a draft shows where it was agreed before, and is not lost'), async () => {
      const p = paired || skip('no pair');
      const draft = `${p.paragraph.text.replace(/[；，。;,.]$/u, '')}${p.lang === 'zh' ? '灯塔看守。' : ' zqxj;'}`;
      await tab.visit(`/${language}/agreed-language`);
      await tab.run(t => { const box = document.getElementById('draft'); box.value = t; box.dispatchEvent(new Event('input')); }, draft);
      await tab.run(() => document.getElementById('draft-form').requestSubmit());
      await tab.until('wordings', () => document.querySelector('.wording'));
      expect(await many('.wording ins, .wording del') > 0, 'nothing marked as changed');
      expect(await many('.overview tbody tr') === 1, 'an overview of one paragraph');
      await tab.shot(`draft-${language}`);
      await tab.visit(`/${language}/agreed-language?of=${encodeURIComponent(p.id)}`);
      expect(await tab.run(() => document.getElementById('draft').value.length) > 0, 'the paragraph is there');
      await tab.visit(`/${language}/agreed-language`);
      same(await tab.run(() => document.getElementById('draft').value), draft, 'the draft');
      // A file is read, and does not take the place of what was typed.
      await tab.run(t => {
        const files = new DataTransfer();
        files.items.add(new File([t], 'tides.txt', { type: 'text/plain' }));
        document.getElementById('draft-form').dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }));
      }, p.paragraph.text);
      await tab.until('the file', () => document.querySelector('#precedents')?.textContent.includes('tides.txt'));
      same(await tab.run(() => localStorage.getItem('resolute.draft')), draft, 'what was typed');
      expect(await many('.draft-word button') === 1, 'it can be taken along');
      expect(await many('.time-line circle') > 0, 'years of use');
      await tab.run(() => localStorage.clear());
    });

    await check(here('no sentence of the engine is in the other language'), async () => {
      await tab.search([['q', 'zqxjvk wqzzj']], language);
      const said = await tab.run(() => [...document.querySelectorAll('.notice, .box p, .box h2, .facet summary, .controls a')].map(n => n.textContent).join(' '));
      if (language === 'zh') expect(!/\b(paragraph|document|filter|results|query)\b/i.test(said), said); else expect(!/\p{Script=Han}/u.test(said.replace('中文', '')), said);
    });
  }

  await check('typing completes, and a completion leads to what it names', async () => {
    const typed = about.en[0].symbol;
    await tab.visit('/en/');
    await tab.run(() => document.getElementById('q').focus());
    await tab.send('Input.insertText', { text: typed });
    await tab.until('completions', () => document.querySelectorAll('.suggestions:not([hidden]) [role=option]').length);
    same(await text('.suggestions .name'), typed, 'the exact one first');
    await tab.type('ArrowDown');
    await tab.type('Enter', '\r');
    await tab.until('the document', s => document.querySelector('article.document')?.dataset.symbol === s, typed);
  });

  await check('the slash key goes to the search box', async () => {
    await tab.search([['q', about.any]]);
    await tab.run(() => document.activeElement.blur());
    await tab.type('/', '/');
    same(await tab.run(() => document.activeElement.id), 'q', 'focus');
  });

  await check('skipping leads to the results', async () => {
    await tab.search([['q', about.any]]);
    same(await tab.run(() => document.getElementById('skip').hash), '#results', 'where the link leads');
    await tab.run(() => document.getElementById('skip').click());
    await tab.until('the focus', () => document.activeElement.id === 'results');
    await tab.run(() => new Promise(done => setTimeout(done, 600)));
    same(await tab.run(() => document.activeElement.id), 'results', 'the focus, a little later');
  });

  await check('browsing, series, help and the collection have pages in both languages', async () => {
    for (const language of ['en', 'zh']) for (const place of ['browse', 'browse/GA', 'phrases', 'about', 'help', `series/${path(about.en[0].symbol)}`]) {
      await tab.visit(`/${language}/${place}`);
      expect(await text('h1'), `${place}: no heading`);
      await tab.shot(`${place.replace(/\W/g, '-').slice(0, 12)}-${language}`);
    }
  });

  await check('without script: search, facets, paging, documents, drafts', async () => {
    await tab.script(false);
    try {
      const page = async p => (await (await fetch(origin + p, { headers: { Accept: 'text/html' } })).text());
      await tab.visit(`/en/search?${new URLSearchParams({ q: about.any })}`).catch(() => {});
      const found = await page(`/en/search?${new URLSearchParams({ q: about.any })}`);
      expect(/<mark>/.test(found) && /<form[^>]*>/.test(found) && /type="checkbox"/.test(found) && /type="submit"/.test(found), 'results, a form of facets');
      const more = /href="([^"]*cursor=[^"]*)"/.exec(found)?.[1].replaceAll('&amp;', '&');
      if (more) expect(/<mark>/.test(await page(new URL(more, `${origin}/en/search`).href.slice(origin.length))), 'the second page');
      const narrowed = await page(`/en/search?${new URLSearchParams({ q: about.any, body: 'GA' })}`);
      expect(/class="chip"/.test(narrowed) && /checked=""/.test(narrowed), 'a filter');
      expect(/class="para operative/.test(await page(`/en/${path((numbered || about.en[0]).symbol)}`)), 'a document');
      const answer = await fetch(`${origin}/en/agreed-language`, { method: 'POST', body: new URLSearchParams({ draft: (paired || about.en[0]).paragraph.text }) });
      expect(/class="wording"/.test(await answer.text()), 'a draft');
      expect((await fetch(`${origin}/search?q=${encodeURIComponent(about.en[0].symbol)}`, { redirect: 'manual' })).status === 302, 'a number opens');
    } finally { await tab.script(true); }
  });

  await check('documents print with their source, without furniture', async () => {
    await tab.visit(`/en/${path((numbered || about.en[0]).symbol)}`);
    await tab.send('Emulation.setEmulatedMedia', { media: 'print' });
    try {
      expect(await tab.run(() => document.querySelector('.print-only').checkVisibility() && !document.querySelector('.reading-bar').checkVisibility() && !document.querySelector('.top').checkVisibility()), 'print');
      const narrow = await tab.run(() => [...document.querySelectorAll('.para > .side')].map(n => n.getBoundingClientRect().width).filter(w => w < 200).length);
      same(narrow, 0, 'texts in the column of the numbers');
      // A4 without margins is 794 wide.
      await tab.size(700, 1000);
      await tab.visit(`/en/${path((paired || about.en[0]).symbol)}?text=both`);
      const beside = await tab.run(() => [...document.querySelectorAll('.two .para')].map(p => p.querySelectorAll(':scope > .side')).filter(s => s.length === 2).every(([a, b]) => b.getBoundingClientRect().left > a.getBoundingClientRect().right - 1));
      expect(beside, 'both languages stand beside each other');
      const { data } = await tab.send('Page.printToPDF', {});
      expect(data.length > 1000, 'no PDF');
    } finally { await tab.send('Emulation.setEmulatedMedia', { media: '' }); await tab.size(1360, 900); await tab.visit('/en/?text=en'); }
  });

  await check('nothing is wider than the screen at 320 pixels', async () => {
    const symbol = path((paired || about.en[0]).symbol);
    // A phone, and a screen of 1,280 at 400 %.
    for (const phone of [true, false]) for (const language of ['en', 'zh']) for (const place of ['', `search?q=${encodeURIComponent(about.any)}`, 'search?body=GA', symbol, `${symbol}?text=both`, 'agreed-language', 'browse', 'phrases', 'help', `series/${symbol}`]) {
      await tab.size(320, 800, phone);
      await tab.visit(`/${language}/${place}`);
      const wide = await tab.run(() => document.documentElement.scrollWidth);
      await tab.shot(`phone-${language}-${place.replace(/\W/g, '-').slice(0, 20)}`);
      expect(wide <= 320, `${language}/${place} is ${wide} wide`);
    }
    await tab.size(1360, 900);
    await tab.visit(`/en/${symbol}?text=en`);
  });

  await check('text has the contrast that WCAG AA asks for, in light and dark', async () => {
    for (const scheme of ['light', 'dark']) {
      await tab.media([{ name: 'prefers-color-scheme', value: scheme }]);
      for (const place of ['/', `/search?q=${encodeURIComponent(about.any)}`, `/${path((paired || about.en[0]).symbol)}?text=both`, `/agreed-language?of=${encodeURIComponent((paired || about.en[0]).id)}`, `/series/${path(about.en[0].symbol)}`]) {
        await tab.visit(place);
        const poor = await tab.run(() => {
          const parse = c => { const [r, g, b, a = 1] = c.match(/[\d.]+/g).map(Number); return { r, g, b, a }; };
          const light = ({ r, g, b }) => [r, g, b].map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
          for (const node of document.querySelectorAll('body *')) {
            if (![...node.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !node.checkVisibility?.({ checkOpacity: true, checkVisibilityCSS: true }) || node.closest('.vh, .skip, noscript, option')) continue;
            let back = node, color;
            do { color = parse(getComputedStyle(back).backgroundColor); back = back.parentElement; } while (back && color.a === 0);
            if (color.a === 0) continue;
            const [a, b] = [light(parse(getComputedStyle(node).color)), light(color)], ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (ratio < 4.5) return `${ratio.toFixed(2)} at ${node.tagName}.${node.className} ${node.textContent.slice(0, 30)}`;
          }
          return null;
        });
        expect(!poor, `${scheme} ${place}: ${poor}`);
        await tab.shot(`${scheme}-${place.replace(/\W/g, '-').slice(0, 20)}`);
      }
    }
    await tab.media([]);
    await tab.visit('/en/?text=en');
  });

  await check('pages are light: few bytes, few requests, fewer when they are asked for again', async () => {
    const size = async p => Number((await fetch(origin + p, { headers: { 'Accept-Encoding': 'gzip' } })).headers.get('content-length'));
    expect(await size(`/search?q=${encodeURIComponent(about.any)}`) < 40000, 'a search page above 40 kB');
    expect(await size(`/${path(about.en[0].symbol)}`) < 60000, 'a document above 60 kB');
    await tab.visit(`/search?q=${encodeURIComponent(about.any)}`);
    const loaded = await tab.run(() => 1 + performance.getEntriesByType('resource').length);
    expect(loaded <= 6, `${loaded} requests`);
    const shift = await tab.run(() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().reduce((sum, e) => sum + e.value, 0))).observe({ type: 'layout-shift', buffered: true }) || setTimeout(() => done(0), 300)));
    expect(shift < 0.02, `layout shift ${shift}`);
  });

  if (process.env.RESOLUTE_AXE) await check('axe-core finds nothing, on any view, in both languages, themes and three widths', async () => {
    const axe = readFileSync(process.env.RESOLUTE_AXE, 'utf8'), symbol = path((paired || about.en[0]).symbol);
    const views = ['', `search?q=${encodeURIComponent(about.any)}`, `search?body=GA&text=${'both'}`, `search?q=${encodeURIComponent(about.any)}&body=-SC`, symbol, `${symbol}?text=both&q=${encodeURIComponent(about.any)}`, 'A/RES/1/1', `series/${symbol}`,
      'browse', 'browse/GA', 'phrases', 'about', 'help', `agreed-language?of=${encodeURIComponent((paired || about.en[0]).id)}`, 'search?q=zqxjvk+wqzzj'];
    await tab.send('Page.setBypassCSP', { enabled: true });
    const found = [];
    for (const [width, scheme] of [[1280, 'light'], [768, 'dark'], [320, 'light']]) {
      await tab.size(width, 800);
      await tab.media([{ name: 'prefers-color-scheme', value: scheme }]);
      for (const language of ['en', 'zh']) for (const view of views) {
        await tab.visit(`/${language}/${view}`);
        await tab.send('Runtime.evaluate', { expression: axe });
        const rules = await tab.run(async () => (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations.map(v => `${v.id}: ${v.nodes[0].html.slice(0, 120)}`));
        found.push(...rules.map(rule => `${width} ${scheme} ${language}/${view}: ${rule}`));
      }
    }
    await tab.media([]);
    await tab.size(1360, 900);
    await tab.send('Page.setBypassCSP', { enabled: false });
    await tab.visit('/en/?text=en');
    same(found.slice(0, 5), [], 'violations');
  });

  await check('nothing of a query becomes markup', async () => {
    const hostile = '<img src=x onerror=alert(1)>"\'&<script>alert(2)</script>';
    await tab.search([['q', hostile]]);
    same(await tab.run(() => document.querySelectorAll('main img, main script').length), 0, 'elements of the query');
    same(await tab.run(() => document.getElementById('q').value), hostile, 'the query');
  });

  await check('no errors, dialogs or requests to elsewhere', async () => {
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
