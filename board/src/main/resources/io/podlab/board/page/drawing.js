// Draws the lanes as rows. Only visible rows exist; a transform moves the time.
const SVG = 'http://www.w3.org/2000/svg';
const LABELS = 270;
const RIGHT = 14;
const AXIS = 26;
const HEIGHT = {header: 30, service: 34, pod: 34, program: 24, group: 34};
const MOST_LANES = 12;
const MARK_PIXELS = 11;
// Marks are above the bars, so that they do not cover the text.
const MARK_Y = 8;
const BAR_Y = 14;
const BAR_HEIGHT = 19;
const TEXT_EVERY = 300;
const CHARACTER = 8.9;
const LONGEST_NAMES = 60;
const ROWS_MILLISECONDS = 8;

const node = (tag, key, attributes, children) => ({tag, key, attributes, children});

// Updates the children of an element to match the list. Existing elements stay, so that they keep the focus.
function patch(parent, nodes) {
  const old = new Map();
  const wanted = new Set(nodes.map(one => one.key));
  // Remove first: then no remaining element moves, which would lose the focus.
  for (const child of [...parent.children]) if (wanted.has(child.key)) old.set(child.key, child); else child.remove();
  let place = parent.firstElementChild;
  for (const one of nodes) {
    let element = old.get(one.key);
    if (element && element.tagName === one.tag) {
      old.delete(one.key);
    } else {
      element = document.createElementNS(SVG, one.tag);
      element.key = one.key;
      element.known = {};
    }
    for (const [name, value] of Object.entries(one.attributes)) {
      if (element.known[name] !== value) element.setAttribute(name, value);
    }
    for (const name of Object.keys(element.known)) if (!(name in one.attributes) && name !== 'tabindex') element.removeAttribute(name);
    element.known = one.attributes;
    if (typeof one.children === 'string') setText(element, one.children); else if (one.children) patch(element, one.children);
    if (element === place) place = place.nextElementSibling; else parent.insertBefore(element, place);
  }
  for (const element of old.values()) element.remove();
}

const round = number => Math.round(number * 10) / 10;

// Merges marks that would cover each other into one, which shows the most severe moment.
function clusters(moments, scale) {
  const found = [];
  for (const moment of moments) {
    const x = scale.x(moment.at);
    const last = found[found.length - 1];
    if (last && x - last.x <= MARK_PIXELS) last.moments.push(moment); else found.push({x, moments: [moment]});
  }
  return found;
}

const severity = moment => {
  if (moment.kind === 'terminated' && moment.state === 'succeeded') return 'info';
  return (DRAWING.kinds[moment.kind] || {severity: 'info'}).severity;
};
const severe = moment => DRAWING.severities.indexOf(severity(moment));
const symbol = moment => DRAWING.symbols[(DRAWING.kinds[moment.kind] || {symbol: 'dot'}).symbol];
const describe = moment => (moment.approximate ? '≈ ' : '') + printable(localText(moment));

function marks(moments, scale, y) {
  const sorted = moments.filter(moment => moment.at >= scale.from && moment.at <= scale.to).sort((one, other) => one.at - other.at);
  const found = clusters(sorted, scale);
  return found.map((cluster, index) => {
    const main = cluster.moments.reduce((best, one) => severe(one) >= severe(best) ? one : best);
    const room = index + 1 === found.length || found[index + 1].x - cluster.x > 34;
    const children = [node('path', 'symbol', {d: symbol(main), class: severity(main)})];
    if (cluster.moments.some(moment => moment.approximate)) children.push(node('circle', 'about', {r: 10.5, class: 'about'}));
    if (cluster.moments.length > 1 && room) children.push(node('text', 'count', {x: 9, y: 6}, String(cluster.moments.length)));
    const mark = node('g', 'm' + cluster.moments[0].id, {
      class: 'mark', role: 'img', transform: `translate(${round(cluster.x)} ${y})`,
      'data-kinds': cluster.moments.map(moment => moment.kind).join(' '), 'data-id': cluster.moments[0].id,
      'aria-label': cluster.moments.slice(-5).map(moment => `${exact(moment.at)} ${describe(moment)}`).join('; ').slice(0, 1000)
    }, children);
    mark.moments = cluster.moments;
    return mark;
  });
}

