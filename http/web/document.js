// A document beside its other language, what it cites and what cites it.
import {
  address, allFacets, api, byId, copyButton, dateText, documentAddress, el, fragmentOf, hashFragment, here, labelOf, labels, langOf, langTag, link,
  noticeText, num, paragraphLabel, partsOf, rich, t, treatmentText, ui,
} from './base.js';
import { clauseSection } from './diff.js';
import { keepDraft, precedentsAddress } from './precedents.js';
import { frame, go, problemBox, restoreScroll, retryButton, segmented, view } from './frame.js';

let shown = null; // {path, doc} of the document on the page
const lists = new Map(); // path of /citations or /cited-by -> answer

export async function showDocument(cause) {
  const pairs = here(), symbol = pairs.get('doc').trim(), lang = pairs.get('lang'), parallel = pairs.get('parallel');
  const base = `/v1/documents/${encodeURIComponent(symbol)}`;
  const path = `${base}?${new URLSearchParams([['lang', lang], ['parallel', parallel]].filter(([, v]) => v))}`;
  if (view === 'document' && shown?.path === path && cause !== 'language') { pointAt(hashFragment(), cause); return; }
  const same = view === 'document' && shown?.doc.symbol === symbol, anchor = same ? firstVisible() : null;
  frame('document');
  const bones = () => ['short', 'half', 'wide', 'wide', 'wide'].map(size => el('span', { class: `bone ${size}` }));
  if (!same) byId('main').replaceChildren(el('div', { class: 'document', 'aria-hidden': 'true' }, bones()));
  document.title = `${symbol} – Resolute`;
  let doc = cause === 'language' && shown?.path === path ? shown.doc : null;
  try {
    doc ||= await api('view', path).catch(error => {
      if (error.status >= 400 && error.status < 500 && (lang || parallel)) return api('view', base); // not in that language: as it is
      throw error;
    });
  } catch (error) {
    if (error.name === 'AbortError') return;
    shown = null;
    if (error.status === 404) error.title = t('notFound');
    byId('main').replaceChildren(el('div', { class: 'alone' }, backLink(), problemBox(error, [error.status === 404
      ? link(address([['q', symbol]]), { class: 'button' }, t('searchInstead', symbol)) : retryButton(), link('/', { class: 'button' }, t('startOver'))])));
    return;
  }
  shown = { path, doc };
  drawDocument(doc, base);
  if (anchor && hashFragment() !== anchor.id && byId(anchor.id)) window.scrollBy(0, byId(anchor.id).getBoundingClientRect().top - anchor.top);
  else if (hashFragment()) pointAt(hashFragment(), cause);
  else if (cause === 'pop') restoreScroll();
  if (!same && !hashFragment()) byId('main').focus({ preventScroll: true });
}

function firstVisible() {
  const row = [...document.querySelectorAll('.para')].find(node => node.getBoundingClientRect().bottom > 120);
  return row && row.getBoundingClientRect().top < innerHeight ? { id: row.id, top: row.getBoundingClientRect().top } : null;
}

function pointAt(fragment, cause) {
  document.querySelectorAll('.para.here').forEach(node => { node.classList.remove('here'); node.querySelector('.here-tools')?.remove(); });
  const target = fragment && byId(fragment);
  if (!target) return;
  if (target.classList.contains('para')) {
    target.classList.add('here');
    const p = shown.doc.paragraphs.find(x => fragmentOf(x.id) === fragment);
    target.append(el('p', { class: 'here-tools' }, copyButton(shown.doc.symbol, p), ' ',
      link(precedentsAddress(), { class: 'quiet', on: { click: () => keepDraft(p.text) } }, t('wordingOf'))));
  }
  target.setAttribute('tabindex', '-1');
  target.focus({ preventScroll: true });
  if (cause === 'pop' && history.state?.y) restoreScroll();
  else target.scrollIntoView({ block: target.offsetHeight > innerHeight * 0.7 ? 'start' : 'center' });
}

