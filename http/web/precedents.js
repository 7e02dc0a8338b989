// Where the wording of a draft was used before: /?precedents=1 with filters in the address; the draft stays in the tab.
import { address, allFacets, announce, api, byId, dateText, documentAddress, el, fragmentOf, here, labelOf, langOf, langTag, link, noticeText, num, rich, t } from './base.js';
import { diffText } from './diff.js';
import { frame, go, problemBox, restoreScroll, view } from './frame.js';
import { referencesOf } from './references.js';

const FILTERS = ['body', 'committee', 'vote'], SHOWN = 5, LIMIT = 20, MOST = 100_000;
let kept = null; // {key, answer, references}

const draftText = () => { try { return sessionStorage.getItem('draft') || ''; } catch { return ''; } };
export function keepDraft(text) { try { sessionStorage.setItem('draft', text); } catch { /* full or refused: not over a reload */ } }
export const precedentsAddress = () => address([['precedents', '1']]);

export async function showPrecedents(cause) {
  const again = view === 'precedents';
  frame('precedents');
  document.title = `${t('precedents')} – Resolute`;
  const pairs = here(), text = draftText();
  const box = el('textarea', { id: 'draft', rows: 7, maxlength: MOST, spellcheck: 'false', lang: langOf(text), 'aria-describedby': 'draft-help' });
  box.value = text;
  box.addEventListener('input', () => { box.lang = langOf(box.value); });
  const results = el('div', { id: 'precedents', 'aria-live': 'polite' });
  const choices = el('div', { class: 'draft-filters' });
  const drawChoices = facets => choices.replaceChildren(...FILTERS.map(name => el('label', {}, el('span', {}, t('facets')[name]),
    el('select', { name, data: { key: name } }, el('option', { value: '' }, t('anyValue')),
      [...new Set([...(facets?.[name] || []).map(v => v.value), pairs.get(name)].filter(Boolean))].map(v => el('option', { value: v, selected: v === pairs.get(name) }, labelOf(name, v)))))),
  ...['date_from', 'date_to'].map(name => el('label', {}, el('span', {}, t(name === 'date_from' ? 'from' : 'to')),
    el('input', { name, inputmode: 'numeric', size: 10, placeholder: '2015', maxlength: 10, value: pairs.get(name) || '' }))));
  drawChoices(null);
  allFacets().then(answer => { if (view === 'precedents' && choices.isConnected && !choices.contains(document.activeElement)) drawChoices(answer.facets); }).catch(() => {});
  const form = el('form', { class: 'draft', on: { submit: event => {
    event.preventDefault();
    keepDraft(box.value);
    const chosen = [...choices.querySelectorAll('select, input')].map(field => [field.name, field.value.trim()]).filter(([, v]) => v);
    const to = address([['precedents', '1'], ...chosen]);
    kept = null;
    if (to === location.pathname + location.search) search(results); else go(to);
  } } },
  el('label', { for: 'draft' }, t('draftLabel')), box, el('p', { class: 'muted', id: 'draft-help' }, t('draftHelp')), choices,
  el('button', { type: 'submit', class: 'button' }, t('draftGo')));
  byId('main').replaceChildren(el('div', { class: 'precedents' }, el('h1', {}, t('precedents')), form, results));
  if (text.trim()) await search(results);
  if (cause === 'pop') restoreScroll();
  else if (!again && !text.trim()) box.focus();
}

async function search(results) {
  const text = draftText(), filters = {};
  for (const name of [...FILTERS, 'date_from', 'date_to']) if (here().get(name)) filters[name] = here().get(name);
  if (!text.trim()) { results.replaceChildren(el('p', { class: 'muted' }, t('draftEmpty'))); return; }
  const body = { text, filters, limit: LIMIT }, key = JSON.stringify(body);
  try {
    if (kept?.key !== key) {
      results.replaceChildren(el('p', { class: 'muted' }, t('loading')));
      // The references are an addition: without them the wordings still stand.
      const [answer, references] = await Promise.all([api('view', '/v1/precedents', body), referencesOf(text).catch(() => null)]);
      kept = { key, answer, references };
    }
    draw(results, kept.answer, kept.references);
  } catch (error) {
    if (error.name === 'AbortError') return;
    results.replaceChildren(problemBox(error, []));
  }
}

function draw(results, answer, references) {
  const total = answer.paragraphs.reduce((sum, p) => sum + p.total.uses, 0);
  announce(t('usesFound', total));
  results.replaceChildren(...(answer.notices || []).map(n => el('p', { class: 'muted' }, noticeText(n))), ...(references ? [references] : []), ...answer.paragraphs.map((p, i) => paragraph(p, i, answer.paragraphs.length)));
}

