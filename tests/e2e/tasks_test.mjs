// What staff come to do, in both languages, as they would do it: by what stands on the page and by keyboard. Driven by Playwright.
//
//   node tests/e2e/tasks_test.mjs http://127.0.0.1:PORT PLAYWRIGHT-CORE      CHROMIUM=/usr/bin/chromium
//
// The index is that of samples/. Exit code 0 when every task could be done.

import { createServer, request } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const origin = process.argv[2].replace(/\/+$/, '');
const { chromium } = (await import(pathToFileURL(join(process.argv[3], 'index.js')))).default;
const folder = mkdtempSync(join(tmpdir(), 'resolute-tasks-'));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] });

function expect(holds, why) { if (!holds) throw new Error(why); }
function same(seen, wanted, what) { expect(JSON.stringify(seen) === JSON.stringify(wanted), `${what}: ${JSON.stringify(seen)}, not ${JSON.stringify(wanted)}`); }
const api = async path => (await fetch(origin + path, { headers: { Accept: 'application/json' } })).json();
const figure = text => Number(/\d[\d,]*/.exec(text ?? '')?.[0].replace(/,/g, ''));

// A proxy that serves everything under /un/resolute/, as a reverse proxy with a path prefix does.
const prefixed = createServer((q, a) => {
  if (!q.url.startsWith('/un/resolute/')) { a.writeHead(404).end(); return; }
  q.pipe(request(origin + q.url.slice('/un/resolute'.length), { method: q.method, headers: q.headers }, r => { a.writeHead(r.statusCode, r.headers); r.pipe(a); }));
});
await new Promise(done => prefixed.listen(0, '127.0.0.1', done));

// The words of each language's page that a task looks for.
const kWords = {
  en: { own: 'en', other: 'zh', word: 'light', phrase: 'keepers of lights', search: 'Search', symbol: 'A/RES/91/12', spellings: ['A/RES/91/12', 'a/res/91/12', '91/12', 'res 91/12', 'resolution 91/12', 'GA resolution 91/12', 'UNGA 91/12', 'General Assembly resolution 91/12', 'A／RES／91／12', 'A/RES/91/12 para 1'],
    both: 'Both', chinese: 'Chinese', english: 'English', contents: 'Contents', go: 'Find agreed language', word_file: 'Word file with tracked changes', copy: 'Copy reference', citing: 'All that cite it, with filters', help: 'Help with searching', about: 'About this collection', browse: 'Browse resolutions', draft: 'Agreed language', zh_page: '中文' },
  zh: { own: 'zh', other: 'en', word: '灯塔', phrase: '灯塔', search: '搜索', symbol: 'A/RES/91/12', spellings: ['A/RES/91/12', '91/12', '第91/12号决议', '大会第91/12号决议', '联合国大会第91/12号决议', '决议91/12', 'Ａ／ＲＥＳ／９１／１２', '第91/12号决议第1段'],
    both: '对照', chinese: '中文', english: '英文', contents: '目录', go: '查找议定措辞', word_file: '下载 Word 文件（修订标记）', copy: '复制出处', citing: '引用它的全部文件（可筛选）', help: '搜索帮助', about: '关于本文库', browse: '浏览决议', draft: '议定措辞（先例）', zh_page: 'English' },
};

