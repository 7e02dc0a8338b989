// The start page and the results of a search, with their facets.
import {
  address, allFacets, announce, api, byId, changed, clear, copyButton, DATES, dateText, documentAddress, el, EXAMPLES, FACETS, fill, FILTERS,
  fragmentOf, here, labelOf, langOf, langTag, learnLabels, link, LONG_TEXT, marked, noticeText, num, OPEN_AT_FIRST, paragraphLabel, Problem,
  searchForm, searchPath, SHORT_LIST, t, toggled, weight,
} from './base.js';
import { frame, go, problemBox, restoreScroll, retryButton, segmented, view } from './frame.js';

// One facet. In a search its values are checkboxes; while browsing (`links`) they are links that start a search.
const facetUi = {}; // name -> {open, all, find}, kept while the page lives
function facet(name, values, { links = false } = {}) {
  const selected = here().getAll(name), bare = selected.map(v => v.replace(/^-/, ''));
  const known = new Set(values.map(v => v.value));
  const list = [...values, ...bare.filter(v => !known.has(v)).map(value => ({ value, count: 0 }))];
  if (!list.length) return null;
  const state = facetUi[name] ||= { open: links || OPEN_AT_FIRST.has(name), all: false, find: '' };
  const picked = v => bare.includes(v.value);
  if (name === 'year') list.sort((a, b) => picked(b) - picked(a) || (a.value < b.value ? 1 : -1));
  else list.sort((a, b) => picked(b) - picked(a));

  const body = el('div', { class: 'facet-body' });
  const draw = () => {
    const wanted = state.find.trim().toLowerCase();
    const texts = v => [v.value, v.label?.en, v.label?.zh].filter(Boolean).join('\n').toLowerCase();
    const found = wanted ? list.filter(v => texts(v).includes(wanted)) : list;
    const shown = state.all || wanted ? found.slice(0, 200) : found.filter((v, i) => i < SHORT_LIST || picked(v));
    items.replaceChildren(...shown.map(v => links ? facetLink(name, v) : facetCheck(name, v, selected)));
    if (!shown.length) items.append(el('li', { class: 'muted' }, t('noValue')));
    const rest = found.length - shown.length;
    more.hidden = Boolean(wanted) || (rest <= 0 && !state.all) || list.length <= SHORT_LIST;
    more.textContent = state.all ? t('showLess') : t('showMore', rest);
    more.setAttribute('aria-expanded', String(state.all));
  };
  const items = el('ul', { class: 'values' });
  const more = el('button', { type: 'button', class: 'quiet', data: { key: `more:${name}` }, on: { click: () => { state.all = !state.all; draw(); } } });
  const find = list.length > SHORT_LIST + 4 && el('input', { type: 'search', class: 'find', 'aria-label': t('filterValues', t('facets')[name]),
    placeholder: t('filterValues', t('facets')[name]), value: state.find, autocomplete: 'off', data: { key: `find:${name}` },
    on: { input: event => { state.find = event.target.value; draw(); } } });
  if (name === 'year') body.append(histogram(values, bare));
  if (find && name !== 'year') body.append(find);
  body.append(items, more);
  draw();
  const heading = el('span', {}, t('facets')[name]);
  if (links) return el('section', { class: `facet facet-${name}` }, el('h3', {}, heading), body);
  return el('details', { class: `facet facet-${name}`, open: state.open, on: { toggle: event => { state.open = event.target.open; } } },
    el('summary', { data: { key: `facet:${name}` } }, heading, bare.length > 0 && el('span', { class: 'badge' }, num(bare.length))), body);
}
const valueText = (name, v) => labelOf(name, v.value);
function facetLink(name, v) {
  const text = valueText(name, v);
  return el('li', {}, link(address([[name, v.value]]), { class: 'value' }, el('span', { class: 'name', lang: langOf(text) }, text), el('span', { class: 'count' }, num(v.count))));
}
function facetCheck(name, v, selected) {
  const text = valueText(name, v), out = selected.includes(`-${v.value}`);
  const box = el('input', { type: 'checkbox', checked: selected.includes(v.value), data: { key: `${name}:${v.value}` },
    on: { change: () => go(out ? toggled(name, `-${v.value}`) : toggled(name, v.value)) } });
  return el('li', { class: out ? 'excluded' : null },
    el('label', { class: 'value' }, box, el('span', { class: 'name', lang: langOf(text) }, out ? t('not', text) : text), el('span', { class: 'count' }, num(v.count))),
    el('button', { type: 'button', class: 'minus', title: t('exclude', text), 'aria-label': t('exclude', text), 'aria-pressed': String(out),
      data: { key: `-${name}:${v.value}` }, on: { click: () => go(toggled(name, `-${v.value}`)) } }, '−'));
}