const backLink = () => link(history.state?.from || '/', { class: 'back' }, `← ${history.state?.from ? t('back') : t('home')}`);

function drawDocument(doc, base) {
  const parallelLang = here().get('parallel') && doc.paragraphs.some(p => p.parallel) ? doc.paragraphs.find(p => p.parallel).parallel.lang : null;
  const languages = doc.languages?.length ? doc.languages : [doc.lang];
  const name = lang => t('languages')[lang] || lang, otherLang = languages.find(l => l !== doc.lang);
  const modes = [...languages.map(l => [l, name(l)]), ...(otherLang ? [['both', t('both')]] : [])];
  const choose = mode => go(mode === 'both' ? documentAddress(doc.symbol, { lang: doc.lang, parallel: otherLang, fragment: hashFragment() })
    : documentAddress(doc.symbol, { lang: mode, fragment: hashFragment() }), { keepScroll: true });
  const rows = doc.paragraphs.filter(p => p.kind !== 'footnote'), notes = doc.paragraphs.filter(p => p.kind === 'footnote');
  const cited = listSection('cites', t('cites'), `${base}/citations`, t('noCites'), doc, false);
  const citing = listSection('cited-by', t('citedByHead'), `${base}/cited-by`, t('noCitedBy'), doc, true);
  const masthead = el('div');
  const drawMasthead = () => masthead.replaceChildren(metadata(doc));
  drawMasthead();
  allFacets().then(() => { if (view === 'document' && shown?.doc === doc) drawMasthead(); }).catch(() => { /* ids instead of labels */ });
  byId('main').replaceChildren(el('article', { class: parallelLang ? 'document two' : 'document' },
    el('nav', { class: 'doc-nav' }, backLink(), modes.length > 1 && segmented('mode', t('textLanguage'), modes, parallelLang ? 'both' : doc.lang, choose)),
    el('header', { class: 'masthead' },
      el('p', { class: 'organ' }, labelOf('body', doc.body)),
      el('h1', {}, el('span', { class: 'doc-symbol' }, doc.symbol), doc.title && ' ', doc.title && el('span', { class: 'doc-title', lang: langOf(doc.title) }, doc.title)),
      masthead,
      doc.warnings?.length > 0 && el('details', { class: 'warnings' }, el('summary', {}, t('warnings')), el('ul', {}, doc.warnings.map(w => el('li', {}, noticeText(w)))))),
    el('section', { class: 'text', 'aria-label': doc.symbol },
      parallelLang && el('div', { class: 'column-heads', 'aria-hidden': 'true' }, el('span'), el('span', {}, name(doc.lang)), el('span', {}, name(parallelLang))),
      rows.map((p, i) => paragraphRow(p, doc, parallelLang, rows[i - 1])),
      notes.length > 0 && el('section', { class: 'footnotes', 'aria-labelledby': 'footnotes' }, el('h2', { id: 'footnotes' }, t('footnotes')),
        notes.map((p, i) => paragraphRow(p, doc, parallelLang, notes[i - 1])))),
    (doc.type === 'resolution' || doc.type === 'decision') && clauseSection(doc, base),
    el('div', { class: 'lists' }, cited, citing)));
}

function metadata(doc) {
  const rows = [];
  const add = (name, ...content) => { if (content.flat(2).some(Boolean)) rows.push(el('div', {}, el('dt', {}, t('meta')[name]), el('dd', {}, ...content))); };
  const values = (name, list) => (list || []).map((v, i) => {
    const text = labelOf(name, v);
    return [i > 0 && (ui === 'zh' ? '；' : '; '), link(address([[name, v]]), { lang: langOf(text) }, text)];
  });
  add('date', dateText(doc.date));
  add('type', doc.type && labelOf('type', doc.type));
  add('session', doc.session && link(address([['session', doc.session], ['body', doc.body]]), {}, labelOf('session', doc.session)));
  add('meeting', doc.meeting);
  add('agenda', doc.agenda && values('agenda', [doc.agenda].flat()));
  add('committee', values('committee', doc.committee));
  add('concerns', values('concerns', doc.concerns));
  add('vote', voteText(doc.vote));
  add('subjects', values('subject', doc.subjects));
  return el('dl', { class: 'meta' }, rows);
}

