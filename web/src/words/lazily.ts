import { lazy, type ComponentType } from "react";
import { learn, type Part } from "./catalogue";

/** Loads something after the sentences that it says. */
export function withWords<T>(part: Part, load: () => Promise<T>): () => Promise<T> {
  return async () => {
    await learn(part);
    return load();
  };
}

/** A component that is loaded when it is first shown, after the sentences that it says. */
export function lazily<P>(part: Part, load: () => Promise<{ default: ComponentType<P> }>) {
  return lazy(withWords(part, load));
}
