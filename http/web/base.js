// What every module of the page stands on: words in both languages, elements, the address, the API.

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
    suggestionKinds: { symbol: 'Document', title: 'Title', subject: 'Subject', committee: 'Committee', concerns: 'Body', phrase: 'Phrase' }, suggestionsShown: n => `${num(n)} suggestions`,
    didYouMean: 'Did you mean', nearSymbols: 'Near it', related: 'Related',
    precedents: 'Earlier wording', draftLabel: 'Text of a draft', draftHelp: 'One paragraph or many, in Chinese or English: where was this wording used before, and how did it differ?',
    draftGo: 'Find earlier wording', draftEmpty: 'Paste a paragraph first.', anyValue: 'any', draftParagraph: n => `Paragraph ${num(n)}`,
    usesFound: n => `${num(n)} earlier ${n === 1 ? 'use' : 'uses'}`, uses: (n, d) => `${num(n)} ${n === 1 ? 'use' : 'uses'} in ${num(d)} ${d === 1 ? 'document' : 'documents'}`,
    usesOnly: n => `${num(n)} ${n === 1 ? 'use' : 'uses'}`, firstUse: 'first', lastUse: 'last', noPrecedent: 'This wording is not in the index.', noWording: 'Not as a whole; parts of it are.',
    similar: n => `${n} % alike`, runs: n => `${num(n)} other ${n === 1 ? 'paragraph shares' : 'paragraphs share'} a part`, runWords: n => `${num(n)} in a row`, wordingsLeft: n => `and ${num(n)} other wordings`,
    agreedTranslation: l => `In ${l}`, inserted: 'inserted:', deleted: 'deleted:', wordingOf: 'Earlier wording',
    references: n => `${n} references`, faults: n => n === 1 ? '1 to look at' : `${num(n)} to look at`, newer: 'newer:', perhaps: 'perhaps',
    statuses: { known: 'known', 'not-held': 'not in this collection', impossible: 'impossible', ambiguous: 'ambiguous', inconsistent: 'does not fit', 'newer-in-series': 'newer in the series' },
    clauses: 'Clauses by year', clause: 'Clause', noSeries: 'No earlier or later resolution on this item is in the index.', clauseHistory: 'History of the clause',
    events: { appeared: 'new', unchanged: 'unchanged', changed: 'changed', split: 'split off', merged: 'merged', dropped: 'dropped' },
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
    suggestionKinds: { symbol: '文件', title: '标题', subject: '主题', committee: '委员会', concerns: '机构', phrase: '短语' }, suggestionsShown: n => `${num(n)} 条建议`,
    didYouMean: '您要找的是不是', nearSymbols: '相近文号', related: '相关',
    precedents: '以往措辞', draftLabel: '草案文本', draftHelp: '中文或英文，一段或多段：这一措辞以前在哪里用过，有何不同？',
    draftGo: '查找以往措辞', draftEmpty: '请先粘贴一段文字。', anyValue: '不限', draftParagraph: n => `第${num(n)}段`,
    usesFound: n => `以往使用 ${num(n)} 次`, uses: (n, d) => `使用 ${num(n)} 次，出自 ${num(d)} 份文件`,
    usesOnly: n => `使用 ${num(n)} 次`, firstUse: '最早', lastUse: '最近', noPrecedent: '索引中没有这一措辞。', noWording: '没有全段相同的措辞，但有部分相同。',
    similar: n => `相似度 ${n}%`, runs: n => `另有 ${num(n)} 段部分相同`, runWords: n => `连续 ${num(n)} 字（词）相同`, wordingsLeft: n => `另有 ${num(n)} 种措辞`,
    agreedTranslation: l => `${l}译法`, inserted: '增加：', deleted: '删去：', wordingOf: '以往措辞',
    references: n => `${n} 处引用`, faults: n => `${num(n)} 处需核对`, newer: '较新者：', perhaps: '可能是',
    statuses: { known: '已核实', 'not-held': '本库未收', impossible: '不可能', ambiguous: '不明确', inconsistent: '不相符', 'newer-in-series': '本系列已有较新者' },
    clauses: '历年条款', clause: '条款', noSeries: '索引中没有同一项目的其他决议。', clauseHistory: '条款沿革',
    events: { appeared: '新增', unchanged: '未变', changed: '有改动', split: '拆分', merged: '合并', dropped: '删除' },
  },
};

