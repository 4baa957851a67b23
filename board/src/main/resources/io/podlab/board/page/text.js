'use strict';
// Text from the cluster is always inserted as text, never as markup.
const byId = id => document.getElementById(id);
const setText = (element, text) => { if (element.textContent !== text) element.textContent = text; };
// Shows control characters, line breaks and invisible characters as their codes.
const printable = text => String(text).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu, c => `\\u${c.codePointAt(0).toString(16).padStart(4, '0')}`);
const two = number => String(number).padStart(2, '0');
const clock = time => {
  const date = new Date(time);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
};
const exact = time => `${clock(time)}.${String(new Date(time).getMilliseconds()).padStart(3, '0')}`;
// The text of a moment. The service writes the end of a back-off in UTC; the page shows local time.
const DAY = 86400000;
const localText = moment => moment.kind !== 'back-off' ? moment.text : moment.text.replace(/(\d\d:\d\d:\d\d) UTC/, (all, time) => {
  const about = Date.parse(moment.seen);
  const same = Date.parse(`${new Date(about).toISOString().slice(0, 10)}T${time}Z`);
  return clock(same + Math.round((about - same) / DAY) * DAY);
});
// Keeps the end of a name, which differs between pods.
const shortened = (text, longest) => text.length <= longest ? text : '…' + text.slice(text.length - longest + 1);
const count = (number, what) => `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;
const goDuration = ms => ms % 3600000 === 0 ? `${ms / 3600000}h` : ms % 60000 === 0 ? `${ms / 60000}m` : `${ms / 1000}s`;
const inWords = ms => ms % 3600000 === 0 ? `${ms / 3600000} h` : ms % 60000 === 0 ? `${ms / 60000} min` : `${ms / 1000} s`;
const parseDuration = text => {
  const match = /^(\d{1,4})(s|m|h)$/.exec(text || '');
  return match ? Number(match[1]) * {s: 1000, m: 60000, h: 3600000}[match[2]] : NaN;
};
