// The page of Resolute: searches, browses and reads UN resolutions over the HTTP API.
//
// The address is the state: `/` is the start, `/?q=...` a search whose parameters carry the names of /v1/search,
// `/?doc=SYMBOL&lang=&parallel=#op2` a document. Every change of state is a change of address followed by route().
// Text of documents and of the API enters the page through text nodes only. Spans are code points, never UTF-16 units.

// ---------------------------------------------------------------------------------------------------------- strings

const STR = {
  en: {
    search: 'Search', skip: 'Skip to content', uiLanguage: 'Language of this page',
    placeholder: 'Words, “an exact phrase”, or a symbol',
    tagline: 'Search the resolutions of the United Nations, paragraph by paragraph, in Chinese and English.',
    how: 'Words are ranked, quotation marks are exact, and every paragraph stands beside its counterpart in the other language.',
    examples: 'Try', browse: 'Browse the index',
    indexSize: (d, p) => `${num(d)} documents, ${num(p)} paragraphs`,
    unofficial: 'Unofficial copies for information. The official texts are those issued by the United Nations.',
    keyHint: 'Press / to search', api: 'API',
    results: 'Search results', resultsFor: q => `${q} – search results`,
    paragraphs: n => `${num(n)} ${n === 1 ? 'paragraph' : 'paragraphs'}`,
    inDocuments: n => ` in ${num(n)} ${n === 1 ? 'document' : 'documents'}`,
    atLeast: s => `At least ${s}`, took: ms => `${ms} ms`, partial: 'Some of the index did not answer in time, so the count is not complete.',
    none: 'Nothing found', noneHelp: 'Fewer words, no quotation marks or fewer filters will find more.',
    noneFilters: 'Search again without filters',
    loading: 'Loading …', more: 'More results', moreFailed: 'More results could not be loaded.',
    filters: 'Filters', clear: 'Clear all', remove: s => `Remove filter: ${s}`, not: s => `not ${s}`, activeFilters: 'Active filters',
    include: s => `Only ${s}`, exclude: s => `Exclude ${s}`, showMore: n => `Show ${num(n)} more`, showLess: 'Show fewer',
    filterValues: s => `Find in: ${s}`, noValue: 'No such value',
    dates: 'Adopted', from: 'From', to: 'To', apply: 'Apply', dateFrom: d => `from ${d}`, dateTo: d => `until ${d}`,
    sort: 'Sort by', sorts: { relevance: 'Relevance', newest: 'Newest', oldest: 'Oldest', 'most-cited': 'Most cited' },
    unit: 'Show', units: { paragraph: 'Paragraphs', document: 'Documents' }, dedupe: 'Group repeated wording',
    citedBy: n => `Cited by ${num(n)}`, repeats: (n, y) => `and ${num(n)} similar ${n === 1 ? 'use' : 'uses'}${y ? `, first ${y}` : ''}`,
    expand: 'Full paragraph', collapse: 'Show less', copy: 'Copy citation', copied: 'Copied', open: 'Open at this paragraph',
    counterpart: l => `Counterpart in ${l}`, noCounterpart: 'No counterpart', sameCounterpart: 'Counterpart as above', unsure: 'uncertain match',
    cite: (s, where) => where ? `${s}, ${where}` : s,
    citeKinds: { operative: 'para. {n}', preambular: 'preambular para. {n}', annex: 'annex, para. {n}', footnote: 'footnote {n}', statement: 'para. {n}', decision: 'para. {n}', plain: 'para. {n}', table: 'table {n}' },
    kinds: { operative: 'Operative', preambular: 'Preambular', annex: 'Annex', footnote: 'Footnote', heading: 'Heading', enacting: 'Enacting formula', statement: 'Statement', decision: 'Decision', closing: 'Closing', table: 'Table', plain: 'Paragraph' },
    languages: { en: 'English', zh: 'Chinese', ar: 'Arabic', fr: 'French', ru: 'Russian', es: 'Spanish' },
    facets: { body: 'Organ', committee: 'Committee', concerns: 'About the body', type: 'Document type', lang: 'Language', year: 'Year', session: 'Session', agenda: 'Agenda item', subject: 'Subject', kind: 'Part of the text', action: 'Opening words', vote: 'Vote', voter: 'Voted by', cites: 'Cites', symbol: 'Symbol', cited_by: 'Times cited' },
    bodies: { GA: 'General Assembly', SC: 'Security Council', ECOSOC: 'Economic and Social Council', HRC: 'Human Rights Council' },
    committees: { C1: 'First Committee', C2: 'Second Committee', C3: 'Third Committee', C4: 'Fourth Committee', C5: 'Fifth Committee', C6: 'Sixth Committee', plenary: 'Plenary', 'general-committee': 'General Committee' },
    types: { resolution: 'Resolution', decision: 'Decision', statement: 'Presidential statement', draft: 'Draft', publication: 'Cover of a resolution in parts' },
    outcomes: { 'without-vote': 'Adopted without a vote', recorded: 'Recorded vote', unanimous: 'Adopted unanimously', acclamation: 'By acclamation', 'not-adopted': 'Not adopted' },
    votes: { yes: 'In favour', no: 'Against', abstain: 'Abstaining', absent: 'Not voting' }, voters: 'Who voted how',
    back: 'Back to results', home: 'Start page', meta: { date: 'Adopted', body: 'Organ', type: 'Type', session: 'Session', meeting: 'Meeting', agenda: 'Agenda item', committee: 'Committee', concerns: 'About', subjects: 'Subjects', vote: 'Vote' },
    textLanguage: 'Text', both: 'Side by side', footnotes: 'Footnotes', cites: 'Cites', citedByHead: 'Cited by',
    noCites: 'It cites no document.', noCitedBy: 'No document in this index cites it.', unknownDoc: 'Not in this index',
    citingParagraphs: 'All paragraphs that cite it', linkHere: s => `Link to ${s}`, warnings: 'Notes on this text',
    problem: 'Something went wrong', offline: 'The server could not be reached. It may be starting, or the connection is down.', retry: 'Try again',
    parameterAt: p => `Parameter: ${p}`, notFound: 'No such document', searchInstead: s => `Search for “${s}” instead`, startOver: 'Start a new search',
    treatments: {},
  },
  zh: {
    search: '搜索', skip: '跳到正文', uiLanguage: '页面语言',
    placeholder: '词语、“精确短语”或文号',
    tagline: '逐段检索联合国决议，中英文对照。',
    how: '词语按相关度排序，引号内精确匹配，每一段旁列出另一种语言的对应段落。',
    examples: '试一试', browse: '浏览索引',
    indexSize: (d, p) => `${num(d)} 份文件，${num(p)} 个段落`,
    unofficial: '非正式文本，仅供参考。正式文本以联合国印发者为准。',
    keyHint: '按 / 键搜索', api: 'API',
    results: '搜索结果', resultsFor: q => `${q} – 搜索结果`,
    paragraphs: n => `${num(n)} 个段落`, inDocuments: n => `，出自 ${num(n)} 份文件`,
    atLeast: s => `至少 ${s}`, took: ms => `${ms} 毫秒`, partial: '部分索引未及时应答，计数不完整。',
    none: '没有找到', noneHelp: '减少词语、去掉引号或减少筛选条件，可以找到更多。', noneFilters: '去掉筛选条件重新搜索',
    loading: '正在载入……', more: '更多结果', moreFailed: '未能载入更多结果。',
    filters: '筛选', clear: '全部清除', remove: s => `去掉筛选条件：${s}`, not: s => `非${s}`, activeFilters: '已选筛选条件',
    include: s => `仅限${s}`, exclude: s => `排除${s}`, showMore: n => `再显示 ${num(n)} 项`, showLess: '收起',
    filterValues: s => `查找：${s}`, noValue: '没有此项',
    dates: '通过日期', from: '起', to: '止', apply: '确定', dateFrom: d => `${d}起`, dateTo: d => `${d}止`,
    sort: '排序', sorts: { relevance: '相关度', newest: '最新', oldest: '最早', 'most-cited': '引用最多' },
    unit: '显示', units: { paragraph: '段落', document: '文件' }, dedupe: '合并重复措辞',
    citedBy: n => `被引 ${num(n)} 次`, repeats: (n, y) => `另有 ${num(n)} 处类似措辞${y ? `，最早 ${y} 年` : ''}`,
    expand: '显示全段', collapse: '收起', copy: '复制出处', copied: '已复制', open: '打开此段',
    counterpart: l => `${l}对应段落`, noCounterpart: '无对应段落', sameCounterpart: '对应段落同上', unsure: '对应关系不确定',
    cite: (s, where) => where ? `${s}，${where}` : s,
    citeKinds: { operative: '第{n}段', preambular: '序言部分第{n}段', annex: '附件第{n}段', footnote: '脚注{n}', statement: '第{n}段', decision: '第{n}段', plain: '第{n}段', table: '表{n}' },
    kinds: { operative: '执行段', preambular: '序言段', annex: '附件', footnote: '脚注', heading: '标题', enacting: '起始语', statement: '声明', decision: '决定', closing: '结语', table: '表', plain: '段落' },
    languages: { en: '英文', zh: '中文', ar: '阿拉伯文', fr: '法文', ru: '俄文', es: '西班牙文' },
    facets: { body: '机关', committee: '委员会', concerns: '所涉机构', type: '文件类型', lang: '语言', year: '年份', session: '届会', agenda: '议程项目', subject: '主题', kind: '文本部分', action: '起首词语', vote: '表决', voter: '投票国', cites: '引用', symbol: '文号', cited_by: '被引次数' },
    bodies: { GA: '大会', SC: '安全理事会', ECOSOC: '经济及社会理事会', HRC: '人权理事会' },
    committees: { C1: '第一委员会', C2: '第二委员会', C3: '第三委员会', C4: '第四委员会', C5: '第五委员会', C6: '第六委员会', plenary: '全体会议', 'general-committee': '总务委员会' },
    types: { resolution: '决议', decision: '决定', statement: '主席声明', draft: '草案', publication: '分部分决议的封面' },
    outcomes: { 'without-vote': '未经表决通过', recorded: '记录表决', unanimous: '一致通过', acclamation: '鼓掌通过', 'not-adopted': '未通过' },
    votes: { yes: '赞成', no: '反对', abstain: '弃权', absent: '未投票' }, voters: '各国投票情况',
    back: '返回搜索结果', home: '首页', meta: { date: '通过日期', body: '机关', type: '类型', session: '届会', meeting: '会议', agenda: '议程项目', committee: '委员会', concerns: '所涉机构', subjects: '主题', vote: '表决' },
    textLanguage: '文本', both: '对照', footnotes: '脚注', cites: '引用的文件', citedByHead: '被以下文件引用',
    noCites: '没有引用其他文件。', noCitedBy: '索引中没有文件引用它。', unknownDoc: '不在本索引中',
    citingParagraphs: '引用它的所有段落', linkHere: s => `${s}的链接`, warnings: '文本说明',
    problem: '出现问题', offline: '无法连接服务器。服务器可能正在启动，或连接已断开。', retry: '重试',
    parameterAt: p => `参数：${p}`, notFound: '没有此文件', searchInstead: s => `改为搜索“${s}”`, startOver: '重新搜索',
    treatments: { recalling: '回顾', reaffirming: '重申', noting: '注意到', welcoming: '欢迎', deciding: '决定', requesting: '请', emphasizing: '强调', stressing: '强调', expressing: '表示', mentioning: '提及', mention: '提及', extending: '延长', amending: '修正', superseding: '取代', 'taking-note': '表示注意到', 'guided-by': '遵循', 'in-accordance-with': '依照', 'pursuant-to': '依照', endorsing: '核可', annexing: '附载' },
  },
};

