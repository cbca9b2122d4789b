import { useEffect, useRef, useState, type RefObject } from "react";

/** Whether an element is in sight, or about to be: so many pixels beside what is. */
export function useInSight<E extends Element>(beside = 200): readonly [RefObject<E | null>, boolean] {
  const element = useRef<E>(null);
  const [inSight, setInSight] = useState(false);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new IntersectionObserver((entries) => setInSight(entries.at(-1)?.isIntersecting === true), { rootMargin: `${beside}px` });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [beside]);
  return [element, inSight];
}
