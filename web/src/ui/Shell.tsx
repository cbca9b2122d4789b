import type { ReactNode } from "react";
import { Link } from "wouter";
import { PersonMenu } from "../auth/PersonMenu";
import { SaveState } from "../label/SaveState";
import { useTitle } from "./hooks";
import { Logo } from "./Logo";
import { ThemeButton } from "./ThemeButton";

/** The frame of every page but the labeling page, which needs the room. */
export function Shell({ title, children }: { title: string; children: ReactNode }) {
  useTitle(title);
  return (
    <div className="shell">
      <header className="topbar">
        <Link href="/" className="brand">
          <Logo />
          <span>Tagwerk</span>
        </Link>
        <div className="grow" />
        <SaveState />
        <ThemeButton />
        <PersonMenu />
      </header>
      {children}
    </div>
  );
}