// Years as bars, for the mouse; the list below it gives the same to the keyboard and to screen readers.
function histogram(values, chosen) {
  const counts = new Map(values.filter(v => /^\d{4}$/.test(v.value) && +v.value > 1900).map(v => [+v.value, v.count]));
  if (counts.size < 2) return '';
  const years = [...counts.keys()], first = Math.min(...years), last = Math.max(...years), top = Math.max(1, ...counts.values());
  const bars = [];
  for (let year = first; year <= last; ++year) {
    const count = counts.get(year) || 0;
    const bar = el('span', { class: chosen.includes(String(year)) ? 'bar on' : 'bar', title: `${year}: ${num(count)}`, data: { year } }, el('i'));
    bar.firstChild.style.height = count ? `${Math.max(4, Math.sqrt(count / top) * 100)}%` : '0';
    bars.push(bar);
  }
  return el('div', { class: 'histogram', 'aria-hidden': 'true' },
    el('div', { class: 'bars', on: { click: event => { const year = event.target.closest('.bar')?.dataset.year; if (year) go(toggled('year', year)); } } }, bars),
    el('div', { class: 'axis' }, el('span', {}, String(first)), el('span', {}, String(last))));
}

// ------------------------------------------------------------------------------------------------------- start page

export async function showHome() {
  document.title = 'Resolute';
  frame('home');
  const browse = el('section', { class: 'browse', 'aria-labelledby': 'browse' }, el('h2', { id: 'browse' }, t('browse')), el('p', { class: 'muted' }, t('loading')));
  byId('main').replaceChildren(el('div', { class: 'intro' }, el('h1', {}, t('tagline')), searchForm, el('p', {}, t('how')),
    el('div', { class: 'examples' }, el('h2', {}, t('examples')),
      el('ul', {}, EXAMPLES.map(q => el('li', {}, link(address([['q', q]]), { lang: langOf(q) }, q)))))), browse);
  try {
    const answer = await allFacets();
    if (view !== 'home') return;
    const index = answer.index;
    const order = ['year', ...FACETS.filter(name => name !== 'year')];
    fill(clear(browse), el('h2', { id: 'browse' }, t('browse')),
      index && el('p', { class: 'muted size' }, t('indexSize', index.documents, index.paragraphs), ' · ', link('/?precedents=1', {}, t('precedents'))),
      el('div', { class: 'browse-grid' }, order.map(name => facet(name, answer.facets?.[name] || [], { links: true })).filter(Boolean)));
    restoreScroll();
  } catch (error) {
    if (error.name !== 'AbortError' && view === 'home') browse.replaceChildren(problemBox(error, retryButton()));
  }
}

// ---------------------------------------------------------------------------------------------------------- results

const answers = new Map(); // path -> answer with the pages appended so far; for back, forward and a change of language

export async function showSearch(cause) {
  const pairs = here(), path = searchPath(pairs), q = (pairs.get('q') || '').trim();
  const again = view === 'search';
  frame('search');
  document.title = `${t('resultsFor', q || t('filters'))} – Resolute`;
  const kept = cause === 'pop' && answers.get(path);
  if (kept) { drawResults(kept, path); restoreScroll(); return; }
  if (again) byId('main').setAttribute('aria-busy', 'true');
  else byId('main').replaceChildren(skeleton());
  try {
    const answer = await api('view', path);
    learnLabels(answer.facets);
    answers.set(path, answer);
    if (answers.size > 12) answers.delete(answers.keys().next().value);
    drawResults(answer, path);
    announce(countText(answer));
    restoreScroll();
  } catch (error) {
    if (error.name === 'AbortError') return;
    byId('main').removeAttribute('aria-busy');
    const filters = activeFilters(here());
    byId('main').replaceChildren(el('div', { class: 'alone' }, problemBox(error, [error.status >= 400 && error.status < 500 ? null : retryButton(),
      filters.length > 0 && q && link(address([['q', q]]), { class: 'button' }, t('noneFilters')), link('/', { class: 'button' }, t('startOver'))])));
  }
}

