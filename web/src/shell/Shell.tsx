import type { ReactNode } from "react";
import { Link } from "wouter";
import { PersonMenu } from "./PersonMenu";
import { SaveState } from "./SaveState";
import { useTitle } from "../ui/hooks";
import { Logo } from "../ui/Logo";
import { ThemeButton } from "../ui/ThemeButton";

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