const EXAMPLES = ['"Counter-Terrorism Committee Executive Directorate"', '反恐执行局', 'S/RES/1963 (2010)', 'climate NEAR/5 security'];
const FACETS = ['body', 'committee', 'year', 'lang', 'type', 'kind', 'subject', 'action', 'concerns', 'session', 'agenda', 'vote', 'voter', 'cites'];
const FILTERS = [...FACETS, 'symbol', 'cited_by'];
const DATES = ['date_from', 'date_to'];
const PARAMS = ['q', ...FILTERS, ...DATES, 'sort', 'unit', 'dedupe'];
const OPEN_AT_FIRST = new Set(['body', 'committee', 'year', 'lang', 'kind', 'subject']);
const PAGE = 20, SHORT_LIST = 8, LONG_TEXT = 420;

let ui = initialLanguage();
const t = (key, ...args) => typeof STR[ui][key] === 'function' ? STR[ui][key](...args) : STR[ui][key];
const num = n => new Intl.NumberFormat(ui === 'zh' ? 'zh-CN' : 'en').format(n);

function initialLanguage() {
  try { const kept = localStorage.getItem('resolute.ui'); if (STR[kept]) return kept; } catch { /* storage may be barred */ }
  return /^zh\b/i.test(navigator.language || '') ? 'zh' : 'en';
}

