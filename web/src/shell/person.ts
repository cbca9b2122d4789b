import { createContext, useContext } from "react";
import type { Me } from "../api/types";
import type { Outbox } from "../outbox/outbox";

export interface Person {
  readonly me: Me;
  readonly outbox: Outbox;
}

export const PersonContext = createContext<Person | null>(null);

export function usePerson(): Person {
  const person = useContext(PersonContext);
  if (person === null) throw new Error("usePerson needs WithPerson around it");
  return person;
}

export function isAdministrator(me: Me): boolean {
  return me.roles.includes("Administrator");
}
