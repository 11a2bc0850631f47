/**
 * What is typed and not saved yet, by form. It lies in the database; where that is full, in the small
 * store beside it, because whoever goes to free some room may find the page closed afterwards.
 */
import { ASIDE, namesAside } from "../shared/phone";
import { database } from "./store";
import type { Draft } from "./types";

/** Raises when the database is full; what is typed is kept all the same, as far as there is room. */
export async function keepDraft(draft: Draft): Promise<void> {
  try {
    await database.drafts.put(draft);
    localStorage.removeItem(ASIDE + draft.key);
  } catch (problem) {
    setAside(draft);
    throw problem;
  }
}

export async function draftOf(key: string): Promise<Draft | undefined> {
  const aside = localStorage.getItem(ASIDE + key);
  return aside === null ? database.drafts.get(key) : { key, values: JSON.parse(aside) as Draft["values"] };
}

export async function allDrafts(): Promise<Draft[]> {
  const keys = new Set([...namesAside(), ...(await database.drafts.toCollection().primaryKeys())]);
  const found = await Promise.all([...keys].map(draftOf));
  return found.filter((one) => one !== undefined);
}

export async function dropDraft(key: string): Promise<void> {
  localStorage.removeItem(ASIDE + key);
  await database.drafts.delete(key);
}

function setAside({ key, values }: Draft): void {
  try {
    localStorage.setItem(ASIDE + key, JSON.stringify(values));
  } catch {
    // No room at all: it stays on the screen, and the person is told.
  }
}