// Bars with their texts. A wide bar repeats its text, so that it is visible at any time position.
function bars(list, scale, y, height) {
  const nodes = [];
  for (const bar of list) {
    if (bar.to < scale.from || bar.from > scale.to) continue;
    const start = scale.x(Math.max(bar.from, scale.from));
    const end = scale.x(Math.min(bar.to, scale.to));
    const width = Math.max(2, end - start);
    nodes.push(node('rect', 'b' + bar.key, {
      class: bar.class + (bar.approximate ? ' approximate' : ''), fill: `url(#${bar.pattern})`,
      x: round(start), y, width: round(width), height, ...bar.data
    }));
    const text = bar.texts.find(one => one.length * CHARACTER + 8 <= width);
    if (!text) continue;
    const first = bar.from >= scale.from ? start + 6 : Math.ceil(start / TEXT_EVERY) * TEXT_EVERY;
    for (let x = first, n = 0; x + text.length * CHARACTER + 4 <= end && n < 40; x += Math.max(TEXT_EVERY, text.length * CHARACTER + 60), n++) {
      nodes.push(node('text', `t${bar.key}-${Math.round(bar.from >= scale.from ? n : x / TEXT_EVERY)}`, {class: 'in-bar', x: round(x), y: y + height - 4}, text));
    }
  }
  return nodes;
}

const stateBars = lane => spans(lane).filter(span => span.value !== 'gone').map(span => {
  const state = DRAWING.states[span.value] || {letter: '?', text: span.value};
  return {...span, class: 'state', pattern: span.value, texts: [state.text, state.letter], data: {'data-state': span.value}};
});

function serviceBars(lane) {
  return spans(lane).map(span => {
    const names = [...span.value].map(printable);
    const short = names.map(name => name.slice(name.lastIndexOf('-') + 1));
    const texts = names.length ? [`${names.length}: ${names.join(', ')}`, `${names.length}: ${short.join(', ')}`, String(names.length)].filter(text => text.length <= LONGEST_NAMES) : ['No endpoints', '0'];
    return {...span, class: 'served', pattern: names.length ? 'ready' : 'failed', texts, data: {'data-endpoints': names.join(' ')}};
  });
}

const groupBars = pods => readiness(pods).filter(one => one.all > 0).map(one => ({
  ...one, key: one.from, class: 'state', pattern: one.ready === one.all ? 'ready' : one.ready ? 'not-ready' : 'failed',
  texts: [`${one.ready} of ${one.all} ready`, `${one.ready}/${one.all}`], data: {'data-ready': one.ready, 'data-all': one.all}
}));

const outageBars = (timeline, namespace, scale, height) => outageTimes(timeline, namespace)
  .filter(span => span.to >= scale.from && span.from <= scale.to)
  .map(span => node('rect', 'u' + span.key, {
    class: 'blind', fill: 'url(#blind)', x: round(scale.x(Math.max(span.from, scale.from))), y: 0, height,
    width: round(Math.max(2, scale.x(Math.min(span.to, scale.to)) - scale.x(Math.max(span.from, scale.from))))
  }));

// The legend of all states and of these kinds: names, and shapes of 30 by 22 pixels.
function legendOf(kinds) {
  const mark = children => [node('g', 'mark', {class: 'mark', transform: 'translate(15 11)'}, children)];
  return [
    ...Object.entries(DRAWING.states).map(([name, state]) => ({name: state.text, shape: [
      node('rect', 'bar', {class: 'state', fill: `url(#${name})`, x: 0.5, y: 0.5, width: 29, height: 21}),
      node('text', 'letter', {class: 'in-bar', x: 9, y: 17}, state.letter)]})),
    {name: 'Not watched', shape: [node('rect', 'bar', {fill: 'url(#blind)', width: 30, height: 22})]},
    {name: 'Approximate', shape: mark([node('path', 'symbol', {class: 'info', d: DRAWING.symbols.dot}), node('circle', 'about', {class: 'about', r: 9.5})])},
    ...kinds.map(kind => ({name: kind, shape: mark([node('path', 'symbol', {class: severity({kind}), d: symbol({kind})})])}))
  ];
}