function skeleton() {
  const line = size => el('span', { class: `bone ${size}` });
  const hit = () => el('div', { class: 'hit-bones' }, line('short'), line('wide'), line('wide'), line('half'));
  return el('div', { class: 'layout', 'aria-hidden': 'true' }, el('div', { class: 'filters' }, [0, 1, 2].map(() => el('div', { class: 'facet' }, line('half'), line('wide'), line('wide')))),
    el('div', { class: 'results' }, el('div', { class: 'bar-top' }, line('short')), [0, 1, 2, 3].map(hit)));
}

function countText(answer) {
  const { value = 0, relation, documents } = answer.total || {};
  if (!value) return t('none');
  const text = t('paragraphs', value) + (Number.isFinite(documents) ? t('inDocuments', documents) : '');
  return relation === 'at-least' ? t('atLeast', text) : text;
}

function activeFilters(pairs) {
  const chips = [];
  for (const name of FILTERS) for (const raw of pairs.getAll(name)) {
    const out = raw.startsWith('-'), value = raw.replace(/^-/, ''), text = labelOf(name, value);
    chips.push({ name: t('facets')[name], text: out ? t('not', text) : text, href: toggled(name, raw), out });
  }
  for (const name of DATES) if (pairs.get(name)) {
    const text = t(name === 'date_from' ? 'dateFrom' : 'dateTo', dateText(pairs.get(name)) || pairs.get(name));
    chips.push({ name: t('dates'), text, href: changed({ [name]: null }) });
  }
  return chips;
}

function drawResults(answer, path) {
  const pairs = here(), main = byId('main'), focused = document.activeElement?.dataset?.key, sidebar = main.querySelector('.filters-panel');
  const open = main.querySelector('.filters-toggle')?.getAttribute('aria-expanded') === 'true', sidebarAt = sidebar?.scrollTop || 0;
  const chips = activeFilters(pairs), hits = el('ol', { class: 'hits' }, answer.matches.map(hitItem));
  const cleared = changed(Object.fromEntries([...FILTERS, ...DATES].map(name => [name, null])));
  const partial = answer.partial || answer.total?.partial ? [t('partial')] : [];
  const notices = [...(answer.query?.notices || []), ...(answer.notices || []), ...partial].map(noticeText).filter(Boolean);
  const related = el('nav', { class: 'related', 'aria-label': t('related'), hidden: true });
  main.removeAttribute('aria-busy');
  main.replaceChildren(el('div', { class: 'layout' },
    filtersPanel(answer.facets || {}, pairs, chips.length, open),
    el('section', { class: 'results', 'aria-labelledby': 'count' },
      el('h1', { class: 'vh' }, t('results')),
      el('div', { class: 'bar-top' },
        el('p', { class: 'count-line' }, el('strong', { id: 'count' }, countText(answer)),
          Number.isFinite(answer.took_ms) && el('span', { class: 'muted took' }, t('took', num(+answer.took_ms.toPrecision(2))))),
        controls(pairs)),
      chips.length > 0 && el('ul', { class: 'chips', 'aria-label': t('activeFilters') }, chips.map((c, i) => el('li', {},
        el('button', { type: 'button', class: c.out ? 'chip out' : 'chip', 'aria-label': t('remove', `${c.name}: ${c.text}`),
          data: { key: `chip:${i}` }, on: { click: () => go(c.href) } },
          el('span', { class: 'muted' }, c.name), ' ', c.text, el('span', { class: 'x', 'aria-hidden': 'true' }, '×')))),
        el('li', {}, el('button', { type: 'button', class: 'quiet', on: { click: () => go(cleared === '/' ? '/' : cleared) } }, t('clear')))),
      notices.length > 0 && el('ul', { class: 'notices' }, notices.map(text => el('li', { lang: langOf(text) }, text))),
      offered(answer.query || {}),
      answer.matches.length ? hits : el('div', { class: 'box' }, el('h2', {}, t('none')), el('p', {}, t('noneHelp')),
        chips.length > 0 && el('p', { class: 'offers' }, link(cleared, { class: 'button' }, t('noneFilters')))),
      el('div', { class: 'more-line' }, answer.next && moreButton(answer, path, hits)),
      related)));
  if (answer.matches.length && pairs.get('q')) showRelated(related, pairs);
  const panel = main.querySelector('.filters-panel');
  panel.scrollTop = sidebarAt;
  if (focused) [...main.querySelectorAll('[data-key]')].find(node => node.dataset.key === focused)?.focus({ preventScroll: true });
}

