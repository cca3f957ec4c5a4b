// The one place that knows where the library is.
export {
  html,
  render,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from '../_static/htm/3.1.1/preact/standalone.module.js';