class Drawing {
  constructor(timeline, view, filter) {
    Object.assign(this, {timeline, view, filter, opened: new Map(), rows: [], shown: new Map(), scale: null, arranged: 0});
    this.body = byId('lanes');
    this.axis = byId('axis');
    this.scroll = byId('scroll');
    this.bars = byId('bars');
    this.marks = byId('marks');
    this.labels = byId('labels');
    this.grounds = byId('grounds');
  }

  // Redraws everything with a new scale.
  reset() {
    this.scale = null;
    this.arranged = 0;
  }

  // Arranges the lanes again after lanes changed.
  rearrange() {
    this.arranged = 0;
  }

  arrange() {
    const end = this.view.end;
    const plan = arrange(this.timeline, this.filter, end - this.view.window, end);
    const many = plan.pods > MOST_LANES;
    const prefix = !this.filter.namespace && new Set([...this.timeline.lanes.values()].map(lane => lane.namespace)).size > 1;
    const rows = [];
    let y = 0;
    const row = one => { rows.push({...one, y, height: HEIGHT[one.type]}); y += HEIGHT[one.type]; };
    for (const lane of plan.services) {
      row({type: 'service', key: 'service ' + lane.uid, lane, namespace: lane.namespace, label: (prefix ? lane.namespace + ' · ' : '') + 'Service ' + lane.name});
    }
    for (const group of plan.groups) {
      const open = this.opened.has(group.key) ? this.opened.get(group.key) : !many;
      const label = (prefix ? group.namespace + ' · ' : '') + group.name.replace('/', ' ');
      row({type: open ? 'header' : 'group', key: 'group ' + group.key, group, open, namespace: group.namespace, label});
      if (!open) continue;
      for (const lane of group.pods) {
        row({type: 'pod', key: 'pod ' + lane.uid, lane, namespace: lane.namespace, label: lane.name});
        if (lane.moments.some(moment => moment.source === 'program')) {
          row({type: 'program', key: 'program ' + lane.uid, lane, namespace: lane.namespace, label: '↳ ' + (lane.program || 'program')});
        }
      }
    }
    this.pods = plan.pods;
    this.rows = rows;
    this.height = y;
    this.body.setAttribute('height', Math.max(y, 40));
    byId('empty').hidden = rows.length > 0;
    this.arranged = performance.now();
  }

  // Changes whenever the row needs to be redrawn.
  version(row) {
    const lanes = row.lane ? [row.lane] : [...(row.open ? [] : row.group.pods), ...(row.group.workload ? [row.group.workload] : [])];
    const board = this.timeline.lanes.get('board/' + row.namespace);
    return `${row.type} ${row.y} ${row.label} ${lanes.length} ${lanes.reduce((sum, lane) => sum + lane.version, 0)} ${board ? board.version : 0} ${this.revision}`;
  }

  frame(now) {
    const {view} = this;
    const width = this.scroll.clientWidth;
    const plot = width - LABELS - RIGHT;
    const start = view.end - view.window;
    if (!this.scale || this.scale.width !== width || this.scale.window !== view.window || start < this.scale.from || view.end > this.scale.to) {
      const perMillisecond = plot / view.window;
      const origin = start;
      this.scale = {width, window: view.window, from: start - view.window / 2, to: view.end + view.window / 2, perMillisecond, x: time => (time - origin) * perMillisecond, origin};
      this.revision = (this.revision || 0) + 1;
      this.body.setAttribute('width', width);
      this.axis.setAttribute('width', width);
      for (const clip of [byId('clip-bars'), byId('clip-axis')]) clip.setAttribute('width', plot);
      byId('clip-marks').setAttribute('width', plot + RIGHT);
      this.drawAxis();
    }
    // In a recording or during a pause, later moments are hidden.
    const until = view.following && !view.recording ? Infinity : view.end;
    if (until !== this.until) {
      const [low, high] = [Math.min(until, this.until ?? 0), Math.max(until, this.until ?? 0)];
      for (const moment of this.timeline.moments) if (moment.at > low && moment.at <= high) this.timeline.lanes.get(moment.lane).version++;
    }
    this.until = until;
    if (now - this.arranged > 500 || !this.arranged) this.arrange();
    this.drawRows();
    const move = `translate(${round(LABELS + plot - (view.end - this.scale.origin) * this.scale.perMillisecond)} 0)`;
    if (move !== this.moved) for (const one of [byId('lines'), this.bars, this.marks, byId('ticks')]) one.setAttribute('transform', move);
    this.moved = move;
    this.drawLost(plot);
    this.drawUnseen(plot);
  }