// -------------------------------------------------------------------------------------------------------------- DOM

// Makes an element. `props`: `on` holds listeners, `data` the dataset, null and false are left out, true is an empty attribute.
function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
    else if (name === 'data') Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  return fill(node, ...children);
}
const clear = node => { node.replaceChildren(); return node; };
function fill(node, ...children) {
  node.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return node;
}
const byId = id => document.getElementById(id);
const link = (href, props, ...children) => el('a', { href, ...props }, ...children);
const searchForm = byId('search'), searchBox = byId('q'); // the form moves between the head of the page and the start page
const announce = text => { byId('live').textContent = text; };

const langTag = lang => lang === 'zh' ? 'zh-Hans' : lang || null;
const langOf = text => /\p{Script=Han}/u.test(text || '') ? 'zh-Hans' : 'en';

// Text with some [start, end) code points wrapped; a span that is out of bounds or overlaps an earlier one is left out.
function rich(text, spans) {
  const points = Array.from(text), out = [];
  let at = 0;
  for (const { start, end, wrap } of [...spans].sort((a, b) => a.start - b.start)) {
    if (!(start >= at && end > start && end <= points.length)) continue;
    if (start > at) out.push(points.slice(at, start).join(''));
    out.push(wrap(points.slice(start, end).join('')));
    at = end;
  }
  out.push(points.slice(at).join(''));
  return out;
}
const marked = (text, highlights) =>
  rich(text, (highlights || []).map(([start, end]) => ({ start, end, wrap: s => el('mark', {}, s) })));

