// What to do about a letter.
const BY_CODE = {
  contract:
    'Its mapping made something of it that is no message. Where the mapping is wrong, correct it in the integration’s folder, ' +
    'start the service again, and replay all letters of this kind. Where the record is wrong, edit it here.',
  mapping:
    'Its mapping, or another step of its route, failed. Correct it in the integration’s folder, start the service again, and ' +
    'replay all letters of this kind. Where the record is wrong, edit it here.',
  malformed: 'It cannot be read as a record. Let its source be mended and sent again, and discard the letter; or write the record here.',
  'too-large': 'It is larger than is allowed. Make it smaller at its source or in the mapping, or edit it here; else discard it.',
  refused:
    'The endpoint refused it for its content. See what it answered; mend the workspace there and replay it, or edit the message here.',
  expired: 'It was not delivered in time, and nothing is wrong with it. Replay it once the endpoint answers again.',
  lost:
    'Its route let it go: no step failed, and it did not come to kamelet:vitally-sink. Correct the route, start the service ' +
    'again, and replay all letters of this kind.',
  unknown: 'It was stored by an older version, which kept no code. The reason tells what was wrong.',
};

export function advice(letter) {
  return BY_CODE[letter.code] ?? BY_CODE.unknown;
}