function voteText(vote) {
  if (!vote?.outcome) return null;
  const tally = ['yes', 'no', 'abstain'].filter(k => Number.isFinite(vote[k]));
  const counted = tally.some(k => vote[k] > 0), voters = Object.entries(vote.voters || {});
  return [labelOf('vote', vote.outcome),
    counted && el('span', { class: 'tally' }, tally.map(k => el('span', { class: `tally-${k}` }, `${t('votes')[k]} ${num(vote[k])}`))),
    voters.length > 0 && el('details', { class: 'voters' }, el('summary', {}, t('voters')),
      ['yes', 'no', 'abstain', 'absent'].map(k => { const who = voters.filter(([, v]) => v === k).map(([code]) => labelOf('voter', code)).sort();
        return who.length > 0 && el('p', {}, el('b', {}, `${t('votes')[k]} (${num(who.length)})`), ' ', who.join(ui === 'zh' ? '、' : ', ')); }))];
}

// How far the opening action reaches: "Recalling also", "Deeply concerned", "又重申".
const OPENING = {
  en: new RegExp('^(?:(?:Also|Further|Again|Deeply|Gravely|Seriously|Strongly|Once again|Firmly|Fully|Keenly|Profoundly)\\s+)*[A-Z]?[a-z]+'
    + '(?:\\s+(?:also|further|again|once again|once more|upon|anew|in mind|in this regard|note|aware|alarmed|concerned|conscious|convinced|considered'
    + '|examined|disturbed|with (?:deep |grave |great )?(?:appreciation|satisfaction|concern|interest|regret)'
    + '|(?:its |their )?(?:deep |grave |serious |great )?(?:appreciation|concern|alarm|conviction))\\b)*'),
  zh: new RegExp('^(?:又|还|再次|再度|进一步|深切|深为|深感|严重|强烈|特别|最|并|赞赏地|满意地|感兴趣地|关切地|遗憾地|欣见地)*'
    + '(?:回顾|重申|注意到|表示注意到|强调|着重指出|着重|欢迎|确认|认识到|意识到|铭记|考虑到|关切|震惊|谴责|敦促|促请|呼吁|请|决定|鼓励|邀请|吁请'
    + '|赞扬|赞赏|感谢|表示|深信|相信|遵循|申明|指出|审议|听取|要求|建议|授权|宣布|核准|核可|通过|指示|期待|欣见|满意|遗憾|坚信|决心|认为|支持'
    + '|承认|痛惜|促进|提请)', 'u'),
};
function paragraphText(p, lang, text, citations) {
  const spans = (citations || []).filter(c => Array.isArray(c.span)).map(c => ({ start: c.span[0], end: c.span[1], wrap: s => citationLink(c, s) }));
  if (p.kind === 'preambular' || p.kind === 'operative') {
    const opening = OPENING[lang]?.exec(text)?.[0];
    const end = opening ? Array.from(opening).length : 0;
    if (end && !spans.some(s => s.start < end)) spans.push({ start: 0, end, wrap: s => el('em', { class: 'opening' }, s) });
  }
  if (p.kind === 'enacting') return el('p', {}, el('em', { class: 'opening' }, text));
  return el(p.kind === 'heading' ? 'h2' : 'p', {}, rich(text, spans));
}
function citationLink(c, s) {
  if (!c.known) return el('span', { class: 'unknown', title: t('unknownDoc') + (c.symbol ? `: ${c.symbol}` : '') }, s);
  return link(documentAddress(c.symbol, { lang: here().get('lang'), parallel: here().get('parallel') }), { class: 'cite', title: c.symbol }, s);
}