// ---------------------------------------------------------------------------------------------------------- address

// Percent-encodes for a query string, leaving what symbols are made of readable.
const enc = value => encodeURIComponent(value).replace(/%20/g, '+').replace(/%2F/g, '/').replace(/%3A/g, ':').replace(/%2C/g, ',');
const address = pairs => {
  const query = [...pairs].filter(([, value]) => value !== '' && value !== null && value !== undefined).map(([k, v]) => `${k}=${enc(v)}`).join('&');
  return query ? `/?${query}` : '/';
};
const here = () => new URLSearchParams(location.search);
const searchAddress = pairs => address(PARAMS.flatMap(name => [...pairs].filter(([k]) => k === name)));
const documentAddress = (symbol, { lang, parallel, fragment } = {}) =>
  address([['doc', symbol], ['lang', lang], ['parallel', parallel]]) + (fragment ? `#${encodeURIComponent(fragment)}` : '');
const fragmentOf = id => { const at = (id || '').indexOf('#'); return at < 0 ? '' : id.slice(at + 1); };
const hashFragment = () => { try { return decodeURIComponent(location.hash.slice(1)); } catch { return location.hash.slice(1); } };

// The current search with some parameters changed: {name: value | [values] | null}. A new search starts at its first page.
function changed(changes) {
  const pairs = [...here()].filter(([k]) => !(k in changes) && k !== 'doc');
  for (const [name, value] of Object.entries(changes)) for (const v of [value].flat()) if (v) pairs.push([name, v]);
  return searchAddress(pairs);
}
function toggled(name, value) {
  const bare = v => v.replace(/^-/, '');
  const had = here().getAll(name), rest = had.filter(v => bare(v) !== bare(value));
  return changed({ [name]: had.includes(value) ? rest : [...rest, value] });
}