let done = 0;
const failed = [], said = [];
// One that fails is tried once more, and says so: a machine that is busy with other tests is late now and then.
async function task(name, language, body, options = {}) {
  let fault = null;
  for (let tries = 1; tries <= 2; ++tries) {
    const context = await browser.newContext({ locale: language === 'zh' ? 'zh-CN' : 'en-GB', viewport: { width: 1280, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'], ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(10000);
    page.on('console', m => { if (m.type() === 'error' && !/status of (404|400|503)/.test(m.text())) said.push(`${name}: ${m.text()}`); });
    page.on('pageerror', e => said.push(`${name}: ${e.message}`));
    fault = await body(page, kWords[language], context).then(() => null, error => String(error.message).split('\n').slice(0, 3).join(' '));
    await context.close();
    if (!fault) { ++done; console.log(`ok - ${name} (${language})${tries > 1 ? ', at the second try' : ''}`); return; }
    console.log(`# ${name} (${language}): ${fault}`);
  }
  failed.push(name);
  console.log(`not ok - ${name} (${language}): ${fault}`);
}

const home = async (page, w) => { await page.goto(`${origin}/${w.own}/`); };
const ask = async (page, w, q) => {
  await page.locator('#q').fill(q);
  await page.locator('#q').press('Enter');
  await page.waitForLoadState();
};
const count = page => page.locator('#count strong').textContent().then(figure);
const save = async (page, click) => {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  const at = join(folder, download.suggestedFilename());
  await download.saveAs(at);
  return at;
};

for (const language of ['en', 'zh']) {
  await task('1 open a resolution by its number, however it is written', language, async (page, w) => {
    for (const spelling of w.spellings) {
      await home(page, w);
      await ask(page, w, spelling);
      await page.waitForSelector(`article[data-symbol="${w.symbol}"]`);
      same(await page.locator('article').getAttribute('data-lang'), w.own, `${spelling}: language`);
    }
  });
  await task('2 find an exact phrase, in any quotation marks, with an exact count', language, async (page, w) => {
    const wanted = (await api(`/v1/search?${new URLSearchParams({ q: `"${w.phrase}"`, lang: w.own, limit: 0, facets: 'none' })}`)).total.value;
    for (const quoted of [`"${w.phrase}"`, `“${w.phrase}”`, `＂${w.phrase}＂`]) {
      await home(page, w);
      await ask(page, w, quoted);
      same(await count(page), wanted, quoted);
    }
  });
  await task('3 narrow down by organ and year, take one back, go back and forward', language, async (page, w) => {
    await home(page, w);
    await ask(page, w, w.word);
    const all = await count(page);
    const choose = async facet => {
      const box = page.locator(`#facet-${facet} input`).first(), n = figure(await page.locator(`#facet-${facet} .count`).first().textContent());
      await box.check();
      await page.waitForFunction(k => document.querySelector('#count strong')?.textContent.replace(/\D/g, '') === String(k), n);
      return n;
    };
    const organ = await choose('body'), year = await choose('year');
    expect(year <= organ && organ <= all, `${year} of ${organ} of ${all}`);
    await page.goBack();
    await page.waitForFunction(k => document.querySelector('#count strong')?.textContent.replace(/\D/g, '') === String(k), organ);
    await page.goForward();
    await page.waitForFunction(k => document.querySelector('#count strong')?.textContent.replace(/\D/g, '') === String(k), year);
    await page.locator('.chips .chip').first().click();
    await page.waitForURL(url => !url.searchParams.has('body') && url.searchParams.has('year'));
  });
  await task('4 read both languages side by side', language, async (page, w) => {
    await page.goto(`${origin}/${w.own}/${w.symbol}`);
    await page.getByRole('link', { name: w.both, exact: true }).click();
    await page.waitForSelector('article.two');
    const pairs = await page.locator('.para').evaluateAll(list => list.filter(p => p.querySelectorAll('.side').length === 2).map(p => [...p.querySelectorAll('.side')].map(s => s.lang)));
    expect(pairs.length > 5 && pairs.every(([a, b]) => a !== b), `${pairs.length} pairs`);
  });
  await task('5 copy a reference, and find the paragraph by it', language, async (page, w) => {
    await page.goto(`${origin}/${w.own}/${w.symbol}`);
    await page.locator('#op2 .number').click();
    await page.getByRole('button', { name: w.copy, exact: true }).or(page.getByRole('menuitem', { name: w.copy, exact: true })).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(/91\/12/.test(copied) && /2/.test(copied), copied);
    await page.keyboard.press('Escape');
    await ask(page, w, copied);
    await page.waitForURL(/#op2$/);
  });
  await task('6 see how a clause changed from year to year', language, async (page, w) => {
    await page.goto(`${origin}/${w.own}/series/${w.symbol}`);
    expect(await page.locator('table.clauses thead th').count() > 2, 'several resolutions');
    await page.locator('table.clauses tr', { has: page.locator('td.changed') }).first().locator('th a').click();
    await page.waitForSelector('ins, del');
  });
  await task('7 where was this wording agreed before, and how does it read in the other language', language, async (page, w) => {
    const p = (await api(`/v1/paragraphs/${encodeURIComponent(`${w.symbol}@${w.own}#op2`)}`)).text;
    await home(page, w);
    await page.getByRole('link', { name: w.draft }).first().click();
    await page.locator('#draft').fill(p);
    await page.getByRole('button', { name: w.go }).click();
    await page.waitForSelector('.wording');
    expect((await page.locator('.wording .source a').first().textContent()).includes('A/RES/'), 'a source');
    expect(await page.locator('.translations .quote').first().getAttribute('lang') !== (w.own === 'zh' ? 'zh-Hans' : 'en'), 'the other language');
  });
  await task('8 take a draft from Word or PDF, and have it back with tracked changes', language, async (page, w) => {
    for (const name of ['tide_en.docx', 'tide_zh.pdf']) {
      await page.goto(`${origin}/${w.own}/agreed-language`);
      await page.locator('#draft-file').setInputFiles(new URL(`../indexer/forms/${name}`, import.meta.url).pathname);
      await page.getByRole('button', { name: w.go }).click();
      await page.waitForFunction(n => document.getElementById('precedents')?.textContent.includes(n), name);
      const file = await save(page, () => page.getByRole('button', { name: w.word_file }).click());
      expect(readFileSync(file).subarray(0, 2).toString() === 'PK' && statSync(file).size > 2000, file);
    }
  });
  await task('9 who cites this resolution', language, async (page, w) => {
    await page.goto(`${origin}/${w.own}/${w.symbol}`);
    const works = (await api(`/v1/search?${new URLSearchParams({ cites: w.symbol, unit: 'document', limit: 0, facets: 'none' })}`)).total.works;
    await page.getByRole('link', { name: w.citing }).click();
    await page.waitForSelector('#count');
    same(await count(page), works, 'citing resolutions');
  });
  await task('10 take results along as a table, a sheet, a Word file', language, async (page, w) => {
    await page.goto(`${origin}/${w.own}/search?${new URLSearchParams({ q: w.word })}`);
    const menu = page.locator('#take');
    for (const [name, ending, least] of [['CSV', 'csv', 200], ['Excel', 'xlsx', 2000], ['Word', 'docx', 2000]]) {
      if (await menu.getAttribute('open') === null) await menu.locator('summary').first().click();
      const file = await save(page, () => page.getByRole('link', { name, exact: true }).click());
      expect(file.endsWith(ending) && statSync(file).size > least, `${file}: ${statSync(file).size} bytes`);
    }
  });
  await task('11 send the address of a paragraph to a colleague', language, async (page, w, context) => {
    await page.goto(`${origin}/${w.own}/${w.symbol}#op2`);
    await page.waitForFunction(() => { const r = document.getElementById('op2').getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight; });
    // Without a language the page is the colleague's own.
    await page.goto(`${origin}/${w.symbol}#op2`);
    same((await page.locator('html').getAttribute('lang')).slice(0, 2), w.own, 'the language of the page');
    same(await page.locator('article').getAttribute('data-lang'), w.own, 'the language of the text');
  });
  await task('12 print a resolution for the file', language, async (page, w) => {
    await page.goto(`${origin}/${w.own}/${w.symbol}`);
    await page.emulateMedia({ media: 'print' });
    const seen = await page.evaluate(() => [...document.querySelectorAll('header.top, .foot, .reading-bar, .beside .card:not(#facts, #vote)')].filter(n => n.checkVisibility()).map(n => n.className));
    same(seen, [], 'furniture of the screen');
    expect((await page.locator('body').innerText()).includes('Resolute'), 'the source');
    const pdf = await page.pdf();
    expect(pdf.length > 5000, 'a file');
  });
  await task('13 do all of it by keyboard', language, async (page, w) => {
    await home(page, w);
    await page.waitForFunction(() => document.activeElement.id === 'q');
    await page.keyboard.type(w.word);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.hit');
    await page.evaluate(() => { document.activeElement.blur(); window.getSelection().removeAllRanges(); });
    await page.keyboard.press('/');
    same(await page.evaluate(() => document.activeElement.id), 'q', 'the slash key');
    await page.goto(page.url());
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    let presses = 0;
    while (presses < 30 && !await page.evaluate(() => document.activeElement.matches('.hit a'))) { await page.keyboard.press('Tab'); ++presses; }
    expect(presses <= 12, `${presses} presses from the skip link to the first result`);
    await page.keyboard.press('Enter');
    await page.waitForSelector('article.document');
  });
  await task('14 nothing is found: what now', language, async (page, w) => {
    await home(page, w);
    await ask(page, w, language === 'en' ? '"zqxjvk wqzzj"' : '“不存在的词语组合甲乙丙”');
    expect((await page.locator('main').innerText()).length > 40, 'help');
    await home(page, w);
    await ask(page, w, language === 'en' ? 'ligthhouse' : 'ligthhouse');
    await page.waitForSelector('.hit, .offer, .box');
    expect(/lighthouse/i.test(await page.locator('main').innerText()), 'the right spelling is offered');
  });
  await task('15 a resolution that is not held: the official text, and who cites it', language, async (page, w) => {
    await home(page, w);
    await ask(page, w, 'A/RES/1/1');
    const link = page.locator('a[href^="https://docs.un.org/"]').first();
    await link.waitFor();
    expect((await page.locator('main').innerText()).includes('A/RES/1/1'), 'its number');
  });
  await task('16 who voted how', language, async (page, w) => {
    const m = (await api('/v1/search?vote=recorded&unit=document&limit=1&facets=none')).matches[0];
    await page.goto(`${origin}/${w.own}/${m.symbol}`);
    const text = await page.locator('main').innerText();
    const names = await page.locator('main').evaluate(n => n.textContent.match(/\b[A-Z]{3}\b/g) || []);
    expect(w.own === 'zh' ? /赞成/.test(text) : /in favour/i.test(text), 'the vote');
    expect(!names.some(c => ['AGO', 'ALB', 'FRA', 'CHN', 'USA', 'GBR', 'RUS'].includes(c)), `codes ${names}`);
  });
  await task('17 read tables and notes', language, async (page, w) => {
    const table = (await api(`/v1/search?kind=table&lang=${w.own}&limit=1&facets=none`)).matches[0], note = (await api(`/v1/search?kind=footnote&lang=${w.own}&limit=1&facets=none`)).matches[0];
    await page.goto(`${origin}/${w.own}/${table.symbol}?text=${w.own}`);
    expect(await page.locator('.para.table table tr').count() > 1, 'rows of a table');
    await page.goto(`${origin}/${w.own}/${note.symbol}?text=${w.own}`);
    await page.locator('.footnotes .para').first().scrollIntoViewIfNeeded();
  });
  await task('18 find one’s way in a long text', language, async (page, w) => {
    await page.goto(`${origin}/${w.own}/${w.symbol}?${new URLSearchParams({ q: w.word })}`);
    const places = figure((await page.locator('#position').textContent()).match(/\d+\D*$/)?.[0]);
    expect(places >= 1, `${places} places`);
    await page.keyboard.press('n');
    same(await page.locator('mark.now').count() >= 1, true, 'the next place');
    if (places > 1) {
      const position = await page.locator('#position').textContent();
      await page.locator('#find-q').press('Enter');
      expect(await page.locator('#position').textContent() !== position, 'Enter goes on to the next place');
    }
    await page.locator('#para').fill('1');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.para.here');
    await page.getByText(w.contents, { exact: true }).first().click();
    expect(await page.locator('#contents a').count() > 0, 'contents');
  });
  await task('19 without script', language, async (page, w) => {
    await page.goto(`${origin}/${w.own}/`);
    await ask(page, w, w.word);
    expect(await page.locator('.hit').count() > 0, 'results');
    await page.locator('#facet-body input').first().check();
    await page.locator('#filters .apply button').first().click();
    expect(/body=/.test(page.url()), page.url());
    await page.locator('.hit a').first().click();
    expect(await page.locator('.para').count() > 3, 'a document');
    await page.goto(`${origin}/${w.own}/agreed-language`);
    await page.locator('#draft-file').setInputFiles({ name: 'draft.txt', mimeType: 'text/plain', buffer: Buffer.from('Recalling the purposes of the Register opened at Cape Orrin in 2031,') });
    await page.getByRole('button', { name: w.go }).click();
    expect(await page.locator('.wording').count() > 0, 'agreed language');
  }, { javaScriptEnabled: false });
  await task('20 on a phone, and at 400 %', language, async (page, w) => {
    for (const place of ['', `search?${new URLSearchParams({ q: w.word })}`, w.symbol, `series/${w.symbol}`, 'browse', 'agreed-language', 'help', 'about']) {
      await page.goto(`${origin}/${w.own}/${place}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide <= 320, `${place}: ${wide}`);
    }
  }, { viewport: { width: 320, height: 640 } });
  await task('21 behind a proxy that puts it under a path', language, async (page, w) => {
    const base = `http://127.0.0.1:${prefixed.address().port}/un/resolute`, strays = [];
    page.on('response', r => { if (r.status() >= 400) strays.push(r.url()); });
    await page.goto(`${base}/${w.own}/`);
    await ask(page, w, w.word);
    await page.locator('.hit a').first().click();
    await page.waitForSelector('article.document');
    expect(page.url().startsWith(base), page.url());
    same(strays, [], 'addresses outside');
  });
  await task('22 list the resolutions of a session', language, async (page, w) => {
    await home(page, w);
    await page.getByRole('link', { name: w.browse }).first().click();
    await page.goto(`${origin}/${w.own}/browse/GA/91`);
    const works = (await api('/v1/search?body=GA&session=91&unit=document&limit=0&facets=none')).total.works;
    const symbols = await page.locator('main .symbol').allTextContents();
    expect(new Set(symbols).size >= Math.min(works, 3), `${symbols.length} of ${works}`);
    await page.locator('.hits .title a').first().click();
    await page.waitForSelector('article.document');
  });
  await task('23 count by year and organ, and go to what was counted', language, async (page, w) => {
    await page.goto(`${origin}/${w.own}/browse?${new URLSearchParams({ q: w.word })}`);
    const cell = page.locator('table.grid td a').first(), counted = figure(await cell.textContent());
    await cell.click();
    await page.waitForSelector('#count');
    same(await count(page), counted, 'resolutions');
  });
  await task('24 the one before and the one after', language, async (page, w) => {
    await page.goto(`${origin}/${w.own}/A/RES/92/15`);
    await page.locator('a[rel=next]').click();
    await page.waitForSelector('article[data-symbol="A/RES/93/9"]');
    await page.locator('a[rel=prev]').click();
    await page.waitForSelector('article[data-symbol="A/RES/92/15"]');
  });
  await task('25 the language that was chosen is kept, the page’s can be changed in place', language, async (page, w) => {
    await page.goto(`${origin}/${w.own}/${w.symbol}`);
    await page.getByRole('link', { name: language === 'en' ? w.chinese : w.english, exact: true }).first().click();
    await page.waitForSelector(`article[data-lang=${w.other}]`);
    await page.goto(`${origin}/${w.own}/A/RES/92/15`);
    same(await page.locator('article').getAttribute('data-lang'), w.other, 'kept');
    await page.locator('#ui-lang').getByRole('link', { name: w.zh_page, exact: true }).click();
    await page.waitForURL(new RegExp(`/${w.other}/A/RES/92/15`));
    await page.goto(`${origin}/${w.own}/A/RES/92/15#op2`);
    await page.locator('#ui-lang').getByRole('link', { name: w.zh_page, exact: true }).click();
    await page.waitForURL(/#op2$/);
  });
  await task('26 typing completes, the number first', language, async (page, w) => {
    await home(page, w);
    await page.locator('#q').pressSequentially('A/RES/91/1', { delay: 20 });
    const first = page.getByRole('option').first();
    await first.waitFor();
    expect((await first.textContent()).includes('A/RES/91/1'), await first.textContent());
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForSelector('article.document');
  });
  await task('27 what does this hold, how is it asked', language, async (page, w) => {
    await home(page, w);
    await page.getByRole('link', { name: w.help }).click();
    const examples = await page.locator('main a[href*="search?q="]').count();
    expect(examples > 5, `${examples} examples`);
    await page.getByRole('link', { name: w.about }).click();
    expect(figure(await page.locator('main').innerText()) > 0, 'figures');
  });
}
prefixed.close();
await browser.close();
rmSync(folder, { recursive: true });
for (const s of new Set(said)) console.log(`not ok - the console said: ${s}`);
console.log(`${done} tasks done, ${failed.length} not`);
process.exit(failed.length || said.length ? 1 : 0);
