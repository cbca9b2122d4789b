import { lazy, type ComponentType } from "react";
import { learn, type Part } from "./catalogue";

/** A component that is loaded when it is first shown, after the sentences that it says. */
export function lazily<P>(part: Part, load: () => Promise<{ default: ComponentType<P> }>) {
  return lazy(async () => {
    await learn(part);
    return load();
  });
}
