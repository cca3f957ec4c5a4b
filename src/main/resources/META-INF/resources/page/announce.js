// Results are said to those who do not see the page; figures that change by themselves are not.
let speak = () => {};

export function onAnnouncement(listener) {
  speak = listener;
}

export function announce(text) {
  speak(text);
}