function paragraphRow(p, doc, parallelLang, before) {
  const fragment = fragmentOf(p.id), { last, depth, prefix } = partsOf(fragment);
  const numbered = ['operative', 'annex', 'footnote', 'statement', 'decision'].includes(p.kind) && p.number !== '' && last;
  const printed = numbered ? depth ? `(${last})` : p.kind === 'footnote' ? last : `${last}.` : prefix === 'pp' || p.kind === 'table' ? '¶' : '';
  const parallel = p.parallel?.text ? p.parallel : null;
  const first = p.kind === 'annex' && before?.kind !== 'annex' && before?.kind !== 'heading';
  return el('div', { class: `para ${p.kind} depth${Math.min(depth, 3)}${first ? ' first' : ''}`, id: fragment || null },
    link(`${location.pathname}${location.search}#${encodeURIComponent(fragment)}`,
      { class: 'number', 'aria-label': t('linkHere', paragraphLabel(p)), tabindex: numbered ? null : '-1' }, printed),
    el('div', { class: 'side', lang: langTag(doc.lang) }, paragraphText(p, doc.lang, p.text, p.citations)),
    parallelLang && el('div', { class: 'side other', lang: parallel ? langTag(parallel.lang) : null },
      !parallel ? el('p', { class: 'muted gap' }, p.kind === 'heading' ? '' : t('noCounterpart'))
        : before?.parallel?.id === parallel.id ? el('p', { class: 'muted gap' }, t('sameCounterpart'))
          : [paragraphText(p, parallel.lang, parallel.text, parallel.citations), parallel.confidence < 0.7 && el('p', { class: 'muted gap' }, t('unsure'))]));
}

// "Cites" or "Cited by"; filled when its answer comes.
function listSection(id, title, path, empty, doc, incoming) {
  const heading = el('h2', {}, title), body = el('div', {}, el('p', { class: 'muted' }, t('loading')));
  const section = el('section', { class: 'list', id, 'aria-label': title }, heading, body);
  const draw = answer => {
    const all = answer.citations || [], total = answer.total ?? all.length;
    heading.replaceChildren(title, ' ', el('span', { class: 'count' }, num(total)));
    if (!all.length) { body.replaceChildren(el('p', { class: 'muted' }, empty)); return; }
    const keep = { lang: here().get('lang'), parallel: here().get('parallel') };
    const entry = c => el('li', {},
      c.known === false ? el('span', { class: 'symbol unknown', title: t('unknownDoc') }, c.symbol) : link(documentAddress(c.symbol, keep), { class: 'symbol' }, c.symbol),
      c.date && el('span', { class: 'muted' }, ' ', dateText(c.date)), c.title && el('span', { class: 'list-title', lang: langOf(c.title) }, c.title),
      el('span', { class: 'uses' }, [(c.treatments || []).map(treatmentText).filter(Boolean).join(ui === 'zh' ? '、' : ', '),
        el('span', { class: 'at' }, (c.paragraphs || []).slice(0, 6).map(id => fragmentOf(id) || id)
          .map(fragment => link(documentAddress(incoming ? c.symbol : doc.symbol, { ...keep, fragment }), {}, fragment)))]));
    const items = el('ol', {}, all.slice(0, 15).map(entry));
    const rest = all.length - 15;
    const showRest = () => { items.append(...all.slice(15).map(entry)); more.remove(); };
    const more = rest > 0 && el('button', { type: 'button', class: 'quiet', on: { click: showRest } }, t('showMore', rest));
    body.replaceChildren(items, more || '', incoming ? el('p', {}, link(address([['cites', doc.symbol]]), {}, t('citingParagraphs'))) : '');
  };
  const kept = lists.get(path);
  if (kept) draw(kept);
  else api(id, path).then(answer => { lists.set(path, answer); draw(answer); }).catch(error => {
    if (error.name !== 'AbortError') body.replaceChildren(el('p', { class: 'muted' }, error.detail || error.title));
  });
  return section;
}