export const EXAMPLES = ['"Counter-Terrorism Committee Executive Directorate"', '反恐执行局', 'S/RES/1963 (2010)', 'climate NEAR/5 security'];
export const FACETS = ['body', 'committee', 'year', 'lang', 'type', 'kind', 'subject', 'action', 'concerns', 'session', 'agenda', 'vote', 'voter', 'cites'];
export const FILTERS = [...FACETS, 'symbol', 'cited_by'];
export const DATES = ['date_from', 'date_to'];
export const PARAMS = ['q', ...FILTERS, ...DATES, 'sort', 'unit', 'dedupe'];
export const OPEN_AT_FIRST = new Set(['body', 'committee', 'year', 'lang', 'kind', 'subject']);
export const PAGE = 20, SHORT_LIST = 8, LONG_TEXT = 420;

export let ui = initialLanguage();
export function chooseLanguage(chosen) {
  ui = chosen;
  try { localStorage.setItem('resolute.ui', ui); } catch { /* storage may be barred */ }
}
export const t = (key, ...args) => typeof STR[ui][key] === 'function' ? STR[ui][key](...args) : STR[ui][key];
export const num = n => new Intl.NumberFormat(ui === 'zh' ? 'zh-CN' : 'en').format(n);

function initialLanguage() {
  try { const kept = localStorage.getItem('resolute.ui'); if (STR[kept]) return kept; } catch { /* storage may be barred */ }
  return /^zh\b/i.test(navigator.language || '') ? 'zh' : 'en';
}

// -------------------------------------------------------------------------------------------------------------- DOM

// Makes an element. `props`: `on` holds listeners, `data` the dataset, null and false are left out, true is an empty attribute.
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
    else if (name === 'data') Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  return fill(node, ...children);
}
export const clear = node => { node.replaceChildren(); return node; };
export function fill(node, ...children) {
  node.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return node;
}
export const byId = id => document.getElementById(id);
export const link = (href, props, ...children) => el('a', { href, ...props }, ...children);
export const searchForm = byId('search'), searchBox = byId('q'); // the form moves between the head of the page and the start page
export const announce = text => { byId('live').textContent = text; };

export const langTag = lang => lang === 'zh' ? 'zh-Hans' : lang || null;
export const langOf = text => /\p{Script=Han}/u.test(text || '') ? 'zh-Hans' : 'en';