// -------------------------------------------------------------------------------------------------------------- API

class Problem extends Error {
  constructor({ status = 0, title = '', detail = '', parameter = '' }) { super(title); Object.assign(this, { status, title, detail, parameter }); }
}
const running = new Map();

// Fetches JSON. A newer request with the same purpose aborts the older one, which then rejects with AbortError.
async function api(purpose, path) {
  running.get(purpose)?.abort();
  const controller = new AbortController();
  running.set(purpose, controller);
  setProgress();
  try {
    let response;
    try {
      response = await fetch(path, { signal: controller.signal, headers: { Accept: 'application/json' } });
    } catch (error) {
      throw error.name === 'AbortError' ? error : new Problem({ title: t('problem'), detail: t('offline') });
    }
    let body = null;
    try { body = await response.json(); } catch (error) { if (error.name === 'AbortError') throw error; }
    if (!response.ok || body === null) throw new Problem({ title: t('problem'), ...body, status: response.status });
    return body;
  } finally {
    if (running.get(purpose) === controller) running.delete(purpose);
    setProgress();
  }
}
const abortViews = () => { for (const [purpose, controller] of running) if (purpose !== 'facets') controller.abort(); };
const setProgress = () => { byId('progress').hidden = running.size === 0; };

// Labels of facet values as the API last told them: name -> value -> {en, zh}.
const labels = {};
function learnLabels(facets) {
  for (const [name, values] of Object.entries(facets || {})) for (const v of values) if (v.label) (labels[name] ||= {})[v.value] = v.label;
}
const FALLBACK = { body: 'bodies', committee: 'committees', concerns: 'committees', type: 'types', lang: 'languages', kind: 'kinds', vote: 'outcomes' };
const labelOf = (name, value) => labels[name]?.[value]?.[ui] || STR[ui][FALLBACK[name]]?.[value] || labels[name]?.[value]?.en || value;

let wholeIndex = null; // the promise of GET /v1/facets
const allFacets = () => wholeIndex ||= api('facets', '/v1/facets').then(answer => { learnLabels(answer.facets); return answer; })
  .catch(error => { wholeIndex = null; throw error; });

function searchPath(pairs, cursor) {
  const query = new URLSearchParams([...pairs].filter(([k, v]) => PARAMS.includes(k) && v !== ''));
  if (!query.has('dedupe')) query.set('dedupe', 'on');
  query.set('limit', PAGE);
  if (cursor) query.set('cursor', cursor);
  return `/v1/search?${query}`;
}

// ------------------------------------------------------------------------------------------------------------ words

function dateText(iso) {
  const [, y, m, d] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(iso || '') || [];
  if (!y || y === '0001') return '';
  const options = { timeZone: 'UTC', year: 'numeric', ...(m && { month: 'long' }), ...(d && { day: 'numeric' }) };
  const date = new Date(Date.UTC(+y, (+m || 1) - 1, +d || 1));
  return isNaN(date) ? iso : new Intl.DateTimeFormat(ui === 'zh' ? 'zh-CN' : 'en-GB', options).format(date);
}

// `op2.a~2` -> {prefix: "op", number: "2 (a)", depth: 1, last: "a"}
function partsOf(fragment) {
  const [, prefix = '', rest = ''] = /^([a-z]{1,2})(.*?)(?:~\d+)?$/.exec(fragment) || [];
  const steps = rest.split('.').filter(Boolean);
  return { prefix, number: steps.map((s, i) => i ? ` (${s})` : s).join(''), depth: Math.max(0, steps.length - 1), last: steps[steps.length - 1] || '' };
}
function paragraphLabel(p) {
  const kind = STR[ui].kinds[p.kind], { number } = partsOf(fragmentOf(p.id));
  if (!kind) return p.label || '';
  return p.kind === 'enacting' || p.kind === 'heading' || !number ? kind : `${kind} ${number}`;
}
function citationText(symbol, p) {
  const form = p && STR[ui].citeKinds[p.kind], { number } = partsOf(fragmentOf(p?.id));
  return t('cite', symbol, form && number ? form.replace('{n}', number) : '');
}
const noticeText = n => typeof n === 'string' ? n : typeof n?.message === 'object' ? n.message?.[ui] || n.message?.en || '' : n?.message || n?.code || '';
const treatmentText = x => { const name = typeof x === 'string' ? x : x?.treatment || ''; return STR[ui].treatments[name] || name.replace(/-/g, ' '); };
const weight = text => Array.from(text || '').reduce((sum, c) => sum + (c > '\u2e7f' ? 2.2 : 1), 0);

