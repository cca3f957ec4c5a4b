// Asks again and again: one request at a time, and none while nobody looks.
import { useCallback, useEffect, useRef, useState } from './preact.js';

const MILLIS = 2000;
const listeners = new Set();

/** Called with what the latest poll met: null, or what went wrong and when there was an answer last. */
export function onOutcome(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(outcome) {
  listeners.forEach((listener) => listener(outcome));
}

/**
 * @param load asks once
 * @param keys what it asks for: another one begins anew
 * @param until whether the answer is the last one that is wanted
 * @return data: the last answer, which stays when the service is away; error: of an answer that is none; again: asks now
 */
export function usePoll(load, keys, until = () => false) {
  const [state, setState] = useState({ data: null, error: null });
  const ask = useRef(() => {});
  useEffect(() => {
    let ended = false;
    let asking = false;
    let timer = 0;
    let last = null;
    setState({ data: null, error: null });
    const next = () => {
      clearTimeout(timer);
      if (!ended && !document.hidden) timer = setTimeout(once, MILLIS);
    };
    const once = async () => {
      if (ended || asking) return;
      asking = true;
      try {
        const data = await load();
        if (ended) return;
        last = new Date();
        setState({ data, error: null });
        tell(null);
        if (until(data)) ended = true;
      } catch (error) {
        if (ended) return;
        if (error.status === 0 || error.status >= 500) tell({ problem: error.message, last });
        else setState({ data: null, error });
      } finally {
        asking = false;
        next();
      }
    };
    const seen = () => (document.hidden ? clearTimeout(timer) : once());
    ask.current = once;
    document.addEventListener('visibilitychange', seen);
    once();
    return () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, keys);
  return { ...state, again: useCallback(() => ask.current(), []) };
}
