// Keeps lanes and moments, and derives states from them. Independent of the page.
const KEPT_MILLISECONDS = 3600000;
const KEPT_MOMENTS = 20000;

class Timeline {
  constructor() {
    this.lanes = new Map();
    this.moments = []; // By order, then id.
    this.dropped = 0;
  }

  lane(json) {
    const lane = this.lanes.get(json.uid);
    if (lane) {
      // Keep the first known state, which precedes the oldest kept moment.
      Object.assign(lane, json, {state: lane.state, endpoints: lane.endpoints, moments: lane.moments});
      changed(lane);
      return lane;
    }
    const added = {...json, moments: [], version: 0};
    this.lanes.set(json.uid, added);
    return added;
  }

  add(json) {
    const lane = this.lanes.get(json.lane);
    if (!lane) return null;
    const moment = {...json, at: Date.parse(json.time)};
    insert(this.moments, moment);
    insert(lane.moments, moment);
    changed(lane);
    return lane;
  }

  // Drops moments that are out of view; the lane keeps the resulting state.
  prune(now) {
    let old = Math.max(0, this.moments.length - KEPT_MOMENTS);
    while (old < this.moments.length && this.moments[old].at < now - KEPT_MILLISECONDS) old++;
    for (const moment of this.moments.splice(0, old)) {
      const lane = this.lanes.get(moment.lane);
      lane.moments.splice(lane.moments.indexOf(moment), 1);
      if (moment.state) lane.state = moment.state;
      if (ENDPOINT_KINDS.includes(moment.kind)) lane.endpoints = [...afterwards(new Set(lane.endpoints), moment)];
      if (moment.state === 'gone') this.lanes.delete(lane.uid);
      changed(lane);
    }
    this.dropped += old;
  }
}

function changed(lane) {
  lane.version++;
  lane.folded = undefined;
}

const before = (one, other) => one.order < other.order || one.order === other.order && one.id < other.id;

function insert(list, moment) {
  let index = list.length;
  while (index > 0 && before(moment, list[index - 1])) index--;
  list.splice(index, 0, moment);
}

// Spans: values from one moment to the next; `from` is -Infinity if the value is older than the first moment.
function fold(lane, first, next) {
  const spans = [];
  let last = -Infinity;
  const enter = (value, from, moment) => {
    if (spans.length) spans[spans.length - 1].to = from;
    spans.push({value, from, to: Infinity, key: moment ? moment.id : 0, approximate: Boolean(moment && moment.approximate)});
  };
  let value = first;
  if (value !== undefined) enter(value, -Infinity);
  for (const moment of lane.moments) {
    const entered = next(value, moment);
    if (entered === undefined || entered === value) continue;
    last = Math.max(last, moment.at);
    value = entered;
    enter(value, last, moment);
  }
  return spans;
}

// An endpoint that serves while terminating still counts.
const ENDPOINT_KINDS = ['endpoint-in', 'serving-while-terminating', 'endpoint-out', 'no-endpoints'];
function afterwards(endpoints, moment) {
  const next = new Set(endpoints);
  if (moment.kind === 'endpoint-in' || moment.kind === 'serving-while-terminating') next.add(moment.endpoint);
  if (moment.kind === 'endpoint-out') next.delete(moment.endpoint);
  if (moment.kind === 'no-endpoints') next.clear();
  return next;
}

const unlessSame = (old, next) => old && old.size === next.size && [...next].every(one => old.has(one)) ? old : next;

function spans(lane) {
  if (lane.folded) return lane.folded;
  if (lane.kind === 'Pod') {
    lane.folded = fold(lane, lane.state, (state, moment) => moment.state);
  } else if (lane.kind === 'Service') {
    lane.folded = fold(lane, lane.endpoints && new Set(lane.endpoints), (endpoints, moment) =>
      ENDPOINT_KINDS.includes(moment.kind) ? unlessSame(endpoints, afterwards(endpoints || [], moment)) : undefined);
  } else if (lane.kind === 'Board') {
    lane.folded = fold(lane, undefined, (blind, moment) => moment.kind === 'blind' ? true : moment.kind === 'sighted' ? false : undefined);
  } else {
    lane.folded = [];
  }
  return lane.folded;
}

