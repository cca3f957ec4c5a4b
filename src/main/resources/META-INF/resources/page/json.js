// JSON as text. It is never made numbers of and written again: 12.50 and 12345678901234567890 stay as they are.
import { shown } from './format.js';

const INDENT = '  ';

/** The pieces of a text that is JSON: signs, strings with their quotes, and all else. */
function* pieces(text) {
  let i = 0;
  while (i < text.length) {
    const c = text[i];
    if (/\s/.test(c)) {
      i++;
      continue;
    }
    let end = i + 1;
    if (c === '"') end = behindString(text, i);
    else if (!'{}[]:,'.includes(c)) while (end < text.length && !/[\s{}[\]:,"]/.test(text[end])) end++;
    yield { text: text.slice(i, end), from: i, end };
    i = end;
  }
}

function behindString(text, from) {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i + 1;
  }
  return text.length;
}

/** With a line for each value, and nothing in it that is not seen. */
export function pretty(text) {
  const out = [];
  let depth = 0;
  let before = '';
  const line = () => out.push('\n', INDENT.repeat(depth));
  for (const { text: piece } of pieces(text)) {
    const closes = piece === '}' || piece === ']';
    const opened = before === '{' || before === '[';
    if (closes) depth--;
    if ((opened && !closes) || (closes && !opened) || before === ',') line();
    out.push(piece === ':' ? ': ' : shown(piece));
    if (piece === '{' || piece === '[') depth++;
    before = piece;
  }
  return out.join('');
}

/** What a list or an object holds, each as its text: elements, or names with their values. */
export function elements(text) {
  const found = [];
  let depth = 0;
  let from = -1;
  let end = -1;
  for (const piece of pieces(text)) {
    const closes = piece.text === '}' || piece.text === ']';
    if (closes) depth--;
    if ((depth === 1 && piece.text === ',') || (depth === 0 && closes)) {
      if (from >= 0) found.push(text.slice(from, end));
      from = -1;
    } else if (depth > 0 && from < 0) {
      from = piece.from;
    }
    if (piece.text === '{' || piece.text === '[') depth++;
    end = piece.end;
  }
  return found;
}

/** The values of the fields of an object, each as its text. */
export function fields(text) {
  return Object.fromEntries(
    elements(text).map((field) => {
      const end = behindString(field, 0);
      return [JSON.parse(field.slice(0, end)), field.slice(field.indexOf(':', end) + 1).trim()];
    }),
  );
}

/** Why a text is no JSON object; null where it is one. */
export function problem(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? null : 'It must be a JSON object: { … }';
  } catch (error) {
    return `It is no JSON: ${error.message}`;
  }
}