  // The time before the board watched. It is under the bars, which show rebuilt states of that time.
  drawUnseen(plot) {
    const unseen = byId('unseen');
    const wide = (this.seenFrom - this.view.end + this.view.window) * this.scale.perMillisecond;
    unseen.setAttribute('width', wide > 0 ? round(Math.min(plot, wide)) : 0);
    unseen.setAttribute('height', this.height || 0);
  }

  // The time since the stream was lost.
  drawLost(plot) {
    const lost = byId('lost');
    const from = this.lostAt === undefined ? Infinity : this.lostAt;
    const x = Math.max(0, plot - (this.view.end - from) * this.scale.perMillisecond);
    const wide = from < this.view.end ? Math.max(0, plot - x) : 0;
    lost.setAttribute('x', LABELS + (wide ? x : 0));
    lost.setAttribute('width', wide);
    lost.setAttribute('height', this.height || 0);
  }

  drawRows(all) {
    const focused = document.activeElement;
    this.changing = true;
    const top = all ? -1 : this.scroll.scrollTop - 100;
    const bottom = all ? Infinity : this.scroll.scrollTop + this.scroll.clientHeight + 100;
    const wanted = this.rows.filter(row => row.y + row.height > top && row.y < bottom);
    const keys = new Set(wanted.map(row => row.key));
    for (const [key, parts] of this.shown) {
      if (keys.has(key)) continue;
      parts.elements.forEach(element => element.remove());
      this.shown.delete(key);
    }
    let fresh = false;
    const stale = [];
    for (const row of wanted) {
      let parts = this.shown.get(row.key);
      if (!parts) {
        const make = parent => parent.appendChild(document.createElementNS(SVG, 'g'));
        parts = {elements: [this.grounds, this.bars, this.marks, this.labels].map(make), marks: [], drawn: 0};
        this.shown.set(row.key, parts);
      }
      const version = this.version(row);
      if (parts.version !== version) stale.push({row, parts, version});
    }
    // Rows that do not fit into this frame wait for the next one, longest wait first.
    stale.sort((one, other) => one.parts.drawn - other.parts.drawn);
    const deadline = performance.now() + ROWS_MILLISECONDS;
    for (const {row, parts, version} of stale) {
      if (fresh && !all && performance.now() > deadline) break;
      parts.version = version;
      parts.drawn = performance.now();
      this.drawRow(row, parts.elements, parts);
      fresh = true;
    }
    if (fresh) {
      // Keep the order from top to bottom for Tab and screen readers.
      for (const parent of [this.marks, this.labels]) {
        const place = parent === this.marks ? 2 : 3;
        wanted.forEach((row, index) => {
          const element = this.shown.get(row.key).elements[place];
          if (parent.children[index] !== element) parent.insertBefore(element, parent.children[index] || null);
        });
      }
      if (focused !== document.activeElement && focused.isConnected) focused.focus({preventScroll: true});
    }
    this.changing = false;
    if (fresh) this.redrawn?.();
  }

