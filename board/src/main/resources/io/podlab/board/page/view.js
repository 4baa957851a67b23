// The visible time range: live, paused, or playing a recording.
const WINDOWS = [10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600].map(seconds => seconds * 1000);
const USUAL_WINDOW = 120000;

class View {
  constructor(last) {
    this.window = last >= WINDOWS[0] && last <= WINDOWS[WINDOWS.length - 1] ? last : USUAL_WINDOW;
    this.following = true; // In a recording: playing.
    this.end = 0;
    this.speed = 1;
    this.recording = null;
  }

  zoom(steps) {
    const nearest = WINDOWS.reduce((best, one, index) => Math.abs(one - this.window) < Math.abs(WINDOWS[best] - this.window) ? index : best, 0);
    this.window = WINDOWS[Math.max(0, Math.min(WINDOWS.length - 1, nearest + steps))];
  }

  move(part) {
    this.following = false;
    this.end = Math.min(this.latest(), this.end + part * this.window);
    if (!this.recording && this.end === this.latest()) this.following = true;
  }

  latest() {
    return this.recording ? this.recording.to : serverClock.now();
  }

  pause() {
    this.following = !this.following;
    if (this.recording && this.following && this.end >= this.recording.to) this.end = this.recording.from;
  }

  // To the next or the previous moment of the recording.
  step(direction, moments) {
    this.following = false;
    const times = moments.map(moment => moment.at).sort((one, other) => one - other);
    const next = direction > 0 ? times.find(time => time > this.end) : times.reverse().find(time => time < this.end);
    if (next !== undefined) this.end = next;
  }

  // Runs in each frame.
  advance(milliseconds) {
    if (!this.recording) {
      if (this.following) this.end = serverClock.now();
    } else if (this.following) {
      this.end = Math.min(this.recording.to, this.end + milliseconds * this.speed);
      if (this.end === this.recording.to) this.following = false;
    }
  }
}

// The API server's clock, estimated from the stream.
const serverClock = {
  offset: undefined,
  now() { return performance.timeOrigin + performance.now() + (this.offset || 0); },
  update(time) {
    const offset = time - performance.timeOrigin - performance.now();
    // The largest offset has the least delay and is the best estimate; smaller ones only correct a slow drift.
    this.offset = this.offset === undefined || offset > this.offset || offset < this.offset - 2000 ? offset : this.offset + (offset - this.offset) * 0.1;
  }
};
