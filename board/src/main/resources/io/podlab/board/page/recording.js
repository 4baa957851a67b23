// Opens and saves recordings. The page does not upload them.
const RECORDING_FORMAT = 'podlab-recording/1';
const MOST_BYTES = 100000000; // The same limit as for LAB_BOARD_RECORDING.

// Parses a recording; throws an error that says why the text is not one.
function recordingOf(text, name) {
  let json;
  try {
    json = JSON.parse(text);
  } catch (notJson) {
    throw new Error(`${name} is not a recording: it is not JSON. Use a file from “Save recording” or /recording.json.`);
  }
  if (!json || json.format !== RECORDING_FORMAT) {
    throw new Error(`${name} is not a recording: its "format" is not "${RECORDING_FORMAT}". Use a file from “Save recording” or /recording.json.`);
  }
  const state = one => one.state === undefined || one.state === 'gone' || Object.hasOwn(DRAWING.states, one.state);
  const lane = one => one && [one.uid, one.kind, one.namespace, one.name].every(part => typeof part === 'string')
    && [one.owner, one.node, one.program].every(part => part === undefined || typeof part === 'string')
    && (one.labels === undefined || one.labels && typeof one.labels === 'object') && (one.endpoints === undefined || Array.isArray(one.endpoints)) && state(one);
  const moment = one => one && Number.isFinite(one.id) && Number.isFinite(one.order) && Date.parse(one.time) && Date.parse(one.seen)
    && [one.lane, one.kind, one.namespace, one.object, one.text].every(part => typeof part === 'string') && state(one);
  if (!Array.isArray(json.lanes) || !Array.isArray(json.moments) || !Date.parse(json.from) || !Date.parse(json.to)
    || !json.lanes.every(lane) || !json.moments.every(moment) || new Set(json.moments.map(one => one.id)).size < json.moments.length) {
    throw new Error(`${name} is a damaged recording: a lane, a moment or a time is missing or invalid.`);
  }
  if (json.moments.length > KEPT_MOMENTS) {
    throw new Error(`${name} is too large (${json.moments.length} moments); use a recording of at most ${KEPT_MOMENTS} moments.`);
  }
  return json;
}

async function recordingFrom(file) {
  if (file.size > MOST_BYTES) {
    throw new Error(`${printable(file.name)} is too large (${Math.floor(file.size / 1000000)} MB); use a recording of at most 100 MB.`);
  }
  return recordingOf(await file.text(), printable(file.name));
}

function saveAs(name, type, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], {type}));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// All states, and the marks that the drawing contains.
function legendBelow(drawing, top, width) {
  const {view} = drawing;
  const near = moment => moment.at >= view.end - view.window && moment.at <= view.end;
  const marks = [...drawing.shown.values()].flatMap(parts => parts.marks);
  const kinds = [...new Set(marks.flatMap(mark => mark.moments).filter(near).map(moment => moment.kind))].sort();
  const nodes = [];
  let x = 10;
  let y = top + 10;
  for (const {name, shape} of legendOf(kinds)) {
    const wide = 52 + name.length * CHARACTER;
    if (x > 10 && x + wide > width) [x, y] = [10, y + 28];
    nodes.push(node('g', name, {transform: `translate(${round(x)} ${y})`}, [...shape, node('text', 'name', {class: 'quiet', x: 36, y: 17}, name)]));
    x += wide;
  }
  const group = document.createElementNS(SVG, 'g');
  patch(group, nodes);
  return {group, bottom: y + 30};
}

// The page's drawing as a standalone SVG file.
function standalone(drawing) {
  drawing.drawRows(true);
  const {width} = drawing.scale;
  const picture = document.createElementNS(SVG, 'svg');
  const legend = legendBelow(drawing, AXIS + drawing.height, width);
  const height = legend.bottom;
  for (const [name, value] of Object.entries({xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, class: 'drawing'})) picture.setAttribute(name, value);
  const style = document.createElementNS(SVG, 'style');
  style.textContent = `${DRAWING.css}@media (prefers-color-scheme: dark) {\n${DRAWING.dark}}\n`;
  const ground = document.createElementNS(SVG, 'rect');
  for (const [name, value] of Object.entries({class: 'ground', width, height})) ground.setAttribute(name, value);
  const axis = drawing.axis.cloneNode(true);
  axis.setAttribute('height', AXIS);
  const body = drawing.body.cloneNode(true);
  body.setAttribute('y', AXIS);
  picture.append(style, ground, axis, body, legend.group);
  for (const mark of picture.querySelectorAll('.mark[aria-label]')) {
    mark.prepend(document.createElementNS(SVG, 'title'));
    mark.firstChild.textContent = mark.getAttribute('aria-label');
  }
  // Remove attributes that only the page needs.
  for (const element of picture.querySelectorAll('*')) {
    for (const {name} of [...element.attributes]) if (/^(tabindex|role|aria-.*|data-.*)$/.test(name)) element.removeAttribute(name);
  }
  drawing.drawRows();
  return new XMLSerializer().serializeToString(picture);
}
