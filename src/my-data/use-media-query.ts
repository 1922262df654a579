/**
 * Whether a media query holds now, for what style sheets alone cannot decide. Runs in the page.
 */
import { useEffect, useState } from 'preact/hooks';

export function useMediaQuery(text: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(text).matches);
  useEffect(() => {
    const query = matchMedia(text);
    const onChange = () => setMatches(query.matches);
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, [text]);
  return matches;
}