  drawRow(row, [ground, bar, mark, label], parts) {
    const {scale} = this;
    const past = moment => moment.at <= this.until;
    const moments = row.lane ? row.lane.moments.filter(past) : [];
    for (const element of [ground, bar, mark, label]) element.setAttribute('transform', `translate(0 ${row.y})`);
    label.setAttribute('class', 'row ' + row.type);
    label.dataset.name = row.label;
    mark.dataset.row = bar.dataset.row = label.dataset.row = row.key;
    bar.setAttribute('class', 'lane ' + row.type);
    bar.dataset.name = row.lane ? row.lane.name : row.group.name;
    const header = row.type === 'header' || row.type === 'group';
    patch(ground, [
      node('rect', 'band', {class: header ? 'band' : 'ground', width: scale.width, height: row.height}),
      node('path', 'rule', {class: 'rule', d: `M0 ${row.height - 0.5}H${scale.width}`})]);
    let drawn = [];
    let marked = [];
    if (row.type === 'pod') {
      drawn = bars(stateBars(row.lane), scale, BAR_Y, BAR_HEIGHT);
      marked = marks(moments.filter(moment => moment.source !== 'program'), scale, MARK_Y);
    } else if (row.type === 'program') {
      const from = lifeFrom(row.lane);
      const to = lifeTo(row.lane);
      const x = time => round(scale.x(Math.max(scale.from, Math.min(scale.to, time))));
      drawn = [node('path', 'thread', {class: 'thread', d: `M${x(from)} ${row.height / 2}H${x(to)}`})];
      marked = marks(moments.filter(moment => moment.source === 'program'), scale, row.height / 2);
    } else if (row.type === 'service') {
      drawn = bars(serviceBars(row.lane), scale, BAR_Y, BAR_HEIGHT);
      marked = marks(moments, scale, MARK_Y);
    } else {
      const workload = row.group.workload ? row.group.workload.moments.filter(past) : [];
      const all = row.open ? workload : [...workload, ...row.group.pods.flatMap(pod => pod.moments.filter(past))];
      if (!row.open) drawn = bars(groupBars(row.group.pods), scale, BAR_Y, BAR_HEIGHT);
      marked = marks(all, scale, row.open ? row.height / 2 : MARK_Y);
    }
    patch(bar, [...drawn, ...outageBars(this.timeline, row.namespace, scale, row.height)]);
    patch(mark, marked);
    parts.marks = marked;
    const text = header ? `${row.open ? '▾' : '▸'} ${row.label}` : row.label;
    const room = header ? 30 : 28;
    patch(label, [
      node('rect', 'cover', {class: header ? 'band' : 'ground', width: LABELS, height: row.height - 1}),
      node('text', 'text', {class: header ? 'label' : row.type === 'program' ? 'quiet' : 'name', x: header ? 10 : row.type === 'program' ? 40 : 22, y: row.height / 2 + 6}, shortened(printable(text), room)),
      node('title', 'title', {}, printable(row.label) + (row.lane && row.lane.node ? ` on ${printable(row.lane.node)}` : ''))]);
    if (header) {
      label.setAttribute('role', 'button');
      label.setAttribute('tabindex', '0');
      label.setAttribute('aria-expanded', String(row.open));
      label.setAttribute('aria-label', `${printable(row.label)}, ${count(row.group.pods.length, 'pod')}`);
    }
  }

  drawAxis() {
    const {scale} = this;
    const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200].map(seconds => seconds * 1000);
    const step = steps.find(one => one * scale.perMillisecond >= 105) || steps[steps.length - 1];
    const nodes = [];
    const lines = [];
    for (let time = Math.ceil(scale.from / step) * step; time <= scale.to; time += step) {
      nodes.push(node('text', 't' + time, {class: 'quiet', x: round(scale.x(time)), y: 18, 'text-anchor': 'middle'}, clock(time)));
      lines.push(`M${round(scale.x(time))} 0V100000`);
    }
    patch(byId('ticks'), nodes);
    patch(byId('lines'), [node('path', 'lines', {class: 'tick', d: lines.join('')})]);
  }

  toggle(key) {
    const row = this.rows.find(one => one.key === key);
    if (!row || !row.group) return;
    this.opened.set(row.group.key, !row.open);
    this.rearrange();
  }
}
