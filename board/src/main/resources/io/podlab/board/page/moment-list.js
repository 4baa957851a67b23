// The list of moments, newest first.
const MOST_LISTED = 200;
const LIST_MILLISECONDS = 4;

class MomentList {
  constructor(timeline, view, filter) {
    Object.assign(this, {timeline, view, filter});
    this.list = byId('moments');
    this.rows = new Map();
    this.stale = true;
  }

  frame(now) {
    const until = this.view.following && !this.view.recording ? Infinity : this.view.end;
    if (until !== this.until && (until === Infinity || this.until === Infinity || this.until === undefined || now - (this.written || 0) > 100)) this.stale = true;
    if (!this.stale) return;
    this.stale = false;
    this.written = now;
    this.until = until;
    this.write(until);
  }

  write(until) {
    const matches = labelFilter(this.filter.label);
    const {moments, lanes} = this.timeline;
    const shown = [];
    for (let index = moments.length - 1; index >= 0 && shown.length < MOST_LISTED; index--) {
      const moment = moments[index];
      if (moment.at > until) continue;
      if (this.filter.namespace && moment.namespace !== this.filter.namespace) continue;
      if (this.filter.label && !matches(lanes.get(moment.lane).labels)) continue;
      shown.push(moment);
    }
    const kept = new Set(shown.map(moment => moment.id));
    for (const [id, row] of this.rows) if (!kept.has(id)) { row.remove(); this.rows.delete(id); }
    let place = this.list.firstElementChild;
    const deadline = performance.now() + LIST_MILLISECONDS;
    for (const moment of shown) {
      let row = this.rows.get(moment.id);
      if (!row) {
        // The newest moments come first; the next frames add the others.
        if (performance.now() > deadline) { this.stale = true; break; }
        row = this.row(moment);
        this.rows.set(moment.id, row);
        this.list.insertBefore(row, place);
      } else if (row === place) {
        place = place.nextElementSibling;
      } else {
        this.list.insertBefore(row, place);
      }
    }
    byId('more').hidden = shown.length < MOST_LISTED;
  }

  row(moment) {
    const row = document.createElement('li');
    row.dataset.kind = moment.kind;
    row.dataset.severity = severity(moment);
    const part = (name, text) => {
      const element = row.appendChild(document.createElement(name));
      element.textContent = text;
      return element;
    };
    const time = part('time', (moment.approximate ? '≈ ' : '') + clock(moment.at));
    time.title = `${moment.apiTime ? 'API time ' + clock(moment.apiTime) : 'no API time'}, seen ${exact(moment.seen)}`;
    const symbolOf = document.createElementNS(SVG, 'svg');
    symbolOf.setAttribute('viewBox', '-10 -11 20 21');
    symbolOf.setAttribute('class', 'mark');
    symbolOf.setAttribute('aria-hidden', 'true');
    const path = symbolOf.appendChild(document.createElementNS(SVG, 'path'));
    path.setAttribute('d', symbol(moment));
    path.setAttribute('class', severity(moment));
    row.append(symbolOf);
    part('b', printable(moment.object));
    part('span', printable(localText(moment)));
    return row;
  }
}