// What the query may have meant: words mended, symbols near one that is not there.
function offered(query) {
  const near = query.near_symbols || [];
  return [query.did_you_mean && el('p', { class: 'offer' }, t('didYouMean'), ' ', link(changed({ q: query.did_you_mean }), { lang: langOf(query.did_you_mean) }, query.did_you_mean)),
    near.length > 0 && el('p', { class: 'offer' }, t('nearSymbols'), ' ', near.map((s, i) => [i > 0 && ', ', link(documentAddress(s, {}), {}, s)]))];
}

// Subjects and phrases that go with the search; they come after the results, and where they do not come nothing is said.
async function showRelated(nav, pairs) {
  let answer;
  try {
    const asked = [...pairs].filter(([name]) => name === 'q' || FILTERS.includes(name) || DATES.includes(name));
    answer = await api('related', `/v1/related?${new URLSearchParams([...asked, ['limit', 6]])}`);
  } catch { return; }
  const links = [...answer.subjects.map(s => link(address([['subject', s.text]]), { class: 'chip' }, s.text)),
    ...answer.phrases.map(p => link(address([['q', `"${p.text}"`]]), { class: 'chip', lang: langOf(p.text) }, p.text))];
  if (!links.length) return;
  nav.replaceChildren(el('h2', {}, t('related')), el('ul', { class: 'chips' }, links.map(a => el('li', {}, a))));
  nav.hidden = false;
}

function controls(pairs) {
  const sort = pairs.get('sort') || 'relevance';
  return el('div', { class: 'controls' },
    segmented('unit', t('unit'), Object.entries(t('units')), pairs.get('unit') || 'paragraph', value => go(changed({ unit: value === 'paragraph' ? null : value }))),
    el('label', { class: 'sort' }, el('span', { class: 'vh' }, t('sort')), el('select', { name: 'sort', data: { key: 'sort' },
      on: { change: event => go(changed({ sort: event.target.value === 'relevance' ? null : event.target.value })) } },
      Object.entries(t('sorts')).map(([value, text]) => el('option', { value, selected: value === sort }, text)))));
}

function filtersPanel(facets, pairs, count, open) {
  const panel = el('div', { class: 'filters-panel', id: 'filters-panel' });
  const flip = () => toggle.setAttribute('aria-expanded', String(toggle.getAttribute('aria-expanded') !== 'true'));
  const toggle = el('button', { type: 'button', class: 'filters-toggle button', 'aria-expanded': String(open), 'aria-controls': 'filters-panel',
    data: { key: 'filters' }, on: { click: flip } }, t('filters'), count > 0 && el('span', { class: 'badge' }, num(count)));
  const day = name => el('label', {}, el('span', {}, t(name === 'date_from' ? 'from' : 'to')),
    el('input', { type: 'date', name, min: '1945-01-01', max: '2100-12-31', value: pairs.get(name) || '', data: { key: name } }));
  const dates = el('form', { class: 'dates', on: { submit: event => {
    event.preventDefault();
    go(changed(Object.fromEntries(DATES.map(name => [name, event.target.elements[name].value || null]))));
  } } }, day('date_from'), day('date_to'), el('button', { type: 'submit', class: 'button small' }, t('apply')));
  const state = facetUi.dates ||= { open: DATES.some(name => pairs.get(name)) };
  const extra = Object.keys(facets).filter(name => !FACETS.includes(name) && t('facets')[name]);
  const parts = [...FACETS, ...extra].map(name => facet(name, facets[name] || []));
  parts.splice(FACETS.indexOf('year') + 1, 0, el('details', { class: 'facet', open: state.open, on: { toggle: event => { state.open = event.target.open; } } },
    el('summary', { data: { key: 'facet:dates' } }, el('span', {}, t('dates'))), el('div', { class: 'facet-body' }, dates)));
  panel.append(...parts.filter(Boolean));
  return el('aside', { class: 'filters', 'aria-label': t('filters') }, toggle, panel);
}

function moreButton(answer, path, hits) {
  const button = el('button', { type: 'button', class: 'button more', on: { click: async () => {
    button.disabled = true;
    button.textContent = t('loading');
    try {
      const page = await api('view', searchPath(here(), answer.next));
      const items = page.matches.map(hitItem);
      hits.append(...items);
      answer.matches.push(...page.matches);
      answer.next = page.next;
      answers.set(path, answer);
      const news = (page.query?.notices || []).map(noticeText).filter(Boolean);
      if (news.length) announce(news.join(' '));
      items[0]?.querySelector('a')?.focus({ preventScroll: true });
      button.replaceWith(answer.next ? moreButton(answer, path, hits) : '');
    } catch (error) {
      if (error.name === 'AbortError') return;
      button.replaceWith(problemBox(new Problem({ title: t('moreFailed'), detail: error.detail || error.title }), moreButton(answer, path, hits)));
    }
  } } }, t('more'));
  return button;
}