const lifeFrom = lane => Math.min(lane.moments.length ? lane.moments[0].at : Infinity, spans(lane).length ? spans(lane)[0].from : Infinity);
function lifeTo(lane) {
  const all = spans(lane);
  const last = all.length && all[all.length - 1];
  return last && last.value !== 'gone' ? Infinity : Math.max(last ? last.from : -Infinity, ...lane.moments.slice(-1).map(moment => moment.at));
}

const isPod = lane => lane.kind === 'Pod';
const OWN = 'Pods without an owner';

// label: app=web,tier!=db,key
function labelFilter(text) {
  const parts = text.split(',').map(part => part.trim()).filter(Boolean).map(part => {
    const [, key, unequal, value] = /^([^=!]+)(!?=?=?)(.*)$/.exec(part) || [];
    return labels => key === undefined ? false : !unequal ? Object.hasOwn(labels, key) : (labels[key] === value) === !unequal.startsWith('!');
  });
  return labels => parts.every(part => part(labels || {}));
}

// The visible lanes between two times: Services, and pods grouped by owner, for each namespace.
function arrange(timeline, filter, from, to) {
  const matches = labelFilter(filter.label);
  const near = lane => (!filter.namespace || lane.namespace === filter.namespace) && lifeFrom(lane) <= to && lifeTo(lane) >= from;
  const inView = [...timeline.lanes.values()].filter(lane => lane.kind !== 'Board' && near(lane));
  const pods = inView.filter(lane => isPod(lane) && matches(lane.labels));
  const names = new Set(pods.map(pod => pod.namespace + '/' + pod.name));
  const owners = new Set(pods.map(pod => pod.namespace + '/' + pod.owner));
  const serves = lane => spans(lane).some(span => [...span.value].some(name => names.has(lane.namespace + '/' + name)));
  const services = inView.filter(lane => lane.kind === 'Service' && (matches(lane.labels) || serves(lane)));
  const groups = new Map();
  const group = (namespace, name) => {
    const key = namespace + '/' + name;
    if (!groups.has(key)) groups.set(key, {key, namespace, name, pods: [], workload: null});
    return groups.get(key);
  };
  for (const pod of pods) group(pod.namespace, pod.owner || OWN).pods.push(pod);
  for (const lane of inView) {
    if (isPod(lane) || lane.kind === 'Service') continue;
    const name = lane.kind + '/' + lane.name;
    const active = lane.moments.some(moment => moment.at >= from && moment.at <= to);
    if (owners.has(lane.namespace + '/' + name) || active && matches(lane.labels)) group(lane.namespace, name).workload = lane;
  }
  const order = (one, other) => one < other ? -1 : one > other ? 1 : 0;
  const sorted = [...groups.values()].sort((one, other) => order(one.namespace, other.namespace) || order(one.name === OWN, other.name === OWN) || order(one.name, other.name));
  for (const one of sorted) one.pods.sort((a, b) => order(lifeFrom(a), lifeFrom(b)) || order(a.name, b.name));
  services.sort((one, other) => order(one.namespace, other.namespace) || order(one.name, other.name));
  return {pods: pods.length, groups: sorted, services};
}

// The number of ready pods of a group over time.
function readiness(pods) {
  const changes = [];
  for (const pod of pods) {
    let all = 0;
    let ready = 0;
    for (const span of spans(pod)) {
      const nowAll = span.value === 'gone' ? 0 : 1;
      const nowReady = span.value === 'ready' ? 1 : 0;
      if (nowAll !== all || nowReady !== ready) changes.push({at: span.from, all: nowAll - all, ready: nowReady - ready});
      [all, ready] = [nowAll, nowReady];
    }
  }
  changes.sort((one, other) => one.at - other.at);
  const counts = [];
  let all = 0;
  let ready = 0;
  for (const change of changes) {
    all += change.all;
    ready += change.ready;
    const last = counts[counts.length - 1];
    if (last && last.from === change.at) Object.assign(last, {all, ready}); else counts.push({from: change.at, all, ready});
  }
  return counts.map((one, index) => ({...one, to: index + 1 < counts.length ? counts[index + 1].from : Infinity}));
}

// The times when the board could not watch a namespace.
function outageTimes(timeline, namespace) {
  const board = timeline.lanes.get('board/' + namespace);
  return board ? spans(board).filter(span => span.value) : [];
}
