import { lazy, type ComponentType } from "react";

const AFTER_MS = 2000;

const waiting: (() => Promise<unknown>)[] = [];

/** Remembers what is to be fetched ahead. */
export function wanted<T>(load: () => Promise<T>): () => Promise<T> {
  waiting.push(load);
  return load;
}

/** A component that is not there from the start, but before it is first shown, network or not: see `fetchAhead`. */
export function soon<P>(load: () => Promise<{ default: ComponentType<P> }>) {
  return lazy(wanted(load));
}

async function fetchAll(): Promise<void> {
  for (let load = waiting[0]; load !== undefined; load = waiting[0]) {
    try {
      await load();
    } catch {
      addEventListener("online", () => void fetchAll(), { once: true });
      return;
    }
    waiting.shift();
  }
}

/** Fetches what is wanted, one after another, when what is on screen has had its time. Gives how to call it off. */
export function fetchAhead(): () => void {
  const timer = setTimeout(() => void fetchAll(), AFTER_MS);
  return () => clearTimeout(timer);
}
