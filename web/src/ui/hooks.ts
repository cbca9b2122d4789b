import { useEffect, useState } from "react";

/** True once `waiting` has lasted long enough to be worth showing; nothing flashes by. */
export function useSlow(waiting: boolean, afterMs = 200): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => setSlow(true), afterMs);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [waiting, afterMs]);
  return slow;
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === "" ? "Tagwerk" : `${title} – Tagwerk`;
  }, [title]);
}

/** The value as it stands once it has not changed for a while. */
export function useSettled<T>(value: T, afterMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return settled;
}