async function copyText(text) {
  try { await navigator.clipboard.writeText(text); return; } catch { /* no secure context: the old way */ }
  const area = el('textarea', { class: 'vh', 'aria-hidden': 'true' });
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
function copyButton(symbol, paragraph) {
  const button = el('button', { type: 'button', class: 'quiet copy', on: { click: async () => {
    const text = citationText(symbol, paragraph);
    await copyText(text);
    button.textContent = t('copied');
    announce(`${t('copied')}: ${text}`);
    setTimeout(() => { button.textContent = t('copy'); }, 1600);
  } } }, t('copy'));
  return button;
}

// ----------------------------------------------------------------------------------------------------- small pieces

function problemBox(error, offers) {
  announce(`${error.title}. ${error.detail || ''}`);
  return el('section', { class: 'box problem', role: 'group', 'aria-labelledby': 'problem-title' },
    el('h2', { id: 'problem-title' }, error.title || t('problem')),
    error.detail && el('p', {}, error.detail),
    error.parameter && el('p', { class: 'muted' }, t('parameterAt', error.parameter)),
    el('p', { class: 'offers' }, offers));
}
const retryButton = () => el('button', { type: 'button', class: 'button', on: { click: () => route('retry') } }, t('retry'));

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

function segmented(name, legend, options, current, choose) {
  return el('fieldset', { class: 'segmented' }, el('legend', { class: 'vh' }, legend),
    options.map(([value, text, lang]) => el('label', {}, el('input', { type: 'radio', name, value, checked: value === current, data: { key: `${name}:${value}` },
      on: { change: () => choose(value) } }), el('span', { lang }, text))));
}

// ------------------------------------------------------------------------------------------------------- start page

async function showHome() {
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
      index && el('p', { class: 'muted size' }, t('indexSize', index.documents, index.paragraphs)),
      el('div', { class: 'browse-grid' }, order.map(name => facet(name, answer.facets?.[name] || [], { links: true })).filter(Boolean)));
    restoreScroll();
  } catch (error) {
    if (error.name !== 'AbortError' && view === 'home') browse.replaceChildren(problemBox(error, retryButton()));
  }
}

// ---------------------------------------------------------------------------------------------------------- results

const answers = new Map(); // path -> answer with the pages appended so far; for back, forward and a change of language

async function showSearch(cause) {
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
      answer.matches.length ? hits : el('div', { class: 'box' }, el('h2', {}, t('none')), el('p', {}, t('noneHelp')),
        chips.length > 0 && el('p', { class: 'offers' }, link(cleared, { class: 'button' }, t('noneFilters')))),
      el('div', { class: 'more-line' }, answer.next && moreButton(answer, path, hits)))));
  const panel = main.querySelector('.filters-panel');
  panel.scrollTop = sidebarAt;
  if (focused) [...main.querySelectorAll('[data-key]')].find(node => node.dataset.key === focused)?.focus({ preventScroll: true });
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
      repeats && el('span', { class: 'muted repeats' }, t('repeats', repeats.count, String(repeats.first || '').slice(0, 4)))));
}

// Another matching paragraph of the same document (unit=document).
function otherParagraph(m, x) {
  const p = x.paragraph || x, s = x.snippets?.[0] || { text: p.text || '', highlights: [] };
  return el('li', {}, link(documentAddress(m.symbol, { lang: m.lang, parallel: m.parallel?.lang, fragment: fragmentOf(p.id) }), {}, paragraphLabel(p)),
    ' ', el('span', { class: 'quote', lang: langTag(m.lang) }, marked(s.text, s.highlights)));
}

// --------------------------------------------------------------------------------------------------------- document

let shown = null; // {path, doc} of the document on the page
const lists = new Map(); // path of /citations or /cited-by -> answer