// The highlights of a match's snippets, carried over to its whole paragraph.
function wholeHighlights(text, snippets) {
  const out = [];
  for (const s of snippets || []) {
    const lead = /^[…\s]*(?:\.\.\.)?\s*/u.exec(s.text)[0], core = s.text.slice(lead.length).replace(/\s*(?:…|\.\.\.)?\s*$/u, '');
    const at = core ? text.indexOf(core) : -1;
    if (at < 0) continue;
    const shift = Array.from(text.slice(0, at)).length - Array.from(lead).length;
    for (const [start, end] of s.highlights || []) out.push([start + shift, end + shift]);
  }
  return out;
}

function hitItem(m) {
  const p = m.paragraph || {}, parallel = m.parallel?.text ? m.parallel : null;
  const fragment = fragmentOf(p.id || m.id), other = parallel?.lang || null;
  const to = documentAddress(m.symbol, { lang: m.lang, parallel: other, fragment });
  const snippets = m.snippets?.length ? m.snippets : [{ text: p.text || '', highlights: [] }];
  const quote = el('div', { class: 'quote', lang: langTag(m.lang) });
  const counter = parallel && el('div', { class: 'quote counter', lang: langTag(other), role: 'group',
    'aria-label': t('counterpart', t('languages')[other] || other) }, marked(parallel.text, parallel.highlights));
  const partial = p.text && !(snippets.length === 1 && snippets[0].text === p.text);
  const long = partial || (counter && weight(parallel.text) > LONG_TEXT) || weight(snippets[0].text) > LONG_TEXT * 2;
  const item = el('li', { class: 'hit', data: { id: m.id } });
  const draw = full => {
    item.classList.toggle('short', long && !full);
    quote.replaceChildren(...(full && p.text ? [el('p', {}, marked(p.text, wholeHighlights(p.text, snippets)))]
      : snippets.map(s => el('p', {}, marked(s.text, s.highlights)))));
  };
  const expand = long && el('button', { type: 'button', class: 'quiet', 'aria-expanded': 'false', on: { click: () => {
    const full = expand.getAttribute('aria-expanded') !== 'true';
    expand.setAttribute('aria-expanded', String(full));
    expand.textContent = t(full ? 'collapse' : 'expand');
    draw(full);
  } } }, t('expand'));
  draw(false);
  const where = paragraphLabel({ ...p, id: p.id?.includes('#') ? p.id : m.id });
  const others = Array.isArray(m.paragraphs) ? m.paragraphs.filter(x => (x.id || x.paragraph?.id) !== (p.id || m.id)) : [];
  const repeats = m.repeats?.count > 0 && m.repeats;
  return fill(item,
    el('p', { class: 'source' }, link(to, { class: 'symbol' }, m.symbol), dateText(m.date) && el('time', { datetime: m.date }, dateText(m.date)),
      m.body && el('span', {}, labelOf('body', m.body)), (m.committee || []).map(c => el('span', {}, labelOf('committee', c)))),
    m.title && el('h2', { class: 'title', lang: langOf(m.title) }, link(to, {}, m.title)),
    where && el('p', { class: 'where' }, link(to, { title: t('open') }, where)),
    el('div', { class: counter ? 'pair' : 'pair single' }, quote, counter),
    others.length > 0 && el('ul', { class: 'others' }, others.map(x => otherParagraph(m, x))),
    el('p', { class: 'tools' }, expand, copyButton(m.symbol, { ...p, id: p.id?.includes('#') ? p.id : m.id }),
      m.cited_by > 0 && link(documentAddress(m.symbol, { lang: m.lang, parallel: other, fragment: 'cited-by' }), { class: 'quiet' }, t('citedBy', m.cited_by)),
      repeats && el('span', { class: 'muted repeats' }, t('repeats', repeats.count, (repeats.first?.date || '').slice(0, 4)))));
}

// Another matching paragraph of the same document (unit=document).
function otherParagraph(m, x) {
  const p = x.paragraph || x, s = x.snippets?.[0] || { text: p.text || '', highlights: [] };
  return el('li', {}, link(documentAddress(m.symbol, { lang: m.lang, parallel: m.parallel?.lang, fragment: fragmentOf(p.id) }), {}, paragraphLabel(p)),
    ' ', el('span', { class: 'quote', lang: langTag(m.lang) }, marked(s.text, s.highlights)));
}
