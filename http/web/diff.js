// A word diff as text with <ins> and <del>, and the clauses of a series with what changed.
import { api, dateText, documentAddress, el, fragmentOf, langTag, link, t } from './base.js';

export const diffText = parts => parts.map(part => part.op === 'equal' ? part.text
  : el(part.op === 'insert' ? 'ins' : 'del', {}, el('span', { class: 'vh' }, t(part.op === 'insert' ? 'inserted' : 'deleted'), ' '), part.text));

const short = text => { const points = Array.from(text), size = /\p{Script=Han}/u.test(text) ? 26 : 64; return points.length > size ? `${points.slice(0, size).join('')}…` : text; };

// "Clauses by year" of a document: asked for when it is opened.
export function clauseSection(doc, base) {
  const body = el('div', {}, el('p', { class: 'muted' }, t('loading')));
  let asked = false;
  const details = el('details', { class: 'clauses', id: 'clauses', on: { toggle: () => {
    if (!details.open || asked) return;
    asked = true;
    api('clauses', `${base}/history?lang=${doc.lang}`).then(table => {
      body.replaceChildren(table.series.length > 1 ? drawTable(table, doc) : el('p', { class: 'muted' }, t('noSeries')));
      body.querySelector('th.own')?.scrollIntoView({ block: 'nearest', inline: 'end' }); // the newest are on the right
    }).catch(error => {
      asked = false;
      if (error.name !== 'AbortError') body.replaceChildren(el('p', { class: 'muted' }, error.detail || error.title));
    });
  } } }, el('summary', {}, t('clauses')), body);
  return details;
}

function drawTable(table, doc) {
  const own = table.series.findIndex(d => d.symbol === doc.symbol), order = new Map(doc.paragraphs.map((p, i) => [p.id, i]));
  const place = row => order.get(row[own]?.paragraph?.id) ?? Infinity;
  const rows = table.clauses.map((row, i) => ({ row, i })).sort((a, b) => place(a.row) - place(b.row) || a.i - b.i);
  const history = el('div', { class: 'clause-history', 'aria-live': 'polite' });
  const cell = (c, d) => el('td', { class: c ? c.event : null }, c && (c.paragraph
    ? link(documentAddress(table.series[d].symbol, { lang: table.lang, fragment: fragmentOf(c.paragraph.id) }), { title: `${table.series[d].symbol}, ${c.paragraph.label}: ${t('events')[c.event]}${c.similarity && c.event === 'changed' ? ` (${Math.round(c.similarity * 100)} %)` : ''}` },
      c.paragraph.number || fragmentOf(c.paragraph.id)) : el('span', { title: t('events')[c.event] }, '–')));
  const shown = (row, d) => row.slice(0, d + 1).reverse().find(c => c?.paragraph) || row.find(c => c?.paragraph);
  return el('div', {},
    el('p', { class: 'legend' }, ['appeared', 'unchanged', 'changed', 'split', 'merged', 'dropped'].map(event => [el('span', { class: `key ${event}` }, t('events')[event]), ' '])),
    el('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': t('clauses') }, el('table', {},
      el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, t('clause')), table.series.map((d, i) => el('th', { scope: 'col', class: i === own ? 'own' : null },
        i === own ? d.symbol : link(documentAddress(d.symbol, { lang: table.lang }), {}, d.symbol), el('span', { class: 'muted' }, (d.date || '').slice(0, 4)))))),
      el('tbody', {}, rows.map(({ row }) => {
        const latest = shown(row, own < 0 ? row.length - 1 : own), button = el('button', { type: 'button', class: 'quiet', lang: langTag(table.lang), on: { click: () => showHistory(history, latest.paragraph.id, table.lang) } }, short(latest.paragraph.text));
        return el('tr', { class: row[own]?.paragraph ? null : 'gone' }, el('th', { scope: 'row' }, button), row.map(cell));
      })))),
    history);
}

async function showHistory(into, id, lang) {
  into.replaceChildren(el('p', { class: 'muted' }, t('loading')));
  try {
    const answer = await api('clause', `/v1/paragraphs/${encodeURIComponent(id)}/history`);
    into.replaceChildren(el('h3', {}, t('clauseHistory')), el('ol', {}, answer.history.map(s => el('li', { class: s.event },
      el('p', { class: 'source' }, link(documentAddress(s.symbol, { lang, fragment: fragmentOf(s.paragraphs[0]?.id) }), { class: 'symbol' }, s.symbol), el('time', { datetime: s.date }, dateText(s.date)),
        el('span', { class: `key ${s.event}` }, t('events')[s.event]), s.paragraphs.map(p => el('span', {}, p.label))),
      s.event !== 'unchanged' && s.paragraphs.length > 0 && el('p', { class: 'quote', lang: langTag(lang) }, s.diff?.length ? diffText(s.diff) : s.paragraphs.map(p => p.text).join('\n'))))));
    into.scrollIntoView({ block: 'nearest' });
  } catch (error) {
    if (error.name !== 'AbortError') into.replaceChildren(el('p', { class: 'muted' }, error.detail || error.title));
  }
}