// Text with some [start, end) code points wrapped; a span that is out of bounds or overlaps an earlier one is left out.
export function rich(text, spans) {
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
export const marked = (text, highlights) =>
  rich(text, (highlights || []).map(([start, end]) => ({ start, end, wrap: s => el('mark', {}, s) })));

// ---------------------------------------------------------------------------------------------------------- address

// Percent-encodes for a query string, leaving what symbols are made of readable.
const enc = value => encodeURIComponent(value).replace(/%20/g, '+').replace(/%2F/g, '/').replace(/%3A/g, ':').replace(/%2C/g, ',');
export const address = pairs => {
  const query = [...pairs].filter(([, value]) => value !== '' && value !== null && value !== undefined).map(([k, v]) => `${k}=${enc(v)}`).join('&');
  return query ? `/?${query}` : '/';
};
export const here = () => new URLSearchParams(location.search);
const searchAddress = pairs => address(PARAMS.flatMap(name => [...pairs].filter(([k]) => k === name)));
export const documentAddress = (symbol, { lang, parallel, fragment } = {}) =>
  address([['doc', symbol], ['lang', lang], ['parallel', parallel]]) + (fragment ? `#${encodeURIComponent(fragment)}` : '');
export const fragmentOf = id => { const at = (id || '').indexOf('#'); return at < 0 ? '' : id.slice(at + 1); };
export const hashFragment = () => { try { return decodeURIComponent(location.hash.slice(1)); } catch { return location.hash.slice(1); } };

// The current search with some parameters changed: {name: value | [values] | null}. A new search starts at its first page.
export function changed(changes) {
  const pairs = [...here()].filter(([k]) => !(k in changes) && k !== 'doc');
  for (const [name, value] of Object.entries(changes)) for (const v of [value].flat()) if (v) pairs.push([name, v]);
  return searchAddress(pairs);
}
export function toggled(name, value) {
  const bare = v => v.replace(/^-/, '');
  const had = here().getAll(name), rest = had.filter(v => bare(v) !== bare(value));
  return changed({ [name]: had.includes(value) ? rest : [...rest, value] });
}

// -------------------------------------------------------------------------------------------------------------- API

export class Problem extends Error {
  constructor({ status = 0, title = '', detail = '', parameter = '' }) { super(title); Object.assign(this, { status, title, detail, parameter }); }
}
const running = new Map();

// Fetches JSON. A newer request with the same purpose aborts the older one, which then rejects with AbortError.
export async function api(purpose, path, body = null) { // with a body: POST
  running.get(purpose)?.abort();
  const controller = new AbortController();
  running.set(purpose, controller);
  setProgress();
  try {
    let response;
    try {
      response = await fetch(path, { signal: controller.signal, headers: { Accept: 'application/json' }, ...(body && { method: 'POST', body: JSON.stringify(body) }) });
    } catch (error) {
      throw error.name === 'AbortError' ? error : new Problem({ title: t('problem'), detail: t('offline') });
    }
    let answer = null;
    try { answer = await response.json(); } catch (error) { if (error.name === 'AbortError') throw error; }
    if (!response.ok || answer === null) throw new Problem({ title: t('problem'), ...answer, status: response.status });
    return answer;
  } finally {
    if (running.get(purpose) === controller) running.delete(purpose);
    setProgress();
  }
}
export const abortViews = () => { for (const [purpose, controller] of running) if (purpose !== 'facets') controller.abort(); };
const setProgress = () => { byId('progress').hidden = running.size === 0; };

// Labels of facet values as the API last told them: name -> value -> {en, zh}.
export const labels = {};
export function learnLabels(facets) {
  for (const [name, values] of Object.entries(facets || {})) for (const v of values) if (v.label) (labels[name] ||= {})[v.value] = v.label;
}
const FALLBACK = { body: 'bodies', committee: 'committees', concerns: 'committees', type: 'types', lang: 'languages', kind: 'kinds', vote: 'outcomes' };
export const labelOf = (name, value) => labels[name]?.[value]?.[ui] || STR[ui][FALLBACK[name]]?.[value] || labels[name]?.[value]?.en || value;

let wholeIndex = null; // the promise of GET /v1/facets
export const allFacets = () => wholeIndex ||= api('facets', '/v1/facets').then(answer => { learnLabels(answer.facets); return answer; })
  .catch(error => { wholeIndex = null; throw error; });

export function searchPath(pairs, cursor) {
  const query = new URLSearchParams([...pairs].filter(([k, v]) => PARAMS.includes(k) && v !== ''));
  if (!query.has('dedupe')) query.set('dedupe', 'on');
  query.set('limit', PAGE);
  if (cursor) query.set('cursor', cursor);
  return `/v1/search?${query}`;
}

// ------------------------------------------------------------------------------------------------------------ words

export function dateText(iso) {
  const [, y, m, d] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(iso || '') || [];
  if (!y || y === '0001') return '';
  const options = { timeZone: 'UTC', year: 'numeric', ...(m && { month: 'long' }), ...(d && { day: 'numeric' }) };
  const date = new Date(Date.UTC(+y, (+m || 1) - 1, +d || 1));
  return isNaN(date) ? iso : new Intl.DateTimeFormat(ui === 'zh' ? 'zh-CN' : 'en-GB', options).format(date);
}

// `op2.a~2` -> {prefix: "op", number: "2 (a)", depth: 1, last: "a"}
export function partsOf(fragment) {
  const [, prefix = '', rest = ''] = /^([a-z]{1,2})(.*?)(?:~\d+)?$/.exec(fragment) || [];
  const steps = rest.split('.').filter(Boolean);
  return { prefix, number: steps.map((s, i) => i ? ` (${s})` : s).join(''), depth: Math.max(0, steps.length - 1), last: steps[steps.length - 1] || '' };
}
export function paragraphLabel(p) {
  const kind = STR[ui].kinds[p.kind], { number } = partsOf(fragmentOf(p.id));
  if (!kind) return p.label || '';
  return p.kind === 'enacting' || p.kind === 'heading' || !number ? kind : `${kind} ${number}`;
}
function citationText(symbol, p) {
  const form = p && STR[ui].citeKinds[p.kind], { number } = partsOf(fragmentOf(p?.id));
  return t('cite', symbol, form && number ? form.replace('{n}', number) : '');
}
export const noticeText = n => typeof n === 'string' ? n : typeof n?.message === 'object' ? n.message?.[ui] || n.message?.en || '' : n?.message || n?.code || '';
export const treatmentText = x => { const name = typeof x === 'string' ? x : x?.treatment || ''; return STR[ui].treatments[name] || name.replace(/-/g, ' '); };
export const weight = text => Array.from(text || '').reduce((sum, c) => sum + (c > '\u2e7f' ? 2.2 : 1), 0);

async function copyText(text) {
  try { await navigator.clipboard.writeText(text); return; } catch { /* no secure context: the old way */ }
  const area = el('textarea', { class: 'vh', 'aria-hidden': 'true' });
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
export function copyButton(symbol, paragraph) {
  const button = el('button', { type: 'button', class: 'quiet copy', on: { click: async () => {
    const text = citationText(symbol, paragraph);
    await copyText(text);
    button.textContent = t('copied');
    announce(`${t('copied')}: ${text}`);
    setTimeout(() => { button.textContent = t('copy'); }, 1600);
  } } }, t('copy'));
  return button;
}
