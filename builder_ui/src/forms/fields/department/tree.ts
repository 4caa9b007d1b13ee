import type { Candidate } from "../relation/RefBox";

export interface DepartmentLine {
  readonly id: number;
  readonly title: string;
  readonly parent?: number | { id: number } | null;
}

function parentOf({ parent }: DepartmentLine): number | null {
  return typeof parent === "object" ? (parent?.id ?? null) : (parent ?? null);
}

/** Departments in tree order, indented; with a search text the matching ones, flat, with their parent as note. */
export function departmentLines(all: readonly DepartmentLine[], search: string): Candidate[] {
  const text = search.trim().toLowerCase();
  if (text)
    return all.filter(({ title }) => title.toLowerCase().includes(text)).map((line) => noted(line, all));
  const known = new Set(all.map(({ id }) => id));
  const isRoot = (line: DepartmentLine) => !known.has(parentOf(line) ?? -1);
  return all.filter(isRoot).flatMap((root) => subtree(root, all, 0));
}

function noted(line: DepartmentLine, all: readonly DepartmentLine[]): Candidate {
  const parent = all.find(({ id }) => id === parentOf(line));
  return { id: line.id, title: line.title, ...(parent ? { note: parent.title } : {}) };
}

function subtree(line: DepartmentLine, all: readonly DepartmentLine[], indent: number): Candidate[] {
  const below = all.filter((other) => parentOf(other) === line.id);
  return [
    { id: line.id, title: line.title, indent },
    ...below.flatMap((child) => subtree(child, all, indent + 1)),
  ];
}
