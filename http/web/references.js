// What is wrong with the references of a draft: /v1/citations/check, above the earlier wording.
import { api, documentAddress, el, link, num, t } from './base.js';

const FAULTS = ['inconsistent', 'impossible', 'ambiguous', 'newer-in-series', 'not-held'];

// A section, or null where the draft cites nothing.
export async function referencesOf(text) {
  const { citations } = await api('references', '/v1/citations/check', { text });
  if (!citations.length) return null;
  const symbolLink = symbol => link(documentAddress(symbol, {}), { class: 'symbol' }, symbol);
  const item = c => el('li', { class: 'reference', data: { status: c.status } },
    el('b', { class: `status ${c.status}` }, t('statuses')[c.status] || c.status), el('span', { class: 'said' }, c.text),
    c.symbol && (c.document?.known ? symbolLink(c.symbol) : el('span', { class: 'symbol' }, c.symbol)),
    c.detail && el('span', { class: 'muted', lang: 'en' }, c.detail),
    c.newer && el('span', {}, t('newer'), ' ', symbolLink(c.newer)),
    c.candidates.length > 0 && el('span', {}, t('perhaps'), ' ', c.candidates.slice(0, 5).map((s, i) => [i > 0 && ', ', symbolLink(s)])));
  const faults = citations.filter(c => FAULTS.includes(c.status) && c.status !== 'not-held' && c.status !== 'newer-in-series').length;
  const order = c => FAULTS.indexOf(c.status) < 0 ? FAULTS.length : FAULTS.indexOf(c.status);
  const sorted = citations.map((c, i) => [c, i]).sort(([a, i], [b, j]) => order(a) - order(b) || i - j).map(([c]) => c);
  return el('details', { class: 'references', open: faults > 0 },
    el('summary', {}, t('references', num(citations.length)), faults > 0 && [' · ', el('b', {}, t('faults', faults))]),
    el('ol', {}, sorted.map(item)));
}
