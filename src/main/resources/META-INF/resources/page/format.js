// Figures, times and texts as they are shown.

const WHOLE = new Intl.NumberFormat('en');
const RATE = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** 1234567 is 1,234,567. */
export function count(number) {
  return number === undefined || number === null ? '–' : WHOLE.format(number);
}

export function perSecond(number) {
  return `${number >= 100 ? WHOLE.format(Math.round(number)) : RATE.format(number)}/s`;
}

export function bytes(number) {
  let unit = 0;
  let size = number;
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${unit === 0 ? size : RATE.format(size)} ${UNITS[unit]}`;
}

/** Seconds in words: 75 is 1 min 15 s. */
export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 86400) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  return `${Math.floor(whole / 86400)} d ${Math.floor((whole % 86400) / 3600)} h`;
}

/** A moment in the zone of who looks: 2026-01-31 14:05:09. */
export function moment(iso) {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return shown(iso);
  const two = (number) => String(number).padStart(2, '0');
  return (
    `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ` +
    `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
  );
}

/** "1 letter", "2 letters". */
export function letters(number) {
  return `${count(number)} ${number === 1 ? 'letter' : 'letters'}`;
}

// control characters but for tab and line breaks, marks that turn the direction of text around, and what is not seen at all
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** What could not be seen, or would change how the rest is seen, as \\u202e; which means the same within a string of JSON. */
export function shown(text) {
  return String(text).replace(UNSEEN, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