async function showDocument(cause) {
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
    target.append(el('p', { class: 'here-tools' }, copyButton(shown.doc.symbol, p)));
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
  allFacets().then(() => { if (shown?.doc === doc) drawMasthead(); }).catch(() => { /* ids instead of labels */ });
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

// ---------------------------------------------------------------------------------------------------------- routing

let view = null; // home, search or document

// What is the same in every view: the search box, the footer, the words of the frame.
function frame(name) {
  view = name;
  if (!searchForm.closest('header')) byId('ui-lang').before(searchForm);
  document.body.dataset.view = name;
  document.documentElement.lang = langTag(ui);
  if (name !== 'document') { searchBox.value = here().get('q') || ''; shown = null; }
  searchBox.placeholder = t('placeholder');
  for (const node of [searchForm.querySelector('label'), searchForm.querySelector('button')]) node.textContent = t('search');
  byId('skip').textContent = t('skip');
  byId('ui-lang').setAttribute('aria-label', t('uiLanguage'));
  for (const button of byId('ui-lang').children) button.setAttribute('aria-pressed', String(button.dataset.ui === ui));
  byId('foot').replaceChildren(el('p', {}, t('unofficial')), el('p', {}, t('keyHint'), ' · ', link('/openapi.json', {}, t('api'))));
}

// Shows what the address says. `cause`: push (a step onward), pop (back, forward), language, retry.
function route(cause) {
  const pairs = here();
  if (cause !== 'language' && !(view === 'document' && pairs.get('doc'))) abortViews();
  if (pairs.get('doc')?.trim()) return showDocument(cause);
  if (PARAMS.some(name => pairs.get(name))) return showSearch(cause === 'language' ? 'pop' : cause);
  return showHome();
}

function go(to, { keepScroll = false } = {}) {
  const target = new URL(to, location.href), isDocument = new URLSearchParams(target.search).has('doc');
  const from = isDocument ? (view === 'document' ? history.state?.from : view === 'search' ? location.pathname + location.search : null) : null;
  history.replaceState({ ...history.state, y: scrollY }, '');
  const steps = !from ? null : view === 'document' ? (history.state?.steps ?? 0) + 1 : 1; // how far back the results are
  if (target.href !== location.href) history.pushState({ from, steps }, '', target.href);
  const sameDocument = view === 'document' && isDocument && (target.hash || keepScroll);
  if (!sameDocument) window.scrollTo(0, 0);
  route('push');
}
function restoreScroll() { if (history.state?.y) window.scrollTo(0, history.state.y); }

history.scrollRestoration = 'manual';
addEventListener('popstate', () => route('pop'));
let scrollTimer = 0;
addEventListener('scroll', () => { // so that forward, too, finds its place
  clearTimeout(scrollTimer);
  const at = location.href;
  scrollTimer = setTimeout(() => { if (location.href === at) history.replaceState({ ...history.state, y: scrollY }, ''); }, 150);
}, { passive: true });

document.addEventListener('click', event => {
  const a = event.target.closest?.('a[href]');
  if (!a || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const url = new URL(a.href);
  if (a.id === 'skip') { event.preventDefault(); byId('main').focus(); return; }
  if (url.origin !== location.origin || url.pathname !== '/') return;
  event.preventDefault();
  if (a.classList.contains('back') && history.state?.steps) history.go(-history.state.steps);
  else go(url.href);
});
document.addEventListener('keydown', event => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input:not([type=checkbox]):not([type=radio]), textarea, select')) return;
  event.preventDefault();
  searchBox.focus();
  searchBox.select();
});
searchForm.addEventListener('submit', event => {
  event.preventDefault();
  const q = searchBox.value.trim();
  go(view === 'search' ? changed({ q }) : address([['q', q]]));
});
byId('ui-lang').addEventListener('click', event => {
  const chosen = event.target.closest('button')?.dataset.ui;
  if (!chosen || chosen === ui) return;
  ui = chosen;
  try { localStorage.setItem('resolute.ui', ui); } catch { /* storage may be barred */ }
  history.replaceState({ ...history.state, y: scrollY }, '');
  route('language');
});
route('pop');