const useLink = (use, parallel) => link(documentAddress(use.symbol, { lang: use.id.slice(use.id.indexOf('@') + 1, use.id.indexOf('#')), parallel, fragment: fragmentOf(use.id) }), { class: 'symbol' }, use.symbol);
const when = use => [useLink(use), ' ', el('time', { datetime: use.date, class: 'muted' }, dateText(use.date))];

function paragraph(p, i, of) {
  const counts = Object.entries(p.counts).filter(([, values]) => values.length > 0);
  return el('section', { class: 'precedent', 'aria-label': t('draftParagraph', i + 1) },
    of > 1 && el('h2', {}, t('draftParagraph', i + 1)),
    el('p', { class: 'quote own', lang: langTag(p.lang) }, p.text),
    p.total.uses === 0 ? el('p', { class: 'none' }, t(p.runs.length ? 'noWording' : 'noPrecedent'))
      : [el('p', { class: 'use-line' }, el('b', {}, t('uses', p.total.uses, p.total.documents)), ' · ', t('firstUse'), ' ', when(p.first), ' · ', t('lastUse'), ' ', when(p.last)),
        el('dl', { class: 'use-counts' }, counts.map(([name, values]) => el('div', {}, el('dt', {}, t('facets')[name]), el('dd', {}, name === 'year' ? years(values)
          : values.slice(0, 6).map((v, k) => [k > 0 && ' · ', labelOf(name, v.value), ' ', el('span', { class: 'count' }, num(v.count))])))))],
    list(p.wordings, 'wording', p.total.wordings),
    p.runs.length > 0 && el('details', { class: 'runs', open: p.wordings.length === 0 }, el('summary', {}, t('runs', p.runs.length)), list(p.runs, 'run', p.runs.length)),
    p.translations.length > 0 && el('details', { class: 'translations', open: true }, el('summary', {}, t('agreedTranslation', t('languages')[p.translations[0].lang])),
      el('ol', {}, p.translations.slice(0, SHOWN).map(x => el('li', {}, el('p', { class: 'quote', lang: langTag(x.lang) }, x.text),
        el('p', { class: 'tools muted' }, useLink({ id: x.id, symbol: x.id.slice(0, x.id.indexOf('@')) }), ' ', dateText(x.date), ' · ', t('usesOnly', x.uses)))))));
}

// Bars for the years between the first and the last.
function years(values) {
  const by = new Map(values.map(v => [+v.value, v.count])), all = [...by.keys()], from = Math.min(...all), to = Math.max(...all), most = Math.max(...by.values());
  return el('span', { class: 'year-bars' }, from !== to && el('span', {}, from), el('span', { class: 'bar-row', 'aria-hidden': 'true' }, Array.from({ length: Math.min(120, to - from + 1) }, (_, k) =>
    el('i', { title: `${from + k}: ${num(by.get(from + k) || 0)}`, data: { height: by.get(from + k) ? Math.max(1, Math.ceil(8 * by.get(from + k) / most)) : 0 } }))), el('span', {}, to),
  el('span', { class: 'vh' }, all.sort().map(y => `${y}: ${by.get(y)}`).join(', ')));
}

function list(wordings, kind, total) {
  if (!wordings.length) return null;
  const item = w => el('li', { class: kind, data: { id: w.id } },
    el('p', { class: 'source' }, el('b', { class: 'similar' }, kind === 'run' ? t('runWords', w.run) : t('similar', Math.floor(w.similarity * 100))), useLink(w.last, w.parallel?.lang), el('time', { datetime: w.last.date }, dateText(w.last.date)),
      el('span', {}, t('usesOnly', w.uses)), w.uses > 1 && el('span', {}, t('firstUse'), ' ', when(w.first))),
    el('p', { class: 'quote', lang: langTag(w.lang) }, kind === 'run' ? rich(w.text, [{ start: w.text_span[0], end: w.text_span[1], wrap: s => el('mark', {}, s) }]) : diffText(w.diff)),
    w.parallel && el('details', { class: 'counter' }, el('summary', {}, t('counterpart', t('languages')[w.parallel.lang] || w.parallel.lang)), el('p', { class: 'quote', lang: langTag(w.parallel.lang) }, w.parallel.text)));
  const items = el('ol', { class: `${kind}s` }, wordings.slice(0, SHOWN).map(item)), rest = wordings.length - SHOWN;
  const more = rest > 0 && el('button', { type: 'button', class: 'quiet', on: { click: () => { items.append(...wordings.slice(SHOWN).map(item)); more.remove(); } } }, t('showMore', rest));
  return [items, more, total > wordings.length && el('p', { class: 'muted' }, t('wordingsLeft', total - wordings.length))];
}
