// Connects the parts of the page, the buttons and the keys. All addresses are relative, so the page also works below a path.
const query = new URLSearchParams(location.search);
const filter = {namespace: query.get('namespace') || '', label: query.get('label') || ''};
const view = new View(parseDuration(query.get('last')));
let timeline;
let drawing;
let momentList;
let tooltip;
let about = {dropped: 0, title: ''};

function resetTimeline() {
  timeline = new Timeline();
  if (!drawing) {
    drawing = new Drawing(timeline, view, filter);
    momentList = new MomentList(timeline, view, filter);
    tooltip = new Tooltip(drawing);
  }
  drawing.timeline = momentList.timeline = timeline;
  drawing.reset();
  momentList.stale = true;
}

resetTimeline();
const stream = new Stream((kind, data) => {
  if (kind === 'message') {
    timeline.add(data);
  } else if (kind === 'lane') {
    const known = timeline.lanes.has(data.uid);
    timeline.lane(data);
    if (!known) { drawing.rearrange(); listNamespaces(); }
  } else if (kind === 'reset') {
    resetTimeline();
  } else {
    if (data.now) serverClock.update(Date.parse(data.now));
    about = {...about, ...data};
    if (data.live === false && !view.recording) playServerRecording();
  }
});

async function playServerRecording() {
  stream.close();
  try {
    const answer = await fetch('recording.json', {headers: {Accept: 'application/json'}});
    if (!answer.ok) throw new Error((await answer.text()).trim());
    const recording = recordingOf(await answer.text(), 'The board\'s recording');
    // Not if the user has opened a file meanwhile.
    if (!view.recording) await play(recording, false);
  } catch (failed) {
    showError(failed.message);
  }
}

// In small tasks, so that the page stays responsive.
async function play(recording, opened) {
  stream.close();
  stream.queue = [];
  resetTimeline();
  const target = timeline;
  Object.assign(view, {recording: {from: Date.parse(recording.from), to: Date.parse(recording.to), title: recording.title || '', opened, file: recording}, following: false, speed: 1});
  about = {dropped: recording.dropped || 0, title: recording.title || '', seenFrom: recording.seenFrom};
  const pieces = [...recording.lanes.map(lane => () => target.lane(lane)), ...recording.moments.map(moment => () => target.add(moment))];
  for (let next = 0; next < pieces.length && timeline === target;) {
    const end = performance.now() + FRAME_MILLISECONDS;
    while (next < pieces.length && performance.now() < end) pieces[next++]();
    await new Promise(done => setTimeout(done));
  }
  if (timeline !== target) return;
  // Start at the first moment that is not approximate: earlier ones were rebuilt and can be long ago.
  const first = timeline.moments.find(moment => !moment.approximate);
  view.recording.from = Math.max(view.recording.from, first ? first.at - 1000 : 0);
  view.end = view.recording.from;
  view.following = true;
  listNamespaces();
  drawing.reset();
}

function live() {
  Object.assign(view, {recording: null, following: true});
  about = {dropped: 0, title: ''};
  stream.lastId = '';
  resetTimeline();
  stream.open();
}

