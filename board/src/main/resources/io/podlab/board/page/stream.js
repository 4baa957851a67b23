// Reads the live stream into a queue. Each frame processes as many messages as fit into it.
const RETRY_MILLISECONDS = 1000;
// The service sends the time every second. Without it, the connection is dead even if TCP does not notice.
const SILENCE_MILLISECONDS = 5000;
const FRAME_MILLISECONDS = 8;
const HIDDEN_MILLISECONDS = 500;

class Stream {
  constructor(onEach) {
    this.onEach = onEach; // Called with (kind, data).
    this.queue = [];
    this.taken = 0;
    this.lastId = '';
  }

  open() {
    this.closed = false;
    this.source?.close();
    const source = new EventSource('moments?follow' + (this.lastId ? '&since=' + encodeURIComponent(this.lastId) : ''));
    this.source = source;
    let silence;
    const lost = () => {
      clearTimeout(silence);
      source.close();
      if (this.closed || this.source !== source) return;
      this.connected = false;
      this.lostAt ??= this.heard ?? serverClock.now();
      setTimeout(() => { if (!this.closed) this.open(); }, RETRY_MILLISECONDS);
    };
    const listen = kind => message => {
      clearTimeout(silence);
      silence = setTimeout(lost, SILENCE_MILLISECONDS);
      if (!this.connected) {
        this.connected = true;
        this.lostAt = undefined;
      }
      if (message.lastEventId) this.lastId = message.lastEventId;
      this.queue.push([kind, message.data]);
      if (document.hidden) this.later ??= setTimeout(() => { this.later = undefined; this.take(HIDDEN_MILLISECONDS / 10); }, HIDDEN_MILLISECONDS);
    };
    for (const kind of ['message', 'lane', 'time', 'reset', 'board']) source.addEventListener(kind, listen(kind));
    source.onerror = lost;
    silence = setTimeout(lost, SILENCE_MILLISECONDS);
  }

  close() {
    this.closed = true;
    this.connected = false;
    this.lostAt = undefined;
    this.source?.close();
  }

  // Returns whether it processed any message.
  take(milliseconds) {
    const end = performance.now() + milliseconds;
    let any = false;
    while (this.taken < this.queue.length && performance.now() < end) {
      const [kind, data] = this.queue[this.taken++];
      const parsed = JSON.parse(data);
      if (kind === 'time') this.heard = Date.parse(parsed.now);
      this.onEach(kind, parsed);
      any = true;
    }
    if (this.taken === this.queue.length) {
      this.queue = [];
      this.taken = 0;
    }
    return any;
  }
}