// Updates the status line and the buttons.
function status() {
  const {recording} = view;
  const outages = [...timeline.lanes.values()].filter(lane => lane.kind === 'Board' && (!filter.namespace || lane.namespace === filter.namespace))
    .map(lane => {
      const shown = lane.moments.filter(moment => ['blind', 'sighted'].includes(moment.kind) && (moment.at <= view.end || !recording && view.following));
      return shown[shown.length - 1];
    }).filter(moment => moment && moment.kind === 'blind');
  const dropped = Math.max(about.dropped || 0, recording ? 0 : timeline.dropped);
  const notes = outages.map(moment => '✕ ' + printable(moment.namespace) + ': ' + printable(moment.text));
  if (dropped) notes.push(`▲ ${count(dropped, 'older moment')} dropped`);
  for (const problem of about.problems || []) notes.push('✕ ' + printable(problem));
  let state = 'good';
  let text;
  if (recording) {
    state = 'recorded';
    text = `${view.following ? '▶' : '❚❚'} Recording${recording.title ? ': ' + printable(recording.title) : ''} · ${clock(view.end)} of ${clock(recording.to)} · ${view.speed}×`;
  } else if (stream.lostAt !== undefined) {
    state = 'bad';
    text = `✕ Connection lost. ${stream.heard ? `Last update: ${clock(stream.lostAt)}. ` : ''}Reconnecting…`;
  } else if (!stream.connected) {
    state = 'bad';
    text = 'Connecting…';
  } else if (!view.following) {
    state = 'warn';
    text = `❚❚ Paused at ${clock(view.end)}`;
  } else {
    text = `● Live · ${count(drawing.pods || 0, 'pod')}`;
  }
  byId('state').dataset.state = state;
  setText(byId('state'), text);
  byId('notes').hidden = notes.length === 0;
  setText(byId('notes'), notes.join(' · '));
  setText(byId('pause'), view.following ? '❚❚ Pause' : recording ? '▶ Play' : '▶ Live');
  byId('pause').setAttribute('aria-pressed', String(!view.following));
  setText(byId('window'), inWords(view.window));
  if (recording || about.live !== undefined) setText(byId('empty'), 'No pods in this time range.');
  byId('replay').hidden = !recording;
  document.querySelectorAll('[data-speed]').forEach(button => button.setAttribute('aria-pressed', String(Number(button.dataset.speed) === view.speed)));
  byId('back').hidden = !(recording && recording.opened);
}

function listNamespaces() {
  const names = [...new Set([...timeline.lanes.values()].map(lane => lane.namespace).concat(filter.namespace || []))].sort();
  const select = byId('namespace');
  if (names.join() === select.dataset.names) return;
  select.dataset.names = names.join();
  select.replaceChildren(new Option('All namespaces', ''), ...names.map(name => new Option(name, name)));
  select.value = filter.namespace;
}

function remember() {
  const kept = new URLSearchParams(location.search);
  const keep = (name, value) => value ? kept.set(name, value) : kept.delete(name);
  keep('namespace', filter.namespace);
  keep('label', filter.label);
  keep('last', view.window === USUAL_WINDOW ? '' : goDuration(view.window));
  history.replaceState(null, '', kept.toString() ? '?' + kept : location.pathname);
}

function refilter() {
  remember();
  drawing.rearrange();
  momentList.stale = true;
}

function showError(text) {
  setText(byId('problem-text'), text);
  byId('problem').hidden = false;
}

async function open(file) {
  byId('problem').hidden = true;
  try {
    await play(await recordingFrom(file), true);
  } catch (failed) {
    showError(failed.message);
  }
}

// Overrides the light or dark scheme of the system by changing the conditions of the media rules.
const schemes = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules]).filter(rule => rule instanceof CSSMediaRule && rule.conditionText.includes('prefers-color-scheme'));
function applyTheme(dark) {
  schemes.forEach(rule => { rule.media.mediaText = dark ? 'all' : 'not all'; });
  document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}
// A browser can forbid storage; then the choice lasts for this visit.
const keptTheme = {
  get() { try { return localStorage.getItem('theme'); } catch (forbidden) { return null; } },
  set(theme) { try { localStorage.setItem('theme', theme); } catch (forbidden) { /* Lasts for this visit. */ } }
};
if (keptTheme.get()) applyTheme(keptTheme.get() === 'dark');

const actions = {
  pause: () => view.pause(),
  wider: () => { view.zoom(1); remember(); },
  closer: () => { view.zoom(-1); remember(); },
  usual: () => { view.window = USUAL_WINDOW; view.following = !view.recording || view.following; remember(); },
  earlier: () => view.move(-0.25),
  later: () => view.move(0.25),
  previous: () => { if (view.recording) view.step(-1, timeline.moments); },
  next: () => { if (view.recording) view.step(1, timeline.moments); },
  scheme: () => {
    applyTheme(document.documentElement.dataset.theme ? document.documentElement.dataset.theme === 'light' : !matchMedia('(prefers-color-scheme: dark)').matches);
    keptTheme.set(document.documentElement.dataset.theme);
  },
  picture: () => {
    // The service only draws up to now; the page itself draws any other time.
    if (view.recording || !view.following) { saveAs('board.svg', 'image/svg+xml', standalone(drawing)); return; }
    const asked = new URLSearchParams({last: goDuration(view.window)});
    if (filter.namespace) asked.set('namespace', filter.namespace);
    if (filter.label) asked.set('label', filter.label);
    const link = document.createElement('a');
    link.href = 'picture.svg?' + asked;
    link.download = 'board.svg';
    link.click();
  },
  record: () => {
    if (view.recording) { saveAs('recording.json', 'application/json', JSON.stringify(view.recording.file)); return; }
    const link = document.createElement('a');
    link.href = 'recording.json';
    link.download = 'recording.json';
    link.click();
  },
  open: () => byId('file').click(),
  back: live,
  help: () => { byId('legend').hidden = !byId('legend').hidden; byId('help').setAttribute('aria-expanded', String(!byId('legend').hidden)); }
};
const keys = {' ': 'pause', '-': 'wider', '+': 'closer', '=': 'closer', '0': 'usual', ArrowLeft: 'earlier', ArrowRight: 'later', ',': 'previous', '.': 'next', '?': 'help'};

for (const name of Object.keys(actions)) byId(name)?.addEventListener('click', () => actions[name]());
document.querySelectorAll('[data-speed]').forEach(button => button.addEventListener('click', () => { view.speed = Number(button.dataset.speed); view.following = true; }));
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches('input, select')) return;
  if (event.key === ' ' && event.target.matches('button')) return;
  const action = keys[event.key];
  if (!action) return;
  event.preventDefault();
  actions[action]();
});
byId('namespace').addEventListener('change', event => { filter.namespace = event.target.value; refilter(); });
byId('label').value = filter.label;
byId('label').addEventListener('input', event => { filter.label = event.target.value.trim(); refilter(); });
byId('file').addEventListener('change', event => { if (event.target.files[0]) open(event.target.files[0]); event.target.value = ''; });
byId('problem-close').addEventListener('click', () => { byId('problem').hidden = true; });
document.addEventListener('dragover', event => event.preventDefault());
document.addEventListener('drop', event => {
  event.preventDefault();
  if (event.dataTransfer.files[0]) open(event.dataTransfer.files[0]);
});

function legend() {
  for (const {name, shape} of legendOf([])) {
    const item = byId('legend').appendChild(document.createElement('span'));
    const picture = item.appendChild(document.createElementNS(SVG, 'svg'));
    picture.setAttribute('width', 30);
    picture.setAttribute('height', 22);
    picture.setAttribute('class', 'drawing');
    patch(picture, shape);
    item.append(' ' + name);
  }
}

let lastFrame;
let pruned = 0;
function frame(now) {
  if (stream.take(FRAME_MILLISECONDS)) momentList.stale = true;
  view.advance(Math.min(1000, now - (lastFrame ?? now)));
  lastFrame = now;
  // While the stream is lost, the time is drawn as unknown.
  drawing.lostAt = view.recording ? undefined : stream.lostAt;
  drawing.seenFrom = Date.parse(about.seenFrom);
  if (!view.recording && now - pruned > 10000) {
    pruned = now;
    timeline.prune(serverClock.now());
    momentList.stale = true;
  }
  drawing.frame(now);
  momentList.frame(now);
  tooltip.frame();
  status();
  requestAnimationFrame(frame);
}

byId('definitions').append(...new DOMParser().parseFromString(`<svg xmlns="${SVG}">${DRAWING.patterns}</svg>`, 'image/svg+xml').documentElement.children);
legend();
listNamespaces();
requestAnimationFrame(frame);
stream.open();
